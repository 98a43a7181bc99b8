"""The samples and what the README files say about them: everything printed there is tried."""

import csv
import re
import shutil
import subprocess
import sys
import tomllib
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

UPLOADS = [("partners", "partners.csv"), ("products", "products.csv"), ("dimensions", "dimensions.csv")]
TABLES = [("partners", "asiakkaat"), ("products", "tuotteet"), ("dimensions", "dimensiot")]
MISTAKES = [
    ("partners", "asiakkaat-virheita.xlsx"),
    ("products", "tuotteet-virheita.csv"),
    ("dimensions", "dimensiot-virheita.xlsx"),
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder with the samples in it, as the commands of the README expect."""
    shutil.copytree(SAMPLES, tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(report):
    """Code and cell of every error and warning."""
    return {(issue.code, f"{issue.column or ''}{issue.row or ''}") for issue in report.issues if issue.severity != "note"}


def blocks(text, language=""):
    """The fenced blocks of a Markdown text in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def run(command):
    """A command line of the documentation, in this process."""
    result = CliRunner().invoke(cli, next(csv.reader([command], delimiter=" ")))
    assert result.exit_code == (1 if "virheita" in command else 0), result.output
    return result.output


@pytest.mark.parametrize(("file", "name"), UPLOADS)
def test_an_upload_ready_sample_comes_out_byte_for_byte(file, name):
    result = csvimport.convert(file, SAMPLES / name)
    assert {code for code, _ in found(result.report)} <= {"C-30"}
    assert result.to_bytes() == (SAMPLES / name).read_bytes()


@pytest.mark.parametrize(("file", "name"), UPLOADS)
def test_an_upload_ready_sample_is_right_as_it_is(file, name):
    assert {code for code, _ in found(csvimport.check(file, SAMPLES / name, as_is=True))} <= {"C-30"}


@pytest.mark.parametrize(("file", "name"), TABLES)
def test_a_table_converts_to_the_expected_bytes(file, name):
    result = csvimport.convert(file, SAMPLES / f"{name}.xlsx")
    assert {code for code, _ in found(result.report)} <= {"C-30"}
    expected = (GOLDEN / f"{name}.csv").read_text(encoding="utf-8")  # kept as UTF-8 with LF, so that changes can be read
    assert result.to_bytes() == expected.replace("\n", "\r\n").encode("cp1252")
    assert result.report.layout == "table"


@pytest.mark.parametrize(("file", "name"), MISTAKES)
def test_faulty_samples_have_the_mistakes_that_their_readme_lists(file, name):
    table = SAMPLES_README.partition(f"### {name}\n")[2].partition("\n### ")[0]
    listed = {(code, cell) for cell, code in re.findall(r"^\| ([A-Z]+\d+) \| ([A-Z]+-\d+) \|", table, re.MULTILINE)}
    assert len(listed) >= 12
    assert found(csvimport.check(file, SAMPLES / name)) == listed


def test_the_samples_are_those_that_the_script_makes(tmp_path):
    subprocess.run([sys.executable, SAMPLES / "make_samples.py", tmp_path], check=True)
    for made in tmp_path.iterdir():
        kept = SAMPLES / made.name
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
