"""The nearest right word for a misspelt one, and the question whether it was meant."""

import difflib
import re
from collections.abc import Collection

from csvimport.errors import Sentence


def nearest(word: str, choices: Collection[str], likeness: float = 0.6) -> str | None:
    """The choice most like the word, or None when none is near, or two are equally near.

    ``likeness``: 0 for anything, 1 for the same. A choice with other digits is another account, item or number, and no misspelling.
    """
    small = word.lower()
    by_lower = {choice.lower(): choice for choice in choices if _digits(choice) == _digits(word)}
    found = difflib.get_close_matches(small, by_lower, n=2, cutoff=likeness)
    if not found or (len(found) > 1 and _likeness(found[0], small) == _likeness(found[1], small)):
        return None
    return by_lower[found[0]]


def _digits(word: str) -> list[str]:
    return [number.lstrip("0") for number in re.findall(r"[0-9]+", word)]


def _likeness(choice: str, word: str) -> float:
    return difflib.SequenceMatcher(None, choice, word).ratio()


def did_you_mean(word: str, choices: Collection[str]) -> Sentence | None:
    """The question whether the choice most like the word was meant; None when none is near."""
    near = nearest(word, choices)
    return Sentence("did_you_mean", near=near) if near else None
