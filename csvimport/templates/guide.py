"""The lines of the guide sheet: how to fill the table in, what is mandatory, what the codes mean, what to do next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from csvimport.headings.targets import SIDES
from csvimport.kinds.addresses import PARTS
from csvimport.messages import phrase, term
from csvimport.schema import Schema
from csvimport.shapes import Record
from csvimport.templates.choices import Choice
from csvimport.templates.columns import Column, Need, next_number
from csvimport.templates.words import form_of, said

COLUMNS_NAMED = 3


class Style(Enum):
    """How a line of the guide looks."""

    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
    COMMAND = "command"
    ALWAYS = "always"
    COMMON = "common"
    RARE = "rare"
    TABLE_HEAD = "table head"
    TABLE_ROW = "table row"


@dataclass(frozen=True)
class Line:
    """One line: a single text over the whole width, or the cells of a table."""

    style: Style
    cells: tuple[str, ...]


def lines_of(
    schema: Schema, columns: Sequence[Column], choices: Mapping[Column, Sequence[Choice]], lang: str, name: str, *, example: bool
) -> Iterator[Line]:
    """The whole guide. ``name``: of the workbook, for the commands; ``example``: whether the sheet has example rows."""
    title = schema.title[lang]
    yield Line(Style.TITLE, (title[0].upper() + title[1:],))
    yield Line(Style.TEXT, (phrase("template_intro", lang, sheet=phrase("template_sheet", lang)),))
    yield Line(Style.HEADING, (phrase("template_filling", lang),))
    for style in (Style.ALWAYS, Style.COMMON, Style.RARE):
        yield Line(style, (phrase(f"template_{style.value}", lang), phrase(f"template_{style.value}_text", lang)))
    yield from (Line(Style.TEXT, (f"• {text}",)) for text in _filling(schema, columns, lang, example=example))
    yield from _next_steps(schema, lang, name)
    yield from _mandatory(columns, lang)
    yield from _codes(columns, choices, lang)


def _filling(schema: Schema, columns: Sequence[Column], lang: str, *, example: bool) -> Iterator[str]:
    if example:
        yield phrase("template_help_example", lang)
    yield from (phrase(f"template_help_{name}", lang) for name in ("comments", "lists", "text", "headings"))
    yield from _shape(schema, columns, lang)
    for record in schema.records:
        yield from _of_record(record, columns, lang)
    for column in columns:
        if schema.package and column.kind == "filename":
            yield phrase("template_attachments", lang, column=column.heading)


def _shape(schema: Schema, columns: Sequence[Column], lang: str) -> Iterator[str]:
    """What makes a record of the file."""
    if schema.table:
        own = [c.heading for c in columns if c.record is schema.main and c.common and not c.key_column]
        yield phrase("template_lines_key", lang, key=schema.table.title[lang], columns=", ".join(own[:COLUMNS_NAMED]))
    elif schema.main.calendar:
        yield phrase("template_calendar", lang)
    else:
        yield phrase("template_lines", lang)
    if schema.separate and schema.table:
        yield phrase("template_separate", lang, key=schema.table.title[lang])


def _of_record(record: Record, columns: Sequence[Column], lang: str) -> Iterator[str]:
    """What is particular about the columns of one record."""
    own = [column for column in columns if column.record is record]
    sides = {column.part: column.heading for column in own if column.part in SIDES}
    if sides:
        yield phrase("template_sides", lang, **sides)
    counted = [column for column in own if column.number == 1]
    if counted:
        yield phrase("template_numbered", lang, first=counted[0].heading, next=next_number(counted[0]))
    if record.value_columns:
        dimension, item = (said(form_of(kind).example, lang) for kind in ("dimension_name", "item_name"))
        text = phrase("template_dimension_column", lang, heading=phrase("template_dimension_prefix", lang) + dimension)
        if record.value_columns.share:
            other = f"{item[:-1]}B"
            text += " " + phrase("template_dimension_shares", lang, shares=f"{item} 60 % | {other} 40 %")
        yield text


def _next_steps(schema: Schema, lang: str, name: str) -> Iterator[Line]:
    target = schema.file if schema.separate else f"{schema.file}.csv"
    yield Line(Style.HEADING, (phrase("template_next", lang),))
    yield Line(Style.TEXT, (phrase("template_step_check", lang),))
    yield Line(Style.COMMAND, (f"csvimport check {schema.file} {_quoted(name)}",))
    yield Line(Style.TEXT, (phrase("template_step_convert", lang),))
    yield Line(Style.COMMAND, (f"csvimport convert {schema.file} {_quoted(name)} -o {target}",))
    upload = phrase("template_step_upload", lang, menu=term(schema.upload.menu, lang))
    if schema.upload.asks:
        asked = "; ".join(term(text, lang) for text in schema.upload.asks)
        upload += " " + phrase("template_step_asks", lang, asks=asked)
    yield Line(Style.TEXT, (upload,))
    yield Line(Style.TEXT, (phrase("template_step_compare", lang),))


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name


def _mandatory(columns: Sequence[Column], lang: str) -> Iterator[Line]:
    yield Line(Style.HEADING, (phrase("template_mandatory", lang),))
    yield Line(Style.TABLE_HEAD, tuple(phrase(f"template_{name}", lang) for name in ("column", "when", "form")))
    for need in (Need.ALWAYS, Need.SOMETIMES):
        for column in columns:
            if column.need is not need or column.number > 1:
                continue
            if column.part not in PARTS:
                yield Line(Style.TABLE_ROW, (column.title, column.when, form_of(column.kind).form[lang]))
            elif column.part == PARTS[0]:
                whole = column.field.title[lang] + need.value
                yield Line(Style.TABLE_ROW, (whole, column.when, phrase("template_in_parts", lang)))


def _codes(columns: Sequence[Column], choices: Mapping[Column, Sequence[Choice]], lang: str) -> Iterator[Line]:
    """The lists whose entries are not what Procountor reads, each with its first column."""
    listed = [column for column in columns if column.number <= 1 and any(choice.meaning for choice in choices[column])]
    if not listed:
        return
    yield Line(Style.HEADING, (phrase("template_codes", lang),))
    yield Line(Style.TABLE_HEAD, tuple(phrase(f"template_{name}", lang) for name in ("column", "listed", "code", "meaning")))
    for column in listed:
        for place, choice in enumerate(choices[column]):
            yield Line(Style.TABLE_ROW, ("" if place else column.heading, str(choice.cell), choice.code, choice.meaning))
