"""Mappings: every key does what it says, findings lead back to the input, and a draft can be used as it is."""

import datetime as dt
import io
import re
import tomllib
from pathlib import Path
from unicodedata import normalize

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner
from conftest import findings
from helpers import one, problems, said, source, table
from hypothesis import example, given, settings
from hypothesis import strategies as st

import csvimport
from csvimport.cli import cli
from csvimport.mapping import load as mapping_of
from csvimport.messages import phrase
from csvimport.schema import load, names
from csvimport.settings import LANGUAGES

SAMPLES = Path(__file__).parent.parent / "samples"
quick = settings(max_examples=12, deadline=None)

# Products under headings that csvimport does not know.
ODD = ("Laji", "Tavara", "Tunniste", "Mitta", "Ovh", "Vero")
KEYS = ("product_type", "product_name", "product_code", "unit", "unit_price", "vat_percent")
COLUMNS = dict(zip(ODD, KEYS, strict=True))
COFFEE = ("S", "Kahvi", "K-1", "kpl", "4,50", "13,5")
TEA = ("S", "Tee", "T-1", "kpl", "3,20", "13,5")
NO_PRICE = ("S", "Muki", "M-1", "kpl", "halpa", "25,5")

MONTHS = [title["fi"] for title in load("budgets").main.table_titles.values()]

# One invoice a line, under headings that csvimport does not know.
BILL_KEYS = {
    "Nro": "invoice_key",
    "Laji": "invoice_type",
    "Ostaja": "partner_name",
    "Yt": "business_id",
    "Pv": "invoice_date",
    "Kanava": "invoice_channel",
    "Teksti": "product_description",
    "Kpl": "quantity",
    "Ovh": "unit_price",
    "Vero": "vat_percent",
}
BILL = dict(zip(BILL_KEYS, ("1", "M", "Esimerkki Oy", "9100001-3", "15.01.2026", "6", "Työ", "1", "100,00", "25,5"), strict=True))


def product(**cells):
    """A row of the product table: that of COFFEE, others by their odd headings."""
    return tuple(dict(zip(ODD, COFFEE, strict=True), **cells).values())


def bills(*changes):
    """A table of invoices: that of BILL on each line, with other cells and columns by their headings."""
    lines = [{**BILL, "Nro": str(number), **change} for number, change in enumerate(changes, 1)]
    headings = list(dict.fromkeys(heading for line in lines for heading in line))
    return [headings, *([line.get(heading, "") for heading in headings] for line in lines)]


def as_csv(rows):
    return source(table(rows).encode(), "input.csv")


def as_xlsx(rows, title="Taul", merged=()):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append([None if cell == "" else cell for cell in row])
    for cells in merged:
        book.active.merge_cells(cells)
    stream = io.BytesIO()
    book.save(stream)
    return source(stream.getvalue(), "input.xlsx")


def as_frame(rows):
    return pd.DataFrame([list(row) for row in rows[1:]], columns=list(rows[0]), dtype=object)


INPUTS = pytest.mark.parametrize("made", [as_csv, as_xlsx, as_frame])


def given_rows(rows):
    """Rows as a CSV file; what is no list of rows as it is."""
    return as_csv(rows) if isinstance(rows, list) else rows


def check(rows, mapping, file="products", **options):
    return csvimport.check(file, given_rows(rows), mapping=mapping, **options)


def converted(rows, mapping, file="products", **options):
    return csvimport.convert(file, given_rows(rows), mapping=mapping, **options)


def lines(rows, mapping, file="products", **options):
    """The lines that come out, of a conversion that finds nothing wrong."""
    result = converted(rows, mapping, file, **options)
    assert problems(result.report, but={"I-27"}) == []
    return result.to_bytes().decode("cp1252").split("\r\n")[:-1]


def column(rows, place, mapping, file="products", every=1, **options):
    """One column of what comes out, counted from 0, of every second line where an invoice takes two."""
    return [line.split(";")[place] for line in lines(rows, mapping, file, **options)[::every]]


def also(**tables):
    """The mapping of the product columns and more."""
    return {"columns": COLUMNS, **tables}


def billed(**tables):
    """The mapping of the invoice columns and more."""
    return {"columns": BILL_KEYS, **tables}


TYPE, NAME, CODE, UNIT, PRICE, VAT, CURRENCY = 0, 1, 2, 3, 5, 6, 8
PARTNER, ADDRESS, DATE = 6, 15, 12


# --- columns -------------------------------------------------------------------------------------------------------


@INPUTS
def test_columns_lead_headings_to_fields(made):
    assert lines(made([ODD, COFFEE, TEA]), also()) == ["S;Kahvi;K-1;kpl;;4,50;13,5;;;;;;;", "S;Tee;T-1;kpl;;3,20;13,5;;;;;;;"]


@pytest.mark.parametrize(
    "name",
    ["product_name", "Product name", "Tuotteen nimi", "PRODUCT NAME", "product product_name"],
    ids=lambda name: name.replace(" ", "-"),
)
def test_a_field_may_be_named_by_any_heading_that_is_known(name):
    assert column([ODD, COFFEE], NAME, {"columns": {**COLUMNS, "Tavara": name}}) == ["Kahvi"]


@pytest.mark.parametrize("heading", ["tavara", "TAVARA", " Tavara ", "Ta\u00advara"[:2] + "vara"])
def test_letter_case_and_blanks_around_a_heading_do_not_count(heading):
    assert column([("Laji", heading, *ODD[2:]), COFFEE], NAME, also()) == ["Kahvi"]


def test_a_heading_of_several_words_may_be_broken_into_lines():
    mapping = {"columns": {**COLUMNS, "Myytävä tavara": "product_name"}}
    del mapping["columns"]["Tavara"]
    assert column(as_xlsx([("Laji", "Myytävä\n tavara", *ODD[2:]), COFFEE]), NAME, mapping) == ["Kahvi"]


@INPUTS
def test_a_column_led_to_nothing_is_left_out_without_a_word(made):
    rows = [(*ODD, "Hylly"), (*COFFEE, "A7"), (*TEA, "")]
    assert said(check(made(rows), {"columns": {**COLUMNS, "Hylly": ""}})) == []
    assert lines(made(rows), {"columns": {**COLUMNS, "Hylly": ""}}) == lines([ODD, COFFEE, TEA], also())


@pytest.mark.parametrize("file", names())
def test_a_column_led_to_nothing_is_nothing_in_any_file(file):
    """Other columns stand beside it, so that a row is not empty without it."""
    schema = load(file)
    keys = [f.key for f in schema.leading.fields if f.kind not in ("constant", "unused")][:3]
    rows = [(*keys, "Turha", "Turha 2"), ("1", "2", "3", "x", "25")]
    with_it = check(as_frame(rows), {"columns": {"Turha": "", "Turha 2": ""}}, file)
    assert findings(with_it) == findings(check(as_frame([row[:3] for row in rows]), None, file))


def test_a_known_heading_led_to_nothing_is_left_out_too():
    rows = [(*ODD, "Currency"), (*COFFEE, "SEK")]
    assert column(rows, CURRENCY, also()) == ["SEK"]
    assert column(rows, CURRENCY, {"columns": {**COLUMNS, "Currency": ""}}) == [""]


def test_a_column_that_the_mapping_does_not_name_is_told_as_ever():
    assert said(check([(*ODD, "Hylly"), (*COFFEE, "A7")], also())) == [("T-01", "warning", 1, "G")]


def test_a_heading_that_is_known_needs_no_line_in_the_mapping():
    rows = [("Product type", "Tavara", "Product code", "Unit", "Unit price", "VAT-%"), COFFEE]
    assert column(rows, NAME, {"columns": {"Tavara": "product_name"}}) == ["Kahvi"]


def test_the_mapping_decides_against_a_known_heading():
    rows = [("Laji", "Product code", "Product name", "Mitta", "Ovh", "Vero"), COFFEE]
    crossed = {**COLUMNS, "Product code": "product_name", "Product name": "product_code"}
    mapping = {"columns": {heading: crossed[heading] for heading in rows[0]}}
    assert lines(rows, mapping) == ["S;Kahvi;K-1;kpl;;4,50;13,5;;;;;;;"]


@INPUTS
def test_two_columns_led_to_one_field_are_an_error_that_names_both_as_they_are_headed(made):
    report = check(made([(*ODD, "Lisä"), (*COFFEE, "x")]), {"columns": {**COLUMNS, "Lisä": "product_name"}})
    issue = one(report, "T-02")
    assert (issue.severity, issue.column, issue.value) == ("error", "G", "Lisä")
    assert "“Tavara”" in issue.message
    assert "“Lisä”" in issue.message


def test_nothing_is_cut_to_the_right_of_the_headings_whatever_the_mapping_adds():
    """A delimiter inside a text pushes cells beyond the last heading: an error, with every kind of mapping."""
    rows = [ODD, (*COFFEE, "säästä")]
    for mapping in (
        also(),
        also(constants={"currency": "EUR"}),
        {
            "columns": {k: v for k, v in COLUMNS.items() if k != "Tavara"},
            "join": [{"field": "product_name", "columns": ["Tavara", "Mitta"]}],
        },
        also(split=[{"column": "Tunniste", "fields": ["product_code", ""]}]),
    ):
        report = check(rows, mapping)
        assert ("C-12", "error", None, "G2") in findings(report), mapping


# --- columns by their letters ---------------------------------------------------------------------------------------

TWICE = [("Laji", "Nimi", "Nimi", "", "Ovh", "Vero"), ("S", "Kahvi", "K-1", "kpl", "4,50", "13,5")]
LETTERS = {"Laji": "product_type", "column B": "product_name", "column C": "product_code", "column D": "unit"}


@pytest.mark.parametrize("made", [as_csv, as_xlsx])
def test_columns_with_the_same_heading_or_none_are_named_by_their_letters(made):
    mapping = {"columns": {**LETTERS, "Ovh": "unit_price", "Vero": "vat_percent"}}
    assert lines(made(TWICE), mapping) == ["S;Kahvi;K-1;kpl;;4,50;13,5;;;;;;;"]
    one_left_out = {**mapping["columns"], "Nimi": "product_name", "column C": ""}
    del one_left_out["column B"]
    assert converted(made(TWICE), {"columns": one_left_out}).to_bytes() == b"S;Kahvi;;kpl;;4,50;13,5;;;;;;;\r\n"


def test_a_letter_can_be_joined_split_and_filtered_by():
    mapping = {
        "columns": {"Laji": "product_type", "Ovh": "unit_price", "Vero": "vat_percent"},
        "join": [{"field": "product_name", "columns": ["column B", "Column c"]}],
        "rows": [{"column": "column D", "keep": ["KPL"]}],
    }
    rows = [*TWICE, ("S", "Tee", "T-1", "h", "4,50", "13,5")]
    assert ("T-14", "note", None, None) in said(check(rows, mapping))
    assert converted(rows, mapping).to_bytes() == b"S;Kahvi K-1;;;;4,50;13,5;;;;;;;\r\n"


