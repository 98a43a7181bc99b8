"""Columns of text that are gathered block by block: in memory, or in a temporary file where there is much of it."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Self

import pandas as pd
import pyarrow as pa

from csvimport.columns import blank, ends_of, from_arrow, to_arrow
from csvimport.read.regions import Region, RegionFile

_GROWTH, _MARGIN = 2.0, 1.25


class Gathered:
    """Columns that grow by blocks of rows. A block may have more columns than those before it, or fewer.

    ``on_disk``: keep the text in a temporary file, which the system reads again when a column is looked at, so that there may be more of
    it than memory; the number is about how many bytes are to come. 0 keeps it in memory.
    """

    def __init__(self, *, on_disk: int) -> None:
        self._expected = on_disk
        self._file = RegionFile(_GROWTH) if on_disk else None
        self._columns: list[_Column] = []
        self._length = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._columns.clear()
        if self._file:
            self._file.close()

    def add(self, arrays: Sequence[Any]) -> None:
        """A block: an Arrow array of text for each of its columns. Raises OSError when there is no room for it."""
        count = len(arrays[0])
        if self._file:  # the first block tells how much every column will have
            first = count * len(arrays) + sum(int(ends[-1] - ends[0]) for ends in map(ends_of, arrays))
            self._file.times = _GROWTH if self._length else max(_GROWTH, _MARGIN * self._expected / first)
        self._columns += [self._column() for _ in arrays[len(self._columns) :]]
        for column, array in zip(self._columns, arrays, strict=False):
            column.append(array)
        for column in self._columns[len(arrays) :]:
            column.skip(count)
        self._length += count

    def frame(self) -> pd.DataFrame:
        """The columns by position; those without any text are one and the same."""
        empty = blank(self._length)
        names = range(len(self._columns))
        for column in self._columns if self._file else ():  # all that is to be mapped must have been written
            column.end(self._length)
        columns = {name: self._columns.pop(0).whole(empty) for name in names}  # so that one column only is held twice
        return pd.DataFrame(columns, index=pd.RangeIndex(self._length), copy=False)

    def _column(self) -> "_Column":
        return _OnDisk(self._length, self._file) if self._file else _InMemory(self._length)


class _Column(ABC):
    """A column; its empty cells are only counted until text follows."""

    def __init__(self, empty: int) -> None:
        self._empty = empty

    def append(self, array: Any) -> None:
        ends = ends_of(array)
        if ends[0] == ends[-1]:
            self.skip(len(array))
            return
        self._fill_up()
        self._add(array)

    def skip(self, count: int) -> None:
        self._empty += count

    def end(self, length: int) -> None:
        """Nothing more comes, and the column has so many cells."""
        if self._empty < length:
            self._fill_up()

    def whole(self, empty: "pd.Series[str]") -> "pd.Series[str]":
        self.end(len(empty))
        return empty if self._empty else from_arrow(self._all())

    def _fill_up(self) -> None:
        if self._empty:
            self._add(to_arrow(blank(self._empty)))
            self._empty = 0

    @abstractmethod
    def _add(self, array: Any) -> None: ...

    @abstractmethod
    def _all(self) -> Any: ...


class _InMemory(_Column):
    def __init__(self, empty: int) -> None:
        super().__init__(empty)
        self._parts: list[Any] = []

    def _add(self, array: Any) -> None:
        self._parts.append(array)

    def _all(self) -> Any:
        return pa.concat_arrays(self._parts)


class _OnDisk(_Column):
    """The text of all cells in one region of the file, and where each ends in another."""

    def __init__(self, empty: int, file: RegionFile) -> None:
        super().__init__(empty)
        self._text, self._ends = Region(file), Region(file)

    def _add(self, array: Any) -> None:
        places = ends_of(array)
        first = 1 if self._ends.size else 0  # where the first cell of all begins, too
        self._ends.append((places[first:] - places[0] + self._text.size).tobytes())
        self._text.append(memoryview(array.buffers()[2] or b"")[places[0] : places[-1]])

    def _all(self) -> Any:
        ends, text = self._ends.whole(), self._text.whole()
        return pa.LargeStringArray.from_buffers(ends.size // 8 - 1, ends, text)
