"""Inputs that are damaged, absurd or made to harm, as bytes: workbooks written part by part."""

import io
import struct
import zipfile
from collections.abc import Mapping
from functools import cache
from typing import Any

import xlwt
from helpers import PRODUCT_HEADINGS

ROW = ("S", "Kahvi", "K-1", "kpl", "4.5", "13.5")

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    "</Types>"
)
STRICT = {
    _MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    _OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
DOCUMENT_TYPE = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
COMMENT = f"<!--{' ' * 5000}-->"

Parts = dict[str, str | bytes]


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def row(number: int, cells: str) -> str:
    return f'<row r="{number}">{cells}</row>'


def line(number: int, texts: Any) -> str:
    return row(number, "".join(cell(f"{letter}{number}", text) for letter, text in zip("ABCDEFGH", texts, strict=False)))


TABLE = line(1, PRODUCT_HEADINGS) + line(2, ROW)


def sheet_xml(rows: str) -> str:
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def relations(*lines: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(lines)}</Relationships>'


def book_xml(*sheets: tuple[str, int]) -> str:
    named = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{number}"/>' for n, (name, number) in enumerate(sheets, 1))
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>'


def parts(rows: str = TABLE, **other: str | bytes) -> Parts:
    """The parts of an .xlsx of one sheet; ``other``: by ``sheet``, ``shared``, ``styles``, ``book``, ``links`` in place of the usual ones."""
    known = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relations(relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": other.get("book", book_xml(("Tuotteet", 1))),
        "xl/_rels/workbook.xml.rels": other.get(
            "links",
            relations(
                relation(1, "worksheet", "worksheets/sheet1.xml"),
                relation(2, "sharedStrings", "sharedStrings.xml"),
                relation(3, "styles", "styles.xml"),
            ),
        ),
        "xl/sharedStrings.xml": other.get("shared", f'<sst xmlns="{_MAIN}"><si><t>Tee</t></si></sst>'),
        "xl/styles.xml": other.get("styles", f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>'),
        "xl/worksheets/sheet1.xml": other.get("sheet", sheet_xml(rows)),
    }
    return dict(known)


def zipped(contents: Mapping[str, str | bytes]) -> bytes:
    """A package of the parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in contents.items():
            package.writestr(name, content)
    return stream.getvalue()


def without(*names: str) -> bytes:
    return zipped({name: content for name, content in parts().items() if name not in names})


def xlsx(rows: str = TABLE, **other: str | bytes) -> bytes:
    return zipped(parts(rows, **other))


@cache
def blown_up(name: str, megabytes: int) -> bytes:
    """A workbook with one part more, of zeros."""
    return zipped({**parts(), name: bytes(megabytes * 1_000_000)})


def declaring(package: bytes, name: str, size: int) -> bytes:
    """A package whose directory declares another size for a part."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        old = opened.getinfo(name).file_size
    assert package.count(struct.pack("<I", old)) == 2
    return package.replace(struct.pack("<I", old), struct.pack("<I", size))


def said_to_be_encrypted(package: bytes) -> bytes:
    """A package whose parts are said to want a password."""
    local, listed = b"PK\x03\x04\x14\x00", b"PK\x01\x02\x14\x03\x14\x00"
    assert local + b"\0" in package and listed + b"\0" in package
    return package.replace(local + b"\0", local + b"\1").replace(listed + b"\0", listed + b"\1")


def in_strict_form(contents: Parts) -> Parts:
    """The parts in the namespaces of the standard's strict edition."""

    def translated(text: str | bytes) -> str:
        assert isinstance(text, str)
        for usual, strict in STRICT.items():
            text = text.replace(usual, strict)
        return text

    return {name: translated(content) for name, content in contents.items()}


def prefixed(xml: str) -> str:
    """A sheet whose elements bear a prefix, as some programs write them."""
    return xml.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:").replace("xmlns=", "xmlns:x=")


# --- .ods ------------------------------------------------------------------------------------------------------------

_ODS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = f'xmlns:office="{_ODS}:office:1.0" xmlns:table="{_ODS}:table:1.0" xmlns:text="{_ODS}:text:1.0"'
_MANIFEST = f'<manifest:manifest xmlns:manifest="{_ODS}:manifest:1.0">{{}}</manifest:manifest>'
_ENTRY = '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{}</manifest:file-entry>'
_ENCRYPTION = '<manifest:encryption-data manifest:checksum="AAAA"/>'


def ods_cell(text: str, columns: int = 1) -> str:
    return (
        f'<table:table-cell table:number-columns-repeated="{columns}" office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


def ods_row(cells: str, rows: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>'


NOTHING = '<table:table-cell table:number-columns-repeated="{}"/>'
FORMULA = '<table:table-cell table:number-columns-repeated="{}" table:formula="of:=[.A1]"/>'
ONLY = '<table:table-cell table:number-columns-repeated="12" {}/>'
BLANKS = '<table:table-cell office:value-type="string"><text:p>x<text:s text:c="{}"/>y</text:p></table:table-cell>'
HIDDEN_COLUMNS = '<table:table-column table:visibility="collapse" table:number-columns-repeated="16384"/>'
HIDDEN_ROWS = '<table:table-row table:visibility="collapse" table:number-rows-repeated="1048576"/>'
IN_A_CELL = ods_row(f"<table:table-cell><table:table>{ods_row(ods_cell('x'))}</table:table></table:table-cell>")
ODS_TABLE = "".join(ods_row("".join(map(ods_cell, texts))) for texts in (PRODUCT_HEADINGS, ROW))


def ods(rows: str = ODS_TABLE, before: str = "", *, encrypted: bool = False) -> bytes:
    tables = f'<table:table table:name="Tuotteet">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"{before}<office:document-content {_NAMES}>{body}</office:document-content>",
            "META-INF/manifest.xml": _MANIFEST.format(_ENTRY.format(_ENCRYPTION if encrypted else "")),
        }
    )


# --- .xls ------------------------------------------------------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CODE_PAGE, FILE_PASS, NUMBER, DIMENSIONS = 0x42, 0x2F, 0x203, 0x200


def xls() -> bytes:
    """A workbook with a number in B2 that is stored as a NUMBER record."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Tuotteet")
    for y, texts in enumerate((PRODUCT_HEADINGS, ROW)):
        for x, text in enumerate(texts):
            sheet.write(y, x, text)
    sheet.write(2, 4, 3.14159)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xls_sharing(text: str, cells: int) -> bytes:
    """A workbook in which many cells show a text that it holds once."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Tuotteet")
    for y in range(cells):
        sheet.write(y, 0, text)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xls_with_password() -> bytes:
    """A workbook whose records are said to be encrypted."""
    content = xls()
    at = content.index(struct.pack("<HH", CODE_PAGE, 2))
    return content[:at] + struct.pack("<HH", FILE_PASS, 2) + content[at + 4 :]


def xls_reaching(row: int, column: int) -> bytes:
    """A workbook whose number stands far away."""
    content = xls()
    at = content.index(struct.pack("<HHHH", NUMBER, 14, 2, 4))
    return content[:at] + struct.pack("<HHHH", NUMBER, 14, row, column) + content[at + 8 :]


def xls_declaring(top: int, bottom: int, left: int, right: int) -> bytes:
    """A workbook whose sheet is declared to be larger than it is."""
    content, old = xls(), struct.pack("<HHIIHH", DIMENSIONS, 14, 0, 3, 0, 6)
    assert content.count(old) == 1
    return content.replace(old, struct.pack("<HHIIHH", DIMENSIONS, 14, top, bottom, left, right))


def small_xls(row: int, column: int) -> bytes:
    """A compound file whose workbook is a single number, short enough for the small sectors."""
    records = struct.pack("<HHHHHHd", NUMBER, 14, row, column, 0, 0, 1.5)[:18]
    end, unused = 0xFFFFFFFE, 0xFFFFFFFF
    header = OLE + bytes(16) + struct.pack("<HHHHH6xIIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 2, 1, end, 0, 0)
    sectors = (
        struct.pack("<128I", 0xFFFFFFFD, end, end, end, *[unused] * 124),
        entry("Root Entry", 5, 3, 64) + entry("Workbook", 2, 0, len(records)) + bytes(256),
        struct.pack("<128I", end, *[unused] * 127),
        records.ljust(512, b"\0"),
    )
    return header + struct.pack("<108I", *[unused] * 108) + b"".join(sectors)


def entry(name: str, kind: int, first: int, size: int) -> bytes:
    """An entry of the folder of a compound file."""
    text = name.encode("utf-16-le")
    return struct.pack("<64sHBB48xII4x", text, len(text) + 2, kind, 1, first, size)


def with_password() -> bytes:
    """The container that Excel puts around a workbook with a password."""
    return OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(480)
