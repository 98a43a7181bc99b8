"""The words of lists, and how each kind of value is written in a table."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from csvimport.messages import term
from csvimport.schema import folder
from csvimport.shapes import Record, Translated


@dataclass(frozen=True)
class Form:
    """How values of a kind are written: ``cell`` names the format of the cells; ``limited``: whether the field's length holds."""

    form: Translated
    width: int
    example: str | Translated = ""
    limited: bool = False
    cell: str = "text"


def said(value: str | Translated, lang: str) -> str:
    """A value that may differ by language, in one of them."""
    return value if isinstance(value, str) else value[lang]


def words_for(meaning: str, lang: str) -> tuple[str, ...]:
    """The words that a table may hold for a code or word of that meaning, the best first."""
    return (*_read("choices").get(meaning, {}).get(lang, ()), term(meaning, lang))


def in_words(text: str, record: Record, lang: str) -> str:
    """A condition or a default of the schemas; where it has no translation, with titles for the keys of fields."""
    translated = term(text, lang)
    if translated != text:
        return translated
    return re.sub(r"\b[a-z]+(?:_[a-z]+)+\b", lambda key: record[key[0]].title[lang] if key[0] in record.keys else key[0], text)


@cache
def form_of(kind: str) -> Form:
    """How values of a kind are written. Raises KeyError for a kind that nobody fills in."""
    return Form(**_read("forms")[kind])


@cache
def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads((folder() / "lists" / f"{name}.toml").read_text(encoding="utf-8"))
