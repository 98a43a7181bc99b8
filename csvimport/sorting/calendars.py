"""Tables whose figures belong to months: columns named for months with their years, or one column of months and one of sums.

They are brought into lines of one calendar year each, with a column for every month from January on.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.columns import text_series
from csvimport.context import Context
from csvimport.findings import NOWHERE, Finding, Mask, Places, about_file
from csvimport.headings.targets import MONTH, MONTH_SUM, Target, month_names
from csvimport.kinds.base import Cells
from csvimport.months import MONTHS, month_of
from csvimport.notation import read_cells
from csvimport.records import Table
from csvimport.schema import Schema
from csvimport.severity import Severity
from csvimport.shapes import Calendar, Record
from csvimport.sorting.lines import Lines

Targets = Sequence[Target | None]


@dataclass(frozen=True, eq=False)
class Years:
    """Lines of one calendar year each, what their columns hold, and the row and column of each month's cell."""

    lines: Lines
    targets: Targets
    rows: Mapping[str, Places] = field(default_factory=dict)
    columns: Mapping[str, Places] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def placed(self, table: Table) -> Table:
        """The table of these lines with the places of its months."""
        return replace(table, columns={**table.columns, **self.columns}, rows_of={**table.rows_of, **self.rows})


def by_year(lines: Lines, targets: Targets, schema: Schema, context: Context) -> Years:
    """The lines of a table as lines of one calendar year each; as they are when they are so already."""
    shape = schema.main.calendar
    if shape is None:
        return Years(lines, targets)
    months = {place: target for place, target in enumerate(targets) if target and target.key in shape.months and not target.part}
    parts = {target.part: place for place, target in enumerate(targets) if target and target.part in (MONTH, MONTH_SUM)}
    has_year = any(target and target.key == shape.year and not target.part for target in targets)
    start = month_of(context.settings.financial_year, {}) if context.settings.financial_year else None
    if len(parts) == 2 and not months:
        return _from_long(lines, targets, parts, schema, start, context)
    if not months:
        return _stopped(lines, targets, schema, "months_missing")
    dated = {place: int(target.value) for place, target in months.items() if target.value}
    if not dated and has_year:
        return Years(lines, targets)
    if not dated and start:
        dated = {place: _year_of(shape.months.index(target.key) + 1, start) for place, target in months.items()}
    if len(dated) < len(months):
        return _stopped(lines, targets, schema, "year_missing")
    return _from_wide(
        lines, targets, {place: (year, shape.months.index(months[place].key)) for place, year in dated.items()}, schema, shape
    )


def _year_of(month: int, start: tuple[int, int]) -> int:
    """The calendar year of a month in the financial year that starts then."""
    return start[0] if month >= start[1] else start[0] + 1


def _stopped(lines: Lines, targets: Targets, schema: Schema, problem: str) -> Years:
    record, shape = schema.main, schema.main.calendar
    key = shape.year if shape else None
    return Years(lines, targets, findings=(about_file(schema.code(problem), problem, Severity.ERROR, record=record.name, field=key),))


def _from_wide(lines: Lines, targets: Targets, months: Mapping[int, tuple[int, int]], schema: Schema, shape: Calendar) -> Years:
    """Each line once for every year of the month columns."""
    record = schema.main
    years = sorted({year for year, _ in months.values()})
    year_column = _place_of(targets, shape)
    said = []
    if year_column is not None:
        told = lines.frame[year_column].str.strip()
        right = ~col.filled(told) | col.one_of(told, [str(year) for year in years])
        said = _at(lines, record, year_column, right, "two_years", schema, shape.year)
    spread = lines.take(np.repeat(np.arange(len(lines)), len(years)))
    cells = _Months(len(spread))
    for place, (year, month) in months.items():
        at = np.arange(years.index(year), len(spread), len(years))
        cells.put(month, at, lines.frame[place], lines.types[place], place, lines.rows)
    year_cells = text_series([str(year) for year in years] * len(lines))
    kept = [None if place in months or (target and target.key == shape.year) else target for place, target in enumerate(targets)]
    return replace(cells.appended(spread, kept, record, shape, year_cells), findings=tuple(said))