def test_a_heading_goes_before_a_letter():
    rows = [("Laji", "Hylly", "Column B", "Mitta", "Ovh", "Vero"), ("S", "x", "Kahvi", "kpl", "4,50", "13,5")]
    mapping = {"columns": {**COLUMNS, "Hylly": "", "column B": "product_name"}}
    for heading in ("Tavara", "Tunniste"):
        del mapping["columns"][heading]
    assert converted(rows, mapping).to_bytes().decode("cp1252").split(";")[1] == "Kahvi"


def test_a_heading_and_a_letter_do_not_name_two_fields_for_one_column():
    rows = [("Laji", "Tavara", "Ovh", "Vero"), ("S", "Kahvi", "4,50", "13,5")]
    others = {"Laji": "product_type", "Ovh": "unit_price", "Vero": "vat_percent"}
    twice = {"columns": {**others, "Tavara": "product_name", "Column B": "product_code"}}
    with pytest.raises(csvimport.InputError, match="“Tavara” and “column B” are one column"):
        check(rows, twice)
    assert check(rows, {"columns": {**twice["columns"], "Column B": "product_name"}}).ok
    both = {"columns": others, "join": [{"field": f, "columns": ["Tavara"]} for f in ("product_name", "product_code")]}
    assert lines(rows, both) == ["S;Kahvi;Kahvi;;;4,50;13,5;;;;;;;"]


def test_a_letter_beyond_the_last_column_is_a_column_that_is_missing():
    assert one(check([ODD, COFFEE], also(rows=[{"column": "column K", "keep": ["x"]}])), "T-13").value == "column K"


def test_a_heading_that_several_columns_have_is_not_guessed_in_a_join():
    with pytest.raises(csvimport.InputError, match=r"B, C.*“column B”"):
        check(TWICE, {"columns": {"Laji": "product_type"}, "join": [{"field": "product_name", "columns": ["Nimi", "Laji"]}]})


def test_a_letter_of_two_sheets_names_its_sheet():
    mapping = {"columns": {"column B of Rivit": "product_description"}, "constants": {"invoice_type": "M"}}
    sheets = {**TWO, "Rivit": [("Lasku", "", *TWO["Rivit"][0][2:]), *TWO["Rivit"][1:]]}
    assert written_rows(book_of(sheets), mapping) == written_rows(book_of(TWO), {"constants": {"invoice_type": "M"}})
    with pytest.raises(csvimport.InputError, match="“column B of Laskut”, “column B of Rivit”"):
        check(book_of(sheets), {"columns": {"column B": ""}}, "invoices", sheet=None)


# --- two sheets ----------------------------------------------------------------------------------------------------

TWO = {
    "Laskut": [
        ("Lasku", "Asiakas", "Laskun pvm", "Katuosoite", "Postinumero", "Postitoimipaikka", "Asiakasnro"),
        ("A-1", "A Oy", "01.03.2026", "K 1", "00100", "Helsinki", "100"),
        ("A-2", "B Oy", "01.03.2026", "K 2", "00100", "Helsinki", "101"),
    ],
    "Rivit": [
        ("Lasku", "Tuote", "Määrä", "Hinta", "Alv"),
        ("A-1", "Työ", 2, 12.5, 25.5),
        ("A-1", "Matka", 1, 10, 25.5),
        ("A-2", "Työ", 3, 100.5, 25.5),
    ],
}


def written_rows(rows, mapping):
    """The rows of the invoices that come out."""
    result = converted(rows, mapping, "invoices")
    assert result.report.ok, said(result.report)
    return [line.split(";")[:10] for line in result.to_bytes().decode("cp1252").split("\r\n") if line.startswith(";")]


@pytest.mark.no_cover
@pytest.mark.parametrize("more", [{}, {"Ohje": [("Tämä on ohje",)]}], ids=["two", "three"])
@pytest.mark.parametrize(
    "added",
    [
        {},
        {"defaults": {"unit": "kpl"}},
        {"constants": {"account": "3000"}},
        {"constants": {"vat_percent": "25,5"}},
        {"defaults": {"Maa": "FI"}},
    ],
    ids=str,
)
def test_two_sheets_are_read_whatever_the_mapping_adds(added, more):
    constants = {"invoice_type": "M", **added.get("constants", {})}
    draft = tomllib.loads(csvimport.draft_mapping("invoices", book_of(TWO)))
    mapping = {**draft, **added, "constants": constants}
    rows = written_rows(book_of({**TWO, **more}), mapping)
    assert [row[1] for row in rows] == ["Työ", "Matka", "Työ"]
    assert {row[4] for row in rows} == ({"kpl"} if "unit" in added.get("defaults", {}) else {""})


def test_columns_that_another_sheet_has_are_not_said_to_be_missing():
    """Neither sheet has all that the mapping names, and they are not two that belong together."""
    sheets = {"Tuotteet": [ODD[:4], COFFEE[:4]], "Hinnat": [ODD[2:], COFFEE[2:]]}
    with pytest.raises(csvimport.InputError, match="“Tuotteet”, “Hinnat”"):
        check(book_of(sheets), also())


# --- constants and defaults ----------------------------------------------------------------------------------------


@INPUTS
def test_a_constant_stands_in_every_row(made):
    assert column(made([ODD, COFFEE, TEA]), CURRENCY, also(constants={"currency": "SEK"})) == ["SEK", "SEK"]


def test_a_constant_takes_the_place_of_a_column():
    assert column([ODD, COFFEE, TEA], UNIT, also(constants={"unit": "h"})) == ["h", "h"]
    assert column([ODD, COFFEE, TEA], UNIT, also(constants={"unit": ""})) == ["", ""]


def test_a_constant_may_be_a_part_of_an_address():
    mapping = billed(constants={"Katuosoite": "Tie 1", "Postinumero": "00100", "Postitoimipaikka": "Helsinki", "Maa": "FI"})
    assert column(bills({}), ADDRESS, mapping, "invoices", every=2) == [r"Tie 1\00100\Helsinki\FI"]


def test_a_wrong_constant_is_told_and_stands_in_no_column():
    report = check([ODD, COFFEE], also(constants={"unit_price": "-1"}))
    assert problems(report) == [("PR-10", "error", 2, None)]


@INPUTS
def test_a_default_stands_where_a_cell_is_empty(made):
    rows = [ODD, product(Mitta=""), product(Mitta=" ", Tunniste="K-2"), product(Mitta="h", Tunniste="K-3")]
    assert column(made(rows), UNIT, also(defaults={"unit": "kpl"})) == ["kpl", "kpl", "h"]


def test_a_default_without_a_column_stands_in_every_row():
    assert column([ODD, COFFEE, TEA], CURRENCY, also(defaults={"currency": "SEK"})) == ["SEK", "SEK"]


def test_a_default_stands_in_the_cells_that_a_translation_has_emptied():
    mapping = also(values={"unit": {"-": ""}}, defaults={"unit": "h"})
    assert column([ODD, product(Mitta="-"), product(Tunniste="K-2")], UNIT, mapping) == ["h", "kpl"]


# --- values --------------------------------------------------------------------------------------------------------


@INPUTS
def test_values_are_translated(made):
    rows = [ODD, product(Laji="Myynti"), product(Laji=" Osto", Tunniste="K-2"), product(Laji="S", Tunniste="K-3")]
    assert column(made(rows), TYPE, also(values={"product_type": {"Myynti": "S", "Osto ": "B"}})) == ["S", "B", "S"]


def test_a_value_may_be_translated_to_nothing_and_nothing_to_a_value():
    rows = [ODD, product(Mitta="-"), product(Mitta="", Tunniste="K-2"), product(Mitta="h", Tunniste="K-3")]
    assert column(rows, UNIT, also(values={"unit": {"-": ""}})) == ["", "", "h"]
    assert column(rows, UNIT, also(values={"unit": {"": "kpl", "-": ""}})) == ["", "kpl", "h"]


def test_a_value_that_is_not_translated_stays_as_it_is():
    report = check([ODD, product(Laji="Muu")], also(values={"product_type": {"Myynti": "S"}}))
    assert [(i.code, i.column, i.row, i.value) for i in report.issues if i.severity == "error"] == [("PR-01", "A", 2, "Muu")]


@INPUTS
def test_values_are_translated_without_regard_to_letter_case_unless_one_is_written_exactly_so(made):
    rows = [ODD, product(Mitta="TUNTI"), product(Mitta="Tunti ", Tunniste="K-2"), product(Mitta="tunti", Tunniste="K-3")]
    assert column(made(rows), UNIT, also(values={"unit": {"tunti": "h"}})) == ["h", "h", "h"]
    assert column(made(rows), UNIT, also(values={"unit": {"tunti": "h", "Tunti": "kpl"}})) == ["kpl", "kpl", "h"]


def test_a_value_that_no_cell_holds_is_told_once_with_its_line_and_the_nearest_one(tmp_path):
    text = "[columns]\n" + "".join(f"{heading} = {key!r}\n" for heading, key in COLUMNS.items())
    path = written_mapping(tmp_path, text + '[values.unit]\n"Tunnit" = "h"\n"kpl" = "kpl"\n')
    report = check([ODD, product(Mitta="tunti"), product(Mitta="tunti", Tunniste="K-2"), product(Tunniste="K-3")], path)
    issue = one(report, "T-16")
    assert (issue.severity, issue.row, issue.column, issue.value, issue.suggestion) == ("warning", None, None, "Tunnit", "tunti")
    assert place(path, 9) in issue.message
    assert "“tunti”" in issue.hint


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_umlauts_may_be_written_in_two_parts(form):
    """As file systems and programs of Apple do."""
    columns = {normalize("NFD", heading.replace("Mitta", "Määre")): key for heading, key in COLUMNS.items()}
    rows = [[normalize(form, cell) for cell in row] for row in ([h.replace("Mitta", "Määre") for h in ODD], product(Mitta="päivä"))]
    assert column(rows, UNIT, also(columns=columns, values={"unit": {normalize("NFD", "päivä"): "pv"}})) == ["pv"]


def test_a_value_that_merely_does_not_occur_this_time_is_a_note():
    rows = [ODD, product(Mitta="tunti")]
    issue = one(check(rows, also(values={"unit": {"tunti": "h", "laatikko": "kpl"}})), "T-16")
    assert (issue.severity, issue.value, issue.suggestion) == ("note", "laatikko", None)
    assert {i.code for i in check(rows, also(values={"unit": {"TUNTI": "h"}})).issues} & {"T-16"} == set()


def test_numbers_and_truth_values_of_a_workbook_are_translated_as_they_are_shown():
    rows = [ODD, ("x", "Kahvi", "K-1", "kpl", 4.5, 2), (True, "Tee", "T-1", "kpl", 3.2, 3)]
    mapping = also(values={"product_type": {"x": "S", "true": "B"}, "vat_percent": {"2": "13,5", "3": "25,5"}})
    assert [line.split(";")[:7:6] for line in lines(as_xlsx(rows), mapping)] == [["S", "13,5"], ["B", "25,5"]]


