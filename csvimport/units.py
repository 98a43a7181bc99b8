"""Units behind headings and in cells, and what they measure: a unit may be left out only where the field measures the same."""

import re
from collections.abc import Iterator

from csvimport.shapes import Field

_MONEY = frozenset(["€", "e", "eur", "euro", "euroa", "euros"])
_HOURS = frozenset(["h", "t", "tunti", "tuntia", "tim", "timmar", "hours"])
_DAYS = frozenset(["pv", "päivää", "vrk", "d", "days", "dagar"])
_PIECES = frozenset(["kpl", "st", "stk", "pcs", "pce", "kg", "km", "kk", "mån"])

MONEY, PERCENT, PRICE = "money", "percent", "price"

# What a field of numbers measures → the units that may stand at its heading; a price is one for each unit.
MEASURES = {
    MONEY: _MONEY,
    PRICE: _MONEY | _PIECES | _HOURS | _DAYS,
    PERCENT: frozenset(["%"]),
    "quantity": _PIECES | _HOURS | _DAYS,
    "hours": _HOURS,
    "days": _DAYS,
    "none": frozenset[str](),
}

_ALL = frozenset().union(*MEASURES.values())

# What stands behind a heading beside units, and says nothing about its numbers.
_REMARKS = frozenset([
    "*", "pakollinen", "mandatory", "required", "obligatorisk", "valinnainen", "optional", "valfri", "pp.kk.vvvv", "p.k.vvvv",
    "dd.mm.yyyy", "d.m.yyyy", "yyyy-mm-dd", "vvvv-kk-pp", "hh:mm", "tt:mm",
])  # fmt: skip

_ADDITION = re.compile(r"\s*[(\[]\s*([^)\]]{0,100}?)\s*[)\]]")
_LENGTH = re.compile(r"(?:\w+\.?\s)?\d+")
_LAST_WORD = re.compile(r"[\s,/]+(\S+?)\.?$")
_RATE = re.compile(r"\d+(?:[.,]\d+)?\s*%")
_SIGN = re.compile("[€%]")


def is_unit(text: str) -> bool:
    """Whether a text is a unit, or several of them, or a remark such as *mandatory*: €/kpl."""
    return all(part in _ALL or part in _REMARKS for part in _parts(text))


def without_unit(title: str) -> str:
    """A heading without the units behind it: ``Summa (€)``, ``Määrä kpl``, ``Nimi *``."""
    bare = _ADDITION.sub(lambda found: "" if is_unit(found[1]) or _LENGTH.fullmatch(found[1]) else found[0], title)
    last = _LAST_WORD.search(bare)
    return bare[: last.start()] if last and is_unit(last[1]) else bare


def without_addition(title: str) -> str:
    """A heading without what stands in brackets behind it, whatever that means, and without units."""
    return _SIGN.sub("", without_unit(_ADDITION.sub("", title))).strip()


def without_rate(title: str) -> str:
    """A heading without a percentage that stands in it: ``Hinta (sis. alv 25,5 %)``."""
    return _RATE.sub("", title)


def contradicts(title: str, field: Field) -> bool:
    """Whether a heading has a unit of something else than the field measures: ``Alennus €`` for a discount in per cent."""
    return bool(field.measure) and any(unit not in MEASURES[field.measure] for unit in _units(title))


def _units(title: str) -> Iterator[str]:
    """The units of a heading in small letters; of a price for each unit (€/kpl) that of the price."""
    bare = without_rate(title)
    yield from _SIGN.findall(bare)
    last = _LAST_WORD.search(_ADDITION.sub("", bare))
    for text in (*_ADDITION.findall(bare), *([last[1]] if last else [])):
        if is_unit(text):
            yield from [part for part in _parts(text) if part in _ALL][:1]


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split("[/,]", text.casefold())]
