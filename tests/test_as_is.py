"""``check --as-is``: what Procountor would stumble over, each defect told once; what csvimport wrote passes."""

import codecs
import string

import pytest
from helpers import CUSTOMER, ITEM, PRODUCT, changed, check, convert, problems, said, table, upload
from hypothesis import given, settings
from hypothesis import strategies as st

PRODUCTS = [PRODUCT, changed(PRODUCT, B="Öljy", C="ÖLJY-1", D="l", F="12,50")]
RIGHT = upload(*PRODUCTS)
TEXT = RIGHT.decode("cp1252")


def found(content, file="products", **options):
    return problems(check(file, content, as_is=True, **options))


@pytest.mark.parametrize(
    ("file", "lines"), [("products", PRODUCTS), ("partners", [CUSTOMER, "GROUP;Kanta-asiakkaat;;X"]), ("dimensions", [ITEM])]
)
def test_a_right_file_passes(file, lines):
    assert found(upload(*lines), file) == []


def test_headings_in_file_order():
    headings = "Product type;Product name;Product code;Unit;Discount %;Unit price;VAT-%;;;;;;;\r\n"
    assert found((headings + TEXT).encode("cp1252")) == [("C-06", "error", 1, "A")]


def test_headings_in_finnish_of_a_whole_table():
    assert found(("Tuotetyyppi;Tuotteen nimi;Tuotekoodi;Yksikkö\r\n" + TEXT).encode("cp1252")) == [("C-06", "error", 1, "A")]


def test_a_byte_order_mark():
    assert found(codecs.BOM_UTF8 + upload(PRODUCT)) == [("C-08", "error", 1, "A")]


def test_another_encoding():
    assert [(f[0], f[1]) for f in found(TEXT.encode())] == [("C-09", "error")]


def test_another_encoding_is_no_error_when_the_settings_name_it():
    assert found(TEXT.encode(), settings={"encoding": "utf-8"}) == []


def test_windows_1252_is_an_error_when_the_settings_name_utf_8():
    assert [(f[0], f[1]) for f in found(RIGHT, settings={"encoding": "utf-8"})] == [("C-09", "error")]


def test_excels_csv_utf_8_tells_of_the_mark_and_the_encoding_and_nothing_more():
    assert {f[0] for f in found(codecs.BOM_UTF8 + TEXT.encode())} <= {"C-08", "C-09"}
    assert ("C-08", "error", 1, "A") in found(codecs.BOM_UTF8 + TEXT.encode())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_excels_unicode_text_tells_nothing_of_cells(encoding):
    mark = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else codecs.BOM_UTF16_BE
    codes = {f[0] for f in found(mark + TEXT.encode(encoding))}
    assert codes
    assert codes <= {"C-08", "C-09"}


def test_quotation_marks_around_every_field():
    quoted = "".join(";".join(f'"{cell}"' for cell in line.split(";")) + "\r\n" for line in PRODUCTS)
    assert found(quoted) == [("C-04", "error", 1, "A")]


def test_quotation_marks_around_text_as_libreoffice_writes_them():
    quoted = "".join(
        ";".join(f'"{cell}"' if cell and not cell[0].isdigit() else cell for cell in line.split(";")) + "\r\n" for line in PRODUCTS
    )
    assert found(quoted) == [("C-04", "error", 1, "A")]


def test_quotation_marks_around_one_field_point_at_its_row():
    quoted = TEXT.replace("Öljy", '"Öljy"')
    assert found(quoted) == [("C-04", "error", 2, "B")]


def test_a_quotation_mark_inside_text_is_a_warning_at_its_cell():
    assert found(upload(changed(PRODUCT, B='5" putki'))) == [("C-05", "warning", 1, "B")]


@pytest.mark.parametrize("delimiter", [",", "\t", "|"])
def test_another_delimiter_is_the_cause_of_everything(delimiter):
    rows = [changed(line, F="12.50", G="10", B="Kahvi").split(";") for line in PRODUCTS]
    assert [(f[0], f[1]) for f in found(table(rows, delimiter))] == [("C-02", "error")]


