"""The rules of the salary info file: each broken once, and each kept."""

import re
from pathlib import Path

import pytest
from conftest import Case, change, findings, notes, problems, serious, upload

import csvimport
from csvimport.messages import Catalogue

MONTHLY = "010190-900P;3200,00;A;160;4;999900001234;01.01.2026;1;18,50;42,00;42000,00;0,00;T;46-0123456T;;N"
HOURLY = "050501A904N;17,50;F;1;1;;01.02.2026;2;35,00;;;;T;46-0123456T;Kausityö;Y"
ENTREPRENEUR = "060688X905L;2500,00;B;150;3;;01.01.2026;1;12,00;35,50;30000,00;0,00;Y;;;N"
FILE = (MONTHLY, HOURLY, ENTREPRENEUR)

MANDATORY = {
    "B": "base_salary",
    "C": "base_salary_type",
    "D": "base_salary_hours",
    "E": "salary_channel",
    "G": "tax_card_date",
    "H": "tax_card_type",
    "M": "pension_insurance",
    "P": "exclude_automated_tax_card",
}
LIMITS = {"J": "tax_additional_percent", "K": "annual_income_limit", "L": "income_limit_used"}


def monthly(**cells: str) -> list[str]:
    return [change(MONTHLY, **cells)]


def hourly(**cells: str) -> list[str]:
    return [change(HOURLY, **cells)]


def entrepreneur(**cells: str) -> list[str]:
    return [change(ENTREPRENEUR, **cells)]


