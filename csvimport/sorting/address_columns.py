"""Addresses whose parts stand in columns of their own, joined to the one field that the transfer file has for them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.context import Context
from csvimport.findings import Finding, Mask
from csvimport.headings.targets import Target
from csvimport.kinds.addresses import NAME_ADDRESS, PARTS, SEPARATOR, join
from csvimport.kinds.base import Cells
from csvimport.kinds.codes import country_code
from csvimport.kinds.text import clean
from csvimport.read.sheet import NUMBERS, CellTypes
from csvimport.records import Table
from csvimport.schema import Schema
from csvimport.severity import Severity
from csvimport.shapes import Field
from csvimport.sorting.grouped import GroupedCells


def with_addresses(
    table: Table, cells: GroupedCells, placed: Sequence[tuple[Target, int]], schema: Schema, context: Context
) -> tuple[Table, list[Finding]]:
    """The table with the addresses whose parts stand in columns of their own."""
    findings = []
    for f in (f for f in table.record.fields if f.part_prefixes):
        parts = {target.part: column for target, column in placed if target.key == f.key and target.part}
        if not parts:
            continue
        whole, name = table.text[f.key], table.text[f.name_from] if f.name_from else None
        given, wrong = _read_parts(table, cells, parts, f, schema, context)
        findings += wrong
        kinds = cells.types(parts["postal_code"]) if "postal_code" in parts else None
        made, completed, sure = _joined(given, kinds, f.form, name, context.settings.default_country)
        use, twice = ~col.filled(whole) & col.filled(made), col.filled(whole) & col.filled(made)
        address = {f.key: col.put(whole, use, made[use])}
        table = replace(
            table,
            text=table.text.assign(**address),
            given=table.given.assign(**address),
            columns={f.key: min(parts.values()), **table.columns},
            parts=table.parts if table.has_column(f.key) else {**table.parts, f.key: parts},
        )
        for problem, severity, mask in (
            ("address_joined", Severity.NOTE, use & ~completed),
            ("address_zeros", Severity.NOTE, use & completed & sure),
            ("address_zeros", Severity.WARNING, use & completed & ~sure),
            ("address_twice", Severity.ERROR, twice),
        ):
            if mask.any():
                findings.append(table.finding(schema.code(problem, f), problem, severity, f.key, mask))
    return table, findings


def _read_parts(
    table: Table, cells: GroupedCells, columns: Mapping[str, int], field: Field, schema: Schema, context: Context
) -> "tuple[dict[str, pd.Series[str]], list[Finding]]":
    """The parts of an address freed of what spreadsheets leave around text, and the findings at their own columns."""
    parts, findings = {}, []
    for part in (name for name in PARTS if name in columns):
        column = columns[part]
        reading = clean(Cells(cells.pick(column)[0], cells.types(column)), field, context)
        parts[part] = reading.text
        wrong = [(remark.problem, remark.mask) for remark in reading.remarks if not remark.repaired]
        for problem, mask in (*wrong, ("address_backslash", col.contains(reading.text, SEPARATOR))):
            if mask.any():
                code = schema.code(problem, field)
                found = table.finding(code, problem, Severity.ERROR, field.key, mask)
                values = cells.pick(column)[0][mask].to_numpy(object)
                findings.append(replace(found, columns=np.full(len(found), column), values=values))
    return parts, findings


def _joined(
    parts: "dict[str, pd.Series[str]]", kinds: CellTypes | None, form: str, name: "pd.Series[str] | None", country: str
) -> "tuple[pd.Series[str], Mask, Mask]":
    """Address strings from parts, where a postal code got the zeros back that a numeric cell lost, and where a country is given.

    The name is the record's own, and the country that of the settings, where the table gives none.
    """
    length = len(next(iter(parts.values())))
    some = np.logical_or.reduce([np.zeros(length, bool), *(col.filled(c) for part, c in parts.items() if part != "name")])
    empty, completed = col.blank(len(some)), np.zeros(len(some), bool)
    if country:
        own = parts.get("country", empty)
        parts["country"] = col.put(own, some & ~col.filled(own), country)
    if "country" in parts:
        parts["country"] = col.translate(parts["country"], country_code)
    if kinds is not None:
        finnish = col.one_of(parts.get("country", empty), ("FI", ""))
        completed = np.isin(kinds, NUMBERS) & finnish & col.matches(parts["postal_code"], r"^\d{3,4}$")
        parts["postal_code"] = col.put(parts["postal_code"], completed, parts["postal_code"][completed].str.zfill(5))
    if form == NAME_ADDRESS and name is not None:
        own = parts.get("name", empty)
        lacking = some & ~col.filled(own)
        parts["name"] = col.put(own, lacking, name[lacking])
    return join(parts, form), completed, col.filled(parts.get("country", empty))
