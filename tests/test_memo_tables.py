"""Journals as users keep them: tables with headings, a line for each entry, several vouchers one below the other."""

import datetime as dt
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from conftest import Found, notes, serious, upload
from hypothesis import given, settings
from hypothesis import strategies as st

import csvimport
from csvimport.report.report import Issue, Report

Line = Mapping[str, object]

HEAD = {"Tosite": "1", "Pvm": "31.01.2026", "Tositteen nimi": "Palkat"}
NEXT = {"Tosite": "2", "Pvm": "28.02.2026", "Tositteen nimi": "Vuokra"}
WAGES = {"Tili": "5000", "Selite": "Palkat", "Debet": "3000,00", "Kredit": ""}
OWED = {"Tili": "2965", "Selite": "Palkat", "Debet": "", "Kredit": "3000,00"}
RENT = {"Tili": "7230", "Selite": "Vuokra", "Debet": "500,00", "Kredit": ""}
PAID = {"Tili": "1910", "Selite": "Vuokra", "Debet": "", "Kredit": "500,00"}

WAGES_VOUCHER = ["5000;Palkat;3000,00;;;;", "2965;Palkat;-3000,00;;;;"]
RENT_VOUCHER = ["7230;Vuokra;500,00;;;;", "1910;Vuokra;-500,00;;;;"]


def table(*lines: Line) -> pd.DataFrame:
    """Lines as a table; a cell that a line does not have is empty."""
    headings = list(dict.fromkeys(heading for line in lines for heading in line))
    return pd.DataFrame([{heading: line.get(heading, "") for heading in headings} for line in lines], dtype=object)


def check(*lines: Line, **options: Any) -> Report:
    return csvimport.check("memo-vouchers", table(*lines), **options)


def found(*lines: Line, **options: Any) -> list[Found]:
    return serious(check(*lines, **options))


def written(source: "pd.DataFrame | Path", **options: Any) -> list[list[str]]:
    """The lines of each voucher that a conversion makes, which must have neither errors nor warnings."""
    result = csvimport.convert("memo-vouchers", source, **options)
    assert serious(result.report) == []
    files = {name: content for name, content in result.to_files().items() if not name.startswith("upload-list")}
    return [content.decode("cp1252").split("\r\n")[:-1] for content in files.values()]


def issue(report: Report, code: str) -> Issue:
    """The only issue with that code."""
    issues = [issue for issue in report.issues if issue.code == code]
    assert len(issues) == 1, [(i.code, i.row, i.column, i.message) for i in report.issues]
    return issues[0]


# --- which lines make a voucher ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("second", [{**HEAD, **OWED}, {"Tosite": "1", **OWED}, OWED], ids=["repeated", "key only", "nothing"])
def test_key_date_and_name_are_repeated_or_stand_once(second: Line) -> None:
    assert written(table({**HEAD, **WAGES}, second, {**NEXT, **RENT}, PAID)) == [WAGES_VOUCHER, RENT_VOUCHER]


def test_the_lines_of_a_voucher_need_not_stand_together() -> None:
    lines = {**HEAD, **WAGES}, {**NEXT, **RENT}, {"Tosite": "1", **OWED}, {"Tosite": "2", **PAID}
    assert written(table(*lines)) == [WAGES_VOUCHER, RENT_VOUCHER]


def test_date_and_name_may_stand_on_a_later_line() -> None:
    assert written(table({"Tosite": "1", **WAGES}, {**HEAD, **OWED})) == [WAGES_VOUCHER]


@pytest.mark.parametrize(
    "heading",
    [
        "Tosite",
        "tositenumero",
        "Tositteen nro",
        "Tos.nro",
        "Voucher",
        "Voucher no.",
        "Receipt number",
        "voucher_key",
        "Verifikat",
        "Ver.nr",
    ],
)
def test_the_column_that_tells_vouchers_apart(heading: str) -> None:
    frame = table({**HEAD, **WAGES}, {**HEAD, **OWED}, {**NEXT, **RENT}, {**NEXT, **PAID})
    assert written(frame.rename(columns={"Tosite": heading})) == [WAGES_VOUCHER, RENT_VOUCHER]


@pytest.mark.parametrize("key", [7, "7", "P-7/2026", "tammikuu"])
def test_the_key_may_be_a_number_or_a_word(key: object) -> None:
    assert written(table({**HEAD, **WAGES, "Tosite": key}, {**OWED, "Tosite": key}, {**NEXT, **RENT}, PAID)) == [
        WAGES_VOUCHER,
        RENT_VOUCHER,
    ]


def test_without_a_key_a_table_is_one_voucher() -> None:
    assert written(table(WAGES, OWED)) == [WAGES_VOUCHER]
    assert written(table({"Pvm": "31.1.2026", **WAGES}, {"Pvm": "31.01.2026", **OWED})) == [WAGES_VOUCHER]


@pytest.mark.parametrize("heading", ["Pvm", "Tositteen nimi"])
def test_several_vouchers_without_a_key_are_one_finding_and_nothing_else(heading: str) -> None:
    first, second = {heading: HEAD[heading]}, {heading: NEXT[heading]}
    lines = {**first, **WAGES, "Tili": "50"}, {**first, **OWED}, {**second, **RENT}, {**second, **PAID}, {**second, **RENT}
    field = {"Pvm": "voucher_date", "Tositteen nimi": "voucher_name"}[heading]
    assert found(*lines) == [("MV-06", "error", field, "A3")]
    told = issue(check(*lines), "MV-06")
    assert HEAD[heading] in told.message and NEXT[heading] in told.message
    assert "Tosite" in told.hint