def test_a_sep_line_is_no_record():
    assert found("sep=;\r\n" + TEXT) == [("C-06", "error", 1, "A")]
    assert found("sep=;\r\n" + TEXT.replace("Öljy", '"Öljy"'))[1:] == [("C-04", "error", 3, "B")]


@pytest.mark.parametrize(
    "lines", [["", PRODUCT], [PRODUCT, "", PRODUCTS[1]], [PRODUCT, ";;;", "", PRODUCTS[1]], [*PRODUCTS, ""], [*PRODUCTS, ";" * 13]]
)
def test_blank_lines(lines):
    assert [(f[0], f[1]) for f in found(upload(*lines))] == [("C-14", "error")]


def test_line_feeds_alone_are_a_warning():
    assert [(f[0], f[1]) for f in found(TEXT.replace("\r\n", "\n"))] == [("C-11", "warning")]


def test_carriage_returns_alone_are_an_error():
    assert [(f[0], f[1]) for f in found(TEXT.replace("\r\n", "\r"))] == [("C-11", "error")]


def test_mixed_line_ends_are_told_once():
    assert [f[0] for f in found(TEXT.replace("\r\n", "\n", 1))] == ["C-11"]


@pytest.mark.parametrize(
    "number",
    [
        "1 234,50",
        "1\u00a0234,50",
        "1.234,50",
        "1,234.50",
        "1'234,50",
        "5 €",
        "€ 5",
        "5 %",
        "1,5E3",
        "5,",
        ",5",
        "+5",
        "12,5,1",
        "viisi",
        "5 kpl",
    ],
)
def test_a_number_in_another_form_is_one_error_at_its_cell(number):
    assert [(f[1], f[2], f[3]) for f in found(upload(changed(PRODUCT, F=number)))] == [("error", 1, "F")]


@pytest.mark.parametrize("number", ["5-", "- 5", "(5)", "–5"])
def test_a_negative_penal_interest_in_another_form_is_one_error(number):
    assert [(f[1], f[2], f[3]) for f in found(upload(changed(CUSTOMER, W=number)), "partners")] == [("error", 1, "W")]


@pytest.mark.parametrize("number", ["25.5", "25,5", "25,50", "0", "10,0"])
def test_comma_and_point_are_both_read_as_decimal_mark(number):
    assert found(upload(changed(PRODUCT, G=number, N=""))) == []


@pytest.mark.parametrize(
    ("lang", "message", "hint"),
    [
        ("en", "Procountor would read “s” as it stands.", "Write S; csvimport convert does it."),
        ("fi", "Procountor lukisi arvon ”s” sellaisenaan.", "Kirjoita S; csvimport convert tekee sen."),
        ("sv", "Procountor skulle läsa ”s” som det står.", "Skriv S; csvimport convert gör det."),
    ],
)
def test_what_convert_would_write_is_what_to_write(lang, message, hint):
    content = upload(changed(PRODUCT, A="s"))
    told = [(issue.message, issue.hint) for issue in check("products", content, as_is=True, lang=lang).issues if issue.code == "C-19"]
    assert told == [(message, hint)]
    assert [i.hint for i in check("products", content).issues if i.code == "C-19"] == ["Nothing to do."]


def test_a_point_and_three_digits_is_a_decimal_mark():
    assert found(upload(changed(PRODUCT, F="1.234"))) == []


