"""Other ways of writing a value, which ``convert`` brings into the form of the upload."""

import re
from collections.abc import Iterator

from csvimport.shapes import Field

NUMBERS = ("decimal", "hours", "vat_percent", "integer")
IN_GROUPS = ("iban_or_bban", "reference_number", "bic")
IN_CAPITALS = ("iban_or_bban", "bic", "country", "currency", "hetu", "employee_id", "tyel_agreement", "code", "flag")
LIKE_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")


def accepted(f: Field, text: str) -> Iterator[str]:
    """Notations that Procountor reads, too: a decimal point, words in any case."""
    if f.reader in NUMBERS and not LIKE_THOUSANDS.fullmatch(text):
        yield text.replace(",", ".")
    if f.reader == "word" and f.word_list != "units":
        yield text.upper()


def repaired(f: Field, text: str) -> Iterator[str]:
    """Notations that only ``convert`` understands."""
    kind = f.reader
    yield f" {text}"
    yield f"{text}\u00a0"
    if kind in NUMBERS:
        yield re.sub(r"^(-?\d+)(\d{3})\b", "\\1\u00a0\\2", text)
        yield re.sub(r"^-(.*)", r"–\1", text)
        if f.measure == "percent":  # the euro's sign is right in euros only
            yield f"{text} %"
        yield f"+{text}" if text[0] != "-" else f"{text[1:]}-"
    if kind == "date":
        iso = "-".join(reversed(text.split(".")))
        yield iso
        yield f"{iso} 00:00:00"
        yield re.sub(r"\b0", "", text)
    if kind in IN_GROUPS:
        yield " ".join(re.findall(r".{1,4}", text))
    if kind in IN_CAPITALS:
        yield text.lower()
    if kind == "vat_status":
        yield text.upper()
    if kind == "email":
        yield f"mailto:{text}"


def other_notations(f: Field, text: str) -> list[tuple[str, bool]]:
    """Other notations of a value, and whether ``check --as-is`` has nothing to say about them."""
    found = [*((other, True) for other in accepted(f, text)), *((other, False) for other in repaired(f, text))]
    return [(other, silent) for other, silent in found if other != text]
