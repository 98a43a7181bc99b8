"""Rows of a table that are no records: headings that repeat, units below them, sums of other rows and what stands below these."""

from collections.abc import Collection, Iterator, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from csvimport import columns as col
from csvimport.findings import NOWHERE, Finding, Mask, Places
from csvimport.lines import Lines
from csvimport.read.sheet import CellType
from csvimport.severity import Severity
from csvimport.units import is_unit

FIRST_COLUMNS = 4  # the word for a sum stands in one of them
LAST_ROWS = 5  # a printing date, a count of rows: so many may stand below the last sum
LEAST_COLUMNS = 3  # in narrower tables, a row that holds less is nothing special

_SUM = r"(?:kaikki\s+)?(?:yhteensä|yht\.?|välisumma|loppusumma|kokonaissumma|sub-?\s?total|grand\s+total|delsumma|slutsumma|sammanlagt|totalt|summa\s+(?:totalt|yhteensä))"
SURE = rf"(?i)^\s*(?:\S+\s+){{0,3}}{_SUM}(?:\s+\S+){{0,2}}[\s.:]*$"
PERHAPS = r"(?i)^\s*(?:totals?|sum|summa)(?:\s+(?:eur|€))?[\s.:]*$"
_NUMBER = r"^[-+\x{2212}]?[\d\s.,'€%:\x{00A0}\x{202F}]*\d[\d\s.,'€%\x{00A0}\x{202F}-]*(?:EUR)?$|^=[A-Z(+-]"
_MICRO = 6  # decimals of the sums that are compared


def other_rows(lines: Lines, words: Sequence[Collection[str]]) -> tuple[Mask, list[Finding]]:
    """Which rows are no records, and what is said about them. ``words``: the texts that are headings of each column."""
    repeated = _repeated_headings(lines, words)
    sums = _sums(lines, repeated)
    below = _below(lines, sums)
    records = np.flatnonzero(~(repeated | sums | below))
    inside = sums & (np.arange(len(lines)) < (records[-1] if len(records) else 0))
    said = (
        ("T-07", "headings_again", Severity.NOTE, repeated),
        ("T-15", "totals_rows", Severity.NOTE, sums & ~inside),
        ("T-15", "totals_inside", Severity.WARNING, inside),
        ("T-15", "rows_below_totals", Severity.WARNING, below),
    )
    return repeated | sums | below, [_finding(lines, *one) for one in said if one[3].any()]


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


def _finding(lines: Lines, code: str, problem: str, severity: Severity, mask: Mask) -> Finding:
    rows = lines.rows[mask]
    details = {"count": len(rows)}
    nowhere = np.full(len(rows), NOWHERE), np.full(len(rows), None, object)
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


def _sums(lines: Lines, besides: Mask) -> Mask:
    """Rows with a word for a sum and nothing but numbers, which are incomplete or really add up."""
    taken = np.zeros(len(lines), bool)
    sure, perhaps = _worded(lines, SURE), _worded(lines, PERHAPS)
    candidates = np.flatnonzero((sure | perhaps) & ~besides)
    if len(lines) < 2 or not len(candidates):
        return taken
    counts = _filled(lines)
    usual = float(np.median(counts))
    numeric = np.zeros(len(candidates), np.int64)
    for place in lines.frame:
        numeric += col.matches(lines.frame[place].iloc[candidates], _NUMBER)
    candidates = candidates[numeric == counts[candidates] - 1]
    rest = np.flatnonzero(~np.isin(np.arange(len(lines)), candidates))
    last = int(rest[-1]) if len(rest) else -1
    taken[candidates] = _add_up(lines, candidates) | (
        (counts[candidates] < usual) & ((sure[candidates] & (counts[candidates] > 1)) | (candidates > last)) & (candidates > 0)
    )
    return taken


def _worded(lines: Lines, pattern: str) -> Mask:
    found = np.zeros(len(lines), bool)
    for place in list(lines.frame)[:FIRST_COLUMNS]:
        found |= col.matches(lines.frame[place], pattern)
    return found


def _filled(lines: Lines) -> Places:
    counts: Places = np.add.reduce([col.filled(lines.frame[place]).astype(np.int64) for place in lines.frame])
    return counts


def _add_up(lines: Lines, candidates: Places) -> Mask:
    """Which candidates are formulas, or hold in some column of sums what the rows above add up to, all or since the last candidate."""
    right = np.zeros(len(candidates), bool)
    start = np.concatenate([[0], candidates[:-1] + 1]) if len(candidates) else candidates
    for place, text in _number_columns(lines, candidates):
        kinds = lines.types[place]
        if kinds is not None:
            right |= kinds[candidates] == CellType.UNCOMPUTED
        micros = _micros(text)
        given = micros[candidates]
        micros[candidates] = 0
        upto = np.concatenate([[0], np.cumsum(micros)])
        sums = upto[candidates], upto[candidates] - upto[start]
        right |= (given != 0) & ((given == sums[0]) | (given == sums[1])) & (candidates - start > 1)
    return right


def _number_columns(lines: Lines, candidates: Places) -> Iterator[tuple[int, "pd.Series[str]"]]:
    for place in range(lines.frame.shape[1]):
        if col.matches(lines.frame[place].iloc[candidates], _NUMBER).any():
            yield place, lines.frame[place]


def _micros(text: "pd.Series[str]") -> Places:
    """Numbers as whole millionths, 0 for what is none or too large."""
    plain = col.replace(col.replace(text, r"[\s€'\x{00A0}\x{202F}]|EUR", ""), r"\x{2212}", "-")
    plain = col.replace(col.replace(plain, r"\.(\d{3})", r"\1") if bool(col.matches(plain, r"\d\.\d{3},").any()) else plain, ",", ".")
    number = col.matches(plain, rf"^-?\d{{1,12}}(?:\.\d{{1,{_MICRO}}})?$")
    decimals = pc.cast(col.to_arrow(col.put(plain, ~number, "0")), pa.decimal128(18, _MICRO))
    return np.array(pc.cast(pc.multiply(decimals, pa.scalar(10**_MICRO)), pa.int64()))


def _below(lines: Lines, sums: Mask) -> Mask:
    """A few nearly empty rows below the last sum."""
    below = np.zeros(len(lines), bool)
    if not sums.any():
        return below
    after = np.arange(int(np.flatnonzero(sums)[-1]) + 1, len(lines))
    counts = _filled(lines)
    if len(after) <= LAST_ROWS and float(np.median(counts)) >= LEAST_COLUMNS and (counts[after] == 1).all():
        below[after] = True
    return below
