"""Comparisons with what already exists in the environment; without a register they say nothing, or remind."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from csvimport import columns as col
from csvimport.findings import Finding, Places
from csvimport.rules.subject import Subject, check
from csvimport.severity import Severity
from csvimport.suggest import nearest

UNIT_SEPARATOR = "\x1f"  # between the fields that are compared together; no cell holds it
PASSIVE = "P"  # the passivity code of dimension items


def _alike(column: "pd.Series[str]") -> "pd.Series[str]":
    """Names without regard to letter case and blanks."""
    return col.replace(column.str.casefold(), r"\s", "")


@check
def item_of_dimension(subject: Subject) -> Iterable[Finding]:
    """The nth field must be an item of the environment's nth dimension."""
    register = subject.context.registers
    if register.dimensions.empty:
        if any(col.filled(subject.column(key)).any() for key in subject.check.fields):
            for finding in subject.about_file():
                yield finding.weighed(Severity.NOTE)
        return
    for key, dimension in zip(subject.check.fields, (*register.dimension_order, *[""] * len(subject.check.fields)), strict=False):
        items = register.dimensions["item_name"][(register.dimensions["dimension_name"] == dimension).to_numpy()].tolist()
        wrong = col.filled(subject.column(key)) & ~col.one_of(subject.column(key), items) & subject.selected()
        suggestions = col.per_distinct(subject.column(key)[wrong], lambda value, items=items: nearest(value, items))  # type: ignore[misc]
        for finding in subject.finding(key, wrong, suggestions=suggestions, dimension=dimension or "–"):
            yield replace(finding, problem="item_not_in_register")


@check
def dimension_in_register(subject: Subject) -> Iterable[Finding]:
    """The dimension must exist, spelled the same."""
    names = subject.context.registers.dimensions["dimension_name"].unique().tolist()
    if names:
        column = subject.column(subject.check.fields[0])
        wrong = col.filled(column) & ~col.one_of(column, names) & subject.selected()
        suggestions = col.per_distinct(column[wrong], lambda value: nearest(value, names))
        yield from subject.finding(subject.check.fields[0], wrong, suggestions=suggestions)


@check
def items_exist(subject: Subject) -> Iterable[Finding]:
    """Pairs of dimension and item must exist, spelled the same; nothing is created. Without a register this says nothing.

    ``of``: ``dimension`` or ``item`` when one of the two only is to be looked at; ``besides``: the setting of a word that is an
    item of every dimension.
    """
    known = subject.context.registers.dimensions
    if known.empty:
        return
    items = {str(name): group.tolist() for name, group in known.groupby("dimension_name")["item_name"]}
    pairs = pd.MultiIndex.from_frame(known[["dimension_name", "item_name"]])
    for dimension, item in zip(subject.check.fields[::2], subject.check.fields[1::2], strict=True):
        names, values = subject.column(dimension), subject.column(item)
        there = col.one_of(names, list(items))
        unknown = col.filled(names) & ~there & subject.selected()
        if subject.option("of") != "item":
            suggestions = col.per_distinct(names[unknown], lambda value: nearest(value, list(items)))
            yield from subject.finding(dimension, unknown, problem="dimension_not_there", suggestions=suggestions)
        if subject.option("of") == "dimension":
            continue
        exists = pd.MultiIndex.from_arrays([names, values]).isin(pairs)
        lost = there & col.filled(values) & ~exists & subject.selected()
        word = getattr(subject.context.settings, subject.option("besides")) if subject.option("besides") else ""
        lost &= (values != word).to_numpy()
        near = nearest_items(names[lost], values[lost], {name: [*listed, word] for name, listed in items.items()})
        yield from subject.finding(item, lost, problem="item_not_there", suggestions=near, dimension=names[lost].to_numpy(object))