# --- dates ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "text", "written"),
    [
        ("mm/dd/yyyy", "01/31/2026", "31.01.2026"),
        ("mm/dd/yyyy", "1/5/2026", "05.01.2026"),
        ("mm/dd/yyyy", " 01/02/2026 ", "02.01.2026"),
        ("dd/mm/yyyy", "01/02/2026", "01.02.2026"),
        ("d.m.yy", "5.1.26", "05.01.2026"),
        ("d.m.yy", "15.12.26", "15.12.2026"),
        ("yyyymmdd", "20260131", "31.01.2026"),
        ("dd-mm-yyyy", "05-01-2026", "05.01.2026"),
        ("yyyy/m/d", "2026/1/5", "05.01.2026"),
        ("mm.dd.yyyy", "01.02.2026", "02.01.2026"),
        ("d. m. yyyy", "5. 1. 2026", "05.01.2026"),
        ("yyyy-mm-ddThh:mm:ss", "2026-03-01T10:22:11", "01.03.2026"),
        ("yyyy-mm-ddThh:mm:ss", "2026-03-01T10:22:11.250+02:00", "01.03.2026"),
        ("yyyy-mm-dd hh:mm", "2026-03-01 10:22:11", "01.03.2026"),
        ("mm/dd/yyyy h:mm", "3/1/2026 1:22 PM", "01.03.2026"),
        ("d.m.yyyy hh.mm", "1.3.2026 10.22", "01.03.2026"),
    ],
)
def test_dates_are_read_in_the_form_of_the_mapping(form, text, written):
    assert column(bills({"Pv": text}), DATE, billed(dates={"invoice_date": form}), "invoices", every=2) == [written]


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("mm/dd/yyyy", "31/01/2026"),
        ("mm/dd/yyyy", "02/30/2026"),
        ("mm/dd/yyyy", "1-31-2026"),
        ("mm/dd/yyyy", "01/31/26"),
        ("d.m.yy", "31/1/26"),
        ("d.m.yy", "1.31.26"),
        ("yyyymmdd", "20261301"),
        ("yyyymmdd", "tammikuu"),
        ("yyyy-mm-dd", "2026-03-01T10:22:11"),
        ("yyyy-mm-ddThh:mm:ss", "2026-03-01T"),
    ],
)
@INPUTS
def test_a_date_of_another_form_stays_and_is_an_error_at_its_cell(made, form, text):
    report = check(made(bills({"Pv": text})), billed(dates={"invoice_date": form}), "invoices")
    issue = one(report, "I-23")
    assert (issue.severity, issue.column, issue.value) == ("error", "E", text)
    assert issue.row == (1 if made is as_frame else 2)


def test_only_the_fields_that_are_named_get_the_form():
    report = check(bills({"Pv": "1/2/2026", "Eräpäivä": "1/3/2026"}), billed(dates={"invoice_date": "m/d/yyyy"}), "invoices")
    assert [(issue.column, issue.value) for issue in report.issues if issue.severity == "error"] == [("K", "1/3/2026")]


def test_dates_that_a_workbook_holds_as_dates_need_no_form():
    rows = bills({"Pv": dt.date(2026, 2, 1)}, {"Pv": "03/31/2026"}, {"Pv": 20260131})
    mapping = billed(dates={"invoice_date": "mm/dd/yyyy"})
    assert column(as_xlsx(rows[:3]), DATE, mapping, "invoices", every=2) == ["01.02.2026", "31.03.2026"]
    assert problems(check(as_xlsx(rows), mapping, "invoices")) == [("I-23", "error", 4, "E")]


def test_the_time_of_a_date_that_a_workbook_holds_is_dropped_where_the_form_has_one():
    rows = bills({"Pv": dt.datetime(2026, 2, 1, 10, 22)}, {"Pv": dt.date(2026, 2, 2)})
    mapping = billed(dates={"invoice_date": "d.m.yyyy hh:mm"})
    assert column(as_xlsx(rows), DATE, mapping, "invoices", every=2) == ["01.02.2026", "02.02.2026"]
    assert problems(check(as_xlsx(rows), billed(dates={"invoice_date": "d.m.yyyy"}), "invoices")) == [("I-23", "error", 2, "E")]


def test_dates_that_a_workbook_holds_as_numbers_are_read_in_their_form():
    mapping = billed(dates={"invoice_date": "yyyymmdd"})
    assert column(as_xlsx(bills({"Pv": 20260131})), DATE, mapping, "invoices", every=2) == ["31.01.2026"]


# --- numbers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mark", "text", "written"),
    [
        (",", "1.250", "1250"),
        (".", "1.250", "1,250"),
        (",", "1,250", "1,250"),
        (".", "1,250", "1250"),
        (",", "1.250,50", "1250,50"),
        (".", "1,250.50", "1250,50"),
        (",", "1 250,5", "1250,5"),
        (".", "1 250.5 €", "1250,5"),
    ],
)
def test_the_decimal_mark_settles_what_a_number_means(mark, text, written):
    assert column([ODD, product(Ovh=text)], PRICE, also(decimal_marks={"unit_price": mark})) == [written]


def test_without_a_decimal_mark_such_a_number_is_not_guessed():
    assert problems(check([ODD, product(Ovh="1.250")], also())) == [("C-22", "error", 2, "E")]


def test_the_decimal_mark_is_that_of_one_field():
    mapping = also(decimal_marks={"vat_percent": "."})
    assert problems(check([ODD, product(Ovh="1.250")], mapping)) == [("C-22", "error", 2, "E")]


def test_numbers_of_a_workbook_keep_their_meaning():
    rows = [ODD, ("S", "Kahvi", "K-1", "kpl", 1.25, 13.5), ("S", "Tee", "T-1", "kpl", "1.250", 13.5)]
    assert column(as_xlsx(rows), PRICE, also(decimal_marks={"unit_price": ","})) == ["1,25", "1250"]


def test_what_is_no_number_stays_and_is_an_error_at_its_cell():
    report = check([ODD, NO_PRICE], also(decimal_marks={"unit_price": "."}))
    assert [(i.code, i.row, i.column, i.value) for i in report.issues if i.severity == "error"] == [("PR-10", 2, "E", "halpa")]


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("-4,50", "4,50"),
        ("−4,50", "4,50"),
        ("- 4,50", "4,50"),
        ("-1 234,50 €", "1234,50"),
        ("0,00", "0,00"),
        ("-0,00", "0,00"),
        ("4,50-", "4,50"),
        ("€ -5", "5"),
    ],
)
def test_a_sign_is_turned(text, turned):
    result = converted([ODD, product(Ovh=text)], also(flip_sign=["unit_price"]))
    assert result.report.ok, [(i.code, i.value, i.message) for i in result.report.issues if i.severity == "error"]
    assert result.to_bytes().decode("cp1252").split(";")[PRICE].lstrip("-") == turned


@pytest.mark.parametrize("text", ["4,50", "+4,50", "1 234,50"])
def test_a_positive_number_becomes_negative(text):
    rows = bills({"Kpl": text})
    plus, minus = (csvimport.check("invoices", as_csv(rows), mapping=mapping) for mapping in (billed(), billed(flip_sign=["quantity"])))
    total = {figure.name: figure.value for figure in plus.totals}["sum without VAT"]
    assert {figure.name: figure.value for figure in minus.totals}["sum without VAT"] == f"-{total}"


def test_numbers_of_a_workbook_are_turned():
    rows = [ODD, ("S", "Kahvi", "K-1", "kpl", -4.5, 13.5), ("S", "Tee", "T-1", "kpl", 0, 13.5)]
    result = converted(as_xlsx(rows), also(flip_sign=["unit_price"]))
    assert [line.split(";")[PRICE] for line in result.to_bytes().decode("cp1252").split("\r\n")[:-1]] == ["4,5", "0"]


@INPUTS
def test_a_finding_about_a_turned_number_shows_the_cell_and_says_what_it_became(made):
    issue = one(check(made([ODD, COFFEE]), also(flip_sign=["unit_price"])), "PR-10")
    assert (issue.column, issue.value) == ("E", "4,50")
    assert "-4,50" in issue.message


DATED = [("Tili", *(f"{month}/2027" for month in range(1, 13))), ("4000", "1.250", "2", *["0"] * 10)]
SIDES = [("Tili", "Selite", "Debet", "Kredit"), ("4000", "a", "1.250", ""), ("1910", "p", "", "1.250")]


@pytest.mark.parametrize(
    ("file", "rows", "marks", "turned", "written"),
    [
        ("memo-vouchers", SIDES, {"amount": ","}, ["amount"], "4000;a;-1250;;;;\r\n1910;p;1250;;;;\r\n"),
        ("budgets", DATED, {"january_sum": ","}, ["january_sum", "february_sum"], f"p;;4000;2027;-1250;-2;{'0;' * 10};\r\n"),
        ("budgets", DATED, {"1/2027": ","}, ["1/2027"], f"p;;4000;2027;-1250;2;{'0;' * 10};\r\n"),
    ],
)
def test_marks_and_signs_reach_every_column_that_makes_the_field(file, rows, marks, turned, written):
    result = csvimport.convert(file, as_csv(rows), mapping={"decimal_marks": marks, "flip_sign": turned})
    assert result.to_bytes().decode() == written


@pytest.mark.parametrize(
    ("mapping", "missing"),
    [
        ({"flip_sign": ["january_sum", "Summa"]}, "january_sum"),
        ({"decimal_marks": {"january_sum": ",", "Summa": ","}}, "january_sum"),
        ({"flip_sign": ["year"]}, "year"),
    ],
)
def test_a_field_without_a_column_whose_form_or_sign_changes_is_told(mapping, missing):
    rows = [("Tili", "Kuukausi", "Summa"), ("4000", "1/2027", "5")]
    issue = one(csvimport.check("budgets", as_csv(rows), mapping=mapping), "T-16")
    assert (issue.severity, issue.value) == ("warning", missing)


@pytest.mark.parametrize(("file", "rows", "offered"), [("memo-vouchers", SIDES, "amount"), ("budgets", DATED, "1/2027")])
def test_a_draft_offers_signs_and_marks_of_sums(file, rows, offered):
    draft = csvimport.draft_mapping(file, as_csv(rows))
    assert f'\n# flip_sign = ["{offered}"]' in draft
    assert re.search(rf'\n# "?{offered}"? = ","\n', draft)


# --- joined and split columns --------------------------------------------------------------------------------------

WITHOUT_NAME = {heading: key for heading, key in COLUMNS.items() if heading != "Tavara"}
NAMED_TWICE = [
    (*ODD, "Koko"),
    (*COFFEE, "500 g"),
    (*TEA, ""),
    ("S", "", "X-1", "kpl", "1,00", "13,5", "irto"),
    ("S", " ", "Y-1", "kpl", "1,00", "13,5", " a "),
]


@INPUTS
def test_columns_are_joined_with_a_text_between_filled_ones(made):
    mapping = {"columns": WITHOUT_NAME, "join": [{"field": "product_name", "columns": ["Tavara", "Koko"], "between": ", "}]}
    assert column(made(NAMED_TWICE), NAME, mapping) == ["Kahvi, 500 g", "Tee", "irto", "a"]


