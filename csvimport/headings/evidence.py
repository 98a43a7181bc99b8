"""What the cells of a column are evidence of: accounts, business IDs, dates, e-mail addresses."""

import re
from collections.abc import Callable

import pandas as pd

from csvimport.columns import filled, matches
from csvimport.kinds.bank import iban_valid
from csvimport.kinds.dates import long_form, parse
from csvimport.kinds.identifiers import business_ids_right, explain_identity_code
from csvimport.schema import Schema
from csvimport.shapes import Field

LEAST = 3
GLANCE = 50  # cells that are looked at where a heading is known and only to be contradicted
LOOKED_AT = 1000

# Kinds of fields that a likeness of headings says nothing about: a VAT number is no business ID, a reference no account.
IDENTIFIERS = frozenset(
    [
        "business_id_any",
        "hetu",
        "employee_id",
        "customer_number",
        "iban_or_bban",
        "bic",
        "reference_number",
        "edi",
        "operator",
        "e_invoice_address",
        "account",
        "salary_type",
        "tax_number",
        "tyel_agreement",
    ]
)

# Headings of numbers and codes, which are told apart by a letter or two.
NAMES_OF_IDENTIFIERS = re.compile(r"(?i)numer|number|nummer|tunnus|viite|viitt|referen|tilin|konto|kood|code|\bid\b|n(?:ro|r)\b|\bno\b")


def _each(test: Callable[[str], bool]) -> "Callable[[pd.Series[str]], bool]":
    """Whether every cell passes; it ends at the first that does not."""
    return lambda cells: all(map(test, cells))


_EVERY: "dict[str, Callable[[pd.Series[str]], bool]]" = {
    "iban": _each(lambda text: iban_valid(text.replace(" ", "").upper())),
    "business_id": lambda cells: bool(business_ids_right(cells).all()),
    "identity_code": _each(lambda text: (fault := explain_identity_code(text)) is None or fault.severity is not None),
    "date": _each(lambda text: parse(long_form(text)) is not None),
    "postal": _each(lambda text: re.fullmatch(r"(?:FI-)?\d{5},? [^\W\d_].*", text) is not None),
    "email": lambda cells: bool(matches(cells, r"^[^@\s;,]+@[^@\s;,]+\.[A-Za-z]{2,}$").all()),
}
_KINDS = {
    "iban": ("iban_or_bban",),
    "business_id": ("business_id_any",),
    "identity_code": ("hetu", "employee_id", "business_id_any"),
    "date": ("date",),
    "email": ("email",),
    "postal": (),
}


def shown_by(column: "pd.Series[str]") -> str:
    """What all filled cells of a column are, at least three different ones: iban, business_id, identity_code, date, postal (code and town), email, or "".

    The first thousand cells are looked at.
    """
    cells = column.iloc[:LOOKED_AT]
    cells = cells.str.strip().drop_duplicates()
    cells = cells[filled(cells)]
    if len(cells) < LEAST:
        return ""
    return next((name for name, test in _EVERY.items() if test(cells)), "")


def fields_for(shown: str, schema: Schema) -> list[tuple[str, Field]]:
    """The fields that hold what the cells are, with the names of their records."""
    kinds = _KINDS.get(shown, ())
    return [(record.name, f) for record in schema.records for f in record.fields if f.kind in kinds]


def speaks_against(shown: str, field: Field) -> bool:
    """Whether cells that are evidence of something else contradict a field."""
    return bool(shown) and field.kind not in _KINDS[shown]


def contradicting(column: "pd.Series[str]", field: Field) -> str:
    """A cell of a column whose cells are all evidence of something else than its field; "" when there is none.

    Only fields are looked at whose own cells would be evidence.
    """
    if not any(field.kind in kinds for kinds in _KINDS.values()):
        return ""
    cells = column.iloc[:LOOKED_AT]
    cells = cells[filled(cells)].iloc[:GLANCE]
    return str(cells.iloc[0]) if speaks_against(shown_by(cells), field) else ""
