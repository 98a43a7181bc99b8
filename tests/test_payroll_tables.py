"""Hours and salary info as users keep them: tables with headings, hours and minutes, columns per cost centre, words for codes."""

import datetime as dt
import io
import json
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
import xlwt
from click.testing import CliRunner
from conftest import change, findings, notes, serious, upload
from hypothesis import given, settings
from hypothesis import strategies as st

import csvimport
from csvimport.cli import cli
from csvimport.kinds.payroll import to_hours
from csvimport.report.report import Report

HOURS = {"Henkilönumero": "5503", "Palkkalaji": "1004", "Tunnit": "7,5"}
MONTHLY = "010190-900P;3200,00;A;160;4;999900001234;01.01.2026;1;18,50;42,00;42000,00;0,00;T;46-0123456T;;N"

quick = settings(max_examples=12, deadline=None)

Line = Mapping[str, object]


def row(**cells: str) -> str:
    """An upload-ready row: that of HOURS, others cells by column letter."""
    return change(";" * 20, **{"A": "E", "B": "5503", "C": "1004", "E": "7,5", **cells})


def table(*lines: Line) -> pd.DataFrame:
    """Lines as a table; a cell that a line does not have is empty."""
    headings = list(dict.fromkeys(heading for line in lines for heading in line))
    return pd.DataFrame([{heading: line.get(heading, "") for heading in headings} for line in lines], dtype=object)


def column(**columns: list[object]) -> pd.DataFrame:
    """Rows of HOURS, each for a salary type of its own, with other columns."""
    (length,) = {len(cells) for cells in columns.values()}
    lines = [{**HOURS, "Palkkalaji": str(1004 + number)} for number in range(length)]
    return table(*({**line, **{name: cells[number] for name, cells in columns.items()}} for number, line in enumerate(lines)))


def written(frame: pd.DataFrame, file: str = "payroll", **options: Any) -> list[str]:
    """The lines that a conversion wrote, which must have neither errors nor warnings."""
    result = csvimport.convert(file, frame, **options)
    assert serious(result.report) == []
    return result.to_bytes().decode("cp1252").split("\r\n")[:-1]


def quantities(frame: "pd.DataFrame | Path | io.BytesIO", **options: Any) -> list[str]:
    """The quantities that are written."""
    lines = csvimport.convert("payroll", frame, **options).to_bytes().decode("cp1252").splitlines()
    return [line.split(";")[4] for line in lines]


def workbook(path: Path, rows: list[list[object]], **formats: str) -> Path:
    """A workbook of one sheet; number formats by cell."""
    book = openpyxl.Workbook()
    for cells in rows:
        book.active.append(cells)
    for cell, form in formats.items():
        book.active[cell].number_format = form
    book.save(path)
    return path


def by_code(report: Report, code: str) -> list[Any]:
    return [issue for issue in report.issues if issue.code == code]


# --- headings ------------------------------------------------------------------------------------------------------------

FULL = "E;5503;1004;Tuntipalkka;37,5;17,50;Kustannuspaikka;Myymälä A;Projekti;P-1;;;;;;;;;01.01.2026;15.01.2026;Viikot 1 ja 2"
FIELDS = csvimport.schema("payroll").main.fields
HEADINGS = {
    "keys": [field.key for field in FIELDS],
    "letters": [field.column for field in FIELDS],
    **{lang: [field.title[lang] for field in FIELDS] for lang in ("en", "fi", "sv")},
}


@pytest.mark.parametrize("headings", HEADINGS.values(), ids=HEADINGS.keys())
def test_columns_are_found_by_their_headings_in_any_order(headings: list[str]) -> None:
    """The column of the row type is left out; it says nothing that is not known."""
    kept = range(1, len(FIELDS)) if headings[0] != "A" else range(len(FIELDS))
    frame = pd.DataFrame([[FULL.split(";")[at] for at in kept][::-1]], columns=[headings[at] for at in kept][::-1])
    assert written(frame) == [FULL]


@pytest.mark.parametrize(
    "headings",
    [
        ("Employee number", "Salary type", "Hours", "Rate", "Start date", "End date", "Comment", "Item", "Dimension"),
        ("Henkilönumero", "Palkkalaji", "Tunnit", "Tuntihinta", "Alkupäivä", "Loppupäivä", "Kommentti", "Nimike", "Dimensio"),
        ("Anställningsnummer", "Löneart", "Timmar", "Timpris", "Startdatum", "Slutdatum", "Kommentar", "Artikel", "Dimension"),
        ("HETU", "palkkalajikoodi", "MÄÄRÄ", "yksikköhinta", "Ansaintajakso alkaa", "Ansaintajakso päättyy", "Rivikommentti", "Kohde 1", "Dimensio 1"),
    ],
    ids=["en", "fi", "sv", "others"],
)  # fmt: skip
def test_the_words_of_time_tracking_programs(headings: tuple[str, ...]) -> None:
    cells = ("5503", "1004", "7,5", "17,50", "1.1.2026", "15.1.2026", "Viikko 1", "Myymälä A", "Kustannuspaikka")
    assert written(table(dict(zip(headings, cells, strict=True)))) == [
        row(F="17,50", G="Kustannuspaikka", H="Myymälä A", S="01.01.2026", T="15.01.2026", U="Viikko 1")
    ]


@pytest.mark.parametrize(
    ("heading", "cells", "missing", "cell"),
    [
        ("Dimensio 1", ["Projekti", "Projekti"], "item_name_1", None),
        ("Dimensio 1", ["Projekti", ""], "item_name_1", "1"),
        ("Nimike 1", ["P-1", "P-1"], "dimension_name_1", None),
        ("Nimike 1", ["", "P-1"], "dimension_name_1", "2"),
    ],
)
def test_half_a_pair_without_a_column_is_missed_on_the_rows_that_need_it_or_once(
    heading: str, cells: list[object], missing: str, cell: str | None
) -> None:
    report = csvimport.check("payroll", column(**{heading: cells}))
    assert serious(report) == [("PAY-20", "error", missing, cell)]
    (issue,) = by_code(report, "PAY-20")
    assert "Dimension name 1" in issue.message and "Item name 1" in issue.message


def test_the_row_type_needs_no_column() -> None:
    assert written(table(HOURS)) == [row()]


def test_the_file_with_headings_above_its_columns_is_read_by_position() -> None:
    result = csvimport.convert("payroll", upload(";".join(HEADINGS["fi"]), FULL))
    assert serious(result.report) == []
    assert result.to_bytes() == upload(FULL).getvalue()


def test_rows_of_a_csv_with_headings_count_from_the_heading() -> None:
    report = csvimport.check("payroll", upload("Henkilönumero;Palkkalaji;Tunnit", "5503;1004;seitsemän", "5503;1459;8"))
    assert serious(report) == [("PAY-14", "error", "quantity", "C2"), ("PAY-12", "error", "salary_type_code", "B3")]


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("Henkilönumero", ("PAY-03", "error", "employee_id", None)),
        ("Palkkalaji", ("PAY-09", "error", "salary_type_code", None)),
        ("Tunnit", ("PAY-15", "warning", "quantity", None)),
    ],
)
def test_a_missing_column_is_one_finding_for_the_file(heading: str, found: object) -> None:
    frame = table({**HOURS, "Kommentti": "yksi"}, {**HOURS, "Henkilönumero": "5504", "Palkkalaji": "1005"}).drop(columns=heading)
    assert serious(csvimport.check("payroll", frame)) == [found]


