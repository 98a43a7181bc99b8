"""``check --as-is`` byte by byte: an upload-ready file of each kind, broken in one way, is told of that and of nothing else."""

import codecs
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import Found, findings
from hypothesis import given
from hypothesis import strategies as st
from notations import other_notations
from strategies import FILES, Block, Line, examples, free_cells, lines_of, marked, upload_bytes
from test_properties_records import BLOCKS, opened, told

import csvimport
from csvimport.schema import load
from csvimport.shapes import column_letter

pytestmark = pytest.mark.no_cover

SAMPLES = Path(__file__).parent.parent / "samples"
NAMES = {file: f"{file}.csv" for file in FILES} | {"memo-vouchers": "memo-voucher.csv"}
EACH = pytest.mark.parametrize("file", FILES)


def sample(file: str) -> bytes:
    """An upload-ready file with letters beyond ASCII."""
    return (SAMPLES / NAMES[file]).read_bytes()


def lines_in(file: str) -> list[str]:
    return sample(file).decode("cp1252").split("\r\n")[:-1]


def joined(lines: Sequence[str], end: str = "\r\n") -> bytes:
    return "".join(f"{line}{end}" for line in lines).encode("cp1252")


def said(file: str, content: bytes, **options: Any) -> list[Found]:
    """The errors and warnings of ``check --as-is``, but the sample's own about temporary identity codes and attachments."""
    report = csvimport.check(file, opened(content), as_is=True, **options)
    return [found for found in findings(report) if found[1] != "note" and found[0] != "C-30" and found[2] != "attachment_filename"]


def with_mark(file: str) -> bytes:
    return codecs.BOM_UTF8 + "".join(f"{line}\r\n" for line in lines_in(file)).encode("ascii", "replace")


def in_utf_8(file: str) -> bytes:
    return sample(file).decode("cp1252").encode()


def in_utf_16(file: str) -> bytes:
    return sample(file).decode("cp1252").encode("utf-16-le")


def delimited_by(mark: str) -> Callable[[str], bytes]:
    return lambda file: joined([line.replace(",", ".").replace(";", mark) for line in lines_in(file)])


def quoted(file: str) -> bytes:
    return joined([";".join(f'"{cell}"' for cell in line.split(";")) for line in lines_in(file)])


def quoted_once(file: str) -> bytes:
    first, *others = lines_in(file)
    cells = first.split(";")
    return joined([";".join([f'"{cells[0]}"', *cells[1:]]), *others])


def ended_by(end: str) -> Callable[[str], bytes]:
    return lambda file: joined(lines_in(file), end)


def ended_once_by(end: str) -> Callable[[str], bytes]:
    return lambda file: sample(file).replace(b"\r\n", end.encode(), 1)


def headed(lang: str) -> Callable[[str], bytes]:
    return lambda file: joined([";".join(f.title[lang] for f in load(file).leading.fields), *lines_in(file)])


def blank_after(place: int, line: str = "") -> Callable[[str], bytes]:
    return lambda file: joined([*lines_in(file)[:place], line, *lines_in(file)[place:]])


BROKEN: dict[str, tuple[Callable[[str], bytes], str, str, str | None]] = {
    "a byte order mark": (with_mark, "C-08", "error", "A1"),
    "UTF-8": (in_utf_8, "C-09", "error", None),
    "UTF-16": (in_utf_16, "C-09", "error", None),
    "commas": (delimited_by(","), "C-02", "error", None),
    "tabs": (delimited_by("\t"), "C-02", "error", None),
    "bars": (delimited_by("|"), "C-02", "error", None),
    "quotation marks": (quoted, "C-04", "error", "A1"),
    "a quoted cell": (quoted_once, "C-04", "error", "A1"),
    "line feeds": (ended_by("\n"), "C-11", "warning", None),
    "carriage returns": (ended_by("\r"), "C-11", "error", None),
    "a line feed": (ended_once_by("\n"), "C-11", "warning", None),
    "a carriage return": (ended_once_by("\r"), "C-11", "error", None),
    "English headings": (headed("en"), "C-06", "error", "A1"),
    "Finnish headings": (headed("fi"), "C-06", "error", "A1"),
    "Swedish headings": (headed("sv"), "C-06", "error", "A1"),
    "a blank line above": (blank_after(0), "C-14", "error", "1"),
    "a blank line between": (blank_after(1), "C-14", "error", "2"),
    "a line of semicolons between": (blank_after(1, ";;;;"), "C-14", "error", "2"),
}


