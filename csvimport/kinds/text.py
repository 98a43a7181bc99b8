"""What every cell goes through before its kind: blanks, line breaks, characters that the upload cannot carry."""

import re
import unicodedata
from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from csvimport.columns import contains, differ, matches, per_distinct, put, replace, to_arrow, translate
from csvimport.context import Context
from csvimport.findings import Mask
from csvimport.kinds.base import Cells, Reading, Remark
from csvimport.read.sheet import NUMBERS, CellType
from csvimport.severity import Severity
from csvimport.shapes import Field

NUMBER_KINDS = ("decimal", "integer", "vat_percent")

_BREAKS = r"[\r\n\x0b\x0c\x{2028}\x{2029}]"
_BREAKS_AT_ENDS = rf"^(?:\s|{_BREAKS})+|(?:\s|{_BREAKS})+$"
_CONTROLS = r"[\x00-\x08\x0e-\x1f\x7f-\x{009F}\t]"
_ENDS = r"^[\s\x{00A0}\x{2007}\x{2009}\x{202F}]+|[\s\x{00A0}\x{2007}\x{2009}\x{202F}]+$"
_MOJIBAKE = r"Ã[\x{0080}-\x{00BF}]|Ã[¤¶¥„–…©]|â€|Â[\x{00A0}-\x{00BF}]"
# Umlauts of DOS (code page 850) and of old Macintoshes, taken for Windows-1252: Myym„l„, MyymŠlŠ. An ö alone, ” or š, is like any text.
# Each with its signs, which are found in a fraction of the time and are seldom there.
_FOREIGN = (("[„†™]", r"\p{Ll}„|\p{L}[†™]\p{Ll}", "cp850"), ("[ŠŒ]", r"\p{Ll}[ŠŒ]\p{Ll}", "mac_roman"))
# Before numbers and codes, as spreadsheets mark text; '90-luvun is a word of its own.
_APOSTROPHE = r"^['’´`]([\d+](?:\P{Ll}|\p{Ll}\P{Ll})*\p{Ll}?)$"
_ERROR_TEXT = r"(?i)^#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|ARVO!|NIMI\?|VIITTAUS!|PUUTTUU!?|JAKO/0!|VÄRDEFEL!|REFERENS!|SAKNAS!?|NAMN\?|DIVISION/0!)$"
SHARES = r"\d\s*%\s*[|;].*\d\s*%"
_FORMULA_OF_TEXT = r'^="([^"]*)"$'
_FORMULA_TEXT = r"^=[A-Za-z(+\-]"
# What a spreadsheet that opens the upload file would reckon: numbers and telephone numbers are none.
_LIKE_FORMULA = r"^\s*(?:[=@]|[-+]\s*[^\s\d+-]|[-+].*\d.*[^\d\s.,€%])"
_SIGNED = r"^\s*[-+]\s*\d[\d\s.,]*(?:€|%|EUR|eur|kpl|h)?\s*$|^\s*\+\s*\(?\d{1,3}\)?[-\d\s()/.]{5,}$"
_NAMES_TOLD_APART = ("dimension_name", "item_name")
_NAMES = ("text", *_NAMES_TOLD_APART)  # kinds to which any text is right
_EXCHANGED = ("control_character", "quotation_mark")
_WITHOUT_FORMULAS = (*NUMBER_KINDS, "date", "code", "flag", "constant")  # kinds that take no text

# Only where the meaning stays: blanks, dashes, quotation marks, ellipsis, ligatures.
_EQUAL = {
    "\u2007": " ", "\u2009": " ", "\u202f": " ", "\u2002": " ", "\u2003": " ", "\u200a": " ", "\u3000": " ",
    "\u200b": "", "\ufeff": "", "\u2060": "", "\u00ad": "",
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2212": "-", "\u2015": "—",
    "\u201b": "'", "\u2032": "'", "\u02bc": "'", "\u2033": "”", "\u201f": "“",
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
}  # fmt: skip
_PLAIN = {"–": "-", "—": "-", "‘": "'", "’": "'", "‚": "'", "“": "'", "”": "'", "„": "'", "…": "...", "•": "-", "‹": "'", "›": "'"}


def clean(cells: Cells, field: Field, context: Context) -> Reading:
    """The column freed of what spreadsheets leave around text; what cannot be freed without loss is remarked upon."""
    text, remarks = cells.text, []
    for step in (*_OF_ANY_CELL, *(_OF_THE_FILE if field.in_file else ())):
        reading = step(Cells(text, cells.types), field, context)
        text = reading.text
        remarks += reading.remarks
    if field.kind in _NAMES_TOLD_APART:
        remarks = [_of_name(remark, text) if remark.problem in _EXCHANGED and remark.repaired else remark for remark in remarks]
    return Reading(text, tuple(remarks))


