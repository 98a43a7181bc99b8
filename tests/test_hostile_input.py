"""Hostile input, as a list: what each input makes the command line say, its exit status, and how much memory it takes at most.

Every line of the list is a process of its own. What stops it is one sentence of the catalogue, in the language asked for, on standard
error and nothing else there; nothing is printed on standard output, no file appears, and no file changes.
"""

import errno
import os
import re
import shutil
import struct
import subprocess
import sys
import threading
import tomllib
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import hostile
import openpyxl
import pytest
from click.testing import CliRunner
from forked import Ended, Forks
from helpers import PRODUCT, PRODUCT_HEADINGS, changed, check, source, upload
from hostile import (
    BLANKS,
    COMMENT,
    DOCUMENT_TYPE,
    FORMULA,
    HIDDEN_COLUMNS,
    HIDDEN_ROWS,
    IN_A_CELL,
    NOTHING,
    ODS_TABLE,
    OLE,
    ONLY,
    ROW,
    TABLE,
    blown_up,
    book_xml,
    cell,
    declaring,
    in_strict_form,
    line,
    ods,
    ods_cell,
    ods_row,
    parts,
    prefixed,
    relation,
    relations,
    row,
    said_to_be_encrypted,
    sheet_xml,
    small_xls,
    without,
    xls,
    xls_declaring,
    xls_reaching,
    xls_sharing,
    xls_with_password,
    xlsx,
    zipped,
)  # fmt: skip

import csvimport
from csvimport import limits
from csvimport.cli import cli
from csvimport.output.write import write_folder
from csvimport.read import blocks
from csvimport.read import source as reading
from csvimport.read.package import folder_contents
from csvimport.settings import LANGUAGES

pytestmark = [
    pytest.mark.no_cover,
    pytest.mark.skipif(sys.platform == "win32", reason="processes and limits of another kind"),
]

SOME, MUCH = 400, 800  # MB of memory; a process that reads nothing takes about 120

SHEET, SHARED, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
BOOK, LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
USUAL = parts()

SAMPLES = Path(__file__).parent.parent / "samples"
HEAD = ";".join(PRODUCT_HEADINGS) + "\r\n"
LINE = ";".join(ROW) + "\r\n"
CSV = (HEAD + LINE).encode()
FAR = row(1048576, cell("XFD1048576", "x"))
LONG = "a" * 50_000_000


@dataclass(frozen=True)
class Case:
    """An input; the key of the sentence that it is answered with, "" when it is read; the exit status then; and its memory in MB."""

    what: str
    content: bytes | Callable[[], bytes]
    says: str = ""
    name: str = "input.xlsx"
    status: int = 0
    peak: int = SOME

    def __str__(self) -> str:
        return f"{self.what} ({Path(self.name).suffix[1:]})"

    def bytes(self) -> bytes:
        return self.content if isinstance(self.content, bytes) else self.content()


def with_part(name: str, content: str | bytes) -> bytes:
    return zipped({**USUAL, name: content})


def implied(number: int, cells: int) -> str:
    """A row whose cells do not say where they stand."""
    return row(number, '<c t="inlineStr"><is><t>x</t></is></c>' * cells)


def shared(text: str) -> str:
    return USUAL[SHARED].replace("Tee", text)  # type: ignore[arg-type, return-value]


def taking_shared(cells: int, mark: str = 't="s"') -> str:
    return row(3, "".join(f'<c r="A{number}" {mark}><v>0</v></c>' for number in range(3, 3 + cells)))


def merged(*ranges: str) -> str:
    spans = "".join(f'<mergeCell ref="{span}"/>' for span in ranges)
    return sheet_xml(TABLE).replace("</sheetData>", f"</sheetData><mergeCells>{spans}</mergeCells>")