def test_several_dates_with_as_many_names_are_one_finding_too() -> None:
    lines = {**HEAD, **WAGES}, {**HEAD, **OWED}, {**NEXT, **RENT}, {**NEXT, **PAID}
    frame = table(*lines).drop(columns="Tosite")
    assert serious(csvimport.check("memo-vouchers", frame)) == [("MV-06", "error", "voucher_date", "A3")]


@pytest.mark.parametrize(
    ("heading", "date"),
    [("Tositetunnus", "Kirjauspvm"), ("Tosite-ID", "Tapahtumapäivä"), ("Verifikationsnr", "Datum"), ("Tapahtumanro", "Pvm"),
     ("Doc no", "Transaction date"), ("Journal no", "Date"), ("Kirjausnro", "Pvm")],
)  # fmt: skip
def test_the_number_of_the_voucher_and_its_date_by_other_names(heading: str, date: str) -> None:
    frame = table({**HEAD, **WAGES}, {**HEAD, **OWED}, {**NEXT, **RENT}, {**NEXT, **PAID}).drop(columns="Tositteen nimi")
    assert written(frame.rename(columns={"Tosite": heading, "Pvm": date})) == [WAGES_VOUCHER, RENT_VOUCHER]


def test_of_two_columns_that_may_tell_vouchers_apart_the_voucher_goes_first() -> None:
    result = csvimport.convert(
        "memo-vouchers", table({"Kirjausnro": "1", "Tosite": "7", **WAGES}, {"Kirjausnro": "2", "Tosite": "7", **OWED})
    )
    assert [(code, column) for code, _, _, column in serious(result.report)] == [("T-01", "A")]
    assert result.report.counts.records == {"voucher": 1, "entry": 2}


@pytest.mark.parametrize("heading", ["Serie", "Sarja", "Tositelaji", "Voucher series"])
def test_numbers_that_begin_anew_in_each_series_are_told_apart_by_both(heading: str) -> None:
    one, other = {heading: "A", "Vernr": "1", "Pvm": "31.1.2026"}, {heading: "B", "Vernr": "1", "Pvm": "31.1.2026"}
    lines = table({**one, **WAGES}, {**one, **OWED, heading: ""}, {**other, **RENT}, {**other, **PAID, "Vernr": ""})
    assert written(lines) == [WAGES_VOUCHER, RENT_VOUCHER]
    names = [name for name in csvimport.convert("memo-vouchers", lines).to_files() if not name.startswith("upload-list")]
    assert names == ["1_2026-01-31_A-1.csv", "2_2026-01-31_B-1.csv"]


@pytest.mark.parametrize(("series", "numbers"), [(("1", "10"), ("10", "10")), (("A", ""), ("1", "2")), (("", "A"), ("1", "1"))])
def test_vouchers_of_two_series_never_become_one(series: tuple[str, str], numbers: tuple[str, str]) -> None:
    one, other = ({"Sarja": name, "Tosite": number} for name, number in zip(series, numbers, strict=True))
    assert written(table({**one, **WAGES}, {**one, **OWED}, {**other, **RENT}, {**other, **PAID})) == [WAGES_VOUCHER, RENT_VOUCHER]


def test_a_series_that_stands_in_the_number_is_not_written_twice() -> None:
    frame = table({"Tositelaji": "MU", "Tosite": "MU 7", **WAGES}, {"Tositelaji": "MU", "Tosite": "MU 7", **OWED})
    assert "1_MU-7.csv" in csvimport.convert("memo-vouchers", frame).to_files()


@pytest.mark.parametrize("heading", ["Nro", "Numero", "Sarja"])
def test_a_column_whose_values_each_balance_is_not_left_out_where_nothing_tells_vouchers_apart(heading: str) -> None:
    """Row numbers, and one value for all, say nothing about vouchers; a mapping may leave a column out."""
    lines = {heading: "1", **WAGES}, OWED, {heading: "2", **RENT}, {heading: "2", **PAID}
    told = issue(check(*lines), "MV-06")
    assert (told.severity, told.column, told.value) == ("error", "A", heading)
    assert "Voucher" in told.hint
    for cells in ("1234", "1111"):
        numbered = [{**line, heading: cell} for line, cell in zip(lines, cells, strict=True)]
        assert [code for code, *_ in found(*numbered)] == ["T-01"]
    assert csvimport.check("memo-vouchers", table(*lines), mapping={"columns": {heading: ""}}).ok


@pytest.mark.parametrize(
    ("balance", "paid", "told"),
    [
        ("gross", "124,00", True), ("gross", "100,00", False), ("net", "124,00", False), ("net", "100,00", True),
        ("either", "124,00", True), ("either", "100,00", True), ("either", "110,00", False),
    ],
)  # fmt: skip
def test_whether_the_values_of_a_column_balance_is_reckoned_as_vouchers_are(balance: str, paid: str, told: bool) -> None:
    cash = {"Tili": "1910", "Selite": "Myynti", "Debet": paid}
    sale = {"Tili": "3000", "Selite": "Myynti", "Kredit": "100,00", "ALV-%": "24", "ALV-tyyppi": "S"}
    lines = {"Nro": "1", **WAGES}, {"Nro": "1", **OWED}, {"Nro": "2", **cash}, {"Nro": "2", **sale}
    codes = [i.code for i in check(*lines, settings={"memo_balance": balance}).issues]
    assert ("MV-06" in codes) == told


