"""The manifest of a conversion: checksums, counts and sums that can be checked years later."""

import csv
import datetime as dt
import hashlib
import json
import re
import stat
from pathlib import Path

import pytest
from helpers import PRODUCT, PRODUCT_HEADINGS, changed, source, table, upload
from test_cli import RIGHT, WRONG, folder, listed, put, refused, run
from test_samples import SAMPLES, TABLES, UPLOADS

import csvimport
from csvimport.messages import phrase
from csvimport.report.preview import figure_text

__all__ = ["folder"]  # every test runs in a folder of its own


def made(file, given, target="out.csv", **options):
    """A conversion and its manifest as JSON."""
    result = csvimport.convert(file, given, target, manifest=True, **options)
    assert result.report.ok, [issue for issue in result.report.issues if issue.severity == "error"]
    return result, json.loads(Path(f"{target}.manifest.json").read_bytes())


def digest(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def markdown(target="out.csv"):
    """The rows of both tables of a manifest for people."""
    text = Path(f"{target}.manifest.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))] for line in text.splitlines() if line.startswith("|")]
    return text, [row for row in rows if any(row) and not set("".join(row)) <= set("- ")]


# --- what it says --------------------------------------------------------------------------------------------------

KEYS = [
    "csvimport", "file", "written_as", "schema_version", "schema_sha256", "made", "input", "outputs", "rows_of_sheets", "rows_of_input",
    "rows_left_out", "rows_read", "rows_added_up", "records_written", "records_with_errors", "errors", "warnings", "notes", "totals",
]  # fmt: skip


@pytest.mark.no_cover
@pytest.mark.parametrize(("file", "name"), [*UPLOADS, *TABLES])
def test_checksums_and_figures_are_right(file, name):
    result, facts = made(file, SAMPLES / name)
    assert list(facts) == KEYS
    assert (facts["csvimport"], facts["file"]) == (csvimport.__version__, file)
    assert facts["input"]["path"] == str(SAMPLES / name)
    assert facts["input"]["sha256"] == digest(SAMPLES / name)
    assert facts["input"]["sheet"] == result.report.to_dict()["input"]["sheet"]
    assert facts["outputs"] == [{"name": "out.csv", "bytes": Path("out.csv").stat().st_size, "sha256": digest("out.csv")}]
    assert facts["totals"] == result.report.to_dict()["totals"]
    counts = result.report.counts
    assert (facts["errors"], facts["warnings"], facts["notes"]) == (0, counts.warnings, counts.notes)
    assert listed() == ["out.csv", "out.csv.manifest.json", "out.csv.manifest.md"]
    assert result.outputs == ("out.csv", "out.csv.manifest.json", "out.csv.manifest.md")


def test_the_day_is_told_with_its_zone():
    before = dt.datetime.now(dt.UTC).replace(microsecond=0)
    told = dt.datetime.fromisoformat(made("products", source(RIGHT))[1]["made"])
    assert before <= told <= dt.datetime.now(dt.UTC)


def test_the_schema_is_told_by_its_checksum():
    first, second = (made(file, SAMPLES / f"{file}.csv", f"{file}.out.csv")[1]["schema_sha256"] for file in ("products", "partners"))
    assert first != second
    schemas = Path(csvimport.__file__).parents[1] / "schemas"
    assert first == digest(schemas / "products.toml")


def test_the_parts_for_people_and_for_programs_agree():
    facts = made("invoices", SAMPLES / "verkkokauppa.xlsx")[1]
    text, rows = markdown()
    assert text.startswith("# ")
    assert text.endswith("|\n")
    told = [row for row in rows if len(row) == 2]
    values = [value for _, value in told]
    assert f"{SAMPLES / 'verkkokauppa.xlsx'} Tilaukset" in values
    assert {facts["input"]["sha256"], facts["schema_sha256"], str(facts["rows_read"])} <= set(values)
    assert {("Records written: invoices", "5"), ("Records written: rows", "9")} <= {(name, value) for name, value in told}
    assert {("Sum with VAT", "684,14 EUR"), ("VAT 25,5 %", "56,56 EUR"), ("Invoices of type M", "5")} <= {tuple(row) for row in told}
    (output,) = facts["outputs"]
    assert [output["name"], str(output["bytes"]), output["sha256"]] in rows


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_the_markdown_speaks_the_language_and_the_json_does_not(lang):
    facts = made("products", SAMPLES / "tuotteet.xlsx", lang=lang)[1]
    text, rows = markdown()
    assert phrase("manifest_title", lang, title=csvimport.schema("products").title[lang]) in text
    names = {row[0] for row in rows}
    assert {phrase(f"manifest_{name}", lang) for name in ("made", "input", "rows", "equation", "schema")} <= names
    assert [phrase("file", lang), phrase("manifest_size", lang), "SHA-256"] in rows
    labels = [
        figure_text(figure, lang).rpartition(" ")[0].capitalize()
        for figure in csvimport.check("products", SAMPLES / "tuotteet.xlsx").totals
    ]
    assert len(labels) == len(facts["totals"]) > 0
    assert set(labels) <= names
    assert [figure["name"] for figure in facts["totals"]] == ["sales products", "purchase products"]


def test_a_name_with_a_bar_does_not_break_the_table():
    put("a|b.csv")
    made("products", "a|b.csv", "c|d.csv")
    assert {len(row) for row in markdown("c|d.csv")[1]} == {2, 3}


# --- rows read and rows left out -----------------------------------------------------------------------------------

HEADINGS = ("Product type", "Product name", "Unit price", "VAT-%")
COFFEE, TEA = ("S", "Kahvi", "4,50", "25,5"), ("S", "Tee", "3,20", "25,5")
BLANK, TITLE, TOTAL = ("",) * 4, ("Hinnasto 2026", "", "", ""), ("", "Yhteensä", "7,70", "")
SHEETS = {
    "plain": [HEADINGS, COFFEE, TEA],
    "blank rows between": [HEADINGS, COFFEE, BLANK, BLANK, TEA],
    "blank rows at the end": [HEADINGS, COFFEE, TEA, BLANK, BLANK],
    "title": [TITLE, HEADINGS, COFFEE],
    "title and blank row": [TITLE, BLANK, HEADINGS, COFFEE],
    "blank row above": [BLANK, HEADINGS, COFFEE],
    "totals": [HEADINGS, COFFEE, TEA, TOTAL],
    "everything": [TITLE, TITLE, HEADINGS, COFFEE, BLANK, TEA, TOTAL, BLANK],
}


def rows_of(facts):
    """The rows that the manifest explains; they are those of the input."""
    explained = facts["rows_read"] + sum(facts["rows_left_out"].values())
    assert explained == facts["rows_of_input"] == sum(sheet["rows"] for sheet in facts["rows_of_sheets"])
    return explained


@pytest.mark.no_cover
@pytest.mark.parametrize(("file", "name"), [*UPLOADS, *TABLES])
def test_the_equation_of_rows_is_written_out_and_holds(file, name):
    facts = made(file, SAMPLES / name)[1]
    told = dict(row for row in markdown()[1] if len(row) == 2)
    total, _, parts = told[phrase("manifest_equation", "en")].partition(" = ")
    assert int(total) == sum(map(int, parts.split(" + "))) == rows_of(facts) == int(told[phrase("manifest_rows_of_input", "en")])
    assert told[phrase("manifest_records_wrong", "en")] == "0"


def test_budget_rows_that_make_several_records_are_explained():
    made("budgets", SAMPLES / "budjetti.xlsx")
    assert dict(row for row in markdown()[1] if len(row) == 2)[phrase("manifest_records_more", "en")] == "6"
    made("budgets", SAMPLES / "budjetti-pitka.csv", "long.csv")
    assert dict(row for row in markdown("long.csv")[1] if len(row) == 2)[phrase("manifest_rows_joined", "en")] == "25"


def test_the_upload_is_told_in_steps():
    made("partners", SAMPLES / "asiakkaat.xlsx", lang="fi")
    text = markdown()[0]
    assert "Procountorin esikatselussa pitäisi näkyä: liikekumppaneita 8, virheellisiä 0." in text
    assert "\n1. Lue tiedosto sisään: Hallinta &gt; Aineiston sisäänluku, tyyppi Liikekumppanitiedot.\n2. " in text
    assert "Postinumerot näkyvät esikatselussa ilman etunollia" in text


@pytest.mark.parametrize("given", SHEETS)
def test_rows_read_and_rows_left_out_are_the_rows_of_the_input(given):
    facts = made("products", source(table(SHEETS[given])))[1]
    assert facts["rows_read"] == sum(row in (COFFEE, TEA) for row in SHEETS[given])
    assert rows_of(facts) == len(SHEETS[given])


def test_rows_left_out_are_told_by_their_reason():
    left_out = made("products", source(table(SHEETS["everything"])))[1]["rows_left_out"]
    assert (left_out["rows_above_headings"], left_out["blank_rows_read"], left_out["totals_rows"]) == (2, 2, 1)
    told = dict(row for row in markdown()[1] if len(row) == 2)
    assert told[phrase("manifest_rows_above_headings", "en")] == "2"
    assert told[phrase("manifest_blank_rows_read", "en")] == "2"
    assert told[phrase("manifest_totals_rows", "en")] == "1"


def test_rows_that_a_mapping_leaves_out_are_counted():
    rows = [("Laji", "Nimi", "Netto", "Vero", "Tila"), ("S", "Kahvi", "1", "25,5", "x"), *[("S", "Tee", "1", "25,5", "")] * 3]
    mapping = {
        "columns": {"Laji": "Product type", "Nimi": "Product name", "Netto": "Unit price", "Vero": "VAT-%", "Tila": ""},
        "rows": [{"column": "Tila", "keep": ["x"]}],
    }
    facts = made("products", source(table(rows)), mapping=mapping)[1]
    assert (facts["rows_read"], facts["rows_left_out"]["rows_filtered"]) == (1, 3)
    assert rows_of(facts) == len(rows)


def test_the_headings_of_an_upload_ready_file_are_left_out():
    headings = [title.title["en"] for title in csvimport.schema("products").main.fields]
    content = table([headings]).encode("cp1252") + upload(PRODUCT, changed(PRODUCT, C="K-2"))
    facts = made("products", source(content))[1]
    assert (facts["rows_read"], facts["rows_left_out"]) == (2, {"heading_row_read": 1})


def test_comment_rows_of_a_budget_are_counted():
    facts = made("budgets", SAMPLES / "budjetti.xlsx")[1]
    assert facts["rows_left_out"]["comment_rows"] == 1
    assert rows_of(facts) == 9


def test_lines_that_become_one_record_are_all_read():
    with (SAMPLES / "budjetti-pitka.csv").open(encoding="cp1252") as lines:
        filled = sum(any(row) for row in csv.reader(lines, delimiter=";"))
    assert rows_of(made("budgets", SAMPLES / "budjetti-pitka.csv")[1]) == filled


def test_the_rows_of_both_sheets_are_counted():
    """Three invoices on one sheet, five rows on the other, and the headings of both."""
    facts = made("invoices", SAMPLES / "laskut-kaksi-taulukkoa.xlsx")[1]
    assert facts["rows_read"] == 8
    assert rows_of(facts) == 10
    assert facts["rows_of_sheets"] == [{"sheet": "Laskut", "rows": 4}, {"sheet": "Rivit", "rows": 6}]
    told = dict(row for row in markdown()[1] if len(row) == 2)
    assert (told["Rows of the sheet “Laskut”"], told["Rows of the sheet “Rivit”"]) == ("4", "6")


def test_rows_that_are_added_up_are_all_read():
    apart, together = (made("payroll", SAMPLES / "tunnit.xlsx", f"{total}.csv", sum_rows=total)[1] for total in (False, True))
    assert apart["rows_read"] == together["rows_read"] == 10
    assert (apart["records_written"], together["records_written"]) == ({"salary_row": 10}, {"salary_row": 8})
    assert apart["totals"][1:] == together["totals"][1:]
    assert (apart["rows_added_up"], together["rows_added_up"]) == (0, 2)
    assert dict(row for row in markdown("True.csv")[1] if len(row) == 2)[phrase("manifest_rows_added_up", "en")] == "2"


@pytest.mark.no_cover
@pytest.mark.parametrize(("file", "name"), [*UPLOADS, *TABLES])
def test_the_records_are_those_of_the_output(file, name):
    written = made(file, SAMPLES / name)[1]["records_written"]
    lines = Path("out.csv").read_bytes().count(b"\r\n")
    assert sum(count for record, count in written.items() if record != "voucher") == lines


def test_the_records_of_another_form_are_those_of_the_output():
    facts = made("memo-vouchers", SAMPLES / "muistiotositteet.xlsx", as_="journal-receipts")[1]
    assert (facts["file"], facts["written_as"]) == ("memo-vouchers", "invoices")
    assert facts["records_written"] == {"invoice": 30, "row": 84, "dimension": 42}
    assert sum(facts["records_written"].values()) == Path("out.csv").read_bytes().count(b"\r\n")


# --- several files, packages, standard input -----------------------------------------------------------------------


def test_every_file_of_a_folder_is_told():
    result, facts = made("memo-vouchers", SAMPLES / "muistiotositteet.xlsx", "vouchers")
    names = sorted(path.name for path in Path("vouchers").iterdir())
    assert len(names) == 32
    assert sorted(output["name"] for output in facts["outputs"]) == names
    for output in facts["outputs"]:
        path = Path("vouchers", output["name"])
        assert (output["bytes"], output["sha256"]) == (path.stat().st_size, digest(path))
    assert listed() == ["vouchers", "vouchers.manifest.json", "vouchers.manifest.md"]
    assert result.outputs[-2:] == ("vouchers.manifest.json", "vouchers.manifest.md")
    assert sum(len(row) == 3 for row in markdown("vouchers")[1]) == 33


def test_a_folder_with_its_manifest_can_be_replaced():
    for _ in range(2):
        made("memo-vouchers", SAMPLES / "muistiotositteet.xlsx", "vouchers", force=True)
    assert listed() == ["vouchers", "vouchers.manifest.json", "vouchers.manifest.md"]


def test_a_package_is_told():
    facts = made("invoices", SAMPLES / "kululaskut.xlsx", "claims.zip", attachments=SAMPLES / "liitteet")[1]
    assert facts["outputs"] == [{"name": "claims.zip", "bytes": Path("claims.zip").stat().st_size, "sha256": digest("claims.zip")}]


def test_standard_input_has_a_checksum_too():
    assert run("convert", "products", "-", "-o", "out.csv", "--manifest", stdin=RIGHT).exit_code == 0
    facts = json.loads(Path("out.csv.manifest.json").read_bytes())
    assert facts["input"] == {"path": "standard input", "sheet": None, "sha256": hashlib.sha256(RIGHT).hexdigest()}
    assert facts["outputs"][0]["sha256"] == digest("out.csv") == hashlib.sha256(RIGHT).hexdigest()


def test_a_frame_has_no_checksum():
    import pandas as pd

    facts = made("products", pd.DataFrame([COFFEE], columns=HEADINGS))[1]
    assert facts["input"] == {"path": "DataFrame", "sheet": None, "sha256": None}
    assert ["SHA-256", "–"] in markdown()[1]


def test_applied_suggestions_keep_the_checksum_of_the_input():
    put("products.csv", table([HEADINGS, ("S", "Kahvi", "1", "0,255")]))
    assert made("products", "products.csv", apply_suggestions=("PR-12",))[1]["input"]["sha256"] == digest("products.csv")


# --- when it is written --------------------------------------------------------------------------------------------


def test_there_is_no_manifest_without_being_asked():
    put("products.csv")
    run("convert", "products", "products.csv", "-o", "out.csv")
    assert listed() == ["out.csv", "products.csv"]


def test_there_is_no_manifest_of_a_conversion_with_errors():
    put("products.csv", WRONG)
    assert run("convert", "products", "products.csv", "-o", "out.csv", "--manifest").exit_code == 1
    assert listed() == ["products.csv"]


def test_a_manifest_needs_an_output():
    with pytest.raises(csvimport.UsageError, match="output"):
        csvimport.convert("products", source(RIGHT), manifest=True)
    assert run("check", "products", "products.csv", "--manifest").exit_code == 2


def test_the_command_line_names_what_it_wrote():
    put("products.csv")
    text = run("convert", "products", "products.csv", "-o", "out.csv", "--manifest").stdout
    assert all(name in " ".join(text.split()) for name in ("out.csv.manifest.json", "out.csv.manifest.md"))
    printed = run("convert", "products", "products.csv", "-o", "out.csv", "--manifest", "--force", "--format", "json").stdout
    assert json.loads(printed)["outputs"] == ["out.csv", "out.csv.manifest.json", "out.csv.manifest.md"]


def test_a_manifest_is_for_its_owner_only():
    made("products", source(RIGHT))
    assert {stat.S_IMODE(Path(name).stat().st_mode) for name in listed()} == {0o600}


@pytest.mark.parametrize("name", ["out.csv.manifest.json", "out.csv.manifest.md"])
def test_an_existing_file_is_not_replaced_without_force(name):
    put("products.csv")
    put(name, "older")
    refused("convert", "products", "products.csv", "-o", "out.csv", "--manifest", says=(name, "--force"))
    assert Path(name).read_text() == "older"
    assert not Path("out.csv").exists()
    assert run("convert", "products", "products.csv", "-o", "out.csv", "--manifest", "--force").exit_code == 0
    assert "SHA-256" in Path("out.csv.manifest.md").read_text(encoding="utf-8")


def test_no_manifest_replaces_the_input():
    put("out.csv.manifest.md")
    with pytest.raises(csvimport.OutputError):
        csvimport.convert("products", "out.csv.manifest.md", "out.csv", manifest=True, force=True)
    assert Path("out.csv.manifest.md").read_bytes() == RIGHT


def test_no_identity_code_is_in_a_manifest():
    made("payroll", SAMPLES / "tunnit.xlsx")
    made("salary-info", SAMPLES / "salary-info.csv", "info.csv")
    content = "".join(path.read_text(encoding="utf-8") for path in Path().glob("*.manifest.*"))
    assert not re.search(r"\d{6}[-+A-Y]\d{3}[0-9A-Y]", content)
    assert PRODUCT_HEADINGS[0] not in content
