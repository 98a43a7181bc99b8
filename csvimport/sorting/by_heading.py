"""Table layout: columns by heading; a row is a record, or one line of a record whose own columns repeat or stand once."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from csvimport import columns as col
from csvimport.context import Context
from csvimport.findings import Finding, Mask, Places, about_file, common_finding
from csvimport.headings.targets import SERIES, Target
from csvimport.kinds.base import Cells
from csvimport.kinds.codes import NO, YES, country_code, plain
from csvimport.notation import read_cells
from csvimport.read.sheet import CellTypes
from csvimport.records import Table, with_parents
from csvimport.schema import Schema, common_codes
from csvimport.severity import Severity
from csvimport.shapes import Field, Record
from csvimport.sorting.address_columns import with_addresses
from csvimport.sorting.calendars import by_year
from csvimport.sorting.child_columns import children
from csvimport.sorting.folding import fold
from csvimport.sorting.grouped import GroupedCells, Groups
from csvimport.sorting.lines import Lines
from csvimport.sorting.signs import sign

_BETWEEN = "\x1f"  # no text of a cell

Placed = Sequence[tuple[Target, int]]
Part = tuple[Lines, Sequence[Target | None]]


def build(parts: Sequence[Part], schema: Schema, context: Context) -> tuple[dict[str, Table], list[Finding]]:
    """The records of one sheet, or of a sheet of main records and a second one of their lines."""
    years = by_year(*parts[0], schema, context)
    lines, placed = _placed((years.lines, years.targets))
    groups, findings = _groups(lines, placed, schema, context)
    findings += years.findings
    main, more = _main_table(lines, [p for p in placed if p[0].record == schema.main.name and not p[0].key_column], schema, groups, context)
    findings += more
    if len(parts) > 1 and not any(finding.problem == "key_missing" for finding in findings):
        findings += _misplaced(lines, [p for p in placed if p[0].record != schema.main.name])
        lines, placed = _placed(parts[1])
        findings += _misplaced(lines, [p for p in placed if p[0].record == schema.main.name and not p[0].key_column])
        lines, groups, more = _joined_groups(lines, placed, schema, groups, context)
        findings += more
    tables = {schema.main.name: years.placed(main)}
    ranks = {schema.main.name: (np.arange(len(main)), np.full(len(main), -1))}
    for record in schema.records[1:]:
        own = [p for p in placed if p[0].record == record.name and not p[0].key_column]
        is_line = schema.table is not None and schema.table.line == record.name
        table, line = _line_table(lines, own, record) if is_line else children(lines, own, record, context)
        if record.signed:
            table, more = sign(table, lines, line, own, schema, context)
            findings += more
        tables[record.name] = table
        ranks[record.name] = (groups.of_line[line], line)
    return fold(with_parents(_ordered(tables, ranks), schema), schema), findings


def _placed(part: Part) -> tuple[Lines, Placed]:
    lines, targets = part
    return lines, [(target, column) for column, target in enumerate(targets) if target is not None]


def _ordered(tables: dict[str, Table], ranks: Mapping[str, tuple[Places, Places]]) -> dict[str, Table]:
    """The tables with their records in one order: main records, below each its lines, below each line what belongs to it."""
    group = np.concatenate([ranks[name][0] for name in tables])
    line = np.concatenate([ranks[name][1] for name in tables])
    kind = np.concatenate([np.full(len(table), number) for number, table in enumerate(tables.values())])
    sequence = np.arange(len(group))
    order = np.empty(len(group), np.int64)
    order[np.lexsort((sequence, kind, line, group))] = sequence
    ends = np.cumsum([len(table) for table in tables.values()])
    return {name: replace(table, order=part) for (name, table), part in zip(tables.items(), np.split(order, ends[:-1]), strict=True)}


def _groups(lines: Lines, placed: Placed, schema: Schema, context: Context) -> tuple[Groups, list[Finding]]:
    """Which lines belong together: by the key column, else by the fields that can stand for it."""
    every = Groups(np.arange(len(lines)), len(lines))
    shape = schema.table
    if shape is None:
        return every, []
    own = [(target, column) for target, column in placed if target.key_column and not target.part]
    own += [p for key in shape.fallbacks for p in placed if (p[0].record, p[0].key) == (schema.main.name, key)]
    own = [(target, column) for target, column in own if col.filled(lines.frame[column]).any()]
    if not own and shape.key_optional:
        return Groups(np.zeros(len(lines), np.int64), min(len(lines), 1)), []
    if not own:
        return every, [common_finding("key_missing", Severity.ERROR, title=shape.title)] if len(lines) > 1 else []
    keys, findings = _read_keys(lines, *own[0], schema, context)
    series = next((column for target, column in placed if target.part == SERIES and own[0][0].key_column), None)
    keys = keys if series is None else _in_series(keys, lines.frame[series])
    has_key = col.filled(keys)
    source = np.maximum.accumulate(np.where(has_key, np.arange(len(lines)), -1))
    codes, _ = pd.factorize(keys.iloc[np.maximum(source, 0)])
    orphans = source < 0
    codes = np.where(orphans, np.arange(len(lines)), codes + int(orphans.sum()))
    _, first, of_line = np.unique(codes, return_index=True, return_inverse=True)
    return Groups(of_line, len(first), col.take(keys, first)), findings


def _read_keys(lines: Lines, target: Target, column: int, schema: Schema, context: Context) -> "tuple[pd.Series[str], list[Finding]]":
    """The keys in the notation of the field that they can stand for, and what is wrong with those of a key column."""
    field = _key_field(schema) if target.key_column else schema.main[target.key]
    reading = read_cells(Cells(lines.frame[column], lines.types[column]), field, context)
    findings = []
    for remark in reading.remarks if target.key_column else ():
        if not remark.repaired:
            code = schema.code(remark.problem, field)
            at = np.flatnonzero(remark.mask)
            findings.append(_at_column(lines, column, at, code, remark.problem, schema.rule(code).severity, dict(remark.details)))
    return reading.text, findings


def _in_series(keys: "pd.Series[str]", series: "pd.Series[str]") -> "pd.Series[str]":
    """The keys with their series in front, unless they begin with it and no other key looks the same then.

    A line without a series has that of the line above with its key.
    """
    begins = col.filled(series)
    begins[0] = True
    begins[1:] |= col.differ(keys.iloc[1:], keys.iloc[:-1])
    own = series.iloc[np.maximum.accumulate(np.where(begins, np.arange(len(keys)), 0))]

    def joined(pair: str, *, whole: bool = False) -> str:
        name, _, key = (part.strip() for part in pair.partition(_BETWEEN))
        return f"{name} {key}" if name and key and (whole or not key.startswith(name)) else key

    pairs = col.from_arrow(col.join([col.to_arrow(own), col.to_arrow(keys)], _BETWEEN))
    shown = {pair: joined(pair) for pair in pairs.unique()}
    alike = Counter(shown.values())
    return col.translate(pairs, lambda pair: joined(pair, whole=True) if alike[shown[pair]] > 1 else shown[pair])


def _key_field(schema: Schema) -> Field:
    """The field that the key column can stand for; a text of its own where it stands for none."""
    if schema.table is None:
        raise AssertionError(f"{schema.file} has no key column")
    if schema.table.fallbacks:
        return schema.main[schema.table.fallbacks[0]]
    return Field(0, schema.table.key, schema.table.title, "text", "csvimport", (), in_file=False)


def _at_column(
    lines: Lines, column: int, at: Places, code: str, problem: str, severity: Severity, details: Mapping[str, Any] | None = None
) -> Finding:
    """A finding at cells of a column that are no record's field."""
    values = lines.frame[column].iloc[at].to_numpy(object)
    columns = np.full(len(at), column)
    return Finding(code, problem, severity, rows=lines.rows[at], columns=columns, values=values, details=details or {}, sheet=lines.sheet)