def test_an_unknown_heading_is_a_warning_and_two_of_one_field_are_an_error() -> None:
    assert serious(csvimport.check("payroll", table({**HOURS, "Esimies": "Maija"}))) == [("T-01", "warning", None, "D")]
    assert serious(csvimport.check("payroll", table({**HOURS, "Lukumäärä": "8"}))) == [("T-02", "error", "quantity", "D")]


# --- hours and minutes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("7:30", "7,5"),
        ("07:30", "7,5"),
        ("7:30:00", "7,5"),
        ("7:30:36", "7,51"),
        ("0:15", "0,25"),
        ("37:30", "37,5"),
        ("7:30 h", "7,5"),
        ("7:30 tuntia", "7,5"),
        ("160:00", "160"),
        ("7:03", "7,05"),
        ("7 h 30 min", "7,5"),
        ("7h30min", "7,5"),
        ("7 t 30 m", "7,5"),
        ("7,5 h", "7,5"),
        ("7.5 tuntia", "7,5"),
        ("8 tim", "8"),
    ],
)
def test_hours_and_minutes_become_decimal_hours_with_a_note(text: str, hours: str) -> None:
    frame = table({**HOURS, "Tunnit": text})
    assert written(frame) == [row(E=hours)]
    assert ("PAY-14", "note", "quantity", "C1") in notes(csvimport.check("payroll", frame))


def test_the_note_says_what_became_of_the_hours() -> None:
    (issue,) = by_code(csvimport.check("payroll", table({**HOURS, "Tunnit": "7:30"})), "PAY-14")
    assert (issue.value, issue.message[-3:]) == ("7:30", "7,5")


@pytest.mark.parametrize(
    ("text", "hours"), [("7:20", "7,33"), ("7:40", "7,67"), ("0:01", "0,02"), ("7 h 20 min", "7,33"), ("7:30:30", "7,51")]
)
def test_hours_without_an_end_in_decimals_are_rounded_with_a_warning(text: str, hours: str) -> None:
    frame = table({**HOURS, "Tunnit": text})
    report = csvimport.check("payroll", frame)
    assert serious(report) == [("PAY-14", "warning", "quantity", "C1")]
    (issue,) = by_code(report, "PAY-14")
    assert text in issue.message and hours in issue.message
    assert quantities(frame) == [hours]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("0:00", "0"), ("20:00", "20"), ("7:00:18", "7,01"), ("PT26H30M", "26,5"), ("PT26H30M36S", "26,51"), ("PT26H30M36.75S", "26,51"),
        ("7 T 5 M", "7,08"), ("8h", "8"), ("7h05min", "7,08"), ("7 h. 30 min.", "7,5"), ("7.25 hours", "7.25"), ("7,25 hour.", "7,25"), ("7:30 tuntia", "7,5"),
    ],
)  # fmt: skip
def test_notations_of_hours(text: str, hours: str) -> None:
    assert to_hours(text) == hours


@pytest.mark.parametrize(
    "text",
    [
        "7:60", "7:60 h", "7:30 min", "7:5", "7:305", "7::30", ":30", "7:30:5", "7:30:99", "klo 7:30", "7:30-15:30", "-", "sairas", "PT26H", "PT26H30",
        "PTH30M", "PT1HM", "PT26H30MS", "PT26H30M36.S", "PT26H30Mx", "h 30 min", "7 h 30 min x",
        "7 h 60 min", "7 h 305 min", "7 h min", "7 h 30", "h", "7, h", "7 h lisää",
    ],
)  # fmt: skip
def test_what_is_no_time_is_an_error(text: str) -> None:
    assert to_hours(text) == text
    assert serious(csvimport.check("payroll", table({**HOURS, "Tunnit": text}))) == [("PAY-14", "error", "quantity", "C1")]


@pytest.mark.parametrize(
    ("texts", "doubtful"),
    [
        (["7.30"], [1]),
        (["7.30", "8.00", "6.15"], [1, 2, 3]),
        (["7.45", "8", "7:30"], [1]),
        (["7.30", "8.25"], []),
        (["7.30", "8.5"], []),
        (["7.30", "8.75"], []),
        (["7.30", "8.90"], []),
        (["7,30", "8,15"], []),
        (["7.30", "8.50"], []),
        (["17.15"], [1]),
        (["107.30"], []),
        (["8.00", "7.20"], []),
    ],
    ids=str,
)
def test_decimals_that_could_be_minutes_are_a_warning(texts: list[object], doubtful: list[int]) -> None:
    """7.30 is read as 7,30 hours; where each text with a point could be a time, and one is a quarter of an hour, that is doubtful."""
    frame = column(Tunnit=texts)
    report = csvimport.check("payroll", frame)
    assert serious(report) == [("PAY-14", "warning", "quantity", f"C{number}") for number in doubtful]
    for issue in by_code(report, "PAY-14"):
        assert issue.severity != "warning" or str(texts[issue.row - 1]) in issue.message
    assert quantities(frame)[0] == str(texts[0]).replace(".", ",")


def test_numbers_of_number_cells_are_never_minutes() -> None:
    frame = column(Tunnit=[7.3, 8.15, 6.45])
    assert serious(csvimport.check("payroll", frame)) == []
    assert quantities(frame) == ["7,3", "8,15", "6,45"]


def test_minutes_are_no_hours_as_procountor_reads_them() -> None:
    for line in (row(E="7:30"), row(E="7:20")):
        assert serious(csvimport.check("payroll", upload(line), as_is=True)) == [("PAY-14", "error", "quantity", "E1")]


TIMES = {
    "time": (dt.time(7, 30), "7,5"),
    "minutes only": (dt.time(0, 45), "0,75"),
    "more than a day": (dt.timedelta(hours=37, minutes=30), "37,5"),
    "a day": (dt.timedelta(days=1), "24"),
    "a month": (dt.timedelta(hours=160), "160"),
    "less than a day": (dt.timedelta(hours=7, minutes=15), "7,25"),
}


@pytest.mark.parametrize(("cell", "hours"), TIMES.values(), ids=TIMES.keys())
def test_times_and_durations_of_a_table_are_hours(cell: object, hours: str, tmp_path: Path) -> None:
    frame = table({**HOURS, "Tunnit": cell})
    assert written(frame) == [row(E=hours)]
    form = "[h]:mm" if isinstance(cell, dt.timedelta) else "h:mm"
    path = workbook(tmp_path / "hours.xlsx", [list(HOURS), ["5503", "1004", cell]], C2=form)
    assert quantities(path) == [hours]
    assert serious(csvimport.check("payroll", path)) == []


@pytest.mark.parametrize(
    ("number", "form", "hours"),
    [(0.3125, "h:mm", "7,5"), (0.3125, "[h]:mm", "7,5"), (1.5625, "[h]:mm", "37,5"), (1.5625, "[hh]:mm:ss", "37,5"), (1 / 3, "[h]:mm", "8"), (40 / 24, "[h]:mm", "40")],
)  # fmt: skip
def test_a_workbook_keeps_times_as_parts_of_a_day(number: float, form: str, hours: str, tmp_path: Path) -> None:
    path = workbook(tmp_path / "hours.xlsx", [list(HOURS), ["5503", "1004", number]], C2=form)
    assert quantities(path) == [hours]
    assert serious(csvimport.check("payroll", path)) == []


