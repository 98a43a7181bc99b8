"""Lines of cells on their way into records."""

from dataclasses import dataclass

import pandas as pd

from csvimport.findings import Places
from csvimport.read.sheet import CellTypes


@dataclass(frozen=True, eq=False)
class Lines:
    """Filled rows: cells by position, the cell types of each column, their row numbers and the sheet they stand on."""

    frame: pd.DataFrame
    types: tuple[CellTypes | None, ...]
    rows: Places
    sheet: str | None = None

    def __len__(self) -> int:
        return len(self.frame)
