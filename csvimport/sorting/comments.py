"""Rows that a transfer file may hold for people: neither type nor account, or no figures. They are left out."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from csvimport import columns as col
from csvimport.context import Context
from csvimport.findings import Finding, Mask, about_file
from csvimport.records import Data, with_parents
from csvimport.severity import Severity
from csvimport.shapes import Comments

_SOMETHING = r"\S"


def leave_out(data: Data, findings: Sequence[Finding], how: Comments, context: Context) -> tuple[Data, list[Finding]]:
    """The data without its comment rows, the findings at the others, and a note that counts the comments.

    A row without its first field and without an account or figures is a comment; in a table that has no column for that field,
    a row without figures and without the number of an account.
    """
    table = data[""]
    untyped = ~col.matches(table.given[how.field], _SOMETHING)
    account = col.matches(table.given[how.account], _SOMETHING)
    figures = np.logical_or.reduce([col.matches(table.given[key], _SOMETHING) for key in how.figures])
    numbered = col.matches(table.given[how.account], r"^\s*\d")
    comment = untyped & (~(account & figures) if table.has_column(how.field) else ~(numbered | figures))
    if not comment.any():
        return data, list(findings)
    first = int(np.argmax(comment))
    risky = context.as_is and bool(comment[np.argmin(table.order)])
    told = about_file(
        how.code, "comment_rows_first" if risky else "comment_rows", Severity.WARNING if risky else Severity.NOTE,
        record=table.record.name, row=int(table.rows[first]), count=len(np.unique(table.rows[comment])),
    )  # fmt: skip
    keep = {table.record.name: ~comment}
    for child in data.tables.values():
        if child.parent is not None:
            keep[child.record.name] = (child.parent < 0) | ~comment[child.parent]
    kept = {name: data[name].take(np.flatnonzero(mask)) for name, mask in keep.items()}
    left = [_at_kept(finding, keep.get(finding.record or "")) for finding in findings]
    data = replace(data, tables=with_parents({**data.tables, **kept}, data.schema))
    return data, [*(finding for finding in left if len(finding)), replace(told, sheet=table.sheet)]


def _at_kept(finding: Finding, keep: Mask | None) -> Finding:
    """A finding at the records that are kept, by their new positions."""
    if keep is None or not len(finding.at):
        return finding
    finding = finding.take(keep[finding.at])
    return replace(finding, at=(np.cumsum(keep) - 1)[finding.at])