def test_an_old_workbook_keeps_times_too(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Tunnit")
    for place, heading in enumerate(HOURS):
        sheet.write(0, place, heading)
    for line, (number, form) in enumerate(((0.3125, "h:mm"), (1.5625, "[h]:mm"), (7.5, "0.00")), 1):
        for place, cell in enumerate(("5503", str(1003 + line), number)):
            sheet.write(line, place, cell, xlwt.easyxf(num_format_str=form if place == 2 else "@"))
    book.save(str(tmp_path / "hours.xls"))
    assert quantities(tmp_path / "hours.xls") == ["7,5", "37,5", "7,5"]


def test_a_time_cell_without_an_end_in_decimals_is_a_warning(tmp_path: Path) -> None:
    path = workbook(tmp_path / "hours.xlsx", [list(HOURS), ["5503", "1004", dt.time(7, 20)]], C2="h:mm")
    assert serious(csvimport.check("payroll", path)) == [("PAY-14", "warning", "quantity", "C2")]
    assert quantities(path) == ["7,33"]


def test_a_sum_of_hours_that_its_cell_shows_wrongly_is_an_error(tmp_path: Path) -> None:
    """37 h 30 min in a cell of the form h:mm shows 13:30: neither is taken without asking."""
    path = workbook(tmp_path / "hours.xlsx", [list(HOURS), ["5503", "1004", 1.5625]], C2="h:mm")
    assert [found[1:] for found in serious(csvimport.check("payroll", path))] == [("error", "quantity", "C2")]


@pytest.mark.parametrize("cell", [dt.date(2026, 7, 30), dt.datetime(2026, 7, 30, 7, 30), True])
def test_a_date_in_place_of_hours_is_an_error(cell: object) -> None:
    assert serious(csvimport.check("payroll", table({**HOURS, "Tunnit": cell}))) == [("C-47", "error", "quantity", "C1")]


@quick
@given(st.integers(0, 9999), st.integers(0, 59))
def test_hours_and_minutes_are_what_arithmetic_makes_of_them(hours: int, minutes: int) -> None:
    exact = Decimal(hours) + Decimal(minutes) / 60
    for text in (f"{hours}:{minutes:02d}", f"{hours}:{minutes:02d}:00", f"{hours} h {minutes} min"):
        made = to_hours(text)
        assert re.fullmatch(r"\d+(,\d?[1-9])?", made)
        assert Decimal(made.replace(",", ".")) == exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


@quick
@given(st.integers(0, 999), st.integers(0, 59), st.integers(0, 59))
def test_seconds_count_too(hours: int, minutes: int, seconds: int) -> None:
    exact = Decimal(hours * 3600 + minutes * 60 + seconds) / 3600
    assert Decimal(to_hours(f"{hours}:{minutes:02d}:{seconds:02d}").replace(",", ".")) == exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


@quick
@given(st.lists(st.integers(0, 60 * 999), min_size=1, max_size=20))
def test_a_column_of_times_is_written_as_its_durations(minutes: list[int]) -> None:
    texts = [f"{number // 60}:{number % 60:02d}" for number in minutes]
    cells = [dt.timedelta(minutes=number) for number in minutes]
    assert quantities(column(Tunnit=texts)) == quantities(column(Tunnit=cells)) == [to_hours(text) for text in texts]


@quick
@given(st.text("0123456789:.,hmin t", max_size=12))
def test_other_texts_stay_as_they_are(text: str) -> None:
    if not re.search(r"[:hmint]", text):
        assert to_hours(text) == text


# --- salary types and employees ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell", ["1004 Tuntipalkka", "1004  Tuntipalkka (perus)", "1004 - Tuntipalkka", "1004 Ö", 1004, 1004.0, "1004,0", "1004.00"]
)
def test_the_code_of_a_salary_type_is_found(cell: object) -> None:
    assert written(table({**HOURS, "Palkkalaji": cell})) == [row()]


def test_a_name_left_out_behind_the_code_is_told() -> None:
    assert ("PAY-09", "note", "salary_type_code", "B1") in notes(
        csvimport.check("payroll", table({**HOURS, "Palkkalaji": "1004 Tuntipalkka"}))
    )


def test_a_name_behind_the_code_is_an_error_in_the_file_itself() -> None:
    for as_is in (False, True):
        report = csvimport.check("payroll", upload(row(C="1004 Tuntipalkka")), as_is=as_is)
        assert serious(report) == [("PAY-09", "error", "salary_type_code", "C1")]


@pytest.mark.parametrize("cell", ["Tuntipalkka", "Tuntipalkka 1004", "1004 1005", "1004/1005", "1004Tuntipalkka"])
def test_a_salary_type_that_would_have_to_be_guessed_is_an_error(cell: str) -> None:
    assert serious(csvimport.check("payroll", table({**HOURS, "Palkkalaji": cell}))) == [("PAY-09", "error", "salary_type_code", "B1")]


def test_the_register_may_hold_names_behind_its_codes(tmp_path: Path) -> None:
    path = tmp_path / "salary-types.xlsx"
    pd.DataFrame({"Palkkalaji": ["1004 Tuntipalkka", "1447 Iltalisä"], "Käytössä": ["kyllä", "kyllä"]}).to_excel(path, index=False)
    options: dict[str, Any] = {"settings": {"registers": {"salary_types": str(path)}}}
    assert written(table(HOURS), **options) == [row()]
    report = csvimport.check("payroll", table({**HOURS, "Palkkalaji": "1005"}), **options)
    assert serious(report) == [("PAY-10", "error", "salary_type_code", "B1")]


def test_the_register_may_hold_codes_with_and_without_names_and_a_column_for_these(tmp_path: Path) -> None:
    path = workbook(tmp_path / "salary-types.xlsx", [["Palkkalaji", "Nimi"], ["1004 Tuntipalkka", None], ["1447", "Iltalisä"]])
    options: dict[str, Any] = {"settings": {"registers": {"salary_types": str(path)}}}
    assert written(table(HOURS, {**HOURS, "Palkkalaji": "1447"}), **options) == [row(), row(C="1447")]


def test_numbers_of_different_lengths_from_number_cells_may_have_lost_zeros() -> None:
    """One finding about the file: 12 may have been 0012. Text cells keep their zeros."""
    frame = column(Henkilönumero=[12, 5503, 103])
    report = csvimport.check("payroll", frame)
    assert serious(report) == [("PAY-08", "warning", "employee_id", None)]
    (issue,) = by_code(report, "PAY-08")
    assert re.findall(r"\d+", issue.message) == ["3", "2", "4"]
    assert serious(csvimport.check("payroll", column(Henkilönumero=[12, 5503]))) == [("PAY-08", "warning", "employee_id", None)]
    assert serious(csvimport.check("payroll", column(Henkilönumero=["12", "5503", "103"]))) == []
    assert serious(csvimport.check("payroll", column(Henkilönumero=[5504, 5503, 5505]))) == []


@pytest.mark.parametrize("numbers", [["00503", 504], ["0042", 42]])
def test_a_number_cell_among_numbers_with_zeros_may_have_lost_its_own(numbers: list[object]) -> None:
    """It is written as it is, with a warning that has the other reading; the same number as text is nothing to be told."""
    report = csvimport.check("payroll", column(Henkilönumero=numbers))
    assert serious(report) == [("PAY-08", "warning", "employee_id", "A2")]
    (issue,) = by_code(report, "PAY-08")
    assert issue.suggestion == str(numbers[1]).zfill(len(str(numbers[0])))
    assert str(numbers[1]) in issue.hint and issue.suggestion in issue.hint
    assert serious(csvimport.check("payroll", column(Henkilönumero=list(map(str, numbers))))) == []


