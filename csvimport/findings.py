"""Findings: what is said about cells, kept as columns until it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as default
from typing import Any

import numpy as np
import numpy.typing as npt

from csvimport.schema import Schema, common_codes
from csvimport.severity import Severity

Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

NOWHERE = -1


@dataclass(frozen=True, eq=False)
class Finding:
    """One problem at any number of cells of one field.

    ``at``: positions of the records in their table (empty for a finding about the whole file);
    ``rows``: row numbers of the input as a spreadsheet shows them, 0 for the whole file;
    ``columns``: column positions from 0, ``NOWHERE`` when the field has no column;
    ``values``: the cells as they were read, and ``cells`` as they stand in the input, where a mapping lies between;
    ``suggestions``: what the fields could be meant to hold, or None, and ``meant`` what the cells would then, where that differs;
    ``details``: what the message's placeholders stand for, one value or one for every cell; words by language.
    ``sheet`` and ``schema``: the sheet and the transfer file, where they are others than the report's. All arrays have the length
    of ``rows``.
    """

    code: str
    problem: str
    severity: Severity
    record: str | None = None
    field: str | None = None
    at: Places = default(default_factory=lambda: np.empty(0, np.int64))
    rows: Places = default(default_factory=lambda: np.zeros(1, np.int64))
    columns: Places = default(default_factory=lambda: np.full(1, NOWHERE))
    values: npt.NDArray[np.object_] = default(default_factory=lambda: np.full(1, None, object))
    suggestions: npt.NDArray[np.object_] | None = None
    meant: npt.NDArray[np.object_] | None = None
    cells: npt.NDArray[np.object_] | None = None
    details: Mapping[str, Any] = default(default_factory=dict)
    sheet: str | None = None
    schema: "Schema | None" = None

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, keep: Mask) -> "Finding":
        """The same finding at fewer cells."""
        details = {k: v[keep] if isinstance(v, np.ndarray) else v for k, v in self.details.items()}
        return replace(
            self,
            at=self.at[keep] if len(self.at) else self.at,
            rows=self.rows[keep],
            columns=self.columns[keep],
            values=self.values[keep],
            suggestions=None if self.suggestions is None else self.suggestions[keep],
            meant=None if self.meant is None else self.meant[keep],
            cells=None if self.cells is None else self.cells[keep],
            details=details,
        )

    def once_per_cell(self) -> "Finding":
        """The same finding without repeats at one cell, which the records of several years may share."""
        cells = np.stack([self.rows, self.columns], axis=1)
        first = np.zeros(len(self), bool)
        first[np.unique(cells, axis=0, return_index=True)[1]] = True
        return self if first.all() else self.take(first)

    def weighed(self, severity: Severity) -> "Finding":
        """The same finding with another severity."""
        return replace(self, severity=severity)


def about_file(
    code: str,
    problem: str,
    severity: Severity,
    *,
    record: str | None = None,
    field: str | None = None,
    row: int = 0,
    column: int = NOWHERE,
    value: str | None = None,
    suggestion: str | None = None,
    **details: Any,
) -> Finding:
    """A finding about the whole file, or about one cell of it that is no record's."""
    return Finding(
        code, problem, severity, record, field,
        rows=np.array([row]), columns=np.array([column]), values=np.array([value], object),
        suggestions=None if suggestion is None else np.array([suggestion], object), details=details,
    )  # fmt: skip


def common_finding(problem: str, severity: Severity, **place: Any) -> Finding:
    """A finding that breaks a common rule, about the whole file or one cell of it; ``place`` as ``about_file`` takes it."""
    return about_file(common_codes()[problem], problem, severity, **place)
