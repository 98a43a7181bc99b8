"""The same records in every form that users keep them in: the same findings, the same bytes."""

import datetime as dt
import io
import re
from typing import Any

import openpyxl
import pandas as pd
import pytest
from conftest import findings
from hypothesis import given
from hypothesis import strategies as st
from notations import NUMBERS, other_notations
from strategies import FILES, Line, examples, files, upload_bytes
from tables import FORMS, KEY, Form, cells, columns_of, rows_of, saved
from test_properties_records import Spot, codes_for, expected, opened, spots, told

import csvimport
from csvimport.settings import LANGUAGES
from csvimport.shapes import Field, column_letter

pytestmark = pytest.mark.no_cover

EACH = pytest.mark.parametrize("file", FILES)


@EACH
@examples(6)
@given(data=st.data())
def test_a_table_in_any_form_comes_out_as_the_same_bytes(file: str, data: st.DataObject) -> None:
    lines = data.draw(files(file))
    form, lang = data.draw(st.sampled_from(FORMS)), data.draw(st.sampled_from(LANGUAGES))
    rows = rows_of(file, lines)
    columns = data.draw(st.permutations(columns_of(rows)))
    result = csvimport.convert(file, form.file(cells(file, rows, columns, lang)))
    assert told(file, result.report) == []
    assert result.to_bytes() == upload_bytes(lines)
    assert csvimport.convert(file, opened(result.to_bytes())).to_bytes() == upload_bytes(lines)


@EACH
@examples(6)
@given(data=st.data())
def test_a_wrong_cell_of_a_table_is_the_same_finding_in_every_form(file: str, data: st.DataObject) -> None:
    lines = data.draw(files(file, filled=True))
    form, lang = data.draw(st.sampled_from(FORMS)), data.draw(st.sampled_from(LANGUAGES))
    rows = rows_of(file, lines)
    columns = data.draw(st.permutations(columns_of(rows)))
    place, key, problem, text = data.draw(st.sampled_from([spot for spot in spots(file, lines) if in_table(lines, spot, form)]))
    f = lines[place].record[key]
    lines[place] = lines[place].changed(key, MARK)
    rows = rows_of(file, lines)
    row, column = next((at, column) for at, cells in enumerate(rows) for column, cell in cells.items() if cell == MARK)
    rows[row][column] = text
    found = told(file, csvimport.check(file, form.file(cells(file, rows, columns, lang))))
    assert [one[1:] for one in found] == [expected(file, f, problem, f"{column_letter(columns.index(column))}{row + 2}")]
    assert found[0][0] in codes_for(file, f, problem)


MARK = "the cell"


def in_table(lines: list[Line], spot: Spot, form: Form) -> bool:
    """Whether a table of the form can hold the wrong cell, and does not say for itself what the cell leaves out."""
    place, key, problem, text = spot
    record = lines[place].record
    has_column = record[key].kind not in ("constant", "unused")
    return has_column and form.holds(text) and not (problem == "required" and key in record.table_defaults)


# --- notations -----------------------------------------------------------------------------------------------------


@EACH
@examples(5)
@given(data=st.data())
def test_another_notation_of_a_value_changes_no_byte(file: str, data: st.DataObject) -> None:
    lines = data.draw(files(file))
    form = data.draw(st.sampled_from(FORMS))
    schema, rows = csvimport.schema(file), rows_of(file, lines)
    columns = columns_of(rows)
    written = [dict(row) for row in rows]
    for row in written:
        for record, key, number in columns:
            text = row.get((record, key, number))
            if key and text:
                others = [other for other, _ in other_notations(schema.record(record)[key], text)]
                row[record, key, number] = data.draw(st.sampled_from([text, *others]))
    result = csvimport.convert(file, form.file(cells(file, written, columns, "en")))
    assert told(file, result.report) == []
    assert result.to_bytes() == upload_bytes(lines)


# --- numbers and dates as spreadsheets store them ------------------------------------------------------------------


def stored(f: Field, text: str) -> object:
    """What a spreadsheet makes of a text that somebody types into it, where it can show the same text again."""
    if f.reader == "date" and text:
        return dt.datetime.strptime(text, "%d.%m.%Y")
    if f.reader in (*NUMBERS, "account", "salary_type") and re.fullmatch(r"-?(0|[1-9]\d{0,9})(,\d*[1-9])?", text) and text != "-0":
        return float(text.replace(",", ".")) if "," in text else int(text)
    return text or None


def workbook(rows: list[list[object]]) -> Any:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell in (cell for row in book.active for cell in row if isinstance(cell.value, str)):
        cell.data_type = "s"  # no text is a formula
    return io.BytesIO(saved(book))


def frame(rows: list[list[object]]) -> Any:
    return pd.DataFrame(rows[1:], columns=rows[0], dtype=object)


@EACH
@pytest.mark.parametrize("made", [workbook, frame])
@examples(3)
@given(data=st.data())
def test_numbers_and_dates_of_spreadsheets_change_no_byte(file: str, made: Any, data: st.DataObject) -> None:
    lines = data.draw(files(file))
    schema, rows = csvimport.schema(file), rows_of(file, lines)
    columns = columns_of(rows)
    fields = [None if column == KEY else schema.record(column[0])[column[1]] for column in columns]
    head, *texts = cells(file, rows, columns, "fi")
    typed = [[stored(f, text) if f else text for f, text in zip(fields, row, strict=True)] for row in texts]
    result = csvimport.convert(file, made([head, *typed]))
    assert told(file, result.report) == []
    assert result.to_bytes() == upload_bytes(lines)


# --- whatever is written -------------------------------------------------------------------------------------------

ODD = [
    "\u2009",
    "\u200b",
    "…",
    "“",
    "ﬁ",
    "é",
    "e\u0301",
    "€",
    "–",
    "\u2212",
    "\n",
    "\t",
    '"',
    "'",
    "=",
    "#",
    "|",
    "\\",
    ";",
    "a",
    "1",
    " ",
    ",",
    ".",
]
ANYTHING = st.one_of(
    st.lists(st.sampled_from(ODD), max_size=5).map("".join), st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=4)
)


@EACH
@examples(4)
@given(data=st.data())
def test_whatever_convert_writes_passes_as_it_is_and_stays_as_it_is(file: str, data: st.DataObject) -> None:
    lines = data.draw(files(file, most=2))
    rows = rows_of(file, lines)
    columns = columns_of(rows)
    spoilt = [column for column in columns if column != KEY]
    for _ in range(data.draw(st.integers(1, 4))):
        row, column = data.draw(st.sampled_from(rows)), data.draw(st.sampled_from(spoilt))
        row[column] = row.get(column, "") + data.draw(ANYTHING)
    result = csvimport.convert(file, FORMS[0].file(cells(file, rows, columns, "en")))
    if result.report.ok:
        again = csvimport.convert(file, opened(result.to_bytes()))
        assert again.to_bytes() == result.to_bytes()
        as_is = csvimport.check(file, opened(result.to_bytes()), as_is=True)
        assert [one for one in findings(as_is) if one[1] == "error"] == []
        assert {one[0] for one in findings(as_is) if one[1] == "warning"} <= {one[0] for one in findings(result.report)}
