"""Headings as people write them: with stars and units, in two rows, below titles and above totals; what is unknown is only suggested."""

import io
import re
import unicodedata

import openpyxl
import pandas as pd
import pytest
from conftest import findings
from helpers import PRODUCT_HEADINGS, one, problems, said, source, table

import csvimport
from csvimport.headings.targets import target_of
from csvimport.schema import load, names

pytestmark = pytest.mark.no_cover

COFFEE = ("S", "Kahvi", "K-1", "kpl", "4,50", "13,5")
TEA = ("S", "Tee", "T-1", "kpl", "3,20", "13,5")
LINES = ["S;Kahvi;K-1;kpl;;4,50;13,5;;;;;;;", "S;Tee;T-1;kpl;;3,20;13,5;;;;;;;"]

BILL = {
    "Lasku": "1",
    "Laskutyyppi": "M",
    "Laskutuskanava": "6",
    "Laskun pvm": "15.01.2026",
    "Nimi": "Esimerkki Oy",
    "Y-tunnus": "9100001-3",
    "Selite": "Työ",
    "Määrä": "1",
    "Hinta": "100,00",
    "ALV-%": "25,5",
}

PARTNERS = ("Tunnustyyppi", "Tyyppi", "Nimi")
IBANS = ("FI21 1234 5600 0007 85", "FI5542345670000081", "FI4950009420028730")
EMAILS = ("a@example.com", "b@example.com", "c@example.com")
BUSINESS_IDS = ("9100001-3", "9100002-1", "9100004-8")
DATES = ("1.1.2026", "02.01.2026", "2026-01-03")
ANYTHING = ("a", "b", "c")


def as_csv(rows):
    return source(table(rows))


def as_xlsx(rows, merged=()):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([None if cell == "" else cell for cell in row])
    for cells in merged:
        book.active.merge_cells(cells)
    stream = io.BytesIO()
    book.save(stream)
    return source(stream.getvalue(), "input.xlsx")


MADE = pytest.mark.parametrize("made", [as_csv, as_xlsx])


def check(rows, file="products", **options):
    return csvimport.check(file, as_csv(rows) if isinstance(rows, list) else rows, **options)


def lines(rows, file="products", **options):
    """The lines that come out, of a conversion that finds nothing wrong."""
    result = csvimport.convert(file, as_csv(rows) if isinstance(rows, list) else rows, **options)
    assert problems(result.report) == []
    return result.to_bytes().decode("cp1252").split("\r\n")[:-1]


def notes_of_headings(report):
    """(code, row) of what is said about headings and the rows around the data."""
    return [(code, row) for code, severity, row, _ in said(report) if severity == "note" and code in ("T-07", "T-15", "C-14")]


# --- stars, units and brackets -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "heading", "key"),
    [
        ("partners", "Y-tunnus *", "business_id"),
        ("partners", "*Y-tunnus", "business_id"),
        ("partners", "Y-tunnus*", "business_id"),
        ("partners", "Nimi **", "partner_name"),
        ("partners", "Nimi (pakollinen)", "partner_name"),
        ("partners", "Nimi [80]", "partner_name"),
        ("partners", "Nimi:", "partner_name"),
        ("partners", "Y-TUNNUS", "business_id"),
        ("partners", "y tunnus", "business_id"),
        ("products", "Hinta (€)", "unit_price"),
        ("products", "Hinta (€) *", "unit_price"),
        ("products", "Hinta * (€)", "unit_price"),
        ("products", "Hinta €", "unit_price"),
        ("products", "Hinta, EUR", "unit_price"),
        ("products", "Hinta EUR", "unit_price"),
        ("products", "Hinta [€/kpl]", "unit_price"),
        ("products", "Unit price (EUR)", "unit_price"),
        ("products", "À-pris (€)", "unit_price"),
        ("invoices", "Määrä [kpl]", "quantity"),
        ("invoices", "Määrä (kpl)", "quantity"),
        ("invoices", "Y-tunnus *", "business_id"),
        ("memo-vouchers", "Debet (€)", "amount"),
        ("payroll", "Tunnit (h)", "quantity"),
        ("payroll", "Tuntihinta (€)", "unit_price"),
        ("budgets", "Tili *", "account"),
    ],
)
def test_marks_and_units_of_a_heading_do_not_count(file, heading, key):
    target = target_of(heading, load(file))
    assert target is not None
    assert target.key == key


@pytest.mark.parametrize(
    ("file", "heading", "key"),
    [
        ("invoices", "Verokanta", "vat_percent"),
        ("products", "Vero-%", "vat_percent"),
        ("memo-vouchers", "Verokanta", "vat_percent"),
        ("invoices", "Kpl-hinta", "unit_price"),
        ("products", "Yks.hinta", "unit_price"),
        ("invoices", "Laskutuspvm", "invoice_date"),
        ("invoices", "Viitenro", "reference_number"),
        ("invoices", "Kassa-alennus %", "cash_discount_percent"),
        ("partners", "Kassa-alennus %", "cash_discount_percent"),
        ("invoices", "VAT-numero", "business_id"),
        ("partners", "VAT-numero", "business_id"),
        ("partners", "Tunnistetyyppi", "business_id_type"),
        ("invoices", "Maatunnus", "partner_address"),
        ("partners", "Maatunnus", "country_code"),
        ("invoices", "Osoitteen tarkenne", "partner_address"),
    ],
)
def test_headings_of_other_programs_are_known(file, heading, key):
    target = target_of(heading, load(file))
    assert target is not None
    assert target.key == key


@MADE
def test_a_table_with_stars_and_units_converts(made):
    rows = [("Tuotetyyppi *", "Nimi (max 100)", "Koodi", "Yksikkö [kpl, h]", "Hinta (€)", "ALV-% *"), COFFEE, TEA]
    assert lines(made(rows)) == LINES
    assert said(check(made(rows))) == []


@pytest.mark.parametrize("heading", ["#", "-", "*", "(€)", "...", "\x00"])
@pytest.mark.parametrize("file", names())
def test_a_heading_of_marks_alone_is_no_field(file, heading):
    assert target_of(heading, load(file)) is None


# --- repeated headings ---------------------------------------------------------------------------------------------


@MADE
def test_a_repeated_heading_is_an_error_that_names_both_columns(made):
    report = check(made([(*PRODUCT_HEADINGS, "Unit"), (*COFFEE, "h")]))
    issue = one(report, "T-02")
    assert (issue.severity, issue.row, issue.column, issue.value) == ("error", 1, "G", "Unit")
    assert "D" in issue.message
    assert "G" in issue.message


