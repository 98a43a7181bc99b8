"""Lines that make one record together: which group each belongs to, and the cells of the records they make."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.findings import Mask, Places
from csvimport.read.sheet import CellTypes
from csvimport.sorting.lines import Lines


@dataclass(frozen=True, eq=False)
class Groups:
    """The group of each line: lines of one group make one main record."""

    of_line: Places
    count: int
    keys: "pd.Series[str] | None" = None

    @property
    def trivial(self) -> bool:
        """Whether each line is a group of its own, in order."""
        return self.count == len(self.of_line)

    @property
    def everywhere(self) -> Mask:
        """All groups."""
        return np.ones(self.count, bool)


class GroupedCells:
    """The cells of main records: of each group, the first filled one of a column."""

    def __init__(self, lines: Lines, groups: Groups) -> None:
        self._lines, self._groups = lines, groups
        self.first = np.arange(len(lines)) if groups.trivial else np.unique(groups.of_line, return_index=True)[1]

    def pick(self, column: int) -> "tuple[pd.Series[str], Places, Places]":
        """The values of a column, the line each stands on, and the lines on which another value stands."""
        values, of_line = self._lines.frame[column], self._groups.of_line
        if self._groups.trivial:
            return values, self.first, np.empty(0, np.int64)
        filled = np.flatnonzero(col.filled(values))
        found, where = np.unique(of_line[filled], return_index=True)
        at = self.first.copy()
        at[found] = filled[where]
        picked = col.take(values, at)
        other = col.differ(values.iloc[filled], picked.iloc[of_line[filled]])
        return picked, at, filled[other]

    def types(self, column: int) -> CellTypes | None:
        """The cell types of a column's values."""
        kinds = self._lines.types[column]
        return None if kinds is None else kinds[self.pick(column)[1]]
