"""Numbers and dates that a spreadsheet stores, as a Finnish one shows them."""

import re

import numpy as np

from csvimport.findings import NOWHERE
from csvimport.read.sheet import CellType, Sheet

_NUMBER = re.compile(r"(-?\d+)\.(\d+)")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})( .+)?")


def is_stored(sheet: Sheet | None, row: int, column: int) -> bool:
    """Whether a cell holds something else than text, whose form is the reader's and not the user's."""
    if sheet is None or not row or column == NOWHERE or column >= len(sheet.types):
        return False
    kinds, at = sheet.types[column], int(np.searchsorted(sheet.rows, row))
    return kinds is not None and at < len(kinds) and sheet.rows[at] == row and kinds[at] != CellType.TEXT


def as_shown(text: str) -> str:
    """A number with a decimal comma and a date with its day first; any other text as it is."""
    if number := _NUMBER.fullmatch(text):
        return f"{number[1]},{number[2]}"
    if date := _DATE.fullmatch(text):
        return f"{int(date[3])}.{int(date[2])}.{date[1]}{date[4] or ''}"
    return text
