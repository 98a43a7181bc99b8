"""Where the headings of a sheet stand: in one row among the first ones, or in two, the upper one naming groups of columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from csvimport.columns import text_series
from csvimport.context import Context
from csvimport.headings.targets import all_letters, numbered_months, target_of
from csvimport.kinds import KINDS
from csvimport.read.sheet import Sheet
from csvimport.schema import Schema
from csvimport.shapes import Field
from csvimport.units import is_unit

ROWS_SEARCHED = 20
LEAST_HEADINGS = 3
LEAST_ABOVE = 2  # words above numbers

_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class HeadingRow:
    """The last row of the headings, the headings as they are to be understood, and how many rows they take."""

    row: int
    titles: tuple[str, ...]
    rows: int = 1


def titles_at(sheet: Sheet, row: int) -> tuple[str, ...]:
    """The cells of a row as headings."""
    cells = sheet.first_rows[row] if row < len(sheet.first_rows) else sheet.frame.iloc[row]
    return tuple(" ".join(str(cell).split()) for cell in cells)


def first_filled_row(sheet: Sheet) -> int | None:
    """The first row with a filled cell."""
    return next((row for row in range(len(sheet)) if any(titles_at(sheet, row))), None)


def find(sheet: Sheet, schema: Schema) -> HeadingRow | None:
    """The headings of a sheet for the transfer file, if it has any."""
    row = heading_row(sheet, schema)
    if row is None:
        return None
    return _two_rows(sheet, row, schema) or HeadingRow(row, titles_at(sheet, row))


def heading_row(sheet: Sheet, schema: Schema) -> int | None:
    """The first row most of whose cells are headings of the file, with nothing above it but shorter title rows.

    In the first row, a third of the cells is enough if it cannot be a record. A heading that stands alone may be the title of the table,
    such as *Invoice*: then others follow.
    """
    marks = _marks(schema)
    above, alone = 0, None
    for row in range(min(len(sheet), ROWS_SEARCHED)):
        cells = titles_at(sheet, row)
        titles = [title for title in cells if title]
        if not titles or cells[0] in marks:
            continue
        no_record = is_no_record(cells[0], schema)
        months = numbered_months(cells, schema) if no_record else {}  # figures can run from 1 to 12, too
        matched = sum(target_of(title, schema) is not None for title in titles) + len(months)
        wordy = not above and 3 * matched >= len(titles) and no_record
        unmistakable = matched == len(titles) > 1 or (matched > 2 and 3 * matched >= 2 * len(titles))
        if (len(titles) > above or unmistakable) and (
            all_letters(titles, schema) or matched == len(titles) or 2 * matched >= max(len(titles), 4) or (matched and wordy)
        ):
            if len(titles) > 1:
                return row
            alone = row if alone is None else alone
        above = max(above, len(titles))
    return alone


def is_no_record(cell: str, schema: Schema) -> bool:
    """Whether a first cell is not right for the file's first field."""
    first = schema.leading.fields[0]
    return _is_wrong(cell, first) or len(cell) > (first.max_length or len(cell))


def starts_with_record(sheet: Sheet, schema: Schema) -> bool:
    """Whether a sheet without headings begins with what can be a whole record of the file."""
    row = first_filled_row(sheet)
    if sheet.titles is not None or row is None or find(sheet, schema):
        return False
    cells = titles_at(sheet, row)
    return sheet.widths[row] == schema.leading.width and not is_no_record(cells[0], schema) and not _like_headings(cells)


def unknown_headings(sheet: Sheet, schema: Schema) -> int | None:
    """The row of a sheet without known headings that can be nothing but headings; only narrower rows may stand above it.

    It holds words only, most of them wrong where they stand, or words above numbers.
    """
    for row in range(min(len(sheet), ROWS_SEARCHED)):
        cells = titles_at(sheet, row)
        if sum(map(bool, cells)) < LEAST_HEADINGS:
            continue
        places = [(f, cell) for f, cell in zip(schema.leading.fields, cells, strict=False) if cell]
        words_only = _like_headings(cells) and 2 * sum(_is_wrong(cell, f) for f, cell in places) >= len(places) > 0
        return row if words_only or (_above_numbers(sheet, row) and is_no_record(cells[0], schema)) else None
    return None


