"""Which column of a table is which field: by its heading, never by likeness; what could be meant is suggested."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from csvimport.columns import filled
from csvimport.evidence import IDENTIFIERS, NAMES_OF_IDENTIFIERS, fields_for, shown_by, speaks_against
from csvimport.findings import NOWHERE, Finding, about_file
from csvimport.read.sheet import LEFT_OUT, Sheet
from csvimport.schema import Schema
from csvimport.severity import Severity
from csvimport.shapes import Field, column_letter
from csvimport.suggest import nearest
from csvimport.targets import MONTH, MONTH_SUM, Target, all_letters, is_month, letter_target, numbered_months, target_by_letter, target_of

LIKENESS = 0.75


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
    if any(target and is_month(target, schema) for target in meant):
        meant = [None if target and target.part in (MONTH, MONTH_SUM) else target for target in meant]
    for column, title in enumerate(titles):
        target = meant[column]
        if target is not None and meant.count(target) > 1:
            target = letter_target(title, schema) or target
        if target is not None and target.key_column and (target in taken or only_key not in (None, column)):
            target = target_of(title, schema, names, with_key=False)
        if target is not None and target in taken:
            findings.append(_twice(sheet, target, place, column, taken[target], titles))
            target = None
        elif target is not None:
            taken[target] = column
        elif title != LEFT_OUT and (title or filled(sheet.frame[column].iloc[0 if row is None else row + 1 :]).any()):
            beyond = sheet.source.delimiter is not None and not any(titles[column : sheet.width])
            findings.append(_beyond(sheet, column, row) if beyond else _unknown(sheet, schema, row, place, column, title, meant))
        targets.append(target)
    return tuple(targets), findings


def _only_key(titles: Sequence[str], schema: Schema) -> int | None:
    """The column whose heading can mean nothing but the key, if there is one."""
    for column, title in enumerate(titles):
        target = target_of(title, schema)
        if target and target.key_column and not target_of(title, schema, with_key=False):
            return column
    return None


def _twice(sheet: Sheet, target: Target, row: int, column: int, first: int, titles: Sequence[str]) -> Finding:
    (one, one_title), (two, two_title) = (sheet.column_of_input(place, titles[place]) for place in (first, column))
    details = {"first": _letter(one), "first_title": one_title, "second": _letter(two)}
    return about_file(
        "T-02", "heading_twice", Severity.ERROR, record=target.record, field=target.key, row=row, column=column, value=two_title, **details
    )


def _letter(place: int) -> str:
    """A column's letter; a dash for a column that a mapping has added."""
    return "–" if place == NOWHERE else column_letter(place)


def _beyond(sheet: Sheet, column: int, row: int | None) -> Finding:
    """Cells of a CSV to the right of the last heading: a delimiter inside a text has moved them there."""
    below = np.arange(len(sheet)) > (-1 if row is None else row)
    at = np.flatnonzero(below & filled(sheet.frame[column]))
    values = sheet.frame[column].iloc[at].to_numpy(object)
    return Finding("C-12", "beyond_headings", Severity.ERROR, rows=sheet.rows[at], columns=np.full(len(at), column), values=values)


def _unknown(sheet: Sheet, schema: Schema, row: int | None, place: int, column: int, title: str, meant: Sequence[Target | None]) -> Finding:
    found = suggest(sheet, schema, row, column, title, meant)
    because = "heading_unknown" if found and found.because == "likeness" else "heading_by_content" if found else ""
    problem = because or ("heading_unlike_any" if title else "heading_empty")
    if found is None:
        return about_file("T-01", problem, Severity.WARNING, row=place, column=column, value=title)
    return about_file(
        "T-01", problem, Severity.WARNING, record=found.record, row=place, column=column, value=title, suggestion=found.field.key,
        nearest_field=found.field.key,
    )  # fmt: skip


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
    close = nearest(title, list(known), LIKENESS) if title and not NAMES_OF_IDENTIFIERS.search(title) else None
    if close and not speaks_against(shown, known[close][1]):
        return Suggestion(*known[close], "likeness")
    free = [(record, f) for record, f in fields_for(shown, schema) if f.key not in taken]
    return Suggestion(*free[0], shown) if len(free) == 1 else None