def test_columns_are_joined_with_a_blank_unless_another_text_is_given():
    mapping = {"columns": WITHOUT_NAME, "join": [{"field": "product_name", "columns": ["Koko", "Tavara", "Hylly"]}]}
    rows = [(*row, more) for row, more in zip(NAMED_TWICE, ("Hylly", "A", "B", "C", "D"), strict=True)]
    assert column(rows, NAME, mapping) == ["500 g Kahvi A", "Tee B", "irto C", "a D"]


@INPUTS
def test_a_joined_column_is_used_up_by_that(made):
    """Whatever its own line or its heading says; a join of it alone gives it back."""
    join = {"field": "product_name", "columns": ["Tavara", "Tunniste"]}
    own = {"field": "product_code", "columns": ["Tunniste"]}
    assert [line.split(";")[1:3] for line in lines(made([ODD, COFFEE]), also(join=[join, own]))] == [["Kahvi K-1", "K-1"]]
    without = converted(made([ODD, COFFEE]), also(join=[join]))
    assert without.to_bytes().decode("cp1252").split(";")[1:3] == ["Kahvi K-1", ""]


def test_joined_columns_that_are_nothing_else_are_left_out_without_a_word():
    mapping = {"columns": WITHOUT_NAME, "join": [{"field": "product_name", "columns": ["Tavara", "Koko"]}]}
    assert "T-01" not in {issue.code for issue in check(NAMED_TWICE, mapping).issues}


@INPUTS
def test_a_field_joined_and_led_to_from_elsewhere_is_an_error_in_words_of_the_input(made):
    rows = [(*ODD, "Koko", "Laatu"), (*COFFEE, "500 g", "tumma")]
    report = check(made(rows), also(join=[{"field": "product_name", "columns": ["Koko", "Laatu"]}]))
    issue = one(report, "T-02")
    assert issue.severity == "error"
    assert "Columns B (" in issue.message
    assert not re.search(r"\bI\b|product_name", issue.message)  # a column and a heading that the input does not have


@INPUTS
def test_a_joined_field_is_not_taken_from_a_heading_that_means_it_and_that_is_told(made):
    rows = [(*ODD[:1], "Product name", *ODD[2:], "Koko", "Laatu"), (*COFFEE, "500 g", "tumma")]
    mapping = {"columns": WITHOUT_NAME, "join": [{"field": "product_name", "columns": ["Laatu", "Koko"]}]}
    issue = one(check(made(rows), mapping), "T-17")
    assert (issue.severity, issue.column, issue.value) == ("note", "B", "Product name")
    assert column(made(rows), NAME, mapping) == ["tumma 500 g"]


@INPUTS
def test_a_split_column_may_be_headed_as_one_of_its_fields(made):
    rows = bills({"Katuosoite": "Tie 1", "Maa": "FI", "Postitoimipaikka": "00100 Helsinki"})
    split = {"column": "Postitoimipaikka", "fields": ["Postinumero", "Postitoimipaikka"]}
    for columns in (BILL_KEYS, {**BILL_KEYS, "Postitoimipaikka": "Postitoimipaikka"}):
        found = column(made(rows), ADDRESS, {"columns": columns, "split": [split]}, "invoices", every=2)
        assert found == [r"Tie 1\00100\Helsinki\FI"]


@pytest.mark.parametrize(
    ("text", "fields", "written"),
    [
        ("K-9 / Kahvi", ["product_code", ""], "K-9"),
        ("Kahvi / K-9 / x", ["", "product_code", ""], "K-9"),
        ("K-9", ["product_code", ""], "K-9"),
        ("K-9", ["", "product_code"], "K-9"),  # nothing is thrown away of what cannot be divided
    ],
)
@INPUTS
def test_a_part_of_a_split_column_may_be_thrown_away(made, text, fields, written):
    mapping = also(split=[{"column": "Tunniste", "fields": fields, "at": "/"}])
    assert column(made([ODD, product(Tunniste=text)]), CODE, mapping) == [written]


SPLIT = {"split": [{"column": "Paikka", "fields": ["Postinumero", "Postitoimipaikka"]}]}


@INPUTS
def test_a_column_is_split_at_the_first_blank(made):
    rows = bills(
        {"Katuosoite": "Tie 1", "Maa": "FI", "Paikka": "00100 Helsinki"}, {"Katuosoite": "Tie 2", "Maa": "FI", "Paikka": "20100 Turku as"}
    )
    found = column(made(rows), ADDRESS, billed(**SPLIT), "invoices", every=2)
    assert found == [r"Tie 1\00100\Helsinki\FI", r"Tie 2\20100\Turku as\FI"]


@pytest.mark.parametrize(
    ("text", "at", "pieces"),
    [
        ("Kahvi / K-9", "/", ("Kahvi", "K-9")),
        ("Kahvi/K-9/x", "/", ("Kahvi", "K-9/x")),
        (" Kahvi;K-9 ", ";", ("Kahvi", "K-9")),
        ("Kahvi - tumma - K-9", " - ", ("Kahvi", "tumma - K-9")),
        ("Kahvi", "/", ("Kahvi", "")),
    ],
)
def test_a_column_is_split_at_a_text(text, at, pieces):
    fields = {heading: key for heading, key in WITHOUT_NAME.items() if heading != "Tunniste"}
    mapping = {"columns": {**fields, "Tunniste": ""}, "split": [{"column": "Tavara", "fields": ["product_name", "product_code"], "at": at}]}
    result = converted([ODD, product(Tavara=text)], mapping)
    assert tuple(result.to_bytes().decode("cp1252").split(";")[1:3]) == pieces


def test_a_column_is_split_into_three_fields():
    mapping = {
        "columns": {k: v for k, v in COLUMNS.items() if v not in KEYS[1:4]},
        "split": [{"column": "Tavara", "fields": list(KEYS[1:4]), "at": "|"}],
    }
    rows = [("Laji", "Tavara", "Ovh", "Vero"), ("S", "Kahvi|K-1|kpl|x", "4,50", "13,5"), ("S", "Tee|T-1", "3,20", "13,5")]
    assert [line.split(";")[1:4] for line in lines(rows[::2], mapping)] == [["Tee", "T-1", ""]]
    report = check(rows, mapping)
    assert [(issue.row, issue.column, issue.value) for issue in report.issues if issue.severity != "note" and issue.field == "unit"] == [
        (2, "B", "Kahvi|K-1|kpl|x")
    ]


# --- rows, sheets, heading rows ------------------------------------------------------------------------------------

STATES = [(*ODD, "Tila"), (*COFFEE, "Avoin"), (*TEA, "Kiinni"), (*product(Tunniste="K-2"), " Avoin "), (*product(Tunniste="K-3"), "")]


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("filters", "codes"),
    [
        ([{"column": "Tila", "keep": ["Avoin"]}], ["K-1", "K-2"]),
        ([{"column": "Tila", "drop": ["Avoin"]}], ["T-1", "K-3"]),
        ([{"column": "Tila", "keep": ["Avoin", ""]}], ["K-1", "K-2", "K-3"]),
        ([{"column": "Tila", "drop": ["", "Kiinni"]}], ["K-1", "K-2"]),
        ([{"column": "Tila", "keep": ["Avoin"]}, {"column": "Tunniste", "drop": ["K-2"]}], ["K-1"]),
        ([{"column": "tila ", "keep": ["Kiinni"]}], ["T-1"]),
        ([{"column": "Tila", "keep": ["Avoin", "Kiinni", ""]}], ["K-1", "T-1", "K-2", "K-3"]),
    ],
)
@INPUTS
def test_rows_are_kept_and_dropped_by_the_values_of_a_column(made, filters, codes):
    mapping = {"columns": {**COLUMNS, "Tila": ""}, "rows": filters}
    report = check(made(STATES), mapping)
    assert [finding.details["count"] for finding in report.findings if finding.code == "T-14"] == [4 - len(codes)] * (len(codes) < 4)
    assert all(issue.severity == "note" for issue in report.issues if issue.code == "T-14")
    assert column(made(STATES), CODE, mapping) == codes


def test_rows_that_are_left_out_may_be_wrong():
    rows = [(*ODD, "Tila"), (*COFFEE, "Avoin"), (*NO_PRICE, "Kiinni")]
    mapping = {"columns": {**COLUMNS, "Tila": ""}, "rows": [{"column": "Tila", "drop": ["Kiinni"]}]}
    assert problems(check(rows, mapping)) == []
    assert problems(check(rows, {"columns": {**COLUMNS, "Tila": ""}})) == [("PR-10", "error", 3, "E")]


def test_rows_are_filtered_by_what_the_input_says_and_not_by_what_it_becomes():
    mapping = also(values={"product_type": {"Myynti": "S"}}, rows=[{"column": "Laji", "keep": ["Myynti"]}])
    assert column([ODD, product(Laji="Myynti"), product(Laji="S", Tunniste="K-2")], CODE, mapping) == ["K-1"]


def test_a_filter_that_leaves_nothing_is_told_as_its_doing():
    with pytest.raises(csvimport.InputError) as raised:
        check(STATES, {"columns": {**COLUMNS, "Tila": ""}, "rows": [{"column": "Tila", "keep": ["Muu"]}]})
    assert re.search("mapping|leaves out|left out", str(raised.value)), raised.value


@INPUTS
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"constants": {"currency": "EUR"}},
        {"defaults": {"unit": "kpl"}},
        {"values": {"product_type": {"": "S"}}},
        {"rows": [{"column": "Tunniste", "drop": ["T-1"]}]},
    ],
    ids=["columns", "constants", "defaults", "values", "rows"],
)
def test_totals_below_the_data_are_left_out_whatever_the_mapping_adds(made, more):
    rows = [ODD, COFFEE, TEA, product(Tunniste="K-2"), ("Yhteensä", "", "", "", "12,20", "")]
    report = check(made(rows), also(**more))
    assert problems(report) == []
    assert one(report, "T-15").severity == "note"
    assert report.counts.records["product"] == (2 if "rows" in more else 3)


def test_the_cells_of_the_rows_that_are_kept_are_found_in_the_input():
    rows = [(*ODD, "Tila"), (*TEA, "Kiinni"), ("",) * 7, (*COFFEE, "Avoin"), (*NO_PRICE, "Avoin")]
    mapping = {"columns": {**COLUMNS, "Tila": ""}, "rows": [{"column": "Tila", "keep": ["Avoin"]}]}
    assert problems(check(rows, mapping)) == [("PR-10", "error", 5, "E")]


