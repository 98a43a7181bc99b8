"""Files that are right by their schema pass and come out as they are; a wrong cell is found, and nothing else is blamed."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from conftest import Found, findings
from hypothesis import given
from hypothesis import strategies as st
from spoiling import wrong_values
from strategies import FILES, Line, examples, files, free_cells, lines_of, marked, upload_bytes

import csvimport
from csvimport.report.report import Report
from csvimport.schema import load
from csvimport.shapes import Field, column_letter

EACH = pytest.mark.parametrize("file", FILES)
BLOCKS = pytest.mark.parametrize(("file", "block"), [(file, block) for file, kind in FILES.items() for block in kind.blocks])

Spot = tuple[int, Field, str, str]
"""The place of a record in the file, a field of it, a problem, and the text that has it."""


def opened(content: bytes) -> io.BytesIO:
    stream = io.BytesIO(content)
    stream.name = "input.csv"
    return stream


def quoted(lines: Sequence[Line]) -> io.BytesIO:
    """Records in file order as UTF-8 with quotation marks, which can hold every text."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(list(line.cells.values()) for line in lines)
    return opened(text.getvalue().encode())


def told(file: str, report: Report) -> list[Found]:
    """The errors and warnings, but those that right files get, too."""
    return [found for found in findings(report) if found[1] != "note" and found[0] not in FILES[file].told]


def spots(file: str, lines: Sequence[Line]) -> Iterator[Spot]:
    """Every way in which a cell of the file can be wrong: the cells that are filled, and those of fields out of use."""
    for place, line in enumerate(lines):
        for f in line.record.fields:
            if f.key in marked(line.record) or not (line[f.key] or f.kind == "unused"):
                continue
            for problem, text in wrong_values(f, line[f.key]):
                if (f.key, problem) not in FILES[file].unjudged:
                    yield place, f, problem, text


def codes_for(file: str, f: Field, problem: str) -> set[str]:
    """The code of a problem of a field, and those of the rules that look at the field themselves."""
    schema = load(file)
    return {schema.code(problem, f)} | {rule.id for rule in schema.rules if any(f.key in check.fields for check in rule.checks)}


def spoilt(lines: Sequence[Line], spot: Spot) -> list[Line]:
    place, f, _, text = spot
    return [line.changed(f.key, text) if at == place else line for at, line in enumerate(lines)]


@EACH
@examples(8)
@given(data=st.data())
def test_a_right_file_passes_and_comes_out_byte_for_byte(file: str, data: st.DataObject) -> None:
    content = upload_bytes(data.draw(files(file)))
    result = csvimport.convert(file, opened(content))
    assert told(file, result.report) == []
    assert result.to_bytes() == content
    assert told(file, csvimport.check(file, opened(content), as_is=True)) == []


@EACH
@examples(8)
@given(data=st.data())
def test_a_wrong_cell_is_found_where_it_stands_and_nothing_else_is_blamed(file: str, data: st.DataObject) -> None:
    lines = data.draw(files(file, filled=True))
    spot = data.draw(st.sampled_from(list(spots(file, lines))))
    found = told(file, csvimport.check(file, quoted(spoilt(lines, spot))))
    assert [cell[1:] for cell in found] == [expected(file, spot)]
    assert found[0][0] in codes_for(file, *spot[1:3])


def expected(file: str, spot: Spot, row: int = 0) -> tuple[str, str, str]:
    """Severity, field and cell of what must be found; ``row``: of the record in the input."""
    place, f, problem, _ = spot
    severity = "warning" if (f.key, problem) in FILES[file].warned else "error"
    return severity, f.key, f"{column_letter(f.no - 1)}{row or place + 1}"


@BLOCKS
@examples(1)
@given(data=st.data())
def test_every_way_to_spoil_a_cell_is_told_from_every_other(file: str, block: Any, data: st.DataObject) -> None:
    """A file of as many blocks as there are wrong cells to be had, one in each."""
    first = data.draw(st.integers(0, 20_000))
    free = data.draw(free_cells(file, block, first, filled=True))
    lines, wanted = [], []
    for spot in list(spots(file, lines_of(file, block, first, free))):
        number = first + len(wanted)
        own = lines_of(file, block, number, free)
        wanted.append((expected(file, spot, row=len(lines) + spot[0] + 1), codes_for(file, spot[1], spot[2])))
        lines += spoilt(own, spot)
    found = told(file, csvimport.check(file, quoted(lines)))
    cells = [cell for cell, _ in wanted]
    assert [cell for cell in found if cell[1:] not in cells] == []
    assert [cell for cell in cells if [other[1:] for other in found].count(cell) != 1] == []
    assert [cell for cell in found if cell[0] not in dict(wanted)[cell[1:]]] == []
