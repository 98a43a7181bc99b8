"""The report as a workbook: the user's own with coloured and commented cells, and a sheet in front that lists all findings."""

import contextlib
import csv
import datetime as dt
import io
import re
import zipfile
from collections import Counter

import openpyxl
import pandas as pd
import pytest
from helpers import CUSTOMER, PRODUCT, PRODUCT_HEADINGS, changed, convert, problems, said, source, table, upload
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableRow
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import coordinate_to_tuple
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from test_reading_workbooks import BROKEN, ROWS, book, ods, ods_cell, saved, xls, xlsx
from test_samples import MISTAKES, SAMPLES

import csvimport
from csvimport.messages import phrase
from csvimport.read.sheet import CellType
from csvimport.report import as_workbook, findings_sheet, marks
from csvimport.report.cell_values import stored
from csvimport.report.cells import COLOURS
from csvimport.report.changes import is_change
from csvimport.report.findings_sheet import COLUMNS
from csvimport.severity import Severity

FRONT = "csvimport"
FILLS = {"error": "FFC7CE", "warning": "FFEB9C", "note": "EEF3F8"}
OURS = {}
WORKBOOKS = [(file, name) for file, name in MISTAKES if name.endswith(".xlsx")]
MOST_FROZEN = 20  # rows; a window on a laptop shows about 25
WARM = "FFFFEEDD"


@pytest.fixture
def annotated(tmp_path):
    """Checks an input, and gives the report together with the workbook that it makes."""

    def make(file, given, name="report.xlsx", **options):
        path = tmp_path / name
        report = csvimport.check(file, given, report=path, **options)
        return report, openpyxl.load_workbook(io.BytesIO(path.read_bytes()), rich_text=True)

    return make


def address(issue):
    return f"{issue.column or ''}{issue.row or ''}"


def at(report, sheet=None):
    """The issues at each cell of a sheet."""
    found = {}
    for issue in report.issues:
        if issue.row and issue.column and (sheet is None or issue.sheet == sheet):
            found.setdefault(address(issue), []).append(issue)
    return found


def worst(issues):
    return min((issue.severity for issue in issues), key=list(FILLS).index)


def colour(cell):
    """The colour of a cell: that of a report's mark, or else that of its own fill; None without one."""
    page = cell.parent
    if page not in OURS:
        OURS[page] = {
            (row, column): rule.dxf.fill.bgColor.rgb[-6:]
            for where in page.conditional_formatting
            for rule in where.rules
            if rule.formula == ['"csvimport"="csvimport"']
            for ranges in where.sqref
            for row, column in ranges.cells
        }
    return OURS[page].get((cell.row, cell.column)) or (cell.fill.fgColor.rgb[-6:] if cell.fill.fill_type else None)


def texts(page):
    """The cells that hold something, by their addresses."""
    return {cell.coordinate: cell.value for row in page for cell in row if cell.value is not None}


def heading_row(page):
    return coordinate_to_tuple(page.auto_filter.ref.split(":")[0])[0]


def last_row(page):
    """The row at which the list ends."""
    return coordinate_to_tuple(page.auto_filter.ref.split(":")[1])[0]


def listed(page):
    """The lines of the list, by the names of its columns."""
    rows = page.iter_rows(min_row=heading_row(page) + 1, max_row=last_row(page), max_col=len(COLUMNS), values_only=True)
    return [dict(zip(COLUMNS, ("" if value is None else value for value in row), strict=True)) for row in rows]


def head(page):
    """What stands above the list, row by row."""
    rows = page.iter_rows(max_row=heading_row(page) - 1, values_only=True)
    return [[value for value in row if value is not None] for row in rows]


def links(page):
    """The sheet and the cell to which each line of the list leads; None for a line that leads nowhere."""
    found = []
    column = COLUMNS.index("cell") + 1
    for (cell,) in page.iter_rows(min_row=heading_row(page) + 1, max_row=last_row(page), min_col=column, max_col=column):
        link = cell.hyperlink
        if link is None:
            found.append(None)
            continue
        assert link.ref == cell.coordinate
        sheet, place = re.fullmatch(r"#?'(.+)'!([A-Z]+[0-9]+)", link.location or link.target).groups()
        found.append((sheet.replace("''", "'"), place))
    return found


def below(page, name, lang="en"):
    """The lines of a block behind the list, without its headings."""
    rows = [[value for value in row if value is not None] for row in page.iter_rows(min_row=last_row(page) + 1, values_only=True)]
    start = rows.index([phrase(name, lang)]) + 2
    return rows[start : rows.index([], start) if [] in rows[start:] else None]


def told(report):
    """The issues that are listed one by one: all but those about changed notations."""
    return [issue for finding in report.shown if not is_change(finding) for issue in report.expand(finding)]


def as_listed(issue, lang="en"):
    """An issue as its line in the list shows it, without the field."""
    return {
        "severity": phrase(f"frame_{issue.severity}", lang),
        "code": issue.code,
        "sheet": issue.sheet or "",
        "cell": address(issue),
        "value": issue.value or "",
        "message": issue.message,
        "hint": issue.hint,
        "suggestion": issue.suggestion or "",
    }


def title(report, issue):
    """The field of an issue as people call it."""
    return report.schema.record(issue.record or "")[issue.field].title[report.lang] if issue.field else ""


def in_order(lines):
    return sorted(lines, key=lambda line: [str(text) for text in line.values()])


