"""Where the columns that a mapping names stand in a sheet: the row of the headings, and each column by heading or letter."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.errors import InputError, Sentence
from csvimport.findings import Mask
from csvimport.headings.rows import HeadingRow, find, spread, titles_at
from csvimport.mapping.declared import Mapping
from csvimport.read.sheet import CellTypes, Sheet
from csvimport.schema import Schema
from csvimport.shapes import column_letter

ROWS_SEARCHED = 30
ROWS_LIKELY = 10


@dataclass(frozen=True, eq=False)
class Column:
    """One column on its way: its heading, its cells, and where it stands in the input under which heading."""

    title: str
    text: "pd.Series[str]"
    types: CellTypes | None
    place: int
    given: str
    sheet: str | None = None

    def take(self, rows: Mask) -> "Column":
        """The column with some of its rows."""
        return replace(self, text=self.text[rows].reset_index(drop=True), types=None if self.types is None else self.types[rows])

    def has_letter(self, name: str) -> bool:
        """Whether a name is that of the column's place in its sheet."""
        return plain(name) in (plain(by_letter(self.place)), plain(by_letter(self.place, self.sheet)))


def by_letter(place: int, sheet: str | None = None) -> str:
    """The name of a column without a heading of its own: ``column B``, or ``column B of Sheet`` where there are two sheets."""
    return f"column {column_letter(place)}" + (f" of {sheet}" if sheet else "")


def plain(text: str) -> str:
    """A heading or a value without regard to letter case, blanks around it and how its umlauts are made."""
    return " ".join(unicodedata.normalize("NFC", text).split()).casefold()


def read(sheet: Sheet, mapping: Mapping, schema: Schema) -> tuple[list[Column], int | None]:
    """The columns below the headings, and the row of these (None when the sheet has titles of its own).

    Raises InputError when the input does not have the row that the mapping names.
    """
    row, titles = None, sheet.titles
    if titles is None:
        row, titles = heading_row(sheet, mapping, schema)
    below = np.arange(0 if row is None else row + 1, len(sheet))
    columns = [
        Column(
            title,
            col.take(sheet.frame[place], below),
            None if kinds is None else kinds[below],
            place,
            title,
            sheet.source.sheet,
        )
        for place, (title, kinds) in enumerate(zip(titles, sheet.types, strict=True))
    ]
    return columns, row


def heading_row(sheet: Sheet, mapping: Mapping, schema: Schema) -> tuple[int, tuple[str, ...]]:
    """The row, or the two rows together, that hold most of the headings that the mapping names; the row is the lower one."""
    named = {plain(heading) for heading, _, _ in mapping.named()}
    rows = range(min(len(sheet), ROWS_SEARCHED))
    if mapping.heading_row:
        at = np.flatnonzero(sheet.rows == mapping.heading_row)
        if not len(at):
            where = mapping.where("heading_row")
            raise InputError("mapping_heading_row", row=mapping.heading_row, path=sheet.source.path, where=where)
        rows = range(int(at[0]), int(at[0]) + 1)
    readings = [(row, titles) for row in rows for titles in _readings(sheet, row, named)]
    best = max(readings, key=lambda reading: len(named & set(map(plain, reading[1]))))
    if mapping.heading_row or named & set(map(plain, best[1])):
        return best
    found = find(sheet, schema) or likely_headings(sheet)
    return found.row, found.titles


def _readings(sheet: Sheet, row: int, named: Collection[str]) -> Iterator[tuple[str, ...]]:
    """The headings of a row by itself, and together with the row of groups above it where the mapping names them so."""
    titles = titles_at(sheet, row)
    yield titles
    if row:
        groups = spread(titles_at(sheet, row - 1))
        both = (f"{group} {title}".strip() for group, title in zip(groups, titles, strict=True))
        yield tuple(
            together if plain(together) in named else title or group for together, title, group in zip(both, titles, groups, strict=True)
        )


def likely_headings(sheet: Sheet) -> HeadingRow:
    """The row among the first ones that has most cells of text, for a sheet none of whose headings are known."""
    best, most = 0, 0
    for row in range(min(len(sheet), ROWS_LIKELY)):
        count = sum(bool(re.search(r"[^\W\d_]{2,}", title)) for title in titles_at(sheet, row))
        if count > most:
            best, most = row, count
    return HeadingRow(best, titles_at(sheet, best))


def called(name: str, columns: Sequence[Column]) -> list[Column]:
    """The columns with a name as their heading, else those with it as their letter."""
    headed = [column for column in columns if plain(column.given) == plain(name)]
    return headed or [column for column in columns if column.has_letter(name)]


def one_called(name: str, columns: Sequence[Column], where: Sentence) -> Column | None:
    """The column with a name, if there is one. Raises InputError when several have it."""
    found = called(name, columns)
    if len(found) > 1:
        letters = ", ".join(column_letter(column.place) for column in found)
        raise InputError("mapping_headed_alike", columns=letters, name=name, letter=by_letter(found[0].place), where=where)
    return found[0] if found else None


def best_sheet(sheets: Sequence[Sheet], mapping: Mapping, schema: Schema) -> tuple[Sheet, ...]:
    """The sheet that has most of the headings that the mapping names, and all of them that any has; none when there is no such one."""
    named = {plain(heading) for heading, _, _ in mapping.named()}
    held = [named & _headings(sheet, mapping, schema) for sheet in sheets]
    most = max(held, key=len, default=set())
    return (sheets[held.index(most)],) if most and held.count(most) == 1 and all(other <= most for other in held) else ()


def _headings(sheet: Sheet, mapping: Mapping, schema: Schema) -> set[str]:
    with suppress(InputError):  # the sheet does not have the row that the mapping names
        return {plain(column.given) for column in read(sheet, mapping, schema)[0]}
    return set()
