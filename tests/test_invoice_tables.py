"""Invoices as users keep them: tables with headings, one line for each row of an invoice."""

import datetime as dt
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from conftest import change, findings, notes, serious, upload

import csvimport

pytestmark = pytest.mark.no_cover

ADDRESS = r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\FI"

HEADER = {
    "Invoice": "1",
    "Invoice type": "M",
    "Business ID": "9100001-3",
    "Name": "Esimerkki Oy",
    "Invoice date": "15.01.2026",
    "Channel": "6",
}
LINE = {"Description": "Työ", "Quantity": "2", "Unit price": "100,00", "VAT %": "25,5"}
PURCHASE = {
    "Invoice": "88123",
    "Invoice type": "O",
    "Business ID": "9100002-1",
    "Name": "Tukku & Pojat Oy",
    "Invoice date": "05.02.2026",
}

Lines = Mapping[str, object]


def invoice(**cells: str) -> str:
    """An upload-ready invoice: that of HEADER, others cells by column letter."""
    return change(";" * 46, **{"A": "M", "E": "9100001-3", "G": "Esimerkki Oy", "M": "15.01.2026", "Z": "6", **cells})


def bill(**cells: str) -> str:
    """An upload-ready purchase invoice: that of PURCHASE."""
    return change(";" * 46, **{"A": "O", "E": "9100002-1", "G": "Tukku & Pojat Oy", "M": "05.02.2026", "AM": "88123", **cells})


def row(**cells: str) -> str:
    """An upload-ready row: that of LINE."""
    return change(";" * 16, **{"B": "Työ", "D": "2", "F": "100,00", "H": "25,5", **cells})


def share(dimension: str, item: str, percent: str = "100") -> str:
    return f";DIMENSION;R;{dimension};{item};{percent}"


def table(*lines: Lines) -> pd.DataFrame:
    """Lines as a table; a cell that a line does not have is empty."""
    headings = list(dict.fromkeys(heading for line in lines for heading in line))
    return pd.DataFrame([{heading: line.get(heading, "") for heading in headings} for line in lines], dtype=object)


def one(**columns: object) -> pd.DataFrame:
    """A table of one invoice with one row, and other columns; two underscores stand for a colon, one for a blank."""
    return table({**HEADER, **LINE, **{name.replace("__", ":").replace("_", " "): cell for name, cell in columns.items()}})


def written(frame: pd.DataFrame, **options: Any) -> list[str]:
    """The lines that a conversion wrote, which must have neither errors nor warnings."""
    result = csvimport.convert("invoices", frame, **options)
    assert serious(result.report) == []
    return result.to_bytes().decode("cp1252").split("\r\n")[:-1]


def workbook(path: Path, sheets: Mapping[str, pd.DataFrame]) -> Path:
    with pd.ExcelWriter(path) as writer:
        for name, frame in sheets.items():
            frame.to_excel(writer, sheet_name=name, index=False)
    return path


# --- lines that belong together ----------------------------------------------------------------------------------------

TWO_ROWS = [invoice(), row(), row(B="Matka", D="1")]
MORE = {"Description": "Matka", "Quantity": "1", "Unit price": "100,00", "VAT %": "25,5"}


@pytest.mark.parametrize(
    "second",
    [{**HEADER, **MORE}, {"Invoice": "1", **MORE}, MORE, {"Invoice": "1", "Name": "Esimerkki Oy", **MORE}],
    ids=["repeated", "key only", "nothing", "some"],
)
def test_the_cells_of_an_invoice_are_repeated_or_stand_once(second: Lines) -> None:
    assert written(table({**HEADER, **LINE}, second)) == TWO_ROWS


def test_the_cells_of_an_invoice_may_stand_on_a_later_line() -> None:
    assert written(table({"Invoice": "1", **LINE}, {**HEADER, **MORE})) == TWO_ROWS


def test_a_differing_cell_is_an_error_that_names_the_first() -> None:
    frame = table({**HEADER, **LINE}, {"Invoice": "1", **MORE}, {"Invoice": "1", "Invoice date": "16.01.2026", **MORE})
    report = csvimport.check("invoices", frame)
    assert serious(report) == [("T-08", "error", "invoice_date", "E3")]
    issue = next(issue for issue in report.issues if issue.code == "T-08")
    assert issue.value == "16.01.2026"
    assert "15.01.2026" in issue.message + issue.hint and "1" in issue.message + issue.hint


def test_the_rows_of_a_csv_are_those_that_a_spreadsheet_shows() -> None:
    text = ["Lasku;Laskutyyppi;Y-tunnus;Nimi;Laskun päivä;Laskukanava;Kuvaus;Hinta;ALV-%"]
    text += ["1;M;9100001-3;Esimerkki Oy;15.01.2026;6;Työ;100,00;25,5", "1;;;Toinen Oy;;;Matka;100,00;25,5"]
    report = csvimport.check("invoices", upload(*text))
    assert serious(report) == [("T-08", "error", "partner_name", "D3")]
    issue = next(issue for issue in report.issues if issue.code == "T-08")
    assert "2" in issue.message + issue.hint and "Esimerkki Oy" in issue.message + issue.hint


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("Invoice date", "15.1.2026"), ("Invoice date", dt.date(2026, 1, 15)), ("Name", "Esimerkki Oy "), ("Invoice type", "sales")],
)
def test_two_notations_of_one_value_are_no_difference(heading: str, cell: object) -> None:
    assert written(table({**HEADER, **LINE}, {**HEADER, heading: cell, **MORE})) == TWO_ROWS


