"""The rules of the product file: each broken once, and each kept."""

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from conftest import Case, change, findings, notes, problems, serious, upload

import csvimport
from csvimport.messages import Catalogue

SALES = "S;Konsultointi, tunti;KONS-1;h;0;95,00;25,5;;EUR;;;3000;;vat_1"
PURCHASE = "B;Kopiopaperi A4;PAP-A4;kpl;5;4,90;25,5;500 arkkia;EUR;;;4000;;"
SERVICE = "S;Palvelu EU-asiakkaalle;EU-1;h;;100,00;0;;EUR;;;;;vat_22"

ACCOUNTS = ("3000;Myynti", "4000;Ostot")
UNITS = (
    *("cm", "lot", "g", "h", "pers.", "lm", "kWh", "kg", "mon", "km", "pcs", "l", "box", "m", "m2", "m3", "su", "min", "mm", "prc"),
    *("bot", "can", "bag", "day", "roll", "p", "sack", "ser", "tb", "ton", "yr", "week", "d"),
)


def sales(**cells: str) -> list[str]:
    return [change(SALES, **cells)]


def purchase(**cells: str) -> list[str]:
    return [change(PURCHASE, **cells)]


BROKEN = [
    *(Case("PR-01", purchase(A=text), "error", "product_type", "A1") for text in ("P", "O", "M", "BS")),
    Case("PR-01", [SALES, change(PURCHASE, A="")], "error", "product_type", "A2"),
    *(Case("PR-02", sales(B=text), "error", "product_name", "B1") for text in ("", "n" * 101)),
    *(Case("PR-03", sales(B=text), "warning", "product_name", "B1") for text in ("n" * 81, "n" * 100)),
    Case("PR-04", sales(C="c" * 41), "error", "product_code", "C1"),
    Case("PR-05", sales(C=""), "warning", "product_code", "C1"),
    Case("PR-06", [SALES, SALES], "warning", "product_code", "C2"),
    Case("PR-06", [SALES, PURCHASE, change(SALES, B="Konsultointi, päivä")], "warning", "product_code", "C3"),
    # units
    *(Case("PR-07", purchase(D=text), "error", "unit", "D1") for text in ("pala", "KPL.", "kymmenen")),
    *(Case("PR-07", purchase(D=text), "warning", "unit", "D1") for text in ("ltk", "pv", "erä", "säkki")),
    Case("PR-07", purchase(D="ltk"), "warning", "unit", "D1", settings={"units": ["kpl", "h"]}),
    Case("PR-08", sales(D="pala"), "warning", "unit", "D1"),
    Case("PR-08", sales(D="pala"), "error", "unit", "D1", settings={"units": ["kpl", "h"]}),
    Case("PR-08", sales(D="ltk"), "error", "unit", "D1", settings={"units": ["kpl", "h"]}),
    # prices
    *(Case("PR-09", sales(E=text), "error", "discount_percent", "E1") for text in ("100,01", "-1", "puolet")),
    *(Case("PR-10", sales(F=text), "error", "unit_price", "F1") for text in ("", "-4,90", "8,5,1", "sopimuksen mukaan")),
    *(Case("PR-11", sales(F=text), "warning", "unit_price", "F1") for text in ("0", "0,00")),
    # VAT
    *(Case("PR-12", purchase(G=text), "error", "vat_percent", "G1") for text in ("", "0,255", "20", "255", "25,555", "-10", "ALV 0 %")),
    *(Case("PR-13", sales(N=text), "error", "vat_status", "N1") for text in ("vat_22", "vat_3", "vat_12")),
    *(Case("PR-14", [change(SERVICE, N=text)], "error", "vat_status", "N1") for text in ("22", "vat 22", "vat_", "vat_0", "verollinen")),
    Case("PR-14", sales(N="kotimaa"), "error", "vat_status", "N1"),
    *(
        Case("PR-14", sales(G="0", N=text), "warning", "vat_status", "N1", settings={"vat_statuses": ["vat_1", "vat_12"]})
        for text in ("vat_3", "vat_123")
    ),
    *(Case("PR-15", purchase(G="0", N=text), "warning", "vat_status", "N1") for text in ("vat_3", "vat_5", "vat_22")),
    *(Case("PR-16", sales(G=text), "warning", "vat_percent", "G1") for text in ("24", "23", "22", "17", "13", "12", "9", "8")),
    Case("PR-17", sales(G="10"), "warning", "vat_percent", "G1", settings={"vat_percentages": ["25.5", "0"]}),
    # the rest
    *(Case("PR-18", sales(I=text), "error", "currency", "I1") for text in ("EURO", "EU", "XXQ")),
    Case("PR-18", sales(I="USD"), "error", "currency", "I1", settings={"registers": {"currencies": ["EUR", "SEK"]}}),
    *(Case("PR-19", sales(L=text), "error", "default_account", "L1") for text in ("300", "30000", "myynti")),
    Case("PR-19", sales(L="3001"), "error", "default_account", "L1", registers={"accounts": ACCOUNTS}),
    Case("PR-20", sales(M="m" * 81), "error", "product_group", "M1"),
    Case("PR-20", [SALES, change(PURCHASE, M="Toimistotarvikkeet"), change(SERVICE, M="Palvelut")], "note", "product_group"),
    # to know before the upload
    Case("PR-22", [SALES, PURCHASE, SERVICE], "note", "product_type"),
    Case("PR-23", [SALES, PURCHASE, SERVICE], "note"),
    Case("PR-24", [SALES, PURCHASE, SERVICE], "note"),
]

