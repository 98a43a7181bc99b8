"""The records of a transfer file: tables whose cells know the place they came from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from csvimport import columns as col
from csvimport.findings import NOWHERE, Finding, Mask, Places
from csvimport.kinds.numbers import turned
from csvimport.read.sheet import CellTypes
from csvimport.schema import Schema
from csvimport.severity import Severity
from csvimport.shapes import Record

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Table:
    """All records of one kind: ``text`` as it becomes upload-ready, ``given`` as it was read; columns by field key.

    ``rows``: row numbers of the input, and ``rows_of`` those of single fields that stand on other rows; ``columns``: the input
    column of each field that has one; ``order``: the place of each record in the file; ``parent``: the position of the record
    it belongs to, -1 for none; ``spoilt``: records about which nothing more is to be said, because one message has told the
    cause; ``keys``: what tells the records of a table apart, where a column does; ``sheet``: the sheet they were read from;
    ``parts``: the input columns of the parts of fields that are joined from several;
    ``wrong``: the cells of each field about which an error was reported; ``turned``: those that hold the sum with the other sign.
    """

    record: Record
    text: pd.DataFrame
    given: pd.DataFrame
    rows: Places
    order: Places
    spoilt: Mask
    types: Mapping[str, CellTypes] = field(default_factory=dict)
    columns: Mapping[str, "int | Places"] = field(default_factory=dict)
    rows_of: Mapping[str, Places] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    parent: Places | None = None
    keys: "pd.Series[str] | None" = None
    sheet: str | None = None
    wrong: Mapping[str, Mask] = field(default_factory=dict)
    turned: Mapping[str, Mask] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.text)

    @property
    def owner(self) -> Places:
        """The position of the record that each belongs to, -1 for none, as for all that stand on their own."""
        return np.full(len(self), -1) if self.parent is None else self.parent

    @cached_property
    def _taken(self) -> "dict[str, pd.Series[str]]":
        """The columns that were asked for: taking one out of the frame costs as much as a check of a short file."""
        return {}

    def column(self, key: str) -> "pd.Series[str]":
        """The text of a field."""
        if key not in self._taken:
            self._taken[key] = self.text[key]
        return self._taken[key]

    def has_column(self, key: str) -> bool:
        """Whether the input has a column for the field."""
        return key in self.columns

    def wrong_at(self, key: str) -> Mask:
        """The records about whose field an error was reported."""
        return self.wrong.get(key, np.zeros(len(self), bool))

    def take(self, at: Places) -> "Table":
        """The table with some of its records."""
        return replace(
            self,
            text=self.text.iloc[at].reset_index(drop=True),
            given=self.given.iloc[at].reset_index(drop=True),
            rows=self.rows[at],
            order=self.order[at],
            spoilt=self.spoilt[at],
            types={key: kinds[at] for key, kinds in self.types.items()},
            columns={key: place[at] if isinstance(place, np.ndarray) else place for key, place in self.columns.items()},
            rows_of={key: rows[at] for key, rows in self.rows_of.items()},
            parent=None if self.parent is None else self.parent[at],
            keys=None if self.keys is None else col.take(self.keys, at),
            wrong={key: mask[at] for key, mask in self.wrong.items()},
            turned={key: mask[at] for key, mask in self.turned.items()},
        )

    def with_column(self, key: str, values: "pd.Series[str]") -> "Table":
        """The table with other text in one field."""
        return replace(self, text=self.text.assign(**{key: values}))

    def finding(
        self,
        code: str,
        problem: str,
        severity: Severity,
        key: str,
        mask: Mask,
        suggestions: Any = None,
        **details: Any,
    ) -> Finding:
        """A finding at one field of the records of the mask; arrays have one entry for each of them."""
        at = np.flatnonzero(mask)
        place = self.columns.get(key, NOWHERE)
        return Finding(
            code,
            problem,
            severity,
            self.record.name,
            key,
            at=at,
            rows=self.rows_of.get(key, self.rows)[at],
            columns=place[at] if isinstance(place, np.ndarray) else np.full(len(at), place),
            values=self.given[key].to_numpy(object)[at] if len(at) else np.empty(0, object),
            suggestions=suggestions,
            meant=self.as_in_cells(suggestions, key, mask),
            details=details,
            sheet=self.sheet,
        )

    def as_in_cells(self, values: Any, key: str, mask: Mask) -> "npt.NDArray[np.object_] | None":
        """Numbers of a field as its cells at the mask would hold them, where those hold sums with the other sign; else None."""
        if values is None or key not in self.turned:
            return None
        other = self.turned[key][mask] & np.array([value is not None for value in values], bool)
        meant: npt.NDArray[np.object_] = values.copy()
        meant[other] = turned(col.text_series(list(meant[other]))).to_numpy(object)
        return meant


@dataclass(frozen=True, eq=False)
class Unread:
    """A column of a table that no field is made of: its heading, the place of that, and its cells by the rows of the input."""

    title: str
    row: int
    column: int
    cells: "pd.Series[str]"


@dataclass(frozen=True, eq=False)
class Data:
    """The records of one transfer file by name, and the columns of its table that are left out."""

    schema: Schema
    tables: Mapping[str, Table]
    unread: tuple[Unread, ...] = ()

    def __getitem__(self, record: str) -> Table:
        return self.tables[record or self.schema.main.name]

    def with_table(self, table: Table) -> "Data":
        """The data with one table exchanged."""
        return replace(self, tables={**self.tables, table.record.name: table})


def with_parents(tables: Mapping[str, Table], schema: Schema) -> dict[str, Table]:
    """Each child record with the nearest record of its parent's kind above it, in the schema's order."""
    found = dict(tables)
    for record in schema.records:
        if record.parent:
            found[record.name] = replace(found[record.name], parent=nearest_above(found[record.name], found[record.parent]))
    return {record.name: found[record.name] for record in schema.records}


def nearest_above(table: Table, other: Table) -> Places:
    """For each record of a table the position of the nearest record above it in another one, -1 for none."""
    order = np.argsort(other.order, kind="stable")
    above = np.searchsorted(other.order[order], table.order, side="right") - 1
    return np.where(above >= 0, order[np.maximum(above, 0)] if len(order) else -1, -1)


def once_for_each(function: Callable[[Data], T]) -> Callable[[Data], T]:
    """The function, which works an answer out once for the same data, and forgets it together with them."""
    answers: WeakKeyDictionary[Data, T] = WeakKeyDictionary()

    @wraps(function)
    def remembered(data: Data) -> T:
        if data not in answers:
            answers[data] = function(data)
        return answers[data]

    return remembered
