"""Languages: the frame of the report, the language of the system, the phrases around the messages, completion in shells."""

import ast
import ctypes
import datetime as dt
import os
import re
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path
from string import Formatter
from types import SimpleNamespace

import openpyxl
import pytest
from click.testing import CliRunner
from helpers import PRODUCT_HEADINGS, report_of, source, table

import csvimport
from csvimport.cli import cli, language
from csvimport.messages import Catalogue
from csvimport.report.preview import figure_text
from csvimport.report.terminal import render
from csvimport.schema import load, names
from csvimport.schema import register as load_register
from csvimport.settings import LANGUAGES

pytestmark = pytest.mark.no_cover

PACKAGE = Path(csvimport.__file__).parent
SAMPLES = Path(__file__).parent.parent / "samples"
PHRASES = tomllib.loads((PACKAGE / "messages" / "phrases.toml").read_text(encoding="utf-8"))
VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
WIDTH, MOST_LINES, INDENT = 80, 3, "  "

COFFEE = ("S", "Kahvi", "K-1", "kpl", "4,50", "13,5")
TEA = ("S", "Tee", "T-1", "kpl", "3,20", "13,5")
RIGHT = [PRODUCT_HEADINGS, COFFEE, TEA]
WRONG = [PRODUCT_HEADINGS, (*COFFEE[:4], "-1", COFFEE[5]), *((*TEA[:2], f"T-{n}", "kpl", "halpa", TEA[5]) for n in range(6))]

SAMPLE_FILES = {
    "asiakkaat": "partners",
    "tuotteet": "products",
    "dimensiot": "dimensions",
    "laskut": "invoices",
    "verkkokauppa": "invoices",
    "ostolaskut": "invoices",
    "budjetti": "budgets",
    "muistiotositteet": "memo-vouchers",
    "tunnit": "payroll",
    "palkkatiedot": "salary-info",
}
TABLES = [
    pytest.param(file, path, id=path.name)
    for path in sorted(SAMPLES.iterdir())
    if path.suffix in (".csv", ".xlsx") and (file := SAMPLE_FILES.get(re.split(r"[-.]", path.name)[0]))
]


def check(rows, **options):
    return csvimport.check("products", source(table(rows), "hinnasto.csv"), **options)


# --- the frame of the report ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "head", "tail"),
    [
        (
            "en",
            ["hinnasto.csv, utf-8: product data import file, columns by headings", "Rows read: 2. Records: products 2."],
            [
                "In Procountor's preview you should see: products 2, invalid 0.",
                "Figures to compare: sales products 2, purchase products 0.",
                "No errors (errors: 0, warnings: 0, notes: 2).",
            ],
        ),
        (
            "fi",
            [
                "hinnasto.csv, utf-8: tuoteaineiston siirtotiedosto, sarakkeet otsikoiden mukaan",
                "Luettuja rivejä: 2. Tietueita: tuotteita 2.",
            ],
            [
                "Procountorin esikatselussa pitäisi näkyä: tuotteita 2, virheellisiä 0.",
                "Vertailulukuja: myyntituotteita 2, ostotuotteita 0.",
                "Ei virheitä (virheitä: 0, varoituksia: 0, huomautuksia: 2).",
            ],
        ),
        (
            "sv",
            ["hinnasto.csv, utf-8: produktmaterial, kolumner enligt rubrikerna", "Lästa rader: 2. Poster: produkter 2."],
            [
                "I Procountors förhandsgranskning ska synas: produkter 2, felaktiga 0.",
                "Siffror att jämföra med: försäljningsprodukter 2, inköpsprodukter 0.",
                "Inga fel (fel: 0, varningar: 0, anmärkningar: 2).",
            ],
        ),
    ],
)
def test_the_frame_of_a_report_without_errors(lang, head, tail):
    lines = render(check(RIGHT, lang=lang)).split("\n")
    assert lines[: len(head)] == head
    assert lines[-len(tail) :] == tail


