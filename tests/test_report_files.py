"""Reports as files: JSON by its schema, CSV for Excel, SARIF for pipelines, and what holds for every form."""

import csv
import io
import json
import re
import shutil
import stat
import zipfile
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import openpyxl
import pandas as pd
import pytest
from helpers import CUSTOMER, PRODUCT, PRODUCT_HEADINGS, changed, report_of, source, table, upload
from hostile import zipped
from test_cli import RIGHT, WRONG, folder, listed, put, refused, run
from test_samples import MISTAKES, SAMPLES, TABLES, UPLOADS

import csvimport
from csvimport.messages import phrase, term
from csvimport.report.as_csv import COLUMNS
from csvimport.report.files import write_report
from csvimport.report.preview import upload_steps
from csvimport.report.terminal import render
from csvimport.schema import names

pytestmark = pytest.mark.no_cover

FORMS = [".xlsx", ".html", ".json", ".csv", ".sarif"]
EVERY_FORM = pytest.mark.parametrize("form", FORMS)
SCHEMA = json.loads(files("csvimport").joinpath("report.schema.json").read_text(encoding="utf-8"))
SEVERAL = upload(PRODUCT, changed(PRODUCT, C="K-2", F="-1", G="26"), changed(PRODUCT, C="", D="rasia"))

__all__ = ["folder"]  # every test runs in a folder of its own


def written(form, file, given, name="report", **options):
    """The bytes of a report."""
    path = Path(f"{name}{form}")
    csvimport.check(file, given, report=path, **options)
    return path.read_bytes()


def conforms(document):
    jsonschema.Draft202012Validator(SCHEMA).validate(document)


# --- JSON ----------------------------------------------------------------------------------------------------------


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(("file", "name"), [*UPLOADS, *TABLES, *MISTAKES, ("memo-vouchers", "muistiotositteet.xlsx")])
@pytest.mark.parametrize("lang", ["en", "fi"])
def test_the_json_of_every_sample_conforms_to_the_schema(file, name, lang):
    document = json.loads(written(".json", file, SAMPLES / name, lang=lang))
    conforms(document)
    assert document["issues"]


@pytest.mark.parametrize(("file", "name"), UPLOADS)
def test_the_json_of_a_check_as_it_is_conforms_to_the_schema(file, name):
    conforms(json.loads(written(".json", file, SAMPLES / name, as_is=True)))


def products(index=None):
    rows = [("S", "Kahvi", "K-1", "kpl", 4.5, 25.5), ("S", "Tee", "K-2", "rasia", -1, 26)]
    return pd.DataFrame(rows, columns=PRODUCT_HEADINGS, index=index)


@pytest.mark.parametrize(
    "index",
    [
        None,
        ["a", "b"],
        [1.5, None],
        [True, False],
        [float("nan"), float("inf")],
        pd.date_range("2026-01-01", periods=2),
        pd.MultiIndex.from_tuples([("a", 1), ("b", 2)]),
        pd.interval_range(0, 2),
    ],
    ids=["range", "words", "numbers", "truth", "not finite", "dates", "several", "intervals"],
)
def test_the_json_of_a_frame_conforms_to_the_schema_and_is_plain_json(index):
    text = written(".json", "products", products(index)).decode()
    document = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    conforms(document)
    assert all("index" in issue for issue in document["issues"])
    assert any(issue["severity"] == "error" for issue in document["issues"])


def test_the_schema_refuses_what_no_report_has():
    right = json.loads(written(".json", "products", source(WRONG)))
    conforms(right)
    issue = right["issues"][-1]
    wrong = [
        {**right, "more": 1},
        {key: value for key, value in right.items() if key != "counts"},
        {**right, "ok": "yes"},
        {**right, "input": {**right["input"], "layout": "other"}},
        {**right, "totals": [{"name": "sum", "currency": "EUR", "value": "1,50"}]},
        {**right, "issues": [{**issue, "severity": "fatal"}]},
        {**right, "issues": [{**issue, "row": 0}]},
        {**right, "issues": [{**issue, "column": "f"}]},
        {**right, "issues": [{**issue, "code": "PR10"}]},
        {**right, "issues": [{key: value for key, value in issue.items() if key != "hint"}]},
    ]
    for document in wrong:
        with pytest.raises(jsonschema.ValidationError):
            conforms(document)


@pytest.mark.parametrize("command", [("check",), ("convert",)])
@pytest.mark.parametrize("content", [RIGHT, SEVERAL], ids=["right", "wrong"])
def test_the_file_is_what_is_printed_as_json(command, content):
    put("products.csv", content)
    output = ("-o", "out.csv") if command == ("convert",) else ()
    printed = run(*command, "products", "products.csv", *output, "--format", "json", "--report", "report.json").stdout
    assert json.loads(Path("report.json").read_bytes()) == json.loads(printed)
    assert Path("report.json").read_text(encoding="utf-8").strip() == printed.strip()
    conforms(json.loads(printed))


