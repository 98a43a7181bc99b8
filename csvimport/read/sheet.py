"""The sheet: what every reader gives, text cells that know where they stand."""

from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from csvimport.findings import Finding, Places

CellTypes = npt.NDArray[np.uint8]


class CellType(IntEnum):
    """What a spreadsheet cell held before it became text."""

    TEXT = 0
    NUMBER = 1
    PADDED = 2  # a number that its format shows with leading zeros; the text has them
    PERCENT = 3  # a number shown as a percentage; the text is the shown figure, 25.5 for 0.255
    DATE = 4
    DATETIME = 5
    TIME = 6
    BOOLEAN = 7
    ERROR = 8
    UNCOMPUTED = 9  # a formula without a stored result; the text is the formula
    UNSEEN = 10  # a number whose format cannot be seen (in an old .xls): it may be shown as a percentage
    ROUNDED = 11  # a number that its format shows with fewer digits than it has
    DRESSED = 12  # a number that its format shows with letters or hyphens around it
    CURRENCY = 13  # a number that its format shows in another currency than euros


NUMBERS = (CellType.NUMBER, CellType.UNSEEN, CellType.ROUNDED, CellType.DRESSED, CellType.CURRENCY)
FIRST_ROWS = 30
REPORT_SHEET = "csvimport"  # the sheet that a report adds to a workbook; it is no input
LEFT_OUT = "\x00"  # a title that is no heading: the column is left out without a word


@dataclass(frozen=True)
class Source:
    """Where the cells come from, as the report shows it."""

    path: str
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True, eq=False)
class Sheet:
    """Cells by position: ``frame`` holds text columns 0, 1, … ("" for an empty cell).

    ``types``: the cell types of each column, None when all its cells are text; ``widths``: how many cells each line
    has; ``rows``: its number as a spreadsheet shows it; ``labels``: the index labels of a DataFrame;
    ``titles``: the column names of a DataFrame, which has no heading row, or of a mapping, whose heading row is ``titles_row``;
    ``width``: how many columns the input has, where a mapping has added others; ``origin``: where its columns stand in the input, and
    under which heading.
    """

    frame: pd.DataFrame
    types: tuple[CellTypes | None, ...]
    widths: Places
    rows: Places
    source: Source
    findings: tuple[Finding, ...] = ()
    labels: npt.NDArray[np.object_] | None = None
    titles: tuple[str, ...] | None = None
    titles_row: int = 0
    width: int | None = None
    origin: tuple[tuple[int, str], ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = field(default=())

    def __len__(self) -> int:
        return len(self.frame)

    @cached_property
    def first_rows(self) -> npt.NDArray[np.object_]:
        """The cells of the first rows, which are looked at again and again for what they may be."""
        return self.frame.iloc[:FIRST_ROWS].to_numpy(object)

    def column_of_input(self, column: int, title: str) -> tuple[int, str]:
        """Where a column stands in the input, and its heading there."""
        return self.origin[column] if self.origin else (column, title)
