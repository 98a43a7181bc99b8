"""Rows beside the table: above the headings stand titles, which are texts, or records that were sorted or pasted there; so on other sheets."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from csvimport import columns as col
from csvimport.context import TABLE, Context
from csvimport.findings import NOWHERE, Finding, Mask, Places
from csvimport.headings.rows import ROWS_SEARCHED, titles_at
from csvimport.headings.targets import numbered_months, target_of
from csvimport.kinds import KINDS, takes_words
from csvimport.kinds.base import Cells
from csvimport.notation import read_cells
from csvimport.read.sheet import Sheet
from csvimport.schema import Schema, common_codes
from csvimport.severity import Severity
from csvimport.shapes import Field

Fields = tuple[Mapping[int, Field], Sequence[int]]

CERTAIN = 2  # cells right for fields that take no words
CERTAIN_WITHOUT = 3  # where the file requires none of a line's fields


def said_of(sheet: Sheet, schema: Schema, above: int, titles: Sequence[str]) -> Iterator[Finding]:
    """What is to be said of the filled rows above the headings: an error where they are records, a warning where they may be.

    ``above``: how many rows of the sheet stand above the headings, which are the ``titles``.
    """
    filled = _counts(sheet, above)
    certain, likely = _records(sheet, schema, above, titles)
    for problem, severity, mask in (
        ("rows_above_headings", Severity.NOTE, (filled > 0) & ~certain & ~likely),
        ("records_above_headings", Severity.ERROR, certain),
        ("perhaps_records_above_headings", Severity.WARNING, likely & ~certain),
    ):
        if mask.any():
            at = np.flatnonzero(mask)
            count = len(at)
            rows = sheet.rows[at if severity != Severity.NOTE else at[:1]]
            nowhere = np.full(len(rows), NOWHERE), np.full(len(rows), None, object)
            yield Finding(
                common_codes()[problem], problem, severity, rows=rows, columns=nowhere[0], values=nowhere[1], details={"count": count}
            )


def holds_records(sheet: Sheet, schema: Schema, titles: Sequence[str]) -> bool:
    """Whether the first rows of a sheet without headings hold a record at the places of the headings of another, or in the file's order."""
    return bool(_records(sheet, schema, min(len(sheet), ROWS_SEARCHED), titles)[0].any())


def _counts(sheet: Sheet, above: int) -> Places:
    """How many cells of each of the first rows are filled."""
    return np.array([sum(map(bool, titles_at(sheet, row))) for row in range(above)], np.int64)


def _records(sheet: Sheet, schema: Schema, above: int, titles: Sequence[str]) -> tuple[Mask, Mask]:
    """Which of the first rows are records for certain, and which are likely to be."""
    several = _counts(sheet, above) > 1
    certain, likely = (np.zeros(above, bool) for _ in range(2))
    if several.any():
        for fields, needed in (_by_heading(titles, schema), _by_place(schema)):
            one, other = _judged(sheet, above, {place: field for place, field in fields.items() if place in sheet.frame}, needed)
            certain |= one & several
            likely |= other & several
    return certain, likely


def _by_heading(titles: Sequence[str], schema: Schema) -> Fields:
    """The fields that whole columns hold by their headings, and the columns of those that every record needs."""
    meant = {place: target for place, title in enumerate(titles) if title and (target := target_of(title, schema))}
    meant = {place: target for place, target in (meant | numbered_months(titles, schema)).items() if not target.key_column}
    needed = [place for place, target in meant.items() if not target.part and schema.needed.get((target.record, target.key))]
    return {place: schema.record(target.record)[target.key] for place, target in meant.items()}, needed


def _by_place(schema: Schema) -> Fields:
    """The fields in the file's own order, and the columns of those that every record needs."""
    fields = dict(enumerate(schema.leading.fields))
    return fields, [place for place, field in fields.items() if field.required is True]


def _judged(sheet: Sheet, above: int, fields: Mapping[int, Field], needed: Sequence[int]) -> tuple[Mask, Mask]:
    """Which of the first rows hold what a record needs and only right values, and which hold it and more right values than wrong ones."""
    right, wrong = np.zeros(above, np.int64), np.zeros(above, np.int64)
    whole = np.full(above, set(needed) <= set(fields))
    for place, field in fields.items():
        text, types = sheet.frame[place].iloc[:above].reset_index(drop=True), sheet.types[place]
        full = col.filled(text)
        if place in needed:
            whole &= full
        if not takes_words(field):
            read = read_cells(Cells(text, None if types is None else types[:above]), field, Context(layout=TABLE)).text
            good = np.zeros(above, bool)
            good[full] = KINDS[field.reader].right(read[full].reset_index(drop=True), field, Context(layout=TABLE))
            right += good
            wrong += full & ~good
    certain = whole & (wrong == 0) & (right >= (CERTAIN if needed else CERTAIN_WITHOUT))
    return certain, whole & bool(needed) & (right >= wrong)