def test_entries_of_nothing_and_wrong_sums_do_not_make_a_column_tell_vouchers_apart() -> None:
    balanced = {"Nro": "1", **WAGES}, {"Nro": "1", **OWED}, {"Nro": "2", **RENT}, {"Nro": "2", **PAID}
    assert ("MV-06", "error", None, "A") in found(*balanced)
    for sum_ in ("0,00", "kolme"):
        assert "MV-06" not in [code for code, *_ in found(*balanced, {**WAGES, "Nro": "3" if sum_ == "0,00" else "2", "Debet": sum_})]


def test_the_column_that_tells_most_vouchers_apart_is_named() -> None:
    wages = "5000;Palkat;3000,00;", "2965;Palkat;;3000,00"
    entries = [f"{number};{series};{entry}" for number, series in (("1", "A"), ("2", "A"), ("3", "B")) for entry in wages]
    told = issue(csvimport.check("memo-vouchers", upload("Nro;Sarja;Tili;Selite;Debet;Kredit", *entries)), "MV-06")
    assert (told.row, told.column, told.value) == (1, "A", "Nro")
    assert "3" in told.message


def test_another_date_inside_a_voucher_is_told_at_its_cell() -> None:
    assert found({**HEAD, **WAGES}, {**HEAD, **OWED, "Pvm": "01.02.2026"}) == [("T-08", "error", "voucher_date", "B2")]


def test_a_column_for_the_key_without_any_key_counts_as_none() -> None:
    assert written(table({**HEAD, **WAGES, "Tosite": ""}, {**OWED, "Tosite": ""})) == [WAGES_VOUCHER]


def test_a_voucher_without_entries_makes_no_file() -> None:
    """An empty file cannot be uploaded: there is none, or the voucher is told."""
    result = csvimport.convert("memo-vouchers", table({**HEAD, **WAGES}, OWED, NEXT))
    if result.report.ok:
        assert all(content.strip() for content in result.to_files().values())
        assert len([name for name in result.to_files() if not name.startswith("upload-list")]) == 1
    assert any(i.row == 3 for i in result.report.issues if i.severity != "note")


def test_records_are_counted_and_totalled() -> None:
    report = check({**HEAD, **WAGES}, OWED, {**NEXT, **RENT}, PAID)
    assert dict(report.counts.records) == {"voucher": 2, "entry": 4}
    figures = {"vouchers": "2", "entries": "4", "debit": "3500.00", "credit": "3500.00", "difference": "0.00"}
    assert {figure.name: figure.value for figure in report.totals} == figures


# --- debit and credit --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("debit", "credit"),
    [("Debet", "Kredit"), ("debit", "CREDIT"), ("Dr", "Cr"), ("Debet EUR", "Kredit EUR"), ("Debet €", "Kredit €"), ("Kredit", "Debet")],
)
def test_columns_for_debit_and_credit(debit: str, credit: str) -> None:
    frame = table({**HEAD, **WAGES}, OWED).rename(columns={"Debet": debit, "Kredit": credit})
    turned = [line.replace("-", "") if "-" in line else line.replace(";3000", ";-3000") for line in WAGES_VOUCHER]
    assert written(frame) == [turned if debit == "Kredit" else WAGES_VOUCHER]


@pytest.mark.parametrize("nothing", ["0", "0,00", "0.00", "0,00 €", 0, 0.0, None])
def test_a_zero_on_the_other_side_says_nothing(nothing: object) -> None:
    report = check({**HEAD, **WAGES, "Kredit": nothing}, {**OWED, "Debet": nothing})
    assert serious(report) == []
    assert written(table({**HEAD, **WAGES, "Kredit": nothing}, {**OWED, "Debet": nothing})) == [WAGES_VOUCHER]


@pytest.mark.parametrize(("text", "hint"), [("(12,00)", "write -12,00."), ("( 1 250,5 €)", "write -1250,5."), ("(x)", "such as 8,5.")])
def test_a_sum_in_brackets_is_shown_as_a_negative_one(text: str, hint: str) -> None:
    """Accounts print a minus so; it is not taken for one unasked."""
    entry = {"Tosite": "1", "Pvm": "31.1.2026", "Tili": "5000", "Selite": "Palkka", "Summa": text}
    (issue,) = [issue for issue in csvimport.check("memo-vouchers", pd.DataFrame([entry])).issues if issue.code == "MV-03"]
    assert issue.severity == "error" and issue.hint.endswith(hint)


def test_a_row_of_zeros_is_a_sum_of_zero() -> None:
    assert found({**HEAD, **WAGES}, OWED, {**WAGES, "Debet": "0,00", "Kredit": "0,00"}) == [("MV-05", "warning", "amount", "F3")]


def test_both_sides_filled_is_an_error_at_the_cell() -> None:
    report = check({**HEAD, **WAGES, "Kredit": "5,00"}, OWED)
    assert serious(report) == [("MV-03", "error", "amount", "G1")]
    told = issue(report, "MV-03")
    assert told.value == "5,00" and "3000,00" in told.message


def test_neither_side_filled_is_a_missing_sum() -> None:
    report = check({**HEAD, **WAGES}, OWED, {**WAGES, "Debet": ""})
    assert [(code, severity, field) for code, severity, field, _ in serious(report)] == [("MV-03", "error", "amount")]
    assert issue(report, "MV-03").row == 3


def test_a_credit_column_of_negative_sums_is_one_error_and_nothing_else() -> None:
    lines = {**HEAD, **WAGES, "Tili": "50"}, {**OWED, "Kredit": "-3000,00"}, {**NEXT, **RENT}, {**PAID, "Kredit": "-499,00"}
    report = check(*lines)
    assert serious(report) == [("MV-03", "error", "amount", "G2")]
    assert notes(report) == []


