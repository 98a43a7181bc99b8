"""The comment of a heading: what the column is, its form, an example, what an empty cell becomes, and how well that is known."""

from collections.abc import Sequence

from csvimport.messages import phrase
from csvimport.templates.choices import Choice
from csvimport.templates.columns import Column, Need
from csvimport.templates.examples import example_of
from csvimport.templates.words import form_of, in_words


def note_of(column: Column, choices: Sequence[Choice], lang: str) -> str:
    """The lines of a column's comment."""
    f, form = column.field, form_of(column.kind)
    lines = [column.heading]
    if column.key_column:
        lines.append(phrase("template_note_key", lang))
    elif column.record.written:
        lines.append(phrase("template_note_place", lang, no=f.no, column=f.column))
    if column.need is not Need.NEVER:
        lines.append(phrase("template_note_need", lang, when=column.when))
    lines.append(phrase("template_note_form", lang, form=form.form[lang]))
    if form.limited and f.max_length and not column.part:
        lines.append(phrase("template_note_length", lang, count=f.max_length))
    if form.cell == "number" and f.decimals:
        lines.append(phrase("template_note_decimals", lang, count=f.decimals))
    example = example_of(column, choices, lang)
    if example:
        lines.append(phrase("template_note_example", lang, example=example))
    empty = _when_empty(column, choices, lang)
    if empty and column.need is not Need.ALWAYS:
        lines.append(phrase("template_note_empty", lang, text=empty))
    lines.append(phrase("template_note_evidence", lang, evidence=phrase(f"evidence_{f.evidence}", lang)))
    return "\n".join(lines)


def _when_empty(column: Column, choices: Sequence[Choice], lang: str) -> str:
    record, key = column.record, column.field.key
    if record.calendar and key in record.calendar.months:
        return "0"
    default = record.table_defaults.get(key) or column.field.default
    if default == "empty" or column.part == "specifier":
        return phrase("template_stays_empty", lang)
    meant = next((choice for choice in choices if choice.code == default and choice.meaning), None)
    return meant.meaning if meant else in_words(default, record, lang)
