"""Budgets: figures of months as whole numbers, their signs, and the years they add up to."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from csvimport import cents as money
from csvimport import columns as col
from csvimport.context import Context
from csvimport.figures import Figure
from csvimport.findings import NOWHERE, Finding, Mask
from csvimport.kinds.numbers import to_decimals, turned
from csvimport.months import MONTHS, month_of
from csvimport.records import Data, Table
from csvimport.rules.subject import Subject, check
from csvimport.rules.totals import total
from csvimport.schema_parts import Total
from csvimport.settings import ACCOUNT_RANGE
from csvimport.severity import Severity
from csvimport.shapes import Calendar

Matrix = npt.NDArray[np.int64]
Grid = npt.NDArray[np.bool_]

_NO_ITEM = re.compile(r"[^a-zåäö]")
CENTS = money.CENTS_PER_UNIT
SCALE = 1_000_000  # figures that are rounded are held in millionths
LARGEST = 10**12


def type_by_dimension(subject: Subject) -> tuple[Data, list[Finding]]:
    """The type of rows in a table that has no column for it. Fields: the type, dimension, item."""
    table, data = subject.table, subject.data
    key, *pair = subject.check.fields
    if table.has_column(key):
        return data, []
    with_dimension = np.logical_or.reduce([col.filled(table.text[name]) for name in pair])
    one, other = subject.option("with_dimension"), subject.option("without_dimension")
    types = col.put(col.put(col.blank(len(table)), with_dimension, one), ~with_dimension, other)
    counts = {"with_dimension": int(with_dimension.sum()), "without": int((~with_dimension).sum())}
    return data.with_table(table.with_column(key, types)), [_note(f) for f in subject.about_file(problem="type_by_dimension", **counts)]


def turn_signs(subject: Subject) -> tuple[Data, list[Finding]]:
    """The figures of the accounts that the settings name, with the other sign; a finished file, without headings, has its signs.

    Fields: the months; option: the account.
    """
    table, ranges = subject.table, subject.context.settings.budget_flip
    if subject.context.as_is or not (subject.context.headings and ranges):
        return subject.data, []
    rows = _in_ranges(table.text[subject.option("account")], ranges)
    if not rows.any():
        return subject.data, []
    changed = {key: col.put(table.text[key], rows, turned(table.text[key][rows])) for key in subject.check.fields}
    table = _with_texts(table, changed)
    told = subject.about_file(problem="signs_turned", count=int(rows.sum()), accounts=", ".join(ranges))
    return subject.data.with_table(table), [_note(finding) for finding in told]


def round_months(subject: Subject) -> tuple[Data, list[Finding]]:
    """Figures with decimals as whole numbers, if the settings say so; what is cut from one month goes to the next ones.

    The figures of a financial year keep their total, rounded. Fields: the months; option: the year.
    """
    table, keys = subject.table, subject.check.fields
    if subject.context.as_is:
        return subject.data, []
    exact = _scaled(table, keys)
    if not (exact % SCALE).any():
        return subject.data, []
    if not subject.context.settings.budget_round:
        return subject.data, list(map(_note, subject.about_file(problem="months_can_be_rounded")))
    month = _absolute(table, subject.option("year"))
    whole = _rounded(exact, _financial_years(subject, table, keys, month), month)
    changed, findings = {}, []
    for place, key in enumerate(keys):
        mask = exact[:, place] % SCALE != 0
        if mask.any():
            written = [str(value) for value in whole[mask, place]]
            changed[key] = col.put(table.text[key], mask, col.text_series(written))
            findings.append(table.finding(subject.rule.id, "month_rounded", Severity.NOTE, key, mask, written=np.array(written, object)))
    before, after = Decimal(int(exact.sum())) / SCALE, int(whole.sum())
    told = subject.about_file(problem="months_rounded", before=f"{before:.2f}".replace(".", ","), after=str(after))
    return subject.data.with_table(_with_texts(table, changed)), [*findings, *map(_note, told)]


def _rounded(exact: Matrix, year: Matrix, month: Matrix) -> Matrix:
    """Whole units for scaled figures: the running total of each year is rounded, halves up, so that the last one is the rounded total.

    ``year``: a number for each figure, the same for those that keep their total; ``month``: their order in it.
    """
    order = np.lexsort((month.ravel(), year.ravel()))
    scaled, group = exact.ravel()[order], year.ravel()[order]
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    running = np.cumsum(scaled)
    before = np.repeat(running[starts] - scaled[starts], np.diff(np.r_[starts, len(group)]))
    whole = (running - before + SCALE // 2) // SCALE
    steps = np.diff(whole, prepend=0)
    steps[starts] = whole[starts]
    made = np.empty_like(steps)
    made[order] = steps
    return made.reshape(exact.shape)


def _financial_years(subject: Subject, table: Table, keys: Sequence[str], month: Matrix) -> Matrix:
    """A number for each figure: the same for the months of one financial year of one budget row."""
    own = [key for key in table.record.keys if key not in keys and key != subject.option("year")]
    year_of_row = table.text[subject.option("year")]
    again = table.text[own].assign(year_of_row=year_of_row).groupby([*own, "year_of_row"], sort=False).cumcount()
    row = table.text[own].assign(again=again).groupby([*own, "again"], sort=False).ngroup().to_numpy()
    year = (month - _start(subject.context, month, _has_cell(table, keys))) // MONTHS
    codes = pd.MultiIndex.from_arrays([np.repeat(row, MONTHS), year.ravel()]).factorize()[0]
    return np.asarray(codes, np.int64).reshape(month.shape)


def _scaled(table: Table, keys: Sequence[str]) -> Matrix:
    """The figures in millionths; 0 for what is no number or larger than a million millions."""

    def scaled(key: str) -> money.Cents:
        numbers = to_decimals(table.text[key])
        sane = pc.if_else(pc.less(pc.abs(numbers), pa.scalar(Decimal(LARGEST), numbers.type)), numbers, None).cast(pa.decimal256(40, 12))
        whole = pc.round(pc.multiply(sane, pa.scalar(Decimal(SCALE), pa.decimal256(10, 0))), 0).cast(pa.decimal128(38, 0))
        return np.asarray(pc.fill_null(whole.cast(pa.int64()), 0))

    return np.stack([scaled(key) for key in keys], axis=1)


def _absolute(table: Table, key: str) -> Matrix:
    """The months of every row, counted from the year 0; rows without a right year count from it, too."""
    years = col.per_distinct(table.text[key], lambda text: int(text) if re.fullmatch(r"(?:19|2[01])\d\d", text) else 0).astype(np.int64)
    return np.asarray(years[:, None] * MONTHS + np.arange(MONTHS))


def _has_cell(table: Table, keys: Sequence[str]) -> Grid:
    """Which figures have a cell in the input."""

    def has(key: str) -> Mask:
        place = table.columns.get(key, NOWHERE)
        return place != NOWHERE if isinstance(place, np.ndarray) else np.full(len(table), place != NOWHERE)

    return np.stack([has(key) for key in keys], axis=1)


def _start(context: Context, month: Matrix, has: Grid) -> int:
    """A month, from 0, that financial years start with: that of the settings, else that of the first figure, of which there is one."""
    told = month_of(context.settings.financial_year, {}) if context.settings.financial_year else None
    return told[1] - 1 if told else int(month[has].min())


def fill_months(subject: Subject) -> tuple[Data, list[Finding]]:
    """A zero for every month without a figure. Fields: the months; option: the year."""
    table, keys = subject.table, subject.check.fields
    empty = np.stack([~col.filled(table.text[key]) for key in keys], axis=1)
    if not empty.any():
        return subject.data, []
    has = _has_cell(table, keys)
    findings = []
    for place, key in enumerate(keys):
        mask = empty[:, place] & has[:, place]
        if mask.any():
            severity = subject.rule.as_is if subject.context.as_is else Severity.NOTE
            problem = "month_empty" if subject.context.as_is else "month_filled"
            findings.append(table.finding(subject.rule.id, problem, severity, key, mask))
    if subject.context.as_is:
        return subject.data, findings
    findings += _without_cell(subject, table, keys, empty & ~has, has)
    filled = {key: col.put(table.text[key], empty[:, place], "0") for place, key in enumerate(keys)}
    return subject.data.with_table(_with_texts(table, filled)), findings


def _without_cell(subject: Subject, table: Table, keys: Sequence[str], gap: Grid, has: Grid) -> Iterable[Finding]:
    """What is to be said of months for which the input has no cell: nothing outside the financial year, unless it is not whole."""
    month = _absolute(table, subject.option("year"))
    if not any(isinstance(table.columns.get(key), np.ndarray) for key in keys):
        missing = [key for place, key in enumerate(keys) if gap[:, place].any()]
        if missing:
            yield from _warned(subject.about_file(problem="month_column_missing", months_fields=tuple(missing)))
        return
    dated = month >= MONTHS  # rows without a right year are told apart from this
    given = np.unique(month[has & dated])
    if not len(given):
        return
    between = gap & (month >= given.min()) & (month <= given.max())
    lost = sorted(set(range(int(given.min()), int(given.max()) + 1)) - set(given.tolist()))
    span = int(given.max() - given.min()) + 1
    if lost or span % MONTHS:
        first, last = _written(int(given.min())), _written(int(given.max()))
        problem = "year_with_gaps" if lost else "year_not_whole"
        yield from _warned(subject.about_file(problem=problem, first=first, last=last, months=", ".join(map(_written, lost))))
    elif between.any():
        yield from map(_note, subject.about_file(problem="months_without_figure", count=int(between.sum())))


def _written(month: int) -> str:
    """A month as people write it: 7/2026."""
    return f"{month % MONTHS + 1}/{month // MONTHS}"


def _with_texts(table: Table, texts: "dict[str, pd.Series[str]]") -> Table:
    for key, text in texts.items():
        table = table.with_column(key, text)
    return table


def _note(finding: Finding) -> Finding:
    return finding.weighed(Severity.NOTE)


def _warned(findings: Iterable[Finding]) -> Iterable[Finding]:
    return (finding.weighed(Severity.WARNING) for finding in findings)


def _in_ranges(accounts: "pd.Series[str]", ranges: Sequence[str]) -> Mask:
    """Which accounts lie in one of the ranges, such as 3000-3999."""
    ends = [(found[1], found[2] or found[1]) for found in (re.fullmatch(ACCOUNT_RANGE, text) for text in ranges) if found]
    return col.per_distinct(accounts, lambda account: len(account) == 4 and any(low <= account <= high for low, high in ends)).astype(bool)


def _cents(table: Table, keys: Sequence[str]) -> Matrix:
    return np.stack([money.to_cents(table.text[key]) for key in keys], axis=1)


@check
def nearly_no_item(subject: Subject) -> Iterable[Finding]:
    """The word for no item, in other letters or blanks than the settings' own."""
    key, word = subject.check.fields[0], subject.context.settings.no_item_word
    plain = _NO_ITEM.sub("", word.casefold())
    near = col.per_distinct(subject.column(key), lambda text: text != word and _NO_ITEM.sub("", text.casefold()) == plain).astype(bool)
    here = near & subject.selected()
    yield from subject.finding(key, here, suggestions=np.full(int(here.sum()), word, object))