def test_a_credit_column_of_negative_sums_in_any_notation_is_the_same() -> None:
    for text in ("-3 000,00", "3000,00-", "−3000,00", -3000):
        report = check({**HEAD, **WAGES}, {**OWED, "Kredit": text})
        assert serious(report) == [("MV-03", "error", "amount", "G2")]
        assert notes(report) == []


def test_one_negative_credit_among_others_is_a_correction() -> None:
    lines = {**HEAD, **WAGES}, {**OWED, "Kredit": "-100,00"}, {**OWED, "Kredit": "3100,00"}
    assert written(table(*lines)) == [["5000;Palkat;3000,00;;;;", "2965;Palkat;100,00;;;;", "2965;Palkat;-3100,00;;;;"]]


def test_corrections_have_negative_sums_on_both_sides() -> None:
    lines = {**HEAD, **WAGES, "Debet": "-3000,00"}, {**OWED, "Kredit": "-3000,00"}
    assert written(table(*lines)) == [["5000;Palkat;-3000,00;;;;", "2965;Palkat;3000,00;;;;"]]


def test_a_column_for_one_side_only_is_that_side() -> None:
    frame = table({**HEAD, **WAGES}, {**OWED, "Debet": "-3000,00"}).drop(columns="Kredit")
    assert written(frame) == [WAGES_VOUCHER]


def test_a_column_of_sums_beside_debit_and_credit_is_an_error() -> None:
    lines = {**HEAD, **WAGES, "Summa": "3000,00"}, {**OWED, "Summa": "-3000,00"}
    report = check(*lines)
    assert serious(report) == [("T-02", "error", "amount", "H")]
    assert "debit" in issue(report, "T-02").message


# --- signs and letters -------------------------------------------------------------------------------------------------

SIGNED = ({**HEAD, "Tili": "5000", "Selite": "Palkat"}, {"Tili": "2965", "Selite": "Palkat"})


def signed(*sums: object, heading: str = "Summa") -> pd.DataFrame:
    return table(*({**line, heading: sum_} for line, sum_ in zip(SIGNED, sums, strict=True)))


def lettered(*sides: str, heading: str = "D/K", sums: tuple[str, str] = ("3000,00", "3000,00"), letter_first: bool = False) -> pd.DataFrame:
    """A table with a letter beside each sum: before it or behind."""
    lines = []
    for line, sum_, side in zip(SIGNED, sums, sides, strict=True):
        cells = [(heading, side), ("Summa", sum_)]
        lines.append({**line, **dict(cells if letter_first else cells[::-1])})
    return table(*lines)


@pytest.mark.parametrize("heading", ["Summa", "Sum", "Belopp", "Amount", "Euro", "Debet/kredit", "amount"])
def test_a_column_of_signed_sums(heading: str) -> None:
    assert written(signed("3000,00", "-3000,00", heading=heading)) == [WAGES_VOUCHER]


@pytest.mark.parametrize("letter_first", [True, False], ids=["letter first", "sum first"])
@pytest.mark.parametrize("heading", ["D/K", "DK", "D/C", "Dr/Cr", "Puoli", "Side", "Debet/kredit", "Debet / Kredit", "Debit/credit"])
def test_a_letter_tells_the_side_of_a_sum(heading: str, letter_first: bool) -> None:
    assert written(lettered("D", "K", heading=heading, letter_first=letter_first)) == [WAGES_VOUCHER]


@pytest.mark.parametrize(
    "words",
    [("D", "C"), ("d", "k"), ("Debet", "Kredit"), ("DEBIT", "credit"), ("Dr.", "Cr."), ("Per", "An"), (" D ", "K")],
)
def test_words_and_letters_for_the_sides(words: tuple[str, str]) -> None:
    assert written(lettered(*words)) == [WAGES_VOUCHER]


@pytest.mark.parametrize("letter_first", [True, False], ids=["letter first", "sum first"])
@pytest.mark.parametrize("side", ["X", "", "+", "DK", "S"])
def test_a_letter_that_is_no_side_is_an_error_at_its_cell(side: str, letter_first: bool) -> None:
    report = csvimport.check("memo-vouchers", lettered("D", side, letter_first=letter_first))
    assert serious(report) == [("MV-03", "error", "amount", "F2" if letter_first else "G2")]
    assert "3000,00" in issue(report, "MV-03").message


def test_a_zero_needs_no_side() -> None:
    assert serious(csvimport.check("memo-vouchers", lettered("", "", sums=("0,00", "0")))) == [
        ("MV-05", "warning", "amount", "F1"),
        ("MV-05", "warning", "amount", "F2"),
    ]


@pytest.mark.parametrize("sides", [("D", "K"), ("K", "D")])
def test_a_minus_beside_a_letter_says_the_side_twice_or_corrects(sides: tuple[str, str]) -> None:
    report = csvimport.check("memo-vouchers", lettered(*sides, sums=("3000,00", "-3000,00")))
    assert serious(report) == [("MV-03", "error", "amount", "F2")]
    assert "-3000,00" in issue(report, "MV-03").message


def test_a_letter_without_a_sum_is_a_missing_sum() -> None:
    assert serious(csvimport.check("memo-vouchers", lettered("D", "K", sums=("3000,00", "")))) == [("MV-03", "error", "amount", "F2")]


