"""What a heading means: a field by its key, title, alias or column letter, or a part or a number of one."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from csvimport.kinds.addresses import parts_of
from csvimport.months import month_of_heading
from csvimport.schema import Schema
from csvimport.shapes import Field, Record, TableShape
from csvimport.units import contradicts, without_unit

PART_TITLES = {
    "name": ("Name", "Nimi", "Namn"),
    "specifier": ("Specifier", "c/o", "Address line 2", "Tarkenne", "Osoitteen tarkenne", "Precisering"),
    "street": ("Street", "Street address", "Address line 1", "Katu", "Katuosoite", "Lähiosoite", "Gata", "Gatuadress"),
    "postal_code": ("Postal code", "Zip", "Zip code", "Postcode", "Postinumero", "Postinro", "Postnummer", "Postnr"),
    "city": ("City", "Town", "Postitoimipaikka", "Kaupunki", "Paikkakunta", "Ort", "Postort", "Stad"),
    "country": ("Country", "Country code", "Maa", "Maakoodi", "Maatunnus", "Land", "Landskod"),
}


SIDES = DEBIT, CREDIT, SIDE = "debit", "credit", "side"
SERIES = "series"
MONTH, MONTH_SUM = "month", "month_sum"


_LANGUAGES = re.compile(r"\s*[/|]\s*")


@dataclass(frozen=True)
class Target:
    """What a column holds: a field, or less or more than one.

    ``number``: one of several child records; ``part``: a part of an address or of the key, or the side of a signed sum;
    ``negated``: the opposite of a flag; ``listed``: several child records in a cell; ``value``: the value the column is named for, or
    the year of a month; ``key_column``: what tells records apart; ``unclear``: yes and no do not tell what is meant.
    """

    record: str
    key: str
    number: int = 0
    part: str = ""
    negated: bool = False
    listed: bool = False
    value: str = ""
    key_column: bool = False
    unclear: bool = field(default=False, compare=False)


def normalise(heading: str) -> str:
    """A heading without regard to letter case, blanks and punctuation; a letter and its mark, as Macintoshes write them, are one."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFC", heading).casefold())


def target_of(title: str, schema: Schema, names: Collection[str] = (), *, with_key: bool = True) -> Target | None:
    """The target of a heading; a number behind a child record's heading counts its records.

    None also where the heading's unit is one of something else than the field measures. ``names``: the values, such as
    dimensions, that a column may be named for without a prefix.
    """
    target = _meant(title, schema, names, with_key=with_key)
    return target if target is None or _fits(title, target, schema) else None


def _meant(title: str, schema: Schema, names: Collection[str], *, with_key: bool) -> Target | None:
    known = _known(schema, with_key=with_key)
    plain = normalise(title)
    if not plain and "%" not in title:
        return None
    if plain in known:
        return known[plain]
    numbered = re.fullmatch(r"(\D+)(\d{1,3})", plain)
    base = _numbered(schema).get(numbered[1]) if numbered else None
    if numbered and base:
        return replace(base, number=int(numbered[2]))
    bare = without_unit(title)
    if bare != title and (target := _meant(bare, schema, names, with_key=with_key)):
        return target
    return _by_value(title, schema, names) or _by_month(title, schema) or _in_languages(title, schema)


def _fits(title: str, target: Target, schema: Schema) -> bool:
    """Whether the units of a heading are those of what its column holds."""
    record = schema.record(target.record)
    key = record.calendar.months[0] if target.part == MONTH_SUM and record.calendar else target.key
    return target.key_column or not contradicts(title, record[key])


def _in_languages(title: str, schema: Schema) -> Target | None:
    """What a heading in several languages means (``Nimi / Namn``), if it means the same in all of them."""
    parts = _LANGUAGES.split(title)
    meant = {target_of(part, schema) for part in parts} if len(parts) > 1 and all(parts) else set()
    return meant.pop() if len(meant) == 1 else None


def headings_for(target: Target, schema: Schema) -> frozenset[str]:
    """The titles and aliases that a column of the target can have; none for a part of a field or a column named for a value."""
    if target.key_column and schema.table:
        return frozenset(schema.table.series if target.part else (*schema.table.title.values(), *schema.table.aliases))
    if target.part or target.value or target.listed:
        return frozenset()
    f = schema.record(target.record)[target.key]
    return frozenset((*f.title.values(), *f.aliases))


def is_heading_of(title: str, f: Field) -> bool:
    """Whether a title is one of the field's own."""
    return normalise(title) in map(normalise, (f.key, *f.title.values(), *f.aliases))


def is_month(target: Target, schema: Schema) -> bool:
    """Whether a column holds the figures of one month."""
    calendar = schema.record(target.record).calendar
    return calendar is not None and target.key in calendar.months


def numbered_months(titles: Sequence[str], schema: Schema) -> dict[int, Target]:
    """Column → month, where the titles number all months from 1 to 12."""
    record = next((record for record in schema.records if record.calendar), None)
    found = [(place, re.fullmatch(r"(?:[MPmp]\s?)?(0?[1-9]|1[0-2])", title)) for place, title in enumerate(titles)]
    places = {int(number[1]): place for place, number in found if number}
    if record is None or record.calendar is None or len(places) < len(record.calendar.months):
        return {}
    return {places[number]: Target(record.name, key) for number, key in enumerate(record.calendar.months, start=1)}


