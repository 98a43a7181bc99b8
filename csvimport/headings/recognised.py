"""Which column is which field: by position (procountor layout) or by heading (table layout)."""

from collections.abc import Callable, Collection, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from csvimport.context import PROCOUNTOR, TABLE
from csvimport.errors import InputError
from csvimport.findings import Finding, common_finding
from csvimport.headings.columns import match
from csvimport.headings.other_files import fits_better, former, headed_as, too_wide
from csvimport.headings.rows import HeadingRow, find, first_filled_row, perhaps_headings, titles_at, unknown_headings
from csvimport.headings.rows_above import holds_records, said_of
from csvimport.headings.targets import Target, is_heading_of, target_of
from csvimport.kinds.codes import codes_of, plain
from csvimport.read.sheet import LEFT_OUT, Sheet
from csvimport.schema import Schema
from csvimport.severity import Severity

SHOWN = 5  # of the cells that may be headings


@dataclass(frozen=True)
class Headings:
    """The layout, the position of the (last) heading row in the sheet (None: there is none) and what each column holds."""

    layout: str
    row: int | None
    targets: tuple[Target | None, ...]
    findings: tuple[Finding, ...] = ()
    stop: bool = False


def looks_right(sheet: Sheet, schema: Schema) -> bool:
    """Whether a sheet has headings of the transfer file: in a row, or most of the titles of its own."""
    if sheet.titles is None:
        return find(sheet, schema) is not None
    titles = [title for title in sheet.titles if title and title != LEFT_OUT]
    return 2 * sum(target_of(title, schema) is not None for title in titles) >= max(len(titles), 1)


def pair(sheets: Sequence[Sheet], schema: Schema) -> tuple[Sheet, ...]:
    """The sheets of a workbook that are meant: the one with the file's headings, or two joined by the key, main records first.

    Empty when none is, or several could be.
    """
    right = [sheet for sheet in sheets if looks_right(sheet, schema)]
    if len(right) == 2 and schema.table:
        lines = [schema.table.line in _held(sheet, schema) for sheet in right]
        if sorted(lines) == [False, True]:
            return tuple(sheet for _, sheet in sorted(zip(lines, right, strict=True), key=lambda both: both[0]))
    return (_beside(right[0], sheets, schema),) if len(right) == 1 else ()


def with_lines(sheet: Sheet, others: Callable[[], Sequence[Sheet]], schema: Schema) -> tuple[Sheet, ...]:
    """A sheet that the user named, and the one that holds the lines of its main records, where it has none itself.

    ``others``: reads the other sheets of the workbook. Raises InputError when the lines could stand on several.
    """
    table = schema.table
    if table is None or not looks_right(sheet, schema) or table.line in _held(sheet, schema):
        return (sheet,)
    right = [(other, _held(other, schema)) for other in others() if looks_right(other, schema)]
    lines = [other for other, records in right if table.line in records and schema.main.name not in records]
    if len(lines) > 1:
        names = ", ".join(f"“{other.source.sheet}”" for other in lines)
        raise InputError("several_sheets_of_lines", path=sheet.source.path, name=sheet.source.sheet, sheets=names)
    return (sheet, *lines)


def _held(sheet: Sheet, schema: Schema) -> Set[str]:
    """The records that a sheet has columns for, besides the one that joins it to another sheet."""
    return {target.record for target in recognise(sheet, schema).targets if target and not target.key_column}


def _beside(sheet: Sheet, sheets: Sequence[Sheet], schema: Schema) -> Sheet:
    """The sheet that is read, with a warning of others that hold records without headings."""
    found = None if sheet.titles else find(sheet, schema)
    titles = sheet.titles or (found.titles if found else ())
    lost = [str(other.source.sheet) for other in sheets if other is not sheet and holds_records(other, schema, titles)]
    told = (common_finding("sheet_unread", Severity.WARNING, value=name) for name in lost)
    return replace(sheet, findings=(*sheet.findings, *told))


