"""Which column is which field: by position (procountor layout) or by heading (table layout)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from csvimport.columns import filled, text_series
from csvimport.context import PROCOUNTOR, TABLE, Context
from csvimport.findings import Finding, about_file
from csvimport.kinds import KINDS
from csvimport.read.sheet import Sheet
from csvimport.schema import Schema, load, names
from csvimport.severity import Severity
from csvimport.shapes import column_letter
from csvimport.suggest import nearest
from csvimport.targets import Target, all_letters, target_by_letter, target_of

ROWS_SEARCHED = 10
LIKENESS = 0.75


@dataclass(frozen=True)
class Headings:
    """The layout, the position of the heading row in the sheet (None: there is none) and what each column holds."""

    layout: str
    row: int | None
    targets: tuple[Target | None, ...]
    findings: tuple[Finding, ...] = ()
    stop: bool = False


def looks_right(sheet: Sheet, schema: Schema) -> bool:
    """Whether a sheet has headings of the transfer file."""
    return _heading_row(sheet, schema) is not None


def pair(sheets: Sequence[Sheet], schema: Schema) -> tuple[Sheet, ...]:
    """The sheets of a workbook that are meant: the one with the file's headings, or two joined by the key, main records first.

    Empty when none is, or several could be.
    """
    right = [sheet for sheet in sheets if looks_right(sheet, schema)]
    if len(right) == 2 and schema.table:
        held = [{target.record for target in recognise(sheet, schema).targets if target and not target.key_column} for sheet in right]
        lines = [schema.table.line in records for records in held]
        if sorted(lines) == [False, True]:
            return tuple(sheet for _, sheet in sorted(zip(lines, right, strict=True), key=lambda both: both[0]))
    return tuple(right) if len(right) == 1 else ()


def recognise(sheet: Sheet, schema: Schema, headings: str = "auto", *, as_is: bool = False, names: Collection[str] = ()) -> Headings:
    """Tells the two layouts apart. ``headings``: ``yes`` and ``no`` decide, ``auto`` looks at the first rows.

    ``names``: the values, such as the environment's dimensions, that a column may be named for.
    """
    if sheet.titles is not None and headings != "no":
        return _table(sheet, schema, None, sheet.titles, names)
    row = None if headings == "no" else _heading_row(sheet, schema)
    if row is None and headings == "yes":
        row = _first_filled_row(sheet)
    if row is None:
        other = _headed_as(sheet, schema) if headings == "auto" else None
        if other:
            wrong = about_file("T-03", "wrong_file", Severity.ERROR, row=1, other=other, asked=schema.file)
            return Headings(PROCOUNTOR, None, (), (wrong,), stop=True)
        return Headings(PROCOUNTOR, None, (), *_too_wide(sheet, schema))
    titles = _titles(sheet, row)
    above = sum(any(_titles(sheet, earlier)) for earlier in range(row))
    found = _by_row(sheet, schema, row, titles, names, as_is=as_is)
    if not above:
        return found
    left_out = about_file("T-07", "rows_above_headings", Severity.NOTE, row=int(sheet.rows[_first_filled_row(sheet) or 0]), count=above)
    return replace(found, findings=(left_out, *found.findings))


def _by_row(sheet: Sheet, schema: Schema, row: int, titles: tuple[str, ...], names: Collection[str], *, as_is: bool) -> Headings:
    by_position = _in_file_order(titles, schema) or _has_child_records(sheet, schema, row)
    if as_is or by_position:
        severity, problem = (Severity.ERROR, "heading_row") if as_is else (Severity.NOTE, "heading_row_read")
        dropped = about_file("C-06", problem, severity, row=int(sheet.rows[row]), column=0, value=titles[0])
        return Headings(PROCOUNTOR, row, (), (dropped,), stop=not by_position)
    return _table(sheet, schema, row, titles, names)


def _heading_row(sheet: Sheet, schema: Schema) -> int | None:
    """The first row most of whose cells are headings of the file, with nothing above it but shorter title rows.

    In the first row, a third of the cells is enough if it cannot be a record.
    """
    marks = [record.mark.cells[0] for record in schema.records if record.mark]
    above = 0
    for row in range(min(len(sheet), ROWS_SEARCHED)):
        cells = _titles(sheet, row)
        titles = [title for title in cells if title]
        if not titles or cells[0] in marks:
            continue
        matched = sum(target_of(title, schema) is not None for title in titles)
        wordy = not above and 3 * matched >= len(titles) and _is_no_record(cells[0], schema)
        if len(titles) > above and (
            all_letters(titles, schema) or matched == len(titles) or 2 * matched >= max(len(titles), 4) or (matched and wordy)
        ):
            return row
        above = max(above, len(titles))
    return None


def _is_no_record(cell: str, schema: Schema) -> bool:
    """Whether a first cell is not right for the file's first field."""
    first = schema.main.fields[0]
    right = KINDS[first.reader].right(text_series([cell]), first, Context())[0]
    return not right or len(cell) > (first.max_length or len(cell))


def _first_filled_row(sheet: Sheet) -> int | None:
    return next((row for row in range(len(sheet)) if any(_titles(sheet, row))), None)


def _titles(sheet: Sheet, row: int) -> tuple[str, ...]:
    return tuple(" ".join(str(cell).split()) for cell in sheet.frame.iloc[row])