def test_a_number_cell_that_the_register_knows_has_lost_no_zeros(tmp_path: Path) -> None:
    people = tmp_path / "partners.csv"
    people.write_bytes(upload(*(f"SSN;;P;Esimerkki{';' * 49}{number}{';' * 7}" for number in ("00503", "504"))).getvalue())
    report = csvimport.check("payroll", column(Henkilönumero=["00503", 504]), settings={"registers": {"partners": str(people)}})
    assert serious(report) == []


def test_zeros_that_a_cell_shows_are_written(tmp_path: Path) -> None:
    path = workbook(tmp_path / "hours.xlsx", [list(HOURS), [12, 1004, 7.5], [5503, 1004, 7.5]], A2="0000", A3="0000")
    result = csvimport.convert("payroll", path)
    assert serious(result.report) == []
    assert result.to_bytes() == upload(row(B="0012"), row()).getvalue()


def test_a_number_that_a_spreadsheet_has_rounded_is_an_error() -> None:
    assert serious(csvimport.check("payroll", table({**HOURS, "Henkilönumero": "5,503E+12"}))) == [("C-26", "error", "employee_id", "A1")]


@pytest.mark.parametrize("day", [dt.date(2026, 1, 1), pd.Timestamp(2026, 1, 1), "2026-01-01", "1.1.2026", "01.01.2026"])
def test_dates_as_they_are_kept(day: object) -> None:
    assert written(table({**HOURS, "Alkupäivä": day, "Loppupäivä": "15.01.2026"})) == [row(S="01.01.2026", T="15.01.2026")]


def test_a_line_break_in_a_comment_becomes_a_blank() -> None:
    assert written(table({**HOURS, "Kommentti": "ma 8 h\nti 7,5 h"})) == [row(U="ma 8 h ti 7,5 h")]


# --- columns for dimensions ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["Dimension: ", "dimension:", "Dimensio: ", "Dimensio:", "Seurantakohde: "])
def test_a_column_for_a_dimension(prefix: str) -> None:
    assert written(table({**HOURS, f"{prefix}Projekti": "P-1"})) == [row(G="Projekti", H="P-1")]


def test_a_cell_of_a_dimension_may_be_empty() -> None:
    frame = column(**{"Dimensio: Kustannuspaikka": ["Myymälä A", "", ""], "Dimensio: Projekti": ["P-1", "P-2", ""]})
    assert written(frame) == [
        row(G="Kustannuspaikka", H="Myymälä A", I="Projekti", J="P-1"),
        row(C="1005", G="Projekti", H="P-2"),
        row(C="1006"),
    ]


def test_a_column_named_as_a_dimension_of_the_settings() -> None:
    frame = table({**HOURS, "Kustannuspaikka": "Myymälä A", "Projekti": "P-1"})
    assert [found[0] for found in serious(csvimport.check("payroll", frame))] == ["T-01", "T-01"]
    settings_ = {"dimension_order": ["Projekti", "Kustannuspaikka"]}
    assert written(frame, settings=settings_) == [row(G="Kustannuspaikka", H="Myymälä A", I="Projekti", J="P-1")]


@pytest.mark.parametrize(
    ("pairs", "cells"),
    [
        ({"Dimensio 1": "Tiimi", "Nimike 1": "Ilta"}, {"G": "Tiimi", "H": "Ilta", "I": "Projekti", "J": "P-1"}),
        ({"Dimensio 2": "Tiimi", "Nimike 2": "Ilta"}, {"G": "Projekti", "H": "P-1", "I": "Tiimi", "J": "Ilta"}),
        (
            {"Dimensio 1": "Tiimi", "Nimike 1": "Ilta", "Dimensio 2": "", "Nimike 2": "", "Dimensio 3": "Auto", "Nimike 3": "PAKU"},
            {"G": "Tiimi", "H": "Ilta", "I": "Projekti", "J": "P-1", "K": "Auto", "L": "PAKU"},
        ),
    ],
    ids=["first", "second", "between"],
)
def test_a_dimension_of_a_column_takes_the_first_free_pair(pairs: Line, cells: dict[str, str]) -> None:
    assert written(table({**HOURS, **pairs, "Dimensio: Projekti": "P-1"})) == [row(**cells)]


def test_each_row_has_its_own_free_pairs() -> None:
    frame = column(**{"Dimensio 1": ["Tiimi", ""], "Nimike 1": ["Ilta", ""], "Dimensio: Projekti": ["P-1", "P-2"]})
    assert written(frame) == [row(G="Tiimi", H="Ilta", I="Projekti", J="P-1"), row(C="1005", G="Projekti", H="P-2")]


def test_six_dimensions_fit_and_a_seventh_is_an_error_at_its_cell() -> None:
    six = {f"Dimensio: D{number}": [f"N{number}", f"N{number}"] for number in range(1, 7)}
    assert written(column(**six))[0] == row(
        **dict(zip("GHIJKLMNOPQR", (f"{kind}{number}" for number in range(1, 7) for kind in "DN"), strict=True))
    )
    report = csvimport.check("payroll", column(**six, **{"Dimensio: D7": ["", "N7"]}))
    assert serious(report) == [("C-38", "error", "item_name", "J2")]
    assert by_code(report, "C-38")[0].value == "N7"


def test_a_seventh_dimension_beside_six_pairs_is_an_error_too() -> None:
    pairs = {heading: f"{kind} {n}" for n in range(1, 7) for heading, kind in ((f"Dimensio {n}", "Taso"), (f"Nimike {n}", "Kohde"))}
    report = csvimport.check("payroll", table({**HOURS, **pairs, "Dimensio: Projekti": "P-1"}))
    assert serious(report) == [("C-38", "error", "item_name", "P1")]


def test_a_folded_dimension_is_blamed_at_its_own_cell(tmp_path: Path) -> None:
    register = tmp_path / "dimensions.csv"
    register.write_bytes(upload("Projekti;P-1;A;;", "Kustannuspaikka;Myymälä A;A;;").getvalue())
    frame = column(
        **{"Dimensio: Kustannuspaikka": ["Myymälä A", ""], "Dimensio: Projekti": ["P-1", "p-1"], "Dimensio: Tiimi": ["", "Ilta"]}
    )
    report = csvimport.check("payroll", frame, settings={"registers": {"dimensions": str(register)}})
    assert [found[:2] + found[3:] for found in serious(report)] == [("PAY-21", "error", "E2"), ("PAY-21", "error", "F2")]
    assert by_code(report, "PAY-21")[0].suggestion == "P-1"


def test_a_dimension_of_a_column_and_of_a_pair_is_told() -> None:
    frame = table({**HOURS, "Dimensio 1": "Projekti", "Nimike 1": "P-1", "Dimensio: Projekti": "P-2"})
    assert serious(csvimport.check("payroll", frame)) == [("PAY-22", "warning", "dimension_name_2", "F1")]


def test_blanks_around_an_item_go_and_those_inside_stay() -> None:
    assert written(table({**HOURS, "Dimensio: Kustannuspaikka": " Myymälä  A "})) == [row(G="Kustannuspaikka", H="Myymälä  A")]


