"""Messages, phrases, explanations and what stops a run in each language.

For every problem a sentence that says what is wrong and one that says what to do; for every rule what it means, with examples.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from csvimport.schema_parts import Rule

DEFAULT_LANGUAGE = "en"
EXPLANATIONS = Path(__file__).parent / "explanations"
TERMS = "terms"
PERHAPS_ABSENT = ("suggestion", "right", "negative")


@dataclass(frozen=True)
class Explanation:
    """What a rule means, an example that breaks it, the same made right, and the word for what Procountor does when it is broken."""

    meaning: str
    wrong: str = ""
    right: str = ""
    effect: str = "unknown"


class Catalogue:
    """The messages of one language; what it lacks is said in English."""

    def __init__(self, lang: str) -> None:
        path = Path(__file__).parent / f"{lang}.toml"
        self.problems: Mapping[str, Mapping[str, str]] = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}

    @staticmethod
    @cache
    def of(lang: str) -> "Catalogue":
        """The catalogue of a language, loaded once."""
        return Catalogue(lang)

    def text(self, problem: str, **details: Any) -> tuple[str, str]:
        """Message and hint with their placeholders filled; the hint without those that may be absent when one of them is.

        Raises KeyError for a problem that no catalogue has.
        """
        entry = self.problems.get(problem) or Catalogue.of(DEFAULT_LANGUAGE).problems[problem]
        hint = entry["hint"]
        if "hint_without" in entry and not all(details.get(name) for name in PERHAPS_ABSENT if f"{{{name}}}" in hint):
            hint = entry["hint_without"]
        return _filled(entry["message"], details), _filled(hint, details)


@cache
def _phrases() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))


def phrase(name: str, lang: str, **details: Any) -> str:
    """A phrase of the frame around messages in a language. Raises KeyError for one that does not exist."""
    return _filled(_phrases()[name][lang], details)


def in_languages(name: str) -> Mapping[str, str]:
    """A phrase without placeholders in every language. Raises KeyError for one that does not exist."""
    return _phrases()[name]


@cache
def _errors() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((Path(__file__).parent / "errors.toml").read_text(encoding="utf-8"))


def error_text(key: str, lang: str, /, **details: Any) -> str:
    """A sentence about what stops a run in a language. Raises KeyError for a key that does not exist."""
    return _filled(_errors()[key][lang], details)


@cache
def _explanations() -> Mapping[str, Mapping[str, Any]]:
    paths = [path for path in EXPLANATIONS.glob("*.toml") if path.stem != TERMS]
    return {code: entry for path in paths for code, entry in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def explanation(rule: "Rule", lang: str) -> Explanation:
    """The explanation of a rule in a language; a rule that has none is explained by its own English text."""
    entry = _explanations().get(rule.id)
    if entry is None:
        return Explanation(rule.text)
    wrong, right = (text if isinstance(text, str) else text[lang] for text in (entry["wrong"], entry["right"]))
    return Explanation(entry.get(lang, rule.text), wrong, right, entry["procountor"])


@cache
def _terms() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((EXPLANATIONS / f"{TERMS}.toml").read_text(encoding="utf-8"))


def term(text: str, lang: str) -> str:
    """An English word or phrase of the schemas in a language; as it stands when it has no translation."""
    return _terms().get(text, {}).get(lang, text)


def _filled(text: str, details: Mapping[str, Any]) -> str:
    return text.format_map({name: "" if value is None else value for name, value in details.items()})
