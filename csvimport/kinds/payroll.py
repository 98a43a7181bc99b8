"""Values of payroll: employees, salary types, hours, tax numbers and pension agreements.

Sources: the vendor's salary files; the Incomes Register of the Tax Administration (agreement numbers, tax numbers).
"""

import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd

from csvimport.columns import differ, matches, one_of, put, translate
from csvimport.context import Context
from csvimport.findings import Mask
from csvimport.kinds.base import Cells, Fault, Kind, Reading, Remark, changed, lost_digits, right_where
from csvimport.kinds.identifiers import IDENTITY_CODE, LIKE_IDENTITY_CODE, explain_identity_code, meant_as_identity_code, read_digits
from csvimport.kinds.numbers import DECIMAL
from csvimport.read.sheet import NUMBERS, CellType
from csvimport.severity import Severity
from csvimport.shapes import Field

HUNDREDTH = Decimal("0.01")
SECONDS = 36  # in a hundredth of an hour

_SALARY_TYPE = r"^[1-7]\d{3}$"
_AGREEMENT = r"^\d{2}-\d{7}[0-9A-Z]$"
_FUND_AGREEMENT = r"^\d{5}-\d{4}[0-9A-Z]$"

_HOURS = r"(?:h|t|tim|tuntia|tunti|hours?)\.?"
_CLOCK = re.compile(rf"(\d+):([0-5]\d)(?::([0-5]\d))?(?:\s*{_HOURS})?", re.IGNORECASE)
_ISO = re.compile(r"PT(\d+)H(\d+)M(?:(\d+)(?:\.\d+)?S)?")  # a duration of more than a day in an .ods
_SPOKEN = re.compile(rf"(\d+)\s*{_HOURS}\s*([0-5]?\d)\s*(?:min|m)\.?", re.IGNORECASE)
_UNIT_BEHIND = re.compile(rf"(\d+(?:[.,]\d+)?)\s*{_HOURS}", re.IGNORECASE)
_LIKE_CLOCK = r"^\d{1,2}\.[0-5]\d$"
_QUARTERS_OF_CLOCK = r"\.(?:15|30|45)"
_NO_CLOCK = r"\.(?:25|75|50)"


def _read_employee(cells: Cells, field: Field, context: Context) -> Reading:
    """Identity codes in capitals without blanks; employee numbers as they are."""
    reading = IDENTITY_CODE.read(cells, field, context)
    return Reading(reading.text, (*reading.remarks, lost_digits(Cells(reading.text, cells.types))))