@quick
@given(st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=1, max_size=6))
def test_no_dimension_gets_lost(filled: list[list[bool]]) -> None:
    """Three pairs and three columns for dimensions, filled or not: every item is written, beside its dimension, from the first pair on
    where the pairs have no gap.
    """
    lines = []
    for number, marks in enumerate(filled):
        line: dict[str, object] = {**HOURS, "Palkkalaji": str(1004 + number)}
        for n in (1, 2, 3):
            line |= {f"Dimensio {n}": f"T{n}" if marks[n - 1] else "", f"Nimike {n}": f"N{n}" if marks[n - 1] else ""}
            line |= {f"Dimensio: D{n}": f"K{n}" if marks[n + 2] else ""}
        lines.append(line)
    for text, marks in zip(csvimport.convert("payroll", table(*lines)).to_bytes().decode("cp1252").splitlines(), filled, strict=True):
        cells = text.split(";")[6:18]
        pairs = {pair for pair in zip(cells[::2], cells[1::2], strict=True) if any(pair)}
        wanted = {(f"T{n}", f"N{n}") for n in (1, 2, 3) if marks[n - 1]} | {(f"D{n}", f"K{n}") for n in (1, 2, 3) if marks[n + 2]}
        assert pairs == wanted


# --- rows added up -------------------------------------------------------------------------------------------------------

MONDAY = {**HOURS, "Kommentti": "ma"}
TUESDAY = {**HOURS, "Tunnit": "8", "Kommentti": "ti"}


def test_rows_alike_are_a_warning_and_stay_apart() -> None:
    frame = table(MONDAY, TUESDAY)
    report = csvimport.check("payroll", frame)
    assert serious(report) == [("PAY-27", "warning", "employee_id", "A2")]
    assert quantities(frame) == ["7,5", "8"]


def test_rows_alike_are_added_up_when_that_is_asked_for() -> None:
    frame = table(MONDAY, {**HOURS, "Henkilönumero": "5504"}, TUESDAY)
    assert written(frame, sum_rows=True) == [row(E="15,5", U="ma, ti"), row(B="5504")]
    report = csvimport.check("payroll", frame, sum_rows=True)
    assert [found for found in findings(report) if found[0] == "PAY-27"] == [("PAY-27", "note", "quantity", "C1")]
    (issue,) = by_code(report, "PAY-27")
    assert "7,5 + 8 = 15,5" in issue.message
    assert report.counts.records == {"salary_row": 2}
    assert report.counts.rows == 3


def test_without_rows_alike_nothing_is_said_of_sums() -> None:
    frame = table(MONDAY, {**TUESDAY, "Palkkalaji": "1005"})
    assert written(frame, sum_rows=True) == [row(U="ma"), row(C="1005", E="8", U="ti")]
    assert by_code(csvimport.check("payroll", frame, sum_rows=True), "PAY-27") == []


@pytest.mark.parametrize(
    ("comments", "joined"),
    [(["ma", "ti", "ke"], "ma, ti, ke"), (["ma", "ma", "ti"], "ma, ti"), (["", "ti", ""], "ti"), (["", "", ""], "")],
)
def test_comments_are_joined_each_once(comments: list[str], joined: str) -> None:
    lines = [{**HOURS, "Kommentti": comment} for comment in comments]
    assert written(table(*lines), sum_rows=True) == [row(E="22,5", U=joined)]


@pytest.mark.parametrize(
    ("quantities_", "sum_"),
    [
        (["0,1", "0,2"], "0,3"),
        (["7:30", "8,25", "1"], "16,75"),
        (["0,25", "0,75"], "1"),
        (["50", "50"], "100"),
        (["9999999,99", "0,01"], "10000000"),
        (["-1", "7,5"], "6,5"),
    ],
)
def test_quantities_are_added_in_hundredths(quantities_: list[str], sum_: str) -> None:
    frame = table(*({**HOURS, "Tunnit": text} for text in quantities_))
    assert quantities(frame, sum_rows=True) == [sum_]


@pytest.mark.parametrize(
    ("times", "sum_", "parts", "rounded"),
    [
        (["0:10"] * 6, "1", "0:10 + 0:10 + 0:10 + 0:10 + 0:10 + 0:10", []),
        (["7:20"] * 3, "22", "7:20 + 7:20 + 7:20", []),
        (["7:20", "0,5", "0:10"], "8", "7:20 + 0,5 + 0:10", []),
        (["7:30", "0:10"], "7,67", "7,5 + 0:10", ["7:40"]),
        (["-8", "0:10"], "-7,83", "-8 + 0:10", ["-7:50"]),
        (["0:00:10", "1"], "1", "0:00:10 + 1", ["1:00:10"]),
    ],
)
def test_hours_and_minutes_are_added_before_they_are_rounded(times: list[str], sum_: str, parts: str, rounded: list[str]) -> None:
    alone = {**HOURS, "Henkilönumero": "5504", "Tunnit": "7:20"}
    frame = table(*({**HOURS, "Tunnit": text} for text in times), alone)
    assert quantities(frame, sum_rows=True) == [sum_, "7,33"]
    report = csvimport.check("payroll", frame, sum_rows=True)
    assert f"{parts} = {sum_}." in by_code(report, "PAY-27")[0].message
    told = [issue.message for issue in by_code(report, "PAY-14") if issue.severity == "warning"]
    assert len(told) == len(rounded) + 1
    assert all(f" {exact}, " in message and f"; {sum_} is" in message for exact, message in zip(rounded, told, strict=False))
    assert "7:20 hours" in told[-1]


@quick
@given(st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(["1004", "1005"]), st.integers(1, 100_000)), min_size=1, max_size=12))
def test_sums_keep_the_total_of_every_employee_and_salary_type(lines: list[tuple[str, str, int]]) -> None:
    frame = table(
        *({"Henkilönumero": who, "Palkkalaji": what, "Tunnit": f"{cents // 100},{cents % 100:02d}"} for who, what, cents in lines)
    )
    wanted: dict[tuple[str, str], int] = {}
    for who, what, cents in lines:
        wanted[who, what] = wanted.get((who, what), 0) + cents
    made = [line.split(";") for line in csvimport.convert("payroll", frame, sum_rows=True).to_bytes().decode("cp1252").splitlines()]
    assert {(cells[1], cells[2]): int(Decimal(cells[4].replace(",", ".")) * 100) for cells in made} == wanted
    assert [tuple(cells[1:3]) for cells in made] == list(wanted)


JANUARY = {"Alkupäivä": "01.01.2026", "Loppupäivä": "15.01.2026"}
OTHERS = {
    "employee": {"Henkilönumero": "5504"},
    "salary type": {"Palkkalaji": "1005"},
    "period": {"Alkupäivä": "16.01.2026", "Loppupäivä": "31.01.2026"},
    "end of the period": {"Loppupäivä": "16.01.2026"},
    "item": {"Dimensio: Kustannuspaikka": "Myymälä B"},
    "no item": {"Dimensio: Kustannuspaikka": ""},
}
PLACED = {**MONDAY, **JANUARY, "Dimensio: Kustannuspaikka": "Myymälä A"}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS.keys())
def test_only_rows_alike_are_added_up(other: Line) -> None:
    frame = table(PLACED, {**PLACED, **other}, PLACED)
    assert quantities(frame, sum_rows=True) == ["15", "7,5"]
    assert serious(csvimport.check("payroll", frame, sum_rows=True)) == []


