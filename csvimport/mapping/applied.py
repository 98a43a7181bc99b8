"""A mapping applied to sheets: their columns under the names of fields, and the way back to where they stand."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.errors import InputError
from csvimport.findings import NOWHERE, Finding, Mask, Places, about_file
from csvimport.heading_rows import spread, titles_at
from csvimport.lines import Lines
from csvimport.mapping.cells import divided, joined, steps
from csvimport.mapping.declared import Mapping, resolve
from csvimport.other_rows import other_rows
from csvimport.read.sheet import LEFT_OUT, CellTypes, Sheet
from csvimport.schema import Schema
from csvimport.severity import Severity
from csvimport.targets import Target

ROWS_SEARCHED = 30


@dataclass(frozen=True, eq=False)
class Column:
    """One column on its way: its heading, its cells, and where it stands in the input under which heading."""

    title: str
    text: "pd.Series[str]"
    types: CellTypes | None
    place: int
    given: str

    def take(self, rows: Mask) -> "Column":
        """The column with some of its rows."""
        return replace(self, text=self.text[rows].reset_index(drop=True), types=None if self.types is None else self.types[rows])


@dataclass(frozen=True, eq=False)
class Origins:
    """The sheets of the input by name, where the columns of the mapped ones stand in them, and which part of the mapping names a field."""

    sheets: dict[str | None, Sheet]
    places: dict[str | None, Places]
    fields: dict[tuple[str, str], str]

    def back(self, finding: Finding) -> Finding:
        """A finding about a mapped sheet as one about the input: at its cells, with what they hold."""
        name = finding.sheet if finding.sheet in self.sheets else next(iter(self.sheets))
        sheet, places = self.sheets[name], self.places[name]
        inside = (finding.columns != NOWHERE) & (finding.columns < len(places))
        columns = np.where(inside, places[np.where(inside, finding.columns, 0)], NOWHERE)
        cells = finding.values.copy()
        at = pd.Index(sheet.rows).get_indexer(pd.Index(finding.rows))
        held = (columns != NOWHERE) & (at >= 0) & np.array([value is not None for value in finding.values], bool)
        for column in np.unique(columns[held]):
            here = held & (columns == column)
            cells[here] = sheet.frame[int(column)].iloc[at[here]].to_numpy(object)
        return replace(finding, columns=columns, cells=cells)


def apply(sheets: Sequence[Sheet], mapping: Mapping, schema: Schema) -> tuple[tuple[Sheet, ...], Origins]:
    """The sheets, main records first, with the headings, columns and rows that the mapping says.

    Raises InputError when the headings do not stand where the mapping says, or no row is left.
    """
    read = [_read(sheet, mapping) for sheet in sheets]
    titles = {_plain(column.given) for columns, _ in read for column in columns}
    missing = list(_missing(titles, mapping))
    mapped = []
    for number, (sheet, (columns, row)) in enumerate(zip(sheets, read, strict=True)):
        main = None if len(sheets) == 1 else number == 0
        mapped.append(_applied(sheet, columns, row, mapping, schema, main, [] if number else missing))
    origins = Origins(
        {sheet.source.sheet: sheet for sheet in sheets},
        {made.source.sheet: np.array([place for place, _ in made.origin], np.int64) for made in mapped},
        dict(_fields(mapping, schema)),
    )
    return tuple(mapped), origins


def _read(sheet: Sheet, mapping: Mapping) -> tuple[list[Column], int | None]:
    """The columns below the headings, and the row of these (None when the sheet has titles of its own)."""
    row, titles = (None, sheet.titles) if sheet.titles is not None else _headings(sheet, mapping)
    below = np.arange(0 if row is None else row + 1, len(sheet))
    columns = [
        Column(title, sheet.frame[place].iloc[below].reset_index(drop=True), None if kinds is None else kinds[below], place, title)
        for place, (title, kinds) in enumerate(zip(titles, sheet.types, strict=True))
    ]
    return columns, row


def _headings(sheet: Sheet, mapping: Mapping) -> tuple[int, tuple[str, ...]]:
    """The row, or the two rows together, that hold most of the headings that the mapping names; the row is the lower one."""
    named = {_plain(heading) for heading, _, _ in mapping.named()}
    rows = range(min(len(sheet), ROWS_SEARCHED))
    if mapping.heading_row:
        at = np.flatnonzero(sheet.rows == mapping.heading_row)
        if not len(at):
            raise InputError(
                f"The mapping looks for headings in row {mapping.heading_row}, which {sheet.source.path} does not have "
                f"({mapping.where('heading_row')})."
            )
        rows = range(int(at[0]), int(at[0]) + 1)
    found = [(row, titles) for row in rows for titles in _readings(sheet, row, named)]
    return max(found, key=lambda reading: len(named & set(map(_plain, reading[1]))))


def _readings(sheet: Sheet, row: int, named: Collection[str]) -> Iterator[tuple[str, ...]]:
    """The headings of a row by itself, and together with the row of groups above it where the mapping names them so."""
    titles = titles_at(sheet, row)
    yield titles
    if row:
        groups = spread(titles_at(sheet, row - 1))
        both = (f"{group} {title}".strip() for group, title in zip(groups, titles, strict=True))
        yield tuple(
            together if _plain(together) in named else title or group for together, title, group in zip(both, titles, groups, strict=True)
        )


def best_sheet(sheets: Sequence[Sheet], mapping: Mapping) -> tuple[Sheet, ...]:
    """The sheet that has most of the headings that the mapping names; none when there is no best one."""
    named = {_plain(heading) for heading, _, _ in mapping.named()}
    held = [len(named & {_plain(column.given) for column in _read(sheet, mapping)[0]}) for sheet in sheets]
    best = max(held, default=0)
    return (sheets[held.index(best)],) if best and held.count(best) == 1 else ()


def _plain(heading: str) -> str:
    return " ".join(heading.split()).casefold()


def _missing(titles: Collection[str], mapping: Mapping) -> Iterator[Finding]:
    """Columns that the mapping names and the input does not have."""
    lost = {heading: (table, key) for heading, table, key in mapping.named() if _plain(heading) not in titles}
    for heading, place in lost.items():
        yield about_file("T-13", "mapped_column_missing", Severity.ERROR, value=heading, place=mapping.where(*place))


def _applied(
    sheet: Sheet, columns: list[Column], row: int | None, mapping: Mapping, schema: Schema, main: bool | None, findings: list[Finding]
) -> Sheet:
    """A sheet as the mapping says; ``main``: of two sheets, whether it is the one of the main records."""
    rows = sheet.rows[0 if row is None else row + 1 :]
    below = Lines(_frame(columns, len(rows)), tuple(c.types for c in columns), rows, np.zeros(len(rows), np.int64))
    aside, said = other_rows(below, [{column.given} for column in columns])
    findings += said
    kept = ~aside & _kept(columns, mapping, len(rows))
    filtered = int((~kept & ~aside).sum())
    if filtered:
        findings.append(about_file("T-14", "rows_filtered", Severity.NOTE, count=filtered, path=mapping.where("rows")))
    if filtered and not kept.any():
        raise InputError(f"The mapping leaves out every row of {sheet.source.path} ({mapping.where('rows')}).")
    own, rows = [column.take(kept) for column in columns], rows[kept]
    made = [replace(column, title=_renamed(column.given, mapping)) for column in own]
    made += _together(own, mapping)
    made = _translated(made, mapping, schema, len(rows), main)
    return replace(
        sheet,
        frame=_frame(made, len(rows)),
        types=tuple(column.types for column in made),
        widths=np.full(len(rows), len(made), np.int64),
        rows=rows,
        titles=tuple(column.title for column in made),
        titles_row=0 if row is None else int(sheet.rows[row]),
        width=len(own),
        origin=tuple((column.place, column.given) for column in made),
        findings=(*sheet.findings, *findings),
    )


def _frame(columns: Sequence[Column], length: int) -> pd.DataFrame:
    return pd.DataFrame({place: column.text for place, column in enumerate(columns)}, index=pd.RangeIndex(length), copy=False)


def _kept(columns: Sequence[Column], mapping: Mapping, length: int) -> Mask:
    """The rows that the mapping reads."""
    kept = np.ones(length, bool)
    for rows in mapping.rows:
        column = _find(rows.column, columns)
        if column is not None:
            cells = column.text.str.strip()
            kept &= col.one_of(cells, rows.keep) if rows.keep else ~col.one_of(cells, rows.drop)
    return kept


def _find(heading: str, columns: Sequence[Column]) -> Column | None:
    return next((column for column in columns if _plain(column.given) == _plain(heading)), None)


def _renamed(given: str, mapping: Mapping) -> str:
    """The field that a heading stands for; other headings stay, those of columns that are left out become none."""
    for heading, name in mapping.columns.items():
        if _plain(heading) == _plain(given):
            return name or LEFT_OUT
    parts = [heading for each in mapping.join for heading in each.columns] + [each.column for each in mapping.split]
    return LEFT_OUT if _plain(given) in map(_plain, parts) else given


def _together(own: Sequence[Column], mapping: Mapping) -> Iterator[Column]:
    """The columns that are made of several, and those that one is divided into."""
    for join in mapping.join:
        parts = [column for heading in join.columns if (column := _find(heading, own)) is not None]
        if len(parts) == len(join.columns):
            yield Column(join.field, joined([part.text for part in parts], join.between), None, parts[0].place, parts[0].given)
    for split in mapping.split:
        column = _find(split.column, own)
        if column is not None:
            for name, text in zip(split.fields, divided(column.text, split.at, len(split.fields)), strict=True):
                yield Column(name, text, None, column.place, column.given)


def _translated(columns: list[Column], mapping: Mapping, schema: Schema, length: int, main: bool | None) -> list[Column]:
    """The columns with their cells as the mapping translates them, and the columns that it adds."""
    for name, step in steps(mapping):
        target = resolve(name, schema)
        for place, column in enumerate(columns):
            if _means(column, target, schema):
                text, types = step(column.text, column.types)
                columns[place] = replace(column, text=text, types=types)
    for table, everywhere in ((mapping.defaults, False), (mapping.constants, True)):
        for name, value in table.items():
            target = resolve(name, schema)
            if main is None or target is None or (target.record == schema.main.name) == main:
                columns = _given(columns, name, value, target, schema, length, everywhere=everywhere)
    return columns


def _means(column: Column, target: Target | None, schema: Schema) -> bool:
    return column.title != LEFT_OUT and resolve(column.title, schema) == target


def _given(
    columns: list[Column], name: str, value: str, target: Target | None, schema: Schema, length: int, *, everywhere: bool
) -> list[Column]:
    """The columns with a value in every cell of one field, or in its empty ones."""
    own = [_means(column, target, schema) for column in columns]
    if everywhere or not any(own):
        others = [replace(column, title=LEFT_OUT) if mine else column for column, mine in zip(columns, own, strict=True)]
        return [*others, Column(name, col.text_series([value] * length), None, NOWHERE, "")]
    return [
        replace(column, text=col.put(column.text, ~col.matches(column.text, r"\S"), value)) if mine else column
        for column, mine in zip(columns, own, strict=True)
    ]


def _fields(mapping: Mapping, schema: Schema) -> Iterator[tuple[tuple[str, str], str]]:
    """For each field that the mapping names, the place that names it."""
    for name, table, key in mapping.used():
        target = resolve(name, schema)
        if target is not None:
            yield (target.record, target.key), mapping.where(table, key)
