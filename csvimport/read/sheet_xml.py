"""What python-calamine hides of an .xlsx sheet: error cells, formulas without a result, number formats, hidden rows and columns.

Literal marks are searched in the raw XML instead of parsing it, so that a large sheet costs little.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import replace
from functools import cached_property
from html import unescape
from typing import TypeVar
from xml.etree import ElementTree

import numpy as np

from csvimport.errors import InputError, Sentence
from csvimport.limits import LARGEST_INPUT, refuse_unpacked
from csvimport.read.archive import Archive
from csvimport.read.extent import LAST_COLUMN, Room, of_sheet, of_tables
from csvimport.read.number_formats import BUILT_IN, NumberFormat, number_format
from csvimport.read.ods_xml import OdsSheet
from csvimport.read.prolog import has_document_type
from csvimport.read.seen import Hidden, Mark, Seen, by_column, kind_of
from csvimport.read.shared_strings import SharedStrings
from csvimport.read.sheet import CellType
from csvimport.read.values import shortest

T = TypeVar("T")

_BOOK, _BINARY_BOOK, _CONTENT = "xl/workbook.xml", "xl/workbook.bin", "content.xml"
_RELATIONS, _MANIFEST = "xl/_rels/workbook.xml.rels", "meta-inf/manifest.xml"
_ENCRYPTED = b"encryption-data"
_PROLOG = 4096  # bytes

# No tag is searched beyond the next one, and no run of blanks twice, so that no XML makes a search slow.
_WITHOUT_RESULT = re.compile(rb"<c\s([^<>]*)>\s*<f[^<>]*?(?:/>|>([^<]*)</f>)\s*(?:(?:<v\s*/>|<v>\s*</v>)\s*)?</c>")
_HIDDEN_ROW = re.compile(rb'<row\s(?=[^<>]*\bhidden="(?:1|true)")[^<>]*\br="(\d{1,7})"')
_HIDDEN_COLUMN = re.compile(rb'<col\s(?=[^<>]*\bhidden="(?:1|true)")(?=[^<>]*\bmin="(\d{1,7})")[^<>]*\bmax="(\d{1,7})"')
_STYLE = re.compile(rb'\bs="(\d{1,7})"')
_LONGEST_TAG, _LONGEST_ERROR = 300, 1000  # bytes of a cell's tag, and of what an error cell holds
_FEW_STYLES = 30


class Package:
    """The zip package of an .xlsx or an .ods, checked before python-calamine opens it."""

    def __init__(self, data: bytes, path: str, largest: int | None = None) -> None:
        """Raises InputError for a package that is damaged, unpacks to more than ``largest`` bytes, or holds what no workbook needs."""
        self.path, self._largest, self._unpacked = path, largest, 0
        self._room = Room(path, largest)
        self._zip = Archive(data, path, largest=largest, damaged="workbook_package_damaged", protected="workbook_protected")
        self._names = {name.lower().replace("\\", "/"): name for name in self._zip.names}
        if _BINARY_BOOK in self._names:
            raise InputError("other_format", path=path, what=Sentence("binary_workbook"))
        if len(self._names) < len(self._zip.names) or not self._names.keys() & {_BOOK, _CONTENT}:
            raise InputError("workbook_package_damaged", path=path)
        for name in self._zip.names:
            if name.lower().endswith((".xml", ".rels")) and self._has_document_type(name):
                raise InputError("workbook_document_type", path=path)
        if _MANIFEST in self._names and _ENCRYPTED in self._zip.read(self._names[_MANIFEST]):
            raise InputError("workbook_protected", path=path)
        if _CONTENT in self._names:
            for extent in self._measured(of_tables, self._zip.read(self._names[_CONTENT])):
                self._room.take(extent)

    def measured(self, sheet: str) -> Callable[[], Seen]:
        """Looks at a sheet before python-calamine opens it, which may then be done while what is given tells what stands in its XML.

        Raises InputError when the sheet cannot be found, or a cell lies absurdly far away.
        """
        if _CONTENT in self._names:
            return lambda: self._look_ods(sheet)
        xml = _without_prefix(self._sheet(sheet))
        extent = self._measured(of_sheet, xml)
        self._room.take(replace(extent, text=self._shared.taken(xml, extent.cells, self._largest or LARGEST_INPUT)))
        filled = (mark for mark in self._marks(xml) if mark[0] < extent.rows and mark[1] < extent.columns)  # others are empty cells
        return lambda: Seen(by_column(filled), _hidden(xml))

    def _look_ods(self, sheet: str) -> Seen:
        try:
            found = OdsSheet(self._zip.read(self._names[_CONTENT]), sheet)
        except (ElementTree.ParseError, ValueError) as error:
            raise InputError("sheet_damaged", path=self.path, name=sheet) from error
        return Seen(found.cells, found.hidden, tuple(found.merged))

    def _has_document_type(self, name: str) -> bool:
        """Whether a part has a document type, which its first bytes tell but for a very long comment in front."""
        told = has_document_type(self._zip.read(name, _PROLOG))
        return bool(has_document_type(self._zip.read(name)) if told is None else told)

    def _sheet(self, name: str) -> bytes:
        """The XML of a sheet; the same part may be that of several sheets."""
        part = self._parts.get(name, "")
        if part not in self._names:
            raise InputError("sheet_damaged", path=self.path, name=name)
        xml = self._zip.read(self._names[part])
        self._unpacked += len(xml)
        refuse_unpacked(self.path, self._unpacked, self._largest)
        return xml

    def _measured(self, measure: Callable[[bytes], T], xml: bytes) -> T:
        try:
            return measure(xml)
        except ValueError as error:
            raise InputError("workbook_damaged", path=self.path) from error

    @cached_property
    def _parts(self) -> dict[str, str]:
        """Sheet name → its part of the package, in small letters."""
        targets = {relation.get("Id"): _full(relation) for relation in self._relations}
        sheets = [(sheet.get("name", ""), _relation(sheet)) for sheet in self._sound(_BOOK).iterfind("{*}sheets/{*}sheet")]
        if len(dict(sheets)) < len(sheets):
            raise InputError("workbook_sheets_damaged", path=self.path)
        return {name: targets.get(relation, "") for name, relation in sheets}

    @cached_property
    def _shared(self) -> SharedStrings:
        """The strings that the sheets share."""
        part = next((_full(relation) for relation in self._relations if relation.get("Type", "").endswith("/sharedStrings")), "")
        return SharedStrings(_without_prefix(self._zip.read(self._names[part])) if part in self._names else b"")

    @cached_property
    def _relations(self) -> list[ElementTree.Element]:
        return self._sound(_RELATIONS).findall("{*}Relationship")

    def _sound(self, part: str) -> ElementTree.Element:
        """A part that no workbook goes without. Raises InputError."""
        try:
            return self._xml(part)
        except (KeyError, ElementTree.ParseError) as error:
            raise InputError("workbook_sheets_damaged", path=self.path) from error

    def _xml(self, part: str) -> ElementTree.Element:
        """A part; none has a document type, so that no entity can expand."""
        return ElementTree.fromstring(self._zip.read(self._names[part]))  # noqa: S314

    def _styles(self) -> dict[bytes, NumberFormat]:
        """The cell styles that have a number format."""
        try:
            root = self._xml("xl/styles.xml")
        except (KeyError, ElementTree.ParseError):
            return {}
        codes = BUILT_IN | {f.get("numFmtId", ""): f.get("formatCode", "") for f in root.iterfind("{*}numFmts/{*}numFmt")}
        styles = enumerate(root.iterfind("{*}cellXfs/{*}xf"))
        formats = ((str(style).encode(), number_format(codes.get(cell.get("numFmtId", ""), ""))) for style, cell in styles)
        return {style: found for style, found in formats if found}

    def _marks(self, xml: bytes) -> Iterator[Mark]:
        styles = self._styles()
        kinds = {style: kind for style, found in styles.items() for kind in [kind_of(found)] if kind is not None}
        for style, attributes in _styled(xml, kinds.keys()):
            if place := _place(attributes):
                yield *place, kinds[style], str(styles[style].digits)
        yield from _rounded(xml, styles)
        for attributes, rest in _cells_with(xml, b't="e"'):
            if place := _place(attributes):
                value = re.search(rb"<v>([^<]*)</v>", rest)
                yield *place, CellType.ERROR, value[1].decode(errors="replace") if value else "#?"
        if b"<f" in xml:
            for cell in _WITHOUT_RESULT.finditer(xml):
                if b't="str"' not in cell[1] and (place := _place(cell[1])):
                    yield *place, CellType.UNCOMPUTED, "=" + unescape((cell[2] or b"").decode(errors="replace"))


def _relation(sheet: ElementTree.Element) -> str:
    """The id of the relationship that leads to a sheet, in the namespace of either edition of the standard."""
    return next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")


def _full(relation: ElementTree.Element) -> str:
    """The name of the part that a relationship of the workbook leads to, in small letters."""
    target = relation.get("Target", "").lower()
    return target[1:] if target.startswith("/") else target if target.startswith("xl/") else f"xl/{target}"


def _without_prefix(xml: bytes) -> bytes:
    """XML whose elements are named without the prefix that some programs give them all, ``x:row``."""
    prefix = re.search(rb"<(\w+:)(?:worksheet|sst)[\s>]", xml[:_PROLOG])
    return xml.replace(b"<" + prefix[1], b"<").replace(b"</" + prefix[1], b"</") if prefix else xml


def _styled(xml: bytes, styles: Set[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Each cell of one of the styles: its style and its attributes. A pass for each of a few styles is faster than one for all."""
    if len(styles) <= _FEW_STYLES:
        yield from ((style, attributes) for style in styles for attributes, _ in _cells_with(xml, b's="' + style + b'"'))
        return
    for found in _STYLE.finditer(xml):
        if found[1] in styles and (tag := _tag(xml, found.start())):
            yield found[1], tag