# --- notation ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["3 000,00", "3\u00a0000,00", "3.000,00", "3,000.00", "3000.00", "3 000,00 €", "+3000,00"])
@pytest.mark.parametrize("side", ["Debet", "Kredit"])
def test_the_notation_of_either_column_is_noted_at_its_own_cell(side: str, text: str) -> None:
    lines = {**HEAD, **WAGES}, OWED
    lines = tuple({**line, side: text} if line[side] else line for line in lines)
    assert written(table(*lines)) == [WAGES_VOUCHER]
    place = ("amount", "F1") if side == "Debet" else ("amount", "G2")
    assert [note[2:] for note in notes(check(*lines)) if note[2] == "amount"] == [place]


@pytest.mark.parametrize("side", ["Debet", "Kredit"])
@pytest.mark.parametrize(
    ("text", "code"), [("kolme", "MV-03"), ("-", "MV-03"), ("3,0,0", "MV-03"), ("3000,005", "MV-04"), ("1.234", "MV-03"), ("#REF!", "C-47")]
)
def test_a_wrong_sum_is_told_at_its_own_cell(side: str, text: str, code: str) -> None:
    lines = {**HEAD, **WAGES}, OWED
    lines = tuple({**line, side: text} if line[side] else line for line in lines)
    assert found(*lines) == [(code, "error", "amount", "F1" if side == "Debet" else "G2")]


def test_text_beside_a_sum_is_not_dropped() -> None:
    assert found({**HEAD, **WAGES, "Kredit": "maksettu"}, OWED) == [("MV-03", "error", "amount", "G1")]


def test_numbers_stay_numbers() -> None:
    lines = {**HEAD, **WAGES, "Tili": 5000, "Debet": 0.1 + 0.2, "Kredit": 0}, {**OWED, "Tili": 2965, "Debet": 0.0, "Kredit": 0.3}
    assert written(table(*lines)) == [["5000;Palkat;0,3;;;;", "2965;Palkat;-0,3;;;;"]]


def test_a_name_behind_the_account_is_left_out_with_a_note() -> None:
    lines = {**HEAD, **WAGES, "Tili": "5000 Palkat"}, {**OWED, "Tili": "2965 – Palkkavelat"}
    assert written(table(*lines)) == [WAGES_VOUCHER]
    assert [note for note in notes(check(*lines)) if note[2] == "account"] == [
        ("MV-01", "note", "account", "D1"),
        ("MV-01", "note", "account", "D2"),
    ]


# --- dimensions --------------------------------------------------------------------------------------------------------

DIMENSIONED = ["5000;Palkat;3000,00;Kustannuspaikka;Myymälä A;;", WAGES_VOUCHER[1]]


@pytest.mark.parametrize("prefix", ["Dimensio: ", "Dimension: ", "dimensio:", "DIMENSIO: ", "Seurantakohde: "])
def test_a_column_for_a_dimension(prefix: str) -> None:
    assert written(table({**HEAD, **WAGES, f"{prefix}Kustannuspaikka": "Myymälä A"}, OWED)) == [DIMENSIONED]


def test_a_column_named_as_a_dimension_of_the_settings() -> None:
    frame = table({**HEAD, **WAGES, "Kustannuspaikka": "Myymälä A"}, OWED)
    assert serious(csvimport.check("memo-vouchers", frame)) == [("T-01", "warning", None, "H")]
    assert written(frame, settings={"dimension_order": ["Projekti", "Kustannuspaikka"]}) == [DIMENSIONED]


@pytest.mark.parametrize(
    "headings",
    [("Dimensio", "Nimike"), ("Dimension", "Item"), ("Dimensio 1", "Nimike 1"), ("Dimensio 2", "Nimike 2"), ("Dimension", "Artikel")],
)
def test_a_pair_of_columns_for_dimension_and_item(headings: tuple[str, str]) -> None:
    cells = dict(zip(headings, ("Kustannuspaikka", "Myymälä A"), strict=True))
    assert written(table({**HEAD, **WAGES, **cells}, OWED)) == [DIMENSIONED]


def test_each_entry_may_have_a_dimension_of_its_own() -> None:
    cells = {"Dimensio: Kustannuspaikka": "Myymälä A", "Dimensio: Projekti": ""}
    lines = {**HEAD, **WAGES, **cells}, {**OWED, "Dimensio: Projekti": "P-2026-01"}
    assert written(table(*lines)) == [[DIMENSIONED[0], "2965;Palkat;-3000,00;Projekti;P-2026-01;;"]]


PAIR = {"Dimensio": "Kustannuspaikka", "Nimike": "Myymälä A"}


@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"Dimensio: Kustannuspaikka": "Myymälä A", "Dimensio: Projekti": "P-1"}, "I1"),
        ({**PAIR, "Dimensio 2": "Projekti", "Nimike 2": "P-1"}, "K1"),
        ({**PAIR, "Dimensio: Projekti": "P-1"}, "J1"),
        ({"Dimensio: Projekti": "P-1", **PAIR}, "H1"),
    ],
    ids=["columns", "pairs", "pair and column", "column and pair"],
)
def test_a_second_dimension_is_told_at_its_cell_and_the_way_out_is_named(cells: Line, place: str) -> None:
    report = check({**HEAD, **WAGES, **cells}, OWED)
    assert serious(report) == [("MV-12", "error", "item_name", place)]
    told = issue(report, "MV-12")
    assert "P-1" in told.message
    assert "--as journal-receipts" in told.hint


