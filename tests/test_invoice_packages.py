"""ZIP packages: the invoices together with their attachments."""

import io
import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from conftest import change, notes, serious, upload

import csvimport
from csvimport.cli import cli

EXPENSE = "K;;;FI7199999900000022;010190-900P;tilisiirto;Åke Esimerkki;;;t;t;;28.02.2026;;14.03.2026;;;;;;;;;;;;;;t;;;;;kuitti-0228.pdf;;;;;;;;;;;;;"
PARKING = ";Pysäköinti;;1;kpl;12,00;;25,5;;;;;;7830;;;"
RECEIPT = b"%PDF-1.4 kuitti 28.2."
TICKET = b"%PDF-1.4 lippu 1.3."
PRODUCT = "S;Konsultointi, tunti;KONS-1;h;0;95,00;25,5;;EUR;;;3000;;vat_1"


def invoices(*names: str) -> list[str]:
    """A bill of charges for each attachment."""
    return [line for name in names for line in (change(EXPENSE, AH=name), PARKING)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of attachments."""
    made = tmp_path / "liitteet"
    made.mkdir()
    (made / "kuitti-0228.pdf").write_bytes(RECEIPT)
    (made / "lippu.pdf").write_bytes(TICKET)
    return made


BOTH = invoices("kuitti-0228.pdf", "lippu.pdf")


def packed(path: Path) -> dict[str, bytes]:
    """The files of a package in its order."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def package(files: Mapping[str, bytes], name: str = "laskut.zip") -> io.BytesIO:
    """A package made by hand."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for inside, content in files.items():
            archive.writestr(inside, content)
    stream.seek(0)
    stream.name = name
    return stream


def csv(*lines: str) -> bytes:
    return upload(*lines).getvalue()


# --- making one --------------------------------------------------------------------------------------------------------


def test_a_package_holds_the_csv_and_the_attachments(tmp_path: Path, folder: Path) -> None:
    target = tmp_path / "helmikuu.zip"
    result = csvimport.convert("invoices", upload(*BOTH), target, attachments=folder)
    assert serious(result.report) == []
    assert result.outputs == (str(target),)
    assert packed(target) == {"helmikuu.csv": csv(*BOTH), "kuitti-0228.pdf": RECEIPT, "lippu.pdf": TICKET}
    assert result.to_bytes() == csv(*BOTH)


def test_a_package_is_made_of_a_table_too(tmp_path: Path, folder: Path) -> None:
    cells = {"Laskutyyppi": "O", "Y-tunnus": "9100002-1", "Nimi": "Tukku Oy", "Laskun päivä": "05.02.2026", "Laskunumero": "7"}
    cells |= {"Liite": "lippu.pdf", "Kuvaus": "Lippu", "Hinta": "12,00", "ALV-%": "13,5"}
    frame = pd.DataFrame([cells, cells | {"Laskunumero": "8", "Liite": ""}])
    result = csvimport.convert("invoices", frame, tmp_path / "ostot.zip", attachments=folder)
    assert [found[:2] for found in serious(result.report)] == [("I-42", "warning")]  # the other file of the folder
    assert packed(tmp_path / "ostot.zip") == {"ostot.csv": csvimport.convert("invoices", frame).to_bytes(), "lippu.pdf": TICKET}


def test_the_same_files_make_the_same_package(tmp_path: Path, folder: Path) -> None:
    csvimport.convert("invoices", upload(*BOTH), tmp_path / "a.zip", attachments=folder)
    os.utime(folder / "lippu.pdf", (1_000_000_000, 1_000_000_000))
    (tmp_path / "toinen").mkdir()
    csvimport.convert("invoices", upload(*BOTH), tmp_path / "toinen" / "a.zip", attachments=folder)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "toinen" / "a.zip").read_bytes()


def test_a_package_has_no_sheets() -> None:
    with pytest.raises(csvimport.InputError, match="sheet"):
        csvimport.check("invoices", package({"a.csv": csv(*BOTH)}), sheet="Taul1")


def test_invoices_without_attachments_may_be_packed(tmp_path: Path) -> None:
    result = csvimport.convert("invoices", upload(*invoices("")), tmp_path / "a.zip")
    assert serious(result.report) == []
    assert packed(tmp_path / "a.zip") == {"a.csv": csv(*invoices(""))}


def test_the_suffix_may_be_in_capitals(tmp_path: Path, folder: Path) -> None:
    csvimport.convert("invoices", upload(*BOTH), tmp_path / "A.ZIP", attachments=folder)
    assert list(packed(tmp_path / "A.ZIP")) == ["A.csv", "kuitti-0228.pdf", "lippu.pdf"]


def test_a_file_that_no_invoice_names_is_a_warning_and_left_out(tmp_path: Path, folder: Path) -> None:
    for name in "fedcba":
        (folder / f"{name}.txt").write_bytes(b"ei kenenkaan")
    result = csvimport.convert("invoices", upload(*BOTH), tmp_path / "a.zip", attachments=folder)
    assert serious(result.report) == [("I-42", "warning", "attachment_filename", None)]
    message = next(issue for issue in result.report.issues if issue.code == "I-42").message
    assert "6 (a.txt, b.txt, c.txt, d.txt, e.txt)" in message
    assert "a.txt" not in packed(tmp_path / "a.zip")


def test_folders_in_the_folder_are_no_attachments(tmp_path: Path, folder: Path) -> None:
    (folder / "vanhat.pdf").mkdir()
    report = csvimport.check("invoices", upload(*BOTH), attachments=folder)
    assert serious(report) == []
    report = csvimport.check("invoices", upload(*invoices("vanhat.pdf")), attachments=folder)
    assert ("I-42", "error", "attachment_filename", "AH1") in serious(report)


@pytest.mark.parametrize(
    ("names", "cell"),
    [
        (("kuitti-0228.pdf", "puuttuu.pdf"), "AH3"),
        (("lippu.pdf", "kuitti-0228.PDF"), "AH3"),
        (("kuitti-0228.pdf", "kuitti-0228.pdf"), "AH3"),
        (("lippu.pdf", "kuitti-Mäkelä.pdf"), "AH3"),
        (("liitteet/lippu.pdf",), "AH1"),
        ((r"C:\liitteet\lippu.pdf",), "AH1"),
        (("../lippu.pdf",), "AH1"),
        (("lippu",), "AH1"),
    ],
)
def test_an_attachment_that_cannot_go_along_stops_the_conversion(tmp_path: Path, folder: Path, names: tuple[str, ...], cell: str) -> None:
    (folder / "kuitti-Mäkelä.pdf").write_bytes(RECEIPT)
    (folder / "lippu").write_bytes(TICKET)
    target = tmp_path / "a.zip"
    result = csvimport.convert("invoices", upload(*invoices(*names)), target, attachments=folder)
    errors = [found for found in serious(result.report) if found[1] == "error"]
    assert errors == [("I-42", "error", "attachment_filename", cell)]
    assert not target.exists()


@pytest.mark.parametrize(
    ("name", "suggested"),
    [("Kuitti 0228.PDF", "kuitti-0228.pdf"), ("kuitti_0228.jpg", "kuitti-0228.pdf"), ("kuitti-0229.pdf", None), ("puuttuu.pdf", None)],
)
def test_a_name_in_another_notation_is_suggested_and_no_other_file(folder: Path, name: str, suggested: str | None) -> None:
    report = csvimport.check("invoices", upload(*invoices(name)), attachments=folder)
    assert [issue.suggestion for issue in report.issues if issue.severity == "error"] == [suggested]


def test_attachments_are_missing_without_a_folder(tmp_path: Path) -> None:
    result = csvimport.convert("invoices", upload(*BOTH), tmp_path / "a.zip")
    assert [found for found in serious(result.report) if found[1] == "error"] == [
        ("I-42", "error", "attachment_filename", "AH1"),
        ("I-42", "error", "attachment_filename", "AH3"),
    ]
    assert not (tmp_path / "a.zip").exists()


def test_a_package_never_holds_a_second_csv(tmp_path: Path, folder: Path) -> None:
    """Procountor takes one CSV of a package for the invoices; two are not described."""
    (folder / "erittely.csv").write_bytes(b"a;b\r\n")
    result = csvimport.convert("invoices", upload(*invoices("erittely.csv")), tmp_path / "a.zip", attachments=folder)
    assert ("I-42", "error", "attachment_filename", "AH1") in serious(result.report)
    assert not (tmp_path / "a.zip").exists()


def test_an_attachment_of_more_than_ten_megabytes_is_a_warning(tmp_path: Path, folder: Path) -> None:
    (folder / "kuva.png").write_bytes(bytes(10_000_001))
    (folder / "lippu.pdf").write_bytes(bytes(10_000_000))
    result = csvimport.convert(
        "invoices", upload(*invoices("kuva.png", "lippu.pdf", "kuitti-0228.pdf")), tmp_path / "a.zip", attachments=folder
    )
    assert serious(result.report) == [("I-42", "warning", "attachment_filename", "AH1")]
    assert len(packed(tmp_path / "a.zip")["kuva.png"]) == 10_000_001


def test_a_package_is_replaced_only_when_asked(tmp_path: Path, folder: Path) -> None:
    target = tmp_path / "a.zip"
    target.write_bytes(b"old")
    with pytest.raises(csvimport.OutputError):
        csvimport.convert("invoices", upload(*BOTH), target, attachments=folder)
    assert target.read_bytes() == b"old"
    csvimport.convert("invoices", upload(*BOTH), target, attachments=folder, force=True)
    assert list(packed(target)) == ["a.csv", "kuitti-0228.pdf", "lippu.pdf"]


def test_nothing_else_is_left_behind(tmp_path: Path, folder: Path) -> None:
    csvimport.convert("invoices", upload(*BOTH), tmp_path / "a.zip", attachments=folder)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "liitteet"]


# --- calls that cannot be meant ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["laskut.csv", "laskut.txt"])
def test_attachments_do_not_go_into_a_csv(tmp_path: Path, folder: Path, name: str) -> None:
    with pytest.raises(csvimport.UsageError, match=r"\.zip"):
        csvimport.convert("invoices", upload(*BOTH), tmp_path / name, attachments=folder)
    assert not (tmp_path / name).exists()


def test_attachments_do_not_go_into_other_files(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(csvimport.UsageError):
        csvimport.convert("products", upload(PRODUCT), tmp_path / "tuotteet.zip", attachments=folder)
    with pytest.raises(csvimport.UsageError):
        csvimport.convert("products", upload(PRODUCT), tmp_path / "tuotteet.zip")


def test_other_files_are_not_checked_against_attachments(folder: Path) -> None:
    with pytest.raises(csvimport.UsageError):
        csvimport.check("products", upload(PRODUCT), attachments=folder)


@pytest.mark.parametrize("name", ["puuttuu", "liitteet/lippu.pdf"])
def test_a_folder_that_is_none_is_told(tmp_path: Path, folder: Path, name: str) -> None:
    with pytest.raises(csvimport.UsageError, match="folder"):
        csvimport.convert("invoices", upload(*BOTH), tmp_path / "a.zip", attachments=tmp_path / name)
    assert not (tmp_path / "a.zip").exists()


def test_a_package_does_not_replace_its_own_input(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "a.zip"
    csvimport.convert("invoices", upload(*BOTH), path, attachments=folder)
    before = path.read_bytes()
    with pytest.raises(csvimport.OutputError):
        csvimport.convert("invoices", path, path, attachments=folder, force=True)
    assert path.read_bytes() == before


# --- reading one -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("as_is", [False, True], ids=["plain", "as is"])
def test_a_package_made_here_is_right(tmp_path: Path, folder: Path, as_is: bool) -> None:
    csvimport.convert("invoices", upload(*BOTH), tmp_path / "a.zip", attachments=folder)
    report = csvimport.check("invoices", tmp_path / "a.zip", as_is=as_is)
    assert serious(report) == []
    assert report.counts.records["invoice"] == 2


def test_a_package_is_converted_to_its_csv(tmp_path: Path, folder: Path) -> None:
    csvimport.convert("invoices", upload(*BOTH), tmp_path / "a.zip", attachments=folder)
    assert csvimport.convert("invoices", tmp_path / "a.zip").to_bytes() == csv(*BOTH)


def test_attachments_that_do_not_go_along_into_a_csv_are_told(tmp_path: Path) -> None:
    files = {"laskut.csv": csv(*BOTH), "kuitti-0228.pdf": RECEIPT, "lippu.pdf": TICKET}
    alone = csvimport.convert("invoices", package(files), tmp_path / "laskut.csv").report
    assert serious(alone) == [("I-42", "warning", "attachment_filename", None)]
    assert "Invoices that name an attachment: 2." in next(issue for issue in alone.issues if issue.code == "I-42").message
    assert serious(csvimport.convert("invoices", package(files), tmp_path / "laskut.zip").report) == []


def test_the_csv_may_lie_in_a_folder_of_the_package() -> None:
    files = {"aineisto/laskut.csv": csv(*BOTH), "aineisto/kuitti-0228.pdf": RECEIPT, "aineisto/lippu.pdf": TICKET}
    assert serious(csvimport.check("invoices", package(files))) == []


def test_a_package_without_the_attachment_is_wrong() -> None:
    report = csvimport.check("invoices", package({"laskut.csv": csv(*BOTH), "lippu.pdf": TICKET}))
    assert serious(report) == [("I-42", "error", "attachment_filename", "AH1")]


def test_a_file_of_the_package_that_no_invoice_names_is_a_warning() -> None:
    files = {"laskut.csv": csv(*invoices("lippu.pdf")), "lippu.pdf": TICKET, "muistio.txt": b"?"}
    assert serious(csvimport.check("invoices", package(files))) == [("I-42", "warning", "attachment_filename", None)]


def test_errors_are_told_at_the_cells_of_the_csv() -> None:
    files = {"laskut.csv": csv(change(EXPENSE, J="f"), PARKING), "kuitti-0228.pdf": RECEIPT}
    assert serious(csvimport.check("invoices", package(files))) == [("I-19", "error", "vat_included", "J1")]


def test_a_table_in_a_package_is_read() -> None:
    text = csv("Laskutyyppi;Y-tunnus;Nimi;Laskun päivä;Liite;Kuvaus;Hinta;ALV-%", "O;9100002-1;Tukku Oy;5.2.2026;lippu.pdf;Lippu;12,00;0")
    report = csvimport.check("invoices", package({"laskut.csv": text, "lippu.pdf": TICKET}))
    assert serious(report) == []
    assert ("C-25", "note", "invoice_date", "D2") in notes(report)


def test_a_package_without_a_name_is_a_package() -> None:
    stream = io.BytesIO(package({"laskut.csv": csv(*BOTH), "kuitti-0228.pdf": RECEIPT, "lippu.pdf": TICKET}).getvalue())
    assert serious(csvimport.check("invoices", stream)) == []


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"a.csv": csv(*BOTH), "b.csv": csv(*BOTH)}, "2 CSV files"),
        ({"a.csv": csv(*BOTH), "vanha/A.CSV": csv(*BOTH)}, "2 CSV files"),
        ({"kuitti.pdf": RECEIPT}, "no CSV file"),
        ({}, "no CSV file"),
        ({"a.csv": b""}, "empty"),
    ],
    ids=["two", "two in folders", "none", "nothing", "empty"],
)
def test_a_package_has_one_csv(files: dict[str, bytes], says: str) -> None:
    with pytest.raises(csvimport.InputError, match=says):
        csvimport.check("invoices", package(files))


@pytest.mark.parametrize("keep", [30, 200, -10, -60])
def test_a_damaged_package_is_told(keep: int) -> None:
    whole = package({"laskut.csv": csv(*BOTH), "lippu.pdf": TICKET * 50}).getvalue()
    stream = io.BytesIO(whole[:keep])
    stream.name = "laskut.zip"
    with pytest.raises(csvimport.InputError, match=r"laskut\.zip"):
        csvimport.check("invoices", stream)


@pytest.mark.parametrize("inside", ["laskut.csv", "lippu.pdf"])
def test_a_package_with_a_damaged_file_is_told(inside: str) -> None:
    files = {"laskut.csv": csv(*invoices("lippu.pdf")), "lippu.pdf": TICKET}
    whole = bytearray(package(files).getvalue())
    whole[whole.index(files[inside]) + 5] ^= 0xFF
    stream = io.BytesIO(bytes(whole))
    stream.name = "laskut.zip"
    with pytest.raises(csvimport.InputError, match=r"laskut\.zip"):
        csvimport.check("invoices", stream)


def test_a_package_with_a_password_is_told() -> None:
    whole = bytearray(package({"laskut.csv": csv(*BOTH)}).getvalue())
    whole[6] |= 1
    whole[whole.index(b"PK\x01\x02") + 8] |= 1
    stream = io.BytesIO(bytes(whole))
    stream.name = "laskut.zip"
    with pytest.raises(csvimport.InputError, match="password"):
        csvimport.check("invoices", stream)


def test_a_csv_called_a_package_is_told() -> None:
    stream = upload(*BOTH)
    stream.name = "laskut.zip"
    try:
        report = csvimport.check("invoices", stream)
    except csvimport.InputError:
        return
    assert report.counts.records["invoice"] == 2


def test_products_do_not_come_in_packages() -> None:
    with pytest.raises(csvimport.InputError, match="package"):
        csvimport.check("products", package({"tuotteet.csv": csv(PRODUCT)}, "tuotteet.zip"))


# --- the command line --------------------------------------------------------------------------------------------------


@pytest.fixture
def at(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with an input and its attachments."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "laskut.csv").write_bytes(csv(*BOTH))
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_the_command_line_makes_a_package(at: Path) -> None:
    status, printed, _ = run("convert", "invoices", "laskut.csv", "-o", "a.zip", "--attachments", "liitteet", "--format", "json")
    assert status == 0
    assert json.loads(printed)["outputs"] == ["a.zip"]
    assert packed(at / "a.zip") == {"a.csv": csv(*BOTH), "kuitti-0228.pdf": RECEIPT, "lippu.pdf": TICKET}
    assert run("check", "invoices", "a.zip")[0] == 0
    assert run("check", "invoices", "a.zip", "--as-is")[0] == 0


def test_the_command_line_checks_against_a_folder(at: Path) -> None:
    assert run("check", "invoices", "laskut.csv", "--attachments", "liitteet", "--strict", "--format", "json")[0] in (0, 1)
    (at / "liitteet" / "lippu.pdf").unlink()
    status, printed, _ = run("check", "invoices", "laskut.csv", "--attachments", "liitteet", "--format", "json")
    assert status == 1
    errors = [issue for issue in json.loads(printed)["issues"] if issue["severity"] == "error"]
    assert [(issue["code"], issue["row"], issue["column"]) for issue in errors] == [("I-42", 3, "AH")]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("-o", "a.csv", "--attachments", "liitteet"), ".zip"),
        (("-o", "a.zip", "--attachments", "puuttuu"), "puuttuu"),
        (("-o", "puuttuu/a.zip", "--attachments", "liitteet"), "puuttuu"),
    ],
)
def test_a_wrong_call_is_told_in_a_sentence(at: Path, arguments: tuple[str, ...], says: str) -> None:
    status, printed, told = run("convert", "invoices", "laskut.csv", *arguments)
    assert (status, printed) == (2, "")
    assert says in told
    assert sorted(path.name for path in at.iterdir()) == ["laskut.csv", "liitteet"]


def test_a_damaged_package_is_told_in_a_sentence(at: Path) -> None:
    (at / "rikki.zip").write_bytes(package({"laskut.csv": csv(*BOTH)}).getvalue()[:-20])
    status, printed, told = run("check", "invoices", "rikki.zip")
    assert (status, printed) == (2, "")
    assert "rikki.zip" in told


# --- from one package to another ---------------------------------------------------------------------------------------


def test_the_attachments_of_a_package_are_carried_into_the_next_one(tmp_path: Path) -> None:
    source = package({"laskut.csv": csv(*BOTH), "kuitti-0228.pdf": RECEIPT, "lippu.pdf": TICKET})
    result = csvimport.convert("invoices", source, tmp_path / "uusi.zip")
    assert serious(result.report) == []
    assert packed(tmp_path / "uusi.zip") == {"uusi.csv": csv(*BOTH), "kuitti-0228.pdf": RECEIPT, "lippu.pdf": TICKET}


@pytest.mark.parametrize("others", [("b/lippu.pdf", "c/lippu.pdf"), ("lippu.pdf", "c/lippu.pdf"), ("b/lippu.pdf", "c\\lippu.pdf")])
def test_two_attachments_of_one_name_are_told(others: tuple[str, str]) -> None:
    source = package({"laskut.csv": csv(*BOTH), "kuitti-0228.pdf": RECEIPT, **dict.fromkeys(others, TICKET)})
    with pytest.raises(csvimport.InputError, match=r"several files named lippu\.pdf"):
        csvimport.convert("invoices", source)


def test_what_a_mac_leaves_in_a_package_is_no_second_csv_and_no_attachment() -> None:
    source = package({"laskut.csv": csv(*invoices("lippu.pdf")), "lippu.pdf": TICKET, "__MACOSX/._laskut.csv": b"\0\5\26\7"})
    assert serious(csvimport.check("invoices", source)) == []