def test_the_report_of_a_conversion_names_the_outputs():
    put("products.csv")
    run("convert", "products", "products.csv", "-o", "out.csv", "--report", "report.json")
    assert json.loads(Path("report.json").read_bytes())["outputs"] == ["out.csv"]


# --- CSV -----------------------------------------------------------------------------------------------------------


def lines(content):
    """The lines of a report as CSV."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def restored(text):
    """A cell without the apostrophe that keeps a spreadsheet from reading a formula."""
    return text[1:] if text[:1] == "'" else text


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
@pytest.mark.parametrize(("file", "name"), MISTAKES)
def test_csv_has_one_line_for_every_finding(file, name, lang):
    content = written(".csv", file, SAMPLES / name, lang=lang)
    headings, *found = lines(content)
    assert headings == [phrase(f"report_{column}", lang) for column in COLUMNS]
    assert b";" in content.splitlines()[0]
    report = report_of(file, SAMPLES / name, lang)
    assert len(found) == len(report.issues)
    for line, issue in zip(found, report.issues, strict=True):
        told = [getattr(issue, column) for column in COLUMNS[1:]]
        assert [restored(text) for text in line] == [phrase(f"frame_{issue.severity}", lang), *("" if v is None else str(v) for v in told)]


def test_lines_of_the_csv_end_as_windows_wants_them():
    content = written(".csv", "products", source(SEVERAL))
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


RISKY = ['=HYPERLINK("http://example.com/";"x")', "=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0", "-1;=2", "\r=1"]


@pytest.mark.parametrize("text", RISKY)
def test_no_cell_of_the_csv_is_a_formula(text):
    row = dict.fromkeys(PRODUCT_HEADINGS, text)
    found = lines(written(".csv", "products", pd.DataFrame([row]).assign(**{text: "x"})))
    assert len(found) > 5
    for cell in (cell for line in found for cell in line):
        assert not re.match(r"[=@\t\r]", cell), cell
        assert re.fullmatch(r"[-+]?\d+(?:[.,]\d+)?", cell) or not re.match(r"[-+]", cell), cell
    assert any(text.strip() in cell for line in found for cell in line)


@pytest.mark.parametrize("number", ["-1", "-1,50", "+5", "-1.5"])
def test_numbers_with_a_sign_stay_numbers(number):
    found = lines(written(".csv", "products", source(upload(changed(PRODUCT, F=number, E="-5")))))
    assert number in {line[COLUMNS.index("value")] for line in found} or number == "+5"
    assert "-5" in {line[COLUMNS.index("value")] for line in found}


def test_semicolons_quotes_and_line_breaks_stay_inside_their_cell():
    names = ['Kahvi; "tumma"', "Tee\nvihreä"]
    frame = pd.DataFrame([("S", name, "K-1", "kpl", "1", "25,5") for name in names], columns=PRODUCT_HEADINGS)
    found = lines(written(".csv", "products", frame))
    assert {len(line) for line in found} == {len(COLUMNS)}
    assert set(names) <= {line[COLUMNS.index("value")] for line in found}


# --- SARIF ---------------------------------------------------------------------------------------------------------


def sarif(file, given, **options):
    content = written(".sarif", file, given, **options)
    assert not content.startswith(b"\xef\xbb\xbf")
    return json.loads(content)


@pytest.mark.parametrize(("file", "name"), MISTAKES)
def test_sarif_has_the_structure_of_its_standard(file, name):
    document = sarif(file, SAMPLES / name)
    assert set(document) == {"$schema", "version", "runs"}
    assert document["version"] == "2.1.0"
    assert document["$schema"].endswith("/sarif-schema-2.1.0.json")
    (one_run,) = document["runs"]
    driver = one_run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("csvimport", csvimport.__version__)
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids)) > 5
    texts = {rule.id: rule.text for rule in csvimport.schema(file).all_rules}
    assert {rule["id"]: rule["shortDescription"]["text"] for rule in driver["rules"]} == {code: texts[code] for code in ids}
    report = report_of(file, SAMPLES / name)
    assert len(one_run["results"]) == len(report.issues)
    for result, issue in zip(one_run["results"], report.issues, strict=True):
        assert result["ruleId"] == driver["rules"][result["ruleIndex"]]["id"] == issue.code
        assert result["level"] == issue.severity
        assert result["message"]["text"] == f"{issue.message} {issue.hint}"
        (location,) = result["locations"]
        assert location["physicalLocation"]["artifactLocation"]["uri"].endswith(f"samples/{name}")


def test_results_of_a_csv_name_the_line_and_those_of_a_workbook_the_cell():
    (result,) = [r for r in sarif("products", source(SEVERAL))["runs"][0]["results"] if r["ruleId"] == "PR-10"]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 2}
    assert result["locations"][0]["logicalLocations"][0]["name"] == "F2"
    results = sarif("partners", SAMPLES / "asiakkaat-virheita.xlsx")["runs"][0]["results"]
    (result,) = [r for r in results if r["ruleId"] == "P-19"]
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert result["locations"][0]["logicalLocations"][0]["name"] == "Asiakkaat!N4"


def test_findings_about_the_whole_file_have_no_region():
    content = table([["Product type", "Product name", "VAT-%"], ["S", "Kahvi", "25,5"]])
    (result,) = [r for r in sarif("products", source(content))["runs"][0]["results"] if r["ruleId"] == "PR-10"]
    assert "region" not in result["locations"][0]["physicalLocation"]
    assert "logicalLocations" not in result["locations"][0]


@pytest.mark.parametrize("name", ["Kevään hinnat 2026.csv", "ale 25%.csv", "a#b?.csv"])
def test_the_place_in_sarif_is_an_address_as_addresses_are_written(name):
    put(name, WRONG)
    uri = sarif("products", name)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri)
    assert unquote(uri) == name


def test_the_rules_of_another_form_have_their_text_too():
    document = sarif("memo-vouchers", SAMPLES / "muistiotositteet.xlsx", as_="journal-receipts")
    driver = document["runs"][0]["tool"]["driver"]
    assert all(rule["shortDescription"]["text"] for rule in driver["rules"])
    assert any(rule["id"].startswith("I-") for rule in driver["rules"])


# --- names ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "near"), [("report.pdf", None), ("report.xls", ".xlsx"), ("report.htm", ".html"), ("report", None), ("report.jsn", ".json")]
)
def test_a_report_of_another_ending_is_refused_with_the_endings_that_there_are(name, near):
    put("products.csv")
    told = refused("check", "products", "products.csv", "--report", name, says=FORMS)
    assert near is None or f"Did you mean {near}?" in told
    with pytest.raises(csvimport.UsageError):
        csvimport.check("products", "products.csv", report=name)
    refused("convert", "products", "products.csv", "-o", "out.csv", "--report", name, says=FORMS)
    assert listed() == ["products.csv"]


@EVERY_FORM
def test_small_and_capital_letters_are_the_same(form):
    put("products.csv")
    assert run("check", "products", "products.csv", "--report", f"REPORT{form.upper()}").exit_code == 0
    assert listed() == [f"REPORT{form.upper()}", "products.csv"]


@EVERY_FORM
def test_an_older_report_is_replaced(form):
    put("products.csv", WRONG)
    before = written(form, "products", source(RIGHT))
    assert run("check", "products", "products.csv", "--report", f"report{form}").exit_code == 1
    after = Path(f"report{form}").read_bytes()
    assert after != before
    assert b"K-1" not in after or before not in after


@pytest.mark.parametrize(("place", "central", "change"), [(6, 8, 1), (45, 0, 255)], ids=["a password", "damage"])
def test_a_package_that_cannot_be_read_is_no_older_report(place, central, change):
    package = bytearray(zipped({"xl/workbook.xml": "x" * 300}))
    for at in {place, package.index(b"PK\x01\x02") + central if central else place}:
        package[at] ^= change
    put("products.csv")
    put("report.xlsx", bytes(package))
    refused("check", "products", "products.csv", "--report", "report.xlsx", says="report.xlsx")


def test_a_workbook_with_a_damaged_part_that_reading_has_no_need_of_gets_a_fresh_report():
    book = openpyxl.Workbook()
    for row in (PRODUCT_HEADINGS, ("S", "Kahvi", "K-1", "kpl", 4.5, 13.5)):
        book.active.append(row)
    book.save("products.xlsx")
    package = bytearray(Path("products.xlsx").read_bytes())
    with zipfile.ZipFile("products.xlsx") as archive:
        theme = archive.getinfo("xl/theme/theme1.xml")
    package[theme.header_offset + 30 + len(theme.filename) + theme.compress_size - 9] ^= 255
    put("products.xlsx", bytes(package))
    assert run("check", "products", "products.xlsx").exit_code == 0
    assert run("check", "products", "products.xlsx", "--report", "report.xlsx").exit_code == 0


@EVERY_FORM
def test_a_report_is_written_whole_and_for_its_owner_only(form):
    put("products.csv", WRONG)
    run("check", "products", "products.csv", "--report", f"report{form}")
    assert listed() == sorted(["products.csv", f"report{form}"])
    assert stat.S_IMODE(Path(f"report{form}").stat().st_mode) == 0o600


def test_a_report_that_cannot_be_written_leaves_the_older_one(monkeypatch):
    put("products.csv", WRONG)
    run("check", "products", "products.csv", "--report", "report.csv")
    older = Path("report.csv").read_bytes()

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    refused("check", "products", "products.csv", "--report", "report.csv", says=("report.csv", "No space left"))
    assert Path("report.csv").read_bytes() == older
    assert listed() == ["products.csv", "report.csv"]


# --- nothing replaces the input or the output ----------------------------------------------------------------------


def spelled(tmp_path):
    """The input products.csv under other names."""
    Path("products.csv").write_bytes(WRONG)
    Path("link.csv").symlink_to("products.csv")
    Path("hard.csv").hardlink_to("products.csv")
    return ["products.csv", "./products.csv", str(tmp_path / "products.csv"), "link.csv", "hard.csv"]


def test_the_input_is_never_replaced(tmp_path):
    for name in spelled(tmp_path):
        refused("check", "products", "products.csv", "--report", name, says="input")
        with pytest.raises(csvimport.OutputError, match="input"):
            csvimport.check("products", Path("products.csv"), report=name)
        with pytest.raises(csvimport.OutputError, match="input"), Path("products.csv").open("rb") as stream:
            csvimport.check("products", stream, report=name)
        refused("convert", "products", "products.csv", "-o", "out.csv", "--report", name, "--force", says="input")
        assert Path("products.csv").read_bytes() == WRONG
    assert not Path("out.csv").exists()


def test_a_workbook_is_not_replaced_by_its_own_report():
    workbook = openpyxl.load_workbook(SAMPLES / "tuotteet.xlsx")
    workbook.save("tuotteet.xlsx")
    before = Path("tuotteet.xlsx").read_bytes()
    refused("check", "products", "tuotteet.xlsx", "--report", "tuotteet.xlsx", says="input")
    assert Path("tuotteet.xlsx").read_bytes() == before


@pytest.mark.parametrize("name", ["out.csv", "./out.csv"])
def test_the_output_is_not_replaced_by_its_report(name):
    put("products.csv")
    refused("convert", "products", "products.csv", "-o", "out.csv", "--report", name, says="out.csv")
    assert listed() == ["products.csv"]
    put("out.csv", "older")
    refused("convert", "products", "products.csv", "-o", "out.csv", "--report", name, "--force", says="out.csv")
    assert Path("out.csv").read_text() == "older"


def test_the_manifest_is_not_replaced_by_the_report():
    put("products.csv")
    name = "out.csv.manifest.json"
    refused("convert", "products", "products.csv", "-o", "out.csv", "--manifest", "--report", name, says=name)
    assert listed() == ["products.csv"]


@EVERY_FORM
@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_an_older_report_of_any_language_is_known_as_one(form, lang):
    put("products.csv", WRONG)
    run("check", "products", "products.csv", "--report", f"report{form}", "--lang", lang)
    older = Path(f"report{form}").read_bytes()
    put("products.csv")
    assert run("check", "products", "products.csv", "--report", f"report{form}").exit_code == 0
    assert Path(f"report{form}").read_bytes() != older


@EVERY_FORM
def test_a_file_that_is_no_report_is_not_replaced(form):
    put("products.csv")
    for content in (b"older", RIGHT, (SAMPLES / "tuotteet.xlsx").read_bytes()):
        put(f"other{form}", content)
        refused("check", "products", "products.csv", "--report", f"other{form}", says=(f"other{form}", "no report", "another name"))
        refused("convert", "products", "products.csv", "-o", "out.csv", "--report", f"other{form}", "--force", says="no report")
        assert Path(f"other{form}").read_bytes() == content
    assert not Path("out.csv").exists()


def test_a_manifest_is_no_report():
    put("products.csv")
    run("convert", "products", "products.csv", "-o", "out.csv", "--manifest")
    manifest = Path("out.csv.manifest.json").read_bytes()
    refused("check", "products", "products.csv", "--report", "out.csv.manifest.json", says="no report")
    assert Path("out.csv.manifest.json").read_bytes() == manifest


def test_an_empty_file_can_be_the_report():
    put("products.csv")
    put("report.json", b"")
    assert run("check", "products", "products.csv", "--report", "report.json").exit_code == 0
    assert json.loads(Path("report.json").read_bytes())["ok"]


PRODUCT_FILES = ("products.csv", "set.toml", "map.toml", "reg.csv")


def read_by_a_run():
    """A run with settings, a register and a mapping: its arguments."""
    put("products.csv", table([("Laji", "Nimi", "Hinta", "Vero"), ("S", "Kahvi", "4,50", "25,5")]))
    put("set.toml", '[registers]\nproducts = "reg.csv"\n')
    put("reg.csv", RIGHT)
    put("map.toml", '[columns]\nLaji = "product_type"\nNimi = "product_name"\nHinta = "unit_price"\nVero = "vat_percent"\n')
    return ("products", "products.csv", "--settings", "set.toml", "--mapping", "map.toml")


@pytest.mark.parametrize(("name", "what"), [("reg.csv", "register"), ("set.toml", "settings"), ("map.toml", "mapping")])
def test_what_a_run_reads_is_not_replaced_by_any_output(name, what):
    arguments = read_by_a_run()
    before = {file: Path(file).read_bytes() for file in PRODUCT_FILES}
    assert run("check", *arguments).exit_code == 0
    Path("report.csv").symlink_to(name)
    refused("check", *arguments, "--report", "report.csv", says=what)
    refused("convert", *arguments, "-o", name, "--force", says=what)
    Path("out.csv.manifest.json").symlink_to(name)
    refused("convert", *arguments, "-o", "out.csv", "--manifest", "--force", says=what)
    if name != "map.toml":
        refused("map", "products", "products.csv", "-o", name, "--settings", "set.toml", "--force", says=what)
    assert {file: Path(file).read_bytes() for file in PRODUCT_FILES} == before


def test_a_register_is_not_replaced_even_when_it_was_made_as_a_report():
    arguments = read_by_a_run()
    refused("check", *arguments, "--report", "reg.csv", says="register")
    assert Path("reg.csv").read_bytes() == RIGHT


def test_an_attachment_is_not_replaced():
    shutil.copytree(SAMPLES / "liitteet", "liitteet")
    name = min(path.name for path in Path("liitteet").iterdir())
    before = Path("liitteet", name).read_bytes()
    Path("report.csv").symlink_to(f"liitteet/{name}")
    convert = ("convert", "invoices", str(SAMPLES / "kululaskut.xlsx"), "-o", "claims.zip", "--attachments", "liitteet")
    refused(*convert, "--report", "report.csv", says="attachment")
    assert Path("liitteet", name).read_bytes() == before


@pytest.mark.parametrize("name", ["upload-list.csv", "report.json"])
def test_no_report_is_written_into_the_folder_of_files_to_upload(name):
    convert = ("convert", "memo-vouchers", str(SAMPLES / "muistiotositteet.xlsx"), "-o", "vouchers", "--force")
    assert run(*convert).exit_code == 0
    before = {path.name: path.read_bytes() for path in Path("vouchers").iterdir()}
    refused(*convert, "--report", f"vouchers/{name}", says="vouchers")
    assert {path.name: path.read_bytes() for path in Path("vouchers").iterdir()} == before


def test_a_folder_of_files_does_not_replace_the_settings_in_it():
    convert = ("convert", "memo-vouchers", str(SAMPLES / "muistiotositteet.xlsx"), "-o", "vouchers", "--force")
    run(*convert)
    put("vouchers/set.toml", "")
    refused(*convert, "--settings", "vouchers/set.toml", says="settings")
    assert Path("vouchers/set.toml").exists()


@EVERY_FORM
def test_the_folder_must_be_there(form):
    put("products.csv")
    refused("check", "products", "products.csv", "--report", f"missing/report{form}", says="missing")
    refused("convert", "products", "products.csv", "-o", "out.csv", "--report", f"missing/report{form}", says="missing")
    with pytest.raises(csvimport.OutputError):
        csvimport.check("products", "products.csv", report=f"missing/report{form}")
    assert listed() == ["products.csv"]


def test_a_folder_is_no_report():
    put("products.csv")
    Path("report.csv").mkdir()
    refused("check", "products", "products.csv", "--report", "report.csv", says="folder")
    assert listed() == ["products.csv", "report.csv"]


# --- exit statuses -------------------------------------------------------------------------------------------------


@EVERY_FORM
@pytest.mark.parametrize(("content", "status"), [(RIGHT, 0), (WRONG, 1)], ids=["right", "wrong"])
def test_a_report_does_not_change_the_exit_status_nor_what_is_printed(form, content, status):
    put("products.csv", content)
    plain = run("check", "products", "products.csv")
    reported = run("check", "products", "products.csv", "--report", f"report{form}")
    assert (plain.exit_code, reported.exit_code) == (status, status)
    assert reported.stdout == plain.stdout
    assert reported.stderr == ""
    assert Path(f"report{form}").stat().st_size > 100


@EVERY_FORM
def test_a_conversion_with_errors_writes_its_report_and_nothing_else(form):
    put("products.csv", WRONG)
    assert run("convert", "products", "products.csv", "-o", "out.csv", "--report", f"report{form}").exit_code == 1
    assert listed() == sorted(["products.csv", f"report{form}"])


@EVERY_FORM
def test_a_conversion_without_errors_writes_both(form):
    put("products.csv")
    assert run("convert", "products", "products.csv", "-o", "out.csv", "--report", f"report{form}").exit_code == 0
    assert listed() == sorted(["out.csv", "products.csv", f"report{form}"])
    assert Path("out.csv").read_bytes() == RIGHT


@pytest.mark.parametrize("content", [b"", b"\r\n", b"%PDF-1.7"], ids=["empty", "blank", "PDF"])
def test_an_input_that_cannot_be_used_leaves_the_older_report(content):
    put("products.csv")
    run("check", "products", "products.csv", "--report", "report.json")
    older = Path("report.json").read_bytes()
    put("products.csv", content)
    refused("check", "products", "products.csv", "--report", "report.json", says="products.csv")
    assert Path("report.json").read_bytes() == older


@EVERY_FORM
def test_standard_input_can_be_reported(form):
    assert run("check", "products", "-", "--report", f"report{form}", stdin=WRONG).exit_code == 1
    assert listed() == [f"report{form}"]


@EVERY_FORM
def test_a_check_as_it_is_can_be_reported(form):
    put("products.csv", b"\xef\xbb\xbf" + WRONG)
    assert run("check", "products", "products.csv", "--as-is", "--report", f"report{form}").exit_code == 1
    assert Path(f"report{form}").stat().st_size > 100


# --- personal data -------------------------------------------------------------------------------------------------

CODE = "150785-902B"
CODES = [CODE, "150785-902K", "310285-902B", "150785 - 902B", "150785–902b", "150785902B"]
BROKEN_CODES = ["150785-902", "15078-902B", "150785-9O2B", "150785-902BB", "150785-90 2B", "15.07.85-902B", "15 07 85-902B"]
TAILS = re.compile(r"9[0O]\s?2\s?[BK]|-\s?902", re.IGNORECASE)


def employees(code):
    """Salary infos with a code where it belongs, and where it does not."""
    rows = [
        ("Henkilötunnus", "Peruspalkka", "Palkkatyyppi", "Tunnit", "Verokortti voimassa alkaen", "Huomautukset", "Muuta"),
        (code, "3200", "kuukausipalkka", "160", "1.1.2026", "", ""),
        (code, "x", "sopimus", "", "31.4.2026", f"katso {code}; " + "x" * 400, code),
        ("", code, code, code, code, code, code),
    ]
    return table(rows)


def hours(code):
    rows = [
        ("Henkilönumero", "Palkkalaji", "Tunnit", "Kommentti", f"Sarake {code}"),
        (code, "1004", "7,5", "", ""),
        (code, "9", "paljon", f"tuuraa {code}; " + "x" * 400, ""),
        (f"{code} Malli", code, code, "", ""),
    ]
    return table(rows)


def partners(code):
    person = f"SSN;{code};P;Malli Maija;;Kotipolku 3;Turku;20100;FI" + ";" * 51
    return upload(
        person,
        changed(person, D=f"Malli Maija {code};"),
        changed(person, D=f"{code} " + "x" * 300, C="C"),
        changed(person, N=code, O=code, P=code, Q=code, R=f"{code}@", BA=code),
        changed(person, A="FI", G=f"Turku {code}"),
        changed(person, V=code, W=code, X=code, Z=code),
    )


PLANTED = {"salary-info": employees, "payroll": hours, "partners": partners}
IN_ITS_FIELD = {
    "salary-info": lambda code: table([("Henkilötunnus", "Peruspalkka"), (code, "3200"), (f" {code}", "x")]),
    "payroll": lambda code: table([("Henkilötunnus", "Palkkalaji", "Tunnit"), (code, "1004", "7,5"), (code, "1004", "x")]),
    "partners": lambda code: table([("Nimi", "Tunnuslaji", "Henkilötunnus"), ("Malli", "Henkilötunnus", code), ("Malli", "SSN", code)]),
}


def said_in(form, content):
    """What a report says; of a workbook the list and the comments, because the data itself is the user's."""
    if form != ".xlsx":
        return content.decode("utf-8-sig")
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    front, *others = workbook
    cells = [str(cell.value) for row in front for cell in row]
    return "\n".join([*cells, *(cell.comment.text for page in others for row in page for cell in row if cell.comment)])


