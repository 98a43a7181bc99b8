"""One file for each voucher, and the same vouchers as journal receipts of the invoice file."""

import csv
import io
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner
from conftest import Found, notes, serious, upload

import csvimport
from csvimport import Result
from csvimport.cli import cli
from csvimport.report.report import Report

pytestmark = pytest.mark.no_cover

LISTS = ["upload-list.csv", "upload-list.md"]
WAGES = ["5000;Palkat;3000,00;Kustannuspaikka;Myymälä A;;", "2965;Palkat;-3000,00;;;;"]
HEADINGS = ("Tosite", "Pvm", "Tositteen nimi", "Tili", "Selite", "Debet", "Kredit")

# Two vouchers, the second out of order and dated before the first.
JOURNAL = [
    ("12", "31.1.2026", "Palkat 1/2026", "5000", "Palkat", "3000,00", ""),
    ("7", "15.1.2026", "Vuokra", "7230", "Vuokra", "500,00", ""),
    ("12", "", "", "2965", "Palkat", "", "3000,00"),
    ("7", "", "", "1910", "Vuokra", "", "500,00"),
]
FILES = {
    "1_2026-01-31_12_Palkat-1-2026.csv": ["5000;Palkat;3000,00;;;;", "2965;Palkat;-3000,00;;;;"],
    "2_2026-01-15_7_Vuokra.csv": ["7230;Vuokra;500,00;;;;", "1910;Vuokra;-500,00;;;;"],
}
ONE = [line for line in JOURNAL if line[0] == "7"]
WRONG = [(*line[:3], "50" if line[3] == "5000" else line[3], *line[4:]) for line in JOURNAL]


def frame(lines: "list[tuple[str, ...]]") -> pd.DataFrame:
    return pd.DataFrame(lines, columns=HEADINGS, dtype=object)


def voucher(key: str, name: str, day: str = "31.01.2026") -> "list[tuple[str, ...]]":
    return [(key, day, name, "5000", "Vienti", "10,00", ""), (key, day, name, "1910", "Vienti", "", "10,00")]


def convert(lines: "list[tuple[str, ...]]", target: "Path | None" = None, **options: Any) -> Result:
    return csvimport.convert("memo-vouchers", frame(lines), target, **options)


def text(lines: "list[str]") -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode("cp1252")