def book_of(sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return source(stream.getvalue(), "input.xlsx")


def test_the_sheet_of_the_mapping_is_read():
    sheets = {"Vanhat": [ODD, TEA], "Uudet": [ODD, COFFEE]}
    assert column(book_of(sheets), NAME, also(sheet="Uudet")) == ["Kahvi"]
    assert column(book_of(sheets), NAME, also(sheet="Vanhat")) == ["Tee"]
    assert column(book_of(sheets), NAME, also(sheet="Uudet"), sheet="Vanhat") == ["Tee"]
    with pytest.raises(csvimport.InputError, match="Muut"):
        check(book_of(sheets), also(sheet="Muut"))


def test_the_sheet_with_the_headings_of_the_mapping_is_found():
    sheets = {"Ohje": [("Täytä", "tuotteet"), ("Laji", "S tai B")], "Tuotteet": [ODD, COFFEE], "Muut": [("a", "b"), ("1", "2")]}
    assert column(book_of(sheets), NAME, also()) == ["Kahvi"]


def test_two_sheets_with_the_headings_are_not_chosen_between():
    with pytest.raises(csvimport.InputError, match="--sheet"):
        check(book_of({"Vanhat": [ODD, TEA], "Uudet": [ODD, COFFEE]}), also())


TITLED = [("Hinnasto",), ("Laji", "ja muut sarakkeet alla"), (), ODD, COFFEE, NO_PRICE]


@pytest.mark.parametrize("made", [as_csv, as_xlsx])
@pytest.mark.parametrize("row", [0, 4])
def test_the_heading_row_is_the_one_that_is_given_or_that_holds_the_headings(made, row):
    mapping = also(heading_row=row) if row else also()
    assert problems(check(made(TITLED), mapping)) == [("PR-10", "error", 6, "E")]
    assert column(made(TITLED[:-1]), NAME, mapping) == ["Kahvi"]


def test_the_heading_row_that_is_given_is_taken_even_if_another_one_looks_better():
    rows = [ODD, ("Tavara", "Laji", *ODD[2:]), ("Kahvi", "S", *COFFEE[2:])]
    assert column(rows, NAME, also(heading_row=2)) == ["Kahvi"]


def test_a_heading_row_below_the_last_row_is_told():
    with pytest.raises(csvimport.CsvImportError, match="7"):
        check([ODD, COFFEE], also(heading_row=7))


def test_merged_cells_of_a_title_are_no_merged_cells_of_the_data():
    rows = [("Hinnasto 2026",), ODD, COFFEE]
    assert said(check(as_xlsx(rows, merged=["A1:F1"]), also(heading_row=2))) == []


# --- findings lead back to the input -------------------------------------------------------------------------------


def spot(made, issue):
    """Where an issue is, as a spreadsheet counts, and its value; the rows of a frame count from the first below its headings."""
    return f"{issue.column}{issue.row + (made is as_frame)}", issue.value


@INPUTS
def test_a_finding_names_the_cell_and_value_of_the_input(made):
    report = check(made([("Turha", *ODD), ("", *COFFEE), ("x", *NO_PRICE)]), {"columns": {"Turha": "", **COLUMNS}})
    assert [spot(made, issue) for issue in report.issues if issue.severity == "error"] == [("F3", "halpa")]


@INPUTS
def test_a_finding_about_a_translated_cell_shows_what_stands_in_it(made):
    rows = [ODD, product(Vero="huippu"), product(Vero="13,5", Tunniste="K-2")]
    issue = one(check(made(rows), also(values={"vat_percent": {"huippu": "99"}})), "PR-12")
    assert spot(made, issue) == ("F2", "huippu")


@INPUTS
def test_a_finding_about_joined_columns_shows_the_first_of_them(made):
    mapping = {"columns": WITHOUT_NAME, "join": [{"field": "product_name", "columns": ["Tavara", "Koko"]}]}
    rows = [(*ODD, "Koko"), (*COFFEE, "500 g"), ("S", "T" * 60, "T-1", "kpl", "1,00", "13,5", "e" * 60)]
    issue = one(check(made(rows), mapping), "PR-02")
    assert spot(made, issue) == ("B3", "T" * 60)


@INPUTS
def test_a_finding_about_a_split_column_shows_its_whole_cell(made):
    rows = bills(
        {"Katuosoite": "Tie 1", "Paikka": "00100 Helsinki", "Maa": "FI"}, {"Katuosoite": "Tie 2", "Paikka": "20100 Turku\\x", "Maa": "FI"}
    )
    (issue,) = [i for i in check(made(rows), billed(**SPLIT), "invoices").issues if i.severity == "error"]
    assert spot(made, issue) == ("L3", "20100 Turku\\x")


@INPUTS
def test_a_finding_about_a_default_shows_the_empty_cell(made):
    rows = [ODD, COFFEE, product(Ovh="", Tunniste="K-2")]
    issue = one(check(made(rows), also(defaults={"unit_price": "-1"})), "PR-10")
    assert spot(made, issue) == ("E3", "")


def test_a_finding_about_a_date_or_a_number_shows_the_text_of_the_input():
    rows = bills({"Pv": "02/29/2026", "Ovh": "1.250,x"})
    mapping = billed(dates={"invoice_date": "mm/dd/yyyy"}, decimal_marks={"unit_price": ","})
    found = {(issue.column, issue.value) for issue in check(rows, mapping, "invoices").issues if issue.severity == "error"}
    assert found == {("E", "02/29/2026"), ("I", "1.250,x")}


def test_a_finding_about_a_record_without_a_cell_shows_no_other_value():
    """What is said of rows or of the file has no value; the mapping does not give it one."""
    text = '"Laji";"Tavara";Tunniste;Mitta;Ovh;Vero\r\n"S";Kahvi;K-1;kpl;4,50;13,5\r\n'
    plain = text.replace("Laji", "Product type").replace("Tavara", "Product name").replace("Tunniste", "Product code")
    plain = plain.replace("Mitta", "Unit").replace("Ovh", "Unit price").replace("Vero", "VAT-%")
    with_mapping = one(csvimport.check("products", source(text), mapping=also()), "C-04")
    without = one(csvimport.check("products", source(plain)), "C-04")
    assert (with_mapping.row, with_mapping.column, with_mapping.value) == (without.row, without.column, without.value)


# --- the mapping's lines -------------------------------------------------------------------------------------------

WHOLE = """\
# products of the shop
file = "products"
sheet = "Taul"
heading_row = 1
flip_sign = ["unit_price"]

[columns]
"Laji" = "product_type"
'Tavara' = "product_name"
Tunniste = "product_code"
Mitta = "unit"
"Ovh" = "unit_price"   # a comment

[constants]
currency = "EURO?"

[defaults]
unit = "h"

[values.product_type]
"Myynti" = "S"

[dates]

[[split]]
column = "Vero"
fields = ["vat_percent", "price_includes_vat"]
"""


def written_mapping(folder, text):
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return path


def place(path, line):
    return f"{path}, line {line}"


@pytest.mark.parametrize(
    ("toml", "cells", "code", "line"),
    [
        ('[columns]\nLaji = "product_type"\n"Ovh" = "unit_price"', {"Ovh": "x"}, "PR-10", 3),
        ("[columns]\nLaji = 'product_type'\n\n'Ovh' = 'unit_price'", {"Ovh": "x"}, "PR-10", 4),
        ('[columns]\nOvh = "unit_price"\n\n[constants]\nvat_percent = "x"', {}, "PR-12", 5),
        ('[columns]\nVero = "vat_percent"\n\n[defaults]\n# empty\nvat_percent = "x"', {"Vero": ""}, "PR-12", 6),
        ('[columns]\nVero = "vat_percent"\n[values.vat_percent]\n"13,5" = "x"', {}, "PR-12", 3),
        ('[decimal_marks]\nunit_price = "."\n[columns]\nOvh = "unit_price"', {"Ovh": "x"}, "PR-10", 2),
        ('flip_sign = ["unit_price"]\n[columns]\nOvh = "unit_price"', {"Ovh": "4,50"}, "PR-10", 1),
        ('[columns]\n[[join]]\nfield = "vat_percent"\ncolumns = ["Vero"]', {"Vero": "x"}, "PR-12", 2),
        (
            '[[split]]\ncolumn = "Muu"\nfields = ["unit", ""]\n\n[[split]]\ncolumn = "Vero"\nfields = ["vat_percent", ""]',
            {"Vero": "x", "Muu": "kpl"},
            "PR-12",
            5,
        ),
    ],
    ids=["columns", "columns with single quotes", "constants", "defaults", "values", "decimal_marks", "flip_sign", "join", "split"],
)
def test_a_hint_names_the_line_of_the_mapping(tmp_path, toml, cells, code, line):
    path = written_mapping(tmp_path, toml)
    headings = {
        "Laji": "Product type",
        "Tavara": "Product name",
        "Tunniste": "Product code",
        "Mitta": "Unit",
        "Ovh": "Unit price",
        "Vero": "VAT-%",
    }
    own = {heading for heading in ODD if f'"{heading}"' in toml or re.search(rf"\b{heading}\b", toml)}
    row = {heading if heading in own else headings[heading]: cell for heading, cell in zip(ODD, COFFEE, strict=True)}
    row |= cells
    issue = one(check([list(row), list(row.values())], path), code)
    assert issue.severity == "error"
    assert place(path, line) in issue.hint


def test_a_hint_names_the_line_of_dates(tmp_path):
    text = (
        "[columns]\n"
        + "".join(f'"{heading}" = "{key}"\n' for heading, key in BILL_KEYS.items())
        + '\n[dates]\ninvoice_date = "mm/dd/yyyy"\n'
    )
    path = written_mapping(tmp_path, text)
    assert place(path, 14) in one(check(bills({"Pv": "31/12/2026"}), path, "invoices"), "I-23").hint


def test_the_hint_of_a_mapping_that_is_no_file_names_no_line():
    hint = one(check([ODD, NO_PRICE], also()), "PR-10").hint
    assert "mapping" in hint
    assert "line" not in hint


def test_a_field_that_the_mapping_does_not_name_has_no_such_hint(tmp_path):
    path = written_mapping(tmp_path, '[columns]\nOvh = "unit_price"\n')
    report = check([("Product type", "Product name", "Product code", "Unit", "Ovh", "VAT-%"), product(Laji="Z")], path)
    assert "mapping" not in one(report, "PR-01").hint


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_the_hint_is_in_the_language_of_the_report(tmp_path, lang):
    path = written_mapping(tmp_path, '[columns]\nOvh = "unit_price"\n')
    rows = [("Product type", "Product name", "Product code", "Unit", "Ovh", "VAT-%"), NO_PRICE]
    hints = {one(check(rows, path, lang=lang), "PR-10").hint for lang in (lang, "en")}
    assert all(str(path) in hint for hint in hints)
    assert len(hints) == (1 if lang == "en" else 2)


@pytest.mark.parametrize(
    ("toml", "line"),
    [
        ('[columns]\n"Hylly" = "product_name"', 2),
        ('[columns]\n"Hylly" = ""', 2),
        ('[[join]]\nfield = "product_name"\ncolumns = ["Hylly", "Product name"]', 1),
        ('[[split]]\ncolumn = "Hylly"\nfields = ["unit", ""]', 1),
        ('\n[[rows]]\ncolumn = "Hylly"\nkeep = ["x"]', 2),
    ],
    ids=["columns", "left out", "join", "split", "rows"],
)
def test_a_column_that_the_input_does_not_have_is_an_error(tmp_path, toml, line):
    path = written_mapping(tmp_path, toml)
    issue = one(check([("Product type", "Product name", "Product code", "Unit", "Unit price", "VAT-%"), COFFEE], path), "T-13")
    assert (issue.severity, issue.value) == ("error", "Hylly")
    assert "“Hylly”" in issue.message
    assert place(path, line) in issue.message


def test_a_missing_column_is_one_error_and_not_two():
    """That the field is missing too follows from it."""
    rows = [row[:-1] for row in ([*ODD], [*COFFEE])]
    assert [found[0] for found in problems(check(rows, also()))] == ["T-13"]


def test_nothing_is_written_with_a_missing_column(tmp_path):
    rows = [ODD, COFFEE]
    result = csvimport.convert("products", as_csv(rows), tmp_path / "out.csv", mapping={"columns": {**COLUMNS, "Hylly": ""}})
    assert not result.report.ok
    assert not (tmp_path / "out.csv").exists()


# --- mappings that are wrong ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("toml", "says", "line"),
    [
        ('[colums]\n"Laji" = "product_type"', ("“colums”", "Did you mean columns?"), 1),
        ('\n[value.unit]\n"a" = "b"', ("“value”", "Did you mean values?"), 2),
        ('shet = "Taul"', ("“shet”", "Did you mean sheet?"), 1),
        ('file = "products"\nheadingrow = 3', ("“headingrow”", "Did you mean heading_row?"), 2),
        ("zzz = 1", ("“zzz”", "columns"), 1),
        ('[columns]\n"Laji" = "product_typ"', ("“product_typ”", "product_type"), 2),
        ('[columns]\n"Laji" = "product_type"\n"X" = "unit_prise"', ("“unit_prise”", "unit_price"), 3),
        ('[constants]\ncurency = "EUR"', ("“curency”", "currency"), 2),
        ('[defaults]\n\nunti = "h"', ("“unti”", "unit"), 3),
        ('[values.vat_persent]\n"a" = "24"', ("“vat_persent”", "vat_percent"), 1),
        ('[dates]\nzzzzzz = "d.m.yyyy"', ("“zzzzzz”", "csvimport describe products"), 2),
        ('[decimal_marks]\nunit_prise = ","', ("“unit_prise”", "unit_price"), 2),
        ('\n\nflip_sign = ["unit_prise"]', ("“unit_prise”", "unit_price"), 3),
        ('[[join]]\nfield = "unit"\ncolumns = ["a"]\n[[join]]\nfield = "nit"\ncolumns = ["a"]', ("“nit”", "unit"), 4),
        ('[[split]]\ncolumn = "a"\nfields = ["unit", "unit_prise"]', ("“unit_prise”", "unit_price"), 1),
        ('[[join]]\nfeld = "unit"\ncolumns = ["a"]', ("“feld”", "Did you mean field?"), 1),
        ('[[join]]\nfield = "unit"', ("[[join]]", "“columns”"), 1),
        ('[[split]]\ncolumn = "a"', ("[[split]]", "“fields”"), 1),
        ('[[rows]]\nkeep = ["a"]', ("[[rows]]", "“column”"), 1),
        ('[[rows]]\ncolumn = "a"\nkep = ["a"]', ("“kep”", "Did you mean keep?"), 1),
        ('[[rows]]\ncolumn = "a"', ("keep", "drop"), 1),
        ('[[rows]]\ncolumn = "a"\nkeep = ["a"]\ndrop = ["b"]', ("keep", "drop"), 1),
        ('[join]\nfield = "unit"\ncolumns = ["a"]', ("[[join]]",), 1),
        ("heading_row = 0", ("heading_row",), 1),
        ('heading_row = "2"', ("heading_row",), 1),
        ("heading_row = true", ("heading_row",), 1),
        ('flip_sign = "unit_price"', ("flip_sign", "list"), 1),
        ('[[rows]]\ncolumn = "a"\nkeep = "a"', ("keep", "list"), 1),
        ('[[join]]\nfield = "unit"\ncolumns = "a"', ("columns", "list"), 1),
        ('[[join]]\nfield = ["unit"]\ncolumns = ["a"]', ("field",), 1),
        ('[[join]]\nfield = "unit"\ncolumns = []', ("columns",), 1),
        ('[[split]]\ncolumn = "a"\nfields = []', ("fields",), 1),
        ('[[split]]\ncolumn = "a"\nfields = ["unit", ""]\nat = ""', ("at",), 1),
        ('[[split]]\ncolumn = "a"\nfields = ["unit"]', ("[[split]]", "two fields"), 1),
        ('[[split]]\ncolumn = "a"\nfields = ["", ""]', ("[[split]]", "two fields"), 1),
        ('columns = ["a"]', ("columns", "table"), 1),
        ('[values]\nunit = "kpl"', ("values", "table"), 2),
        ("[constants]\nunit_price = 3.5", ("text in quotes",), 2),
        ("[constants]\nunit = true", ("text in quotes",), 2),
        ('[decimal_marks]\nunit_price = ";"', ("unit_price", "“,” or “.”", "“;”"), 2),
        ('[dates]\nunit_price = "yyyy"', ("“yyyy”", "mm/dd/yyyy"), 2),
        ('[dates]\nunit_price = "dd.mm.yyyy"', ("unit_price",), 2),
        ('[decimal_marks]\nproduct_name = ","', ("product_name",), 2),
        ('flip_sign = ["product_name"]', ("product_name",), 1),
        ('file = "partners"', ("partners", "products"), 1),
    ],
)  # fmt: skip
def test_a_mistake_in_a_mapping_is_a_sentence_with_its_line(tmp_path, toml, says, line):
    path = written_mapping(tmp_path, toml)
    with pytest.raises(csvimport.UsageError) as raised:
        check([("a", "b"), ("1", "2")], path)
    for words in says:
        assert words in str(raised.value), raised.value
    assert place(path, line) in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("form", ["", "yyyy", "dd.mm", "dd.mm.yyyy dd", "dd.mm.yyy", "DD.MM.YYYY", "month", "dd.yyyy", "%d.%m.%Y"])