def test_a_header_error_is_reported_at_the_line_that_holds_it() -> None:
    frame = table({"Invoice": "1", **{k: v for k, v in HEADER.items() if k != "Channel"}, **LINE}, {"Invoice": "1", "Channel": "9", **MORE})
    assert serious(csvimport.check("invoices", frame)) == [("I-31", "error", "invoice_channel", "J2")]


def test_lines_of_an_invoice_need_not_stand_together() -> None:
    frame = table({**HEADER, **LINE}, {**HEADER, "Invoice": "2", **LINE}, {"Invoice": "1", **MORE})
    assert written(frame) == [*TWO_ROWS, invoice(), row()]


def test_the_rows_of_a_table_are_found_again_in_the_report() -> None:
    frame = table({**HEADER, **LINE}, {**HEADER, "Invoice": "2", **LINE}, {"Invoice": "1", **MORE, "VAT %": "15"})
    assert serious(csvimport.check("invoices", frame)) == [("I-65", "error", "vat_percent", "J3")]


@pytest.mark.parametrize(
    "heading",
    [
        "Invoice",
        "Lasku",
        "Faktura",
        "invoice_key",
        "Invoice key",
        "Invoice number",
        "Invoice no.",
        "Laskunumero",
        "Laskun numero",
        "LASKUNRO",
        "Fakturanummer",
        "Fakturanr",
    ],
)
def test_the_column_that_tells_invoices_apart(heading: str) -> None:
    frame = table({**HEADER, **LINE}, {"Invoice": "1", **MORE}, {**HEADER, "Invoice": "2", **LINE})
    assert written(frame.rename(columns={"Invoice": heading})) == [*TWO_ROWS, invoice(), row()]


def test_the_key_may_be_a_number_or_a_word() -> None:
    assert written(table({**HEADER, "Invoice": 7, **LINE}, {"Invoice": 7, **MORE})) == TWO_ROWS
    assert written(table({**HEADER, "Invoice": "tammikuu A", **LINE}, {"Invoice": "tammikuu A", **MORE})) == TWO_ROWS


def test_the_reference_number_tells_invoices_apart_when_nothing_else_does() -> None:
    head = {heading: cell for heading, cell in HEADER.items() if heading != "Invoice"}
    first, second = {"Reference": "20260011"}, {"Reference": "20260024"}
    frame = table({**first, **head, **LINE}, {**first, **MORE}, {**second, **head, **LINE})
    assert written(frame) == [invoice(C="20260011"), *TWO_ROWS[1:], invoice(C="20260024"), row()]


def test_the_number_of_the_sender_tells_purchase_invoices_apart() -> None:
    head = {heading: cell for heading, cell in PURCHASE.items() if heading != "Invoice"}
    frame = table({"Supplier invoice number": "88123", **head, **LINE}, {"Supplier invoice number": "88123", **MORE})
    assert written(frame) == [bill(), *TWO_ROWS[1:]]


@pytest.mark.parametrize("number", ["Invoice sender's invoice number", "Toimittajan laskunumero", "Laskunumero", "Invoice number"])
@pytest.mark.parametrize("key", ["Invoice", "Lasku"])
@pytest.mark.parametrize("last", [False, True], ids=["key first", "key last"])
def test_the_number_of_the_sender_may_stand_beside_the_key(key: str, number: str, last: bool) -> None:
    cells = {**PURCHASE, number: "88123", **LINE}
    cells = {key if heading == "Invoice" else heading: "1" if heading == "Invoice" else cell for heading, cell in cells.items()}
    frame = table(cells, {key: "1", number: "88123", **MORE})
    if last:
        frame = frame[[*frame.columns[1:], frame.columns[0]]]
    assert written(frame) == [bill(), *TWO_ROWS[1:]]


def test_without_a_key_column_lines_are_told_to_be_unclear_once() -> None:
    frame = table({**HEADER, **LINE}, {**HEADER, **MORE}, {**HEADER, **MORE}).drop(columns="Invoice")
    report = csvimport.check("invoices", frame)
    assert serious(report) == [("T-09", "error", None, None)]
    assert "“Invoice”" in next(issue for issue in report.issues if issue.code == "T-09").hint


def test_a_single_line_needs_no_key() -> None:
    assert written(one().drop(columns="Invoice")) == TWO_ROWS[:2]


def test_lines_without_any_key_above_them_are_invoices_of_their_own() -> None:
    frame = table({**HEADER, "Invoice": "", **LINE}, {**HEADER, **LINE}, {"Invoice": "1", **MORE})
    assert written(frame) == [invoice(), row(), *TWO_ROWS]


def test_a_line_with_nothing_but_header_cells_is_no_row() -> None:
    assert written(table(HEADER, {"Invoice": "1", **LINE}, {"Invoice": "1", **MORE})) == TWO_ROWS


# --- the number of a purchase invoice ----------------------------------------------------------------------------------


def test_the_key_of_a_purchase_invoice_is_its_senders_number() -> None:
    result = csvimport.convert("invoices", table({**PURCHASE, **LINE}, {"Invoice": "88123", **MORE}))
    assert serious(result.report) == []
    assert [found[:2] for found in findings(result.report)].count(("T-11", "note")) == 1
    assert result.to_bytes() == upload(bill(), *TWO_ROWS[1:]).getvalue()


def test_the_key_of_a_sales_invoice_is_not_written() -> None:
    result = csvimport.convert("invoices", one())
    assert "T-11" not in {found[0] for found in findings(result.report)}
    assert result.to_bytes() == upload(invoice(), row()).getvalue()


