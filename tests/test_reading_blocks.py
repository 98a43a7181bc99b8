"""A file that is read in blocks is the same whatever the blocks are, and whether its cells lie in memory or in a temporary file."""

import codecs

import pytest
from helpers import PRODUCT, PRODUCT_HEADINGS, source, table, upload
from hypothesis import given
from hypothesis import strategies as st

import csvimport
from csvimport import limits
from csvimport.columns import by_blocks, text_series
from csvimport.kinds.identifiers import business_ids_right
from csvimport.read import blocks as reading
from csvimport.read import delimited
from csvimport.read.delimited import read_delimited

CELL = st.text(alphabet="aä€ 5,-", max_size=4) | st.sampled_from(['5" putki', '"', "=1+1", "\N{REPLACEMENT CHARACTER}"])
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252")
LINES = st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=6)
MATTRESS = 'S;Patja 80" pehmeä;PA-1;kpl;;95,00;25,5;;;;;;;'


def read(pieces, **options):
    """What a file in pieces holds, without what tells one sheet from another."""
    try:
        sheet = read_delimited(pieces, "input.csv", **options)
    except csvimport.InputError as error:
        return str(error)
    found = [(finding.problem, finding.rows.tolist(), dict(finding.details)) for finding in sheet.findings]
    return sheet.frame.to_dict("list"), sheet.widths.tolist(), sheet.rows.tolist(), sheet.source, found


@given(LINES, st.sampled_from(["\r\n", "\n", "\r"]), st.sampled_from(ENCODINGS), st.booleans(), st.integers(1, 9), st.booleans())
def test_blocks_of_any_size_give_the_same_sheet(rows, end, encoding, quoted, size, as_is):
    text = table(rows, end=end) if quoted else "".join(f"{';'.join(row)}{end}" for row in rows)
    data = text.encode(encoding, errors="replace")
    pieces = tuple(data[at : at + size] for at in range(0, len(data), size))
    assert read(pieces, as_is=as_is) == read((data,), as_is=as_is)


@given(LINES, st.integers(1, 30), st.sampled_from([1, limits.LARGEST_IN_MEMORY + 1]))
def test_cells_in_a_temporary_file_are_the_same_cells(rows, size, expected):
    data = "".join(f"{';'.join(row)}\r\n" for row in rows).encode()
    pieces = tuple(data[at : at + size] for at in range(0, len(data), size))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "LARGEST_IN_MEMORY", 0)
        assert read(pieces, size=expected) == read(pieces, size=0)


def test_columns_that_grow_otherwise_than_expected_keep_their_cells():
    rows = [(f"a{number}", "b" * (number**2 % 9000), "c" * number if number > 300 else "") for number in range(700)]
    pieces = tuple(f"{';'.join(row)}\r\n".encode() for row in rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "LARGEST_IN_MEMORY", 0)
        sheet = read_delimited(pieces, "input.csv", size=1)
    assert list(sheet.frame.itertuples(index=False, name=None)) == rows


def test_a_large_file_of_many_columns_takes_few_open_files(monkeypatch, tmp_path):
    resource = pytest.importorskip("resource", reason="a limit of open files")
    path = tmp_path / "input.csv"
    path.write_text(
        table([[*PRODUCT_HEADINGS, *(f"x{number}" for number in range(200))], ["S", "Tee", "T-1", "kpl", "1", "25,5", *"y" * 200]])
    )
    monkeypatch.setattr(delimited, "LARGEST_IN_MEMORY", 0)
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (128, limit[1]))
    try:
        assert csvimport.check("products", path, headings="yes").counts.rows == 1
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limit)


def test_blocks_of_different_widths_are_filled_up():
    lines = (b"a;b\r\n", b"c\r\n", b"d;e;f\r\n", b";\r\n")
    sheet = read_delimited(lines, "input.csv")
    assert sheet.frame.to_numpy().tolist() == [["a", "b", ""], ["c", "", ""], ["d", "e", "f"], ["", "", ""]]
    assert sheet.widths.tolist() == [2, 1, 3, 2]


