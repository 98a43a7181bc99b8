"""Message catalogues: alike in all languages, with a message for every problem there is and none beside."""

import ast
import tomllib
from pathlib import Path
from string import Formatter

import pytest

import csvimport
from csvimport.messages import Catalogue
from csvimport.schema import common_codes, load, names

PACKAGE = Path(csvimport.__file__).parent
SAMPLES = Path(__file__).parent.parent / "samples"
PHRASES = tomllib.loads((PACKAGE / "messages" / "phrases.toml").read_text(encoding="utf-8"))
LANGUAGES = sorted(path.stem for path in (PACKAGE / "messages").glob("*.toml") if path.stem != "phrases")
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

# Checks and repairs that say what is wrong in words of their own instead of those of their rule.
OWN_WORDS = {
    "any_identifier", "attachments", "business_id_hyphen", "duplicate_records", "fill_months", "items_exist", "key_written",
    "postal_code_zeros", "round_months", "sign_of_total", "total_of_rows", "turn_signs", "type_by_dimension", "unit_in_use",
    "unused_with_rows", "vat_in_force_on", "vat_number", "voucher_balances",
}  # fmt: skip

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
    found = set(common_codes())
    for rule in (rule for name in names() for rule in load(name).all_rules):
        for check in (*rule.checks, *rule.repairs):
            if check.problem or check.use not in OWN_WORDS:
                found.add(check.problem or rule.id)
    return found


def placeholders(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_languages_are_those_of_the_program():
    assert LANGUAGES == ["en", "fi", "sv"]


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
        assert sorted(phrase) == LANGUAGES, name
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
    reports = [csvimport.check(file, SAMPLES / name, lang=lang).issues for lang in LANGUAGES]
    assert reports[0]
    for alike in zip(*reports, strict=True):
        assert len({(issue.code, issue.row, issue.column, issue.value) for issue in alike}) == 1
        assert len({issue.message for issue in alike}) == len({issue.hint for issue in alike}) == len(LANGUAGES)
        for issue in alike:
            assert not set("{}") & set(issue.message + issue.hint), issue