def nearest_items(
    dimensions: "pd.Series[str]", items: "pd.Series[str]", known: Mapping[str, Sequence[str]]
) -> "np.ndarray[Any, np.dtype[np.object_]]":
    """For each item the one of its dimension that it is most like, None where none is near; looked for once for each pair."""
    codes, pairs = pd.factorize(pd.MultiIndex.from_arrays([dimensions, items]))
    near = np.empty(len(pairs), object)
    near[:] = [nearest(item, known[dimension]) for dimension, item in pairs]
    return near[codes]


@check
def item_is_active(subject: Subject) -> Iterable[Finding]:
    """Of each pair of dimension and item, the item must not be passive in the register."""
    known = subject.context.registers.dimensions
    if known.empty:
        return
    passive = pd.MultiIndex.from_frame(known.loc[(known["passivity_code"] == PASSIVE).to_numpy(), ["dimension_name", "item_name"]])
    for dimension, item in zip(subject.check.fields[::2], subject.check.fields[1::2], strict=True):
        names = subject.column(dimension)
        here = pd.MultiIndex.from_arrays([names, subject.column(item)]).isin(passive) & subject.selected()
        yield from subject.finding(item, here, problem="item_passive", dimension=names[here].to_numpy(object))


@check
def item_in_register(subject: Subject) -> Iterable[Finding]:
    """Items spelled nearly as an existing one would become a second one; one note counts those that are updated."""
    known = subject.context.registers.dimensions
    if known.empty:
        return
    dimension, item = subject.check.fields
    own = subject.table.text[[dimension, item]]
    exact = pd.MultiIndex.from_frame(own).isin(pd.MultiIndex.from_frame(known[[dimension, item]]))
    alike = dict(zip(zip(known[dimension], _alike(known[item]), strict=True), known[item], strict=True))
    near = np.array([alike.get(pair) for pair in zip(own[dimension], _alike(own[item]), strict=True)], object)
    second = subject.selected() & ~exact & (near != None)  # noqa: E711
    yield from subject.finding(item, second, suggestions=near[second], first=near[second])
    if exact.any():
        for finding in subject.about_file(count=int(exact.sum())):
            yield replace(finding, severity=Severity.NOTE, problem="items_updated")


@check
def empty_on_passive_item(subject: Subject) -> Iterable[Finding]:
    """The passivity code is empty though the register says that the item is passive. Fields: dimension, item, code."""
    known = subject.context.registers.dimensions
    dimension, item, code = subject.check.fields
    passive = known[(known[code] == PASSIVE).to_numpy()]
    own = pd.MultiIndex.from_frame(subject.table.text[[dimension, item]])
    here = own.isin(pd.MultiIndex.from_frame(passive[[dimension, item]])) & ~col.filled(subject.column(code))
    yield from subject.finding(code, here & subject.selected())


@check
def new_and_passive(subject: Subject) -> Iterable[Finding]:
    """New items that are created passive. Fields: dimension, item, code."""
    known = subject.context.registers.dimensions
    dimension, item, code = subject.check.fields
    exists = pd.MultiIndex.from_frame(subject.table.text[[dimension, item]]).isin(pd.MultiIndex.from_frame(known[[dimension, item]]))
    yield from subject.finding(code, (subject.column(code) == PASSIVE).to_numpy() & ~exists & subject.selected())


@check
def count_new(subject: Subject) -> Iterable[Finding]:
    """One finding about the file: how many items it has, and how many of them are not in the register."""
    known = subject.context.registers.dimensions
    pairs = pd.MultiIndex.from_frame(subject.table.text[list(subject.check.fields)])
    new = int((~pairs.isin(pd.MultiIndex.from_frame(known[list(subject.check.fields)]))).sum())
    yield from subject.about_file(problem="" if known.empty else "items_new", count=len(pairs), new=new)


def _first_alike(text: pd.DataFrame, known: pd.DataFrame, keys: Sequence[str]) -> Places:
    """For each record the position of the first one of the register that is alike in all the fields, -1 for none."""
    records, register = (col.join((col.to_arrow(frame[key]) for key in keys), UNIT_SEPARATOR) for frame in (text, known))
    return np.asarray(pc.fill_null(pc.index_in(records, value_set=register), -1)).astype(np.int64)


