"""Rows of a CSV whose cells stand in the wrong columns, as a delimiter is missing or too many: one finding tells it, not one a cell."""

from collections.abc import Iterable, Sequence

import numpy as np

from csvimport.findings import NOWHERE, Finding, Mask, Places
from csvimport.read.sheet import Sheet
from csvimport.records import Data, Table
from csvimport.schema import common_codes
from csvimport.severity import Severity

FEWEST = 2  # cells about which something is said, where a row is taken for a shifted one


def told_once(findings: Sequence[Finding], data: Data, sheet: Sheet, headings: int | None) -> list[Finding]:
    """The findings, of which rows with a cell too few or too many keep one only. ``headings``: the position of the heading row."""
    if sheet.source.delimiter is None or not any(finding.severity == Severity.ERROR for finding in findings):
        return list(findings)
    width = None if headings is None else int(sheet.widths[headings])

    def few(table: Table) -> Mask:
        return np.asarray(sheet.widths[_at(sheet, table.rows)] == (width or table.record.width) - 1)

    shorter = {name: table.rows[few(table)] for name, table in data.tables.items()}
    first = {}
    if 2 * sum(map(len, shorter.values())) <= len(sheet):
        here = (found.take(np.isin(found.rows, shorter[found.record])) for found in findings if found.record)
        first = _first_wrong(found.take(found.columns < sheet.widths[_at(sheet, found.rows)]) for found in here)
    beyond = np.unique(np.concatenate([np.zeros(0, np.int64), *(found.rows for found in findings if found.problem == "beyond_headings")]))
    many = beyond if 2 * len(beyond) < len(sheet) else beyond[:0]
    silent = np.concatenate([many, np.array(list(first), np.int64)])
    kept = [found if found.problem == "beyond_headings" else found.take(~np.isin(found.rows, silent)) for found in findings]
    told = (_told(table, first, sheet) for table in data.tables.values())
    return [finding for finding in (*kept, *told) if len(finding)]


def _at(sheet: Sheet, rows: Places) -> Places:
    """The positions of row numbers in the sheet."""
    return np.minimum(np.searchsorted(sheet.rows, rows), len(sheet) - 1)


def _first_wrong(findings: Iterable[Finding]) -> dict[int, int]:
    """The rows with an error and several doubtful cells, one of them filled → the column of the first. What a row lacks is no cell of it."""
    columns: dict[int, set[int]] = {}
    wrong: set[int] = set()
    filled: set[int] = set()
    for finding in findings:
        placed = finding.take(finding.columns != NOWHERE)
        if finding.severity != Severity.NOTE:
            for row, column in zip(placed.rows.tolist(), placed.columns.tolist(), strict=True):
                columns.setdefault(row, set()).add(column)
            filled.update(placed.rows[placed.values != ""].tolist())
        if finding.severity == Severity.ERROR:
            wrong.update(placed.rows.tolist())
    wrong &= filled
    return {row: min(found) for row, found in columns.items() if row in wrong and len(found) >= FEWEST}


def _told(table: Table, first: dict[int, int], sheet: Sheet) -> Finding:
    at: Places = np.flatnonzero(np.isin(table.rows, list(first)))
    rows = table.rows[at]
    count = sheet.widths[_at(sheet, rows)].astype(object)
    return Finding(
        common_codes()["cell_missing"], "cell_missing", Severity.ERROR, table.record.name,
        at=at, rows=rows, columns=np.array([first[row] for row in rows.tolist()], np.int64), values=np.full(len(at), None, object),
        details={"count": count, "width": count + 1}, sheet=table.sheet,
    )  # fmt: skip