def _of_name(remark: Remark, written: "pd.Series[str]") -> Remark:
    """A remark on characters that are exchanged, at names by which things are told apart: with others it is another thing."""
    details = {"name": written[remark.mask].to_numpy(object)}
    return Remark("name_characters", remark.mask, repaired=False, severity=Severity.WARNING, details=details)


def is_plain(text: "pd.Series[str]") -> bool:
    """Whether no step of cleaning could find anything: one cheap look at the whole column."""
    return not matches(text, r'^[\s\'`]|\s$|[^ -~]|[;"#=|]|^[-+@].*[^\d.,]').any()


def _formulas_of_text(cells: Cells, field: Field, context: Context) -> Reading:
    """Texts that an export has written as formulas, so that a spreadsheet keeps their zeros: ``="0012"``."""
    made = matches(cells.text, _FORMULA_OF_TEXT) & ~cells.were(CellType.UNCOMPUTED)
    if not made.any():
        return Reading(cells.text)
    text = put(cells.text, made, replace(cells.text[made], _FORMULA_OF_TEXT, r"\1"))
    return Reading(text, (Remark("formula_of_text", made),))


def _spreadsheet_leftovers(cells: Cells, field: Field, context: Context) -> Reading:
    boolean = cells.were(CellType.BOOLEAN) & (field.kind not in ("flag", "code"))
    error = cells.were(CellType.ERROR) | matches(cells.text, _ERROR_TEXT)
    formula = cells.were(CellType.UNCOMPUTED)
    text = matches(cells.text, _FORMULA_TEXT) & ~formula
    like = matches(cells.text, _LIKE_FORMULA) & ~(text | formula) if field.kind not in _WITHOUT_FORMULAS else np.zeros(len(text), bool)
    like[like] = ~matches(cells.text[like], _SIGNED)
    zeros = cells.were(CellType.PADDED) & (field.kind not in NUMBER_KINDS)
    moment = cells.were(CellType.DATE, CellType.DATETIME) & (field.kind != "date")
    moment |= cells.were(CellType.TIME) & (field.reader not in ("date", "hours"))
    return Reading(
        cells.text,
        (
            Remark("zeros_shown", zeros),
            Remark("shown_otherwise", _shown_otherwise(cells, field), repaired=False),
            Remark("like_formula", like, repaired=False, severity=Severity.WARNING),
            *(
                Remark(problem, mask, repaired=False)
                for problem, mask in (
                    ("error_cell", error),
                    ("formula_cell", formula & ~error),
                    ("formula_text", text),
                    ("boolean_cell", boolean),
                    ("date_cell", moment),
                    ("digits_lost", cells.were(*NUMBERS) & matches(cells.text, r"^-?\d{16,}") & (field.kind not in NUMBER_KINDS)),
                )
            ),
        ),
    )


def _shown_otherwise(cells: Cells, field: Field) -> Mask:
    """Numbers whose format shows something else than what is taken; where the field takes fewer decimals, its own rule tells.

    Texts and names lose the sign of per cent and the decimal comma, too.
    """
    other = cells.were(CellType.ROUNDED)
    if field.kind not in NUMBER_KINDS:
        other |= cells.were(CellType.DRESSED, CellType.CURRENCY)
        if field.kind in _NAMES:
            pointed = cells.were(*NUMBERS)
            pointed[pointed] = contains(cells.text[pointed], ".")
            other |= pointed | cells.were(CellType.PERCENT)
        return other
    places = field.decimals if field.decimals is not None else field.assumed_decimals
    return other if places is None or not other.any() else other & ~matches(cells.text, rf"\.\d{{{places + 1},}}$")


def _mojibake(cells: Cells, field: Field, context: Context) -> Reading:
    foreign = ((pattern, partial(_in_encoding, name)) for signs, pattern, name in _FOREIGN if matches(cells.text, signs).any())
    readings: tuple[tuple[str, Callable[[str], str | None]], ...] = ((_MOJIBAKE, _mended), *foreign)
    found = ((matches(cells.text, pattern), mend) for pattern, mend in readings)
    return Reading(cells.text, tuple(_garbled(cells.text, broken, mend) for broken, mend in found if broken.any()))


def _garbled(text: "pd.Series[str]", broken: Mask, mend: Callable[[str], str | None]) -> Remark:
    mended = pd.Series(per_distinct(text[broken], mend), dtype=object)
    return Remark("mojibake", broken, repaired=False, severity=Severity.WARNING, suggestions=mended)


def _in_encoding(encoding: str, text: str) -> str | None:
    """The text as its bytes read in another encoding; None where it holds letters of both."""
    try:
        return text.encode("cp1252").decode(encoding)
    except UnicodeError:
        return None


def _mended(text: str) -> str | None:
    """The text with every garbled letter read anew; None where none can be."""
    mended = re.sub("[ÂÃ].|â€.", lambda found: _read_anew(found[0]), text)
    return mended if mended != text else None