def test_quoted_cells_may_go_on_in_the_next_block():
    data = b'a;"b\r\nc";d\r\n"e;f";g;h\r\n'
    for size in range(1, len(data)):
        sheet = read_delimited(tuple(data[at : at + size] for at in range(0, len(data), size)), "input.csv")
        assert sheet.frame.to_numpy().tolist() == [["a", "b\nc", "d"], ["e;f", "g", "h"]]


def test_a_row_that_is_too_wide_is_named_in_whichever_block_it_stands(monkeypatch):
    monkeypatch.setattr(delimited, "WIDEST", 3)
    with pytest.raises(csvimport.InputError, match="Row 4 has 5 cells"):
        read_delimited((b"a;b\r\nc\r\n", b"d\r\ne;f;g;h;i\r\n"), "input.csv")


def test_a_large_file_gives_the_same_bytes_and_findings(monkeypatch, tmp_path):
    path = tmp_path / "input.csv"
    lines = [PRODUCT.replace("KONS-1", f"K-{number % 40}") for number in range(60)] + ["S;;K-99;h;0;95,00;25,5;;EUR;;;3000;;vat_1"]
    path.write_bytes(upload(*lines))
    whole = csvimport.check("products", path).to_dict()
    monkeypatch.setattr(reading, "BLOCK", 100)
    monkeypatch.setattr(delimited, "LARGEST_IN_MEMORY", 0)
    monkeypatch.setattr("csvimport.columns.ROWS_AT_ONCE", 7)
    assert csvimport.check("products", path).to_dict() == whole
    assert {issue["row"] for issue in whole["issues"]} >= {*range(41, 61), 61}
    path.write_bytes(upload(*lines[:40]))
    assert csvimport.convert("products", path).to_bytes() == upload(*lines[:40])


def test_a_table_in_blocks_is_converted_the_same(monkeypatch, tmp_path):
    path = tmp_path / "input.csv"
    path.write_bytes(
        codecs.BOM_UTF8 + table([PRODUCT_HEADINGS, *[("S", "Öljy", f"Ö-{number}", "l", "12.00", "25.5") for number in range(30)]]).encode()
    )
    whole = csvimport.convert("products", path).to_bytes()
    monkeypatch.setattr(reading, "BLOCK", 64)
    monkeypatch.setattr(delimited, "LARGEST_IN_MEMORY", 0)
    monkeypatch.setattr("csvimport.output.write.RECORDS_AT_ONCE", 7)
    assert csvimport.convert("products", path).to_bytes() == whole


def test_a_file_that_changes_between_two_looks_is_refused(tmp_path):
    path = tmp_path / "input.csv"
    path.write_bytes(upload(MATTRESS))
    pieces, _ = reading.blocks_of(path, None)
    assert b"".join(pieces) == upload(MATTRESS)
    path.write_bytes(upload(MATTRESS, MATTRESS))
    with pytest.raises(csvimport.InputError, match="changed"):
        b"".join(pieces)


def test_no_room_for_temporary_files_is_a_sentence(monkeypatch, tmp_path):
    path = tmp_path / "input.csv"
    path.write_bytes(upload(MATTRESS))

    def full():
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(delimited, "LARGEST_IN_MEMORY", 0)
    monkeypatch.setattr("csvimport.read.regions.TemporaryFile", full)
    with pytest.raises(csvimport.InputError, match=r"input\.csv cannot be read"):
        csvimport.check("products", path)


@given(st.lists(st.sampled_from(["1234567-2", "9100001-3", "", "0000000-0", "x"]), max_size=30), st.integers(1, 7))
def test_a_test_by_blocks_answers_for_every_cell(values, size):
    column = text_series(values)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("csvimport.columns.ROWS_AT_ONCE", size)
        by_some = by_blocks(column, lambda cells: (cells == "9100001-3").to_numpy()).tolist()
    assert by_some == [value == "9100001-3" for value in values]
    assert business_ids_right(column).tolist() == [value in ("9100001-3", "0000000-0") for value in values]


def test_standard_input_and_open_files_come_in_blocks_too():
    assert csvimport.check("products", source(upload(PRODUCT))).counts.rows == 1
