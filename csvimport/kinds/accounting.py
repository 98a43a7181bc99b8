"""Accounting codes: accounts, payment terms, VAT percentages and VAT statuses."""

import re
from decimal import Decimal

import pandas as pd

from csvimport.columns import matches, one_of, per_distinct, translate
from csvimport.context import Context
from csvimport.findings import Mask
from csvimport.kinds import vat
from csvimport.kinds.bank import iban_valid
from csvimport.kinds.base import Cells, Fault, Kind, Reading, changed
from csvimport.kinds.numbers import DECIMAL, as_decimal, explain_text
from csvimport.severity import Severity
from csvimport.shapes import Field

_WHOLE_MONTHS = ("30", "60", "90")  # days; nobody is given 3, 6 or 9 to pay
HIGHEST_USUAL_PERCENT = "5"
WITH_NAME = "with_name"

_DAYS = re.compile(
    r"(\d{1,2})\s*(?:pv|päivää|päivä|days?|d|dagar|dgr|vrk)\.?(?:\s*(?:netto|net|n))?(?:[\s,;:/-]*(\d)(?:[.,]0+)?\s*%?)?", re.IGNORECASE
)
_NET = re.compile(r"(?:netto|net)\s*(\d{1,2})(?:\s*(?:pv|päivää|days?|dagar))?", re.IGNORECASE)


def _read_account(cells: Cells, field: Field, context: Context) -> Reading:
    """Four digits; a name behind the number, as charts of accounts print it, is left out in tables, and where the file allows it."""
    if not context.table and field.form != WITH_NAME:
        return Reading(cells.text)
    return changed("account_name_left_out", cells.text, translate(cells.text, lambda v: re.sub(r"^(\d{4})\s+[^\d\s].*$", r"\1", v)))


def _right_account(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    chart = context.registers.accounts
    return one_of(column, chart) if chart else matches(column, r"^\d{4}$")


def _explain_account(value: str, field: Field, context: Context) -> Fault:
    if iban_valid(value.replace(" ", "")):
        return Fault("bank_account_for_account")
    return Fault("account_unknown" if re.fullmatch(r"\d{4}", value) else "account_form")


def _read_term(cells: Cells, field: Field, context: Context) -> Reading:
    if not context.table:
        return Reading(cells.text)
    return changed("payment_term_words", cells.text, translate(cells.text, payment_term))


def payment_term(value: str) -> str:
    """Three digits from words: "14 pv netto" → 140, "14 days 2 %" → 142; other texts as they are."""
    days, net = _DAYS.fullmatch(value), _NET.fullmatch(value)
    if days:
        return f"{int(days[1]):02d}{days[2] or 0}"
    return f"{int(net[1]):02d}0" if net else value


def _right_term(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    return matches(column, rf"^\d\d[0-{HIGHEST_USUAL_PERCENT}]$")


def _explain_term(value: str, field: Field, context: Context) -> Fault:
    if re.fullmatch(r"\d{3}", value):
        return Fault("payment_term_percent", Severity.WARNING, details={"percent": value[2]})
    if re.fullmatch(r"[1-9]\d?|0[1-9]", value):
        days, other = f"{int(value):02d}", value.zfill(3)
        if days.endswith("0") and days not in _WHOLE_MONTHS:
            return Fault("payment_term_zero", details={"days": days, "fewer": days[0], "whole": f"{days}0", "other": other})
        return Fault("payment_term_digits", suggestion=f"{days}0", details={"days": int(value), "other": other})
    return Fault("payment_term_form", suggestion=None if value.strip("0") else "000")


def _right_vat(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    listed = frozenset(map(Decimal, field.values)) or vat.EVER
    return per_distinct(column, lambda value: as_decimal(value) in listed).astype(bool)


def _explain_vat(value: str, field: Field, context: Context) -> Fault:
    number = as_decimal(value)
    if number is None:
        return explain_text(value, field)
    if number in vat.EVER:
        return Fault("vat_percent_not_listed", Severity.WARNING)
    hundredfold = number * 100
    return Fault("vat_percent_unknown", suggestion=f"{hundredfold.normalize():f}".replace(".", ",") if hundredfold in vat.EVER else None)


def _right_status(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    if context.settings.vat_statuses:
        return one_of(column, context.settings.vat_statuses)
    return matches(column, r"^vat_[1-9]\d{0,2}$")


def _read_status(cells: Cells, field: Field, context: Context) -> Reading:
    lower = translate(cells.text, lambda v: v.lower() if re.fullmatch(r"(?i)vat_\d+", v) else v)
    return changed("code_case", cells.text, lower, as_is=Severity.WARNING)


def _explain_status(value: str, field: Field, context: Context) -> Fault:
    if re.fullmatch(r"vat_[1-9]\d{0,2}", value):
        return Fault("vat_status_not_in_use", Severity.WARNING, details={"statuses": ", ".join(context.settings.vat_statuses)})
    return Fault("vat_status_form", suggestion=f"vat_{value}" if re.fullmatch(r"[1-9]\d{0,2}", value) else None)


LEDGER_ACCOUNT = Kind(_read_account, _right_account, _explain_account)
PAYMENT_TERM = Kind(_read_term, _right_term, _explain_term)
VAT_PERCENT = Kind(DECIMAL.read, _right_vat, _explain_vat)
VAT_STATUS = Kind(_read_status, _right_status, _explain_status)
