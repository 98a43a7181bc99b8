"""Rules of the invoice file about what Procountor finds by itself: partners, products and items of its registers."""

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.findings import Finding, Mask, Places
from csvimport.kinds import identifiers as ids
from csvimport.kinds.base import Fault
from csvimport.masking import EU_VAT_FORM
from csvimport.rules.identity import business_id_inside, faults
from csvimport.rules.registers import nearest_items
from csvimport.rules.subject import Subject, check
from csvimport.severity import Severity
from csvimport.suggest import nearest


def _counts(subject: Subject, key: str) -> Mask:
    """On which invoices Procountor takes a field for a key; ``not_on``: a type on which it does not."""
    kind = subject.option("not_on", {}).get(key)
    return np.asarray((subject.column("invoice_type") != kind).to_numpy(), bool)


def _keys_given(subject: Subject) -> Mask:
    """Which invoices have a key by which Procountor can match them to a partner."""
    given: Mask = np.logical_or.reduce([col.filled(subject.column(key)) & _counts(subject, key) for key in subject.option("keys")])
    return given


def _in_register(subject: Subject) -> Places:
    """The partner of the register that each invoice matches by the first key that it has, -1 for none."""
    known = subject.context.registers.partners
    found = np.full(len(subject.table), -1)
    for key in subject.option("keys"):
        place = {value: at for at, value in reversed(list(enumerate(_comparable(known[key])))) if value}
        at = np.array([place.get(value, -1) for value in _comparable(subject.column(key))], np.int64)
        found = np.where((found < 0) & _counts(subject, key), at, found)
    return found


def _comparable(column: "pd.Series[str]") -> "pd.Series[str]":
    """Business IDs and Finnish VAT numbers in one form; other keys as they are."""
    inside = business_id_inside(column)
    return col.put(column, col.filled(inside), inside[col.filled(inside)])


@check
def required_unless_matched(subject: Subject) -> Iterable[Finding]:
    """A field that Procountor takes from the register when it matches the invoice to a partner.

    An error when there is no such partner or it lacks the value too (``register``: its fields), a warning when the invoice has
    a key and no register tells. ``at``: the field to report at, when it is another than the missing one.
    """
    key, known = subject.check.fields[0], subject.context.registers.partners
    missing = subject.selected() & ~col.filled(subject.column(key))
    if not missing.any():
        return
    unsure = missing & _keys_given(subject) & known.empty
    there = np.zeros(len(missing), bool)
    if len(known):
        match = _in_register(subject)
        for name in subject.option("register", ()):
            there |= (match >= 0) & (known[name].to_numpy(object)[match] != "")
    for mask, severity in ((missing & ~unsure & ~there, Severity.ERROR), (unsure, Severity.WARNING)):
        for finding in subject.finding(subject.option("at", key), mask, once=bool(mask.all())):
            yield finding.weighed(severity)


@check
def without_key(subject: Subject) -> Iterable[Finding]:
    """No key by which Procountor could match the invoice; with a register, no key that it knows."""
    yield from subject.finding(subject.check.fields[0], subject.selected() & ~_keys_given(subject))
    if not subject.context.registers.partners.empty:
        unknown = subject.selected() & _keys_given(subject) & (_in_register(subject) < 0)
        yield from subject.finding(subject.check.fields[0], unknown, problem="partner_not_in_register")


@check
def any_identifier(subject: Subject) -> Iterable[Finding]:
    """A business ID, VAT number or identity code, told by its form, that fails its check."""

    def explain(value: str) -> Fault | None:
        if re.fullmatch(r"\d{7}-\d", value):
            return None if ids.business_ids_right(col.text_series([value]))[0] else ids.explain_business_id(value)
        if re.fullmatch(r"\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]", value):
            return ids.explain_identity_code(value)
        return Fault("vat_number") if re.match(EU_VAT_FORM, value) and not ids.vat_number_right(value) else None

    key = subject.check.fields[0]
    yield from faults(subject, key, subject.selected(), explain)


@check
def key_of_another(subject: Subject) -> Iterable[Finding]:
    """The first key belongs to one partner of the register, the second to another."""
    key, identifier = subject.check.fields
    known = subject.context.registers.partners
    owner = dict(zip(known[key], known[identifier], strict=True))
    own = subject.column(identifier)
    other = np.array([owner.get(value, "") if value else "" for value in subject.column(key)], object)
    known_here = col.one_of(own, [value for value in known[identifier] if value])
    wrong = (other != "") & (other != own.to_numpy(object)) & known_here & subject.selected()
    yield from subject.finding(key, wrong, other=other[wrong])


@check
def product_in_register(subject: Subject) -> Iterable[Finding]:
    """The product code should be in the register; over 40 characters it cannot be."""
    key = subject.check.fields[0]
    column, known = subject.column(key), [code for code in subject.context.registers.products[key].unique() if code]
    long = col.lengths(column) > 40
    yield from subject.finding(key, long & subject.selected(), problem="product_code_long")
    if known:
        unknown = col.filled(column) & ~long & ~col.one_of(column, known) & subject.selected()
        suggestions = col.per_distinct(column[unknown], lambda value: nearest(value, known))
        yield from subject.finding(key, unknown, suggestions=suggestions)


@check
def item_known(subject: Subject) -> Iterable[Finding]:
    """Items that the register does not have are created; a nearly equal one is suggested. Without a register: near spellings."""
    known = subject.context.registers.dimensions
    dimension, key = subject.check.fields
    column = subject.column(key)
    if known.empty:
        return
    pairs = pd.MultiIndex.from_frame(subject.table.text[[dimension, key]])
    exists = pairs.isin(pd.MultiIndex.from_frame(known[["dimension_name", "item_name"]]))
    there = col.one_of(subject.column(dimension), known["dimension_name"].unique())
    new = col.filled(column) & ~exists & there & subject.selected()
    items = {str(name): group.tolist() for name, group in known.groupby("dimension_name")["item_name"]}
    yield from subject.finding(key, new, suggestions=nearest_items(subject.column(dimension)[new], column[new], items))
