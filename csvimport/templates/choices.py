"""Drop-down lists: what csvimport reads in a column, as words of the reader's language where there are any."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from csvimport.columns import text_series
from csvimport.context import TABLE, Context
from csvimport.kinds import KINDS
from csvimport.kinds.base import Cells
from csvimport.kinds.codes import NO, YES
from csvimport.kinds.vat import in_force
from csvimport.messages import phrase, term
from csvimport.settings import Settings
from csvimport.shapes import Field
from csvimport.templates.columns import Column
from csvimport.templates.words import words_for
from csvimport.words import word_list

USUAL_CURRENCIES = ("EUR", "SEK", "NOK", "DKK", "GBP", "USD", "CHF", "PLN")
NEAR_COUNTRIES = ("FI", "SE", "NO", "DK", "EE", "LV", "LT", "DE")
OPEN = ("country", "currency", "vat_percent", "vat_status")


@dataclass(frozen=True)
class Choice:
    """One entry of a list: what the cell holds, the code or word of the schema that it stands for, and what that means."""

    cell: str | float
    code: str
    meaning: str = ""


def choices_of(column: Column, lang: str) -> tuple[Choice, ...]:
    """The entries of a column's list; none for a column without one."""
    f, kind = column.field, column.kind
    if kind == "country":
        return tuple(Choice(code, code) for code in NEAR_COUNTRIES)
    if kind == "currency":
        return tuple(Choice(code, code) for code in USUAL_CURRENCIES)
    if kind == "vat_percent":
        return tuple(Choice(float(rate), f"{rate}".replace(".", ",")) for rate in sorted(in_force(dt.date.today()), reverse=True))
    if kind == "word":
        return tuple(_words(f, lang))
    if kind == "flag":
        return tuple(_flags(f, lang))
    if kind in ("code", "vat_status"):
        return tuple(Choice(_word(f, code, lang) or code, code, term(meaning, lang)) for code, meaning in f.values.items())
    return ()


def only_these(column: Column) -> bool:
    """Whether a value that is not in the list is probably a mistake."""
    return column.kind not in OPEN and not column.field.open_list and column.field.word_list != "units"


def _flags(f: Field, lang: str) -> Iterator[Choice]:
    """The words of all letters, or yes and no."""
    words = {code: _word(f, code, lang) for code in f.values}
    if all(words.values()):
        yield from (Choice(word, code, term(f.values[code], lang)) for code, word in words.items() if word)
        return
    for word in (phrase("yes", lang), phrase("no", lang)):
        code = _read(_turned(word) if f.negated else word, f)
        yield Choice(word, code, term(f.values.get(code, "") or f.default, lang))


def _turned(word: str) -> str:
    return NO[0] if word in YES else YES[0]


def _words(f: Field, lang: str) -> Iterator[Choice]:
    """The words that can be written in an environment of the usual language."""
    words, settings = word_list(f.word_list), Settings()
    for english, entry in words.words.items():
        if not words.required or words.written(english, settings.language, settings.words) is not None:
            yield Choice(str(entry.get(lang) or words_for(english, lang)[0]), english)


def _word(f: Field, code: str, lang: str) -> str | None:
    """The word of a language that the field reads as the code."""
    return next((word for word in words_for(f.values[code], lang) if _read(word, f) == code), None)


def _read(word: str, f: Field) -> str:
    """What a table's cell is read as."""
    return str(KINDS[f.reader].read(Cells(text_series([word])), f, Context(layout=TABLE)).text.iloc[0])