@pytest.mark.parametrize(
    ("column", "cell", "code", "severity"),
    [
        ("A", " S", "C-18", "warning"),
        ("B", "Kahvi ", "C-18", "warning"),
        ("B", "Kahvi\u00a0musta", "C-18", "warning"),
        ("A", "s", "C-19", "warning"),
        ("A", "myynti", "PR-01", "error"),
        ("A", "P", "PR-01", "error"),
        ("B", "", "PR-02", "error"),
        ("B", "x" * 101, "PR-02", "error"),
        ("C", "x" * 41, "PR-04", "error"),
        ("I", "EURO", "PR-18", "error"),
        ("I", "€", "PR-18", "error"),
        ("L", "300", "PR-19", "error"),
        ("L", "3000 Myynti", "PR-19", "error"),
        ("G", "26", "PR-12", "error"),
        ("G", "0,255", "PR-12", "error"),
        ("N", "1", "PR-14", "error"),
        ("B", "#VIITTAUS!", "C-47", "error"),
        ("B", "=A1", "C-47", "error"),
        ("H", "sarkain\ttässä", "PR-21", "error"),
        ("C", "'1001", "C-05", "warning"),
    ],
)
def test_a_defect_of_a_product_is_told_once_at_its_cell(column, cell, code, severity):
    assert found(upload(changed(PRODUCT, **{column: cell}))) == [(code, severity, 1, column)]


@pytest.mark.parametrize(
    ("column", "cell", "code", "severity"),
    [
        ("B", "91000013", None, "error"),
        ("B", "9100001-4", "P-07", "error"),
        ("C", "asiakas", "P-04", "error"),
        ("I", "Suomi", "P-23", "error"),
        ("I", "XK", None, "warning"),
        ("O", "14", "P-17", "error"),
        ("O", "14 pv netto", "P-17", "error"),
        ("O", "149", "P-18", "warning"),
        ("P", "tilisirto", "P-19", "error"),
        ("R", "maija@", "P-21", "error"),
        ("R", "Maija <maija@example.com>", "P-21", "error"),
        ("X", "suomi", "P-25", "error"),
        ("X", "5", "P-25", "warning"),
        ("Z", "verkkolasku", "P-26", "error"),
        ("AA", "P", "P-31", "error"),
        ("AK", "170", "P-34", "error"),
        ("AY", "x", "P-38", "error"),
        ("BE", "37910000130", "P-43", "error"),
    ],
)
def test_a_defect_of_a_partner_is_told_once_at_its_cell(column, cell, code, severity):
    result = found(upload(changed(CUSTOMER, **{column: cell})), "partners")
    assert [(f[1], f[2], f[3]) for f in result] == [(severity, 1, column)]
    assert code in (None, result[0][0])


@pytest.mark.parametrize(
    ("column", "cell", "code", "severity"),
    [
        ("A", "", "D-01", "error"),
        ("B", "", "D-03", "error"),
        ("C", "p", "D-08", "error"),
        ("C", "I", "D-08", "error"),
        ("C", "passiivinen", "D-07", "error"),
        ("E", "4711", "D-11", "warning"),
    ],
)
def test_a_defect_of_an_item_is_told_once_at_its_cell(column, cell, code, severity):
    result = found(upload(ITEM, changed(ITEM, B="Myymälä B", **{column: cell}) if column != "B" else changed(ITEM, B="")), "dimensions")
    assert result == [(code, severity, 2, column)]


def test_an_old_account_in_blanks_and_an_iban_in_blanks_are_errors_as_they_stand():
    supplier = changed(CUSTOMER, C="S", AK="", AL="", N="FI21 1234 5600 0007 85")
    assert found(upload(supplier), "partners") == [("P-15", "error", 1, "N")]


def test_an_empty_first_cell():
    assert found(upload(changed(CUSTOMER, A="", B="")), "partners")[0][:2] == ("P-03", "error")


def test_short_records_are_read():
    assert found(upload("S;Kahvi;K-1;kpl;;4,50;25,5")) == []


def test_one_spare_semicolon_is_read():
    assert found(upload(f"{PRODUCT};")) == []


def test_a_cell_beyond_the_last_field():
    assert found(upload(f"{PRODUCT};yli")) == [("C-12", "error", 1, "O")]


def test_plain_check_takes_as_notes_what_convert_puts_right():
    cells = {"A": "s", "B": " Kahvi\u00a0musta ", "F": "1 234.50", "I": "eur"}
    content = codecs.BOM_UTF8 + ('"' + changed(PRODUCT, **cells).replace(";", '";"') + '"\n\n').encode()
    assert problems(check("products", content)) == []
    assert convert("products", content).to_bytes() == upload(changed(PRODUCT, B="Kahvi musta", F="1234,50"))


