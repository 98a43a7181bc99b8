"""Workbooks: .xlsx, .xls and .ods give the cells that the user sees, with their addresses."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
import xlwt
from helpers import PRODUCT_HEADINGS, one, problems, said, source, table
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

import csvimport
from csvimport.read import biff

ROWS = [PRODUCT_HEADINGS, ("S", "Kahvi, äärimmäinen", "K-1", "kpl", 4.5, 13.5), ("B", "Pöytä", "P-1", "kpl", 99, 25.5)]
LINES = ["S;Kahvi, äärimmäinen;K-1;kpl;;4,5;13,5;;;;;;;", "B;Pöytä;P-1;kpl;;99;25,5;;;;;;;"]
BROKEN = [*ROWS, ("S", "Tee", None, "kpl", -1, 25.5)]


def book(rows=ROWS, title="Tuotteet"):
    workbook = openpyxl.Workbook()
    workbook.active.title = title
    for row in rows:
        workbook.active.append(row)
    return workbook


def saved(workbook, name="input.xlsx"):
    stream = io.BytesIO()
    workbook.save(stream)
    return source(stream.getvalue(), name)


def xlsx(rows):
    return saved(book(rows))


def xls(rows):
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Tuotteet")
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            if value is not None:
                sheet.write(y, x, value)
    return saved(workbook, "input.xls")


def ods(rows):
    document = OpenDocumentSpreadsheet()
    sheet = Table(name="Tuotteet")
    for row in rows:
        line = TableRow()
        for value in row:
            line.addElement(ods_cell(value))
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    return saved(document, "input.ods")


def ods_cell(value):
    if value is None:
        return TableCell()
    if isinstance(value, bool):
        return TableCell(valuetype="boolean", booleanvalue=str(value).lower())
    if isinstance(value, dt.date):
        return TableCell(valuetype="date", datevalue=value.isoformat())
    if isinstance(value, int | float):
        return TableCell(valuetype="float", value=str(value))
    cell = TableCell(valuetype="string")
    cell.addElement(P(text=value))
    return cell


FORMATS = pytest.mark.parametrize("made", [xlsx, xls, ods])


def check(stream, file="products", **options):
    return csvimport.check(file, stream, **options)


def lines(stream, file="products", **options):
    return csvimport.convert(file, stream, **options).to_bytes().decode("cp1252").split("\r\n")[:-1]


def product(**cells):
    """A product table with a single row, columns by heading."""
    row = {"Product type": "S", "Product name": "Kahvi", "Product code": "K-1", "Unit": "kpl", "Unit price": 4.5, "VAT-%": 13.5} | cells
    return [list(row), list(row.values())]


@FORMATS
def test_a_table_in_every_format(made):
    assert lines(made(ROWS)) == LINES
    assert problems(check(made(BROKEN))) == [("PR-05", "warning", 4, "C"), ("PR-10", "error", 4, "E")]


@FORMATS
def test_the_report_names_the_sheet(made):
    found = check(made(BROKEN)).to_dict()
    assert found["input"] == {
        "path": made(BROKEN).name,
        "sheet": "Tuotteet",
        "encoding": None,
        "delimiter": None,
        "layout": "table",
        "headings": True,
    }
    assert {issue["sheet"] for issue in found["issues"]} == {"Tuotteet"}


@FORMATS
@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "1"),
        (1.0, "1"),
        (0.1 + 0.2, "0,3"),
        (19.99, "19,99"),
        (1234567.25, "1234567,25"),
        (1e-4, "0,0001"),
        (1234.5678, "1234,5678"),
        (4.35 * 100, "435"),
    ],
)
def test_numbers_take_their_shortest_form(made, number, text):
    assert lines(made(product(**{"Unit price": number})))[0].split(";")[5] == text


@FORMATS
def test_numbers_as_text_are_read_like_those_of_a_csv(made):
    assert lines(made(product(**{"Unit price": "1 234,50", "VAT-%": "25,5 %"})))[0].split(";")[5:7] == ["1234,50", "25,5"]


@FORMATS
def test_a_number_in_a_text_field_is_its_digits(made):
    assert lines(made(product(**{"Product code": 12345, "Product name": 2026})))[0].split(";")[1:3] == ["2026", "12345"]


@FORMATS
@pytest.mark.parametrize("heading", ["Product code", "Product name", "Unit price"])
def test_a_date_where_none_belongs_is_an_error_at_its_cell(made, heading):
    rows = product(**{heading: dt.date(2026, 2, 1)})
    if made is xls:
        rows[1][list(rows[0]).index(heading)] = dt.datetime(2026, 2, 1)
        workbook = xlwt.Workbook()
        sheet = workbook.add_sheet("Tuotteet")
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                sheet.write(y, x, value, *([xlwt.easyxf(num_format_str="DD.MM.YYYY")] if isinstance(value, dt.datetime) else []))
        stream = saved(workbook, "input.xls")
    else:
        stream = made(rows)
    found = [i for i in check(stream).issues if i.severity == "error"]
    assert [(i.row, i.column) for i in found] == [(2, "ABCDEF"[list(rows[0]).index(heading)])]


@FORMATS
def test_a_truth_value_is_no_data(made):
    found = one(check(made(product(**{"Product name": True}))), "C-47")
    assert (found.severity, found.row, found.column) == ("error", 2, "B")


@FORMATS
def test_a_truth_value_is_a_flag(made):
    rows = [["Dimension name", "Item name", "Passive"], ["Kustannuspaikka", "A", True], ["Kustannuspaikka", "B", False]]
    first, second = (line.split(";")[2] for line in lines(made(rows), "dimensions"))
    assert first == "P"
    assert second in ("A", "")


def test_a_percentage_cell_is_the_figure_that_it_shows():
    workbook = book(product(**{"VAT-%": 0.255}))
    workbook.active["F2"].number_format = "0.0%"
    result = csvimport.convert("products", saved(workbook))
    found = one(result.report, "C-21")
    assert (found.severity, found.row, found.column) == ("note", 2, "F")
    assert result.to_bytes().split(b";")[6] == b"25,5"


@pytest.mark.parametrize("code", ["0%", "0.00%", "0.0 %", "#,##0.0%"])
def test_percentage_formats(code):
    workbook = book(product(**{"VAT-%": 0.135}))
    workbook.active["F2"].number_format = code
    assert lines(saved(workbook))[0].split(";")[6] == "13,5"


def xls_with_percentages(rows):
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Tuotteet")
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            sheet.write(y, x, value, *([xlwt.easyxf(num_format_str="0.0%")] if value in (0.255, 0.05) else []))
    return saved(workbook, "input.xls")


def ods_with_percentages(rows):
    document = OpenDocumentSpreadsheet()
    sheet = Table(name="Tuotteet")
    for row in rows:
        line = TableRow()
        for value in row:
            cell = TableCell(valuetype="percentage", value=str(value)) if value in (0.255, 0.05) else ods_cell(value)
            line.addElement(cell)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    return saved(document, "input.ods")


@pytest.mark.parametrize("made", [xls_with_percentages, ods_with_percentages])
@pytest.mark.parametrize(("heading", "number", "place", "shown"), [("VAT-%", 0.255, 6, "25,5"), ("Discount %", 0.05, 4, "5")])
def test_a_percentage_cell_of_another_format_is_never_written_as_a_fraction(made, heading, number, place, shown):
    rows = product(**{heading: number})
    assert not check(made(rows)).ok or lines(made(rows))[0].split(";")[place] == shown


def partner(**cells):
    row = {
        "Business partner type": "C",
        "Name": "Esimerkki Oy",
        "Customer number": "1001",
        "Business ID type": "FI",
        "Business ID": "9100001-3",
    }
    row |= cells
    return [list(row), list(row.values())]


@pytest.mark.parametrize(("code", "shown"), [("00000", "00100"), ("0000000", "0000100")])
def test_a_number_format_with_leading_zeros_is_what_the_cell_shows(code, shown):
    workbook = book(partner(**{"Customer number": 100}))
    workbook.active["C2"].number_format = code
    assert lines(saved(workbook), "partners")[0].split(";")[52] == shown


@pytest.mark.parametrize(("code", "country", "severity"), [("00000", "FI", "note"), ("General", "FI", "note"), ("General", "", "warning")])
def test_a_finnish_postal_code_gets_its_zeros_back(code, country, severity):
    workbook = book(partner(**{"Postal code": 100, "Country": country}))
    workbook.active["F2"].number_format = code
    result = csvimport.convert("partners", saved(workbook))
    assert result.to_bytes().decode("cp1252").split(";")[7] == "00100"
    found = one(result.report, "C-27")
    assert (found.severity, found.row, found.column) == (severity, 2, "F")


def test_a_swedish_postal_code_gets_no_zeros():
    assert lines(xlsx(partner(**{"Postal code": 1234, "Country": "NO"})), "partners")[0].split(";")[7] == "1234"


@FORMATS
@pytest.mark.parametrize(("number", "readings"), [(70, (None, "700", "070")), (14, ("140", "140", "014")), (7, ("070", "070", "007"))])
def test_a_payment_term_that_lost_its_zero_is_never_guessed(made, number, readings):
    report = check(made(partner(**{"Payment term": number})), "partners")
    found = one(report, "P-17")
    assert (found.severity, found.row, found.column, found.suggestion) == ("error", 2, "F", readings[0])
    assert all(reading in found.hint for reading in readings[1:])


def test_a_payment_term_whose_number_format_shows_the_zeros():
    workbook = book(partner(**{"Payment term": 70}))
    workbook.active["F2"].number_format = "000"
    assert lines(saved(workbook), "partners")[0].split(";")[14] == "070"


def test_a_number_whose_format_shows_zeros_before_it_is_written_without_them():
    workbook = book(
        [PRODUCT_HEADINGS, ("S", "Kahvi", "K-1", "kpl", 5, 13.5), ("S", "Tee", "K-2", "kpl", 0, 13.5), ("S", "Te", "K-3", "kpl", 20, 0)]
    )
    for cell in ("E2", "E3"):
        workbook.active[cell].number_format = "0000"
    assert [line.split(";")[5] for line in lines(saved(workbook), "products")] == ["5", "0", "20"]


@FORMATS
@pytest.mark.parametrize(("heading", "number"), [("EDI code", 3.79100001300112e15 * 10), ("Customer number", 1.2345678901234567e19)])
def test_a_long_number_that_a_spreadsheet_rounded_is_an_error(made, heading, number):
    found = [i for i in check(made(partner(**{heading: number})), "partners").issues if i.code == "C-26"]
    assert [i.severity for i in found] == ["error"]


def test_an_exponent_as_text_is_an_error():
    found = one(check(xlsx(partner(**{"EDI code": "3,791E+09"})), "partners"), "C-26")
    assert (found.severity, found.value) == ("error", "3,791E+09")


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?"])
def test_an_error_cell_is_an_error_at_its_cell(error):
    found = one(check(xlsx(product(**{"Product name": error}))), "C-47")
    assert (found.severity, found.row, found.column, found.value) == ("error", 2, "B", error)


def test_a_formula_without_a_stored_result_is_an_error():
    report = check(xlsx(product(**{"Unit price": "=1+2"})))
    found = one(report, "C-47")
    assert (found.severity, found.row, found.column, found.value) == ("error", 2, "E", "=1+2")
    assert problems(report) == [("C-47", "error", 2, "E")]


def test_a_formula_with_a_stored_result_is_its_result():
    stream = saved(book(product()))
    content = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(content, "w") as new:
        for part in old.namelist():
            xml = old.read(part)
            if part.endswith("sheet1.xml"):
                assert b"<v>4.5</v>" in xml
                xml = xml.replace(b"<v>4.5</v>", b"<f>9/2</f><v>4.5</v>")
            new.writestr(part, xml)
    assert lines(source(content.getvalue(), "input.xlsx"))[0].split(";")[5] == "4,5"


def test_a_formula_text_in_a_csv_is_no_data():
    content = table([[str(value) for value in row] for row in product(**{"Product name": "=A1", "Unit price": "4,5", "VAT-%": "13,5"})])
    assert one(check(source(content)), "C-47").severity == "error"


def test_merged_cells_are_one_warning_at_their_place():
    workbook = book(BROKEN)
    workbook.active.merge_cells("B2:B3")
    found = one(check(saved(workbook)), "T-06")
    assert (found.severity, found.row, found.column) == ("warning", 2, "B")
    assert "B2:B3" in found.message


def test_a_merged_title_above_the_headings_is_no_matter():
    workbook = book([["Tuoteluettelo"], [], *ROWS])
    workbook.active.merge_cells("A1:F1")
    assert [i.code for i in check(saved(workbook)).issues if i.code == "T-06"] == []
    assert lines(saved(workbook)) == LINES


def test_hidden_rows_are_one_warning_and_are_read():
    workbook = book()
    workbook.active.row_dimensions[3].hidden = True
    found = one(check(saved(workbook)), "T-04")
    assert (found.severity, found.row) == ("warning", 3)
    assert lines(saved(workbook)) == LINES


def test_hidden_columns_are_one_warning_and_are_read():
    workbook = book()
    workbook.active.column_dimensions["C"].hidden = True
    found = one(check(saved(workbook)), "T-05")
    assert (found.severity, found.column) == ("warning", "C")
    assert lines(saved(workbook)) == LINES


def test_addresses_are_right_when_the_table_does_not_start_at_a1():
    workbook = book([])
    for y, row in enumerate(BROKEN):
        for x, value in enumerate(row):
            workbook.active.cell(y + 5, x + 3, value)
    report = check(saved(workbook))
    assert problems(report) == [("PR-05", "warning", 8, "E"), ("PR-10", "error", 8, "G")]


@FORMATS
def test_titles_and_blank_rows_above_the_headings(made):
    report = check(made([["Tuoteluettelo 2026"], [None], *BROKEN]))
    assert problems(report) == [("PR-05", "warning", 6, "C"), ("PR-10", "error", 6, "E")]


@FORMATS
def test_blank_rows_in_the_middle_keep_the_numbers(made):
    report = check(made([*BROKEN[:2], [None] * 6, *BROKEN[2:]]))
    assert problems(report) == [("PR-05", "warning", 5, "C"), ("PR-10", "error", 5, "E")]
    assert one(report, "C-14").severity == "note"


def test_formatted_but_empty_rows_below_the_table_are_no_rows():
    workbook = book()
    for row in range(4, 60):
        workbook.active.cell(row, 1).number_format = "0.00"
    report = check(saved(workbook))
    assert report.counts.rows == 2
    assert said(report, of=("error", "warning", "note")) == []


def two_sheets():
    workbook = book()
    notes = workbook.create_sheet("Muistiinpanot", 0)
    notes.append(["Tämä on vain muistio"])
    return workbook


def test_the_sheet_with_the_headings_is_found():
    report = check(saved(two_sheets()))
    assert report.source.sheet == "Tuotteet"


def test_an_empty_second_sheet_is_no_matter():
    workbook = book()
    workbook.create_sheet("Taul2")
    assert lines(saved(workbook)) == LINES


def test_a_sheet_is_chosen_by_name():
    workbook = book()
    workbook.create_sheet("Toiset")
    for row in BROKEN:
        workbook["Toiset"].append(row)
    assert check(saved(workbook), sheet="Toiset").counts.rows == 3
    assert check(saved(workbook), sheet="Tuotteet").counts.rows == 2


def test_several_possible_sheets_are_listed():
    workbook = book()
    workbook.create_sheet("Toiset")
    for row in ROWS:
        workbook["Toiset"].append(row)
    with pytest.raises(csvimport.InputError, match=r"Tuotteet.*Toiset.*--sheet"):
        check(saved(workbook))


def test_no_sheet_with_headings_among_several_lists_them_all():
    workbook = book([["foo", "bar"], ["1", "2"]], "Eka")
    workbook.create_sheet("Toka").append(["baz"])
    with pytest.raises(csvimport.InputError, match=r"Eka.*Toka"):
        check(saved(workbook))


def test_an_unknown_sheet_is_named_with_those_there_are():
    with pytest.raises(csvimport.InputError, match=r"Tuoteet.*Muistiinpanot.*Tuotteet"):
        check(saved(two_sheets()), sheet="Tuoteet")


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_passed_over_unless_named(state):
    workbook = book()
    workbook.create_sheet("Vanhat").sheet_state = state
    for row in BROKEN:
        workbook["Vanhat"].append(row)
    assert lines(saved(workbook)) == LINES
    assert check(saved(workbook), sheet="Vanhat").counts.rows == 3


def test_sheets_of_a_csv_are_refused():
    with pytest.raises(csvimport.InputError, match="no sheets"):
        check(source("S;Kahvi;;;;1;0\r\n"), sheet="Tuotteet")


@FORMATS
def test_an_empty_workbook_is_refused(made):
    with pytest.raises(csvimport.InputError, match="empty"):
        check(made([[None]]))


@FORMATS
def test_headings_without_rows_are_refused(made):
    with pytest.raises(csvimport.InputError, match="no rows"):
        check(made(ROWS[:1]))


@pytest.mark.parametrize("cell", ["XFD1048576", "AAA1048576", "ZZ172000"])
def test_a_cell_far_away_is_refused_with_a_sentence(cell):
    workbook = book()
    workbook.active[cell] = "x"
    with pytest.raises(csvimport.InputError, match=f"far outside the table.*{cell}"):
        check(saved(workbook))


def test_a_cell_below_the_table_is_a_cell_like_any_other():
    workbook = book()
    workbook.active["B50000"] = "x"
    found = [i for i in check(saved(workbook)).issues if i.severity == "error"]
    assert {i.row for i in found} == {50000}


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    stream = saved(book())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package, package.open("xl/media/zeros.bin", "w") as part:
        for _ in range(120):
            part.write(bytes(1_000_000))
    with pytest.raises(csvimport.InputError, match="would unpack to 120 MB, 226 times its own size"):
        check(source(stream.getvalue(), "input.xlsx"))


def test_a_password_is_named_as_the_cause():
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(480)
    with pytest.raises(csvimport.InputError, match="password"):
        check(source(ole, "input.xlsx"))


@pytest.mark.parametrize("name", ["input.xlsx", "input.xls", "input.ods"])
def test_a_damaged_workbook_is_refused_with_a_sentence(name):
    whole = {"input.xlsx": xlsx, "input.xls": xls, "input.ods": ods}[name](ROWS).getvalue()
    for content in (whole[: len(whole) // 2], whole[:300]):
        with pytest.raises(csvimport.InputError, match=r"input\."):
            check(source(content, name))


def test_a_workbook_whose_sheet_is_broken_is_refused_with_a_sentence():
    content = io.BytesIO()
    with zipfile.ZipFile(saved(book())) as old, zipfile.ZipFile(content, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part)[:-200] if part.endswith("sheet1.xml") else old.read(part))
    with pytest.raises(csvimport.InputError, match="Tuotteet"):
        check(source(content.getvalue(), "input.xlsx"))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><table><tr><td>S</td></tr></table></html>", "input.xls"),
        (table(ROWS).encode(), "input.xlsx"),
        (saved(book()).getvalue(), "input.csv"),
        (b"%PDF-1.7 xxxx", "input.xlsx"),
        (b"PK\x05\x06" + bytes(18), "input.xlsx"),
        (b"PK\x03\x04" + bytes(60), "input.ods"),
    ],
    ids=["page.xls", "text.xlsx", "workbook.csv", "document.xlsx", "empty archive.xlsx", "broken archive.ods"],
)
def test_what_is_not_what_its_name_says_is_refused(content, name):
    with pytest.raises(csvimport.InputError, match=name):
        check(source(content, name))


def test_any_other_zip_is_no_workbook():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("kuitti.pdf", b"%PDF")
    with pytest.raises(csvimport.InputError, match=r"input\.xlsx"):
        check(source(content.getvalue(), "input.xlsx"))


@FORMATS
def test_text_with_blanks_and_breaks_from_cells(made):
    rows = product(**{"Product name": "  Kahvi\u00a0musta ", "Additional information": "rivi 1\nrivi 2"})
    cells = lines(made(rows))[0].split(";")
    assert cells[1] == "Kahvi musta"
    assert cells[7] == "rivi 1 rivi 2"


def test_a_second_percent_style_and_a_zero_style_in_one_column():
    workbook = book([*product(**{"VAT-%": 0.255}), ["S", "Tee", "T-1", "kpl", 3, 25.5]])
    workbook.active["F2"].number_format = "0.0%"
    assert [line.split(";")[6] for line in lines(saved(workbook))] == ["25,5", "25,5"]


def test_the_procountor_layout_in_a_workbook():
    workbook = book([["Kustannuspaikka", "Myymälä A", "A", "Helsingin myymälä", None], ["Kustannuspaikka", "Myymälä B", "P", None, None]])
    report = check(saved(workbook), "dimensions")
    assert report.to_dict()["input"]["layout"] == "procountor"
    assert lines(saved(workbook), "dimensions") == ["Kustannuspaikka;Myymälä A;A;Helsingin myymälä;", "Kustannuspaikka;Myymälä B;P;;"]


def test_the_strings_of_an_old_workbook_are_measured_whatever_their_form():
    """Of one byte or two for a character, with several fonts, and going on in further records."""
    texts = ["Kahvi", "€" * 7000, "ä" * 9000, "x" * 32_000, "Š" * 5, "y" * 8200 + "€"]
    book = xlwt.Workbook()
    sheet = book.add_sheet("Tuotteet")
    for row, text in enumerate(texts):
        sheet.write(row, 0, text)
        sheet.write(row, 1, text)
        sheet.write_rich_text(row, 2, [("lihava", xlwt.easyfont("bold true")), (f"€{row}", xlwt.easyfont("italic true"))])
    stream = io.BytesIO()
    book.save(stream)
    assert sum(extent.text for extent in biff.extents(stream.getvalue())) == 2 * sum(map(len, texts)) + 8 * len(texts)
