"""The rules of the dimension file: each broken once, and each kept."""

from pathlib import Path

import pandas as pd
import pytest
from conftest import Case, change, findings, notes, problems, serious, upload

import csvimport
from csvimport.messages import Catalogue

ACTIVE = "Kustannuspaikka;Myymälä A;A;Helsingin myymälä;"
PASSIVE = "Kustannuspaikka;Myymälä B;P;Suljettu 2025;"
PROJECT = "Projekti;P-2026-01;A;;"
FILE = (ACTIVE, PASSIVE, PROJECT)


def item(**cells: str) -> list[str]:
    return [change(ACTIVE, **cells)]


BROKEN = [
    *(Case("D-01", [PROJECT, change(ACTIVE, A=text)], "error", "dimension_name", "A2") for text in ("", "n" * 256)),
    Case("D-02", item(A="Kustannuspaikat"), "error", "dimension_name", "A1", registers={"dimensions": FILE}),
    Case("D-02", item(A="kustannuspaikka"), "error", "dimension_name", "A1", registers={"dimensions": FILE}),
    *(Case("D-03", item(B=text), "error", "item_name", "B1") for text in ("", "n" * 256)),
    *(
        Case("D-04", item(B=text), "warning", "item_name", "B1", registers={"dimensions": FILE})
        for text in ("myymälä A", "Myymälä  A", "MyymäläA", "MYYMÄLÄ A")
    ),
    Case("D-04", [ACTIVE], "note", registers={"dimensions": FILE}),
    *(Case("D-05", [ACTIVE, change(ACTIVE, B=text)], "warning", "item_name", "B2") for text in ("myymälä A", "Myymälä  A", "MyymäläA")),
    Case("D-05", [ACTIVE, change(PASSIVE, A="kustannuspaikka")], "warning", "dimension_name", "A2"),
    Case("D-06", [ACTIVE, PROJECT, ACTIVE], "note", "item_name", "B3"),
    Case("D-06", [ACTIVE, change(ACTIVE, C="P")], "warning", "item_name", "B2"),
    Case("D-06", [ACTIVE, change(ACTIVE, D="Espoon myymälä")], "warning", "item_name", "B2"),
    *(Case("D-07", [PROJECT, change(PASSIVE, C=text)], "error", "passivity_code", "C2") for text in ("PP", "passiivinen", "ei")),
    Case("D-08", item(C="p"), "note", "passivity_code", "C1"),
    Case("D-08", item(C="p"), "error", "passivity_code", "C1", as_is=True),
    *(Case("D-08", item(C="I"), "error", "passivity_code", "C1", as_is=as_is) for as_is in (False, True)),
    Case("D-09", [change(PASSIVE, C="")], "warning", "passivity_code", "C1", registers={"dimensions": FILE}),
    Case("D-10", item(D="n" * 256), "error", "additional_information", "D1"),
    Case("D-11", item(E="4711"), "warning", "external_id", "E1"),
    Case("D-12", item(E="4" * 256), "error", "external_id", "E1"),
    Case("D-13", [f"Dimensio {number};Nimike;A;;" for number in range(1, 8)], "error", "dimension_name", "A7"),
    *(Case("D-14", item(A=text), "note", "dimension_name", "A1") for text in (" Kustannuspaikka", "Kustannuspaikka ")),
    *(Case("D-14", item(B=text), "note", "item_name", "B1") for text in (" Myymälä A", "Myymälä A  ", "Myymälä\u00a0A")),
    Case("D-15", FILE, "note"),
    Case("D-16", FILE, "note"),
    Case("D-17", FILE, "note"),
    Case("D-18", FILE, "note", "passivity_code", "C2"),
    Case("D-18", [ACTIVE, PASSIVE], "note", "passivity_code", "C2", registers={"dimensions": [ACTIVE]}),
]

STATUS = (("Tila", "1"), ("Status", "Kyllä"), ("status", "0"), ("TILA", "ei"))


@pytest.mark.parametrize(("heading", "value"), STATUS)
def test_yes_and_no_do_not_tell_what_a_status_is(heading: str, value: str) -> None:
    frame = pd.DataFrame({"Dimensio": ["Projekti"] * 3, "Nimike": ["A", "B", "C"], heading: ["aktiivinen", value, "passiivinen"]})
    assert serious(csvimport.check("dimensions", frame)) == [("D-08", "error", "passivity_code", "C2")]
    clear = csvimport.convert("dimensions", frame.drop(index=1))
    assert [line.split(";")[2] for line in clear.to_bytes().decode().split()] == ["A", "P"]
    asked = csvimport.convert("dimensions", frame.rename(columns={heading: "Passiivinen"}))
    assert asked.to_bytes().decode().split()[1].split(";")[2] == ("P" if value in ("1", "Kyllä") else "A")


