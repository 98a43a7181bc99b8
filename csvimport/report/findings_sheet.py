"""The sheet of a workbook that lists all findings: verdict, counts by code, and a line with a link for each cell."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from csvimport.messages import phrase
from csvimport.read.sheet import REPORT_SHEET
from csvimport.report.report import Issue, Report
from csvimport.severity import Severity

COLOURS = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.NOTE: "DDEBF7"}
MOST_LINES = 200_000
WIDTHS = (14, 10, 16, 16, 30, 24, 70, 60, 24)
COLUMNS = ("severity", "code", "sheet", "cell", "field", "value", "message", "hint", "suggestion")
_HEAD = PatternFill("solid", fgColor="1F3864")


def write_findings(book: Workbook, report: Report, issues: Sequence[Issue]) -> None:
    """Adds the sheet in front of the others."""
    page = book.create_sheet(REPORT_SHEET, 0)
    for column, width in enumerate(WIDTHS, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    head = _head(page, report, issues)
    start = len(head) + 1
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.freeze_panes = f"A{start + 1}"
    page.auto_filter.ref = f"A{start}:{get_column_letter(len(COLUMNS))}{start + min(len(issues), MOST_LINES)}"
    for line in head:
        page.append(line)
    page.append([_heading(page, phrase(f"report_{name}", report.lang)) for name in COLUMNS])
    for issue in issues[:MOST_LINES]:
        page.append(_line(page, issue, report))
    book.active = 0


def _head(page: Worksheet, report: Report, issues: Sequence[Issue]) -> list[list[Cell]]:
    counts, lang = report.counts, report.lang
    verdict = phrase("workbook_right" if report.ok else "workbook_wrong", lang)
    numbers = ", ".join(
        phrase(f"frame_{name}", lang, count=count)
        for name, count in (("errors", counts.errors), ("warnings", counts.warnings), ("notes", counts.notes))
    )
    lines = [
        [_cell(page, f"{report.source.path}: {report.schema.title[lang]}", _font(bold=True, size=14))],
        [_cell(page, f"{verdict} {numbers[0].upper()}{numbers[1:]}.", _font(bold=True))],
        [_cell(page, phrase("workbook_how", lang))],
    ]
    if len(issues) > MOST_LINES:
        lines.append([_cell(page, phrase("workbook_cut", lang, shown=MOST_LINES, count=len(issues)), _font(bold=True))])
    lines.append([])
    for (severity, code), count in Counter((issue.severity, issue.code) for issue in issues).items():
        name = _cell(page, phrase(f"frame_{severity}", lang))
        name.fill = PatternFill("solid", fgColor=COLOURS[Severity(severity)])
        number = WriteOnlyCell(page, count)
        lines.append([name, _cell(page, code), number])
    return [*lines, []]


def _line(page: Worksheet, issue: Issue, report: Report) -> list[Cell]:
    place = f"{issue.column or ''}{issue.row or ''}"
    link = _cell(page, place)
    if issue.row and issue.column:
        sheet = (issue.sheet or phrase("workbook_input", report.lang)).replace("'", "''")
        row = issue.row + (1 if issue.index is not None else 0)
        link.hyperlink = f"#'{sheet}'!{issue.column}{row}"
        link.font = _font(color="0563C1", underline="single")
    severity = _cell(page, phrase(f"frame_{issue.severity}", report.lang))
    severity.fill = PatternFill("solid", fgColor=COLOURS[Severity(issue.severity)])
    field = report.field_title(issue)
    message, hint = _cell(page, issue.message), _cell(page, issue.hint)
    message.alignment = hint.alignment = Alignment(wrap_text=True, vertical="top")
    cells = [issue.code, issue.sheet or ""], [field, issue.value or ""]
    return [
        severity,
        *(_cell(page, text) for text in cells[0]),
        link,
        *(_cell(page, text) for text in cells[1]),
        message,
        hint,
        _cell(page, issue.suggestion or ""),
    ]


def _font(**options: Any) -> Font:
    return Font(name="Calibri", **options)


def _heading(page: Worksheet, text: str) -> Cell:
    cell = _cell(page, text, _font(bold=True, color="FFFFFF"))
    cell.fill = _HEAD
    return cell


def _cell(page: Worksheet, text: str, font: Font | None = None) -> Cell:
    """A cell that holds a text, never a formula."""
    clean = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", re.sub(r"[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text))
    cell = WriteOnlyCell(page, clean or None)
    if clean:
        cell.data_type = "s"
    if font:
        cell.font = font
    return cell