def test_two_headings_of_one_field_are_not_chosen_between():
    assert problems(check([(*PRODUCT_HEADINGS, "Yksikkö"), (*COFFEE, "h")])) == [("T-02", "error", 1, "G")]


def test_a_repeated_heading_that_is_unknown_is_told_for_each_column():
    rows = [(*PRODUCT_HEADINGS, "Hylly", "Hylly"), (*COFFEE, "A", "B")]
    assert problems(check(rows)) == [("T-01", "warning", 1, "G"), ("T-01", "warning", 1, "H")]


# --- two rows of headings ------------------------------------------------------------------------------------------

GROUPED = [
    ("Lasku", "", "", "", "Rivi", "", "", ""),
    ("Tyyppi", "Laskutuskanava", "pvm", "Y-tunnus", "Selite", "Määrä", "Hinta", "ALV-%"),
    ("M", "6", "15.01.2026", "9100001-3", "Työ", "1", "100,00", "25,5"),
]
FROM_GROUPED = [
    "M;;;;9100001-3;;;;;;;;15.01.2026;;;;;;;;;;;;;6;;;;;;;;;;;;;;;;;;;;;",
    ";Työ;;1;;100,00;;25,5;;;;;;;;;",
]


@MADE
def test_headings_below_the_names_of_groups_are_read_together(made):
    result = csvimport.convert("invoices", made(GROUPED))
    assert notes_of_headings(result.report) == [("T-07", 1)]
    assert not {"T-01", "T-02"} & {issue.code for issue in result.report.issues}
    assert result.to_bytes().decode("cp1252").split("\r\n")[:-1] == FROM_GROUPED


def test_the_cells_of_a_group_may_be_merged():
    stream = as_xlsx(GROUPED, merged=["A1:D1", "E1:H1"])
    assert not {"T-06", "T-01"} & {issue.code for issue in check(stream, "invoices").issues}
    stream.seek(0)
    assert csvimport.convert("invoices", stream).to_bytes().decode("cp1252").split("\r\n")[:-1] == FROM_GROUPED


def test_a_heading_may_be_merged_over_both_rows():
    rows = [
        ("Y-tunnus", "Lasku", "", "", "Rivi", "", "", ""),
        ("", "Tyyppi", "Laskutuskanava", "pvm", "Selite", "Määrä", "Hinta", "ALV-%"),
        ("9100001-3", "M", "6", "15.01.2026", "Työ", "1", "100,00", "25,5"),
    ]
    stream = as_xlsx(rows, merged=["A1:A2", "B1:D1", "E1:H1"])
    assert csvimport.convert("invoices", stream).to_bytes().decode("cp1252").split("\r\n")[:-1] == FROM_GROUPED
    stream.seek(0)
    assert "T-06" not in {issue.code for issue in check(stream, "invoices").issues}


def test_the_parts_of_two_addresses_are_told_apart_by_their_groups():
    rows = [
        ("Lasku", "", "", "", "", "Laskutusosoite", "", "", "", "Toimitusosoite", "", "", "", "Rivi", "", ""),
        (
            "Numero",
            "Tyyppi",
            "Kanava",
            "Y-tunnus",
            "pvm",
            *("Katuosoite", "Postinumero", "Postitoimipaikka", "Maa") * 2,
            "Selite",
            "Hinta",
            "ALV-%",
        ),
        (
            "1",
            "M",
            "6",
            "9100001-3",
            "15.01.2026",
            "Katu 1",
            "00100",
            "Helsinki",
            "FI",
            "Tie 2",
            "20100",
            "Turku",
            "FI",
            "Työ",
            "100,00",
            "25,5",
        ),
    ]
    report = check(rows, "invoices")
    assert not {"T-01", "T-02"} & {issue.code for issue in report.issues}
    first = csvimport.convert("invoices", as_csv(rows)).to_bytes().decode("cp1252").split("\r\n")[0].split(";")
    assert r"Katu 1\00100\Helsinki\FI" in first[16]
    assert r"Tie 2\20100\Turku\FI" in first[17]


@MADE
@pytest.mark.parametrize("group", ["Asiakas", "Ostaja"])
def test_a_name_below_the_group_of_the_customer_is_the_customers(made, group):
    """Not only a part of the address: the name of the partner itself would be empty."""
    rows = [
        ("Lasku", "", "", group, "", "Rivi", "", "", ""),
        ("Tyyppi", "Kanava", "pvm", "Nimi", "Y-tunnus", "Selite", "Määrä", "Hinta", "ALV-%"),
        ("M", "6", "15.01.2026", "Esimerkki Oy", "9100001-3", "Työ", "1", "100,00", "25,5"),
    ]
    report = check(made(rows), "invoices")
    assert "I-15" not in {issue.code for issue in report.issues}
    stream = made(rows)
    assert csvimport.convert("invoices", stream).to_bytes().decode("cp1252").split(";")[6] == "Esimerkki Oy"


@pytest.mark.parametrize("heading", ["Asiakas nimi", "Asiakkaan nimi", "Customer name"])
def test_the_name_of_the_customer_may_stand_in_one_heading(heading):
    rows = [[heading if title == "Nimi" else title for title in BILL], list(BILL.values())]
    assert "I-15" not in {issue.code for issue in check(rows, "invoices").issues}
    assert csvimport.convert("invoices", as_csv(rows)).to_bytes().decode("cp1252").split(";")[6] == "Esimerkki Oy"


@pytest.mark.parametrize(
    "heading", ["Toimitusosoite nimi", "Delivery name", "Laskutusosoite nimi", "Toimitusosoite maa", "Delivery country"]
)
def test_a_single_part_of_an_address_is_read(heading):
    """Whether or not it makes an address by itself."""
    report = check([[*BILL, heading], [*BILL.values(), "Malli"]], "invoices")
    assert "T-01" not in {issue.code for issue in report.issues}
    assert report.counts.records["invoice"] == 1


def test_findings_below_two_rows_of_headings_name_the_cells_of_the_input():
    rows = [*GROUPED, ("M", "6", "16.01.2026", "9100001-3", "Työ", "1", "halpa", "25,5")]
    rows = [(key, *row) for key, row in zip(("", "Laskunumero", "1", "2"), rows, strict=True)]
    assert [(i.code, i.row, i.column, i.value) for i in check(rows, "invoices").issues if i.severity == "error"] == [
        ("I-63", 4, "H", "halpa")
    ]