@pytest.mark.parametrize("cell", ["Myymälä A 60 %; Myymälä B 40 %", "Myymälä A 60 % | Myymälä B 40 %"])
def test_shares_of_a_sum_are_told_to_need_several_entries(cell: str) -> None:
    report = check({**HEAD, **WAGES, "Dimensio: Kustannuspaikka": cell}, OWED)
    assert serious(report) == [("MV-12", "error", "item_name", "H1")]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"Dimensio": "Kustannuspaikka", "Nimike": ""}, ("MV-10", "error", "item_name", "I1")),
        ({"Dimensio": "", "Nimike": "Myymälä A"}, ("MV-11", "error", "dimension_name", "H1")),
        ({"Dimensio 2": "Kustannuspaikka", "Nimike 2": ""}, ("MV-10", "error", "item_name", "I1")),
        ({"Dimensio 2": "", "Nimike 2": "Myymälä A"}, ("MV-11", "error", "dimension_name", "H1")),
        ({"Dimensio: Kustannuspaikka": "e" * 256}, ("MV-21", "error", "item_name", "H1")),
    ],
)
def test_half_a_pair_is_told_at_its_own_cell(cells: Line, told: Found) -> None:
    assert found({**HEAD, **WAGES, **cells}, OWED) == [told]


def test_registers_are_held_against_the_columns_of_dimensions(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_bytes("Kustannuspaikka;Myymälä A;A;;\r\n".encode("cp1252"))
    registers = {"registers": {"dimensions": str(tmp_path / "d.csv")}}
    assert found({**HEAD, **WAGES, "Dimensio: Kustannuspaikka": "Myymälä A"}, OWED, settings=registers) == []
    right = [("MV-09", "error", "item_name", "H1")]
    assert found({**HEAD, **WAGES, "Dimensio: Kustannuspaikka": "Myymälä B"}, OWED, settings=registers) == right
    assert [f[:2] for f in found({**HEAD, **WAGES, "Dimensio: Projekti": "P-1"}, OWED, settings=registers)] == [("MV-08", "error")]


# --- workbooks ---------------------------------------------------------------------------------------------------------


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)
    return path


def test_a_workbook_with_real_numbers_dates_and_percentages(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "journal.xlsx",
        Päiväkirja=[
            ["Päiväkirja 2025"],
            ["Tosite", "Pvm", "Tili", "Selite", "Debet", "Kredit", "ALV-%", "ALV-tyyppi"],
            [1, dt.datetime(2024, 8, 30), 7680, "Siivous", 200, None, 0.24, "osto"],
            [1, dt.datetime(2024, 8, 30), 1910, "Siivous", None, 248, None, None],
            [2, dt.datetime(2024, 8, 31), 5000, "Palkat", 3000.5, 0, None, None],
            [2, dt.datetime(2024, 8, 31), 2965, "Palkat", 0, 3000.5, None, None],
        ],
    )
    book = openpyxl.load_workbook(path)
    book.active["G3"].number_format = "0 %"
    book.save(path)
    assert written(path) == [
        ["7680;Siivous;200;;;24;P", "1910;Siivous;-248;;;;"],
        ["5000;Palkat;3000,5;;;;", "2965;Palkat;-3000,5;;;;"],
    ]


VOUCHERS: list[list[object]] = [
    ["Tosite", "Pvm", "Tositteen nimi"],
    [1, dt.date(2026, 1, 31), "Palkat"],
    [2, dt.date(2026, 2, 28), "Vuokra"],
]
ENTRIES: list[list[object]] = [
    ["Tosite", "Tili", "Selite", "Debet", "Kredit"],
    [2, 7230, "Vuokra", 500, None],
    [1, 5000, "Palkat", 3000, None],
    [2, 1910, "Vuokra", None, 500],
    [1, 2965, "Palkat", None, 3000],
]
BOTH = [["5000;Palkat;3000;;;;", "2965;Palkat;-3000;;;;"], ["7230;Vuokra;500;;;;", "1910;Vuokra;-500;;;;"]]


@pytest.mark.parametrize("names", [("Tositteet", "Viennit"), ("Viennit", "Tositteet")], ids=["vouchers first", "entries first"])
def test_vouchers_on_one_sheet_and_entries_on_another(tmp_path: Path, names: tuple[str, str]) -> None:
    sheets = {"Tositteet": VOUCHERS, "Viennit": ENTRIES}
    path = workbook(tmp_path / "two.xlsx", **{name: sheets[name] for name in names})
    assert written(path) == BOTH
    names_of = [name for name in csvimport.convert("memo-vouchers", path).to_files() if name.endswith(".csv")]
    assert names_of == ["1_2026-01-31_1_Palkat.csv", "2_2026-02-28_2_Vuokra.csv", "upload-list.csv"]


def test_findings_name_the_sheet_they_are_on(tmp_path: Path) -> None:
    vouchers = [*VOUCHERS[:2], [2, "31.2.2026", "Vuokra"]]
    entries = [*ENTRIES[:2], [1, 500, "Palkat", 3000, None], ENTRIES[3], [1, 2965, "Palkat", None, "kolme"]]
    report = csvimport.check("memo-vouchers", workbook(tmp_path / "two.xlsx", Tositteet=vouchers, Viennit=entries))
    places = {(i.code, i.sheet, i.row, i.column) for i in report.issues if i.severity == "error"}
    assert places == {("C-25", "Tositteet", 3, "B"), ("MV-01", "Viennit", 3, "B"), ("MV-03", "Viennit", 5, "E")}


