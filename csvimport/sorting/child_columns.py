"""Child records in the columns of a table: numbered columns, one column of several, a column for each value."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.context import Context
from csvimport.findings import NOWHERE, Mask, Places
from csvimport.headings.targets import Target
from csvimport.kinds.codes import NO, plain
from csvimport.read.sheet import CellTypes
from csvimport.records import Table
from csvimport.shapes import Field, Record
from csvimport.sorting.lines import Lines

Placed = Sequence[tuple[Target, int]]

_SHARE = re.compile(r"(.+?)\s+(\d{1,3}(?:[.,]\d+)?)\s*(%?)")


def children(lines: Lines, placed: Placed, record: Record, context: Context) -> tuple[Table, Places]:
    """Child records from numbered columns (Group 1, Group 2 …), from one column of several, and from a column for each value."""
    numbers = sorted({target.number for target, _ in placed if target.number})
    pieces = [_numbered(lines, placed, record, number, context) for number in numbers]
    for target, column in placed:
        if target.listed and record.list_column:
            pieces.append(_listed(lines, record, column, record.list_column.field, record.list_column.separator, context))
        elif target.value and record.value_columns:
            pieces.append(_shared(lines, record, column, target.value, context))
    length = sum(len(piece.frame) for piece in pieces)
    frames = [piece.frame for piece in pieces] or [pd.DataFrame(dict.fromkeys(record.keys, col.blank(0)))]
    line = np.concatenate([piece.line for piece in pieces]) if pieces else np.empty(0, np.int64)
    sequence = np.argsort(line, kind="stable")
    frame = pd.concat(frames, ignore_index=True).iloc[sequence].reset_index(drop=True)
    keys = {key for piece in pieces for key in piece.columns}
    columns: dict[str, int | Places] = {
        key: np.concatenate([np.full(len(piece.frame), piece.columns.get(key, NOWHERE)) for piece in pieces])[sequence] for key in keys
    }
    types = {key: np.concatenate([_types_of(lines, piece, key) for piece in pieces])[sequence] for key in keys}
    line = line[sequence]
    table = Table(record, frame, frame, lines.rows[line], line, np.zeros(length, bool), types, columns, sheet=lines.sheet)
    return table, line


@dataclass(frozen=True, eq=False)
class _Piece:
    frame: pd.DataFrame
    line: Places
    columns: dict[str, int]


def _types_of(lines: Lines, piece: _Piece, key: str) -> CellTypes:
    """What the cells of a piece were; text where the column held nothing but text."""
    column = piece.columns.get(key)
    kinds = None if column is None else lines.types[column]
    return np.zeros(len(piece.line), np.uint8) if kinds is None else kinds[piece.line]


def _numbered(lines: Lines, placed: Placed, record: Record, number: int, context: Context) -> _Piece:
    own = {target.key: column for target, column in placed if target.number == number}
    said = [_says_something(lines.frame[place], record[key]) for key, place in own.items()]
    line = np.flatnonzero(np.logical_or.reduce(said))
    return _piece(record, line, {key: col.take(lines.frame[column], line) for key, column in own.items()}, own, context)


def _says_something(column: "pd.Series[str]", field: Field) -> Mask:
    """Which cells hold more than blanks, or than the no of a field that takes codes: those alone make no record."""
    visible = col.matches(column, r"[^\s\x{00A0}]")
    if field.kind in ("code", "flag"):
        visible[visible] = col.per_distinct(column[visible], lambda value: plain(value) not in NO).astype(bool)
    return visible


def _listed(lines: Lines, record: Record, column: int, key: str, separator: str, context: Context) -> _Piece:
    names = lines.frame[column].str.split(separator, regex=False).explode().str.strip()
    names = names[names != ""]
    line = names.index.to_numpy(np.int64)
    return _piece(record, line, {key: col.text_series(names.to_numpy(object))}, {key: column}, context)


def _shared(lines: Lines, record: Record, column: int, name: str, context: Context) -> _Piece:
    """Items of one dimension: a cell holds one item, or several with their shares."""
    shape = record.value_columns
    if shape is None:
        raise AssertionError(f"{record.name} has no value columns")
    filled = np.flatnonzero(col.filled(lines.frame[column]))
    if not shape.share:
        cells = {shape.name: col.text_series([name] * len(filled)), shape.value: col.take(lines.frame[column], filled)}
        return _piece(record, filled, cells, dict.fromkeys(cells, column), context)
    split = pd.Series(col.per_distinct(lines.frame[column].iloc[filled], split_shares), index=filled).explode().dropna()
    line = split.index.to_numpy(np.int64)
    items, shares = ([pair[side] for pair in split] for side in (0, 1))
    text = {shape.name: [name] * len(line), shape.value: items, shape.share: shares}
    return _piece(record, line, {key: col.text_series(cells) for key, cells in text.items()}, dict.fromkeys(text, column), context)


def split_shares(cell: str) -> list[tuple[str, str]]:
    """The items of a cell with their shares: "A" → A; "A 60 %; B 40 %" → A with 60, B with 40.

    Without per cent signs the numbers are shares only when several items have one each and they make 100.
    """
    pieces = [piece.strip() for piece in re.split(r"[;|]", cell) if piece.strip()]
    found = [_SHARE.fullmatch(piece) for piece in pieces]
    signed = all(match and match[3] for match in found)
    whole = len(pieces) > 1 and all(found) and sum(Decimal(m[2].replace(",", ".")) for m in found if m) == 100
    if signed or whole:
        return [(match[1], match[2]) for match in found if match]
    return [(piece, "") for piece in pieces]


def _piece(record: Record, line: Places, text: "Mapping[str, pd.Series[str]]", columns: dict[str, int], context: Context) -> _Piece:
    """The records with their marks and what a table need not say."""
    empty = col.blank(len(line))
    cells = {key: text.get(key, empty) for key in record.keys}
    for place, word in enumerate(record.mark.words(context.settings) if record.mark else ()):
        cells[record.keys[place]] = col.text_series([word] * len(line))
    for key, value in record.table_defaults.items():
        cells[key] = col.put(cells[key], ~col.filled(cells[key]), value)
    return _Piece(pd.DataFrame(cells, index=pd.RangeIndex(len(line))), line, columns)