RIGHT = [
    Case("D-01", item(A="n" * 255)),
    Case("D-02", FILE, registers={"dimensions": FILE}),
    Case("D-02", item(A="Kustannuspaikat")),
    Case("D-03", item(B="n" * 255)),
    Case("D-04", item(B="Myymälä C"), registers={"dimensions": FILE}),
    Case("D-05", [ACTIVE, PASSIVE, change(ACTIVE, A="Projekti")]),
    Case("D-06", [ACTIVE, change(ACTIVE, A="Projekti")]),
    *(Case("D-07", item(C=text)) for text in ("P", "A", "")),
    *(Case("D-08", item(C=text)) for text in ("P", "A", "")),
    Case("D-09", [PASSIVE, change(ACTIVE, C="")], registers={"dimensions": FILE}),
    Case("D-10", item(D="n" * 255)),
    Case("D-11", item(E="")),
    Case("D-12", item(E="")),
    Case("D-13", [f"Dimensio {number};Nimike {letter};A;;" for number in range(1, 7) for letter in "AB"]),
    Case("D-14", item(B="Myymälä  A")),
    Case("D-18", [ACTIVE, PROJECT]),
    Case("D-18", [PASSIVE], registers={"dimensions": FILE}),
]

ALWAYS_SAID = {"D-15", "D-16", "D-17"}  # three reminders stand above every upload


@pytest.mark.parametrize("case", [case for case in BROKEN if case.severity != "note"], ids=str)
def test_a_broken_rule_is_found_at_its_cell_and_nothing_else_is_blamed(case: Case, tmp_path: Path) -> None:
    assert serious(case.check("dimensions", tmp_path)) == [case.found]


@pytest.mark.parametrize("case", [case for case in BROKEN if case.severity == "note"], ids=str)
def test_what_is_worth_knowing_is_said_once(case: Case, tmp_path: Path) -> None:
    report = case.check("dimensions", tmp_path)
    assert serious(report) == []
    assert notes(report).count(case.found) == 1


@pytest.mark.parametrize("case", RIGHT, ids=str)
def test_a_kept_rule_is_not_mentioned(case: Case, tmp_path: Path) -> None:
    report = case.check("dimensions", tmp_path)
    assert serious(report) == []
    assert case.rule not in {found[0] for found in findings(report)}


def test_every_rule_of_the_file_is_broken_and_kept_here() -> None:
    rules = {rule.id for rule in csvimport.schema("dimensions").rules}
    assert rules == {f"D-{number:02d}" for number in range(1, 19)}
    assert rules - {case.rule for case in BROKEN} == set()
    assert rules - {case.rule for case in RIGHT} - ALWAYS_SAID == set()


def test_every_problem_has_words() -> None:
    assert problems(csvimport.schema("dimensions")) - Catalogue.of("en").problems.keys() == set()


def test_right_records_come_out_byte_for_byte() -> None:
    result = csvimport.convert("dimensions", upload(*FILE))
    assert serious(result.report) == []
    assert result.to_bytes() == upload(*FILE).getvalue()


def test_an_external_id_of_full_length_is_a_warning_only() -> None:
    assert serious(csvimport.check("dimensions", upload(*item(E="4" * 255)))) == [("D-11", "warning", "external_id", "E1")]


def test_a_small_p_is_written_as_a_capital() -> None:
    assert csvimport.convert("dimensions", upload(change(PASSIVE, C="p"))).to_bytes() == upload(PASSIVE).getvalue()


def test_the_letter_of_the_partner_file_is_not_taken_for_passive_unasked() -> None:
    issue = next(issue for issue in csvimport.check("dimensions", upload(change(PASSIVE, C="I"))).issues if issue.severity == "error")
    assert (issue.code, issue.suggestion) == ("D-08", "P")


def test_blanks_at_the_ends_go_and_those_inside_stay() -> None:
    result = csvimport.convert("dimensions", upload(*item(A=" Kustannuspaikka ", B="Myymälä  A ")))
    assert result.to_bytes() == upload(*item(B="Myymälä  A")).getvalue()


def test_the_numbers_of_lines_and_of_new_items_are_shown(tmp_path: Path) -> None:
    report = Case("D-15", FILE, registers={"dimensions": [ACTIVE]}).check("dimensions", tmp_path)
    messages = {issue.code: issue.message for issue in report.issues}
    assert "Items: 3, of which new: 2." in messages["D-15"]
    assert "updated: 1." in messages["D-04"]


