"""What a workbook holds that python-calamine hides, in the form in which the readers of .xlsx, .xls and .ods tell it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from csvimport.read.number_formats import NumberFormat
from csvimport.read.sheet import CellType

Mark = tuple[int, int, CellType, str]
"""The row and the column (both from 0) of a cell, what it is, and its text or its number of digits."""
Cells = dict[int, dict[int, tuple[CellType, str]]]
"""Column → row (both from 0) → what the cell is, and its text or its number of digits."""


@dataclass(frozen=True)
class Hidden:
    """Hidden row numbers (from 1) and column positions (from 0)."""

    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()


@dataclass(frozen=True)
class Seen:
    """``merged``: those that python-calamine does not tell."""

    cells: Cells = field(default_factory=dict)
    hidden: Hidden = field(default_factory=Hidden)
    merged: tuple[tuple[int, int, int, int], ...] = ()


def by_column(marks: Iterable[Mark]) -> Cells:
    """Marks by column and row."""
    seen: Cells = {}
    for row, column, kind, shown in marks:
        seen.setdefault(column, {})[row] = kind, shown
    return seen


def kind_of(style: NumberFormat) -> CellType | None:
    """What all numbers of a style are; None when that depends on the number."""
    if style.percent:
        return CellType.PERCENT
    if style.digits:
        return CellType.PADDED
    if style.currency:
        return CellType.CURRENCY
    if style.scaled:
        return CellType.ROUNDED
    return CellType.DRESSED if style.dressed else None