def test_only_the_keys_of_purchase_invoices_are_written() -> None:
    assert written(table({**HEADER, **LINE}, {**PURCHASE, **LINE})) == [invoice(), row(), bill(), row()]


def test_a_column_of_its_own_goes_before_the_key() -> None:
    frame = table({**PURCHASE, "Supplier invoice number": "A-7", **LINE})
    assert written(frame) == [bill(AM="A-7"), row()]


# --- which column is which ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("heading", ["VAT %", "VAT", "VAT-%", "ALV-%", "ALV %", "alv", "Moms-%", "Moms"])
def test_a_vat_percentage_is_that_of_the_row(heading: str) -> None:
    assert written(one().rename(columns={"VAT %": heading})) == [invoice(), row()]


@pytest.mark.parametrize("heading", ["Invoice VAT %", "Laskun ALV-%", "Fakturans moms-%", "invoice vat_percent"])
def test_a_vat_percentage_of_the_invoice_says_so(heading: str) -> None:
    result = csvimport.convert("invoices", table({**HEADER, **LINE, heading: "25,5"}))
    assert serious(result.report) == []
    assert ("I-54", "note", "vat_percent", "K1") in notes(result.report)
    assert result.to_bytes() == upload(invoice(Y="25,5"), row()).getvalue()


@pytest.mark.parametrize(
    ("plain", "qualified", "cell", "letters"),
    [
        ("VAT status", "Invoice VAT status", "vat_12", ("Q", "AU")),
        ("ALV-status", "Laskun ALV-status", "vat_12", ("Q", "AU")),
        ("VAT type", "Invoice VAT type", "P", ("P", "AT")),
        ("Momstyp", "Fakturans momstyp", "P", ("P", "AT")),
        ("VAT deduction %", "Invoice VAT deduction %", "100", ("O", "AS")),
        ("ALV-vähennys-%", "Laskun ALV-vähennys-%", "100", ("O", "AS")),
    ],
)
def test_the_twins_of_row_and_invoice(plain: str, qualified: str, cell: str, letters: tuple[str, str]) -> None:
    below, above = letters
    assert written(table({**HEADER, **LINE, plain: cell})) == [invoice(), row(**{below: cell})]
    assert written(table({**HEADER, **LINE, qualified: cell})) == [invoice(**{above: cell}), row()]


@pytest.mark.parametrize("heading", ["Credit note", "Credit invoice", "Hyvityslasku", "Kreditfaktura"])
@pytest.mark.parametrize(
    ("answer", "letter"), [("yes", "f"), ("kyllä", "f"), ("ja", "f"), ("x", "f"), ("no", "t"), ("ei", "t"), ("nej", "t"), ("", "")]
)
def test_a_credit_note_is_asked_the_other_way_round(heading: str, answer: str, letter: str) -> None:
    frame = table({**HEADER, **LINE, "Quantity": "-2" if letter == "f" else "2", heading: answer})
    assert written(frame) == [invoice(K=letter), row(D="-2" if letter == "f" else "2")]


@pytest.mark.parametrize(("answer", "letter"), [("yes", "t"), ("ei", "f"), ("t", "t"), ("f", "f")])
def test_whether_vat_is_included_is_asked_straight(answer: str, letter: str) -> None:
    assert written(one(Prices_include_VAT=answer)) == [invoice(J=letter), row()]


@pytest.mark.parametrize(
    ("heading", "word", "letters", "code"),
    [
        ("Invoice type", "myyntilasku", "A", "M"),
        ("Invoice type", "Sales", "A", "M"),
        ("Channel", "ei lähetystä", "Z", "6"),
        ("Payment method", "Bank transfer", "F", "tilisiirto"),
        ("Language", "ruotsi", "AP", "3"),
        ("Currency", "€", "B", "EUR"),
    ],
)
def test_words_become_codes_with_a_note(heading: str, word: str, letters: str, code: str) -> None:
    frame = table({**HEADER, **LINE, heading: word})
    result = csvimport.convert("invoices", frame)
    assert serious(result.report) == []
    assert result.to_bytes() == upload(invoice(**{letters: code}), row()).getvalue()
    assert any(cell and cell.endswith("1") for _, _, field, cell in notes(result.report))


def test_an_unknown_heading_is_a_warning_and_its_column_left_out() -> None:
    result = csvimport.convert("invoices", one(Shoe_size="42"))
    assert serious(result.report) == [("T-01", "warning", None, "K")]
    assert result.to_bytes() == upload(invoice(), row()).getvalue()


SALES_LINE = (
    r"M;EUR;20260011;;9100001-3;tilisiirto;Esimerkki Oy;;0;f;t;8,00;15.01.2026;15.01.2026;29.01.2026;Mallikatu 1\00100\Helsinki\FI;"
    r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\FI;;Kiitos tilauksesta;;;;;;;3;003791000013;PO-77;t;;;1001;;;Maija Malli;;003723327487;"
    "003791000013;;;;2;;;;;"
)
CONSULTING = ";Konsultointi, tunti;KONS-1;10;h;95,00;0;25,5;Viikko 2;;;;;3000;;;"
SNACKS = ";Eväät;;2;kpl;12,50;;13,5;;;;;;3000;;;"


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_headings_of_every_language_give_the_same_bytes(lang: str) -> None:
    schema = csvimport.schema("invoices")
    key = {"en": "Invoice", "fi": "Lasku", "sv": "Faktura"}[lang]
    head = zip(schema.record("invoice").fields, SALES_LINE.split(";"), strict=True)
    header = {f.title[lang]: cell for f, cell in head if cell}
    lines: list[Lines] = []
    for text in (CONSULTING, SNACKS):
        cells = {f.title[lang]: cell for f, cell in zip(schema.record("row").fields, text.split(";"), strict=True) if cell}
        lines.append({key: "A", **header, **cells})
    assert written(table(*lines)) == [SALES_LINE, CONSULTING, SNACKS]


