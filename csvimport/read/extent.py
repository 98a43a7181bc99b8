"""How far the cells of a sheet reach, told before python-calamine makes room for all cells between them.

What an ordinary program writes is looked at column-wise; XML of another form is parsed, which is slower, and so is a sheet whose cells
seem to lie far apart.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from xml.parsers import expat

import numpy as np
import numpy.typing as npt

from csvimport.errors import InputError
from csvimport.limits import LONGEST_CELL, MOST_CELLS, WIDEST, is_thin, refuse_unpacked
from csvimport.shapes import column_letter

_Bytes = npt.NDArray[np.uint8]
_Whole = npt.NDArray[np.int64]

_CELL = b'<c r="'
_OTHER_CELLS = tuple(map(re.compile, (rb'<c(?! r=")[\s/>]', rb":c[\s/>]", rb'"\s*r\s*=', rb"'\s*r\s*=")))
"""Cells that do not begin with their place or bear a prefix, and a place behind another attribute, which may be a second one."""
_BLOCK, _LONGEST_PLACE = 1 << 22, 32  # bytes
_MOST_LETTERS, _MOST_DIGITS = 3, 7
LAST_COLUMN, LAST_ROW = 16_384, 1_048_576
_BEYOND = 10**9
"""The row of a cell whose place is longer than any that a spreadsheet has."""


@dataclass(frozen=True)
class Extent:
    """The row and the column of the last filled cell, both from 1, and how many cells stand in the file.

    ``text``: characters of all cells, where the file holds some once for several cells.
    """

    rows: int
    columns: int
    cells: int
    text: int = 0

    @property
    def area(self) -> int:
        """All cells that are made room for."""
        return self.rows * self.columns


class Room:
    """What the sheets of a workbook take together: cells, empty ones between others included, and text."""

    def __init__(self, path: str, largest: int | None) -> None:
        self._path, self._largest = path, largest
        self._area = self._cells = self._text = 0

    def take(self, extent: Extent) -> None:
        """Another sheet is read. Raises InputError when all of them take too much, or one for a few cells that lie far apart."""
        self._area += extent.area
        self._cells += extent.cells
        self._text += extent.text
        if is_thin(self._area, self._cells) or extent.columns > WIDEST:
            place = f"{column_letter(min(extent.columns, LAST_COLUMN) - 1)}{min(extent.rows, LAST_ROW)}"
            raise InputError("cell_far_away", path=self._path, place=place)
        if self._area > MOST_CELLS:
            raise InputError("too_many_cells", path=self._path, most=MOST_CELLS // 1_000_000)
        refuse_unpacked(self._path, self._text, self._largest)


def of_sheet(xml: bytes) -> Extent:
    """The extent of a sheet of an .xlsx. Raises ValueError for XML that cannot be parsed."""
    if any(other.search(xml) for other in _OTHER_CELLS):
        return _by_parsing(xml)
    extent = _at_once(xml)
    return _by_parsing(xml) if is_thin(extent.area, extent.cells) else extent  # which leaves out those that are only formatted


def of_tables(xml: bytes) -> list[Extent]:
    """The extents of all tables of an .ods, repeated cells included. Raises ValueError for XML that cannot be parsed, InputError for blanks without end."""
    tables = _Tables()
    _parse(xml, tables.start, tables.end, tables.text)
    return [*tables.done, tables.extent]


def _at_once(xml: bytes) -> Extent:
    """The extent of all cells where each begins with its place. A block at a time, which stays in the cache."""
    text = np.frombuffer(xml, np.uint8)
    rows = columns = cells = 0
    for start in range(0, len(text), _BLOCK):
        block = text[start : start + _BLOCK + _LONGEST_PLACE]
        at = _starts(block)
        cells += len(at)
        found, at = _letters(block, at + len(_CELL))
        numbers, at = _digits(block, at)
        numbers[block.take(at, mode="clip") != ord('"')] = _BEYOND
        rows, columns = max(rows, int(numbers.max(initial=0))), max(columns, int(found.max(initial=0)))
    return Extent(rows, columns, cells)


def _starts(block: _Bytes) -> _Whole:
    """Where cells begin, but for those of the next block."""
    last = min(len(block) - len(_CELL) + 1, _BLOCK)
    here = block[: max(last, 0)] == _CELL[0]
    for place in (1, 2):
        here &= block[place : place + len(here)] == _CELL[place]
    return np.flatnonzero(here)


def _letters(text: _Bytes, at: _Whole) -> tuple[_Whole, _Whole]:
    """The columns whose letters begin at places of a text, and the places behind them."""
    columns, going = np.zeros(len(at), np.int64), np.ones(len(at), bool)
    for _ in range(_MOST_LETTERS):
        letter = (text.take(at, mode="clip") | 32) - np.uint8(ord("a"))
        going &= letter < 26
        if not going.any():
            break
        columns, at = np.where(going, columns * 26 + letter + 1, columns), at + going
    return columns, at


def _digits(text: _Bytes, at: _Whole) -> tuple[_Whole, _Whole]:
    """The rows whose digits begin at places of a text, and the places behind them."""
    rows, going = np.zeros(len(at), np.int64), np.ones(len(at), bool)
    for _ in range(_MOST_DIGITS):
        digit = text.take(at, mode="clip") - np.uint8(ord("0"))
        going &= digit < 10
        if not going.any():
            break
        rows, at = np.where(going, rows * 10 + digit, rows), at + going
    return rows, at


def _by_parsing(xml: bytes) -> Extent:
    cells = _Cells()
    _parse(xml, cells.start)
    return Extent(cells.rows, cells.columns, cells.cells)


class _Cells:
    """Follows the rows and cells of an .xlsx sheet, whose places may be left out."""

    def __init__(self) -> None:
        self.rows = self.columns = self.cells = 0
        self._row = self._column = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif name == "c":
            self.cells += 1
            if place := re.fullmatch(r"([A-Za-z]+)(\d+)", attributes.get("r", "")):
                self._column = sum((ord(letter) & 31) * 26**power for power, letter in enumerate(reversed(place[1])))
                self._row = int(place[2])
            else:
                self._column += 1
        elif name in ("v", "is", "f"):
            self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)


class _Tables:
    """Follows the tables of an .ods, whose rows and cells may be repeated."""

    def __init__(self) -> None:
        self.done: list[Extent] = []
        self.extent = Extent(0, 0, 0)
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._blanks = 0
        self._inside = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins. Raises ValueError for a table in a table, which no spreadsheet has, and InputError for blanks without end."""
        if name == "table":
            if self._inside:
                raise ValueError("a table in a table")
            self.done.append(self.extent)
            self.extent, self._row, self._inside = Extent(0, 0, 0), 0, True
        elif name == "table-row":
            self._rows = _repeated(attributes, "rows")
            self._row, self._column = self._row + self._rows, 0
        elif name in ("table-cell", "covered-table-cell"):
            self._columns, self._blanks = _repeated(attributes, "columns"), 0
            self._column += self._columns
            self.extent = replace(self.extent, cells=self.extent.cells + 1)
            if any(key.endswith((":value-type", "value", ":formula")) for key in attributes):
                self._filled()
        elif name == "p":
            self._filled()
        elif name == "s":
            self._several_blanks(int(next((value for key, value in attributes.items() if key.endswith(":c")), 1)))

    def end(self, name: str) -> None:
        """An element ends."""
        self._inside = self._inside and name != "table"

    def text(self, text: str) -> None:
        """A piece of the text of a cell, which all its repetitions have."""
        self.extent = replace(self.extent, text=self.extent.text + len(text) * self._rows * self._columns)

    def _several_blanks(self, count: int) -> None:
        self._blanks += count
        if self._blanks > LONGEST_CELL:
            raise InputError("cell_too_long", row=self._row, length=self._blanks, most=LONGEST_CELL)
        self.extent = replace(self.extent, text=self.extent.text + count * self._rows * self._columns)

    def _filled(self) -> None:
        self.extent = replace(self.extent, rows=max(self.extent.rows, self._row), columns=max(self.extent.columns, self._column))


def _repeated(attributes: Mapping[str, str], what: str) -> int:
    return next((int(value) for key, value in attributes.items() if key.endswith(f"number-{what}-repeated")), 1)


def _parse(
    xml: bytes,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Calls functions for each element that begins or ends, by its name without a prefix, and for each piece of text."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = end and (lambda name: end(name.rpartition(":")[2]))
    parser.CharacterDataHandler = text
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error
