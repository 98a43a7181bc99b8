"""Inputs that are meant for another transfer file, or for none any more: recognised first, told once."""

import re
from collections.abc import Sequence

import numpy as np

from csvimport.columns import filled
from csvimport.findings import Finding, about_file, common_finding
from csvimport.headings.rows import first_filled_row, heading_row, is_no_record, titles_at
from csvimport.headings.targets import all_letters, target_of
from csvimport.read.sheet import Sheet
from csvimport.schema import Schema, load, names
from csvimport.severity import Severity


def headed_as(sheet: Sheet, schema: Schema) -> str | None:
    """The other transfer file whose headings stand in the first row, the best of several."""
    row = first_filled_row(sheet)
    if row is None:
        return None
    titles = [title for title in titles_at(sheet, row) if title]
    if any(re.search(r"\d{3}", title) and not re.search(r"[^\d\W]", title) for title in titles):  # a number, a date: no row of headings
        return None
    least = 2 if is_no_record(titles[0], schema) else 5
    matched = {}
    for name in names():
        other = load(name)
        if name != schema.file and heading_row(sheet, other) == row and not all_letters(titles, other):
            matched[name] = _named(titles, other)
    best = max(matched, key=matched.__getitem__, default=None)
    return best if best and matched[best] >= least else None


def fits_better(titles: Sequence[str], schema: Schema, matched: int) -> str | None:
    """The transfer file whose headings fit much better, if any."""
    if 2 * matched >= len(titles):
        return None
    counts = {other: _named(titles, load(other)) for other in names() if other != schema.file}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] >= matched + 2 else None


def _named(titles: Sequence[str], schema: Schema) -> int:
    """How many titles are headings of the file by their words; a date can be a cell of any file."""
    return sum(target is not None and not target.value for target in (target_of(title, schema) for title in titles))


def former(sheet: Sheet, schema: Schema) -> Finding | None:
    """One finding, and nothing more to say, when the sheet is a file that was used before."""
    if schema.former is None or 0 not in sheet.frame:
        return None
    cells = set(sheet.frame[0].str.strip().unique()) - {""}
    if not cells or not cells <= set(schema.former.cells):
        return None
    return about_file(
        schema.former.code, "former_file", Severity.ERROR, row=int(sheet.rows[0]), column=0, value=str(sheet.frame[0].iloc[0])
    )


def too_wide(sheet: Sheet, schema: Schema) -> Finding | None:
    """One finding, and nothing more to say, when most rows are filled beyond the last field of any record."""
    width = max(record.width for record in schema.records if record.written)
    beyond = np.zeros(len(sheet), bool)
    for column in sheet.frame.columns[width:]:
        beyond |= filled(sheet.frame[column])
    if len(sheet) < 2 or 2 * int(beyond.sum()) <= len(sheet):
        return None
    return common_finding("rows_too_wide", Severity.ERROR, asked=schema.file, width=width)
