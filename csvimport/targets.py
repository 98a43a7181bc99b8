"""What a heading means: a field by its key, title, alias or column letter, or a part or a number of one."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

from csvimport.kinds.addresses import PARTS
from csvimport.schema import Schema
from csvimport.shapes import Field, Record

PART_TITLES = {
    "name": ("Name", "Nimi", "Namn"),
    "specifier": ("Specifier", "c/o", "Address line 2", "Tarkenne", "Precisering"),
    "street": ("Street", "Street address", "Address line 1", "Katu", "Katuosoite", "Lähiosoite", "Gata", "Gatuadress"),
    "postal_code": ("Postal code", "Zip", "Zip code", "Postcode", "Postinumero", "Postnummer"),
    "city": ("City", "Town", "Postitoimipaikka", "Kaupunki", "Paikkakunta", "Ort", "Postort", "Stad"),
    "country": ("Country", "Country code", "Maa", "Maakoodi", "Land", "Landskod"),
}


@dataclass(frozen=True)
class Target:
    """What a column holds: a field, or less or more than one.

    ``number``: one of several child records; ``part``: a part of an address; ``negated``: the opposite of a flag; ``listed``:
    several child records in a cell; ``value``: the value the column is named for; ``key_column``: what tells records apart.
    """

    record: str
    key: str
    number: int = 0
    part: str = ""
    negated: bool = False
    listed: bool = False
    value: str = ""
    key_column: bool = False


def normalise(heading: str) -> str:
    """A heading without regard to letter case, blanks and punctuation."""
    return re.sub(r"[\W_]", "", heading.casefold())


def target_of(title: str, schema: Schema, names: Collection[str] = (), *, with_key: bool = True) -> Target | None:
    """The target of a heading; a number behind a child record's heading counts its records.

    ``names``: the values, such as dimensions, that a column may be named for without a prefix.
    """
    known = _known(schema, with_key=with_key)
    plain = normalise(title)
    if plain in known:
        return known[plain]
    numbered = re.fullmatch(r"(\D+)(\d{1,3})", plain)
    base = known.get(numbered[1]) if numbered else None
    if numbered and base and base.number:
        return replace(base, number=int(numbered[2]))
    return _by_value(title, schema, names)


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
    """The field of the main record at a column letter; None when the title is none or lies beyond the record."""
    position = _letter_position(title)
    if position is None or position >= schema.main.width:
        return None
    return Target(schema.main.name, schema.main.fields[position].key)


@cache
def _known(schema: Schema, *, with_key: bool = True) -> dict[str, Target]:
    """Normalised heading → target; what is said first, keys and titles before aliases, wins."""
    known: dict[str, Target] = {}
    if schema.table and with_key:
        key = Target(schema.main.name, schema.table.key, key_column=True)
        for name in (schema.table.key, *schema.table.title.values(), *schema.table.aliases):
            known[normalise(name)] = key
    line = schema.table.line if schema.table else schema.main.name
    records = sorted(schema.records, key=lambda r: schema.heading_order.index(r.name)) if schema.heading_order else schema.records
    for record in records:
        numbered = record.parent and record.name != line
        for headings_of in (_titles_of, _aliases_of, _parts_of):
            for f in record.fields:
                if f.kind != "constant":
                    for name, target in headings_of(record, f):
                        known.setdefault(normalise(name), replace(target, number=1) if numbered else target)
    for record in schema.records:
        if record.list_column:
            listed = Target(record.name, record.list_column.field, listed=True)
            for name in (record.list_column.key, *record.list_column.aliases):
                known[normalise(name)] = listed
    return known


def _titles_of(record: Record, f: Field) -> list[tuple[str, Target]]:
    return [(name, Target(record.name, f.key, negated=f.negated)) for name in (f.key, *f.title.values(), f"{record.name} {f.key}")]


def _aliases_of(record: Record, f: Field) -> list[tuple[str, Target]]:
    plain = [(name, Target(record.name, f.key, negated=f.negated)) for name in f.aliases]
    return plain + [(name, Target(record.name, f.key, negated=True)) for name in f.negated_aliases]


def _parts_of(record: Record, f: Field) -> list[tuple[str, Target]]:
    parts = [(part, title) for part in PARTS for title in PART_TITLES[part]]
    return [(prefix + title, Target(record.name, f.key, part=part)) for prefix in f.part_prefixes for part, title in parts]


def _letter_position(title: str) -> int | None:
    if not re.fullmatch(r"[A-Za-z]{1,2}", title):
        return None
    number = 0
    for letter in title.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def all_letters(titles: Sequence[str], schema: Schema) -> bool:
    """Whether all headings are different column letters of the main record."""
    positions = [_letter_position(title) for title in titles]
    return len(titles) > 1 and len(set(positions)) == len(titles) and all(p is not None and p < schema.main.width for p in positions)
