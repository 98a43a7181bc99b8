"""A mapping drafted from an input: what matched and why, what is suggested, what is left over, with values beside each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from csvimport import columns as col
from csvimport.context import TABLE, Context
from csvimport.errors import InputError
from csvimport.headings.columns import match, suggest
from csvimport.headings.evidence import shown_by
from csvimport.headings.recognised import pair
from csvimport.headings.rows import find, starts_with_record
from csvimport.headings.targets import normalise, target_of
from csvimport.kinds import KINDS
from csvimport.kinds.base import Cells
from csvimport.mapping.declared import Mapping
from csvimport.mapping.drafted import Drafted, as_key, quoted
from csvimport.mapping.examples import CODED, examples, flip_example, postal_fields
from csvimport.mapping.found import by_letter, heading_row, likely_headings, plain
from csvimport.masking import masked
from csvimport.messages import phrase, term
from csvimport.notation import read_cells
from csvimport.read.sheet import Sheet
from csvimport.schema import Schema
from csvimport.settings import Settings
from csvimport.shapes import Field, Record, column_letter

EXAMPLES = 3
LONGEST_EXAMPLE = 30
MOST_VALUES = 12


@dataclass(frozen=True, eq=False)
class _Part:
    """A sheet with the row of its headings (None when it has titles of its own) and its filled or headed columns."""

    sheet: Sheet
    row: int | None
    columns: tuple[Drafted, ...]


def draft(sheets: Sequence[Sheet], schema: Schema, settings: Settings, lang: str) -> str:
    """The text of a mapping to a transfer file, of one sheet or of two that are joined by a key, with comments in a language.

    Raises InputError for an upload-ready file, which has no headings to map.
    """
    if starts_with_record(sheets[0], schema):
        raise InputError("mapping_not_needed", path=sheets[0].source.path, file=schema.file)
    parts = [_part(sheet, schema, settings, alone=len(sheets) == 1) for sheet in sheets]
    columns = [column for part in parts for column in part.columns]
    lines = ["[columns]"]
    written: dict[str, str] = {}
    for part in parts:
        if len(parts) > 1:
            lines.append(f"# {masked(part.sheet.source.sheet or '', pay=schema.holds_pay)}")
        lines += _columns(part, written, schema, lang)
    lines += _lacking(columns, schema, lang)
    context, translated = Context(settings, TABLE), set[str]()
    for column in columns:
        lines += _values(column, translated, schema, context, lang)
    more = examples(columns, parts[0].columns, translated, schema, lang)
    head = [*_head(parts, Mapping(columns=written), schema, lang), *flip_example(columns, schema, lang), ""]
    return "\n".join([*head, *lines, "", *(f"# {line}".rstrip() for line in more), ""])


def _part(sheet: Sheet, schema: Schema, settings: Settings, *, alone: bool) -> _Part:
    found = find(sheet, schema) or likely_headings(sheet)
    row, titles = (None, sheet.titles) if sheet.titles is not None else (found.row, found.titles)
    targets, findings = match(sheet, schema, row, titles, settings.dimension_order)
    twice = {int(finding.columns[0]) for finding in findings if finding.problem == "heading_twice"}
    count = Counter(map(plain, titles))
    below = np.arange(0 if row is None else row + 1, len(sheet))
    columns = []
    for place, (title, target, kinds) in enumerate(zip(titles, targets, sheet.types, strict=True)):
        cells = Cells(col.take(sheet.frame[place], below), None if kinds is None else kinds[below])
        name = (
            title
            if title and count[plain(title)] == 1 and _impersonal(title, schema)
            else by_letter(place, None if alone else sheet.source.sheet)
        )
        if title or col.filled(cells.text).any():
            columns.append(Drafted(place, title, name, cells, target, place in twice))
    return _Part(sheet, row, tuple(columns))


def likely_sheets(sheets: Sequence[Sheet], schema: Schema) -> tuple[Sheet, ...]:
    """The sheets with the headings of the file; else the one most of whose headings are known, the first of several."""

    def known(sheet: Sheet) -> int:
        found = find(sheet, schema) or likely_headings(sheet)
        return sum(target_of(title, schema) is not None for title in found.titles)

    return pair(sheets, schema) or (max(sheets, key=known),)


def _head(parts: Sequence[_Part], mapping: Mapping, schema: Schema, lang: str) -> Iterator[str]:
    """What a draft is, and where the headings stand: without effect where the mapping finds them by itself."""
    source = parts[0].sheet.source
    for line in phrase("map_head", lang, path=masked(source.path, pay=schema.holds_pay), file=schema.file).strip().split("\n"):
        yield f"# {line}"
    yield ""
    yield f"file = {quoted(schema.file)}"
    if source.sheet and len(parts) == 1 and _impersonal(source.sheet, schema):
        yield f"# sheet = {quoted(source.sheet)}  # {phrase('map_place', lang)}"
    rows = {None if part.row is None else int(part.sheet.rows[part.row]) for part in parts}
    if len(rows) == 1 and None not in rows:
        found = all(heading_row(part.sheet, mapping, schema)[0] == part.row for part in parts)
        yield f"{'# ' if found else ''}heading_row = {rows.pop()}  # {phrase('map_place', lang)}"


def _impersonal(name: str, schema: Schema) -> bool:
    """Whether a name can be written down; a heading that holds personal data is named by its letter."""
    return masked(name, pay=schema.holds_pay) == name


def _columns(part: _Part, written: dict[str, str], schema: Schema, lang: str) -> Iterator[str]:
    """The lines of a sheet's columns; a heading that the sheet before has too, such as that of the key, has its line there."""
    before = dict(written)
    for column in part.columns:
        if column.name not in before:
            yield from _column(column, part, written, schema, lang)


