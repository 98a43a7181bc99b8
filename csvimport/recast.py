"""The same records in the form of another transfer file: a sheet made from them, on which every cell knows its place in the input."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.conditions import column_of, kind_of
from csvimport.context import Context
from csvimport.findings import NOWHERE, Finding, Places
from csvimport.kinds.numbers import turned
from csvimport.kinds.text import NUMBER_KINDS
from csvimport.read.sheet import CellType, CellTypes, Sheet, Source
from csvimport.records import Data, Table
from csvimport.schema import Schema
from csvimport.shapes import Recast

TURNED = "credit"


@dataclass(frozen=True, eq=False)
class _Column:
    """A column of the other file's table, and the sheet, rows and columns of the input that its cells come from."""

    text: "pd.Series[str]"
    rows: Places
    places: Places
    sheet: str | None
    numbers: bool = False

    def types(self) -> CellTypes | None:
        """What the cells are said to be: numbers are not to be read a second time."""
        return np.full(len(self.text), CellType.NUMBER, np.uint8) if self.numbers else None


def recast(data: Data, how: Recast, context: Context, source: Source) -> tuple[Sheet, "Moved"]:
    """A table for the other file with a line for each record, and the way back to the places of the input."""
    line = next(record for record in data.schema.records if record.parent and record.written)
    table = data[line.name]
    if table.parent is None:
        raise AssertionError(f"{line.name} belongs to no record")
    columns = dict(_columns(data, table, how, context))
    frame = pd.DataFrame({place: column.text for place, column in enumerate(columns.values())}, copy=False)
    sheet = Sheet(
        frame,
        tuple(column.types() for column in columns.values()),
        np.full(len(frame), len(columns), np.int64),
        table.rows,
        source,
        titles=tuple(columns),
    )
    places = {part: np.stack([getattr(column, part) for column in columns.values()], axis=1) for part in ("rows", "places")}
    return sheet, Moved(table.rows, table.sheet, tuple(column.sheet for column in columns.values()), **places)


@dataclass(frozen=True, eq=False)
class Moved:
    """Where a recast sheet comes from: row and sheet of each line, and for each of its columns the sheet, rows and columns."""

    line_rows: Places
    line_sheet: str | None
    sheets: tuple[str | None, ...]
    rows: Places
    places: Places

    def back(self, finding: Finding, schema: Schema) -> Finding:
        """A finding of the other file at the places of the input."""
        at = pd.Index(self.line_rows).get_indexer(pd.Index(finding.rows))
        known = (at >= 0) & (finding.columns != NOWHERE)
        cells = np.maximum(at, 0), np.maximum(finding.columns, 0)
        sheets = {self.sheets[column] for column in finding.columns[known]}
        return replace(
            finding,
            rows=np.where(known, self.rows[cells], finding.rows),
            columns=np.where(known, self.places[cells], NOWHERE),
            sheet=sheets.pop() if len(sheets) == 1 else self.line_sheet,
            schema=schema,
        )


def _columns(data: Data, table: Table, how: Recast, context: Context) -> Iterator[tuple[str, _Column]]:
    owner = table.owner
    nowhere = table.rows, np.full(len(table), NOWHERE), table.sheet
    yield how.key, _Column(col.text_series([str(number + 1) for number in owner]), *nowhere)
    for heading, value in how.constants.items():
        yield heading, _Column(col.text_series([value] * len(table)), *nowhere)
    for heading, key in how.fields.items():
        text = column_of(data, table, key)
        if heading == how.named:
            lacking = ~col.filled(text)
            text = col.put(text, lacking, col.text_series(list(_names(data, context)[owner[lacking]])))
        if heading == how.sign["field"] and getattr(context.settings, how.sign["setting"]) == TURNED:
            text = turned(text)
        yield heading, _Column(text, *_places(data, table, key), numbers=kind_of(data, table, key) in NUMBER_KINDS)
    yield from _pairs(data, table, how)


def _names(data: Data, context: Context) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    """A name for each record that has none: what it is and its key."""
    shape, table = data.schema.table, data[""]
    word = shape.title[context.settings.language] if shape else ""
    keys = [str(number + 1) for number in range(len(table))] if table.keys is None else table.keys.to_list()
    return np.array([f"{word} {key}".strip() for key in keys], object)


def _places(data: Data, table: Table, key: str) -> tuple[Places, Places, str | None]:
    """The rows and the columns of the input in which each line's value stands, and their sheet."""
    record, _, name = key.rpartition(".")
    own = data[record] if record else table
    place = own.columns.get(name, NOWHERE)
    rows, columns = own.rows_of.get(name, own.rows), place if isinstance(place, np.ndarray) else np.full(len(own), place)
    if record and table.parent is not None:
        rows, columns = rows[table.parent], columns[table.parent]
    return rows, columns, own.sheet


def _pairs(data: Data, table: Table, how: Recast) -> Iterator[tuple[str, _Column]]:
    """The pairs of names and values: the line's own one, then those of the records that found no place in it."""
    child = next(record for record in data.schema.records if record.folded)
    more = data[child.name]
    parent = more.owner
    own = child.folded[0]
    for heading, key in zip(how.pairs, own, strict=True):
        yield f"{heading} 1", _Column(table.text[key], *_places(data, table, key))
    sequence = pd.Series(parent).groupby(parent).cumcount().to_numpy() if len(parent) else parent
    for number in range(int(sequence.max()) + 1 if len(sequence) else 0):
        here = np.flatnonzero(sequence == number)
        mask = np.zeros(len(table), bool)
        mask[parent[here]] = True
        here = here[np.argsort(parent[here], kind="stable")]
        for heading, key in zip(how.pairs, child.keys, strict=True):
            rows, columns = table.rows.copy(), np.full(len(table), NOWHERE)
            given_rows, given_columns, sheet = _places(data, more, key)
            rows[mask], columns[mask] = given_rows[here], given_columns[here]
            text = col.put(col.blank(len(table)), mask, more.text[key].iloc[here])
            yield f"{heading} {number + 2}", _Column(text, rows, columns, sheet)
