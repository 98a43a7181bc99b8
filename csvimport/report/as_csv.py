"""The report as CSV for filtering in a spreadsheet: one line for each finding at each cell."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from csvimport.messages import phrase
from csvimport.report.report import Report

COLUMNS = ("severity", "code", "sheet", "row", "column", "field", "value", "message", "hint", "suggestion")


def render(report: Report) -> Iterator[bytes]:
    """Semicolons, and UTF-8 with a byte order mark, by which Excel knows it."""
    yield codecs.BOM_UTF8
    yield _line(phrase(f"report_{name}", report.lang) for name in COLUMNS)
    for issue in report.each_issue():
        shown = replace(issue, severity=phrase(f"frame_{issue.severity}", report.lang), sheet=report.masked_sheet(issue.sheet))
        yield _line(no_formula(getattr(shown, name)) for name in COLUMNS)


def _line(cells: Iterable[object]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow(cells)
    return text.getvalue().encode()


def no_formula(value: object) -> object:
    """A text that a spreadsheet would take for a formula with an apostrophe before it; other values as they are.

    So is what would be one behind a comma or a tab, at which other settings than the Finnish ones cut the lines.
    """
    if not isinstance(value, str):
        return value
    text = re.sub(r"[,\t]\s*(?=[=@＝＠])", r"\g<0>'", value)
    return f"'{text}" if re.match(r"[=@\t\r\n＝＠＋－]|[-+](?!\d+(?:[.,]\d+)?$)", text) else text
