"""Identifiers that depend on other fields: which number a type asks for, and numbers that must agree."""

import calendar
import re
from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.findings import Finding, Mask
from csvimport.kinds import identifiers as ids
from csvimport.kinds.base import Fault
from csvimport.masking import EU_VAT_FORM
from csvimport.rules.subject import Subject, check
from csvimport.severity import Severity

_FINNISH_NUMBER = r"^(?:0037(\d{7})(\d)\d{0,5}|(?:FI)?(\d{7})-?(\d))$"

_NO_IDENTIFIER = r"^\d{6,8}-?\w$|^[^\d]+$"  # like a business ID, or without any digit


@check
def business_id(subject: Subject) -> Iterable[Finding]:
    """The field must be a Finnish business ID with its hyphen and the right check digit."""
    key = subject.check.fields[0]
    column = subject.column(key)
    wrong = subject.selected() & col.filled(column) & ~ids.business_ids_right(column)
    yield from faults(subject, key, wrong, ids.explain_business_id)


@check
def identity_code(subject: Subject) -> Iterable[Finding]:
    """The field must be a right personal identity code; ``birth_date``: a date of birth is accepted with a warning."""
    key = subject.check.fields[0]
    birth_date = bool(subject.option("birth_date", False))

    def explain(value: str) -> Fault | None:
        if birth_date and _is_birth_date(value):
            return Fault("birth_date", Severity.WARNING)
        if ids.business_ids_right(col.text_series([value]))[0]:
            return Fault("business_id_for_identity_code")
        return ids.explain_identity_code(value)

    yield from faults(subject, key, subject.selected() & col.filled(subject.column(key)), explain)


def _is_birth_date(value: str) -> bool:
    """Whether a text is a day of the calendar in the form ddmmyy or dd.mm.yyyy."""
    found = re.fullmatch(r"(\d{2})(\d{2})(\d{2})|(\d{1,2})\.(\d{1,2})\.(\d{4})", value)
    if not found:
        return False
    day, month, year = (int(part) for part in found.groups() if part)
    return month in range(1, 13) and 1 <= day <= calendar.monthrange(year, month)[1]  # year 24 has the leap day of 2024, and so on


@check
def vat_number(subject: Subject) -> Iterable[Finding]:
    """The field should be a VAT number that passes its country's check."""
    key = subject.check.fields[0]

    def explain(value: str) -> Fault | None:
        return None if ids.vat_number_right(value) else Fault("vat_number")

    shaped = col.matches(subject.column(key), EU_VAT_FORM)
    yield from faults(subject, key, subject.selected() & shaped, explain)


@check
def identifier_without_type(subject: Subject) -> Iterable[Finding]:
    """The type is missing though the number shows it, or the number is none: a mistyped business ID, words. Fields: the type, the number."""
    type_key, key = subject.check.fields
    column = subject.column(key)
    company, person = ids.known_identifier(column)
    without = subject.selected() & ~col.filled(subject.column(type_key))
    lacking = without & (company | person)
    suggestions = np.where(company[lacking], "FI", "SSN").astype(object)
    problem = "" if subject.table.has_column(type_key) else "type_column_missing"
    yield from subject.finding(type_key, lacking, suggestions=suggestions, once=True, problem=problem, count=int(lacking.sum()))
    yield from subject.finding(key, without & ~lacking & col.matches(column, _NO_IDENTIFIER), problem="identifier_wrong")


@check
def same_company(subject: Subject) -> Iterable[Finding]:
    """The Finnish business IDs inside the fields must be the same; the first field is compared with each of the others."""
    first, *others = subject.check.fields
    own = business_id_inside(subject.column(first))
    for key in others:
        inside = business_id_inside(subject.column(key))
        differs = subject.selected() & col.filled(own) & col.filled(inside) & col.differ(own, inside)
        yield from subject.finding(key, differs, other=subject.column(first)[differs].to_numpy(object))


def business_id_inside(column: "pd.Series[str]") -> "pd.Series[str]":
    """The business ID in a right business ID, VAT number or EDI code; "" where there is none."""
    inside = col.replace(column, _FINNISH_NUMBER, r"\1\3-\2\4")
    return col.put(inside, ~ids.business_ids_right(inside), "")


def faults(subject: Subject, key: str, mask: Mask, explain: Callable[[str], Fault | None]) -> Iterable[Finding]:
    """Findings of what a function says about the distinct values of the mask.

    The code is the rule's own, unless the schema gives the problem to another one.
    """
    at = np.flatnonzero(mask)
    said = col.per_distinct(subject.column(key)[mask], explain)
    schema, field = subject.data.schema, subject.table.record[key]
    for problem in dict.fromkeys(fault.problem for fault in said if fault is not None):
        chosen = np.array([fault is not None and fault.problem == problem for fault in said])
        here = np.zeros(len(mask), bool)
        here[at[chosen]] = True
        group = said[chosen]
        weight = group[0].severity
        code = field.codes.get(problem) or schema.codes.get(problem) or subject.rule.id
        details = {name: np.array([fault.details[name] for fault in group], object) for name in group[0].details}
        suggestions = np.array([fault.suggestion for fault in group], object)
        yield subject.table.finding(code, problem, weight or subject.severity, key, here, suggestions, **details)
