"""The rules of the payroll file: each broken once, and each kept."""

import re
from pathlib import Path

import pytest
from conftest import Case, change, findings, notes, problems, serious, upload

import csvimport
from csvimport.messages import Catalogue

HOURS = "E;5503;1004;Tuntipalkka;37,5;;Kustannuspaikka;Myymälä A;;;;;;;;;;;01.01.2026;15.01.2026;Viikot 1 ja 2"
EVENINGS = "E;5503;1447;;6;;;;;;;;;;;;;;;;"
JOB = "E;010190-900P;1020;;1;250,00;;;;;;;;;;;;;;;Kuvaus 12.1.2026"
FILE = (HOURS, EVENINGS, JOB)

PERSON = "SSN;010190-900P;P;Esimerkki;Åke" + ";" * 48 + "5503" + ";" * 7
CUSTOMER = "FI;9100001-3;C;Esimerkki Oy" + ";" * 49 + "1001" + ";" * 7
SALARY_TYPES = ("1004;Tuntipalkka", "1447;Iltalisä")
DIMENSIONS = ("Kustannuspaikka;Myymälä A;A;;", "Kustannuspaikka;Myymälä B;P;;", "Projekti;P-2026-01;A;;")

PEOPLE = {"partners": [PERSON, CUSTOMER]}
CODES = {"salary_types": SALARY_TYPES}
ITEMS = {"dimensions": DIMENSIONS}
PAIRS = [(number, *letters) for number, letters in enumerate(("GH", "IJ", "KL", "MN", "OP", "QR"), 1)]


def row(**cells: str) -> list[str]:
    return [change(HOURS, **cells)]