def listed(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def names(lines: "list[tuple[str, ...]]") -> list[str]:
    """The names of the files of the vouchers, without the lists; there must be no errors."""
    result = convert(lines)
    assert [found for found in serious(result.report) if found[1] == "error"] == []
    return [name for name in result.to_files() if name not in LISTS]


def rows(content: bytes) -> list[list[str]]:
    """The list as Excel reads it."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


# --- the folder --------------------------------------------------------------------------------------------------------


def test_each_voucher_becomes_a_file_of_the_folder(tmp_path: Path) -> None:
    result = convert(JOURNAL, tmp_path / "tositteet")
    assert serious(result.report) == []
    assert listed(tmp_path) == ["tositteet"]
    assert listed(tmp_path / "tositteet") == [*FILES, *LISTS]
    for name, lines in FILES.items():
        assert (tmp_path / "tositteet" / name).read_bytes() == text(lines)
    assert sorted(result.outputs) == sorted(str(tmp_path / "tositteet" / name) for name in (*FILES, *LISTS))


def test_each_file_is_right_as_it_is(tmp_path: Path) -> None:
    convert(JOURNAL, tmp_path / "tositteet")
    for name in FILES:
        path = tmp_path / "tositteet" / name
        assert serious(csvimport.check("memo-vouchers", path, as_is=True)) == []
        assert csvimport.convert("memo-vouchers", path).to_bytes() == path.read_bytes()


def test_files_sort_in_the_order_of_the_vouchers() -> None:
    made = names([line for number in range(1, 121) for line in voucher(str(1000 - number), "Tosite")])
    assert made == sorted(made)
    assert (made[0], made[119]) == ("001_2026-01-31_999_Tosite.csv", "120_2026-01-31_880_Tosite.csv")


def test_a_name_says_what_is_known_of_its_voucher() -> None:
    lines = [line for line in JOURNAL if line[0] == "7"]
    assert next(iter(csvimport.convert("memo-vouchers", frame(lines)).to_files())) == "1_2026-01-15_7_Vuokra.csv"
    for left_out, name in (("Pvm", "1_7_Vuokra.csv"), ("Tositteen nimi", "1_2026-01-15_7.csv"), ("Tosite", "1_2026-01-15_Vuokra.csv")):
        result = csvimport.convert("memo-vouchers", frame(lines).drop(columns=left_out))
        assert next(iter(result.to_files())) == name


HOSTILE = {
    "slashes": ("../../etc/passwd", "a/b\\c"),
    "dots": ("..", "."),
    "drive": ("C:", "C:\\temp\\x"),
    "letters": ("ü-ÄÖ", "Ääkköset ja ß"),
    "device": ("CON", "nul.txt"),
    "long": ("k" * 300, "n" * 80),
    "marks": ('*?"<>|', "$(rm -rf)`'&!"),
    "blanks": ("  7  ", " - "),
    "option": ("--force", "-rf"),
    "chinese": ("日本", "日本"),
    "polish": ("Łódź", "Łódź → Åbo"),
}


@pytest.mark.parametrize(("key", "name"), HOSTILE.values(), ids=HOSTILE.keys())
def test_file_names_are_harmless_on_every_system(tmp_path: Path, key: str, name: str) -> None:
    """Neither key nor name stand in the file, so whatever they hold is no reason to refuse them."""
    (made,) = names(voucher(key, name))
    assert re.fullmatch(r"1_2026-01-31(_[A-Za-z0-9][A-Za-z0-9-]*)*\.csv", made)
    assert len(made) <= 120
    convert(voucher(key, name), tmp_path / "out")
    assert listed(tmp_path) == ["out"]
    assert listed(tmp_path / "out") == [made, *LISTS]


def test_names_that_look_alike_stay_apart() -> None:
    made = names([*voucher("A/1", "Palkat"), *voucher("A 1", "Palkat"), *voucher("a-1", "palkat")])
    assert made == ["1_2026-01-31_A-1_Palkat.csv", "2_2026-01-31_A-1_Palkat.csv", "3_2026-01-31_a-1_palkat.csv"]


def test_a_semicolon_in_a_name_that_no_file_holds_is_no_error() -> None:
    assert names(voucher("1", "Palkat; tammikuu")) == ["1_2026-01-31_1_Palkat-tammikuu.csv"]


# --- the list ----------------------------------------------------------------------------------------------------------

TITLES = {
    "en": ["File", "Date", "Name", "Entries", "Debit", "Credit", "Difference"],
    "fi": ["Tiedosto", "Päivämäärä", "Nimi", "Vientejä", "Debet", "Kredit", "Erotus"],
    "sv": ["Fil", "Datum", "Namn", "Transaktioner", "Debet", "Kredit", "Differens"],
}


@pytest.mark.parametrize("lang", TITLES)
def test_the_list_opens_in_excel(lang: str) -> None:
    content = convert(JOURNAL, lang=lang).to_files()["upload-list.csv"]
    assert content.count(b"\r\n") == content.count(b"\n") == 3
    assert rows(content) == [
        TITLES[lang],
        ["1_2026-01-31_12_Palkat-1-2026.csv", "31.01.2026", "Palkat 1/2026", "2", "3000,00", "3000,00", "0,00"],
        ["2_2026-01-15_7_Vuokra.csv", "15.01.2026", "Vuokra", "2", "500,00", "500,00", "0,00"],
    ]


@pytest.mark.parametrize("lang", TITLES)
def test_the_list_can_be_read_as_text(lang: str) -> None:
    lines = convert(JOURNAL, lang=lang).to_files()["upload-list.md"].decode().splitlines()
    assert lines[0].startswith("# ")
    assert f"| {' | '.join(TITLES[lang])} |" in lines
    assert "| 2_2026-01-15_7_Vuokra.csv | 15.01.2026 | Vuokra | 2 | 500,00 | 500,00 | 0,00 |" in lines
    assert "\ufeff" not in lines[0]


def test_the_steps_above_the_list_are_in_its_language() -> None:
    steps = {lang: convert(JOURNAL, lang=lang).to_files()["upload-list.md"].decode().split("\n\n")[1] for lang in TITLES}
    assert len(set(steps.values())) == 3
    assert "Management > Import data" in steps["en"]


@pytest.mark.parametrize(
    ("sums", "rates", "figures"),
    [
        (("200,00", "-248,00"), ("24", ""), ["248,00", "248,00", "0,00"]),
        (("200,00", "-200,00"), ("24", ""), ["248,00", "200,00", "48,00"]),
        (("200,00", "-200,00"), ("", "24"), ["200,00", "248,00", "-48,00"]),
    ],
)
def test_the_list_counts_vat_and_shows_the_difference(sums: tuple[str, str], rates: tuple[str, str], figures: list[str]) -> None:
    cells = {"Tili": ("7680", "1910"), "Selite": ("Siivous",) * 2, "Summa": sums, "ALV-%": rates}
    files = csvimport.convert("memo-vouchers", pd.DataFrame(cells)).to_files()
    assert rows(files["upload-list.csv"])[1] == ["1.csv", "", "", "2", *figures]


@pytest.mark.parametrize("name", ["=1+1", "+358 40 000 0000", "-2+3", "@SUM(A1)"])
def test_a_name_is_no_formula_in_the_list(name: str) -> None:
    """A spreadsheet takes a cell for a formula when it begins with one of these signs."""
    cell = rows(convert(voucher("1", name)).to_files()["upload-list.csv"])[1][2]
    assert cell[:1] not in {"=", "+", "-", "@"}
    assert name in cell


def test_a_name_does_not_break_the_table_of_the_text() -> None:
    lines = convert(voucher("1", "Palkat | tammikuu")).to_files()["upload-list.md"].decode().splitlines()
    assert [len(re.findall(r"(?<!\\)\|", line)) for line in lines if line.startswith("|")] == [8, 8, 8]
    assert "| Palkat \\| tammikuu |" in lines[-1]


def test_a_name_is_no_markup_in_the_text() -> None:
    page = (
        convert(voucher("1", "<script>alert(1)</script> ![kuva](http://example.com/k) [linkki](x) `koodi`"))
        .to_files()["upload-list.md"]
        .decode()
    )
    assert "<script>" not in page
    assert r"!\[kuva\](http://example.com/k) \[linkki\](x) \`koodi\`" in page


# --- one voucher -------------------------------------------------------------------------------------------------------


def test_a_single_voucher_goes_into_a_file(tmp_path: Path) -> None:
    result = convert(ONE, tmp_path / "vuokra.csv")
    assert listed(tmp_path) == ["vuokra.csv"]
    assert (tmp_path / "vuokra.csv").read_bytes() == text(FILES["2_2026-01-15_7_Vuokra.csv"]) == result.to_bytes()
    assert result.outputs == (str(tmp_path / "vuokra.csv"),)


def test_a_single_voucher_may_go_into_a_folder(tmp_path: Path) -> None:
    convert(ONE, tmp_path / "tositteet")
    assert listed(tmp_path / "tositteet") == ["1_2026-01-15_7_Vuokra.csv", *LISTS]


def test_several_vouchers_do_not_go_into_a_file(tmp_path: Path) -> None:
    with pytest.raises(csvimport.UsageError, match="folder"):
        convert(JOURNAL, tmp_path / "tositteet.csv")
    assert listed(tmp_path) == []


def test_several_vouchers_leave_an_old_file_untouched(tmp_path: Path) -> None:
    (tmp_path / "tositteet.csv").write_bytes(b"old")
    with pytest.raises(csvimport.UsageError, match="folder"):
        convert(JOURNAL, tmp_path / "tositteet.csv", force=True)
    assert contents(tmp_path) == {"tositteet.csv": b"old"}


def test_several_vouchers_are_not_bytes() -> None:
    with pytest.raises(csvimport.UsageError, match="folder"):
        convert(JOURNAL).to_bytes()


def test_errors_are_neither_bytes_nor_files() -> None:
    result = convert(WRONG)
    with pytest.raises(csvimport.UsageError, match="error"):
        result.to_bytes()
    with pytest.raises(csvimport.UsageError, match="error"):
        result.to_files()


def test_the_files_are_those_of_the_folder(tmp_path: Path) -> None:
    result = convert(JOURNAL, tmp_path / "tositteet")
    assert result.to_files() == contents(tmp_path / "tositteet")


def test_other_transfer_files_are_one_file() -> None:
    with pytest.raises(csvimport.UsageError, match="to_bytes"):
        csvimport.convert("dimensions", upload("Kustannuspaikka;Myymälä A;A;;")).to_files()


def test_there_is_no_package_of_vouchers(tmp_path: Path) -> None:
    with pytest.raises(csvimport.UsageError, match=r"\.csv"):
        convert(JOURNAL, tmp_path / "tositteet.zip")
    assert listed(tmp_path) == []


# --- a folder that exists ----------------------------------------------------------------------------------------------


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder that an earlier run made."""
    convert([*voucher("1", "Vanha"), *voucher("2", "Vanha"), *voucher("3", "Vanha")], tmp_path / "tositteet")
    return tmp_path / "tositteet"


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "tositteet").mkdir()
    convert(JOURNAL, tmp_path / "tositteet")
    assert listed(tmp_path / "tositteet") == [*FILES, *LISTS]
    assert listed(tmp_path) == ["tositteet"]


