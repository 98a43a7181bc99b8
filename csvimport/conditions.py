"""Conditions of the schemas: where the fields of a record, or of the one above it, have certain values."""

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.findings import Mask
from csvimport.kinds.numbers import as_decimal
from csvimport.records import Data, Table, once_for_each

FILLED = "*"
NOT = "!"


def column_of(data: Data, table: Table, key: str) -> "pd.Series[str]":
    """A field of a table, or, for ``record.field``, of the record each record belongs to ("" where it belongs to none)."""
    record, _, name = key.rpartition(".")
    if not record:
        return table.column(name)
    inherited = _inherited(data)
    place = table.record.name, key
    if place not in inherited:
        inherited[place] = _of_parents(data[record].column(name), table, record)
    return inherited[place]


@once_for_each
def _inherited(data: Data) -> dict[tuple[str, str], "pd.Series[str]"]:
    """The fields of the records above, by the record that belongs to them, as they are asked for: many conditions ask for the same."""
    return {}


def _of_parents(column: "pd.Series[str]", table: Table, record: str) -> "pd.Series[str]":
    parent = table.parent
    if parent is None:
        raise ValueError(f"{table.record.name} belongs to no {record}")
    if not len(column):
        return col.blank(len(table))
    return col.put(col.take(column, np.maximum(parent, 0)), parent < 0, "")


def kind_of(data: Data, table: Table, key: str) -> str:
    """The kind of a field, given as for ``column_of``."""
    record, _, name = key.rpartition(".")
    return (data[record].record if record else table.record)[name].kind


def _wrong(data: Data, table: Table, key: str) -> Mask:
    """Where an error was reported about a field, given as for ``column_of``."""
    record, _, name = key.rpartition(".")
    wrong = (data[record] if record else table).wrong.get(name)
    if wrong is None or not len(wrong):
        return np.zeros(len(table), bool)
    return wrong if table.parent is None or not record else wrong[np.maximum(table.parent, 0)] & (table.parent >= 0)


def holds(data: Data, table: Table, when: Mapping[str, tuple[str, ...]]) -> Mask:
    """Where a condition of a schema holds.

    ``when``: field → values, of which ``""`` is an empty cell, ``"*"`` a filled one, and ``"!x"`` any but x, as far as it is known
    what the cell means. Numbers are compared as numbers.
    """
    mask = ~table.spoilt
    for key, values in when.items():
        column, kind = column_of(data, table, key), kind_of(data, table, key)
        wanted = [v for v in values if not v.startswith(NOT) and v != FILLED]
        unwanted = [v[1:] for v in values if v.startswith(NOT)]
        here = _equal(column, wanted, kind) if wanted else np.zeros(len(table), bool)
        if FILLED in values:
            here |= col.filled(column)
        if unwanted:
            here |= ~_equal(column, unwanted, kind) & ~_wrong(data, table, key)
        mask &= here
    return mask


def _equal(column: "pd.Series[str]", values: list[str], kind: str) -> Mask:
    if kind in ("decimal", "integer", "vat_percent"):
        numbers = {Decimal(v.replace(",", ".")) for v in values if v}
        return col.per_distinct(column, lambda v: as_decimal(v) in numbers if v else "" in values).astype(bool)
    return col.one_of(column, values)