def without_blanks(code):
    """A code as part of the name of a test."""
    return code.replace(" ", "_")


def leaks(report):
    """Where a report shows what follows the date of birth, in any of its forms."""
    found = []
    for form in FORMS:
        write_report(report, f"report{form}")
        content = said_in(form, Path(f"report{form}").read_bytes())
        found += [(form, content[max(match.start() - 60, 0) : match.end() + 20]) for match in TAILS.finditer(content)]
    found += [("text", match[0]) for match in TAILS.finditer(render(report))]
    return found


@pytest.mark.parametrize("file", PLANTED)
@pytest.mark.parametrize("code", CODES, ids=without_blanks)
@pytest.mark.parametrize("lang", ["en", "fi"])
def test_identity_codes_are_in_no_report(file, code, lang):
    report = csvimport.check(file, source(PLANTED[file](code)), lang=lang)
    assert report.to_json().count("-****") > 3
    assert leaks(report) == []


def test_identity_codes_are_in_no_report_of_a_check_as_it_is():
    report = csvimport.check("partners", source(partners(CODE)), as_is=True)
    assert report.to_json().count("-****") > 3
    assert leaks(report) == []


@pytest.mark.parametrize("file", IN_ITS_FIELD)
@pytest.mark.parametrize("code", BROKEN_CODES, ids=without_blanks)
def test_identity_codes_that_are_mistyped_in_their_field_are_in_no_report(file, code):
    assert leaks(csvimport.check(file, source(IN_ITS_FIELD[file](code)))) == []


