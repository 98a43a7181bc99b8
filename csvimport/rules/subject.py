"""What a check is given: the records, the rule with its parameters, and helpers to answer with findings."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.context import Context
from csvimport.findings import Finding, Mask, about_file
from csvimport.kinds.numbers import as_decimal
from csvimport.records import Data, Table
from csvimport.schema import Check, Rule
from csvimport.severity import Severity

FILLED = "*"
NOT = "!"


@dataclass(frozen=True, eq=False)
class Subject:
    """One use of a check on the data."""

    data: Data
    rule: Rule
    check: Check
    context: Context

    @property
    def table(self) -> Table:
        """The records that the check is about."""
        return self.data[self.check.record]

    @property
    def severity(self) -> Severity:
        """The weight of the check's findings."""
        return self.check.severity or (self.rule.as_is if self.context.as_is else self.rule.severity)

    @property
    def problem(self) -> str:
        """The message to show."""
        return self.check.problem or self.rule.id

    def option(self, name: str, default: Any = None) -> Any:
        """A parameter of the check in the schema."""
        return self.check.options.get(name, default)

    def column(self, key: str) -> "pd.Series[str]":
        """The canonical text of a field."""
        return self.table.text[key]

    def selected(self) -> Mask:
        """The records for which the check's condition holds."""
        return holds(self.table, self.check.when, any_filled=self.option("any_filled"), any_empty=self.option("any_empty"))

    def finding(self, key: str, mask: Mask, *, suggestions: Any = None, once: bool = False, **details: Any) -> Iterable[Finding]:
        """A finding at a field of the records of the mask, or nothing when there are none.

        ``once``: a single finding about the file when the input has no column for the field.
        """
        if not mask.any():
            return
        if once and not self.table.has_column(key):
            yield about_file(
                self.rule.id, self.problem, self.severity, record=self.table.record.name, field=key, count=int(mask.sum()), **details
            )
            return
        yield self.table.finding(self.rule.id, self.problem, self.severity, key, mask, suggestions, count=int(mask.sum()), **details)

    def about_file(self, **details: Any) -> Iterable[Finding]:
        """A finding about the whole file."""
        field = self.check.fields[0] if len(self.check.fields) == 1 else None
        yield about_file(self.rule.id, self.problem, self.severity, record=self.table.record.name, field=field, **details)


CheckFunction = Callable[[Subject], Iterable[Finding]]
CHECKS: dict[str, CheckFunction] = {}


def check(function: CheckFunction) -> CheckFunction:
    """Registers a check under its function's name."""
    CHECKS[function.__name__] = function
    return function


def holds(
    table: Table, when: Mapping[str, tuple[str, ...]], *, any_filled: Iterable[str] | None = None, any_empty: Iterable[str] | None = None
) -> Mask:
    """Where a condition of a schema holds.

    ``when``: field → values, of which ``""`` is an empty cell, ``"*"`` a filled one, and ``"!x"`` any but x.
    Numbers are compared as numbers. ``any_filled`` and ``any_empty``: at least one of the fields is.
    """
    mask = ~table.spoilt
    for key, values in when.items():
        column = table.text[key]
        wanted = [v for v in values if not v.startswith(NOT) and v != FILLED]
        unwanted = [v[1:] for v in values if v.startswith(NOT)]
        here = _equal(column, wanted, table.record[key].kind) if wanted else np.zeros(len(table), bool)
        if FILLED in values:
            here |= col.filled(column)
        if unwanted:
            here |= ~_equal(column, unwanted, table.record[key].kind)
        mask &= here
    for keys, full in ((any_filled, True), (any_empty, False)):
        if keys:
            mask &= np.logical_or.reduce([col.filled(table.text[key]) == full for key in keys])
    return mask


def _equal(column: "pd.Series[str]", values: list[str], kind: str) -> Mask:
    if kind in ("decimal", "integer", "vat_percent"):
        numbers = {Decimal(v.replace(",", ".")) for v in values if v}
        return col.per_distinct(column, lambda v: as_decimal(v) in numbers if v else "" in values).astype(bool)
    return col.one_of(column, values)