@pytest.mark.parametrize(
    "headings",
    [
        ("Lasku", "Laskutyyppi", "Y-tunnus", "Asiakas", "Laskun pvm", "Laskukanava", "Selite", "Määrä", "Yksikköhinta", "ALV-%"),
        ("Faktura", "Fakturatyp", "FO-nummer", "Kund", "Fakturadatum", "Fakturakanal", "Beskrivning", "Antal", "Enhetspris", "Moms-%"),
        ("INVOICE:", "invoice-type", "Company ID", "Customer name", "Date", "sending channel", "Product", "Qty", "Price", "VAT rate"),
    ],
)
def test_headings_as_people_write_them(headings: tuple[str, ...]) -> None:
    assert written(one().set_axis(list(headings), axis=1)) == [invoice(), row()]


# --- addresses ---------------------------------------------------------------------------------------------------------

PARTS = {"street": "Mallikatu 1", "postal code": "00100", "city": "Helsinki", "country": "FI"}


def address(prefix: str, **more: str) -> dict[str, str]:
    parts = {**more, **PARTS}
    return {f"{prefix} {part}".strip().capitalize(): cell for part, cell in parts.items()}


@pytest.mark.parametrize(
    ("cells", "letter", "joined"),
    [
        (address(""), "P", r"Mallikatu 1\00100\Helsinki\FI"),
        (address("customer"), "P", r"Mallikatu 1\00100\Helsinki\FI"),
        (address("", specifier="Myynti"), "P", r"Myynti\Mallikatu 1\00100\Helsinki\FI"),
        ({"Katuosoite": "Mallikatu 1", "Postinumero": "00100", "Postitoimipaikka": "Helsinki", "Maa": "Suomi"}, "P", r"Mallikatu 1\00100\Helsinki\FI"),
        (address("billing"), "Q", ADDRESS),
        (address("billing", specifier="Ostolaskut"), "Q", r"Esimerkki Oy\Ostolaskut\Mallikatu 1\00100\Helsinki\FI"),
        (address("billing", name="Tilitoimisto Oy"), "Q", r"Tilitoimisto Oy\Mallikatu 1\00100\Helsinki\FI"),
        (address("delivery"), "R", ADDRESS),
        (address("delivery", name="Varasto"), "R", r"Varasto\Mallikatu 1\00100\Helsinki\FI"),
    ],
)  # fmt: skip
def test_addresses_are_joined_from_their_parts(cells: dict[str, str], letter: str, joined: str) -> None:
    result = csvimport.convert("invoices", table({**HEADER, **LINE, **cells}))
    assert serious(result.report) == []
    assert result.to_bytes() == upload(invoice(**{letter: joined}), row()).getvalue()
    assert any(code in ("I-27", "I-28") for code, *_ in notes(result.report))


def test_the_three_addresses_stand_side_by_side() -> None:
    cells = address("") | address("billing", name="Tilitoimisto Oy") | address("delivery", name="Varasto")
    home = r"Mallikatu 1\00100\Helsinki\FI"
    assert written(table({**HEADER, **LINE, **cells})) == [invoice(P=home, Q=rf"Tilitoimisto Oy\{home}", R=rf"Varasto\{home}"), row()]


def test_the_parts_of_an_address_stand_on_the_first_line_only() -> None:
    assert written(table({**HEADER, **LINE, **address("")}, {"Invoice": "1", **MORE})) == [
        invoice(P=r"Mallikatu 1\00100\Helsinki\FI"),
        *TWO_ROWS[1:],
    ]


def test_a_differing_part_of_an_address_is_an_error_too() -> None:
    frame = table({**HEADER, **LINE, **address("")}, {"Invoice": "1", **MORE, "City": "Espoo"})
    assert serious(csvimport.check("invoices", frame)) == [("T-08", "error", "partner_address", "M2")]


def test_an_address_without_a_country_takes_that_of_the_settings() -> None:
    cells = {heading: cell for heading, cell in address("").items() if heading != "Country"}
    frame = table({**HEADER, **LINE, **cells})
    assert serious(csvimport.check("invoices", frame)) == [("I-27", "warning", "partner_address", "K1")]
    assert written(frame, settings={"default_country": "FI"}) == [invoice(P=r"Mallikatu 1\00100\Helsinki\FI"), row()]


def test_an_address_whole_and_in_parts_is_an_error() -> None:
    frame = table({**HEADER, **LINE, "Billing address": ADDRESS, **address("billing")})
    assert [found[1:3] for found in serious(csvimport.check("invoices", frame))] == [("error", "billing_address")]


# --- dimensions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["Dimension: ", "dimension:", "Dimensio: ", "Seurantakohde: "])
def test_a_column_for_a_dimension(prefix: str) -> None:
    frame = table({**HEADER, **LINE, f"{prefix}Kustannuspaikka": "Myymälä A"})
    assert written(frame) == [invoice(), row(), share("Kustannuspaikka", "Myymälä A")]