BROKEN = [
    *(Case("PAY-01", [HOURS, change(EVENINGS, A=text)], "error", "row_type", "A2") for text in ("", "P", "R", "EE", "rivi")),
    Case("PAY-01", row(A=""), "error", "row_type", "A1"),
    Case("PAY-01", row(A="e"), "note", "row_type", "A1"),
    Case("PAY-01", row(A="e"), "error", "row_type", "A1", as_is=True),
    *(Case("PAY-02", lines, "error", None, "A1") for lines in (["P;010190-900P;160;;21"], ["P;5503;1;30;21", "D;1;A", "S;18;7,5"])),
    Case("PAY-02", ["P;010190-900P;160;;21", "S;18;7,5"], "error", None, "A1", as_is=True),
    # who
    Case("PAY-03", row(B=""), "error", "employee_id", "B1"),
    *(Case("PAY-04", row(B=text), "error", "employee_id", "B1") for text in ("010190-900K", "310290-9001", "010190-900O", "321390A900X")),
    *(
        Case("PAY-04", row(B=text), "warning", "employee_id", "B1", as_is=as_is)
        for text in ("131052908T", "Matti 131052-908T", "131052-908", "010190 900P", "10190-900P", "010190-9OOP")
        for as_is in (False, True)
    ),
    *(Case("PAY-04", row(B=text), "note", "employee_id", "B1") for text in ("010190-900p", "010190 - 900P")),
    *(Case("PAY-04", row(B=text), "error", "employee_id", "B1", as_is=True) for text in ("010190-900p", "010190-900K")),
    *(Case("PAY-05", row(B=text), "error", "employee_id", "B1", registers=PEOPLE) for text in ("5504", "1001", "05503", "050501A904N")),
    Case("PAY-06", [HOURS, JOB], "note", "employee_id"),
    Case("PAY-07", [EVENINGS, JOB], "warning", "employee_id", "B1", registers=PEOPLE),
    Case("PAY-08", row(B="9" * 41), "warning", "employee_id", "B1"),
    # what
    *(Case("PAY-09", row(C=text), "error", "salary_type_code", "C1") for text in ("", "tunti", "10,5", "1004A", "-1004", "1 004")),
    Case("PAY-09", row(C="1004,0"), "note", "salary_type_code", "C1"),
    Case("PAY-09", row(C="1004,0"), "error", "salary_type_code", "C1", as_is=True),
    *(Case("PAY-10", row(C=text), "error", "salary_type_code", "C1", registers=CODES) for text in ("1005", "8004")),
    *(Case("PAY-11", row(C=text), "error", "salary_type_code", "C1") for text in ("18", "180", "004")),
    *(Case("PAY-11", row(C=text), "warning", "salary_type_code", "C1") for text in ("8004", "0104", "10040", "9")),
    Case("PAY-11", row(C="18"), "error", "salary_type_code", "C1", registers=CODES),
    Case("PAY-12", row(C="1459"), "error", "salary_type_code", "C1"),
    Case("PAY-12", row(C="1459"), "error", "salary_type_code", "C1", registers={"salary_types": [*SALARY_TYPES, "1459;Työajan lyhennys"]}),
    Case("PAY-13", row(D="n" * 256), "error", "salary_type_name", "D1"),
    # how much
    *(Case("PAY-14", row(E=text), "error", "quantity", "E1") for text in ("37,525", "viikko", "7,5,1", "7:75", "7:30:99")),
    *(Case("PAY-14", row(E=text), "note", "quantity", "E1") for text in ("7:30", "37 h 30 min", "7,5 h")),
    Case("PAY-14", row(E="7:20"), "warning", "quantity", "E1"),
    *(Case("PAY-14", row(E=text), "error", "quantity", "E1", as_is=True) for text in ("7:30", "7,5 h", "37,525")),
    Case("PAY-15", [HOURS, change(EVENINGS, E="")], "warning", "quantity", "E2"),
    *(Case("PAY-16", row(E=text), "warning", "quantity", "E1") for text in ("0", "0,00", "0:00")),
    *(Case("PAY-17", row(F=text), "error", "unit_price", "F1") for text in ("17,505", "sopimus", "8,5,1")),
    *(Case("PAY-18", row(E=text), "warning", "quantity", "E1") for text in ("-1", "-37,5")),
    Case("PAY-18", row(F="-17,50"), "warning", "unit_price", "F1"),
    Case("PAY-19", row(F="17,50"), "note", "unit_price"),
    # where
    Case("PAY-20", row(H=""), "error", "item_name_1", "H1"),
    Case("PAY-20", row(I="Projekti"), "error", "item_name_2", "J1"),
    Case("PAY-20", row(G=""), "error", "dimension_name_1", "G1"),
    Case("PAY-20", row(J="P-2026-01"), "error", "dimension_name_2", "I1"),
    *(Case("PAY-21", row(G=text), "error", "dimension_name_1", "G1", registers=ITEMS) for text in ("kustannuspaikka", "Paikka")),
    *(Case("PAY-21", row(H=text), "error", "item_name_1", "H1", registers=ITEMS) for text in ("myymälä A", "Myymälä  A", "P-2026-01")),
    Case("PAY-21", row(I="Projekti", J="P-2026-02"), "error", "item_name_2", "J1", registers=ITEMS),
    Case("PAY-21", row(H="Myymälä B"), "warning", "item_name_1", "H1", registers=ITEMS),
    Case("PAY-21", row(G="n" * 256), "error", "dimension_name_1", "G1"),
    Case("PAY-21", row(H="n" * 256), "error", "item_name_1", "H1"),
    Case("PAY-22", row(I="Kustannuspaikka", J="Myymälä B"), "warning", "dimension_name_2", "I1"),
    Case("PAY-23", row(K="Projekti", L="P-2026-01"), "warning", "dimension_name_3", "K1"),
    Case("PAY-23", row(K="Projekti", L="P-2026-01", O="Osasto", P="Hallinto"), "warning", "dimension_name_3", "K1"),
    Case("PAY-23", row(G="", H="", Q="Projekti", R="P-2026-01"), "warning", "dimension_name_6", "Q1"),
    # when
    Case("PAY-24", row(S=""), "error", "earning_period_start", "S1"),
    Case("PAY-24", row(T=""), "error", "earning_period_end", "T1"),
    *(Case("PAY-25", row(S=text), "error", "earning_period_start", "S1") for text in ("31.02.2026", "1.1.26", "01/02/2026", "tammikuu", "01.2026")),
    Case("PAY-25", row(T="15.13.2026"), "error", "earning_period_end", "T1"),
    *(Case("PAY-25", row(S=text), "note", "earning_period_start", "S1") for text in ("1.1.2026", "2026-01-01")),
    Case("PAY-25", row(S="1.1.2026"), "warning", "earning_period_start", "S1", as_is=True),
    Case("PAY-25", row(S="2026-01-01"), "error", "earning_period_start", "S1", as_is=True),
    Case("PAY-26", row(S="16.01.2026"), "error", "earning_period_start", "S1"),
    Case("PAY-27", [HOURS, EVENINGS, HOURS], "warning", "employee_id", "B3"),
    Case("PAY-27", [HOURS, change(HOURS, E="7,5", U="Viikko 3")], "warning", "employee_id", "B2"),
    Case("PAY-28", row(U="k" * 256), "warning", "row_comment", "U1"),
    # to know before the upload
    Case("PAY-29", [HOURS, EVENINGS], "note"),
    Case("PAY-30", [JOB], "note", "employee_id"),
]  # fmt: skip

