"""A sheet written anew: the same cells at the same places, with its heading row in sight and filtered."""

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from csvimport.read.sheet import CellType, Sheet
from csvimport.report.cell_values import stored
from csvimport.report.cells import AS_TEXT, Look, Pen, formatted
from csvimport.report.marks import Mark, Place, colour, comment

SAMPLED_ROWS = 100  # from which the widths of columns are taken
NARROWEST, WIDEST = 8, 40
MOST_FROZEN = 12  # rows; more would leave too little of a window

_HEADING = Look(font=Font(bold=True), alignment=Alignment(vertical="top"), number_format=AS_TEXT)


def write_sheet(book: Workbook, title: str, sheet: Sheet, heading: int | None, marks: dict[Place, Mark]) -> None:
    """Adds a sheet with the cells of the input. ``heading``: the position of its heading row."""
    page = book.create_sheet(title)
    shift = shift_of(sheet)
    pen = Pen(page)
    _lay_out(page, sheet, heading)
    if shift and sheet.titles is not None:
        page.append([pen.text(name, _HEADING) for name in sheet.titles])
    written = 0
    columns = [(sheet.frame[at].to_list(), None if kinds is None else kinds.tolist()) for at, kinds in enumerate(sheet.types)]
    for at, row in enumerate(sheet.rows.tolist()):
        for _ in range(written + 1, row):
            page.append([])
        look = _HEADING if at == heading else formatted(AS_TEXT)
        cells = [_given(pen, texts[at], CellType.TEXT if kinds is None else kinds[at], look) for texts, kinds in columns]
        for place in range(len(cells)):
            if mark := marks.get((row, place + 1)):
                cells[place] = cell = cells[place] or pen.value(None)
                comment(cell, mark)
        page.append(cells)
        written = row
    height, width = sheet.frame.shape
    for top, left, bottom, right in ((*span[:2], min(span[2], height - 1), min(span[3], width - 1)) for span in sheet.merged):
        page.merged_cells.add(f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(right + 1)}{bottom + 1}")
    colour(page, marks, shift)


def shift_of(sheet: Sheet) -> int:
    """How many rows the cells move down: one for headings that stand in none of them, the names of the columns of a DataFrame."""
    return 1 if sheet.titles is not None and sheet.titles_row == 0 else 0


def _given(pen: Pen, text: str, kind: int, look: Look) -> Cell | None:
    """A cell of the input as it was, None for an empty one; text stays text when someone types into it."""
    if not text:
        return None
    value, number_format = stored(text, kind)
    return pen.text(text, look) if number_format == AS_TEXT else pen.value(value, formatted(number_format))


def _lay_out(page: Worksheet, sheet: Sheet, heading: int | None) -> None:
    """Widths by what the first rows hold, and a heading row that stays in sight and filters."""
    for at in range(len(sheet.frame.columns)):
        texts = [*sheet.frame[at].iloc[:SAMPLED_ROWS], *([] if sheet.titles is None else sheet.titles[at : at + 1])]
        longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
        page.column_dimensions[get_column_letter(at + 1)].width = min(max(longest + 2, NARROWEST), WIDEST)
    row = 1 if shift_of(sheet) else 0 if heading is None else int(sheet.rows[heading])
    if not row:
        return
    if row <= MOST_FROZEN:
        page.freeze_panes = f"A{row + 1}"
    last = int(sheet.rows[-1]) + shift_of(sheet)
    page.auto_filter.ref = f"A{row}:{get_column_letter(len(sheet.frame.columns))}{last}"