def parts(path):
    """The parts of a workbook file."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name).decode("utf-8", "replace") for name in package.namelist()}


def formulas(path):
    """The formulas in a workbook file."""
    sheets = [text for name, text in parts(path).items() if name.startswith("xl/worksheets/sheet")]
    return [formula for text in sheets for formula in re.findall(r"<f>?(.*?)</f>|<f/>", text)]


def messages(report):
    """What a report says, in the short form in which two of them are compared."""
    return [(i.code, i.severity, i.sheet, i.row, i.column, i.value, i.message, i.hint) for i in report.issues]


# --- the copy ------------------------------------------------------------------------------------------------------


def decorated():
    """A workbook with a faulty table and with everything that a user might have put around it."""
    workbook = book(BROKEN)
    page = workbook.active
    for cell in page[1]:
        cell.font, cell.fill = Font(name="Arial", bold=True, color="FFFFFFFF"), PatternFill("solid", fgColor="FF224466")
        cell.alignment, cell.border = Alignment(wrap_text=True, vertical="top"), Border(bottom=Side("thick", color=WARM))
    page["E4"].number_format, page["E4"].font, page["E4"].border = "#,##0.00 €", Font(italic=True), Border(left=Side("thin"))
    page["F2"].number_format, page["C2"].number_format, page["B2"].protection = "0.0", "@", Protection(locked=False)
    page["H1"], page["H2"], page["H2"].number_format = "Muuttunut", dt.datetime(2026, 3, 1), "dd.mm.yyyy"
    page["H3"] = dt.timedelta(hours=37, minutes=30)
    page["I1"], page["I2"] = "Kaava", "=E2*2"
    page.column_dimensions["B"].width, page.column_dimensions["G"].hidden = 41.5, True
    page.row_dimensions[1].height, page.freeze_panes, page.sheet_view.zoomScale = 33, "B2", 85
    page.print_title_rows, page.auto_filter.ref = "1:1", "A1:F4"
    page.conditional_formatting.add("E2:E4", CellIsRule("lessThan", ["0"], font=Font(bold=True)))
    choice = DataValidation("list", formula1='"S,B"')
    choice.add("A2:A99")
    page.add_data_validation(choice)
    notes = workbook.create_sheet("Laskelma", 0)
    notes["A1"], notes["A2"], notes["A3"] = 2, "=A1*3+Tuotteet!E2", "=SUM(A1:A2)"
    notes["B1"].hyperlink, notes["B1"].comment = "https://example.com/", Comment("Laske uudelleen", "Maija")
    notes.merge_cells("C1:D2")
    notes.column_dimensions["A"].width = 27
    hidden = workbook.create_sheet("Piilossa")
    hidden.sheet_state, hidden["A1"] = "hidden", "salainen"
    workbook.defined_names["Kerroin"] = DefinedName("Kerroin", attr_text="Laskelma!$A$1")
    return workbook


LOOKS = ("value", "data_type", "number_format", "font", "border", "alignment", "protection", "hyperlink")


def looks(cell):
    """What a cell holds and how it looks, but for its fill and comment."""
    return {look: str(getattr(cell, look)) for look in LOOKS}


def test_a_copy_keeps_sheets_cells_and_formats(annotated):
    before = openpyxl.load_workbook(saved(decorated()))
    report, after = annotated("products", saved(decorated()))
    assert after.sheetnames == [FRONT, "Laskelma", "Tuotteet", "Piilossa"]
    assert [page.sheet_state for page in after] == ["visible", "visible", "visible", "hidden"]
    marked = at(report)
    assert set(marked) >= {"C4", "E4"}
    for page in before:
        copy = after[page.title]
        assert copy.dimensions == page.dimensions
        for row in page:
            for cell in row:
                other = copy[cell.coordinate]
                assert looks(other) == looks(cell)
                if page.title != "Tuotteet" or cell.coordinate not in marked:
                    assert str(other.fill) == str(cell.fill)
                    assert (other.comment and other.comment.text) == (cell.comment and cell.comment.text)


def test_a_copy_keeps_what_is_around_the_cells(annotated):
    before = openpyxl.load_workbook(saved(decorated()))
    after = annotated("products", saved(decorated()))[1]
    assert dict(after.defined_names).keys() == {"Kerroin"}
    assert after.defined_names["Kerroin"].attr_text == "Laskelma!$A$1"
    for page in before:
        copy = after[page.title]
        assert copy.merged_cells == page.merged_cells
        assert (copy.freeze_panes, copy.print_title_rows, copy.auto_filter.ref) == (
            page.freeze_panes,
            page.print_title_rows,
            page.auto_filter.ref,
        )
        assert copy.sheet_view.zoomScale == page.sheet_view.zoomScale
        for name in ("column_dimensions", "row_dimensions"):
            sizes = [
                {key: (getattr(d, "width", None), getattr(d, "height", None), d.hidden) for key, d in getattr(p, name).items()}
                for p in (page, copy)
            ]
            assert sizes[0] == sizes[1]
        rules = [[(str(where.sqref), rule.type) for where in p.conditional_formatting for rule in where.rules] for p in (page, copy)]
        assert rules[0] == [rule for rule in rules[1] if rule[1] != "expression"]
        checks = [[(str(v.sqref), v.formula1) for v in p.data_validations.dataValidation] for p in (page, copy)]
        assert checks[0] == checks[1]


def test_text_that_is_formatted_in_parts_stays_so(annotated):
    workbook = book(BROKEN)
    bold = openpyxl.cell.text.InlineFont(b=True)
    parted = openpyxl.cell.rich_text.CellRichText("Kahvi, ", openpyxl.cell.rich_text.TextBlock(bold, "tumma"))
    workbook.active["B2"] = parted
    assert annotated("products", saved(workbook))[1]["Tuotteet"]["B2"].value == parted


def test_formulas_of_the_checked_sheet_stay_and_nothing_else_is_one(annotated, tmp_path):
    annotated("products", saved(decorated()))
    assert sorted(formulas(tmp_path / "report.xlsx")) == ["A1*3+Tuotteet!E2", "E2*2", "SUM(A1:A2)"]


def test_the_input_itself_is_not_touched(annotated, tmp_path):
    path = tmp_path / "input.xlsx"
    path.write_bytes(saved(decorated()).getvalue())
    before = path.read_bytes()
    annotated("products", path)
    assert path.read_bytes() == before


def test_a_workbook_with_macros_becomes_one_without(annotated, tmp_path):
    stream = io.BytesIO()
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    with zipfile.ZipFile(saved(book(BROKEN))) as given, zipfile.ZipFile(stream, "w") as made:
        for name in given.namelist():
            made.writestr(name, given.read(name).replace(plain.encode(), b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"))
    workbook = annotated("products", source(stream.getvalue(), "input.xlsm"))[1]
    assert colour(workbook["Tuotteet"]["E4"]) == FILLS["error"]
    assert plain in parts(tmp_path / "report.xlsx")["[Content_Types].xml"]


def test_parts_that_cannot_be_kept_are_no_warning_of_a_library(annotated):
    """Excel keeps lists for choosing that stand on another sheet in an extension; the tests make an error of every warning."""
    stream = io.BytesIO()
    extension = (
        '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
        'uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations count="1"/></ext></extLst></worksheet>'
    )
    with zipfile.ZipFile(saved(book(BROKEN))) as given, zipfile.ZipFile(stream, "w") as made:
        for name in given.namelist():
            made.writestr(name, given.read(name).replace(b"</worksheet>", extension.encode()))
    workbook = annotated("products", source(stream.getvalue(), "input.xlsx"))[1]
    assert colour(workbook["Tuotteet"]["E4"]) == FILLS["error"]


# --- colours and comments ------------------------------------------------------------------------------------------


@pytest.mark.no_cover
@pytest.mark.parametrize(("file", "name"), MISTAKES)
def test_every_cell_with_a_finding_has_the_colour_of_the_worst_one_and_a_comment(annotated, file, name):
    report, workbook = annotated(file, SAMPLES / name)
    page = workbook.worksheets[1]
    marked = at(report)
    assert len(marked) >= 12
    assert {worst(issues) for issues in marked.values()} == set(FILLS)
    commented = {issue.message for issue in told(report)}
    for place, issues in marked.items():
        cell = page[place]
        assert colour(cell) == FILLS[worst(issues)], place
        for issue in (issue for issue in issues if issue.message in commented):
            assert f"{issue.code}: {issue.message}" in cell.comment.text
            assert issue.severity == "note" or issue.hint in cell.comment.text
    fresh = openpyxl.load_workbook(SAMPLES / name).active if name.endswith(".xlsx") else None
    rows = {f"A{issue.row}" for issue in told(report) if issue.row and not issue.column}
    for cell in (cell for row in page for cell in row if cell.coordinate not in {*marked, *rows}):
        assert cell.comment is None
        assert colour(cell) == (None if fresh is None else colour(fresh[cell.coordinate]))


def test_the_worst_finding_of_a_cell_comes_first_in_its_comment(annotated):
    given = book(BROKEN)
    given.active.merge_cells("E4:E5")
    report, workbook = annotated("products", saved(given))
    assert {(issue.code, issue.severity) for issue in at(report)["E4"]} == {("T-06", "warning"), ("PR-10", "error")}
    comment = workbook["Tuotteet"]["E4"].comment.text
    assert 0 <= comment.index("PR-10: ") < comment.index("T-06: ")


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_comments_speak_the_language(annotated, lang):
    report, workbook = annotated("products", xlsx(BROKEN), lang=lang)
    (issue,) = at(report)["E4"]
    assert f"PR-10: {issue.message}\n{issue.hint}" in workbook["Tuotteet"]["E4"].comment.text


def test_a_comment_is_large_enough_to_be_read(annotated):
    report, workbook = annotated("products", xlsx([*ROWS, ("S", "x" * 300, "K-1", "rasia", "4,5x", "26")]))
    for place in at(report):
        comment = workbook["Tuotteet"][place].comment
        lines = sum(1 + len(line) // 60 for line in comment.text.splitlines())
        assert comment.height >= 15 * lines


def test_comments_of_the_user_stay(annotated):
    workbook = book(BROKEN)
    workbook.active["E4"].comment = Comment("Kysy hinta Pekalta", "Maija")
    workbook.active["B2"].comment = Comment("Uusi tuote", "Maija")
    page = annotated("products", saved(workbook))[1]["Tuotteet"]
    assert (page["B2"].comment.text, page["B2"].comment.author) == ("Uusi tuote", "Maija")
    assert page["E4"].comment.text.startswith("Kysy hinta Pekalta\n")
    assert "PR-10" in page["E4"].comment.text


def test_quiet_notes_leave_no_marks(annotated):
    report, workbook = annotated("products", xlsx(BROKEN), quiet_notes=True)
    assert report.counts.notes > 0
    assert {line["severity"] for line in listed(workbook[FRONT])} == {"error", "warning"}
    marks = {colour(cell) for row in workbook["Tuotteet"] for cell in row}
    assert marks == {FILLS["error"], FILLS["warning"], None}
    assert f"notes: {report.counts.notes}" in str(head(workbook[FRONT]))


# --- the list ------------------------------------------------------------------------------------------------------


@pytest.mark.no_cover
@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
@pytest.mark.parametrize(("file", "name"), MISTAKES)
def test_the_first_sheet_lists_every_finding(annotated, file, name, lang):
    report, workbook = annotated(file, SAMPLES / name, lang=lang)
    assert workbook.sheetnames[0] == FRONT
    page = workbook[FRONT]
    assert [cell.value for cell in page[heading_row(page)]] == [phrase(f"report_{column}", lang) for column in COLUMNS]
    lines = listed(page)
    shown = [{key: text for key, text in line.items() if key != "field"} for line in lines]
    assert in_order(shown) == in_order([as_listed(issue, lang) for issue in told(report)])
    fields = {(line["code"], line["cell"], line["field"]) for line in lines}
    assert all((issue.code, address(issue), title(report, issue)) in fields for issue in told(report))
    assert any(field for _, _, field in fields)


def test_errors_come_before_warnings_and_notes(annotated):
    lines = listed(annotated("partners", SAMPLES / "asiakkaat-virheita.xlsx")[1][FRONT])
    severities = [line["severity"] for line in lines]
    assert severities == sorted(severities, key=list(FILLS).index)


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_the_head_has_the_verdict_and_the_counts(annotated, lang):
    report, workbook = annotated("products", xlsx(BROKEN), lang=lang)
    top = str(head(workbook[FRONT])[:3])
    assert report.source.path in top
    assert report.schema.title[lang] in top
    assert phrase("workbook_wrong", lang) in top
    counted = {key: getattr(report.counts, key) for key in ("errors", "warnings", "notes")}
    assert all(phrase(f"frame_{key}", lang, count=count).lower() in top.lower() for key, count in counted.items())
    assert phrase("workbook_right", lang) in str(head(annotated("products", xlsx(ROWS), lang=lang)[1][FRONT]))


@pytest.mark.no_cover
@pytest.mark.parametrize(("file", "name"), MISTAKES)
def test_findings_are_counted_by_kind_with_its_words(annotated, file, name):
    report, workbook = annotated(file, SAMPLES / name)
    kinds = below(workbook[FRONT], "workbook_kinds")
    counts = Counter()
    for severity, code, count, *words in kinds:
        counts[severity, code] += count
        assert words[-1] in {issue.message for issue in report.issues if (issue.severity, issue.code) == (severity, code)}
    assert counts == Counter((issue.severity, issue.code) for issue in report.issues)


def test_changed_notations_stand_apart_with_their_cells(annotated):
    page = annotated("partners", SAMPLES / "asiakkaat-virheita.xlsx", lang="fi")[1][FRONT]
    rows = below(page, "html_changes", "fi")
    assert ["G8", "100", "00100", "G8"] in rows
    assert [row[1:] for row in rows if row[0] == "C2"] == [["Y-tunnus", "FI", "C2–C6, C8–C11, C13"]]
    (place,) = [cell for row in page.iter_rows(min_row=last_row(page)) for cell in row if cell.value == "G8" and cell.hyperlink]
    assert place.hyperlink.location == "'Asiakkaat'!G8"
    assert not [line for line in listed(page) if line["code"] == "C-19"]


def test_applied_suggestions_stand_before_the_changed_notations(annotated):
    rows = [("Tunnustyyppi", "Y-tunnus", "Liikekumppanin nimi", "Maakoodi"), ("FI", "2015838-3", "Esimerkki Oy", "Suomi")]
    page = annotated("partners", xlsx(rows), lang="fi", apply_suggestions=["P-07"])[1][FRONT]
    assert below(page, "html_applied", "fi")[1] == ["B2", "2015838-3", "2015838-2", "B2"]
    texts = [row[0].value for row in page]
    assert texts.index(phrase("html_applied", "fi")) < texts.index(phrase("html_changes", "fi"))
    assert "2015838-3" not in str(below(page, "html_changes", "fi"))


@pytest.mark.parametrize("given", ["list", "below"])
def test_what_stands_below_the_list_is_linked_from_its_head(annotated, given):
    rows = ROWS if given == "list" else BROKEN
    page = annotated("products", xlsx(rows))[1][FRONT]
    leading = [row[0] for row in page.iter_rows(max_row=heading_row(page)) if row[0].hyperlink]
    assert leading
    for cell in leading:
        target = page[cell.hyperlink.location.partition("!")[2]]
        assert cell.value == phrase("workbook_below", "en", title=target.value, row=target.row)
        assert target.font.bold


def test_the_list_has_a_filter_over_all_its_lines(annotated):
    report, workbook = annotated("partners", SAMPLES / "asiakkaat-virheita.xlsx")
    page = workbook[FRONT]
    first, last = (coordinate_to_tuple(place) for place in page.auto_filter.ref.split(":"))
    assert (first[1], last[1]) == (1, len(COLUMNS))
    assert last[0] - first[0] == len(told(report))


def test_the_headings_of_the_list_stay_in_sight_and_leave_room_for_it(annotated):
    page = annotated("partners", SAMPLES / "asiakkaat-virheita.xlsx")[1][FRONT]
    frozen = coordinate_to_tuple(page.freeze_panes)[0] - 1
    assert frozen == heading_row(page)
    assert frozen <= MOST_FROZEN


def test_the_workbook_opens_at_the_list_and_no_second_sheet_is_selected(annotated, tmp_path):
    """Two selected sheets are a group in Excel: what is typed into one of them goes into both."""
    workbook = decorated()
    workbook.active = workbook["Tuotteet"]
    for page in workbook:
        page.sheet_view.tabSelected = page.title == "Tuotteet"
    made = annotated("products", saved(workbook))[1]
    assert made.active.title == FRONT
    assert [page.title for page in made if page.sheet_view.tabSelected and page.title != FRONT] == []


# --- links ---------------------------------------------------------------------------------------------------------


def shown(value):
    """A cell's value as a report shows it; None when it shows it in another form."""
    return "" if value is None else value if isinstance(value, str) else None


