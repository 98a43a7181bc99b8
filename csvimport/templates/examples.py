"""Invented values: three filled lines, and one value of each column for its comment."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from csvimport.kinds.dates import parse
from csvimport.schema import Schema
from csvimport.shapes import Translated
from csvimport.templates.choices import Choice
from csvimport.templates.columns import Column
from csvimport.templates.words import form_of, said

Value = str | float | dt.date


def rows_of(schema: Schema, columns: Sequence[Column], choices: Mapping[Column, Sequence[Choice]], lang: str) -> list[list[Value]]:
    """The example lines, an empty text for an empty cell."""
    count = max(len(record.examples) for record in schema.records)
    return [[_cell(column, _given(column, row), choices[column], lang) for column in columns] for row in range(count)]


def example_of(column: Column, choices: Sequence[Choice], lang: str) -> str:
    """One value of a column as a person would write it; empty when there is none."""
    text = said(_sample(column), lang) or said(form_of(column.kind).example, lang)
    listed = next((choice for choice in choices if choice.code == text), None) or (choices[0] if choices and not text else None)
    return text if listed is None or isinstance(listed.cell, float) else listed.cell


def _sample(column: Column) -> str | Translated:
    """What the example lines or the samples of the schema have for a column, or for the first of counted ones."""
    for name in (column.name, f"{column.base} 1"):
        for row in column.record.examples:
            if row.get(name):
                return row[name]
    return column.record.samples.get(column.base, "")


def _given(column: Column, row: int) -> str | Translated:
    examples = column.record.examples
    return examples[row].get(column.name, "") if row < len(examples) else ""


def _cell(column: Column, given: str | Translated, choices: Sequence[Choice], lang: str) -> Value:
    """The value in the type that its column holds."""
    text, cell = said(given, lang), form_of(column.kind).cell
    listed = next((choice for choice in choices if choice.code == text), None)
    if not text or listed:
        return listed.cell if text and listed else ""
    if cell == "date":
        return parse(text) or text
    number = re.fullmatch(r"-?\d+(?:,(\d+))?", text) if cell != "text" else None
    if number:
        return float(text.replace(",", ".")) if number[1] else int(text)
    return text
