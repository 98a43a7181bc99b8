"""Repairs that need more than one field: done before the checks, each with a note, never under ``check --as-is``."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from csvimport import columns as col
from csvimport.context import Context
from csvimport.findings import Finding
from csvimport.kinds.identifiers import IDENTITY_CODE_FORM, business_ids_right
from csvimport.read.sheet import NUMBERS
from csvimport.records import Data
from csvimport.rules import budgets
from csvimport.rules.subject import Subject
from csvimport.severity import Severity

Repair = Callable[[Subject], tuple[Data, list[Finding]]]


def repair(data: Data, context: Context) -> tuple[Data, list[Finding]]:
    """The data with every repair of its schema's rules done, and what was done."""
    findings: list[Finding] = []
    for rule in (*data.schema.applies, *data.schema.rules):
        for use in rule.repairs:
            data, done = REPAIRS[use.use](Subject(data, rule, use, context))
            findings += done
    return data, findings


def _first_cell(subject: Subject) -> tuple[Data, list[Finding]]:
    """The first cell of the file must be filled: by the type that the number shows, or by moving a record that has one.

    Fields: the first field, the number.
    """
    table, data = subject.table, subject.data
    key, number = subject.check.fields
    if not len(table) or any(len(t) and t.order.min() < table.order.min() for t in data.tables.values()):
        return data, []
    first = np.arange(len(table)) == int(np.argmin(table.order))
    filled = col.filled(table.text[key])
    if filled[first].any():
        return data, []
    if subject.context.as_is:
        return data, list(subject.finding(key, first))
    kind = _shown_type(table.text[number][first])
    if kind:
        done = table.finding(subject.rule.id, "first_type_written", Severity.NOTE, key, first, written=kind)
        return data.with_table(table.with_column(key, col.put(table.text[key], first, kind))), [done]
    if not filled.any():
        return data, list(subject.finding(key, first))
    moved = np.arange(len(table)) == int(np.flatnonzero(filled)[0])
    done = table.finding(subject.rule.id, "first_record_moved", Severity.NOTE, key, moved)
    return _to_front(data, table.record.name, moved), [done]


def _shown_type(number: "pd.Series[str]") -> str:
    if business_ids_right(number).any():
        return "FI"
    return "SSN" if col.matches(number, IDENTITY_CODE_FORM).any() else ""


def _to_front(data: Data, record: str, moved: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> Data:
    """The data with one record, and what belongs to it, before all others."""
    shift = 1 + max(int(t.order.max()) for t in data.tables.values() if len(t))
    for table in data.tables.values():
        own = moved if table.record.name == record else moved[table.parent] if table.parent is not None else None
        if own is not None:
            data = data.with_table(replace(table, order=np.where(own, table.order - shift, table.order)))
    return data


def _postal_code_zeros(subject: Subject) -> tuple[Data, list[Finding]]:
    """Zeros that a numeric cell lost: a postal code of three or four digits in Finland. Fields: postal code, country.

    Without a country the code is completed with a warning.
    """
    table, data = subject.table, subject.data
    key, country = subject.check.fields
    if key not in table.types or subject.context.as_is:
        return data, []
    column = table.text[key]
    short = np.isin(table.types[key], NUMBERS) & col.matches(column, r"^\d{3,4}$")
    short &= col.one_of(table.text[country], ("FI", ""))
    if not short.any():
        return data, []
    done = col.put(column, short, col.from_arrow(pc.utf8_lpad(col.to_arrow(column[short]), 5, "0")))
    sure = short & col.filled(table.text[country])
    findings = [
        table.finding(subject.rule.id, "postal_code_zeros", severity, key, mask, written=done[mask].to_numpy(object))
        for mask, severity in ((sure, Severity.NOTE), (short & ~sure, Severity.WARNING))
        if mask.any()
    ]
    return data.with_table(table.with_column(key, done)), findings


def _business_id_hyphen(subject: Subject) -> tuple[Data, list[Finding]]:
    """A Finnish business ID without its hyphen, or of six digits, whose check digit is right. Field: the number."""
    table, data = subject.table, subject.data
    key = subject.check.fields[0]
    column = table.text[key]
    bare = col.matches(column, r"^\d{8}$|^\d{6}-\d$|^\d{7}$") & subject.selected()
    if not bare.any():
        return data, []
    digits = pc.utf8_lpad(pc.replace_substring(col.to_arrow(column[bare]), "-", ""), 8, "0")
    whole = col.replace(col.from_arrow(digits), r"^(\d{7})(\d)$", r"\1-\2")
    right = business_ids_right(whole)
    mask = bare.copy()
    mask[bare] = right
    if not mask.any():
        return data, []
    severity = subject.rule.as_is if subject.context.as_is else Severity.NOTE
    written = whole[right].to_numpy(object)
    done = table.finding(subject.rule.id, "business_id_completed", severity, key, mask, written, written=written)
    return data.with_table(table.with_column(key, col.put(column, mask, whole[right]))), [done]


def _key_written(subject: Subject) -> tuple[Data, list[Finding]]:
    """The key that tells the records of a table apart also stands for a field that has no column of its own."""
    table, data = subject.table, subject.data
    key = subject.check.fields[0]
    if table.keys is None or table.has_column(key):
        return data, []
    mask = subject.selected() & col.filled(table.keys)
    if not mask.any():
        return data, []
    written = col.put(table.text[key], mask, table.keys[mask])
    return data.with_table(table.with_column(key, written)), list(subject.about_file(problem="key_written"))


REPAIRS: dict[str, Repair] = {
    "type_by_dimension": budgets.type_by_dimension,
    "turn_signs": budgets.turn_signs,
    "round_months": budgets.round_months,
    "fill_months": budgets.fill_months,
    "key_written": _key_written,
    "first_cell": _first_cell,
    "postal_code_zeros": _postal_code_zeros,
    "business_id_hyphen": _business_id_hyphen,
}
