"""Text that a spreadsheet could take for a formula: told, uploaded unchanged, and a formula in nothing that csvimport makes."""

import csv
import html
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlwt
from click.testing import CliRunner
from helpers import CUSTOMER, PRODUCT, PRODUCT_HEADINGS, changed, check, source, table, upload

import csvimport
from csvimport.cli import cli
from csvimport.schema import names

pytestmark = pytest.mark.no_cover

FORMULAS = (
    '=HYPERLINK("http://example.com";"x")',
    "=cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1",
    "+cmd",
    "-2+3",
    "=1+1",
    "=",
    "- 2 * (3)",
    "+1-A1",
    "@x",
)
CALCULATED = ('=HYPERLINK("http://example.com";"x")', "=cmd|' /C calc'!A0")  # as a spreadsheet shows its own formulas: an error
PLAIN = (
    "+358 40 123 4567", "+358401234567", "+46 (0)8-123 456", "-5,00", "-1 234,50 €", "+5", "- 12,5 %", "-5 kpl", "-", "+", "–", "--",
    "Kahvi = tee", "a@example.com", "1-2", "5+5",
)  # fmt: skip
TRIGGER = re.compile(r"[=@\t\r\n＝＠＋－]|[-+](?!\d+(?:[.,]\d+)?$)")


def warned(report: Any, column: str) -> list[str]:
    return [issue.severity for issue in report.issues if issue.code == "C-47" and issue.column == column]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_begins_like_a_formula_is_told_at_its_cell(text: str) -> None:
    report = check("products", table([PRODUCT_HEADINGS, ("S", text, "K-1", "kpl", "4,5", "13,5")]))
    assert warned(report, "B") == ["error" if text in CALCULATED else "warning"]


@pytest.mark.parametrize("text", PLAIN)
def test_numbers_and_telephone_numbers_are_no_formulas(text: str) -> None:
    report = check("products", table([PRODUCT_HEADINGS, ("S", text, "K-1", "kpl", "4,5", "13,5")]))
    assert warned(report, "B") == []
    assert warned(check("partners", upload(changed(CUSTOMER, J=text))), "J") == []


def test_negative_amounts_and_wrong_numbers_are_no_formulas() -> None:
    """What stands in a field of numbers and is none is told by the rule of the field."""
    rows = [("Vuosi", "Tili", "Tammikuu", "Helmikuu"), ("2027", "3000", "-1200", "-2+3")]
    found = {(issue.code, issue.column) for issue in check("budgets", table(rows)).issues if issue.severity != "note"}
    assert ("C-47", "C") not in found
    assert ("C-47", "D") not in found
    assert any(column == "D" for _, column in found)
    assert ";-1200;" in csvimport.convert("budgets", given([*rows[:1], ("2027", "3000", "-1200", "0")], ".xlsx")).to_bytes().decode()


KINDS_OF_TEXT = ("text", "item_name", "dimension_name", "customer_number", "filename", "address", "email", "word", "account")


@pytest.mark.parametrize("file", names())
def test_every_field_of_text_in_every_file_is_looked_at(file: str) -> None:
    schema = csvimport.schema(file)
    fields = {f.key: f for record in schema.records for f in record.fields if f.kind in KINDS_OF_TEXT}
    months = {key: "0" for record in schema.records if record.calendar for key in record.calendar.months}
    frame = pd.DataFrame([{**dict.fromkeys(fields, "@SUM(1)"), **({"year": "2027"} if months else {}), **months}])
    told = {issue.field for issue in csvimport.check(file, frame).issues if issue.code == "C-47"}
    assert told
    assert {f.key for f in fields.values() if f.kind in ("text", "item_name", "customer_number")} - told == set()


# --- the upload file -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [text for text in FORMULAS if text not in CALCULATED])
@pytest.mark.parametrize("suffix", [".csv", ".xlsx", "frame"])
def test_an_upload_holds_the_text_as_it_stands(text: str, suffix: str) -> None:
    result = csvimport.convert("products", given([PRODUCT_HEADINGS, ("S", text, "K-1", "kpl", "4,5", "13,5")], suffix))
    assert result.report.ok
    assert result.to_bytes().decode("cp1252").split(";")[1] == text.strip()


def test_an_upload_that_is_ready_stays_byte_for_byte() -> None:
    for text in FORMULAS:
        if text not in CALCULATED and text == text.strip():
            ready = upload(changed(PRODUCT, B=text, H="-x"))
            assert csvimport.convert("products", source(ready)).to_bytes() == ready


# --- what csvimport makes ------------------------------------------------------------------------------------------


def given(rows: list[tuple[str, ...]], suffix: str, name: str = "input", title: str = "Tuotteet") -> Any:
    """Rows as a file of some kind; in a workbook all are texts, whatever they begin with."""
    if suffix == "frame":
        return pd.DataFrame(rows[1:], columns=list(rows[0]))
    stream = io.BytesIO()
    if suffix == ".csv":
        return source(table(rows).encode(), f"{name}.csv")
    if suffix == ".xls":
        old = xlwt.Workbook()
        sheet = old.add_sheet(title)
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                sheet.write(y, x, value)
        old.save(stream)
    else:
        book = openpyxl.Workbook()
        book.active.title = title
        for y, row in enumerate(rows, start=1):
            for x, value in enumerate(row, start=1):
                cell = book.active.cell(y, x, value)
                cell.data_type = "s"
        book.save(stream)
    return source(stream.getvalue(), f"{name}{suffix}")


