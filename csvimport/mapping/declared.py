"""A mapping as it is declared: read from TOML and verified, every part with the line it stands on."""

import re
import tomllib
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Table
from dataclasses import dataclass, field, fields
from os import PathLike
from typing import Any

from csvimport.errors import InputError, Sentence, UsageError, reason
from csvimport.headings.targets import Target, target_of
from csvimport.names import as_path
from csvimport.schema import Schema
from csvimport.suggest import did_you_mean

DATE_PARTS = re.compile(r"yyyy|yy|dd?|mm?")
TIME_PART = re.compile(r"(?:T|\s+)hh?[:.]mm(?:[:.]ss)?$")
NUMBERS = ("decimal", "integer", "vat_percent")


@dataclass(frozen=True)
class Join:
    """Several columns in one field, with a text between them."""

    field: str
    columns: tuple[str, ...]
    between: str = " "


@dataclass(frozen=True)
class Split:
    """One column in several fields, divided at a text: at its first occurrence for two fields, and so on; ``""`` is thrown away."""

    column: str
    fields: tuple[str, ...]
    at: str = " "


@dataclass(frozen=True)
class Rows:
    """Which rows are read: those that hold one of the values in a column, or none of them."""

    column: str
    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """What a mapping says.

    ``columns``: heading of the input, or ``column B``, → field, ``""`` for a column that is left out; fields are named by any heading
    that csvimport knows. ``constants``, ``defaults``: field → value everywhere, or in empty cells; ``values``: field → value of the input → value;
    ``dates``: field → form such as mm/dd/yyyy, a time behind it is dropped; ``decimal_marks``: field → ``,`` or ``.``; ``flip_sign``: fields. ``lines``: the line of
    each part of the file, by its table and key.
    """

    file: str = ""
    sheet: str = ""
    heading_row: int = 0
    columns: Table[str, str] = field(default_factory=dict)
    constants: Table[str, str] = field(default_factory=dict)
    defaults: Table[str, str] = field(default_factory=dict)
    values: Table[str, Table[str, str]] = field(default_factory=dict)
    dates: Table[str, str] = field(default_factory=dict)
    decimal_marks: Table[str, str] = field(default_factory=dict)
    flip_sign: tuple[str, ...] = ()
    join: tuple[Join, ...] = ()
    split: tuple[Split, ...] = ()
    rows: tuple[Rows, ...] = ()
    path: str = ""
    lines: Table[tuple[str, str], int] = field(default_factory=dict)

    def where(self, table: str, key: str = "") -> Sentence:
        """A part of the mapping as messages name it: its file and line."""
        line = self.lines.get((table, key)) or self.lines.get((table, ""))
        if not self.path:
            return Sentence("what_mapping")
        return Sentence("at_line", path=self.path, line=line) if line else Sentence("at_file", path=self.path)

    def named(self) -> Iterator[tuple[str, str, str]]:
        """Every column of the input that the mapping names, with the table and key that name it."""
        for heading in self.columns:
            yield heading, "columns", heading
        for number, joined in enumerate(self.join):
            yield from ((column, "join", str(number)) for column in joined.columns)
        for number, divided in enumerate(self.split):
            yield divided.column, "split", str(number)
        for number, filtered in enumerate(self.rows):
            yield filtered.column, "rows", str(number)

    def used(self) -> Iterator[tuple[str, str, str]]:
        """Every field that the mapping names, with the table and key that name it."""
        for heading, name in self.columns.items():
            if name:
                yield name, "columns", heading
        for table in ("constants", "defaults", "dates", "decimal_marks"):
            yield from ((name, table, name) for name in getattr(self, table))
        yield from ((name, f"values.{name}", "") for name in self.values)
        yield from ((name, "flip_sign", "") for name in self.flip_sign)
        yield from ((joined.field, "join", str(number)) for number, joined in enumerate(self.join))
        for number, divided in enumerate(self.split):
            yield from ((name, "split", str(number)) for name in divided.fields if name)


_HIDDEN = ("path", "lines")


