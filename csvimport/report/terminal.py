"""The report for a terminal: grouped by cause, the worst first, counted, within 80 columns."""

import os
import sys
import textwrap
from collections.abc import Iterator

import click

from csvimport.report.report import Issue, Report
from csvimport.severity import Severity

WIDTH = 80
SHOWN_PLACES = 3
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


def render(report: Report, *, converting: bool = False) -> str:
    """The report as text; coloured when standard output is a terminal and NO_COLOR is not set.

    ``converting``: whether a file was to be written.
    """
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    lines = [*_head(report), *_groups(report, colour), *_foot(report, colour, converting)]
    return "\n".join(lines)


def _head(report: Report) -> Iterator[str]:
    source = report.source
    where = f", sheet “{source.sheet}”" if source.sheet else f", {source.encoding}" if source.encoding else ""
    layout = "by headings" if report.layout == "table" else "by position"
    yield f"{source.path}{where}: {report.schema.title['en']}, columns {layout}"
    records = ", ".join(f"{name} {count}" for name, count in report.records.items())
    yield f"Rows read: {report.rows}. Records: {records}."


def _groups(report: Report, colour: bool) -> Iterator[str]:
    """One group for each message pattern: its code, one example whole, then the other places."""
    for finding in report.findings:
        examples = list(report.expand(finding, most=SHOWN_PLACES))
        first = examples[0]
        mark = (
            click.style(f"{first.severity} {first.code}", fg=_COLOURS[finding.severity], bold=True)
            if colour
            else f"{first.severity} {first.code}"
        )
        yield ""
        yield f"{mark}{_place(first, report)}"
        yield from _wrapped(first.message)
        if first.severity != Severity.NOTE:
            yield from _wrapped(f"→ {first.hint}")
        rest = len(finding) - 1
        if rest:
            cells = ", ".join(_cell(issue, report) for issue in examples[1:])
            more = f" and {rest - len(examples) + 1} more like this" if rest > len(examples) - 1 else ""
            yield from _wrapped(f"also {cells}{more}")


def _place(issue: Issue, report: Report) -> str:
    cell = _cell(issue, report)
    field = f" {issue.field}" if issue.field else ""
    return f"  {cell}{field}" if cell or field else ""


def _cell(issue: Issue, report: Report) -> str:
    """The cell as a spreadsheet names it, with its sheet when that is another than the report's."""
    sheet = f"{issue.sheet}!" if issue.sheet != report.source.sheet else ""
    if issue.row is None:
        return f"{sheet}column {issue.column}" if issue.column else ""
    return f"{sheet}{issue.column}{issue.row}" if issue.column else f"{sheet}row {issue.row}"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="  ", break_long_words=False) or [""]


def _foot(report: Report, colour: bool, converting: bool) -> Iterator[str]:
    counts = report.counts
    yield ""
    figures = ", ".join(f"{figure.name} {_amount(figure.value, figure.currency)}" for figure in report.totals)
    if figures and report.ok:
        yield from textwrap.wrap(f"In Procountor's preview you should see: {figures}.", WIDTH)
    said = f"{_number(counts.errors, 'error')}, {_number(counts.warnings, 'warning')}, {_number(counts.notes, 'note')}"
    if report.ok:
        verdict = f"Written: {', '.join(report.outputs)}" if report.outputs else "No errors"
        tail = f"{verdict} ({said})."
    else:
        nothing = " Nothing was written." if converting else ""
        tail = f"{said} in {_number(counts.invalid_records, 'record')}.{nothing} csvimport explain CODE tells more about a code."
    for line in textwrap.wrap(tail, WIDTH):
        yield click.style(line, fg="green" if report.ok else "red") if colour else line


def _amount(value: str, currency: str | None) -> str:
    """A figure as accountants write it: 1234.50 EUR → 1234,50 EUR."""
    return f"{value.replace('.', ',')} {currency}" if currency else value


def _number(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
