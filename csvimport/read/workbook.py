"""Workbooks (.xlsx .xlsm .xls .ods): cells by python-calamine, and what it hides by a pass over the sheet's XML."""

import io
from typing import Any

import numpy as np
import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from csvimport.errors import InputError
from csvimport.findings import Finding, about_file
from csvimport.read.sheet import REPORT_SHEET, CellType, CellTypes, Sheet, Source
from csvimport.read.sheet_xml import Hidden, Package, Seen
from csvimport.read.values import percent, to_text
from csvimport.severity import Severity
from csvimport.shapes import column_letter

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Workbook:
    """An opened workbook; ``sheets`` are its visible worksheets."""

    def __init__(self, data: bytes, path: str) -> None:
        """Raises InputError for protected, damaged and mistaken files."""
        self.path = path
        if data.startswith(OLE) and _ENCRYPTED in data:
            raise InputError("workbook_encrypted", path=path)
        self._package = Package(data, path) if data.startswith(ZIP) else None
        try:
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        except PasswordError as error:
            raise InputError("workbook_protected", path=path) from error
        except CalamineError as error:
            raise InputError("workbook_damaged", path=path) from error
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
        seen = self._package.look(name) if self._package else None
        try:
            sheet = self._book.get_sheet_by_name(name)
            lines = sheet.to_python(skip_empty_area=False)
        except CalamineError as error:
            raise InputError("sheet_damaged", path=self.path, name=name) from error
        columns = [to_text(column) for column in zip(*lines, strict=True)]
        if seen is None:
            columns = [(text, _unseen(types)) for text, types in columns]
        else:
            columns = [_with_seen(text, types, seen, index) for index, (text, types) in enumerate(columns)]
        frame = pd.DataFrame({i: text for i, (text, _) in enumerate(columns)}, index=pd.RangeIndex(len(lines)), copy=False)
        width = np.full(len(lines), len(columns), np.int64)
        rows = np.arange(1, len(lines) + 1)
        merged = tuple((*start, *end) for start, end in getattr(sheet, "merged_cell_ranges", None) or ())
        merged += seen.merged if seen else ()
        source = Source(self.path, sheet=name)
        found = tuple(_hidden_findings(seen.hidden, len(lines), len(columns))) if seen else ()
        return Sheet(frame, tuple(types for _, types in columns), width, rows, source, found, merged=merged)


def _unseen(types: CellTypes | None) -> CellTypes | None:
    """The cell types of a workbook that hides its number formats."""
    return None if types is None else np.where(types == CellType.NUMBER, CellType.UNSEEN, types).astype(np.uint8)


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
        if kind in (CellType.ERROR, CellType.UNCOMPUTED):
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
        findings.append(about_file("T-04", "hidden_rows", Severity.WARNING, row=rows[0], first=rows[0], count=len(rows)))
    columns = [column for column in hidden.columns if column < width]
    if columns:
        letters = ", ".join(column_letter(column) for column in columns)
        findings.append(about_file("T-05", "hidden_columns", Severity.WARNING, column=columns[0], columns=letters))
    return findings