RIGHT = [
    *(Case("PAY-01", [line]) for line in FILE),
    Case("PAY-02", FILE),
    *(Case("PAY-03", row(B=text)) for text in ("1", "A-17")),
    *(Case("PAY-04", row(B=text)) for text in ("010190-900P", "050501A904N", "060688X905L", "5503", "010190", "EMP-5503", "12345-678", "010190900")),
    *(Case("PAY-05", row(B=text), registers=PEOPLE) for text in ("5503", "010190-900P")),
    Case("PAY-05", row(B="5504")),
    Case("PAY-06", [HOURS, EVENINGS]),
    Case("PAY-06", [JOB]),
    Case("PAY-07", [EVENINGS, JOB]),
    Case("PAY-07", [HOURS, EVENINGS], registers=PEOPLE),
    *(Case("PAY-08", row(B=text)) for text in ("9" * 40, "0012")),
    Case("PAY-08", [HOURS, change(EVENINGS, B="12")]),
    *(Case("PAY-09", row(C=text)) for text in ("1004", "7070")),
    *(Case("PAY-10", row(C=text), registers=CODES) for text in ("1004", "1447")),
    *(Case("PAY-11", row(C=text)) for text in ("1001", "2202", "3010", "4070", "5900", "6040", "7036")),
    Case("PAY-11", row(C="8004"), registers={"salary_types": [*SALARY_TYPES, "8004;Oma"]}),
    *(Case("PAY-12", row(C=text)) for text in ("1458", "1460")),
    *(Case("PAY-13", row(D=text)) for text in ("n" * 255, "")),
    *(Case("PAY-14", row(E=text)) for text in ("1", "0,01", "37,50", "37,500", "160")),
    Case("PAY-15", row(E="1")),
    *(Case("PAY-16", row(E=text)) for text in ("0,01", "10")),
    *(Case("PAY-17", row(F=text)) for text in ("", "17,5", "17,50", "250")),
    *(Case("PAY-18", row(E=text)) for text in ("1", "0,5")),
    Case("PAY-19", [HOURS, EVENINGS]),
    *(Case("PAY-20", row(G=text, H=text)) for text in ("", "Projekti")),
    Case("PAY-20", row(**{letter: f"Nimi {letter}" for letter in "GHIJKLMNOPQR"})),
    Case("PAY-21", row(I="Projekti", J="P-2026-01"), registers=ITEMS),
    Case("PAY-21", row(G="n" * 255, H="n" * 255)),
    Case("PAY-22", row(I="Projekti", J="Myymälä A")),
    Case("PAY-23", row(I="Projekti", J="P-2026-01")),
    Case("PAY-23", [EVENINGS]),
    Case("PAY-24", [EVENINGS]),
    *(Case("PAY-25", row(S=text, T=text)) for text in ("29.02.2028", "31.12.2026")),
    Case("PAY-26", row(S="15.01.2026")),
    *(Case("PAY-27", [HOURS, change(HOURS, **{letter: text})]) for letter, text in zip("BCGHST", ("5504", "1005", "Projekti", "Myymälä B", "02.01.2026", "16.01.2026"), strict=True)),
    *(Case("PAY-28", row(U=text)) for text in ("k" * 255, "")),
    Case("PAY-30", [HOURS, EVENINGS]),
]  # fmt: skip

