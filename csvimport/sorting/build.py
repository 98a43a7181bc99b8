"""The rows below the headings, sorted into records by position or by heading."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.context import Context
from csvimport.findings import Finding, Mask, Places, common_finding
from csvimport.headings.recognised import Headings, data_rows
from csvimport.headings.rows import titles_at
from csvimport.headings.targets import Target, headings_for, normalise
from csvimport.read.sheet import LEFT_OUT, Sheet
from csvimport.records import Data, Unread
from csvimport.schema import Schema
from csvimport.severity import Severity
from csvimport.shapes import column_letter
from csvimport.sorting import by_heading, by_position
from csvimport.sorting.lines import Lines
from csvimport.sorting.other_rows import other_rows, second_table


def build(sheets: Sequence[tuple[Sheet, Headings]], schema: Schema, context: Context) -> tuple[Data, list[Finding]]:
    """Sorts the rows of a sheet, or of two that belong together, into records.

    The findings say what stands between and beyond the records.
    """
    findings: list[Finding] = []
    parts = []
    for sheet, headings in sheets:
        lines, more = _filled_lines(sheet, headings, schema, context)
        parts.append((lines, headings.targets))
        findings += more
    if context.table:
        tables, more = by_heading.build(parts, schema, context)
    else:
        tables, more = by_position.build(parts[0][0], schema, context)
    unread = tuple(_unread(*sheets[-1], parts[-1][0], schema)) if context.table else ()
    return Data(schema, tables, unread), findings + more


def _unread(sheet: Sheet, headings: Headings, lines: Lines, schema: Schema) -> Iterator[Unread]:
    """The columns with a heading that no field is made of; without those that people keep for themselves or that a mapping leaves out."""
    row = sheet.titles_row if headings.row is None else int(sheet.rows[headings.row])
    for place, (title, target) in enumerate(_columns(sheet, headings)):
        if target is None and title not in ("", LEFT_OUT) and normalise(title) not in map(normalise, schema.besides):
            yield Unread(title, row, place, lines.frame[place].set_axis(lines.rows))


def _filled_lines(sheet: Sheet, headings: Headings, schema: Schema, context: Context) -> tuple[Lines, list[Finding]]:
    rows = data_rows(sheet, headings)
    frame = sheet.frame.iloc[len(sheet) - len(rows) :].reset_index(drop=True)
    filled = filled_rows(frame)
    findings = [*_merged(sheet, headings), *_blank_rows(sheet, rows, filled, context)]
    kept = np.flatnonzero(filled)
    if context.table:
        words = [{title, *(headings_for(target, schema) if target else ())} for title, target in _columns(sheet, headings)]
        lines = _lines(sheet, frame, rows, kept)
        if (second := second_table(lines, words, schema.headings)).any():
            begin = int(np.argmax(second))
            value = ", ".join(filter(None, lines.frame.iloc[begin]))
            findings.append(common_finding("second_table", Severity.ERROR, row=int(lines.rows[begin]), value=value))
            kept = kept[~second]
            lines = _lines(sheet, frame, rows, kept)
        if not sheet.origin:  # else the mapping has left them out
            aside, said = other_rows(lines, words, headings.targets, schema)
            findings += said
            kept = kept[~aside]
    return _lines(sheet, frame, rows, kept), findings


def _columns(sheet: Sheet, headings: Headings) -> Iterator[tuple[str, Target | None]]:
    titles = sheet.titles if headings.row is None else titles_at(sheet, headings.row)
    yield from zip(titles or [""] * len(headings.targets), headings.targets, strict=True)


def _lines(sheet: Sheet, frame: pd.DataFrame, rows: Places, kept: Places) -> Lines:
    """The rows of the frame that are kept; ``rows``: where its rows stand in the sheet."""
    whole = len(kept) == len(frame)
    at = slice(len(sheet) - len(frame), None) if whole else rows[kept]  # of a slice numpy makes no copy
    return Lines(
        frame if whole else frame.iloc[kept].reset_index(drop=True),
        tuple(None if types is None else types[at] for types in sheet.types),
        sheet.rows[at],
        sheet.widths[at],
        sheet.source.sheet,
    )


def filled_rows(frame: pd.DataFrame) -> Mask:
    """Which rows have a cell that holds more than blanks."""
    filled = np.zeros(len(frame), bool)
    undecided = np.arange(len(frame))
    for column in frame:
        filled[undecided] = col.matches(frame[column].iloc[undecided], col.MORE_THAN_BLANKS)
        undecided = undecided[~filled[undecided]]
        if not len(undecided):
            break
    return filled


def _merged(sheet: Sheet, headings: Headings) -> Iterator[Finding]:
    """Merged cells below the headings: all but the first are empty, whatever the user sees."""
    first = sheet.titles_row if headings.row is None else headings.row + 1
    for top, left, bottom, right in sheet.merged:
        if bottom >= first:
            span = f"{column_letter(left)}{top + 1}:{column_letter(right)}{bottom + 1}"
            yield common_finding("merged_cells", Severity.WARNING, row=top + 1, column=left, range=span)


def _blank_rows(sheet: Sheet, rows: Places, filled: Mask, context: Context) -> Iterator[Finding]:
    """Blank rows between records; those below the last one of a workbook are no rows at all."""
    last = int(np.flatnonzero(filled)[-1]) if filled.any() else -1
    end = len(filled) if sheet.source.delimiter else last
    blank = np.flatnonzero(~filled[:end])
    if len(blank):
        severity, problem = (Severity.ERROR, "blank_rows") if context.as_is else (Severity.NOTE, "blank_rows_read")
        yield common_finding(problem, severity, row=int(sheet.rows[rows[blank[0]]]), count=len(blank))