def perhaps_headings(sheet: Sheet, schema: Schema) -> str:
    """A cell of the first filled row that is a heading of the file and does not recur below; "" if there is none or the row is a record.

    Where every text is right, such as in names, only this tells headings from a record. Headings leave no cell empty.
    """
    row = first_filled_row(sheet)
    if row is None:
        return ""
    cells = titles_at(sheet, row)
    if not _like_headings(cells) or not all(cells[: sheet.widths[row]]) or cells[0] in _marks(schema):
        return ""
    known = (place for place, cell in enumerate(cells) if _names_a_field(cell, schema))
    return next((cells[place] for place in known if not (sheet.frame[place].iloc[row + 1 :].str.strip() == cells[place]).any()), "")


def _names_a_field(cell: str, schema: Schema) -> bool:
    """Whether a cell is a heading, and not a word for what such a field holds: *passive* is both."""
    target = target_of(cell, schema) if cell else None
    return target is not None and (target.key_column or schema.record(target.record)[target.key].kind not in ("code", "flag"))


def _marks(schema: Schema) -> set[str]:
    """The first cells of records that are told by one."""
    return {record.mark.cells[0] for record in schema.records if record.mark} - {""}


def _is_wrong(cell: str, field: Field) -> bool:
    return not KINDS[field.reader].right(text_series([cell]), field, Context())[0]


def _above_numbers(sheet: Sheet, row: int) -> bool:
    """Whether a row begins with words and holds nothing else but one cell, and several of them stand above nothing but numbers or dates."""
    cells = titles_at(sheet, row)
    words = [place for place, cell in enumerate(cells) if _LETTER.search(cell)]
    below = [[cell for cell in sheet.frame[place].iloc[row + 1 : row + 1 + ROWS_SEARCHED] if cell] for place in words]
    above = sum(bool(cells) and not any(map(_LETTER.search, cells)) for cells in below)
    return above >= LEAST_ABOVE and 0 in words and len(words) >= sum(map(bool, cells)) - 1


def _two_rows(sheet: Sheet, row: int, schema: Schema) -> HeadingRow | None:
    """Headings of two rows, when the row above or below makes more of them known than one row alone, or holds their units."""
    if row + 1 < len(sheet) and _units(units := titles_at(sheet, row + 1)):
        above = titles_at(sheet, row)
        titles = tuple(f"{group} {unit}".strip() if unit else title for title, group, unit in zip(above, spread(above), units, strict=True))
        return HeadingRow(row + 1, titles, rows=2)
    alone = _known(titles_at(sheet, row), schema)
    for upper, lower in ((row, row + 1), (row - 1, row)):
        if upper < 0 or lower >= len(sheet):
            continue
        groups, below = spread(titles_at(sheet, upper)), titles_at(sheet, lower)
        if sum(map(bool, titles_at(sheet, upper))) < 2 or not _like_headings(below):
            continue
        titles = tuple(_both(group, title, schema) for group, title in zip(groups, below, strict=True))
        if _known(titles, schema) > max(alone, _known(below, schema) if lower == row else 0):
            return HeadingRow(lower, titles, rows=2)
    return None


def _units(cells: Sequence[str]) -> bool:
    """Whether the cells below headings are their units."""
    given = [cell for cell in cells if cell]
    return len(given) > 1 and all(map(is_unit, given))


def _known(titles: Sequence[str], schema: Schema) -> int:
    """How many different fields the titles name."""
    return len({target for title in titles if title and (target := target_of(title, schema))})


def _like_headings(titles: Sequence[str]) -> bool:
    given = [title for title in titles if title]
    return len(given) > 1 and not any(re.search(r"\d", title) for title in given)


def spread(titles: Sequence[str]) -> list[str]:
    """The names of groups over all their columns: each holds until the next one."""
    spread, last = [], ""
    for title in titles:
        last = title or last
        spread.append(last)
    return spread


def _both(group: str, title: str, schema: Schema) -> str:
    """The heading of a column below the name of its group: together if that is known, else the one that is."""
    together = f"{group} {title}".strip()
    if title and (target_of(together, schema) or (is_unit(title) and target_of(group, schema))):
        return together
    return title or group