def test_a_row_of_data_is_never_taken_for_a_second_row_of_headings():
    """Cells that are words of headings, too."""
    rows = [PRODUCT_HEADINGS, ("S", "Hinta", "Koodi", "kpl", "4,50", "13,5"), ("S", "Unit", "Name", "kpl", "4,50", "13,5")]
    assert [line.split(";")[1:3] for line in lines(rows)] == [["Hinta", "Koodi"], ["Unit", "Name"]]


# --- titles above --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "heading", "key"),
    [
        ("payroll", "á-hinta", "unit_price"),
        ("payroll", "Alku", "earning_period_start"),
        ("payroll", "Från", "earning_period_start"),
        ("payroll", "Loppu", "earning_period_end"),
        ("payroll", "Till", "earning_period_end"),
        ("salary-info", "Vero-%", "tax_base_percent"),
        ("salary-info", "Huomautus", "comments"),
        ("budgets", "Yht.", "year_total"),
    ],
)
def test_headings_of_everyday_tables(file, heading, key):
    assert target_of(heading, load(file)).key == key


@MADE
@pytest.mark.parametrize(
    ("above", "first", "count"),
    [
        ([("Hinnasto 2026",)], 1, 1),
        ([("Hinnasto 2026",), ()], 1, 1),
        ([(), ("Hinnasto 2026",), (), ()], 2, 1),
        ([("Hinnasto", "2026"), ("Tulostettu", "1.1.2026", "klo 10"), ()], 1, 2),
        ([("Esimerkki Oy",), ("Nimi", "Tuotelista")], 1, 2),
    ],
)
def test_titles_above_the_headings_are_left_out_with_a_note(made, above, first, count):
    rows = [*above, PRODUCT_HEADINGS, COFFEE, TEA]
    report = check(made(rows))
    assert notes_of_headings(report) == [("T-07", first)]
    assert str(count) in one(report, "T-07").message
    assert lines(made(rows)) == LINES


@MADE
def test_findings_below_titles_name_the_cells_of_the_input(made):
    rows = [("Hinnasto",), (), PRODUCT_HEADINGS, COFFEE, (*TEA[:4], "halpa", TEA[5])]
    assert problems(check(made(rows))) == [("PR-10", "error", 5, "E")]


@pytest.mark.parametrize(
    ("file", "above", "rows"),
    [
        ("memo-vouchers", [("5000", "a", "10"), ("2965", "a", "-10")], [("Tili", "Selite", "Summa", "Dimensio", "Nimike"), ("5000", "x", "0")]),
        ("memo-vouchers", [("1", "5000", "a", "10")], [("Tosite", "Tili", "Selite", "Summa"), ("2", "5000", "x", "0")]),
        ("payroll", [("E", "5503", "1004", "", "7,5")], [("Henkilönumero", "Palkkalaji", "Tunnit", "Kommentti", "Alkupäivä"), ("1", "1004", "8")]),
        ("payroll", [("5503", "1004", "7.5", "")], [("Henkilönumero", "Palkkalaji", "Tunnit", "Kommentti"), ("5504", "1004", "8", "x")]),
        ("products", [COFFEE], [PRODUCT_HEADINGS, TEA]),
        ("invoices", [tuple(BILL.values())], [tuple(BILL), ("2", *list(BILL.values())[1:])]),
    ],
    ids=["entries", "vouchers", "procountor", "employee", "product", "invoice"],
)  # fmt: skip
def test_records_above_the_headings_are_errors(file, above, rows):
    report = check([*above, *rows], file)
    found = [(issue.severity, issue.row) for issue in report.issues if issue.code == "T-07"]
    assert found == [("error", row) for row in range(1, len(above) + 1)]


def test_records_above_the_headings_are_errors_beside_titles_and_under_a_mapping():
    rows = [("Hinnasto", "2026"), COFFEE, PRODUCT_HEADINGS, TEA]
    assert {(i.severity, i.row) for i in check(rows).issues if i.code == "T-07"} == {("note", 1), ("error", 2)}
    mapped = check(rows, mapping={"columns": {"Koodi": "product_code"}})
    assert [(i.severity, i.row) for i in mapped.issues if i.code == "T-07"] == [("error", 2)]


def test_a_second_sheet_of_records_without_headings_is_a_warning():
    book = openpyxl.Workbook()
    book.active.title = "Tammi"
    for row in (("Henkilönumero", "Palkkalaji", "Määrä"), (5503, 1004, 7.5)):
        book.active.append(row)
    book.create_sheet("Helmi").append((5503, 1004, 8))
    book.create_sheet("Ohje").append(("Täytä taulukko", 2026, "klo 16"))
    stream = io.BytesIO()
    book.save(stream)
    report = check(source(stream.getvalue(), "input.xlsx"), "payroll")
    told = one(report, "T-18")
    assert (report.ok, told.severity, told.value) == (True, "warning", "Helmi")
    assert report.counts.records["salary_row"] == 1


def test_a_row_above_the_headings_that_may_be_a_record_is_a_warning():
    rows = [("5503", "1004", "paljon"), ("Henkilönumero", "Palkkalaji", "Tunnit", "Kommentti"), ("5504", "1004", "8", "x")]
    assert [(i.severity, i.row) for i in check(rows, "payroll").issues if i.code == "T-07"] == [("warning", 1)]


# --- totals below --------------------------------------------------------------------------------------------------


@MADE
@pytest.mark.parametrize(
    "word", ["Yhteensä", "YHTEENSÄ:", "Yht.", "Summa", "Loppusumma", "Total", "Grand total", "Totals", "Totalt", "Sammanlagt", "Yhteensä €"]
)
def test_totals_below_the_data_are_left_out_with_a_note(made, word):
    rows = [PRODUCT_HEADINGS, COFFEE, TEA, (word, "", "", "", "7,70", "")]
    report = check(made(rows))
    assert notes_of_headings(report) == [("T-15", 4)]
    assert "1" in one(report, "T-15").message
    assert lines(made(rows)) == LINES


@pytest.mark.parametrize(
    "row", [("", "Yhteensä", "", "", "7,70", ""), ("", "", "", "Yhteensä", "7,70", ""), ("Yhteensä", "", "", "", "", "")]
)
def test_the_word_of_the_totals_may_stand_in_any_column(row):
    assert lines([PRODUCT_HEADINGS, COFFEE, TEA, row]) == LINES


def test_totals_may_stand_in_several_rows_and_below_a_blank_one():
    rows = [PRODUCT_HEADINGS, COFFEE, TEA, ("",) * 6, ("Summa", "", "", "", "7,70", ""), ("Kaikki yhteensä", "", "", "", "7,70", "")]
    report = check(rows)
    assert notes_of_headings(report) == [("C-14", 4), ("T-15", 5), ("T-15", 6)]
    assert all("2" in issue.message for issue in report.issues if issue.code == "T-15")
    assert lines(rows) == LINES


