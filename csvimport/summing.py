"""Rows that are alike added up to one: only when a user asks for it, and each sum is told."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport import rules
from csvimport.context import Context
from csvimport.findings import Finding, Places
from csvimport.kinds.text import NUMBER_KINDS
from csvimport.records import Data, Table
from csvimport.rules.amounts import as_text, to_cents
from csvimport.severity import Severity
from csvimport.shapes import Summed
from csvimport.validate import validate

SHOWN = 6
APART, WAITING = "rows_left_apart", "rows_not_yet_summed"


def add_up(data: Data, findings: Sequence[Finding], how: Summed, context: Context) -> tuple[Data, list[Finding]]:
    """The data with rows that differ only in the added field and the remarks as one row, at the place of the first.

    The added field has at most two decimals; an empty one counts as its default. Different remarks are written one after the
    other. The findings tell the sums, and what is now to be said about rows that stand twice, the sums and the remarks. While
    there are errors nothing is added up.
    """
    if any(finding.severity == Severity.ERROR for finding in findings):
        return data, [replace(finding, problem=WAITING) if finding.code == how.code else finding for finding in findings]
    stale = {finding.problem for finding in validate(data, context) if finding.field == how.joined}
    data, told = _added(data, how, context)
    again = (how.code, *how.rules)
    kept = [f for f in findings if f.code not in again and (f.field != how.joined or f.problem not in stale)]
    kept += [finding for finding in validate(data, context) if finding.field == how.joined]
    made = [finding for code in again for finding in rules.check(data, context, only=code)]
    return data, [*kept, *told, *(replace(finding, problem=APART) if finding.code == how.code else finding for finding in made)]


def _added(data: Data, how: Summed, context: Context) -> tuple[Data, list[Finding]]:
    """The data with the sums, and what was added up."""
    table = data[""]
    group = _alike(table, how)
    counts = np.bincount(group)
    several = counts[group] > 1
    first = np.unique(group, return_index=True)[1]
    made = several[first]
    findings = []
    if several.any():
        added = col.put(table.text[how.field], ~col.filled(table.text[how.field]), table.record[how.field].default)
        sums = np.zeros(len(counts), np.int64)
        np.add.at(sums, group, to_cents(added))
        told = added[several].groupby(group[several]).agg(_listed).to_numpy(object)
        written = col.text_series([_plain(as_text(int(cents))) for cents in sums[made]])
        remarks = table.text[how.joined].groupby(group).agg(lambda texts: ", ".join(dict.fromkeys(filter(None, texts))))
        kept = table.take(first)
        kept = kept.with_column(how.field, col.put(kept.text[how.field], made, written))
        kept = kept.with_column(how.joined, col.text_series(remarks.to_list()))
        details = {"count": counts[made], "parts": told, "sum": written.to_numpy(object)}
        findings.append(kept.finding(how.code, "rows_summed", Severity.NOTE, how.field, made, **details))
        data = data.with_table(_renumbered(kept))
    return data, findings


def _alike(table: Table, how: Summed) -> Places:
    """A number for each row, the same for rows that can be added up; numbers are compared as numbers."""
    same = table.text.drop(columns=[how.field, how.joined])
    for field in table.record.fields:
        if field.kind in NUMBER_KINDS and field.key in same:
            same[field.key] = col.replace(same[field.key], r",?0*$", "").where(col.contains(same[field.key], ","), same[field.key])
    return np.asarray(same.groupby(list(same.columns), sort=False).ngroup(), np.int64)


def _renumbered(table: Table) -> Table:
    return replace(table, order=np.arange(len(table)))


def _plain(number: str) -> str:
    """15.50 → 15,5."""
    return number.rstrip("0").rstrip(".").replace(".", ",")


def _listed(values: "pd.Series[str]") -> str:
    shown = " + ".join(values[:SHOWN])
    return shown if len(values) <= SHOWN else f"{shown} + …"
