"""Records that Procountor would take for one another: duplicates and names that are nearly the same."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.findings import Finding
from csvimport.rules.common import repeated
from csvimport.rules.subject import Subject, check
from csvimport.severity import Severity


@check
def same_match(subject: Subject) -> Iterable[Finding]:
    """Two records match the same entry of the register: the first field is the same, and ``apart`` is the same or empty.

    ``apart``: a second key that tells records apart when both have it; ``within``: fields that must be alike; ``only_open``:
    leave the records that are alike in both keys to another rule.
    """
    key, apart = subject.check.fields[0], subject.option("apart")
    text = subject.table.text
    mask = subject.selected() & col.filled(text[key])
    if np.count_nonzero(mask) < 2:
        return
    frame = text[[key, *subject.option("within", ())]]
    told = frame.assign(apart=text[apart])
    open_group = frame[mask & ~col.filled(text[apart])].drop_duplicates()
    loose = mask & (pd.MultiIndex.from_frame(frame).isin(pd.MultiIndex.from_frame(open_group)) if len(open_group) else False)
    yield from repeated(subject, frame, loose, key)
    if not subject.option("only_open", False):
        yield from repeated(subject, told, mask & ~loose, key)


@check
def nearly_same(subject: Subject) -> Iterable[Finding]:
    """Names that differ in letter case or blanks only: a finding where each further spelling first stands.

    The last of the fields is compared among records alike in the ones before it.
    """
    key = subject.check.fields[-1]
    text = subject.table.text
    mask = subject.selected() & col.filled(text[key])
    if np.count_nonzero(mask) < 2:
        return
    spellings = text[list(subject.check.fields)][mask].drop_duplicates()
    groups = pd.DataFrame({k: col.replace(spellings[k].str.casefold(), r"\s", "") for k in subject.check.fields})
    later = groups.duplicated().to_numpy()
    if not later.any():
        return
    number = groups.groupby(list(groups.columns), sort=False).ngroup().to_numpy()
    first = spellings.index.to_numpy()[np.unique(number, return_index=True)[1]]
    at = spellings.index.to_numpy()[later]
    origin = first[number[later]]
    names = text[key].to_numpy(object)
    different = names[at] != names[origin]
    here = np.zeros(len(text), bool)
    here[at[different]] = True
    rows = subject.table.rows[origin[different]]
    yield from subject.finding(key, here, first_row=rows, first=names[origin[different]])


@check
def duplicate_records(subject: Subject) -> Iterable[Finding]:
    """The same fields stand twice: a note when all other fields are alike too, a warning when they differ."""
    keys = list(subject.check.fields)
    text = subject.table.text
    mask = subject.selected() & np.logical_and.reduce([col.filled(text[key]) for key in keys])
    same = np.zeros(len(text), bool)
    for finding in repeated(subject, text, mask, keys[-1]):
        same[finding.at] = True
        yield replace(finding, problem="same_record", severity=Severity.NOTE)
    for finding in repeated(subject, text[keys], mask, keys[-1]):
        yield replace(finding.take(~same[finding.at]), problem="different_record", severity=Severity.WARNING)
