"""Dates: ``dd.mm.yyyy`` in the upload; real dates, ISO and short Finnish forms are brought into it."""

import datetime as dt
import re

import numpy as np
import pandas as pd

from csvimport.columns import matches, per_distinct, put, replace, translate
from csvimport.context import Context
from csvimport.findings import Mask
from csvimport.kinds.base import Cells, Fault, Kind, Reading, Remark
from csvimport.read.sheet import NUMBERS, CellType
from csvimport.shapes import Field

_MIDNIGHT = r"(?:[T ]0?0:00(?::00(?:\.0+)?)?)?"
_CANONICAL = r"^\d{2}\.\d{2}\.\d{4}$"
_DAY_AS_NUMBER = r"^[1-9]\d{4}(?:\.\d+)?$"  # 1927 to 2173
_BEFORE_CALENDAR = r"^(?:1[0-8]\d\d|1900-0[12])"  # before the 1st of March 1900, when the calendars of spreadsheets begin to agree


def parse(value: str) -> dt.date | None:
    """The date of a canonical text; None when it is none or not in the calendar."""
    if not re.fullmatch(r"\d{2}\.\d{2}\.\d{4}", value):
        return None
    try:
        return dt.date(int(value[6:]), int(value[3:5]), int(value[:2]))
    except ValueError:
        return None


def _read(cells: Cells, field: Field, context: Context) -> Reading:
    text = cells.text
    stored = cells.were(CellType.DATE)
    early = (stored & matches(text, _BEFORE_CALENDAR)) | (cells.were(CellType.TIME) & matches(text, r"^0?0:00:00$"))
    remarks = [
        Remark("date_of_zero", early, repaired=False),
        Remark("date_as_number", cells.were(*NUMBERS) & matches(text, _DAY_AS_NUMBER), repaired=False),
    ]
    if stored.any():
        text = put(text, stored, replace(text[stored], r"^(\d{4})-(\d{2})-(\d{2})$", r"\3.\2.\1"))
    odd = ~matches(text, _CANONICAL) & (text != "").to_numpy()
    if not odd.any():
        return Reading(text, tuple(remarks))
    before = text[odd]
    after = translate(before, long_form)
    right = per_distinct(after, lambda value: parse(value) is not None).astype(bool)
    odd[odd] = right
    mended = put(text, odd, after[right])
    mask = (text != mended).to_numpy()
    padded = mask & matches(text, r"^[\d.]+$")
    remarks += [Remark("date_short", padded), Remark("date_form", mask & ~padded)]
    return Reading(mended, tuple(remarks))


def long_form(value: str) -> str:
    """A date in the form dd.mm.yyyy; a text that is no short or ISO date as it is. Midnight is no time of day."""
    finnish = re.fullmatch(rf"(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?(\d{{4}}){_MIDNIGHT}", value)
    iso = re.fullmatch(rf"(\d{{4}})-(\d{{2}})-(\d{{2}}){_MIDNIGHT}", value)
    if finnish:
        return f"{int(finnish[1]):02d}.{int(finnish[2]):02d}.{finnish[3]}"
    return f"{iso[3]}.{iso[2]}.{iso[1]}" if iso else value


def _right(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    right = matches(column, _CANONICAL)
    if right.any():
        right[right] = per_distinct(column[right], lambda value: parse(value) is not None).astype(bool)
    return np.asarray(right)


def _explain(value: str, field: Field, context: Context) -> Fault:
    if re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-]\d{2}", value):
        return Fault("date_two_digit_year")
    if slashes := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", value):
        return _with_slashes(*slashes.groups())
    if re.search(r"\d:\d{2}", value):
        return Fault("date_with_time")
    if re.fullmatch(_CANONICAL, long_form(value)):
        return Fault("date_not_in_calendar")
    return Fault("not_a_date")


def _with_slashes(one: str, other: str, year: str) -> Fault:
    """A date with slashes: where one part can be no month, it is the day."""
    dates = {text for day, month in ((one, other), (other, one)) if parse(text := long_form(f"{day}.{month}.{year}"))}
    if len(dates) == 1:
        return Fault("date_with_slashes", suggestion=dates.pop())
    return Fault("date_ambiguous" if dates else "date_not_in_calendar")


DATE = Kind(_read, _right, _explain)