def _right_employee(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    right = ~meant_as_identity_code(column)
    if not right.all():
        right[~right] = right_where(lambda value: explain_identity_code(value) is None)(column[~right], field, context)
    return right


def _explain_employee(value: str, field: Field, context: Context) -> Fault:
    fault = explain_identity_code(value) or Fault("identity_code_form")
    return fault if re.match(LIKE_IDENTITY_CODE, value) else replace(fault, severity=Severity.WARNING)


def _read_salary_type(cells: Cells, field: Field, context: Context) -> Reading:
    """The code; a name behind it, as registers print it, is left out in tables, and decimals that are zeros everywhere."""
    whole = translate(cells.text, lambda v: re.sub(r"^(\d+)[.,]0+$", r"\1", v), unless=r"^\d*$")
    reading = changed("number_form", cells.text, whole)
    if not context.table:
        return reading
    named = changed(
        "salary_type_name_left_out", whole, translate(whole, lambda v: re.sub(r"^(\d{4})\s+[^\d\s].*$", r"\1", v), unless=r"^\d*$")
    )
    return Reading(named.text, (*reading.remarks, *named.remarks))


def _right_salary_type(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    known = context.registers.salary_types
    return one_of(column, known) if known else matches(column, _SALARY_TYPE)


def _explain_salary_type(value: str, field: Field, context: Context) -> Fault:
    known = context.registers.salary_types
    if not value.isdigit():
        return Fault("salary_type_form")
    if re.fullmatch(r"\d{2,3}", value):
        return Fault("salary_type_old")
    if known:
        return Fault("salary_type_unknown")
    return Fault("salary_type_unusual", Severity.WARNING)


def _read_hours(cells: Cells, field: Field, context: Context) -> Reading:
    """Quantities, among them hours and minutes: 7:30 becomes 7,5 and 7:20, which has no end, 7,33 with a warning."""
    text = cells.text
    if context.as_is:
        return DECIMAL.read(cells, field, context)
    odd = matches(text, r"[:a-zA-Z]")
    after = put(text, odd, translate(text[odd], to_hours)) if odd.any() else text
    read = differ(text, after)
    rounded = read.copy()
    rounded[read] = one_of(text[read], [value for value in text[read].unique() if not _ends(value)])
    types = cells.types
    if read.any():
        types = np.zeros(len(text), np.uint8) if types is None else types.copy()
        types[read] = CellType.NUMBER
    doubtful = _like_a_clock(text, cells) if context.table else np.zeros(len(text), bool)
    reading = DECIMAL.read(Cells(after, types), field, context)
    remarks = (
        Remark("hours_read", read & ~rounded),
        Remark("hours_rounded", rounded, repaired=False, severity=Severity.WARNING, details={"hours": after[rounded].to_numpy(object)}),
        Remark("hours_or_decimal", doubtful, repaired=False, severity=Severity.WARNING),
    )
    return Reading(reading.text, (*remarks, *reading.remarks))


def _minutes(value: str) -> Decimal | None:
    """A text of hours and minutes in minutes; None when it is none."""
    found = _CLOCK.fullmatch(value) or _SPOKEN.fullmatch(value) or _ISO.fullmatch(value)
    if not found:
        return None
    seconds = None if found.re is _SPOKEN else found[3]
    return Decimal(found[1]) * 60 + Decimal(found[2]) + Decimal(seconds or 0) / 60


def seconds_of(value: str) -> int:
    """A text of hours and minutes in seconds; 0 when it is none."""
    return int(((_minutes(value) or Decimal()) * 60).to_integral_value())


def to_hours(value: str) -> str:
    """Hours as a decimal number, at most two decimals: ``7:30`` → ``7,5``, ``7 h 20 min`` → ``7,33``; other texts as they are."""
    minutes = _minutes(value)
    if minutes is None:
        unit = _UNIT_BEHIND.fullmatch(value)
        return unit[1] if unit else value
    hours = (minutes / 60).quantize(HUNDREDTH, ROUND_HALF_UP)
    return f"{hours:f}".replace(".", ",").rstrip("0").rstrip(",")


def _ends(value: str) -> bool:
    """Whether hours and minutes are a whole number of hundredths of an hour."""
    minutes = _minutes(value)
    return minutes is None or (minutes * 100 / 60) % 1 == 0


def _like_a_clock(text: "pd.Series[str]", cells: Cells) -> Mask:
    """Cells such as 7.30 in a column in which every text with a point could be hours and minutes, and one is a quarter of an hour."""
    pointed = matches(text, r"\.") & ~cells.were(*NUMBERS, CellType.PERCENT)
    like = pointed & matches(text, _LIKE_CLOCK)
    shown = like.any() and bool((pointed == like).all()) and matches(text[like], _QUARTERS_OF_CLOCK).any()
    return like if shown and not matches(text[like], _NO_CLOCK).any() else np.zeros(len(text), bool)


def _right_tax_number(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    return matches(column, r"^\d{12}$|^.{13,}$")


def _explain_tax_number(value: str, field: Field, context: Context) -> Fault:
    return Fault("tax_number_form")


def _read_agreement(cells: Cells, field: Field, context: Context) -> Reading:
    tidy = translate(cells.text, lambda v: re.sub(r"[–−]", "-", re.sub(r"\s", "", v)).upper(), unless=rf"^$|{_AGREEMENT}")
    known = matches(tidy, f"{_AGREEMENT}|{_FUND_AGREEMENT}")
    return changed("tyel_notation", cells.text, put(cells.text, known, tidy[known]))


def _right_agreement(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    return matches(column, _AGREEMENT)


def _explain_agreement(value: str, field: Field, context: Context) -> Fault:
    if re.match(_FUND_AGREEMENT, value):
        return Fault("tyel_fund", Severity.WARNING)
    short = re.fullmatch(r"(\d{2})-(\d{1,6}[0-9A-Za-z])", value)
    if short:
        return Fault("tyel_short", suggestion=f"{short[1]}-{short[2].upper().zfill(8)}")
    bare = re.fullmatch(r"(\d{2})(\d{7}[0-9A-Za-z])", value)
    return Fault("tyel_form", suggestion=f"{bare[1]}-{bare[2].upper()}" if bare else None)


EMPLOYEE_ID = Kind(_read_employee, _right_employee, _explain_employee)
SALARY_TYPE = Kind(_read_salary_type, _right_salary_type, _explain_salary_type)
HOURS = Kind(_read_hours, DECIMAL.right, DECIMAL.explain)
TAX_NUMBER = Kind(read_digits, _right_tax_number, _explain_tax_number)
TYEL_AGREEMENT = Kind(_read_agreement, _right_agreement, _explain_agreement)