@pytest.mark.parametrize(
    ("cell", "shares"),
    [
        ("Myymälä A 60 %; Myymälä B 40 %", [("Myymälä A", "60"), ("Myymälä B", "40")]),
        ("Myymälä A 60%;Myymälä B 40%", [("Myymälä A", "60"), ("Myymälä B", "40")]),
        ("Myymälä A 60; Myymälä B 40", [("Myymälä A", "60"), ("Myymälä B", "40")]),
        ("Myymälä A 33,34 % | Myymälä B 33,33 % | Myymälä C 33,33 %", [(f"Myymälä {n}", p) for n, p in zip("ABC", ("33,34", "33,33", "33,33"), strict=True)]),
        ("Myymälä A 33.34 %; Myymälä B 66.66 %", [("Myymälä A", "33,34"), ("Myymälä B", "66,66")]),
        ("Myymälä A 100 %", [("Myymälä A", "100")]),
        ("Projekti 2026", [("Projekti 2026", "100")]),
        ("Talo 12", [("Talo 12", "100")]),
        ("P-2026-01", [("P-2026-01", "100")]),
    ],
)  # fmt: skip
def test_a_cell_of_several_items_with_their_shares(cell: str, shares: list[tuple[str, str]]) -> None:
    frame = table({**HEADER, **LINE, "Dimension: Kustannuspaikka": cell})
    assert written(frame) == [invoice(), row(), *(share("Kustannuspaikka", item, percent) for item, percent in shares)]


def test_shares_that_do_not_make_a_whole_are_an_error_at_their_cell() -> None:
    frame = table({**HEADER, **LINE, "Dimension: Kustannuspaikka": "Myymälä A 60 %; Myymälä B 30 %"})
    assert serious(csvimport.check("invoices", frame)) == [("I-75", "error", "percent", "K1")]


def test_several_items_without_shares_are_an_error() -> None:
    frame = table({**HEADER, **LINE, "Dimension: Kustannuspaikka": "Myymälä A; Myymälä B"})
    report = csvimport.check("invoices", frame)
    assert not report.ok
    assert {cell for _, severity, _, cell in findings(report) if severity == "error"} == {"K1"}


def test_several_dimensions_and_rows() -> None:
    first = {"Dimension: Kustannuspaikka": "Myymälä A", "Dimension: Projekti": "P-1 50 %; P-2 50 %"}
    frame = table({**HEADER, **LINE, **first}, {"Invoice": "1", **MORE, "Dimension: Kustannuspaikka": "Myymälä B"})
    assert written(frame) == [
        TWO_ROWS[0],
        TWO_ROWS[1],
        share("Kustannuspaikka", "Myymälä A"),
        share("Projekti", "P-1", "50"),
        share("Projekti", "P-2", "50"),
        TWO_ROWS[2],
        share("Kustannuspaikka", "Myymälä B"),
    ]


@pytest.mark.parametrize(
    "headings",
    [
        ("Dimension 1", "Item 1", "Per cent 1", "Dimension 2", "Item 2", "Per cent 2"),
        ("Dimensio 1", "Nimike 1", "Osuus 1", "Dimensio 2", "Nimike 2", "Osuus 2"),
        ("dimension1", "item1", "percent1", "dimension2", "item2", "percent2"),
    ],
)
def test_numbered_columns(headings: tuple[str, ...]) -> None:
    cells = ("Kustannuspaikka", "Myymälä A", "60", "Kustannuspaikka", "Myymälä B", "40")
    frame = table({**HEADER, **LINE, **dict(zip(headings, cells, strict=True))})
    assert written(frame) == [invoice(), row(), share("Kustannuspaikka", "Myymälä A", "60"), share("Kustannuspaikka", "Myymälä B", "40")]


def test_numbered_columns_without_shares_mean_the_whole() -> None:
    frame = table({**HEADER, **LINE, "Dimension": "Kustannuspaikka", "Item": "Myymälä A", "Dimension 2": "Projekti", "Item 2": "P-1"})
    assert written(frame) == [invoice(), row(), share("Kustannuspaikka", "Myymälä A"), share("Projekti", "P-1")]


def test_a_numbered_column_is_blamed_at_its_own_cell() -> None:
    cells = {"Dimension 1": "Kustannuspaikka", "Item 1": "Myymälä A", "Dimension 2": "Projekti", "Item 2": ""}
    assert serious(csvimport.check("invoices", table({**HEADER, **LINE, **cells}))) == [("I-73", "error", "item_name", "N1")]


def test_a_column_named_as_a_dimension_of_the_settings() -> None:
    frame = table({**HEADER, **LINE, "Kustannuspaikka": "Myymälä A", "Projekti": "P-1"})
    assert [found[0] for found in serious(csvimport.check("invoices", frame))] == ["T-01", "T-01"]
    assert written(frame, settings={"dimension_order": ["Projekti", "Kustannuspaikka"]}) == [
        invoice(),
        row(),
        share("Kustannuspaikka", "Myymälä A"),
        share("Projekti", "P-1"),
    ]


def test_a_dimension_of_a_line_without_a_row_is_not_lost() -> None:
    """A dimension beside header cells only belongs to the whole invoice, or is told; it never vanishes or goes to another row."""
    frame = table({**HEADER, "Dimension: Kustannuspaikka": "Myymälä A"}, {"Invoice": "1", **LINE})
    result = csvimport.convert("invoices", frame)
    if result.report.ok:
        assert result.to_bytes() == upload(invoice(), share("Kustannuspaikka", "Myymälä A").replace(";R;", ";L;"), row()).getvalue()


def test_the_word_of_the_settings_is_written() -> None:
    frame = table({**HEADER, **LINE, "Dimension: Kustannuspaikka": "Myymälä A"})
    lines = written(frame, settings={"dimension_word": "DIMENSIO"})
    assert lines[2] == ";DIMENSIO;R;Kustannuspaikka;Myymälä A;100"
    assert serious(csvimport.check("invoices", upload(*lines), settings={"dimension_word": "DIMENSIO"})) == []


