"""Which column of a table is which field: by its heading, never by likeness; what could be meant is suggested."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from csvimport.columns import MORE_THAN_BLANKS, filled, matches
from csvimport.findings import NOWHERE, Finding, common_finding
from csvimport.headings.evidence import IDENTIFIERS, NAMES_OF_IDENTIFIERS, contradicting, fields_for, shown_by, speaks_against
from csvimport.headings.targets import (
    MONTH,
    MONTH_SUM,
    Target,
    all_letters,
    is_heading_of,
    is_month,
    key_names,
    letter_target,
    normalise,
    numbered_months,
    target_by_letter,
    target_of,
)
from csvimport.kinds.text import NUMBER_KINDS
from csvimport.months import MONTHS, like_day
from csvimport.read.sheet import LEFT_OUT, Sheet
from csvimport.schema import Schema, common_codes
from csvimport.severity import Severity
from csvimport.shapes import Field, column_letter
from csvimport.suggest import nearest
from csvimport.units import PRICE, without_addition, without_rate

_WHOLE_ADDRESS = r"\\|\b\d{3} ?\d{2}\b"
LIKENESS = 0.75
LIKENESS_OF_SHORT = 0.9
SHORT = 5  # letters: Date is like Rate by three of four


@dataclass(frozen=True)
class Suggestion:
    """A heading that a column could be meant for, and what shows it: ``likeness`` of the headings, or what its cells are."""

    record: str
    field: Field
    because: str


def match(
    sheet: Sheet, schema: Schema, row: int | None, titles: Sequence[str], names: Collection[str]
) -> tuple[tuple[Target | None, ...], list[Finding]]:
    """The target of each column below a row of headings (None: the sheet has titles of its own), and what is to be said.

    ``names``: the values, such as dimensions, that a column may be named for.
    """
    letters = all_letters([title for title in titles if title], schema)
    place = sheet.titles_row if row is None else int(sheet.rows[row])
    targets: list[Target | None] = []
    findings: list[Finding] = []
    taken: dict[Target, int] = {}
    only_key = _only_key(titles, schema)
    meant = [target_by_letter(title, schema) if letters else target_of(title, schema, names) for title in titles]
    for column, month in numbered_months(titles, schema).items():
        meant[column] = month
    meant = _with_pairs(titles, _without_days(titles, meant, schema), schema)
    meant = _with_streets(sheet, row, meant)
    if any(target and is_month(target, schema) for target in meant):
        meant = [None if target and target.part in (MONTH, MONTH_SUM) else target for target in meant]
    if only_key is None and not any(target and target.key_column and not target.part for target in meant):
        meant = [None if target and target.key_column else target for target in meant]
    for column, title in enumerate(titles):
        target = meant[column]
        if target is not None and meant.count(target) > 1:
            target = letter_target(title, schema) or target
        if target is not None and target.key_column and not target.part and (target in taken or only_key not in (None, column)):
            target = target_of(title, schema, names, with_key=False)
        if target is not None and target in taken:
            findings.append(_twice(sheet, target, place, column, taken[target], titles))
            target = None
        elif target is not None:
            taken[target] = column
            findings += _contradicted(sheet, schema, row, place, column, title, target)
        elif title != LEFT_OUT and (title or matches(sheet.frame[column].iloc[0 if row is None else row + 1 :], MORE_THAN_BLANKS).any()):
            beyond = sheet.source.delimiter is not None and not any(titles[column : sheet.width])
            findings.append(_beyond(sheet, column, row) if beyond else _unknown(sheet, schema, row, place, column, title, meant))
        targets.append(target)
    return tuple(targets), findings


def _without_days(titles: Sequence[str], meant: list[Target | None], schema: Schema) -> list[Target | None]:
    """Headings such as Jan 31 are days and no months of a year, unless all months follow one another."""
    dated = {
        place: int(target.value) * MONTHS + schema.record(target.record).keys.index(target.key)
        for place, target in enumerate(meant)
        if target and target.value.isdecimal() and is_month(target, schema)
    }
    if not dated or max(dated.values()) - min(dated.values()) < len(dated):
        return meant
    return [None if place in dated and like_day(titles[place]) else target for place, target in enumerate(meant)]


def _with_pairs(titles: Sequence[str], meant: list[Target | None], schema: Schema) -> list[Target | None]:
    """Beside a column for the name of a pair, such as Dimension, the heading Item is its value, whatever it may mean otherwise."""
    paired = list(meant)
    for record in schema.records:
        pair = record.value_columns
        name = next(
            (
                target
                for target in meant
                if pair and target and (target.record, target.key) == (record.name, pair.name) and target.number < 2
            ),
            None,
        )
        if pair and name:
            value = record[pair.value]
            paired = [
                replace(name, key=pair.value) if target and not target.number and is_heading_of(title, value) else target
                for title, target in zip(titles, paired, strict=True)
            ]
    return paired


def _with_streets(sheet: Sheet, row: int | None, meant: list[Target | None]) -> list[Target | None]:
    """Beside columns for its postal code and town, a column for an address is its street, unless its cells hold all of it."""
    parts: dict[tuple[str, str], set[str]] = {}
    for target in meant:
        if target and target.part:
            parts.setdefault((target.record, target.key), set()).add(target.part)

    def is_street(target: Target, column: int) -> bool:
        beside = parts.get((target.record, target.key), set())
        if target.part or "street" in beside or not beside & {"postal_code", "city"}:
            return False
        return not matches(sheet.frame[column].iloc[0 if row is None else row + 1 :], _WHOLE_ADDRESS).any()

    return [replace(target, part="street") if target and is_street(target, column) else target for column, target in enumerate(meant)]


def _contradicted(sheet: Sheet, schema: Schema, row: int | None, place: int, column: int, title: str, target: Target) -> Iterator[Finding]:
    """A known heading over cells that are all something else."""
    if target.part or target.value or target.key_column:
        return
    example = contradicting(sheet.frame[column].iloc[0 if row is None else row + 1 :], schema.record(target.record)[target.key])
    if example:
        yield common_finding(
            "content_contradicts", Severity.WARNING, record=target.record, row=place, column=column, value=title,
            nearest_field=target.key, example=example,
        )  # fmt: skip


def _only_key(titles: Sequence[str], schema: Schema) -> int | None:
    """The column whose heading can mean nothing but the key, if there is one; of several the one that says so best."""
    names = [normalise(name) for name in key_names(schema.table)] if schema.table else []
    ranked = []
    for column, title in enumerate(titles):
        target = target_of(title, schema)
        if target and target.key_column and not target.part and not target_of(title, schema, with_key=False):
            plain = normalise(title)
            ranked.append((names.index(plain) if plain in names else len(names), column))
    return min(ranked)[1] if ranked else None


def _twice(sheet: Sheet, target: Target, row: int, column: int, first: int, titles: Sequence[str]) -> Finding:
    (one, one_title), (two, two_title) = (sheet.column_of_input(place, titles[place]) for place in (first, column))
    details = {"first": _letter(one), "first_title": one_title, "second": _letter(two)}
    return common_finding(
        "heading_twice", Severity.ERROR, record=target.record, field=target.key, row=row, column=column, value=two_title, **details
    )


def _letter(place: int) -> str:
    """A column's letter; a dash for a column that a mapping has added."""
    return "–" if place == NOWHERE else column_letter(place)


