"""A mapping applied to sheets: their columns under the names of fields, and the way back to where they stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.errors import InputError, Sentence
from csvimport.findings import NOWHERE, Finding, Mask, Places, common_finding
from csvimport.headings.rows_above import said_of
from csvimport.headings.targets import CREDIT, DEBIT, Target, headings_for, is_month
from csvimport.mapping.cells import divided, joined, steps
from csvimport.mapping.declared import Mapping, resolve
from csvimport.mapping.found import Column, by_letter, called, one_called, plain, read
from csvimport.read.sheet import LEFT_OUT, Sheet
from csvimport.schema import Schema
from csvimport.severity import Severity
from csvimport.sorting.lines import Lines
from csvimport.sorting.other_rows import other_rows
from csvimport.suggest import nearest


@dataclass(frozen=True, eq=False)
class Origins:
    """The sheets of the input by name, where the columns of the mapped ones stand in them, and which part of the mapping names a field."""

    sheets: dict[str | None, Sheet]
    places: dict[str | None, Places]
    fields: dict[tuple[str, str], Sentence]

    def back(self, finding: Finding) -> Finding:
        """A finding about a mapped sheet as one about the input: at its cells, with what they hold."""
        name = finding.sheet if finding.sheet in self.sheets else next(iter(self.sheets))
        sheet, places = self.sheets[name], self.places[name]
        inside = (finding.columns != NOWHERE) & (finding.columns < len(places))
        columns = np.where(inside, places[np.where(inside, finding.columns, 0)], NOWHERE)
        cells = finding.values.copy()
        at = pd.Index(sheet.rows).get_indexer(pd.Index(finding.rows))
        held = (columns != NOWHERE) & (at >= 0) & np.array([value is not None for value in finding.values], bool)
        for column in np.unique(columns[held]):
            here = held & (columns == column)
            cells[here] = sheet.frame[int(column)].iloc[at[here]].to_numpy(object)
        return replace(finding, columns=columns, cells=cells)


def apply(sheets: Sequence[Sheet], mapping: Mapping, schema: Schema) -> tuple[tuple[Sheet, ...], Origins]:
    """The sheets, main records first, with the headings, columns and rows that the mapping says.

    Raises InputError when the headings do not stand where the mapping says, or no row is left.
    """
    found = [read(sheet, mapping, schema) for sheet in sheets]
    everywhere = [columns for columns, _ in found]
    _verify_letters(everywhere, mapping)
    about_all = [*_missing(everywhere, mapping), *_unused_values(everywhere, mapping, schema), *_unused_fields(everywhere, mapping, schema)]
    mapped = []
    for number, (sheet, (columns, row)) in enumerate(zip(sheets, found, strict=True)):
        main = None if len(sheets) == 1 else number == 0
        mapped.append(_applied(sheet, columns, row, mapping, schema, main, [] if number else about_all))
    origins = Origins(
        {sheet.source.sheet: sheet for sheet in sheets},
        {made.source.sheet: np.array([place for place, _ in made.origin], np.int64) for made in mapped},
        dict(_fields(mapping, schema)),
    )
    return tuple(mapped), origins


def headed(sheet: Sheet, mapping: Mapping, schema: Schema) -> Sheet:
    """A sheet with the headings that the mapping gives it, and without what the mapping adds: to tell what it holds.

    Raises InputError when it is none that the mapping can be for.
    """
    columns, row = read(sheet, mapping, schema)
    made, _ = _titled(columns, mapping, schema)
    return _with_columns(sheet, made, sheet.rows[0 if row is None else row + 1 :], row)


def _verify_letters(sheets: Sequence[Sequence[Column]], mapping: Mapping) -> None:
    """Raises InputError for a letter that could be that of a column of either sheet."""
    for name, table, key in mapping.named():
        holding = [found[0] for columns in sheets if (found := called(name, columns)) and found[0].has_letter(name)]
        if len(holding) > 1:
            meant = ", ".join(f"“{by_letter(column.place, column.sheet)}”" for column in holding)
            raise InputError("mapping_either_sheet", name=name, meant=meant, where=mapping.where(table, key))


def _missing(sheets: Sequence[Sequence[Column]], mapping: Mapping) -> Iterator[Finding]:
    """Columns that the mapping names and the input does not have."""
    columns = [column for sheet in sheets for column in sheet]
    lost = {name: (table, key) for name, table, key in mapping.named() if not called(name, columns)}
    for name, place in lost.items():
        yield common_finding("mapped_column_missing", Severity.ERROR, value=name, place=mapping.where(*place))


def _unused_values(sheets: Sequence[Sequence[Column]], mapping: Mapping, schema: Schema) -> Iterator[Finding]:
    """Values that the mapping translates and no cell holds: a warning where a cell that is not translated is nearly alike.

    Cells whose dates or decimal marks are read first are left aside: they hold something else when they are translated.
    """
    columns = [column for sheet in sheets for column in _titled(sheet, mapping, schema)[0]]
    for name, pairs in mapping.values.items():
        target = resolve(name, schema)
        if any(resolve(other, schema) == target for other in (*mapping.dates, *mapping.decimal_marks)):
            continue
        texts = [column.text for column in columns if _makes(column, target, schema)]
        held = {plain(value): value for text in texts for value in text.str.strip().unique()}
        others = [value for alike, value in held.items() if value and alike not in map(plain, pairs)]
        for old in pairs:
            if plain(old) not in held:
                close = nearest(old, others)
                yield common_finding(
                    "mapped_value_missing", Severity.WARNING if close else Severity.NOTE,
                    value=old, suggestion=close, place=mapping.where(f"values.{name}", old),
                )  # fmt: skip


def _unused_fields(sheets: Sequence[Sequence[Column]], mapping: Mapping, schema: Schema) -> Iterator[Finding]:
    """Fields whose form or sign the mapping changes and that no column makes."""
    columns = [column for sheet in sheets for column in _titled(sheet, mapping, schema)[0]]
    for table in ("dates", "decimal_marks", "flip_sign"):
        for name in getattr(mapping, table):
            if not any(_makes(column, resolve(name, schema), schema) for column in columns):
                yield common_finding("mapped_field_missing", Severity.WARNING, value=name, place=mapping.where(table, name))


def _applied(
    sheet: Sheet, columns: list[Column], row: int | None, mapping: Mapping, schema: Schema, main: bool | None, findings: list[Finding]
) -> Sheet:
    """A sheet as the mapping says; ``main``: of two sheets, whether it is the one of the main records."""
    rows = sheet.rows[0 if row is None else row + 1 :]
    below = Lines(_frame(columns, len(rows)), tuple(c.types for c in columns), rows, np.zeros(len(rows), np.int64))
    titles = [column.title for column in _titled(columns, mapping, schema)[0][: len(columns)]]
    meant = [resolve(title, schema) for title in titles]
    words = [{column.given, *(headings_for(target, schema) if target else ())} for column, target in zip(columns, meant, strict=True)]
    aside, said = other_rows(below, words, meant, schema)
    findings += said
    if row is not None and not mapping.heading_row:
        findings += [told for told in said_of(sheet, schema, row, titles) if told.severity != Severity.NOTE]
    kept = ~aside & _kept(columns, mapping, len(rows))
    filtered = int((~kept & ~aside).sum())
    if filtered:
        findings.append(common_finding("rows_filtered", Severity.NOTE, count=filtered, path=mapping.where("rows")))
    if filtered and not kept.any():
        raise InputError("mapping_no_rows", path=sheet.source.path, where=mapping.where("rows"))
    own, rows = [column.take(kept) for column in columns], rows[kept]
    made, replaced = _titled(own, mapping, schema)
    made = _translated(made, mapping, schema, len(rows), main)
    mapped = _with_columns(sheet, made, rows, row)
    findings += [
        common_finding("column_replaced", Severity.NOTE, row=mapped.titles_row, column=place, value=own[place].given, place=where)
        for place, where in replaced.items()
    ]
    return replace(mapped, width=len(own), findings=(*sheet.findings, *findings))


def _with_columns(sheet: Sheet, columns: Sequence[Column], rows: Places, row: int | None) -> Sheet:
    """The sheet with other columns, below the headings in a row."""
    return replace(
        sheet,
        frame=_frame(columns, len(rows)),
        types=tuple(column.types for column in columns),
        widths=np.full(len(rows), len(columns), np.int64),
        rows=rows,
        titles=tuple(column.title for column in columns),
        titles_row=0 if row is None else int(sheet.rows[row]),
        origin=tuple((column.place, column.given) for column in columns),
    )


def _frame(columns: Sequence[Column], length: int) -> pd.DataFrame:
    return pd.DataFrame({place: column.text for place, column in enumerate(columns)}, index=pd.RangeIndex(length), copy=False)


def _kept(columns: Sequence[Column], mapping: Mapping, length: int) -> Mask:
    """The rows that the mapping reads."""
    kept = np.ones(length, bool)
    for number, rows in enumerate(mapping.rows):
        column = one_called(rows.column, columns, mapping.where("rows", str(number)))
        if column is not None:
            named = col.one_of(col.translate(column.text, plain), map(plain, rows.keep or rows.drop))
            kept &= named if rows.keep else ~named
    return kept


def _titled(own: Sequence[Column], mapping: Mapping, schema: Schema) -> tuple[list[Column], dict[int, Sentence]]:
    """The columns under the names of fields and those that are made of them, and the places of columns that these replace.

    What is joined or split is used up by that; a field that is made so is not taken from a heading that merely means it.
    """
    made, used = _made(own, mapping)
    made_at = {resolve(column.title, schema): where for column, where in made}
    given = _given_fields(own, mapping)
    titled, replaced = [], {}
    for place, column in enumerate(own):
        title = column.given
        if column.place in used:
            title = LEFT_OUT
        elif column.place in given:
            title = given[column.place] or LEFT_OUT
        elif (target := resolve(title, schema)) in made_at:
            title, replaced[place] = LEFT_OUT, made_at[target]
        titled.append(replace(column, title=title))
    return titled + [column for column, _ in made], replaced


def _given_fields(columns: Sequence[Column], mapping: Mapping) -> dict[int, str]:
    """The place of each column that the mapping names and its field; a letter says more than a heading that several have.

    Raises InputError when the heading and the letter of one column name two fields.
    """
    headed: dict[int, str] = {}
    lettered: dict[int, str] = {}
    alone: dict[int, str] = {}
    for name, field in mapping.columns.items():
        found = called(name, columns)
        by_heading = bool(found) and plain(name) == plain(found[0].given)
        for column in found:
            (headed if by_heading else lettered).setdefault(column.place, field)
        if by_heading and len(found) == 1:
            alone[found[0].place] = name
    for place in sorted(alone.keys() & lettered.keys()):
        if headed[place] != lettered[place]:
            where = mapping.where("columns", alone[place])
            raise InputError("mapping_named_twice", name=alone[place], letter=by_letter(place), where=where)
    return headed | lettered


def _made(own: Sequence[Column], mapping: Mapping) -> tuple[list[tuple[Column, Sentence]], set[int]]:
    """The columns that are made of several, those that one is divided into, where the mapping says so, and the places used up."""
    made: list[tuple[Column, Sentence]] = []
    used: set[int] = set()
    for number, join in enumerate(mapping.join):
        where = mapping.where("join", str(number))
        parts = [column for name in join.columns if (column := one_called(name, own, where)) is not None]
        used |= {part.place for part in parts}
        if len(parts) == len(join.columns):
            text = joined([part.text for part in parts], join.between)
            made.append((replace(parts[0], title=join.field, text=text, types=None), where))
    for number, split in enumerate(mapping.split):
        where = mapping.where("split", str(number))
        column = one_called(split.column, own, where)
        if column is not None:
            used.add(column.place)
            pieces = zip(split.fields, divided(column.text, split.at, split.fields), strict=True)
            made += [(replace(column, title=name, text=text, types=None), where) for name, text in pieces if name]
    return made, used


def _translated(columns: list[Column], mapping: Mapping, schema: Schema, length: int, main: bool | None) -> list[Column]:
    """The columns with their cells as the mapping translates them, and the columns that it adds."""

    def measure_of(name: str) -> str:
        target = resolve(name, schema)
        return schema.record(target.record)[target.key].measure if target else ""

    for name, step in steps(mapping, measure_of):
        target = resolve(name, schema)
        for place, column in enumerate(columns):
            if _makes(column, target, schema):
                text, types = step(column.text, column.types)
                columns[place] = replace(column, text=text, types=types)
    for table, everywhere in ((mapping.defaults, False), (mapping.constants, True)):
        for name, value in table.items():
            target = resolve(name, schema)
            if main is None or target is None or (target.record == schema.main.name) == main:
                columns = _given(columns, name, value, target, schema, length, everywhere=everywhere)
    return columns


def _means(column: Column, target: Target | None, schema: Schema) -> bool:
    return column.title != LEFT_OUT and resolve(column.title, schema) == target


def _makes(column: Column, target: Target | None, schema: Schema) -> bool:
    """Whether a column is that of a field, or one of those that its numbers stand in: for debit or credit, or for a month of one year."""
    meant = None if column.title == LEFT_OUT else resolve(column.title, schema)
    if meant is None or meant == target:
        return meant is not None
    if meant.part in (DEBIT, CREDIT):
        return replace(meant, part="") == target
    return is_month(meant, schema) and replace(meant, value="") == target


def _given(
    columns: list[Column], name: str, value: str, target: Target | None, schema: Schema, length: int, *, everywhere: bool
) -> list[Column]:
    """The columns with a value in every cell of one field, or in its empty ones."""
    own = [_means(column, target, schema) for column in columns]
    if everywhere or not any(own):
        others = [replace(column, title=LEFT_OUT) if mine else column for column, mine in zip(columns, own, strict=True)]
        return [*others, Column(name, col.text_series([value] * length), None, NOWHERE, "")]
    return [
        replace(column, text=col.put(column.text, ~col.matches(column.text, r"\S"), value)) if mine else column
        for column, mine in zip(columns, own, strict=True)
    ]


def _fields(mapping: Mapping, schema: Schema) -> Iterator[tuple[tuple[str, str], Sentence]]:
    """For each field that the mapping names, the place that names it."""
    for name, table, key in mapping.used():
        target = resolve(name, schema)
        if target is not None:
            yield (target.record, target.key), mapping.where(table, key)