def test_an_unbalanced_voucher_is_told_on_the_sheet_of_entries(tmp_path: Path) -> None:
    entries = [*ENTRIES[:4], [1, 2965, "Palkat", None, 2000]]
    report = csvimport.check("memo-vouchers", workbook(tmp_path / "two.xlsx", Tositteet=VOUCHERS, Viennit=entries))
    told = issue(report, "MV-07")
    assert (told.sheet, told.row, told.column) == ("Viennit", 3, "D")


def test_an_entry_of_an_unknown_voucher_is_told_at_its_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / "two.xlsx", Tositteet=VOUCHERS, Viennit=[*ENTRIES, [3, 1910, "Vuokra", None, 1]])
    told = issue(csvimport.check("memo-vouchers", path), "T-10")
    assert (told.sheet, told.row, told.column, told.value) == ("Viennit", 6, "A", "3")


def test_a_voucher_without_entries_on_the_other_sheet_is_told(tmp_path: Path) -> None:
    path = workbook(tmp_path / "two.xlsx", Tositteet=[*VOUCHERS, [3, dt.date(2026, 3, 31), "Unohtui"]], Viennit=ENTRIES)
    report = csvimport.check("memo-vouchers", path)
    assert [(i.sheet, i.row) for i in report.issues if i.severity != "note"] == [("Tositteet", 4)]


# --- vouchers that do not balance --------------------------------------------------------------------------------------

Entry = tuple[str, str, str] | tuple[str, str, str, str, str]


def voucher(*entries: Entry, key: str = "1") -> list[Line]:
    """Entries of account, debit, credit and, where there is VAT, percentage and type."""
    headings = ("Tili", "Debet", "Kredit", "ALV-%", "ALV-tyyppi")
    return [{"Tosite": key, "Selite": "Vienti", **dict(zip(headings, (*entry, "", "")[:5], strict=True))} for entry in entries]


def told(*lines: Line, **options: Any) -> Issue:
    """What is said about the only voucher that does not balance; nothing else is."""
    report = check(*lines, **options)
    assert [found[:2] for found in serious(report)] == [("MV-07", "error")]
    return issue(report, "MV-07")


def place(issue_: Issue) -> str:
    return f"{issue_.column}{issue_.row}"


def test_the_entry_whose_sum_is_missing_is_named() -> None:
    one = told(*voucher(("5000", "100,00", ""), ("2965", "", "100,00"), ("7680", "50,00", "")))
    assert (place(one), one.value, one.suggestion) == ("D3", "50,00", None)
    assert "50,00" in one.message and "8450" in one.message


def test_the_entry_of_half_the_difference_stands_on_the_wrong_side() -> None:
    one = told(*voucher(("5000", "100,00", ""), ("7680", "20,00", ""), ("4000", "25,00", ""), ("2965", "", "105,00")))
    assert place(one) == "D2"
    assert "40,00" in one.message and "20,00" in one.hint


@pytest.mark.parametrize(
    ("entries", "where", "meant"),
    [
        ([("5000", "1254,00", ""), ("7000", "45,10", ""), ("2965", "", "1290,10")], "D1", "1245,00"),
        ([("5000", "1245,00", ""), ("7000", "3,33", ""), ("2965", "", "1284,33")], "E3", "1248,33"),
        ([("5000", "100,21", ""), ("7000", "3,33", ""), ("2965", "", "100,20"), ("2965", "", "3,25")], "D1", "100,12"),
        ([("5000", "9150,50", ""), ("7000", "849,33", ""), ("2965", "", "2799,83")], "D1", "1950,50"),
    ],
    ids=["debit", "credit", "cents", "thousands"],
)  # fmt: skip
def test_the_entry_with_two_digits_exchanged_is_named_as_it_would_be_written(entries: list[Entry], where: str, meant: str) -> None:
    """The suggestion is what belongs into the very cell: in the credit column without a minus."""
    one = told(*voucher(*entries))
    assert (place(one), one.suggestion) == (where, meant)
    assert meant in one.hint


def test_with_a_letter_the_suggestion_has_no_sign_either() -> None:
    sums = ("1245,00", "D"), ("3,33", "D"), ("1284,33", "K")
    lines = [{"Tosite": "1", "Tili": "5000", "Selite": "Vienti", "Summa": sum_, "D/K": side} for sum_, side in sums]
    one = told(*lines)
    assert (place(one), one.suggestion) == ("D3", "1248,33")


def test_in_a_column_of_signed_sums_the_suggestion_has_its_sign() -> None:
    sums = "1245,00", "3,33", "-1284,33"
    one = told(*({"Tosite": "1", "Tili": "5000", "Selite": "Vienti", "Summa": sum_} for sum_ in sums))
    assert (place(one), one.suggestion) == ("D3", "-1248,33")


def test_where_no_entry_stands_out_the_first_one_is_named_with_the_difference() -> None:
    one = told(*voucher(("7680", "100,00", ""), ("1910", "", "93,17")))
    assert (place(one), one.suggestion) == ("D1", None)
    assert "6,83" in one.message and "8450" in one.message


def test_each_voucher_is_told_once_and_by_its_key() -> None:
    lines = [
        *voucher(("7680", "100,00", ""), ("1910", "", "93,17"), key="A-1"),
        *voucher(("7680", "100,00", ""), ("1910", "", "100,00"), key="A-2"),
        *voucher(("7680", "100,00", ""), ("1910", "", "33,17"), key="A-3"),
    ]
    issues = [i for i in check(*lines).issues if i.code == "MV-07"]
    assert [place(i) for i in issues] == ["D1", "D5"]
    assert "A-1" in issues[0].message and "A-3" in issues[1].message


