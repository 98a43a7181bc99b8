"""Records as users keep them: tables with headings in three languages, as CSV of every sort and as workbooks."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.teletype import addTextToElement
from odf.text import P
from strategies import Line, marked

from csvimport.headings.targets import target_of
from csvimport.schema import Schema, load
from csvimport.shapes import Field, Record

KEY = ("", "", 0)
Column = tuple[str, str, int]
"""A record, a field, and the number of the record where a row has several; ``KEY`` tells the main records apart."""

Rows = list[dict[Column, str]]


def rows_of(name: str, lines: Sequence[Line]) -> Rows:
    """A row for each main record, or for each of its lines; what belongs to it stands beside it, numbered."""
    schema = load(name)
    line_record = schema.table.line if schema.table else schema.main.name
    rows: Rows = []
    counts: dict[str, int] = {}
    fresh = False  # whether the last row has no line yet
    for line in lines:
        record = line.record.name
        if record == schema.main.name:
            rows.append({KEY: f"A{line.block}"} | _cells(line, 0) if schema.table else _cells(line, 0))
            fresh, counts = True, {}
        elif record == line_record:
            if not fresh:
                rows.append({KEY: f"A{line.block}"} if schema.main.written else {})
            rows[-1] |= _cells(line, 0)
            fresh, counts = False, {}
        else:
            counts[record] = counts.get(record, 0) + 1
            rows[-1] |= _cells(line, counts[record])
    return rows


def _cells(line: Line, number: int) -> dict[Column, str]:
    shown = [f.key for f in line.record.fields if f.kind != "constant" and f.key not in marked(line.record)]
    return {(line.record.name, key, number): line[key] for key in shown}


def columns_of(rows: Rows) -> list[Column]:
    """The columns with a filled cell, in the order of the file."""
    return [column for column in dict.fromkeys(column for row in rows for column in row) if any(row.get(column) for row in rows)]


def heading(name: str, column: Column, lang: str) -> str:
    """The title of a column in a language; where that would mean something else, the names of its record and field."""
    schema = load(name)
    if column == KEY and schema.table:
        return schema.table.title[lang]
    record, number = schema.record(column[0]), column[2]
    f = record[column[1]]
    titles = (record.table_titles.get(f.key, f.title)[lang], f"{record.name} {f.key}")
    numbered = [f"{title} {number}" if number else title for title in titles]
    return next(title for title in numbered if _means(title, schema, record, f, number))


def _means(title: str, schema: Schema, record: Record, f: Field, number: int) -> bool:
    target = target_of(title, schema)
    return (
        target is not None
        and not target.key_column
        and (target.record, target.key, target.part, target.number) == (record.name, f.key, "", number)
    )


def cells(name: str, rows: Rows, columns: Sequence[Column], lang: str) -> list[list[str]]:
    """The table as text, headings first."""
    return [[heading(name, column, lang) for column in columns], *([row.get(column, "") for column in columns] for row in rows)]


# --- forms ---------------------------------------------------------------------------------------------------------

Text = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Form:
    """A way of writing a table: its name, which is its file's, and what can be written in it."""

    name: str
    write: Callable[[Text], bytes]
    holds: Callable[[str], bool]

    def file(self, text: Text) -> io.BytesIO:
        """The table as an open file."""
        stream = io.BytesIO(self.write(text))
        stream.name = self.name
        return stream

    def __str__(self) -> str:
        return self.name


def delimited(encoding: str, delimiter: str) -> Form:
    def write(text: Text) -> bytes:
        stream = io.StringIO()
        csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(text)
        return stream.getvalue().encode(encoding)

    def holds(text: str) -> bool:
        return encoding != "cp1252" or text.encode(encoding, "ignore").decode(encoding) == text

    names = {";": "semicolons", ",": "commas", "\t": "tabs", "|": "bars"}
    return Form(f"{encoding}-{names[delimiter]}.csv", write, holds)


def xlsx(text: Text) -> bytes:
    book = openpyxl.Workbook()
    for number, row in enumerate(text, 1):
        for place, value in enumerate(row, 1):
            if value:
                book.active.cell(number, place, value).data_type = "s"
    return saved(book)


def xls(text: Text) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Taulukko")
    for number, row in enumerate(text):
        for place, value in enumerate(row):
            if value:
                sheet.write(number, place, value)
    return saved(book)


def ods(text: Text) -> bytes:
    document = OpenDocumentSpreadsheet()
    sheet = Table(name="Taulukko")
    for row in text:
        line = TableRow()
        for value in row:
            cell = TableCell(valuetype="string") if value else TableCell()
            for paragraph in value.split("\n") if value else ():
                element = P()
                addTextToElement(element, paragraph)
                cell.addElement(element)
            line.addElement(cell)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    return saved(document)


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def printable(text: str) -> bool:
    """Whether a workbook can hold a text: it has no control characters but line breaks."""
    return not any(ord(character) < 32 and character != "\n" for character in text)


FORMS = (
    *(delimited(encoding, ";") for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252")),
    *(delimited(encoding, delimiter) for encoding in ("utf-8", "cp1252") for delimiter in ",\t|"),
    Form("workbook.xlsx", xlsx, printable),
    Form("workbook.xls", xls, printable),
    Form("workbook.ods", ods, printable),
)
