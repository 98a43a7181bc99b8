"""Lists of words that depend on the language of the Procountor environment: payment methods, delivery methods, units."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from csvimport.schema import folder


def plain(word: str) -> str:
    """A word without regard to letter case, hyphens and blanks."""
    return word.casefold().replace("-", "").replace(" ", "")


@dataclass(frozen=True)
class WordList:
    """The words of one list by their English form, every known form → English, and whether the list is closed."""

    words: Mapping[str, Mapping[str, Any]]
    known: Mapping[str, str]
    required: bool

    def written(self, word: str, language: str, given: Mapping[str, str]) -> str | None:
        """The word to write in a language; None when it is not known."""
        if word in given:
            return given[word]
        entry = self.words[word]
        form: str | None = entry.get(language)
        return form if language in entry["write"] else None


@cache
def word_list(name: str) -> WordList:
    """A list of ``words.toml``."""
    data = _lists()[name]
    entries = {entry["en"]: entry for entry in data["words"]}
    known: dict[str, str] = {}
    for word, entry in entries.items():
        for form in filter(None, (word, entry.get("fi"), *entry["also"], entry["api"])):
            known.setdefault(plain(form), word)
    return WordList(entries, known, data["required"])


@cache
def known_words() -> tuple[str, ...]:
    """The English words of all lists."""
    return tuple(entry["en"] for data in _lists().values() for entry in data["words"])


@cache
def _lists() -> Mapping[str, Mapping[str, Any]]:
    with (folder() / "lists" / "words.toml").open("rb") as handle:
        return tomllib.load(handle)