def test_a_folder_with_a_point_in_its_name_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "tositteet 1.2026").mkdir()
    convert(JOURNAL, tmp_path / "tositteet 1.2026")
    assert listed(tmp_path / "tositteet 1.2026") == [*FILES, *LISTS]


def test_an_old_folder_is_replaced_only_with_force(old: Path) -> None:
    before = contents(old)
    with pytest.raises(csvimport.OutputError, match="--force"):
        convert(JOURNAL, old)
    assert contents(old) == before
    convert(JOURNAL, old, force=True)
    assert listed(old) == [*FILES, *LISTS]
    assert listed(old.parent) == ["tositteet"]


def test_no_stale_file_stays_in_a_folder_that_is_replaced(old: Path) -> None:
    convert(ONE, old, force=True)
    assert listed(old) == ["1_2026-01-15_7_Vuokra.csv", *LISTS]


@pytest.mark.parametrize("lang", TITLES)
def test_a_folder_made_in_another_language_is_known_again(tmp_path: Path, lang: str) -> None:
    convert(JOURNAL, tmp_path / "tositteet", lang=lang)
    convert(ONE, tmp_path / "tositteet", force=True)
    assert listed(tmp_path / "tositteet") == ["1_2026-01-15_7_Vuokra.csv", *LISTS]


