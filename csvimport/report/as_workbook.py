"""The report as a workbook: the input's own with its cells coloured and commented, behind a sheet that lists all findings.

Workbooks that are large, and inputs that are none, get a fresh one of the same cells.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from csvimport.messages import phrase
from csvimport.read.sheet import REPORT_SHEET, Sheet
from csvimport.report.cells import AS_TEXT, FILLS, clean_text, text_cell
from csvimport.report.findings_sheet import Line, write_findings
from csvimport.report.report import Report
from csvimport.severity import Severity

LARGEST_COPY = 300_000  # cells
MOST_COMMENTS = 10_000
AUTHOR = "csvimport"

_BY_US = f"— {AUTHOR} —"  # the line that parts a user's own comment from ours
_COLOURS = {fill.fgColor.rgb for fill in FILLS.values()}
_PIXELS_OF_A_LINE, _LETTERS_OF_A_LINE, _WIDTH = 18, 48, 340
_LONGEST_TITLE = 31

Place = tuple[str, int, int]


@dataclass(frozen=True)
class Mark:
    """What a cell carries: the worst severity, and the texts of its findings (none when there are too many comments)."""

    severity: Severity
    text: str


def render(report: Report) -> bytes:
    """The workbook's bytes."""
    lines = [Line(issue, report.title_of(finding)) for finding in report.shown for issue in report.expand(finding)]
    lines.sort(key=lambda line: (Severity(line.issue.severity).rank, line.issue.row or 0))
    marks = _marks(lines)
    cells = sum(len(sheet) * len(sheet.frame.columns) for sheet in report.sheets)
    large = cells > LARGEST_COPY
    titles = {sheet.source.sheet: _title(sheet.source.sheet, report.lang) for sheet in report.sheets}
    if report.workbook is not None and not large and _is_xlsx(report.workbook):
        book, titles = _copy(report.workbook, marks), {name: name or "" for name in titles}
    else:
        book = _fresh(report, marks, titles, large=large)
    told = ["workbook_large"] if large and report.workbook is not None else []
    told += ["workbook_comments"] if any(not mark.text for mark in marks.values()) else []
    shift = 1 if any(_has_titles(sheet) for sheet in report.sheets) else 0
    write_findings(book, report, lines, titles, told, shift)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _is_xlsx(workbook: bytes) -> bool:
    """Whether a workbook is one that can be written again in its own form."""
    return workbook.startswith(b"PK") and "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(workbook)).namelist()


def _title(name: str | None, lang: str) -> str:
    """The name of a sheet as Excel allows it."""
    return re.sub(r"[\\/*?:\[\]]", "_", name)[:_LONGEST_TITLE] if name else phrase("workbook_input", lang)


def _marks(lines: list[Line]) -> dict[Place, Mark]:
    """The marks of cells by sheet, row and column; the worst findings come first and give the colour."""
    texts: dict[Place, list[str]] = {}
    severities: dict[Place, Severity] = {}
    for issue in (line.issue for line in lines):
        if issue.row and issue.column:
            place = issue.sheet or "", issue.row, column_index_from_string(issue.column)
            severities.setdefault(place, Severity(issue.severity))
            if place in texts or len(texts) < MOST_COMMENTS:
                said = [f"{issue.code}: {issue.message}", *([] if issue.severity == Severity.NOTE else [issue.hint])]
                texts.setdefault(place, []).extend(said)
    return {place: Mark(severity, "\n".join(texts.get(place, ()))) for place, severity in severities.items()}


def _copy(workbook: bytes, marks: Mapping[Place, Mark]) -> Workbook:
    """The input's own workbook with the marks of this report and without those of an earlier one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl cannot keep is told in the list
        book = load_workbook(io.BytesIO(workbook), rich_text=True)
    if REPORT_SHEET in book.sheetnames:
        del book[REPORT_SHEET]
        for page in book.worksheets:
            for cell in (cell for row in page.iter_rows() for cell in row if isinstance(cell, Cell)):
                _unmark(cell)
    for page in book.worksheets:
        page.sheet_view.tabSelected = False
    for (sheet, row, column), mark in marks.items():
        marked = book[sheet].cell(row, column)
        if isinstance(marked, Cell):  # the other cells of merged ones hold nothing
            _decorate(marked, mark)
    return book


def _unmark(cell: Cell) -> None:
    """Takes the colour and the comment of an earlier report from a cell; what the user had said stays."""
    if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb in _COLOURS:
        cell.fill = PatternFill()
    if cell.comment and _BY_US in cell.comment.text:
        own = cell.comment.text.partition(_BY_US)[0].rstrip("\n")
        cell.comment = Comment(own, cell.comment.author) if own else None


def _fresh(report: Report, marks: Mapping[Place, Mark], titles: Mapping[str | None, str], *, large: bool) -> Workbook:
    """A new workbook of the sheets that were read, all cells as text, each at its own place."""
    book = Workbook(write_only=large)
    if book.active is not None:
        book.remove(book.active)
    for sheet in report.sheets:
        name = sheet.source.sheet
        own = {(row, column): mark for (other, row, column), mark in marks.items() if other == (name or "")}
        _fill(book.create_sheet(titles[name]), sheet, own)
    return book


def _has_titles(sheet: Sheet) -> bool:
    """Whether a sheet has headings that stand in none of its rows: the names of the columns of a DataFrame."""
    return sheet.titles is not None and sheet.titles_row == 0


def _fill(page: Worksheet, sheet: Sheet, marks: Mapping[tuple[int, int], Mark]) -> None:
    if sheet.titles is not None and _has_titles(sheet):
        page.freeze_panes = "A2"
        page.append([_given_cell(page, title) for title in sheet.titles])
    written = 0
    columns = [sheet.frame[column].to_list() for column in sheet.frame.columns]
    for at, row in enumerate(sheet.rows.tolist()):
        for _ in range(written + 1, row):
            page.append([])
        cells = [_given_cell(page, column[at]) for column in columns]
        for place, cell in enumerate(cells, start=1):
            if mark := marks.get((row, place)):
                _decorate(cell, mark)
        page.append(cells)
        written = row


def _given_cell(page: Worksheet, text: str) -> Cell:
    """A cell of the input, which stays text when someone types into it."""
    cell = text_cell(page, text)
    if text:
        cell.number_format = AS_TEXT
    return cell


def _decorate(cell: Cell, mark: Mark) -> None:
    cell.fill = FILLS[mark.severity]
    if mark.text:
        own, author = (cell.comment.text, cell.comment.author) if cell.comment else ("", AUTHOR)
        comment = Comment(clean_text("\n".join(filter(None, (own, _BY_US, mark.text)))), author)
        lines = sum(1 + len(line) // _LETTERS_OF_A_LINE for line in comment.text.split("\n"))
        comment.width, comment.height = _WIDTH, _PIXELS_OF_A_LINE * (lines + 1)
        cell.comment = comment
