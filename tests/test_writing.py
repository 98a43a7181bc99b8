"""The upload-ready CSV: the same bytes again and again, whole or not at all."""

import os
import stat
import string
import sys
from pathlib import Path

import pytest
from helpers import CUSTOMER, ITEM, PRODUCT, changed, check, convert, problems, source, table, upload
from hypothesis import given, settings
from hypothesis import strategies as st

import csvimport
from csvimport.settings import ENCODINGS

GROUPS = ["GROUP;Kanta-asiakkaat;;X", "GROUP;Etelä-Suomi;;"]
SUPPLIER = (
    "FI;9100002-1;S;Tukku & Pojat Oy;;Varastotie 7 B;Tampere;33100;FI;;;;;FI9399999900000014;302;tilisiirto;EUR;"
    "myynti@example.com;;;;;;2;;6;;;;;;;;4000;;;;;;;;;;;;;;;;;;;T-200;;;;;;7;2"
)
PERSON = (
    "SSN;010190-900P;P;Esimerkki;Åke;Kotipolku 3 A 5;Turku;20100;FI;;;;Myynti;FI7199999900000022;;tilisiirto;;"
    "ake.esimerkki@example.com;;Turku;;;;3;;1;;;;;;;;;;;;;;;;;;;;;;;;;;;5503;;;;;;;"
)
FILES = {
    "partners": [CUSTOMER, *GROUPS, SUPPLIER, PERSON],
    "products": [
        PRODUCT,
        "B;Kopiopaperi A4;PAP-A4;kpl;5;4,90;25,5;500 arkkia;EUR;;;4000;;",
        "S;Palvelu EU-asiakkaalle;EU-1;h;;100,00;0;;EUR;;;;;vat_22",
    ],
    "dimensions": [ITEM, "Kustannuspaikka;Myymälä B;P;Suljettu 2025;", "Projekti;P-2026-01;A;;"],
}


@pytest.mark.parametrize("file", FILES)
def test_an_upload_ready_file_comes_out_byte_for_byte_the_same(file):
    content = upload(*FILES[file])
    assert convert(file, content).to_bytes() == content


@pytest.mark.parametrize("file", FILES)
def test_every_line_has_full_width_no_quotation_marks_and_crlf(file):
    short = [line.rstrip(";") for line in FILES[file]]
    content = convert(file, upload(*short)).to_bytes().decode("cp1252")
    assert content.endswith("\r\n")
    lines = content[:-2].split("\r\n")
    widths = {record.name: record.width for record in csvimport.schema(file).records}
    for line in lines:
        record = "group" if line.startswith("GROUP;") else csvimport.schema(file).main.name
        assert line.count(";") == widths[record] - 1
    assert '"' not in content
    assert lines == FILES[file]
    assert not any(line.startswith(";") for line in lines)


@pytest.mark.parametrize(
    "lines",
    [
        ["KP;HR;P;;", "KP;IT;A;;"],
        ["Kohde;Helsinki;A;;", "Kohde;Turku;A;;"],
        ["Kohde;Helsinki;A;Helsingin kohde;", "Kohde;Turku;A;;"],
        ["Projekti;Kuvaus;A;;"],
        ["Tila;Yläkerta;;;", "Tila;Alakerta;;;"],
    ],
    ids=["abbreviations", "a dimension named like a heading", "with a description", "an item named like a heading", "another word"],
)
def test_names_that_look_like_headings_are_data_all_the_same(lines):
    assert convert("dimensions", upload(*lines)).to_bytes() == upload(*lines)
    assert [i for i in check("dimensions", upload(*lines), as_is=True).issues if i.severity != "note"] == []


def test_empty_cells_stay_empty_and_digits_stay_as_given():
    content = table(
        [
            ["Product type", "Product name", "Unit price", "VAT-%"],
            ["S", "Kahvi", "8", "25,5"],
            ["S", "Tee", "8,00", "25.50"],
            ["S", "Kaakao", "0,10", "0"],
        ]
    )
    assert convert("products", content).to_bytes() == upload(
        "S;Kahvi;;;;8;25,5;;;;;;;", "S;Tee;;;;8,00;25,50;;;;;;;", "S;Kaakao;;;;0,10;0;;;;;;;"
    )


