"""The shapes of records: fields in their order, how records are told apart, and how tables hold them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from csvimport.settings import Settings


@dataclass(frozen=True, eq=False)
class Field:
    """One field of a record: its place, its headings, its kind and its limits."""

    no: int
    key: str
    title: Mapping[str, str]
    kind: str
    evidence: str
    source: tuple[str, ...]
    title_status: str = ""
    aliases: tuple[str, ...] = ()
    negated_aliases: tuple[str, ...] = ()
    negated: bool = False
    notation: str = ""
    required: bool | str = False
    max_length: int | None = None
    min_length: int | None = None
    screen_length: int | None = None
    free_text: bool = False
    decimals: int | None = None
    assumed_decimals: int | None = None
    min: str | None = None
    max: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    open_list: bool = False
    also_known: tuple[str, ...] = ()
    newer: tuple[str, ...] = ()
    mistaken: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    word_list: str = ""
    form: str = ""
    part_prefixes: tuple[str, ...] = ()
    name_from: str = ""
    default: str = ""
    on_invalid: str = ""
    note: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    unchecked_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def column(self) -> str:
        """The spreadsheet letter of the field's place in the record."""
        return column_letter(self.no - 1)

    @property
    def reader(self) -> str:
        """The name of the kind whose notation the field is read in."""
        return self.notation or self.kind


@dataclass(frozen=True)
class Mark:
    """How a record is told apart: the words that its first cells hold ("" means empty).

    ``misspelt``: other words, in capitals, that users write for it, ``followed_by`` one of these cells if any are named;
    ``code``: the rule that such a word breaks; ``setting``: the settings key that can give another last word.
    """

    cells: tuple[str, ...]
    misspelt: tuple[str, ...] = ()
    followed_by: tuple[str, ...] = ()
    code: str = ""
    setting: str = ""

    def words(self, settings: Settings) -> tuple[str, ...]:
        """The words in this environment: the settings may give another last word."""
        return (*self.cells[:-1], getattr(settings, self.setting)) if self.setting else self.cells


@dataclass(frozen=True)
class GroupedColumn:
    """A table column that holds several child records in one cell, such as ``groups``."""

    field: str
    key: str
    separator: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class ValueColumns:
    """Table columns named for a value, such as one for each dimension: the cell holds an item, or several with their shares."""

    name: str
    value: str
    share: str
    prefixes: tuple[str, ...]


@dataclass(frozen=True)
class TableShape:
    """A table whose lines are records of one kind, and whose other columns belong to the main record above them.

    ``key``: the column that tells main records apart; ``fallbacks``: fields that do when there is no such column.
    """

    line: str
    key: str
    title: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    fallbacks: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Record:
    """One kind of line in the transfer file."""

    name: str
    fields: tuple[Field, ...]
    mark: Mark | None = None
    parent: str = ""
    list_column: GroupedColumn | None = None
    value_columns: ValueColumns | None = None
    table_defaults: Mapping[str, str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many fields a full line has."""
        return len(self.fields)

    def __getitem__(self, key: str) -> Field:
        return _fields_by_key(self)[key]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the fields in file order."""
        return tuple(f.key for f in self.fields)


@cache
def _fields_by_key(record: Record) -> dict[str, Field]:
    return {f.key: f for f in record.fields}


def column_letter(index: int) -> str:
    """The spreadsheet letter of a column counted from 0: 0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