BROKEN = [
    Case("SI-01", [MONTHLY, change(ENTREPRENEUR, A="")], "error", "personal_identity_code", "A2"),
    Case("SI-01", monthly(A=""), "error", "personal_identity_code", "A1"),
    *(Case("SI-01", entrepreneur(**{cell: ""}), "error", field, f"{cell}1") for cell, field in MANDATORY.items()),
    *(
        Case("SI-01", [MONTHLY, ENTREPRENEUR.rpartition(";")[0]], "error", "exclude_automated_tax_card", "P2", as_is=as_is)
        for as_is in (False, True)
    ),
    # who
    *(
        Case("SI-02", monthly(A=text), "error", "personal_identity_code", "A1", as_is=as_is)
        for text in ("010190-900K", "010190-900O", "310290-9001", "321390A900X")
        for as_is in (False, True)
    ),
    *(Case("SI-02", monthly(A=text), "note", "personal_identity_code", "A1") for text in ("010190-900p", "010190 -900P", "010190–900P")),
    Case("SI-02", monthly(A="010190-900p"), "error", "personal_identity_code", "A1", as_is=True),
    Case("SI-02", monthly(A="X" * 41), "error", "personal_identity_code", "A1"),
    *(Case("SI-03", monthly(A=text), "warning", "personal_identity_code", "A1") for text in ("5503", "010190", "EE-38001085718", "X" * 40)),
    Case("SI-04", [MONTHLY, HOURLY, MONTHLY], "warning", "personal_identity_code", "A3"),
    Case("SI-04", [MONTHLY, change(MONTHLY, B="3300,00", G="01.02.2026")], "warning", "personal_identity_code", "A2"),
    # salary
    *(Case("SI-05", monthly(B=text), "error", "base_salary", "B1") for text in ("sopimus", "3200,005", "1000000000", "3.200,0,0")),
    *(Case("SI-05", monthly(B=text), "warning", "base_salary", "B1") for text in ("0", "0,00", "-1", "-3200,00")),
    *(Case("SI-06", monthly(C=text), "error", "base_salary_type", "C1") for text in ("I", "T", "1", "AA", "kuukausi")),
    *(Case("SI-07", monthly(D=text), "error", "base_salary_hours", "D1") for text in ("0", "0,00", "-1", "8760,01", "8761", "kokoaika", "37,505")),
    *(Case("SI-08", monthly(D=text), "warning", "base_salary_hours", "D1") for text in ("37,5", "0,01", "8759,99")),
    *(Case("SI-09", monthly(E=text), "error", "salary_channel", "E1") for text in ("0", "5", "6", "sähköposti")),
    # tax card
    Case("SI-10", monthly(F="9" * 13), "error", "tax_number", "F1"),
    Case("SI-10", monthly(F="9999 0000 1234"), "note", "tax_number", "F1"),
    Case("SI-10", monthly(F="9999 0000 1234"), "error", "tax_number", "F1", as_is=True),
    *(Case("SI-11", monthly(F=text), "warning", "tax_number", "F1") for text in ("99990000123", "99990000123A", "puuttuu")),
    *(Case("SI-12", monthly(G=text), "error", "tax_card_date", "G1") for text in ("31.02.2026", "1.1.26", "01/01/2026", "2026", "heti")),
    *(Case("SI-12", monthly(G=text), "note", "tax_card_date", "G1") for text in ("1.1.2026", "01.1.2026", "2026-01-01")),
    *(Case("SI-12", monthly(G=text), "error", "tax_card_date", "G1", as_is=True) for text in ("1.1.2026", "01.1.2026", "2026-01-01", "31.02.2026")),
    *(Case("SI-13", entrepreneur(H=text), "error", "tax_card_type", "H1") for text in ("0", "3", "A")),
    *(Case("SI-14", hourly(I=text), "error", "tax_base_percent", "I1") for text in ("100,01", "-1", "35,005", "vapaa")),
    Case("SI-14", [HOURLY, change(ENTREPRENEUR, I="")], "warning", "tax_base_percent", "I2"),
    Case("SI-14", monthly(I=""), "warning", "tax_base_percent", "I1"),
    *(Case("SI-14", hourly(I=text), "warning", "tax_base_percent", "I1") for text in ("0,18", "0,5")),
    Case("SI-16", monthly(I="0", J="0,42"), "warning", "tax_additional_percent", "J1"),
    *(Case("SI-15", monthly(**{cell: ""}), "error", field, f"{cell}1") for cell, field in LIMITS.items()),
    *(Case("SI-16", monthly(J=text), "error", "tax_additional_percent", "J1") for text in ("100,01", "-1", "42,005", "sama")),
    *(Case("SI-16", monthly(K=text), "error", "annual_income_limit", "K1") for text in ("-1", "1000000000", "42000,005", "ei rajaa")),
    *(Case("SI-16", monthly(L=text), "error", "income_limit_used", "L1") for text in ("-1", "0,005", "ei vielä")),
    Case("SI-17", monthly(I="42,01"), "warning", "tax_base_percent", "I1"),
    Case("SI-17", monthly(J="18,49"), "warning", "tax_base_percent", "I1"),
    Case("SI-18", monthly(L="42000,01"), "warning", "income_limit_used", "L1"),
    *(Case("SI-19", hourly(**{cell: text}), "warning", "tax_card_type", "H1") for cell, text in zip("JKL", ("45,00", "30000", "0,00"), strict=True)),
    Case("SI-19", monthly(H="2"), "warning", "tax_card_type", "H1"),
    # pension
    *(Case("SI-20", entrepreneur(M=text), "error", "pension_insurance", "M1") for text in ("X", "A", "TyEL")),
    *(
        Case("SI-21", monthly(N=text), "error", "tyel_agreement_number", "N1", as_is=as_is)
        for text in ("460123456T", "ILMARINEN", "46-0123456-T", "4-60123456T", "46-01234567T")
        for as_is in (False, True)
    ),
    *(Case("SI-21", monthly(N=text), "note", "tyel_agreement_number", "N1") for text in ("46-0123456t", "46 - 0123456T", "46–0123456T")),
    *(Case("SI-21", monthly(N=text), "error", "tyel_agreement_number", "N1", as_is=True) for text in ("46-0123456t", "46–0123456T")),
    *(Case("SI-22", monthly(N=text), "warning", "tyel_agreement_number", "N1") for text in ("70001-1234A", "80012-00017")),
    *(Case("SI-23", monthly(N=text), "error", "tyel_agreement_number", "N1") for text in ("46-123456T", "46-1T", "46-1234567")),
    Case("SI-24", [MONTHLY, change(HOURLY, N="")], "warning", "tyel_agreement_number", "N2"),
    *(Case("SI-25", entrepreneur(M=letter, N="46-0123456T"), "warning", "tyel_agreement_number", "N1") for letter in "YM"),
    Case("SI-26", FILE, "note", "tyel_agreement_number"),
    # the rest
    Case("SI-27", monthly(O="k" * 81), "error", "comments", "O1"),
    *(Case("SI-28", monthly(P=text), "error", "exclude_automated_tax_card", "P1") for text in ("X", "K", "E", "1", "kyllä")),
    *(
        Case("SI-29", entrepreneur(**{cell: text}), severity, MANDATORY[cell], f"{cell}1", as_is=as_is)
        for cell, text in zip("CMP", "byn", strict=True)
        for severity, as_is in (("note", False), ("warning", True))
    ),
    Case("SI-30", FILE, "note"),
]  # fmt: skip