def test_totals_of_a_table_of_lines_belong_to_no_record():
    rows = [list(BILL), list(BILL.values()), ["Yhteensä", *[""] * 7, "100,00", ""]]
    report = check(rows, "invoices")
    assert problems(report) == []
    assert report.counts.records["invoice"] == 1
    assert report.counts.records["row"] == 1


def test_totals_below_hours():
    rows = [("Henkilönumero", "Palkkalaji", "Tunnit"), ("1001", "1004", "7,5"), ("1002", "1004", "8"), ("Yhteensä", "", "15,5")]
    report = check(rows, "payroll")
    assert problems(report) == []
    assert report.counts.records["salary_row"] == 2


@pytest.mark.parametrize("name", ["Total", "Summa", "Yhteensä"])
def test_a_product_called_total_with_all_its_cells_is_a_product(name):
    rows = [PRODUCT_HEADINGS, COFFEE, ("S", name, "T-1", "kpl", "3,20", "13,5")]
    assert [line.split(";")[1] for line in lines(rows)] == ["Kahvi", name]
    first = [(row[1], row[0], *row[2:]) for row in rows]
    assert [line.split(";")[1] for line in lines(first)] == ["Kahvi", name]
    assert "T-15" not in {issue.code for issue in check(first).issues}


@pytest.mark.parametrize("name", ["Total", "Summa"])
def test_a_partner_called_total_is_not_lost_when_a_cell_of_no_importance_is_empty(name):
    """All that a partner needs is there: a row of totals has no type and no business ID."""
    rows = [
        ("Nimi", "Tyyppi", "Tunnustyyppi", "Y-tunnus", "Laskutuskanava", "Puhelin"),
        ("Esimerkki Oy", "C", "FI", "9100001-3", "6", "040 1"),
        ("Malli Oy", "C", "FI", "9100004-8", "6", "040 2"),
        (name, "C", "FI", "9100002-1", "6", ""),
    ]
    assert [line.split(";")[3] for line in lines(rows, "partners")] == ["Esimerkki Oy", "Malli Oy", name]


def test_totals_between_records_are_left_out_with_a_warning_when_they_need_not_be_right():
    rows = [PRODUCT_HEADINGS, COFFEE, ("Yhteensä", "", "", "", "4,50", ""), TEA]
    report = check(rows)
    assert [(issue.code, issue.row, issue.severity) for issue in report.issues if issue.row] == [("T-15", 3, "warning")]
    assert csvimport.convert("products", as_csv(rows)).to_bytes().decode("cp1252").split("\r\n")[:-1] == LINES


def test_totals_between_records_that_add_up_are_left_out_with_a_warning():
    rows = [PRODUCT_HEADINGS, COFFEE, TEA, ("", "", "", "Summa", "7,70", ""), COFFEE]
    assert [(issue.code, issue.row, issue.severity) for issue in check(rows).issues if issue.code == "T-15"] == [("T-15", 4, "warning")]


def test_a_record_named_for_a_sum_is_a_record():
    rows = [PRODUCT_HEADINGS, COFFEE, ("S", "Total", "K-9", "kpl", "3,00", "25,5"), TEA]
    assert "T-15" not in {issue.code for issue in check(rows).issues}


def test_a_journal_whose_totals_are_as_full_as_its_entries_is_read_without_them():
    rows = [
        ("Tosite", "Tili", "Selite", "Debet", "Kredit"),
        ("1", "5000", "Palkat", "1 000,00", ""),
        ("1", "2965", "Palkat", "", "1 000,00"),
        ("", "", "Tosite 1 yhteensä", "1 000,00", "1 000,00"),
        ("2", "7230", "Vuokra", "500,00", ""),
        ("2", "1910", "Vuokra", "", "500,00"),
        ("Yhteensä", "", "", "1 500,00", "1 500,00"),
        ("Tulostettu 3.3.2026", "", "", "", ""),
    ]
    report = check(rows, "memo-vouchers")
    assert {(i.code, i.row, i.severity) for i in report.issues if i.code == "T-15"} == {
        ("T-15", 4, "warning"), ("T-15", 7, "note"), ("T-15", 8, "warning")
    }  # fmt: skip
    assert report.ok
    assert report.counts.records == {"voucher": 2, "entry": 4}


# --- what gives all that a record needs is none of the sums ---------------------------------------------------------

MONTHS = [str(number) for number in range(1, 13)]
YEAR = {"financial_year": "1/2026"}


def said_of_sums(report):
    """(row, severity) of what is said about rows of sums."""
    return [(issue.row, issue.severity) for issue in report.issues if issue.code == "T-15"]


@pytest.mark.parametrize(
    ("file", "record", "rows"),
    [
        (
            "payroll",
            "salary_row",
            [
                ("Henkilönumero", "Palkkalaji", "Palkkalajin nimi", "Määrä", "Yksikköhinta", "Kommentti"),
                ("5503", "1004", "Tuntipalkka", "7,5", "15", "Työ"),
                ("5504", "1004", "Tuntipalkka", "8", "15", "Työ"),
                ("5505", "1020", "Urakka yhteensä", "1", "", ""),
            ],
        ),
        (
            "memo-vouchers",
            "entry",
            [
                ("Tosite", "Pvm", "Tili", "Selite", "Summa", "Dimensio: Paikka"),
                ("1", "31.1.2026", "5000", "Kulut", "2000", "A"),
                ("1", "", "2965", "Kulut", "-2000", "A"),
                ("3", "", "4000", "Ostot yhteensä", "20", ""),
                ("3", "", "2965", "Ostot yhteensä", "-20", ""),
            ],
        ),
        (
            "memo-vouchers",
            "entry",
            [
                ("Tili", "Selite", "Debet", "Kredit", "Kommentti"),
                ("5000", "Palkat", "10", "", "a"),
                ("5010", "Palkat", "20", "", "b"),
                ("2965", "Total", "", "30", ""),
            ],
        ),
        (
            "budgets",
            "budget_row",
            [
                ("Versio", "Tili", "Vuosi", *MONTHS, "Dimensio: Paikka"),
                ("Konserni yhteensä", "3000", "2026", *["-1"] * 12, "A"),
                ("Konserni yhteensä", "5000", "2026", *["1"] * 12, ""),
            ],
        ),
        (
            "budgets",
            "budget_row",
            [
                ("Tili", "Tilin nimi", "Kuukausi", "Vuosi", "Summa", "Selite"),
                ("3000", "Myynti", "Tammi", "2026", "-1", "a"),
                ("3990", "Muut tuotot yhteensä", "1", "2026", "-5", ""),
            ],
        ),
        (
            "budgets",
            "budget_row",
            [
                ("Tili", *MONTHS),
                ("3000 Myynti", *["-1"] * 12),
                ("3990 Muut yhteensä", *["-1"] * 12),
            ],
        ),
        (
            "invoices",
            "row",
            [tuple(BILL), tuple(BILL.values()), ("", "", "", "", "", "", "Kuljetukset yhteensä", "1", "100,00", "25,5")],
        ),
    ],
    ids=["employee", "entries", "entry", "version", "month", "account-and-name", "invoice-row"],
)
def test_a_record_whose_texts_speak_of_a_sum_is_a_record(file, record, rows):
    report = check(rows, file, settings=YEAR if file == "budgets" else None)
    assert report.counts.records[record] == len(rows) - 1
    assert said_of_sums(report) == []
    assert report.ok


