"""Codes, flags, words of the environment's language, countries and currencies."""

import csv
from collections.abc import Mapping
from functools import cache

import pandas as pd

from csvimport.columns import differ, one_of, translate
from csvimport.context import Context
from csvimport.currencies import currencies
from csvimport.findings import Mask
from csvimport.kinds.base import Cells, Fault, Kind, Reading, Remark, changed
from csvimport.messages import phrase, term
from csvimport.schema import folder
from csvimport.settings import LANGUAGES
from csvimport.severity import Severity
from csvimport.shapes import Field
from csvimport.suggest import nearest
from csvimport.words import WordList
from csvimport.words import plain as plain
from csvimport.words import word_list as word_list

YES = (*(phrase("yes", lang) for lang in LANGUAGES), "y", "k", "j", "true", "x", "1")
LETTERS_OF_NO = ("f", "N", "A")
NO = (*(phrase("no", lang) for lang in LANGUAGES), "n", "e", "false", "0")
NOT_COUNTRIES = {"EL": "GR", "UK": "GB", "XI": "GB"}
UNOFFICIAL_COUNTRIES = ("XK",)


def _read_code(cells: Cells, field: Field, context: Context) -> Reading:
    known = codes_of(field, table=context.table)
    before = cells.text
    after = translate(before, lambda value: known.get(plain(value), value))
    mask = differ(before, after)
    by_case = mask & (before.str.upper() == after.str.upper()).to_numpy()
    return Reading(after, (Remark("code_case", by_case, as_is=Severity.WARNING), Remark("code_word", mask & ~by_case)))


def codes_of(field: Field, *, table: bool) -> dict[str, str]:
    """What stands for the codes of a field → the code: the codes themselves in any case, and in a table words."""
    codes = {plain(code): code for code in (*field.values, *field.also_known)}
    if not table:
        return codes
    words = {plain(word): code for code, listed in field.words.items() for word in listed}
    if field.kind == "flag":
        words |= flag_words(field)
    return words | codes


def flag_words(field: Field) -> dict[str, str]:
    """Yes and no in every language → the flag's letter, and an empty cell or the letter of no."""
    yes, *others = field.values
    no = next((letter for letter in (*others, *field.also_known) if letter in LETTERS_OF_NO), "")
    return dict.fromkeys(YES, yes) | dict.fromkeys(NO, no)


