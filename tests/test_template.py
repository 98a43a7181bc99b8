"""Templates: what they hold, and that they convert without a word when they come back filled."""

import io
import re
import shutil
import subprocess
import time
import zipfile
from functools import cache

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

import csvimport
from csvimport.cli import cli
from csvimport.columns import text_series
from csvimport.context import TABLE, Context
from csvimport.headings.recognised import looks_right
from csvimport.headings.targets import target_of
from csvimport.kinds import KINDS
from csvimport.kinds.base import Cells
from csvimport.read.workbook import Workbook as ReadWorkbook
from csvimport.schema import load, names
from csvimport.settings import LANGUAGES
from csvimport.templates.choices import choices_of
from csvimport.templates.columns import WITHOUT_COLUMN, Need, columns_of
from csvimport.templates.examples import example_of
from csvimport.templates.notes import note_of
from csvimport.templates.sheets import LAST_ROW

FILES = names()
EACH = [(file, lang) for file in FILES for lang in LANGUAGES]
HARMLESS = ("C-30", "warning")  # test identity codes
HEADING_CODES = {"T-01", "T-02", "C-12", "C-06"}


@cache
def made(file, lang, *, example=True):
    return csvimport.template(file, lang=lang, example=example)


@cache
def opened(file, lang, *, example=True):
    return load_workbook(io.BytesIO(made(file, lang, example=example)))


def table(file, lang, *, example=True):
    return opened(file, lang, example=example).worksheets[0]


def titles(sheet):
    return [cell.value for cell in sheet[1]]


def converted(file, data):
    result = csvimport.convert(file, io.BytesIO(data))
    assert result.report.ok
    return result.to_bytes()


# --- what comes back converts --------------------------------------------------------------------------------------


@pytest.mark.no_cover
@pytest.mark.parametrize(("file", "lang"), EACH)
def test_an_example_converts_without_a_word(file, lang):
    report = csvimport.check(file, io.BytesIO(made(file, lang)))
    said = {(issue.code, issue.severity) for issue in report.issues if issue.severity != "note"}
    assert said - {HARMLESS} == set()
    assert not {issue.code for issue in report.issues} & HEADING_CODES
    assert report.layout == "table"
    assert report.counts.rows == 3
    assert converted(file, made(file, lang))


@pytest.mark.no_cover
@pytest.mark.parametrize("file", FILES)
def test_an_example_gives_the_same_codes_in_every_language(file):
    kept = {lang: [re.findall(r"\d[\d,.-]*|^\w{1,5}(?=;)", line) for line in lines(file, lang)] for lang in LANGUAGES}
    assert kept["fi"] == kept["en"] == kept["sv"]


def lines(file, lang):
    return converted(file, made(file, lang)).decode("cp1252").splitlines()


@pytest.mark.parametrize(("file", "lang"), EACH)
def test_an_empty_template_has_headings_but_no_rows(file, lang):
    with pytest.raises(csvimport.InputError, match="has headings but no rows"):
        csvimport.check(file, io.BytesIO(made(file, lang, example=False)))


@pytest.mark.no_cover
@pytest.mark.parametrize(("file", "lang"), EACH)
def test_an_empty_template_filled_by_hand_converts_to_the_same_bytes(file, lang):
    """The values are typed into cells that take the format of their column, as in Excel."""
    book = load_workbook(io.BytesIO(made(file, lang, example=False)))
    sheet = book.worksheets[0]
    for row in table(file, lang).iter_rows(min_row=2):
        for cell in row:
            if cell.value is not None:
                typed = sheet.cell(cell.row, cell.column, cell.value)
                typed.number_format = sheet.column_dimensions[cell.column_letter].number_format
    assert converted(file, saved(book)) == converted(file, made(file, lang))


def saved(book):
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_what_libreoffice_saves_converts_to_the_same_bytes(tmp_path):
    for file in FILES:
        (tmp_path / f"{file}.xlsx").write_bytes(made(file, "fi"))
        (tmp_path / f"empty-{file}.xlsx").write_bytes(made(file, "fi", example=False))
    for kind in ("xlsx", "ods"):
        run = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", kind]
        given = sorted(path.name for path in tmp_path.glob("*.xlsx" if kind == "xlsx" else "[!e]*.xlsx"))
        subprocess.run([*run, "--outdir", tmp_path / kind, *given], cwd=tmp_path, check=True, capture_output=True)
        for file in FILES:
            assert converted(file, (tmp_path / kind / f"{file}.{kind}").read_bytes()) == converted(file, made(file, "fi")), (file, kind)
    for file in FILES:
        with pytest.raises(csvimport.InputError, match="has headings but no rows"):
            csvimport.check(file, tmp_path / "xlsx" / f"empty-{file}.xlsx")


