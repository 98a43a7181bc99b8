"""The rows sorted into the file's records, each cell with the place it came from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.context import Context
from csvimport.findings import NOWHERE, Finding, Mask, Places, about_file
from csvimport.headings import Headings, Target, data_rows
from csvimport.kinds.addresses import PARTS, join
from csvimport.kinds.codes import NO, YES, plain
from csvimport.read.sheet import CellType, CellTypes, Sheet
from csvimport.schema import Mark, Record, Schema, column_letter
from csvimport.severity import Severity


@dataclass(frozen=True, eq=False)
class Table:
    """All records of one kind: ``text`` as it becomes upload-ready, ``given`` as it was read; columns by field key.

    ``rows``: row numbers of the input; ``columns``: the input column of each field that has one; ``order``: the place of each
    record in the file; ``parent``: the position of the record it belongs to, -1 for none; ``spoilt``: records about which
    nothing more is to be said, because one message has told the cause.
    """

    record: Record
    text: pd.DataFrame
    given: pd.DataFrame
    rows: Places
    order: Places
    spoilt: Mask
    types: Mapping[str, CellTypes] = field(default_factory=dict)
    columns: Mapping[str, "int | Places"] = field(default_factory=dict)
    parent: Places | None = None

    def __len__(self) -> int:
        return len(self.text)

    def has_column(self, key: str) -> bool:
        """Whether the input has a column for the field."""
        return key in self.columns

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
            rows=self.rows[at],
            columns=place[at] if isinstance(place, np.ndarray) else np.full(len(at), place),
            values=self.given[key].to_numpy(object)[at] if len(at) else np.empty(0, object),
            suggestions=suggestions,
            details=details,
        )


@dataclass(frozen=True, eq=False)
class Data:
    """The records of one transfer file by name."""

    schema: Schema
    tables: Mapping[str, Table]

    def __getitem__(self, record: str) -> Table:
        return self.tables[record or self.schema.main.name]

    def with_table(self, table: Table) -> "Data":
        """The data with one table exchanged."""
        return replace(self, tables={**self.tables, table.record.name: table})


def build(sheet: Sheet, schema: Schema, headings: Headings, context: Context) -> tuple[Data, list[Finding]]:
    """Sorts the rows below the headings into records, and says what stands between and beyond them."""
    rows = data_rows(sheet, headings)
    frame = sheet.frame.iloc[rows].reset_index(drop=True)
    filled = np.zeros(len(frame), bool)
    for column in frame:
        filled |= col.filled(frame[column])
    findings = [*_merged(sheet, headings), *_blank_rows(sheet, rows, filled, context)]
    kept = np.flatnonzero(filled)
    lines = _Lines(
        frame if len(kept) == len(frame) else frame.iloc[kept].reset_index(drop=True),
        tuple(None if types is None else types[rows[kept]] for types in sheet.types),
        sheet.rows[rows[kept]],
    )
    if context.table:
        return Data(schema, _from_table(lines, schema, headings.targets)), findings
    tables, more = _from_lines(lines, schema, context)
    return Data(schema, tables), findings + more


@dataclass(frozen=True, eq=False)
class _Lines:
    frame: pd.DataFrame
    types: tuple[CellTypes | None, ...]
    rows: Places


def _merged(sheet: Sheet, headings: Headings) -> Iterator[Finding]:
    """Merged cells below the headings: all but the first are empty, whatever the user sees."""
    first = 0 if headings.row is None else headings.row + 1
    for top, left, bottom, right in sheet.merged:
        if bottom >= first:
            span = f"{column_letter(left)}{top + 1}:{column_letter(right)}{bottom + 1}"
            yield about_file("T-06", "merged_cells", Severity.WARNING, row=top + 1, column=left, range=span)


def _blank_rows(sheet: Sheet, rows: Places, filled: Mask, context: Context) -> Iterator[Finding]:
    """Blank rows between records; those below the last one of a workbook are no rows at all."""
    last = int(np.flatnonzero(filled)[-1]) if filled.any() else -1
    end = len(filled) if sheet.source.delimiter else last
    blank = np.flatnonzero(~filled[:end])
    if len(blank):
        severity = Severity.ERROR if context.as_is else Severity.NOTE
        yield about_file("C-14", "blank_rows", severity, row=int(sheet.rows[rows[blank[0]]]), count=len(blank))


def _from_lines(lines: _Lines, schema: Schema, context: Context) -> tuple[dict[str, Table], list[Finding]]:
    """Procountor layout: columns by position, records told apart by their first cells."""
    tables: dict[str, Table] = {}
    findings: list[Finding] = []
    free = np.ones(len(lines.frame), bool)
    marked = [record for record in schema.records if record.mark]
    for record in (*sorted(marked, key=lambda r: -len(r.mark.cells if r.mark else ())), schema.main):
        if record.mark:
            exact, misspelt = _marked(lines.frame, record.mark)
            mask = free & (exact | misspelt)
        else:
            mask, misspelt = free.copy(), np.zeros(len(free), bool)
        free &= ~mask
        table = _positional(lines, record, mask)
        tables[record.name], more = _beyond(lines, table, mask, context)
        findings += more
        if (misspelt & mask).any() and record.mark:
            at_mark = misspelt[mask]
            findings.append(
                table.finding(
                    record.mark.code,
                    "record_word",
                    Severity.ERROR,
                    record.keys[len(record.mark.cells) - 1],
                    at_mark,
                    word=record.mark.cells[-1],
                )
            )
    return _with_parents(tables, schema), findings


def _marked(frame: pd.DataFrame, mark: Mark) -> tuple[Mask, Mask]:
    """Where the first cells hold the mark, and where they hold a misspelling of it."""
    exact = np.ones(len(frame), bool)
    near = np.ones(len(frame), bool)
    for place, word in enumerate(mark.cells):
        cells = frame[place] if place in frame else col.blank(len(frame))
        exact &= (cells == word).to_numpy()
        if word:
            near &= cells.str.strip().str.upper().isin([word.upper(), *mark.misspelt]).to_numpy()
        else:
            near &= (cells == "").to_numpy()
    return exact, near & ~exact


def _positional(lines: _Lines, record: Record, mask: Mask) -> Table:
    at = np.flatnonzero(mask)
    whole = len(at) == len(mask)
    empty = col.blank(len(at))
    text = {}
    for place, key in enumerate(record.keys):
        column = lines.frame.get(place)
        text[key] = empty if column is None else column if whole else column.iloc[at].reset_index(drop=True)
    types = {key: t[at] for key, t in zip(record.keys, lines.types, strict=False) if t is not None}
    frame = pd.DataFrame(text, index=pd.RangeIndex(len(at)), copy=False)
    places = dict(zip(record.keys, range(record.width), strict=True))
    return Table(record, frame, frame, lines.rows[at], at, np.zeros(len(at), bool), types, places)


def _beyond(lines: _Lines, table: Table, mask: Mask, context: Context) -> tuple[Table, list[Finding]]:
    """Filled cells beyond the record's last field: one finding a record, after which it is not looked at further."""
    findings = []
    spoilt = table.spoilt.copy()
    at = np.flatnonzero(mask)
    for column in lines.frame.columns[table.record.width :]:
        extra = col.filled(lines.frame[column])[at] & ~spoilt
        if extra.any():
            spoilt |= extra
            values = lines.frame[column].iloc[at[extra]].to_numpy(object)
            findings.append(
                Finding(
                    "C-12", "beyond_last_field", Severity.ERROR, table.record.name, None,
                    np.flatnonzero(extra), table.rows[extra], np.full(int(extra.sum()), column), values,
                    details={"width": table.record.width},
                )
            )  # fmt: skip
    return replace(table, spoilt=spoilt), findings