@check
def income_is_negative(subject: Subject) -> Iterable[Finding]:
    """Accounts of income whose year is positive; the settings say which accounts are income."""
    key = subject.check.fields[0]
    rows = subject.table.rows
    year = pd.Series(_cents(subject.table, subject.option("figures")).sum(axis=1)).groupby(rows).transform("sum").to_numpy(np.int64)
    positive = _in_ranges(subject.column(key), subject.context.settings.income_accounts) & (year > 0) & subject.selected()
    yield from subject.finding(key, positive, total=money.money_texts(year[positive]))


@check
def only_zeros(subject: Subject) -> Iterable[Finding]:
    """One finding about the file that counts the rows whose figures are all 0."""
    zero = np.logical_and.reduce([col.matches(subject.column(key), r"^-?0+$") for key in subject.check.fields])
    if zero.any():
        yield from subject.about_file(count=int(zero.sum()))


@check
def row_total(subject: Subject) -> Iterable[Finding]:
    """A column that adds up the months must agree with them, up to what rounding and turned signs change."""
    totals, rows, key = subject.table, subject.data[""], subject.check.fields[0]
    if not len(totals):
        return
    made = pd.Series(_cents(rows, subject.option("figures")).sum(axis=1)).groupby(rows.rows).sum()
    of_rows = made.reindex(pd.Index(totals.rows)).to_numpy(np.int64)
    flipped = np.isin(totals.rows, rows.rows[_in_ranges(rows.text[subject.option("account")], subject.context.settings.budget_flip)])
    months, said = (np.where(flipped, np.abs(cents), cents) for cents in (of_rows, money.to_cents(totals.text[key])))
    tolerance = CENTS if subject.context.settings.budget_round else 1
    wrong = np.logical_or.reduce([rows.wrong_at(name) for name in subject.option("figures")])
    unread = totals.wrong_at(key)
    off = (
        (np.abs(months - said) >= tolerance)
        & ~unread
        & ~np.isin(totals.rows, rows.rows[wrong])
        & ~pd.Series(totals.rows).duplicated().to_numpy()
    )
    yield from subject.finding(key, off, months=money.money_texts(of_rows[off]))


@check
def both_years(subject: Subject) -> Iterable[Finding]:
    """The settings say that the financial year is not the calendar year, but the file has one calendar year only."""
    start = month_of(subject.context.settings.financial_year, {}) if subject.context.settings.financial_year else None
    years = set(subject.column(subject.check.fields[0]).unique()) - {""}
    if start and start[1] != 1 and len(years) == 1:
        yield from subject.about_file(year=years.pop(), start=subject.context.settings.financial_year)


@total
def budget_by_year(data: Data, asked: Total, context: Context) -> Iterable[Figure]:
    """The sum of all months for each type, version and year."""
    table = data[asked.record]
    shape = cast(Calendar, table.record.calendar)
    cents = _cents(table, shape.months).sum(axis=1)
    keys = ["version", shape.year, "row_type"]
    by_year = table.text[keys].assign(cents=cents).groupby(keys, as_index=False)["cents"].sum()
    for version, year, kind, value in by_year.itertuples(index=False):
        of = " ".join(filter(None, (version or table.record["version"].default, year, kind)))
        yield Figure(asked.name, None, _whole(int(value)), of)


def _whole(cents: int) -> str:
    return str(cents // CENTS) if cents % CENTS == 0 else money.as_text(cents)