RIGHT = [
    *(Case("SI-01", [line], as_is=as_is) for line in FILE for as_is in (False, True)),
    *(Case("SI-02", monthly(A=text)) for text in ("010190-900P", "050501A904N", "060688X905L")),
    Case("SI-03", FILE),
    Case("SI-04", FILE),
    Case("SI-04", [MONTHLY, change(MONTHLY, A="010190X900P")]),
    *(Case("SI-05", monthly(B=text)) for text in ("0,01", "3200", "999999999,99", "3200,500")),
    *(Case("SI-06", monthly(C=letter)) for letter in "ABCDEFGH"),
    *(Case("SI-07", monthly(D=text)) for text in ("1", "160", "8760", "8760,00")),
    *(Case("SI-08", monthly(D=text)) for text in ("1", "160,0", "160,00")),
    *(Case("SI-09", monthly(E=text)) for text in "1234"),
    *(Case("SI-10", monthly(F=text)) for text in ("", "999900001234")),
    *(Case("SI-11", monthly(F=text)) for text in ("", "000000000001")),
    *(Case("SI-12", monthly(G=text), as_is=as_is) for text in ("01.01.2026", "29.02.2028") for as_is in (False, True)),
    *(Case("SI-13", [line]) for line in (MONTHLY, HOURLY)),
    *(Case("SI-14", hourly(I=text)) for text in ("0", "0,00", "100", "35,5")),
    *(Case("SI-15", hourly(**{cell: ""})) for cell in LIMITS),
    Case("SI-15", monthly(J="18,50", K="0", L="0")),
    *(Case("SI-16", monthly(J=text, K="999999999,99", L="999999999,99")) for text in ("100", "60,00")),
    *(Case("SI-17", monthly(I=text)) for text in ("42,00", "0")),
    *(Case("SI-18", monthly(L=text)) for text in ("42000,00", "12345,67")),
    Case("SI-19", [HOURLY]),
    Case("SI-19", [MONTHLY]),
    *(Case("SI-20", entrepreneur(M=letter)) for letter in "YM"),
    Case("SI-20", [MONTHLY]),
    *(Case("SI-21", monthly(N=text)) for text in ("54-00000018", "55-0123456A")),
    Case("SI-22", [MONTHLY]),
    Case("SI-23", monthly(N="46-0123456T")),
    Case("SI-24", [MONTHLY, ENTREPRENEUR]),
    Case("SI-25", [MONTHLY, ENTREPRENEUR]),
    Case("SI-26", [ENTREPRENEUR]),
    *(Case("SI-27", monthly(O=text)) for text in ("", "k" * 80)),
    *(Case("SI-28", monthly(P=letter)) for letter in "YN"),
    Case("SI-29", FILE, as_is=True),
]

ALWAYS_SAID = {"SI-30"}  # one reminder stands above every upload