@EACH
@pytest.mark.parametrize("defect", BROKEN)
def test_a_file_broken_in_one_way_is_told_of_that_alone(file: str, defect: str) -> None:
    make, code, severity, cell = BROKEN[defect]
    assert [(one[0], one[1], one[3]) for one in said(file, make(file))] == [(code, severity, cell)]


@EACH
@pytest.mark.parametrize("line", ["", ";;;;", " ; "])
def test_a_blank_line_at_the_end_is_told_at_its_row(file: str, line: str) -> None:
    lines = lines_in(file)
    assert [(one[0], one[1], one[3]) for one in said(file, joined([*lines, line]))] == [("C-14", "error", str(len(lines) + 1))]


@EACH
def test_a_cell_beyond_the_record_is_told_where_it_stands(file: str) -> None:
    first, *others = lines_in(file)
    beyond = column_letter(load(file).leading.width)
    assert [(one[0], one[1], one[3]) for one in said(file, joined([f"{first};yli", *others]))] == [("C-12", "error", f"{beyond}1")]


@EACH
def test_records_may_end_before_their_last_field_or_with_a_semicolon(file: str) -> None:
    assert said(file, joined([line.rstrip(";") for line in lines_in(file)])) == []
    assert said(file, joined([f"{line};" for line in lines_in(file)])) == []


@EACH
def test_a_last_line_without_its_end_is_read(file: str) -> None:
    assert said(file, sample(file)[:-2]) == []


@EACH
def test_an_empty_first_cell_is_told_at_that_cell(file: str) -> None:
    first, *others = lines_in(file)
    found = said(file, joined([first[first.index(";") :], *others]))
    assert [(one[1], one[3]) for one in found] == [("error", "A1")]


@EACH
def test_the_name_of_the_file_ends_in_csv(file: str) -> None:
    stream = opened(sample(file))
    stream.name = "upload.txt"
    found = findings(csvimport.check(file, stream, as_is=True))
    assert [one for one in found if one[0] == "C-01"] == [("C-01", "error", None, None)]


REPAIRED = ("a byte order mark", "UTF-8", "commas", "quotation marks", "carriage returns", "Finnish headings", "a blank line between")


@EACH
@pytest.mark.parametrize("defect", REPAIRED)
def test_what_as_is_tells_is_put_right_by_convert(file: str, defect: str) -> None:
    made = BROKEN[defect][0](file)
    result = csvimport.convert(file, opened(made))
    written = made.removeprefix(codecs.BOM_UTF8) if defect == "a byte order mark" else sample(file)
    assert result.report.ok
    assert points(result.to_bytes()) == points(written)


def points(content: bytes) -> bytes:
    """The bytes without commas, since a file that has them between its fields has none in its texts."""
    return content.replace(b",", b".")


# --- notations -----------------------------------------------------------------------------------------------------


@BLOCKS
@examples(1)
@given(data=st.data())
def test_every_other_notation_is_told_as_is_and_put_right_by_convert(file: str, block: Any, data: st.DataObject) -> None:
    """A file of as many blocks as there are other notations to be had, one in each."""
    first = data.draw(st.integers(0, 20_000))
    free = data.draw(free_cells(file, block, first, filled=True))
    right: list[Line] = []
    written: list[Line] = []
    wanted: list[tuple[str, str]] = []
    for place, key, number in spots(file, block, first, free):
        own = lines_of(file, block, first + len(right), free)
        f = own[place].record[key]
        others = other_notations(f, own[place][key])
        text, silent = others[number] if number < len(others) else (own[place][key], True)
        wanted += [] if silent else [(key, f"{f.column}{len(right) + place + 1}")]
        right += own
        written += [line.changed(key, text) if at == place else line for at, line in enumerate(own)]
    content = upload_bytes(written)
    assert csvimport.convert(file, opened(content)).to_bytes() == upload_bytes(right)
    report = csvimport.check(file, opened(content), as_is=True)
    found, noted = ([one[2:] for one in ones] for ones in (told(file, report), findings(report)))
    assert [one for one in found if one not in wanted or found.count(one) > 1] == []
    assert [one for one in wanted if one not in noted] == []


def spots(file: str, block: Block, first: int, free: Sequence[Mapping[str, str]]) -> Iterator[tuple[int, str, int]]:
    """The cells of a block that have other notations, each with the number of one."""
    for place, line in enumerate(lines_of(file, block, first, free)):
        for key in line.record.keys:
            if line[key] and key not in marked(line.record):
                for number in range(len(other_notations(line.record[key], line[key]))):
                    yield place, key, number