@pytest.mark.parametrize(
    "other", [{"Yksikköhinta": "18,00"}, {"Palkkalajin nimi": "Iltatyö"}, {"Yksikköhinta": ""}], ids=["price", "name", "no price"]
)
def test_rows_of_one_kind_with_different_prices_or_names_stay_apart_and_are_told(other: Line) -> None:
    """Adding them up would lose a price or a name; what the warning is about is still there."""
    line = {**HOURS, "Yksikköhinta": "17,50", "Palkkalajin nimi": "Tuntipalkka"}
    frame = table(line, {**line, **other})
    assert quantities(frame, sum_rows=True) == ["7,5", "7,5"]
    report = csvimport.check("payroll", frame, sum_rows=True)
    assert serious(report) == [("PAY-27", "warning", "employee_id", "A2")]
    assert "price or name" in by_code(report, "PAY-27")[0].message


def test_an_empty_quantity_counts_as_procountor_takes_it() -> None:
    """An empty quantity means 1 (PAY-15), and so it does in a sum."""
    frame = table({**HOURS, "Tunnit": "8"}, {**HOURS, "Tunnit": ""})
    assert quantities(frame, sum_rows=True) in (["9"], ["8", ""])


def test_rows_that_are_added_up_are_no_error_of_strict() -> None:
    frame = table(MONDAY, TUESDAY)
    assert not csvimport.check("payroll", frame, strict=True).ok
    assert quantities(frame, strict=True, sum_rows=True) == ["15,5"]


@pytest.mark.parametrize(
    ("given", "codes"), [(["8", "-8"], ["PAY-16"]), (["2", "-5"], ["PAY-18"]), (["-1", "8"], []), (["0", "8"], []), (["8", ""], ["PAY-15"])]
)
def test_what_is_told_of_a_quantity_is_told_of_the_sum(given: list[str], codes: list[str]) -> None:
    """The same as when the file that was written is checked; an empty quantity stays worth telling."""
    frame = table(*({**HOURS, "Tunnit": text} for text in given))
    report = csvimport.check("payroll", frame, sum_rows=True)
    assert [(code, cell) for code, _, _, cell in serious(report)] == [(code, "C2" if code == "PAY-15" else "C1") for code in codes]
    made = csvimport.convert("payroll", frame, sum_rows=True).to_bytes()
    assert {code for code, *_ in serious(csvimport.check("payroll", io.BytesIO(made)))} == set(codes) - {"PAY-15"}


def test_comments_that_are_too_long_together_are_told() -> None:
    frame = table(*({**HOURS, "Kommentti": letter * 200} for letter in "ab"))
    assert serious(csvimport.check("payroll", frame)) == [("PAY-27", "warning", "employee_id", "A2")]
    assert [found[:2] for found in serious(csvimport.check("payroll", frame, sum_rows=True))] == [("PAY-28", "warning")]


def test_nothing_is_added_up_while_there_are_errors() -> None:
    report = csvimport.check("payroll", table(MONDAY, TUESDAY, {**HOURS, "Henkilönumero": ""}), sum_rows=True)
    assert serious(report) == [("PAY-27", "warning", "employee_id", "A2"), ("PAY-03", "error", "employee_id", "A3")]
    assert by_code(report, "PAY-27")[0].hint.startswith("Once there are no errors")
    assert report.counts.records == {"salary_row": 3}


def test_rows_of_the_file_itself_are_added_up_too() -> None:
    result = csvimport.convert("payroll", upload(row(U="ma"), row(E="8", U="ti"), row(C="1447")), sum_rows=True)
    assert result.to_bytes() == upload(row(E="15,5", U="ma, ti"), row(C="1447")).getvalue()


def test_what_was_added_up_goes_in_again_unchanged() -> None:
    first = csvimport.convert("payroll", table(PLACED, PLACED, {**PLACED, "Palkkalaji": "1005"}), sum_rows=True).to_bytes()
    again = csvimport.convert("payroll", io.BytesIO(first))
    assert serious(again.report) == []
    assert again.to_bytes() == first


@pytest.mark.parametrize("file", ["salary-info", "products", "partners", "dimensions", "invoices"])
def test_a_file_that_has_nothing_to_add_up_says_so(file: str) -> None:
    for call in (csvimport.check, csvimport.convert):
        with pytest.raises(csvimport.UsageError, match=file):
            call(file, upload(MONTHLY), sum_rows=True)


def test_the_command_line_adds_up_too(tmp_path: Path) -> None:
    path = tmp_path / "hours.csv"
    path.write_bytes(upload("Henkilönumero;Palkkalaji;Tunnit;Kommentti", "5503;1004;7:30;ma", "5503;1004;8;ti").getvalue())
    done = CliRunner().invoke(cli, ["convert", "payroll", str(path), "--sum", "-o", str(tmp_path / "out.csv")])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out.csv").read_bytes() == upload(row(E="15,5", U="ma, ti")).getvalue()
    refused = CliRunner().invoke(cli, ["check", "salary-info", str(path), "--sum"])
    assert refused.exit_code == 2
    assert "salary-info" in refused.output


# --- totals --------------------------------------------------------------------------------------------------------------


def totals(report: Report) -> dict[str, tuple[str | None, str]]:
    return {figure.name: (figure.currency, figure.value) for figure in report.totals}


WEEK = [
    {"Henkilönumero": "5503", "Palkkalaji": "1004", "Tunnit": "37,5"},
    {"Henkilönumero": "5504", "Palkkalaji": "1004", "Tunnit": "7:20"},
    {"Henkilönumero": "5504", "Palkkalaji": "1447", "Tunnit": ""},
    {"Henkilönumero": "010190-900P", "Palkkalaji": "1020", "Tunnit": "2", "Yksikköhinta": "125,50"},
    {"Henkilönumero": "5505", "Palkkalaji": "1020", "Tunnit": "", "Yksikköhinta": "99,99"},
    {"Henkilönumero": "5505", "Palkkalaji": "1004", "Tunnit": "0,15", "Yksikköhinta": "0,50"},
]


def test_the_totals_are_those_worked_out_by_hand() -> None:
    """1004: 37,5 + 7,33 + 0,15 = 44,98; 1020: 2 + 1 (empty means 1) = 3, 2 × 125,50 + 1 × 99,99 = 350,99;
    1447: 1; 1004 in euros: 0,15 × 0,50 = 0,075 → 0,08.
    """
    assert totals(csvimport.check("payroll", table(*WEEK))) == {
        "rows": (None, "6"),
        "employees": (None, "4"),
        "quantity of salary type 1004": (None, "44.98"),
        "quantity of salary type 1020": (None, "3.00"),
        "quantity of salary type 1447": (None, "1.00"),
        "quantity × price of salary type 1004": ("EUR", "0.08"),
        "quantity × price of salary type 1020": ("EUR", "350.99"),
    }


def test_sums_change_the_rows_and_no_other_total() -> None:
    frame = table(*WEEK, WEEK[0], WEEK[3])
    apart, together = (totals(csvimport.check("payroll", frame, sum_rows=sum_rows)) for sum_rows in (False, True))
    assert (apart.pop("rows"), together.pop("rows")) == ((None, "8"), (None, "6"))
    assert apart == together
    assert apart["quantity of salary type 1004"] == (None, "82.48")
    assert apart["quantity × price of salary type 1020"] == ("EUR", "601.99")


