"""Rows of a table that are no records: headings that repeat, units below them, sums of other rows and what stands below these."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.findings import NOWHERE, Finding, Mask, Places
from csvimport.schema import Schema, common_codes
from csvimport.severity import Severity
from csvimport.sorting.lines import Lines
from csvimport.sorting.sums_rows import Targets, sums
from csvimport.units import is_unit

LAST_ROWS = 5  # a printing date, a count of rows: so many may stand below the last sum
LEAST_COLUMNS = 3  # in narrower tables, a row that holds less is nothing special


def other_rows(lines: Lines, words: Sequence[Collection[str]], targets: Targets, schema: Schema) -> tuple[Mask, list[Finding]]:
    """Which rows are no records, and what is said about them. ``words``: the texts that are headings of each column."""
    repeated = _repeated_headings(lines, words)
    found = sums(lines, targets, schema, repeated)
    below = _below(lines, found.taken)
    records = np.flatnonzero(~(repeated | found.taken | below))
    inside = found.taken & (np.arange(len(lines)) < (records[-1] if len(records) else 0))
    said = (
        ("headings_again", Severity.NOTE, repeated),
        ("totals_rows", Severity.NOTE, found.taken & ~inside & ~found.differ),
        ("totals_differ", Severity.WARNING, found.taken & ~inside & found.differ),
        ("totals_inside", Severity.WARNING, inside),
        ("totals_read", Severity.WARNING, found.read),
        ("totals_doubtful", Severity.ERROR, found.doubtful),
        ("rows_below_totals", Severity.WARNING, below),
    )
    return repeated | found.taken | below, [_finding(lines, *one) for one in said if one[2].any()]


def second_table(lines: Lines, words: Sequence[Collection[str]], headings: Collection[str]) -> Mask:
    """The rows of another table below the first: from a row on whose cells are headings, but not those of their columns.

    ``headings``: those of all fields.
    """
    candidates = np.arange(len(lines))
    held, own = np.zeros(len(lines), np.int64), np.zeros(len(lines), np.int64)
    for place, known in enumerate(words):
        cells = lines.frame[place].iloc[candidates]
        right = col.one_of(cells, headings)
        held[candidates] += right
        own[candidates] += col.one_of(cells, known)
        candidates = candidates[right | ~col.filled(cells)]
    candidates = candidates[(held[candidates] > 1) & (own[candidates] < held[candidates])]
    begins = next((at for at in candidates if _different(lines.frame.iloc[at])), len(lines))
    return np.arange(len(lines)) >= begins


def _different(row: "pd.Series[str]") -> bool:
    """Whether no two filled cells are the same."""
    texts = [text for text in row if text]
    return len(set(texts)) == len(texts)


def _finding(lines: Lines, problem: str, severity: Severity, mask: Mask) -> Finding:
    rows = lines.rows[mask]
    details = {"count": len(rows)}
    nowhere = np.full(len(rows), NOWHERE), np.full(len(rows), None, object)
    code = common_codes()[problem]
    return Finding(code, problem, severity, rows=rows, columns=nowhere[0], values=nowhere[1], details=details, sheet=lines.sheet)


def _repeated_headings(lines: Lines, words: Sequence[Collection[str]]) -> Mask:
    """Rows of which every filled cell is a heading of its column, and a first row of nothing but units."""
    candidates = np.arange(len(lines))
    held = np.zeros(len(lines), np.int64)
    for place, known in enumerate(words):
        cells = lines.frame[place].iloc[candidates]
        full = col.filled(cells)
        right = col.one_of(cells, known)
        held[candidates] += right
        candidates = candidates[right | ~full]
    found = np.zeros(len(lines), bool)
    whole = sum(any(known) for known in words)
    found[candidates] = held[candidates] >= max(min(whole, 3), 2)
    if len(lines):
        first = [text for cell in lines.frame.iloc[0] if (text := str(cell).strip())]
        found[0] |= len(first) > 1 and all(map(is_unit, first))
    return found


def _filled(lines: Lines) -> Places:
    counts: Places = np.add.reduce([col.filled(lines.frame[place]).astype(np.int64) for place in lines.frame])
    return counts


def _below(lines: Lines, sums: Mask) -> Mask:
    """A few nearly empty rows below the last sum."""
    below = np.zeros(len(lines), bool)
    if not sums.any():
        return below
    last = int(np.flatnonzero(sums)[-1])
    after = np.arange(last + 1, len(lines))
    counts = _filled(lines)
    if len(after) <= LAST_ROWS and float(np.median(counts[:last][~sums[:last]])) >= LEAST_COLUMNS and (counts[after] == 1).all():
        below[after] = True
    return below
