"""The shapes of records: fields in their order, how records are told apart, and how tables hold them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from csvimport.settings import Settings

Translated = Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Field:
    """One field of a record: its place, its headings, its kind and its limits.

    ``unclear_aliases``: those aliases under which yes and no could be either; ``personal``: what of a person it holds that is masked
    when it is shown: identity_code, identifier (such a code or a company's number), account or salary; ``measure``: what a number
    measures, which tells the units that it may have; ``currency``: the field that tells the currency of a sum, which is in euros without
    one; ``in_file``: whether the transfer file holds it, and not only the tables that it
    is made from; ``compared``: whether it is only held against others, so that what cannot be read is a warning that this was not done.
    """

    no: int
    key: str
    title: Mapping[str, str]
    kind: str
    evidence: str
    source: tuple[str, ...]
    title_status: str = ""
    aliases: tuple[str, ...] = ()
    negated_aliases: tuple[str, ...] = ()
    unclear_aliases: tuple[str, ...] = ()
    negated: bool = False
    notation: str = ""
    measure: str = ""
    currency: str = ""
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
    personal: str = ""
    in_file: bool = True
    compared: bool = False

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
    """Table columns named for a value, such as one for each dimension: the cell holds an item.

    ``share``: the field of the shares, where a cell may hold several items with theirs; ``usual``: values that columns are
    often named for without a prefix.
    """

    name: str
    value: str
    prefixes: tuple[str, ...]
    share: str = ""
    usual: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableShape:
    """A table whose lines are records of one kind, and whose other columns belong to the main record above them.

    ``key``: the column that tells main records apart; ``fallbacks``: fields that do when there is no such column;
    ``key_optional``: whether a table without one holds a single main record; ``series``: headings of a column that goes before the
    key, where numbers begin anew in each series.
    """

    line: str
    key: str
    title: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    fallbacks: tuple[str, ...] = ()
    key_optional: bool = False
    series: tuple[str, ...] = ()


@dataclass(frozen=True)
class SignedColumns:
    """Table columns that together make one signed sum: debit and credit, or a sum and a letter for its side."""

    field: str
    debit: tuple[str, ...]
    credit: tuple[str, ...]
    side: tuple[str, ...]
    debit_words: tuple[str, ...]
    credit_words: tuple[str, ...]


@dataclass(frozen=True)
class Separate:
    """A transfer file that holds one record of a kind: a table with several becomes several files.

    ``date`` and ``name``: the fields that the files are named for; ``figures``: what the list of files says about each.
    """

    record: str
    date: str
    name: str
    figures: str


@dataclass(frozen=True)
class Recast:
    """The same records in the form of another transfer file, by the headings of its tables.

    ``key``: the heading of the column that tells records apart; ``named``: one that must be filled, by the record's key if need
    be; ``sign``: the field whose sign a setting decides; ``constants`` and ``fields``: heading → value, or field of this file;
    ``pairs``: the headings of a name, its value and its share, which may be repeated; ``without``: rules of this file that say nothing then.
    """

    name: str
    file: str
    key: str
    named: str
    sign: Mapping[str, str]
    constants: Mapping[str, str]
    fields: Mapping[str, str]
    pairs: tuple[str, str, str]
    unverified: str
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Calendar:
    """Fields for the months of a calendar year.

    ``month`` and ``amount``: the headings of a table that has one column of months and one of sums instead.
    """

    year: str
    months: tuple[str, ...]
    month: tuple[str, ...]
    amount: tuple[str, ...]


@dataclass(frozen=True)
class Comments:
    """How a row is known that the file holds for people only: its first field, its account, its figures; and the rule about it."""

    field: str
    account: str
    figures: tuple[str, ...]
    code: str


@dataclass(frozen=True)
class Former:
    """A file that was used before: its first cells, and the rule that tells about it."""

    cells: tuple[str, ...]
    code: str


@dataclass(frozen=True)
class Summed:
    """Rows that are added up when a user asks for it: alike in all fields but the one that is added and one of remarks.

    ``code``: of the rule about rows alike; ``rules``: those about the values of the field, which the sums are to keep, too.
    """

    field: str
    joined: str
    code: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Record:
    """One kind of line in the transfer file.

    ``written``: whether the file holds it; others are known from tables only, such as the voucher that the entries belong to.
    ``folded``: pairs of fields of the record above that take the name and the value of these records, in order.

    For templates: ``table_titles``: headings of fields whose own title means another field in tables; ``common``: the columns
    that go first; ``repeated``: how many of these records a line has columns for; ``examples``: three filled lines, and
    ``samples``: values of columns that no line fills. Columns are named by the field's key, with ``.part`` behind it for a
    part of it, and with `` 1``, `` 2`` … where records are counted.
    """

    name: str
    fields: tuple[Field, ...]
    mark: Mark | None = None
    parent: str = ""
    written: bool = True
    folded: tuple[tuple[str, str], ...] = ()
    signed: SignedColumns | None = None
    calendar: Calendar | None = None
    list_column: GroupedColumn | None = None
    value_columns: ValueColumns | None = None
    table_defaults: Mapping[str, str] = field(default_factory=dict)
    table_titles: Mapping[str, Translated] = field(default_factory=dict)
    common: tuple[str, ...] = ()
    repeated: int = 1
    examples: tuple[Mapping[str, str | Translated], ...] = ()
    samples: Mapping[str, str | Translated] = field(default_factory=dict)

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