@pytest.mark.parametrize("case", [case for case in BROKEN if case.severity != "note"], ids=str)
def test_a_broken_rule_is_found_at_its_cell_and_nothing_else_is_blamed(case: Case, tmp_path: Path) -> None:
    assert serious(case.check("salary-info", tmp_path)) == [case.found]


@pytest.mark.parametrize("case", [case for case in BROKEN if case.severity == "note"], ids=str)
def test_what_is_worth_knowing_is_said_once(case: Case, tmp_path: Path) -> None:
    report = case.check("salary-info", tmp_path)
    assert serious(report) == []
    assert notes(report).count(case.found) == 1


@pytest.mark.no_cover
@pytest.mark.parametrize("case", RIGHT, ids=str)
def test_a_kept_rule_is_not_mentioned(case: Case, tmp_path: Path) -> None:
    report = case.check("salary-info", tmp_path)
    assert case.rule not in {found[0] for found in findings(report)}
    assert [found for found in serious(report) if found[1] == "error"] == []


def test_every_rule_of_the_file_is_broken_and_kept_here() -> None:
    rules = {rule.id for rule in csvimport.schema("salary-info").rules}
    assert rules == {f"SI-{number:02d}" for number in range(1, 31)}
    assert rules - {case.rule for case in BROKEN} == set()
    assert rules - {case.rule for case in RIGHT} - ALWAYS_SAID == set()


def test_every_problem_has_words() -> None:
    assert problems(csvimport.schema("salary-info")) - Catalogue.of("en").problems.keys() == set()


def test_right_records_come_out_byte_for_byte() -> None:
    result = csvimport.convert("salary-info", upload(*FILE))
    assert serious(result.report) == []
    assert result.to_bytes() == upload(*FILE).getvalue()


# --- what follows from one mistake is not said --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "case",
    [
        Case("SI-13", monthly(H="3", J="", K="", L=""), "error", "tax_card_type", "H1"),
        Case("SI-20", monthly(M="X", N=""), "error", "pension_insurance", "M1"),
        Case("SI-14", monthly(I="420,00"), "error", "tax_base_percent", "I1"),
        Case("SI-16", monthly(L="420000000000"), "error", "income_limit_used", "L1"),
        Case("SI-07", monthly(D="0,005"), "error", "base_salary_hours", "D1"),
        Case("SI-05", monthly(B="-3200,005"), "error", "base_salary", "B1"),
    ],
    ids=str,
)
def test_one_mistake_is_one_finding(case: Case, tmp_path: Path) -> None:
    assert serious(case.check("salary-info", tmp_path)) == [case.found]


def test_each_missing_limit_is_told() -> None:
    report = csvimport.check("salary-info", upload(*hourly(H="1")))
    assert serious(report) == [("SI-15", "error", field, f"{cell}1") for cell, field in LIMITS.items()]


@pytest.mark.parametrize(("lines", "cell"), [([MONTHLY, HOURLY], "2"), ([MONTHLY, change(MONTHLY, A="050501A904N")], None)])
def test_a_field_without_a_column_is_missed_on_the_rows_that_need_it_or_once(lines: list[str], cell: str | None) -> None:
    table = [";".join(csvimport.schema("salary-info").main.keys), *lines]
    without = [";".join(text for place, text in enumerate(line.split(";")) if place != 9) for line in table]
    assert serious(csvimport.check("salary-info", upload(*without))) == [("SI-15", "error", "tax_additional_percent", cell)]


# --- what is suggested, counted and shown --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "suggestion"),
    [
        ("46-123456T", "46-0123456T"),
        ("46-1t", "46-0000001T"),
        ("46-1234567", "46-01234567"),
        ("460123456T", "46-0123456T"),
        ("460123456t", "46-0123456T"),
    ],
)
def test_the_long_form_of_an_agreement_number_is_suggested_and_not_written(number: str, suggestion: str) -> None:
    issue = next(issue for issue in csvimport.check("salary-info", upload(*monthly(N=number))).issues if issue.severity == "error")
    assert (issue.column, issue.suggestion) == ("N", suggestion)
    assert suggestion in issue.hint


