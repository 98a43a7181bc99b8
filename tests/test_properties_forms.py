"""The same records in every form that users keep them in: the same findings, the same bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notations import other_notations
from strategies import FILES, Line, examples, files, upload_bytes
from tables import FORMS, Form, cells, columns_of, rows_of
from test_properties_records import Spot, codes_for, expected, opened, spots, told

import csvimport
from csvimport.schema import LANGUAGES
from csvimport.shapes import column_letter

EACH = pytest.mark.parametrize("file", FILES)


@EACH
@examples(16)
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
@examples(16)
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
@examples(12)
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
