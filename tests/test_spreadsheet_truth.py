"""What a spreadsheet stores, what it shows, and what csvimport takes: where the two differ, the user is told.

The README tells the same (How tables are read, Spreadsheets). Percentages, leading zeros, error cells and formulas of .xlsx stand in
``test_reading_workbooks``.
"""

import io
import zipfile

import openpyxl
import pytest
import xlwt
from helpers import PRODUCT_HEADINGS, one, problems, said, source
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import P, Span
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.utils.datetime import CALENDAR_MAC_1904

import csvimport

PRODUCT = {"Product type": "S", "Product name": "Kahvi", "Product code": "K-1", "Unit": "kpl", "Unit price": 4.5, "VAT-%": 13.5}
HOURS = {
    "Employee number": "1001",
    "Salary type": "1004",
    "Quantity": 7.5,
    "Earning period start": "31.01.2026",
    "Earning period end": "31.01.2026",
}
DAY = 46053  # the 31st of January 2026 as Excel stores it
DAYS_TO_1904 = 1462


def rows(row, **cells):
    """Headings and one row, with other cells by heading."""
    row = row | {heading.replace("_", " "): value for heading, value in cells.items()}
    return [list(row), list(row.values())]


def saved(workbook, name="input.xlsx"):
    stream = io.BytesIO()
    workbook.save(stream)
    return source(stream.getvalue(), name)


def xlsx(lines, formats=None, *, mac=False):
    """A workbook; ``formats``: number formats by cell."""
    book = openpyxl.Workbook()
    if mac:
        book.epoch = CALENDAR_MAC_1904
    for line in lines:
        book.active.append(line)
    for cell, code in (formats or {}).items():
        book.active[cell].number_format = code
    return saved(book)


def xls(lines, formats=None, *, mac=False):
    book = xlwt.Workbook()
    book.dates_1904 = mac
    sheet = book.add_sheet("Taulukko")
    for y, line in enumerate(lines):
        for x, value in enumerate(line):
            code = (formats or {}).get(f"{chr(65 + x)}{y + 1}")
            if value is not None:
                sheet.write(y, x, value, *([xlwt.easyxf(num_format_str=code)] if code else []))
    return saved(book, "input.xls")


def ods_cell(value):
    if hasattr(value, "tagName"):
        return value
    if value is None:
        return TableCell()
    if isinstance(value, int | float):
        return TableCell(valuetype="float", value=str(value))
    return of_ods(value, valuetype="string")


def of_ods(text=None, **attributes):
    """A cell of an .ods with the text that it shows."""
    cell = TableCell(**attributes)
    if text is not None:
        cell.addElement(P(text=text))
    return cell


def ods(lines, *, columns=(), **of_last_row):
    document = OpenDocumentSpreadsheet()
    sheet = Table(name="Taulukko")
    for column in columns:
        sheet.addElement(column)
    for at, line in enumerate(lines, start=1):
        row = TableRow(**(of_last_row if at == len(lines) else {}))
        for value in line:
            row.addElement(ods_cell(value))
        sheet.addElement(row)
    document.spreadsheet.addElement(sheet)
    return saved(document, "input.ods")