WORKBOOKS = [
    # zip bombs
    Case("a part of zeros", lambda: blown_up("xl/media/image1.bin", 120), "unpacks_absurdly"),
    Case("a sheet of blanks", declaring(xlsx(), SHEET, 120_000_000), "unpacks_absurdly"),
    Case("more than a gigabyte", lambda: declaring(xlsx(), SHEET, 3 << 30), "unpacks_too_large"),
    Case("a sheet longer than declared", lambda: declaring(with_part(SHEET, " " * 9_000_000), SHEET, 1000), "workbook_package_damaged"),
    Case("strings longer than declared", lambda: declaring(with_part(SHARED, " " * 9_000_000), SHARED, 1000), "workbook_package_damaged"),
    Case("thousands of entries", lambda: zipped({**USUAL, **{f"x/{number}.txt": "" for number in range(5000)}})),
    Case(
        "a long string shared by many cells", lambda: xlsx(TABLE + taking_shared(20_000), shared=shared("a" * 90_000)), "unpacks_too_large"
    ),
    Case(
        "the same with unusual marks",
        lambda: xlsx(TABLE + taking_shared(20_000, "t='s'"), shared=shared("a" * 90_000)),
        "unpacks_too_large",
    ),
    Case("a workbook in a workbook", with_part("xl/embeddings/book.xlsx", xlsx())),
    # far cells
    Case("the last cell of all", xlsx(TABLE + FAR), "cell_far_away"),
    Case("the last cell first", xlsx(FAR + TABLE), "cell_far_away"),
    Case("the last cell alone", xlsx(FAR), "cell_far_away"),
    Case("the last cell in small letters", xlsx(TABLE + FAR.replace("XFD", "xfd")), "cell_far_away"),
    Case("the last cell in single quotes", xlsx(TABLE + FAR.replace('"', "'")), "cell_far_away"),
    Case("the last cell in elements with a prefix", xlsx(sheet=prefixed(sheet_xml(TABLE + FAR))), "cell_far_away"),
    Case("the last cell in the strict form", zipped(in_strict_form(parts(TABLE + FAR))), "cell_far_away"),
    Case(
        "the last cell in a part named in capitals",
        zipped({**parts(TABLE + FAR, sheet=""), SHEET.upper(): sheet_xml(FAR)}),
        "workbook_package_damaged",
    ),
    Case("a place beyond all", xlsx(TABLE + row(3, cell("ZZZZZZZZZ3", "x"))), "cell_far_away"),
    Case("a row beyond all", xlsx(TABLE + row(3, cell("A99999999999", "x"))), "cell_far_away"),
    Case("100,000 columns", lambda: xlsx(row(1, "") + implied(2, 100_000)), "cell_far_away"),
    Case("a last row without places", lambda: xlsx(TABLE + implied(1048576, 1000)), "cell_far_away"),
    Case("a far cell that is only formatted", xlsx(TABLE + row(1048576, '<c r="XFD1048576" s="0"/>'))),
    Case("a far error without a value", xlsx(TABLE + row(1048576, '<c r="XFD1048576" t="e"/>'))),
    Case("a far error in a comment", xlsx(TABLE + "<c/>" + '<!-- <c r="XFD1048576" t="e"><v>#N/A</v></c> -->')),
    Case("the last cell with a sign like the end of its tag", xlsx(TABLE + FAR.replace(" t=", ' s="/>" t=')), "cell_far_away"),
    Case("the last cell with another place in front", xlsx(TABLE + FAR.replace("<c ", '<c r="A3" ')), "workbook_damaged"),
    Case(
        "a far corner that is only declared",
        xlsx(sheet=sheet_xml(TABLE).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')),
    ),
    Case("merged cells to the last one", xlsx(sheet=merged("A1:XFD1048576"))),
    Case(
        "many sheets with far cells",
        zipped({**parts(TABLE + row(400_000, cell("I400000", "x")), book=book_xml(*[(f"S{n}", 1) for n in range(50)]))}),
        "cell_far_away",
        peak=MUCH,
    ),
    # entities
    *(Case(f"a document type in {part}", with_part(part, DOCUMENT_TYPE + str(USUAL[part])), "workbook_document_type") for part in USUAL),
    Case("a document type in UTF-16", with_part(BOOK, (DOCUMENT_TYPE + str(USUAL[BOOK])).encode("utf-16")), "workbook_document_type"),
    Case("entities in a sheet in UTF-16", with_part(SHEET, (DOCUMENT_TYPE + sheet_xml(TABLE)).encode("utf-16")), "workbook_document_type"),
    Case(
        "a document type behind a long comment", with_part(STYLES, COMMENT + DOCUMENT_TYPE + str(USUAL[STYLES])), "workbook_document_type"
    ),
    Case("a long comment alone", with_part(STYLES, COMMENT + str(USUAL[STYLES]))),
    # parts that are missing, damaged, or lead in circles
    Case("no sheet", without(SHEET), "sheet_damaged"),
    Case("no list of sheets", without(BOOK), "workbook_package_damaged"),
    Case("no relationships", without(LINKS), "workbook_damaged"),
    Case("no shared strings", without(SHARED)),
    Case("no styles", without(STYLES)),
    Case("a string that is not shared", xlsx(line(1, PRODUCT_HEADINGS) + row(2, '<c r="A2" t="s"><v>99</v></c>')), "sheet_damaged"),
    Case("nothing but a sheet", zipped({SHEET: sheet_xml(TABLE)}), "workbook_package_damaged"),
    Case("an empty package", b"PK\x05\x06" + bytes(18), "text_named_workbook"),
    Case("a sheet that is the list of sheets", xlsx(links=relations(relation(1, "worksheet", "workbook.xml"))), "sheets_empty"),
    Case("a sheet that is its relationship", xlsx(links=relations(relation(1, "worksheet", "_rels/workbook.xml.rels"))), "sheets_empty"),
    Case("a sheet outside the package", xlsx(links=relations(relation(1, "worksheet", "../../../etc/passwd"))), "sheet_damaged"),
    Case("two sheets of one name", xlsx(book=book_xml(("A", 1), ("A", 1))), "workbook_sheets_damaged"),
    Case("two sheets of one part", xlsx(book=book_xml(("A", 1), ("B", 1))), "several_sheets"),
    *(Case(f"garbage for {part}", with_part(part, "<<<"), "workbook_damaged") for part in (BOOK, LINKS, SHARED, STYLES)),
    Case("garbage for a sheet", with_part(SHEET, "<<<"), "sheet_damaged"),
    Case("half a sheet", with_part(SHEET, sheet_xml(TABLE)[:-300]), "sheet_damaged"),
    Case("impossible merged cells", xlsx(sheet=merged("ZZZZ9:A1", "x")), "sheet_damaged"),
    Case("styles that are no numbers", xlsx(styles=str(USUAL[STYLES]).replace('"0"', '"x"'))),
    # what workbooks of real life hold
    Case("a cell of 50 MB", lambda: xlsx(TABLE + row(3, cell("B3", LONG))), "cell_too_long"),
    Case("a long formula below the table", lambda: xlsx(TABLE + row(3, f'<c r="B3"><f>{LONG[:200_000]}</f></c>')), "cell_too_long"),
    Case("a formula without a result below the table", xlsx(TABLE + row(3, '<c r="B3"><f>A1</f></c>')), status=1),
    Case("an error right of the table", xlsx(TABLE + row(3, '<c r="H3" t="e"><v>#REF!</v></c>')), status=1),
    Case("macros", with_part("xl/vbaProject.bin", OLE + bytes(2000)), name="input.xlsm"),
    Case(
        "a link to another workbook",
        zipped(
            {
                **parts(
                    line(1, PRODUCT_HEADINGS)
                    + row(
                        2,
                        cell("A2", "S")
                        + '<c r="B2" t="str"><f>[1]Hinnat!A1</f><v>Kahvi</v></c>'
                        + "".join(map(cell, ("C2", "D2", "E2", "F2"), ROW[2:])),
                    )
                ),
                "xl/externalLinks/externalLink1.xml": "<externalLink/>",
            }
        ),
    ),
    Case("a binary workbook", with_part("xl/workbook.bin", b"x"), "other_format"),
    Case("a password", hostile.with_password(), "workbook_encrypted"),
    Case("a part with a password", said_to_be_encrypted(xlsx()), "workbook_protected"),
    # .ods
    Case("a usual table", ods(), name="input.ods"),
    Case("repeated empty cells to the end", ods(ODS_TABLE + ods_row(NOTHING.format(16384), 1048574)), name="input.ods"),
    Case(
        "a far cell",
        ods(ODS_TABLE + ods_row(NOTHING.format(1), 1048000) + ods_row(NOTHING.format(1000) + ods_cell("x"))),
        "cell_far_away",
        "input.ods",
    ),
    Case("a cell repeated in all columns", ods(ODS_TABLE + ods_row(ods_cell("x", 16384))), "cell_far_away", "input.ods"),
    Case("a cell repeated in all rows", ods(ODS_TABLE + ods_row(ods_cell("x", 12), 1048574)), "cell_far_away", "input.ods"),
    Case("a cell repeated without end", ods(ODS_TABLE + ods_row(ods_cell("x", 10**30), 10**30)), "cell_far_away", "input.ods"),
    Case("a long text repeated", ods(ODS_TABLE + ods_row(ods_cell("a" * 90_000, 1000), 20)), "unpacks_too_large", "input.ods"),
    Case("a formula repeated", ods(ODS_TABLE + ods_row(FORMULA.format(3000), 10_000)), "cell_far_away", "input.ods"),
    Case(
        "a formula in the last row",
        ods(ODS_TABLE + ods_row(NOTHING.format(1), 1048000) + ods_row(FORMULA.format(12))),
        "cell_far_away",
        "input.ods",
    ),
    *(
        Case(
            f"a cell with {value} alone in the last row",
            ods(ODS_TABLE + ods_row(NOTHING.format(1), 1048000) + ods_row(ONLY.format(value))),
            "cell_far_away",
            "input.ods",
        )
        for value in ('office:value="1"', 'office:string-value="x"', 'office:boolean-value="true"')
    ),
    Case("blanks without end", ods(ODS_TABLE + ods_row(BLANKS.format(2_000_000_000))), "cell_too_long", "input.ods"),
    Case("blanks of a usual number", ods(ODS_TABLE.replace("Kahvi", 'Kahvi<text:s text:c="40000"/>')), name="input.ods"),
    Case("blanks repeated", ods(ODS_TABLE + ods_row(BLANKS.format(40_000), 30_000)), "unpacks_too_large", "input.ods"),
    Case("hidden columns without end", ods(f"{HIDDEN_COLUMNS * 12_000}{ODS_TABLE}"), name="input.ods"),
    Case("hidden rows without end", ods(ODS_TABLE + HIDDEN_ROWS * 12_000), name="input.ods"),
    Case(
        "a table in a cell",
        ods(ODS_TABLE + ods_row(NOTHING.format(1), 1048000) + IN_A_CELL + ods_row(ods_cell("x", 12))),
        "workbook_damaged",
        "input.ods",
    ),
    Case("a document type", ods(before=DOCUMENT_TYPE), "workbook_document_type", "input.ods"),
    Case("a document type behind a long comment", ods(before=COMMENT + DOCUMENT_TYPE), "workbook_document_type", "input.ods"),
    Case(
        "entities in UTF-16",
        zipped({"content.xml": (DOCUMENT_TYPE + "<a>&c;</a>").encode("utf-16")}),
        "workbook_document_type",
        "input.ods",
    ),
    Case("a password", ods(encrypted=True), "workbook_protected", "input.ods"),
    # .xls
    Case("a cell in the last column and row", xls_reaching(65535, 255), "cell_far_away", "input.xls"),
    Case("a cell beyond all columns", xls_reaching(65535, 65535), "cell_far_away", "input.xls"),
    Case("a cell beyond all columns of a small stream", small_xls(65535, 65535), "cell_far_away", "input.xls"),
    Case("a far corner that is only declared", xls_declaring(0, 65_536, 0, 256), name="input.xls", status=1),
    Case("a corner that is declared beyond all", xls_declaring(0, 0xFFFFFFFF, 0, 0xFFFF), "workbook_damaged", "input.xls"),
    Case("a last row that is declared before the first", xls_declaring(9, 3, 0, 6), "workbook_damaged", "input.xls"),
    Case("a last column that is declared before the first", xls_declaring(0, 3, 9, 6), "workbook_damaged", "input.xls"),
    Case("a long string shared by many cells", lambda: xls_sharing("a" * 32_000, 32_000), "unpacks_too_large", "input.xls"),
    Case("a small stream of no sheet", small_xls(2, 4), "sheets_empty", "input.xls"),
    Case("a password", xls_with_password(), "workbook_encrypted", "input.xls"),
    Case("a text document", OLE + bytes(1000), "workbook_damaged", "input.xls"),
    Case("sectors in a circle", xls()[:512] + struct.pack("<128I", *range(128)) * 40, "workbook_damaged", "input.xls"),
]

TEXTS = [
    Case("100,000 columns", ";".join("x" * 100_000).encode(), "row_too_wide", "input.csv"),
    Case("one wide row below many", lambda: (HEAD + LINE * 100_000 + "x;" * 1999).encode(), "row_far_wider", "input.csv"),
    Case("a cell of 50 MB", lambda: (HEAD + LINE + f"S;{LONG};K").encode(), "cell_too_long", "input.csv", peak=MUCH),
    Case("a quoted cell of 50 MB", lambda: (HEAD + LINE + f'S;"{LONG}";K').encode(), "cell_too_long", "input.csv", peak=MUCH),
    Case("a cell of 32,767 characters", (HEAD + "S;" + "a" * 32_767).encode(), name="input.csv", status=1),
    Case("numbers of 30,000 digits", (HEAD + "S;Tee;T-1;kpl;" + "9" * 30_000 + ";" + "1" * 30_000).encode(), name="input.csv", status=1),
    Case("blanks between two letters in every cell", (HEAD + ("x" + " " * 30_000 + "x;") * 6).encode(), name="input.csv", status=1),
    Case("a number in every heading", (";".join(["0" * 30_000 + "x"] * 6) + "\r\n" + LINE).encode(), name="input.csv", status=1),
    Case("brackets that never close", (";".join(["(" * 30_000] * 6) + "\r\n" + LINE).encode(), name="input.csv", status=1),
    Case("quotation marks alone", b'"' * 32_000, name="input.csv", status=1),
    Case("a quotation mark that never ends", lambda: (HEAD + LINE + 'S;"Tee' + ";x\r\n" * 100_000).encode(), name="input.csv", status=1),
    Case("a million line ends", CSV + b"\r" * 1_000_000, name="input.csv"),
    Case("delimiters alone", (";" * 1999 + "\n").encode() * 2000, "file_empty", "input.csv"),
    Case("a zero byte at the start", b"\0" + CSV, "not_text", "input.csv"),
    Case("a zero byte far below", CSV + LINE.encode() * 500 + b"S;\0\r\n", "not_text", "input.csv"),
    Case("a zero character", (HEAD + "S;\0").encode("utf-16"), "not_text", "input.csv"),
    Case("UTF-32", (HEAD + LINE).encode("utf-32"), "not_text", "input.csv"),
    Case("a lone surrogate", b"\xff\xfe" + HEAD.encode("utf-16-le") + b"\x00\xd8\n\0", "text_breaks_off", "input.csv"),
    Case("a lone surrogate, big-endian", b"\xfe\xff" + HEAD.encode("utf-16-be") + b"\xd8\0\0\n", "text_breaks_off", "input.csv"),
    Case("a surrogate in UTF-8", HEAD.encode() + b"S;\xed\xa0\x80;K-1;;;13,5\r\n", name="input.csv", status=1),
    Case("umlauts of MS-DOS", (HEAD + LINE + LINE.replace("Kahvi", "Åberg")).encode("cp850"), "text_of_no_encoding", "input.csv"),
    Case("UTF-16 of an odd length", (HEAD + LINE).encode("utf-16")[:-1], "text_breaks_off", "input.csv"),
    Case("UTF-8 cut in a character", (HEAD + LINE + "S;Pöytä").encode()[:-1], "text_breaks_off", "input.csv"),
    Case("UTF-8 with its mark, cut in a character", (HEAD + "S;Pöytä").encode("utf-8-sig")[:-1], "text_breaks_off", "input.csv"),
    Case("a byte order mark alone", b"\xef\xbb\xbf", "file_empty", "input.csv"),
    Case("a picture", b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(100), "other_format", "input.csv"),
    Case("a picture named as a workbook", b"\x89PNG\r\n\x1a\n" + bytes(100), "other_format"),
    Case("a compressed file", b"\x1f\x8b\x08\0" + bytes(100), "not_text", "input.csv"),
    Case("a workbook", xlsx(), "workbook_named_text", "input.csv"),
    Case("a CSV named as a workbook", CSV, "text_named_workbook"),
    Case("a CSV named as an old workbook", CSV, "text_named_workbook", "input.xls"),
    Case("a web page", b"<html><table><tr><td>S</td></tr></table></html>", "web_page", "input.xls"),
    Case("a new workbook named as an old one", xlsx(), name="input.xls"),
]

PROGRAM = "from csvimport.cli import main; main()"

CASES = [*WORKBOOKS, *TEXTS]


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    forks = Forks()
    yield forks
    forks.close()


@pytest.fixture
def run(forks: Forks, tmp_path: Path) -> Callable[..., Ended]:
    def run(*arguments: str, **limits: object) -> Ended:
        return forks.run(*arguments, folder=tmp_path, **limits)

    return run


ERRORS = tomllib.loads((Path(csvimport.__file__).parent / "messages" / "errors.toml").read_text(encoding="utf-8"))


def is_sentence(said: str, key: str, lang: str) -> bool:
    """Whether what was said is that sentence of the catalogue as an error, whatever fills its places, and nothing else."""
    frame, sentence = (re.sub(r"\\{\w+\\}", ".+", re.escape(text)) for text in (ERRORS["stopped"][lang], ERRORS[key][lang]))
    return re.fullmatch(f"{frame}\n", said) is not None and re.search(f"{sentence}$", said) is not None


def files(folder: Path) -> dict[str, bytes]:
    """What a folder holds."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_every_input_is_read_or_answered_with_a_sentence(case: Case, run: Callable[..., Ended], tmp_path: Path) -> None:
    lang = LANGUAGES[CASES.index(case) % len(LANGUAGES)]
    (tmp_path / case.name).write_bytes(case.bytes())
    ended = run("check", "products", case.name, "--lang", lang)
    if case.says:
        assert is_sentence(ended.err, case.says, lang), ended.err
        assert (ended.status, ended.out) == (2, b"")
    else:
        assert (ended.status, ended.err) == (case.status, "")
        assert ended.out
    assert ended.peak < case.peak
    assert list(files(tmp_path)) == [case.name]


# --- limits ----------------------------------------------------------------------------------------------------------


def test_a_limit_is_raised_by_the_option_and_by_the_settings(run: Callable[..., Ended], tmp_path: Path) -> None:
    (tmp_path / "input.xlsx").write_bytes(blown_up("xl/media/image1.bin", 120))
    assert run("check", "products", "input.xlsx").status == 2
    assert run("check", "products", "input.xlsx", "--max-size", "121MB").status == 0
    (tmp_path / "csvimport.toml").write_text('max_size = "0.2 GB"')
    assert run("check", "products", "input.xlsx").status == 0
    assert run("check", "products", "input.xlsx", "--max-size", "119MB").status == 2


@pytest.mark.parametrize("command", [("check",), ("convert", "-o", "out.csv"), ("map", "-o", "out.toml")], ids=lambda command: command[0])
def test_a_limit_is_lowered_by_every_command_that_reads(command: tuple[str, ...], run: Callable[..., Ended], tmp_path: Path) -> None:
    (tmp_path / "input.csv").write_bytes(CSV)
    ended = run(command[0], "products", "input.csv", *command[1:], "--max-size", f"{len(CSV) - 1}")
    assert is_sentence(ended.err, "input_too_large", "en")
    assert list(files(tmp_path)) == ["input.csv"]
    assert run(command[0], "products", "input.csv", *command[1:], "--max-size", f"{len(CSV)}").status == 0


def test_a_limit_holds_for_registers(run: Callable[..., Ended], tmp_path: Path) -> None:
    (tmp_path / "input.csv").write_bytes(CSV)
    (tmp_path / "accounts.csv").write_bytes(b"account\r\n" + b"3000\r\n" * 1000)
    (tmp_path / "csvimport.toml").write_text('[registers]\naccounts = "accounts.csv"')
    assert run("check", "products", "input.csv").status == 0
    ended = run("check", "products", "input.csv", "--max-size", "1KB")
    assert ended.status == 2
    assert "accounts.csv is larger than 1000 bytes" in ended.err


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("2GB", 2 * 10**9),
        ("500 MB", 5 * 10**8),
        ("1,5 Gt", 15 * 10**8),
        ("0.5GB", 5 * 10**8),
        ("12kB", 12_000),
        ("800", 800),
        ("1 gib", 10**9),
    ],
)
def test_a_size_is_read_as_people_write_it(text: str, size: int) -> None:
    assert limits.bytes_of(text) == size


@pytest.mark.parametrize("text", ["", "much", "0", "0 MB", "-1", "1e9", "2 XB", "GB"])
def test_what_is_no_size_is_answered_with_a_sentence(text: str) -> None:
    with pytest.raises(csvimport.UsageError, match="no size of an input"):
        check("products", CSV, max_size=text)
    if text:
        with pytest.raises(csvimport.UsageError, match="no size of an input"):
            check("products", CSV, settings={"max_size": text})


def test_the_python_functions_take_a_number_of_bytes_too() -> None:
    assert check("products", CSV, max_size=len(CSV)).ok
    with pytest.raises(csvimport.InputError, match=r"larger than .* bytes"):
        check("products", CSV, max_size=len(CSV) - 1)


@pytest.mark.parametrize("size", [2_000_000_001, 999_999_999_999])
def test_a_register_of_two_gigabytes_takes_the_option(size: int) -> None:
    limits.refuse_large("register.csv", 2_000_000_000, size)
    with pytest.raises(csvimport.InputError, match=r"larger than 1 GB.*--max-size"):
        limits.refuse_large("register.csv", 2_000_000_000, None)


def test_a_package_of_invoices_has_the_same_limit(run: Callable[..., Ended], tmp_path: Path) -> None:
    (tmp_path / "input.zip").write_bytes(zipped({"invoices.csv": "x", "receipt.pdf": bytes(120_000_000)}))
    ended = run("check", "invoices", "input.zip")
    assert is_sentence(ended.err, "unpacks_absurdly", "en")
    assert ended.peak < SOME


def test_a_computer_without_memory_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*arguments: object, **options: object) -> None:
        raise MemoryError

    (tmp_path / "input.csv").write_bytes(CSV)
    monkeypatch.setattr(reading, "read_delimited", refused)
    ended = CliRunner().invoke(cli, ["check", "products", str(tmp_path / "input.csv"), "--lang", "fi"])
    assert is_sentence(ended.stderr, "no_memory", "fi")
    assert ended.exit_code == 2


def test_what_took_the_memory_is_given_up_before_the_sentence_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[weakref.ref[Any]] = []
    left: list[object] = []

    def refused(*arguments: object, **options: object) -> None:
        much = {"much"}
        held.append(weakref.ref(much))
        raise MemoryError

    def cleaned(text: str) -> str:
        left.extend(reference() for reference in held)
        return text

    (tmp_path / "input.csv").write_bytes(CSV)
    monkeypatch.setattr(reading, "read_delimited", refused)
    monkeypatch.setattr("csvimport.cli.cleaned", cleaned)
    CliRunner().invoke(cli, ["check", "products", str(tmp_path / "input.csv")])
    assert left == [None]


# --- files that break off ----------------------------------------------------------------------------------------------

OPEN = pytest.mark.parametrize(
    ("content", "name"), [(xlsx(), "input.xlsx"), (ods(), "input.ods"), (xls(), "input.xls")], ids=["xlsx", "ods", "xls"]
)


def counted(content: bytes, name: str) -> Any:
    """What was counted in a workbook; nothing when it is refused with a sentence."""
    try:
        return csvimport.check("products", source(content, name)).to_dict()["counts"]
    except csvimport.InputError as error:
        return None if name in str(error) else str(error)


@OPEN
def test_a_workbook_that_breaks_off_anywhere_is_refused_or_whole(content: bytes, name: str) -> None:
    whole = counted(content, name)
    assert whole["rows"]
    for length in range(1, len(content), max(len(content) // 60, 1)):
        assert counted(content[:length], name) in (None, whole)


@OPEN
def test_a_workbook_with_a_wrong_byte_is_read_or_refused(content: bytes, name: str) -> None:
    for place in range(0, len(content), max(len(content) // 60, 1)):
        assert not isinstance(counted(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :], name), str)


# --- files that are none, vanish or change -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("missing.csv", "file_missing"),
        ("folder", "input_is_folder"),
        ("/dev/zero", "input_is_device"),
        ("/dev/null", "input_is_device"),
        ("/proc/self/mem", "file_unreadable"),
        ("circle", "file_unreadable"),
        ("x" * 300, "file_unreadable"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="devices of Linux")
def test_what_is_no_file_is_a_sentence(name: str, says: str, run: Callable[..., Ended], tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "circle").symlink_to("circle")
    ended = run("check", "products", name, "--lang", "fi")
    assert is_sentence(ended.err, says, "fi"), ended.err
    assert ended.status == 2


def test_a_pipe_is_read_like_standard_input(run: Callable[..., Ended], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(CSV,), daemon=True).start()
    assert run("check", "products", "pipe").status == 0


def test_standard_input_that_is_closed_is_empty(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -c "{PROGRAM}" check products - --lang sv <&-'
    ended = subprocess.run(command, shell=True, capture_output=True, cwd=tmp_path)  # noqa: S602
    assert is_sentence(ended.stderr.decode(), "file_empty", "sv")
    assert ended.returncode == 2


def test_standard_input_that_breaks_off_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def read(self, length: int) -> bytes:
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=Broken()))
    with pytest.raises(csvimport.InputError, match="standard input cannot be read: Input/output error"):
        csvimport.check("products", "-")


def test_standard_input_without_end_is_refused(run: Callable[..., Ended]) -> None:
    ended = run("check", "products", "-", "--max-size", "1MB", stdin="/dev/zero")
    assert is_sentence(ended.err, "input_too_large", "en")


@pytest.mark.skipif(not Path("/sys").is_dir(), reason="a folder in which not even the superuser makes files")
def test_a_folder_that_may_not_be_written_is_a_sentence(run: Callable[..., Ended], tmp_path: Path) -> None:
    (tmp_path / "input.csv").write_bytes(CSV)
    ended = run("convert", "products", "input.csv", "-o", "/sys/out.csv", "--lang", "fi")
    assert is_sentence(ended.err, "output_unwritable", "fi")
    assert (ended.status, ended.out) == (2, b"")


def test_a_file_that_may_not_be_read_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = Path.open

    def refused(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name == "input.csv":
            raise PermissionError(errno.EACCES, "Permission denied")
        return really(path, *arguments, **options)

    (tmp_path / "input.csv").write_bytes(CSV)
    monkeypatch.setattr(Path, "open", refused)
    with pytest.raises(csvimport.InputError, match=r"input\.csv cannot be read: permission is denied"):
        csvimport.check("products", tmp_path / "input.csv")


def test_a_file_that_changes_while_it_is_read_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "input.csv"
    path.write_bytes(CSV)
    before = path.stat()
    states = iter([before, os.stat_result((*before[:6], len(CSV) + 1, *before[7:]))])
    monkeypatch.setattr(blocks, "os", SimpleNamespace(fstat=lambda number: next(states)))
    with pytest.raises(csvimport.InputError, match="changed while it was read"):
        csvimport.check("products", path)


def test_an_attachment_that_vanishes_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "attachments"
    folder.mkdir()
    (folder / "receipt.pdf").write_bytes(b"%PDF")
    contents = folder_contents(folder)
    (folder / "receipt.pdf").unlink()
    with pytest.raises(csvimport.InputError, match=r"receipt\.pdf cannot be read"):
        contents["receipt.pdf"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is text")
@pytest.mark.parametrize("form", ["html", "json", "csv", "xlsx", "sarif"])
def test_a_name_that_is_no_text_is_shown_with_a_sign(form: str, run: Callable[..., Ended], tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.csv")
    (tmp_path / name).write_bytes(CSV)
    ended = run("convert", "products", name, "-o", os.fsdecode(b"\xe9.csv"), "--manifest", "--report", f"report.{form}")
    assert (ended.status, ended.err) == (0, "")
    assert "caf\N{REPLACEMENT CHARACTER}.csv" in ended.out.decode()
    assert len(files(tmp_path)) == 5


# --- outputs -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ("convert", "products", "input.csv", "-o", "out.csv", "--force"),
        ("check", "products", "input.csv", "--report", "report.xlsx"),
        ("check", "products", "input.csv", "--report", "report.html"),
        ("check", "products", "input.csv", "--report", "report.json"),
    ],
    ids=lambda arguments: arguments[-1],
)
def test_a_full_disk_is_a_sentence_and_leaves_old_outputs(arguments: tuple[str, ...], run: Callable[..., Ended], tmp_path: Path) -> None:
    (tmp_path / "input.csv").write_bytes(HEAD.encode() + LINE.encode() * 1000)
    (tmp_path / "out.csv").write_bytes(b"old")
    before = files(tmp_path)
    ended = run(*arguments, "--lang", "sv", file_size=1000)
    assert is_sentence(ended.err, "output_unwritable", "sv"), ended.err
    assert (ended.status, ended.out, files(tmp_path)) == (2, b"", before)


@pytest.mark.parametrize("beside", [("--report", "report.html"), ("--manifest",)], ids=lambda arguments: arguments[0])
def test_a_report_that_does_not_fit_behind_the_output_says_that_the_output_stands(
    beside: tuple[str, ...], run: Callable[..., Ended], tmp_path: Path
) -> None:
    (tmp_path / "input.csv").write_bytes(CSV)
    ended = run("convert", "products", "input.csv", "-o", "out.csv", *beside, file_size=2 * len(CSV))
    assert (ended.status, ended.out) == (2, b"")
    assert re.fullmatch(
        r"Error: (report\.html|out\.csv\.manifest\.\w+) cannot be written: .+\. The output itself has been written already: out\.csv\.\n",
        ended.err,
    )
    assert sorted(files(tmp_path)) == ["input.csv", "out.csv"]
    assert files(tmp_path)["out.csv"] == csvimport.convert("products", tmp_path / "input.csv").to_bytes()


def test_a_report_that_does_not_fit_names_no_output_where_there_is_none(run: Callable[..., Ended], tmp_path: Path) -> None:
    (tmp_path / "input.csv").write_bytes(HEAD.encode() + b"wrong\n")
    ended = run("convert", "products", "input.csv", "-o", "out.csv", "--report", "report.html", file_size=1000)
    assert is_sentence(ended.err, "output_unwritable", "en") and "output itself" not in ended.err, ended.err
    assert sorted(files(tmp_path)) == ["input.csv"]


def test_a_full_disk_leaves_an_old_folder(run: Callable[..., Ended], tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "muistiotositteet.xlsx", tmp_path / "input.xlsx")
    assert run("convert", "memo-vouchers", "input.xlsx", "-o", "vouchers").status == 0
    before = files(tmp_path / "vouchers")
    assert len(before) > 2
    ended = run("convert", "memo-vouchers", "input.xlsx", "-o", "vouchers", "--force", file_size=100)
    assert is_sentence(ended.err, "output_unwritable", "en")
    assert files(tmp_path / "vouchers") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["input.xlsx", "vouchers"]


@pytest.mark.parametrize("failing", [1, 2])
@pytest.mark.parametrize("error", [OSError("no"), KeyboardInterrupt(), SystemExit(143)], ids=lambda error: type(error).__name__)
def test_an_old_folder_survives_whatever_happens_while_the_new_one_takes_its_place(
    failing: int, error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "vouchers"
    target.mkdir()
    (target / "old.csv").write_bytes(b"old")
    replace, calls = Path.replace, iter(range(1, 10))

    def failing_once(path: Path, other: Path) -> Path:
        if next(calls) == failing:
            raise error
        return replace(path, other)

    monkeypatch.setattr(Path, "replace", failing_once)
    with pytest.raises((csvimport.OutputError, KeyboardInterrupt, SystemExit)):
        write_folder({"new.csv": b"new"}, target)
    assert files(target) == {"old.csv": b"old"}
    assert [path.name for path in tmp_path.iterdir()] == ["vouchers"]


@pytest.mark.parametrize("arguments", [("--format", "text"), ("--format", "json")], ids=["text", "json"])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
def test_standard_output_on_a_full_disk_is_a_sentence(arguments: tuple[str, ...], run: Callable[..., Ended], tmp_path: Path) -> None:
    (tmp_path / "input.csv").write_bytes(CSV)
    ended = run("convert", "products", "input.csv", "-o", "out.csv", "--lang", "fi", *arguments, stdout="/dev/full")
    assert is_sentence(ended.err, "unprintable", "fi"), ended.err
    assert ended.status == 2
    assert set(files(tmp_path)) == {"input.csv", "out.csv"}


@pytest.mark.parametrize(
    ("arguments", "key"), [("--help", "unprintable"), ("--version", "unprintable"), ("check --help", "system_refuses")]
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
def test_help_on_a_full_disk_is_a_sentence(arguments: str, key: str, run: Callable[..., Ended]) -> None:
    ended = run(*arguments.split(), stdout="/dev/full")
    assert (ended.status, is_sentence(ended.err, key, "en")) == (2, True), ended.err


@pytest.mark.parametrize("name", ["/dev/null", "pipe.csv", "pipe.json"])
def test_a_device_or_a_pipe_is_never_replaced(name: str, run: Callable[..., Ended], tmp_path: Path) -> None:
    (tmp_path / "input.csv").write_bytes(CSV)
    for pipe in ("pipe.csv", "pipe.json"):
        os.mkfifo(tmp_path / pipe)
    output = ("--report", name) if name.endswith(".json") else ("-o", name, "--force")
    ended = run("check" if "--report" in output else "convert", "products", "input.csv", *output)
    assert is_sentence(ended.err, "output_is_device", "en"), ended.err
    assert (ended.status, (tmp_path / name).is_file()) == (2, False)


# --- readers and users that go away ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_reader_that_has_seen_enough_ends_the_program_without_a_word(form: str, tmp_path: Path) -> None:
    path = tmp_path / "input.csv"
    path.write_bytes(upload(*[changed(PRODUCT, C=str(n), F="-1", G="x") for n in range(2000)]))
    arguments = [sys.executable, "-c", PROGRAM, "check", "products", str(path), "--format", form]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 2


INTERRUPTED = """
import os, signal
import csvimport.{module} as module
from csvimport.cli import main

signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background processes ignore
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # which those of nohup do
real = module.{name}

def interrupted(*arguments, **options):
    os.kill(os.getpid(), signal.{sent})
    return real(*arguments, **options)

module.{name} = interrupted
main()
"""


@pytest.mark.parametrize(
    ("sent", "status", "module", "name"),
    [
        ("SIGINT", 130, "read.source", "read_delimited"),
        ("SIGINT", 130, "pipeline", "validate"),
        ("SIGINT", 130, "output.write", "os.fsync"),
        ("SIGTERM", 143, "output.write", "os.fsync"),
        ("SIGHUP", 129, "pipeline", "validate"),
    ],
)
def test_an_interrupt_ends_every_step_and_keeps_the_old_output(sent: str, status: int, module: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "input.csv").write_bytes(CSV)
    (tmp_path / "out.csv").write_bytes(b"old")
    lang = LANGUAGES[len(name) % len(LANGUAGES)]
    arguments = ["convert", "products", "input.csv", "-o", "out.csv", "--force", "--lang", lang]
    program = INTERRUPTED.format(module=module, name=name, sent=sent)
    ended = subprocess.run([sys.executable, "-c", program, *arguments], cwd=tmp_path, capture_output=True)
    says = ERRORS["interrupted"][lang] + "\n" if sent == "SIGINT" else ""
    assert (ended.returncode, ended.stderr.decode(), ended.stdout) == (status, says, b"")
    assert files(tmp_path) == {"input.csv": CSV, "out.csv": b"old"}


# --- reports of workbooks that openpyxl cannot copy --------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        with_part(STYLES, str(USUAL[STYLES]).replace('"0"', '"x"')),
        with_part("docProps/core.xml", "<<<"),
        zipped(parts(sheet=merged("A1:XFD1048576"))),
        zipped(
            {
                **parts(
                    book=book_xml(("Tuotteet", 1), ("Muut", 2)),
                    links=relations(relation(1, "worksheet", "worksheets/sheet1.xml"), relation(2, "worksheet", "worksheets/sheet2.xml")),
                ),
                "xl/worksheets/sheet2.xml": merged("A1:XFD1048576"),
            }
        ),
    ],
    ids=["styles", "properties", "merged cells", "merged cells of another sheet"],
)
def test_a_report_stands_whatever_else_a_workbook_holds(content: bytes, run: Callable[..., Ended], tmp_path: Path) -> None:
    (tmp_path / "input.xlsx").write_bytes(content)
    ended = run("check", "products", "input.xlsx", "--sheet", "Tuotteet", "--report", "report.xlsx")
    assert (ended.status, ended.err) == (0, "")
    assert ended.peak < SOME
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert [page["A1"].value for page in book.worksheets if page.title == "Tuotteet"] == [PRODUCT_HEADINGS[0]]
    assert any("cannot be copied as a whole" in str(line) for line in book["csvimport"].iter_rows(values_only=True))
