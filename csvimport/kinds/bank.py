"""Bank accounts, BICs and reference numbers.

Sources: ISO 13616 and the SWIFT registry (IBAN, by python-stdnum), Finance Finland (the old account form and the reference
number, weights 7 3 1), ISO 9362 (BIC), ISO 11649 (RF reference).
"""

import re

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from stdnum import iban, luhn

from csvimport.columns import digits_of, matches, per_distinct, to_arrow, translate
from csvimport.context import Context
from csvimport.findings import Mask
from csvimport.kinds.base import Cells, Fault, Kind, Reading, changed, lost_digits, right_where
from csvimport.kinds.codes import UNOFFICIAL_COUNTRIES, countries
from csvimport.severity import Severity
from csvimport.shapes import Field

BIC_FORM = re.compile(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
OLD_FORM = re.compile(r"(\d{6})-(\d{2,8})")
RF_FORM = re.compile(r"RF\d{2}[0-9A-Z]{1,21}")
FINNISH_IBAN = r"^FI\d{16}$"
WHOLE_SECOND_PART = 8
LONGEST_REFERENCE = 20
_REFERENCE_WEIGHTS = np.array([(7, 3, 1)[(LONGEST_REFERENCE - 2 - place) % 3] for place in range(LONGEST_REFERENCE - 1)] + [1])

_FINLAND = 1518  # F and I as numbers, between the account and the check digits


def finnish_ibans_right(column: "pd.Series[str]") -> Mask:
    """Which of the cells, all of the form FI and sixteen digits, have the right check digits (modulo 97)."""
    digits = digits_of(to_arrow(column), 18)[:, 2:]
    check, account = digits[:, :2], digits[:, 2:]
    rest = account @ np.array([pow(10, 13 - place, 97) for place in range(14)]) % 97
    return np.asarray((rest * pow(10, 6, 97) + _FINLAND * 100 + check[:, 0] * 10 + check[:, 1]) % 97 == 1)


def iban_valid(value: str) -> bool:
    """Whether an account number is a right IBAN in canonical form."""
    return bool(iban.is_valid(value, check_country=False)) and value == iban.compact(value)


def looks_like_iban(value: str) -> bool:
    """Whether a text has the outer form of an IBAN, its country included; an RF reference and an e-invoice address TE… have not."""
    return re.fullmatch(r"[A-Z]{2}\d{2}[0-9A-Z]{11,30}", value) is not None and _is_country(value[:2])


def machine_form(value: str) -> str | None:
    """The fourteen digits of an old Finnish account; None when it is none or its check digit is wrong.

    Banks whose numbers begin with 4 or 5 put the filling zeros after the seventh digit, the others after the sixth.
    """
    found = OLD_FORM.fullmatch(value)
    if not found:
        return None
    bank, rest = found.groups()
    if bank[0] in "45":
        bank, rest = bank + rest[0], rest[1:]
    digits = bank + rest.rjust(14 - len(bank), "0")
    return digits if luhn.is_valid(digits) else None


def to_iban(digits: str) -> str:
    """The IBAN of fourteen digits of a Finnish account."""
    return f"FI{98 - int(f'{digits}{_FINLAND}00') % 97:02d}{digits}"


def is_bic(value: str) -> bool:
    """Whether a text has the form of a BIC, its country included."""
    return BIC_FORM.fullmatch(value) is not None and _is_country(value[4:6])


def _is_country(code: str) -> bool:
    """Whether banks of a country by that code take part in international payments: also Kosovo's, which no standard lists."""
    return code in countries() or code in UNOFFICIAL_COUNTRIES


def reference_check_digit(digits: str) -> str:
    """The check digit of a Finnish reference number, weights 7 3 1 from the right."""
    weights = (7, 3, 1)
    return str(-sum(int(d) * weights[i % 3] for i, d in enumerate(reversed(digits))) % 10)


def references_right(column: "pd.Series[str]") -> Mask:
    """Which cells are reference numbers of 4 to 20 digits with the right check digit; leading zeros do not change it."""
    right = matches(column, r"^\d{4,20}$")
    if right.any():
        padded = pc.utf8_lpad(to_arrow(column[right]), LONGEST_REFERENCE, "0")
        right[right] = (digits_of(padded, LONGEST_REFERENCE) @ _REFERENCE_WEIGHTS) % 10 == 0
    return right


def _read_compact(cells: Cells, field: Field, context: Context) -> Reading:
    after = translate(cells.text, lambda value: re.sub(r"\s", "", value).upper(), unless=r"^[A-Z0-9]*$")
    return changed("blanks_or_small_letters", cells.text, after)


def _read_account(cells: Cells, field: Field, context: Context) -> Reading:
    def tidy(value: str) -> str:
        bare = re.sub(r"[–−]", "-", re.sub(r"\s", "", value)).upper()
        return bare if OLD_FORM.fullmatch(bare) or re.fullmatch(r"[A-Z]{2}\d{2}[0-9A-Z]*", bare) else value

    return changed("account_form_changed", cells.text, translate(cells.text, tidy, unless=rf"{FINNISH_IBAN}|^$"))


def _right_account(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    finnish = matches(column, FINNISH_IBAN)
    right = np.zeros(len(column), bool)
    if finnish.any():
        right[finnish] = finnish_ibans_right(column[finnish])
    if not finnish.all():
        others = column[~finnish]
        right[~finnish] = per_distinct(others, lambda value: iban_valid(value) or _old_right(value)).astype(bool)
    return right


def _old_right(value: str) -> bool:
    return machine_form(value) is not None and len(value.partition("-")[2]) == WHOLE_SECOND_PART


def _explain_account(value: str, field: Field, context: Context) -> Fault:
    if OLD_FORM.fullmatch(value):
        digits = machine_form(value)
        if digits:
            return Fault("old_account_short", Severity.WARNING, suggestion=to_iban(digits))
        return Fault("account_check_digit")
    if RF_FORM.fullmatch(value):
        return Fault("reference_for_account")
    if value.startswith("FI") and len(value) != 18:
        return Fault("iban_length", details={"length": len(value)})
    if looks_like_iban(value):
        return Fault("iban_check_digits")
    return Fault("not_an_account")


def _explain_bic(value: str, field: Field, context: Context) -> Fault:
    return Fault("not_a_bic")


def _read_reference(cells: Cells, field: Field, context: Context) -> Reading:
    bare = translate(
        cells.text, lambda value: re.sub(r"\s", "", value).upper() if re.fullmatch(r"(?i)(RF)?[\s0-9]+", value) else value, unless=r"^\d*$"
    )
    reading = changed("blanks_inside", cells.text, bare)
    return Reading(bare, (*reading.remarks, lost_digits(Cells(bare, cells.types))))


def reference_fault(value: str) -> Fault | None:
    """What is to be said about a Finnish reference number."""
    if RF_FORM.fullmatch(value):
        inside = value[4:].lstrip("0")
        right = inside.isdigit() and len(inside) >= 4 and reference_check_digit(inside[:-1]) == inside[-1]
        return Fault("rf_reference", suggestion=inside if right else None)
    if not re.fullmatch(r"\d{2,20}", value):
        return Fault("not_a_reference")
    right_digit = reference_check_digit(value[:-1])
    if right_digit != value[-1]:
        return Fault("reference_check_digit", suggestion=value[:-1] + right_digit)
    return Fault("reference_short", Severity.WARNING) if len(value) < 4 else None


def _explain_reference(value: str, field: Field, context: Context) -> Fault:
    return reference_fault(value) or Fault("not_a_reference")


ACCOUNT = Kind(_read_account, _right_account, _explain_account)
BIC = Kind(_read_compact, right_where(is_bic), _explain_bic)
REFERENCE = Kind(_read_reference, lambda column, field, context: references_right(column), _explain_reference)
