"""Rules of the invoice file about its structure, dates, VAT rates, addresses and attachments."""

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.findings import Finding, Mask
from csvimport.kinds.base import Fault
from csvimport.kinds.dates import long_form, parse
from csvimport.kinds.numbers import as_decimal
from csvimport.kinds.vat import in_force
from csvimport.records import nearest_above
from csvimport.rules.common import repeated
from csvimport.rules.identity import faults
from csvimport.rules.subject import Subject, check
from csvimport.severity import Severity

LARGEST_ATTACHMENT = 10_000_000


@check
def has_row_above(subject: Subject) -> Iterable[Finding]:
    """A dimension record of a row must have a row of the same invoice above it."""
    table, rows = subject.table, subject.data[subject.option("row")]
    above = nearest_above(table, rows)
    alone = (above < 0) | (rows.owner[np.maximum(above, 0)] != table.owner) if len(rows) else np.ones(len(table), bool)
    yield from subject.finding(subject.check.fields[0], alone & subject.selected() & (table.owner >= 0), problem="row_missing_above")


@check
def without_children(subject: Subject) -> Iterable[Finding]:
    """Records below which no record of a kind stands."""
    alone = subject.selected() & ~_with_child(subject)
    yield from subject.finding(subject.check.fields[0], alone, once=bool(alone.all()))


@check
def with_children(subject: Subject) -> Iterable[Finding]:
    """Records below which a record of a kind stands."""
    yield from subject.finding(subject.check.fields[0], subject.selected() & _with_child(subject))


def _with_child(subject: Subject) -> Mask:
    owner = subject.data[subject.option("child")].owner
    mask = np.zeros(len(subject.table), bool)
    mask[owner[owner >= 0]] = True
    return mask


def _dates(column: "pd.Series[str]") -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    return col.per_distinct(column, parse)


@check
def not_before(subject: Subject) -> Iterable[Finding]:
    """The first date must come after the second; the same day is a warning."""
    key, other = subject.check.fields
    late, early = _dates(subject.column(key)), _dates(subject.column(other))
    both = (late != None) & (early != None) & subject.selected()  # noqa: E711
    before, same = np.zeros(len(both), bool), np.zeros(len(both), bool)
    before[both], same[both] = late[both] < early[both], late[both] == early[both]
    yield from subject.finding(key, before, other=subject.table.given[other][before].to_numpy(object))
    for finding in subject.finding(key, same, problem="due_same_day"):
        yield finding.weighed(Severity.WARNING)


@check
def not_before_open_date(subject: Subject) -> Iterable[Finding]:
    """The date must not lie before the first open day that the settings give."""
    key, first = subject.check.fields[0], parse(long_form(subject.context.settings.open_from))
    if first is not None:
        closed = col.per_distinct(subject.column(key), lambda value: (day := parse(value)) is not None and day < first)
        yield from subject.finding(key, closed.astype(bool) & subject.selected(), first=subject.context.settings.open_from)


@check
def begins_with_name(subject: Subject) -> Iterable[Finding]:
    """The address begins with the partner's name, which Procountor would take for the specifier."""
    key, name = subject.check.fields
    first = col.replace(subject.column(key), r"\\.*", "")
    same = col.filled(first) & ~col.differ(first, subject.column(name)) & subject.selected()
    yield from subject.finding(key, same)


@check
def ignored_unless_default(subject: Subject) -> Iterable[Finding]:
    """Fields that are ignored under the condition: a note when they hold what applies anyway, else an error."""
    selected = subject.selected()
    for key, default in zip(subject.check.fields, subject.option("defaults"), strict=True):
        given = selected & col.filled(subject.column(key))
        same = given & (subject.column(key) == default).to_numpy()
        yield from subject.finding(key, given & ~same)
        for finding in subject.finding(key, same):
            yield finding.weighed(Severity.NOTE)