def test_a_form_of_dates_that_is_none_is_told(form):
    with pytest.raises(csvimport.UsageError, match="form of a date"):
        check(bills({}), billed(dates={"invoice_date": form}), "invoices")


def test_a_mapping_for_another_file_is_told():
    with pytest.raises(csvimport.UsageError, match="partners"):
        check([ODD, COFFEE], also(file="partners"))


def test_a_mapping_may_name_its_file_in_either_spelling():
    rows = [
        ("Pv", "Teksti", "Tosite", "Tili", "Debet", "Kredit"),
        ("01.01.2026", "Vuokra", "1", "7000", "10,00", ""),
        ("", "", "1", "1910", "", "10,00"),
    ]
    for name in ("memo-vouchers", "memo_vouchers"):
        assert "T-13" not in {issue.code for issue in csvimport.check("memo-vouchers", as_csv(rows), mapping={"file": name}).issues}


@pytest.mark.parametrize(
    ("content", "error", "says"),
    [
        (b"[columns\n", csvimport.UsageError, ("mapping.toml", "TOML", "line 1")),
        (b'[columns]\n"a" = "unit"\n"a" = "unit"\n', csvimport.UsageError, ("mapping.toml", "line 3")),
        ('[columns]\n"Määrä" = ""\n'.encode("cp1252"), csvimport.InputError, ("mapping.toml", "UTF-8")),
    ],
    ids=["no TOML", "a key twice", "Windows-1252"],
)
def test_a_mapping_that_cannot_be_read_is_told(tmp_path, content, error, says):
    path = tmp_path / "mapping.toml"
    path.write_bytes(content)
    with pytest.raises(error) as raised:
        check([ODD, COFFEE], path)
    assert all(words in str(raised.value) for words in says)


def test_a_mapping_that_is_not_there_is_told(tmp_path):
    with pytest.raises(csvimport.InputError, match=r"missing\.toml"):
        check([ODD, COFFEE], tmp_path / "missing.toml")


def test_a_mapping_of_an_editor_of_windows_is_read(tmp_path):
    path = tmp_path / "mapping.toml"
    text = "[columns]\n" + "".join(f'"{heading}" = "{key}"\n' for heading, key in COLUMNS.items())
    path.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert column([ODD, COFFEE], NAME, path) == ["Kahvi"]
    path.write_bytes(text.replace('"unit_price"', '"unit_prise"').replace("\n", "\r\n").encode("utf-8-sig"))
    with pytest.raises(csvimport.UsageError, match="line 6"):
        check([ODD, COFFEE], path)


def test_an_empty_mapping_changes_nothing():
    rows = [("Product type", "Product name", "Product code", "Unit", "Unit price", "VAT-%"), COFFEE, NO_PRICE]
    assert findings(check(rows, {})) == findings(csvimport.check("products", as_csv(rows)))


def test_a_mapping_and_no_headings_contradict_each_other():
    with pytest.raises(csvimport.UsageError, match="mapping"):
        check([ODD, COFFEE], also(), headings="no")


def test_a_file_is_not_judged_as_it_is_with_a_mapping():
    with pytest.raises(csvimport.UsageError, match="mapping"):
        check([ODD, COFFEE], also(), as_is=True)


def test_a_mapping_from_toml_and_a_dict_of_the_same_shape_do_the_same(tmp_path):
    text = WHOLE.replace("EURO?", "SEK").replace(', "price_includes_vat"', ', ""')
    rows = [ODD, product(Laji="Myynti", Ovh="-4,50"), product(Mitta="", Ovh="-3", Tunniste="K-2")]
    mapping = tomllib.loads(text)
    path = written_mapping(tmp_path, text)
    assert (
        lines(as_xlsx(rows), path)
        == lines(as_xlsx(rows), mapping)
        == ["S;Kahvi;K-1;kpl;;4,50;13,5;;SEK;;;;;", "S;Kahvi;K-2;h;;3;13,5;;SEK;;;;;"]
    )


def test_a_mapping_takes_no_part_in_judging_which_file_it_is():
    """Headings that the mapping leads or leaves out do not make the input one of another transfer file."""
    rows = [
        ("Tunnustyyppi", "Y-tunnus", "Liikekumppanityyppi", "Etunimi", "Faksi", "Osasto", "Nimi", "Palkka"),
        ("", "", "", "", "", "", "010190-900L", "1"),
    ]
    left_out = dict.fromkeys(rows[0][:6], "")
    mapping = {"columns": {**left_out, "Nimi": "employee_id", "Palkka": "quantity"}, "constants": {"salary_type_code": "1000"}}
    assert "T-03" not in {issue.code for issue in csvimport.check("payroll", as_csv(rows), mapping=mapping).issues}


# --- nothing is lost -----------------------------------------------------------------------------------------------

STATE = st.sampled_from(["Avoin", "Kiinni", " Avoin", "avoin", ""])
PRICE_CELL = st.sampled_from(["4,50", "0,01", "x", "-1", "1 000,00"])


