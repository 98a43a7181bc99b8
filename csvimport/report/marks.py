"""The marks of findings on the cells of a workbook: a colour of the worst severity, and a comment.

The colours are conditional formats, so that what the user has coloured stays; both are known again by a line of their own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from csvimport.findings import NOWHERE, Finding
from csvimport.read.sheet import Sheet
from csvimport.report.cells import COLOURS, cells_of, clean_text
from csvimport.report.report import Issue, Report
from csvimport.severity import Severity
from csvimport.shapes import column_letter

MOST_COMMENTS = 10_000
AUTHOR = "csvimport"

_BY_US = f"— {AUTHOR} —"  # the line that parts a user's own comment from ours
_OUR_CONDITION = f'"{AUTHOR}"="{AUTHOR}"'
_RANGES_OF_A_FORMAT = 1000
_PIXELS_OF_A_LINE, _LETTERS_OF_A_LINE, _WIDTH = 18, 48, 340

Place = tuple[int, int]  # row and column, both from 1


@dataclass
class Mark:
    """What a cell carries: the worst severity, and what its findings say (nothing when there are too many comments)."""

    severity: Severity
    texts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Marks:
    """The marks by sheet and place; ``cut``: whether some have no comment because there are too many."""

    of: Mapping[str | None, Mapping[Place, Mark]]
    cut: bool


def marks_of(report: Report, issues: Iterable[Issue], changes: Iterable[Finding]) -> Marks:
    """The marks of issues, the worst of which come first, and of changed notations, which are only coloured.

    A finding about a row is marked at the row's first cell, one inside merged cells at the first of them.
    """
    marks: dict[str | None, dict[Place, Mark]] = {sheet.source.sheet: {} for sheet in report.sheets}
    firsts = {sheet.source.sheet: _firsts(sheet) for sheet in report.sheets}
    commented, cut = 0, False
    for issue in issues:
        if issue.row and issue.sheet in marks:
            place = issue.row, column_index_from_string(issue.column) if issue.column else 1
            mark = marks[issue.sheet].setdefault(firsts[issue.sheet].get(place, place), Mark(Severity(issue.severity)))
            commented += not mark.texts
            if mark.texts or commented <= MOST_COMMENTS:
                mark.texts += [f"{issue.code}: {issue.message}", *([] if issue.severity == Severity.NOTE else [issue.hint])]
            else:
                cut = True
    for finding in changes:
        sheet = finding.sheet or report.source.sheet
        for row, column in zip(finding.rows.tolist(), finding.columns.tolist(), strict=True):
            if row and column != NOWHERE:
                place = row, column + 1
                marks[sheet].setdefault(firsts[sheet].get(place, place), Mark(Severity.NOTE))
    return Marks(marks, cut)


def _firsts(sheet: Sheet) -> dict[Place, Place]:
    """The first of the merged cells for each of the others that lie in the table."""
    height, width = sheet.frame.shape
    if sum((min(bottom + 1, height) - top) * (min(right + 1, width) - left) for top, left, bottom, right in sheet.merged) > height * width:
        return {}  # they overlap, as no program makes them
    return {
        (row + 1, column + 1): (top + 1, left + 1)
        for top, left, bottom, right in sheet.merged
        for row in range(top, min(bottom + 1, height))
        for column in range(left, min(right + 1, width))
    }


def colour(page: Worksheet, marks: Mapping[Place, Mark], shift: int = 0) -> None:
    """Colours the marked cells in front of all other conditional formats. ``shift``: how many rows the cells have moved down."""
    ours = [(severity, cells) for severity in Severity for cells in _ranges(marks, severity, shift)]
    for rule in (rule for where in page.conditional_formatting for rule in where.rules):
        rule.priority += len(ours)
    for priority, (severity, cells) in enumerate(ours, start=1):
        look = DifferentialStyle(fill=PatternFill(bgColor=COLOURS[severity]))
        page.conditional_formatting.add(cells, Rule("expression", formula=[_OUR_CONDITION], dxf=look, priority=priority))


def _ranges(marks: Mapping[Place, Mark], severity: Severity, shift: int) -> list[str]:
    """The cells of a severity, those below each other as one range, as many together as a format may have."""
    cells = sorted((column, row + shift) for (row, column), mark in marks.items() if mark.severity == severity)
    runs: list[list[int]] = []
    for column, row in cells:
        if runs and runs[-1][0] == column and runs[-1][2] == row - 1:
            runs[-1][2] = row
        else:
            runs.append([column, row, row])
    named = [f"{(letter := column_letter(column - 1))}{first}:{letter}{last}" for column, first, last in runs]
    return [" ".join(named[at : at + _RANGES_OF_A_FORMAT]) for at in range(0, len(named), _RANGES_OF_A_FORMAT)]


def comment(cell: Cell, mark: Mark) -> None:
    """Writes what the findings say below what the user has written."""
    if mark.texts:
        own, author = (cell.comment.text, cell.comment.author) if cell.comment else ("", AUTHOR)
        made = Comment(clean_text("\n".join(filter(None, (own, _BY_US, *mark.texts)))), author)
        lines = sum(1 + len(line) // _LETTERS_OF_A_LINE for line in made.text.split("\n"))
        made.width, made.height = _WIDTH, _PIXELS_OF_A_LINE * (lines + 1)
        cell.comment = made


def unmark(page: Worksheet) -> None:
    """Takes the colours and comments of an earlier report away; what the user had coloured and said stays."""
    kept = ConditionalFormattingList()
    for where in page.conditional_formatting:
        for rule in where.rules:
            if rule.formula != [_OUR_CONDITION]:
                kept.add(str(where.sqref), rule)
    page.conditional_formatting = kept
    for cell in cells_of(page):
        if cell.comment and _BY_US in cell.comment.text:
            own = cell.comment.text.partition(_BY_US)[0].rstrip("\n")
            cell.comment = Comment(own, cell.comment.author) if own else None