@EVERY_FORM
@pytest.mark.parametrize("file", PLANTED)
def test_identity_codes_are_shown_on_request(form, file):
    given = source(PLANTED[file]("150785-902K"))
    assert "150785-902K" in said_in(form, written(form, file, given, show_personal_data=True))


@EVERY_FORM
def test_identity_codes_that_label_the_rows_of_a_frame_are_masked(form):
    frame = pd.DataFrame({"Peruspalkka": ["x"], "Palkkatyyppi": ["sopimus"]}, index=[CODE])
    assert not TAILS.search(said_in(form, written(form, "salary-info", frame)))


@EVERY_FORM
def test_suggestions_and_changed_notations_hold_no_identity_code(form):
    rows = [("Henkilötunnus", "Peruspalkka"), ("150785-902b", "2 500"), (" 150785 - 902B", "2500")]
    content = said_in(form, written(form, "salary-info", source(table(rows))))
    assert not TAILS.search(content)


# --- quiet notes ---------------------------------------------------------------------------------------------------


def severities(form, content):
    """The severities that a report lists."""
    if form == ".json":
        return {issue["severity"] for issue in json.loads(content)["issues"]}
    if form == ".csv":
        return {line[0] for line in lines(content)[1:]}
    if form == ".sarif":
        return {result["level"] for result in json.loads(content)["runs"][0]["results"]}
    front = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return {row[0] for row in front.iter_rows(values_only=True)} & {"error", "warning", "note"}


