"""The columns of a template: one for each thing that a table can hold, with the heading that tables are read by."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from csvimport.headings.targets import SIDE, SIDES, Target, target_of
from csvimport.kinds.addresses import NAME_ADDRESS, PARTS
from csvimport.messages import phrase
from csvimport.schema import Schema
from csvimport.shapes import Field, Record
from csvimport.templates.words import in_words

WITHOUT_COLUMN = ("constant", "unused")
PART_KINDS = {"postal_code": "postal_code", "country": "country"}


class Need(Enum):
    """Whether a column must be filled; the value is the mark behind its heading."""

    ALWAYS = " *"
    SOMETIMES = " (*)"
    NEVER = ""


@dataclass(frozen=True, eq=False)
class Column:
    """One column. ``name``: what the schema's examples call it; ``kind``: of its values; ``when``: when it is needed."""

    name: str
    heading: str
    record: Record
    field: Field
    kind: str
    part: str = ""
    number: int = 0
    common: bool = False
    key_column: bool = False
    need: Need = Need.NEVER
    when: str = ""

    @property
    def title(self) -> str:
        """The heading with the mark of a mandatory column."""
        return self.heading + self.need.value

    @property
    def base(self) -> str:
        """The name without the number of a counted record."""
        return self.name.rpartition(" ")[0] if self.number else self.name


def columns_of(schema: Schema, lang: str) -> tuple[Column, ...]:
    """All columns of a file: what tells records apart, then the common ones, then the rare ones, record by record."""
    columns = list(_key_column(schema, lang))
    for record in schema.records:
        if not record.folded:
            columns += sorted(_of_record(schema, record, lang), key=lambda column: _rank(column, record))
    return (*(c for c in columns if c.common), *(c for c in columns if not c.common))


def _rank(column: Column, record: Record) -> tuple[int, int]:
    """The common columns in the order of the schema's list, each number's together; the others as they come."""
    return column.number, record.common.index(column.base) if column.common else len(record.common)


def _key_column(schema: Schema, lang: str) -> Iterator[Column]:
    if schema.table:
        field = Field(0, schema.table.key, schema.table.title, "text", "csvimport", (), required=True)
        yield Column(
            field.key, field.title[lang], schema.main, field, field.kind, common=True, key_column=True,
            need=Need.ALWAYS, when=phrase("template_need_always", lang),
        )  # fmt: skip


def _of_record(schema: Schema, record: Record, lang: str) -> Iterator[Column]:
    for number in range(1, record.repeated + 1) if record.repeated > 1 else (0,):
        for f in record.fields:
            for part in () if f.kind in WITHOUT_COLUMN else _parts(record, f):
                name = f"{f.key}.{part}" if part else f.key
                need, when = _need(record, f, part, number, lang)
                yield Column(
                    name=f"{name} {number}" if number else name,
                    heading=_heading(schema, record, f, part, number, lang),
                    record=record,
                    field=f,
                    kind=_kind(f, part),
                    part=part,
                    number=number,
                    common=name in record.common,
                    need=need,
                    when=when,
                )


def _parts(record: Record, f: Field) -> tuple[str, ...]:
    """The columns that together make a field: the sides of a sum, the parts of an address."""
    if record.signed and record.signed.field == f.key:
        return tuple(side for side in SIDES if side != SIDE)
    if f.part_prefixes:
        return PARTS if f.form == NAME_ADDRESS else PARTS[1:]
    return ("",)


def _kind(f: Field, part: str) -> str:
    return PART_KINDS.get(part, "text") if part in PARTS else f.reader


def _need(record: Record, f: Field, part: str, number: int, lang: str) -> tuple[Need, str]:
    if part in SIDES and f.required:
        return Need.SOMETIMES, phrase("template_need_side", lang)
    if not f.required or f.key in record.table_defaults or part == "specifier":
        return Need.NEVER, ""
    if isinstance(f.required, str):
        return Need.SOMETIMES, _condition(record, f.required, lang)
    if number:
        return Need.SOMETIMES, phrase("template_need_together", lang)
    return Need.ALWAYS, phrase("template_need_always", lang)


def _condition(record: Record, required: str, lang: str) -> str:
    """The condition of the schema, which begins with ``if: ``."""
    condition = required.removeprefix("if: ")
    text = in_words(condition, record, lang)
    return text if condition.startswith("always") else phrase("template_need_if", lang, condition=text)


def _heading(schema: Schema, record: Record, f: Field, part: str, number: int, lang: str) -> str:
    """The field's title in the language; where it would be read as something else, the field's key."""
    title = record.table_titles.get(f.key, f.title)[lang]
    if part in SIDES:
        candidates = [phrase(part, lang)]
    elif part:
        name = phrase(f"template_part_{part}", lang)
        candidates = [f"{title}: {name.lower()}", name]
    else:
        candidates = [title]
    headings = [f"{candidate} {number}" if number else candidate for candidate in (*candidates, f"{record.name} {f.key}")]
    return next((heading for heading in headings if _means(heading, schema, record, f, part, number)), headings[-1])


def _means(heading: str, schema: Schema, record: Record, f: Field, part: str, number: int) -> bool:
    target = target_of(heading, schema)
    wanted = Target(record.name, f.key, part=part, number=number)
    return (
        target is not None
        and not target.key_column
        and (target.record, target.key, target.part) == (wanted.record, wanted.key, wanted.part)
        and number in (0, target.number)
    )


def next_number(column: Column) -> str:
    """The heading of a counted column after the last one that the template has."""
    return f"{column.heading.rpartition(' ')[0]} {column.record.repeated + 1}"