# --- numbers and dates of spreadsheets ---------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [dt.date(2026, 1, 15), pd.Timestamp(2026, 1, 15), "2026-01-15", "15.1.2026", "15.01.2026"])
def test_dates_as_they_are_kept(day: object) -> None:
    assert written(one(Invoice_date=day)) == [invoice(), row()]


def test_numbers_stay_numbers() -> None:
    frame = table({**HEADER, "Invoice": 1, "Channel": 6, **LINE, "Quantity": 0.1, "Unit price": 1234.5, "VAT %": 25.5, "Account": 3000})
    frame["Accounting by row"] = "t"
    assert written(frame) == [invoice(AC="t"), row(D="0,1", F="1234,5", N="3000")]


def test_binary_noise_does_not_get_into_the_file() -> None:
    assert written(one(Quantity=1, Unit_price=0.1 + 0.2)) == [invoice(), row(D="1", F="0,3")]


def test_a_workbook_with_real_dates_and_percentages(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(HEADER | LINE))
    sheet.append([7, "M", "9100001-3", "Esimerkki Oy", dt.datetime(2026, 1, 15), 6, "Työ", 2, 100, 0.255])
    sheet.append([7, None, None, None, None, None, "Matka", 1, 12.5, 0.135])
    for cell in (sheet["J2"], sheet["J3"]):
        cell.number_format = "0.0 %"
    book.save(tmp_path / "invoices.xlsx")
    result = csvimport.convert("invoices", tmp_path / "invoices.xlsx")
    assert serious(result.report) == []
    assert ("C-21", "note", "vat_percent", "J2") in notes(result.report)
    assert result.to_bytes() == upload(invoice(), row(F="100"), row(B="Matka", D="1", F="12,5", H="13,5")).getvalue()


@pytest.mark.parametrize(
    ("word", "figure", "severity"),
    [
        ("Yhteensä", "25,10", "error"),
        ("Yhteensä sis. alv", "25,10", "error"),
        ("Maksettavaa yhteensä", "25,10", "error"),
        ("Att betala", "25,10", "error"),
        ("ALV 25,5 %", "5,10", "error"),
        ("Yhteensä", "20", "note"),
        ("Yhteensä (alv 0 %)", "20", "note"),
        ("Summa exkl. moms", "20", "note"),
    ],
)
def test_a_sum_below_the_rows_is_never_invoiced_quietly(word: str, figure: str, severity: str) -> None:
    line = {**HEADER, "Tuote": "Työ", "Määrä": "1", "Hinta": "10", "ALV-%": "25,5"}
    total = {"Tuote": word, "Hinta": figure}
    report = csvimport.check("invoices", table(line, {**line, "Invoice": "2"}, total))
    assert [(i.severity, i.row) for i in report.issues if i.code == "T-15"] == [(severity, 3)]
    assert csvimport.check("invoices", table(line, {**line, "Tuote": "Urakka", "Hinta": figure})).ok


@pytest.mark.parametrize("heading", ["Osoite", "Asiakkaan osoite"])
def test_an_address_beside_its_postal_code_and_town_is_the_street(heading: str) -> None:
    address = {heading: "Mallikatu 1", "Postinumero": "00100", "Postitoimipaikka": "Helsinki"}
    assert written(table({**HEADER, **LINE, **address}), settings={"default_country": "FI"})[0] == invoice(
        P=r"Mallikatu 1\00100\Helsinki\FI"
    )
    whole = table({**HEADER, **LINE, **address, heading: r"\Mallikatu 1\00100\Helsinki"})
    assert ("I-27", "error") in {found[:2] for found in serious(csvimport.check("invoices", whole))}


# --- two sheets --------------------------------------------------------------------------------------------------------

HEADS = table(HEADER, {**PURCHASE, "Channel": ""})
ROWS = table({"Invoice": "88123", **LINE}, {"Invoice": "1", **LINE}, {"Invoice": "1", **MORE})


@pytest.mark.parametrize("names", [("Laskut", "Rivit"), ("Rivit", "Laskut")], ids=["invoices first", "rows first"])
def test_invoices_and_their_rows_on_two_sheets(tmp_path: Path, names: tuple[str, str]) -> None:
    sheets = {"Laskut": HEADS, "Rivit": ROWS}
    result = csvimport.convert("invoices", workbook(tmp_path / "two.xlsx", {name: sheets[name] for name in names}))
    assert serious(result.report) == []
    assert result.to_bytes() == upload(*TWO_ROWS, bill(), row()).getvalue()


def test_the_rows_belong_to_the_sheet_of_invoices_that_is_named(tmp_path: Path) -> None:
    """A third sheet that fits makes the user name one; the rows are read all the same."""
    sheets = {"Vanhat": table({**HEADER, **LINE}), "Laskut": HEADS, "Rivit": ROWS}
    path = workbook(tmp_path / "three.xlsx", sheets)
    with pytest.raises(csvimport.InputError, match="--sheet"):
        csvimport.check("invoices", path)
    lines = upload(*TWO_ROWS, bill(), row()).getvalue()
    assert csvimport.convert("invoices", path, sheet="Laskut").to_bytes() == lines
    assert csvimport.check("invoices", path, sheet="Vanhat").records == {"invoice": 1, "row": 1, "dimension": 0}
    (tmp_path / "map.toml").write_text('file = "invoices"\nsheet = "Laskut"\n[columns]\nInvoice = "invoice"\n', encoding="utf-8")
    assert csvimport.convert("invoices", path, mapping=tmp_path / "map.toml").to_bytes() == lines


