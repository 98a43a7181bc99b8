"""Cells of a workbook that say exactly what they are given, and how they look."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from csvimport.severity import Severity

COLOURS = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.NOTE: "EEF3F8"}
AS_TEXT = "@"

_LONGEST = 32_767  # characters, Excel's limit
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def clean_text(text: str) -> str:
    """A text without the characters that a workbook cannot hold, and no longer than a cell."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text))[:_LONGEST]


def cells_of(page: Worksheet) -> Iterable[Cell]:
    """The cells that a sheet has; going through its rows would make those that it lacks, up to one that is far away."""
    return (cell for cell in page._cells.values() if isinstance(cell, Cell))


@dataclass(frozen=True, eq=False)
class Look:
    """How cells look."""

    font: Font | None = None
    fill: PatternFill | None = None
    alignment: Alignment | None = None
    number_format: str = "General"


PLAIN = Look()


@cache
def formatted(number_format: str) -> Look:
    """The look of cells with a number format."""
    return Look(number_format=number_format)


class Pen:
    """Writes the cells of a sheet. Each look is worked out once: with many cells that takes longer than writing them."""

    def __init__(self, page: Worksheet) -> None:
        self._page = page
        self._styles: dict[Look, Any] = {}

    def text(self, text: str, look: Look = PLAIN) -> Cell:
        """A cell that holds a text: never a formula, never a number."""
        cell = self.value(clean_text(text) or None, look)
        if text:
            cell.data_type = "s"
        return cell

    def value(self, value: Any, look: Look = PLAIN) -> Cell:
        """A cell that holds a number, a date, a time, or what else a workbook has; a text that begins with = is a formula."""
        cell: Any = WriteOnlyCell(self._page, value)
        if look is not PLAIN:
            cell._style = self._style(look)
        return cell  # type: ignore[no-any-return]

    def _style(self, look: Look) -> Any:
        if look not in self._styles:
            cell: Any = WriteOnlyCell(self._page)
            cell.number_format = look.number_format
            for name in ("font", "fill", "alignment"):
                if (part := getattr(look, name)) is not None:
                    setattr(cell, name, part)
            self._styles[look] = cell._style
        return self._styles[look]
