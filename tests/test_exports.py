"""Exports that look like those of other programs, and the mappings that convert them: drafts with a few lines edited."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from helpers import REMINDERS
from openpyxl import load_workbook

import csvimport
from csvimport.settings import LANGUAGES

EXPORTS = Path(__file__).parent / "exports"
GOLDEN = Path(__file__).parent / "golden" / "exports"
MOST_EDITS = 5

FILES = {
    "webshop-orders.csv": "invoices",
    "asiakasluettelo.xlsx": "partners",
    "time-report.csv": "payroll",
    "korttikuitit.csv": "invoices",
    "leverantorer.xlsx": "partners",
}
# What is left to say: columns that are not needed, and what the export does not know.
SAID = {
    "webshop-orders.csv": {("T-01", 3, "D"), ("T-01", 3, "P")},
    "asiakasluettelo.xlsx": {("P-29", 6, None), ("P-29", 8, None), ("P-29", 9, None)},
    "time-report.csv": {("T-01", 4, "A"), ("T-01", 4, "C"), ("T-01", 4, "E"), ("T-01", 4, "G"), ("PAY-27", 6, "B")},
    "korttikuitit.csv": {
        ("T-01", 4, "H"),
        ("T-01", 4, "I"),
        ("I-21", 7, None),
        *(("I-16", row, None) for row in range(5, 9)),
        *(("I-68", row, "F") for row in range(5, 9)),
    },
    "leverantorer.xlsx": set(),
}
# Sums and counts as the exports themselves give them, or worked out by hand.
TOTALS = {
    "webshop-orders.csv": {"invoices": "2", "sum with VAT": "1343.90"},  # 2 × 12,50 + 5,90 + 1250,00 + 3 × 21,00
    "asiakasluettelo.xlsx": {"customers": "4", "suppliers": "0"},
    "time-report.csv": {"rows": "6", "employees": "3", "quantity of salary type 1004": "23.25", "quantity of salary type 1447": "1.50"},
    "korttikuitit.csv": {"invoices": "4", "sum with VAT": "1245.40"},
    "leverantorer.xlsx": {"customers": "0", "suppliers": "3"},
}
EACH = pytest.mark.parametrize("name", FILES)


@pytest.fixture(autouse=True)
def folder(monkeypatch):
    """The folder of the exports, so that they are named without it."""
    monkeypatch.chdir(EXPORTS)


def mapping_of(name):
    return Path(name).with_suffix(".toml")


def golden(name):
    """The expected bytes; kept as UTF-8 with LF, so that changes can be read."""
    return (GOLDEN / name).with_suffix(".csv").read_text(encoding="utf-8").replace("\n", "\r\n").encode("cp1252")


def statements(text):
    """What a mapping says, each key of a table and each entry of a list by itself."""
    said = set()
    for key, value in tomllib.loads(text).items():
        entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else [("", value)]
        for name, entry in entries:
            parts = entry.items() if key == "values" else [("", entry)]
            said |= {(key, "" if isinstance(value, list) else name, part, json.dumps(what)) for part, what in parts}
    return said


@EACH
def test_an_export_converts_to_the_expected_bytes(name):
    result = csvimport.convert(FILES[name], name, mapping=mapping_of(name))
    assert result.report.ok, [(i.code, i.row, i.column, i.message) for i in result.report.issues if i.severity == "error"]
    assert result.to_bytes() == golden(name)


@EACH
def test_what_is_said_about_an_export(name):
    report = csvimport.check(FILES[name], name, mapping=mapping_of(name))
    assert {(i.code, i.row, i.column) for i in report.issues if i.severity != "note" and i.code not in REMINDERS} == SAID[name]
    totals = {figure.name: figure.value for figure in report.totals}
    assert {key: totals.get(key) for key in TOTALS[name]} == TOTALS[name]


@EACH
def test_what_comes_out_is_right_as_it_is(tmp_path, name):
    path = tmp_path / "upload.csv"
    path.write_bytes(golden(name))
    assert csvimport.check(FILES[name], path, as_is=True).ok


@EACH
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_mapping_is_its_draft_with_a_few_lines_edited(name, lang):
    draft = statements(csvimport.draft_mapping(FILES[name], name, lang=lang))
    edited = statements(mapping_of(name).read_text(encoding="utf-8"))
    assert draft <= edited  # nothing that was drafted had to be taken back
    assert 0 < len(edited - draft) <= MOST_EDITS


@EACH
def test_an_export_needs_its_mapping(name):
    assert not csvimport.check(FILES[name], name).ok


@EACH
def test_a_mapping_is_for_its_export_alone(name):
    other = next(each for each in FILES if FILES[each] == FILES[name] and each != name) if FILES[name] != "payroll" else None
    if other:
        assert "T-13" in {issue.code for issue in csvimport.check(FILES[name], other, mapping=mapping_of(name)).issues}


def test_the_exports_are_those_that_the_script_makes(tmp_path):
    subprocess.run([sys.executable, "make_exports.py", tmp_path], check=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FILES)
    for made in tmp_path.iterdir():
        if made.suffix == ".xlsx":
            assert cells(made) == cells(made.name), f"{made.name} has been changed by hand; change make_exports.py"
        else:
            assert made.read_bytes() == Path(made.name).read_bytes()


def cells(path):
    """The values and the merged cells of a workbook by sheet."""
    book = load_workbook(path)
    return {
        page.title: ([[cell.value for cell in row] for row in page.iter_rows()], sorted(map(str, page.merged_cells.ranges)))
        for page in book
    }