ALWAYS_SAID = {"PAY-29"}  # one reminder stands above every upload


@pytest.mark.parametrize("case", [case for case in BROKEN if case.severity != "note"], ids=str)
def test_a_broken_rule_is_found_at_its_cell_and_nothing_else_is_blamed(case: Case, tmp_path: Path) -> None:
    assert serious(case.check("payroll", tmp_path)) == [case.found]


@pytest.mark.parametrize("case", [case for case in BROKEN if case.severity == "note"], ids=str)
def test_what_is_worth_knowing_is_said_once(case: Case, tmp_path: Path) -> None:
    report = case.check("payroll", tmp_path)
    assert serious(report) == []
    assert notes(report).count(case.found) == 1


@pytest.mark.no_cover
@pytest.mark.parametrize("case", RIGHT, ids=str)
def test_a_kept_rule_is_not_mentioned(case: Case, tmp_path: Path) -> None:
    report = case.check("payroll", tmp_path)
    assert serious(report) == []
    assert case.rule not in {found[0] for found in findings(report)}


def test_every_rule_of_the_file_is_broken_and_kept_here() -> None:
    rules = {rule.id for rule in csvimport.schema("payroll").rules}
    assert rules == {f"PAY-{number:02d}" for number in range(1, 31)}
    assert rules - {case.rule for case in BROKEN} == set()
    assert rules - {case.rule for case in RIGHT} - ALWAYS_SAID == set()


def test_every_problem_has_words() -> None:
    assert problems(csvimport.schema("payroll")) - Catalogue.of("en").problems.keys() == set()


def test_right_records_come_out_byte_for_byte() -> None:
    result = csvimport.convert("payroll", upload(*FILE))
    assert serious(result.report) == []
    assert result.to_bytes() == upload(*FILE).getvalue()


# --- what follows from one mistake is not said --------------------------------------------------------------------------


def test_each_of_the_six_pairs_is_looked_at(tmp_path: Path) -> None:
    for number, name, item in PAIRS:
        filled = {letter: f"Taso {n}" for n, one, two in PAIRS[: number - 1] for letter in (one, two)}
        alone = upload(change(EVENINGS, **filled, **{name: "Projekti"}))
        assert serious(csvimport.check("payroll", alone)) == [("PAY-20", "error", f"item_name_{number}", f"{item}1")]
        register = [f"Taso {n};Taso {n};A;;" for n in range(1, 7)]
        for cells, field, cell in (
            ({name: "Projekti", item: "P-1"}, f"dimension_name_{number}", name),
            ({name: f"Taso {number}", item: "P-1"}, f"item_name_{number}", item),
        ):
            case = Case("PAY-21", [change(EVENINGS, **filled, **cells)], "error", field, f"{cell}1", registers={"dimensions": register})
            assert serious(case.check("payroll", tmp_path)) == [case.found]


