"""A mapping drafted from an input: what matched and why, what is suggested, what is left over, with values beside each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from csvimport import columns as col
from csvimport.context import TABLE, Context
from csvimport.errors import InputError
from csvimport.evidence import shown_by
from csvimport.heading_columns import suggest
from csvimport.heading_rows import HeadingRow, find, starts_with_record, titles_at
from csvimport.headings import pair
from csvimport.kinds import KINDS
from csvimport.kinds.base import Cells
from csvimport.kinds.identifiers import mask_identity_codes
from csvimport.messages import phrase, term
from csvimport.notation import read_cells
from csvimport.read.sheet import Sheet
from csvimport.schema import Schema
from csvimport.settings import Settings
from csvimport.shapes import Field, Record, column_letter
from csvimport.targets import Target, normalise, target_of

EXAMPLES = 3
LONGEST_EXAMPLE = 30
MOST_VALUES = 12
ROWS_SEARCHED = 10
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")  # which TOML has nowhere but escaped
_CODED = ("code", "flag", "word", "payment_term", "country", "currency")


@dataclass(frozen=True, eq=False)
class _Column:
    place: int
    title: str
    cells: Cells
    target: Target | None


@dataclass(frozen=True, eq=False)
class _Part:
    """A sheet with the row of its headings (None when it has titles of its own) and its columns."""

    sheet: Sheet
    row: int | None
    columns: tuple[_Column, ...]


def draft(sheets: Sequence[Sheet], schema: Schema, settings: Settings, lang: str) -> str:
    """The text of a mapping to a transfer file, of one sheet or of two that are joined by a key, with comments in a language.

    Raises InputError for an upload-ready file, which has no headings to map.
    """
    if starts_with_record(sheets[0], schema):
        raise InputError(f"{sheets[0].source.path} has no headings: it is in the order of {schema.file} already and needs no mapping.")
    parts = [_part(sheet, schema, settings) for sheet in sheets]
    columns = [column for part in parts for column in part.columns]
    lines = [*_head(parts, schema, lang), "[columns]"]
    written: dict[str, Target] = {}
    for part in parts:
        if len(parts) > 1:
            lines.append(f"# {part.sheet.source.sheet}")
        lines += _columns(part, written, schema, lang)
    lines += _lacking(columns, schema, lang)
    context = Context(settings, TABLE)
    for column in columns:
        lines += _values(column, schema, context, lang)
    return "\n".join([*lines, "", *(f"# {line}" if line else "#" for line in phrase("map_more", lang).strip().split("\n")), ""])


def _part(sheet: Sheet, schema: Schema, settings: Settings) -> _Part:
    found = find(sheet, schema) or likely_headings(sheet)
    row, titles = (None, sheet.titles) if sheet.titles is not None else (found.row, found.titles)
    below = np.arange(0 if row is None else row + 1, len(sheet))
    columns = []
    for place, title in enumerate(titles):
        kinds = sheet.types[place]
        cells = Cells(sheet.frame[place].iloc[below].reset_index(drop=True), None if kinds is None else kinds[below])
        columns.append(_Column(place, title, cells, target_of(title, schema, settings.dimension_order) if title else None))
    return _Part(sheet, row, tuple(columns))


def likely_sheets(sheets: Sequence[Sheet], schema: Schema) -> tuple[Sheet, ...]:
    """The sheets with the headings of the file; else the one most of whose headings are known, the first of several."""

    def known(sheet: Sheet) -> int:
        found = find(sheet, schema) or likely_headings(sheet)
        return sum(target_of(title, schema) is not None for title in found.titles)

    return pair(sheets, schema) or (max(sheets, key=known),)


def likely_headings(sheet: Sheet) -> HeadingRow:
    """The row among the first ones that has most cells of text, for a sheet none of whose headings are known."""
    best, most = 0, 0
    for row in range(min(len(sheet), ROWS_SEARCHED)):
        count = sum(bool(re.search(r"[^\W\d_]{2,}", title)) for title in titles_at(sheet, row))
        if count > most:
            best, most = row, count
    return HeadingRow(best, titles_at(sheet, best))


def _head(parts: Sequence[_Part], schema: Schema, lang: str) -> Iterator[str]:
    source = parts[0].sheet.source
    for line in phrase("map_head", lang, path=source.path, file=schema.file).strip().split("\n"):
        yield f"# {line}"
    yield ""
    yield f"file = {quoted(schema.file)}"
    if source.sheet and len(parts) == 1:
        yield f"sheet = {quoted(source.sheet)}"
    rows = {None if part.row is None else int(part.sheet.rows[part.row]) for part in parts}
    if len(rows) == 1 and None not in rows:
        yield f"heading_row = {rows.pop()}"
    yield ""


def _columns(part: _Part, written: dict[str, Target], schema: Schema, lang: str) -> Iterator[str]:
    """The lines of a sheet's columns; a heading that the sheet before has too, such as that of the key, has its line there."""
    before = dict(written)
    for column in part.columns:
        if column.title in before:
            continue
        if column.title or col.filled(column.cells.text).any():
            yield from _column(column, part, written, schema, lang)


