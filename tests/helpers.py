"""What several test modules share: inputs made in memory, and findings in a short form."""

import csv
import io
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import csvimport

Rows = Sequence[Sequence[str]]

# Facts that every file of the kind gets told; they say nothing about its cells. PR-16 hangs on the day of the test.
REMINDERS = {"PR-16", "PR-20", "PR-22", "PR-23", "PR-24", "D-15", "D-16", "D-17", "P-33", "P-54", "P-57", "P-58"}
# How the file as such is written, and not its cells.
FORM = {"C-02", "C-04", "C-08", "C-09", "C-11"}

PRODUCT_HEADINGS = ("Product type", "Product name", "Product code", "Unit", "Unit price", "VAT-%")
PRODUCT = "S;Konsultointi, tunti;KONS-1;h;0;95,00;25,5;;EUR;;;3000;;vat_1"
CUSTOMER = (
    "FI;9100001-3;C;Esimerkki Oy;;Mallikatu 1;Helsinki;00100;FI;+358 40 000 0000;;;;;140;tilisiirto;EUR;"
    "ostolaskut@example.com;Maija Malli;;;;8,00;2;;3;;;;;;;;;;;1700;3000;;;;;;;;;;"
    r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\FI;;003791000013;;;1001;;;003723327487;003791000013;;;"
)
ITEM = "Kustannuspaikka;Myymälä A;A;Helsingin myymälä;"


def upload(*lines: str) -> bytes:
    """Lines as an upload-ready file."""
    return "".join(f"{line}\r\n" for line in lines).encode("cp1252")


def changed(line: str, **cells: str) -> str:
    """An upload-ready line with other cells, named by column letter."""
    fields = line.split(";")
    for letters, value in cells.items():
        place = 0
        for letter in letters:
            place = place * 26 + ord(letter) - 64
        fields[place - 1] = value
    return ";".join(fields)


def table(rows: Rows, delimiter: str = ";", quoting: Any = csv.QUOTE_MINIMAL, end: str = "\r\n") -> str:
    """Rows as CSV text."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)
    return text.getvalue()


def source(content: "str | bytes", name: str = "input.csv") -> io.BytesIO:
    """Bytes, or text as Windows-1252, as an open file with a name."""
    stream = io.BytesIO(content if isinstance(content, bytes) else content.encode("cp1252"))
    stream.name = name
    return stream


def check(file: str, content: "str | bytes", **options: Any) -> Any:
    return csvimport.check(file, source(content), **options)


@cache
def report_of(file: str, path: Path, lang: str = "en") -> Any:
    """The report on a file that no test changes, made once for each language."""
    return csvimport.check(file, path, lang=lang)


def convert(file: str, content: "str | bytes", **options: Any) -> Any:
    return csvimport.convert(file, source(content), **options)


def written(file: str, content: "str | bytes", **options: Any) -> list[str]:
    """The lines that come out of a conversion."""
    text = convert(file, content, **options).to_bytes().decode("cp1252")
    assert text.endswith("\r\n")
    return text[:-2].split("\r\n")


def cells(file: str, content: "str | bytes", column: int, **options: Any) -> list[str]:
    """One column of what comes out of a conversion, counted from 0."""
    return [line.split(";")[column] for line in written(file, content, **options)]


def said(report: Any, *, of: "Iterable[str]" = ("error", "warning", "note"), but: "Iterable[str]" = ()) -> list[tuple[Any, ...]]:
    """(code, severity, row, column) of the findings, the reminders that every file gets left out."""
    left_out = REMINDERS | set(but)
    return [(i.code, i.severity, i.row, i.column) for i in report.issues if i.severity in of and i.code not in left_out]


def problems(report: Any, **options: Any) -> list[tuple[Any, ...]]:
    """The errors and warnings."""
    return said(report, of=("error", "warning"), **options)


def one(report: Any, code: str) -> Any:
    """The only issue with that code."""
    found = [issue for issue in report.issues if issue.code == code]
    assert len(found) == 1, [(i.code, i.row, i.column, i.message) for i in report.issues]
    return found[0]