@check
def number_of_another(subject: Subject) -> Iterable[Finding]:
    """The number belongs to another partner of the register. Fields: number, identifier, type."""
    number, identifier, kind = subject.check.fields
    known = subject.context.registers.partners
    known = known[col.filled(known[number]) & col.filled(known[identifier])]
    if known.empty:
        return
    text = subject.table.text
    place = _first_alike(text, known, (kind, number))
    other = known[identifier].to_numpy(object)[place]
    taken = (place >= 0) & col.filled(text[identifier]) & (other != text[identifier].to_numpy(object)) & subject.selected()
    yield from subject.finding(number, taken, other=other[taken])


@check
def other_number_in_register(subject: Subject) -> Iterable[Finding]:
    """The identifier is in the register with another number. Fields: number, identifier, type."""
    number, identifier, kind = subject.check.fields
    known = subject.context.registers.partners
    known = known[col.filled(known[number]) & col.filled(known[identifier])]
    if known.empty:
        return
    text = subject.table.text
    there, same = (_first_alike(text, known, keys) >= 0 for keys in ((kind, identifier), (kind, identifier, number)))
    differs = there & ~same & col.filled(text[number]) & subject.selected()
    if not differs.any():
        return
    numbers = known.groupby([kind, identifier])[number].agg(lambda values: ", ".join(sorted(set(values)))).to_dict()
    pairs = zip(text[kind][differs], text[identifier][differs], strict=True)
    yield from subject.finding(number, differs, other=np.array([numbers[pair] for pair in pairs], object))


@check
def several_in_register(subject: Subject) -> Iterable[Finding]:
    """Several partners of the register have the identifier, and the record has no other key.

    Fields: identifier, type, other keys …; ``not_on``: a type on which one of them is no key.
    """
    identifier, kind, *others = subject.check.fields
    known = subject.context.registers.partners
    several = known[known.duplicated([kind, identifier]).to_numpy() & col.filled(known[identifier])]
    if several.empty:
        return
    text = subject.table.text
    found = _first_alike(text, several, (kind, identifier)) >= 0
    keyed = np.zeros(len(text), bool)
    for key in others:
        counts_here = (text[kind] != subject.option("not_on", {}).get(key, "")).to_numpy()
        keyed |= col.filled(text[key]) & counts_here
    yield from subject.finding(identifier, found & ~keyed & subject.selected())


@check
def would_be_emptied(subject: Subject) -> Iterable[Finding]:
    """Register values that an update would empty, at their cells.

    Fields: the type, then the keys by which partners are matched, in order; ``not_on``: a type on which one of them is no key;
    ``apart``: a number that, when it differs, makes a new partner instead.
    """
    known = subject.context.registers.partners
    if known.empty:
        if len(subject.table):
            for finding in subject.about_file():
                yield finding.weighed(Severity.NOTE)
        return
    match = _matches(subject, known)
    matched = (match >= 0) & subject.selected()
    for key in subject.table.record.keys:
        there = known[key].to_numpy(object)
        lost = matched & ~col.filled(subject.column(key)) & (there[match] != "")
        yield from subject.finding(key, lost, problem="register_value_emptied", old=there[match[lost]])


def _matches(subject: Subject, known: pd.DataFrame) -> Places:
    """The position in the register of the partner that each record updates, -1 for a new one."""
    kind, *keys = subject.check.fields
    text, apart = subject.table.text, subject.option("apart")
    match = np.full(len(text), -1)
    for key in keys:
        found = np.where(col.filled(text[key]), _first_alike(text, known, (kind, key)), -1)
        counts = (text[kind] != subject.option("not_on", {}).get(key, "")).to_numpy()
        match = np.where((match < 0) & counts, found, match)
    other = known[apart].to_numpy(object)[match]
    differs = col.filled(text[apart]) & (other != "") & (other != text[apart].to_numpy(object))
    return np.where(differs, -1, match)