def test_an_account_that_adds_up_others_is_read_with_a_warning():
    rows = [
        ("Tili", "Nimi", "Vuosi", *MONTHS),
        ("4000", "Tavarat", "2026", *["100"] * 12),
        ("4010", "Rahdit", "2026", *["50"] * 12),
        ("4099", "Muut ostot yhteensä", "2026", *["150"] * 12),
    ]
    report = check(rows, "budgets")
    assert report.counts.records["budget_row"] == 3
    assert said_of_sums(report) == [(4, "warning")]


def test_a_row_that_lacks_something_of_a_record_is_one_unless_it_adds_up_several():
    heading = ("Henkilönumero", "Palkkalaji", "Palkkalajin nimi", "Määrä")
    rows = [heading, ("5503", "1004", "Tunnit", "7,5"), ("5503", "1006", "Ilta", "2")]
    assert problems(check([*rows, ("5503", "", "Tunnit yhteensä", "9")], "payroll")) == [("PAY-09", "error", 4, "B")]
    report = check([*rows, ("5503", "", "Tunnit yhteensä", "9,5")], "payroll")
    assert (report.ok, said_of_sums(report)) == (True, [(4, "note")])


def test_the_number_of_records_beside_the_word_for_a_sum_is_no_name():
    rows = [(*PRODUCT_HEADINGS, "Nro"), (*COFFEE, "1"), (*TEA, "2"), ("Yhteensä", "2", "", "", "", "", "")]
    assert said_of_sums(check(rows)) == [(4, "note")]
    assert check(rows).counts.records["product"] == 2


def test_sums_of_single_records_and_of_sections_are_left_out():
    rows = [
        ("Henkilönumero", "Palkkalaji", "Määrä"),
        ("5503", "1004", "7,5"),
        ("Yhteensä 5503", "", "7,5"),
        ("5504", "1004", "8"),
        ("Yhteensä 5504", "", "8"),
        ("Kaikki yhteensä", "", "15,5"),
    ]
    report = check(rows, "payroll")
    assert (report.ok, report.counts.records["salary_row"]) == (True, 2)
    assert said_of_sums(report) == [(3, "warning"), (5, "note"), (6, "note")]


def test_sums_in_the_column_of_the_accounts_and_beside_it_are_left_out():
    rows = [
        ("Tili", "Nimi", *MONTHS),
        ("3000", "Myynti", *["-1000"] * 12),
        ("Liikevaihto yhteensä", "", *["-1000"] * 12),
        ("7230", "Vuokra", *["500"] * 12),
        ("", "Kulut yhteensä", *["500"] * 12),
        ("Tulos", "", *["-500"] * 12),
    ]
    report = check(rows, "budgets", settings=YEAR)
    assert (report.ok, report.counts.records["budget_row"]) == (True, 2)
    assert [row for row, _ in said_of_sums(report)] == [3, 5, 6]


def test_a_single_record_a_sum_and_a_printing_date():
    rows = [("Henkilönumero", "Palkkalaji", "Määrä"), ("5503", "1004", "7,5"), ("Yhteensä", "", "7,5"), ("Tulostettu 1.1.2026", "", "")]
    report = check(rows, "payroll")
    assert (report.ok, report.counts.records["salary_row"]) == (True, 1)


def test_sums_that_are_not_those_of_the_rows_above_are_a_warning():
    rows = [("Henkilönumero", "Palkkalaji", "Määrä"), ("5503", "1004", "7,5"), ("5504", "1004", "8"), ("Yhteensä", "", "17")]
    report = check(rows, "payroll")
    assert (report.ok, said_of_sums(report)) == (True, [(4, "warning")])


def test_the_sum_of_an_invoice_is_none_of_its_rows_wherever_its_word_stands():
    more = ["1", *[""] * 5, "Työ", "1", "50,00", "25,5"]
    for row in (["", *[""] * 5, "Yhteensä", "", "150,00", ""], ["1", *[""] * 5, "Yhteensä", "", "150,00", ""]):
        report = check([list(BILL), list(BILL.values()), more, row], "invoices")
        assert (report.ok, report.counts.records["row"]) == (True, 2)
        assert said_of_sums(report) == [(4, "note")]


def test_headings_that_stand_once_more_are_no_record():
    rows = [PRODUCT_HEADINGS, COFFEE, PRODUCT_HEADINGS, TEA]
    assert [(issue.code, issue.row) for issue in check(rows).issues if issue.row] == [("T-07", 3)]
    assert lines(rows) == LINES


def test_headings_in_a_second_language_and_units_below_are_no_records():
    rows = [("Tyyppi", "Nimi", "Koodi", "Yksikkö", "Hinta", "ALV-%"), ("Typ", "Namn", "Kod", "Enhet", "Pris", "Moms-%"), COFFEE, TEA]
    assert lines(rows) == LINES
    hours = [("Henkilönumero", "Palkkalaji", "Tunnit", "Tuntipalkka"), ("", "", "h", "€"), ("101", "1001", "7,5", "15,00")]
    assert check(hours, "payroll").counts.records["salary_row"] == 1


def test_headings_in_two_languages_are_one():
    rows = [("Tyyppi / Typ", "Nimi / Namn", "Koodi/Kod", "Yksikkö", "Hinta / Pris", "ALV-% / Moms-%"), COFFEE, TEA]
    assert lines(rows) == LINES


@pytest.mark.parametrize("heading", ["Yksikköhinta (sis. alv)", "Yksikköhinta (SEK)", "Price (incl. VAT)"])
def test_an_addition_that_may_change_a_sum_is_an_error(heading):
    titles = [heading if title == "Hinta" else title for title in BILL]
    found = one(check([titles, list(BILL.values())], "invoices"), "T-01")
    assert (found.severity, found.value) == ("error", heading)


