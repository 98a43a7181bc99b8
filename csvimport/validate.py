"""The checks of single columns, as pandera schemas made from the transfer file's schema."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
import pandera.pandas as pa

from csvimport import columns as col
from csvimport.conditions import holds
from csvimport.context import Context
from csvimport.findings import Finding, Mask, about_file
from csvimport.kinds import KINDS
from csvimport.kinds.base import always_right, on_filled
from csvimport.records import Data, Table
from csvimport.schema import Schema
from csvimport.severity import Severity
from csvimport.shapes import Field, Record

REQUIRED, KIND, TOO_LONG, TOO_SHORT, OVER_SCREEN = "required", "kind", "too_long", "too_short", "over_screen_length"


def column_schema(schema: Schema, record: Record, context: Context) -> pa.DataFrameSchema:
    """The pandera schema of one record: text columns by field key, ``""`` for an empty cell.

    The ``error`` of each check, shown in the ``check`` column of pandera's failure cases, is the code of the rule, a blank,
    and the step of the check.
    """
    columns = {field.key: pa.Column(None, list(_checks(schema, field, context)), required=False) for field in record.fields}
    return pa.DataFrameSchema(columns, name=record.name, coerce=False)


def _checks(schema: Schema, field: Field, context: Context) -> Iterator[pa.Check]:
    def check(step: str, test: Callable[["pd.Series[str]"], Mask]) -> pa.Check:
        code = schema.code(step, field) if step != KIND else field.reader
        return pa.Check(lambda column: pd.Series(test(column), index=column.index), name=step, error=f"{code} {step}", ignore_na=False)

    if field.required is True:
        yield check(REQUIRED, col.filled)
    kind = KINDS[field.reader]
    if kind.right is not always_right:
        yield check(KIND, lambda column: on_filled(column, lambda cells: kind.right(cells, field, context)))
    if field.max_length:
        longest = field.max_length
        yield check(TOO_LONG, lambda column: col.lengths(column) <= longest)
    if field.min_length and field.min_length > 1:
        shortest = field.min_length
        yield check(TOO_SHORT, lambda column: on_filled(column, lambda cells: col.lengths(cells) >= shortest))
    if field.screen_length:
        shown = field.screen_length
        yield check(OVER_SCREEN, lambda column: col.lengths(column) <= shown)


def validate(data: Data, context: Context) -> list[Finding]:
    """What is wrong with single cells, the most telling reason first."""
    findings: list[Finding] = []
    for table in data.tables.values():
        if len(table):
            findings += _validate(data, table, context)
    return findings


def _validate(data: Data, table: Table, context: Context) -> Iterator[Finding]:
    for field in table.record.fields:
        column = table.column(field.key)
        if field.required is not True and not col.filled(column).any():
            continue
        for step, mask in _failed(column, field, data.schema, context):
            if field.unchecked_when:
                mask &= ~holds(data, table, field.unchecked_when)
            yield from _findings(data.schema, table, field, step, mask, context)


def _failed(column: "pd.Series[str]", field: Field, schema: Schema, context: Context) -> Iterator[tuple[str, Mask]]:
    """The steps that a column fails, and its cells that do. A series takes pandera half the time of a frame's column."""
    try:
        pa.SeriesSchema(None, list(_checks(schema, field, context)), name=field.key).validate(column, lazy=True, inplace=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        if cases["index"].isna().any():
            raise RuntimeError(f"checks of {field.key} failed to run: {cases['check'].unique()}") from None  # whose text holds cells
        for check, places in cases.groupby("check", sort=False)["index"]:
            mask = np.zeros(len(column), bool)
            mask[places.to_numpy(np.int64)] = True
            yield str(check).split(" ", 1)[1], mask


def _findings(schema: Schema, table: Table, field: Field, step: str, mask: Mask, context: Context) -> Iterator[Finding]:
    if step == KIND:
        yield from _explained(schema, table, field, mask, context)
        return
    code = schema.code(step, field)
    severity = Severity.WARNING if step == OVER_SCREEN else schema.rule(code).severity
    if step == REQUIRED and not table.has_column(field.key):
        yield about_file(code, "required_column", severity, record=table.record.name, field=field.key, count=int(mask.sum()))
        return
    limits = {TOO_LONG: field.max_length, TOO_SHORT: field.min_length, OVER_SCREEN: field.screen_length}
    details = {"limit": limits[step], "length": col.lengths(table.text[field.key][mask])} if step in limits else {}
    yield table.finding(code, step, severity, field.key, mask, **details)


def _explained(schema: Schema, table: Table, field: Field, mask: Mask, context: Context) -> Iterator[Finding]:
    """The failing cells by what is wrong with them; each distinct value is explained once."""
    kind = KINDS[field.reader]
    values = table.text[field.key][mask]
    faults = col.per_distinct(values, lambda value: kind.explain(value, field, context))
    groups: dict[tuple[str, Severity | None, tuple[str, ...], str], list[int]] = {}
    for place, fault in enumerate(faults):
        groups.setdefault((fault.problem, fault.severity, tuple(fault.details), fault.part), []).append(place)
    at = np.flatnonzero(mask)
    for (problem, severity, details, part), members in groups.items():
        here = np.zeros(len(mask), bool)
        here[at[members]] = True
        found = fault_finding(schema, table, field, problem, severity, here, faults[members], details, context)
        own = table.parts.get(field.key, {}).get(part)
        yield found if own is None else replace(found, columns=np.full(len(found), own))


def fault_finding(
    schema: Schema,
    table: Table,
    field: Field,
    problem: str,
    severity: Severity | None,
    mask: Mask,
    faults: "np.ndarray[tuple[int], np.dtype[np.object_]]",
    details: tuple[str, ...],
    context: Context,
    code: str = "",
) -> Finding:
    """One finding of faults that have their problem in common; ``code`` when a rule of the file reports it."""
    code = code or schema.code(problem, field)
    rule = schema.rule(code)
    shared = {name: np.array([fault.details[name] for fault in faults], object) for name in details}
    suggestions = np.array([fault.suggestion for fault in faults], object)
    weight = severity or (rule.as_is if context.as_is else rule.severity)
    return table.finding(code, problem, weight, field.key, mask, suggestions, **shared)
