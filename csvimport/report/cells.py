"""Cells of a workbook that say exactly what they are given, and the colours of severities."""

import re

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from csvimport.severity import Severity

FILLS = {
    Severity.ERROR: PatternFill("solid", fgColor="FFC7CE"),
    Severity.WARNING: PatternFill("solid", fgColor="FFEB9C"),
    Severity.NOTE: PatternFill("solid", fgColor="DDEBF7"),
}
AS_TEXT = "@"

_LONGEST = 32_767  # characters, Excel's limit
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str) -> str:
    """A text without the characters that a workbook cannot hold, and no longer than a cell."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text))[:_LONGEST]


def text_cell(page: Worksheet, text: str, font: Font | None = None) -> Cell:
    """A cell that holds a text: never a formula, never a number."""
    cell = WriteOnlyCell(page, clean_text(text) or None)
    if text:
        cell.data_type = "s"
    if font:
        cell.font = font
    return cell