def test_groups_stand_below_their_partner():
    content = table(
        [
            ["ID type", "Business ID", "Type", "Name", "Customer number", "Group 1", "Main group 1", "Report group 1", "Group 2"],
            ["FI", "9100001-3", "C", "Esimerkki Oy", "1", "Kanta-asiakkaat", "Alue", "x", "Etelä"],
            ["FI", "9100002-1", "C", "Tukku Oy", "2", "", "", "", "Pohjoinen"],
            ["FI", "9100004-8", "C", "Kolmas Oy", "3", "", "", "", ""],
        ]
    )
    lines = convert("partners", content).to_bytes().decode("cp1252").splitlines()
    firsts = [line.split(";")[:4] for line in lines]
    assert [first if first[0] == "GROUP" else first[3] for first in firsts] == [
        "Esimerkki Oy",
        ["GROUP", "Kanta-asiakkaat", "Alue", "X"],
        ["GROUP", "Etelä", "", ""],
        "Tukku Oy",
        ["GROUP", "Pohjoinen", "", ""],
        "Kolmas Oy",
    ]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_encoding_of_the_settings(encoding):
    content = table([["Dimension", "Item"], ["Kustannuspaikka", "Ääkköset åäö"]]).encode()
    written = convert("dimensions", content, settings={"encoding": encoding}).to_bytes()
    assert written == "Kustannuspaikka;Ääkköset åäö;;;\r\n".encode(encoding)
    assert not written.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_what_is_written_in_an_encoding_is_read_again_and_right_as_it_is(encoding):
    name = "½¦¤ŠžŽœŒŸ€ 5".encode(encoding, "ignore").decode(encoding)
    options = {"settings": {"encoding": encoding}}
    written = convert("dimensions", table([["Dimension", "Item"], ["Kustannuspaikka", name]]).encode(), **options).to_bytes()
    assert name in written.decode(encoding)
    assert problems(check("dimensions", written, as_is=True, **options)) == []
    assert convert("dimensions", written, **options).to_bytes() == written


@pytest.mark.parametrize(
    ("encoding", "text", "fits"),
    [
        ("cp1252", "5 €", True),
        ("iso-8859-1", "5 €", False),
        ("utf-8", "日本", True),
        ("cp1252", "日本", False),
    ],
)
def test_what_the_encoding_lacks_is_an_error_and_never_a_question_mark(encoding, text, fits):
    content = table([["Dimension", "Item"], ["Kustannuspaikka", text]]).encode()
    report = check("dimensions", content, settings={"encoding": encoding})
    assert [(i.code, i.row, i.column) for i in report.issues if i.severity == "error"] == ([] if fits else [("C-09", 2, "B")])


def test_a_utf_8_environment_gets_its_own_files_back():
    content = "Kustannuspaikka;日本 ääkköset;;;\r\n".encode()
    options = {"settings": {"encoding": "utf-8"}}
    assert convert("dimensions", content, **options).to_bytes() == content
    assert check("dimensions", content, as_is=True, **options).ok


# --- round trips ---------------------------------------------------------------------------------------------------

TEXT = st.text(string.ascii_letters + string.digits + "åäöÅÄÖé€–”’\"' .,:/()&+%#@!?*\u00a0\u2009−", max_size=25)
names = TEXT.map(lambda text: "A" + text)


@st.composite
def products(draw):
    rows = [
        [
            draw(st.sampled_from(["S", "B", "myynti", "osto"])),
            draw(names),
            f"K-{number}",
            draw(st.sampled_from(["kpl", "pcs", "h", "km"])),
            draw(st.sampled_from(["", "5", "12.5", "10 %"])),
            draw(st.sampled_from(["1", "1,5", "1 234,50", "0.25", "99,90 €", "12'000", "7,1234"])),
            draw(st.sampled_from(["25,5", "25.5 %", "0", "10"])),
            draw(TEXT),
            draw(st.sampled_from(["", "eur", "€", "SEK"])),
            draw(st.sampled_from(["", "3000", "4000 Ostot"])),
        ]
        for number in range(draw(st.integers(1, 5)))
    ]
    headings = ["Type", "Name", "Code", "Unit", "Discount %", "Price", "VAT %", "Notes", "Currency", "Account"]
    return table([headings, *rows])


def told_from_utf_8(content):
    """Whether bytes cannot be taken for UTF-8, as those of Ä– by chance can."""
    try:
        return content.decode().isascii()
    except UnicodeDecodeError:
        return True


