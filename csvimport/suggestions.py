"""Suggestions that a user has asked for, by code: put into the fields of the records before they are checked anew."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from csvimport import columns as col
from csvimport.errors import UsageError
from csvimport.findings import NOWHERE, Finding, about_file
from csvimport.kinds.text import NUMBER_KINDS
from csvimport.read.sheet import CellType
from csvimport.records import Data
from csvimport.schema import Schema
from csvimport.severity import Severity
from csvimport.suggest import did_you_mean

APPLIED, NOTHING = "suggestion_applied", "nothing_suggested"


def chosen(findings: Iterable[Finding], codes: Collection[str], schema: Schema) -> list[Finding]:
    """The findings of these codes at the cells for which they suggest something.

    Raises UsageError for a code that the file does not have.
    """
    known = [rule.id for rule in schema.all_rules]
    for code in codes:
        if code not in known:
            raise UsageError("suggestions_of_no_rule", did_you_mean(code, known), code=code, file=schema.file)
    wanted = []
    for finding in findings:
        if finding.code in codes and finding.suggestions is not None and finding.field and len(finding.at):
            usable = finding.take(np.array([bool(text) for text in finding.suggestions], bool) & (finding.columns != NOWHERE))
            wanted += [usable] if len(usable) else []
    return wanted


def with_suggestions(data: Data, wanted: Iterable[Finding]) -> Data:
    """The data with the suggestions in the fields that they are about, as if they had been read there."""
    for finding in wanted:
        table, key = data[finding.record or ""], finding.field or ""
        mask = np.zeros(len(table), bool)
        mask[finding.at] = True
        texts = np.empty(len(table), object)
        texts[finding.at] = finding.suggestions
        types = dict(table.types)
        if key in types:
            kind = CellType.NUMBER if table.record[key].kind in NUMBER_KINDS else CellType.TEXT
            types[key] = np.where(mask, kind, types[key]).astype(np.uint8)
        table = table.with_column(key, col.put(table.text[key], mask, col.text_series(list(texts[mask]))))
        texts[finding.at] = _written(finding)
        given = table.given.assign(**{key: col.put(table.given[key], mask, col.text_series(list(texts[mask])))})
        data = data.with_table(replace(table, types=types, given=given))
    return data


def _written(finding: Finding) -> Any:
    """The suggestions as the cells would hold them."""
    return finding.suggestions if finding.meant is None else finding.meant


def notes(wanted: Collection[Finding], codes: Iterable[str]) -> list[Finding]:
    """A note for every cell whose field was given its suggestion, and one for every code that suggests nothing."""
    found = {finding.code for finding in wanted}
    return [
        *(
            replace(
                finding, problem=APPLIED, severity=Severity.NOTE, suggestions=None, meant=None, details={"written": _written(finding)}
            ).once_per_cell()
            for finding in wanted
        ),
        *(about_file(code, NOTHING, Severity.NOTE) for code in dict.fromkeys(codes) if code not in found),
    ]
