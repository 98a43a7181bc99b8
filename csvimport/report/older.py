"""Whether a file is a report that csvimport wrote earlier, told from how it begins."""

import re
from pathlib import Path

from csvimport.errors import InputError
from csvimport.messages import phrase
from csvimport.read.archive import Archive
from csvimport.read.sheet import REPORT_SHEET
from csvimport.report.as_csv import COLUMNS
from csvimport.settings import LANGUAGES

_BEGINNING = 4000  # bytes

_MARKS = {
    ".json": r'\{\s*"csvimport":\s*"[^"]*",\s*"file":\s*"[^"]*",\s*"ok":',
    ".sarif": r'"driver":\s*\{\s*"name":\s*"csvimport"',
    ".html": r'<meta name="generator" content="csvimport">',
    ".csv": "|".join(f"^\ufeff?{re.escape(';'.join(phrase(f'report_{name}', lang) for name in COLUMNS))}\r?$" for lang in LANGUAGES),
}


def is_report(path: Path) -> bool:
    """Whether a file is a report of csvimport in the form that its name says, or empty. A file that cannot be read is none."""
    try:
        if path.stat().st_size == 0:
            return True
        if path.suffix.lower() == ".xlsx":
            return _has_report_sheet(path)
        with path.open("rb") as handle:
            beginning = handle.read(_BEGINNING).decode("utf-8", errors="replace")
    except OSError:
        return False
    return re.search(_MARKS[path.suffix.lower()], beginning, re.MULTILINE) is not None


def _has_report_sheet(path: Path) -> bool:
    try:
        archive = Archive(path.read_bytes(), str(path), largest=None, damaged="workbook_damaged", protected="workbook_protected")
        return f'name="{REPORT_SHEET}"'.encode() in archive.read("xl/workbook.xml")
    except (InputError, KeyError):
        return False
