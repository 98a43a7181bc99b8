"""Numbers of companies and people: business ID, VAT number, personal identity code, EDI code.

Sources: Finnish Patent and Registration Office (business ID), Digital and Population Data Services Agency (identity code,
reform of 2023), TIEKE (EDI code). The check digits are those of python-stdnum; the business ID's is also done on whole columns.
"""

import datetime as dt
import re

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError
from stdnum.fi import ytunnus

from csvimport.columns import by_blocks, differ, digits_of, lengths, matches, per_distinct, replace, to_arrow, translate
from csvimport.context import Context
from csvimport.findings import Mask
from csvimport.kinds.bank import iban_valid, is_bic, looks_like_iban
from csvimport.kinds.base import Cells, Fault, Kind, Reading, Remark, changed, lost_digits, right_where
from csvimport.masking import EU_VAT_FORM, holds_identity_code
from csvimport.severity import Severity
from csvimport.shapes import Field

BUSINESS_ID_FORM = r"^\d{7}-\d$"
IDENTITY_CODE_FORM = r"^\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]$"
LIKE_IDENTITY_CODE = r"^\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]$"
_NOTATIONS = {"business_id_notation": BUSINESS_ID_FORM, "identity_code_notation": IDENTITY_CODE_FORM, "vat_number_notation": EU_VAT_FORM}
_INCOMPLETE_CODE = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d[-+A-FU-Y]\d{3}[0-9A-Z]?"
)  # a zero or the check character lost
EDI_FORM = r"^\d{12,17}$"
E_INVOICE_ADDRESS_LENGTH = 35

_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2])
_CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_CENTURIES = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}


def business_ids_right(column: "pd.Series[str]") -> Mask:
    """Which cells are business IDs in canonical form with the right check digit (weights 7 9 10 5 8 4 2, modulo 11)."""
    return by_blocks(column, _business_ids_right)


def _business_ids_right(column: "pd.Series[str]") -> Mask:
    right = matches(column, BUSINESS_ID_FORM)
    if right.any():
        digits = digits_of(to_arrow(column[right]), 9)
        rest = digits[:, :7] @ _WEIGHTS % 11
        right[right] = digits[:, 8] == np.where(rest == 0, 0, 11 - rest)  # a rest of 1 asks for 10, which is no digit
    return right


def business_id_check_digit(digits: str) -> str | None:
    """The check digit for seven digits; None for a number that is never issued."""
    rest = sum(int(d) * int(w) for d, w in zip(digits, _WEIGHTS, strict=True)) % 11
    return None if rest == 1 else str(0 if rest == 0 else 11 - rest)


def explain_business_id(value: str) -> Fault:
    """Why a text is no right business ID."""
    bare = re.sub(r"(?i)^\s*FI|[\s-]", "", value)
    if ytunnus.is_valid(bare):
        return Fault("business_id_form", suggestion=f"{bare[:7]}-{bare[7]}")
    if re.fullmatch(r"\d{6}-\d", value) and ytunnus.is_valid(f"0{bare}"):
        return Fault("business_id_form", suggestion=f"0{value}")
    if re.fullmatch(r"\d{7}-\d", value):
        right = business_id_check_digit(bare[:7])
        return Fault("business_id_check_digit", suggestion=f"{bare[:7]}-{right}" if right else None)
    if re.match(IDENTITY_CODE_FORM, value):
        return Fault("identity_code_for_business_id")
    return Fault("business_id_form")


def explain_identity_code(value: str) -> Fault | None:
    """What is to be said about a personal identity code; None when it is right and not a test code."""
    if not re.match(LIKE_IDENTITY_CODE, value):
        return Fault("identity_code_form")
    day, month, year = int(value[:2]), int(value[2:4]), _CENTURIES[value[6]] + int(value[4:6])
    try:
        dt.date(year, month, day)
    except ValueError:
        return Fault("identity_code_date")
    right = _CHECK_CHARACTERS[int(value[:6] + value[7:10]) % 31]
    if value[10] != right:
        return Fault("identity_code_check", details={"right": right})
    if value[7] == "9":
        return Fault("identity_code_temporary", Severity.WARNING)
    return None if int(value[7:10]) >= 2 else Fault("identity_code_form")


def meant_as_identity_code(column: "pd.Series[str]") -> Mask:
    """Which cells are identity codes, or evidently meant as one: with a blank or a letter for a digit, without a sign, in a sentence."""
    meant = matches(column, LIKE_IDENTITY_CODE)
    others = ~meant & ~matches(column, r"^\d*$")
    meant[others] = per_distinct(column[others], lambda value: holds_identity_code(value) or bool(_INCOMPLETE_CODE.fullmatch(value)))
    return meant


def vat_number_right(value: str) -> bool:
    """Whether a VAT number of the European Union passes its country's check."""
    try:
        eu_vat.validate(value)
    except ValidationError:
        return False
    return True


def _read_any(cells: Cells, field: Field, context: Context) -> Reading:
    """Blanks and small letters of business IDs, identity codes and VAT numbers; other numbers stay as they are."""
    tidy = translate(cells.text, _tidy, unless=rf"{BUSINESS_ID_FORM}|{IDENTITY_CODE_FORM}|^$")
    other = differ(cells.text, tidy)
    remarks = (Remark(problem, other & matches(tidy, form), as_is=Severity.ERROR) for problem, form in _NOTATIONS.items())
    return Reading(tidy, tuple(remarks) if other.any() else ())


