"""The samples and what the README files say about them: everything printed there is tried."""

import csv
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

import csvimport
from csvimport.cli import cli
from csvimport.settings import load as load_settings

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
GOLDEN = Path(__file__).parent / "golden"
README = (ROOT / "README.md").read_text(encoding="utf-8")
SAMPLES_README = (SAMPLES / "README.md").read_text(encoding="utf-8")

UPLOADS = [
    ("partners", "partners.csv"),
    ("products", "products.csv"),
    ("dimensions", "dimensions.csv"),
    ("invoices", "invoices.csv"),
]
TABLES = [
    ("partners", "asiakkaat.xlsx"),
    ("products", "tuotteet.xlsx"),
    ("dimensions", "dimensiot.xlsx"),
    ("invoices", "verkkokauppa.xlsx"),
    ("invoices", "laskut-kaksi-taulukkoa.xlsx"),
    ("invoices", "ostolaskut.csv"),
]
MISTAKES = [
    ("partners", "asiakkaat-virheita.xlsx"),
    ("products", "tuotteet-virheita.csv"),
    ("dimensions", "dimensiot-virheita.xlsx"),
    ("invoices", "laskut-virheita.xlsx"),
]
TEMPORARY_IDENTITY_CODES = ("C-30", "warning")
ATTACHMENTS_NEED_A_PACKAGE = ("I-42", "warning")
EXPECTED = {
    "partners.csv": {TEMPORARY_IDENTITY_CODES},
    "asiakkaat.xlsx": {TEMPORARY_IDENTITY_CODES},
    "invoices.csv": {TEMPORARY_IDENTITY_CODES, ATTACHMENTS_NEED_A_PACKAGE},
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder with the samples in it, as the commands of the README expect."""
    shutil.copytree(SAMPLES, tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(report):
    """Code and cell of every error and warning."""
    return {(issue.code, f"{issue.column or ''}{issue.row or ''}") for issue in report.issues if issue.severity != "note"}


def serious(report):
    """Code and severity of every error and warning."""
    return {(issue.code, issue.severity) for issue in report.issues if issue.severity != "note"}


def golden(name):
    """The expected bytes; kept as UTF-8 with LF, so that changes can be read."""
    return (GOLDEN / name).with_suffix(".csv").read_text(encoding="utf-8").replace("\n", "\r\n").encode("cp1252")


def blocks(text, language=""):
    """The fenced blocks of a Markdown text in one language."""
    return [block for word, block in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL) if word == language]


def run(command):
    """A command line of the documentation, in this process."""
    result = CliRunner().invoke(cli, next(csv.reader([command], delimiter=" ")))
    assert result.exit_code == (1 if "virheita" in command else 0), result.output
    return result.output


@pytest.mark.parametrize(("file", "name"), UPLOADS)
def test_an_upload_ready_sample_comes_out_byte_for_byte(file, name):
    result = csvimport.convert(file, SAMPLES / name)
    assert serious(result.report) == EXPECTED.get(name, set())
    assert result.to_bytes() == (SAMPLES / name).read_bytes()


@pytest.mark.parametrize(("file", "name"), UPLOADS)
def test_an_upload_ready_sample_is_right_as_it_is(file, name):
    assert serious(csvimport.check(file, SAMPLES / name, as_is=True)) == EXPECTED.get(name, set())


@pytest.mark.parametrize(("file", "name"), TABLES)
def test_a_table_converts_to_the_expected_bytes(file, name):
    result = csvimport.convert(file, SAMPLES / name)
    assert serious(result.report) == EXPECTED.get(name, set())
    assert result.to_bytes() == golden(name)
    assert result.report.layout == "table"


def test_the_totals_of_the_webshop_are_those_worked_out_by_hand(folder):
    """Prices include VAT; each row is rounded to cents.

    | row              | price × quantity       | with VAT | VAT %          | without VAT |  VAT |
    | ---              | ---                    |      --: |            --: |         --: |  --: |
    | coffee           | 4 × 8,90               |    35,60 | / 1,135 (13,5) |       31,37 |  4,23 |
    | mug              | 2 × 14,50              |    29,00 | / 1,255 (25,5) |       23,11 |  5,89 |
    | coffee, 10 % off | 24 × 8,90 × 0,9        |   192,24 | / 1,135 (13,5) |      169,37 | 22,87 |
    | filters          | 5 × 3,20               |    16,00 | / 1,255 (25,5) |       12,75 |  3,25 |
    | book             | 1 × 29,90              |    29,90 | / 1,135 (13,5) |       26,34 |  3,56 |
    | magazine         | 1 × 48,00              |    48,00 | / 1,10 (10)    |       43,64 |  4,36 |
    | bags             | 30 × 7,45              |   223,50 | / 1,255 (25,5) |      178,09 | 45,41 |
    | delivery         | 1 × 9,90               |     9,90 | / 1,255 (25,5) |        7,89 |  2,01 |
    | gift cards       | 2 × 50,00              |   100,00 | (0)            |      100,00 |  0,00 |

    With VAT 684,14; without VAT 592,56; VAT 4,36 at 10 %, 4,23 + 22,87 + 3,56 = 30,66 at 13,5 %,
    5,89 + 3,25 + 45,41 + 2,01 = 56,56 at 25,5 %; together 91,58 = 684,14 - 592,56.
    """
    printed = " ".join(run("check invoices samples/verkkokauppa.xlsx").split())
    for total in (
        "invoices 5, ",
        "sum with VAT 684,14 EUR, ",
        "sum without VAT 592,56 EUR, ",
        "VAT 0 % 0,00 EUR, ",
        "VAT 10 % 4,36 EUR, ",
        "VAT 13,5 % 30,66 EUR, ",
        "VAT 25,5 % 56,56 EUR.",
    ):
        assert total in printed


def test_the_expense_claims_go_into_a_package_with_their_attachments(folder):
    run("convert invoices samples/kululaskut.xlsx -o kululaskut.zip --attachments samples/liitteet")
    with zipfile.ZipFile("kululaskut.zip") as package:
        assert sorted(package.namelist()) == ["koulutus.txt", "kuitti-0228.pdf", "kululaskut.csv"]
        assert package.read("kululaskut.csv") == golden("kululaskut")
        for name in ("koulutus.txt", "kuitti-0228.pdf"):
            assert package.read(name) == (SAMPLES / "liitteet" / name).read_bytes()
    assert serious(csvimport.check("invoices", "kululaskut.zip", as_is=True)) == set()


@pytest.mark.parametrize(("file", "name"), MISTAKES)
def test_faulty_samples_have_the_mistakes_that_their_readme_lists(file, name):
    table = SAMPLES_README.partition(f"### {name}\n")[2].partition("\n### ")[0]
    listed = {(code, cell) for cell, code in re.findall(r"^\| ([A-Z]+\d+) \| ([A-Z]+-\d+) \|", table, re.MULTILINE)}
    assert len(listed) >= 12
    assert found(csvimport.check(file, SAMPLES / name)) == listed


def test_the_samples_are_those_that_the_script_makes(tmp_path):
    subprocess.run([sys.executable, SAMPLES / "make_samples.py", tmp_path], check=True)
    made_files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(made_files) == len([path for path in SAMPLES.rglob("*.*") if path.suffix in {".csv", ".xlsx", ".pdf", ".txt"}])
    for made in made_files:
        kept = SAMPLES / made.relative_to(tmp_path)
        if made.suffix == ".xlsx":
            assert cells(made) == cells(kept), f"{kept.name} has been changed by hand; change make_samples.py"
        else:
            assert made.read_bytes() == kept.read_bytes()


def cells(path):
    """The values of a workbook by sheet."""
    book = load_workbook(path)
    return {page.title: [[cell.value for cell in row] for row in page.iter_rows()] for page in book}


@pytest.mark.parametrize("command", re.findall(r"^(?:.*/)?csvimport (.+)$", "".join(blocks(README)), re.MULTILINE))
def test_the_commands_of_the_readme_run(folder, command):
    run(command)


@pytest.mark.parametrize("command", re.findall(r"`csvimport (.+?)` \|$", SAMPLES_README, re.MULTILINE))
def test_the_commands_of_the_samples_run(folder, command):
    run(command)


def test_the_report_in_the_readme_is_a_true_excerpt(folder):
    output = run("check partners samples/asiakkaat-virheita.xlsx")
    (excerpt,) = blocks(README, "text")
    for part in excerpt.strip().split("\n…\n"):
        assert part in output


def test_the_python_example_of_the_readme_runs(folder):
    (example,) = blocks(README, "python")
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", "-c", example], check=True, capture_output=True, text=True, encoding="utf-8"
    )
    assert done.stdout.startswith("False ")


def test_the_settings_of_the_readme_are_known():
    (example,) = blocks(README, "toml")
    settings = load_settings(tomllib.loads(example))
    assert settings.registers.accounts == "chart-of-accounts.xlsx"
    assert settings.decimal_mark == ","
