"""What python-calamine hides of an .ods sheet: errors and formulas without a result, percentages, hidden rows and columns, merged cells."""

import io
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import numpy as np

from csvimport.currencies import is_other_currency
from csvimport.read.extent import LAST_COLUMN, LAST_ROW
from csvimport.read.seen import Cells, Hidden
from csvimport.read.sheet import CellType

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_HIDDEN = ("collapse", "filter")
_ERROR = re.compile(r"#(?:[A-ZÄÖÅ/0]+[!?]?|N/A)|(?:Err|Virhe|Fel):\d{3}")
_MARKS = (b"visibility=", b"percentage", b"-spanned=", b":formula=")
_OTHER_CURRENCY = re.compile(rb':currency="(?!EUR")')


class OdsSheet:
    """A sheet whose extent has been found small enough: its rows and cells may be repeated.

    ``cells``: those that are something else than they seem; ``merged``: first row and column, last row and column, from 0.
    """

    def __init__(self, xml: bytes, name: str) -> None:
        self.cells: Cells = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self._hidden_rows, self._hidden_columns = np.zeros(LAST_ROW, bool), np.zeros(LAST_COLUMN, bool)
        if any(mark in xml for mark in _MARKS) or _OTHER_CURRENCY.search(xml):
            self._read(_rows(xml, name))

    @property
    def hidden(self) -> Hidden:
        """The hidden rows and columns."""
        return Hidden(tuple((np.flatnonzero(self._hidden_rows) + 1).tolist()), tuple(np.flatnonzero(self._hidden_columns).tolist()))

    def _read(self, rows: Iterator[ElementTree.Element]) -> None:
        row = column = 0
        for element in rows:
            hidden = element.get(f"{_TABLE}visibility") in _HIDDEN
            if element.tag == f"{_TABLE}table-column":
                count = _repeats(element, "columns")
                self._hidden_columns[column : column + count] |= hidden
                column += count
            else:
                count = _repeats(element, "rows")
                self._hidden_rows[row : row + count] |= hidden
                self._read_cells(element, range(row, row + count))
                row += count

    def _read_cells(self, line: ElementTree.Element, rows: range) -> None:
        column = 0
        for cell in (cell for cell in line if cell.tag in _CELLS):
            count = _repeats(cell, "columns")
            if found := _kind(cell):
                for at in range(column, column + count):
                    self.cells.setdefault(at, {}).update(dict.fromkeys(rows, found))
            high, wide = (int(cell.get(f"{_TABLE}number-{which}-spanned", "1")) for which in ("rows", "columns"))
            if high > 1 or wide > 1:
                self.merged.append((rows[0], column, rows[0] + high - 1, column + wide - 1))
            column += count


def _rows(xml: bytes, name: str) -> Iterator[ElementTree.Element]:
    """The columns and rows of a sheet, one after the other."""
    inside = False
    for event, element in ElementTree.iterparse(io.BytesIO(xml), ("start", "end")):  # noqa: S314
        if element.tag == f"{_TABLE}table":
            inside = event == "start" and element.get(f"{_TABLE}name") == name
        elif inside and event == "end" and element.tag in (f"{_TABLE}table-column", f"{_TABLE}table-row"):
            yield element
            element.clear()


def _repeats(element: ElementTree.Element, which: str) -> int:
    return int(element.get(f"{_TABLE}number-{which}-repeated", "1"))


def _kind(cell: ElementTree.Element) -> tuple[CellType, str] | None:
    """What a cell is, when its value does not tell it."""
    kind, formula = cell.get(f"{_OFFICE}value-type"), cell.get(f"{_TABLE}formula")
    shown = "\n".join("".join(line.itertext()) for line in cell.iterfind(f"{_TEXT}p"))
    if cell.get(f"{_CALC}value-type") == "error" or (formula and _ERROR.fullmatch(shown)):
        return CellType.ERROR, shown or "#?"
    if formula and kind is None:
        return CellType.UNCOMPUTED, re.sub(r"^\w+:(?==)", "", formula)
    if kind == "currency" and is_other_currency(cell.get(f"{_OFFICE}currency", "")):
        return CellType.CURRENCY, ""
    return (CellType.PERCENT, "") if kind == "percentage" else None