def test_a_voucher_that_was_uploaded_and_deleted_does_not_matter(old: Path) -> None:
    next(old.glob("1_*.csv")).unlink()
    convert(JOURNAL, old, force=True)
    assert listed(old) == [*FILES, *LISTS]


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("stranger", ["kuitti.pdf", "4_oma.csv", ".piilo", "alikansio"])
def test_strangers_in_a_folder_are_left_alone(old: Path, stranger: str, force: bool) -> None:
    if stranger == "alikansio":
        (old / stranger).mkdir()
    else:
        (old / stranger).write_bytes(b"mine")
    before = listed(old)
    with pytest.raises(csvimport.OutputError, match="--force" if not force else re.escape(stranger)):
        convert(JOURNAL, old, force=force)
    assert listed(old) == before
    assert listed(old.parent) == ["tositteet"]


@pytest.mark.parametrize("name", ["a.csv", "upload-list.md", "1_2026-01-31_12_Palkat-1-2026.csv"])
def test_a_folder_that_csvimport_did_not_make_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / "omat").mkdir()
    (tmp_path / "omat" / name).write_bytes(b"mine")
    with pytest.raises(csvimport.OutputError, match=re.escape(name)):
        convert(JOURNAL, tmp_path / "omat", force=True)
    assert contents(tmp_path / "omat") == {name: b"mine"}


def test_a_list_of_somebody_else_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "omat").mkdir()
    (tmp_path / "omat" / "upload-list.csv").write_text("muistilista\nmaito\n", encoding="utf-8")
    (tmp_path / "omat" / "maito").write_bytes(b"mine")
    with pytest.raises(csvimport.OutputError):
        convert(JOURNAL, tmp_path / "omat", force=True)
    assert listed(tmp_path / "omat") == ["maito", "upload-list.csv"]


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "tositteet").write_bytes(b"mine")
    with pytest.raises(csvimport.OutputError, match="tositteet"):
        convert(JOURNAL, tmp_path / "tositteet", force=True)
    assert contents(tmp_path) == {"tositteet": b"mine"}


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(csvimport.OutputError, match="nowhere"):
        convert(JOURNAL, tmp_path / "nowhere" / "tositteet")
    assert listed(tmp_path) == []


@pytest.mark.parametrize("force", [False, True])
def test_errors_write_nothing(tmp_path: Path, force: bool) -> None:
    result = convert(WRONG, tmp_path / "tositteet", force=force)
    assert serious(result.report) == [("MV-01", "error", "account", "D1")]
    assert result.outputs == ()
    assert listed(tmp_path) == []


def test_errors_leave_an_old_folder_untouched(old: Path) -> None:
    before = contents(old)
    assert convert(WRONG, old, force=True).outputs == ()
    assert contents(old) == before
    assert listed(old.parent) == ["tositteet"]


def test_a_folder_that_cannot_be_written_is_left_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full after the first file: no half folder, nothing left behind, a sentence."""
    before, write = contents(old), os.fsync
    left = [1]

    def fill_up(handle: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        write(handle)

    monkeypatch.setattr(os, "fsync", fill_up)
    with pytest.raises(csvimport.OutputError, match="No space left"):
        convert(JOURNAL, old, force=True)
    assert contents(old) == before
    assert listed(old.parent) == ["tositteet"]


@pytest.mark.parametrize("refused", [1, 2], ids=["the old one", "the new one"])
def test_a_folder_that_cannot_be_moved_is_left_as_it_was(old: Path, monkeypatch: pytest.MonkeyPatch, refused: int) -> None:
    before, move = contents(old), Path.replace
    left = [refused]

    def busy(self: Path, target: "str | Path") -> Path:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(16, "Device or resource busy")
        return move(self, target)

    monkeypatch.setattr(Path, "replace", busy)
    with pytest.raises(csvimport.OutputError, match="busy"):
        convert(JOURNAL, old, force=True)
    assert contents(old) == before
    assert listed(old.parent) == ["tositteet"]


def test_the_input_is_never_replaced(old: Path) -> None:
    """A file that an earlier run made is the input, and its folder the output."""
    before = contents(old)
    with pytest.raises(csvimport.OutputError, match="input"):
        csvimport.convert("memo-vouchers", next(old.glob("1_*.csv")), old, force=True)
    assert contents(old) == before


def test_the_working_folder_can_be_named_by_its_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is filled or refused, but nothing else is left beside it."""
    (tmp_path / "tyhja").mkdir()
    monkeypatch.chdir(tmp_path / "tyhja")
    try:
        convert(JOURNAL, Path())
    except csvimport.OutputError:
        assert listed(tmp_path / "tyhja") == []
    else:
        assert listed(tmp_path / "tyhja") == [*FILES, *LISTS]
    assert listed(tmp_path) == ["tyhja"]


