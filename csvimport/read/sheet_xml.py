"""What python-calamine hides of an .xlsx sheet: error cells, formulas without a result, number formats, hidden and far cells.

Literal marks are searched in the raw XML instead of parsing it, so that a large sheet costs little.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from xml.etree import ElementTree

from csvimport.errors import InputError, Sentence
from csvimport.read.number_formats import BUILT_IN, NumberFormat, number_format
from csvimport.read.ods_xml import Mark, OdsSheet
from csvimport.read.sheet import CellType
from csvimport.read.values import shortest

LARGEST_PACKAGE = 4_000_000_000
LARGEST_RATIO = 1000
MOST_CELLS = 120_000_000

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OPEN_DOCUMENT = "content.xml"

_WITHOUT_RESULT = re.compile(rb"<c\s([^>]*)>\s*<f[^>]*?(?:/>|>([^<]*)</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_FAR_COLUMNS = {letters: re.compile(rb'\br="([A-Z]{%d,})(\d+)"' % letters) for letters in (2, 3)}
_COLUMNS_OF_TWO_LETTERS = 702
_HIDDEN_ROW = re.compile(rb'<row\s(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
_HIDDEN_COLUMN = re.compile(rb'<col\s(?=[^>]*\bhidden="(?:1|true)")(?=[^>]*\bmin="(\d+)")[^>]*\bmax="(\d+)"')


@dataclass(frozen=True)
class Hidden:
    """Hidden row numbers (from 1) and column positions (from 0)."""

    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()


@dataclass(frozen=True)
class Seen:
    """``cells``: column → row (both from 0) → what the cell is, and its text or its number of digits.

    ``merged``: those that python-calamine does not tell.
    """

    cells: dict[int, dict[int, tuple[CellType, str]]] = field(default_factory=dict)
    hidden: Hidden = field(default_factory=Hidden)
    merged: tuple[tuple[int, int, int, int], ...] = ()


class Package:
    """The zip package of an .xlsx, checked before anything in it is opened."""

    def __init__(self, data: bytes, path: str) -> None:
        """Raises InputError for a damaged package and for one that would unpack to an absurd size."""
        self.path = path
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except zipfile.BadZipFile as error:
            raise InputError("workbook_package_damaged", path=path) from error
        size = sum(entry.file_size for entry in self._zip.infolist())
        if size > LARGEST_PACKAGE or (size > 50_000_000 and size > LARGEST_RATIO * len(data)):
            raise InputError("workbook_too_large", path=path, size=size // 1_000_000)

    def look(self, sheet: str) -> Seen | None:
        """What stands in the XML of a sheet; None for a package of another kind.

        Raises InputError when a cell lies absurdly far away.
        """
        if _OPEN_DOCUMENT in self._zip.namelist():
            return self._look_ods(sheet)
        part = self._parts().get(sheet)
        if part is None or part not in self._zip.namelist():
            return None
        xml = self._zip.read(part)
        self._refuse_far_cells(xml)
        return Seen(_by_column(self._marks(xml)), _hidden(xml))

    def _look_ods(self, sheet: str) -> Seen:
        xml = self._zip.read(_OPEN_DOCUMENT)
        if b"<!DOCTYPE" in xml:
            raise InputError("workbook_document_type", path=self.path)
        try:
            found = OdsSheet(xml, sheet)
        except (ElementTree.ParseError, ValueError) as error:
            raise InputError("sheet_damaged", path=self.path, name=sheet) from error
        return Seen(_by_column(found.marks), Hidden(tuple(found.hidden_rows), tuple(found.hidden_columns)), tuple(found.merged))

    def _parts(self) -> dict[str, str]:
        """Sheet name → its part of the package; nothing for a package of another kind (.ods)."""
        if "xl/workbook.xml" not in self._zip.namelist():
            return {}
        try:
            relations = self._xml("xl/_rels/workbook.xml.rels")
            book = self._xml("xl/workbook.xml")
        except (KeyError, ElementTree.ParseError) as error:
            raise InputError("workbook_sheets_damaged", path=self.path) from error
        targets = {r.get("Id"): r.get("Target", "") for r in relations.iter(_RELATION)}
        return {
            s.get("name", ""): (target if (target := targets.get(s.get(_RELATION_ID), "")).startswith("/") else f"/xl/{target}")[1:]
            for s in book.iter(f"{_SHEET}sheet")
        }

    def _xml(self, part: str) -> ElementTree.Element:
        """A part without a document type, so that no entity can expand."""
        data = self._zip.read(part)
        if b"<!DOCTYPE" in data:
            raise InputError("workbook_document_type", path=self.path)
        return ElementTree.fromstring(data)  # noqa: S314

    def _styles(self) -> dict[bytes, NumberFormat]:
        """The cell styles that have a number format."""
        try:
            root = self._xml("xl/styles.xml")
        except (KeyError, ElementTree.ParseError):
            return {}
        codes = BUILT_IN | {f.get("numFmtId", ""): f.get("formatCode", "") for f in root.iter(f"{_SHEET}numFmt")}
        styles = enumerate(root.iterfind(f"{_SHEET}cellXfs/{_SHEET}xf"))
        formats = ((str(style).encode(), number_format(codes.get(cell.get("numFmtId", ""), ""))) for style, cell in styles)
        return {style: found for style, found in formats if found}

    def _marks(self, xml: bytes) -> Iterator[Mark]:
        styles = self._styles()
        kinds = {style: kind for style, found in styles.items() for kind in [_kind_of(found)] if kind is not None}
        for style, kind in kinds.items():
            for attributes, _ in _cells_with(xml, b's="' + style + b'"'):
                if place := _place(attributes):
                    yield *place, kind, str(styles[style].digits)
        yield from _rounded(xml, styles)
        for attributes, rest in _cells_with(xml, b't="e"'):
            if place := _place(attributes):
                value = re.search(rb"<v>([^<]*)</v>", rest)
                yield *place, CellType.ERROR, value[1].decode() if value else "#?"
        if b"<f" in xml:
            for cell in _WITHOUT_RESULT.finditer(xml):
                if b't="str"' not in cell[1] and (place := _place(cell[1])):
                    yield *place, CellType.UNCOMPUTED, "=" + unescape((cell[2] or b"").decode())

    def _refuse_far_cells(self, xml: bytes) -> None:
        last = xml.rfind(b"<row ")
        number = re.search(rb'\br="(\d+)"', xml[last : last + 200]) if last >= 0 else None
        rows = int(number[1]) if number else 1
        far = max(
            _FAR_COLUMNS[2 if rows * _COLUMNS_OF_TWO_LETTERS > MOST_CELLS else 3].finditer(xml), key=lambda m: _position(m[1]), default=None
        )
        columns = _position(far[1]) + 1 if far else 1
        if rows * columns > MOST_CELLS:
            place = f"{far[1].decode()}{far[2].decode()}" if far else Sentence("far_row", row=rows)
            raise InputError("cell_far_away", path=self.path, place=place)


def _kind_of(style: NumberFormat) -> CellType | None:
    """What all numbers of a style are; None when that depends on the number."""
    if style.percent:
        return CellType.PERCENT
    if style.digits:
        return CellType.PADDED
    if style.scaled:
        return CellType.ROUNDED
    return CellType.DRESSED if style.dressed else None


def _rounded(xml: bytes, styles: Mapping[bytes, NumberFormat]) -> Iterator[Mark]:
    """The cells that hold more decimals than their format shows."""
    groups: dict[int, list[bytes]] = {}
    for style, found in styles.items():
        if not found.percent:
            groups.setdefault(found.decimals, []).append(style)
    for decimals, members in groups.items():
        if not re.search(rb"\.\d{%d}" % (decimals + 1), xml):  # as in most sheets, which is seen soon
            continue
        longer = rb'\bs="(?:%s)"[^<>]*>(?:<f[^<]*(?:</f>|(?<=/)>))?<v>(-?\d*\.\d{%d,}(?:E-?\d+)?)</v>' % (b"|".join(members), decimals + 1)
        for cell in re.finditer(longer, xml):
            place = _place(xml[xml.rfind(b"<c ", 0, cell.start()) : cell.start()])
            if place and len(shortest(float(cell[1])).partition(".")[2]) > decimals:
                yield *place, CellType.ROUNDED, ""


def _by_column(marks: Iterable[Mark]) -> dict[int, dict[int, tuple[CellType, str]]]:
    seen: dict[int, dict[int, tuple[CellType, str]]] = {}
    for row, column, kind, shown in marks:
        seen.setdefault(column, {})[row] = kind, shown
    return seen


def _cells_with(xml: bytes, attribute: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The attributes of every cell that has one attribute, and what follows them up to the cell's end."""
    at = xml.find(attribute)
    while at >= 0:
        start = xml.rfind(b"<", 0, at)
        if xml[start : start + 3] == b"<c ":
            end = xml.find(b">", at)
            yield xml[start:end], xml[end : xml.find(b"</c>", end)] if xml[end - 1 : end] != b"/" else b""
        at = xml.find(attribute, at + len(attribute))


def _place(attributes: bytes) -> tuple[int, int] | None:
    """Row and column, both from 0, of a cell's attributes."""
    found = re.search(rb'\br="([A-Z]+)(\d+)"', attributes)
    return (int(found[2]) - 1, _position(found[1])) if found else None


def _position(letters: bytes) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _hidden(xml: bytes) -> Hidden:
    if b'hidden="' not in xml:
        return Hidden()
    columns = [range(int(low) - 1, min(int(high), 16_384)) for low, high in _HIDDEN_COLUMN.findall(xml)]
    return Hidden(tuple(int(row) for row in _HIDDEN_ROW.findall(xml)), tuple(c for span in columns for c in span))
