"""The common vocabulary of rules: required, forbidden, unique, several values, reminders."""

from collections.abc import Iterable
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from csvimport import columns as col
from csvimport.findings import Finding, Mask, Places
from csvimport.kinds.dates import parse
from csvimport.kinds.numbers import as_decimal, to_decimals
from csvimport.rules.subject import Subject, check


@check
def required(subject: Subject) -> Iterable[Finding]:
    """The fields must be filled where the condition holds; ``once``: a field without a column is told about the file."""
    selected = subject.selected()
    for key in subject.check.fields:
        missing = selected & ~col.filled(subject.column(key))
        yield from subject.finding(key, missing, once=bool(missing.all()) or bool(subject.option("once", False)))


@check
def forbidden(subject: Subject) -> Iterable[Finding]:
    """The fields must be empty where the condition holds."""
    selected = subject.selected()
    for key in subject.check.fields:
        yield from subject.finding(key, selected & col.filled(subject.column(key)))


@check
def noted(subject: Subject) -> Iterable[Finding]:
    """A finding at the fields, filled or not, wherever the condition holds."""
    selected = subject.selected()
    for key in subject.check.fields:
        yield from subject.finding(key, selected)


@check
def remind(subject: Subject) -> Iterable[Finding]:
    """One finding about the file when the condition holds for some record (``none``: for no record)."""
    count = int(subject.selected().sum())
    if (count == 0) == bool(subject.option("none", False)) and len(subject.table):
        yield from subject.about_file(count=count)


@check
def matches(subject: Subject) -> Iterable[Finding]:
    """The filled fields must match a pattern where the condition holds."""
    selected = subject.selected()
    for key in subject.check.fields:
        column = subject.column(key)
        yield from subject.finding(key, selected & col.filled(column) & ~col.matches(column, subject.option("pattern")))


@check
def above(subject: Subject) -> Iterable[Finding]:
    """The numbers must not be above a limit."""
    limit = Decimal(subject.option("limit"))
    for key in subject.check.fields:
        numbers = to_decimals(subject.column(key))
        over = np.asarray(pc.fill_null(pc.greater(numbers, pa.scalar(limit, numbers.type)), False))
        yield from subject.finding(key, over & subject.selected())


@check
def not_positive(subject: Subject) -> Iterable[Finding]:
    """The number must be above 0."""
    key = subject.check.fields[0]
    low = col.per_distinct(subject.column(key), lambda value: (n := as_decimal(value)) is not None and n <= 0).astype(bool)
    yield from subject.finding(key, low & subject.selected())


@check
def not_above_other(subject: Subject) -> Iterable[Finding]:
    """The first number or date must not be above the second; reported at the first."""
    key, other = subject.check.fields
    one, two = (_comparable(subject, name) for name in (key, other))
    above_ = np.asarray(pc.fill_null(pc.greater(one, two), False)) & subject.selected()
    above_ &= ~subject.table.wrong_at(other)
    values = subject.column(key)[above_].to_numpy(object), subject.column(other)[above_].to_numpy(object)
    yield from subject.finding(key, above_, own=values[0], other=values[1])


def _comparable(subject: Subject, key: str) -> pa.Array:
    """A column as numbers or days that can be compared; null for what is none."""
    column = subject.column(key)
    return pa.array(col.per_distinct(column, parse), pa.date32()) if subject.kind(key) == "date" else to_decimals(column)


@check
def together(subject: Subject) -> Iterable[Finding]:
    """Of each pair of fields both are filled or none; reported at the empty one."""
    for pair in _pairs(subject):
        one, two = (col.filled(subject.column(key)) for key in pair)
        for key, empty, other in ((pair[0], two & ~one, pair[1]), (pair[1], one & ~two, pair[0])):
            here = empty & subject.selected()
            yield from subject.finding(key, here, once=bool(here.all()), other_field=other)


def _pairs(subject: Subject) -> list[tuple[str, str]]:
    fields = subject.check.fields
    return list(zip(fields[::2], fields[1::2], strict=True))


@check
def distinct(subject: Subject) -> Iterable[Finding]:
    """No two of the fields of a record hold the same; reported at the later one."""
    seen: list[str] = []
    for key in subject.check.fields:
        column = subject.column(key)
        again = np.logical_or.reduce([~col.differ(column, subject.column(other)) for other in seen])
        yield from subject.finding(key, again & col.filled(column) & subject.selected())
        seen.append(key)