def test_rows_that_could_stand_on_two_sheets_are_not_chosen(tmp_path: Path) -> None:
    path = workbook(tmp_path / "three.xlsx", {"Laskut": HEADS, "Rivit": ROWS, "Rivit 2": ROWS})
    with pytest.raises(csvimport.InputError, match="“Rivit”, “Rivit 2”"):
        csvimport.check("invoices", path, sheet="Laskut")


def test_dimensions_stand_on_the_sheet_of_rows(tmp_path: Path) -> None:
    rows = ROWS.assign(**{"Dimension: Projekti": ["P-1", "", "P-2 50 %; P-3 50 %"]})
    result = csvimport.convert("invoices", workbook(tmp_path / "two.xlsx", {"Laskut": HEADS, "Rivit": rows}))
    assert serious(result.report) == []
    assert (
        result.to_bytes()
        == upload(
            *TWO_ROWS, share("Projekti", "P-2", "50"), share("Projekti", "P-3", "50"), bill(), row(), share("Projekti", "P-1")
        ).getvalue()
    )


def test_a_row_of_an_unknown_invoice_is_told_at_its_sheet(tmp_path: Path) -> None:
    rows = pd.concat([ROWS, table({"Invoice": "2", **LINE})])
    report = csvimport.check("invoices", workbook(tmp_path / "two.xlsx", {"Laskut": HEADS, "Rivit": rows}))
    assert serious(report) == [("T-10", "error", None, "A5")]
    issue = next(issue for issue in report.issues if issue.code == "T-10")
    assert (issue.sheet, issue.value) == ("Rivit", "2")


def test_a_row_without_a_number_belongs_to_the_invoice_of_the_row_above(tmp_path: Path) -> None:
    rows = table({"Invoice": "88123", **LINE}, {"Invoice": "1", **LINE}, {"Invoice": "", **MORE})
    result = csvimport.convert("invoices", workbook(tmp_path / "two.xlsx", {"Laskut": HEADS, "Rivit": rows}))
    assert result.to_bytes() == upload(*TWO_ROWS, bill(), row()).getvalue()
    repeated = table(*({"Invoice": key, **LINE} for key in ("88123", "88123", "1", "")))  # then it is missing
    report = csvimport.check("invoices", workbook(tmp_path / "lost.xlsx", {"Laskut": HEADS, "Rivit": repeated}))
    assert serious(report) == [("T-10", "error", None, "A5")]
    for first, told in (("", ["A2"]), ("2", ["A2"])):  # without a row above, or below one of an unknown invoice, which is told once
        rows = table({"Invoice": first, **LINE}, {"Invoice": "", **MORE} if first else {"Invoice": "1", **LINE}, {"Invoice": "1", **LINE})
        report = csvimport.check("invoices", workbook(tmp_path / "lost.xlsx", {"Laskut": HEADS, "Rivit": rows}))
        assert [found[3] for found in serious(report) if found[0] == "T-10"] == told


def test_findings_name_the_sheet_they_are_on(tmp_path: Path) -> None:
    heads, rows = HEADS.assign(Channel=["9", ""]), ROWS.assign(**{"VAT %": ["25,5", "15", "25,5"]})
    report = csvimport.check("invoices", workbook(tmp_path / "two.xlsx", {"Laskut": heads, "Rivit": rows}))
    found = {(issue.code, issue.sheet, issue.row, issue.column) for issue in report.issues if issue.severity == "error"}
    assert found == {("I-31", "Laskut", 2, "F"), ("I-65", "Rivit", 3, "E")}


def test_headings_without_a_field_are_told_at_their_sheet(tmp_path: Path) -> None:
    report = csvimport.check("invoices", workbook(tmp_path / "two.xlsx", {"Laskut": HEADS, "Rivit": ROWS.assign(Kengännumero="42")}))
    issue = next(issue for issue in report.issues if issue.code == "T-01")
    assert (issue.sheet, issue.row, issue.column) == ("Rivit", 1, "F")


def test_an_invoice_without_rows_on_the_second_sheet(tmp_path: Path) -> None:
    heads = pd.concat([HEADS, table({**PURCHASE, "Invoice": "88124", "Channel": ""})])
    report = csvimport.check("invoices", workbook(tmp_path / "two.xlsx", {"Laskut": heads, "Rivit": ROWS}))
    assert {found[0] for found in serious(report)} >= {"I-08", "I-53", "I-54"}


def test_an_invoice_twice_on_the_first_sheet_is_one_invoice_or_told(tmp_path: Path) -> None:
    heads = pd.concat([HEADS, table({**HEADER, "Invoice date": "16.01.2026"})])
    report = csvimport.check("invoices", workbook(tmp_path / "two.xlsx", {"Laskut": heads, "Rivit": ROWS}))
    assert serious(report) == [("T-08", "error", "invoice_date", "E4")]


def test_invoices_without_a_number_above_others_take_no_rows_of_the_other_sheet(tmp_path: Path) -> None:
    """Each is an invoice of its own, and nothing tells which rows are theirs."""
    heads = pd.concat([HEADS.iloc[:1].assign(Invoice=""), HEADS.iloc[:1].assign(Invoice=""), HEADS.iloc[1:]])
    report = csvimport.check("invoices", workbook(tmp_path / "two.xlsx", {"Laskut": heads, "Rivit": ROWS}))
    assert report.counts.records["invoice"] == 3
    assert ("T-10", "error") in {found[:2] for found in serious(report)}


