"""A mapping applied to a sheet: its columns under the names of fields, and the way back to where they stand."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.findings import NOWHERE, Finding, Mask, Places, about_file
from csvimport.kinds.numbers import plain_number
from csvimport.lines import Lines
from csvimport.mapping.declared import DATE_PARTS, Join, Mapping, Split, resolve
from csvimport.read.sheet import LEFT_OUT, NUMBERS, CellType, CellTypes, Sheet
from csvimport.schema import Schema
from csvimport.severity import Severity
from csvimport.targets import Target
from csvimport.totals_rows import totals_rows

ROWS_SEARCHED = 30


@dataclass(frozen=True, eq=False)
class Column:
    """One column on its way: its heading, its cells, and where it stands in the input."""

    title: str
    text: "pd.Series[str]"
    types: CellTypes | None
    place: int


@dataclass(frozen=True, eq=False)
class Origins:
    """Where the columns of a mapped sheet stand in the input, and what its cells hold there."""

    places: Places
    sheet: Sheet
    fields: dict[tuple[str, str], str]

    def back(self, finding: Finding) -> Finding:
        """A finding about the mapped sheet as one about the input."""
        inside = finding.columns != NOWHERE
        columns = np.where(inside, self.places[np.minimum(np.maximum(finding.columns, 0), len(self.places) - 1)], NOWHERE)
        values = finding.values.copy()
        at = pd.Index(self.sheet.rows).get_indexer(pd.Index(finding.rows))
        for column in np.unique(columns[(columns != NOWHERE) & (at >= 0)]):
            here = (columns == column) & (at >= 0)
            values[here] = self.sheet.frame[int(column)].iloc[at[here]].to_numpy(object)
        return replace(finding, columns=columns, values=values)


def apply(sheet: Sheet, mapping: Mapping, schema: Schema) -> tuple[Sheet, Origins]:
    """The sheet with the headings, columns and rows that the mapping says."""
    row = _heading_row(sheet, mapping)
    titles = sheet.titles if sheet.titles is not None else tuple(" ".join(str(cell).split()) for cell in sheet.frame.iloc[row])
    below = np.arange(0 if sheet.titles is not None else row + 1, len(sheet))
    columns = [
        Column(title, sheet.frame[place].iloc[below].reset_index(drop=True), None if kinds is None else kinds[below], place)
        for place, (title, kinds) in enumerate(zip(titles, sheet.types, strict=True))
    ]
    findings = list(_missing(columns, mapping))
    kept = _kept(columns, mapping)
    columns = [_taken(c, kept) for c in columns]
    rows = sheet.rows[below][kept]
    own_frame = pd.DataFrame({place: c.text for place, c in enumerate(columns)}, index=pd.RangeIndex(len(rows)), copy=False)
    added_up = totals_rows(Lines(own_frame, tuple(c.types for c in columns), rows, np.zeros(len(rows), np.int64)))
    if added_up.any():
        findings.append(about_file("T-15", "totals_rows", Severity.NOTE, row=int(rows[added_up][0]), count=int(added_up.sum())))
        columns = [_taken(c, ~added_up) for c in columns]
        rows = rows[~added_up]
    if not kept.all():
        findings.append(about_file("T-14", "rows_filtered", Severity.NOTE, count=int((~kept).sum()), path=mapping.where("rows")))
    own = columns
    columns = [replace(c, title=_renamed(c.title, mapping)) for c in own]
    columns += [_joined(joined, own) for joined in mapping.join if _all_there(joined.columns, own)]
    for divided in mapping.split:
        if _all_there((divided.column,), own):
            columns += _divided(divided, own)
    columns = _translated(columns, mapping, schema, len(rows))
    frame = pd.DataFrame({place: c.text for place, c in enumerate(columns)}, index=pd.RangeIndex(len(rows)), copy=False)
    made = replace(
        sheet,
        frame=frame,
        types=tuple(c.types for c in columns),
        widths=np.full(len(rows), len(columns), np.int64),
        rows=rows,
        titles=tuple(c.title for c in columns),
        width=len(own),
        titles_row=0 if sheet.titles is not None else int(sheet.rows[row]),
        findings=(*sheet.findings, *findings),
    )
    return made, Origins(np.array([c.place for c in columns], np.int64), sheet, _fields(mapping, schema))


def _taken(column: Column, rows: Mask) -> Column:
    """The column with some of its rows."""
    return replace(column, text=column.text[rows].reset_index(drop=True), types=None if column.types is None else column.types[rows])


def _heading_row(sheet: Sheet, mapping: Mapping) -> int:
    """The row that holds most of the headings that the mapping names."""
    if mapping.heading_row:
        at = np.flatnonzero(sheet.rows == mapping.heading_row)
        return int(at[0]) if len(at) else 0
    named = {_plain(heading) for heading, _, _ in mapping.named()}
    held = [len(named & {_plain(cell) for cell in sheet.frame.iloc[row]}) for row in range(min(len(sheet), ROWS_SEARCHED))]
    return int(np.argmax(held)) if held else 0


def best_sheet(sheets: Sequence[Sheet], mapping: Mapping) -> tuple[Sheet, ...]:
    """The sheet that has most of the headings that the mapping names; none when there is no best one."""
    named = {_plain(heading) for heading, _, _ in mapping.named()}
    held = [len(named & {_plain(cell) for cell in sheet.frame.iloc[_heading_row(sheet, mapping)]}) if len(sheet) else 0 for sheet in sheets]
    best = max(held, default=0)
    return (sheets[held.index(best)],) if best and held.count(best) == 1 else ()


def _plain(heading: object) -> str:
    return " ".join(str(heading).split()).casefold()


def _missing(columns: Sequence[Column], mapping: Mapping) -> list[Finding]:
    """Columns that the mapping names and the input does not have."""
    there = {_plain(column.title) for column in columns}
    lost = {heading: (table, key) for heading, table, key in mapping.named() if _plain(heading) not in there}
    return [
        about_file("T-13", "mapped_column_missing", Severity.ERROR, value=heading, place=mapping.where(*place))
        for heading, place in lost.items()
    ]


def _kept(columns: Sequence[Column], mapping: Mapping) -> Mask:
    kept = np.ones(len(columns[0].text) if columns else 0, bool)
    for rows in mapping.rows:
        column = _find(rows.column, columns)
        if column is not None:
            cells = column.text.str.strip()
            kept &= col.one_of(cells, rows.keep) if rows.keep else ~col.one_of(cells, rows.drop)
    return kept


def _find(heading: str, columns: Sequence[Column]) -> Column | None:
    return next((column for column in columns if _plain(column.title) == _plain(heading)), None)


def _all_there(headings: Sequence[str], columns: Sequence[Column]) -> bool:
    return all(_find(heading, columns) is not None for heading in headings)


def _renamed(title: str, mapping: Mapping) -> str:
    """The field that a heading stands for; other headings stay, those of columns that are left out become none."""
    for heading, name in mapping.columns.items():
        if _plain(heading) == _plain(title):
            return name or LEFT_OUT
    parts = {_plain(heading) for joined in mapping.join for heading in joined.columns} | {
        _plain(divided.column) for divided in mapping.split
    }
    return LEFT_OUT if _plain(title) in parts else title


def _joined(joined: Join, columns: Sequence[Column]) -> Column:
    parts = [column for heading in joined.columns if (column := _find(heading, columns)) is not None]
    texts = [part.text.str.strip() for part in parts]
    text = texts[0]
    for more in texts[1:]:
        both = col.filled(text) & col.filled(more)
        text = text + col.put(col.blank(len(text)), both, joined.between) + more
    return Column(joined.field, text, None, parts[0].place)


def _divided(divided: Split, columns: Sequence[Column]) -> list[Column]:
    column = _find(divided.column, columns)
    if column is None:
        return []
    count = len(divided.fields)
    pieces = col.per_distinct(column.text, lambda text: [piece.strip() for piece in text.strip().split(divided.at, count - 1)])
    return [
        Column(name, col.text_series([piece[number] if number < len(piece) else "" for piece in pieces]), None, column.place)
        for number, name in enumerate(divided.fields)
    ]


def _translated(columns: list[Column], mapping: Mapping, schema: Schema, length: int) -> list[Column]:
    """The columns with their cells as the mapping translates them, and the columns that it adds."""
    steps: list[tuple[str, Callable[[Column], Column]]] = [
        *((name, lambda c, form=form: _date(c, form)) for name, form in mapping.dates.items()),
        *((name, lambda c, mark=mark: _number(c, mark)) for name, mark in mapping.decimal_marks.items()),
        *((name, lambda c, pairs=pairs: _values(c, pairs)) for name, pairs in mapping.values.items()),
        *((name, _flipped) for name in mapping.flip_sign),
    ]
    for name, step in steps:
        target = resolve(name, schema)
        columns = [step(column) if column.title != LEFT_OUT and resolve(column.title, schema) == target else column for column in columns]
    for table in (mapping.defaults, mapping.constants):
        for name, value in table.items():
            columns = _given(columns, name, value, resolve(name, schema), schema, length, everywhere=table is mapping.constants)
    return columns


def _given(
    columns: list[Column], name: str, value: str, target: Target | None, schema: Schema, length: int, *, everywhere: bool
) -> list[Column]:
    """The columns with a value in every cell of one field, or in its empty ones."""
    own = [column for column in columns if column.title != LEFT_OUT and resolve(column.title, schema) == target]
    if not own or everywhere:
        others = [replace(column, title=LEFT_OUT) if column in own else column for column in columns]
        return [*others, Column(name, col.text_series([value] * length), None, NOWHERE)]
    return [replace(c, text=col.put(c.text, ~col.matches(c.text, r"\S"), value)) if c in own else c for c in columns]


def _values(column: Column, pairs: "dict[str, str]") -> Column:
    known = {old.strip(): new for old, new in pairs.items()}
    return replace(column, text=col.translate(column.text, lambda text: known.get(text.strip(), text)))


def _date(column: Column, form: str) -> Column:
    """Texts of a form as dd.mm.yyyy; date cells and other texts as they are."""
    parts = DATE_PARTS.findall(form)
    pattern = "".join(
        rf"(?P<{part[0]}>\d{{{len(part)}}})" if part[0] == "y" else rf"(?P<{part[0]}>\d{{1,2}})" if part in parts else re.escape(part)
        for part in re.split(r"(yyyy|yy|dd?|mm?)", form)
        if part
    )

    def read(text: str) -> str:
        found = re.fullmatch(pattern, text.strip())
        if not found:
            return text
        year = found["y"] if len(found["y"]) == len("yyyy") else f"20{found['y']}"
        return f"{int(found['d']):02d}.{int(found['m']):02d}.{year}"

    stored = np.zeros(len(column.text), bool) if column.types is None else column.types == CellType.DATE
    return replace(column, text=col.put(col.translate(column.text, read), stored, column.text[stored]))


def _number(column: Column, mark: str) -> Column:
    """Texts of numbers with that decimal mark as plain ones; cells that hold numbers as they are."""
    types = np.zeros(len(column.text), np.uint8) if column.types is None else column.types.copy()
    text = col.translate(column.text, lambda value: plain_number(value, mark))
    stored = np.isin(types, NUMBERS)
    read = ~stored & col.matches(text, r"^-?\d+(?:,\d+)?$")
    types[read] = CellType.NUMBER
    return replace(column, text=col.put(text, stored, column.text[stored]), types=types)


def _flipped(column: Column) -> Column:
    def turned(text: str) -> str:
        bare = text.strip()
        if not re.search(r"[1-9]", bare):
            return text
        return bare[1:].strip() if bare[0] in "-−–" else f"-{bare}"

    return replace(column, text=col.translate(column.text, turned))


def _fields(mapping: Mapping, schema: Schema) -> dict[tuple[str, str], str]:
    """For each field that the mapping names, the place that names it."""
    found: dict[tuple[str, str], str] = {}
    for name, table, key in mapping.used():
        target = resolve(name, schema)
        if target is not None:
            found[target.record, target.key] = mapping.where(table, key)
    return found
