"""Months as people write them: by name, by number, with or without a year."""

import re
from collections.abc import Mapping

MONTHS = 12
EARLIEST, LATEST = 1900, 2200
_CENTURY = 2000

_YEAR_FIRST = re.compile(r"(\d{4})(?:\s?[-/.M]\s?|\s|(?=\d\d$))(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})")
_DAY = re.compile(r"(\d{4})-(\d{2})-\d{2}(?:[T ][0-9:.]+)?")
_FINNISH_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.\s?(\d{1,2})\.\s?(\d{4})")
_NAMED = re.compile(r"([^\W\d_]+)\.?(?:\s*[/'’,-]?\s*(\d{4})|\s?[/'’-]\s?(\d{2}))?")
_NAMED_DAY = re.compile(r"([^\W\d_]+)\.? \d{1,2},? (\d{4})")
_HEADING = re.compile(r"([^\W\d_]+)\.? (\d{2})")
_NUMBER = re.compile(r"(?:[MPmp]\s?)?(\d{1,2})\.?")


def month_of(text: str, names: Mapping[str, int]) -> tuple[int, int] | None:
    """Year (0 when it is not said) and month (1 to 12) of a text; None when it is none.

    ``names``: words for months, in small letters. ``1/2027``, ``2027-01``, ``tammi 2027``, ``Jan``, ``31.1.2027``, ``M01``.
    """
    text = " ".join(text.split())
    for form, first, second in ((_DAY, 1, 2), (_FINNISH_DAY, 2, 1), (_YEAR_FIRST, 1, 2), (_YEAR_LAST, 2, 1)):
        found = form.fullmatch(text)
        if found:
            return _checked(_full(found[first]), int(found[second]))
    named = _NAMED_DAY.fullmatch(text) or _NAMED.fullmatch(text)
    if named and named[1].casefold() in names:
        year = next(filter(None, named.groups()[1:]), "")
        return _checked(_full(year) if year else 0, names[named[1].casefold()])
    number = _NUMBER.fullmatch(text)
    return _checked(0, int(number[1])) if number else None


def month_of_heading(text: str, names: Mapping[str, int]) -> tuple[int, int] | None:
    """Year and month of a heading, as ``month_of`` a text; ``tammi 26`` is one, too, which in a cell may be a day."""
    found = _HEADING.fullmatch(" ".join(text.split()))
    if found and found[1].casefold() in names:
        return _checked(_full(found[2]), names[found[1].casefold()])
    return month_of(text, names)


def like_day(text: str) -> bool:
    """Whether a heading of a month and its year may be a day."""
    return _HEADING.fullmatch(" ".join(text.split())) is not None


def _full(year: str) -> int:
    """A year of four digits; two digits belong to this century."""
    return int(year) if len(year) == len("2000") else _CENTURY + int(year)


def _checked(year: int, month: int) -> tuple[int, int] | None:
    return (year, month) if 1 <= month <= MONTHS and (year == 0 or EARLIEST <= year <= LATEST) else None