# --- the command line --------------------------------------------------------------------------------------------------


@pytest.fixture
def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder with a right and a wrong journal."""
    monkeypatch.chdir(tmp_path)
    for name, lines in (("journal.csv", JOURNAL), ("wrong.csv", WRONG), ("one.csv", ONE)):
        (tmp_path / name).write_bytes(text([";".join(line) for line in (HEADINGS, *lines)]))
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


INPUTS = ["journal.csv", "one.csv", "wrong.csv"]


def test_the_command_line_makes_a_folder(at: Path) -> None:
    status, printed, _ = run("convert", "memo-vouchers", "journal.csv", "-o", "tositteet", "--format", "json")
    assert status == 0
    assert json.loads(printed)["outputs"] == [str(Path("tositteet") / name) for name in (*FILES, *LISTS)]
    assert listed(at / "tositteet") == [*FILES, *LISTS]


def test_the_command_line_names_the_folder(at: Path) -> None:
    status, printed, told = run("convert", "memo-vouchers", "journal.csv", "-o", "tositteet")
    assert (status, told) == (0, "")
    assert "tositteet" in printed


def test_the_list_is_in_the_language_of_the_messages(at: Path) -> None:
    run("convert", "memo-vouchers", "journal.csv", "-o", "tositteet", "--lang", "fi")
    assert rows((at / "tositteet" / "upload-list.csv").read_bytes())[0] == TITLES["fi"]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("journal.csv", "-o", "tositteet"), 0),
        (("one.csv", "-o", "yksi.csv"), 0),
        (("wrong.csv", "-o", "tositteet"), 1),
        (("journal.csv", "-o", "tositteet.csv"), 2),
        (("journal.csv", "-o", "nowhere/tositteet"), 2),
        (("journal.csv", "-o", "journal.csv", "--force"), 2),
        (("journal.csv", "-o", ".", "--force"), 2),
        (("one.csv", "-o", "one.csv", "--force"), 2),
    ],
)  # fmt: skip
def test_exit_statuses(at: Path, arguments: tuple[str, ...], status: int) -> None:
    before = contents(at)
    assert run("convert", "memo-vouchers", *arguments)[0] == status
    assert {name: content for name, content in before.items() if (at / name).read_bytes() != content} == {}
    if status:
        assert listed(at) == INPUTS


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("journal.csv", "-o", "tositteet.csv"), "folder"),
        (("journal.csv", "-o", "nowhere/tositteet"), "nowhere"),
        (("journal.csv", "-o", "tositteet", "--as", "laskut"), "journal-receipts"),
        (("journal.csv", "-o", "tositteet.zip"), ".csv"),
    ],
)
def test_a_wrong_call_is_told_in_a_sentence(at: Path, arguments: tuple[str, ...], says: str) -> None:
    status, printed, told = run("convert", "memo-vouchers", *arguments)
    assert (status, printed) == (2, "")
    assert says in told and told.count("\n") == 1
    assert listed(at) == INPUTS


def test_a_folder_with_files_is_refused_by_the_command_line(at: Path) -> None:
    assert run("convert", "memo-vouchers", "journal.csv", "-o", "tositteet")[0] == 0
    status, printed, told = run("convert", "memo-vouchers", "one.csv", "-o", "tositteet")
    assert (status, printed) == (2, "")
    assert "--force" in told
    assert listed(at / "tositteet") == [*FILES, *LISTS]
    assert run("convert", "memo-vouchers", "one.csv", "-o", "tositteet", "--force")[0] == 0
    assert listed(at / "tositteet") == ["1_2026-01-15_7_Vuokra.csv", *LISTS]


# --- journal receipts --------------------------------------------------------------------------------------------------

HEAD = {"Tosite": "1", "Pvm": "31.1.2026", "Tositteen nimi": "Palkat"}
DEBIT = {"Tili": "5000", "Selite": "Palkat 1/2026", "Debet": "3 000,00", "Kredit": ""}
CREDIT = {"Tili": "2965", "Selite": "Palkat 1/2026", "Debet": "", "Kredit": "3000,00"}
TWO = {"Dimensio: Kustannuspaikka": "Myymälä A", "Dimensio: Projekti": "P-2026-01"}
PAIRS = {"Dimensio": "Kustannuspaikka", "Nimike": "Myymälä A", "Dimensio 2": "Projekti", "Nimike 2": "P-2026-01"}
PURCHASE = {"Tili": "7680", "Selite": "Siivous", "Debet": "200,00", "Kredit": "", "ALV-%": "25,5", "ALV-tyyppi": "osto"}
PAID = {"Tili": "1910", "Selite": "Siivous", "Debet": "", "Kredit": "251,00"}

RECEIPTS = [
    "N;;;;;;Palkat;;;;;;31.01.2026;;;;;;;;;;;;;;;;t;;;;;;;;;;;;;;;;;;",
    ";Palkat 1/2026;;1;;3000,00;;;;;;;;5000;;;",
    ";DIMENSION;R;Kustannuspaikka;Myymälä A;100",
    ";DIMENSION;R;Projekti;P-2026-01;100",
    ";Palkat 1/2026;;1;;-3000,00;;;;;;;;2965;;;",
    "N;;;;;;Tosite 2;;;;;;28.02.2026;;;;;;;;;;;;;;;;t;;;;;;;;;;;;;;;;;;",
    ";Siivous;;1;;200,00;;25,5;;;;;;7680;;P;",
    ";Siivous;;1;;-251,00;;;;;;;;1910;;;",
]

Line = Mapping[str, object]


def table(*lines: Line) -> pd.DataFrame:
    headings = list(dict.fromkeys(heading for line in lines for heading in line))
    return pd.DataFrame([{heading: line.get(heading, "") for heading in headings} for line in lines], dtype=object)


def receipts(*lines: Line, **options: Any) -> Result:
    return csvimport.convert("memo-vouchers", table(*lines), as_="journal-receipts", **options)


def errors(report: Report) -> list[Found]:
    return [found for found in serious(report) if found[1] == "error"]


SMALL = ({**HEAD, **DEBIT, **TWO}, CREDIT, {"Tosite": "2", "Pvm": "28.02.2026", **PURCHASE}, PAID)


def test_vouchers_become_invoices_of_type_n_in_one_file() -> None:
    result = receipts(*SMALL)
    assert serious(result.report) == [("I-70", "warning", None, None)]
    assert result.to_bytes() == upload(*RECEIPTS).getvalue()


def test_shares_of_items_are_divided_in_journal_receipts() -> None:
    """A memo voucher takes one item for a sum; the invoice file takes several with their shares."""
    entry = {**HEAD, **DEBIT, "Dimensio: Kustannuspaikka": "Myymälä A 60 %; Myymälä B 40 %", "Dimensio: Projekti": "P-1"}
    lines = receipts(entry, CREDIT).to_bytes().decode("cp1252").split("\r\n")
    assert [line for line in lines if "DIMENSION" in line] == [
        f";DIMENSION;R;{share}" for share in ("Kustannuspaikka;Myymälä A;60", "Kustannuspaikka;Myymälä B;40", "Projekti;P-1;100")
    ]
    report = receipts({**entry, "Dimensio: Kustannuspaikka": "Myymälä A 60 %; Myymälä B 30 %"}, CREDIT).report
    (code, severity, _, cell) = errors(report)[0]
    assert (code, severity, cell[1:]) == ("I-75", "error", "1")
    assert {found[0] for found in errors(csvimport.check("memo-vouchers", table(entry, CREDIT)))} == {"MV-12"}


def test_journal_receipts_are_a_right_invoice_file() -> None:
    report = csvimport.check("invoices", io.BytesIO(receipts(*SMALL).to_bytes()), as_is=True)
    assert {found[:2] for found in serious(report)} <= {("I-16", "warning"), ("I-70", "warning")}


def test_the_setting_turns_the_signs() -> None:
    result = receipts(*SMALL, settings={"journal_sign": "credit"})
    turned = [line.replace(";;1;;-", ";;1;;") if ";;1;;-" in line else line.replace(";;1;;", ";;1;;-") for line in RECEIPTS]
    assert result.to_bytes() == upload(*turned).getvalue()
    assert serious(result.report) == [("I-70", "warning", None, None)]


def test_an_unknown_side_is_refused() -> None:
    with pytest.raises(csvimport.UsageError, match="journal_sign"):
        receipts(*SMALL, settings={"journal_sign": "minus"})


@pytest.mark.parametrize("sign", ["debit", "credit"])
def test_what_is_not_verified_is_said(sign: str) -> None:
    report = receipts(*SMALL, settings={"journal_sign": sign}).report
    (told,) = [i for i in report.issues if i.code == "I-70"]
    assert (told.severity, told.row, told.column) == ("warning", None, None)
    assert "not documented" in told.message and "journal_sign" in told.hint


@pytest.mark.parametrize(("language", "name"), [("fi", "Tosite 2"), ("sv", "Verifikat 2"), ("en", "Voucher 2")])
def test_a_voucher_without_a_name_gets_one_in_the_language_of_the_environment(language: str, name: str) -> None:
    lines = receipts(*SMALL, settings={"language": language}).to_bytes().decode("cp1252").split("\r\n")
    assert lines[5].split(";")[6] == name


def test_the_reminders_are_those_of_the_file_that_is_written() -> None:
    report = receipts(*SMALL).report
    codes = {found[0] for found in notes(report)}
    assert "I-58" in codes
    assert not codes & {"MV-19", "MV-20"}


def test_notes_on_notation_stand_at_the_cells_of_the_input() -> None:
    places = {(code, cell) for code, _, _, cell in notes(receipts(*SMALL).report)}
    assert places >= {("C-25", "B1"), ("MV-03", "F1")}


def test_the_dimensions_of_entries_that_do_not_stand_together_stay_with_them() -> None:
    first, second = {**HEAD, **DEBIT, **TWO}, {**HEAD, "Tosite": "2", **DEBIT, "Dimensio: Projekti": "P-2"}
    lines = receipts(first, second, {"Tosite": "1", **CREDIT}, {"Tosite": "2", **CREDIT}).to_bytes().decode("cp1252").split("\r\n")
    assert [line for line in lines if line.startswith(("N", ";DIM"))] == [
        RECEIPTS[0], *RECEIPTS[2:4], RECEIPTS[0], ";DIMENSION;R;Projekti;P-2;100"
    ]  # fmt: skip


def test_pairs_of_columns_are_dimensions_too() -> None:
    assert receipts({**HEAD, **DEBIT, **PAIRS}, CREDIT).to_bytes() == upload(*RECEIPTS[:5]).getvalue()


def test_procountor_s_own_form_becomes_a_receipt_too() -> None:
    result = csvimport.convert("memo-vouchers", upload(*WAGES), as_="journal-receipts")
    lines = result.to_bytes().decode("cp1252").split("\r\n")
    assert [line.split(";")[0] for line in lines] == ["N", "", "", "", ""]
    assert lines[2] == ";DIMENSION;R;Kustannuspaikka;Myymälä A;100"


@pytest.mark.parametrize(
    ("line", "cells", "found"),
    [
        (0, {"Tili": "500"}, ("MV-01", "error", "account", "D1")),
        (1, {"Selite": "s" * 71}, ("MV-02", "error", "transaction_name", "E2")),
        (1, {"Kredit": "2999,99"}, ("MV-07", "error", "amount", "F1")),
        (0, {"Kredit": "1,00"}, ("MV-03", "error", "amount", "G1")),
        (1, {"Pvm": "1.2.2026"}, ("T-08", "error", "voucher_date", "B2")),
    ],
)
def test_errors_of_the_voucher_are_found_at_their_cells(line: int, cells: Line, found: Found) -> None:
    lines = [{**HEAD, **DEBIT}, {"Tosite": "1", **CREDIT}]
    lines[line] = {**lines[line], **cells}
    result = receipts(*lines)
    assert errors(result.report) == [found]
    with pytest.raises(csvimport.UsageError):
        result.to_bytes()


@pytest.mark.parametrize(
    ("line", "cells", "found"),
    [
        (1, {"Selite": "DIMENSION"}, ("I-05", "error", "product_description", "E2")),
        (0, {"Tositteen nimi": "n" * 81}, ("I-07", "error", "partner_name", "C1")),
        (0, {**PAIRS, "Nimike 2": ""}, ("I-73", "error", "item_name", "K1")),
        (0, {**PAIRS, "Dimensio 2": ""}, ("I-72", "error", "dimension_name", "J1")),
    ],
)
def test_errors_that_only_the_invoice_file_has_are_found_at_the_cells_of_the_input(line: int, cells: Line, found: Found) -> None:
    lines = [{**HEAD, **DEBIT}, {"Tosite": "1", **CREDIT}]
    lines[line] = {**lines[line], **cells}
    assert errors(csvimport.check("memo-vouchers", table(*lines))) != [found]
    result = receipts(*lines)
    assert errors(result.report) == [found]
    with pytest.raises(csvimport.UsageError):
        result.to_bytes()


def test_a_closed_period_is_found_at_the_date() -> None:
    result = receipts({**HEAD, **DEBIT}, CREDIT, settings={"open_from": "01.02.2026"})
    assert errors(result.report) == [("I-25", "error", "invoice_date", "B1")]


def test_an_error_of_the_invoice_file_is_found_where_the_cell_of_the_voucher_stands() -> None:
    """The name stands on the second line of the voucher."""
    result = receipts({"Tosite": "1", **DEBIT}, {**CREDIT, "Tositteen nimi": "n" * 81})
    assert [found[3] for found in errors(result.report)] == ["F2"]


def test_an_error_of_the_invoice_file_is_found_on_its_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    vouchers, entries = book.active, book.create_sheet("Viennit")
    vouchers.title = "Tositteet"
    for row in (["Tosite", "Pvm", "Tositteen nimi"], [2, None, "Vuokra"], [1, None, "n" * 81]):
        vouchers.append(row)
    for row in (
        ["Tosite", "Tili", "Selite", "Debet", "Kredit"],
        [1, 5000, "Palkat", 3000, None],
        [1, 2965, "Palkat", None, 3000],
        [2, 7230, "Vuokra", 500, None],
        [2, 1910, "DIMENSION", None, 500],
    ):
        entries.append(row)
    book.save(tmp_path / "two.xlsx")
    report = csvimport.check("memo-vouchers", tmp_path / "two.xlsx", as_="journal-receipts")
    places = {(i.code, i.sheet, i.row, i.column) for i in report.issues if i.severity == "error"}
    assert places == {("I-07", "Tositteet", 3, "C"), ("I-05", "Viennit", 5, "C")}


def test_an_item_twice_on_one_entry_is_told_at_a_cell() -> None:
    pairs = {"Dimensio": "Projekti", "Nimike": "P-1", "Dimensio 2": "Projekti", "Nimike 2": "P-2"}
    issues = [i for i in receipts({**HEAD, **DEBIT, **pairs}, CREDIT).report.issues if i.severity == "error"]
    assert [(i.row, i.column is not None) for i in issues] == [(1, True)]


def test_a_rate_out_of_force_is_one_warning() -> None:
    lines = {"Tosite": "1", "Pvm": "31.01.2026", **PURCHASE, "ALV-%": "24"}, {**PAID, "Kredit": "248,00"}
    found = [found for found in serious(receipts(*lines).report) if found[0] != "I-70"]
    assert [(severity, cell) for _, severity, _, cell in found] == [("warning", "G1")]


def test_a_voucher_without_entries_is_not_lost_in_silence() -> None:
    result = receipts({**HEAD, **DEBIT}, CREDIT, {"Tosite": "2", "Pvm": "28.02.2026", "Tositteen nimi": "Unohtui"})
    assert any(i.row == 3 for i in result.report.issues if i.severity != "note")


def test_receipts_go_into_one_file(tmp_path: Path) -> None:
    result = receipts(*SMALL, target=tmp_path / "tositteet.csv")
    assert result.outputs == (str(tmp_path / "tositteet.csv"),)
    assert (tmp_path / "tositteet.csv").read_bytes() == upload(*RECEIPTS).getvalue()
    with pytest.raises(csvimport.UsageError, match="to_bytes"):
        result.to_files()


def test_receipts_with_errors_write_nothing(tmp_path: Path) -> None:
    receipts({**HEAD, **DEBIT, "Selite": "DIMENSION"}, CREDIT, target=tmp_path / "tositteet.csv")
    assert listed(tmp_path) == []


@pytest.mark.parametrize("form", ["invoices", "journal", "Journal-receipts", ""])
def test_an_unknown_form_is_refused(form: str) -> None:
    with pytest.raises(csvimport.UsageError, match="journal-receipts"):
        csvimport.check("memo-vouchers", table(*SMALL), as_=form)


@pytest.mark.parametrize("file", ["products", "invoices", "dimensions", "payroll"])
def test_other_transfer_files_have_no_other_form(file: str) -> None:
    with pytest.raises(csvimport.UsageError, match=file):
        csvimport.convert(file, table(*SMALL), as_="journal-receipts")


def test_the_command_line_writes_receipts(at: Path) -> None:
    status, printed, _ = run("convert", "memo-vouchers", "journal.csv", "-o", "a.csv", "--as", "journal-receipts", "--format", "json")
    document = json.loads(printed)
    assert (status, document["file"], document["outputs"]) == (0, "memo-vouchers", ["a.csv"])
    assert [issue["code"] for issue in document["issues"] if issue["severity"] == "warning"] == ["I-70"]
    assert (at / "a.csv").read_bytes().count(b"\r\n") == 6
    assert run("check", "memo-vouchers", "journal.csv", "--as", "journal-receipts")[0] == 0
    assert run("check", "memo-vouchers", "wrong.csv", "--as", "journal-receipts")[0] == 1


def test_the_command_line_refuses_a_form_that_does_not_exist(at: Path) -> None:
    for file, form in (("memo-vouchers", "receipts"), ("products", "journal-receipts")):
        status, printed, told = run("check", file, "journal.csv", "--as", form)
        assert (status, printed) == (2, "")
        assert form in told


def test_the_files_of_the_folder_and_those_beside_it_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("tositteet.csv").write_text("\n".join(";".join(line) for line in (HEADINGS, *JOURNAL)), encoding="utf-8")
    done = CliRunner().invoke(cli, ["convert", "memo-vouchers", "tositteet.csv", "-o", "ulos", "--manifest", "--lang", "en"])
    assert len(listed(Path("ulos"))) == 4
    assert "Written: 4 files in ulos, ulos.manifest.json, ulos.manifest.md" in " ".join(done.stdout.split())