def _right_code(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    return one_of(column, (*field.values, *field.also_known))


def _explain_code(value: str, field: Field, context: Context) -> Fault:
    if value in field.newer:
        return Fault("newer_code", Severity.WARNING)
    if value in field.mistaken:
        return Fault(
            "mistaken_code", suggestion=field.mistaken[value], details={"meaning": _in_every_language(field.values[field.mistaken[value]])}
        )
    if field.open_list and len(value) <= (field.max_length or len(value)):
        return Fault("unlisted_code", Severity.WARNING, details={"codes": ", ".join(field.values)})
    told = {code: _in_every_language(meaning) for code, meaning in field.values.items()}
    codes = {lang: ", ".join(f"{code} ({meaning[lang]})" for code, meaning in told.items()) for lang in LANGUAGES}
    suggestion = codes_of(field, table=True).get(plain(value))
    return Fault("not_a_code", suggestion=suggestion or None, details={"codes": codes})


def _in_every_language(text: str) -> dict[str, str]:
    return {lang: term(text, lang) for lang in LANGUAGES}


def _read_word(cells: Cells, field: Field, context: Context) -> Reading:
    words = word_list(field.word_list)
    own = {plain(word): english for english, word in context.settings.words.items() if english in words.words}
    before = cells.text
    canonical = translate(before, lambda value: own.get(plain(value)) or words.known.get(plain(value), value))
    if not words.required:
        return _read_unit(before, canonical, words, context)
    written = _write_word(canonical, field, context)
    mask = differ(before, written) & one_of(canonical, _writable(words, context))
    by_case = mask & ~differ(translate(before, str.casefold), translate(written, str.casefold))
    return Reading(canonical, (Remark("word_case", by_case, silent_as_is=True), Remark("word_language", mask & ~by_case)))


def _read_unit(before: "pd.Series[str]", canonical: "pd.Series[str]", words: WordList, context: Context) -> Reading:
    """Units stay as they are written unless the environment's own form of the same unit is known."""
    own = {plain(unit): unit for unit in context.settings.units}
    by_meaning = {words.known[plain(unit)]: unit for unit in context.settings.units if plain(unit) in words.known}

    def written(value: str) -> str:
        if plain(value) in own:
            return own[plain(value)]
        word = words.known.get(plain(value))
        if word is None:
            return value
        if own:
            return by_meaning.get(word, value)
        return words.written(word, context.settings.language, {}) or value

    return changed("word_language", before, translate(before, written))


def _right_word(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    words = word_list(field.word_list)
    if not words.required:
        return one_of(column, column.unique())
    writable = _writable(words, context)
    return one_of(column, [*writable, *filter(None, (_written(words, word, context) for word in writable))])


def _writable(words: WordList, context: Context) -> list[str]:
    """The words whose form in the environment's language is known."""
    return [word for word in words.words if _written(words, word, context) is not None]


def _written(words: WordList, word: str, context: Context) -> str | None:
    return words.written(word, context.settings.language, context.settings.words)


def _explain_word(value: str, field: Field, context: Context) -> Fault:
    words, language = word_list(field.word_list), context.settings.language
    if value in words.words:
        return Fault("word_not_known_in_language", details={"word": value, "language": language})
    listed = [written for word in words.words if (written := _written(words, word, context))]
    return Fault("not_a_word", suggestion=nearest(value, listed), details={"words": ", ".join(listed)})


def _write_word(column: "pd.Series[str]", field: Field, context: Context) -> "pd.Series[str]":
    words = word_list(field.word_list)
    if not words.required:
        return column

    def written(value: str) -> str:
        if value not in words.words:
            return value
        return _written(words, value, context) or value

    return translate(column, written)


@cache
def countries() -> Mapping[str, str]:
    """Country code → its English name, ISO 3166-1 alpha-2."""
    return {row["code"]: row["en"] for row in _country_rows()}


@cache
def _country_names() -> dict[str, str]:
    names = {}
    for row in _country_rows():
        for name in (row["en"], row["fi"], row["sv"], *filter(None, row["also"].split("|"))):
            names[plain(name)] = row["code"]
            for other in ("fi", "sv"):
                names[plain(f"{name}/{row[other]}")] = row["code"]
    return names


@cache
def _country_rows() -> tuple[dict[str, str], ...]:
    with (folder() / "lists" / "countries.tsv").open(encoding="utf-8", newline="") as handle:
        return tuple(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def country_code(value: str, *, names: bool = True) -> str:
    """The code of a country given by code or name; the value itself when it is neither."""
    if value.upper() in countries():
        return value.upper()
    return _country_names().get(plain(value), value) if names else value


def _read_country(cells: Cells, field: Field, context: Context) -> Reading:
    return changed("country_form", cells.text, translate(cells.text, lambda v: country_code(v, names=context.table)))


def _right_country(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    return one_of(column, countries())


def explain_country(value: str, field: Field, context: Context) -> Fault:
    """What is wrong with a country code."""
    if value in UNOFFICIAL_COUNTRIES:
        return Fault("unofficial_country", Severity.WARNING)
    code = country_code(value)
    return Fault("not_a_country", suggestion=NOT_COUNTRIES.get(value.upper()) or (code if code != value else None))


def _read_currency(cells: Cells, field: Field, context: Context) -> Reading:
    words = {"€": "EUR", "euro": "EUR", "euroa": "EUR"} if context.table else {}
    upper = translate(cells.text, lambda v: words.get(v.casefold()) or (v.upper() if v.upper() in currencies() else v))
    return changed("currency_form", cells.text, upper)


def _right_currency(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    return one_of(column, context.settings.registers.currencies or currencies())


def _explain_currency(value: str, field: Field, context: Context) -> Fault:
    if value in currencies():
        return Fault("currency_not_in_register", details={"currencies": ", ".join(context.settings.registers.currencies)})
    return Fault("not_a_currency", suggestion=nearest(value, sorted(currencies())) if len(value) == 3 else None)


CODE = Kind(_read_code, _right_code, _explain_code)
WORD = Kind(_read_word, _right_word, _explain_word, _write_word)
COUNTRY = Kind(_read_country, _right_country, explain_country)
CURRENCY = Kind(_read_currency, _right_currency, _explain_currency)