def hostile(text: str) -> list[tuple[str, ...]]:
    """Faults in all cells, and columns of no field: the text is in values, headings, suggestions and hints."""
    return [(*PRODUCT_HEADINGS, text, f"{text} 2"), (text,) * 8, ("S", text, text, text, "-4,5", "13,5", text, text)]


def formulas(content: bytes) -> list[str]:
    """What a workbook holds as formulas, in cells and elsewhere, our own conditional formats aside."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [package.read(part).decode("utf-8", "replace") for part in package.namelist() if part.endswith(".xml")]
    return [
        formula
        for part in parts
        for formula in re.findall(r"<f[ >].*?</f>|<f/>|<definedName.*?</definedName>", part)
        if "Print_" not in formula
    ]


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".xls", "frame"])
def test_no_workbook_holds_it_as_a_formula(text: str, suffix: str, tmp_path: Path) -> None:
    title = re.sub(r"[\\/*?:\[\]\t]", "_", text)[:31]
    name = re.sub(r"[/\t]", "_", text)
    csvimport.check("products", given(hostile(text), suffix, name, title), report=tmp_path / "report.xlsx")
    content = (tmp_path / "report.xlsx").read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for page in book for row in page for cell in row if cell.value is not None]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [formula for formula in formulas(content) if "_FilterDatabase" not in formula] == []
    assert sum(text.strip() in str(cell.value) for cell in cells) > 10


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_report_begins_like_it(text: str, tmp_path: Path) -> None:
    title = re.sub(r"[\\/*?:\[\]\t]", "_", text)[:31]
    csvimport.check("products", given(hostile(text), ".xlsx", text, title), report=tmp_path / "report.csv")
    lines = [*csv.reader(io.StringIO((tmp_path / "report.csv").read_bytes().decode("utf-8-sig"), newline=""), delimiter=";", strict=True)]
    assert len({len(line) for line in lines}) == 1
    assert [cell for line in lines for cell in line if TRIGGER.match(cell)] == []
    assert sum(text.strip() in cell for line in lines for cell in line) > 10


@pytest.mark.parametrize("mark", [",", ", ", "\t"])
@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "＝1+1"])
def test_no_piece_of_a_cell_begins_like_it_where_commas_or_tabs_cut_the_lines(text: str, mark: str, tmp_path: Path) -> None:
    csvimport.check("products", given(hostile(f"a{mark}{text}{mark}b"), "frame"), report=tmp_path / "report.csv")
    report = (tmp_path / "report.csv").read_bytes().decode("utf-8-sig")
    pieces = [piece.strip() for line in report.splitlines() for piece in re.split(r"[,\t;]", line)]
    assert [piece for piece in pieces if piece.startswith(("=", "@", "＝"))] == []
    assert f"'{text}" in report


@pytest.mark.parametrize("text", FORMULAS)
def test_the_list_of_uploads_and_names_of_files_begin_like_none(text: str) -> None:
    rows = [("Tosite", "Pvm", "Tositteen nimi", "Selite", "Tili", "Debet", "Kredit")]
    for key in ("1", "@2"):
        rows += [(key, "31.1.2026", text, "x", "7230", "300,00", ""), (key, "31.1.2026", text, "x", "1950", "", "300,00")]
    result = csvimport.convert("memo-vouchers", given(rows, ".csv"))
    files = csvimport.convert("memo-vouchers", given(rows, ".csv"), accept=()).to_files() if result.report.ok else {}
    if text in CALCULATED:
        assert not result.report.ok
        return
    assert [name for name in files if TRIGGER.match(name) or "/" in name] == []
    lines = [*csv.reader(io.StringIO(files["upload-list.csv"].decode("utf-8-sig"), newline=""), delimiter=";", strict=True)]
    assert [cell for line in lines for cell in line if TRIGGER.match(cell)] == []
    assert [len(line) for line in lines] == [len(lines[0])] * 3


def test_html_shows_it_as_text(tmp_path: Path) -> None:
    text = '=HYPERLINK("http://example.com";"<script>alert(1)</script>")'
    csvimport.check("products", given(hostile(text), ".csv", "<img src=x onerror=alert(1)>"), report=tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "<a href" not in page.replace('<a class="skip" href', "")
    assert html.escape(text) in page


def test_manifest_holds_it_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In Markdown neither markup nor the end of a cell."""
    monkeypatch.chdir(tmp_path)
    csvimport.convert(
        "products", given([PRODUCT_HEADINGS, ("S", "x", "K-1", "kpl", "4,5", "13,5")], ".csv", "=1|<b>x</b>"), "-2+3.csv", manifest=True
    )
    page = Path("-2+3.csv.manifest.md").read_text(encoding="utf-8")
    assert "<b>" not in page
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in page.splitlines() if line.startswith("|")} == {3, 4}


def test_a_template_holds_no_formula(tmp_path: Path) -> None:
    for file in names():
        csvimport.template(file, tmp_path / f"{file}.xlsx", example=True)
        book = openpyxl.load_workbook(tmp_path / f"{file}.xlsx")
        assert [cell.coordinate for page in book for row in page for cell in row if cell.data_type == "f"] == []


# --- terminals -----------------------------------------------------------------------------------------------------


def test_a_terminal_is_not_steered_by_what_an_input_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = "x\x1b[2J\x07\x9b31m"
    Path(f"{text}.csv").write_bytes(table([(*PRODUCT_HEADINGS, text), ("S", text, text, "kpl", text, "13,5", text)]).encode())
    for name in (f"{text}.csv", f"no{text}.csv"):
        result = CliRunner().invoke(cli, ["check", "products", name])
        assert re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", result.output) is None
        assert "\N{REPLACEMENT CHARACTER}[2J" in result.output
