"""The report as a workbook: the input's own with its cells coloured and commented, behind a sheet that lists all findings.

Workbooks that are large or of another kind, and inputs that are none, get a fresh one of the same cells.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Mapping

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import column_index_from_string

from csvimport.limits import LARGEST_COPIED_PACKAGE, LARGEST_COPY
from csvimport.messages import phrase
from csvimport.read.archive import BROKEN
from csvimport.read.sheet import REPORT_SHEET
from csvimport.report.cells import cells_of
from csvimport.report.changes import is_applied, is_change
from csvimport.report.excerpts import heading_of
from csvimport.report.findings_sheet import Line, write_findings
from csvimport.report.fresh_sheet import shift_of, write_sheet
from csvimport.report.marks import Marks, colour, comment, marks_of, unmark
from csvimport.report.report import Report
from csvimport.severity import Severity

_LONGEST_TITLE = 31
_RANGE = re.compile(rb"\bref\s*=\s*[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
_LOST_PARTS = ("xl/media/", "xl/drawings/drawing", "xl/ctrlProps/", "xl/activeX/", "xl/slicers/", "xl/vbaProject")


def render(report: Report) -> list[bytes]:
    """The workbook's bytes. Large ones take a temporary file, for which OSError is raised when there is no room."""
    changes = [finding for finding in report.shown if is_change(finding) or is_applied(finding)]
    others = [finding for finding in report.shown if not is_change(finding) and not is_applied(finding)]
    lines = [Line(issue, report.title_of(finding)) for finding in others for issue in report.expand(finding)]
    lines.sort(key=lambda line: (Severity(line.issue.severity).rank, line.issue.row or 0))
    marks = marks_of(report, (line.issue for line in lines), changes)
    package = _package(report.workbook)
    parts = [] if package is None else package.namelist()
    large = sum(len(sheet) * len(sheet.frame.columns) for sheet in report.sheets) > LARGEST_COPY
    copied = package is not None and "xl/workbook.xml" in parts and not large
    book = _copy(report.workbook, marks) if copied and report.workbook and package and not _unfolds(package) else None
    if book is not None:
        told = []
        titles = {sheet.source.sheet: sheet.source.sheet or "" for sheet in report.sheets}
        told += ["workbook_lost"] if any(part.startswith(_LOST_PARTS) for part in parts) else []
        told += ["workbook_formulas"] if _has_formulas(book, titles) else []
    else:
        titles = {sheet.source.sheet: _title(sheet.source.sheet, report.lang) for sheet in report.sheets}
        book = _fresh(report, marks, titles, large=large)
        told = [] if report.workbook is None else ["workbook_large" if large else "workbook_uncopied" if copied else "workbook_other"]
    told += ["workbook_comments"] if marks.cut else []
    write_findings(book, report, lines, changes, titles, told, max(map(shift_of, report.sheets), default=0))
    target = io.BytesIO()
    book.save(target)
    return [target.getvalue()]


def _package(workbook: bytes | None) -> zipfile.ZipFile | None:
    """The package of a workbook that is one; None for other inputs."""
    return zipfile.ZipFile(io.BytesIO(workbook)) if workbook is not None and workbook.startswith(b"PK") else None


def _unfolds(package: zipfile.ZipFile) -> bool:
    """Whether openpyxl would take very much memory, or fail: it makes each cell that is merged, and reads what is not checked, too."""
    if sum(entry.file_size for entry in package.infolist()) > LARGEST_COPIED_PACKAGE:
        return True
    merged = 0
    for part in package.namelist():
        try:
            xml = package.read(part) if part.endswith(".xml") else b""
        except BROKEN:  # a part that reading had no need of
            return True
        for left, top, right, bottom in _RANGE.findall(xml) if b"mergeCell" in xml else ():
            merged += (int(bottom) - int(top) + 1) * (
                column_index_from_string(right.decode()) - column_index_from_string(left.decode()) + 1
            )
    return merged > LARGEST_COPY


def _title(name: str | None, lang: str) -> str:
    """The name of a sheet as Excel allows it."""
    return re.sub(r"[\\/*?:\[\]]", "_", name)[:_LONGEST_TITLE] if name else phrase("workbook_input", lang)


def _opened(workbook: bytes) -> Workbook | None:
    """The input's own workbook; None when openpyxl cannot open it, because of charts or properties, for instance, that were not checked."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl names the parts that it drops; the list tells about those that a user can miss
        try:
            return load_workbook(io.BytesIO(workbook), rich_text=True)
        except Exception:  # it verifies nothing, so anything may be raised
            return None


def _copy(workbook: bytes, marks: Marks) -> Workbook | None:
    """The input's own workbook with the marks of this report and without those of an earlier one; None when it cannot be copied."""
    book = _opened(workbook)
    if book is None or not all(sheet in book.sheetnames for sheet in marks.of):
        return None
    if REPORT_SHEET in book.sheetnames:
        del book[REPORT_SHEET]
    for page in book.worksheets:
        page.sheet_view.tabSelected = False
        unmark(page)
    for sheet, places in marks.of.items():
        page = book[sheet or ""]
        colour(page, places)
        for (row, column), mark in places.items():
            if mark.texts and isinstance(cell := page.cell(row, column), Cell):
                comment(cell, mark)
    return book


def _has_formulas(book: Workbook, sheets: Mapping[str | None, str]) -> bool:
    """Whether a checked sheet has formulas; a copy has none of their results."""
    return any(cell.data_type == "f" for name in sheets.values() for cell in cells_of(book[name]))


def _fresh(report: Report, marks: Marks, titles: Mapping[str | None, str], *, large: bool) -> Workbook:
    """A new workbook of the sheets that were read."""
    book = Workbook(write_only=large)
    if book.active is not None:
        book.remove(book.active)
    for sheet in report.sheets:
        name = sheet.source.sheet
        write_sheet(book, titles[name], sheet, heading_of(report, sheet)[0], dict(marks.of[name]))
    return book