@pytest.mark.parametrize(
    ("entries", "where"),
    [
        ([("7680", "100,00", "", "24", "P"), ("1910", "", "124,00"), ("7690", "10,00", "", "24", "P")], "D3"),
        ([("7680", "80,00", "", "24", "P"), ("1910", "", "99,20"), ("7690", "50,00", "", "24", "P"), ("1920", "62,00", "")], "D3"),
        ([("7680", "210,00", "", "24", "P"), ("1910", "", "148,80")], "D1"),
        ([("7680", "120,00", "", "24", "P"), ("1910", "", "184,80")], "E2"),
    ],
    ids=["missing", "wrong side", "exchanged net", "exchanged gross"],
)
def test_with_vat_the_entry_is_found_by_its_sum_with_vat(entries: list[Entry], where: str) -> None:
    assert place(told(*voucher(*entries))) == where


def test_the_setting_decides_with_which_sums_the_entry_is_found() -> None:
    entries = ("7680", "210,00", "", "24", "P"), ("1910", "", "70,00"), ("1920", "", "50,00")
    one = told(*voucher(*entries), settings={"memo_balance": "net"})
    assert (place(one), one.suggestion) == ("D1", "120,00")


def test_a_voucher_that_balances_without_vat_only_is_a_warning_with_the_difference() -> None:
    report = check(*voucher(("7680", "124,00", "", "24", "P"), ("1910", "", "124,00")))
    assert serious(report) == [("MV-07", "warning", "amount", "D1")]
    assert "29,76" in issue(report, "MV-07").message


def test_vat_is_rounded_entry_by_entry() -> None:
    """0,02 at 25 per cent and a half are 0,0251, so 0,03; three of them 0,09 and not 0,08."""
    entries = [("7680", "0,02", "", "25,5", "P")] * 3
    assert {f[0] for f in found(*voucher(*entries, ("1910", "", "0,09")))} == {"MV-13"}
    assert "MV-07" in {f[0] for f in found(*voucher(*entries, ("1910", "", "0,08")))}


# --- random vouchers ---------------------------------------------------------------------------------------------------

CENT = Decimal("0.01")
RATES = ("", "0", "8", "9", "10", "12", "13", "14", "17", "22", "23", "24")

Made = list[tuple[int, str]]
"""Cents, debit positive, and VAT percentage of each entry."""


def gross(cents: int, rate: str) -> int:
    """With VAT, halves away from zero."""
    return int((Decimal(cents) * (100 + Decimal(rate or 0)) / 100).quantize(Decimal(1), ROUND_HALF_UP))


def comma(cents: int) -> str:
    return f"{cents * CENT:.2f}".replace(".", ",")


def balanced(entries: Made) -> Made:
    """The entries and a last one without VAT that makes the voucher balance."""
    rest = -sum(gross(*entry) for entry in entries)
    return [*entries, (rest, "")] if rest else entries


def lines_of(vouchers: list[Made]) -> list[Line]:
    return [
        entry
        for key, made in enumerate(vouchers, 1)
        for entry in voucher(*((("5000", comma(c), "") if c > 0 else ("2965", "", comma(-c))) + (rate, "") for c, rate in made), key=str(key))
    ]  # fmt: skip


amounts = st.integers(-10_000_000, 10_000_000).filter(bool)
vouchers = st.lists(st.tuples(amounts, st.sampled_from(RATES)), min_size=1, max_size=6).map(balanced)


@settings(max_examples=12, deadline=None)
@given(st.lists(vouchers, min_size=1, max_size=5))
def test_balanced_vouchers_are_never_blamed(made: list[Made]) -> None:
    assert "MV-07" not in {code for code, *_ in found(*lines_of(made))}


@settings(max_examples=12, deadline=None)
@given(st.lists(vouchers, min_size=1, max_size=5), st.data())
def test_a_changed_sum_unbalances_its_voucher_and_no_other(made: list[Made], data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(made) - 1))
    entry = data.draw(st.integers(0, len(made[which]) - 1))
    cents, rate = made[which][entry]
    changed = data.draw(amounts.filter(lambda other: other != cents and gross(other, rate) != gross(cents, rate)))
    made = [[*rows] for rows in made]
    made[which][entry] = (changed, rate)
    report = check(*lines_of(made))
    issues = [i for i in report.issues if i.code == "MV-07"]
    first = sum(len(rows) for rows in made[:which])
    assert len(issues) == 1
    assert first < (issues[0].row or 0) <= first + len(made[which])
    assert issues[0].severity == ("warning" if sum(c for c, _ in made[which]) == 0 else "error")
    difference = comma(abs(sum(gross(*row) for row in made[which])))
    assert difference in issues[0].message


@settings(max_examples=12, deadline=None)
@given(st.lists(vouchers, min_size=1, max_size=4))
def test_what_comes_out_is_debit_less_credit(made: list[Made]) -> None:
    result = csvimport.convert("memo-vouchers", table(*lines_of(made)))
    assert result.report.ok
    files = [text.decode("cp1252") for name, text in result.to_files().items() if not name.startswith("upload-list")]
    sums = [[line.split(";")[2] for line in text.splitlines()] for text in files]
    assert sums == [[comma(cents) for cents, _ in rows] for rows in made]
    figures = {figure.name: figure.value for figure in result.report.totals}
    assert figures["debit"] == f"{sum(c for rows in made for c, _ in rows if c > 0) * CENT:.2f}"
    assert figures["credit"] == f"{-sum(c for rows in made for c, _ in rows if c < 0) * CENT:.2f}"