@quick
@given(st.lists(st.tuples(STATE, PRICE_CELL), min_size=1, max_size=12), st.booleans())
@example([("Avoin", "x"), ("Kiinni", "4,50"), ("Avoin", "4,50")], True)
def test_every_row_is_written_filtered_or_reported(rows, keep):
    content = [(*ODD, "Tila"), *((*product(Ovh=price, Tunniste=f"K-{number}"), state) for number, (state, price) in enumerate(rows))]
    mapping = {"columns": {**COLUMNS, "Tila": ""}, "rows": [{"column": "Tila", "keep" if keep else "drop": ["Avoin"]}]}
    kept = [number for number, (state, _) in enumerate(rows) if (state.strip().casefold() == "avoin") is keep]
    wrong = [number for number in kept if rows[number][1] in ("x", "-1")]
    if not kept:
        with pytest.raises(csvimport.InputError):
            check(content, mapping)
        return
    result = converted(content, mapping)
    report = result.report
    filtered = sum(finding.details["count"] for finding in report.findings if finding.code == "T-14")
    assert filtered + report.counts.records["product"] == len(rows)
    assert report.counts.rows == len(kept)
    assert {issue.row - 2 for issue in report.issues if issue.severity == "error"} == set(wrong)
    assert report.counts.invalid_records == len(wrong)
    if not wrong:
        assert [line.split(";")[CODE] for line in result.to_bytes().decode("cp1252").split("\r\n")[:-1]] == [
            f"K-{number}" for number in kept
        ]


# --- a mapping that says what csvimport knows changes nothing ----------------------------------------------------------

TEXT = st.text(alphabet="aäB 1,.-;\"'€", max_size=8)
CELLS = {
    "Product type": st.sampled_from(["S", "B", "myynti", "x", ""]),
    "Product name": TEXT,
    "Product code": TEXT,
    "Unit": st.sampled_from(["kpl", "h", "pcs", " kpl", ""]),
    "Unit price": st.sampled_from(["4,50", "1.250", "-1", "", "1 000,00 €", "4.5", "x"]),
    "VAT-%": st.sampled_from(["25,5", "25.5", "24 %", "", "0"]),
    "Currency": st.sampled_from(["EUR", "", "euro", "XYZ"]),
    "Hylly": TEXT,
}
OF_HEADING = dict(
    zip(("Product type", "Product name", "Product code", "Unit", "Unit price", "VAT-%", "Currency"), (*KEYS, "currency"), strict=True)
)


def told(report):
    """All that is said, without the sentence about the mapping."""
    return sorted(
        (i.code, i.severity, i.record or "", i.field or "", i.row or 0, i.column or "", i.value or "", i.message, i.suggestion or "", i.hint.split(" (The mapping")[0])
        for i in report.issues
    )  # fmt: skip


def bytes_of(result):
    return result.to_bytes() if result.report.ok else None


@quick
@given(
    st.permutations(list(CELLS)).flatmap(
        lambda names: st.tuples(st.just(names), st.lists(st.tuples(*(CELLS[n] for n in names)), min_size=1, max_size=5))
    )
)
def test_a_mapping_of_each_heading_to_its_own_field_changes_nothing(made):
    headings, rows = made
    if not any(cell.strip() for row in rows for cell in row):
        return
    content = [headings, *rows]
    plain = csvimport.convert("products", as_csv(content))
    mapped = converted(content, {"columns": OF_HEADING})
    assert told(mapped.report) == told(plain.report)
    assert bytes_of(mapped) == bytes_of(plain)
    assert mapped.report.totals == plain.report.totals


# --- drafts --------------------------------------------------------------------------------------------------------

SAMPLE_FILES = {
    "asiakkaat": "partners",
    "tuotteet": "products",
    "dimensiot": "dimensions",
    "laskut": "invoices",
    "verkkokauppa": "invoices",
    "ostolaskut": "invoices",
    "kululaskut": "invoices",
    "budjetti": "budgets",
    "muistiotositteet": "memo-vouchers",
    "tunnit": "payroll",
    "palkkatiedot": "salary-info",
}
TWO_SHEETS = "laskut-kaksi-taulukkoa"
TABLES = [
    pytest.param(file, path, id=path.name)
    for path in sorted(SAMPLES.iterdir())
    if path.suffix in (".csv", ".xlsx") and path.stem != TWO_SHEETS and (file := SAMPLE_FILES.get(re.split(r"[-.]", path.name)[0]))
]
# What is said of the rows above the headings is not said when the mapping names the heading row.
ABOVE = "T-07"


def outputs(result):
    if not result.report.ok:
        return None
    return result.to_files() if result.report.schema.separate else {"": result.to_bytes()}


@pytest.mark.no_cover
@pytest.mark.parametrize(("file", "path"), TABLES)
def test_a_draft_that_is_used_as_it_is_changes_nothing(tmp_path, file, path):
    target = tmp_path / "mapping.toml"
    csvimport.draft_mapping(file, path, target)
    plain, mapped = csvimport.convert(file, path), csvimport.convert(file, path, mapping=target)
    # A finding about joined or listed values shows the cell of the input that they come from.
    plain_told, mapped_told = ([(*said[:6], *said[7:]) for said in told(r.report) if said[0] != ABOVE] for r in (plain, mapped))
    assert mapped_told == plain_told
    assert outputs(mapped) == outputs(plain)


def offered(text):
    """The lines of a draft that say nothing yet."""
    return [line for line in text.splitlines() if re.match(r'# (?:"|\[|\w+ = )', line)]


def about_the_input(text, lang="en"):
    """A draft without what it tells about mappings in general."""
    return text.partition(f"# {phrase('map_more', lang).strip().splitlines()[0]}")[0]


@pytest.mark.no_cover
@pytest.mark.parametrize(("file", "path"), TABLES)
def test_each_line_of_a_draft_can_be_used_without_its_mark(file, path):
    text = about_the_input(csvimport.draft_mapping(file, path))
    assert tomllib.loads(text)["file"] == file
    for line in offered(text):
        assert mapping_of(tomllib.loads(text.replace(f"\n{line}\n", f"\n{line.removeprefix('# ')}\n")), load(file))


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_each_line_of_what_a_draft_tells_about_mappings_is_right_toml_without_its_mark(lang):
    text = csvimport.draft_mapping("products", as_csv([ODD, COFFEE]), lang=lang)
    general = text.removeprefix(about_the_input(text, lang))
    assert len(offered(general)) > 10
    for line in offered(general):
        tomllib.loads(line.removeprefix("# "))


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "heading",
    [
        'Nimi "virallinen"',
        "Polku\\nimi",
        "Tavara = nimi # 1",
        "[Tavara]",
        "Ääni 'x'",
        "",
        "Tavara\tja\nmuu",
        "a.b",
        "\u00a0Tavara",
        "Tab\x7f",
        "Bell\x07",
    ],
    ids=repr,
)
@INPUTS
def test_any_heading_and_value_can_stand_in_a_draft(tmp_path, made, heading):
    if made is as_xlsx and ("\x07" in heading):
        pytest.skip("a workbook cannot hold it")
    rows = [("Product type", heading, "Product code", "Unit", "Unit price", "VAT-%"), product(Tavara=heading), TEA, COFFEE]
    text = csvimport.draft_mapping("products", made(rows))
    shown = " ".join(heading.split())
    assert all(name in tomllib.loads(text)["columns"] for name in ("Product type", "VAT-%"))
    if shown:
        (line,) = [line for line in text.splitlines() if line.startswith('# "') and line.endswith("# left over")]
        ((name, field),) = tomllib.loads(line.removeprefix("# ")).items()
        assert (" ".join(name.split()), field) == (shown, "")
        path = written_mapping(tmp_path, text.replace(line, line.removeprefix("# ").replace('= ""', '= "product_name"')))
        assert one(check(made([*rows, NO_PRICE]), path), "PR-10").value == "halpa"


def test_a_draft_says_what_matched_and_why_with_values_beside():
    rows = [
        ("product_type", "Tuotteen nimi", "SKU", "Yks", "Hinta", "Alv", "Hylly", ""),
        *[(*row, shelf, more) for row, shelf, more in ((COFFEE, "A7", "x"), (TEA, "B1", ""))],
    ]
    text = csvimport.draft_mapping("products", as_csv(rows))
    draft = text.splitlines()
    for line, reason in (
        ('"product_type" = "product_type"', "key"),
        ('"Tuotteen nimi" = "product_name"', "title"),
        ('"Hinta" = "unit_price"', "another name"),
    ):
        (found,) = [each for each in draft if each.startswith(line)]
        assert reason in found
    assert "# B: Kahvi | Tee" in draft
    assert draft.index("# B: Kahvi | Tee") + 1 == next(i for i, each in enumerate(draft) if each.startswith('"Tuotteen nimi"'))
    assert any(each.startswith('# "Hylly" = ""') and "left over" in each for each in draft)
    assert draft[draft.index("# H: x") + 1].startswith("# no heading")


def test_a_draft_names_file_sheet_and_heading_row():
    draft = tomllib.loads(csvimport.draft_mapping("products", as_xlsx(TITLED_KNOWN, "Hinnat 2026")))
    assert draft["file"] == "products"
    assert not {"sheet", "heading_row"} & set(draft)  # the headings lead there, next month too
    shown = csvimport.draft_mapping("products", as_xlsx(TITLED_KNOWN, "Hinnat 2026")).splitlines()
    assert any(line.startswith('# sheet = "Hinnat 2026"') for line in shown)
    assert any(line.startswith("# heading_row = 3") for line in shown)
    draft = tomllib.loads(csvimport.draft_mapping("products", as_csv(TITLED_KNOWN)))
    assert "sheet" not in draft
    assert "heading_row" not in tomllib.loads(csvimport.draft_mapping("products", as_frame(TITLED_KNOWN[2:])))


TITLED_KNOWN = [("Hinnasto",), (), ("Product type", "Product name", "Product code", "Unit", "Unit price", "VAT-%"), COFFEE]


def test_a_draft_finds_the_headings_that_it_does_not_know():
    draft = csvimport.draft_mapping("products", as_csv([("Hinnasto",), ODD, COFFEE, TEA]))
    assert "\n# heading_row = 2 " in draft
    for heading in ODD:
        assert f'"{heading}" = ' in draft
    assert set(tomllib.loads(draft)["columns"]) <= set(ODD)


def test_a_draft_offers_the_mandatory_fields_that_are_lacking():
    draft = csvimport.draft_mapping("products", as_csv([("Product name", "Unit price"), ("Kahvi", "4,50")])).splitlines()
    constants = draft[draft.index("[constants]") :]
    assert any(re.match(r'# product_type = ""  # .*\bS\b.*\bB\b|# product_type = ""  # .*\bB\b.*\bS\b', line) for line in constants)
    assert any(line.startswith('# vat_percent = ""') for line in constants)
    assert not any("product_name" in line for line in constants[: constants.index("")])


def test_a_draft_offers_the_values_that_are_not_known_for_translation(tmp_path):
    rows = [("Product type", *ODD[1:]), product(Laji="Tavara"), product(Laji="Palvelu"), product(Laji="S")]
    text = csvimport.draft_mapping("products", as_csv(rows))
    draft = text.splitlines()
    at = draft.index("[values.product_type]")
    assert draft[at + 1 : at + 3] == ['# "Tavara" = ""', '# "Palvelu" = ""']
    assert '# "S" = ""' not in draft


