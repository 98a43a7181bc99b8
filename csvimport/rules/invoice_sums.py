"""Rules of the invoice file about sums: totals, signs, splits over dimension items, and the figures to compare."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd

from csvimport import cents as money
from csvimport import columns as col
from csvimport.figures import Figure
from csvimport.findings import Finding, Mask, Places
from csvimport.kinds.numbers import as_decimal
from csvimport.records import Data, Table, nearest_above
from csvimport.rules import amounts as sums
from csvimport.rules.common import repeated
from csvimport.rules.subject import Subject, check
from csvimport.rules.totals import total
from csvimport.schema_parts import Total
from csvimport.severity import Severity

TOLERANCE_PER_ROW = 1  # cents; the vendor's own is not documented
WHOLE = 10_000  # hundredths of a per cent


@check
def sign_of_total(subject: Subject) -> Iterable[Finding]:
    """Credit notes have negative sums, other invoices do not."""
    gross = sums.amounts(subject.data).gross
    credit = (subject.column(subject.check.fields[0]) == "f").to_numpy()
    for mask, problem in ((credit & (gross > 0), "positive_credit_note"), (~credit & (gross < 0), "negative_invoice")):
        here = mask & subject.selected() & sums.reckonable(subject.data)
        yield from subject.finding(subject.check.fields[0], here, problem=problem, total=money.money_texts(gross[here]))


@check
def total_of_rows(subject: Subject) -> Iterable[Finding]:
    """The total of the invoice against the sum of its rows: which side says what, and by how much they differ."""
    key = subject.check.fields[0]
    column, made = subject.column(key), sums.amounts(subject.data)
    given = col.filled(column) & sums.has_rows(subject.data) & subject.selected() & sums.reckonable(subject.data)
    total_, count = money.to_cents(column), _rows_of_each(subject.data)
    priced = _priced(subject.data)
    off = np.abs(total_ - made.gross)
    without_vat = (total_ == made.net) & ~sums.vat_included(subject.data)
    near = given & priced & (off > 0) & ((off <= count * TOLERANCE_PER_ROW) | without_vat)
    far = given & priced & (off > 0) & ~near
    yield from subject.finding(key, given & ~priced & (total_ != 0), problem="total_without_prices")
    for finding in subject.finding(key, ~made.sound & sums.cells_right(subject.data) & subject.selected(), problem="sum_not_reckoned"):
        yield finding.weighed(Severity.WARNING)
    for mask, severity, problem in ((far, Severity.ERROR, "total_differs"), (near, Severity.WARNING, "total_nearly")):
        rows_sum, difference = money.money_texts(made.gross[mask]), money.money_texts(off[mask])
        for finding in subject.finding(key, mask, problem=problem, suggestions=rows_sum, rows_sum=rows_sum, difference=difference):
            yield finding.weighed(severity)


def _priced(data: Data) -> Mask:
    """Which invoices have a row with a price."""
    rows = data["row"]
    return np.isin(np.arange(len(data["invoice"])), rows.owner[col.filled(rows.text["unit_price"])])


def _rows_of_each(data: Data) -> "money.Cents":
    parent = data["row"].owner
    return np.bincount(parent[parent >= 0], minlength=len(data["invoice"]))


@check
def unused_with_rows(subject: Subject) -> Iterable[Finding]:
    """A VAT percentage of the invoice beside rows: a note, but an error when a row lacks its own and the percentage is not 0."""
    key, rows = subject.check.fields[0], subject.data["row"]
    lacking = np.zeros(len(subject.table), bool)
    lacking[rows.owner[~col.filled(rows.text[key]) & (rows.owner >= 0)]] = True
    given = col.filled(subject.column(key)) & sums.has_rows(subject.data) & subject.selected()
    wrong = given & lacking & (money.to_cents(subject.column(key)) != 0)
    yield from subject.finding(key, wrong, problem="rows_without_vat")
    for finding in subject.finding(key, given & ~wrong, problem="header_vat_unused"):
        yield finding.weighed(Severity.NOTE)


@check
def balance_of_rows(subject: Subject) -> Iterable[Finding]:
    """The rows of a journal receipt should add up to 0."""
    net = sums.amounts(subject.data).net
    off = subject.selected() & (net != 0) & sums.reckonable(subject.data)
    yield from subject.finding(subject.check.fields[0], off, difference=money.money_texts(net[off]))


def _splits(subject: Subject) -> pd.DataFrame:
    """The dimension records with the invoice or row that each divides: columns ``owner``, ``name``, ``item``."""
    table, rows = subject.table, subject.data["row"]
    of_row = (table.text["dimension_row_type"] == "R").to_numpy()
    owner = np.where(of_row, nearest_above(table, rows), -2 - table.owner)
    return pd.DataFrame({"owner": owner, "name": table.text["dimension_name"], "item": table.text["item_name"]})


@check
def split_is_whole(subject: Subject) -> Iterable[Finding]:
    """The shares of one dimension must make 100; reported at the last record of the split, at its item where no shares are given.

    Nothing is said of a split that a wrong cell may have taken a share from.
    """
    key, item = subject.check.fields
    splits = _splits(subject)
    share = pd.Series(money.to_cents(subject.column(key)))
    groups = np.asarray(splits.groupby(["owner", "name"], sort=False).ngroup(), np.int64)
    made = share.groupby(groups).sum().to_numpy()
    last = np.zeros(len(groups), bool)
    last[pd.Series(groups).drop_duplicates(keep="last").index] = True
    wrong = last & (made[groups] != WHOLE) & subject.selected() & ~_in_doubt(subject.table, groups, splits["owner"].to_numpy())
    found = np.array([_percent(int(m)) for m in made[groups[wrong]]], object)
    yield from subject.finding(key if subject.table.has_column(key) else item, wrong, found=found)


def _in_doubt(table: Table, splits: Places, owners: Places) -> Mask:
    """Which records belong to a split with a wrong share, to an owner with a wrong dimension, or to an invoice with a wrong type."""
    doubt = np.zeros(len(table), bool)
    for key, alike in (("percent", splits), ("dimension_name", owners), ("dimension_row_type", table.parent)):
        if key in table.wrong and alike is not None:
            doubt |= np.isin(alike, alike[table.wrong[key]])
    return doubt


@check
def item_twice(subject: Subject) -> Iterable[Finding]:
    """The same item twice in one split."""
    splits = _splits(subject)
    yield from repeated(subject, splits, col.filled(splits["item"]) & subject.selected(), subject.check.fields[0])


@check
def rows_and_invoice_split(subject: Subject) -> Iterable[Finding]:
    """Invoices that are divided as a whole and by row."""
    owner, of_row = subject.table.owner, (subject.column(subject.check.fields[0]) == "R").to_numpy()
    both = np.intersect1d(owner[of_row], owner[~of_row])
    if len(both):
        yield from subject.about_file(count=len(both))


@total
def gross_by_currency(data: Data, asked: Total, context: object) -> Iterable[Figure]:
    """The sum with VAT in each currency."""
    yield from _by_currency(data, asked.name, sums.amounts(data).gross)


@total
def net_by_currency(data: Data, asked: Total, context: object) -> Iterable[Figure]:
    """The sum without VAT in each currency."""
    yield from _by_currency(data, asked.name, sums.amounts(data).net)


@total
def gross_by_type(data: Data, asked: Total, context: object) -> Iterable[Figure]:
    """The sum with VAT of each invoice type in each currency, when the file holds several types."""
    invoices = data["invoice"]
    types = invoices.text[asked.field]
    for kind in invoices.record[asked.field].values if types.nunique() > 1 else ():
        of_kind = (types == kind).to_numpy()
        by_currency = pd.Series(sums.amounts(data).gross[of_kind]).groupby(sums.currencies(invoices)[of_kind].to_numpy(object)).sum()
        for currency, value in by_currency.items():
            yield Figure(asked.name, str(currency), money.as_text(int(value)), kind)


@total
def gross_in_euros(data: Data, asked: Total, context: object) -> Iterable[Figure]:
    """The sum with VAT in euros, as the preview shows it, when invoices in other currencies all give their rate.

    Each sum is divided by its rate and rounded to cents; that the rate is units of the currency for one euro is assumed.
    """
    invoices, gross = data["invoice"], sums.amounts(data).gross
    foreign = (sums.currencies(invoices) != "EUR").to_numpy()
    if not foreign.any():
        return
    rates = col.per_distinct(invoices.text["currency_rate"][foreign], as_decimal)
    if all(rate is not None and rate > 0 for rate in rates):
        exact = [Decimal(int(cents)) / rate for cents, rate in zip(gross[foreign], rates, strict=True)]
        euros = int(gross[~foreign].sum()) + sum(int(value.to_integral_value(ROUND_HALF_UP)) for value in exact)
        yield Figure(asked.name, "EUR", money.as_text(euros))


def _by_currency(data: Data, name: str, cents: "money.Cents") -> Iterable[Figure]:
    by_currency = pd.Series(cents).groupby(sums.currencies(data["invoice"]).to_numpy(object)).sum()
    for currency, value in by_currency.items():
        yield Figure(name, str(currency), money.as_text(int(value)))


@total
def vat_by_rate(data: Data, asked: Total, context: object) -> Iterable[Figure]:
    """The VAT of the rows by percentage and currency."""
    made, lone = sums.amounts(data), ~sums.has_rows(data)
    parent = data["row"].owner
    known = (parent >= 0) & ~data["row"].wrong_at("vat_percent")
    currency = sums.currencies(data["invoice"]).to_numpy(object)
    frame = pd.DataFrame(
        {
            "rate": np.concatenate([made.rate[known], made.header_rate[lone]]),
            "currency": np.concatenate([currency[parent[known]], currency[lone]]),
            "vat": np.concatenate([(made.row_gross - made.row_net)[known], (made.gross - made.net)[lone]]),
        }
    )
    for rate, code, value in frame.groupby(["rate", "currency"], as_index=False)["vat"].sum().itertuples(index=False):
        yield Figure(asked.name, str(code), money.as_text(int(value)), f"{_percent(int(rate))} %")


def _percent(hundredths: int) -> str:
    """2550 → 25,5 and 1000 → 10."""
    return f"{(Decimal(hundredths) / 100).normalize():f}".replace(".", ",")
