"""The report as a workbook: the input's own with its cells coloured and commented, behind a sheet that lists all findings.

Workbooks that are large, and inputs that are none, get a fresh one of the same cells.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from csvimport.messages import phrase
from csvimport.read.sheet import REPORT_SHEET, Sheet
from csvimport.report.findings_sheet import write_findings
from csvimport.report.report import Issue, Report
from csvimport.severity import Severity

LARGEST_COPY = 300_000  # cells
MOST_COMMENTS = 10_000
FILLS = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.NOTE: "DDEBF7"}
_PIXELS_OF_A_LINE, _LETTERS_OF_A_LINE, _WIDTH = 18, 48, 340

Place = tuple[str, int, int]


@dataclass(frozen=True)
class Mark:
    """What a cell carries: the worst severity, and the texts of its findings (none when there are too many comments)."""

    severity: Severity
    text: str


def render(report: Report) -> bytes:
    """The workbook's bytes."""
    issues = sorted(report.issues, key=lambda issue: Severity(issue.severity).rank)
    marks = _marks(issues)
    book = _copy(report, marks) or _fresh(report, marks)
    write_findings(book, report, issues)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _marks(issues: list[Issue]) -> dict[Place, Mark]:
    """The marks of cells by sheet, row and column; the worst findings come first and give the colour."""
    texts: dict[Place, list[str]] = {}
    severities: dict[Place, Severity] = {}
    for issue in issues:
        if issue.row and issue.column:
            place = issue.sheet or "", issue.row, column_index_from_string(issue.column)
            severities.setdefault(place, Severity(issue.severity))
            if place in texts or len(texts) < MOST_COMMENTS:
                lines = (
                    [f"{issue.code}: {issue.message}"]
                    if issue.severity == Severity.NOTE
                    else [f"{issue.code}: {issue.message}", issue.hint]
                )
                texts.setdefault(place, []).extend(lines)
    return {place: Mark(severity, "\n".join(texts.get(place, ()))) for place, severity in severities.items()}


def _copy(report: Report, marks: Mapping[Place, Mark]) -> Workbook | None:
    """The input's own workbook with the marks; None when it is none that can be kept, or a large one."""
    cells = sum(len(sheet) * len(sheet.frame.columns) for sheet in report.sheets)
    if (
        report.workbook is None
        or not report.workbook.startswith(b"PK")
        or cells > LARGEST_COPY
        or report.source.path.lower().endswith(".ods")
    ):
        return None
    book = load_workbook(io.BytesIO(report.workbook))
    if REPORT_SHEET in book.sheetnames:
        del book[REPORT_SHEET]
    for (sheet, row, column), mark in marks.items():
        cell = book[sheet].cell(row, column)
        if isinstance(cell, Cell):  # the other cells of merged ones hold nothing
            _decorate(cell, mark)
    return book


def _fresh(report: Report, marks: Mapping[Place, Mark]) -> Workbook:
    """A new workbook of the sheets that were read, all cells as text, each at its own place."""
    large = sum(len(sheet) * len(sheet.frame.columns) for sheet in report.sheets) > LARGEST_COPY
    book = Workbook(write_only=large)
    for place, sheet in enumerate(report.sheets):
        title = sheet.source.sheet or phrase("workbook_input", report.lang)
        page = book.create_sheet(title) if large or place else book.active
        if page is None:
            raise AssertionError("a new workbook has a sheet")
        page.title = title
        _fill(page, sheet, {(row, column): mark for (name, row, column), mark in marks.items() if name == (sheet.source.sheet or "")})
    return book


def _fill(page: Worksheet, sheet: Sheet, marks: Mapping[tuple[int, int], Mark]) -> None:
    shift = 0
    if sheet.titles is not None and sheet.titles_row == 0:
        page.append([_text_cell(page, title) for title in sheet.titles])
        shift = 1
    written = 0
    columns = [sheet.frame[column].to_list() for column in sheet.frame.columns]
    for at, row in enumerate(sheet.rows.tolist()):
        for _ in range(written + 1, row):
            page.append([])
        cells = [_text_cell(page, column[at]) for column in columns]
        for place, cell in enumerate(cells, start=1):
            mark = marks.get((row, place))
            if mark:
                _decorate(cell, mark)
        page.append(cells)
        written = row
    if shift:
        page.freeze_panes = "A2"


def _text_cell(page: Worksheet, text: str) -> Cell:
    """A cell that holds a text as it is: never a formula, never a number."""
    cell = WriteOnlyCell(page, clean_text(text) or None)
    if text:
        cell.data_type = "s"
        cell.number_format = "@"
    return cell


def clean_text(text: str) -> str:
    """A text without the characters that a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text).encode("utf-8", "replace").decode()


def _decorate(cell: Cell, mark: Mark) -> None:
    cell.fill = PatternFill("solid", fgColor=FILLS[mark.severity])
    if mark.text:
        before = f"{cell.comment.text}\n\n" if cell.comment else ""
        comment = Comment(clean_text(before + mark.text), "csvimport")
        lines = sum(1 + len(line) // _LETTERS_OF_A_LINE for line in comment.text.split("\n"))
        comment.width, comment.height = _WIDTH, _PIXELS_OF_A_LINE * (lines + 1)
        cell.comment = comment
