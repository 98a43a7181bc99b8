"""Which sheets of a workbook are meant: by their headings, by the mapping, or as the user names one."""

from collections.abc import Callable, Sequence
from contextlib import suppress

from csvimport.errors import InputError
from csvimport.headings import recognised as heads
from csvimport.mapping.applied import headed
from csvimport.mapping.declared import Mapping
from csvimport.mapping.found import best_sheet
from csvimport.read.sheet import Sheet
from csvimport.read.source import several_sheets
from csvimport.schema import Schema


def sheets_meant(sheets: Sequence[Sheet], schema: Schema, mapping: Mapping | None) -> tuple[Sheet, ...]:
    """The sheets of a workbook that are meant: by their headings, or by those that a mapping gives them."""
    if mapping is None:
        right = [sheet for sheet in sheets if heads.looks_right(sheet, schema)]
        found = heads.pair(sheets, schema)
        if right and not found:
            raise several_sheets(right)
        return found
    return _as_read(heads.pair(_headed(sheets, mapping, schema), schema), sheets) or best_sheet(sheets, mapping, schema)


def sheet_with_lines(named: Sheet, others: Callable[[], Sequence[Sheet]], schema: Schema, mapping: Mapping | None) -> tuple[Sheet, ...]:
    """The sheet that was named, and the one with the lines of its records."""
    if mapping is None:
        return heads.with_lines(named, others, schema)
    read = [named]

    def known() -> list[Sheet]:
        read.extend(others())
        return _headed(read[1:], mapping, schema)

    return _as_read(heads.with_lines(headed(named, mapping, schema), known, schema), read)


def _headed(sheets: Sequence[Sheet], mapping: Mapping, schema: Schema) -> list[Sheet]:
    """Those of the sheets that the mapping can be for, with the headings that it gives them."""
    known: list[Sheet] = []
    for sheet in sheets:
        with suppress(InputError):
            known.append(headed(sheet, mapping, schema))
    return known


def _as_read(picked: Sequence[Sheet], sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    return tuple(sheet for one in picked for sheet in sheets if sheet.source.sheet == one.source.sheet)
