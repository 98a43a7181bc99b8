"""What a mapping does with the cells of a column: forms of dates and numbers, values, signs, joins and splits."""

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Table

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.kinds.numbers import plain_number, with_other_sign
from csvimport.mapping.declared import DATE_PARTS, TIME_PART, Mapping
from csvimport.mapping.found import plain
from csvimport.read.sheet import NUMBERS, CellType, CellTypes

Step = Callable[["pd.Series[str]", CellTypes | None], "tuple[pd.Series[str], CellTypes | None]"]

_NUMBER = r"^-?\d+(?:,\d+)?$"
_TIME = r"(?:T|\s+)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?:\s*[AaPp][Mm])?(?:Z|[-+]\d{2}:?\d{2})?"
_MOMENT = r"^(\d{4})-(\d{2})-(\d{2})[T ].*$"


def steps(mapping: Mapping, measure_of: Callable[[str], str]) -> Iterator[tuple[str, Step]]:
    """Field → what is done with its cells, in order. ``measure_of``: what the numbers of a field measure."""
    for name, form in mapping.dates.items():
        yield name, _dates(form)
    for name, mark in mapping.decimal_marks.items():
        yield name, _with_mark(mark, measure_of(name))
    for name, pairs in mapping.values.items():
        yield name, _values(pairs)
    for name in mapping.flip_sign:
        yield name, _turn(measure_of(name))


def joined(parts: "Sequence[pd.Series[str]]", between: str) -> "pd.Series[str]":
    """Texts one behind the other, with a text between those that are filled."""
    text, *others = (part.str.strip() for part in parts)
    for more in others:
        both = col.filled(text) & col.filled(more)
        text = text + col.put(col.blank(len(text)), both, between) + more
    return text


def divided(text: "pd.Series[str]", at: str, fields: Sequence[str]) -> "list[pd.Series[str]]":
    """Texts divided at the first occurrences of another text, in a column for each field; undivided ones go into the first named field."""
    named = next(number for number, name in enumerate(fields) if name)

    def pieces(cell: str) -> list[str]:
        found = [piece.strip() for piece in cell.strip().split(at, len(fields) - 1)]
        found = [""] * named + found if len(found) == 1 else found
        return found + [""] * (len(fields) - len(found))

    of_cells = col.per_distinct(text, pieces)
    return [col.text_series([found[number] for found in of_cells]) for number in range(len(fields))]


def _values(pairs: Table[str, str]) -> Step:
    """Other values for those that are alike; one that is written exactly so goes before."""
    alike = {plain(old): new for old, new in pairs.items()}
    exactly = {old.strip(): new for old, new in pairs.items()}
    return lambda text, types: (col.translate(text, lambda cell: exactly.get(cell.strip(), alike.get(plain(cell), cell))), types)


def _dates(form: str) -> Step:
    """Texts of a form become dd.mm.yyyy, without a time where the form has one; date cells and other texts stay."""
    timed = TIME_PART.search(form) is not None
    pattern = "".join(
        rf"(?P<{part[0]}>\d{{{len(part)}}})" if part[0] == "y" else rf"(?P<{part[0]}>\d{{1,2}})" if part[0] in "dm" else re.escape(part)
        for part in re.split(f"({DATE_PARTS.pattern})", TIME_PART.sub("", form))
        if part
    ) + (_TIME if timed else "")

    def read(cell: str) -> str:
        found = re.fullmatch(pattern, cell.strip())
        if not found:
            return cell
        year = found["y"] if len(found["y"]) == len("yyyy") else f"20{found['y']}"
        return f"{int(found['d']):02d}.{int(found['m']):02d}.{year}"

    def step(text: "pd.Series[str]", types: CellTypes | None) -> "tuple[pd.Series[str], CellTypes | None]":
        kinds = np.zeros(len(text), np.uint8) if types is None else types
        stored, moments = kinds == CellType.DATE, kinds == CellType.DATETIME
        after = col.put(col.translate(text, read), stored, text[stored])
        return col.put(after, moments, col.replace(text[moments], _MOMENT, r"\3.\2.\1")) if timed else after, types

    return step


def _with_mark(mark: str, measure: str) -> Step:
    """Numbers with one decimal mark; what becomes plain is a number from then on, not to be read a second time."""

    def step(text: "pd.Series[str]", types: CellTypes | None) -> "tuple[pd.Series[str], CellTypes | None]":
        kinds = np.zeros(len(text), np.uint8) if types is None else types.copy()
        stored = np.isin(kinds, NUMBERS)
        after = col.put(col.translate(text, lambda value: plain_number(value, mark, measure)), stored, text[stored])
        kinds[~stored & col.matches(after, _NUMBER)] = CellType.NUMBER
        return after, kinds

    return step


def _turn(measure: str) -> Step:
    return lambda text, types: (col.translate(text, lambda value: with_other_sign(value, measure)), types)