def test_how_many_items_are_new_is_not_said_without_a_register() -> None:
    (message,) = [issue.message for issue in csvimport.check("dimensions", upload(*FILE)).issues if issue.code == "D-15"]
    assert message.startswith("Items: 3. ")


def test_the_existing_spelling_is_suggested(tmp_path: Path) -> None:
    report = Case("D-04", item(B="myymälä A"), registers={"dimensions": FILE}).check("dimensions", tmp_path)
    assert next(issue.suggestion for issue in report.issues if issue.code == "D-04") == "Myymälä A"


def test_an_unknown_dimension_nearly_right_is_suggested(tmp_path: Path) -> None:
    report = Case("D-02", item(A="Kustannuspaikat"), registers={"dimensions": FILE}).check("dimensions", tmp_path)
    assert next(issue.suggestion for issue in report.issues if issue.code == "D-02") == "Kustannuspaikka"


def test_a_repeated_row_names_the_one_that_it_repeats() -> None:
    lines = [PROJECT, ACTIVE, change(ACTIVE, D="Espoon myymälä"), change(ACTIVE, D="Espoon myymälä"), ACTIVE]
    told = [(i.severity, i.row, i.message) for i in csvimport.check("dimensions", upload(*lines)).issues if i.code == "D-06"]
    assert [(severity, row) for severity, row, _ in told] == [("warning", 3), ("note", 4), ("note", 5)]
    assert ["row 2" in message for *_, message in told] == [True, False, True]
    assert "row 3" in told[1][-1]


def test_the_later_spelling_is_blamed_and_the_first_named() -> None:
    report = csvimport.check("dimensions", upload(ACTIVE, PROJECT, change(ACTIVE, B="myymälä A")))
    issue = next(issue for issue in report.issues if issue.code == "D-05")
    assert (issue.row, issue.value) == (3, "myymälä A")
    assert "Myymälä A" in issue.message and "row 1" in issue.message


def test_what_would_be_active_against_the_wish_can_be_accepted_and_a_missing_name_cannot() -> None:
    report = csvimport.check("dimensions", upload(change(PASSIVE, C="I")), accept=("D-08",))
    assert serious(report) == [("D-08", "warning", "passivity_code", "C1")]
    with pytest.raises(csvimport.UsageError, match="D-03"):
        csvimport.check("dimensions", upload(ACTIVE), accept=("D-03",))


def test_strict_makes_warnings_errors() -> None:
    report = csvimport.check("dimensions", upload(*item(E="4711")), strict=True)
    assert serious(report) == [("D-11", "error", "external_id", "E1")]


def test_a_record_with_a_word_that_is_also_a_heading_is_no_heading_row() -> None:
    lines = ["Kustannuspaikka;Myymälä B;passiivinen;Suljettu;", PROJECT]
    assert serious(csvimport.check("dimensions", upload(*lines))) == [("D-07", "error", "passivity_code", "C1")]


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        ("Dimensio;Laji", "Dimensio"),
        ("Laji;Nimike", "Nimike"),
        ("Dim;Item", "Item"),
        ("Nimike;Ryhmä", "Nimike"),
        ("Nimike;Nro 1", None),
        ("Projekti;Nimike;;;", None),
        ("Laji;Toimipiste", None),
    ],
)
@pytest.mark.parametrize("as_is", [True, False], ids=["as is", "plain"])
def test_a_first_row_that_may_be_headings_is_not_written_unasked(headings: str, found: str | None, as_is: bool) -> None:
    lines = (headings, "Kustannuspaikka;Myymälä A")
    report = csvimport.check("dimensions", upload(*lines), as_is=as_is)
    assert [(i.code, i.row, i.value) for i in report.issues if i.severity == "error"] == ([("T-01", 1, found)] if found else [])


def test_who_says_that_there_are_no_headings_is_not_asked_nor_is_a_record_like_the_next_ones() -> None:
    asked, repeated = ("Kohde;Talo A", "Kustannuspaikka;Myymälä A"), ("Kohde;Talo A", "Kohde;Talo B")
    assert csvimport.convert("dimensions", upload(*asked), headings="no").to_bytes().decode("cp1252").split()[0] == "Kohde;Talo"
    assert csvimport.check("dimensions", upload(*repeated)).ok and not csvimport.check("dimensions", upload(*asked)).ok


# --- tables -----------------------------------------------------------------------------------------------------------