@pytest.mark.parametrize(
    "case",
    [
        Case("PAY-04", row(B="010190-900K"), "error", "employee_id", "B1", registers=PEOPLE),
        Case("PAY-03", row(B=""), "error", "employee_id", "B1", registers=PEOPLE),
        Case("PAY-09", row(C="tunti"), "error", "salary_type_code", "C1", registers=CODES),
        Case("PAY-09", row(C=""), "error", "salary_type_code", "C1", registers=CODES),
        Case("PAY-20", row(G=""), "error", "dimension_name_1", "G1", registers=ITEMS),
        Case("PAY-20", row(H=""), "error", "item_name_1", "H1", registers=ITEMS),
        Case("PAY-21", row(G="Paikka", H="Myymälä C"), "error", "dimension_name_1", "G1", registers=ITEMS),
        Case("PAY-25", row(S="31.02.2026", T="01.02.2026"), "error", "earning_period_start", "S1"),
        Case("PAY-14", row(E="-37,525"), "error", "quantity", "E1"),
        Case("PAY-14", row(E="0,001"), "error", "quantity", "E1"),
    ],
    ids=str,
)
def test_one_mistake_is_one_finding(case: Case, tmp_path: Path) -> None:
    assert serious(case.check("payroll", tmp_path)) == [case.found]


def test_registers_that_are_not_given_are_not_missed(tmp_path: Path) -> None:
    """Customers alone say nothing about persons."""
    report = Case("PAY-05", row(B="5504"), registers={"partners": [CUSTOMER]}).check("payroll", tmp_path)
    assert serious(report) == []


def test_two_spellings_of_one_item_are_told_without_a_register() -> None:
    """C-38: nothing is created, so at most one of the two exists."""
    for cells, cell in (({"H": "myymälä A"}, "H2"), ({"H": "Myymälä  A"}, "H2"), ({"G": "kustannuspaikka"}, "G2")):
        report = csvimport.check("payroll", upload(HOURS, change(HOURS, **cells, C="1005")))
        assert [(severity, at) for _, severity, _, at in serious(report)] == [("warning", cell)]
        told = next(issue.message for issue in report.issues if issue.code == "C-38")
        assert told.startswith("The dimension “") == (cell[0] == "G")


# --- what is suggested and counted ---------------------------------------------------------------------------------------


def test_the_existing_spelling_is_suggested(tmp_path: Path) -> None:
    for line, code, suggestion in (
        (row(G="kustannuspaikka"), "PAY-21", "Kustannuspaikka"),
        (row(H="myymälä A"), "PAY-21", "Myymälä A"),
        (row(C="1448"), "PAY-10", None),
    ):
        report = Case(code, line, registers={**ITEMS, **CODES}).check("payroll", tmp_path)
        assert next(issue.suggestion for issue in report.issues if issue.code == code) == suggestion


def test_the_first_of_two_rows_alike_is_named() -> None:
    issue = next(issue for issue in csvimport.check("payroll", upload(EVENINGS, HOURS, HOURS)).issues if issue.code == "PAY-27")
    assert issue.row == 3
    assert "row 2" in issue.message


def test_rows_by_code_and_by_number_are_counted() -> None:
    messages = {issue.code: issue.message for issue in csvimport.check("payroll", upload(HOURS, EVENINGS, JOB)).issues}
    assert re.findall(r"\d+", messages["PAY-06"]) == ["1", "2"]
    assert re.findall(r"\d+", messages["PAY-30"]) == ["1"]
    assert re.findall(r"\d+", messages["PAY-29"])[0] == "3"
    assert re.findall(r"\d+", messages["PAY-19"]) == ["1"]


def test_an_empty_cell_is_no_employee_by_number() -> None:
    assert "PAY-06" not in {found[0] for found in findings(csvimport.check("payroll", upload(JOB, change(EVENINGS, B=""))))}


def test_a_temporary_identity_code_is_told_at_its_cell() -> None:
    assert ("C-30", "warning", "employee_id", "B2") in findings(csvimport.check("payroll", upload(HOURS, JOB)))