@settings(max_examples=12, deadline=None)
@given(products())
def test_converting_the_own_output_again_gives_the_same_bytes(content):
    first = convert("products", content.encode())
    if first.report.ok and told_from_utf_8(first.to_bytes()):
        again = convert("products", first.to_bytes())
        assert again.to_bytes() == first.to_bytes()
        assert [i for i in again.report.issues if i.severity == "note" and i.row] == []


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(names, names, st.sampled_from(["", "A", "P", "passive", "aktiivinen"]), TEXT), min_size=1, max_size=6))
def test_dimensions_too(rows):
    content = table([["Dimension", "Item", "Passivity code", "Description"], *rows])
    first = convert("dimensions", content.encode())
    if first.report.ok and told_from_utf_8(first.to_bytes()):
        again = convert("dimensions", first.to_bytes())
        assert again.to_bytes() == first.to_bytes()
        assert [i for i in again.report.issues if i.severity == "note" and i.row and not i.code.startswith("D-")] == []


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(names, names), min_size=1, max_size=5))
def test_names_lose_nothing_but_odd_blanks_and_marks(rows):
    content = table([["Dimension", "Item"], *rows])
    result = convert("dimensions", content.encode())
    if result.report.ok:
        same = str.maketrans({"\u00a0": " ", "\u2009": " ", "−": "-", '"': "”"})
        lines = result.to_bytes().decode("cp1252").split("\r\n")[:-1]
        assert [line.split(";")[:2] for line in lines] == [[name.translate(same).strip() for name in row] for row in rows]


def report_or_sentence(file, content, **options):
    """The report on an input as JSON, or the sentence that refuses it."""
    try:
        return check(file, content, **options).to_json()
    except csvimport.InputError as error:
        return str(error)


@settings(max_examples=12, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["products", "dimensions"]))
def test_whatever_the_bytes_there_is_a_report_or_a_sentence(content, file):
    assert report_or_sentence(file, content)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=6), min_size=1, max_size=5), st.booleans())
def test_whatever_the_cells_there_is_a_report_or_a_sentence(rows, as_is):
    headings = ["Product type", "Product name", "Product code", "Unit price", "VAT-%", "Notes"]
    assert report_or_sentence("products", table([headings, *rows]).encode("utf-8", "replace"), as_is=as_is)


# --- files ---------------------------------------------------------------------------------------------------------


def test_a_file_appears_whole(tmp_path):
    target = tmp_path / "out.csv"
    csvimport.convert("products", source(upload(*FILES["products"])), target)
    assert target.read_bytes() == upload(*FILES["products"])
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps permissions elsewhere")
def test_a_new_file_is_for_its_owner_only_because_it_holds_personal_data(tmp_path):
    target = tmp_path / "out.csv"
    csvimport.convert("products", source(upload(PRODUCT)), target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    target = tmp_path / "out.csv"
    target.write_bytes(b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(csvimport.OutputError, match=r"out\.csv.*No space left"):
        csvimport.convert("products", source(upload(PRODUCT)), target, force=True)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_target_may_have_no_folder_in_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    csvimport.convert("products", source(upload(PRODUCT)), "out.csv")
    assert Path("out.csv").read_bytes() == upload(PRODUCT)


def test_the_order_of_the_input_is_kept():
    lines = [changed(PRODUCT, C=f"K-{number}") for number in (3, 1, 2)]
    assert convert("products", upload(*lines)).to_bytes() == upload(*lines)


@pytest.mark.parametrize("links", [True, False], ids=["usual disk", "disk without second names"])
@pytest.mark.parametrize("manifest", [True, False])
def test_a_file_that_another_program_makes_meanwhile_is_not_replaced(tmp_path, monkeypatch, links, manifest):
    target = tmp_path / "out.csv"

    def meanwhile(step):
        if step == "writing":
            (tmp_path / ("out.csv.manifest.json" if manifest else "out.csv")).write_text("another's")

    if not links:
        monkeypatch.setattr(Path, "hardlink_to", lambda self, other: other.joinpath("no").read_bytes())
    with pytest.raises(csvimport.OutputError, match="exists already"):
        csvimport.convert("products", source(upload(PRODUCT)), target, manifest=manifest, progress=meanwhile)
    assert (tmp_path / "out.csv.manifest.json" if manifest else target).read_text() == "another's"
    assert target.exists()
    csvimport.convert("products", source(upload(PRODUCT)), target, manifest=manifest, progress=meanwhile, force=True)
    assert target.read_bytes() == upload(PRODUCT)
    assert {path.name for path in tmp_path.iterdir()} <= {"out.csv", "out.csv.manifest.json", "out.csv.manifest.md"}