@pytest.mark.parametrize("heading", ["Alennus €", "Alennus (€)", "Alennus-€", "Alennus eur", "Laskun alennus (€)", "Alennus % / €"])
def test_a_discount_in_euros_is_not_read_as_per_cent(heading):
    report = check([[*BILL, heading], [*BILL.values(), "50,00"]], "invoices")
    found = one(report, "T-01")
    assert (found.severity, found.column, found.value) == ("error", "K", heading)
    assert "may change what its numbers mean" in found.message


@pytest.mark.parametrize(
    ("file", "heading", "instead"),
    [
        ("invoices", "ALV €", "ALV-%"),
        ("invoices", "ALV (kpl)", "ALV-%"),
        ("invoices", "Määrä (€)", "Määrä"),
        ("invoices", "Hinta (%)", "Hinta"),
        ("invoices", "Osuus 1 (€)", ""),
        ("payroll", "Määrä (€)", ""),
        ("partners", "Viivästyskorko (€)", ""),
        ("budgets", "Tammikuu (%)", ""),
        ("budgets", "Summa (kpl)", ""),
        ("memo-vouchers", "Debet (%)", ""),
    ],
)
def test_a_unit_of_something_else_than_the_field_is_an_error(file, heading, instead):
    assert target_of(heading, load(file)) is None
    if instead:
        report = check([[heading if title == instead else title for title in BILL], list(BILL.values())], file)
        assert [(i.severity, i.value) for i in report.issues if i.code == "T-01"] == [("error", heading)]


def test_a_unit_of_something_else_in_a_second_row_of_headings_is_an_error():
    rows = [(*BILL, "Alennus"), (*[""] * 8, "€", "%", "€"), (*BILL.values(), "50,00")]
    found = one(check(rows, "invoices"), "T-01")
    assert (found.severity, found.row, found.column, found.value) == ("error", 2, "K", "Alennus €")


def test_a_heading_above_two_units_is_that_of_both_columns():
    rows = [(*BILL, "Alennus", ""), (*[""] * 8, "€", "%", "%", "€"), (*BILL.values(), "10", "50,00")]
    found = one(check(rows, "invoices"), "T-01")
    assert (found.severity, found.column, found.value) == ("error", "L", "Alennus €")


@pytest.mark.parametrize("heading", ["Hinta/kpl", "Hinta / h", "Hinta (kpl)", "Hinta alv 0 %", "Hinta (alv 0 %)"])
def test_a_price_may_be_one_for_each_unit_or_without_vat(heading):
    found = target_of(heading, load("invoices"))
    assert found is not None
    assert found.key == "unit_price"


@pytest.mark.parametrize(
    "heading", ["Hinta sis. alv", "Hinta (sis. alv 25,5 %)", "Hinta (€, sis. alv)", "Verollinen hinta", "Price incl. VAT"]
)
def test_a_price_with_vat_is_an_error_that_names_the_column_to_add(heading):
    titles = [heading if title == "Hinta" else title for title in BILL]
    found = one(check([titles, list(BILL.values())], "invoices", lang="fi"), "T-01")
    assert (found.severity, found.value) == ("error", heading)
    assert found.hint == "Nimeä sarake ”Yksikköhinta” ja lisää sarake ”Sis. alv -koodi”, jonka jokaisella rivillä on ”kyllä”."


def test_a_column_of_blanks_without_a_heading_is_no_column():
    assert problems(check([(*PRODUCT_HEADINGS, "", "Lisätiedot"), (*COFFEE, "  ", ""), (*TEA, "\xa0", "")])) == []


def test_of_the_sheets_that_could_be_meant_only_those_are_named_whose_headings_fit():
    book = openpyxl.Workbook()
    book.active.title = "Tuotteet"
    for sheet, rows in ((book.active, (PRODUCT_HEADINGS, COFFEE)), (book.create_sheet("Vanha"), (PRODUCT_HEADINGS, TEA))):
        for row in rows:
            sheet.append(row)
    book.create_sheet("Ohje").append(["Täytä taulukko"])
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(csvimport.InputError, match=r"could be meant: “Tuotteet”, “Vanha”\."):
        check(source(stream.getvalue(), "input.xlsx"))


def test_unknown_headings_are_one_error():
    rows = [
        ("Asiakkaan titteli", "Kotiosoite", "Paikka", "Luuri"),
        ("Matti", "Katu 1", "Turku", "040 123"),
        ("Maija", "Katu 2", "Turku", "040 124"),
    ]
    assert [(issue.code, issue.severity, issue.row) for issue in check(rows, "partners").issues] == [("T-01", "error", 1)]


@pytest.mark.parametrize(
    ("file", "rows"),
    [
        (
            "payroll",
            [("User", "Email", "Client", "Start date", "Start time", "Duration"), ("Matti", "m@example.com", "A", "2026-01-02", "8:00", "7:30")],
        ),
        ("payroll", [("Henkilönumero", "Nimi", "1004", "1447 Iltalisä", "Kilometrit"), ("5503", "M", "75", "12", "150")]),
        ("budgets", [("Tili", "Nimi", *(f"{n}/2026 budjetti" for n in range(1, 13))), ("3000", "Myynti", *["-10"] * 12)]),
        ("budgets", [("Tili", "Nimi", *(f"M{n} 2026" for n in range(1, 13))), ("3000", "Myynti", *["-10"] * 12)]),
    ],
)  # fmt: skip
def test_unknown_headings_above_numbers_are_one_error(file, rows):
    assert [(issue.code, issue.severity, issue.row) for issue in check(rows, file).issues] == [("T-01", "error", 1)]


def test_a_record_with_wrong_cells_is_none_of_the_headings():
    for mark in ("E", ""):
        rows = [(mark, "5503", "tuntipalkka", "Työ", "paljon"), ("E", "5504", "1004", "Työ", "8")]
        assert {"PAY-09", "PAY-14"} <= {issue.code for issue in check(rows, "payroll").issues if issue.severity == "error"}


def test_cells_that_speak_against_a_known_heading_are_told():
    rows = [("Tyyppi", "Nimi", "Y-tunnus"), *(("C", f"Yritys {n}", f"posti{n}@example.com") for n in range(4))]
    found = [issue for issue in check(rows, "partners").issues if issue.code == "T-01"]
    assert [(issue.severity, issue.column) for issue in found] == [("warning", "C")]
    assert "Y-tunnus" in found[0].message


