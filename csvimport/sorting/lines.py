"""Lines of cells on their way into records."""

from dataclasses import dataclass

import pandas as pd

from csvimport.findings import Places
from csvimport.read.sheet import CellTypes


@dataclass(frozen=True, eq=False)
class Lines:
    """Filled rows: cells by position, the cell types of each column, their row numbers and widths, and the sheet they stand on."""

    frame: pd.DataFrame
    types: tuple[CellTypes | None, ...]
    rows: Places
    widths: Places
    sheet: str | None = None

    def take(self, at: Places) -> "Lines":
        """Some of the lines."""
        frame = self.frame.iloc[at].reset_index(drop=True)
        types = tuple(None if kinds is None else kinds[at] for kinds in self.types)
        return Lines(frame, types, self.rows[at], self.widths[at], self.sheet)

    def __len__(self) -> int:
        return len(self.frame)
