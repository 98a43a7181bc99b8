"""Addresses: an e-mail address, and the strings of parts joined by backslashes."""

import re
from collections.abc import Mapping, Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from csvimport import columns as col
from csvimport.columns import matches, per_distinct, replace, to_arrow, translate
from csvimport.context import Context
from csvimport.findings import Mask
from csvimport.kinds.base import Cells, Fault, Kind, Reading, changed
from csvimport.kinds.codes import countries, country_code, explain_country
from csvimport.messages import phrase
from csvimport.settings import LANGUAGES
from csvimport.severity import Severity
from csvimport.shapes import Field

NAME_ADDRESS = "name_address"
SEPARATOR = "\\"
PARTS = ("name", "specifier", "street", "postal_code", "city", "country")
SCREEN_LIMITS = {"name": 80, "specifier": 80, "street": 80, "postal_code": 20, "city": 40}

_EMAIL = r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9ÅÄÖåäö](?:[A-Za-z0-9ÅÄÖåäö-]*[A-Za-z0-9ÅÄÖåäö])?\.)+[A-Za-z]{2,}$"


def parts_of(form: str) -> tuple[str, ...]:
    """The parts that an address of a form can have."""
    return PARTS if form == NAME_ADDRESS else PARTS[1:]


def part_names(form: str, count: int) -> tuple[str, ...] | None:
    """The parts of an address of that form by their number; None for a number it cannot have."""
    names = parts_of(form)
    if count == len(names):
        return names
    return tuple(n for n in names if n != "specifier") if count == len(names) - 1 else None


def join(parts: "Mapping[str, pd.Series[str]]", form: str) -> "pd.Series[str]":
    """Columns of parts as one column of address strings; rows without any part stay empty, the specifier only where filled."""
    empty = col.blank(len(next(iter(parts.values()))))
    named = {name: parts.get(name, empty) for name in parts_of(form)}
    arrays = {name: to_arrow(column) for name, column in named.items()}
    long = col.join(arrays.values(), SEPARATOR)
    short = col.join((a for name, a in arrays.items() if name != "specifier"), SEPARATOR)
    any_part = pc.greater(pc.binary_length(col.join(arrays.values(), "")), 0)
    chosen = pc.if_else(pc.equal(pc.binary_length(arrays["specifier"]), 0), short, long)
    return col.from_arrow(pc.if_else(any_part, chosen, pa.scalar("", pa.large_string())))


def _read(cells: Cells, field: Field, context: Context) -> Reading:
    def tidy(value: str) -> str:
        parts = [part.strip() for part in value.split(SEPARATOR)]
        if part_names(field.form, len(parts)):
            parts[-1] = country_code(parts[-1], names=context.table)
        return SEPARATOR.join(parts)

    return changed("address_form", cells.text, translate(cells.text, tidy, unless=r"^$|^[^\\ ](?:[^\\]|[^\\ ]\\[^\\ ])*\\[A-Z]{2}$"))


def _right(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    return per_distinct(column, lambda value: _fault(value, field) is None).astype(bool)


def _explain(value: str, field: Field, context: Context) -> Fault:
    return _fault(value, field) or Fault("address_parts")


def _fault(value: str, field: Field) -> Fault | None:
    if field.max_length and len(value) > field.max_length:
        return None  # its length is told
    values = value.split(SEPARATOR)
    names = part_names(field.form, len(values))
    if names is None:
        most = len(parts_of(field.form)) - 1
        return Fault("address_parts", details={"count": len(values) - 1, "least": most - 1, "most": most, "order": _order(field)})
    parts = dict(zip(names, values, strict=True))
    if parts["country"] and parts["country"] not in countries():
        fault = explain_country(parts["country"], field, Context())
        severity = Severity.WARNING if fault.severity else None
        fixed = SEPARATOR.join([*values[:-1], fault.suggestion]) if fault.suggestion else None
        return Fault("address_country", severity, fixed, {"country": parts["country"]}, part="country")
    if not parts["country"]:
        return Fault("address_without_country", Severity.WARNING, part="country")
    empty = [name for name in names if not parts[name]]
    if empty:
        return Fault("address_part_empty", Severity.WARNING, details={"part": _titles(empty[:1])}, part=empty[0])
    if parts["country"] == "FI" and not re.fullmatch(r"\d{5}", parts["postal_code"]):
        swapped = {**parts, "postal_code": parts["city"], "city": parts["postal_code"]}
        right = re.fullmatch(r"\d{5}", parts["city"])
        return Fault(
            "address_swapped",
            Severity.WARNING,
            SEPARATOR.join(swapped.values()) if right else None,
            {"order": _order(field)},
            part="postal_code",
        )
    for name, limit in SCREEN_LIMITS.items():
        if len(parts.get(name, "")) > limit:
            return Fault("address_part_long", Severity.WARNING, details={"part": _titles([name]), "max": limit}, part=name)
    return None


def _order(field: Field) -> Mapping[str, str]:
    """The parts that an address of the field must have, in their order."""
    return _titles([name for name in parts_of(field.form) if name != "specifier"])


def _titles(names: Sequence[str]) -> Mapping[str, str]:
    """Parts of an address as people call them in each language."""
    return {lang: SEPARATOR.join(phrase(f"template_part_{name}", lang) for name in names) for lang in LANGUAGES}


def _read_email(cells: Cells, field: Field, context: Context) -> Reading:
    return changed("email_form", cells.text, replace(cells.text, "(?i)^mailto:", ""))


def _right_email(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    return matches(column, _EMAIL) & ~matches(column, r"\.\.|^\.|\.@")


def _explain_email(value: str, field: Field, context: Context) -> Fault:
    if value.count("@") > 1:
        first = re.split(r"[,;\s]+", value)[0]
        return Fault("several_emails", suggestion=first if re.match(_EMAIL, first) else None)
    inside = re.search(r"<([^<>\s]+@[^<>\s]+)>", value)
    return Fault("not_an_email", suggestion=inside[1] if inside else None)


ADDRESS = Kind(_read, _right, _explain)
EMAIL = Kind(_read_email, _right_email, _explain_email)