def _from_long(
    lines: Lines, targets: Targets, parts: Mapping[str, int], schema: Schema, start: tuple[int, int] | None, context: Context
) -> Years:
    """One line for all lines that differ in nothing but month and sum; lines without a month are told and left out."""
    record, shape = schema.main, schema.main.calendar
    if shape is None:
        raise AssertionError(f"{record.name} has no calendar")
    column, sums, year_column = parts[MONTH], parts[MONTH_SUM], _place_of(targets, shape)
    told = col.per_distinct(lines.frame[column], lambda text: month_of(text, month_names(record)))
    known = np.array([found is not None for found in told], bool)
    year, month = (np.array([found[part] if found else 0 for found in told], np.int64) for part in (0, 1))
    said: list[Finding] = []
    if year_column is not None:
        own_year = col.per_distinct(lines.frame[year_column], _four_digits).astype(np.int64)
        said += _at(lines, record, year_column, (year == 0) | (own_year == 0) | (year == own_year), "two_years", schema, shape.year)
        year = np.where(year == 0, own_year, year)
    elif start:
        year = np.where((year == 0) & known, [_year_of(int(number), start) for number in month], year)
    if year_column is None and (known & (year == 0)).any():
        return _stopped(lines, targets, schema, "year_missing")
    blank = ~np.logical_or.reduce([col.filled(lines.frame[place]) for place in (column, sums)])
    said += _at(lines, record, column, known | blank, "not_a_month", schema)
    own = [(place, target) for place, target in enumerate(targets) if target and target.key != shape.year]
    keys = pd.DataFrame({place: _plain(lines, place, target, schema, context) for place, target in own}).assign(year=year)
    usable = np.flatnonzero(known)
    if blank.any():
        row = int(lines.rows[np.argmax(blank)])
        code = schema.comments.code if schema.comments else schema.code("not_a_month")
        said.append(about_file(code, "lines_without_month", Severity.NOTE, record=record.name, row=row, count=int(blank.sum())))
    group = keys.iloc[usable].groupby(list(keys.columns), sort=False).ngroup().to_numpy()
    first = usable[np.unique(group, return_index=True)[1]]
    of_line = np.full(len(lines), NOWHERE)
    of_line[usable] = group
    use = np.flatnonzero(known)
    again = pd.DataFrame({"group": of_line[use], "month": month[use]}).duplicated().to_numpy()
    once = np.ones(len(lines), bool)
    once[use[again]] = False
    said += _at(lines, record, sums, once, "twice_in_month", schema)
    cells, kinds = _Months(len(first)), lines.types[sums]
    for number in range(MONTHS):
        at = use[~again & (month[use] == number + 1)]
        cells.put(number, of_line[at], lines.frame[sums].iloc[at], None if kinds is None else kinds[at], sums, lines.rows[at])
    years = text_series([str(number) if number else "" for number in year[first]])
    if year_column is not None:
        unread = year[first] == 0
        years = col.put(years, unread, lines.frame[year_column].iloc[first[unread]])
    kept = [None if target and target.key == shape.year else target for target in targets]
    made = cells.appended(lines.take(first), kept, record, shape, years)
    columns = {**made.columns, shape.year: np.full(len(first), NOWHERE if year_column is None else year_column)}
    return replace(made, columns=columns, findings=tuple(said))


def _four_digits(text: str) -> int:
    """A year of four digits as a number; 0 for another text."""
    return int(text) if re.fullmatch(r"\d{4}", text.strip()) else 0


def _plain(lines: Lines, place: int, target: Target, schema: Schema, context: Context) -> "pd.Series[str]":
    """A column in which two notations of one value are alike."""
    if target.part or target.value:
        return lines.frame[place]
    return read_cells(Cells(lines.frame[place], lines.types[place]), schema.record(target.record)[target.key], context).text


def _place_of(targets: Targets, shape: Calendar) -> int | None:
    """The column of years, if there is one."""
    return next((place for place, target in enumerate(targets) if target and target.key == shape.year and not target.part), None)


def _at(lines: Lines, record: Record, column: int, right: Mask, problem: str, schema: Schema, field_: str | None = None) -> list[Finding]:
    """A finding at the cells of a column that are not right."""
    at = np.flatnonzero(~right)
    if not len(at):
        return []
    values = lines.frame[column].iloc[at].to_numpy(object)
    columns = np.full(len(at), column)
    code = schema.code(problem)
    return [
        Finding(code, problem, Severity.ERROR, record.name, field_, rows=lines.rows[at], columns=columns, values=values, sheet=lines.sheet)
    ]


class _Months:
    """The cells of the twelve months, as they are found."""

    def __init__(self, length: int) -> None:
        self._text = np.full((MONTHS, length), "", object)
        self._types = np.zeros((MONTHS, length), np.uint8)
        self._columns = np.full((MONTHS, length), NOWHERE)
        self._rows = np.zeros((MONTHS, length), np.int64)

    def put(
        self,
        month: int,
        at: Places,
        text: "pd.Series[str]",
        types: "np.ndarray[tuple[int], np.dtype[np.uint8]] | None",
        column: int,
        rows: Places,
    ) -> None:
        """The cells of one month, which stand in a column and on these rows."""
        self._text[month, at] = text.to_numpy(object)
        self._types[month, at] = 0 if types is None else types
        self._columns[month, at] = column
        self._rows[month, at] = rows

    def appended(self, lines: Lines, targets: Targets, record: Record, shape: Calendar, years: "pd.Series[str]") -> Years:
        """The lines with the months and the year as columns behind their own."""
        width = len(lines.frame.columns)
        more = {width + month: text_series(list(self._text[month])) for month in range(MONTHS)}
        more[width + MONTHS] = years
        meant: list[Target | None] = [*targets, *(Target(record.name, key) for key in (*shape.months, shape.year))]
        types = (*lines.types, *(self._types[month] if self._types[month].any() else None for month in range(MONTHS)), None)
        rows = {key: np.where(self._columns[m] == NOWHERE, lines.rows, self._rows[m]) for m, key in enumerate(shape.months)}
        columns = {key: self._columns[m] for m, key in enumerate(shape.months)}
        columns[shape.year] = np.full(len(lines), NOWHERE)
        frame = pd.concat([lines.frame, pd.DataFrame(more, index=lines.frame.index)], axis=1)
        return Years(replace(lines, frame=frame, types=types), meant, rows, columns)