@check
def vat_in_force_on(subject: Subject) -> Iterable[Finding]:
    """The VAT percentage should have been in force on the first date that the record, or the one above it, gives."""
    key = subject.check.fields[0]
    days, *others = (_dates(subject.column(name)) for name in subject.option("dates"))
    for other in others:
        days = np.where(days == None, other, days)  # noqa: E711
    day_codes, distinct_days = pd.factorize(pd.Series(days), use_na_sentinel=False)
    rate_codes, rates = pd.factorize(subject.column(key))
    pairs, codes = np.unique(day_codes * len(rates) + rate_codes, return_inverse=True)
    said = [_outdated(distinct_days[pair // len(rates)], rates[pair % len(rates)]) for pair in pairs]
    wrong = np.array([s is not None for s in said], bool)[codes] & subject.selected()
    chosen = [found for code in codes[wrong] if (found := said[code])]
    suggestions, listed = (np.array([found[part] for found in chosen], object) for part in (0, 1))
    yield from subject.finding(key, wrong, problem="vat_not_in_force", suggestions=suggestions, rates=listed)


def _outdated(day: dt.date | None, value: str) -> tuple[str, str] | None:
    """The rate to suggest and those in force, for a rate that was not; None when it was."""
    number = as_decimal(value)
    if not isinstance(day, dt.date) or number is None or number in in_force(day):
        return None
    rates = sorted(in_force(day))
    near = min((rate for rate in rates if rate), key=lambda rate: abs(rate - number))
    return _comma(near), "; ".join(map(_comma, rates))


def _comma(rate: Decimal) -> str:
    return str(rate).replace(".", ",")


@check
def account_unused(subject: Subject) -> Iterable[Finding]:
    """An account on a row of an invoice that is not posted by rows; dimension records make it so. Nothing of rows without an invoice."""
    owner, of_dimensions = subject.table.owner, subject.data["dimension"].owner
    by_rows = np.zeros(len(subject.data["invoice"]), bool)
    by_rows[of_dimensions[of_dimensions >= 0]] = True
    unused = owner >= 0
    unused[unused] = ~by_rows[owner[unused]]
    key = subject.check.fields[0]
    yield from subject.finding(key, col.filled(subject.column(key)) & unused & subject.selected())


@check
def is_record_word(subject: Subject) -> Iterable[Finding]:
    """A text that is the word by which another record is told would turn its record into that one."""
    key = subject.check.fields[0]
    words = [word for record in subject.data.schema.records if record.mark for word in record.mark.words(subject.context.settings) if word]
    yield from subject.finding(key, col.one_of(subject.column(key), words) & subject.selected())


@check
def attachments(subject: Subject) -> Iterable[Finding]:
    """Names of attachments: their form, each on one invoice, and each in the package when there is one."""
    key = subject.check.fields[0]
    column, there = subject.column(key), subject.context.attachments

    def explain(value: str) -> Fault | None:
        if re.search(r"[\\/:*?\"<>|]", value):
            return Fault("attachment_folder")
        if not value.isascii():
            return Fault("attachment_letters")
        if not re.search(r"[^.]\.[A-Za-z0-9]+$", value):
            return Fault("attachment_extension")
        if value.lower().endswith(".csv"):
            return Fault("attachment_csv")
        if there is not None and value not in there:
            return Fault("attachment_missing", suggestion=next((name for name in there if _bare(name) == _bare(value)), None))
        large = there is not None and len(there[value]) > LARGEST_ATTACHMENT
        return Fault("attachment_large", Severity.WARNING) if large else None

    named = col.filled(column) & subject.selected()
    yield from faults(subject, key, named, explain)
    yield from repeated(subject, pd.DataFrame({"name": column}), named, key, problem="attachment_twice")
    if (there is None or subject.context.alone) and named.any():
        for finding in subject.about_file(problem="attachments_unseen", count=int(named.sum())):
            yield finding.weighed(Severity.WARNING)
    unused = sorted(set(there or ()) - set(column.unique()))
    if unused:
        for finding in subject.about_file(problem="attachment_unused", count=len(unused), names=", ".join(unused[:5])):
            yield finding.weighed(Severity.WARNING)


def _bare(name: str) -> str:
    """The name of a file without its extension, letter case and signs: what else differs tells another file."""
    return re.sub(r"[\W_]", "", name.rpartition(".")[0].casefold())


@check
def attachment_not_sent(subject: Subject) -> Iterable[Finding]:
    """Attachments that stay inside Procountor."""
    inside = subject.selected() & ~subject.column(subject.check.fields[0]).str.lower().str.endswith(".txt").to_numpy(bool)
    if inside.any():
        yield from subject.about_file(count=int(inside.sum()))
