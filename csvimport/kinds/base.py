"""What a kind of value is: the same four functions for each, over whole columns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from csvimport.columns import by_blocks, differ, filled, matches, per_distinct
from csvimport.context import Context
from csvimport.findings import Mask
from csvimport.read.sheet import NUMBERS, CellType, CellTypes
from csvimport.severity import Severity
from csvimport.shapes import Field


@dataclass(frozen=True, eq=False)
class Cells:
    """One column as it was read: its text, and what its cells were (None: all text)."""

    text: "pd.Series[str]"
    types: CellTypes | None = None

    def were(self, *types: CellType) -> Mask:
        """Which cells were of one of the types."""
        return np.zeros(len(self.text), bool) if self.types is None else np.isin(self.types, types)


@dataclass(frozen=True, eq=False)
class Remark:
    """What reading a column's notation has to say about some of its cells.

    ``repaired``: the notation was brought into form, which is a note, and under ``check --as-is`` has the severity
    ``as_is``: None for the rule's own. A remark that is not repaired has ``severity``, the rule's own when None.
    """

    problem: str
    mask: Mask
    repaired: bool = True
    severity: Severity | None = None
    as_is: Severity | None = None
    silent_as_is: bool = False
    suggestions: "pd.Series[str] | None" = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Reading:
    """A column in canonical notation, and the remarks made on the way; some may be on no cell."""

    text: "pd.Series[str]"
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Fault:
    """What is wrong with one canonical value, or with a part of it; no severity means that of the rule."""

    problem: str
    severity: Severity | None = None
    suggestion: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    part: str = ""


Read = Callable[[Cells, Field, Context], Reading]
Right = Callable[["pd.Series[str]", Field, Context], Mask]
Explain = Callable[[str, Field, Context], Fault]
Write = Callable[["pd.Series[str]", Field, Context], "pd.Series[str]"]


def as_it_stands(cells: Cells, field: Field, context: Context) -> Reading:
    """Reads a notation that has one form only."""
    return Reading(cells.text)


def always_right(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    """Any text is right."""
    return np.ones(len(column), bool)


def never_right(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    """No text is right."""
    return np.zeros(len(column), bool)


def must_be_empty(value: str, field: Field, context: Context) -> Fault:
    """What is wrong with a value where none may be."""
    return Fault("unused_filled")


def unchanged(column: "pd.Series[str]", field: Field, context: Context) -> "pd.Series[str]":
    """The canonical text is the upload notation."""
    return column


@dataclass(frozen=True)
class Kind:
    """A family of values.

    ``read``: notation → canonical text, with remarks; ``right``: which canonical values nothing is to be said about;
    ``explain``: what is wrong with one that is not; ``write``: canonical → upload notation. The columns given to
    ``right`` have no empty cells. A kind that calls every value right is never asked to explain one.
    """

    read: Read = as_it_stands
    right: Right = always_right
    explain: Explain = must_be_empty
    write: Write = unchanged


def changed(problem: str, before: "pd.Series[str]", after: "pd.Series[str]", **options: Any) -> Reading:
    """A reading that repairs the notation of every cell in which the columns differ."""
    return Reading(after, (Remark(problem, differ(before, after), **options),))


def lost_digits(cells: Cells) -> Remark:
    """A remark on cells that a spreadsheet has turned into a rounded number."""
    exponent = matches(cells.text, r"^\d+(?:[.,]\d+)?[eE]\+?\d+$")
    too_long = cells.were(*NUMBERS) & matches(cells.text, r"^\d{16,}|[.,]")
    return Remark("digits_lost", exponent | too_long, repaired=False)


def right_where(test: Callable[[str], bool]) -> Right:
    """A column test from a test of one value, called once for each distinct value."""

    def right(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
        return per_distinct(column, test).astype(bool)

    return right


def on_filled(column: "pd.Series[str]", test: Callable[["pd.Series[str]"], Mask]) -> Mask:
    """The test on the filled cells only; empty ones pass."""

    def passed(cells: "pd.Series[str]") -> Mask:
        has_text = filled(cells)
        if has_text.all():
            return test(cells)
        right = np.ones(len(cells), bool)
        if has_text.any():
            right[has_text] = test(cells[has_text])
        return right

    return by_blocks(column, passed)
