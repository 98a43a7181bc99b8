"""Units, currencies and VAT rates: what the environment, the record and the calendar allow."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from csvimport import columns as col
from csvimport.currencies import EURO
from csvimport.findings import Finding
from csvimport.kinds.base import Fault
from csvimport.kinds.codes import plain, word_list
from csvimport.kinds.numbers import EURO_SIGN, as_decimal
from csvimport.kinds.vat import in_force
from csvimport.read.sheet import CellType
from csvimport.rules.identity import faults
from csvimport.rules.subject import Subject, check
from csvimport.severity import Severity


@check
def unit_in_use(subject: Subject) -> Iterable[Finding]:
    """The unit must be one of the settings' list, else of the vendor's.

    ``closed``: the vendor's list holds whatever the settings say; they only add forms that are not documented.
    """
    key = subject.check.fields[0]
    own, closed = subject.context.settings.units, bool(subject.option("closed", False))
    words = word_list(subject.table.record[key].word_list)

    def explain(value: str) -> Fault | None:
        if own and (value in own or not closed):
            return None if value in own else Fault("unit_not_in_use", details={"units": ", ".join(own)})
        word = words.known.get(plain(value))
        if word is None:
            return Fault("unit_unknown", None if closed else Severity.WARNING)
        documented = any(words.words[word].get(lang) == value for lang in words.words[word]["write"])
        return Fault("unit_translated", Severity.WARNING) if closed and not documented else None

    yield from faults(subject, key, subject.selected() & col.filled(subject.column(key)), explain)


@check
def sign_of_currency(subject: Subject) -> Iterable[Finding]:
    """A sum with a currency's sign is one in that currency. As it stands, any sign is an error already."""
    key, table = subject.check.fields[0], subject.table
    column = subject.column(table.record[key].currency)
    other = col.filled(column) & (column != EURO).to_numpy()
    euros = other & subject.selected()
    euros[euros] = col.matches(table.given[key][euros], EURO_SIGN)
    if not subject.context.as_is:
        yield from subject.finding(key, euros, problem="euro_sign", currency=column[euros].to_numpy(object))
    if key in table.types:
        foreign = ~other & (table.types[key] == CellType.CURRENCY) & subject.selected()
        yield from subject.finding(key, foreign, problem="currency_shown")


@check
def vat_in_force_today(subject: Subject) -> Iterable[Finding]:
    """The VAT percentage should be one that applies today."""
    key = subject.check.fields[0]
    today = dt.date.today()
    rates = in_force(today)

    def outdated(value: str) -> bool:
        number = as_decimal(value)
        return number is not None and number not in rates

    listed = "; ".join(str(rate).replace(".", ",") for rate in sorted(rates))
    old = col.per_distinct(subject.column(key), outdated).astype(bool) & subject.selected()
    yield from subject.finding(key, old, rates=listed)


@check
def vat_in_settings(subject: Subject) -> Iterable[Finding]:
    """The VAT percentage should be among those that the settings list."""
    key = subject.check.fields[0]
    listed = subject.context.settings.vat_percentages
    if listed:
        used = {Decimal(rate.replace(",", ".")) for rate in listed}
        other = col.per_distinct(subject.column(key), lambda v: (n := as_decimal(v)) is not None and n not in used)
        yield from subject.finding(key, other.astype(bool) & subject.selected(), rates="; ".join(rate.replace(".", ",") for rate in listed))
