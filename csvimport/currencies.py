"""Currencies: their codes, and the words and signs that spreadsheets show them with."""

import unicodedata
from functools import cache

from csvimport.schema import folder

EURO = "EUR"
ANY_OTHER = "¤"  # the sign for a currency that is not told

_CROWNS = "kr"


@cache
def currencies() -> frozenset[str]:
    """The currency codes of ISO 4217."""
    return frozenset((folder() / "lists" / "currencies.txt").read_text(encoding="ascii").split())


def is_other_currency(word: str) -> bool:
    """Whether a word or a sign stands for a currency, but not for the euro: kr, USD, £."""
    if len(word) == 1:
        return unicodedata.category(word) == "Sc" and word != "€"
    return word.lower() == _CROWNS or (word != EURO and word in currencies())