def _misplaced(lines: Lines, placed: Placed) -> list[Finding]:
    """Columns with values that belong to a record of the other sheet."""
    return [
        replace(
            common_finding("column_on_other_sheet", Severity.ERROR, record=target.record, field=target.key, column=column),
            sheet=lines.sheet,
        )
        for target, column in placed
        if col.filled(lines.frame[column]).any()
    ]


def _joined_groups(lines: Lines, placed: Placed, schema: Schema, groups: Groups, context: Context) -> tuple[Lines, Groups, list[Finding]]:
    """The lines of a second sheet whose key stands on the first, their groups, and what is said about the others.

    A line without a key belongs where the line above it does, if the keys stand once for each record; where they are repeated from
    line to line, one is missing.
    """
    own = next(((target, column) for target, column in placed if target.key_column and not target.part), None)
    if own is None or groups.keys is None:
        missing = common_finding("key_missing", Severity.ERROR, title=schema.table.title if schema.table else "")
        return lines, replace(groups, of_line=np.zeros(len(lines), np.int64)), [missing]
    keys, findings = _read_keys(lines, *own, schema, context)
    found = pc.fill_null(pc.index_in(col.to_arrow(keys), value_set=col.to_arrow(groups.keys)), -1)
    filled, given = col.filled(keys), np.arange(len(keys))
    if not (filled[1:] & ~col.differ(keys.iloc[1:], keys.iloc[:-1])).any():
        given = np.maximum.accumulate(np.where(filled, given, -1))
    of_line = np.where((given >= 0) & filled[given], np.asarray(found, np.int64)[given], -1)
    for problem, lost in (("key_unknown", filled & (of_line < 0)), ("key_lacking", ~filled & ((given < 0) | ~filled[given]))):
        if lost.any():
            findings.append(_at_column(lines, own[1], np.flatnonzero(lost), schema.code(problem), problem, Severity.ERROR))
    kept = np.flatnonzero(of_line >= 0)
    return lines.take(kept), Groups(of_line[kept], groups.count, groups.keys), findings