@pytest.mark.no_cover
@pytest.mark.parametrize(("file", "name"), MISTAKES)
def test_every_line_leads_to_the_cell_that_holds_the_value(annotated, file, name):
    workbook = annotated(file, SAMPLES / name, show_personal_data=True)[1]
    page = workbook[FRONT]
    lines, targets = listed(page), links(page)
    assert [target is not None for target in targets] == [bool(re.fullmatch(r"[A-Z]*[0-9]+", line["cell"])) for line in lines]
    followed = 0
    for line, target in zip(lines, targets, strict=True):
        if target and line["cell"].isdigit():
            assert target[1] == f"A{line['cell']}"
        elif target:
            assert target[1] == line["cell"]
            value = shown(workbook[target[0]][target[1]].value)
            assert value is None or line["value"] in value  # a cell can hold several shares
            followed += bool(value and line["value"])
    assert followed > 3


@pytest.mark.parametrize("title", ["Hinnat 2026", "O'Hara & pojat", "Ale 25,5 %", "<b>", "Päiväkirja", "#1", "A1"])
def test_links_lead_to_sheets_of_any_name(annotated, title):
    workbook = book(BROKEN, title)
    made = annotated("products", saved(workbook))[1]
    assert made.sheetnames == [FRONT, title]
    assert {target[0] for target in links(made[FRONT]) if target} == {title}
    assert (title, "E4") in links(made[FRONT])


