"""The report as CSV for filtering in a spreadsheet: one line for each finding at each cell."""

import csv
import io
import re
from dataclasses import replace

from csvimport.messages import phrase
from csvimport.report.report import Report

COLUMNS = ("severity", "code", "sheet", "row", "column", "field", "value", "message", "hint", "suggestion")


def render(report: Report) -> bytes:
    """Semicolons, and UTF-8 with a byte order mark, by which Excel knows it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(phrase(f"report_{name}", report.lang) for name in COLUMNS)
    for issue in report.issues:
        severity = phrase(f"frame_{issue.severity}", report.lang)
        shown = replace(issue, sheet=report.masked_sheet(issue.sheet))
        writer.writerow([severity, *(no_formula(getattr(shown, name)) for name in COLUMNS[1:])])
    return text.getvalue().encode("utf-8-sig")


def no_formula(value: object) -> object:
    """A text that a spreadsheet would take for a formula with an apostrophe before it; other values as they are."""
    risky = isinstance(value, str) and re.match(r"[=@\t\r\n＝＠＋－]|[-+](?!\d+(?:[.,]\d+)?$)", value)
    return f"'{value}" if risky else value
