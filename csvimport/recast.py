"""The same records in the form of another transfer file: a sheet made from them, on which every cell knows its place in the input."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.conditions import column_of, kind_of
from csvimport.context import Context
from csvimport.findings import NOWHERE, Finding, Places
from csvimport.kinds.numbers import turned
from csvimport.kinds.text import NUMBER_KINDS, SHARES
from csvimport.read.sheet import CellType, CellTypes, Sheet, Source
from csvimport.records import Data, Table
from csvimport.schema import Schema
from csvimport.shapes import Recast
from csvimport.sorting.child_columns import split_shares

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
    """The names, values and shares: of each line its own pair, then those of the records that found no place in it."""
    child = next(record for record in data.schema.records if record.folded)
    more = data[child.name]
    held = pd.concat(
        [_held(data, table, child.folded[0], np.arange(len(table))), _held(data, more, child.keys, more.owner)], ignore_index=True
    )
    held = held[(held["name"] != "") | (held["value"] != "")]
    divided = pd.Series(col.per_distinct(col.text_series(held["value"].to_list()), _shares), index=held.index).explode()
    held = held.loc[divided.index].assign(value=divided.str[0].to_numpy(), share=divided.str[1].to_numpy())
    held = held.sort_values("line", kind="stable")
    number = held.groupby("line").cumcount().to_numpy()
    for count in range(int(number.max()) + 1 if len(number) else 0):
        here = held[number == count]
        line = here["line"].to_numpy()
        mask = np.zeros(len(table), bool)
        mask[line] = True
        for heading, part, place in zip(how.pairs, ("name", "value", "share"), ("name", "value", "value"), strict=True):
            rows, columns = table.rows.copy(), np.full(len(table), NOWHERE)
            rows[line], columns[line] = here[f"rows of {place}"], here[f"columns of {place}"]
            text = col.put(col.blank(len(table)), mask, col.text_series(here[part].to_list()))
            yield f"{heading} {count + 1}", _Column(text, rows, columns, table.sheet)


def _held(data: Data, table: Table, keys: Sequence[str], line: Places) -> pd.DataFrame:
    """Names and values with the places of the input that they come from, and the line that each belongs to."""
    columns: dict[str, object] = {"line": line}
    for part, key in zip(("name", "value"), keys, strict=True):
        rows, places, _ = _places(data, table, key)
        columns |= {part: table.text[key].to_numpy(object), f"rows of {part}": rows, f"columns of {part}": places}
    return pd.DataFrame(columns)


def _shares(value: str) -> list[tuple[str, str]]:
    """The items of a value that holds several with their shares, else the value as it is."""
    return split_shares(value) if re.search(SHARES, value) else [(value, "")]