# --- headings ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "lang"), EACH)
def test_every_heading_means_its_column(file, lang):
    schema = load(file)
    columns = columns_of(schema, lang)
    assert titles(table(file, lang)) == [column.title for column in columns]
    for column in columns:
        target = target_of(column.title, schema)
        assert target is not None, column.title
        assert "_" not in column.heading
        if column.key_column:
            assert target.key_column
        else:
            assert (target.record, target.key, target.part) == (column.record.name, column.field.key, column.part), column.title
            assert column.number in (0, target.number)
    assert len({column.heading for column in columns}) == len(columns)


@pytest.mark.parametrize("file", FILES)
def test_every_field_has_a_column_except_constants_and_what_is_folded(file):
    schema = load(file)
    wanted = {(r.name, f.key) for r in schema.records if not r.folded for f in r.fields if f.kind not in WITHOUT_COLUMN}
    found = {(column.record.name, column.field.key) for column in columns_of(schema, "en") if not column.key_column}
    assert found == wanted


@pytest.mark.parametrize("file", FILES)
def test_what_the_schema_names_are_columns(file):
    """Common columns, examples and samples; and every column that is always needed is common and filled in the examples."""
    schema = load(file)
    columns = columns_of(schema, "en")
    for record in schema.records:
        own = {column.name for column in columns if column.record is record}
        bare = {name.rpartition(" ")[0] if record.repeated > 1 else name for name in own}
        assert set(record.common) <= bare
        assert set(record.samples) <= bare
        assert {name for row in record.examples for name in row} <= own
        assert len(record.examples) in (0, 3)
    for column in columns:
        if column.need is Need.ALWAYS:
            assert column.common
            assert all(row.get(column.name) for row in column.record.examples) or (column.record.parent == "" and schema.table)


@pytest.mark.parametrize("file", FILES)
def test_the_common_columns_stand_before_the_rare_ones_in_another_colour(file):
    sheet, columns = table(file, "fi"), columns_of(load(file), "fi")
    common = [column.common for column in columns]
    assert common == sorted(common, reverse=True)
    colours = {}
    for cell, column in zip(sheet[1], columns, strict=True):
        kind = "needed" if column.need is Need.ALWAYS else column.common
        colours.setdefault(kind, set()).add(cell.fill.fgColor.rgb)
        assert cell.value.endswith(" *") == (column.need is Need.ALWAYS)
    assert all(len(found) == 1 for found in colours.values())
    assert len(set.union(*colours.values())) == len(colours)


# --- comments ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "lang"), EACH)
def test_every_heading_has_a_comment_with_form_example_and_evidence(file, lang):
    labels = {"en": ("Form: ", "Evidence: "), "fi": ("Muoto: ", "Varmuus: "), "sv": ("Form: ", "Belägg: ")}[lang]
    columns = columns_of(load(file), lang)
    for cell, column in zip(table(file, lang)[1], columns, strict=True):
        text = cell.comment.text
        assert text.startswith(f"{column.heading}\n")
        assert all(label in text for label in labels)
        assert example_of(column, choices_of(column, lang), lang), column.heading
        assert "{" not in text


