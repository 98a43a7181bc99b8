"""Each field's notation → its canonical text; what was changed, and what could not be, is said."""

from dataclasses import replace

import pandas as pd

from csvimport import columns as col
from csvimport.context import Context
from csvimport.findings import Finding
from csvimport.kinds import KINDS
from csvimport.kinds.base import Cells, Reading, Remark
from csvimport.kinds.text import clean, is_plain
from csvimport.records import Data, Table
from csvimport.schema import Schema, common_codes
from csvimport.severity import Severity
from csvimport.shapes import Field


def normalise(data: Data, context: Context) -> tuple[Data, list[Finding]]:
    """The data in canonical notation, and the remarks of every field that has a filled cell."""
    findings: list[Finding] = []
    for table in data.tables.values():
        text = {}
        for field in table.record.fields:
            before = table.column(field.key)
            if not len(table) or not col.filled(before).any():
                continue
            reading = read_cells(Cells(before, table.types.get(field.key)), field, context)
            if (
                reading.text is not before and col.differ(reading.text, before).any()
            ):  # else what was read is kept, which takes no more memory
                text[field.key] = reading.text
            said = [remark for remark in reading.remarks if not (context.as_is and remark.silent_as_is)]
            written = KINDS[field.reader].write(reading.text, field, context) if any(remark.repaired for remark in said) else reading.text
            findings += [remark_finding(data.schema, table, field, remark, written, context) for remark in said]
        if text:
            data = data.with_table(replace(table, text=table.text.assign(**text)))
    return data, [finding for finding in findings if len(finding)]


def read_cells(cells: Cells, field: Field, context: Context) -> Reading:
    """One column of a field: what spreadsheets leave around text is cleaned away, then its kind reads it; remarks on no cell are dropped."""
    cleaned = Reading(cells.text) if cells.types is None and is_plain(cells.text) else clean(cells, field, context)
    read = KINDS[field.reader].read(Cells(cleaned.text, cells.types), field, context)
    return Reading(read.text, tuple(remark for remark in (*cleaned.remarks, *read.remarks) if remark.mask.any()))


def remark_finding(schema: Schema, table: Table, field: Field, remark: Remark, written: "pd.Series[str]", context: Context) -> Finding:
    """A remark of reading a column, at its cells; ``written``: the column as it is written."""
    code = schema.code(remark.problem, field)
    suggestions = None if remark.suggestions is None else remark.suggestions.to_numpy(object)
    severity = _severity(schema, code, remark, context)
    said = {"written": written[remark.mask].to_numpy(object)} if remark.repaired else {}
    for name, values in remark.details.items():
        meant = table.as_in_cells(values, field.key, remark.mask)
        said[name] = values if meant is None else meant
    return table.finding(code, remark.problem, severity, field.key, remark.mask, suggestions, **said)


def _severity(schema: Schema, code: str, remark: Remark, context: Context) -> Severity:
    rule = schema.rule(code)
    if not remark.repaired:
        return remark.severity or (rule.as_is if context.as_is else rule.severity)
    if not context.as_is:
        return Severity.NOTE
    if remark.problem in schema.as_is:
        return Severity(schema.as_is[remark.problem])
    sharpened = code != common_codes().get(remark.problem)
    return rule.as_is if sharpened or remark.as_is is None else remark.as_is