@pytest.mark.parametrize("which", ["Laskut", "Rivit"])
def test_two_sheets_without_the_key_are_told(tmp_path: Path, which: str) -> None:
    sheets = {"Laskut": HEADS, "Rivit": ROWS}
    sheets[which] = sheets[which].drop(columns="Invoice")
    report = csvimport.check("invoices", workbook(tmp_path / "two.xlsx", sheets))
    assert [found[:2] for found in serious(report)] == [("T-09", "error")]


def test_two_suppliers_may_have_used_the_same_number() -> None:
    other = {"Business ID": "9100004-8", "Name": "Toinen Oy"}
    frame = table(
        {**PURCHASE, "Laskunumero": "88123", "Lasku": "1", **LINE}, {**PURCHASE, **other, "Laskunumero": "88123", "Lasku": "2", **LINE}
    )
    frame = frame.drop(columns="Invoice")
    assert written(frame) == [bill(), row(), bill(E="9100004-8", G="Toinen Oy"), row()]


# --- what comes out ----------------------------------------------------------------------------------------------------


def test_each_record_stands_below_the_one_it_belongs_to() -> None:
    cells = {"Dimension: Kustannuspaikka": "A 60 %; B 40 %", "Dimension: Projekti": "P"}
    frame = table({**HEADER, **LINE, **cells}, {**PURCHASE, **LINE}, {"Invoice": "1", **MORE, **cells})
    kinds = [line.split(";")[0] or line.split(";")[1] for line in written(frame)]
    assert kinds == ["M", "Työ", *["DIMENSION"] * 3, "Matka", *["DIMENSION"] * 3, "O", "Työ"]


def test_what_comes_out_goes_in_again_unchanged() -> None:
    cells = {"Dimension: Kustannuspaikka": "Myymälä A 60 %; Myymälä B 40 %"}
    first = csvimport.convert("invoices", table({**HEADER, **LINE, **cells}, {**PURCHASE, **LINE})).to_bytes()
    again = csvimport.convert("invoices", io.BytesIO(first))
    assert serious(again.report) == []
    assert again.to_bytes() == first


def test_records_are_counted() -> None:
    frame = table({**HEADER, **LINE, "Dimension: Projekti": "P"}, {**PURCHASE, **LINE}, {"Invoice": "1", **MORE})
    counts = csvimport.check("invoices", frame).counts
    assert (counts.rows, dict(counts.records)) == (3, {"invoice": 2, "row": 3, "dimension": 1})


# --- fields without a column -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("Name", ("I-15", "warning", "partner_name", None)),
        ("Description", ("I-59", "warning", "product_description", None)),
        ("Unit price", ("I-63", "warning", "unit_price", None)),
        ("VAT %", ("I-66", "warning", "vat_percent", None)),
    ],
)
def test_a_missing_column_is_one_finding_for_the_file(heading: str, found: object) -> None:
    frame = table({**HEADER, **LINE}, {**HEADER, "Invoice": "2", **LINE}, {"Invoice": "1", **MORE}).drop(columns=heading)
    assert serious(csvimport.check("invoices", frame)) == [found]


def test_totals_that_no_invoice_without_rows_has_are_one_finding_each() -> None:
    frame = table(HEADER, {**HEADER, "Invoice": "2"})
    errors = [found for found in serious(csvimport.check("invoices", frame)) if found[1] == "error"]
    assert sorted(errors, key=str) == [("I-53", "error", "invoice_total", None), ("I-54", "error", "vat_percent", None)]


# --- rows of sums, and headings that begin further to the right -------------------------------------------------------

HEADINGS = "Laskutyyppi;Laskunumero;Laskun pvm;Laskutuskanava;Asiakas;Y-tunnus;Tuote;Määrä;Hinta;ALV-%"
OF_INVOICE = "M;1;15.01.2026;6;Esimerkki Oy;9100001-3;"


def test_a_sum_in_the_column_of_products_is_no_row_of_the_invoice() -> None:
    source = upload(HEADINGS, f"{OF_INVOICE}Työ;1;100,00;25,5", f"{OF_INVOICE}Matka;1;50,00;25,5", ";;;;;;Yhteensä;;150,00;")
    result = csvimport.convert("invoices", source)
    assert [line.split(";")[1] for line in result.to_bytes().decode("cp1252").splitlines()[1:]] == ["Työ", "Matka"]
    assert ("T-15", "note", None, "4") in notes(result.report)


def test_a_sum_with_all_that_a_row_needs_is_read_and_told() -> None:
    source = upload(HEADINGS, f"{OF_INVOICE}Työ;1;100,00;25,5", ";;;;;;Yhteensä;;100,00;25,5")
    report = csvimport.check("invoices", source)
    assert [issue.row for issue in report.issues if issue.code == "T-15" and issue.severity == "warning"] == [3]
    assert report.records["row"] == 2


@pytest.mark.parametrize("title", ["LASKU", "Laskut;;;;", "Asiakas"])
def test_the_title_of_a_table_may_be_a_heading(title: str) -> None:
    source = upload(title, "", HEADINGS, f"{OF_INVOICE}Työ;1;100,00;25,5")
    result = csvimport.convert("invoices", source)
    assert result.report.ok and result.report.records["row"] == 1


@pytest.mark.parametrize("first", ["", "1"])
def test_a_table_may_begin_with_a_column_without_a_heading(first: str) -> None:
    source = upload(f";{HEADINGS}", f"{first};{OF_INVOICE}Työ;1;100,00;25,5")
    result = csvimport.convert("invoices", source)
    assert [found[:2] for found in serious(result.report)] == [("T-01", "warning")] * bool(first)
    assert result.to_bytes().decode("cp1252").splitlines() == [invoice(), row(D="1")]