def _column(column: Drafted, part: _Part, written: dict[str, str], schema: Schema, lang: str) -> Iterator[str]:
    yield f"# {column_letter(column.place)}: {_shown(column, schema)}"
    if shown_by(column.cells.text) == "postal" and postal_fields(schema):
        yield f"# {phrase('map_postal', lang)}"
    if not column.title:
        yield f"# {phrase('map_no_heading', lang)}"
    elif column.name != column.title and _impersonal(column.title, schema):
        yield f"# {phrase('map_repeated', lang, title=column.title)}"
    found = suggest(part.sheet, schema, part.row, column.place, column.title, [other.target for other in part.columns])
    if column.target:
        written[column.name] = column.field_name(schema)
        yield f"{quoted(column.name)} = {quoted(written[column.name])}  # {phrase(_because(column, schema), lang)}"
    elif column.twice:
        yield f'# {quoted(column.name)} = ""  # {phrase("map_twice", lang)}'
    elif found:
        yield f"# {quoted(column.name)} = {quoted(found.field.key)}  # {phrase(f'map_by_{found.because}', lang)}"
    else:
        yield f'# {quoted(column.name)} = ""  # {phrase("map_left_over", lang)}'


def _shown(column: Drafted, schema: Schema) -> str:
    texts = column.values(EXAMPLES, schema)
    return " | ".join(text if len(text) <= LONGEST_EXAMPLE else f"{text[: LONGEST_EXAMPLE - 1]}…" for text in texts) or "–"


def _because(column: Drafted, schema: Schema) -> str:
    """Which step matched a heading."""
    target = column.target
    if target is None or target.part or target.value or target.number or target.key_column or target.listed:
        return "map_by_form"
    field, plain = schema.record(target.record)[target.key], normalise(column.title)
    if plain == normalise(field.key):
        return "map_by_key"
    return "map_by_title" if plain in map(normalise, field.title.values()) else "map_by_alias"


def _lacking(columns: Sequence[Drafted], schema: Schema, lang: str) -> Iterator[str]:
    """Mandatory fields that no column is matched with: as constants to fill in."""
    held = {(column.target.record, column.target.key) for column in columns if column.target}
    lines = []
    for record in schema.records:
        if record.parent and record.name != (schema.table.line if schema.table else ""):
            continue
        for f in record.fields:
            if f.required is True and f.kind != "constant" and (record.name, f.key) not in held:
                lines.append(f'# {f.key} = ""  # {f.title[lang]}{_choices(f, lang)}')
    if lines:
        yield ""
        yield f"# {phrase('map_mandatory', lang)}"
        yield "[constants]"
        yield from lines


def _choices(field: Field, lang: str) -> str:
    codes = [f"{code} {term(meaning, lang)}".strip() for code, meaning in field.values.items()]
    return f": {', '.join(codes)}" if codes and len(codes) <= MOST_VALUES else ""


def _values(column: Drafted, translated: set[str], schema: Schema, context: Context, lang: str) -> Iterator[str]:
    """Values of a coded field that csvimport does not understand: to be translated."""
    target = column.target
    if target is None or target.part or target.key_column:
        return
    record: Record = schema.record(target.record)
    field, name = record[target.key], column.field_name(schema)
    if field.kind not in CODED or name in translated:
        return
    text = read_cells(column.cells, field, context).text
    wrong = col.filled(text) & ~KINDS[field.reader].right(text, field, context)
    distinct = [value for value in column.cells.text[wrong].drop_duplicates() if column.masked(value, schema) == value]
    if distinct and len(distinct) <= MOST_VALUES:
        translated.add(name)
        yield ""
        yield f"# {phrase('map_values_unknown', lang, field=field.title[lang])}{_choices(field, lang)}"
        yield f"[values.{as_key(name)}]"
        yield from (f'# {quoted(value.strip())} = ""' for value in distinct)
