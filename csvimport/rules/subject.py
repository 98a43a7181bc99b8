"""What a check is given: the records, the rule with its parameters, and helpers to answer with findings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.conditions import column_of, holds, kind_of
from csvimport.context import Context
from csvimport.findings import Finding, Mask, about_file
from csvimport.records import Data, Table
from csvimport.schema_parts import Check, Rule
from csvimport.severity import Severity


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
        """The canonical text of a field, or of the record above it for a key such as ``invoice.currency``."""
        return column_of(self.data, self.table, key)

    def kind(self, key: str) -> str:
        """The kind of a field."""
        return kind_of(self.data, self.table, key)

    def selected(self) -> Mask:
        """The records for which the check's condition holds."""
        mask = holds(self.data, self.table, self.check.when)
        for name, full in (("any_filled", True), ("any_empty", False)):
            if self.option(name):
                mask &= np.logical_or.reduce([col.filled(self.column(key)) == full for key in self.option(name)])
        return mask

    def finding(
        self, key: str, mask: Mask, *, problem: str = "", suggestions: Any = None, once: bool = False, **details: Any
    ) -> Iterable[Finding]:
        """A finding at a field of the records of the mask, or nothing when there are none.

        ``problem``: another message than the check's; ``once``: a single finding about the file when the input has no column
        for the field.
        """
        if not mask.any():
            return
        said = problem or self.problem
        if once and not self.table.has_column(key):
            yield about_file(self.rule.id, said, self.severity, record=self.table.record.name, field=key, **details)
            return
        yield self.table.finding(self.rule.id, said, self.severity, key, mask, suggestions, **details)

    def about_file(self, *, problem: str = "", **details: Any) -> Iterable[Finding]:
        """A finding about the whole file."""
        field = self.check.fields[0] if len(self.check.fields) == 1 else None
        yield about_file(self.rule.id, problem or self.problem, self.severity, record=self.table.record.name, field=field, **details)


CheckFunction = Callable[[Subject], Iterable[Finding]]
CHECKS: dict[str, CheckFunction] = {}


def check(function: CheckFunction) -> CheckFunction:
    """Registers a check under its function's name."""
    CHECKS[function.__name__] = function
    return function