def edited(stream, old, new, part="sheet1.xml"):
    """A workbook with another text in the XML of one of its parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(stream) as before, zipfile.ZipFile(content, "w") as after:
        for name in before.namelist():
            xml = before.read(name)
            if name.endswith(part):
                assert old in xml, xml
                xml = xml.replace(old, new)
            after.writestr(name, xml)
    return source(content.getvalue(), "input.xlsx")


def check(stream, file="products"):
    stream.seek(0)
    return csvimport.check(file, stream)


def cells(stream, file="products"):
    """The cells of the first line that is written."""
    stream.seek(0)
    return csvimport.convert(file, stream).to_bytes().decode("cp1252").split("\r\n")[0].split(";")


def told(stream, file="products"):
    """The findings about rows and columns."""
    return [found for found in said(check(stream, file)) if found[2] or found[3]]


# --- numbers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "code", "written", "findings"),
    [
        (0.1 + 0.2, "General", "0,3", []),
        (0.1 + 0.2, "0.00", "0,3", []),
        (4.35 * 100, "0", "435", []),  # 434.99999999999994
        (1234.5678, "General", "1234,5678", []),
        (1234.5678, "0.00", "1234,5678", ["C-49"]),
        (-1234.5678, "#,##0.00;[Red]-#,##0.00", "-1234,5678", ["C-49"]),
        (1234.56, '_-* #,##0.00\\ "€"_-;-* #,##0.00\\ "€"_-', "1234,56", []),
        (1234.567, '_-* #,##0.00\\ "€"_-', "1234,567", ["C-49"]),
        (7.5, "0", "7,5", ["C-49"]),
        (7.5, "#,##0", "7,5", ["C-49"]),
        (7.0, "0", "7", []),
        (1000, "#,##0,", "1000", ["C-49"]),  # shown as 1
        (1500000, '0.0,,"M"', "1500000", ["C-49"]),
        (1000, "#,##0", "1000", []),
        (42, '0" kg"', "42", []),
        (0.5, "# ?/?", "0,5", []),
        (123456, "0.00E+00", "123456", []),
    ],
)
def test_what_a_number_cell_stores_is_taken_and_told_where_it_shows_less(number, code, written, findings):
    lines = [("Dimension name", "Item name", "Description"), ("Kustannuspaikka", "A", number)]
    assert cells(xlsx(lines, {"C2": code}), "dimensions")[3] == written.replace(",", ".")
    price = xlsx(rows(PRODUCT, Unit_price=abs(number)), {"E2": code})
    assert cells(price)[5] == written.lstrip("-")
    report = check(price)
    assert [(i.code, i.severity, i.row, i.column) for i in report.issues if i.code == "C-49"] == [(c, "warning", 2, "E") for c in findings]
    assert all(issue.value in issue.message for issue in report.issues if issue.code == "C-49")


OF_OTHER_CURRENCIES = [
    "[$$-409]#,##0.00",
    '#,##0.00\\ "kr"',
    '0.00" SEK"',
    "[$£-809]#,##0.00",
    "$#,##0",
    "#,##0.00\\ [$USD]",
    "\\$0.0",
    "[$¤]0",
]


@pytest.mark.parametrize("made", [xlsx, xls])
@pytest.mark.parametrize("code", OF_OTHER_CURRENCIES)
def test_a_sum_shown_in_another_currency_is_none_in_euros(made, code):
    """Of a product without a currency, which means euros; with one, and in a column of texts, the number is what it is."""
    assert told(made(rows(PRODUCT), {"E2": code})) == [("C-21", "error", 2, "E")]
    assert told(made(rows(PRODUCT, Currency="EUR"), {"E2": code})) == [("C-21", "error", 2, "E")]
    assert told(made(rows(PRODUCT, Currency="SEK"), {"E2": code})) == []
    assert told(made(rows(PRODUCT, Product_name=45), {"B2": code})) == [("C-49", "warning", 2, "B")]


@pytest.mark.parametrize(
    "code", ['#,##0.00\\ "€"', "[$€-40B]#,##0.00", "#,##0.00\\ [$EUR]", '0.00" eur"', '0.0" kpl"', "[$-40B]0.00", "[Red]0.00"]
)
def test_a_sum_shown_in_euros_or_without_a_currency_is_one_in_euros(code):
    assert told(xlsx(rows(PRODUCT), {"E2": code})) == []


def test_a_sum_of_pay_shown_in_another_currency_is_an_error():
    assert told(xlsx(rows(HOURS, Row_unit_price=12.5), {"F2": "[$$-409]0.00"}), "payroll") == [("C-21", "error", 2, "F")]


def test_hours_shown_as_a_currency_are_hours():
    assert told(xlsx(rows(HOURS), {"C2": "[$$-409]0.0"}), "payroll") == []


@pytest.mark.parametrize(("currency", "findings"), [("SEK", [("C-21", "error", 2, "E")]), ("EUR", [])])
def test_a_sum_of_an_ods_in_another_currency_is_none_in_euros(currency, findings):
    price = TableCell(valuetype="currency", currency=currency, value="4.5")
    assert told(ods(rows(PRODUCT, Unit_price=price))) == findings


@pytest.mark.parametrize("made", [xlsx, xls])
def test_a_format_with_letters_hides_decimals_like_one_without(made):
    assert told(made(rows(PRODUCT, Unit_price=7.5), {"E2": '0" eur"'})) == [("C-49", "warning", 2, "E")]


def test_the_rule_of_the_field_tells_of_decimals_that_it_does_not_take():
    """One finding for a cell: the number that is written would be rounded by Procountor."""
    assert problems(check(xlsx(rows(HOURS, Quantity=7.3333), {"C2": "0.00", "D2": "dd.mm.yyyy"}), "payroll")) == [
        ("PAY-14", "error", 2, "C")
    ]


@pytest.mark.parametrize(
    ("number", "code", "findings"),
    [
        (42, '"K-"0000', [("C-49", "warning", 2, "C")]),  # shown as K-0042
        (123456, "000-000", [("C-49", "warning", 2, "C")]),
        (42, "000000", [("C-27", "note", 2, "C")]),  # shown as 000042, which is taken
        (42, "0", []),
        (42, '0" €"', []),
    ],
)
def test_letters_and_hyphens_of_a_number_format_are_no_part_of_a_code(number, code, findings):
    made = xlsx(rows(PRODUCT, Product_code=number), {"C2": code})
    assert told(made) == findings
    assert cells(made)[2] == ("000042" if code == "000000" else str(number))


@pytest.mark.parametrize("made", [xlsx, xls, ods])
@pytest.mark.parametrize(
    ("heading", "number", "code"),
    [
        ("Bank account", 2112345600000785.0, "C-26"),
        ("Customer number", 1001.5, "C-26"),
        ("Customer number", 12345678901234567890.0, "C-26"),
        ("EDI code", 37910000131234567.0, "C-26"),
    ],
)
def test_a_number_of_sixteen_digits_has_lost_some(made, heading, number, code):
    row = {"Business partner type": "S", "Name": "Esimerkki Oy", "Business ID type": "FI", "Business ID": "9100001-3", heading: number}
    report = csvimport.check("partners", made([list(row), list(row.values())]))
    assert (code, "error", 2, "E") in problems(report)
    assert not report.ok


@pytest.mark.parametrize("made", [xlsx, xls, ods])
def test_text_that_looks_like_a_number_stays_what_it_is(made):
    assert cells(made(rows(PRODUCT, Product_code="00123", Unit_price="1,5")))[2:6] == ["00123", "kpl", "", "1,5"]
    assert cells(made(rows(PRODUCT, Product_code="1E5", Unit_price="1\u00a0234,50")))[2:6] == ["1E5", "kpl", "", "1234,50"]


# --- dates and times -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [xlsx, xls])
@pytest.mark.parametrize("code", ["dd.mm.yyyy", "d.m.yy", "yyyy-mm-dd", "mmm yy", "[$-40B]d. mmmm yyyy"])
def test_a_date_is_the_day_that_is_stored_however_it_is_shown(made, code):
    assert cells(made(rows(HOURS, Earning_period_start=DAY), {"D2": code}), "payroll")[18] == "31.01.2026"


@pytest.mark.parametrize("made", [xlsx, xls])
def test_a_workbook_that_counts_from_1904_has_the_same_days(made):
    stored = rows(HOURS, Earning_period_start=DAY - DAYS_TO_1904, Quantity=1.5625)
    written = cells(made(stored, {"D2": "dd.mm.yyyy", "C2": "[h]:mm"}, mac=True), "payroll")
    assert (written[18], written[4]) == ("31.01.2026", "37,5")


@pytest.mark.parametrize("made", [xlsx, xls])
@pytest.mark.parametrize("serial", [0, 1, 59, 60])
def test_days_before_march_1900_are_zeros_of_a_spreadsheet(made, serial):
    """0 is shown as 0.1.1900, and 60 as the 29th of February, which there was not."""
    assert problems(check(made(rows(HOURS, Earning_period_start=serial), {"D2": "dd.mm.yyyy"}), "payroll")) == [("PAY-25", "error", 2, "D")]


def test_the_first_day_on_which_spreadsheets_agree_is_a_date():
    assert cells(xlsx(rows(HOURS, Earning_period_start=61), {"D2": "dd.mm.yyyy"}), "payroll")[18] == "01.03.1900"


def test_the_zero_of_libreoffice_is_no_date():
    day = of_ods("30.12.1899", valuetype="date", datevalue="1899-12-30")
    assert problems(check(ods(rows(HOURS, Earning_period_start=day)), "payroll")) == [("PAY-25", "error", 2, "D")]


@pytest.mark.parametrize("made", [xlsx, xls, ods])
def test_a_date_shown_as_a_number_is_an_error_that_says_so(made):
    report = check(made(rows(HOURS, Earning_period_start=DAY)), "payroll")
    found = one(report, "PAY-25")
    assert (found.severity, found.row, found.column, found.value, found.suggestion) == ("error", 2, "D", str(DAY), None)
    assert "stores dates as numbers" in found.message
    assert "stores" not in one(check(made(rows(HOURS, Earning_period_start=20260131)), "payroll"), "PAY-25").message


@pytest.mark.parametrize("made", [xlsx, xls])
@pytest.mark.parametrize(("heading", "column"), [("Unit_price", "E"), ("Product_code", "C"), ("Product_name", "B")])
def test_a_number_shown_as_a_date_is_an_error(made, heading, column):
    assert problems(check(made(rows(PRODUCT, **{heading: 45000}), {f"{column}2": "dd.mm.yyyy"}))) == [("C-47", "error", 2, column)]


@pytest.mark.parametrize("made", [xlsx, xls])
def test_a_time_of_day_behind_a_date_is_an_error(made):
    assert problems(check(made(rows(HOURS, Earning_period_start=DAY + 0.5), {"D2": "dd.mm.yyyy"}), "payroll")) == [
        ("PAY-25", "error", 2, "D")
    ]


@pytest.mark.parametrize("made", [xlsx, xls])
@pytest.mark.parametrize(
    ("number", "code", "written"), [(0.3125, "h:mm", "7,5"), (1.5625, "[h]:mm", "37,5"), (4.0625, "[h]:mm:ss", "97,5")]
)
def test_times_and_durations_of_more_than_a_day_are_hours(made, number, code, written):
    made_ = made(rows(HOURS, Quantity=number), {"C2": code})
    assert cells(made_, "payroll")[4] == written
    assert one(check(made_, "payroll"), "PAY-14").severity == "note"


@pytest.mark.parametrize(("duration", "written"), [("PT07H30M00S", "7,5"), ("PT37H30M00S", "37,5"), ("PT100H15M00S", "100,25")])
def test_durations_of_an_ods(duration, written):
    quantity = of_ods("37:30", valuetype="time", timevalue=duration)
    assert cells(ods(rows(HOURS, Quantity=quantity)), "payroll")[4] == written


def test_a_duration_shown_as_a_time_of_day_is_an_error():
    """37:30 hours with the format h:mm are shown as 13:30: which of the two is meant, nobody knows."""
    made = xlsx(rows(HOURS, Quantity=1.5625), {"C2": "h:mm"})
    assert problems(check(made, "payroll")) == [("C-47", "error", 2, "C")]


# --- errors, formulas, truth values --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        lambda: of_ods("#N/A", formula="of:=NA()", valuetype="string"),
        lambda: of_ods("#DIV/0!", formula="of:=1/0", valuetype="float", value="0"),
        lambda: of_ods("Err:502", formula="of:=X()", valuetype="string"),
        lambda: of_ods("Virhe:502", formula="of:=X()", valuetype="string", stringvalue=""),
        lambda: of_ods(formula="of:=1+2"),
    ],
    ids=["#N/A", "#DIV/0!", "Err", "Virhe", "no result"],
)
def test_errors_of_an_ods_and_formulas_without_a_result_are_errors(cell):
    assert problems(check(ods(rows(PRODUCT, Unit_price=cell())))) == [("C-47", "error", 2, "E")]


def test_a_formula_of_an_ods_is_its_result():
    made = ods(rows(PRODUCT, Unit_price=of_ods("4,50", formula="of:=9/2", valuetype="float", value="4.5")))
    assert cells(made)[5] == "4,5"
    assert told(made) == []


def test_a_percentage_of_an_ods_is_the_figure_that_it_shows():
    made = ods(rows(PRODUCT, **{"VAT-%": of_ods("25,5 %", valuetype="percentage", value="0.255")}))
    assert cells(made)[6] == "25,5"
    assert told(made) == [("C-21", "note", 2, "F")]


def test_percentages_of_very_many_equal_rows_of_an_ods_are_the_figures_that_they_show():
    percentage = of_ods("25,5 %", valuetype="percentage", value="0.255")
    made = ods(rows(PRODUCT, **{"VAT-%": percentage}), numberrowsrepeated=10_002)
    assert set(csvimport.convert("products", made).to_bytes().splitlines()) == {b"S;Kahvi;K-1;kpl;;4,5;25,5;;;;;;;"}


def test_an_empty_text_of_a_formula_is_an_empty_cell():
    made = xlsx(rows(PRODUCT, Product_code="X"))
    empty = b'<c r="C2" t="str"><f>IF(A2="S","","x")</f><v></v></c>'
    made = edited(made, cell_xml(made, "C2"), empty)
    assert cells(made)[2] == ""
    assert problems(check(made)) == [("PR-05", "warning", 2, "C")]


def cell_xml(stream, place):
    """The XML of a cell in the first sheet."""
    xml = zipfile.ZipFile(io.BytesIO(stream.getvalue())).read("xl/worksheets/sheet1.xml")
    start = xml.index(f'<c r="{place}"'.encode())
    return xml[start : xml.index(b"</c>", start) + len(b"</c>")]


def test_rows_of_formulas_that_give_nothing_are_blank():
    """As they stand in workbooks whose formulas are filled down below the table."""
    made = xlsx([*rows(PRODUCT), ["X"]])
    made = edited(made, cell_xml(made, "A3"), b'<c r="A3" t="str"><f>IF(B3="","","S")</f><v></v></c>')
    assert check(made).counts.rows == 1


# --- text ----------------------------------------------------------------------------------------------------------


def test_rich_text_is_its_text():
    book = openpyxl.Workbook()
    for line in rows(PRODUCT):
        book.active.append(line)
    book.active["B2"] = CellRichText("Kahvi ", TextBlock(InlineFont(b=True), "musta"), " 500 g")
    assert cells(saved(book))[1] == "Kahvi musta 500 g"


def test_rich_text_of_an_ods_is_its_text():
    line = P(text="Kahvi ")
    line.addElement(Span(text="musta"))
    cell = TableCell(valuetype="string")
    cell.addElement(line)
    assert cells(ods(rows(PRODUCT, Product_name=cell)))[1] == "Kahvi musta"


def test_phonetic_text_is_left_out():
    made = xlsx(rows(PRODUCT))
    phonetic = '<c r="B2" t="inlineStr"><is><r><t>Kah</t></r><r><t>vi</t></r><rPh sb="0" eb="2"><t>カ</t></rPh></is></c>'
    assert cells(edited(made, cell_xml(made, "B2"), phonetic.encode()))[1] == "Kahvi"


@pytest.mark.parametrize("made", [xlsx, xls, ods])
def test_cells_with_several_lines(made):
    lines = [[*PRODUCT, "Additional information"], [*PRODUCT.values(), "rivi 1\nrivi 2"]]
    assert cells(made(lines))[7] == "rivi 1 rivi 2"
    assert told(made(lines)) == [("PR-21", "note", 2, "G")]
    assert problems(check(made(rows(PRODUCT, Product_code="K\n1")))) == [("C-10", "error", 2, "C")]


@pytest.mark.parametrize("made", [xlsx, xls, ods])
@pytest.mark.parametrize("blank", ["\u00a0", " ", " \u00a0\u202f", "\u200b"])
def test_rows_of_blanks_that_do_not_break_are_blank(made, blank):
    lines = [*rows(PRODUCT), [None, blank, None, None, None, None], list(PRODUCT.values()), [blank, None, blank]]
    report = check(made(lines))
    assert report.ok
    assert report.counts.rows == 2
    assert one(report, "C-14").severity == "note"


# --- rows, columns and tables --------------------------------------------------------------------------------------

SECOND = ["S", "Tee", "T-1", "kpl", 3, 25.5]


@pytest.mark.parametrize("visibility", ["collapse", "filter"])
def test_hidden_and_filtered_rows_of_an_ods_are_read_and_told(visibility):
    made = ods([*rows(PRODUCT), SECOND], visibility=visibility)
    assert problems(check(made)) == [("T-04", "warning", 3, None)]
    assert check(made).counts.rows == 2


def test_rows_that_a_filter_hides_are_read_and_told():
    book = openpyxl.Workbook()
    for line in [*rows(PRODUCT), SECOND]:
        book.active.append(line)
    book.active.auto_filter.ref = "A1:F3"
    book.active.auto_filter.add_filter_column(1, ["Kahvi"])
    book.active.row_dimensions[3].hidden = True
    found = one(check(saved(book)), "T-04")
    assert (found.severity, found.row) == ("warning", 3)
    assert "filter" in found.hint


def test_hidden_columns_of_an_ods_are_read_and_told():
    columns = [TableColumn(numbercolumnsrepeated=2), TableColumn(visibility="collapse"), TableColumn(numbercolumnsrepeated=3)]
    made = ods(rows(PRODUCT), columns=columns)
    assert problems(check(made)) == [("T-05", "warning", None, "C")]
    assert cells(made)[2] == "K-1"


@pytest.mark.parametrize("made", [xlsx, xls, ods])
def test_merged_cells_of_data_are_told_and_the_hidden_ones_are_empty(made):
    lines = [*rows(PRODUCT), ["S", None, "T-1", "kpl", 3, 25.5]]
    if made is ods:
        merged = of_ods("Kahvi", valuetype="string", numberrowsspanned=2, numbercolumnsspanned=1)
        stream = ods([lines[0], ["S", merged, *lines[1][2:]], ["S", CoveredTableCell(), *lines[2][2:]]])
    elif made is xls:
        book = xlwt.Workbook()
        sheet = book.add_sheet("Taulukko")
        for y, line in enumerate(lines):
            for x, value in enumerate(line):
                if value is not None:
                    sheet.write(y, x, value)
        sheet.merge(1, 2, 1, 1)
        stream = saved(book, "input.xls")
    else:
        book = openpyxl.Workbook()
        for line in lines:
            book.active.append(line)
        book.active.merge_cells("B2:B3")
        stream = saved(book)
    assert problems(check(stream)) == [("T-06", "warning", 2, "B"), ("PR-02", "error", 3, "B")]


def test_a_heading_merged_over_two_columns_names_the_first():
    book = openpyxl.Workbook()
    for line in [["Dimension name", "Item name", None, "Passive"], ["Kustannuspaikka", "A", "x", False]]:
        book.active.append(line)
    book.active.merge_cells("B1:C1")
    assert told(saved(book), "dimensions")[0] == ("T-01", "warning", 1, "C")
    assert cells(saved(book), "dimensions")[:2] == ["Kustannuspaikka", "A"]


@pytest.mark.parametrize("made", [xlsx, xls, ods])
def test_two_tables_beside_each_other_are_never_mixed(made):
    """The same headings twice are an error at the second ones, and others are left out and told."""
    report = check(made([[*PRODUCT_HEADINGS, None, *PRODUCT_HEADINGS], [*PRODUCT.values(), None, *SECOND]]))
    assert [found for found in problems(report) if found[1] == "error"] == [("T-02", "error", 1, column) for column in "HIJKLM"]
    beside = made([[*PRODUCT_HEADINGS, None, "Toimittaja", "Puhelin"], [*PRODUCT.values(), None, "Esimerkki Oy", "040"]])
    assert problems(check(beside)) == [("T-01", "warning", 1, "H"), ("T-01", "warning", 1, "I")]
    assert cells(beside)[:3] == ["S", "Kahvi", "K-1"]


@pytest.mark.parametrize("made", [xlsx, xls, ods])
def test_a_table_below_with_the_same_headings_goes_on(made):
    made_ = made([*rows(PRODUCT), [None], list(PRODUCT), SECOND])
    assert told(made_) == [("C-14", "note", 3, None), ("T-07", "note", 4, None)]
    assert check(made_).counts.rows == 2


@pytest.mark.parametrize("made", [xlsx, xls, ods])
@pytest.mark.parametrize("gap", [[], [[None]], [[None], ["Ostot", None, None]]])
def test_a_table_below_in_another_order_is_an_error_where_it_begins(made, gap):
    """Read on in the columns of the first, its items would have become dimensions."""
    first = [["Dimension name", "Item name", "Passive"], ["Kustannuspaikka", "A", "x"], ["Kustannuspaikka", "B", ""]]
    second = [["Item name", "Dimension name", "Passive"], ["C", "Kustannuspaikka", ""]]
    report = check(made([*first, *gap, *second]), "dimensions")
    found = one(report, "T-18")
    assert (found.severity, found.row, found.column) == ("error", 4 + len(gap), None)
    assert not any(issue.row and issue.row > found.row for issue in report.issues)


def test_words_that_are_headings_may_be_data():
    """A single one in a row, or those of the row's own columns, begin no table."""
    lines = [["Dimension name", "Item name", "Description"], ["Projekti", "Nimike", "Uusi"], ["Dimensio", "Nimikkeen nimi", "x"]]
    assert [found for found in problems(check(xlsx(lines), "dimensions")) if found[0] == "T-18"] == []