def _in_file_order(titles: Sequence[str], schema: Schema) -> bool:
    """Whether the headings are those of the whole main record, each at its own place."""
    fields = schema.main.fields
    given = [title for title in titles if title]
    return len(given) == len(fields) and all(
        (target := target_of(title, schema)) is not None and (target.record, target.key, target.part) == (schema.main.name, f.key, "")
        for title, f in zip(titles, fields, strict=False)
    )


def _has_child_records(sheet: Sheet, schema: Schema, row: int) -> bool:
    first = sheet.frame[0].iloc[row + 1 :]
    marks = [record.mark.cells[0] for record in schema.records if record.mark and record.mark.cells[0]]
    return bool(marks) and bool(first.isin(marks).any())


def _headed_as(sheet: Sheet, schema: Schema) -> str | None:
    """The other transfer file whose headings stand in the first row, the best of several."""
    row = _first_filled_row(sheet)
    if row is None:
        return None
    titles = [title for title in _titles(sheet, row) if title]
    least = 2 if _is_no_record(titles[0], schema) else 5
    matched = {}
    for name in names():
        other = load(name)
        if name != schema.file and _heading_row(sheet, other) == row and not all_letters(titles, other):
            matched[name] = sum(target_of(title, other) is not None for title in titles)
    best = max(matched, key=matched.__getitem__, default=None)
    return best if best and matched[best] >= least else None


def _too_wide(sheet: Sheet, schema: Schema) -> tuple[tuple[Finding, ...], bool]:
    """One finding, and nothing more to say, when most rows are filled beyond the last field of any record."""
    width = max(record.width for record in schema.records)
    beyond = np.zeros(len(sheet), bool)
    for column in sheet.frame.columns[width:]:
        beyond |= filled(sheet.frame[column])
    if len(sheet) < 2 or 2 * int(beyond.sum()) <= len(sheet):
        return (), False
    return (about_file("T-03", "rows_too_wide", Severity.ERROR, asked=schema.file, width=width),), True


def _table(sheet: Sheet, schema: Schema, row: int | None, titles: Sequence[str], names: Collection[str]) -> Headings:
    given = [title for title in titles if title]
    letters = all_letters(given, schema)
    place = 0 if row is None else int(sheet.rows[row])
    targets: list[Target | None] = []
    findings: list[Finding] = []
    taken: dict[Target, int] = {}
    only_key = _only_key(titles, schema)
    for column, title in enumerate(titles):
        target = target_by_letter(title, schema) if letters else target_of(title, schema, names)
        if target is not None and target.key_column and (target in taken or only_key not in (None, column)):
            target = target_of(title, schema, names, with_key=False)
        if target is not None and target in taken:
            first = taken[target]
            findings.append(_twice(schema, target, place, column, title, first, titles[first]))
            target = None
        elif target is not None:
            taken[target] = column
        elif title or filled(sheet.frame[column].iloc[0 if row is None else row + 1 :]).any():
            beyond = sheet.source.delimiter is not None and not any(titles[column:])
            findings.append(_beyond(sheet, column, row) if beyond else _unknown(schema, place, column, title))
        targets.append(target)
    other = _other_file(given, schema, sum(target is not None for target in targets))
    if other:
        wrong = about_file("T-03", "wrong_file", Severity.ERROR, row=place, other=other, asked=schema.file)
        return Headings(TABLE, row, tuple(targets), (wrong,), stop=True)
    return Headings(TABLE, row, tuple(targets), tuple(findings))


def _only_key(titles: Sequence[str], schema: Schema) -> int | None:
    """The column whose heading can mean nothing but the key, if there is one."""
    for column, title in enumerate(titles):
        target = target_of(title, schema)
        if target and target.key_column and not target_of(title, schema, with_key=False):
            return column
    return None


def _twice(schema: Schema, target: Target, row: int, column: int, title: str, first: int, first_title: str) -> Finding:
    details = {"first": column_letter(first), "first_title": first_title, "second": column_letter(column)}
    return about_file(
        "T-02", "heading_twice", Severity.ERROR, record=target.record, field=target.key, row=row, column=column, value=title, **details
    )


def _beyond(sheet: Sheet, column: int, row: int | None) -> Finding:
    """Cells of a CSV to the right of the last heading: a delimiter inside a text has moved them there."""
    below = np.arange(len(sheet)) > (-1 if row is None else row)
    at = np.flatnonzero(below & filled(sheet.frame[column]))
    values = sheet.frame[column].iloc[at].to_numpy(object)
    return Finding("C-12", "beyond_headings", Severity.ERROR, rows=sheet.rows[at], columns=np.full(len(at), column), values=values)


def _unknown(schema: Schema, row: int, column: int, title: str) -> Finding:
    fields = [f for record in schema.records for f in record.fields if f.kind not in ("constant", "unused")]
    close = nearest(title, [t for f in fields for t in (*f.title.values(), *f.aliases)], LIKENESS) if title else None
    problem = "heading_unknown" if close else "heading_unlike_any" if title else "heading_empty"
    return about_file("T-01", problem, Severity.WARNING, row=row, column=column, value=title, suggestion=close, nearest=close)


def _other_file(titles: Sequence[str], schema: Schema, matched: int) -> str | None:
    """The transfer file whose headings fit much better, if any."""
    best, name = 0, None
    for other in names():
        if other != schema.file:
            count = sum(target_of(title, load(other)) is not None for title in titles)
            if count > best:
                best, name = count, other
    return name if best >= matched + 2 and 2 * matched < len(titles) else None


def data_rows(sheet: Sheet, headings: Headings) -> np.ndarray:
    """The positions of the rows below the headings."""
    return np.arange(0 if headings.row is None else headings.row + 1, len(sheet))