def test_no_link_leaves_the_workbook(annotated, tmp_path):
    """Links through relations of their own would be opened as addresses of the web, in which a % or a # means something else."""
    annotated("products", saved(book(BROKEN, "Ale 25,5 %")))
    assert [name for name, text in parts(tmp_path / "report.xlsx").items() if 'TargetMode="External"' in text] == []


def test_a_sheet_has_no_more_links_than_excel_allows(annotated, tmp_path, monkeypatch):
    """Excel takes 65,530 links in a sheet and calls a workbook with more of them damaged; here are fewer, to be quick."""
    assert findings_sheet.MOST_LINKS < 65_530
    monkeypatch.setattr(findings_sheet, "MOST_LINKS", 650)
    frame = pd.DataFrame(
        {"Product type": "S", "Product name": "Kahvi", "Product code": "K-1", "Unit price": "-1", "VAT-%": "26"}, range(400)
    )
    csvimport.check("products", frame, report=tmp_path / "report.xlsx", quiet_notes=True)
    front = openpyxl.load_workbook(tmp_path / "report.xlsx")[FRONT]
    assert phrase("workbook_links", "en", count=findings_sheet.MOST_LINKS) in str(head(front))
    assert parts(tmp_path / "report.xlsx")["xl/worksheets/sheet1.xml"].count("<hyperlink ") <= 655


def test_findings_without_a_cell_are_listed_without_a_link(annotated):
    report, workbook = annotated("products", source(table([["Product type", "Product name", "VAT-%"], ["S", "Kahvi", "25,5"]])))
    assert ("PR-10", "error", None, None) in said(report)
    page = workbook[FRONT]
    places = {line["code"]: (line["cell"], target) for line, target in zip(listed(page), links(page), strict=True)}
    assert places["PR-10"] == ("", None)


def test_a_finding_about_a_row_names_it(annotated):
    rows = [("Name of business partner", "Business partner type", "Payment method"), ("Esimerkki Oy", "C", "tilisirto")]
    report, workbook = annotated("partners", source(table(rows)))
    assert ("P-03", "error", 2, None) in said(report)
    page = workbook[FRONT]
    found = [(line["cell"], target) for line, target in zip(listed(page), links(page), strict=True) if line["code"] == "P-03"]
    assert found == [("2", (workbook.sheetnames[1], "A2"))]
    first = workbook.worksheets[1]["A2"]
    assert colour(first) == FILLS["error"]
    assert "P-03" in first.comment.text


# --- text of the user is text --------------------------------------------------------------------------------------

HOSTILE = [
    '=HYPERLINK("http://example.com/";"Klikkaa")',
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "'=1",
    "\t=1+1",
    "<b>&amp;</b>",
    "{=1}",
    "#REF!",
    "TRUE",
    "1E5",
]


def of_text(text):
    """A faulty product, most of whose text is the one given."""
    return (text, "x" * 101, text, text, text, text, text)


@pytest.mark.no_cover
@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("given", ["csv", "xlsx", "frame"])
def test_hostile_text_is_no_formula(annotated, tmp_path, text, given):
    headings = [*PRODUCT_HEADINGS, text]
    if given == "csv":
        stream = source(table([headings, of_text(text)], quoting=csv.QUOTE_ALL))
    elif given == "frame":
        stream = pd.DataFrame([of_text(text)], columns=headings)
    else:
        workbook = book([])
        for y, row in enumerate([headings, of_text(text)], start=1):
            for x, value in enumerate(row, start=1):
                cell = workbook.active.cell(y, x)
                cell.value, cell.data_type = value, "s"
        stream = saved(workbook)
    report, workbook = annotated("products", stream)
    assert not report.ok
    assert formulas(tmp_path / "report.xlsx") == []
    cells = [cell for row in workbook.worksheets[1] for cell in row if cell.value is not None]
    assert [cell.value for cell in cells] == [*headings, *of_text(text)]
    assert {cell.data_type for cell in cells} == {"s"}
    values = [line["value"] for line in listed(workbook[FRONT])]
    assert text in values
    front = workbook[FRONT]
    assert {cell.data_type for row in front.iter_rows(max_row=last_row(front)) for cell in row if cell.value} == {"s"}
    assert "f" not in {cell.data_type for row in front for cell in row}


def test_formulas_that_the_user_wrote_are_told_as_text(annotated, tmp_path):
    workbook = book(BROKEN)
    workbook.active["E4"] = "=E2-99"
    made = annotated("products", saved(workbook))[1]
    assert formulas(tmp_path / "report.xlsx") == ["E2-99"]
    assert any("=E2-99" in line["message"] + line["value"] for line in listed(made[FRONT]))


@pytest.mark.parametrize("character", ["\x01", "\x0b", "\x1f", "￾", "￿"])
@pytest.mark.parametrize("of", ["frame", "csv"])
def test_characters_that_no_workbook_can_hold_are_replaced(annotated, character, of):
    row = ("S", f"Kah{character}vi", f"K{character}1", f"r{character}", "-1", "25,5")
    stream = pd.DataFrame([row], columns=PRODUCT_HEADINGS) if of == "frame" else source(table([PRODUCT_HEADINGS, row]).encode("utf-8"))
    report, workbook = annotated("products", stream)
    assert workbook.worksheets[1]["D2"].value in ("r\N{REPLACEMENT CHARACTER}", f"r{character}")
    assert len(listed(workbook[FRONT])) == len(told(report))


def test_lone_surrogates_are_replaced(annotated):
    frame = pd.DataFrame([("S", "Kah\ud800vi", "K-\udfff1", "r\ud800", "-1", "25,5")], columns=PRODUCT_HEADINGS, dtype=object)
    with contextlib.suppress(csvimport.InputError):
        workbook = annotated("products", frame)[1]
        assert workbook.worksheets[1]["D2"].value == "r\N{REPLACEMENT CHARACTER}"


def test_text_of_any_length_fits(annotated):
    workbook = annotated("products", source(table([PRODUCT_HEADINGS, ("S", "x" * 40_000, "K-1", "kpl", "-1", "25,5")])))[1]
    assert any(len(line["value"]) > 30_000 for line in listed(workbook[FRONT]))


