"""Kinds of values: how each is read, judged, explained and written. A field names its kind in its schema."""

from functools import cache

from csvimport.columns import text_series
from csvimport.context import Context
from csvimport.kinds import accounting, addresses, bank, codes, dates, identifiers, numbers, payroll
from csvimport.kinds.base import Kind, never_right
from csvimport.shapes import Field

TEXT = Kind()
UNUSED = Kind(right=never_right)

KINDS: dict[str, Kind] = {
    "text": TEXT,
    "constant": TEXT,
    "unused": UNUSED,
    "dimension_name": TEXT,
    "item_name": TEXT,
    "filename": TEXT,
    "decimal": numbers.DECIMAL,
    "integer": numbers.INTEGER,
    "date": dates.DATE,
    "flag": codes.CODE,
    "code": codes.CODE,
    "word": codes.WORD,
    "country": codes.COUNTRY,
    "currency": codes.CURRENCY,
    "business_id_any": identifiers.ANY_IDENTIFIER,
    "hetu": identifiers.IDENTITY_CODE,
    "employee_id": payroll.EMPLOYEE_ID,
    "salary_type": payroll.SALARY_TYPE,
    "hours": payroll.HOURS,
    "tax_number": payroll.TAX_NUMBER,
    "tyel_agreement": payroll.TYEL_AGREEMENT,
    "customer_number": identifiers.CUSTOMER_NUMBER,
    "postal_code": identifiers.POSTAL_CODE,
    "edi": identifiers.EDI,
    "operator": identifiers.OPERATOR,
    "e_invoice_address": identifiers.E_INVOICE_ADDRESS,
    "iban_or_bban": bank.ACCOUNT,
    "bic": bank.BIC,
    "reference_number": bank.REFERENCE,
    "account": accounting.LEDGER_ACCOUNT,
    "payment_term": accounting.PAYMENT_TERM,
    "vat_percent": accounting.VAT_PERCENT,
    "vat_status": accounting.VAT_STATUS,
    "address": addresses.ADDRESS,
    "email": addresses.EMAIL,
}


@cache
def takes_words(field: Field) -> bool:
    """Whether any text is right for a field, unlike for numbers, dates and codes."""
    return bool(KINDS[field.reader].right(text_series(["Yhteensä"]), field, Context())[0])
