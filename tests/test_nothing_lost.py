"""What a user wrote is never changed or dropped in silence: cases in which it once was."""

import datetime as dt
import io

import openpyxl
import pandas as pd
import pytest
from conftest import serious

import csvimport

HEADINGS = ["Lasku", "Laskutyyppi", "Asiakas", "Y-tunnus", "Laskun pvm", "Laskutuskanava", "Selite", "Määrä", "Yksikkö", "Hinta", "ALV-%"]


def line(key: object = "1", kind: str = "M", price: object = 10) -> list[object]:
    return [key, kind, "Esimerkki Oy", "9100001-3", "15.01.2026", "6", "Työ", 1, "kpl", price, "25,5"]


def workbook(*sheets: list[list[object]]) -> io.BytesIO:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def invoice(column: str, value: object) -> csvimport.Result:
    return csvimport.convert("invoices", workbook([[*HEADINGS, column], [*line(), value]]))


def first_line(result: csvimport.Result) -> list[str]:
    return result.to_bytes().decode("cp1252").split("\r\n")[0].split(";")


@pytest.mark.parametrize("no", ["ei", "no", False, 0])
def test_a_no_does_not_mark_an_invoice_paid(no: object) -> None:
    assert first_line(invoice("send_or_mark_paid", no))[32] == ""


@pytest.mark.parametrize("heading", ["Credit invoice code", "credit_invoice_code", "Hyvityslasku"])
def test_a_yes_makes_a_credit_note_under_every_heading(heading: str) -> None:
    assert first_line(invoice(heading, "kyllä"))[10] == "f"


def test_columns_on_the_wrong_sheet_are_an_error() -> None:
    invoices = [["Lasku", "Laskutyyppi", "Asiakas", "Y-tunnus", "Laskun pvm", "Laskutuskanava", "Dimensio: KP"], [*line()[:6], "A"]]
    rows = [["Lasku", "Selite", "Määrä", "Yksikkö", "Hinta", "ALV-%", "Eräpäivä"], ["1", *line()[6:], "01.02.2026"]]
    report = csvimport.check("invoices", workbook(invoices, rows))
    found = [(issue.code, issue.sheet, issue.column) for issue in report.issues if issue.severity == "error"]
    assert found == [("T-12", "S1", "G"), ("T-12", "S2", "G")]


@pytest.mark.parametrize(
    ("key", "code"),
    [("A;1", "C-03"), ("A\nB", "C-10"), (dt.date(2026, 1, 5), "C-47"), (True, "C-47"), (12345678901234567, "C-26"), ("Ж1", "C-09")],
)
def test_a_key_that_cannot_be_written_is_told_at_its_cell(key: object, code: str) -> None:
    report = csvimport.check("invoices", workbook([HEADINGS, line(key, "O")]))
    assert [(c, cell) for c, severity, _, cell in serious(report) if severity == "error"] == [(code, "A2")]


@pytest.mark.parametrize("other", ["1001 ", " 1001", "1001\u00a0", 1001])
def test_blanks_do_not_split_an_invoice(other: object) -> None:
    report = csvimport.check("invoices", workbook([HEADINGS, line("1001"), line(other)]))
    assert report.counts.records["invoice"] == 1


def test_a_third_is_added_up_like_any_number() -> None:
    row = [*line(price=1 / 3), 99999]
    row[7] = 3000
    report = csvimport.check("invoices", workbook([[*HEADINGS, "Yhteensä"], row]))
    assert {figure.name: figure.value for figure in report.totals}["sum without VAT"] == "1000.00"
    assert ("I-53", "error", "invoice_total", "L2") in serious(report)


@pytest.mark.parametrize(("price", "code"), [("1.250 €", "C-22"), ("€ 1,500", "C-22"), ("100 USD", "I-63"), ("100 SEK", "I-63")])
def test_a_sign_does_not_hide_what_a_number_means(price: str, code: str) -> None:
    found = serious(csvimport.check("invoices", workbook([HEADINGS, line(price=price)])))
    assert found == [(code, "error", "unit_price", "J2")]


