"""Rules of the invoice file about what Procountor finds by itself: partners, products and items of its registers."""

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.findings import Finding, Mask
from csvimport.kinds import identifiers as ids
from csvimport.kinds.base import Fault
from csvimport.rules.identity import faults
from csvimport.rules.subject import Subject, check
from csvimport.severity import Severity
from csvimport.suggest import nearest


def _keys_given(subject: Subject) -> Mask:
    """Which invoices have a key by which Procountor can match them to a partner."""
    given = np.zeros(len(subject.table), bool)
    for key in subject.option("keys"):
        kind = subject.option("not_on", {}).get(key)
        counts = np.ones(len(given), bool) if kind is None else (subject.column("invoice_type") != kind).to_numpy()
        given |= col.filled(subject.column(key)) & counts
    return given


def _in_register(subject: Subject) -> Mask:
    """Which invoices a partner of the register has a key of."""
    known = subject.context.registers.partners
    found = np.zeros(len(subject.table), bool)
    for key in subject.option("keys"):
        kind = subject.option("not_on", {}).get(key)
        counts = np.ones(len(found), bool) if kind is None else (subject.column("invoice_type") != kind).to_numpy()
        values = [value for value in known[key].unique() if value]
        found |= col.one_of(subject.column(key), values) & counts
    return found


@check
def required_unless_matched(subject: Subject) -> Iterable[Finding]:
    """A field that Procountor takes from the register when it matches the invoice to a partner.

    An error when the invoice cannot be matched, a warning when it has a key and no register tells. ``at``: the field to report
    at, when it is another than the missing one.
    """
    key = subject.check.fields[0]
    missing = subject.selected() & ~col.filled(subject.column(key))
    given, known = _keys_given(subject), not subject.context.registers.partners.empty
    matched = _in_register(subject) if known else np.zeros(len(missing), bool)
    unsure = missing & given & (not known)
    for mask, severity in ((missing & ~given | missing & ~matched & known, Severity.ERROR), (unsure, Severity.WARNING)):
        for finding in subject.finding(subject.option("at", key), mask):
            yield finding.weighed(severity)


@check
def without_key(subject: Subject) -> Iterable[Finding]:
    """No key by which Procountor could match the invoice; with a register, no key that it knows."""
    yield from subject.finding(subject.check.fields[0], subject.selected() & ~_keys_given(subject))
    if not subject.context.registers.partners.empty:
        unknown = subject.selected() & _keys_given(subject) & ~_in_register(subject)
        yield from subject.finding(subject.check.fields[0], unknown, problem="partner_not_in_register")


@check
def any_identifier(subject: Subject) -> Iterable[Finding]:
    """A business ID, VAT number or identity code, told by its form, that fails its check."""

    def explain(value: str) -> Fault | None:
        if re.fullmatch(r"\d{7}-\d", value):
            return None if ids.business_ids_right(col.text_series([value]))[0] else ids.explain_business_id(value)
        if re.match(r"^\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]$", value):
            return ids.explain_identity_code(value)
        return Fault("vat_number") if re.match(ids.EU_VAT_FORM, value) and not ids.vat_number_right(value) else None

    key = subject.check.fields[0]
    yield from faults(subject, key, subject.selected() & col.filled(subject.column(key)), explain)


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
    names = known["item_name"].unique().tolist()
    yield from subject.finding(key, new, suggestions=col.per_distinct(column[new], lambda value: nearest(value, names)))
