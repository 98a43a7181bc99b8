"""Child records that a transfer file has no lines for: their values go into pairs of fields of the record above."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from csvimport import columns as col
from csvimport.findings import NOWHERE, Mask, Places
from csvimport.records import Table
from csvimport.schema import Schema
from csvimport.shapes import Record


def fold(tables: Mapping[str, Table], schema: Schema) -> dict[str, Table]:
    """The tables with folded records moved into the free pairs of their parents; those that found none stay."""
    folded = dict(tables)
    for record in schema.records:
        if record.folded and len(folded[record.name]):
            child, parent = folded[record.name], folded[record.parent]
            folded[record.parent], folded[record.name] = _folded(child, parent, record)
    return folded


def _folded(child: Table, parent: Table, record: Record) -> tuple[Table, Table]:
    if child.parent is None:
        raise AssertionError(f"{record.name} belongs to no record")
    free = np.stack([~col.filled(parent.text[name]) & ~col.filled(parent.text[value]) for name, value in record.folded], axis=1)
    place_of_free = np.cumsum(free, axis=1) - 1
    counts = np.bincount(child.parent, minlength=len(parent))
    first = np.cumsum(counts) - counts
    by_parent = np.argsort(child.parent, kind="stable")
    left = np.ones(len(child), bool)
    for place, pair in enumerate(record.folded):
        takes = free[:, place] & (place_of_free[:, place] < counts)
        source = by_parent[first[takes] + place_of_free[takes, place]]
        left[source] = False
        for key, own in zip(pair, record.keys, strict=True):
            parent = _taken(parent, key, takes, child, own, source)
    return parent, child.take(np.flatnonzero(left))


def _taken(parent: Table, key: str, takes: Mask, child: Table, own: str, source: Places) -> Table:
    """The parent with a field that holds the child's values, and knows where they stand."""
    if not len(source):
        return parent
    places = _places(parent, key)
    places[takes] = _places(child, own)[source]
    types = dict(parent.types)
    if own in child.types:
        types[key] = types[key].copy() if key in types else np.zeros(len(parent), np.uint8)
        types[key][takes] = child.types[own][source]
    rows = parent.rows_of.get(key, parent.rows).copy()
    rows[takes] = child.rows_of.get(own, child.rows)[source]
    return replace(
        parent,
        text=parent.text.assign(**{key: col.put(parent.text[key], takes, child.text[own].iloc[source])}),
        given=parent.given.assign(**{key: col.put(parent.given[key], takes, child.given[own].iloc[source])}),
        types=types,
        columns={**parent.columns, key: places},
        rows_of={**parent.rows_of, key: rows},
    )


def _places(table: Table, key: str) -> Places:
    """The column of each record's cell in a field."""
    place = table.columns.get(key, NOWHERE)
    return place.copy() if isinstance(place, np.ndarray) else np.full(len(table), place)