RIGHT = [
    *(Case("PR-01", [line]) for line in (SALES, PURCHASE)),
    Case("PR-02", sales(B="n" * 80)),
    Case("PR-03", sales(B="n" * 80)),
    Case("PR-04", sales(C="c" * 40)),
    Case("PR-05", sales(C="1")),
    Case("PR-06", [SALES, change(PURCHASE, C="KONS-1"), SERVICE]),
    Case("PR-06", [SALES, change(SALES, C="kons-1")]),
    *(Case("PR-07", purchase(D=text)) for text in (*UNITS, "kpl", "")),
    Case("PR-07", purchase(D="ltk"), settings={"units": ["kpl", "ltk"]}),
    *(Case("PR-07", purchase(D=text), settings={"units": ["h"]}) for text in ("box", "kpl", "km")),
    *(Case("PR-08", sales(D=text)) for text in (*UNITS, "kpl", "ltk", "st", "")),
    Case("PR-08", sales(D="pala"), settings={"units": ["kpl", "pala"]}),
    *(Case("PR-09", sales(E=text)) for text in ("", "0", "12,5", "100")),
    *(Case("PR-10", sales(F=text)) for text in ("0,0001", "95", "1234567,89")),
    Case("PR-11", sales(F="0,01")),
    *(Case("PR-12", sales(G=text)) for text in ("25,5", "25,50", "10", "10,00")),
    Case("PR-12", [SERVICE]),
    Case("PR-13", sales(N="")),
    Case("PR-13", sales()),
    Case("PR-13", [SERVICE]),
    *(Case("PR-14", [change(SERVICE, N=text)]) for text in ("vat_1", "vat_12", "vat_999", "")),
    *(Case("PR-14", [change(SERVICE, N=text)], settings={"vat_statuses": ["vat_1", "vat_12"]}) for text in ("vat_1", "vat_12", "")),
    Case("PR-15", purchase(G="0", N="vat_12")),
    Case("PR-15", [SERVICE]),
    *(Case("PR-16", [change(SALES, G=text, N="")]) for text in ("25,5", "10", "0")),
    Case("PR-17", sales(), settings={"vat_percentages": ["25.5", "0"]}),
    Case("PR-17", sales(), settings={"vat_percentages": ["25,5", "0"]}),
    *(Case("PR-18", sales(I=text)) for text in ("EUR", "SEK", "")),
    Case("PR-19", sales(), registers={"accounts": ACCOUNTS}),
    Case("PR-19", sales(L="")),
    Case("PR-20", sales(M="")),
    Case("PR-21", sales(H="h" * 5000, J="Mainos, jossa on pilkku.", K="Ohje")),
    Case("PR-22", [SALES, SERVICE]),
]

