"""Suggestions that a user has asked for, by code: written into the cells of the input before it is read anew."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from csvimport import columns as col
from csvimport.errors import UsageError
from csvimport.findings import NOWHERE, Finding, Mask
from csvimport.read.sheet import CellType, Sheet
from csvimport.report.report import Report
from csvimport.severity import Severity
from csvimport.shapes import Field


def applied(report: Report, codes: Collection[str]) -> tuple[tuple[Sheet, ...], list[Finding]]:
    """The sheets of the input with the suggestions of these codes in their cells, and a note for every cell that was touched.

    Fields that a table puts together from several cells are left alone. Raises UsageError for a code that the file does not have.
    """
    known = {rule.id for rule in report.schema.all_rules}
    for code in codes:
        if code not in known:
            raise UsageError(f"There is no rule {code} for {report.schema.file}; --apply-suggestions names codes of findings.")
    sheets, notes = {sheet.source.sheet: sheet for sheet in report.sheets}, []
    for finding in report.findings:
        if finding.code not in codes or finding.suggestions is None or not finding.field or finding.schema is not None:
            continue
        field = report.schema.record(finding.record or "")[finding.field]
        usable = np.array([bool(text) for text in finding.suggestions], bool) & (finding.columns != NOWHERE) & (finding.rows > 0)
        if report.layout == "table" and _put_together(report, finding, field):
            continue
        chosen = finding.take(usable)
        if len(chosen):
            name = chosen.sheet or report.source.sheet
            sheets[name] = _with(sheets[name], chosen)
            details = {"written": chosen.suggestions}
            notes.append(replace(chosen, problem="suggestion_applied", severity=Severity.NOTE, suggestions=None, details=details))
    return tuple(sheets.values()), notes


def _put_together(report: Report, finding: Finding, field: Field) -> bool:
    """Whether a table makes the field of several cells."""
    record = report.schema.record(finding.record or "")
    return bool(field.part_prefixes) or (record.signed is not None and record.signed.field == field.key)


def _with(sheet: Sheet, finding: Finding) -> Sheet:
    """The sheet with the suggestions of a finding in its cells, as text."""
    at = np.searchsorted(sheet.rows, finding.rows)
    frame, types = sheet.frame.copy(deep=False), list(sheet.types)
    texts = np.array(finding.suggestions, object)
    for column in np.unique(finding.columns).tolist():
        here = finding.columns == column
        mask: Mask = np.zeros(len(frame), bool)
        mask[at[here]] = True
        by_row = dict(zip(at[here].tolist(), texts[here], strict=True))
        frame[column] = col.put(frame[column], mask, col.text_series([by_row[place] for place in np.flatnonzero(mask).tolist()]))
        kinds = types[column]
        types[column] = None if kinds is None else np.where(mask, CellType.TEXT, kinds).astype(np.uint8)
    return replace(sheet, frame=frame, types=tuple(types))
