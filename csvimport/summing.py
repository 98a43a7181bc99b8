"""Rows that are alike added up to one: only when a user asks for it, and each sum is told."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport import rules
from csvimport.cents import as_text, to_cents
from csvimport.context import Context
from csvimport.findings import Finding, Places
from csvimport.kinds.payroll import SECONDS, seconds_of
from csvimport.kinds.text import NUMBER_KINDS
from csvimport.records import Data, Table
from csvimport.severity import Severity
from csvimport.shapes import Summed
from csvimport.validate import validate

SHOWN = 6
ROUNDED = "hours_rounded"
APART, WAITING = "rows_left_apart", "rows_not_yet_summed"


def add_up(data: Data, findings: Sequence[Finding], how: Summed, context: Context) -> tuple[Data, list[Finding]]:
    """The data with rows that differ only in the added field and the remarks as one row, at the place of the first.

    The added field has at most two decimals; hours and minutes without an end count to the second, and their sum is
    rounded once. An empty field counts as its default. Different remarks are written one after the other. The findings tell
    the sums, and what is now to be said about rows that stand twice, the sums and the remarks. While
    there are errors nothing is added up.
    """
    if any(finding.severity == Severity.ERROR for finding in findings):
        return data, [replace(finding, problem=WAITING) if finding.code == how.code else finding for finding in findings]
    stale = {finding.problem for finding in validate(data, context) if finding.field == how.joined}
    data, findings, told = _added(data, findings, how)
    again = (how.code, *how.rules)
    kept = [f for f in findings if f.code not in again and (f.field != how.joined or f.problem not in stale)]
    kept += [finding for finding in validate(data, context) if finding.field == how.joined]
    made = [finding for code in again for finding in rules.check(data, context, only=code)]
    return data, [*kept, *told, *(replace(finding, problem=APART) if finding.code == how.code else finding for finding in made)]


def _added(data: Data, findings: Sequence[Finding], how: Summed) -> tuple[Data, Sequence[Finding], list[Finding]]:
    """The data with the sums, the findings that hold yet, and what was added up."""
    table, field = data[""], data[""].record[how.field]
    group = _alike(table, how)
    counts = np.bincount(group)
    several = counts[group] > 1
    first = np.unique(group, return_index=True)[1]
    made = several[first]
    if not several.any():
        return data, findings, []
    added = col.put(table.text[how.field], ~col.filled(table.text[how.field]), field.default)
    timed = np.zeros(len(table), bool)
    for finding in findings:
        if finding.problem == ROUNDED and finding.field == how.field:
            timed[finding.at] = True
    timed &= several
    given = table.given[how.field][timed].str.strip()
    sums = np.zeros(len(counts), np.int64)
    np.add.at(sums, group[~timed], to_cents(added)[~timed])
    seconds = np.zeros(len(counts), np.int64)
    np.add.at(seconds, group[timed], col.per_distinct(given, seconds_of).astype(np.int64))
    seconds += sums * SECONDS
    endless = made & (seconds % SECONDS != 0)
    sums = np.sign(seconds) * ((np.abs(seconds) + SECONDS // 2) // SECONDS)
    told = col.put(added, timed, given)[several].groupby(group[several]).agg(_listed).to_numpy(object)
    written = col.text_series([_plain(as_text(int(cents))) for cents in sums])
    remarks = table.text[how.joined].groupby(group).agg(lambda texts: ", ".join(dict.fromkeys(filter(None, texts))))
    kept = table.take(first)
    kept = kept.with_column(how.field, col.put(kept.text[how.field], made, written[made]))
    kept = kept.with_column(how.joined, col.text_series(remarks.to_list()))
    details = {"count": counts[made], "parts": told, "sum": written[made].to_numpy(object)}
    said = [kept.finding(how.code, "rows_summed", Severity.NOTE, how.field, made, **details)]
    if endless.any():
        exact = np.array([_clock(int(number)) for number in seconds[endless]], object)
        details = {"exact": exact, "sum": written[endless].to_numpy(object)}
        said.append(kept.finding(data.schema.code(ROUNDED, field), "sum_rounded", Severity.WARNING, how.field, endless, **details))
    still = [f.take(~timed[f.at]) if f.problem == ROUNDED and f.field == how.field else f for f in findings]
    return data.with_table(_renumbered(kept)), [f for f in still if f.problem != ROUNDED or len(f)], said


def _clock(seconds: int) -> str:
    """26400 → 7:20."""
    minutes, rest = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02d}{f':{rest:02d}' if rest else ''}"


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