def test_a_column_named_for_a_usual_dimension_is_told_how_to_be_read():
    rows = [("Tili", "Selite", "Summa", "Kustannuspaikka"), ("5000", "Palkat", "1", "A"), ("2965", "Palkat", "-1", "")]
    assert one(check(rows, "memo-vouchers"), "T-01").suggestion == "Dimensio: Kustannuspaikka"


def test_columns_that_people_keep_beside_are_a_note():
    rows = [("Tili", "Tilin nimi", "Selite", "Summa"), ("5000", "Palkat", "Palkat", "1"), ("2965", "Velat", "Palkat", "-1")]
    assert one(check(rows, "memo-vouchers"), "T-01").severity == "note"


def test_item_beside_dimension_is_its_value_and_alone_the_product():
    titles = list(BILL)
    text = next(title for title in titles if target_of(title, load("invoices")).key == "product_description")
    alone = ["Item" if title == text else title for title in titles]
    assert check([alone, list(BILL.values())], "invoices").ok
    both = [*titles, "Dimension", "Item"], [*BILL.values(), "Projekti", "P-1"]
    assert "DIMENSION;" in "\n".join(lines(list(both), "invoices"))


def test_the_last_row_of_an_upload_ready_file_is_never_left_out():
    report = csvimport.check("products", source("S;Kahvi;K-1;kpl;;4,50;13,5;;;;;;;\r\nYhteensä;;;;;4,50;;;;;;;;\r\n"))
    assert report.layout == "procountor"
    assert "T-15" not in {issue.code for issue in report.issues}
    assert report.counts.records["product"] == 2


def test_a_table_of_nothing_but_totals_is_not_emptied():
    report = check([PRODUCT_HEADINGS, ("Yhteensä", "", "", "", "4,50", "")])
    assert report.counts.records["product"] == 1


# --- blank rows ----------------------------------------------------------------------------------------------------


@MADE
def test_blank_rows_between_records_are_left_out_with_a_note(made):
    rows = [PRODUCT_HEADINGS, COFFEE, ("",) * 6, (" ", "", "", "", "", ""), TEA]
    report = check(made(rows))
    assert notes_of_headings(report) == [("C-14", 3)]
    assert "2" in one(report, "C-14").message
    assert lines(made(rows)) == LINES


@MADE
def test_everything_at_once(made):
    rows = [
        ("Hinnasto 2026", "", "", "", "", "", ""),
        ("",) * 7,
        ("Tuotetyyppi *", "Nimi *", "Koodi", "Yksikkö", "Hinta (€)", "ALV-%", "Hylly"),
        (*COFFEE, "A7"),
        ("",) * 7,
        (*TEA, "B1"),
        ("Yhteensä", "", "", "", "7,70", "", ""),
    ]
    report = check(made(rows))
    assert sorted(notes_of_headings(report)) == [("C-14", 5), ("T-07", 1), ("T-15", 7)]
    assert problems(report) == [("T-01", "warning", 3, "G")]
    result = csvimport.convert("products", made(rows))
    assert result.to_bytes().decode("cp1252").split("\r\n")[:-1] == LINES


# --- suggestions ---------------------------------------------------------------------------------------------------


def frame(file_headings, heading, values):
    return pd.DataFrame([[*("x" * len(file_headings)), value] for value in values], columns=[*file_headings, heading], dtype=object)


def suggestion(file, heading, values=ANYTHING, beside=("?",)):
    """What is suggested for a column beside others, in the report and in the draft, which must be the same."""
    table_of = frame(beside, heading, values)
    (issue,) = [issue for issue in csvimport.check(file, table_of).issues if issue.code == "T-01" and issue.value == heading]
    assert issue.severity == "warning"
    drafted = re.search(rf'^# "{re.escape(heading)}" = "(.*?)"', csvimport.draft_mapping(file, table_of), re.MULTILINE)[1]
    assert drafted == (issue.suggestion or "")
    return issue.suggestion


@pytest.mark.parametrize(
    ("file", "heading", "key"),
    [
        ("partners", "Katuosote", "street_address"),
        ("partners", "Postitoimipaika", "city"),
        ("partners", "Maksuehtö", "payment_term"),
        ("partners", "Sähköposti-osote", "email"),
        ("products", "Tuotteen nim", "product_name"),
        ("products", "Unit prise", "unit_price"),
        ("products", "Enhetspriis", "unit_price"),
        ("invoices", "Laskun päiv", "invoice_date"),
        ("invoices", "Eräpaiva", "due_date"),
        ("payroll", "Tuntihintaa", "unit_price"),
    ],
)
def test_a_heading_nearly_right_is_suggested(file, heading, key):
    beside = {
        "partners": PARTNERS,
        "products": PRODUCT_HEADINGS[:1],
        "invoices": ("Laskutyyppi", "Nimi"),
        "payroll": ("Henkilönumero", "Palkkalaji"),
    }
    assert suggestion(file, heading, beside=beside[file]) == key


@pytest.mark.parametrize(
    ("file", "heading"),
    [
        ("partners", "Y-tunus"),
        ("partners", "Y-tunnukset"),
        ("partners", "ALV-tunnus 2"),
        ("partners", "Viitenumero"),
        ("partners", "Tilinumerot"),
        ("partners", "IBANN"),
        ("partners", "Asiakasnumeroo"),
        ("partners", "OVT-tunus"),
        ("partners", "Tositenumero"),
        ("invoices", "ALV-tunus"),
        ("invoices", "Y-tunus"),
        ("invoices", "Viitenumer"),
        ("invoices", "Tilinumer"),
        ("invoices", "Asiakasnumer"),
        ("invoices", "Viitteemme"),
        ("invoices", "Our reference"),
        ("invoices", "Tositenumero"),
        ("invoices", "Org.nummer"),
        ("products", "VAT number"),
        ("products", "Tositenumero"),
        ("salary-info", "VAT number"),
        ("salary-info", "Viitenumero"),
        ("salary-info", "Tilinumero"),
        ("payroll", "Henkilötunus"),
        ("payroll", "Asiakasnumero"),
        ("memo-vouchers", "Tilinro 2"),
        ("budgets", "Tilit"),
    ],
)
def test_identifiers_are_never_suggested_by_likeness(file, heading):
    """A VAT number is no business ID, a reference no account, our reference not yours, a voucher no product."""
    beside = {
        "partners": PARTNERS,
        "invoices": ("Laskutyyppi", "Nimi"),
        "products": ("Product type", "Unit"),
        "salary-info": ("Peruspalkka", "Veroprosentti"),
        "payroll": ("Palkkalaji", "Tunnit"),
        "memo-vouchers": ("Debet", "Kredit"),
        "budgets": ("Tammikuu", "Helmikuu"),
    }
    assert target_of(heading, load(file)) is None
    assert suggestion(file, heading, beside=beside[file]) is None