def _main_table(lines: Lines, placed: Placed, schema: Schema, groups: Groups, context: Context) -> tuple[Table, list[Finding]]:
    record, cells = schema.main, GroupedCells(lines, groups)
    findings: list[Finding] = []
    empty = col.blank(groups.count)
    given = dict.fromkeys(record.keys, empty)
    text = given | {key: col.put(empty, groups.everywhere, value) for key, value in record.table_defaults.items()}
    types: dict[str, CellTypes] = {}
    columns: dict[str, int | Places] = {}
    rows, rows_of = lines.rows[cells.first], {}
    for target, column in placed:
        values, at, differing = cells.pick(column)
        alone = any(finding.problem == "several_without_key" for finding in findings)
        findings += [] if alone else _differing(lines, groups, record[target.key], record, column, at, differing, schema, context)
        if target.part:
            continue
        given[target.key] = values
        text[target.key] = _turned(values) if target.negated else values
        if target.unclear and (unclear := _says_yes_or_no(values)).any():
            findings.append(_unclear(lines, record, target.key, column, at, unclear, schema))
            text[target.key] = col.put(values, unclear, "")
        columns[target.key] = column
        if not np.array_equal(lines.rows[at], rows):
            rows_of[target.key] = lines.rows[at]
        if (kinds := lines.types[column]) is not None:
            types[target.key] = kinds[at]
    texts, as_given = (pd.DataFrame(c, index=pd.RangeIndex(groups.count), copy=False) for c in (text, given))
    order, spoilt = np.arange(groups.count), np.zeros(groups.count, bool)
    table = Table(record, texts, as_given, rows, order, spoilt, types, columns, rows_of, keys=groups.keys, sheet=lines.sheet)
    table, more = with_addresses(table, cells, placed, schema, context)
    return table, findings + more


