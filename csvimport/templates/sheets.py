"""The sheets of a template as openpyxl writes them: the table to fill in, the guide, and the hidden lists."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from csvimport.messages import phrase
from csvimport.templates.choices import Choice, only_these
from csvimport.templates.columns import Column, Need
from csvimport.templates.examples import Value
from csvimport.templates.guide import Line, Style
from csvimport.templates.words import form_of

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LAST_ROW = 5000  # how far down lists and limits reach
WIDEST = 40
YEAR_DIGITS = 4
LINE_HEIGHT = 15
FONT = "Calibri"
DENSITY = 1.1  # letters in the room of one digit, by which widths are counted
NOTE_WIDTH, NOTE_LETTERS, NOTE_LINE = 340, 52, 17

ALWAYS, COMMON, RARE = ("1F4E79", "FFFFFF"), ("BDD7EE", "1F2D3D"), ("E7E6E6", "404040")
_EDGE = Side(style="thin", color="8EA9C1")
_PALE = Side(style="thin", color="D9D9D9")

GUIDE_WIDTHS = (36, 34, 14, 58)


def put(sheet: "Worksheet", row: int, column: int, value: Value) -> "Cell":
    """Writes a value, and gives its cell; text is never a formula, whatever it begins with."""
    cell = cast("Cell", sheet.cell(row, column))
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def fill_table(
    sheet: "Worksheet",
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    notes: Mapping[Column, str],
) -> None:
    """The table: marked headings with comments, formatted columns, and the example rows."""
    for place, column in enumerate(columns, start=1):
        letter = get_column_letter(place)
        shape = sheet.column_dimensions[letter]
        shape.width = width_of(column, [row[place - 1] for row in rows])
        shape.number_format = number_format(column)
        cell = put(sheet, 1, place, column.title)
        _paint(cell, ALWAYS if column.need is Need.ALWAYS else COMMON if column.common else RARE)
        cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=1)
        cell.border = Border(bottom=_EDGE, right=_EDGE)
        cell.comment = _comment(notes[column])
        for row, values in enumerate(rows, start=2):
            if values[place - 1] != "":
                put(sheet, row, place, values[place - 1]).number_format = number_format(column)
    sheet.row_dimensions[1].height = (
        LINE_HEIGHT * max(_lines(c.title, sheet.column_dimensions[_letter(i)].width - 4) for i, c in enumerate(columns)) + 8
    )
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{LAST_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.print_title_rows = "1:1"


def add_lists(
    sheet: "Worksheet", lists: "Worksheet", columns: Sequence[Column], choices: Mapping[Column, Sequence[Choice]], lang: str
) -> None:
    """Drop-down lists, whose entries stand on the sheet of lists so that numbers stay numbers, and limits of text lengths."""
    by_entries: dict[tuple[tuple[str | float, ...], bool], DataValidation] = {}
    by_length: dict[int, DataValidation] = {}
    for place, column in enumerate(columns, start=1):
        cells = f"{get_column_letter(place)}2:{get_column_letter(place)}{LAST_ROW}"
        entries = tuple(choice.cell for choice in choices[column])
        length = column.field.max_length
        if entries:
            strict = only_these(column)
            if (entries, strict) not in by_entries:
                by_entries[entries, strict] = _list(lists, len(by_entries) + 1, entries, lang, strict=strict)
            by_entries[entries, strict].add(cells)
        elif length and form_of(column.kind).limited and not column.part:
            by_length.setdefault(length, _limit(length, lang)).add(cells)
    for validation in (*by_entries.values(), *by_length.values()):
        sheet.add_data_validation(validation)


def _list(lists: "Worksheet", place: int, entries: Sequence[str | float], lang: str, *, strict: bool) -> DataValidation:
    for row, entry in enumerate(entries, start=1):
        put(lists, row, place, entry)
    letter = get_column_letter(place)
    return DataValidation(
        type="list", formula1=f"'{lists.title}'!${letter}$1:${letter}${len(entries)}", allow_blank=True,
        showErrorMessage=strict, errorStyle="warning", error=phrase("template_not_listed", lang),
    )  # fmt: skip


def _limit(length: int, lang: str) -> DataValidation:
    return DataValidation(
        type="textLength", operator="lessThanOrEqual", formula1=str(length), allow_blank=True,
        showErrorMessage=True, errorStyle="warning", error=phrase("template_too_long", lang, count=length),
    )  # fmt: skip


def number_format(column: Column) -> str:
    """The format of a column's cells."""
    cell, f = form_of(column.kind).cell, column.field
    if cell in ("number", "integer") and f.max is not None and float(f.max) == 100:
        return "General"  # a percentage: only a general cell shows that 8 % was typed, and not 0,08
    if cell == "number":
        decimals = f.decimals or f.assumed_decimals or 2
        return "#,##0." + "0" * min(decimals, 2) + "#" * (decimals - 2)
    if cell == "integer":
        return "0" if f.max_length == YEAR_DIGITS else "#,##0"
    return {"date": "dd.mm.yyyy", "general": "General"}.get(cell, "@")


