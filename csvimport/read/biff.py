"""What an .xls holds, told before python-calamine opens it: whether it wants a password, and how far its cells reach.

The file is a compound of streams ([MS-CFB]); one of them holds the records of the workbook ([MS-XLS]).
"""

import struct
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from csvimport.read.biff_strings import LONGEST, string_lengths
from csvimport.read.extent import Extent

_Chain = npt.NDArray[np.uint32]

_STREAMS = ("workbook", "book")
_SMALL_STREAM = 4096  # bytes; a shorter stream lies in small sectors
_SMALL_SECTOR = 64
_LAST = 0xFFFFFFFA  # what is no sector begins here

_BEGIN, _PASSWORD, _SEVERAL_NUMBERS = 0x09, 0x2F, 0xBD
_STRINGS, _CONTINUED, _SHARED_STRING, _DIMENSIONS = 0xFC, 0x3C, 0xFD, 0x200
_FORMS_OF_DIMENSIONS = {10: "<HHHH", 14: "<IIHH"}
_MOST_CELLS = 65_536 * 256  # of a sheet
_CELLS = {0x03, 0x04, 0x05, 0x06, 0xBD, 0xD6, 0xFD, 0x7E}  # numbers, texts, truth values, formulas: the low byte in all editions


class NeedsPasswordError(Exception):
    """The workbook is encrypted."""


def extents(data: bytes) -> list[Extent]:
    """The extents of the sheets of an .xls. Raises NeedsPasswordError, and ValueError for what is no workbook."""
    try:
        return list(_extents(_Compound(data).workbook()))
    except (struct.error, IndexError) as error:
        raise ValueError(str(error)) from error


def workbook_stream(data: bytes) -> bytes:
    """The records of an .xls. Raises ValueError and struct.error for what is no workbook."""
    return _Compound(data).workbook()


class _Compound:
    """The streams of a compound file."""

    def __init__(self, data: bytes) -> None:
        self._data, self._size = data, 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
        folder, small, further = (struct.unpack_from("<I", data, at)[0] for at in (48, 60, 68))
        tables = [*struct.unpack_from("<109I", data, 76)]
        for _ in range(len(data) // self._size):
            if further >= _LAST:
                break
            *more, further = struct.unpack(f"<{self._size // 4}I", self._sector(further))
            tables += more
        self._next = np.frombuffer(b"".join(self._sector(at) for at in tables if at < _LAST), "<u4")
        self._small_next = np.frombuffer(self._large(small), "<u4")
        self._folder = self._large(folder)

    def workbook(self) -> bytes:
        """The stream of the workbook."""
        entries = {}
        for at in range(0, len(self._folder) - 127, 128):
            length, first, size = *struct.unpack_from("<H", self._folder, at + 64), *struct.unpack_from("<II", self._folder, at + 116)
            entries[self._folder[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace").lower()] = first, size
        name = next((name for name in _STREAMS if name in entries), None)
        if name is None:
            raise ValueError("there is no workbook")
        first, size = entries[name]
        if size >= _SMALL_STREAM:
            return self._large(first)[:size]
        container = self._large(struct.unpack_from("<I", self._folder, 116)[0])
        places = self._chain(first, self._small_next)
        return b"".join(container[at * _SMALL_SECTOR : (at + 1) * _SMALL_SECTOR] for at in places)[:size]

    def _large(self, first: int) -> bytes:
        return b"".join(map(self._sector, self._chain(first, self._next)))

    def _sector(self, at: int) -> bytes:
        return self._data[(at + 1) * self._size : (at + 2) * self._size]

    @staticmethod
    def _chain(first: int, following: _Chain) -> list[int]:
        """The sectors of a stream. Raises ValueError for one that goes in circles."""
        chain: list[int] = []
        while first < min(_LAST, len(following)):
            chain.append(first)
            first = int(following[first])
            if len(chain) > len(following):
                raise ValueError("a chain of sectors goes in circles")
        return chain


def _extents(records: bytes) -> Iterator[Extent]:
    """Follows the records of all sheets, one behind the other."""
    rows = columns = cells = text = at = 0
    lengths = np.zeros(0, np.uint16)
    while at + 4 <= len(records):
        kind, length = struct.unpack_from("<HH", records, at)
        body, at = at + 4, at + 4 + length
        if kind == _PASSWORD:
            raise NeedsPasswordError
        if kind == _STRINGS:
            if len(lengths):
                raise ValueError("there are two lists of strings")
            lengths = np.fromiter(string_lengths(list(_continued(records, body, at))), np.uint16)
        if kind == _DIMENSIONS and length in _FORMS_OF_DIMENSIONS:
            _refuse_impossible(*struct.unpack_from(_FORMS_OF_DIMENSIONS[length], records, body))
        if kind & 0xFF == _BEGIN:
            yield Extent(rows, columns, cells, text)
            rows = columns = cells = text = 0
        elif kind & 0xFF in _CELLS and kind >> 8 in (0, 2, 4) and length >= 6:
            row, column = struct.unpack_from("<HH", records, body)
            last = struct.unpack_from("<H", records, at - 2)[0] if kind == _SEVERAL_NUMBERS and at <= len(records) else column
            rows, columns, cells = max(rows, row + 1), max(columns, last + 1), cells + last - column + 1
            if kind == _SHARED_STRING:
                string = int.from_bytes(records[body + 6 : body + 10], "little")
                text += int(lengths[string]) if string < len(lengths) else LONGEST
    yield Extent(rows, columns, cells, text)


def _refuse_impossible(top: int, bottom: int, left: int, right: int) -> None:
    """Raises ValueError for a sheet that is declared to be larger than any, for which python-calamine would ask the memory."""
    rows, columns = bottom - top, right - left if left < 256 else right
    if bottom and right and not (rows > 0 < columns and rows * columns <= _MOST_CELLS):
        raise ValueError("a sheet is larger than any")


def _continued(records: bytes, body: int, end: int) -> Iterator[bytes]:
    """What a record holds, and those that continue it."""
    yield records[body:end]
    while records[end : end + 2] == struct.pack("<H", _CONTINUED):
        body, end = end + 4, end + 4 + int.from_bytes(records[end + 2 : end + 4], "little")
        yield records[body:end]