LONG_TEXTS = (("additional_information", "H"), ("advertisement_text", "J"), ("instructions", "K"))
ALWAYS_SAID = {"PR-23", "PR-24"}  # two reminders stand above every upload
IN_TABLES = {"PR-21"}  # cannot be written in a file of semicolons and lines


@pytest.mark.parametrize("case", [case for case in BROKEN if case.severity != "note"], ids=str)
def test_a_broken_rule_is_found_at_its_cell_and_nothing_else_is_blamed(case: Case, tmp_path: Path) -> None:
    assert serious(case.check("products", tmp_path)) == [case.found]


@pytest.mark.parametrize("case", [case for case in BROKEN if case.severity == "note"], ids=str)
def test_what_is_worth_knowing_is_said_once(case: Case, tmp_path: Path) -> None:
    report = case.check("products", tmp_path)
    assert serious(report) == []
    assert notes(report).count(case.found) == 1


@pytest.mark.no_cover
@pytest.mark.parametrize("case", RIGHT, ids=str)
def test_a_kept_rule_is_not_mentioned(case: Case, tmp_path: Path) -> None:
    report = case.check("products", tmp_path)
    assert serious(report) == []
    assert case.rule not in {found[0] for found in findings(report)}


def test_every_rule_of_the_file_is_broken_and_kept_here() -> None:
    rules = {rule.id for rule in csvimport.schema("products").rules}
    assert rules == {f"PR-{number:02d}" for number in range(1, 25)}
    assert rules - {case.rule for case in BROKEN} - IN_TABLES == set()
    assert rules - {case.rule for case in RIGHT} - ALWAYS_SAID == set()


def test_every_problem_has_words() -> None:
    assert problems(csvimport.schema("products")) - Catalogue.of("en").problems.keys() == set()


def test_right_records_come_out_byte_for_byte() -> None:
    result = csvimport.convert("products", upload(SALES, PURCHASE, SERVICE))
    assert serious(result.report) == []
    assert result.to_bytes() == upload(SALES, PURCHASE, SERVICE).getvalue()


def test_a_semicolon_in_a_text_shifts_everything_behind_it() -> None:
    line = "S;Konsultointi, tunti;KONS-1;h;0;95,00;25,5;sis. matkat; ei kuluja;EUR;;;3000;;vat_1"
    assert serious(csvimport.check("products", upload(SERVICE, line))) == [("C-12", "error", None, "O2")]


def test_a_type_that_does_not_exist_is_no_second_type() -> None:
    assert {found[0] for found in findings(csvimport.check("products", upload(SALES, change(PURCHASE, A="X"))))} == {
        "PR-01",
        "PR-23",
        "PR-24",
    }


def test_the_types_of_a_file_are_named_in_the_order_of_the_alphabet() -> None:
    (issue,) = [issue for issue in csvimport.check("products", upload(SALES, PURCHASE)).issues if issue.code == "PR-22"]
    assert "(B, S)" in issue.message


def test_each_repeated_code_names_the_row_of_the_first() -> None:
    report = csvimport.check("products", upload(SALES, SERVICE, PURCHASE, PURCHASE, SALES, SERVICE))
    told = {issue.row: issue.message for issue in report.issues if issue.code == "PR-06"}
    assert {row: message.partition(" already")[0][-1] for row, message in told.items()} == {4: "3", 5: "1", 6: "2"}


def test_the_percentages_that_are_in_force_are_listed_in_their_order() -> None:
    (issue,) = [issue for issue in csvimport.check("products", upload(*sales(G="24"))).issues if issue.code == "PR-16"]
    listed = [Decimal(rate.replace(",", ".")) for rate in issue.message.partition("in force: ")[2].rstrip(").").split("; ")]
    assert len(listed) > 1 and listed == sorted(listed)