@pytest.mark.parametrize(
    ("file", "rows", "undecided", "years"),
    [
        (
            "products",
            [("Product type", "Product name", "Tuotteen nimi", "Unit price", "VAT-%"), ("S", "Kahvi", "Kahvi 2", "4,50", "13,5")],
            ["Tuotteen nimi"],
            {},
        ),
        ("budgets", [("Tili", *MONTHS, *MONTHS[:2]), (4000, *range(1, 15))], ["column N", "column O"], {"financial_year": "1/2026"}),
        ("memo-vouchers", [("Tili", "Selite", "Summa", "Summa"), (4000, "a", 10, 5), (1910, "b", -10, -5)], ["column D"], {}),
    ],
)
def test_a_draft_does_not_choose_between_two_columns_of_one_field(file, rows, undecided, years):
    draft = csvimport.draft_mapping(file, as_xlsx(rows))
    assert not set(undecided) & set(tomllib.loads(draft)["columns"])
    for name in undecided:
        assert any(line.startswith(f'# "{name}" = ""') and "already" in line for line in draft.splitlines())
    told = [issue.code for issue in csvimport.check(file, as_xlsx(rows), mapping=tomllib.loads(draft), settings=years).issues]
    assert told.count("T-02") == len(undecided)


@pytest.mark.parametrize("made", [as_csv, as_xlsx])
def test_a_draft_names_repeated_and_empty_headings_by_their_letters(made):
    rows = [("Product type", "Nimi", "NIMI", "", "Unit price", "VAT-%"), ("S", "Kahvi", "x", "y", "4,50", "13,5")]
    draft = csvimport.draft_mapping("products", made(rows))
    assert tomllib.loads(draft)["columns"]["column B"] == "product_name"
    assert '\n# "column C" = ""' in draft
    assert '\n# "column D" = ""' in draft
    edited = draft.replace('\n# "column C" = ""', '\n"column C" = ""').replace('\n# "column D" = ""', '\n"column D" = "product_code"')
    assert column(made(rows), CODE, tomllib.loads(edited)) == ["y"]


def test_a_draft_holds_for_the_next_sheet_and_a_row_more_above():
    march = as_xlsx([("Hinnasto",), ODD, COFFEE], "Maaliskuu")
    mapping = tomllib.loads(csvimport.draft_mapping("products", march))
    mapping["columns"] = COLUMNS
    assert column(as_xlsx([("Hinnasto",), ("luonnos",), (), ODD, TEA], "Huhtikuu"), NAME, mapping) == ["Tee"]


def test_a_sheet_that_the_mapping_names_and_the_workbook_lacks_is_told_with_its_line(tmp_path):
    path = written_mapping(tmp_path, 'file = "products"\nsheet = "Maaliskuu"\n')
    with pytest.raises(csvimport.InputError, match="“Maaliskuu”") as raised:
        check(as_xlsx([ODD, COFFEE], "Huhtikuu"), path)
    assert "Huhtikuu" in str(raised.value)
    assert place(path, 2) in str(raised.value)


def test_the_examples_of_a_draft_show_no_foreign_number_as_an_identity_code():
    rows = [("Nimi", "Org.nr", "Tunnus"), ("Exempel AB", "556016-0680", "850101-1234")]
    draft = csvimport.draft_mapping("partners", as_csv(rows))
    assert "556016-0680" in draft
    assert "850101-1234" not in draft
    assert "850101-****" in draft


def test_the_examples_of_a_draft_show_no_identity_codes():
    rows = [("Tunnustyyppi", "Y-tunnus", "Tyyppi", "Nimi"), ("SSN", "010190-900L", "P", "Malli Maija")]
    draft = csvimport.draft_mapping("partners", as_csv(rows))
    assert "010190-900L" not in draft
    assert "010190-" in draft


def test_a_draft_of_headings_in_two_rows_leads_to_the_same_as_no_mapping(tmp_path):
    rows = [
        ("Lasku", "", "", "", "Asiakas", "", "Rivi", "", "", ""),
        ("Nro", "Tyyppi", "Laskutuskanava", "Laskun pvm", "Y-tunnus", "Katuosoite", "Selite", "Määrä", "Hinta", "ALV-%"),
        ("1", "M", "6", "15.01.2026", "9100001-3", "Katu 1", "Työ", "1", "100,00", "25,5"),
    ]
    path = written_mapping(tmp_path, csvimport.draft_mapping("invoices", as_csv(rows)))
    plain, mapped = csvimport.convert("invoices", as_csv(rows)), converted(rows, path, "invoices")
    assert "T-07" in {issue.code for issue in plain.report.issues}
    assert [found[:4] for found in told(mapped.report) if found[0] != ABOVE] == [
        found[:4] for found in told(plain.report) if found[0] != ABOVE
    ]
    assert bytes_of(mapped) == bytes_of(plain)


def test_a_workbook_of_two_sheets_can_be_used_with_its_draft(tmp_path):
    path = written_mapping(tmp_path, csvimport.draft_mapping("invoices", SAMPLES / f"{TWO_SHEETS}.xlsx"))
    mapped = csvimport.convert("invoices", SAMPLES / f"{TWO_SHEETS}.xlsx", mapping=path)
    assert bytes_of(mapped) == csvimport.convert("invoices", SAMPLES / f"{TWO_SHEETS}.xlsx").to_bytes()


def test_a_draft_is_written_and_replaced_only_when_asked(tmp_path):
    rows, target = [TITLED_KNOWN[2], COFFEE], tmp_path / "mapping.toml"
    text = csvimport.draft_mapping("products", as_csv(rows), target)
    assert target.read_text(encoding="utf-8") == text
    with pytest.raises(csvimport.OutputError, match=r"mapping\.toml"):
        csvimport.draft_mapping("products", as_csv(rows), target)
    assert csvimport.draft_mapping("products", as_csv([*rows, TEA]), target, force=True) == target.read_text(encoding="utf-8") != text


def test_a_draft_never_replaces_its_input(tmp_path):
    path = tmp_path / "input.csv"
    path.write_bytes(table([TITLED_KNOWN[2], COFFEE]).encode())
    with pytest.raises(csvimport.OutputError):
        csvimport.draft_mapping("products", path, path, force=True)
    assert path.read_bytes().startswith(b"Product type")


def test_an_upload_ready_file_needs_no_mapping():
    """It has no headings; a draft would take its first record for them."""
    with pytest.raises(csvimport.CsvImportError):
        csvimport.draft_mapping("products", source("S;Kahvi;K-1;kpl;;4,50;13,5;;;;;;;\r\nS;Tee;T-1;kpl;;3,20;13,5;;;;;;;\r\n"))


def blocks_of(text, lang):
    """The examples at the end of a draft, each without its marks."""
    shown = [line.removeprefix("#").removeprefix(" ") for line in text.removeprefix(about_the_input(text, lang)).splitlines()]
    return [block for block in "\n".join(shown[1:]).strip().split("\n\n") if block]


@pytest.mark.no_cover
@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
@pytest.mark.parametrize("file", names())
def test_each_example_of_a_draft_is_valid_for_its_file_and_its_input(tmp_path, file, lang):
    """One after the other, and all of them together, with headings that are known and with others."""
    workbook = tmp_path / "template.xlsx"
    csvimport.template(file, workbook, example=True)
    odd = as_csv([("Eka", "Toka", "Kolmas"), ("a", "b", "c"), ("d", "e", "c")])
    for made in (workbook, odd):
        text = csvimport.draft_mapping(file, made, lang=lang)
        blocks = blocks_of(text, lang)
        assert {re.match(r"\[+([a-z_]+)", block)[1] for block in blocks} >= {"defaults", "values", "join", "split", "rows"}
        flipped = text.replace("\n# flip_sign", "\nflip_sign")
        for edited in (flipped, *(f"{text}\n{block}\n" for block in blocks), "\n\n".join([flipped, *blocks])):
            assert mapping_of(tomllib.loads(edited), load(file)).file == file
        for block in blocks:
            if made is not odd and lang == LANGUAGES[names().index(file) % len(LANGUAGES)]:
                report = csvimport.check(file, made, mapping=tomllib.loads(f"{text}\n{block}\n"))
                assert not {"T-02", "T-13"} & {issue.code for issue in report.issues}, block


# --- the command line ----------------------------------------------------------------------------------------------


def run(*arguments):
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_a_draft_is_made_edited_and_used_on_the_command_line(tmp_path):
    path, draft, out = tmp_path / "input.csv", tmp_path / "mapping.toml", tmp_path / "out.csv"
    path.write_bytes(table([("Product type", "Tavara", *TITLED_KNOWN[2][2:]), COFFEE]).encode("cp1252"))
    assert run("check", "products", path).exit_code == 1
    made = run("map", "products", path, "-o", draft, "--lang", "fi")
    assert made.exit_code == 0
    assert str(draft) in made.output
    text = draft.read_text(encoding="utf-8")
    assert "# ei vastinetta" in text
    edited = re.sub(r'^# "Tavara" = ".*?"', '"Tavara" = "product_name"', text, flags=re.MULTILINE)
    assert edited != text
    draft.write_text(edited, encoding="utf-8")
    assert run("check", "products", path, "--mapping", draft).exit_code == 0
    assert run("convert", "products", path, "--mapping", draft, "-o", out).exit_code == 0
    assert out.read_bytes() == b"S;Kahvi;K-1;kpl;;4,50;13,5;;;;;;;\r\n"


def test_a_draft_that_exists_is_not_replaced_on_the_command_line(tmp_path):
    path, draft = tmp_path / "input.csv", tmp_path / "mapping.toml"
    path.write_bytes(table([TITLED_KNOWN[2], COFFEE]).encode("cp1252"))
    draft.write_text("mine", encoding="utf-8")
    refused = run("map", "products", path, "-o", draft)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "mapping.toml" in refused.stderr
    assert draft.read_text(encoding="utf-8") == "mine"
    assert run("map", "products", path, "-o", draft, "--force").exit_code == 0
    assert draft.read_text(encoding="utf-8") != "mine"


def test_a_wrong_mapping_is_one_sentence_and_status_2(tmp_path):
    path = tmp_path / "input.csv"
    path.write_bytes(table([ODD, COFFEE]).encode("cp1252"))
    mapping = written_mapping(tmp_path, '[columns]\n"Laji" = "product_typ"\n')
    for arguments in (("check",), ("convert", "-o", tmp_path / "out.csv")):
        refused = run(arguments[0], "products", path, *arguments[1:], "--mapping", mapping)
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert len(refused.stderr.strip().splitlines()) == 1
        assert place(mapping, 2) in refused.stderr
    assert not (tmp_path / "out.csv").exists()


def test_a_draft_of_a_named_sheet_of_invoices_has_the_columns_of_their_rows(tmp_path):
    workbook = openpyxl.load_workbook(SAMPLES / "laskut-kaksi-taulukkoa.xlsx")
    copy = workbook.copy_worksheet(workbook["Laskut"])
    copy.title = "Vanhat"
    path = tmp_path / "three.xlsx"
    workbook.save(path)
    drafted = csvimport.draft_mapping("invoices", path, sheet="Laskut")
    titles = [cell.value for cell in workbook["Rivit"][1] if cell.value]
    assert all(f'"{title}"' in drafted or f"{title} =" in drafted for title in titles)
