"""What the parts of a draft share: its columns with what they are matched with, and texts as TOML writes them."""

import re
from dataclasses import dataclass

from csvimport import columns as col
from csvimport.headings.targets import Target, target_of
from csvimport.kinds.base import Cells
from csvimport.masking import IDENTIFIER, OF_NO_FIELD, masked, personal
from csvimport.schema import Schema

_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")  # which TOML has nowhere but escaped


@dataclass(frozen=True, eq=False)
class Drafted:
    """A column of the input: its heading, the name that a mapping has for it, its cells and what it is matched with.

    ``twice``: whether another column is matched with its field already.
    """

    place: int
    title: str
    name: str
    cells: Cells
    target: Target | None
    twice: bool

    def field_name(self, schema: Schema) -> str:
        """The key of the field where it means the same as the heading, else the heading itself."""
        key = self.target.key if self.target else ""
        return key if target_of(key, schema) == self.target else self.title

    def values(self, most: int, schema: Schema) -> list[str]:
        """The first different values, personal data masked."""
        cells = self.cells.text
        distinct = cells[col.filled(cells)].drop_duplicates().head(most)
        return [" ".join(_CONTROLS.sub(" ", self.masked(value, schema)).split()) for value in distinct]

    def masked(self, value: str, schema: Schema) -> str:
        """A value of the column with the personal data that its field holds masked; numbers of companies are no personal data."""
        target = self.target
        field = next((f for f in schema.record(target.record).fields if f.key == target.key), None) if target else None
        of = personal(field) if field else OF_NO_FIELD
        return masked(value, "" if of == IDENTIFIER else of, pay=schema.holds_pay)


def quoted(text: str) -> str:
    """A text as TOML writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", escaped) + '"'


def as_key(name: str) -> str:
    """A name as the key of a TOML table."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else quoted(name)