@check
def without_gap(subject: Subject) -> Iterable[Finding]:
    """The fields are filled from the first one on; reported at the first filled one behind a gap."""
    gap = np.zeros(len(subject.table), bool)
    told = gap.copy()
    for key in subject.check.fields:
        has = col.filled(subject.column(key))
        yield from subject.finding(key, has & gap & ~told & subject.selected())
        told |= has & gap
        gap |= ~has


@check
def has_parent(subject: Subject) -> Iterable[Finding]:
    """A child record must stand below a record that it can belong to."""
    yield from subject.finding(subject.check.fields[0], subject.table.owner < 0)


@check
def first_is_main(subject: Subject) -> Iterable[Finding]:
    """The first record of the file must not be of this kind."""
    table = subject.table
    if len(table) and int(table.order.min()) == min(int(t.order.min()) for t in subject.data.tables.values() if len(t)):
        yield from subject.finding(subject.check.fields[0], table.order == table.order.min())


@check
def several_values(subject: Subject) -> Iterable[Finding]:
    """One finding about the file when a field has more than one value."""
    key = subject.check.fields[0]
    values = sorted(v for v in subject.column(key).unique() if v in subject.table.record[key].values)
    if len(values) > 1:
        yield from subject.about_file(values=", ".join(values))


@check
def unique(subject: Subject) -> Iterable[Finding]:
    """Together, the filled fields may stand once only; ``within`` narrows that to records alike in other fields, or to one parent."""
    table = subject.table
    keys = subject.check.fields
    filled = np.logical_and.reduce([col.filled(subject.column(key)) for key in keys]) & subject.selected()
    if np.count_nonzero(filled) < 2:
        return
    frame = table.text[list(keys)].assign(**{f"within {key}": _within(subject, key) for key in subject.option("within", ())})
    yield from repeated(subject, frame, filled, keys[0])


def _within(subject: Subject, key: str) -> "pd.Series[str] | np.ndarray[tuple[int], np.dtype[np.int64]]":
    return subject.table.owner if key == "parent" else subject.table.text[key]


def repeated(subject: Subject, frame: pd.DataFrame, mask: Mask, key: str, problem: str = "") -> Iterable[Finding]:
    """A finding at every record of the mask whose values in the frame stood before, naming the row of the first."""
    if np.count_nonzero(mask) < 2:
        return
    at = _perhaps_repeated(frame, np.flatnonzero(mask))
    alike = frame.iloc[at]
    again = alike.duplicated().to_numpy()
    if not again.any():
        return
    groups = alike.groupby(list(alike.columns), sort=False).ngroup().to_numpy()
    first = np.unique(groups, return_index=True)[1]
    rows = subject.table.rows[at[first[groups[again]]]]
    repeat = np.zeros(len(mask), bool)
    repeat[at[again]] = True
    yield from subject.finding(key, repeat, problem=problem, first_row=rows)


def _perhaps_repeated(frame: pd.DataFrame, at: Places) -> Places:
    """Those of the places that may hold the same as another one: their fingerprints do, which take less memory than their text."""
    prints = [pd.util.hash_pandas_object(frame.iloc[at[rows]], index=False, categorize=False).to_numpy() for rows in col.blocks(len(at))]
    fingerprints = np.concatenate(prints)
    ordered = np.sort(fingerprints)
    return at[np.isin(fingerprints, ordered[1:][ordered[1:] == ordered[:-1]])]


@check
def one_per_parent(subject: Subject) -> Iterable[Finding]:
    """At most one record of a parent may have the field filled; only the topmost counts."""
    key = subject.check.fields[0]
    parents = pd.DataFrame({"parent": subject.table.owner})
    yield from repeated(subject, parents, col.filled(subject.column(key)) & subject.selected(), key)


@check
def at_most_values(subject: Subject) -> Iterable[Finding]:
    """A field may have no more than a number of different values in the file; those of wrong cells do not count."""
    key, most = subject.check.fields[0], subject.option("most")
    column = subject.column(key)
    column = col.put(column, subject.table.wrong_at(key), "")
    names = [name for name in column.unique() if name]
    late = ~column.duplicated().to_numpy() & col.one_of(column, names[most:])
    yield from subject.finding(key, late, found=len(names), most=most)


@check
def count(subject: Subject) -> Iterable[Finding]:
    """One finding about the file that counts its records."""
    if len(subject.table):
        yield from subject.about_file(count=len(subject.table))