def _by_value(title: str, schema: Schema, names: Collection[str]) -> Target | None:
    for record in schema.records:
        if record.value_columns:
            target = Target(record.name, record.value_columns.value)
            if title in names:
                return replace(target, value=title)
            for prefix in record.value_columns.prefixes:
                if title.casefold().startswith(prefix.casefold()) and len(title) > len(prefix):
                    return replace(target, value=title[len(prefix) :].strip())
    return None


def target_by_letter(title: str, schema: Schema) -> Target | None:
    """The field of the file's first record at a column letter; None when the title is none or lies beyond the record."""
    position = _letter_position(title)
    if position is None or position >= schema.leading.width:
        return None
    return Target(schema.leading.name, schema.leading.fields[position].key)


def key_names(shape: TableShape) -> tuple[str, ...]:
    """The headings of the column that tells records apart, the surest first."""
    return (shape.key, *shape.title.values(), *shape.aliases)


@cache
def _known(schema: Schema, *, with_key: bool = True) -> dict[str, Target]:
    """Normalised heading → target; what is said first, keys and titles before aliases, wins."""
    known: dict[str, Target] = {}
    if schema.table and with_key:
        key = Target(schema.main.name, schema.table.key, key_column=True)
        for name in key_names(schema.table):
            known[normalise(name)] = key
        for name in schema.table.series:
            known[normalise(name)] = replace(key, part=SERIES)
    line = _line(schema)
    records = sorted(schema.records, key=lambda r: schema.heading_order.index(r.name)) if schema.heading_order else schema.records
    for record in records:
        numbered = record.parent and record.name != line
        for name, target in _headings_of(record):
            known.setdefault(normalise(name), replace(target, number=1) if numbered else target)
    for record in schema.records:
        if record.list_column:
            listed = Target(record.name, record.list_column.field, listed=True)
            for name in (record.list_column.key, *record.list_column.aliases):
                known[normalise(name)] = listed
    return known


@cache
def _numbered(schema: Schema) -> dict[str, Target]:
    """Normalised heading → target of the child records that numbers behind the heading count."""
    known: dict[str, Target] = {}
    for record in schema.records:
        if record.parent and record.name != _line(schema):
            for name, target in _headings_of(record):
                known.setdefault(normalise(name), target)
    return known


def _line(schema: Schema) -> str:
    """The record of which a table has one in each line."""
    return schema.table.line if schema.table else schema.main.name


def _headings_of(record: Record) -> Iterator[tuple[str, Target]]:
    """The headings of a record's fields, the surest first."""
    for headings_of in (_titles_of, _aliases_of, _parts_of):
        for f in record.fields:
            if f.kind != "constant":
                yield from headings_of(record, f)


def _titles_of(record: Record, f: Field) -> list[tuple[str, Target]]:
    return [(name, Target(record.name, f.key, negated=f.negated)) for name in (f.key, *f.title.values(), f"{record.name} {f.key}")]


def _aliases_of(record: Record, f: Field) -> list[tuple[str, Target]]:
    plain = [(name, Target(record.name, f.key, negated=f.negated, unclear=name in f.unclear_aliases)) for name in f.aliases]
    return plain + [(name, Target(record.name, f.key, negated=True)) for name in f.negated_aliases]


def _parts_of(record: Record, f: Field) -> list[tuple[str, Target]]:
    parts = [(prefix + title, part) for prefix in f.part_prefixes for part in parts_of(f.form) for title in PART_TITLES[part]]
    if record.signed and record.signed.field == f.key:
        parts += [(title, part) for part in SIDES for title in getattr(record.signed, part)]
    if record.calendar and record.calendar.year == f.key:
        parts += [
            (title, part) for part, titles in ((MONTH, record.calendar.month), (MONTH_SUM, record.calendar.amount)) for title in titles
        ]
    return [(name, Target(record.name, f.key, part=part)) for name, part in parts]


@cache
def month_names(record: Record) -> Mapping[str, int]:
    """The words for months that head the columns of a record, in small letters → 1 to 12."""
    months = record.calendar.months if record.calendar else ()
    return {word.casefold(): number for number, key in enumerate(months, start=1) for word in record[key].aliases}


def _by_month(title: str, schema: Schema) -> Target | None:
    """The month of a column that is named for a month and its year."""
    for record in schema.records:
        found = month_of_heading(title, month_names(record)) if record.calendar else None
        if record.calendar and found and found[0]:
            return Target(record.name, record.calendar.months[found[1] - 1], value=str(found[0]))
    return None


def letter_target(title: str, schema: Schema) -> Target | None:
    """The letter that tells the side of a sum, for a heading that may mean the sum itself, too."""
    for record in schema.records:
        if record.signed and normalise(title) in map(normalise, record.signed.side):
            return Target(record.name, record.signed.field, part=SIDE)
    return None


def _letter_position(title: str) -> int | None:
    if not re.fullmatch(r"[A-Za-z]{1,2}", title):
        return None
    number = 0
    for letter in title.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def all_letters(titles: Sequence[str], schema: Schema) -> bool:
    """Whether all headings are different column letters of the file's first record."""
    positions = [_letter_position(title) for title in titles]
    return len(titles) > 1 and len(set(positions)) == len(titles) and all(p is not None and p < schema.leading.width for p in positions)