def test_rows_of_what_is_no_salary_type_are_in_no_sum() -> None:
    wrong = [{**WEEK[3], "Palkkalaji": code} for code in ("A1004", "1004A", "")]
    right, mixed = (totals(csvimport.check("payroll", table(*lines))) for lines in (WEEK, [*WEEK, *wrong]))
    assert mixed == {**right, "rows": (None, "9")}


def test_the_pay_of_three_persons_tells_of_none() -> None:
    paid = {**HOURS, "Yksikköhinta": "20"}
    lines = [
        {**paid, "Palkkalaji": code, "Henkilönumero": number} for code, numbers in (("1004", "123"), ("1005", "12")) for number in numbers
    ]
    shown = csvimport.check("payroll", table(*lines)).totals
    assert {figure.of: figure.of_few for figure in shown if figure.currency} == {"1004": False, "1005": True}


def test_without_prices_there_are_no_euros() -> None:
    assert [figure.currency for figure in csvimport.check("payroll", table(HOURS)).totals] == [None, None, None]


def test_one_person_on_many_rows_is_one_employee() -> None:
    assert totals(csvimport.check("payroll", table(MONDAY, TUESDAY)))["employees"] == (None, "1")
    assert totals(csvimport.check("payroll", table(MONDAY, {**TUESDAY, "Henkilönumero": ""})))["employees"] == (None, "1")


# --- personal identity codes ---------------------------------------------------------------------------------------------

CODES = ("010190-900P", "050501A904N", "060688X905L")
WITH_CODES = [
    ("payroll", table(*({**HOURS, "Henkilönumero": code, "Kommentti": f"Tunnus {code}; korjattu"} for code in CODES))),
    ("payroll", table(*({**HOURS, "Henkilönumero": f"{code[:-1]}Z"} for code in CODES))),
    ("payroll", table(*({**HOURS, "Henkilönumero": code.lower(), "Tunnit": "seitsemän"} for code in CODES))),
    ("payroll", table(*({**HOURS, "Henkilönumero": code} for code in (*CODES, *CODES)))),
    ("salary-info", pd.DataFrame([change(MONTHLY, A=f"{code[:-1]}Z").split(";") for code in CODES], columns=list("ABCDEFGHIJKLMNOP"))),
    ("salary-info", pd.DataFrame([change(MONTHLY, A=code).split(";") for code in (*CODES, *CODES)], columns=list("ABCDEFGHIJKLMNOP"))),
    ("salary-info", pd.DataFrame([change(MONTHLY, A=code[:-1]).split(";") for code in CODES], columns=list("ABCDEFGHIJKLMNOP"))),
    ("salary-info", pd.DataFrame([change(MONTHLY, A=f"{code}{code[-1]}").split(";") for code in CODES], columns=list("ABCDEFGHIJKLMNOP"))),
]


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
@pytest.mark.parametrize(("file", "frame"), WITH_CODES, ids=range(len(WITH_CODES)))
def test_identity_codes_are_masked_wherever_they_would_be_shown(file: str, frame: pd.DataFrame, lang: str) -> None:
    report = csvimport.check(file, frame, lang=lang)
    assert report.issues
    shown = report.to_json() + repr(report.issues)
    for code in CODES:
        assert code[6:10] not in shown.upper()
        assert f"{code[:6]}-****" in shown


@pytest.mark.parametrize(("file", "frame"), WITH_CODES, ids=range(len(WITH_CODES)))
def test_identity_codes_are_shown_when_that_is_asked_for(file: str, frame: pd.DataFrame) -> None:
    shown = csvimport.check(file, frame, show_personal_data=True).to_json().upper()
    assert "****" not in shown
    for code in CODES:
        assert code[:10] in shown


def test_an_unknown_person_is_masked_too(tmp_path: Path) -> None:
    register = tmp_path / "partners.csv"
    register.write_bytes(upload("SSN;150785-902B;P;Malli;Maija" + ";" * 48 + "5504" + ";" * 7).getvalue())
    report = csvimport.check("payroll", table({**HOURS, "Henkilönumero": CODES[0]}), settings={"registers": {"partners": str(register)}})
    (issue,) = by_code(report, "PAY-05")
    assert issue.value == "010190-****"
    assert "900P" not in report.to_json()
    assert json.loads(report.to_json())["file"] == "payroll"


def test_the_file_itself_holds_the_whole_code() -> None:
    assert written(table({**HOURS, "Henkilönumero": CODES[0]})) == [row(B=CODES[0])]


# --- salary info ---------------------------------------------------------------------------------------------------------

SALARY = csvimport.schema("salary-info").main.fields
SALARY_HEADINGS = {
    "keys": [field.key for field in SALARY],
    "letters": [field.column for field in SALARY],
    **{lang: [field.title[lang] for field in SALARY] for lang in ("en", "fi", "sv")},
}
EMPLOYEE = {
    "Henkilötunnus": "010190-900P",
    "Peruspalkka": "3200",
    "Peruspalkan tyyppi": "A",
    "Tunnit": "160",
    "Palkkakanava": "4",
    "Veronumero": "999900001234",
    "Verokortin päivämäärä": "01.01.2026",
    "Verokortin tyyppi": "1",
    "Perusprosentti": "18,5",
    "Lisäprosentti": "42",
    "Vuosituloraja": "42000",
    "Käytetty tuloraja": "0",
    "Eläkevakuutus": "T",
    "TyEL-sopimus": "46-0123456T",
    "Ei automaattista verokorttia": "N",
}
EMPLOYEE_LINE = "010190-900P;3200;A;160;4;999900001234;01.01.2026;1;18,5;42;42000;0;T;46-0123456T;;N"
TAX_AT_SOURCE = {"Verokortin tyyppi": "2", "Lisäprosentti": "", "Vuosituloraja": "", "Käytetty tuloraja": ""}
NO_TYEL = {"TyEL-sopimus": ""}


def employee(**cells: str) -> list[str]:
    return [change(EMPLOYEE_LINE, **cells)]


@pytest.mark.parametrize("headings", SALARY_HEADINGS.values(), ids=SALARY_HEADINGS.keys())
def test_columns_of_salary_info_are_found_by_their_headings(headings: list[str]) -> None:
    frame = pd.DataFrame([MONTHLY.split(";")[::-1]], columns=headings[::-1])
    assert written(frame, "salary-info") == [MONTHLY]


def test_the_comments_need_no_column_and_the_last_field_does() -> None:
    assert written(table(EMPLOYEE), "salary-info") == employee()
    frame = table(EMPLOYEE).drop(columns="Ei automaattista verokorttia")
    assert serious(csvimport.check("salary-info", frame)) == [("SI-01", "error", "exclude_automated_tax_card", None)]