def _with_parents(tables: dict[str, Table], schema: Schema) -> dict[str, Table]:
    """Each child record with the nearest record of its parent's kind above it."""
    for record in schema.records:
        if record.parent:
            above = np.searchsorted(tables[record.parent].order, tables[record.name].order) - 1
            tables[record.name] = replace(tables[record.name], parent=above)
    return {record.name: tables[record.name] for record in schema.records}


def _from_table(lines: _Lines, schema: Schema, targets: Iterable[Target | None]) -> dict[str, Table]:
    """Table layout: one row a record, its children in columns of the same row."""
    placed = [(target, column) for column, target in enumerate(targets) if target is not None]
    main = _main_table(lines, schema.main, [p for p in placed if p[0].record == schema.main.name])
    tables = {schema.main.name: main}
    for record in schema.records[1:]:
        own = [p for p in placed if p[0].record == record.name]
        tables[record.name] = _children(lines, record, own)
    return tables


def _main_table(lines: _Lines, record: Record, placed: list[tuple[Target, int]]) -> Table:
    empty = col.blank(len(lines.frame))
    text = dict.fromkeys(record.keys, empty)
    given = dict(text)
    types: dict[str, CellTypes] = {}
    columns: dict[str, int] = {}
    for target, column in placed:
        if target.part:
            continue
        cells = lines.frame[column]
        given[target.key] = cells
        text[target.key] = _turned(cells) if target.negated else cells
        columns[target.key] = column
        kinds = lines.types[column]
        if kinds is not None:
            types[target.key] = kinds
    for f in record.fields:
        parts = {target.part: column for target, column in placed if target.key == f.key and target.part}
        if parts:
            joined = _joined(lines, parts, f.form, text.get(f.name_from))
            whole = text[f.key]
            use = ~col.filled(whole) & col.filled(joined)
            text[f.key] = given[f.key] = col.put(whole, use, joined[use])
            columns.setdefault(f.key, min(parts.values()))
    length = len(lines.frame)
    texts, as_given = (pd.DataFrame(cells, index=pd.RangeIndex(length), copy=False) for cells in (text, given))
    return Table(record, texts, as_given, lines.rows, np.arange(length), np.zeros(length, bool), types, columns)