def _read_anew(letters: str) -> str:
    """What the bytes of a letter, each taken for one of its own, were meant to be."""
    try:
        return b"".join(c.encode("latin-1" if ord(c) < 256 else "cp1252") for c in letters).decode("utf-8")
    except UnicodeError:
        return letters


def _line_breaks(cells: Cells, field: Field, context: Context) -> Reading:
    text = cells.text
    broken = matches(text, _BREAKS)
    if broken.any():
        trimmed = put(text, broken, replace(text[broken], _BREAKS_AT_ENDS, ""))
        inside = matches(trimmed, _BREAKS)
        if field.free_text:
            joined = put(trimmed, inside, replace(trimmed[inside], rf"[ ]*{_BREAKS}+[ ]*", " "))
            return Reading(joined, (Remark("line_break", broken),))
        return Reading(trimmed, (Remark("line_break", broken & ~inside), Remark("line_break_inside", inside, repaired=False)))
    return Reading(text)


def _blanks(cells: Cells, field: Field, context: Context) -> Reading:
    text = cells.text
    special = contains(text, "\u00a0") if field.kind not in NUMBER_KINDS else np.zeros(len(text), bool)
    plain = put(text, special, replace(text[special], "\u00a0", " ")) if special.any() else text
    ends = matches(plain, _ENDS)
    trimmed = put(plain, ends, replace(plain[ends], _ENDS, "")) if ends.any() else plain
    controls = matches(trimmed, _CONTROLS)
    freed = put(trimmed, controls, replace(trimmed[controls], r"\t", " ")) if controls.any() else trimmed
    left = matches(freed, _CONTROLS)
    return Reading(
        freed,
        (
            Remark("blanks", special | ends),
            Remark("control_character", controls & ~left),
            Remark("control_character", left, repaired=False),
        ),
    )


def _apostrophes(cells: Cells, field: Field, context: Context) -> Reading:
    """The apostrophe by which a spreadsheet marks digits as text, where it has become a part of the cell."""
    marked = matches(cells.text, _APOSTROPHE)
    if not marked.any():
        return Reading(cells.text)
    bare = put(cells.text, marked, replace(cells.text[marked], _APOSTROPHE, r"\1"))
    return Reading(bare, (Remark("apostrophe", marked, as_is=Severity.WARNING),))


def _unknown_characters(cells: Cells, field: Field, context: Context) -> Reading:
    """Characters outside the upload's encoding: replaced where the meaning stays."""
    text = cells.text
    if bool(pc.all(pc.string_is_ascii(to_arrow(text))).as_py()):
        return Reading(text)
    encoding = context.settings.encoding
    outside = ~_encodable(text, encoding)
    known = matches(text, rf"[{''.join(_EQUAL)}\p{{Mn}}]") if encoding == "utf-8" else np.zeros(len(text), bool)
    touched = outside | known
    if not touched.any():
        return Reading(text)
    replaced = put(text, touched, translate(text[touched], lambda value: _equal(value, encoding)))
    left = ~_encodable(replaced, encoding)
    changed = differ(text, replaced) & ~left
    details = {"characters": translate(replaced[left], lambda v: _outside(v, encoding)).to_numpy(object)}
    return Reading(
        replaced,
        (
            Remark("character_replaced", changed),
            Remark("character_unknown", left, repaired=False, details=details),
        ),
    )


def _encodable(text: "pd.Series[str]", encoding: str) -> Mask:
    try:
        "".join(text.unique()).encode(encoding)
        return np.ones(len(text), bool)
    except UnicodeEncodeError:
        return per_distinct(text, lambda value: not _outside(value, encoding)).astype(bool)


def _outside(value: str, encoding: str) -> str:
    return " ".join(sorted(set(value) - set(value.encode(encoding, "ignore").decode(encoding))))


def _equal(value: str, encoding: str) -> str:
    composed = unicodedata.normalize("NFC", value)
    composed = "".join(_EQUAL.get(c, c) for c in composed)
    return "".join(_PLAIN.get(c, c) if _outside(c, encoding) else c for c in composed)


def _quotation_marks(cells: Cells, field: Field, context: Context) -> Reading:
    marked = contains(cells.text, '"')
    if not marked.any():
        return Reading(cells.text)
    typographic = "”" if not _outside("”", context.settings.encoding) else "'"
    return Reading(put(cells.text, marked, replace(cells.text[marked], '"', typographic)), (Remark("quotation_mark", marked),))


def _semicolons(cells: Cells, field: Field, context: Context) -> Reading:
    shares = matches(cells.text, SHARES) & (field.kind == "item_name")
    return Reading(
        cells.text,
        (
            Remark("item_with_shares", shares, repaired=False),
            Remark("semicolon", contains(cells.text, ";") & ~shares, repaired=False),
        ),
    )


_OF_ANY_CELL = (_formulas_of_text, _spreadsheet_leftovers, _mojibake, _line_breaks, _blanks, _apostrophes)
_OF_THE_FILE = (_unknown_characters, _quotation_marks, _semicolons)
