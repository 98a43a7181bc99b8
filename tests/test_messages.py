"""Message catalogues: alike in all languages, with a message for every problem there is and none beside."""

import ast
import copy
import errno
import os
import re
import textwrap
import tomllib
from pathlib import Path
from string import Formatter

import pytest
from helpers import report_of

import csvimport
from csvimport.errors import InputError, Sentence, reason
from csvimport.messages import Catalogue
from csvimport.schema import load, names
from csvimport.settings import LANGUAGES

pytestmark = pytest.mark.no_cover

PACKAGE = Path(csvimport.__file__).parent
SAMPLES = Path(__file__).parent.parent / "samples"
PHRASES = tomllib.loads((PACKAGE / "messages" / "phrases.toml").read_text(encoding="utf-8"))
CATALOGUES = {path.stem for path in (PACKAGE / "messages").glob("*.toml")} - {"phrases", "errors"}
ERRORS = tomllib.loads((PACKAGE / "messages" / "errors.toml").read_text(encoding="utf-8"))
TRANSLATIONS = [lang for lang in LANGUAGES if lang != "en"]
ENGLISH = Catalogue.of("en").problems
LONGEST = 240  # three lines of a terminal

FILES = {
    "asiakkaat": "partners",
    "tuotteet": "products",
    "dimensiot": "dimensions",
    "laskut": "invoices",
    "budjetti": "budgets",
    "muistiotositteet": "memo-vouchers",
    "tunnit": "payroll",
    "palkkatiedot": "salary-info",
}
FAULTY = sorted(path.name for path in SAMPLES.glob("*-virheita.*"))

# In which argument a call names its problem.
PROBLEM_AT = {"Fault": 0, "Remark": 0, "changed": 0, "_finding": 0, "about_file": 1, "finding": 1, "Finding": 1}