def _turned(cells: "pd.Series[str]") -> "pd.Series[str]":
    """Yes for no and no for yes, under a heading that asks the opposite (Active for a passivity code)."""
    return col.translate(cells, lambda value: "no" if plain(value) in YES else "yes" if plain(value) in NO else value)


def _joined(lines: _Lines, parts: Mapping[str, int], form: str, name: "pd.Series[str] | None") -> "pd.Series[str]":
    """Address strings from columns of parts; the name is the record's own where the table gives none."""
    cells = {part: lines.frame[parts[part]] for part in PARTS if part in parts}
    if "postal_code" in parts and "country" in parts:
        kinds = lines.types[parts["postal_code"]]
        if kinds is not None:
            short = (kinds == CellType.NUMBER) & col.one_of(cells["country"], ("FI", "Suomi", "Finland"))
            cells["postal_code"] = col.put(cells["postal_code"], short, cells["postal_code"][short].str.zfill(5))
    if form == "name_address" and name is not None:
        some = np.logical_or.reduce([col.filled(c) for part, c in cells.items() if part != "name"])
        own = cells.get("name", col.blank(len(name)))
        lacking = some & ~col.filled(own)
        cells["name"] = col.put(own, lacking, name[lacking])
    return join(cells, form)


def _children(lines: _Lines, record: Record, placed: list[tuple[Target, int]]) -> Table:
    """Child records from numbered columns (Group 1, Group 2, …) and from one column of several names."""
    pieces = [_numbered(lines, record, placed, number) for number in sorted({t.number for t, _ in placed if not t.listed})]
    if record.list_column:
        pieces += [_listed(lines, record, column, record.list_column.separator) for t, column in placed if t.listed]
    length = sum(len(piece.frame) for piece in pieces)
    frame = pd.concat([piece.frame for piece in pieces], ignore_index=True) if length else _no_rows(record)
    line = np.concatenate([piece.line for piece in pieces]) if length else np.empty(0, np.int64)
    sequence = np.argsort(line, kind="stable")
    frame = frame.iloc[sequence].reset_index(drop=True)
    keys = {key for piece in pieces for key in piece.columns}
    columns = {
        key: np.concatenate([np.full(len(piece.frame), piece.columns.get(key, NOWHERE)) for piece in pieces])[sequence] for key in keys
    }
    line = line[sequence]
    return Table(record, frame, frame, lines.rows[line], line, np.zeros(length, bool), columns=columns, parent=line)


@dataclass(frozen=True, eq=False)
class _Piece:
    frame: pd.DataFrame
    line: Places
    columns: dict[str, int]


def _no_rows(record: Record) -> pd.DataFrame:
    return pd.DataFrame({key: col.blank(0) for key in record.keys})


def _numbered(lines: _Lines, record: Record, placed: list[tuple[Target, int]], number: int) -> _Piece:
    own = {t.key: column for t, column in placed if t.number == number and not t.listed}
    filled = np.logical_or.reduce([col.filled(lines.frame[column]) for column in own.values()])
    line = np.flatnonzero(filled)
    empty = col.blank(len(line))
    text = {key: lines.frame[own[key]].iloc[line].reset_index(drop=True) if key in own else empty for key in record.keys}
    return _marked_piece(record, pd.DataFrame(text), line, own)


def _listed(lines: _Lines, record: Record, column: int, separator: str) -> _Piece:
    if record.list_column is None:
        raise AssertionError(f"{record.name} has no list column")
    names = lines.frame[column].str.split(separator, regex=False).explode().str.strip()
    names = names[names != ""]
    line = names.index.to_numpy(np.int64)
    text = dict.fromkeys(record.keys, col.blank(len(names)))
    text[record.list_column.field] = col.text_series(names.to_numpy(object))
    return _marked_piece(record, pd.DataFrame(text), line, {record.list_column.field: column})


def _marked_piece(record: Record, frame: pd.DataFrame, line: Places, columns: dict[str, int]) -> _Piece:
    for place, word in enumerate(record.mark.cells if record.mark else ()):
        frame[record.keys[place]] = col.text_series([word] * len(frame))
    return _Piece(frame, line, columns)
