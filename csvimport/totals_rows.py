"""Rows below the data that add it up: told by their word and by their gaps, and left out."""

import re

import numpy as np

from csvimport.columns import filled
from csvimport.findings import Mask
from csvimport.lines import Lines

LOOKED_AT = 3
_NUMBER = re.compile(r"[-+−]?[\d\s.,'€%:]*\d[\d\s.,'€%-]*(?:EUR)?")
_WORDS = re.compile(
    r"(?:kaikki\s+)?(?:yhteensä|yht|loppusumma|kokonaissumma|summa(?:\s+yhteensä)?|total|totals|grand\s+total|sum|totalt|sammanlagt|summa\s+totalt)"
    r"(?:\s+(?:eur|€))?[\s.:]*",
    re.IGNORECASE,
)


def totals_rows(lines: Lines) -> Mask:
    """Which of the last rows are totals: their first filled cell says so, all others are numbers, and fewer than on a usual row."""
    mask = np.zeros(len(lines), bool)
    if len(lines) < 2:
        return mask
    counts = np.add.reduce([filled(lines.frame[column]).astype(np.int64) for column in lines.frame])
    usual = float(np.median(counts))
    for at in range(len(lines) - 1, max(len(lines) - 1 - LOOKED_AT, 0), -1):
        cells = lines.frame.iloc[at]
        first, *others = [text for cell in cells if (text := str(cell).strip())] or [""]
        if not _WORDS.fullmatch(first) or counts[at] >= usual or not all(_NUMBER.fullmatch(text) for text in others):
            break
        mask[at] = True
    return mask
