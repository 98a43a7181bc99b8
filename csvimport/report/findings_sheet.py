"""The sheet of a workbook that lists all findings: verdict and counts, a line with a link for each cell, the kinds, the changes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from csvimport.findings import Finding
from csvimport.messages import phrase
from csvimport.read.sheet import REPORT_SHEET
from csvimport.report.cells import COLOURS, Look, Pen
from csvimport.report.changes import change_of, is_applied, is_change
from csvimport.report.places import by_cause, first_issues
from csvimport.report.report import Issue, Report
from csvimport.severity import Severity

MOST_LINES = 200_000
MOST_PAIRS = 2_000  # of a change
MOST_LINKS = 65_000  # Excel calls a sheet with more than 65,530 damaged
WIDTHS = (14, 10, 16, 10, 30, 24, 70, 60, 24)
COLUMNS = ("severity", "code", "sheet", "cell", "field", "value", "message", "hint", "suggestion")

Row = tuple[list[Cell], Issue | None]  # and what it leads to

_KINDS = ("report_severity", "report_code", "", "workbook_count", "report_field", "", "report_message")
_CHANGES = ("report_severity", "report_code", "report_sheet", "report_cell", "report_field", "html_before", "html_after", "html_at")
_A4 = 9
_POINTS_OF_A_LINE = 15
_LETTERS_OF_A_WIDTH, _LOST_AT_LINE_ENDS = 1.15, 5
_CELL = COLUMNS.index("cell")
_WRAPPING = [COLUMNS.index(name) for name in ("field", "message", "hint")]
_FONT = "Calibri"
_TOP, _WRAPPED = Alignment(vertical="top", horizontal="left"), Alignment(wrap_text=True, vertical="top")
_TITLE, _BOLD = Look(Font(name=_FONT, bold=True, size=14)), Look(Font(name=_FONT, bold=True))
_HEADING = Look(Font(name=_FONT, bold=True, color="FFFFFF"), PatternFill("solid", fgColor="1F3864"), _TOP)
_SHORT, _LONG, _KIND = Look(alignment=_TOP), Look(alignment=_WRAPPED), Look(_BOLD.font, alignment=_TOP)
_LINK = Look(Font(name=_FONT, color="0563C1", underline="single"), alignment=_TOP)
_SEVERITIES = {severity: Look(fill=PatternFill("solid", fgColor=colour), alignment=_TOP) for severity, colour in COLOURS.items()}


@dataclass(frozen=True)
class Line:
    """An issue with its field as people call it."""

    issue: Issue
    field: str


def write_findings(
    book: Workbook,
    report: Report,
    lines: Sequence[Line],
    changes: Sequence[Finding],
    titles: Mapping[str | None, str],
    told: Sequence[str],
    shift: int,
) -> None:
    """Adds the sheet in front of the others.

    ``changes``: what is written differently and not listed among the lines; ``titles``: the sheets of the input by the names they
    have in the workbook; ``told``: phrases about what the workbook lacks; ``shift``: how many rows the cells of the input have moved
    down.
    """
    page = book.create_sheet(REPORT_SHEET, 0)
    for column, width in enumerate(WIDTHS, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.page_setup.orientation, page.page_setup.fitToHeight, page.page_setup.paperSize = "landscape", 0, _A4
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    _Findings(page, report, titles, shift).write(lines, changes, told)
    book.active = 0


class _Findings:
    """Writes the sheet from its top to its end; ``_row`` is the row that comes next."""

    def __init__(self, page: Worksheet, report: Report, titles: Mapping[str | None, str], shift: int) -> None:
        self._page, self._report, self._titles, self._shift = page, report, titles, shift
        self._lang, self._pen, self._row, self._links = report.lang, Pen(page), 1, 0

    def write(self, lines: Sequence[Line], changes: Sequence[Finding], told: Sequence[str]) -> None:
        """The whole sheet."""
        listed = lines[:MOST_LINES]
        links = sum(bool(line.issue.row) for line in listed)
        told = [*(phrase(name, self._lang) for name in told)]
        if len(lines) > MOST_LINES:
            told.append(phrase("workbook_cut", self._lang, shown=MOST_LINES, count=len(lines)))
        if links > MOST_LINKS:
            told.append(phrase("workbook_links", self._lang, count=MOST_LINKS))
        blocks = [
            ("workbook_kinds", _KINDS, list(self._kinds())),
            ("html_applied", _CHANGES, list(self._changes(filter(is_applied, changes)))),
            ("html_changes", _CHANGES, list(self._changes(filter(is_change, changes)))),
        ]
        blocks = [block for block in blocks if block[2]]
        self._head(told)
        last = self._row + len(blocks) + 1 + len(listed)  # behind these rows a blank one, the headings and the list
        for title, _, rows in blocks:
            self._append_link(phrase("workbook_below", self._lang, title=phrase(title, self._lang), row=last + 2), last + 2)
            last += 3 + len(rows)
        self._append([])
        self._heading([f"report_{name}" for name in COLUMNS])
        start = self._row
        self._page.print_title_rows = f"{start - 1}:{start - 1}"
        self._page.freeze_panes = f"A{start}"
        self._page.auto_filter.ref = f"A{start - 1}:{get_column_letter(len(COLUMNS))}{start - 1 + len(listed)}"
        for line in listed:
            self._append(self._line(line), line.issue)
        for title, names, rows in blocks:
            self._append([])
            self._append([self._pen.text(phrase(title, self._lang), _TITLE)])
            self._heading(names)
            for cells, issue in rows:
                self._append(cells, issue)

    def _append(self, cells: list[Cell], issue: Issue | None = None) -> None:
        """Writes a row, whose last text runs on behind it; its cell in the column of cells leads to that of an issue."""
        if issue and issue.row and issue.sheet in self._titles and self._links < MOST_LINKS:
            self._links += 1
            sheet = self._titles[issue.sheet].replace("'", "''")
            self._link(cells, _CELL, f"'{sheet}'!{issue.column or 'A'}{issue.row + self._shift}")
        lines = max((_lines(cells[at].value, WIDTHS[at]) for at in _WRAPPING if at < len(cells) - 1), default=1)
        if lines > 1:
            self._page.row_dimensions[self._row].height = _POINTS_OF_A_LINE * lines
        self._page.append(cells)
        self._row += 1

    def _append_link(self, text: str, row: int) -> None:
        """Writes a row that leads to another one of the sheet."""
        cells = [self._pen.text(text)]
        self._link(cells, 0, f"'{REPORT_SHEET}'!A{row}")
        self._append(cells)

    def _link(self, cells: list[Cell], at: int, location: str) -> None:
        """Makes a cell lead to a place in the workbook; a cell that is still to be written knows its row by its number only."""
        cells[at] = self._pen.text(str(cells[at].value or ""), _LINK)
        link = Hyperlink(ref="", location=location)
        cells[at].hyperlink = link
        link.ref = f"{get_column_letter(at + 1)}{self._row}"

    def _heading(self, names: Sequence[str]) -> None:
        self._append([self._pen.text(phrase(name, self._lang) if name else "", _HEADING) for name in names])

    def _head(self, told: Sequence[str]) -> None:
        """The verdict, the counts, and what the workbook lacks."""
        report, counts, lang, pen = self._report, self._report.counts, self._lang, self._pen
        verdict = phrase("workbook_right" if report.ok else "workbook_wrong", lang)
        numbers = {"errors": counts.errors, "warnings": counts.warnings, "notes": counts.notes}
        said = ", ".join(phrase(f"frame_{name}", lang, count=count) for name, count in numbers.items())
        self._append([pen.text(f"{report.masked(report.source.path)}: {report.schema.title[lang]}", _TITLE)])
        self._append([pen.text(f"{verdict} {said[0].upper()}{said[1:]}.", _BOLD)])
        self._append([pen.text(phrase("workbook_how", lang))])
        for text in told:
            self._append([pen.text(text, _BOLD)])

    def _line(self, line: Line) -> list[Cell]:
        issue, text = line.issue, self._pen.text
        place = f"{issue.column or ''}{issue.row or ''}"
        return [
            self._severity(issue.severity),
            *(text(value or "", _SHORT) for value in (issue.code, self._report.masked_sheet(issue.sheet), place)),
            text(line.field, _LONG),
            text(issue.value or "", _SHORT),
            text(issue.message, _LONG),
            text(issue.hint, _LONG),
            text(issue.suggestion or "", _SHORT),
        ]

    def _kinds(self) -> Iterator[Row]:
        """A line for each cause with its number and its words."""
        text = self._pen.text
        for cause in by_cause(self._report.shown):
            ((issue, _),) = first_issues(self._report, cause, 1)
            fields = ", ".join(dict.fromkeys(filter(None, map(self._report.title_of, cause))))
            count = self._pen.value(sum(map(len, cause)), _SHORT)
            yield (
                [
                    self._severity(issue.severity),
                    text(issue.code, _SHORT),
                    text(""),
                    count,
                    text(fields, _LONG),
                    text(""),
                    text(issue.message, _SHORT),
                ],
                None,
            )

    def _changes(self, changes: Iterable[Finding]) -> Iterator[Row]:
        """For each kind of change a line that says what it is, and one for each pair of what was and what is written."""
        text = self._pen.text
        for finding in changes:
            change = change_of(self._report, finding, MOST_PAIRS)
            first = change.pairs[0].first
            mark = self._severity(str(finding.severity))
            head = [
                mark,
                text(change.code, _KIND),
                text(self._report.masked_sheet(first.sheet) or "", _KIND),
                text(""),
                text(change.field, _LONG),
            ]
            count = phrase("html_cells", self._lang, count=change.count) if change.count > 1 else ""
            yield [*head, text(count, _KIND), text(change.message, _KIND)], None
            for pair in change.pairs:
                cells = phrase("html_more_places", self._lang, cells=pair.cells, count=pair.more) if pair.more else pair.cells
                place = f"{pair.first.column or ''}{pair.first.row or ''}"
                line = [text(""), text(""), text(""), text(place, _SHORT), text("")]
                yield [*line, text(pair.first.value or "", _SHORT), text(pair.after, _LONG), text(cells, _SHORT)], pair.first
            if change.rest:
                yield [text("")] * 6 + [text(phrase("workbook_rest", self._lang, count=change.rest))], None

    def _severity(self, severity: str) -> Cell:
        return self._pen.text(phrase(f"frame_{severity}", self._lang), _SEVERITIES[Severity(severity)])


def _lines(text: object, width: int) -> int:
    """About how many lines a text takes in a column; LibreOffice does not work that out when it opens a workbook."""
    letters, most = len(text) if isinstance(text, str) else 0, int(width * _LETTERS_OF_A_WIDTH)
    return 1 if letters <= most else -(-letters // (most - _LOST_AT_LINE_ENDS))
