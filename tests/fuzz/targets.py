"""What the fuzzer calls: bytes → a check and a conversion, which give a report or raise ``CsvImportError``, and nothing else.

The first byte chooses the transfer file and whether a CSV is judged as it is; the rest is the input. A workbook may also be given as
its parts, with zero bytes between them, because changes to compressed bytes lead nowhere.
"""

import io
import zipfile
from collections.abc import Callable
from itertools import product, zip_longest

import csvimport
from csvimport.report.terminal import render

FILES = ("products", "partners", "invoices", "memo-vouchers", "payroll", "salary-info", "budgets", "dimensions")
OPTIONS = tuple(product(FILES, (False, True)))

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = (("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml"))
_RELATIONS = "".join(f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(_RELATED))
_PARTS = {
    "xl/worksheets/sheet1.xml": "",
    "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}"/>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"/>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="A" sheetId="1" r:id="r0"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{_RELATIONS}</Relationships>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
}


def csv(data: bytes) -> None:
    """Reads a CSV."""
    file, as_is = OPTIONS[data[0] % len(OPTIONS)] if data else OPTIONS[0]
    _read(file, data[1:], "input.csv", as_is=as_is)


def xlsx(data: bytes) -> None:
    """Reads a workbook, which is given whole or in parts."""
    file, _ = OPTIONS[data[0] % len(OPTIONS)] if data else OPTIONS[0]
    _read(file, data[1:] if data[1:3] == b"PK" else _packed(data[1:]), "input.xlsx")


def _packed(data: bytes) -> bytes:
    """A workbook of the parts that are given; the others are as usual."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for (name, usual), given in zip_longest(_PARTS.items(), data.split(b"\0")[: len(_PARTS)], fillvalue=b""):
            package.writestr(name, given or usual)
    return stream.getvalue()


def _read(file: str, content: bytes, name: str, *, as_is: bool = False) -> None:
    source = io.BytesIO(content)
    source.name = name
    try:
        report = csvimport.check(file, source, as_is=as_is, max_size="20MB")
        render(report)
        report.to_json()
        if as_is or not report.ok:
            return
        source.seek(0)
        result = csvimport.convert(file, source, max_size="20MB", lang="fi")
        if result.report.several_files:
            result.to_files()
        else:
            result.to_bytes()
    except csvimport.CsvImportError as error:
        error.text("fi")


TARGETS: dict[str, Callable[[bytes], None]] = {"csv": csv, "xlsx": xlsx}
