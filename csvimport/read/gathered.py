"""Columns of text that are gathered block by block: in memory, or in temporary files where a file is large."""

import mmap
from abc import ABC, abstractmethod
from collections.abc import Sequence
from tempfile import TemporaryFile
from typing import IO, Any, Self

import numpy as np
import pandas as pd
import pyarrow as pa

from csvimport.columns import blank, ends_of, from_arrow, to_arrow


class Gathered:
    """Columns that grow by blocks of rows. A block may have more columns than those before it, or fewer.

    ``on_disk``: keep the text in temporary files without a name, which the system reads again when a column is looked at, so that
    a file may be larger than the memory.
    """

    def __init__(self, *, on_disk: bool) -> None:
        self._kind: type[_Column] = _OnDisk if on_disk else _InMemory
        self._columns: list[_Column] = []
        self._length = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        for column in self._columns:
            column.close()

    def add(self, arrays: Sequence[Any]) -> None:
        """A block: an Arrow array of text for each of its columns. Raises OSError when there is no room for it."""
        count = len(arrays[0])
        self._columns += [self._kind(self._length) for _ in arrays[len(self._columns) :]]
        for column, array in zip(self._columns, arrays, strict=False):
            column.append(array)
        for column in self._columns[len(arrays) :]:
            column.skip(count)
        self._length += count

    def frame(self) -> pd.DataFrame:
        """The columns by position; those without any text are one and the same."""
        empty = blank(self._length)
        names = range(len(self._columns))
        columns = {name: self._columns.pop(0).whole(empty) for name in names}  # so that one column only is held twice
        return pd.DataFrame(columns, index=pd.RangeIndex(self._length), copy=False)


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

    def whole(self, empty: "pd.Series[str]") -> "pd.Series[str]":
        if self._empty == len(empty):
            return empty
        self._fill_up()
        return from_arrow(self._all())

    def _fill_up(self) -> None:
        if self._empty:
            self._add(to_arrow(blank(self._empty)))
            self._empty = 0

    @abstractmethod
    def close(self) -> None:
        """Gives up the parts."""

    @abstractmethod
    def _add(self, array: Any) -> None: ...

    @abstractmethod
    def _all(self) -> Any: ...


class _InMemory(_Column):
    def __init__(self, empty: int) -> None:
        super().__init__(empty)
        self._parts: list[Any] = []

    def close(self) -> None:
        self._parts.clear()

    def _add(self, array: Any) -> None:
        self._parts.append(array)

    def _all(self) -> Any:
        return pa.concat_arrays(self._parts)


class _OnDisk(_Column):
    """The text of all cells in one file, and where each ends in another."""

    def __init__(self, empty: int) -> None:
        super().__init__(empty)
        self._files: list[IO[bytes]] = []
        self._size, self._length = 0, 0

    def close(self) -> None:
        for file in self._files:
            file.close()

    def _add(self, array: Any) -> None:
        if not self._files:
            self._files = [TemporaryFile(), TemporaryFile()]  # noqa: SIM115  (open until all is there)
            self._files[1].write(np.zeros(1, np.int64).tobytes())
        places = ends_of(array)
        self._files[0].write(memoryview(array.buffers()[2] or b"")[places[0] : places[-1]])
        self._files[1].write((places[1:] - places[0] + self._size).tobytes())
        self._size += int(places[-1] - places[0])
        self._length += len(array)

    def _all(self) -> Any:
        text, ends = map(_mapped, self._files)
        self.close()
        return pa.LargeStringArray.from_buffers(self._length, ends, text)


def _mapped(file: IO[bytes]) -> Any:
    file.flush()
    return pa.py_buffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