def _says_yes_or_no(cells: "pd.Series[str]") -> Mask:
    return col.one_of(cells.str.strip().str.casefold(), {plain(word) for word in (*YES, *NO)})


def _unclear(lines: Lines, record: Record, key: str, column: int, at: Places, unclear: Mask, schema: Schema) -> Finding:
    """Yes and no under a heading, such as Status, that does not tell which of both is active."""
    here = np.flatnonzero(unclear)
    told = _at_column(lines, column, at[here], schema.code("yes_of_what", record[key]), "yes_of_what", Severity.ERROR)
    return replace(told, record=record.name, field=key, at=here)


def _differing(
    lines: Lines,
    groups: Groups,
    field: Field,
    record: Record,
    column: int,
    at: Places,
    differing: Places,
    schema: Schema,
    context: Context,
) -> list[Finding]:
    """Two values for one field of one record: the second one's cell, naming the first. Two notations of one value are none."""
    if len(differing):
        kinds = lines.types[column]
        one, other = (
            _comparable(Cells(col.take(lines.frame[column], at_), None if kinds is None else kinds[at_]), field, context)
            for at_ in (differing, at[groups.of_line[differing]])
        )
        differing = differing[col.differ(one, other)]
    if not len(differing):
        return []
    group = groups.of_line[differing]
    values = lines.frame[column]
    if groups.keys is None and groups.count == 1 and schema.table:
        place = differing[0]
        details = {"other_field": field.key, "first": values.iloc[at[0]], "count": len(differing)}
        said = about_file(
            schema.code("several_without_key"), "several_without_key", Severity.ERROR,
            record=record.name, field=field.key, row=int(lines.rows[place]), column=column, value=values.iloc[place], **details,
        )  # fmt: skip
        return [replace(said, sheet=lines.sheet)]
    return [
        Finding(
            common_codes()["value_differs"],
            "value_differs",
            Severity.ERROR,
            record.name,
            field.key,
            at=group,
            rows=lines.rows[differing],
            columns=np.full(len(differing), column),
            values=values.iloc[differing].to_numpy(object),
            details={"first": values.iloc[at[group]].to_numpy(object), "first_row": lines.rows[at[group]]},
            sheet=lines.sheet,
        )
    ]


def _comparable(cells: Cells, field: Field, context: Context) -> "pd.Series[str]":
    """Values in which two notations of the same one are alike: canonical, and numbers, countries and codes in their bare form."""
    if field.form:
        return col.translate(cells.text, lambda value: country_code(value.strip()).lstrip("0"))
    text = read_cells(cells, field, context).text
    return col.replace(text, "-", "") if field.kind == "business_id_any" else text


def _turned(cells: "pd.Series[str]") -> "pd.Series[str]":
    """Yes for no and no for yes, under a heading that asks the opposite (Active for a passivity code)."""
    return col.translate(cells, lambda value: "no" if plain(value) in YES else "yes" if plain(value) in NO else value)


def _line_table(lines: Lines, placed: Placed, record: Record) -> tuple[Table, Places]:
    """One record for each line that has any of the record's fields filled."""
    filled = np.zeros(len(lines), bool)
    for _, column in placed:
        filled |= col.filled(lines.frame[column])
    at = np.flatnonzero(filled)
    empty = col.blank(len(at))
    own = {target.key: column for target, column in placed if not target.part}
    text = {key: col.take(lines.frame[own[key]], at) if key in own else empty for key in record.keys}
    types = {key: kinds[at] for key, column in own.items() if (kinds := lines.types[column]) is not None}
    frame = pd.DataFrame(text, index=pd.RangeIndex(len(at)), copy=False)
    return Table(record, frame, frame, lines.rows[at], at, np.zeros(len(at), bool), types, own, sheet=lines.sheet), at