@pytest.mark.parametrize("form", [".json", ".csv", ".sarif", ".xlsx"])
def test_quiet_notes_are_not_listed(form):
    given = SAMPLES / "asiakkaat-virheita.xlsx"
    assert severities(form, written(form, "partners", given)) == {"error", "warning", "note"}
    assert severities(form, written(form, "partners", given, quiet_notes=True)) == {"error", "warning"}


def test_quiet_notes_are_counted():
    loud, quiet = (
        json.loads(written(".json", "partners", SAMPLES / "asiakkaat-virheita.xlsx", quiet_notes=quiet)) for quiet in (False, True)
    )
    assert quiet["counts"] == loud["counts"]
    assert quiet["counts"]["notes"] > 0
    conforms(quiet)


def test_quiet_notes_on_the_command_line():
    put("partners.csv", upload(changed(CUSTOMER, P="Tilisiirto", O="8")))
    loud, quiet = (run("check", "partners", "partners.csv", *options).stdout for options in ((), ("--quiet-notes",)))
    assert "note P-54" in loud
    assert "note " not in quiet
    assert loud.splitlines()[-1] == quiet.splitlines()[-1]
    assert re.search(r"notes: [1-9]", quiet)


# --- what the user compares ----------------------------------------------------------------------------------------


def plain_term(text, lang):
    return " ".join(term(text, lang).split())


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
@pytest.mark.parametrize(
    ("file", "name"),
    [("products", "tuotteet.xlsx"), ("dimensions", "dimensiot.xlsx"), ("payroll", "tunnit.xlsx"), ("invoices", "verkkokauppa.xlsx")],
)
def test_a_conversion_says_what_the_preview_shows_and_how_to_upload(file, name, lang):
    printed = run("convert", file, SAMPLES / name, "-o", "out.csv", "--lang", lang).stdout
    text = " ".join(printed.split())
    upload = csvimport.schema(file).upload
    assert (phrase("frame_preview", lang, figures="").rstrip(" .") in text) == bool(upload.counted)
    assert phrase("frame_compare", lang, figures="").rstrip(" .") in text
    assert plain_term(upload.menu, lang) in text
    assert not upload.import_type or phrase(f"import_type {upload.import_type}", lang) in text
    assert all(plain_term(ask, lang) in text for ask in upload.asks)
    assert all(surprise[lang] in text for surprise in upload.surprises)
    numbers = re.findall(r"^(\d)\. ", printed, re.MULTILINE)
    assert [int(number) for number in numbers] == list(range(1, 2 + len(upload.asks) + len(upload.surprises)))


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
@pytest.mark.parametrize("file", names())
def test_every_file_tells_its_upload_in_steps(file, lang):
    schema = csvimport.schema(file)
    steps = upload_steps(schema, lang)
    assert len(steps) == 1 + len(schema.upload.asks) + len(schema.upload.surprises) > 1
    assert all(set(surprise) == {"en", "fi", "sv"} for surprise in schema.upload.surprises)
    assert all(step.endswith((".", ")")) and len(step) < 240 for step in steps)


