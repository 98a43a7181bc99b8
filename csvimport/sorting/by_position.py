"""Procountor layout: columns by position, records told apart by their first cells."""

from dataclasses import replace

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.context import Context
from csvimport.findings import Finding, Mask, common_finding
from csvimport.records import Table, with_parents
from csvimport.schema import Schema, common_codes
from csvimport.severity import Severity
from csvimport.shapes import Mark, Record
from csvimport.sorting.lines import Lines

SURELY_FULL = 2  # filled cells beyond a record's last field; one may have been moved there by a semicolon inside a text


def build(lines: Lines, schema: Schema, context: Context) -> tuple[dict[str, Table], list[Finding]]:
    """The records of the lines; those with the longest mark are told apart first, the unmarked record is what is left."""
    tables = {record.name: _unwritten(lines, record) for record in schema.records if not record.written}
    findings: list[Finding] = []
    free = np.ones(len(lines), bool)
    written = [record for record in schema.records if record.written]
    for record in sorted(written, key=lambda r: -len(r.mark.cells) if r.mark else 0):
        exact, misspelt = _marked(lines.frame, record.mark, context) if record.mark else (free, np.zeros(len(free), bool))
        mask = free & (exact | misspelt) & ~_too_full(lines, record, schema.leading, context)
        free &= ~mask
        table = _table(lines, record, mask)
        tables[record.name], more = _beyond(lines, table, mask)
        findings += [*more, *_short(lines, record, mask, context)]
        if record.mark and (misspelt & mask).any():
            findings.append(_misspelt(table, record.mark, misspelt[mask], context))
    return with_parents(tables, schema), findings


def _unwritten(lines: Lines, record: Record) -> Table:
    """A record that the file does not hold: a single one, empty, that all lines belong to; none when it belongs to another."""
    count = 0 if record.parent else min(len(lines), 1)
    frame = pd.DataFrame(dict.fromkeys(record.keys, col.blank(count)), index=pd.RangeIndex(count))
    return Table(record, frame, frame, lines.rows[:count], np.full(count, -1), np.zeros(count, bool), sheet=lines.sheet)


def _too_full(lines: Lines, record: Record, main: Record, context: Context) -> Mask:
    """Lines that only an empty first cell tells to be such a record: a main record with that cell missing fills more fields."""
    full = np.zeros(len(lines), np.int64)
    if record.mark and not any(record.mark.words(context.settings)):
        for column in lines.frame.columns[record.width : main.width]:
            full += col.filled(lines.frame[column])
    return full >= SURELY_FULL


def _marked(frame: pd.DataFrame, mark: Mark, context: Context) -> tuple[Mask, Mask]:
    """Where the first cells hold the mark, and where they hold a misspelling of it."""
    exact = np.ones(len(frame), bool)
    near = np.ones(len(frame), bool)
    for place, word in enumerate(mark.words(context.settings)):
        cells = frame.get(place, col.blank(len(frame)))
        exact &= (cells == word).to_numpy()
        known = [word.upper(), *mark.cells, *mark.misspelt] if word else [""]
        near &= cells.str.strip().str.upper().isin(known).to_numpy()
    if mark.followed_by:
        following = frame.get(len(mark.cells), col.blank(len(frame)))
        near &= following.str.strip().str.upper().isin(mark.followed_by).to_numpy()
    return exact, near & ~exact


def _misspelt(table: Table, mark: Mark, mask: Mask, context: Context) -> Finding:
    words = mark.words(context.settings)
    key = table.record.keys[len(words) - 1]
    return table.finding(mark.code, "record_word", Severity.ERROR, key, mask, word=words[-1])


def _table(lines: Lines, record: Record, mask: Mask) -> Table:
    at = np.flatnonzero(mask)
    whole = len(at) == len(mask)
    empty = col.blank(len(at))
    text = {}
    for place, key in enumerate(record.keys):
        column = lines.frame.get(place)
        if column is None or not (whole or col.filled(column)[at].any()):
            text[key] = empty
        else:
            text[key] = column if whole else col.take(column, at)
    types = {key: t[at] for key, t in zip(record.keys, lines.types, strict=False) if t is not None}
    frame = pd.DataFrame(text, index=pd.RangeIndex(len(at)), copy=False)
    places = dict(zip(record.keys, range(record.width), strict=True))
    return Table(
        record, frame, frame, lines.rows if whole else lines.rows[at], at, np.zeros(len(at), bool), types, places, sheet=lines.sheet
    )


def _short(lines: Lines, record: Record, mask: Mask, context: Context) -> list[Finding]:
    """Records that stop before their last field, which Procountor reads all the same."""
    short = mask & (lines.widths < record.width)
    if not (context.as_is and short.any()):
        return []
    row = int(lines.rows[np.flatnonzero(short)[0]])
    return [common_finding("short_record", Severity.NOTE, record=record.name, row=row, count=int(short.sum()), width=record.width)]


def _beyond(lines: Lines, table: Table, mask: Mask) -> tuple[Table, list[Finding]]:
    """Filled cells beyond the record's last field: one finding a record, after which it is not looked at further."""
    findings = []
    spoilt = table.spoilt.copy()
    at = np.flatnonzero(mask)
    for column in lines.frame.columns[table.record.width :]:
        extra = col.filled(lines.frame[column])[at] & ~spoilt
        if extra.any():
            spoilt |= extra
            findings.append(
                Finding(
                    common_codes()["beyond_last_field"],
                    "beyond_last_field",
                    Severity.ERROR,
                    table.record.name,
                    at=np.flatnonzero(extra),
                    rows=table.rows[extra],
                    columns=np.full(int(extra.sum()), column),
                    values=lines.frame[column].iloc[at[extra]].to_numpy(object),
                    details={"width": table.record.width},
                    sheet=lines.sheet,
                )
            )
    return replace(table, spoilt=spoilt), findings
