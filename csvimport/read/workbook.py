"""Workbooks (.xlsx .xlsm .xls .ods): cells by python-calamine, and what it hides by a pass over the sheet's XML."""

import io
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from csvimport.columns import blank, from_arrow, to_arrow
from csvimport.errors import InputError
from csvimport.findings import Finding, common_finding
from csvimport.read import biff, xls
from csvimport.read.extent import Room
from csvimport.read.seen import Hidden, Seen
from csvimport.read.sheet import REPORT_SHEET, CellType, CellTypes, Sheet, Source
from csvimport.read.sheet_xml import Package
from csvimport.read.values import percent, to_text
from csvimport.severity import Severity
from csvimport.shapes import column_letter

_Column = tuple["pd.Series[str]", CellTypes | None]
_TOLD = (CellType.ERROR, CellType.UNCOMPUTED)
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
ROWS_AT_ONCE = 4096
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Workbook:
    """An opened workbook; ``sheets`` are its visible worksheets."""

    def __init__(self, data: bytes, path: str, largest: int | None = None) -> None:
        """Raises InputError for protected, damaged and mistaken files, and for those that unpack to more than ``largest`` bytes."""
        self.path = path
        self._package = Package(data, path, largest) if data.startswith(ZIP) else None
        self._data = data
        if self._package is None:
            _refuse_compound(data, path, largest)
        with _sentence(InputError("workbook_damaged", path=path)):
            try:
                self._book = CalamineWorkbook.from_filelike(io.BytesIO(data))
            except PasswordError as error:
                raise InputError("workbook_protected", path=path) from error
        self.sheets = tuple(
            sheet.name
            for sheet in self._book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible and sheet.name != REPORT_SHEET
        )

    def read(self, name: str) -> Sheet:
        """The cells of one sheet. Raises InputError when there is no such sheet or it holds nothing."""
        known = [known for known in self._book.sheet_names if known != REPORT_SHEET]
        if name not in known:
            raise InputError("sheet_missing", path=self.path, name=name, known=", ".join(known))
        look = self._package.measured(name) if self._package else partial(xls.look, self._data, name)
        with ThreadPoolExecutor(1) as beside:  # python-calamine leaves the interpreter free while it reads
            looking = beside.submit(look)
            with _sentence(InputError("sheet_damaged", path=self.path, name=name)):
                sheet = self._book.get_sheet_by_name(name)
                columns, height = _columns(sheet)
            seen = looking.result()
        if seen is None:
            columns = [(text, _unseen(types)) for text, types in columns]
        else:
            columns, height = _filled_up(columns, height, seen)
            columns = [_with_seen(text, types, seen, index) for index, (text, types) in enumerate(columns)]
        frame = pd.DataFrame({i: text for i, (text, _) in enumerate(columns)}, index=pd.RangeIndex(height), copy=False)
        width = np.full(height, len(columns), np.int64)
        rows = np.arange(1, height + 1)
        merged = tuple((*start, *end) for start, end in getattr(sheet, "merged_cell_ranges", None) or ())
        merged += seen.merged if seen else ()
        source = Source(self.path, sheet=name)
        found = tuple(_hidden_findings(seen.hidden, height, len(columns))) if seen else ()
        return Sheet(frame, tuple(types for _, types in columns), width, rows, source, found, merged=merged)


def _columns(sheet: CalamineSheet) -> tuple[list[_Column], int]:
    """The columns of a sheet from its first one on, and its height. A block of rows at a time, so that few Python values live."""
    rows = sheet.iter_rows()
    parts = [[to_text(column) for column in zip(*block, strict=True)] for block in iter(lambda: list(islice(rows, ROWS_AT_ONCE)), [])]
    columns = [_joined(column) for column in zip(*parts, strict=True)]
    height = len(columns[0][0]) if columns else 0
    left = sheet.start[1] if sheet.start else 0  # empty columns, which the rows do not have
    return [*((blank(height), None) for _ in range(left)), *columns], height


def _joined(parts: Sequence[_Column]) -> _Column:
    text = from_arrow(pa.concat_arrays([to_arrow(part) for part, _ in parts]))
    if all(types is None for _, types in parts):
        return text, None
    return text, np.concatenate([np.zeros(len(part), np.uint8) if types is None else types for part, types in parts])


def _refuse_compound(data: bytes, path: str, largest: int | None) -> None:
    """Raises InputError for an .xls with a password or far cells, and for what is none."""
    room = Room(path, largest)
    try:
        if _ENCRYPTED in data:
            raise biff.NeedsPasswordError
        for extent in biff.extents(data):
            room.take(extent)
    except biff.NeedsPasswordError as error:
        raise InputError("workbook_encrypted", path=path) from error
    except ValueError as error:
        raise InputError("workbook_damaged", path=path) from error


@contextmanager
def _sentence(sentence: InputError) -> Iterator[None]:
    """Says in a sentence what python-calamine cannot read. It panics at some files, which is no ``Exception``."""
    try:
        yield
    except CalamineError as error:
        raise sentence from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise sentence from error


def _unseen(types: CellTypes | None) -> CellTypes | None:
    """The cell types of a workbook that hides its number formats."""
    return None if types is None else np.where(types == CellType.NUMBER, CellType.UNSEEN, types).astype(np.uint8)


def _filled_up(columns: list[_Column], height: int, seen: Seen) -> tuple[list[_Column], int]:
    """The columns with the empty cells that error cells and formulas without a result stand in, below and beside all others."""
    told = [(row, column) for column, marks in seen.cells.items() for row, (kind, _) in marks.items() if kind in _TOLD]
    lowest = max((row + 1 for row, _ in told), default=0)
    if lowest > height:
        columns = [_joined([column, (blank(lowest - height), None)]) for column in columns]
        height = lowest
    missing = max((column + 1 for _, column in told), default=0) - len(columns)
    return [*columns, *((blank(height), None) for _ in range(missing))], height


def _with_seen(text: "pd.Series[str]", types: CellTypes | None, seen: Seen, column: int) -> "tuple[pd.Series[str], CellTypes | None]":
    """The column with error cells, formulas without result, percentages and leading zeros as they are shown."""
    marks = seen.cells.get(column)
    if not marks:
        return text, types
    cells: Any = text.to_numpy(object).copy()
    types = np.zeros(len(cells), np.uint8) if types is None else types.copy()
    for row, (kind, shown) in marks.items():
        if row >= len(cells):
            continue
        if kind in _TOLD:
            cells[row], types[row] = shown, kind
        elif types[row] == CellType.NUMBER:
            if kind == CellType.PERCENT:
                cells[row] = percent(cells[row])
            elif kind == CellType.PADDED:
                cells[row] = cells[row].zfill(int(shown))
            types[row] = kind
    return to_text(list(cells))[0], types


def _hidden_findings(hidden: Hidden, height: int, width: int) -> list[Finding]:
    findings = []
    rows = [row for row in hidden.rows if row <= height]
    if rows:
        findings.append(common_finding("hidden_rows", Severity.WARNING, row=rows[0], first=rows[0], count=len(rows)))
    columns = [column for column in hidden.columns if column < width]
    if columns:
        letters = ", ".join(column_letter(column) for column in columns)
        findings.append(common_finding("hidden_columns", Severity.WARNING, column=columns[0], columns=letters))
    return findings
