"""What a number format of a workbook does to the number that a cell holds."""

import re
from dataclasses import dataclass

from csvimport.currencies import is_other_currency

MOST_DECIMALS = 30  # that Excel knows
BUILT_IN = {
    "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "37": "#,##0", "38": "#,##0", "39": "#,##0.00",
    "40": "#,##0.00", "41": "#,##0", "42": "#,##0", "43": "#,##0.00", "44": "#,##0.00",
}  # fmt: skip

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_DIGITS = re.compile(r"([#0?][#0?, ]*)(?:\.([#0?]+))?(,*)")
_CURRENCY = re.compile(r"\[\$([^\]-]+)[^\]]*\]")
_WORD = re.compile(r"[^\W\d]+")
_NO_NUMBER = re.compile(r"[dmyhse/@]|General|E[+-]", re.IGNORECASE)


@dataclass(frozen=True)
class NumberFormat:
    """The decimals that are shown, whether thousands are cut off, how many digits there are at least, and whether text belongs to it.

    ``currency``: whether the sign or the code of another currency than the euro does.
    """

    decimals: int
    scaled: bool = False
    percent: bool = False
    digits: int = 0
    dressed: bool = False
    currency: bool = False


def number_format(code: str) -> NumberFormat | None:
    """What the format of positive numbers shows; None for dates, texts, fractions, exponents and the general format."""
    first = code.split(";")[0]
    bare = _LITERAL.sub("", first)
    found = _DIGITS.search(bare)
    if not found or _NO_NUMBER.search(bare):
        return None
    letters = "".join(text or mark for text, mark in _LITERAL.findall(first))
    whole = found[1].rstrip(", ")
    return NumberFormat(
        decimals=min(len(found[2] or ""), MOST_DECIMALS),
        scaled=bool(found[3]) or found[1].endswith(","),
        percent="%" in bare,
        digits=len(bare) if re.fullmatch("0{2,30}", bare) and not letters.strip() else 0,
        dressed=bool(re.search(r"[\w-]", letters) or re.search("[0#]-[0#]", bare)) and not found[2] and "," not in whole,
        currency=any(is_other_currency(word) for word in (*_WORD.findall(letters), *bare, *letters, *_CURRENCY.findall(first))),
    )