@pytest.mark.parametrize("number_format", [r"0.0\ %", '0.0" "%', "[Red]0.0%", r"#,##0.0\ %", "0%"])
def test_every_per_cent_format_shows_a_percentage(number_format: str) -> None:
    book = openpyxl.load_workbook(workbook([["Tuotetyyppi", "Nimi", "Koodi", "Yksikkö", "Hinta", "ALV-%"], ["S", "A", "1", "h", 5, 0.255]]))
    book.active["F2"].number_format = number_format
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    assert first_line(csvimport.convert("products", stream))[6] == "25,5"


def test_a_cell_shown_as_a_percentage_is_an_error_in_a_field_of_other_numbers() -> None:
    book = openpyxl.load_workbook(
        workbook([["Tuotetyyppi", "Nimi", "Koodi", "Yksikkö", "Hinta", "ALV-%"], ["S", "A", "1", "h", 0.5, 25.5]])
    )
    book.active["E2"].number_format = "0 %"
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    assert serious(csvimport.check("products", stream)) == [("C-21", "error", "unit_price", "E2")]


def test_a_cell_beyond_the_headings_is_an_error() -> None:
    content = "Tuotetyyppi;Nimi;Koodi;Yksikkö;Hinta;ALV-%;Lisätiedot\r\nS;A;A1;kpl;1,25;10;Osta; säästä\r\n"
    assert serious(csvimport.check("products", io.BytesIO(content.encode()))) == [("C-12", "error", None, "H2")]


def test_dates_and_truth_values_are_no_groups() -> None:
    frame = pd.DataFrame(
        {"Tunnustyyppi": ["FI"], "Y-tunnus": ["9100001-3"], "Tyyppi": ["C"], "Nimi": ["A"], "Laskutuskanava": ["6"]}
        | {"Ryhmä 1": [dt.date(2026, 3, 1)], "Ryhmä 2": [True]}
    )
    assert [(code, cell) for code, _, _, cell in serious(csvimport.check("partners", frame))] == [("C-47", "F1"), ("C-47", "G1")]


@pytest.mark.parametrize(("street", "code"), [("Tie 1\\A 3", "I-27"), (dt.date(2026, 2, 1), "C-47")])
def test_a_part_that_would_change_the_address_is_told_at_its_cell(street: object, code: str) -> None:
    table = [[*HEADINGS, "Katuosoite", "Postinumero", "Postitoimipaikka", "Maa"], [*line(), street, "00100", "Helsinki", "FI"]]
    assert serious(csvimport.check("invoices", workbook(table))) == [(code, "error", "partner_address", "L2")]


@pytest.mark.parametrize("blank", [" ", "\u00a0"])
def test_a_blank_or_a_no_makes_no_group_record(blank: str) -> None:
    frame = pd.DataFrame(
        {"Tunnustyyppi": ["FI"], "Y-tunnus": ["9100001-3"], "Tyyppi": ["C"], "Nimi": ["A"], "Laskutuskanava": ["6"]}
        | {"Ryhmä 1": [blank], "Raporttiryhmä 1": ["ei"]}
    )
    result = csvimport.convert("partners", frame)
    assert result.report.counts.records["group"] == 0
    assert result.to_bytes().count(b"\r\n") == 1


def test_a_dimension_cell_of_marks_alone_is_empty() -> None:
    assert invoice("Dimensio: KP", " ;").report.counts.records["dimension"] == 0


def test_the_first_type_is_written_for_a_business_id_without_its_hyphen() -> None:
    content = "Tyyppi;Nimi;Y-tunnus;Laskutuskanava\r\nC;A Oy;91000048;6\r\n"
    assert first_line(csvimport.convert("partners", io.BytesIO(content.encode())))[:2] == ["FI", "9100004-8"]


def test_two_notations_of_one_value_are_one_value() -> None:
    headings = [*HEADINGS, "Maa", "Katuosoite", "Postinumero", "Postitoimipaikka"]
    one, other = [*line(), "Suomi", "Katu 1", 100, "Helsinki"], [*line(), "FI", "Katu 1", "00100", "Helsinki"]
    other[3] = "91000013"
    assert serious(csvimport.check("invoices", workbook([headings, one, other]))) == []