FIELDS = csvimport.schema("dimensions").main.fields
HEADINGS = {
    "keys": [field.key for field in FIELDS],
    "letters": [field.column for field in FIELDS],
    **{lang: [field.title[lang] for field in FIELDS] for lang in ("en", "fi", "sv")},
}


@pytest.mark.parametrize("headings", HEADINGS.values(), ids=HEADINGS.keys())
def test_columns_are_found_by_their_headings_in_any_order(headings: list[str]) -> None:
    frame = pd.DataFrame([line.split(";")[::-1] for line in FILE], columns=headings[::-1])
    result = csvimport.convert("dimensions", frame)
    assert serious(result.report) == []
    assert result.to_bytes() == upload(*FILE).getvalue()


@pytest.mark.parametrize("headings", ["Item;Dimension;Description", "Nimike;Dimensio;Kuvaus", "Artikel;Dimension;Beskrivning", "B;A;D"])
def test_rows_of_a_csv_with_headings_count_from_the_heading(headings: str) -> None:
    report = csvimport.check("dimensions", upload(headings, "Myymälä A;Kustannuspaikka;", ";Projekti;"))
    assert serious(report) == [("D-03", "error", "item_name", "A3")]


@pytest.mark.parametrize(
    ("heading", "word", "letter"),
    [
        ("Passivity code", "passive", "P"),
        ("Passivity code", "inaktiv", "P"),
        ("Passiivisuuskoodi", "passiivinen", "P"),
        ("Passivity code", "active", "A"),
        ("Passiivinen", "aktiivinen", "A"),
        ("Tila", "Käytössä", "A"),
        ("Tila", "Pois käytöstä", "P"),
        ("Passive", "yes", "P"),
        ("Passiivinen", "kyllä", "P"),
        ("Active", "no", "P"),
        ("Käytössä", "ei", "P"),
    ],
)
def test_words_for_passive_and_active_become_letters_with_a_note(heading: str, word: str, letter: str) -> None:
    frame = pd.DataFrame({"Dimension": ["Kustannuspaikka"], "Item": ["Myymälä B"], heading: [word]})
    result = csvimport.convert("dimensions", frame)
    assert serious(result.report) == []
    assert ("passivity_code", "C1") in {found[2:] for found in notes(result.report)}
    assert result.to_bytes() == f"Kustannuspaikka;Myymälä B;{letter};;\r\n".encode("cp1252")


def test_an_active_item_of_a_table_is_not_made_passive() -> None:
    frame = pd.DataFrame({"Dimension": ["Projekti"], "Item": ["P-2026-01"], "Active": ["yes"]})
    result = csvimport.convert("dimensions", frame)
    assert serious(result.report) == []
    assert result.to_bytes().split(b";")[2] in (b"", b"A")


def test_an_unknown_heading_is_a_warning_and_two_of_one_field_are_an_error() -> None:
    cells = {"Dimension": ["Projekti"], "Item": ["P-2026-01"]}
    assert serious(csvimport.check("dimensions", pd.DataFrame(cells | {"Owner": ["Maija"]}))) == [("T-01", "warning", None, "C")]
    assert serious(csvimport.check("dimensions", pd.DataFrame(cells | {"Nimike": ["P-2"]}))) == [("T-02", "error", "item_name", "C")]


def test_a_mandatory_field_without_a_column_is_one_finding_for_the_file() -> None:
    frame = pd.DataFrame({"Dimension": ["Projekti", "Projekti"], "Description": ["yksi", "kaksi"]})
    assert serious(csvimport.check("dimensions", frame)) == [("D-03", "error", "item_name", None)]


def test_the_register_may_be_a_table(tmp_path: Path) -> None:
    path = tmp_path / "dimensions.xlsx"
    pd.DataFrame({"Nimike": ["Myymälä A"], "Dimensio": ["Kustannuspaikka"], "Passiivinen": ["kyllä"]}).to_excel(path, index=False)
    report = csvimport.check("dimensions", upload(*item(C="")), settings={"registers": {"dimensions": str(path)}})
    assert serious(report) == [("D-09", "warning", "passivity_code", "C1")]


def test_a_dimension_misread_by_a_spreadsheet_does_not_count_as_a_seventh() -> None:
    lines = [f"Dimensio {number};Nimike;A;;" for number in range(1, 7)]
    report = csvimport.check("dimensions", upload(lines[0], "#REF!;Nimike;A;;", *lines[1:]))
    assert serious(report) == [("C-47", "error", "dimension_name", "A2")]