# --- .xls ----------------------------------------------------------------------------------------------------------


def old_sheet(change, lines=None):
    """An .xls whose sheet is changed by a function, behind another sheet."""
    book = xlwt.Workbook()
    book.add_sheet("Muistio ä").write(0, 0, "Tämä on muistio")
    sheet = book.add_sheet("Tuotteet ö")
    for y, line in enumerate(lines or rows(PRODUCT)):
        for x, value in enumerate(line):
            if value is not None:
                sheet.write(y, x, value)
    change(sheet)
    return saved(book, "input.xls")


@pytest.mark.parametrize(("code", "shown"), [(0x2A, "#N/A"), (0x17, "#REF!"), (0x07, "#DIV/0!")])
def test_error_cells_of_an_xls_are_errors(code, shown):
    lines = rows(PRODUCT, Product_code=None)
    report = check(old_sheet(lambda sheet: sheet.row(1).set_cell_error(2, code), lines))
    assert problems(report) == [("C-47", "error", 2, "C")]
    assert one(report, "C-47").value == shown


@pytest.mark.parametrize(
    "formula", ["1+2", "A1*2", "SUM(A1:A2)", "(1+2)", "-A1", "A1%", "ROUND(A1*2;0)", "MAX(A1;A2)", "TODAY()", "A1", "($F$2)"]
)
def test_a_formula_of_an_xls_that_was_never_reckoned_is_an_error(formula):
    """Where an empty text can be its result, it is one."""
    lines = rows(PRODUCT, Unit_price=None)
    assert cells(old_sheet(lambda sheet: sheet.write(1, 2, xlwt.Formula('IF(A1="","","x")')), rows(PRODUCT, Product_code=None)))[2] == ""
    assert problems(check(old_sheet(lambda sheet: sheet.write(1, 4, xlwt.Formula(formula)), lines))) == [("C-47", "error", 2, "E")]


