"""What python-calamine hides of an .ods sheet: errors and formulas without a result, percentages, hidden rows and columns, merged cells."""

import io
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from csvimport.read.seen import Mark
from csvimport.read.sheet import CellType

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_HIDDEN = ("collapse", "filter")
_ERROR = re.compile(r"#(?:[A-ZÄÖÅ/0]+[!?]?|N/A)|(?:Err|Virhe|Fel):\d{3}")
_MARKS = (b"visibility=", b"percentage", b"-spanned=", b":formula=")
_MOST_REPEATS = 10_000  # of one row; those below the table are repeated to the end of the sheet


class OdsSheet:
    """``marks``: row and column (from 0) of cells that are something else than they seem, what they are, and their text.

    ``hidden_rows`` count from 1, ``hidden_columns`` from 0; ``merged``: first row and column, last row and column, from 0.
    """

    def __init__(self, xml: bytes, name: str) -> None:
        self.marks: list[Mark] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []
        self.merged: list[tuple[int, int, int, int]] = []
        if any(mark in xml for mark in _MARKS):
            self._read(_rows(xml, name))

    def _read(self, rows: Iterator[ElementTree.Element]) -> None:
        row = column = 0
        for element in rows:
            hidden = element.get(f"{_TABLE}visibility") in _HIDDEN
            if element.tag == f"{_TABLE}table-column":
                count = _repeats(element, "columns")
                self.hidden_columns += range(column, column + count) if hidden else ()
                column += count
                continue
            count = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
            repeated = range(row, row + min(count, _MOST_REPEATS))
            self.hidden_rows += (at + 1 for at in repeated) if hidden else ()
            self._read_cells(element, repeated)
            row += count

    def _read_cells(self, line: ElementTree.Element, rows: range) -> None:
        column = 0
        for cell in (cell for cell in line if cell.tag in _CELLS):
            count = _repeats(cell, "columns")
            if found := _kind(cell):
                self.marks += ((row, at, *found) for row in rows for at in range(column, column + count))
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
    return min(int(element.get(f"{_TABLE}number-{which}-repeated", "1")), 16_384)


def _kind(cell: ElementTree.Element) -> tuple[CellType, str] | None:
    """What a cell is, when its value does not tell it."""
    kind, formula = cell.get(f"{_OFFICE}value-type"), cell.get(f"{_TABLE}formula")
    shown = "\n".join("".join(line.itertext()) for line in cell.iterfind(f"{_TEXT}p"))
    if cell.get(f"{_CALC}value-type") == "error" or (formula and _ERROR.fullmatch(shown)):
        return CellType.ERROR, shown or "#?"
    if formula and kind is None:
        return CellType.UNCOMPUTED, re.sub(r"^\w+:(?==)", "", formula)
    return (CellType.PERCENT, "") if kind == "percentage" else None