# --- what csvimport wrote ------------------------------------------------------------------------------------------

LETTERS = string.ascii_letters + string.digits + "åäöÅÄÖéšŽ€ .,:-–/()&+”’"


def unmistakable(text):
    """Whether text in Windows-1252 cannot be taken for UTF-8 (as the two characters Äš can)."""
    try:
        return text.encode("cp1252").decode() == text
    except UnicodeDecodeError:
        return True


names = (
    st.text(LETTERS, min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda t: t and t[0].isalpha() and unmistakable(t))
)
prices = st.decimals(0, 100000, places=2, allow_nan=False).map(lambda d: str(d).replace(".", ","))


@st.composite
def product_tables(draw):
    codes = draw(st.lists(names, min_size=1, max_size=6, unique_by=str.casefold))
    rows = [
        [
            draw(st.sampled_from(["S", "s", "myynti", "Sales", "Försäljning"])),
            draw(names),
            code,
            draw(st.sampled_from(["kpl", "h", "km", "kg", ""])),
            draw(st.sampled_from(["", "0", "5", "12,5", "100"])),
            draw(prices.filter(lambda price: price != "0,00")),
            draw(st.sampled_from(["25,5", "25.5", "25,5 %", "10", "0"])),
            draw(st.sampled_from(["", "EUR", "sek", "€"])),
            draw(st.one_of(st.just(""), names)),
        ]
        for code in codes
    ]
    headings = ["Product type", "Product name", "Product code", "Unit", "Discount %", "Price", "VAT-%", "Currency", "Instructions"]
    return table([headings, *rows])


@st.composite
def item_tables(draw):
    items = draw(st.lists(names, min_size=1, max_size=8, unique_by=lambda name: "".join(name.casefold().split())))
    rows = [
        ["Kustannuspaikka", item, draw(st.sampled_from(["", "A", "P", "passiivinen", "aktiv"])), draw(st.one_of(st.just(""), names))]
        for item in items
    ]
    return table([["Dimension", "Item", "Passivity code", "Description"], *rows])


@settings(max_examples=12, deadline=None)
@given(product_tables())
def test_products_that_csvimport_wrote_pass_as_they_are(content):
    result = convert("products", content.encode())
    assert result.report.ok, problems(result.report)
    assert problems(check("products", result.to_bytes(), as_is=True)) == []


@settings(max_examples=12, deadline=None)
@given(item_tables())
def test_dimensions_that_csvimport_wrote_pass_as_they_are(content):
    result = convert("dimensions", content.encode())
    assert result.report.ok, problems(result.report)
    assert problems(check("dimensions", result.to_bytes(), as_is=True)) == []


def test_partners_that_csvimport_wrote_pass_as_they_are():
    content = table(
        [
            [
                "Type",
                "ID type",
                "Business ID",
                "Name",
                "Street",
                "Postal code",
                "City",
                "Country",
                "Payment term",
                "Group 1",
                "Customer number",
            ],
            ["customer", "FI", "91000013", "Esimerkki Oy", "Mallikatu 1", "00100", "Helsinki", "Suomi", "14 pv", "Kanta-asiakkaat", "1"],
            ["asiakas", "FI", "9100002-1", "Öljy & Pojat", "Tie 2", "33100", "Tampere", "fi", "140", "", "2"],
        ]
    )
    result = convert("partners", content)
    assert result.report.ok, problems(result.report)
    assert problems(check("partners", result.to_bytes(), as_is=True)) == []
    assert [f for f in said(check("partners", result.to_bytes())) if f[1] != "note"] == []


def test_a_form_that_is_wrong_is_told_with_the_right_one_or_without_it_where_that_is_masked():
    report = check("partners", upload(changed(CUSTOMER, B="91000013", N="FI93 9999 9900 0000 14")), as_is=True)
    hints = {issue.code: issue.hint for issue in report.issues if issue.severity == "error"}
    assert hints == {
        "C-28": "Write 9100001-3; csvimport convert does it.",
        "P-15": "Write it in its exact form; csvimport convert does it.",
    }
