"""A temporary file in which many runs of bytes grow side by side, so that a table takes one open file however many columns it has."""

import mmap
from functools import cached_property
from tempfile import TemporaryFile
from typing import Any

import pyarrow as pa

_PAGE = 4096  # bytes
_COPIED = 1 << 24  # bytes at once


class RegionFile:
    """A file without a name, which the system removes however the program ends.

    ``times``: how many times as much room as it takes a region gets when it outgrows what it has. Writing raises OSError when there is no
    more room.
    """

    def __init__(self, times: float) -> None:
        self.times = times
        self._file = TemporaryFile()  # noqa: SIM115  (open until all is there)
        self._end = 0

    def room(self, size: int) -> int:
        """Where so many bytes may stand, behind all others. What is never written takes no room on most disks."""
        start = self._end
        self._end += -(-size // _PAGE) * _PAGE
        return start

    def write(self, at: int, data: Any) -> None:
        """Puts bytes to a place."""
        self._file.seek(at)
        self._file.write(data)

    def copy(self, start: int, size: int, to: int) -> None:
        """Puts bytes of one place to another."""
        for at in range(0, size, _COPIED):
            self._file.seek(start + at)
            self.write(to + at, self._file.read(min(_COPIED, size - at)))

    @cached_property
    def mapped(self) -> Any:
        """All bytes that have been written, as memory that the system reads when it is looked at.

        It keeps the file open once more, on Windows too, where a file is removed when the last of those who have it open goes.
        """
        self._file.flush()
        return pa.py_buffer(mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ))

    def close(self) -> None:
        """Gives the file up; what is mapped stays."""
        self._file.close()


class Region:
    """Bytes in a file that become more; they move when they have outgrown their room."""

    def __init__(self, file: RegionFile) -> None:
        self._file = file
        self._start = self._room = self.size = 0

    def append(self, data: Any) -> None:
        """More bytes."""
        size = self.size + len(data)
        if size > self._room:
            self._room = int(size * self._file.times)
            start = self._file.room(self._room)
            self._file.copy(self._start, self.size, start)
            self._start = start
        self._file.write(self._start + self.size, data)
        self.size = size

    def whole(self) -> Any:
        """All bytes as memory, when none are to come in any region of the file."""
        return self._file.mapped.slice(self._start, self.size)
