"""Files that are right by their schema pass and come out as they are; a wrong cell is found, and nothing else is blamed."""

import csv
import io
from collections.abc import Iterator, Sequence

import pytest
from conftest import Found, findings
from hypothesis import given
from hypothesis import strategies as st
from spoiling import wrong_values
from strategies import FILES, Block, Line, examples, fields_tried, files, free_cells, lines_of, marked, upload_bytes

import csvimport
from csvimport.report.report import Report
from csvimport.schema import load
from csvimport.shapes import Field

pytestmark = pytest.mark.no_cover

EACH = pytest.mark.parametrize("file", FILES)
BLOCKS = pytest.mark.parametrize(("file", "block"), [(file, block) for file, kind in FILES.items() for block in kind.blocks])

Spot = tuple[int, str, str, str]
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
    """The errors and warnings, but for the warnings that right files get, too."""
    return [found for found in findings(report) if found[1] != "note" and not (found[1] == "warning" and found[0] in FILES[file].told)]


def spots(file: str, lines: Sequence[Line]) -> Iterator[Spot]:
    """Every way in which a cell of the file can be wrong: the cells that are filled, and those of fields out of use."""
    for place, line in enumerate(lines):
        for f in line.record.fields:
            if f.key in marked(line.record) or not (line[f.key] or f.kind == "unused"):
                continue
            for problem, text in wrong_values(f, line[f.key]):
                if (f.key, problem) not in FILES[file].unjudged:
                    yield place, f.key, problem, text


def codes_for(file: str, f: Field, problem: str) -> set[str]:
    """The code of a problem of a field, and those of the rules that look at the field themselves."""
    schema = load(file)
    return {schema.code(problem, f)} | {rule.id for rule in schema.rules if any(f.key in check.fields for check in rule.checks)}


def spoilt(lines: Sequence[Line], spot: Spot) -> list[Line]:
    place, key, _, text = spot
    return [line.changed(key, text) if at == place else line for at, line in enumerate(lines)]


@EACH
@examples(6)
@given(data=st.data())
def test_a_right_file_passes_and_comes_out_byte_for_byte(file: str, data: st.DataObject) -> None:
    content = upload_bytes(data.draw(files(file)))
    result = csvimport.convert(file, opened(content))
    assert told(file, result.report) == []
    assert result.to_bytes() == content
    assert told(file, csvimport.check(file, opened(content), as_is=True)) == []


@EACH
@examples(6)
@given(data=st.data())
def test_a_wrong_cell_is_found_where_it_stands_and_nothing_else_is_blamed(file: str, data: st.DataObject) -> None:
    lines = data.draw(files(file, filled=True))
    spot = data.draw(st.sampled_from(list(spots(file, lines))))
    found = told(file, csvimport.check(file, quoted(spoilt(lines, spot))))
    f = lines[spot[0]].record[spot[1]]
    assert [cell[1:] for cell in found] == [expected(file, f, spot[2], f"{f.column}{spot[0] + 1}")]
    assert found[0][0] in codes_for(file, f, spot[2])


def expected(file: str, f: Field, problem: str, cell: str) -> tuple[str, str, str]:
    """Severity, field and cell of what must be found."""
    return "warning" if (f.key, problem) in FILES[file].warned else "error", f.key, cell


@BLOCKS
@pytest.mark.parametrize("as_is", [False, True])
@examples(1)
@given(data=st.data())
def test_every_way_to_spoil_a_cell_is_told_from_every_other(file: str, block: Block, as_is: bool, data: st.DataObject) -> None:
    """A file of as many blocks as there are wrong cells to be had, one in each."""
    first = data.draw(st.integers(0, 20_000))
    free = data.draw(free_cells(file, block, first, filled=True))
    model = lines_of(file, block, first, free)
    lines, wanted = [], {}
    for spot in spots(file, model):
        if as_is and not plain(spot[3]):
            continue
        f = model[spot[0]].record[spot[1]]
        cell = expected(file, f, spot[2], f"{f.column}{len(lines) + spot[0] + 1}")
        wanted[cell] = codes_for(file, f, spot[2])
        lines += spoilt(lines_of(file, block, first + len(wanted), free), spot)
    source = opened(upload_bytes(lines)) if as_is else quoted(lines)
    found = told(file, csvimport.check(file, source, as_is=as_is))
    assert [one for one in found if one[1:] not in wanted] == []
    assert [cell for cell in wanted if [one[1:] for one in found].count(cell) != 1] == []
    assert [one for one in found if one[0] not in wanted[one[1:]]] == []


UNTRIED = {"invoices": {("invoice", "attachment_filename")}}  # names of files that are not in the input


@EACH
def test_every_field_is_filled_and_spoilt_in_some_block(file: str) -> None:
    fields = {(r.name, f.key) for r in load(file).records if r.written for f in r.fields if f.key not in marked(r)}
    assert fields - fields_tried(file) == UNTRIED.get(file, set())


def plain(text: str) -> bool:
    """Whether a cell of the upload can hold the text."""
    return not set(text) & {";", "\n"} and text.encode("cp1252", "ignore").decode("cp1252") == text