@pytest.mark.parametrize(
    ("file", "values", "key", "reason"),
    [
        ("partners", IBANS, "bank_account", "IBAN"),
        ("partners", BUSINESS_IDS, "business_id", "business IDs"),
        ("partners", EMAILS, "email", "e-mail addresses"),
        ("salary-info", DATES, "tax_card_date", "dates"),
        ("invoices", IBANS, "bank_account", "IBAN"),
        ("invoices", EMAILS, "email", "e-mail addresses"),
        ("memo-vouchers", DATES, "voucher_date", "dates"),
    ],
)
def test_what_the_cells_are_is_evidence(file, values, key, reason):
    beside = {
        "partners": PARTNERS,
        "invoices": ("Laskutyyppi", "Hinta"),
        "salary-info": ("Nimi", "Peruspalkka"),
        "memo-vouchers": ("Tili", "Debet"),
    }[file]
    assert suggestion(file, "Kummallinen", values, beside) == key
    issue = next(i for i in csvimport.check(file, frame(beside, "Kummallinen", values)).issues if i.value == "Kummallinen")
    assert load(file).record(issue.record)[key].title["en"] in issue.hint
    draft = csvimport.draft_mapping(file, frame(beside, "Kummallinen", values))
    (drafted,) = [line for line in draft.splitlines() if line.startswith('# "Kummallinen" = ')]
    assert reason in drafted


def test_personal_identity_codes_are_evidence():
    assert (
        suggestion("salary-info", "Kummallinen", ("010190-900P", "010190-901R", "010190-902S"), ("Nimi", "Peruspalkka"))
        == "personal_identity_code"
    )


@pytest.mark.parametrize("values", [IBANS[:2], (*IBANS[:2], IBANS[0]), (*IBANS, "x"), ("FI2112345600000786", *IBANS[1:]), ("", " ", "")])
def test_what_not_all_or_too_few_cells_are_is_no_evidence(values):
    assert suggestion("partners", "Kummallinen", values, PARTNERS) is None


def test_blank_cells_do_not_speak_against_evidence():
    assert suggestion("partners", "Kummallinen", (*IBANS, "", " "), PARTNERS) == "bank_account"


def test_no_field_is_suggested_by_content_when_several_could_be_meant():
    assert suggestion("invoices", "Kummallinen", DATES, ("Laskutyyppi", "Hinta")) is None


@pytest.mark.parametrize("values", [IBANS, ANYTHING])
def test_no_field_that_has_a_column_is_suggested(values):
    assert suggestion("partners", "Pankkitilii", values, (*PARTNERS, "Pankkitili")) is None
    assert suggestion("partners", "Nimii", ANYTHING, PARTNERS) is None


@pytest.mark.parametrize(
    ("file", "heading", "values", "key"),
    [
        ("partners", "Sähköposti-osote", IBANS, "bank_account"),
        ("partners", "Sähköposti-osote", BUSINESS_IDS, "business_id"),
        ("invoices", "Hintaa", DATES, None),
        ("invoices", "Määrää", IBANS, "bank_account"),
        ("invoices", "Laskun päiv", EMAILS, "email"),
        ("invoices", "Eräpaiva", IBANS, "bank_account"),
        ("partners", "Katuosote", IBANS, "bank_account"),
        ("partners", "Postitoimipaika", EMAILS, "email"),
    ],
)
def test_what_the_cells_are_speaks_against_a_heading_alike(file, heading, values, key):
    beside = {"partners": PARTNERS, "invoices": ("Laskutyyppi", "Tili")}[file]
    assert suggestion(file, heading, ANYTHING, beside) is not None
    assert suggestion(file, heading, values, beside) == key


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_a_suggestion_names_the_field_in_the_language_of_the_report(lang):
    hint = next(
        i.hint for i in csvimport.check("partners", frame(PARTNERS, "Katuosote", ANYTHING), lang=lang).issues if i.value == "Katuosote"
    )
    assert load("partners").record("partner")["street_address"].title[lang] in hint


# --- nothing is applied by itself ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "values"),
    [("Currensy", ("SEK", "SEK", "NOK")), ("Yksikkö 2", ("h", "h", "h")), ("Default acount", ("3000", "3001", "3002"))],
)
def test_a_column_that_resembles_a_field_is_left_out(heading, values):
    rows = [PRODUCT_HEADINGS, *(("S", f"Tuote {n}", f"K-{n}", "kpl", "4,50", "13,5") for n in range(3))]
    wider = [(*row, cell) for row, cell in zip(rows, (heading, *values), strict=True)]
    with_it, without = csvimport.convert("products", as_csv(wider)), csvimport.convert("products", as_csv(rows))
    assert with_it.to_bytes() == without.to_bytes()
    assert sorted(findings(with_it.report), key=str) == sorted([*findings(without.report), ("T-01", "warning", None, "G1")], key=str)


@pytest.mark.parametrize("values", [IBANS, EMAILS, BUSINESS_IDS])
def test_a_column_whose_cells_are_evidence_is_left_out(values):
    rows = [PARTNERS, *(("FI", "C", f"Asiakas {n}") for n in range(3))]
    wider = [(*row, cell) for row, cell in zip(rows, ("Kummallinen", *values), strict=True)]
    plain, report = check(rows, "partners"), check(wider, "partners")
    assert [found for found in findings(report) if found[0] != "T-01"] == findings(plain)
    assert ("T-01", "warning", None, "D1") in findings(report)


def test_a_heading_that_is_suggested_and_renamed_is_used():
    rows = [("Product type", "Tuotteen nim", *PRODUCT_HEADINGS[2:]), COFFEE]
    key = suggestion("products", "Tuotteen nim", beside=("Product type", "Unit"))
    assert lines([("Product type", key, *PRODUCT_HEADINGS[2:]), COFFEE]) == LINES[:1]
    assert ("PR-02", "error", None, None) in problems(check(rows))


def test_umlauts_of_a_letter_and_its_mark_are_those_of_one_sign():
    titles = [unicodedata.normalize("NFD", title) for title in ("Tunnuksen tyyppi", "Nimi", "Tyyppi", "Lähiosoite", "Ryhmä 1")]
    report = csvimport.check("partners", source(table([titles, ("", "Malli Oy", "C", "Mallikatu 1", "Kanta")]).encode()))
    assert "T-01" not in {issue.code for issue in report.issues}
    assert report.counts.records == {"partner": 1, "group": 1}