def test_the_percentage_that_a_fraction_means_is_suggested() -> None:
    issue = next(issue for issue in csvimport.check("products", upload(*sales(G="0,255"))).issues if issue.code == "PR-12")
    assert issue.suggestion == "25,5"


def test_the_status_that_a_number_means_is_suggested() -> None:
    line = change(SERVICE, N="22")
    issue = next(issue for issue in csvimport.check("products", upload(line)).issues if issue.code == "PR-14")
    assert issue.suggestion == "vat_22"


@pytest.mark.parametrize("code", ["PR-01", "PR-10", "PR-12"])
def test_what_procountor_refuses_cannot_be_accepted(code: str) -> None:
    with pytest.raises(csvimport.UsageError, match=code):
        csvimport.check("products", upload(SALES), accept=(code,))


def test_strict_makes_warnings_errors() -> None:
    report = csvimport.check("products", upload(*sales(C="")), strict=True)
    assert serious(report) == [("PR-05", "error", "product_code", "C1")]


def test_notation_is_brought_into_form_with_notes() -> None:
    written = "s;Konsultointi, tunti;KONS-1;h;0;95.00;25.5;;eur;;;3000;;VAT_1"
    result = csvimport.convert("products", upload(written))
    assert serious(result.report) == []
    assert result.to_bytes() == upload(SALES).getvalue()
    assert {cell for _, _, _, cell in notes(result.report)} >= {"A1", "F1", "G1", "I1", "N1"}


# --- tables -----------------------------------------------------------------------------------------------------------


def table(**columns: object) -> pd.DataFrame:
    """One product as a table of a few columns, others added or changed; an underscore stands for a blank."""
    cells = {"Product type": "S", "Product name": "Konsultointi", "Product code": "KONS-1", "Unit price": "95,00", "VAT-%": "25,5"}
    cells |= {heading.replace("_", " "): cell for heading, cell in columns.items()}
    return pd.DataFrame({heading: [cell] for heading, cell in cells.items()})


FIELDS = csvimport.schema("products").main.fields
HEADINGS = {
    "keys": [field.key for field in FIELDS],
    "letters": [field.column for field in FIELDS],
    **{lang: [field.title[lang] for field in FIELDS] for lang in ("en", "fi", "sv")},
}


@pytest.mark.parametrize("headings", HEADINGS.values(), ids=HEADINGS.keys())
@pytest.mark.parametrize("line", [SALES, PURCHASE, SERVICE], ids=["sales", "purchase", "service"])
def test_columns_are_found_by_their_headings_in_any_order(line: str, headings: list[str]) -> None:
    frame = pd.DataFrame([line.split(";")[::-1]], columns=headings[::-1])
    result = csvimport.convert("products", frame)
    assert serious(result.report) == []
    assert result.to_bytes() == upload(line).getvalue()


@pytest.mark.parametrize(
    "headings",
    ["Type;Name;Code;Price;VAT", "Tuotetyyppi;Nimi;Koodi;Hinta;ALV", "Produkttyp;Namn;Kod;Pris;Moms", "A;B;C;F;G"],
)
def test_rows_of_a_csv_with_headings_count_from_the_heading(headings: str) -> None:
    report = csvimport.check("products", upload(headings, "S;Konsultointi;KONS-1;-95;25,5", "B;Paperi;PAP-A4;4,90;0,255"))
    assert serious(report) == [("PR-10", "error", "unit_price", "D2"), ("PR-12", "error", "vat_percent", "E3")]


@pytest.mark.parametrize(("field", "letters"), LONG_TEXTS)
def test_a_semicolon_in_a_long_text_is_an_error(field: str, letters: str) -> None:
    title = next(f.title["en"] for f in FIELDS if f.column == letters)
    report = csvimport.check("products", table(**{title: "sis. matkat; ei kuluja"}))
    assert serious(report) == [("PR-21", "error", field, "F1")]