# --- there and back ------------------------------------------------------------------------------------------------


@pytest.mark.no_cover
@pytest.mark.parametrize(("file", "name"), WORKBOOKS)
def test_the_annotated_workbook_gives_the_same_findings_as_the_original(annotated, tmp_path, file, name):
    report = annotated(file, SAMPLES / name)[0]
    assert messages(csvimport.check(file, tmp_path / "report.xlsx")) == messages(report)


WRONG = {
    ("partners", "asiakkaat.xlsx"): {"N2": "tilisirto", "B3": None, "D4": "9100005-7", "K5": "laskutus@example", "I6": "Soumi", "O7": 115},
    ("products", "tuotteet.xlsx"): {"A2": "P", "F3": -1, "D4": "rasia;", "H5": "EU", "G6": 0.255, "I7": 300},
    ("dimensions", "dimensiot.xlsx"): {"A3": None, "B4": None, "C5": "poistettu", "D6": "a;b"},
    ("invoices", "verkkokauppa.xlsx"): {"K10": "Faksi", "L10": "31.4.2026", "R5": "kaksi", "T6": None, "V7": 0.255, "Q8": "a;b"},
    ("payroll", "tunnit.xlsx"): {"A3": None, "B4": "Tuntipalkka", "C5": "paljon", "D6": "31.2.2026", "H7": "a;b"},
    ("salary-info", "palkkatiedot.xlsx"): {"A2": "010190-900K", "C3": "sopimus", "G4": "31.4.2026", "N6": None},
    ("budgets", "budjetti.xlsx"): {"A3": 300, "C4": 0.5, "D5": "paljon"},
    ("memo-vouchers", "muistiotositteet.xlsx"): {"D2": 768, "F2": "kaksi", "B4": "31.2.2026", "I7": 24.5},
}


def uploads(file, path):
    result = csvimport.convert(file, path)
    return result.to_files() if file == "memo-vouchers" else result.to_bytes()


@pytest.mark.no_cover
@pytest.mark.parametrize(("file", "name"), WRONG)
def test_a_corrected_workbook_converts_as_the_right_one(annotated, tmp_path, file, name):
    right = openpyxl.load_workbook(SAMPLES / name)
    workbook = openpyxl.load_workbook(SAMPLES / name)
    for place, value in WRONG[file, name].items():
        workbook.active[place] = value
    report, made = annotated(file, saved(workbook, name))
    assert set(at(report)) >= set(WRONG[file, name])
    for line, target in zip(listed(made[FRONT]), links(made[FRONT]), strict=True):
        if target and line["severity"] != "note":
            sheet, place = target
            made[sheet][place].value = right[sheet][place].value
    made.save(tmp_path / "corrected.xlsx")
    assert uploads(file, tmp_path / "corrected.xlsx") == uploads(file, SAMPLES / name)


def test_a_corrected_workbook_is_marked_anew(annotated, tmp_path):
    made = annotated("products", xlsx(BROKEN))[1]
    made["Tuotteet"]["E4"] = 5
    made.save(tmp_path / "corrected.xlsx")
    report, again = annotated("products", tmp_path / "corrected.xlsx")
    assert report.ok
    assert again.sheetnames == [FRONT, "Tuotteet"]
    assert colour(again["Tuotteet"]["E4"]) != FILLS["error"]
    assert again["Tuotteet"]["E4"].comment is None


def test_comments_are_not_repeated_when_the_workbook_is_checked_again(annotated, tmp_path):
    workbook = book(BROKEN)
    workbook.active["E4"].comment = Comment("Kysy hinta Pekalta", "Maija")
    once = annotated("products", saved(workbook))[1]["Tuotteet"]["E4"].comment.text
    (tmp_path / "report.xlsx").rename(tmp_path / "again.xlsx")
    assert annotated("products", tmp_path / "again.xlsx")[1]["Tuotteet"]["E4"].comment.text == once


def test_the_sheet_of_findings_is_no_input(annotated, tmp_path):
    made = annotated("products", xlsx(BROKEN))[1]
    del made["Tuotteet"]
    made.save(tmp_path / "alone.xlsx")
    with pytest.raises(csvimport.InputError, match="empty"):
        csvimport.check("products", tmp_path / "alone.xlsx")


@pytest.mark.parametrize("name", ["Csvimport", "CSVIMPORT"])
def test_a_sheet_of_the_user_by_nearly_that_name_is_kept_and_read(annotated, tmp_path, name):
    report, made = annotated("products", saved(book(BROKEN, name)))
    assert made.sheetnames[1:] == [name]
    assert messages(csvimport.check("products", tmp_path / "report.xlsx")) == messages(report)


def test_a_sheet_that_is_named_though_it_is_the_report_is_no_traceback(tmp_path):
    with contextlib.suppress(csvimport.CsvImportError):
        csvimport.check("products", saved(book(BROKEN, FRONT)), sheet=FRONT, report=tmp_path / "report.xlsx")


