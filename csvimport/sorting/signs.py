"""Signed sums from columns for debit and credit, or from sums with a letter for their side: amount = debit − credit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.context import Context
from csvimport.findings import NOWHERE, Finding, Mask, Places, common_finding
from csvimport.headings.targets import CREDIT, DEBIT, SIDE, Target
from csvimport.kinds.base import Cells, Remark
from csvimport.kinds.codes import plain
from csvimport.kinds.numbers import AMBIGUOUS, turned, with_other_sign
from csvimport.notation import read_cells, remark_finding
from csvimport.read.sheet import CellType, CellTypes
from csvimport.records import Table
from csvimport.schema import Schema
from csvimport.severity import Severity
from csvimport.shapes import Field, SignedColumns
from csvimport.sorting.lines import Lines
from csvimport.units import MONEY

_NUMBER = r"^-?\d+(?:,\d+)?$"
_ZERO = r"^-?0+(?:,0+)?$"


@dataclass(frozen=True, eq=False)
class _Column:
    """One column of sums: as given and as read, what its cells were, where it stands, and what reading it had to say."""

    given: "pd.Series[str]"
    text: "pd.Series[str]"
    types: CellTypes
    place: int
    remarks: tuple[Remark, ...]

    @property
    def number(self) -> Mask:
        """Which cells hold a number that can be read in one way."""
        return col.matches(self.text, _NUMBER) & ~self.either

    @property
    def either(self) -> Mask:
        """Which cells can be read as two numbers: the record tells that."""
        masks = [remark.mask for remark in self.remarks if remark.problem == AMBIGUOUS]
        return masks[0] if masks else np.zeros(len(self.text), bool)

    def taken(self, turn: Mask) -> "pd.Series[str]":
        """The numbers as they were read and other cells as they are given; ``turn``: those that get the other sign."""
        text = col.put(self.text, turn, turned(self.text[turn]))
        text = col.put(text, ~self.number, self.given[~self.number])
        either = turn & self.either
        return (
            col.put(text, either, col.translate(self.given[either], lambda value: with_other_sign(value, MONEY))) if either.any() else text
        )

    @property
    def says_something(self) -> Mask:
        """Which cells hold anything but a zero."""
        return col.filled(self.text) & ~col.matches(self.text, _ZERO)


def sign(
    table: Table, lines: Lines, line: Places, placed: Sequence[tuple[Target, int]], schema: Schema, context: Context
) -> tuple[Table, list[Finding]]:
    """The table with the signed sums of its lines, and what cannot be told without guessing."""
    shape = table.record.signed
    if shape is None:
        raise AssertionError(f"{table.record.name} has no signed columns")
    field = table.record[shape.field]
    parts = {target.part: column for target, column in placed if target.key == field.key and target.part}
    sums = next((column for target, column in placed if target.key == field.key and not target.part), None)
    if sums is not None and parts.keys() & {DEBIT, CREDIT}:
        return table, [common_finding("sum_and_sides", Severity.ERROR, record=table.record.name, field=field.key, column=sums)]
    if parts.keys() & {DEBIT, CREDIT}:
        return _from_sides(
            table, [_read(lines, line, parts[part], field, context) if part in parts else None for part in (DEBIT, CREDIT)], schema, context
        )
    if SIDE in parts and sums is not None:
        letters = col.take(lines.frame[parts[SIDE]], line)
        return _from_letters(table, _read(lines, line, sums, field, context), letters, parts[SIDE], shape, schema, context)
    return table, []


def _read(lines: Lines, line: Places, column: int, field: Field, context: Context) -> _Column:
    given = col.take(lines.frame[column], line)
    kinds = lines.types[column]
    types = np.zeros(len(line), np.uint8) if kinds is None else kinds[line]
    reading = read_cells(Cells(given, types), field, context)
    return _Column(given, reading.text, types, column, reading.remarks)


def _from_sides(table: Table, columns: Sequence[_Column | None], schema: Schema, context: Context) -> tuple[Table, list[Finding]]:
    empty = col.blank(len(table))
    missing = _Column(empty, empty, np.zeros(len(table), np.uint8), NOWHERE, ())
    debit, credit = (column or missing for column in columns)
    both = debit.says_something & credit.says_something
    of_credit = credit.says_something | (~col.filled(debit.text) & col.filled(credit.text))
    table = _with(table, debit, ~of_credit, turn=of_credit)
    table = _with(table, credit, of_credit, turn=of_credit)
    doubtful = _doubtful(debit, credit, both)
    findings = (
        [] if doubtful.any() else _remarks(table, debit, ~of_credit, schema, context) + _remarks(table, credit, of_credit, schema, context)
    )
    key = _key(table)
    for problem, mask in (("debit_and_credit", both), ("credit_all_negative", doubtful)):
        if mask.any():
            findings.append(
                table.finding(
                    schema.code(problem, table.record[key]), problem, Severity.ERROR, key, mask, other=debit.given[mask].to_numpy(object)
                )
            )
    return table, findings


def _doubtful(debit: _Column, credit: _Column, both: Mask) -> Mask:
    """The first credit cell, when all of them are negative and the debit cells are not: the minus may stand for the side."""
    filled = credit.says_something & ~both
    negative = col.matches(credit.text, "^-")
    debit_negative = col.matches(debit.text, "^-") & debit.says_something
    doubtful = np.zeros(len(filled), bool)
    if filled.any() and negative[filled].all() and not debit_negative.any() and debit.says_something.any():
        doubtful[np.flatnonzero(filled)[0]] = True
    return doubtful


def _from_letters(
    table: Table, sums: _Column, letters: "pd.Series[str]", place: int, shape: SignedColumns, schema: Schema, context: Context
) -> tuple[Table, list[Finding]]:
    words = dict.fromkeys(map(plain, shape.debit_words), DEBIT) | dict.fromkeys(map(plain, shape.credit_words), CREDIT)
    side = col.per_distinct(letters, lambda letter: words.get(plain(letter.strip().rstrip(".")), ""))
    filled = sums.says_something
    table = _with(table, sums, np.ones(len(table), bool), turn=(side == CREDIT) & (sums.number | sums.either))
    findings = _remarks(table, sums, np.ones(len(table), bool), schema, context)
    key, unknown = _key(table), filled & (side == "")
    signed = filled & ~unknown & col.matches(sums.text, "^-")
    for problem, mask in (("side_unknown", unknown), ("side_and_sign", signed)):
        if mask.any():
            found = table.finding(
                schema.code(problem, table.record[key]), problem, Severity.ERROR, key, mask, side=letters[mask].to_numpy(object)
            )
            findings.append(replace(found, columns=np.full(len(found), place)) if problem == "side_unknown" else found)
    return table, findings


def _key(table: Table) -> str:
    return table.record.signed.field if table.record.signed else ""


def _with(table: Table, column: _Column, where: Mask, *, turn: Mask) -> Table:
    """The table with the sums of a column where they are taken from it, and the knowledge which of all sums were turned."""
    key = _key(table)
    value = column.taken(turn)
    types = table.types[key].copy() if key in table.types else np.zeros(len(table), np.uint8)
    types[where] = np.where(column.number, CellType.NUMBER, column.types)[where]
    place = table.columns.get(key, NOWHERE)
    places = place.copy() if isinstance(place, np.ndarray) else np.full(len(table), place)
    places[where] = column.place
    return replace(
        table,
        text=table.text.assign(**{key: col.put(table.text[key], where, value[where])}),
        given=table.given.assign(**{key: col.put(table.given[key], where, column.given[where])}),
        types={**table.types, key: types},
        columns={**table.columns, key: places},
        turned={**table.turned, key: turn},
    )


def _remarks(table: Table, column: _Column, where: Mask, schema: Schema, context: Context) -> list[Finding]:
    """What reading the column had to say about the numbers taken from it; other cells are read again with the record."""
    field = table.record[_key(table)]
    said = (replace(remark, mask=remark.mask & where & column.number) for remark in column.remarks if remark.repaired)
    return [remark_finding(schema, table, field, remark, table.text[field.key], context) for remark in said if remark.mask.any()]