WORDS = [
    *(("Peruspalkan tyyppi", "C", word, "A", {}) for word in ("kuukausi", "Kuukausipalkka", "kk", "month", "månad", "MÅNADSLÖN")),
    *(("Peruspalkan tyyppi", "C", word, "B", {}) for word in ("kokonaispalkka", "total salary", "totallön")),
    *(("Peruspalkan tyyppi", "C", word, "C", {}) for word in ("2 viikkoa", "two weeks", "2 veckor")),
    *(("Peruspalkan tyyppi", "C", word, "D", {}) for word in ("viikko", "week", "vecka")),
    *(("Peruspalkan tyyppi", "C", word, "E", {}) for word in ("päivä", "day", "dag")),
    *(("Peruspalkan tyyppi", "C", word, "F", {}) for word in ("tunti", "Tuntipalkka", "hour", "timme")),
    *(("Peruspalkan tyyppi", "C", word, "G", {}) for word in ("työkorvaus", "compensation for work", "arbetsersättning")),
    *(("Peruspalkan tyyppi", "C", word, "H", {}) for word in ("urakka", "job", "ackord")),
    *(("Palkkakanava", "E", word, "1", {}) for word in ("sähköposti", "email", "e-mail", "e-post", "SÄHKÖPOSTI")),
    *(("Palkkakanava", "E", word, "2", {}) for word in ("posti", "mail", "post")),
    *(("Palkkakanava", "E", word, "3", {}) for word in ("ei lähetystä", "no sending", "ingen sändning")),
    *(("Palkkakanava", "E", word, "4", {}) for word in ("verkkopalkka", "e-salary", "e-lön")),
    *(("Verokortin tyyppi", "H", word, "1", {}) for word in ("tuloraja", "income limit", "inkomstgräns")),
    *(("Verokortin tyyppi", "H", word, "2", TAX_AT_SOURCE) for word in ("lähdevero", "tax-at-source", "källskatt")),
    *(("Eläkevakuutus", "M", word, "T", {}) for word in ("TyEL", "tyel", "ArPL")),
    *(("Eläkevakuutus", "M", word, "Y", NO_TYEL) for word in ("YEL", "FöPL")),
    *(("Eläkevakuutus", "M", word, "M", NO_TYEL) for word in ("MyEL", "LFöPL")),
    *(("Ei automaattista verokorttia", "P", word, "Y", {}) for word in ("kyllä", "yes", "ja", "x")),
    *(("Ei automaattista verokorttia", "P", word, "N", {}) for word in ("ei", "no", "nej")),
]


@pytest.mark.no_cover
@pytest.mark.parametrize(("heading", "cell", "word", "code", "others"), WORDS, ids=[f"{word} {code}" for _, _, word, code, _ in WORDS])
def test_words_become_codes_with_a_note(heading: str, cell: str, word: str, code: str, others: Line) -> None:
    frame = table({**EMPLOYEE, **others, heading: word})
    (line,) = written(frame, "salary-info")
    assert line.split(";")[ord(cell) - ord("A")] == code
    column_ = chr(ord("A") + list(EMPLOYEE).index(heading))
    field = next(field.key for field in SALARY if field.column == cell)
    assert [found for found in notes(csvimport.check("salary-info", frame)) if found[2] == field and found[3]] == [
        ("C-19", "note", field, f"{column_}1")
    ]


@pytest.mark.parametrize(
    ("heading", "word", "code"),
    [
        ("Peruspalkan tyyppi", "vuosi", "SI-06"),
        ("Palkkakanava", "faksi", "SI-09"),
        ("Palkkakanava", "verkkolasku", "SI-09"),
        ("Verokortin tyyppi", "sivutulo", "SI-13"),
        ("Eläkevakuutus", "KEVA", "SI-20"),
        ("Ei automaattista verokorttia", "ehkä", "SI-28"),
    ],
)
def test_a_word_that_is_no_code_is_an_error(heading: str, word: str, code: str) -> None:
    report = csvimport.check("salary-info", table({**EMPLOYEE, heading: word}))
    assert [(found[0], found[1]) for found in serious(report)] == [(code, "error")]


@pytest.mark.parametrize("day", [dt.date(2026, 1, 1), dt.datetime(2026, 1, 1), pd.Timestamp(2026, 1, 1), "2026-01-01", "1.1.2026"])
def test_the_date_of_the_tax_card_as_it_is_kept(day: object, tmp_path: Path) -> None:
    assert written(table({**EMPLOYEE, "Verokortin päivämäärä": day}), "salary-info") == employee()
    if isinstance(day, dt.date):
        cells = [day if heading == "Verokortin päivämäärä" else cell for heading, cell in EMPLOYEE.items()]
        result = csvimport.convert("salary-info", workbook(tmp_path / "salary.xlsx", [list(EMPLOYEE), cells], G2="d.m.yyyy"))
        assert serious(result.report) == []
        assert result.to_bytes() == upload(*employee()).getvalue()


def test_sums_and_percentages_as_people_write_them() -> None:
    cells = {"Peruspalkka": "3 200,00 €", "Perusprosentti": "18,5 %", "Vuosituloraja": "42 000 EUR", "Käytetty tuloraja": "1.234,50"}
    assert written(table({**EMPLOYEE, **cells}), "salary-info") == employee(B="3200,00", L="1234,50")


def test_numbers_stay_numbers() -> None:
    cells = {
        "Peruspalkka": 3200.0,
        "Tunnit": 160,
        "Palkkakanava": 4,
        "Verokortin tyyppi": 1,
        "Perusprosentti": 18.5,
        "Veronumero": 999900001234,
    }
    assert written(table({**EMPLOYEE, **cells}), "salary-info") == employee()


def test_percentage_cells_of_a_workbook_are_read_as_they_show(tmp_path: Path) -> None:
    cells = [{"Perusprosentti": 0.185, "Lisäprosentti": 0.42}.get(heading, cell) for heading, cell in EMPLOYEE.items()]
    result = csvimport.convert("salary-info", workbook(tmp_path / "salary.xlsx", [list(EMPLOYEE), cells], I2="0.0%", J2="0%"))
    assert serious(result.report) == []
    assert result.to_bytes() == upload(*employee()).getvalue()


def test_a_percentage_whose_format_cannot_be_seen_is_not_taken_for_a_fraction(tmp_path: Path) -> None:
    """18 % in an .xls is 0.18 with a format that is not read: 0,18 % of tax would go unnoticed until the tax office writes."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Palkkatiedot")
    for place, (heading, cell) in enumerate((EMPLOYEE | {"Perusprosentti": 0.18}).items()):
        sheet.write(0, place, heading)
        sheet.write(1, place, cell, xlwt.easyxf(num_format_str="0%" if isinstance(cell, float) else "@"))
    book.save(str(tmp_path / "salary.xls"))
    result = csvimport.convert("salary-info", tmp_path / "salary.xls")
    assert not result.report.ok or result.to_bytes() == upload(*employee(I="18")).getvalue()


def test_a_tax_number_of_a_number_cell_keeps_its_digits_or_is_told() -> None:
    assert written(table({**EMPLOYEE, "Veronumero": 999900001234}), "salary-info") == employee()
    report = csvimport.check("salary-info", table({**EMPLOYEE, "Veronumero": "9,999E+11"}))
    assert serious(report) == [("C-26", "error", "tax_number", "F1")]


def test_the_two_files_are_told_apart_by_their_headings() -> None:
    assert serious(csvimport.check("payroll", table(EMPLOYEE))) == [("T-03", "error", None, None)]
    assert serious(csvimport.check("salary-info", table({**HOURS, "Alkupäivä": "1.1.2026", "Loppupäivä": "15.1.2026"})))[0][:2] == (
        "T-03",
        "error",
    )


@pytest.mark.parametrize("sum_rows", [False, True])
def test_what_reading_has_to_say_of_comments_is_said_of_sums_too(sum_rows: bool) -> None:
    lines = [{**HOURS, "Comment": comment} for comment in ("TyÃ¶tÃ¤", "Muu", "@x")]
    report = csvimport.check("payroll", table(*lines), sum_rows=sum_rows)
    assert report.counts.records == {"salary_row": 1 if sum_rows else 3}
    assert {("C-09", "warning"), ("C-47", "warning")} <= {found[:2] for found in serious(report)}