def test_the_preview_counts_the_records_and_names_the_sum():
    text = " ".join(run("convert", "invoices", SAMPLES / "verkkokauppa.xlsx", "-o", "out.csv").stdout.split())
    assert "In Procountor's preview you should see: invoices 5, invalid 0, sum with VAT 684,14 EUR. Figures to compare:" in text


def test_the_sum_of_the_preview_is_that_of_all_currencies():
    headings = ("Lasku", "Laskutyyppi", "Valuutta", "Valuuttakurssi", "Toimittaja", "Laskun pvm", "Eräpäivä", "Kuvaus", "Hinta", "ALV-%")
    euros, crowns, unknown = (
        (number, "O", currency, rate, "Esimerkki Oy", "20.02.2026", "06.03.2026", "Työ", "10", "0")
        for number, currency, rate in (("1", "EUR", ""), ("2", "SEK", "2"), ("3", "SEK", ""))
    )
    for rows, shown in (
        ([euros], "invoices 1, invalid 0, sum with VAT 10,00 EUR."),
        ([euros, crowns], "invoices 2, invalid 0, sum with VAT of all invoices 15,00 EUR."),
        ([euros, unknown], "invoices 2, invalid 0."),
        ([unknown], "invoices 1, invalid 0."),
    ):
        put("invoices.csv", table([headings, *rows]))
        text = " ".join(run("check", "invoices", "invoices.csv").stdout.split())
        assert f"In Procountor's preview you should see: {shown}" in text