def _beyond(sheet: Sheet, column: int, row: int | None) -> Finding:
    """Cells of a CSV to the right of the last heading: a delimiter inside a text has moved them there."""
    below = np.arange(len(sheet)) > (-1 if row is None else row)
    at = np.flatnonzero(below & filled(sheet.frame[column]))
    values = sheet.frame[column].iloc[at].to_numpy(object)
    return Finding(
        common_codes()["beyond_headings"],
        "beyond_headings",
        Severity.ERROR,
        rows=sheet.rows[at],
        columns=np.full(len(at), column),
        values=values,
    )


def _unknown(sheet: Sheet, schema: Schema, row: int | None, place: int, column: int, title: str, meant: Sequence[Target | None]) -> Finding:
    def said(problem: str, severity: Severity = Severity.WARNING, **more: str) -> Finding:
        details: dict[str, Any] = more
        return common_finding(problem, severity, row=place, column=column, value=title, **details)

    if normalise(title) in map(normalise, schema.besides):
        return said("heading_besides", Severity.NOTE)
    if found_together := _number_and_flag(title, schema):
        number, flag = found_together
        return said(
            "heading_and_flag", Severity.ERROR, record=number.record, nearest_field=number.key, flag_field=f"{flag.record}.{flag.key}"
        )
    added_to = target_of(without_addition(title), schema) if without_addition(title) != title else None
    if added_to and not added_to.key_column and _field_of(added_to, schema).kind in NUMBER_KINDS:
        return said("heading_qualified", Severity.ERROR, record=added_to.record, nearest_field=added_to.key)
    if prefix := _prefix_of_value(title, schema):
        return said("heading_dimension", suggestion=f"{prefix}{title}")
    found = suggest(sheet, schema, row, column, title, meant)
    if found is None:
        return said("heading_unlike_any" if title else "heading_empty")
    problem = "heading_unknown" if found.because == "likeness" else "heading_by_content"
    return said(problem, record=found.record, suggestion=found.field.key, nearest_field=found.field.key)


def _number_and_flag(title: str, schema: Schema) -> tuple[Target, Target] | None:
    """A price and a flag about it that a heading names together, with brackets or without: ``Hinta sis. alv``."""
    words = re.split(r"[\s,()\[\]]+", without_rate(title).strip(" ()[]"))
    for cut in range(1, len(words)):
        halves = [target_of(" ".join(half), schema) for half in (words[:cut], words[cut:])]
        for number, flag in (halves, halves[::-1]):
            if (
                number
                and flag
                and _field_of(number, schema).measure == PRICE
                and _field_of(flag, schema).kind == "flag"
                and not flag.negated
            ):
                return number, flag
    return None


def _field_of(target: Target, schema: Schema) -> Field:
    return schema.record(target.record)[target.key]


def _prefix_of_value(title: str, schema: Schema) -> str:
    """The prefix that would make a heading one of a column that is named for a value, if columns often are named for it."""
    for record in schema.records:
        if record.value_columns and normalise(title) in map(normalise, record.value_columns.usual):
            return record.value_columns.prefixes[0]
    return ""


def suggest(sheet: Sheet, schema: Schema, row: int | None, column: int, title: str, meant: Sequence[Target | None]) -> Suggestion | None:
    """The field that a column could be meant for; identifiers are suggested by what the cells are only."""
    shown = shown_by(sheet.frame[column].iloc[0 if row is None else row + 1 :])
    taken = {target.key for target in meant if target}
    known = {
        text: (record.name, f)
        for record in schema.records
        for f in record.fields
        if f.kind not in IDENTIFIERS | {"constant", "unused"} and f.key not in taken
        for text in (*f.title.values(), *f.aliases)
    }
    likeness = LIKENESS_OF_SHORT if len(title) <= SHORT else LIKENESS
    close = nearest(title, list(known), likeness) if title and not NAMES_OF_IDENTIFIERS.search(title) else None
    if close and not speaks_against(shown, known[close][1]):
        return Suggestion(*known[close], "likeness")
    free = [(record, f) for record, f in fields_for(shown, schema) if f.key not in taken]
    return Suggestion(*free[0], shown) if len(free) == 1 else None
