"""Where findings are, as people read it: cells as a spreadsheet names them, and those of one cause together."""

from collections.abc import Sequence

import numpy as np

from csvimport.findings import NOWHERE, Finding
from csvimport.messages import phrase
from csvimport.report.report import Issue, Report
from csvimport.shapes import column_letter

MOST_RANGES = 10

Cause = tuple[Finding, ...]


def place_of(issue: Issue, report: Report) -> str:
    """The cell of an issue, or its row or column, with its sheet when that is another than the report's; "" for the whole file."""
    sheet = f"{report.masked_sheet(issue.sheet)}!" if issue.sheet != report.source.sheet else ""
    if issue.row and issue.column:
        return f"{sheet}{issue.column}{issue.row}"
    if issue.row:
        return sheet + phrase("frame_row", report.lang, row=issue.row)
    return sheet + phrase("frame_column", report.lang, column=issue.column) if issue.column else ""


def by_cause(findings: Sequence[Finding]) -> list[Cause]:
    """The findings with those of one problem of one rule together, whatever fields they are at."""
    causes: dict[tuple[str, ...], list[Finding]] = {}
    for finding in findings:
        causes.setdefault((finding.severity, finding.code, finding.problem), []).append(finding)
    return [tuple(cause) for cause in causes.values()]


def first_issues(report: Report, cause: Cause, most: int) -> list[tuple[Issue, Finding]]:
    """The issues at the first cells of a cause with their findings; those of several fields from the top of the input."""
    if len(cause) == 1:
        return [(issue, cause[0]) for issue in report.expand(cause[0], range(min(most, len(cause[0]))))]
    lengths = [len(finding) for finding in cause]
    starts = np.r_[0, np.cumsum(lengths)]
    rows, columns = (np.concatenate([getattr(finding, name) for finding in cause]) for name in ("rows", "columns"))
    order = np.lexsort((columns, rows))[:most]
    chosen = np.zeros(starts[-1], bool)
    chosen[order] = True
    issues: dict[int, tuple[Issue, Finding]] = {}
    for finding, start, end in zip(cause, starts, starts[1:], strict=False):
        if chosen[start:end].any():
            taken = report.expand(finding.take(chosen[start:end]))
            issues.update(zip(np.flatnonzero(chosen[start:end]) + start, ((issue, finding) for issue in taken), strict=True))
    return [issues[at] for at in order]


def ranges(report: Report, finding: Finding, at: Sequence[int]) -> tuple[str, int]:
    """The first cells of a finding at these positions, those below each other as one range, and how many cells that leaves out."""
    places = np.asarray(at)
    rows, columns = finding.rows[places], finding.columns[places]
    goes_on = (np.diff(places) == 1) & (np.diff(rows) == 1) & (np.diff(columns) == 0) & (columns[1:] != NOWHERE)
    starts = np.flatnonzero(np.r_[True, ~goes_on])[: MOST_RANGES + 1]
    ends = np.r_[starts[1:], len(places)][:MOST_RANGES]
    sheet = f"{report.masked_sheet(finding.sheet)}!" if finding.sheet and finding.sheet != report.source.sheet else ""

    def name(place: int) -> str:
        if columns[place] == NOWHERE:
            return sheet + phrase("frame_row", report.lang, row=rows[place])
        return f"{sheet}{column_letter(int(columns[place]))}{rows[place]}"

    said = [name(start) if start == end - 1 else f"{name(start)}–{name(end - 1)}" for start, end in zip(starts, ends, strict=False)]
    return ", ".join(said), len(places) - int(ends[-1])
