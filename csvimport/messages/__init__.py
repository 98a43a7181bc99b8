"""Messages: for every problem a sentence that says what is wrong and one that says what to do, in each language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

DEFAULT_LANGUAGE = "en"


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
        """Message and hint with their placeholders filled; an absent suggestion leaves its own sentence out.

        Raises KeyError for a problem that no catalogue has.
        """
        entry = self.problems.get(problem) or Catalogue.of(DEFAULT_LANGUAGE).problems[problem]
        hint = entry["hint"] if details.get("suggestion") or "hint_without" not in entry else entry["hint_without"]
        return _filled(entry["message"], details), _filled(hint, details)


def _filled(text: str, details: Mapping[str, Any]) -> str:
    return text.format_map({name: "" if value is None else value for name, value in details.items()})