def recognise(sheet: Sheet, schema: Schema, headings: str = "auto", *, as_is: bool = False, names: Collection[str] = ()) -> Headings:
    """Tells the two layouts apart. ``headings``: ``yes`` and ``no`` decide, ``auto`` looks at the first rows.

    ``names``: the values, such as the environment's dimensions, that a column may be named for.
    """
    if sheet.titles is not None and headings != "no":
        return _table(sheet, schema, None, sheet.titles, names)
    found = None if headings == "no" else find(sheet, schema)
    if found is None and headings == "yes":
        row = first_filled_row(sheet)
        found = None if row is None else HeadingRow(row, titles_at(sheet, row))
    if found is None:
        return _without_headings(sheet, schema, look=headings == "auto", as_is=as_is)
    first = found.row - found.rows + 1
    recognised = _by_row(sheet, schema, found, names, as_is=as_is)
    notes = list(said_of(sheet, schema, first, found.titles))
    if found.rows > 1:
        notes.append(common_finding("headings_of_two_rows", Severity.NOTE, row=int(sheet.rows[first])))
    return replace(recognised, findings=(*notes, *recognised.findings))


def _without_headings(sheet: Sheet, schema: Schema, *, look: bool, as_is: bool) -> Headings:
    """Columns by position, unless the sheet is meant for another file, or begins with headings that are not known."""
    other = headed_as(sheet, schema) if look else None
    stop = common_finding("wrong_file", Severity.ERROR, row=1, other=other, asked=schema.file) if other else None
    stop = stop or former(sheet, schema)
    if stop is None and look and not as_is and (row := unknown_headings(sheet, schema)) is not None:
        first = ", ".join([title for title in titles_at(sheet, row) if title][:SHOWN])
        stop = common_finding("no_headings", Severity.ERROR, row=int(sheet.rows[row]), value=first)
    if stop is None and look and (title := perhaps_headings(sheet, schema)):
        stop = common_finding("perhaps_headings", Severity.ERROR, row=int(sheet.rows[first_filled_row(sheet) or 0]), value=title)
    stop = stop or too_wide(sheet, schema)
    return Headings(PROCOUNTOR, None, (), (stop,) if stop else (), stop=stop is not None)


def _by_row(sheet: Sheet, schema: Schema, found: HeadingRow, names: Collection[str], *, as_is: bool) -> Headings:
    row, titles = found.row, found.titles
    by_position = _has_child_records(sheet, schema, row) or (_in_file_order(titles, schema) and not _speaks_words(sheet, schema, row))
    if as_is or by_position:
        severity, problem = (Severity.ERROR, "heading_row") if as_is else (Severity.NOTE, "heading_row_read")
        dropped = common_finding(problem, severity, row=int(sheet.rows[row]), column=0, value=titles[0])
        return Headings(PROCOUNTOR, row, (), (dropped,), stop=not by_position)
    return _table(sheet, schema, row, titles, names)


def _in_file_order(titles: Sequence[str], schema: Schema) -> bool:
    """Whether the headings are those of the whole main record, each at its own place."""
    fields = schema.leading.fields
    given = [title for title in titles if title]
    return len(given) == len(fields) and all(
        f.kind == "constant"
        or is_heading_of(title, f)
        or ((target := target_of(title, schema)) and (target.record, target.key, target.part) == (schema.leading.name, f.key, ""))
        for title, f in zip(titles, fields, strict=False)
    )


def _speaks_words(sheet: Sheet, schema: Schema, row: int) -> bool:
    """Whether a coded column holds words for its codes, which only tables may."""
    for place, f in enumerate(schema.leading.fields):
        if f.kind in ("code", "flag"):
            cells = set(sheet.frame[place].iloc[row + 1 :].str.strip().unique()) - {"", *f.values}
            if any(plain(cell) in codes_of(f, table=True) and plain(cell) not in codes_of(f, table=False) for cell in cells):
                return True
    return False


def _has_child_records(sheet: Sheet, schema: Schema, row: int) -> bool:
    first = sheet.frame[0].iloc[row + 1 :]
    marks = [record.mark.cells[0] for record in schema.records if record.mark and record.mark.cells[0]]
    return bool(marks) and bool(first.isin(marks).any())


def _table(sheet: Sheet, schema: Schema, row: int | None, titles: Sequence[str], names: Collection[str]) -> Headings:
    targets, findings = match(sheet, schema, row, titles, names)
    other = fits_better([title for title in titles if title], schema, sum(target is not None for target in targets))
    if other:
        place = sheet.titles_row if row is None else int(sheet.rows[row])
        wrong = common_finding("wrong_file", Severity.ERROR, row=place, other=other, asked=schema.file)
        return Headings(TABLE, row, targets, (wrong,), stop=True)
    return Headings(TABLE, row, targets, tuple(findings))


def data_rows(sheet: Sheet, headings: Headings) -> np.ndarray:
    """The positions of the rows below the headings."""
    return np.arange(0 if headings.row is None else headings.row + 1, len(sheet))