def lengthened(path):
    """A workbook as LibreOffice saves it: with all its colours in eight digits and under other priorities."""
    content = {name: text.replace("00FFC7CE", "FFFFC7CE").replace('priority="1"', 'priority="7"') for name, text in parts(path).items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, text in content.items():
            made.writestr(name, text)
    return source(stream.getvalue(), "again.xlsx")


@pytest.mark.parametrize("front", ["kept", "deleted", "renamed"])
def test_colours_of_the_user_come_back_and_old_marks_go(annotated, tmp_path, front):
    """Also when LibreOffice has saved the workbook, and when the sheet of findings is gone or has another name."""
    workbook = book(BROKEN)
    page = workbook.active
    page["E4"].fill, page["E3"].fill = PatternFill("solid", fgColor="FF92D050"), PatternFill("solid", fgColor="FFFFC7CE")
    page["E4"].comment = Comment("Kysy hinta Pekalta", "Maija")
    made = annotated("products", saved(workbook))[1]
    assert colour(made["Tuotteet"]["E4"]) == FILLS["error"]
    made["Tuotteet"]["E4"] = 5
    if front == "deleted":
        del made[FRONT]
    elif front == "renamed":
        made[FRONT].title = "Vanha"
    made.save(tmp_path / "corrected.xlsx")
    report, again = annotated("products", lengthened(tmp_path / "corrected.xlsx"), sheet="Tuotteet")
    cells = again["Tuotteet"]
    assert report.ok
    assert (colour(cells["E4"]), colour(cells["E3"])) == ("92D050", "FFC7CE")
    assert cells["E4"].comment.text == "Kysy hinta Pekalta"
    assert len(again["Tuotteet"].conditional_formatting) == len({issue.severity for issue in report.issues if issue.column})


TYPED = [
    ("Liikekumppanin nimi", "Y-tunnus", "Tunnustyyppi", "Postinumero", "Laskun pvm", "Aika", "Kesto", "Osuus", "Tosi", "Pitkä", "Pohja"),
    ("Esimerkki Oy", "9100001-4", "FI", 100, dt.date(2026, 3, 1), dt.time(7, 30), dt.timedelta(hours=37, minutes=30), 0.255, True, 1e15, 7),
    (
        "Toinen Oy",
        "9100005-7",
        "FI",
        33100,
        dt.datetime(2026, 3, 1, 12, 30),
        dt.time(12, 5, 9),
        dt.timedelta(hours=7),
        0.1,
        False,
        1.125,
        1,
    ),
]
FORMATS = {"G": "[h]:mm", "H": "0.0%", "K": "00000"}


def typed():
    """A workbook of partners whose cells are of every type."""
    workbook = book(TYPED, "Asiakkaat")
    for letter, shown in FORMATS.items():
        for row in (2, 3):
            workbook.active[f"{letter}{row}"].number_format = shown
    workbook.active["L1"], workbook.active["L2"] = "Kaava", "=D2*2"
    workbook.active.merge_cells("C2:C3")
    return workbook


def cells_read(path):
    from csvimport.read.workbook import Workbook

    sheet = Workbook(path.read_bytes(), "x").read("Asiakkaat")
    return sheet.frame.to_numpy().tolist(), [None if kinds is None else kinds.tolist() for kinds in sheet.types], sheet.merged


def test_a_fresh_workbook_is_read_as_the_original(annotated, small, tmp_path):
    original = tmp_path / "original.xlsx"
    original.write_bytes(saved(typed()).getvalue())
    report = annotated("partners", original)[0]
    assert cells_read(tmp_path / "report.xlsx") == cells_read(original)
    assert messages(csvimport.check("partners", tmp_path / "report.xlsx")) == messages(report)


def test_numbers_and_dates_of_a_fresh_workbook_are_no_text(annotated, small):
    page = annotated("partners", saved(typed()))[1]["Asiakkaat"]
    assert [page[place].value for place in ("D2", "H2", "I2", "K2")] == [100, 0.255, True, 7]
    assert (page["E2"].value, page["E2"].number_format) == (dt.datetime(2026, 3, 1), "mm-dd-yy")
    assert (page["H2"].number_format, page["K2"].number_format, page["G2"].number_format) == ("0.0%", "00000", "[h]:mm:ss")
    assert (page["B2"].data_type, page["B2"].number_format) == ("s", "@")


@pytest.mark.parametrize("made", [xls, ods])
def test_numbers_of_other_workbooks_stay_numbers(annotated, tmp_path, made):
    report = annotated("products", made([*ROWS, ("S", "Mauste", "K-8", "kpl", 1.125, 25.5), ("S", "Suola", "K-9", "kpl", -1, 25.5)]))[0]
    again = csvimport.check("products", tmp_path / "report.xlsx")
    assert messages(again) == messages(report)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0.10", CellType.NUMBER),
        ("12345678901234567890", CellType.UNSEEN),
        ("1900-02-28", CellType.DATE),
        ("-1:30:00", CellType.TIME),
        ("07:30:00.5", CellType.TIME),
        ("=", CellType.UNCOMPUTED),
        ("#N/A", CellType.ERROR),
        ("=1+1", CellType.TEXT),
    ],
)
def test_what_no_cell_holds_exactly_stays_text(text, kind):
    assert stored(text, kind) == (text, "@")


def test_a_sum_in_another_currency_is_shown_as_one():
    assert stored("12.5", CellType.CURRENCY) == (12.5, "#,##0.00 [$¤]")
    assert stored("12345678901234567890", CellType.CURRENCY) == ("12345678901234567890", "@")


@pytest.mark.parametrize("given", ["csv", "small"])
def test_a_fresh_sheet_can_be_worked_with(annotated, given, monkeypatch):
    """Columns as wide as their content, the heading row bold, in sight and with a filter."""
    if given == "small":
        monkeypatch.setattr(as_workbook, "LARGEST_COPY", 3)
    rows = [["" if value is None else str(value) for value in row] for row in BROKEN]
    page = annotated("products", source(table(rows)) if given == "csv" else xlsx(BROKEN))[1].worksheets[1]
    assert {cell.font.bold for cell in page[1]} == {True}
    assert {cell.font.bold for row in page.iter_rows(min_row=2) for cell in row if cell.value} == {False}
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == f"A1:F{len(BROKEN)}"
    for letter, cells in zip("ABCDEF", page.columns, strict=False):
        assert page.column_dimensions[letter].width >= max(len(str(cell.value or "")) for cell in cells)


# --- what the copy lacks -------------------------------------------------------------------------------------------


def with_part(workbook, name):
    """A workbook with another part in its package."""
    stream = io.BytesIO(saved(workbook).getvalue())
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr(name, b"x")
    return source(stream.getvalue(), "input.xlsx")


@pytest.mark.parametrize("part", ["xl/media/image1.png", "xl/vbaProject.bin"])
def test_pictures_and_macros_that_are_lost_are_told(annotated, part):
    said = phrase("workbook_lost", "fi")
    assert said in str(head(annotated("products", with_part(book(BROKEN), part), lang="fi")[1][FRONT]))
    assert said not in str(head(annotated("products", saved(book(BROKEN)), lang="fi")[1][FRONT]))


def test_formulas_of_the_checked_sheet_are_told(annotated):
    """Until Excel has worked them out the copy is a faulty input."""
    said = phrase("workbook_formulas", "fi")
    workbook = book(BROKEN)
    workbook.create_sheet("Muu")["A1"] = "=1+1"
    given = {"sheet": "Tuotteet", "lang": "fi"}
    assert said not in str(head(annotated("products", saved(workbook), **given)[1][FRONT]))
    workbook["Tuotteet"]["H2"] = "=E2*2"
    assert said in str(head(annotated("products", saved(workbook), **given)[1][FRONT]))


@pytest.mark.parametrize("made", [xls, ods])
def test_a_fresh_workbook_says_that_other_sheets_are_gone(annotated, made):
    assert phrase("workbook_other", "fi") in str(head(annotated("products", made(BROKEN), lang="fi")[1][FRONT]))


# --- inputs that are no workbooks ----------------------------------------------------------------------------------

LINES = [
    PRODUCT_HEADINGS,
    ("S", "Kahvi", "K-1", "kpl", "-1", "25,5"),
    ("", "", "", "", "", ""),
    ("S", "Tee; vihreä\r\nja musta", "K-2", "kpl", "4,50", "26"),
    ("X", 'Kaakao "tumma"', "K-3", "kpl", "00045", "25,5"),
]


def held(workbook, report, shift=0):
    """The values of the issues and those of the cells that they name."""
    page = workbook.worksheets[1]
    pairs = [(issue.value, page[f"{issue.column}{issue.row + shift}"].value) for issue in report.issues if issue.column and issue.value]
    assert len(pairs) > 1
    return pairs


def test_a_csv_becomes_a_workbook_with_its_cells_at_their_addresses(annotated):
    report, workbook = annotated("products", source(table(LINES)))
    assert workbook.sheetnames == [FRONT, phrase("workbook_input", "en")]
    cells = {f"{'ABCDEF'[x]}{y}": text for y, row in enumerate(LINES, start=1) for x, text in enumerate(row) if text}
    cells["B4"] = "Tee; vihreä\nja musta"
    assert {place: text.replace("\r", "") for place, text in texts(workbook.worksheets[1]).items()} == cells
    assert set(problems(report)) >= {("PR-10", "error", 2, "E"), ("PR-01", "error", 5, "A")}
    assert {(value, cell) for value, cell in held(workbook, report) if value != cell} == set()


def test_lines_without_a_single_character_keep_the_addresses_below_them(annotated):
    content = "\r\n\r\n".join(table([line]).strip() for line in LINES if any(line))
    report, workbook = annotated("products", source(f"\r\n{content}\r\n"))
    assert ("PR-10", "error", 4, "E") in problems(report)
    assert (workbook.worksheets[1]["E4"].value, workbook.worksheets[1]["A8"].value) == ("-1", "X")
    assert {(value, cell) for value, cell in held(workbook, report) if value != cell} == set()


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_the_sheet_of_a_csv_is_named_in_the_language_and_reached_by_the_links(annotated, lang):
    workbook = annotated("products", source(table(LINES)), lang=lang)[1]
    name = phrase("workbook_input", lang)
    assert workbook.sheetnames == [FRONT, name]
    assert {target[0] for target in links(workbook[FRONT]) if target} == {name}


