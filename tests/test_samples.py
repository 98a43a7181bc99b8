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

pytestmark = pytest.mark.no_cover

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
    ("memo-vouchers", "memo-voucher.csv"),
    ("payroll", "payroll.csv"),
    ("salary-info", "salary-info.csv"),
    ("budgets", "budgets.csv"),
]
TABLES = [
    ("partners", "asiakkaat.xlsx"),
    ("products", "tuotteet.xlsx"),
    ("dimensions", "dimensiot.xlsx"),
    ("invoices", "verkkokauppa.xlsx"),
    ("invoices", "laskut-kaksi-taulukkoa.xlsx"),
    ("invoices", "ostolaskut.csv"),
    ("payroll", "tunnit.xlsx"),
    ("salary-info", "palkkatiedot.xlsx"),
    ("budgets", "budjetti.xlsx"),
    ("budgets", "budjetti-pitka.csv"),
]
MISTAKES = [
    ("partners", "asiakkaat-virheita.xlsx"),
    ("products", "tuotteet-virheita.csv"),
    ("dimensions", "dimensiot-virheita.xlsx"),
    ("invoices", "laskut-virheita.xlsx"),
    ("memo-vouchers", "muistiotositteet-virheita.xlsx"),
    ("payroll", "tunnit-virheita.xlsx"),
    ("salary-info", "palkkatiedot-virheita.xlsx"),
    ("budgets", "budjetti-virheita.xlsx"),
]
TEMPORARY_IDENTITY_CODES = ("C-30", "warning")
ATTACHMENTS_NEED_A_PACKAGE = ("I-42", "warning")
ROWS_ALIKE = ("PAY-27", "warning")
RATE_NOT_LISTED = ("MV-13", "warning")
EXPECTED = {
    "partners.csv": {TEMPORARY_IDENTITY_CODES},
    "asiakkaat.xlsx": {TEMPORARY_IDENTITY_CODES},
    "invoices.csv": {TEMPORARY_IDENTITY_CODES, ATTACHMENTS_NEED_A_PACKAGE},
    "payroll.csv": {TEMPORARY_IDENTITY_CODES},
    "salary-info.csv": {TEMPORARY_IDENTITY_CODES},
    "tunnit.xlsx": {ROWS_ALIKE},
    "palkkatiedot.xlsx": {TEMPORARY_IDENTITY_CODES},
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder with the samples in it, as the commands of the README expect."""
    shutil.copytree(SAMPLES, tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(report):
    """Code and cell of every error and warning, but for the warning that invented identity codes are temporary ones."""
    told = [issue for issue in report.issues if issue.severity != "note" and (issue.code, issue.severity) != TEMPORARY_IDENTITY_CODES]
    return {(issue.code, f"{issue.column or ''}{issue.row or ''}") for issue in told}


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
        "sum with VAT 684,14 EUR. ",
        "sum without VAT 592,56 EUR, ",
        "VAT 0 % 0,00 EUR, ",
        "VAT 10 % 4,36 EUR, ",
        "VAT 13,5 % 30,66 EUR, ",
        "VAT 25,5 % 56,56 EUR.",
    ):
        assert total in printed


def test_the_journal_becomes_a_folder_with_a_file_for_each_voucher(folder):
    result = csvimport.convert("memo-vouchers", SAMPLES / "muistiotositteet.xlsx", "muistiotositteet")
    assert serious(result.report) == {RATE_NOT_LISTED}
    made = {path.name: path.read_bytes() for path in Path("muistiotositteet").iterdir()}
    listing = golden("muistiotositteet/upload-list").decode("cp1252")
    assert made.pop("upload-list.csv").decode("utf-8-sig") == listing
    assert made.pop("upload-list.md").count(b"\n| ") == 32
    assert sorted(made) == [line.partition(";")[0] for line in listing.splitlines()[1:]]
    for path in (GOLDEN / "muistiotositteet").glob("[0-9]*.csv"):
        assert made[path.name] == golden(f"muistiotositteet/{path.stem}")
    for name in made:
        assert serious(csvimport.check("memo-vouchers", Path("muistiotositteet", name), as_is=True)) <= {RATE_NOT_LISTED}


def test_the_sums_of_the_journal_are_those_worked_out_by_hand(folder):
    """Sums without VAT by month; VAT is added entry by entry.

    | month | cleaning + VAT    | rents | depreciation | cash sales: goods + VAT, coffee + VAT       | salaries | debit with VAT |
    | ---   |               --: |   --: |          --: |                                         --: |      --: |            --: |
    | 1     | 200 + 51,00       | 1 450 |       412,50 | 1 840,00 + 469,20, 620,00 + 83,70 = 3012,90 | 8 650,00 |      13 776,40 |
    | 2     | 200 + 51,00       | 1 450 |       412,50 | 1 712,40 + 436,66, 588,20 + 79,41 = 2816,67 | 8 690,50 |      13 620,67 |
    | 3     | 260 + 66,30       | 1 450 |       412,50 | 2 015,60 + 513,98, 701,90 + 94,76 = 3326,24 | 8 830,75 |      14 345,79 |
    | 4     | 200 + 51,00       | 1 450 |       412,50 | 1 990,00 + 507,45, 655,50 + 88,49 = 3241,44 | 8 720,00 |      14 074,94 |
    | 5     | 200 + 51,00       | 1 450 |       412,50 | 2 233,80 + 569,62, 730,00 + 98,55 = 3631,97 | 9 065,60 |      14 811,07 |
    | 6     | 240 + 61,20       | 1 450 |       412,50 | 2 410,20 + 614,60, 812,40 + 109,67 = 3946,87 | 9 730,40 |     15 840,97 |

    Together 86 469,84; without the VAT of cleaning (331,50) 86 138,34.
    """
    printed = " ".join(run("check memo-vouchers samples/muistiotositteet.xlsx").split())
    for figure in ("vouchers 30, entries 84, ", "debit 86138,34 EUR, ", "debit with VAT 86469,84 EUR, ", "credit with VAT 86469,84 EUR, "):
        assert figure in printed
    assert "difference with VAT 0,00 EUR" in printed


def test_the_journal_as_receipts_is_a_right_invoice_file(folder):
    run("convert memo-vouchers samples/muistiotositteet.xlsx --as journal-receipts -o muistiot.csv")
    report = csvimport.check("invoices", "muistiot.csv", as_is=True)
    assert {code for code, severity in serious(report) if severity == "error"} == set()
    assert dict(report.counts.records) == {"invoice": 30, "row": 84, "dimension": 42}


def test_the_hours_are_those_worked_out_by_hand(folder):
    """1004: 37:30 + 35:00 + 22:30 + 50:15 + 75:45 = 221 h; 1447: 6:15 + 4:30 + 3:15 = 14 h; 1008: 7:30; 1020: once."""
    apart = " ".join(run("check payroll samples/tunnit.xlsx").split())
    together = " ".join(run("convert payroll samples/tunnit.xlsx --sum -o tunnit.csv").split())
    for printed, rows in ((apart, 10), (together, 8)):
        assert f"rows {rows}, employees 3, " in printed
        for code, hours in (("1004", "221,00"), ("1008", "7,50"), ("1020", "1,00"), ("1447", "14,00")):
            assert f"quantity of salary type {code} {hours}" in printed
    assert Path("tunnit.csv").read_bytes() == golden("tunnit-sum")
    assert serious(csvimport.check("payroll", "tunnit.csv", as_is=True)) == set()


def test_the_budget_adds_up_to_the_sums_worked_out_by_hand(folder):
    """The financial year from July 2026 to June 2027, by calendar year; what the column of totals says is their sum.

    | account        | July–December 2026 | January–June 2027 | total column |
    | ---            |                --: |               --: |          --: |
    | 3000 Myynti    |           -149 000 |          -126 000 |     -275 000 |
    | 4000 Ostot     |             59 600 |            50 400 |      110 000 |
    | 5000 Palkat    |             39 000 |            42 250 |       81 250 |
    | 7230 Vuokrat   |             15 000 |            15 000 |       30 000 |
    | 7680 Koulutus  |              1 200 |               900 |        2 100 |
    | 7770 Markkinointi |           8 800 |             5 500 |       14 300 |
    | together       |            -25 400 |           -11 950 |      -37 350 |
    """
    book = load_workbook("samples/budjetti.xlsx").active
    assert sum(row[14].value for row in book.iter_rows(min_row=3) if row[0].value) == -37350
    printed = " ".join(run("convert budgets samples/budjetti.xlsx -o budjetti.csv").split())
    assert "budget rows 12, invalid 0. Figures to compare: Budget 2026 p -25400, Budget 2027 p -11950." in printed
    rows = [line.split(";") for line in Path("budjetti.csv").read_text(encoding="cp1252").splitlines()]
    by_year = {year: sum(int(cell) for row in rows if row[3] == year for cell in row[4:16]) for year in ("2026", "2027")}
    assert by_year == {"2026": -25400, "2027": -11950}


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
