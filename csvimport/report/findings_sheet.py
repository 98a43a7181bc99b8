"""The sheet of a workbook that lists all findings: verdict, counts by code, and a line with a link for each cell."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from csvimport.messages import phrase
from csvimport.read.sheet import REPORT_SHEET
from csvimport.report.cells import FILLS, text_cell
from csvimport.report.report import Issue, Report
from csvimport.severity import Severity

MOST_LINES = 200_000
MOST_LINKS = 65_000  # Excel calls a sheet with more than 65,530 damaged
WIDTHS = (14, 10, 16, 10, 30, 24, 70, 60, 24)
COLUMNS = ("severity", "code", "sheet", "cell", "field", "value", "message", "hint", "suggestion")

_A4 = 9
_POINTS_OF_A_LINE = 15
_FONT = "Calibri"
_TITLE, _BOLD = Font(name=_FONT, bold=True, size=14), Font(name=_FONT, bold=True)
_HEADING, _LINK = Font(name=_FONT, bold=True, color="FFFFFF"), Font(name=_FONT, color="0563C1", underline="single")
_HEAD = PatternFill("solid", fgColor="1F3864")
_TOP, _WRAPPED = Alignment(vertical="top"), Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True)
class Line:
    """An issue with its field as people call it."""

    issue: Issue
    field: str


def write_findings(
    book: Workbook, report: Report, lines: Sequence[Line], titles: Mapping[str | None, str], told: Sequence[str], shift: int
) -> None:
    """Adds the sheet in front of the others.

    ``titles``: the sheets of the input by the names they have in the workbook; ``told``: phrases about what the workbook lacks;
    ``shift``: how many rows the cells of the input have moved down.
    """
    page = book.create_sheet(REPORT_SHEET, 0)
    for column, width in enumerate(WIDTHS, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    head = _head(page, report, lines, told)
    start = len(head) + 1
    page.page_setup.orientation, page.page_setup.fitToHeight, page.page_setup.paperSize = "landscape", 0, _A4
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = f"{start}:{start}"
    page.freeze_panes = f"A{start + 1}"
    page.auto_filter.ref = f"A{start}:{get_column_letter(len(COLUMNS))}{start + min(len(lines), MOST_LINES)}"
    for cells in head:
        page.append(cells)
    page.append([_heading(page, phrase(f"report_{name}", report.lang)) for name in COLUMNS])
    links = 0
    for row, line in enumerate(lines[:MOST_LINES], start=start + 1):
        issue = line.issue
        cells = _cells(page, line, report.lang)
        if issue.row and issue.column and links < MOST_LINKS:
            links += 1
            sheet = titles[issue.sheet].replace("'", "''")
            _link(cells[COLUMNS.index("cell")], row, f"'{sheet}'!{issue.column}{issue.row + shift}")
        height = max(1 + len(text) // width for text, width in ((issue.message, WIDTHS[6]), (issue.hint, WIDTHS[7])))
        if height > 1:
            page.row_dimensions[row].height = _POINTS_OF_A_LINE * height
        page.append(cells)
    book.active = 0


def _head(page: Worksheet, report: Report, lines: Sequence[Line], told: Sequence[str]) -> list[list[Cell]]:
    counts, lang = report.counts, report.lang
    verdict = phrase("workbook_right" if report.ok else "workbook_wrong", lang)
    numbers = {"error": counts.errors, "warning": counts.warnings, "note": counts.notes}
    said = ", ".join(phrase(f"frame_{name}s", lang, count=count) for name, count in numbers.items())
    head = [
        [text_cell(page, f"{report.source.path}: {report.schema.title[lang]}", _TITLE)],
        [text_cell(page, f"{verdict} {said[0].upper()}{said[1:]}.", _BOLD)],
        [text_cell(page, phrase("workbook_how", lang))],
        *([text_cell(page, phrase(name, lang), _BOLD)] for name in told),
    ]
    if len(lines) > MOST_LINES:
        head.append([text_cell(page, phrase("workbook_cut", lang, shown=MOST_LINES, count=len(lines)), _BOLD)])
    head.append([])
    by_code = Counter((line.issue.severity, line.issue.code) for line in lines)
    for severity in Severity:
        codes = [f"{code}: {count}" for (name, code), count in by_code.items() if name == severity]
        if codes:
            total = WriteOnlyCell(page, sum(count for (name, _), count in by_code.items() if name == severity))
            head.append([_severity(page, severity, lang), total, text_cell(page, ", ".join(codes))])
    return [*head, []]


def _cells(page: Worksheet, line: Line, lang: str) -> list[Cell]:
    issue = line.issue
    place = f"{issue.column or ''}{issue.row or ''}"
    texts = (issue.code, issue.sheet, place, line.field, issue.value, issue.message, issue.hint, issue.suggestion)
    cells = [_severity(page, Severity(issue.severity), lang), *(text_cell(page, text or "") for text in texts)]
    for name, cell in zip(COLUMNS, cells, strict=True):
        cell.alignment = _WRAPPED if name in ("message", "hint") else _TOP
    return cells


def _link(cell: Cell, row: int, location: str) -> None:
    """Makes a cell lead to a place in the workbook; a cell that is still to be written knows its row by its number only."""
    cell.hyperlink = Hyperlink(ref="", location=location)
    cell.hyperlink.ref = f"{get_column_letter(COLUMNS.index('cell') + 1)}{row}"
    cell.font = _LINK


def _severity(page: Worksheet, severity: Severity, lang: str) -> Cell:
    cell = text_cell(page, phrase(f"frame_{severity}", lang))
    cell.fill = FILLS[severity]
    return cell


def _heading(page: Worksheet, text: str) -> Cell:
    cell = text_cell(page, text, _HEADING)
    cell.fill = _HEAD
    return cell