def test_an_upload_ready_csv_without_headings_stands_at_its_addresses(annotated):
    report, workbook = annotated("partners", source(upload(changed(CUSTOMER, P="tilisirto"), "GROUP;Kanta-asiakkaat;;J")))
    assert workbook.worksheets[1]["P1"].value == "tilisirto"
    assert workbook.worksheets[1]["D2"].value == "J"
    assert {(value, cell) for value, cell in held(workbook, report) if value != cell} == set()


def test_a_fresh_workbook_is_checked_as_its_csv(annotated, tmp_path):
    report = annotated("products", source(table(LINES)))[0]
    again = csvimport.check("products", tmp_path / "report.xlsx")
    assert {found for found in problems(report) if found[0] != "C-04"} == {found for found in problems(again) if found[0] != "C-04"}


@pytest.mark.parametrize("made", [xls, ods])
def test_other_workbooks_become_fresh_ones(annotated, made):
    workbook = annotated("products", made(BROKEN))[1]
    assert workbook.sheetnames == [FRONT, "Tuotteet"]
    page = workbook["Tuotteet"]
    assert (page["B2"].value, page["E4"].value) == ("Kahvi, äärimmäinen", -1)
    assert colour(page["E4"]) == FILLS["error"]
    assert ("Tuotteet", "E4") in links(workbook[FRONT])


@pytest.mark.parametrize("made", [xlsx, xls, ods])
def test_a_stream_without_a_name_gets_a_workbook(annotated, made):
    workbook = annotated("products", io.BytesIO(made(BROKEN).getvalue()))[1]
    assert colour(workbook["Tuotteet"]["E4"]) == FILLS["error"]


@pytest.mark.parametrize("name", ["a/b: c?", "[1]", "Hinnasto, joka alkaa vuoden 2026 alusta", "O'Hara"])
def test_sheets_of_other_programs_have_names_that_excel_does_not_allow(annotated, name):
    document = OpenDocumentSpreadsheet()
    page = Table(name=name)
    for row in BROKEN:
        line = TableRow()
        for value in row:
            line.addElement(ods_cell(value))
        page.addElement(line)
    document.spreadsheet.addElement(page)
    workbook = annotated("products", saved(document, "input.ods"))[1]
    title = workbook.sheetnames[1]
    assert len(title) <= 31
    assert colour(workbook[title]["E4"]) == FILLS["error"]
    assert (title, "E4") in links(workbook[FRONT])


def test_a_package_becomes_a_workbook_of_its_csv(annotated):
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("invoices.csv", (SAMPLES / "invoices.csv").read_bytes().replace(b"tilisiirto", b"tilisirto"))
        archive.writestr("kuitti.pdf", b"%PDF-1.7")
    report, workbook = annotated("invoices", source(package.getvalue(), "invoices.zip"))
    wrong = [issue for issue in report.issues if issue.value == "tilisirto"]
    assert wrong
    assert {workbook.worksheets[1][address(issue)].value for issue in wrong} == {"tilisirto"}


def products(**columns):
    """A frame of three products, the last two of them faulty."""
    values = [("S", "S", "X"), ("Kahvi", "Tee", "Kaakao"), ("K-1", "K-2", "K-3"), ("kpl",) * 3, (4.5, -1.0, 2.0), (25.5, 26.0, 25.5)]
    return pd.DataFrame(dict(zip(PRODUCT_HEADINGS, values, strict=True))).assign(**columns)


def test_a_frame_becomes_a_workbook_with_its_columns_as_headings(annotated):
    report, workbook = annotated("products", products())
    page = workbook.worksheets[1]
    assert [cell.value for cell in page[1]] == list(PRODUCT_HEADINGS)
    assert [cell.value for cell in page[3]] == ["S", "Tee", "K-2", "kpl", -1, 26]
    assert ("PR-10", "error", 2, "E") in problems(report)
    assert colour(page["E3"]) == FILLS["error"]
    assert "PR-10" in page["E3"].comment.text
    assert {(value, cell) for value, cell in held(workbook, report, shift=1) if value != str(cell)} == set()


@pytest.mark.parametrize(
    "index",
    [[10, 20, 30], ["a", "b", "c"], ["a", "a", "a"], [None, None, None], [float("nan")] * 3, pd.date_range("2026-01-01", periods=3)],
    ids=["numbers", "words", "repeated", "None", "nan", "dates"],
)
def test_links_lead_to_the_rows_of_a_frame_whatever_its_index(annotated, index):
    workbook = annotated("products", products().set_axis(index))[1]
    page = workbook[FRONT]
    targets = {line["code"]: target for line, target in zip(listed(page), links(page), strict=True)}
    assert targets["PR-10"] == (workbook.sheetnames[1], "E3")
    assert colour(workbook.worksheets[1]["E3"]) == FILLS["error"]


def test_a_frame_without_names_has_no_heading_row_in_its_workbook(annotated):
    rows = [PRODUCT.split(";"), changed(PRODUCT, C="K-2", F="-1").split(";")]
    workbook = annotated("products", pd.DataFrame(rows))[1]
    page = workbook.worksheets[1]
    assert (page["F2"].value, colour(page["F2"])) == ("-1", FILLS["error"])
    targets = {line["code"]: target for line, target in zip(listed(workbook[FRONT]), links(workbook[FRONT]), strict=True)}
    assert targets["PR-10"] == (workbook.sheetnames[1], "F2")


# --- large ones ----------------------------------------------------------------------------------------------------


@pytest.fixture
def small(monkeypatch):
    """Every input is a large one."""
    monkeypatch.setattr(as_workbook, "LARGEST_COPY", 3)


def two_sheets():
    """A workbook of invoices and their rows, both with mistakes."""
    workbook = openpyxl.load_workbook(SAMPLES / "laskut-kaksi-taulukkoa.xlsx")
    workbook["Laskut"]["F2"], workbook["Laskut"]["K3"] = "9100001-4", "Faksi"
    workbook["Rivit"]["D3"], workbook["Rivit"]["H4"] = "kaksi", 0.255
    return workbook


INPUTS = {
    "xlsx": ("products", lambda: saved(decorated()), "Tuotteet", 0),
    "csv": ("products", lambda: source(table(LINES)), "Input", 0),
    "frame": ("products", products, "Input", 1),
    "two sheets": ("invoices", lambda: saved(two_sheets()), "Laskut", 0),
}


@pytest.mark.parametrize("given", INPUTS)
def test_a_large_input_gets_a_fresh_workbook_with_the_same_marks(annotated, small, given):
    file, make, name, shift = INPUTS[given]
    report, workbook = annotated(file, make())
    assert workbook.sheetnames[0] == FRONT
    assert name in workbook.sheetnames
    assert workbook.active.title == FRONT
    assert in_order([{k: v for k, v in line.items() if k != "field"} for line in listed(workbook[FRONT])]) == in_order(
        [as_listed(issue) for issue in told(report)]
    )
    for sheet in {issue.sheet for issue in report.issues}:
        page = workbook[sheet or "Input"]
        for place, issues in at(report, sheet).items():
            cell = page.cell(issues[0].row + shift, coordinate_to_tuple(place)[1])
            assert colour(cell) == FILLS[worst(issues)]
            for issue in (issue for issue in told(report) if issue in issues):
                assert issue.message in cell.comment.text
                assert (page.title, cell.coordinate) in links(workbook[FRONT])