def _tidy(value: str) -> str:
    bare = re.sub(r"[–−]", "-", re.sub(r"\s", "", value)).upper()
    return bare if any(re.match(form, bare) for form in _NOTATIONS.values()) else value


def read_digits(cells: Cells, field: Field, context: Context) -> Reading:
    """A code of digits, blanks removed; what spreadsheets do to long numbers is an error."""
    before = cells.text
    bare = translate(before, lambda v: re.sub(r"\s", "", v) if re.fullmatch(r"[\s0-9A-Za-z-]+", v) else v, unless=r"^\S*$")
    reading = changed("blanks_inside", before, bare)
    return Reading(bare, (*reading.remarks, lost_digits(Cells(bare, cells.types))))


def _edi_right(value: str) -> bool:
    return explain_edi(value) is None


def explain_edi(value: str) -> Fault | None:
    """What is to be said about an EDI code (OVT): form, and the business ID inside a Finnish one."""
    bare = re.sub(r"\D", "", value)
    whole = f"00{bare}" if re.fullmatch(r"37\d{8,13}", bare) else bare
    if not re.match(EDI_FORM, value):
        return Fault("edi_form", suggestion=whole if re.match(EDI_FORM, whole) and whole.startswith("0037") else None)
    if whole != value and ytunnus.is_valid(whole[4:12]):
        return Fault("edi_zeros", Severity.WARNING, whole)
    if value.startswith("0037") and not ytunnus.is_valid(value[4:12]):
        return Fault("edi_check_digit", Severity.WARNING)
    return None


def _explain_edi(value: str, field: Field, context: Context) -> Fault:
    return explain_edi(value) or Fault("edi_form")


def _operators_right(value: str) -> bool:
    return is_bic(value) if not value.isdigit() else _edi_right(value)


def _explain_operator(value: str, field: Field, context: Context) -> Fault:
    fault = explain_edi(value)
    return fault if fault and fault.problem == "edi_check_digit" else Fault("operator_form", suggestion=fault.suggestion if fault else None)


def _address_right(value: str) -> bool:
    return _address_fault(value) is None


def _address_fault(value: str) -> Fault | None:
    if re.search(r"\s", value):
        return Fault("e_invoice_address_blanks")
    if value.startswith("0037") and value.isdigit():
        fault = explain_edi(value)
        return fault and Fault("e_invoice_address_edi", Severity.WARNING)
    if value.startswith("37") and explain_edi(f"00{value}") is None:
        return Fault("e_invoice_address_edi", Severity.WARNING, f"00{value}")
    if looks_like_iban(value) and not iban_valid(value):
        return Fault("e_invoice_address_iban", Severity.WARNING)
    if len(value) > E_INVOICE_ADDRESS_LENGTH:
        return Fault("e_invoice_address_long", Severity.WARNING, details={"max": E_INVOICE_ADDRESS_LENGTH})
    return None


def _explain_address(value: str, field: Field, context: Context) -> Fault:
    return _address_fault(value) or Fault("e_invoice_address_blanks")


def _right_edi(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    """Which cells are EDI codes; the business ID inside Finnish ones is checked on the whole column."""
    right = matches(column, EDI_FORM)
    finnish = right & np.asarray(pc.starts_with(to_arrow(column), "0037"))
    if finnish.any():
        inside = replace(column[finnish], r"^0037(\d{7})(\d).*$", r"\1-\2")
        right[finnish] = business_ids_right(inside)
    without_zeros = matches(column, r"^37\d{10,13}$")
    if without_zeros.any():
        right[without_zeros] = ~business_ids_right(replace(column[without_zeros], r"^37(\d{7})(\d).*$", r"\1-\2"))
    return right


def _read_number_text(cells: Cells, field: Field, context: Context) -> Reading:
    return Reading(cells.text, (lost_digits(cells),))


def _right_identity_code(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    too_long = lengths(column) > field.max_length if field.max_length else np.zeros(len(column), bool)
    return too_long | right_where(lambda value: explain_identity_code(value) is None)(column, field, context)


def _explain_identity_code(value: str, field: Field, context: Context) -> Fault:
    return explain_identity_code(value) or Fault("identity_code_form")


def known_identifier(column: "pd.Series[str]") -> "tuple[Mask, Mask]":
    """Which cells have the form of a right business ID, and which that of a personal identity code."""
    return business_ids_right(column), matches(column, IDENTITY_CODE_FORM)


ANY_IDENTIFIER = Kind(_read_any)
IDENTITY_CODE = Kind(_read_any, _right_identity_code, _explain_identity_code)
EDI = Kind(read_digits, _right_edi, _explain_edi)
OPERATOR = Kind(read_digits, right_where(_operators_right), _explain_operator)
E_INVOICE_ADDRESS = Kind(read_digits, right_where(_address_right), _explain_address)
CUSTOMER_NUMBER = Kind(_read_number_text)
POSTAL_CODE = Kind(_read_number_text)