def _rounded(xml: bytes, styles: Mapping[bytes, NumberFormat]) -> Iterator[Mark]:
    """The cells that hold more decimals than their format shows."""
    groups: dict[int, list[bytes]] = {}
    for style, found in styles.items():
        if not (found.percent or found.currency):
            groups.setdefault(found.decimals, []).append(style)
    for decimals, members in groups.items():
        if not re.search(rb"\.\d{%d}" % (decimals + 1), xml):  # as in most sheets, which is seen soon
            continue
        longer = rb'\bs="(?:%s)"[^<>]*>(?:<f[^<]*(?:</f>|(?<=/)>))?<v>(-?\d*\.\d{%d,}(?:E-?\d+)?)</v>' % (b"|".join(members), decimals + 1)
        for cell in re.finditer(longer, xml):
            place = _place(xml[xml.rfind(b"<c ", 0, cell.start()) : cell.start()])
            if place and len(shortest(float(cell[1])).partition(".")[2]) > decimals:
                yield *place, CellType.ROUNDED, ""


def _cells_with(xml: bytes, attribute: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The attributes of every cell that has one attribute, and the beginning of what follows them up to the cell's end."""
    at = xml.find(attribute)
    while at >= 0:
        if tag := _tag(xml, at):
            end = xml.find(b">", at, at + _LONGEST_TAG)
            yield tag, xml[end : end + _LONGEST_ERROR].partition(b"</c>")[0] if xml[end - 1 : end] != b"/" else b""
        at = xml.find(attribute, at + len(attribute))


def _tag(xml: bytes, at: int) -> bytes:
    """The tag of the cell that has an attribute at a place; nothing when it is no cell's."""
    start, end = xml.rfind(b"<", max(at - _LONGEST_TAG, 0), at), xml.find(b">", at, at + _LONGEST_TAG)
    return xml[start:end] if start >= 0 and xml[start : start + 3] == b"<c " and end >= 0 else b""


def _place(attributes: bytes) -> tuple[int, int] | None:
    """Row and column, both from 0, of a cell's attributes."""
    found = re.search(rb'\br="([A-Z]{1,3})(\d{1,7})"', attributes)
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
    columns = np.zeros(LAST_COLUMN, bool)
    for low, high in _HIDDEN_COLUMN.findall(xml):
        columns[max(int(low) - 1, 0) : int(high)] = True
    return Hidden(tuple(int(row) for row in _HIDDEN_ROW.findall(xml)), tuple(np.flatnonzero(columns).tolist()))
