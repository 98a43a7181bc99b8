"""The arithmetic of memo vouchers, in whole cents: debit is positive, credit negative, and a voucher adds up to nothing.

The sum of an entry is net; VAT comes on top, rounded entry by entry, halves away from zero. Whether Procountor balances with
or without VAT is not documented: the setting ``memo_balance`` decides.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from csvimport import cents as money
from csvimport import columns as col
from csvimport.context import Context
from csvimport.figures import Figure
from csvimport.findings import Finding, Mask, Places, about_file
from csvimport.records import Data, once_for_each
from csvimport.rules.subject import Subject, check
from csvimport.rules.totals import for_each_file, total
from csvimport.schema_parts import Total
from csvimport.severity import Severity

WHOLE = 10_000  # a hundred per cent in hundredths, the unit of the VAT percentages
PAIRS = 13  # of neighbouring digits in the largest sum that an entry can have, in cents


@dataclass(frozen=True, eq=False)
class Vouchers:
    """Cents of each entry and of each voucher; ``owner``: the voucher of each entry; ``sound``: vouchers without a wrong sum."""

    owner: Places
    entry_net: money.Cents
    rate: Places
    entry_gross: money.Cents
    net: money.Cents
    gross: money.Cents
    sound: Mask


@once_for_each
def vouchers(data: Data) -> Vouchers:
    """What the entries of each voucher add up to."""
    entries = data["entry"]
    owner = entries.owner
    net, rate = (money.to_cents(entries.text[key]) for key in ("amount", "vat_percent"))
    gross = money.share(net, WHOLE + rate, WHOLE)
    count = len(data["voucher"])
    sound = np.ones(count, bool)
    for key in ("amount", "vat_percent"):
        sound[owner[entries.wrong_at(key)]] = False
    return Vouchers(owner, net, rate, gross, _added(owner, net, count), _added(owner, gross, count), sound)


def _added(owner: Places, cents: money.Cents, count: int) -> money.Cents:
    added = np.zeros(count, np.int64)
    np.add.at(added, owner, cents)
    return added


@check
def voucher_balances(subject: Subject) -> Iterable[Finding]:
    """Each voucher must balance; when it does not, the entry that is most likely wrong is named."""
    made, balance = vouchers(subject.data), subject.context.settings.memo_balance
    with_vat, without = made.gross == 0, made.net == 0
    right = {"gross": with_vat, "net": without, "either": with_vat | without}[balance]
    off = ~right & made.sound
    only_net = off & without & (balance == "gross")
    for finding in _at_first_entries(subject, made, only_net, "voucher_balances_net", made.gross):
        yield finding.weighed(Severity.WARNING)
    difference = made.net if balance == "net" else made.gross
    yield from _unbalanced(subject, made, off & ~only_net, difference, with_vat=balance != "net")


@check
def vouchers_told_apart(subject: Subject) -> Iterable[Finding]:
    """A table without a key is one voucher, unless some column that is left out has several values whose entries each balance."""
    data, entries = subject.data, subject.data["entry"]
    made, balance = vouchers(data), subject.context.settings.memo_balance
    if len(data["voucher"]) != 1 or data["voucher"].keys is not None or not (len(entries) and made.sound.all()):
        return
    counts: dict[int, int] = {}
    for place, unread in enumerate(data.unread):
        cells = unread.cells.loc[pd.Index(entries.rows)]
        above = np.maximum.accumulate(np.where(col.filled(cells), np.arange(len(cells)), 0))
        codes, values = pd.factorize(cells.iloc[above])
        gross, net = (_added(codes, cents, len(values)) == 0 for cents in (made.entry_gross, made.entry_net))
        filled = _added(codes, np.abs(made.entry_net), len(values)) > 0
        if ({"gross": gross, "net": net, "either": gross | net}[balance] & filled).all():
            counts[place] = len(values)
    best = max(counts, key=counts.__getitem__, default=None)
    if best is not None and counts[best] > 1:
        unread = data.unread[best]
        yield about_file(
            subject.rule.id, "vouchers_by_content", subject.severity, row=unread.row, column=unread.column, value=unread.title,
            count=counts[best],
        )  # fmt: skip


def _unbalanced(subject: Subject, made: Vouchers, off: Mask, difference: money.Cents, *, with_vat: bool) -> Iterator[Finding]:
    key = subject.check.fields[0]
    own = made.entry_gross if with_vat else made.entry_net
    rate = made.rate if with_vat else np.zeros_like(made.rate)
    gap = difference[made.owner]
    swapped = _swapped(made.entry_net, own, rate, gap, off[made.owner])
    readings = (
        ("voucher_off_by_entry", (own == gap) & (gap != 0), None),
        ("voucher_wrong_side", (2 * own == gap) & (gap != 0), -made.entry_net),
        ("voucher_digits_swapped", swapped != made.entry_net, swapped),
    )
    count = np.sum([_added(made.owner, likely, len(off)) for _, likely, _ in readings], axis=0)
    for problem, likely, meant in readings:
        entries = likely & (off & (count == 1))[made.owner]
        suggestions = None if meant is None else money.money_texts(meant[entries])
        yield from subject.finding(
            key, entries, problem=problem, suggestions=suggestions, **_details(subject.data, made.owner[entries], difference)
        )
    any_likely = np.logical_or.reduce([likely for _, likely, _ in readings]) & (off & (count > 1))[made.owner]
    entries = _first_of_each(made.owner, any_likely)
    rows = pd.Series(subject.table.rows[any_likely].astype(str)).groupby(made.owner[any_likely]).agg(", ".join).to_numpy(object)
    details = _details(subject.data, made.owner[entries], difference)
    yield from subject.finding(key, entries, problem="voucher_several_likely", entries=rows, **details)
    yield from _at_first_entries(subject, made, off & (count == 0), "voucher_not_balanced", difference)


def _swapped(net: money.Cents, own: money.Cents, rate: Places, gap: money.Cents, where: Mask) -> money.Cents:
    """The sums with two neighbouring digits exchanged where that would balance the voucher; the others as they are."""
    meant, at = net.copy(), np.flatnonzero(where)
    size, sign = np.abs(net[at]), np.sign(net[at])
    for place in range(PAIRS):
        low, high = size // 10**place % 10, size // 10 ** (place + 1) % 10
        other = sign * (size + (low - high) * 9 * 10**place)
        fits = (other != net[at]) & (own[at] - money.share(other, WHOLE + rate[at], WHOLE) == gap[at])
        meant[at[fits]] = other[fits]
    return meant


def _first_of_each(owner: Places, mask: Mask) -> Mask:
    """The first entry of the mask in each voucher."""
    at = np.flatnonzero(mask)
    first = np.zeros(len(mask), bool)
    first[at[np.unique(owner[at], return_index=True)[1]]] = True
    return first


def _at_first_entries(subject: Subject, made: Vouchers, which: Mask, problem: str, difference: money.Cents) -> Iterator[Finding]:
    entries = _first_of_each(made.owner, which[made.owner])
    details = _details(subject.data, made.owner[entries], difference)
    yield from subject.finding(subject.check.fields[0], entries, problem=problem, **details)


def _details(data: Data, owner: Places, difference: money.Cents) -> dict[str, Any]:
    return {"voucher": names(data)[owner], "difference": money.money_texts(np.abs(difference[owner]))}


def names(data: Data) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    """What users call each voucher: its key, else its number in the file."""
    keys = data["voucher"].keys
    numbers = np.array([str(number) for number in range(1, len(data["voucher"]) + 1)], object)
    return numbers if keys is None else np.where(col.filled(keys), keys.to_numpy(object), numbers)


@check
def credit_without_vat_type(subject: Subject) -> Iterable[Finding]:
    """A credit entry with VAT and no VAT type, which is read as a purchase."""
    made, key = vouchers(subject.data), subject.check.fields[0]
    yield from subject.finding(key, ~col.filled(subject.column(key)) & (made.rate != 0) & (made.entry_net < 0) & subject.selected())


@check
def vat_type_and_side(subject: Subject) -> Iterable[Finding]:
    """VAT of sales on a debit entry, or of a purchase on a credit entry."""
    made, key = vouchers(subject.data), subject.check.fields[0]
    column = subject.column(key)
    unusual = ((column == "S").to_numpy() & (made.entry_net > 0)) | ((column == "P").to_numpy() & (made.entry_net < 0))
    yield from subject.finding(key, unusual & (made.rate != 0) & subject.selected())


@total
def debit_credit_difference(data: Data, asked: Total, context: Context) -> Iterable[Figure]:
    """Debit and credit, the same with VAT when there is any, and the difference that the balance of a voucher goes by."""
    made, balance = vouchers(data), context.settings.memo_balance
    with_vat = bool((made.rate != 0).any())
    for cents, tail in ((made.entry_net, ""), *([(made.entry_gross, " with VAT")] if with_vat else [])):
        yield Figure(f"debit{tail}", "EUR", money.as_text(int(cents[cents > 0].sum())))
        yield Figure(f"credit{tail}", "EUR", money.as_text(-int(cents[cents < 0].sum())))
        if balance == "either" or (balance == "gross") == bool(tail) or not with_vat:
            yield Figure(f"difference{tail}", "EUR", money.as_text(int(cents.sum())))


@for_each_file
def debit_and_credit(data: Data) -> dict[str, list[str]]:
    """For each voucher the number of entries, debit, credit and difference, VAT included, as a list of files shows them."""
    made = vouchers(data)
    count = len(data["voucher"])
    debit, credit = (
        _added(made.owner[side], np.abs(made.entry_gross[side]), count) for side in (made.entry_gross > 0, made.entry_gross < 0)
    )
    return {
        "entries": [str(n) for n in np.bincount(made.owner, minlength=count)],
        "debit": list(money.money_texts(debit)),
        "credit": list(money.money_texts(credit)),
        "difference": list(money.money_texts(debit - credit)),
    }