def test_the_codes_that_there_are_are_named() -> None:
    issue = next(issue for issue in csvimport.check("salary-info", upload(*monthly(E="6"))).issues if issue.code == "SI-09")
    assert all(code in issue.message for code in "1234")


def test_agreements_and_employees_are_counted() -> None:
    messages = {issue.code: issue.message for issue in csvimport.check("salary-info", upload(*FILE)).issues}
    assert re.findall(r"\d+", messages["SI-26"]) == ["2"]
    assert re.findall(r"\d+", messages["SI-30"]) == ["3"]


def test_the_two_figures_that_do_not_fit_are_named() -> None:
    for cells, code in (({"I": "42,01"}, "SI-17"), ({"L": "42000,01"}, "SI-18")):
        issue = next(
            issue
            for issue in csvimport.check("salary-info", upload(*monthly(**cells)), show_personal_data=True).issues
            if issue.code == code
        )
        (value,) = cells.values()
        assert value in issue.message
        assert "42" in issue.message.replace(value, "")


def test_temporary_identity_codes_are_told_at_their_cells() -> None:
    found = findings(csvimport.check("salary-info", upload(*FILE)))
    assert [cell for code, severity, _, cell in found if (code, severity) == ("C-30", "warning")] == ["A1", "A2", "A3"]


def test_the_totals_count_employees_by_the_type_of_their_salary() -> None:
    report = csvimport.check("salary-info", upload(*FILE, change(MONTHLY, A="150785-902B")))
    assert report.records == {"employee": 4}
    figures = {figure.name: figure.value for figure in report.totals}
    assert figures.pop("employees") == "4"
    assert sorted(figures.values()) == ["1", "1", "2"]


def test_the_totals_name_no_type_that_there_is_not() -> None:
    report = csvimport.check("salary-info", upload(MONTHLY, change(HOURLY, C="X")))
    assert [(figure.of, figure.value) for figure in report.totals if figure.of] == [("A", "1")]


def test_codes_that_differ_in_their_century_sign_are_two_people() -> None:
    assert "SI-04" not in {found[0] for found in findings(csvimport.check("salary-info", upload(*FILE, *monthly(A="010190X900P"))))}


def test_strict_makes_warnings_errors() -> None:
    report = csvimport.check("salary-info", upload(*monthly(B="0")), strict=True)
    assert ("SI-05", "error", "base_salary", "B1") in serious(report)


@pytest.mark.parametrize("code", ["SI-01", "SI-06", "SI-12", "SI-23"])
def test_what_procountor_refuses_cannot_be_accepted(code: str) -> None:
    with pytest.raises(csvimport.UsageError, match=code):
        csvimport.check("salary-info", upload(MONTHLY), accept=(code,))


# --- notation ------------------------------------------------------------------------------------------------------------


def test_notation_is_brought_into_form_with_notes() -> None:
    written = "010190-900p;3200.00;a;160;4;999900001234;1.1.2026;1;18.50;42.00;42 000,00;0,00;t;46-0123456t;;n"
    result = csvimport.convert("salary-info", upload(written))
    assert serious(result.report) == []
    assert result.to_bytes() == upload(MONTHLY).getvalue()
    assert {cell for _, _, _, cell in notes(result.report)} >= {"A1", "B1", "C1", "G1", "I1", "J1", "K1", "M1", "N1", "P1"}


def test_a_semicolon_in_a_comment_shifts_everything_behind_it() -> None:
    report = csvimport.check("salary-info", upload(ENTREPRENEUR, *hourly(O="Kausityö; syksy")))
    assert serious(report) == [("C-12", "error", None, "Q2")]


@pytest.mark.parametrize("date", ["31.02.2026", "1.1.26", "01/01/2026", "heti"])
def test_a_date_that_cannot_be_read_stops_the_conversion(date: str) -> None:
    """1.1.2026 is brought into form with a note; what cannot be brought into form is an error."""
    assert not csvimport.convert("salary-info", upload(*monthly(G=date))).report.ok