def width_of(column: Column, values: Iterable[Value]) -> float:
    """Room for the values, for the longest word of the heading, and for the arrow of the filter."""
    words = [len(word) for word in column.title.split()]
    shown = [len(value) for value in values if isinstance(value, str)]
    return min(max(form_of(column.kind).width, max(words) + 4, *(length + 3 for length in shown), len(column.title) / 3), WIDEST)


def _letter(place: int) -> str:
    return get_column_letter(place + 1)


def _lines(text: str, letters: float) -> int:
    return math.ceil(len(text) / max(letters * DENSITY, 1))


def _paint(cell: "Cell", colours: tuple[str, str]) -> None:
    fill, ink = colours
    cell.fill = PatternFill("solid", fgColor=fill)
    cell.font = Font(name=FONT, bold=True, color=ink)


def _comment(text: str) -> Comment:
    lines = sum(_lines(line, NOTE_LETTERS) for line in text.split("\n"))
    return Comment(text, "csvimport", width=NOTE_WIDTH, height=NOTE_LINE * lines + 12)


def fill_guide(sheet: "Worksheet", lines: Iterable[Line]) -> None:
    """The guide: texts over the whole width, and tables."""
    for place, width in enumerate(GUIDE_WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    row = 0
    for line in lines:
        row += 2 if line.style is Style.HEADING else 1
        _guide_line(sheet, row, line)
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _guide_line(sheet: "Worksheet", row: int, line: Line) -> None:
    last, count = len(GUIDE_WIDTHS), len(line.cells)
    for place, text in enumerate(line.cells, start=1):
        cell = put(sheet, row, place, text)
        cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True, indent=_INDENTS.get(line.style, 0))
        if line.style in _FONTS:
            cell.font = _FONTS[line.style]
        elif line.style in _PAINTED and place == 1:
            _paint(cell, _PAINTED[line.style])
    if count < last:
        sheet.merge_cells(start_row=row, start_column=count, end_row=row, end_column=last)
    if line.style in _LINES:
        for place in range(1, last + 1):
            sheet.cell(row, place).border = Border(bottom=_LINES[line.style])
    widths = (*GUIDE_WIDTHS[: count - 1], sum(GUIDE_WIDTHS[count - 1 :]))
    lines = max(_lines(text, width) for text, width in zip(line.cells, widths, strict=True))
    sheet.row_dimensions[row].height = LINE_HEIGHT * lines + _MORE_HEIGHT.get(line.style, 3)


_PAINTED = {Style.ALWAYS: ALWAYS, Style.COMMON: COMMON, Style.RARE: RARE}
_FONTS = {
    Style.TITLE: Font(name=FONT, bold=True, size=18, color=ALWAYS[0]),
    Style.HEADING: Font(name=FONT, bold=True, size=13, color=ALWAYS[0]),
    Style.COMMAND: Font(name="Consolas", color=ALWAYS[0]),
    Style.TABLE_HEAD: Font(name=FONT, bold=True),
}
_LINES = {Style.TABLE_HEAD: _EDGE, Style.TABLE_ROW: _PALE}
_INDENTS = {Style.COMMAND: 2, Style.ALWAYS: 1, Style.COMMON: 1, Style.RARE: 1}
_MORE_HEIGHT = {Style.TITLE: 14, Style.HEADING: 6, Style.ALWAYS: 8, Style.COMMON: 8, Style.RARE: 8}