def nodes():
    """The syntax of all modules of the package."""
    for path in PACKAGE.rglob("*.py"):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def texts_in(node):
    """The literal texts that an argument can be: one, or those of a choice."""
    if isinstance(node, ast.IfExp):
        return texts_in(node.body) | texts_in(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def named_in_code():
    """The problems that calls name."""
    found = set()
    for node in nodes():
        if isinstance(node, ast.Call):
            place = PROBLEM_AT.get(getattr(node.func, "id", getattr(node.func, "attr", "")))
            if place is not None and place < len(node.args):
                found |= texts_in(node.args[place])
            for keyword in node.keywords:
                if keyword.arg == "problem":
                    found |= texts_in(keyword.value)
    return found - {""}


def named_in_schemas():
    """The problems of the common rules, and those of the checks and repairs of all files."""
    found = set()
    for rule in (rule for name in names() for rule in load(name).all_rules):
        found |= set(rule.problems)
        for check in (*rule.checks, *rule.repairs):
            if check.problem or not rule.problems:
                found.add(check.problem or rule.id)
    return found


def placeholders(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_language_has_a_catalogue():
    assert set(LANGUAGES) == CATALOGUES


@pytest.mark.parametrize("lang", TRANSLATIONS)
def test_a_translation_has_the_entries_of_the_english_catalogue_in_its_order(lang):
    assert [(problem, *entry) for problem, entry in Catalogue(lang).problems.items()] == [(p, *entry) for p, entry in ENGLISH.items()]


@pytest.mark.parametrize("lang", TRANSLATIONS)
def test_a_translation_has_the_placeholders_of_the_english_text_and_other_words(lang):
    for problem, entry in Catalogue(lang).problems.items():
        for key, text in entry.items():
            assert placeholders(text) == placeholders(ENGLISH[problem][key]), (problem, key)
            assert text != ENGLISH[problem][key], (problem, key)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_are_short(lang):
    for problem, entry in Catalogue(lang).problems.items():
        assert {"message", "hint"} <= set(entry) <= {"message", "hint", "hint_without"}, problem
        for text in entry.values():
            assert 0 < len(text) <= LONGEST, problem


def test_a_phrase_says_the_same_in_each_language():
    for name, phrase in PHRASES.items():
        assert list(phrase) == list(LANGUAGES), name
        assert len({frozenset(placeholders(text)) for text in phrase.values()}) == 1, name
        assert all(phrase.values()), name


def test_every_problem_has_a_message():
    assert named_in_code() | named_in_schemas() <= set(ENGLISH)


def test_every_message_is_used():
    literals = {node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert set(ENGLISH) <= literals | named_in_schemas()


@pytest.mark.parametrize("name", FAULTY)
def test_a_report_says_the_same_in_each_language(name):
    file = FILES[name.partition("-")[0]]
    reports = [report_of(file, SAMPLES / name, lang).issues for lang in LANGUAGES]
    assert reports[0]
    for alike in zip(*reports, strict=True):
        assert len({(issue.code, issue.row, issue.column, issue.value) for issue in alike}) == 1
        assert len({issue.message for issue in alike}) == len({issue.hint for issue in alike}) == len(LANGUAGES)
        for issue in alike:
            assert not set("{}") & set(issue.message + issue.hint), issue


# --- what stops a run ----------------------------------------------------------------------------------------------

# A placeholder as long as what it usually holds.
TYPICAL = {
    "path": "aineistot/palkka-aineisto_2026-03.xlsx", "folder": "aineistot/2026/maaliskuu", "source": "palkka-aineisto_2026-03.xlsx",
    "report": "raportti_2026-03.xlsx", "name": "palkka-aineisto_2026-03.csv", "where": "asetukset/csvimport.toml",
    "known": "Laskut 2026, Laskurivit 2026, Asiakkaat", "sheets": "”Laskut 2026”, ”Laskurivit 2026”, ”Asiakkaat”", "sentence": "",
    "file": "memo-vouchers", "error": "Expected '=' after a key in a key/value pair (at line 12, column 8)",
    "reason": "käyttöoikeus puuttuu tai tiedosto on auki toisessa ohjelmassa", "title": "Henkilötunnus tai henkilönumero",
    "expected": "luettelo tekstejä, [\"…\", \"…\"]", "what": "tekstiasiakirja (RTF)",
}  # fmt: skip
RAISED = ("InputError", "UsageError", "OutputError", "Sentence")


def named_by_errors(node):
    """The keys that a call can name, as patterns: its literal, each of a choice, anything where the code fills in."""
    if isinstance(node, ast.JoinedStr):
        return {"".join(re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in node.values)}
    return {re.escape(text) for text in texts_in(node)}


def error_calls():
    """The calls that make an error or a piece of one."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RAISED:
                yield node


UNITS = ("gigabytes", "megabytes")  # written alike in English and Swedish


def test_a_sentence_that_stops_a_run_has_every_language_with_the_same_placeholders():
    for key, said in ERRORS.items():
        assert list(said) == list(LANGUAGES), key
        assert len({frozenset(placeholders(text)) for text in said.values()}) == 1, key
        assert len(set(said.values())) == len(LANGUAGES) or key in UNITS, key


def test_every_error_of_the_code_has_a_sentence_whose_placeholders_it_fills():
    for call in error_calls():
        given = {keyword.arg for keyword in call.keywords}
        for pattern in named_by_errors(call.args[0]):
            keys = [key for key in ERRORS if re.fullmatch(pattern, key)]
            assert keys, pattern
            assert all(placeholders(ERRORS[key]["en"]) <= given for key in keys), pattern


def test_every_sentence_that_stops_a_run_is_used():
    patterns = set().union(*(named_by_errors(call.args[0]) for call in error_calls()))
    literals = {node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert [key for key in ERRORS if key not in literals and not any(re.fullmatch(pattern, key) for pattern in patterns)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sentence_that_stops_a_run_has_at_most_three_lines(lang):
    for said in ERRORS.values():
        details = {name: TYPICAL.get(name, "12345") for name in placeholders(said[lang])}
        text = ERRORS["stopped"][lang].format(sentence=said[lang].format(**details))
        assert len(textwrap.wrap(text, 80, break_on_hyphens=False)) <= 3, text


def test_an_error_speaks_every_language_and_english_by_itself():
    error = InputError("other_format", Sentence("did_you_mean", near="b.csv"), path="a.pdf", what=Sentence("pdf"))
    assert str(error) == error.text("en") == "a.pdf is a PDF document. Give a CSV file or a workbook. Did you mean b.csv?"
    assert error.text("fi") == "a.pdf on PDF-asiakirja. Anna CSV-tiedosto tai työkirja. Tarkoititko: b.csv?"
    assert copy.copy(error).text("sv") == error.text("sv")


def test_the_reasons_of_the_system_are_said_in_every_language():
    known = reason(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    assert [known.text(lang) for lang in LANGUAGES] == [os.strerror(errno.ENOSPC), "levy on täynnä", "disken är full"]
    assert reason(OSError(errno.ENXIO, "No such device or address")) == "No such device or address"