@pytest.mark.parametrize(
    ("lang", "mark", "more", "tail"),
    [
        ("en", "error PR-10  E2", "also E4, E5 and 3 more like this", ("Errors: 7,", "records with errors: 7.", "Nothing was written.", "csvimport explain CODE")),
        ("fi", "virhe PR-10  E2", "samoin E4, E5 ja 3 muuta", ("Virheitä: 7,", "virheellisiä tietueita: 7.", "Mitään ei kirjoitettu.", "csvimport explain KOODI")),
        ("sv", "fel PR-10  E2", "också E4, E5 och 3 till", ("Fel: 7,", "poster med fel: 7.", "Inget skrevs.", "csvimport explain KOD")),
    ],
)  # fmt: skip
def test_the_frame_of_a_report_with_errors(lang, mark, more, tail):
    text = render(check(WRONG, lang=lang), converting=True)
    assert any(line.startswith(mark) for line in text.split("\n"))
    assert f"{INDENT}{more}" in text.split("\n")
    end = " ".join(text.rpartition("\n\n")[2].split())
    assert all(words in end for words in tail)


@pytest.mark.parametrize(
    ("lang", "written"),
    [("en", "Written: ulos.csv (errors: 0"), ("fi", "Kirjoitettu: ulos.csv (virheitä: 0"), ("sv", "Skrivet: ulos.csv (fel: 0")],
)
def test_the_frame_of_a_conversion(tmp_path, monkeypatch, lang, written):
    monkeypatch.chdir(tmp_path)
    report = csvimport.convert("products", source(table(RIGHT), "hinnasto.csv"), "ulos.csv", lang=lang).report
    assert written in render(report, converting=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_path_is_broken_at_a_hyphen(tmp_path, monkeypatch, lang):
    monkeypatch.chdir(tmp_path)
    for length in range(1, 14):
        name = f"{'-'.join(['hinnat'] * length)}.csv"
        report = csvimport.convert("products", source(table(RIGHT), "hinnasto.csv"), name, lang=lang).report
        assert name in render(report, converting=True)


@pytest.mark.parametrize(("lang", "says"), [("en", "type Product data"), ("fi", "tyyppi Tuotetiedot"), ("sv", "typ Produktuppgifter")])
def test_the_frame_says_which_type_of_data_to_choose_in_procountor(tmp_path, monkeypatch, lang, says):
    monkeypatch.chdir(tmp_path)
    report = csvimport.convert("products", source(table(RIGHT), "hinnasto.csv"), "ulos.csv", lang=lang).report
    assert says in " ".join(render(report, converting=True).split())


def test_every_type_of_imported_data_has_a_name_in_each_language():
    assert {f"import_type {load(name).upload.import_type}" for name in names() if load(name).upload.import_type} <= set(PHRASES)


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("en", "B (purchase product), S (sales product)"),
        ("fi", "B (ostotuote), S (myyntituote)"),
        ("sv", "B (inköpsprodukt), S (försäljningsprodukt)"),
    ],
)
def test_the_meanings_of_codes_are_told_in_the_language(folder, lang, says):
    rows = [PRODUCT_HEADINGS, ("X", *COFFEE[1:])]
    assert any(says in issue.message for issue in check(rows, lang=lang).issues)
    Path("koodit.csv").write_bytes(table(rows).encode("cp1252"))
    run("map", "products", "koodit.csv", "-o", "kuvaus.toml", "--lang", lang)
    assert re.sub(r"[(),]", "", says) in re.sub(r"[(),]", "", Path("kuvaus.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("lang", "percent", "dates"),
    [
        ("en", "25.5", ("2026-03-04", "2026-03-03")),
        ("fi", "25,5", ("4.3.2026", "3.3.2026")),
        ("sv", "25,5", ("4.3.2026", "3.3.2026")),
    ],
)
def test_numbers_and_dates_of_cells_read_as_a_finnish_spreadsheet_shows_them(tmp_path, lang, percent, dates):
    book = openpyxl.Workbook()
    headings = ("Lasku", "Laskutyyppi", "Nimi", "Laskun päivä", "Tuote", "Määrä", "Hinta", "ALV-%")
    for row in (
        headings,
        (1, "M", "A Oy", dt.date(2026, 3, 3), "Kahvi", 1, 4.5, 25.5),
        (1, "M", "A Oy", dt.date(2026, 3, 4), "Tee", 1, 3.2, 25.5),
    ):
        book.active.append(row)
    book.save(tmp_path / "laskut.xlsx")
    issues = csvimport.check("invoices", tmp_path / "laskut.xlsx", lang=lang, settings={"vat_percentages": ["13,5"]}).issues
    differs = next(issue for issue in issues if issue.code == "T-08")
    assert differs.value == "2026-03-04"
    assert all(date in differs.message for date in dates)
    wrong = next(issue for issue in issues if issue.value == "25.5" and issue.severity != "note")
    assert f"{percent}" in wrong.message


INVOICE = ("Lasku", "Laskutyyppi", "Nimi", "Laskun päivä", "Tuote", "Määrä", "Hinta", "ALV-%")


@pytest.mark.parametrize(
    ("date", "problem", "suggestion"),
    [
        ("03/15/2026", "ei ole muodossa", "15.03.2026"),
        ("15/3/2026", "ei ole muodossa", "15.03.2026"),
        ("03/03/2026", "ei ole muodossa", "03.03.2026"),
        ("03/04/2026", "ei voi päätellä", None),
        ("31/02/2026", "Kalenterissa ei ole", None),
    ],
)
def test_a_date_with_slashes_is_unclear_only_when_both_parts_can_be_months(date, problem, suggestion):
    rows = [INVOICE, ("1", "M", "A Oy", date, "Kahvi", "1", "4,5", "25,5")]
    issues = csvimport.check("invoices", source(table(rows), "laskut.csv"), lang="fi").issues
    issue = next(issue for issue in issues if issue.code == "I-23")
    assert problem in issue.message
    assert issue.suggestion == suggestion
    assert suggestion is None or suggestion in issue.hint


@pytest.mark.parametrize(("months", "says"), [((7, 8, 9), "Muille kuukausille"), ((7, 9), "Väliltä puuttuvat: 8/2026.")])
def test_months_that_lack_are_named_only_when_there_are_any(months, says):
    rows = [("Tili", "Kuukausi", "Summa"), *(("3000", f"{month}/2026", "100") for month in months)]
    issues = csvimport.check("budgets", source(table(rows), "budjetti.csv"), lang="fi").issues
    assert any(says in issue.message for issue in issues)
    assert not any("–." in issue.message for issue in issues)


@pytest.mark.parametrize(
    ("mark", "lang", "says"),
    [
        (",", "fi", "erotin: pilkku."),
        ("\t", "fi", "erotin: sarkain."),
        ("|", "sv", "filen: lodstreck."),
        (",", "en", "separated by commas;"),
    ],
)
def test_the_delimiter_that_was_read_is_named_in_the_language(mark, lang, says):
    text = table([INVOICE, ("1", "M", "A Oy", "1.3.2026", "Kahvi", "1", "4", "10")], delimiter=mark)
    report = csvimport.check("invoices", source(f"sep={mark}\r\n{text}", "laskut.csv"), lang=lang)
    assert [issue.message for issue in report.issues if issue.code == "C-02" and says in issue.message]


@pytest.mark.parametrize(
    ("lang", "says"), [("fi", "rivinvaihto: useampaa lajia."), ("sv", "filen: olika tecken."), ("en", "marks of several")]
)
def test_mixed_line_ends_are_named_in_the_language(lang, says):
    text = table([INVOICE, ("1", "M", "A Oy", "1.3.2026", "Kahvi", "1", "4", "10")]).replace("\r\n", "\r", 1)
    issues = csvimport.check("invoices", source(text, "laskut.csv"), lang=lang).issues
    assert [issue.message for issue in issues if issue.code == "C-11" and says in issue.message]


@pytest.mark.parametrize(("lang", "says"), [("fi", "laskuja 1, joista tyyppiä M 1"), ("sv", "fakturor 1, varav av typ M 1")])
def test_figures_of_types_follow_those_of_all(lang, says):
    rows = [INVOICE, ("1", "M", "A Oy", "1.3.2026", "Kahvi", "1", "4,5", "25,5")]
    report = csvimport.check("invoices", source(table(rows), "laskut.csv"), lang=lang)
    assert says in ", ".join(figure_text(figure, lang) for figure in report.figures)


def test_a_text_keeps_the_form_that_the_user_gave_it():
    rows = [PRODUCT_HEADINGS, (*COFFEE[:4], "2.500", COFFEE[5])]
    assert any("2.500" in issue.message for issue in check(rows, lang="fi").issues)


@pytest.mark.parametrize(("lang", "column"), [("en", "“Invoice”"), ("fi", "”Lasku”"), ("sv", "”Faktura”")])
def test_the_column_that_is_missing_is_named_in_the_language(lang, column):
    rows = [("Invoice type", "Name", "Product", "Quantity"), ("M", "A Oy", "Kahvi", "1"), ("M", "A Oy", "Tee", "2")]
    issues = csvimport.check("invoices", source(table(rows), "laskut.csv"), lang=lang).issues
    assert column in next(issue for issue in issues if issue.code == "T-09").hint


@pytest.mark.parametrize(("lang", "sheet"), [("en", "sheet “Taul”"), ("fi", "taulukko ”Taul”"), ("sv", "blad ”Taul”")])
def test_the_frame_names_the_sheet(tmp_path, lang, sheet):
    book = openpyxl.Workbook()
    book.active.title = "Taul"
    for row in RIGHT:
        book.active.append(row)
    book.save(tmp_path / "hinnasto.xlsx")
    assert sheet in render(csvimport.check("products", tmp_path / "hinnasto.xlsx", lang=lang)).split("\n")[0]


def fixed_words(name, lang):
    """The longest piece of a phrase between its placeholders."""
    return max(re.split(r"\{\w+\}", PHRASES[name][lang]), key=len).strip()


@pytest.mark.parametrize("lang", ["fi", "sv"])
@pytest.mark.parametrize(("file", "path"), TABLES)
def test_no_word_of_the_english_frame_stands_in_another_language(file, path, lang):
    text = " ".join(render(report_of(file, path, lang), converting=True).split())
    text = re.sub(r"csvimport [a-z]+ [a-z]+(- ?[a-z]+)?", "", text)  # commands in hints are the same in every language
    frame = [name for name in PHRASES if re.match("frame_|record_|figure ", name)]
    english = {fixed_words(name, "en") for name in frame} - {fixed_words(name, lang) for name in frame}
    assert [words for words in english if len(words) > 3 and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("file", "path"), TABLES)
def test_every_figure_of_a_report_is_named_in_its_language(file, path, lang):
    report = report_of(file, path, lang)
    assert report.totals
    for figure in report.totals:
        assert figure_text(figure, lang).startswith(PHRASES[f"figure {figure.label}"][lang] if figure.label else figure.of)


# --- the language of the system ------------------------------------------------------------------------------------


@pytest.fixture
def environment(monkeypatch):
    """A function that sets the variables of the language, and unsets the others."""

    def give(**variables):
        for name in VARIABLES:
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return give


@pytest.mark.parametrize("variable", VARIABLES)
@pytest.mark.parametrize(
    ("value", "lang"),
    [
        ("fi_FI.UTF-8", "fi"),
        ("fi_FI", "fi"),
        ("fi", "fi"),
        ("fi_FI@euro", "fi"),
        ("fi-FI", "fi"),
        ("sv_SE.UTF-8", "sv"),
        ("sv_FI.utf8", "sv"),
        ("sv_FI.ISO-8859-15@euro", "sv"),
        ("en_GB.UTF-8", "en"),
        ("Finnish_Finland.1252", "fi"),
        ("Swedish_Sweden.1252", "sv"),
        ("Swedish_Finland.utf8", "sv"),
        ("English_United States.1252", "en"),
        ("Finnish", "fi"),
        ("C", "en"),
        ("C.UTF-8", "en"),
        ("POSIX", "en"),
        ("de_DE.UTF-8", "en"),
        ("fil_PH.UTF-8", "en"),
        ("et_EE", "en"),
        ("-", "en"),
    ],
)
def test_the_language_of_the_environment(environment, variable, value, lang):
    environment(**{variable: value})
    assert language.system_language() == lang


@pytest.mark.parametrize(
    ("variables", "lang"),
    [
        ({"LC_ALL": "fi_FI.UTF-8", "LANG": "sv_SE.UTF-8"}, "fi"),
        ({"LC_ALL": "fi_FI.UTF-8", "LC_MESSAGES": "sv_SE.UTF-8", "LANG": "en_US.UTF-8"}, "fi"),
        ({"LC_MESSAGES": "sv_SE.UTF-8", "LANG": "fi_FI.UTF-8"}, "sv"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "fi_FI.UTF-8"}, "fi"),
        ({"LC_ALL": "C", "LANG": "fi_FI.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_first_variable_that_is_set_decides(environment, variables, lang):
    environment(**variables)
    assert language.system_language() == lang


@pytest.mark.parametrize(
    ("number", "lang"), [(0x040B, "fi"), (0x041D, "sv"), (0x081D, "sv"), (0x0409, "en"), (0x0809, "en"), (0x0407, "en"), (0xFFFF, "en")]
)
def test_windows_tells_the_language_of_its_display(environment, monkeypatch, number, lang):
    environment()
    monkeypatch.setattr(sys, "platform", "win32")
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: number)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert language.system_language() == lang
    environment(LANG="sv_SE.UTF-8")
    assert language.system_language() == "sv"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder with a price list in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hinnasto.csv").write_bytes(table(RIGHT).encode("cp1252"))
    return tmp_path


def run(*arguments):
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output
    return result.output


COMMANDS = [
    (("check", "products", "hinnasto.csv"), {"en": "Rows read", "fi": "Luettuja rivejä", "sv": "Lästa rader"}),
    (("convert", "products", "hinnasto.csv", "-o", "ulos.csv", "--force"), {"en": "Written:", "fi": "Kirjoitettu:", "sv": "Skrivet:"}),
    (("describe", "products"), {"en": "Product unit price", "fi": "Yksikköhinta", "sv": "Enhetspris"}),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("arguments", "says"), COMMANDS, ids=["check", "convert", "describe"])
def test_commands_speak_the_language_of_the_system(folder, environment, arguments, says, lang):
    environment(LANG=f"{lang}_FI.UTF-8")
    output = run(*arguments)
    assert says[lang] in output
    for other in LANGUAGES:
        environment(LANG=f"{other}_FI.UTF-8")
        assert run(*arguments, "--lang", lang) == output


@pytest.mark.parametrize(("lang", "words"), [("en", "yours to edit"), ("fi", "jota saat muokata"), ("sv", "du kan redigera")])
def test_a_draft_speaks_the_language_of_the_system(folder, environment, lang, words):
    environment(LC_ALL=f"{lang}_FI.UTF-8")
    run("map", "products", "hinnasto.csv", "-o", "kuvaus.toml", "--force")
    assert words in Path("kuvaus.toml").read_text(encoding="utf-8")


STOPS = [
    (
        ("check", "products", "puuttuu.csv"),
        {
            "en": "Error: There is no file puuttuu.csv.",
            "fi": "Virhe: Tiedostoa puuttuu.csv ei ole.",
            "sv": "Fel: Filen puuttuu.csv finns inte.",
        },
    ),
    (
        ("convert", "products", "hinnasto.csv", "-o", "hinnasto.csv"),
        {
            "en": "Error: hinnasto.csv is the input; nothing ever replaces it. Give another name.",
            "fi": "Virhe: hinnasto.csv on lähdeaineisto, jota ei koskaan korvata. Anna toinen nimi.",
            "sv": "Fel: hinnasto.csv är källmaterialet, som aldrig ersätts. Ge ett annat namn.",
        },
    ),
    (
        ("explain", "P17"),
        {
            "en": "Error: There is no code P17. Did you mean P-17?",
            "fi": "Virhe: Koodia P17 ei ole. Tarkoititko: P-17?",
            "sv": "Fel: Koden P17 finns inte. Menade du: P-17?",
        },
    ),
    (
        ("check", "products", "hinnasto.csv", "--settings", "puuttuu.toml"),
        {
            "en": "Error: The settings file puuttuu.toml cannot be read: No such file or directory.",
            "fi": "Virhe: Asetustiedostoa puuttuu.toml ei voi lukea: sitä ei ole.",
            "sv": "Fel: Inställningsfilen puuttuu.toml kan inte läsas: den finns inte.",
        },
    ),
]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("arguments", "says"), STOPS, ids=["input", "output", "code", "settings"])
def test_what_stops_a_run_is_said_in_its_language(folder, environment, arguments, says, lang):
    environment(LANG=f"{lang}_FI.UTF-8")
    for asked in ((), ("--lang", lang)):
        result = CliRunner().invoke(cli, (*arguments, *asked))
        assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{says[lang]}\n")
        environment(LANG="de_DE.UTF-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_error_of_a_register_is_one_sentence_of_one_language(folder, lang):
    Path("csvimport.toml").write_text('[registers]\naccounts = "hinnasto.csv"\n', encoding="utf-8")
    result = CliRunner().invoke(cli, ("check", "products", "hinnasto.csv", "--lang", lang))
    assert result.exit_code == 2
    assert load_register("accounts").title[lang] in result.stderr


@pytest.mark.parametrize(("lang", "written"), [("en", "Written"), ("fi", "Kirjoitettu"), ("sv", "Skrivet")])
@pytest.mark.parametrize("arguments", [("map", "products", "hinnasto.csv", "-o", "ulos.toml"), ("template", "products", "-o", "ulos.xlsx")])
def test_what_was_written_is_named_in_the_language(folder, arguments, lang, written):
    assert run(*arguments, "--lang", lang) == f"{written}: {arguments[-1]}\n"


def test_python_functions_speak_english_whatever_the_system_speaks(environment):
    environment(LC_ALL="fi_FI.UTF-8", LANG="fi_FI.UTF-8")
    assert "Rows read" in render(check(RIGHT))


# --- phrases -------------------------------------------------------------------------------------------------------


def placeholders(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("name", PHRASES)
def test_a_phrase_has_every_language_with_the_same_placeholders(name):
    phrase = PHRASES[name]
    assert list(phrase) == list(LANGUAGES)
    assert placeholders(phrase["en"]) == placeholders(phrase["fi"]) == placeholders(phrase["sv"])
    for text in phrase.values():
        assert text.strip()
        assert len(text.split("\n")) == len(phrase["en"].split("\n"))
        assert "  " not in text or "\n" in text


def syntax():
    """The syntax of all modules of the package."""
    for path in PACKAGE.rglob("*.py"):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def names_in(node):
    """What an argument that names a phrase can be, as patterns: its literal parts, anything between them."""
    if isinstance(node, ast.IfExp):
        return names_in(node.body) | names_in(node.orelse)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {re.escape(node.value)}
    if isinstance(node, ast.JoinedStr):
        return {"".join(re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in node.values)}
    if isinstance(node, ast.BinOp) and isinstance(node.left, ast.Constant):
        return {f"{re.escape(node.left.value)}.+"}
    return set()


def asked_for():
    """The patterns of the phrases that calls name."""
    called = (node for node in syntax() if isinstance(node, ast.Call) and node.args)
    return set().union(
        *(names_in(node.args[0]) for node in called if getattr(node.func, "id", getattr(node.func, "attr", "")) in ("phrase", "_say"))
    )


def literals():
    return {node.value for node in syntax() if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_phrase_that_the_code_asks_for_exists():
    asked = asked_for()
    assert len(asked) > 50
    assert [pattern for pattern in asked if not any(re.fullmatch(pattern, name) for name in PHRASES)] == []


def test_no_phrase_is_unused():
    asked, said = asked_for(), literals()
    assert [name for name in PHRASES if name not in said and not any(re.fullmatch(pattern, name) for pattern in asked)] == []


def figures_in_code():
    """The patterns of the names that the code gives to figures by itself."""
    made = (node for node in syntax() if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Figure" and node.args)
    return set().union(*(names_in(node.args[0]) for node in made))


def test_every_total_has_its_phrase_and_no_other_figure_has_one():
    totals = {total.name for name in names() for total in load(name).totals if total.name}
    phrases = {name.removeprefix("figure ") for name in PHRASES if name.startswith("figure ")}
    assert totals <= phrases
    patterns = figures_in_code()
    assert {"debit.+", "credit.+", "difference.+"} <= patterns
    sides = {f"{side}{tail}" for side in ("debit", "credit", "difference") for tail in ("", " with VAT")}
    assert phrases == totals | sides


def test_every_record_that_reports_count_has_its_phrase_and_no_other_one():
    counted = {record.name for name in names() for record in load(name).records if record.written or not record.parent}
    assert {name.removeprefix("record_") for name in PHRASES if name.startswith("record_")} == counted


# --- lengths -------------------------------------------------------------------------------------------------------


def lines_of(text):
    return textwrap.wrap(text, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_message_and_no_hint_is_longer_than_three_lines(lang):
    for problem, entry in Catalogue(lang).problems.items():
        for key, text in entry.items():
            shown = text if key == "message" else f"→ {text}"
            assert len(lines_of(shown)) <= MOST_LINES, (problem, key)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("file", "path"), TABLES)
def test_no_message_and_no_hint_of_a_report_is_longer_than_three_lines(file, path, lang):
    for issue in report_of(file, path, lang).issues:
        assert len(lines_of(issue.message)) <= MOST_LINES, issue
        assert len(lines_of(f"→ {issue.hint}")) <= MOST_LINES, issue


# --- completion ----------------------------------------------------------------------------------------------------


def completed(shell, words, word, environment=None):
    """What csvimport answers to a shell that asks how a command line could go on; PowerShell gives the word, bash its place."""
    variables = {"_CSVIMPORT_COMPLETE": f"{shell}_complete", "COMP_WORDS": words, "COMP_CWORD": word}
    variables = {name: value for name, value in variables.items() if value is not None}
    done = in_shell(variables | (environment or {}))
    assert (done.returncode, done.stderr) in ((0, ""), (1, "")), done.stderr
    return [line for line in done.stdout.splitlines() if line]


def in_shell(variables):
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("COMP_", "_CSVIMPORT"))}
    return subprocess.run(
        [sys.executable, "-m", "csvimport"], capture_output=True, text=True, encoding="utf-8", check=False, env=inherited | variables
    )


@pytest.mark.parametrize(
    ("words", "place", "answers"),
    [
        ("csvimport ch", "1", ["plain,check"]),
        ("csvimport check p", "2", ["plain,partners", "plain,payroll", "plain,products"]),
        ("csvimport check ", "2", [f"plain,{name}" for name in names()]),
        ("csvimport check products --form", "3", ["plain,--format"]),
        ("csvimport check products x.csv --lang s", "5", ["plain,sv"]),
        ("csvimport explain pr-2", "2", None),
        ("csvimport map ", "2", [f"plain,{name}" for name in names()]),
        ("csvimport check products ", "3", ["file,"]),
        ("csvimport check xyz", "2", []),
    ],
)
def test_bash_is_told_how_a_line_could_go_on(words, place, answers):
    found = completed("bash", words, place)
    if answers is None:
        assert found
        assert all(re.fullmatch(r"plain,PR-2\d", line) for line in found)
    else:
        assert sorted(found) == sorted(answers)


@pytest.mark.parametrize(
    ("words", "word", "answers"),
    [
        ("csvimport ch", "ch", ["check"]),
        ("csvimport check p", "p", ["partners", "payroll", "products"]),
        ("csvimport check", "", list(names())),
        ("csvimport check products --form", "--form", ["--format"]),
        ("csvimport check products x.csv --lang s", "s", ["sv"]),
        ("csvimport describe b", "b", ["budgets"]),
        ("csvimport check xyz", "xyz", []),
    ],
)
def test_powershell_is_told_how_a_line_could_go_on(words, word, answers):
    found = [line.split("\t") for line in completed("powershell", words, word)]
    assert all(kind == "plain" and len(rest) == 2 for kind, *rest in found)
    assert sorted(value for _, value, _ in found) == sorted(answers)


def test_powershell_shows_what_a_transfer_file_is():
    assert completed("powershell", "csvimport check par", "par") == [f"plain\tpartners\t{load('partners').title['en']}"]


def test_powershell_leaves_paths_to_itself():
    assert [line.split("\t")[0] for line in completed("powershell", "csvimport check products", "")] == ["file"]


def test_powershell_has_no_variable_for_an_empty_word():
    """Setting a variable of the environment to an empty text removes it, up to PowerShell 7.4."""
    assert [line.split("\t")[1] for line in completed("powershell", "csvimport check", None)] == list(names())


@pytest.mark.parametrize(
    ("shell", "says"),
    [
        ("bash", ("complete", "_CSVIMPORT_COMPLETE=bash_complete", "COMP_WORDS", "COMP_CWORD")),
        ("zsh", ("#compdef csvimport", "_CSVIMPORT_COMPLETE=zsh_complete")),
        ("fish", ("complete", "_CSVIMPORT_COMPLETE=fish_complete")),
        ("powershell", ("Register-ArgumentCompleter -Native -CommandName csvimport", '$env:_CSVIMPORT_COMPLETE = "powershell_complete"', "$env:COMP_WORDS", "$env:COMP_CWORD")),
    ],
)  # fmt: skip
def test_the_script_for_a_shell(shell, says):
    done = in_shell({"_CSVIMPORT_COMPLETE": f"{shell}_source"})
    assert done.returncode == 0
    assert all(words in done.stdout for words in says)
    assert "%(" not in done.stdout


def test_the_script_for_bash_is_right_bash():
    script = in_shell({"_CSVIMPORT_COMPLETE": "bash_source"}).stdout
    checked = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True, check=False)  # noqa: S607
    assert checked.stderr == ""


def test_completion_never_answers_with_a_traceback():
    for words, word in (("csvimport", "9"), ("csvimport check products 'a", "3"), ("csvimport --nonsense x", "2")):
        completed("bash", words, word)
    for words in ("csvimport check products 'a", "csvimport check products C:\\data\\", 'csvimport check "a b"'):
        completed("powershell", words, "x")
