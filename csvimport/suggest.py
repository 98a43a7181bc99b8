"""The nearest right word for a misspelt one, and the question whether it was meant."""

import difflib
from collections.abc import Collection

from csvimport.errors import Sentence


def nearest(word: str, choices: Collection[str], likeness: float = 0.6) -> str | None:
    """The choice most like the word, or None when none is near. ``likeness``: 0 for anything, 1 for the same."""
    by_lower = {choice.lower(): choice for choice in choices}
    found = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=likeness)
    return by_lower[found[0]] if found else None


def did_you_mean(word: str, choices: Collection[str]) -> Sentence | None:
    """The question whether the choice most like the word was meant; None when none is near."""
    near = nearest(word, choices)
    return Sentence("did_you_mean", near=near) if near else None