@pytest.mark.parametrize(("field", "letters"), LONG_TEXTS)
def test_a_line_break_in_a_long_text_becomes_a_blank(field: str, letters: str) -> None:
    title = next(f.title["en"] for f in FIELDS if f.column == letters)
    result = csvimport.convert("products", table(**{title: "sis. matkat\nei kuluja"}))
    assert serious(result.report) == []
    assert ("PR-21", "note", field, "F1") in notes(result.report)
    assert b";sis. matkat ei kuluja;" in result.to_bytes()


def test_a_line_break_inside_a_name_is_an_error() -> None:
    report = csvimport.check("products", table(Product_name="Konsultointi\ntunti"))
    assert serious(report) == [("C-10", "error", "product_name", "B1")]


@pytest.mark.parametrize(
    ("word", "letter"),
    [("sales", "S"), ("Myynti", "S"), ("försäljning", "S"), ("purchase", "B"), ("ostotuote", "B"), ("inköp", "B")],
)
def test_words_for_the_type_become_its_letter_with_a_note(word: str, letter: str) -> None:
    result = csvimport.convert("products", table(Product_type=word))
    assert serious(result.report) == []
    assert ("product_type", "A1") in {found[2:] for found in notes(result.report)}
    assert result.to_bytes().decode("cp1252").startswith(f"{letter};")


@pytest.mark.parametrize("letter", ["P", "O", "M"])
def test_a_letter_that_could_mean_either_type_is_an_error(letter: str) -> None:
    assert serious(csvimport.check("products", table(Product_type=letter))) == [("PR-01", "error", "product_type", "A1")]


def test_numbers_of_a_table_keep_what_they_mean() -> None:
    frame = table(**{"Unit price": 1234.5, "VAT-%": 25.5, "Discount": 5, "Default account": 3000, "Product code": 1001})
    result = csvimport.convert("products", frame)
    assert serious(result.report) == []
    assert result.to_bytes() == b"S;Konsultointi;1001;;5;1234,5;25,5;;;;;3000;;\r\n"


def test_a_fraction_in_a_number_cell_is_not_a_percentage() -> None:
    assert serious(csvimport.check("products", table(**{"VAT-%": 0.255}))) == [("PR-12", "error", "vat_percent", "E1")]


def test_a_percentage_cell_of_a_workbook_is_read_as_it_shows(tmp_path: Path) -> None:
    path = tmp_path / "products.xlsx"
    with pd.ExcelWriter(path, engine="openpyxl") as writer:
        table(**{"VAT-%": 0.255}).to_excel(writer, index=False)
        writer.sheets["Sheet1"]["E2"].number_format = "0.0%"
    result = csvimport.convert("products", path)
    assert serious(result.report) == []
    assert ("vat_percent", "E2") in {found[2:] for found in notes(result.report)}
    assert b";25,5;" in result.to_bytes()


def test_a_mandatory_field_without_a_column_is_one_finding_for_the_file() -> None:
    frame = pd.concat([table(), table(Product_code="KONS-2")]).drop(columns="VAT-%")
    assert serious(csvimport.check("products", frame)) == [("PR-12", "error", "vat_percent", None)]


def test_products_without_a_column_of_codes_are_one_finding_for_the_file() -> None:
    frame = pd.concat([table(), table(Product_name="Koulutus")]).drop(columns="Product code")
    assert serious(csvimport.check("products", frame)) == [("PR-05", "warning", "product_code", None)]


def test_an_unknown_heading_is_a_warning_and_two_of_one_field_are_an_error() -> None:
    assert serious(csvimport.check("products", table(Colour="red"))) == [("T-01", "warning", None, "F")]
    assert serious(csvimport.check("products", table(Tuotekoodi="KONS-2"))) == [("T-02", "error", "product_code", "F")]


def test_a_unit_is_written_as_the_environment_has_it() -> None:
    for unit in ("pcs", "st", "KPL"):
        result = csvimport.convert("products", table(Unit=unit), settings={"units": ["kpl", "h"]})
        assert serious(result.report) == []
        assert ("unit", "F1") in {found[2:] for found in notes(result.report)}
        assert b";kpl;" in result.to_bytes()