def _column(column: _Column, part: _Part, written: dict[str, Target], schema: Schema, lang: str) -> Iterator[str]:
    yield f"# {column_letter(column.place)}: {_examples(column)}"
    if shown_by(column.cells.text) == "postal":
        yield f"# {phrase('map_postal', lang)}"
    if not column.title:
        yield f"# {phrase('map_no_heading', lang)}"
        return
    if column.target and column.target not in written.values():
        written[column.title] = column.target
        yield f"{quoted(column.title)} = {quoted(_name(column, schema))}  # {phrase(_because(column, schema), lang)}"
    elif column.target:
        yield f"# {quoted(column.title)} = {quoted(_name(column, schema))}  # {phrase('map_twice', lang)}"
    else:
        found = suggest(part.sheet, schema, part.row, column.place, column.title, [other.target for other in part.columns])
        if found:
            reason = phrase(f"map_by_{found.because}", lang)
            yield f"# {quoted(column.title)} = {quoted(found.field.key)}  # {reason}"
        else:
            yield f'# {quoted(column.title)} = ""  # {phrase("map_left_over", lang)}'


def _examples(column: _Column) -> str:
    """The first different values of a column, identity codes masked."""
    cells = column.cells.text
    distinct = cells[col.filled(cells)].drop_duplicates().head(EXAMPLES)
    texts = (" ".join(_CONTROLS.sub(" ", mask_identity_codes(value)).split()) for value in distinct)
    return " | ".join(text if len(text) <= LONGEST_EXAMPLE else f"{text[: LONGEST_EXAMPLE - 1]}…" for text in texts) or "–"


def _name(column: _Column, schema: Schema) -> str:
    """The key of a field where it means the same as the heading, else the heading itself."""
    target = column.target
    key = target.key if target else ""
    return key if target_of(key, schema) == target else column.title


def _because(column: _Column, schema: Schema) -> str:
    """Which step matched a heading."""
    target = column.target
    if target is None or target.part or target.value or target.number or target.key_column or target.listed:
        return "map_by_form"
    field, plain = schema.record(target.record)[target.key], normalise(column.title)
    if plain == normalise(field.key):
        return "map_by_key"
    return "map_by_title" if plain in map(normalise, field.title.values()) else "map_by_alias"


def _lacking(columns: Sequence[_Column], schema: Schema, lang: str) -> Iterator[str]:
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


def _values(column: _Column, schema: Schema, context: Context, lang: str) -> Iterator[str]:
    """Values of a coded field that csvimport does not understand: to be translated."""
    target = column.target
    if target is None or target.part or target.key_column:
        return
    record: Record = schema.record(target.record)
    field = record[target.key]
    if field.kind not in _CODED:
        return
    text = read_cells(column.cells, field, context).text
    wrong = col.filled(text) & ~KINDS[field.reader].right(text, field, context)
    distinct = column.cells.text[wrong].drop_duplicates().tolist()
    if distinct and len(distinct) <= MOST_VALUES:
        yield ""
        yield f"# {phrase('map_values', lang, field=field.title[lang])}{_choices(field, lang)}"
        yield f"[values.{field.key}]"
        yield from (f'# {quoted(value.strip())} = ""' for value in distinct)


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped) + '"'
