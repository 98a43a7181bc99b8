"""The arithmetic of invoices, in whole cents: what the rows add up to, with and without VAT.

The vendor documents neither the formula nor the rounding. Assumed here, and nowhere else: a line is quantity × price less
both discounts, rounded to cents, halves away from zero; VAT is reckoned line by line and rounded likewise; a total is the sum
of its rounded lines; an invoice without rows has its total with VAT included.
"""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from csvimport import columns as col
from csvimport.cents import WIDE, Cents, decimals, share, to_cents, whole_cents
from csvimport.findings import Mask, Places
from csvimport.records import Data, Table, once_for_each

_PER_CENT = pa.decimal256(7, 4)
_HUNDRED = pa.scalar(Decimal(100), _PER_CENT)
_WHOLE = 10_000  # a hundred per cent in hundredths, the unit of the VAT percentages


@dataclass(frozen=True, eq=False)
class Amounts:
    """Cents of each row and of each invoice; ``rate``: the VAT percentage of each row in hundredths, ``header_rate`` that of each
    invoice; ``sound``: the invoices whose sums fit into whole numbers of cents.
    """

    row_net: Cents
    row_gross: Cents
    rate: Places
    header_rate: Places
    net: Cents
    gross: Cents
    sound: Mask


@once_for_each
def amounts(data: Data) -> Amounts:
    """What the invoices of the data add up to. Empty cells count as Procountor takes them: quantity 1, the rest 0.

    Rows that are absurdly large count as 0 and make their invoice unsound.
    """
    invoices, rows = data["invoice"], data["row"]
    parent = rows.owner
    known = parent >= 0
    cents, sound_rows = _line_cents(invoices, rows, parent)
    rate, header_rate = (_rates(table.text["vat_percent"]) for table in (rows, invoices))
    total = to_cents(invoices.text["invoice_total"])
    included = (vat_included(data)[np.maximum(parent, 0)] if len(invoices) else np.zeros(len(rows), bool)) & known
    row_gross = np.where(included, cents, share(cents, _WHOLE + rate, _WHOLE))
    row_net = np.where(included, share(cents, _WHOLE, _WHOLE + rate), cents)
    net, gross = np.zeros(len(invoices), np.int64), np.zeros(len(invoices), np.int64)
    np.add.at(net, parent[known], row_net[known])
    np.add.at(gross, parent[known], row_gross[known])
    lone = ~has_rows(data)
    gross[lone] = total[lone]
    net[lone] = share(total, _WHOLE, _WHOLE + header_rate)[lone]
    sound = np.ones(len(invoices), bool)
    sound[parent[known & ~sound_rows]] = False
    return Amounts(row_net, row_gross, rate, header_rate, net, gross, sound)


def _line_cents(invoices: Table, rows: Table, parent: Places) -> tuple[Cents, Mask]:
    """Quantity × price less both discounts, in cents; and which lines could be reckoned."""
    quantity, price = decimals(rows.text["quantity"], WIDE, "1"), decimals(rows.text["unit_price"], WIDE)
    left = pc.subtract(_HUNDRED, decimals(invoices.text["invoice_discount_percent"], _PER_CENT))
    row_left = left.take(pa.array(np.maximum(parent, 0))) if len(invoices) else pa.repeat(_HUNDRED, len(rows))
    line = pc.multiply(pc.multiply(quantity, price), pc.subtract(_HUNDRED, decimals(rows.text["discount_percent"], _PER_CENT)))
    return whole_cents(pc.multiply(line, row_left))


def has_rows(data: Data) -> Mask:
    """Which invoices have a row."""
    mask = np.zeros(len(data["invoice"]), bool)
    parent = data["row"].owner
    mask[parent[parent >= 0]] = True
    return mask


def reckonable(data: Data) -> Mask:
    """Which invoices have sums that can be compared: no wrong cell among those they are made of, and not absurdly large."""
    return amounts(data).sound & cells_right(data)


def cells_right(data: Data) -> Mask:
    """Which invoices have no wrong cell among those that their sums are made of."""
    invoices, rows = data["invoice"], data["row"]
    mask = np.ones(len(invoices), bool)
    for key in ("invoice_discount_percent", "invoice_total", "vat_included", "vat_percent"):
        mask &= ~invoices.wrong_at(key)
    for key in ("quantity", "unit_price", "discount_percent", "vat_percent"):
        wrong = rows.owner[rows.wrong_at(key)]
        mask[wrong[wrong >= 0]] = False
    return mask


def currencies(table: Table) -> "pd.Series[str]":
    """The currency of each invoice; an empty cell means euros."""
    return col.put(table.text["currency"], ~col.filled(table.text["currency"]), "EUR")


def _rates(column: "pd.Series[str]") -> Places:
    """VAT percentages in hundredths; 0 for those that leave nothing of a price, which are reported as wrong cells."""
    rates = to_cents(column)
    return np.where(rates > -_WHOLE, rates, 0)


def vat_included(data: Data) -> Mask:
    """Which invoices have prices with VAT: those that say so, and all travel invoices and bills of charges."""
    text = data["invoice"].text
    return np.asarray((text["vat_included"] == "t").to_numpy() | col.one_of(text["invoice_type"], ("T", "K")))