def test_a_comment_in_finnish():
    (column,) = [column for column in columns_of(load("partners"), "fi") if column.name == "partner_name"]
    assert note_of(column, (), "fi").split("\n") == [
        "Liikekumppanin nimi",
        "Procountorin tiedoston kenttä 4 (sarake D).",
        "Pakollinen: aina.",
        "Muoto: teksti.",
        "Enintään 80 merkkiä.",
        "Esimerkki: Esimerkki Oy",
        "Varmuus: dokumentoitu",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_key_of_a_field_stands_in_a_text_for_people(lang):
    for file in FILES:
        keys = {f.key for record in load(file).records for f in record.fields if "_" in f.key}
        for sheet in opened(file, lang).worksheets[:2]:
            for row in sheet.iter_rows():
                for cell in row:
                    words = set(re.findall(r"[a-z]+(?:_[a-z]+)+", f"{cell.value or ''} {cell.comment.text if cell.comment else ''}"))
                    assert not words & keys, (file, cell.coordinate, words & keys)


# --- lists and formats ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "lang"), EACH)
def test_the_lists_hold_what_csvimport_reads(file, lang):
    for column in columns_of(load(file), lang):
        f, kind = column.field, KINDS[column.kind]
        for choice in choices_of(column, lang):
            text = str(choice.cell).replace(".", ",").removesuffix(",0") if isinstance(choice.cell, float) else choice.cell
            if f.negated and choice.code == {"t": "f", "f": "t"}.get(text):
                continue
            context = Context(layout=TABLE)
            read = kind.read(Cells(text_series([text])), f, context).text
            if column.kind != "word" or f.word_list != "units":
                assert read.iloc[0] == choice.code, (column.heading, choice)
            if read.iloc[0]:
                faults = [] if kind.right(read, f, context).all() else [kind.explain(read.iloc[0], f, context)]
                assert [fault for fault in faults if column.kind != "vat_percent"] == [], (column.heading, choice)


@pytest.mark.parametrize(("file", "lang"), EACH)
def test_a_list_is_offered_in_every_column_of_codes(file, lang):
    """The validations refer to the hidden sheet, where the entries of each stand."""
    book = opened(file, lang)
    sheet, lists = book.worksheets[0], book.worksheets[2]
    assert lists.sheet_state == "hidden"
    offered = {}
    for validation in sheet.data_validations.dataValidation:
        if validation.type == "list":
            name, letter, last = re.fullmatch(r"'(.+)'!\$([A-Z]+)\$1:\$[A-Z]+\$(\d+)", validation.formula1).groups()
            assert name == lists.title
            for cells in validation.sqref.ranges:
                offered[cells.min_col] = [lists[f"{letter}{row}"].value for row in range(1, int(last) + 1)]
    for place, column in enumerate(columns_of(load(file), lang), start=1):
        assert offered.get(place, []) == [choice.cell for choice in choices_of(column, lang)]
        assert (place in offered) == (column.kind in ("code", "flag", "word", "currency", "country", "vat_percent", "vat_status"))


def test_words_of_the_language_are_offered():
    def offered(lang):
        return {column.name: [choice.cell for choice in choices_of(column, lang)] for column in columns_of(load("invoices"), lang)}

    assert offered("fi")["invoice_type"] == ["ostolasku", "myyntilasku", "matkalasku", "kululasku", "muistiotosite"]
    assert offered("sv")["invoice_channel"] == ["e-post", "post", "e-faktura", "ingen sändning"]
    assert offered("en")["vat_included"] == ["yes", "no"]
    assert offered("sv")["payment_method"][:2] == ["girering", "direktdebitering"]
    assert "other" not in offered("en")["payment_method"]  # the Finnish word is not known, so it cannot be written


@pytest.mark.parametrize("file", FILES)
def test_columns_are_formatted_for_what_they_hold(file):
    sheet = table(file, "fi", example=False)
    for place, column in enumerate(columns_of(load(file), "fi"), start=1):
        shape = sheet.column_dimensions[get_column_letter(place)].number_format
        if column.kind in (
            "customer_number",
            "postal_code",
            "reference_number",
            "account",
            "business_id_any",
            "iban_or_bban",
            "text",
            "code",
        ):
            assert shape == "@", column.heading
        elif column.kind == "date":
            assert shape == "dd.mm.yyyy"
        elif column.kind in ("hours", "vat_percent"):
            assert shape == "General"


def test_numbers_have_their_decimals():
    shapes = {}
    for file in FILES:
        sheet = table(file, "en")
        for place, column in enumerate(columns_of(load(file), "en"), start=1):
            shapes[file, column.name] = sheet.column_dimensions[get_column_letter(place)].number_format
    assert shapes["memo-vouchers", "amount.debit"] == "#,##0.00"
    assert shapes["products", "unit_price"] == "#,##0.00##"
    assert shapes["budgets", "year"] == "0"
    assert shapes["budgets", "may_sum"] == "#,##0"
    assert shapes["products", "discount_percent"] == "General"  # so that a typed 8 % stays 8 %


@pytest.mark.parametrize(("shown", "number_format", "written"), [(0.08, "0%", "8"), (8, "General", "8"), (12.5, "General", "12,5")])
def test_a_percentage_that_excel_has_taken_for_one_is_read_as_it_is_shown(shown, number_format, written):
    book = load_workbook(io.BytesIO(made("products", "fi")))
    sheet = book.worksheets[0]
    cell = sheet.cell(2, titles(sheet).index("Alennusprosentti") + 1, shown)
    cell.number_format = number_format
    assert converted("products", saved(book)).decode("cp1252").split(";")[4] == written


# --- the sheet and the guide ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", FILES)
def test_the_sheet_is_frozen_filtered_and_wide_enough(file):
    for lang in LANGUAGES:
        sheet = table(file, lang)
        last = get_column_letter(sheet.max_column)
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:{last}{LAST_ROW}"
        for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
            width = sheet.column_dimensions[cell.column_letter].width
            assert max(map(len, cell.value.split())) + 1 <= width <= 40, cell.value


@pytest.mark.parametrize(("file", "lang"), EACH)
def test_the_guide_is_no_table_and_names_the_commands(file, lang):
    read = ReadWorkbook(made(file, lang), "template.xlsx")
    table_name, guide_name = read.sheets
    assert looks_right(read.read(table_name), load(file))
    assert not looks_right(read.read(guide_name), load(file))
    text = "\n".join(str(cell.value) for row in opened(file, lang).worksheets[1].iter_rows() for cell in row if cell.value)
    assert f"csvimport check {file} {file}.xlsx" in text
    assert f"csvimport convert {file} {file}.xlsx -o {file}" in text
    assert "{" not in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_guide_lists_what_is_mandatory_and_what_codes_mean(lang):
    guide = [[cell.value for cell in row] for row in opened("partners", lang).worksheets[1].iter_rows()]
    columns = columns_of(load("partners"), lang)
    for column in columns:
        if column.need is Need.ALWAYS:
            assert any(row[0] == column.title for row in guide)
        for choice in choices_of(column, lang) if column.kind in ("code", "flag") else ():
            assert any(row[1:] == [choice.cell, choice.code or None, choice.meaning] for row in guide), choice


@pytest.mark.parametrize(("file", "lang"), EACH)
def test_columns_that_the_guide_advises_are_recognised(file, lang):
    """The numbers after the last one, and a column that is named for a dimension."""
    texts = [str(row[0].value) for row in opened(file, lang).worksheets[1].iter_rows()]
    quoted = [heading for text in texts for heading in re.findall(r"[“”]([^“”]+)”", text) if re.search(r" \d$|: ", heading)]
    for heading in quoted:
        assert target_of(heading, load(file)), heading
    record_names = {record.name for record in load(file).records}
    assert bool(quoted) == bool(record_names & {"group", "dimension"})


@pytest.mark.parametrize(("file", "lang"), EACH)
def test_nothing_is_a_formula(file, lang):
    with zipfile.ZipFile(io.BytesIO(made(file, lang))) as package:
        for name in package.namelist():
            if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
                assert b"<f" not in package.read(name).replace(b"<formula1>", b"")


def test_text_is_never_a_formula():
    from csvimport.templates.sheets import put

    assert put(Workbook().active, 1, 1, "=1+1").data_type == "s"


def test_a_template_is_made_in_a_moment():
    csvimport.template("invoices", example=True)
    start = time.perf_counter()
    csvimport.template("invoices", lang="sv", example=True)
    assert time.perf_counter() - start < 2


# --- calls ---------------------------------------------------------------------------------------------------------


def run(*arguments):
    return CliRunner().invoke(cli, ["template", *map(str, arguments)])


def test_the_command_writes_a_workbook_and_replaces_it_only_when_asked(tmp_path):
    path = tmp_path / "asiakkaat.xlsx"
    assert run("partners", "-o", path, "--lang", "fi", "--example").output == f"Kirjoitettu: {path}\n"
    assert csvimport.check("partners", path).counts.rows == 3
    before = path.read_bytes()
    again = run("partners", "-o", path)
    assert (again.exit_code, path.read_bytes()) == (2, before)
    assert "exists already" in again.output
    assert run("partners", "-o", path, "--force").exit_code == 0
    assert path.read_bytes() != before


def test_the_guide_names_the_file_that_is_written(tmp_path):
    path = tmp_path / "uudet asiakkaat.xlsx"
    csvimport.template("partners", path, lang="fi")
    text = [row[0].value for row in load_workbook(path).worksheets[1].iter_rows()]
    assert 'csvimport check partners "uudet asiakkaat.xlsx"' in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("customers", "-o", "a.xlsx"), "There is no transfer file called “customers”"),
        (("partners", "-o", "a.csv"), "ends in .xlsx"),
        (("partners", "-o", "nowhere/a.xlsx"), "There is no folder nowhere"),
    ],
)
def test_a_wrong_call_is_told_in_a_sentence(arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_language_that_csvimport_does_not_speak():
    with pytest.raises(csvimport.UsageError, match="“de” is no language"):
        csvimport.template("partners", lang="de")


def test_names_may_have_underscores_and_bytes_come_without_a_target():
    assert csvimport.template("memo_vouchers")[:2] == b"PK"