def load(source: "str | PathLike[str] | Table[str, Any] | None", schema: Schema) -> Mapping | None:
    """A mapping from a TOML file or from a dict of the same shape; None for None.

    Raises InputError when the file cannot be read, and UsageError, naming the line, for what is not right in it.
    """
    if source is None:
        return None
    if isinstance(source, Table):
        return _verified(_mapping(source, "", {}), schema)
    path = as_path(source)
    try:
        text = path.read_text(encoding="utf-8-sig")
        data = tomllib.loads(text)
    except OSError as error:
        raise InputError("mapping_unreadable", path=path, reason=reason(error)) from error
    except UnicodeDecodeError as error:
        raise InputError("mapping_not_utf8", path=path) from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError("mapping_not_toml", path=path, reason=str(error)) from error
    return _verified(_mapping(data, str(source), _lines(text)), schema)


def _lines(text: str) -> dict[tuple[str, str], int]:
    """The line of every table and key of a TOML text; the items of a list of tables are counted from 0."""
    found: dict[tuple[str, str], int] = {}
    table, counts = "", dict[str, int]()
    for number, line in enumerate(text.splitlines(), start=1):
        head = re.fullmatch(r"\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(?:#.*)?", line)
        key = re.match(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([\w-]+))\s*=""", line)
        if head:
            table = re.sub(r"""["']""", "", head[2])
            if head[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                found[table, str(counts[table])] = number
            found.setdefault((table, ""), number)
            parent, _, name = table.partition(".")
            if name:
                found.setdefault((parent, ""), number)
                found.setdefault((parent, name), number)
        elif key:
            name = next(part for part in key.groups() if part is not None)
            found.setdefault((table, name), number)
            if not table:
                found.setdefault((name, ""), number)
    return found


def _mapping(data: Table[str, Any], path: str, lines: dict[tuple[str, str], int]) -> Mapping:
    where = Mapping(path=path, lines=lines)
    known = [f.name for f in fields(Mapping) if f.name not in _HIDDEN]
    for key in data:
        if key not in known:
            raise UsageError("mapping_part_unknown", _hint(key, known), key=key, where=where.where(key))
    values = {key: _READERS[key](value, key, where) for key, value in data.items()}
    return Mapping(**values, path=path, lines=lines)


def _hint(key: str, known: list[str]) -> Sentence:
    return did_you_mean(key, known) or Sentence("there_are", known=", ".join(known))


def _row(value: Any, key: str, where: Mapping) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise UsageError("mapping_row_number", key=key, where=where.where(key))
    return value


def _text(value: Any, table: str, where: Mapping, key: str = "", name: str = "") -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise UsageError("mapping_text_wanted", name=name or key or table, where=where.where(table, key))
    return str(value)


def _texts(value: Any, table: str, where: Mapping, key: str = "", name: str = "") -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not value:
        raise UsageError("mapping_texts_wanted", name=name or key or table, where=where.where(table, key))
    return tuple(_text(item, table, where, key, name) for item in value)


def _table(value: Any, table: str, where: Mapping) -> dict[str, str]:
    if not isinstance(value, Table):
        raise UsageError("mapping_table_wanted", table=table, where=where.where(table))
    return {str(name): _text(text, table, where, str(name)) for name, text in value.items()}


def _tables(value: Any, key: str, where: Mapping) -> dict[str, dict[str, str]]:
    if not isinstance(value, Table):
        raise UsageError("mapping_tables_wanted", key=key, where=where.where(key))
    return {str(name): _pairs(pairs, name, key, where) for name, pairs in value.items()}


def _pairs(pairs: Any, name: str, key: str, where: Mapping) -> dict[str, str]:
    if not isinstance(pairs, Table):
        raise UsageError("mapping_pairs_wanted", key=key, name=name, where=where.where(key, name))
    return _table(pairs, f"{key}.{name}", where)


def _items(kind: type, required: Table[str, bool]) -> Callable[[Any, str, Mapping], tuple[Any, ...]]:
    """A reader of a list of tables. ``required``: key → whether it is a list of texts; the other keys may be left out."""

    def read(value: Any, key: str, where: Mapping) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple) or not all(isinstance(entry, Table) for entry in value):
            raise UsageError("mapping_brackets", key=key, where=where.where(key))
        return tuple(_item(entry, kind, required, key, str(number), where) for number, entry in enumerate(value))

    return read