def test_the_preview_of_several_files_is_that_of_each():
    text = " ".join(run("convert", "memo-vouchers", SAMPLES / "muistiotositteet.xlsx", "-o", "vouchers").stdout.split())
    assert "for each file: invalid 0, and as many entries as upload-list.md says." in text
    assert "preview you should see: vouchers 30" not in text
    assert "Each file is uploaded alone, with the date and the name that upload-list.md says." in text
    assert "difference with VAT 0,00 EUR" in text
    assert "3334,59" not in text


def test_another_form_is_uploaded_as_that_form():
    arguments = ("memo-vouchers", SAMPLES / "muistiotositteet.xlsx", "-o", "out.csv", "--as", "journal-receipts")
    text = " ".join(run("convert", *arguments).stdout.split())
    assert "invoices 30, invalid 0." in text
    assert "import type Invoices" in text


def test_a_check_and_a_failed_conversion_say_nothing_about_the_upload():
    put("products.csv")
    put("wrong.csv", WRONG)
    menu = csvimport.schema("products").upload.menu
    assert menu in " ".join(run("convert", "products", "products.csv", "-o", "out.csv").stdout.split())
    assert menu not in " ".join(run("check", "products", "products.csv").stdout.split())
    assert menu not in " ".join(run("convert", "products", "wrong.csv", "-o", "out2.csv").stdout.split())


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_the_upload_steps_fit_a_terminal(lang):
    for file, name in TABLES:
        path = f"{Path(name).stem}.out.csv"
        text = run("convert", file, SAMPLES / name, "-o", path, "--lang", lang).stdout
        text = text[text.index(phrase("frame_compare", lang, figures="").split(":")[0]) :]
        assert [line for line in text.splitlines() if len(line) > 80] == []