def test_strict_makes_warnings_errors() -> None:
    report = csvimport.check("payroll", upload(*row(E="0")), strict=True)
    assert serious(report) == [("PAY-16", "error", "quantity", "E1")]


@pytest.mark.parametrize("code", ["PAY-01", "PAY-02", "PAY-05", "PAY-12", "PAY-21"])
def test_what_procountor_refuses_cannot_be_accepted(code: str) -> None:
    with pytest.raises(csvimport.UsageError, match=code):
        csvimport.check("payroll", upload(HOURS), accept=(code,))


# --- notation ------------------------------------------------------------------------------------------------------------


def test_notation_is_brought_into_form_with_notes() -> None:
    written = "e;5503;1004,0;Tuntipalkka;37.5;;Kustannuspaikka;Myymälä A;;;;;;;;;;;1.1.2026;2026-01-15;Viikot 1 ja 2"
    result = csvimport.convert("payroll", upload(written))
    assert serious(result.report) == []
    assert result.to_bytes() == upload(HOURS).getvalue()
    assert {cell for _, _, _, cell in notes(result.report)} >= {"A1", "C1", "E1", "S1", "T1"}


def test_a_decimal_point_is_right_as_it_is() -> None:
    """The decimal sign is not stated, and programs in use write both."""
    assert serious(csvimport.check("payroll", upload(*row(E="37.5", F="17.50")), as_is=True)) == []


def test_a_record_without_its_last_fields_is_written_at_full_width() -> None:
    result = csvimport.convert("payroll", upload("E;5503;1447;;6"))
    assert serious(result.report) == []
    assert result.to_bytes() == upload(EVENINGS).getvalue()
    assert serious(csvimport.check("payroll", upload("E;5503;1447;;6"), as_is=True)) == []


def test_a_semicolon_in_a_comment_shifts_everything_behind_it() -> None:
    assert serious(csvimport.check("payroll", upload(EVENINGS, *row(U="maanantai; tiistai")))) == [("C-12", "error", None, "V2")]


def test_a_small_letter_of_an_identity_code_is_written_as_a_capital() -> None:
    assert csvimport.convert("payroll", upload(change(JOB, B="010190-900p"))).to_bytes() == upload(JOB).getvalue()


# --- the file of before 2019 ---------------------------------------------------------------------------------------------

FORMER = ["P;010190-900P;160;20;21", "D;1;Myymälä A", "S;18;7,5", "P;050501A904N;1;30;21", "S;90;4"]


@pytest.mark.parametrize("as_is", [False, True])
@pytest.mark.parametrize("lines", [FORMER, FORMER[:1], FORMER[2:3], ["", *FORMER, ""]], ids=["P D S", "P", "S", "blank lines"])
def test_the_file_of_before_2019_is_refused_with_one_finding(lines: list[str], as_is: bool) -> None:
    report = csvimport.check("payroll", upload(*lines), as_is=as_is)
    assert [(issue.code, issue.severity) for issue in report.issues if issue.code != "C-14"] == [("PAY-02", "error")]
    assert not report.ok


def test_the_file_of_before_2019_is_not_written() -> None:
    result = csvimport.convert("payroll", upload(*FORMER))
    with pytest.raises(csvimport.UsageError):
        result.to_bytes()


def test_one_row_of_type_e_makes_it_a_file_of_today() -> None:
    report = csvimport.check("payroll", upload(*FORMER, HOURS))
    codes = [issue.code for issue in report.issues]
    assert "PAY-02" not in codes
    assert codes.count("PAY-01") == len(FORMER)


def test_what_is_meant_as_an_identity_code_counts_as_one() -> None:
    """The file is as private, and there is no number in it."""
    report = csvimport.check("payroll", upload(JOB, change(JOB, B="010190 900P", C="1004")))
    assert [issue.message for issue in report.issues if issue.code == "PAY-30"] == ["Rows that name the employee by identity code: 2."]
    assert "PAY-06" not in {issue.code for issue in report.issues}