def _item(entry: Table[str, Any], kind: type, required: Table[str, bool], key: str, number: str, where: Mapping) -> Any:
    known = [f.name for f in fields(kind)]
    for name in entry:
        if name not in known:
            raise UsageError("mapping_item_unknown", _hint(name, known), name=name, key=key, where=where.where(key, number))
    for name in required:
        if name not in entry:
            raise UsageError("mapping_item_lacks", key=key, name=name, where=where.where(key, number))
    lists = {name for name, listed in required.items() if listed} | {"keep", "drop"}
    return kind(**{name: (_texts if name in lists else _text)(value, key, where, number, name) for name, value in entry.items()})


_READERS: dict[str, Callable[[Any, str, Mapping], Any]] = {
    "file": _text,
    "sheet": _text,
    "heading_row": _row,
    "columns": _table,
    "constants": _table,
    "defaults": _table,
    "values": _tables,
    "dates": _table,
    "decimal_marks": _table,
    "flip_sign": _texts,
    "join": _items(Join, {"field": False, "columns": True}),
    "split": _items(Split, {"column": False, "fields": True}),
    "rows": _items(Rows, {"column": False}),
}


def _verified(mapping: Mapping, schema: Schema) -> Mapping:
    if mapping.file and mapping.file.replace("_", "-") != schema.file:
        raise UsageError("mapping_for_other_file", own=mapping.file, file=schema.file, where=mapping.where("file"))
    for name, table, key in mapping.used():
        if resolve(name, schema) is None:
            known = [f.key for record in schema.records for f in record.fields if f.kind not in ("constant", "unused")]
            hint = did_you_mean(name, known) or Sentence("see_describe", file=schema.file)
            raise UsageError("mapping_field_unknown", hint, name=name, file=schema.file, where=mapping.where(table, key))
    for name, mark in mapping.decimal_marks.items():
        if mark not in (",", "."):
            raise UsageError("mapping_decimal_mark", name=name, mark=mark, where=mapping.where("decimal_marks", name))
    for name, form in mapping.dates.items():
        day = TIME_PART.sub("", form)
        if sorted(part[0] for part in DATE_PARTS.findall(day)) != ["d", "m", "y"] or re.search(r"\w", DATE_PARTS.sub("", day)):
            raise UsageError("mapping_date_form", form=form, where=mapping.where("dates", name))
    _verify_kinds(mapping, schema)
    for number, split in enumerate(mapping.split):
        if not split.at:
            raise UsageError("mapping_split_at", where=mapping.where("split", str(number)))
        if len(split.fields) < 2 or not any(split.fields):
            raise UsageError("mapping_split_fields", where=mapping.where("split", str(number)))
    for number, rows in enumerate(mapping.rows):
        if bool(rows.keep) == bool(rows.drop):
            raise UsageError("mapping_keep_or_drop", where=mapping.where("rows", str(number)))
    return mapping


def _verify_kinds(mapping: Mapping, schema: Schema) -> None:
    """Forms of dates are for dates, decimal marks and signs for numbers."""
    for table, what, kinds in (("dates", "date", ("date",)), ("decimal_marks", "number", NUMBERS), ("flip_sign", "number", NUMBERS)):
        for name in getattr(mapping, table):
            target = resolve(name, schema)
            if target and not target.part and not target.key_column and schema.record(target.record)[target.key].kind not in kinds:
                raise UsageError("mapping_kind", name=name, file=schema.file, what=Sentence(f"a_{what}"), where=mapping.where(table, name))


def resolve(name: str, schema: Schema) -> Target | None:
    """The field, or part of one, that a name in a mapping means."""
    return target_of(name, schema)