def test_where_one_formula_of_an_xls_was_never_reckoned_none_was():
    def calculated(sheet):
        sheet.write(1, 2, xlwt.Formula('IF(A1="","","x")'))
        sheet.write(1, 4, xlwt.Formula("F2"))

    found = problems(check(old_sheet(calculated, rows(PRODUCT, Product_code=None, Unit_price=None))))
    assert found == [("C-47", "error", 2, "C"), ("C-47", "error", 2, "E")]


def test_a_formula_of_an_xls_that_repeats_an_empty_cell_gives_an_empty_text():
    """As it does where that cell holds a formula with an empty text."""
    content = old_sheet(lambda sheet: sheet.write(1, 2, xlwt.Formula("Z9")), rows(PRODUCT, Product_code=None))
    assert cells(content)[2] == ""


def test_hidden_rows_and_columns_of_an_xls_are_read_and_told():
    def hide(sheet):
        sheet.row(2).hidden = True
        sheet.col(2).hidden = True

    made = old_sheet(hide, [*rows(PRODUCT), SECOND])
    assert problems(check(made)) == [("T-05", "warning", None, "C"), ("T-04", "warning", 3, None)]
    assert check(made).counts.rows == 2


@pytest.mark.parametrize(
    ("heading", "number", "code", "written", "findings"),
    [
        ("Unit_price", 1234.5678, "0.00", "1234,5678", [("C-49", "warning", 2, "E")]),
        ("Unit_price", 7.5, "0", "7,5", [("C-49", "warning", 2, "E")]),
        ("Unit_price", 12.34, "0.0", "12,34", [("C-49", "warning", 2, "E")]),
        ("Unit_price", 99, "#,##0.00", "99", []),
        ("Unit_price", 4.35 * 100, "0", "435", []),
        ("VAT-%", 0.255, "0.0%", "25,5", [("C-21", "note", 2, "F")]),
        ("Product_code", 42, "00000", "00042", [("C-27", "note", 2, "C")]),
        ("Product_code", 42, '"K-"0000', "42", [("C-49", "warning", 2, "C")]),
    ],
)
def test_number_formats_of_an_xls_are_seen(heading, number, code, written, findings):
    place = list(PRODUCT).index(heading.replace("_", " "))
    made = old_sheet(lambda sheet: sheet.write(1, place, number, xlwt.easyxf(num_format_str=code)), rows(PRODUCT, **{heading: None}))
    assert told(made) == findings
    assert written in cells(made)
