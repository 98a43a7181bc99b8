"""What a cell of the input was, made from its text and its type, so that it is read as the same again."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from csvimport.currencies import ANY_OTHER
from csvimport.read.sheet import CellType
from csvimport.read.values import percent, shortest
from csvimport.report.cells import AS_TEXT

GENERAL = "General"

_SHORT_DATE, _DATE_AND_TIME, _TIME, _DURATION = "mm-dd-yy", "m/d/yy h:mm", "h:mm:ss", "[h]:mm:ss"  # the first two: as the locale has them
_FIRST_DATE = "1900-03-01"  # Excel counts a 29th of February before it
_LONGEST_GENERAL = 11  # digits; longer numbers are shown with an exponent
_CLOCK = re.compile(r"(\d+):(\d\d):(\d\d)")


def stored(text: str, kind: int) -> tuple[Any, str]:
    """The value and the number format that are read as a text of a type; the text itself as text when none is read exactly so."""
    return (_STORED[CellType(kind)](text) if kind in _STORED else None) or (text, AS_TEXT)


def _number(text: str) -> tuple[float, str] | None:
    number = float(text)
    return (number, "0" if text.isdigit() and len(text) > _LONGEST_GENERAL else GENERAL) if shortest(number) == text else None


def _sum(text: str) -> tuple[float, str] | None:
    number = float(text)
    return (number, f"#,##0.00 [${ANY_OTHER}]") if shortest(number) == text else None


def _padded(text: str) -> tuple[float, str] | None:
    number = float(text)
    return (number, "0" * len(text)) if shortest(number).zfill(len(text)) == text else None


def _percentage(text: str) -> tuple[float, str] | None:
    number = float(Decimal(text) / 100)
    decimals = len(text.partition(".")[2])
    return (number, f"0.{'0' * decimals}%" if decimals else "0%") if percent(shortest(number)) == text else None


def _date(text: str) -> tuple[dt.date, str] | None:
    return (dt.date.fromisoformat(text), _SHORT_DATE) if text >= _FIRST_DATE else None


def _moment(text: str) -> tuple[dt.datetime, str] | None:
    return (dt.datetime.fromisoformat(text), _DATE_AND_TIME) if text >= _FIRST_DATE else None


def _time(text: str) -> tuple[dt.time | dt.timedelta, str] | None:
    """A time of the day, which has two digits of hours, or a duration, which has as many as it needs."""
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    hours, minutes, seconds = map(int, found.groups())
    if len(found[1]) == len("00") and hours < 24:
        return dt.time(hours, minutes, seconds), _TIME
    return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds), _DURATION


def _formula(text: str) -> tuple[str, str] | None:
    return (text, GENERAL) if len(text) > len("=") else None


_STORED = {
    CellType.NUMBER: _number,
    CellType.UNSEEN: _number,
    CellType.ROUNDED: _number,
    CellType.DRESSED: _number,
    CellType.CURRENCY: _sum,
    CellType.PADDED: _padded,
    CellType.PERCENT: _percentage,
    CellType.DATE: _date,
    CellType.DATETIME: _moment,
    CellType.TIME: _time,
    CellType.BOOLEAN: lambda text: (text == "true", GENERAL),
    CellType.UNCOMPUTED: _formula,
}
