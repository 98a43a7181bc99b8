"""Excerpts of the input around the cells of a finding, with personal data masked as in the report."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from csvimport.columns import matches
from csvimport.findings import NOWHERE, Finding
from csvimport.headings.rows import find, first_filled_row, titles_at
from csvimport.headings.targets import target_of
from csvimport.mapping.found import ROWS_SEARCHED
from csvimport.masking import CODE, DATED, IDENTITY_CODE, OF_NO_FIELD, holds_identity_code, personal
from csvimport.read.sheet import Sheet
from csvimport.report.changes import personal_in
from csvimport.report.report import Report

AROUND = 2  # columns on either side of the cell
WITHOUT_COLUMN = 6  # columns of a row that is wrong as a whole


@dataclass(frozen=True)
class Line:
    """A row of an excerpt: its number in the input, None for the names of a DataFrame's columns, and its cells."""

    number: int | None
    cells: tuple[str, ...]
    marked: bool = False


@dataclass(frozen=True)
class Excerpt:
    """Some columns of some rows. ``marked``: the column of the finding, None when whole rows are meant."""

    sheet: str | None
    columns: tuple[int, ...]
    headings: Line | None
    lines: tuple[Line, ...]
    marked: int | None


class Excerpts:
    """The cells of a report's input."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._sheets = {sheet.source.sheet: sheet for sheet in report.sheets}
        self._headings = {sheet.source.sheet: heading_of(report, sheet) for sheet in report.sheets}
        self._personal: dict[tuple[str | None, int], str] = {}
        self._told = self._told_personal()

    def of(self, finding: Finding, most: int) -> list[Excerpt]:
        """The first cells of a finding, those of one column together."""
        name = finding.sheet or self._report.source.sheet
        sheet = self._sheets.get(name)
        if sheet is None or not len(sheet):
            return []
        by_column: dict[int, list[int]] = {}
        for row, column in zip(finding.rows[:most].tolist(), finding.columns[:most].tolist(), strict=True):
            at = int(np.searchsorted(sheet.rows, row))
            if row and at < len(sheet) and sheet.rows[at] == row and column < len(sheet.frame.columns):
                by_column.setdefault(column, []).append(at)
        return [self._excerpt(sheet, column, sorted(set(at))) for column, at in by_column.items()]

    def _excerpt(self, sheet: Sheet, column: int, at: Sequence[int]) -> Excerpt:
        width = len(sheet.frame.columns)
        if column == NOWHERE:
            shown = tuple(range(min(width, WITHOUT_COLUMN)))
        else:
            around = range(max(column - AROUND, 0), min(column + AROUND + 1, width))
            shown = tuple(dict.fromkeys((0, *around)))
        heading, titles = self._headings[sheet.source.sheet]
        head = None
        if titles:
            number = None if heading is None else int(sheet.rows[heading])
            head = Line(number, tuple(self._cell(sheet, titles[c], c) for c in shown), heading in at)
        lines = tuple(
            Line(int(sheet.rows[row]), tuple(self._cell(sheet, str(sheet.frame[c].iloc[row]), c) for c in shown), True)
            for row in at
            if row != heading
        )
        return Excerpt(sheet.source.sheet, shown, head, lines, None if column == NOWHERE else column)

    def _cell(self, sheet: Sheet, text: str, column: int) -> str:
        return self._report.masked(text, self._of(sheet, column))

    def _told_personal(self) -> dict[tuple[str | None, int], str]:
        """The columns about whose personal data the report speaks."""
        return {
            (finding.sheet or self._report.source.sheet, int(column)): of
            for finding in self._report.findings
            if (of := personal_in(self._report, finding)) and of != CODE
            for column in np.unique(finding.columns)
        }

    def _of(self, sheet: Sheet, column: int) -> str:
        """What of a person a column holds: by what the report says, by its heading or its place, or by its cells."""
        place = sheet.source.sheet, column
        if place not in self._personal:
            meant = self._told.get(place) or self._meant(sheet, column)
            cells = sheet.frame[column]
            of_persons = meant in ("", CODE, OF_NO_FIELD) and any(map(holds_identity_code, cells[matches(cells, DATED)].unique()))
            self._personal[place] = IDENTITY_CODE if of_persons else meant
        return self._personal[place]

    def _meant(self, sheet: Sheet, column: int) -> str:
        """By the heading, or by the place where there is none; a column of no field may hold any number."""
        schema, titles = self._report.schema, self._headings[sheet.source.sheet][1]
        if not titles:
            if all(column >= record.width for record in schema.records):
                return OF_NO_FIELD
            return next((of for r in schema.records if column < r.width and (of := personal(r.fields[column])) and of != CODE), "")
        target = target_of(titles[column], schema) if titles[column] else None
        field = next((f for f in schema.record(target.record).fields if f.key == target.key), None) if target else None
        return personal(field) if field else OF_NO_FIELD


def heading_of(report: Report, sheet: Sheet) -> tuple[int | None, tuple[str, ...]]:
    """The position of the heading row, None when it is none of the rows, and the headings, none without one."""
    if sheet.titles is not None:
        return None, sheet.titles
    if not report.headings:
        return None, ()
    found = find(sheet, report.schema)
    if found:
        return found.row, found.titles
    row = _fullest_row(sheet) if report.mapped else first_filled_row(sheet)
    return row, () if row is None else titles_at(sheet, row)


def _fullest_row(sheet: Sheet) -> int:
    """The first of the rows among which a mapping looks for its headings that has most filled cells."""
    filled = [sum(map(bool, titles_at(sheet, row))) for row in range(min(len(sheet), ROWS_SEARCHED))]
    return filled.index(max(filled))