def test_a_large_workbook_keeps_its_values_as_they_are(annotated, small):
    workbook = annotated("products", xlsx(BROKEN))[1]
    assert [cell.value for cell in workbook["Tuotteet"][2]] == ["S", "Kahvi, äärimmäinen", "K-1", "kpl", 4.5, 13.5]


def test_a_large_workbook_says_that_it_is_no_copy(annotated, monkeypatch):
    copy = head(annotated("products", xlsx(BROKEN))[1][FRONT])
    monkeypatch.setattr(as_workbook, "LARGEST_COPY", 3)
    assert str(head(annotated("products", xlsx(BROKEN))[1][FRONT])) != str(copy)


MANY = [PRODUCT_HEADINGS, *(("S", "Kahvi", f"K-{number}", "kpl", "-1", "25,5") for number in range(30))]


def test_more_findings_than_can_be_commented_are_coloured_all_the_same(annotated, monkeypatch):
    whole = annotated("products", source(table(MANY)))[1]
    monkeypatch.setattr(marks, "MOST_COMMENTS", 10)
    report, workbook = annotated("products", source(table(MANY)))
    page = workbook.worksheets[1]
    assert len(at(report)) > 10
    assert {colour(page[place]) for place in at(report)} == {FILLS["error"]}
    assert sum(page[place].comment is not None for place in at(report)) == 10
    assert len(listed(workbook[FRONT])) == len(told(report))
    assert str(head(workbook[FRONT])) != str(head(whole[FRONT])), "nothing says that comments are missing"


@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_more_findings_than_can_be_listed_are_cut_and_that_is_said(annotated, monkeypatch, lang):
    monkeypatch.setattr(findings_sheet, "MOST_LINES", 10)
    report, workbook = annotated("products", source(table(MANY)), lang=lang)
    page = workbook[FRONT]
    assert len(listed(page)) == 10
    assert {line["severity"] for line in listed(page)} == {phrase("frame_error", lang)}
    assert phrase("workbook_cut", lang, shown=10, count=len(told(report))) in str(head(page))
    assert coordinate_to_tuple(page.auto_filter.ref.split(":")[1])[0] == heading_row(page) + 10
    assert ["PR-10", 30] in [row[1:3] for row in below(page, "workbook_kinds", lang)]


# --- merged cells, several sheets, mappings ------------------------------------------------------------------------


def test_merged_cells_stay_merged_and_their_first_one_is_marked(annotated):
    workbook = book([*BROKEN, ("S", "Kaakao", "K-9", "kpl", -2, 25.5)])
    workbook.active.merge_cells("E4:E5")
    workbook.active.merge_cells("B2:C2")
    report, made = annotated("products", saved(workbook))
    page = made["Tuotteet"]
    assert page.merged_cells == openpyxl.load_workbook(saved(workbook)).active.merged_cells
    assert {"E4", "E5", "C2"} <= set(at(report))
    assert colour(page["E4"]) == FILLS["error"]
    assert "PR-10" in page["E4"].comment.text


def test_a_finding_inside_merged_cells_is_marked_at_the_first_of_them(annotated):
    workbook = book(BROKEN)
    workbook.active.merge_cells("A3:B4")
    report, made = annotated("products", saved(workbook))
    assert "B4" in at(report)
    assert colour(made["Tuotteet"]["A3"]) == FILLS["error"]
    assert at(report)["B4"][0].message in made["Tuotteet"]["A3"].comment.text


def test_findings_at_two_sheets_are_marked_at_both(annotated):
    report, workbook = annotated("invoices", saved(two_sheets()))
    assert workbook.sheetnames == [FRONT, "Laskut", "Rivit"]
    for sheet, places in (("Laskut", {"F2", "K3"}), ("Rivit", {"D3", "H4"})):
        assert places <= set(at(report, sheet))
        for place, issues in at(report, sheet).items():
            assert colour(workbook[sheet][place]) == FILLS[worst(issues)]
    assert {("Laskut", "K3"), ("Rivit", "D3")} <= set(links(workbook[FRONT]))


def test_a_sheet_that_is_not_read_is_not_marked(annotated):
    workbook = book(BROKEN)
    workbook.copy_worksheet(workbook.active).title = "Vanha"
    made = annotated("products", saved(workbook), sheet="Tuotteet")[1]
    assert colour(made["Tuotteet"]["E4"]) == FILLS["error"]
    assert {colour(cell) for row in made["Vanha"] for cell in row} == {None}


SHUFFLED = [
    ("Hinnasto", None, None, None, None),
    (None, None, None, None, None),
    ("Netto", "Laji", "Pois", "Artikkeli", "Vero"),
    ("-1", "S", "x", "Kahvi", "25,5"),
    ("2", "S", "x", "Tee", "0,255"),
]
MAPPING = {"columns": {"Netto": "Unit price", "Laji": "Product type", "Artikkeli": "Product name", "Vero": "VAT-%", "Pois": ""}}


@pytest.mark.parametrize("given", ["csv", "xlsx", "frame"])
def test_with_a_mapping_the_cells_of_the_input_are_marked(annotated, given):
    if given == "frame":
        stream, shift = pd.DataFrame(SHUFFLED[3:], columns=SHUFFLED[2]), 1
    else:
        stream = xlsx(SHUFFLED) if given == "xlsx" else source(table([["" if text is None else text for text in row] for row in SHUFFLED]))
        shift = 0
    workbook = annotated("products", stream, mapping=MAPPING)[1]
    page = workbook.worksheets[1]
    price, vat = ("A2", "E3") if shift else ("A4", "E5")
    assert (page[price].value, page[vat].value) == ("-1", "0,255")
    assert (colour(page[price]), colour(page[vat])) == (FILLS["error"], FILLS["error"])
    assert {(workbook.sheetnames[1], price), (workbook.sheetnames[1], vat)} <= set(links(workbook[FRONT]))


# --- personal data -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["csv", "xlsx"])
def test_identity_codes_are_masked_in_the_list_and_in_comments_and_kept_in_the_data(annotated, given):
    rows = [("Henkilötunnus", "Peruspalkka", "Huomautukset"), ("150785-902K", "x", "katso 150785-902K")]
    stream = xlsx(rows) if given == "xlsx" else source(table(rows))
    workbook = annotated("salary-info", stream)[1]
    assert "150785-****" in str(listed(workbook[FRONT]))
    comments = [cell.comment.text for row in workbook.worksheets[1] for cell in row if cell.comment]
    assert "902K" not in str(listed(workbook[FRONT])) + str(head(workbook[FRONT])) + str(comments)
    assert workbook.worksheets[1]["A2"].value == "150785-902K"


# --- the severities ------------------------------------------------------------------------------------------------


def test_the_colours_are_those_of_the_severities():
    assert {str(severity): COLOURS[severity] for severity in Severity} == FILLS


def test_the_result_of_a_conversion_can_be_reported_too(tmp_path):
    result = csvimport.convert("products", xlsx(ROWS), tmp_path / "out.csv", report=tmp_path / "report.xlsx")
    assert result.outputs == (str(tmp_path / "out.csv"),)
    assert convert("products", (tmp_path / "out.csv").read_bytes()).to_bytes() == result.to_bytes()
    assert openpyxl.load_workbook(tmp_path / "report.xlsx").sheetnames == [FRONT, "Tuotteet"]
