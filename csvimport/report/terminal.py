"""The report for a terminal: grouped by cause, the worst first, counted, within 80 columns."""

import os
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from csvimport.messages import phrase
from csvimport.report.changes import is_applied
from csvimport.report.markup import cleaned
from csvimport.report.places import by_cause, first_issues, place_of
from csvimport.report.preview import preview_lines, upload_steps
from csvimport.report.report import Issue, Report
from csvimport.severity import Severity

WIDTH = 80
SHOWN_PLACES = 3
SHOWN_OUTPUTS = 3
LONGEST_SUGGESTION = 40  # with the value that it is for
LONGEST_TEXT = 1000  # characters; the other forms of the report have all
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


def render(report: Report, *, converting: bool = False) -> str:
    """The report as text; coloured when standard output is a terminal and NO_COLOR is not set.

    ``converting``: whether a file was to be written.
    """
    colour = sys.stdout is not None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    lines = [*_head(report), *_groups(report, colour), *_foot(report, colour, converting)]
    return "\n".join(lines)


def _head(report: Report) -> Iterator[str]:
    source, lang = report.source, report.lang
    sheet = phrase("frame_sheet", lang, sheet=report.masked_sheet(source.sheet)) if source.sheet else ""
    where = sheet or (f", {source.encoding}" if source.encoding else "")
    layout = phrase(f"frame_{report.layout}", lang)
    yield cleaned(
        phrase("frame_source", lang, path=report.masked(source.path), where=where, title=report.schema.title[lang], layout=layout)
    )
    records = ", ".join(f"{phrase(f'record_{name}', lang)} {count}" for name, count in report.records.items())
    yield phrase("frame_rows", lang, rows=report.rows, records=records)


def _groups(report: Report, colour: bool) -> Iterator[str]:
    """One group for each cause: its code, one example whole, then the other places; of applied suggestions, every cell."""
    for cause in by_cause(report.shown):
        applied = is_applied(cause[0])
        found = first_issues(report, cause, sum(map(len, cause)) if applied else SHOWN_PLACES)
        first, finding = found[0]
        title = report.title_of(finding)
        mark = f"{phrase(f'frame_{finding.severity}', report.lang)} {first.code}"
        yield ""
        yield f"{click.style(mark, fg=_COLOURS[finding.severity], bold=True) if colour else mark}{_place(first, title, report)}"
        yield from _wrapped(_brief(first.message))
        if first.severity != Severity.NOTE:
            yield from _wrapped(_brief(f"→ {first.hint}"))
        rest = sum(map(len, cause)) - len(found)
        if applied:
            for issue, other in found[1:]:
                yield from _wrapped(f"{_other(issue, report.title_of(other), title, report)}: {_brief(issue.message)}")
        elif len(found) > 1:
            cells = ", ".join(_other(issue, report.title_of(other), title, report) + _suggested(issue, first) for issue, other in found[1:])
            yield from _wrapped(phrase("frame_more" if rest else "frame_also", report.lang, cells=cells, count=rest))


def _place(issue: Issue, title: str, report: Report) -> str:
    cell = place_of(issue, report)
    return cleaned(f"  {cell} {title}").rstrip() if cell or title else ""


def _other(issue: Issue, title: str, first: str, report: Report) -> str:
    """A place of a group, with its field when that is another than the first one's."""
    return " ".join(filter(None, (place_of(issue, report), title.split(",")[0] if title != first else "")))


def _suggested(issue: Issue, first: Issue) -> str:
    """What is suggested for a cell of a group when it is short and something else than at the first cell."""
    if not (issue.value and issue.suggestion) or (issue.value, issue.suggestion) == (first.value, first.suggestion):
        return ""
    text = f" ({issue.value} → {issue.suggestion})"
    return text if len(text) <= LONGEST_SUGGESTION else ""


def _brief(text: str) -> str:
    """A message without the rest of an endless value."""
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]} …"


def _wrapped(text: str) -> list[str]:
    """A text on lines of a terminal's width; characters that would steer the terminal are shown as unknown ones."""
    text = cleaned(text)
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False) or [""]


def _foot(report: Report, colour: bool, converting: bool) -> Iterator[str]:
    counts, lang = report.counts, report.lang
    yield ""
    if report.ok:
        for line in preview_lines(report):
            yield from textwrap.wrap(cleaned(line), WIDTH, break_on_hyphens=False)
    if report.ok and report.outputs:
        yield from _upload(report)
    numbers = (("errors", counts.errors), ("warnings", counts.warnings), ("notes", counts.notes))
    said = ", ".join(phrase(f"frame_{name}", lang, count=count) for name, count in numbers)
    if not report.ok:
        nothing = [phrase("frame_nothing_written", lang)] if converting else []
        tail = " ".join(
            [
                phrase("frame_invalid", lang, counts=said[0].upper() + said[1:], count=counts.invalid_records),
                *nothing,
                phrase("frame_explain", lang),
            ]
        )
    elif report.outputs:
        tail = phrase("frame_written", lang, outputs=report.masked(_written(report.outputs, lang)), counts=said)
    else:
        tail = phrase("frame_no_errors", lang, counts=said)
    for line in textwrap.wrap(cleaned(tail), WIDTH, break_long_words=False, break_on_hyphens=False):
        yield click.style(line, fg="green" if report.ok else "red") if colour else line


def _upload(report: Report) -> Iterator[str]:
    """The steps of the upload, numbered."""
    for number, step in enumerate(upload_steps(report.uploaded, report.lang, several=report.several_files), start=1):
        mark = f"{number}. "
        yield from textwrap.wrap(f"{mark}{step}", WIDTH, subsequent_indent=" " * len(mark), break_on_hyphens=False)


def _written(outputs: Sequence[str], lang: str) -> str:
    """The files that were written; of many, how many lie in the folder, and those beside it."""
    if len(outputs) <= SHOWN_OUTPUTS:
        return ", ".join(outputs)
    folder = Path(outputs[0]).parent
    beside = [name for name in outputs if Path(name).parent != folder]
    return ", ".join([phrase("frame_files", lang, count=len(outputs) - len(beside), folder=folder), *beside])
