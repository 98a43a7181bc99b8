"""CSV and its relatives: bytes → a sheet, with the raw width of every line.

The encoding is found by ladder, never guessed: byte order mark, strict UTF-8, Windows-1252. The delimiter is counted outside
quotation marks.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from csvimport.columns import blank, from_arrow, join, line_blocks, matches, put, replace, text_series, to_arrow
from csvimport.errors import InputError
from csvimport.findings import Finding, Places, about_file
from csvimport.limits import LONGEST_CELL, WIDEST, is_thin
from csvimport.read.sheet import Sheet, Source
from csvimport.schema import common_codes
from csvimport.severity import Severity

DELIMITERS = ";,\t|"
NAMELESS = ("standard input", "the input")
SAMPLE_LINES = 100
BLOCK = 1 << 24  # bytes of lines that are parsed at once

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True)
class _Text:
    """The text as UTF-8 bytes, the encoding that it came in, and whether a byte order mark told that."""

    content: bytes
    encoding: str
    marked: bool


def read_delimited(data: bytes, path: str, *, as_is: bool = False, encoding: str = "cp1252") -> Sheet:
    """Reads CSV bytes. ``as_is``: semicolons only and no quoting, as Procountor reads, each departure a finding.

    ``encoding`` is the one that Procountor is told to expect. Raises InputError for an empty file and for bytes that are
    no text.
    """
    text = _decode(data, path)
    del data
    content, ends = _line_ends(text.content)
    findings = list(_file_findings(text, ends, as_is, encoding))
    source_encoding = text.encoding
    del text  # the bytes of a large file are held once
    if as_is and path not in NAMELESS and not path.lower().endswith(".csv"):
        findings.append(about_file("C-01", "file_name", Severity.ERROR, value=path))
    announced = re.match(rb"sep=(.)\r?\n", content)
    if announced and not as_is:
        content = content[announced.end() :]  # spreadsheets do not show the line, so it has no row number
    if not content.strip(b"\r\n \t;,|"):
        raise InputError("file_empty", path=path)
    delimiter = announced[1].decode() if announced else _delimiter(content)
    if delimiter != ";":
        findings.append(_finding("delimiter", as_is, as_is_severity=Severity.ERROR, found=_DELIMITER_NAMES.get(delimiter, delimiter)))
    frame, widths, quoted = _cells(content, delimiter, raw=as_is)
    if quoted:
        findings.append(_finding("quoted", as_is, as_is_severity=Severity.ERROR, row=quoted))
    rows = np.arange(1, len(frame) + 1)
    source = Source(path, encoding=source_encoding, delimiter=delimiter)
    return Sheet(frame, (None,) * frame.shape[1], widths, rows, source, tuple(findings))


_DELIMITER_NAMES = {",": "commas", "\t": "tabs", "|": "vertical bars"}


def _decode(data: bytes, path: str) -> _Text:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _Text(_strict(data[len(bom) :], name, path, len(bom)), name, marked=True)
    if b"\0" in data[:4096]:
        for name, zeros in (("utf-16-le", data[1:4096:2]), ("utf-16-be", data[:4096:2])):
            if zeros.count(0) > len(zeros) // 2 and _is_utf16(data, name):
                return _Text(_strict(data, name, path), name, marked=False)
    if b"\0" in data:
        raise InputError("not_text", path=path)
    if data.isascii() or _is_utf8(data, path):
        return _Text(data, "utf-8", marked=False)
    for name in ("cp1252", "iso-8859-1"):
        with suppress(UnicodeDecodeError):
            return _Text(data.decode(name).encode(), name, marked=False)
    raise AssertionError("every byte is a character of ISO 8859-1")


def _is_utf16(data: bytes, name: str) -> bool:
    """Whether bytes without a byte order mark are UTF-16, but for a last character that may be cut."""
    with suppress(UnicodeDecodeError):
        data[: len(data) // 2 * 2].decode(name)
        return True
    return False


def _is_utf8(data: bytes, path: str) -> bool:
    """Whether bytes are UTF-8. Raises InputError when they are but for a last character that is cut."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and not data[: error.start].isascii():
            raise InputError("text_breaks_off", path=path, encoding="UTF-8", place=error.start) from error
        return False
    return True


def _strict(data: bytes, encoding: str, path: str, skipped: int = 0) -> bytes:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError("text_breaks_off", path=path, encoding=encoding.upper(), place=error.start + skipped) from error
    if "\0" in text:
        raise InputError("not_text", path=path)
    return text.encode()


def _line_ends(content: bytes) -> tuple[bytes, str]:
    """The text with CRLF or with LF ends throughout, and which ends it had."""
    returns, feeds, both = (content.count(end) for end in (b"\r", b"\n", b"\r\n"))
    if not returns:
        return content, "LF" if feeds else "CRLF"
    if returns == feeds == both:
        return content, "CRLF"
    whole = content.replace(b"\r\n", b"\n")
    if returns == both:
        return whole, "LF"
    return whole.replace(b"\r", b"\n"), "mixed" if feeds else "CR"


def _file_findings(text: _Text, ends: str, as_is: bool, encoding: str) -> list[Finding]:
    findings = []
    if text.marked:
        findings.append(_finding("byte_order_mark", as_is, as_is_severity=Severity.ERROR, row=1))
    if ends in ("CR", "mixed"):
        findings.append(_finding("line_end", as_is, as_is_severity=Severity.ERROR, ends=ends))
    elif ends == "LF":
        findings.append(_finding("line_end", as_is, as_is_severity=Severity.WARNING, ends=ends))
    wanted = "utf-8" if encoding == "utf-8" else "cp1252"
    if text.encoding != wanted and not text.content.isascii():
        findings.append(_finding("encoding", as_is, as_is_severity=Severity.ERROR, found=text.encoding, wanted=encoding))
    return findings


def _finding(problem: str, as_is: bool, *, as_is_severity: Severity, row: int = 0, **details: str) -> Finding:
    severity = as_is_severity if as_is else Severity.NOTE
    return about_file(
        common_codes()[problem], problem if as_is else f"{problem}_read", severity, row=row, column=0 if row else -1, **details
    )


def _delimiter(content: bytes) -> str:
    """The delimiter that the first lines have most evenly outside quotation marks; a semicolon when none has any."""
    bare = re.sub(r'"[^"]*"', "", content[:200_000].decode(errors="ignore").replace("\r\n", "\n"))
    lines = [line for line in bare.split("\n")[:SAMPLE_LINES] if line.strip(" ")]
    if not lines:
        return ";"

    def evenness(mark: str) -> tuple[float, float]:
        counts = np.array([line.count(mark) for line in lines])
        return float(np.mean(counts > 0)), float(np.median(counts))

    best = max(DELIMITERS, key=evenness)
    return best if evenness(best)[0] > 0 else ";"


def _cells(content: bytes, delimiter: str, *, raw: bool) -> tuple[pd.DataFrame, Places, int]:
    """The cells, the width of every line, and the first line (from 1) with a quoted cell, or 0."""
    if b'"' not in content:
        return *_split(content, delimiter), 0
    if not raw:
        text = content.decode().replace("\r\n", "\n")
        try:
            return *_quoted(text, delimiter), _first_quoted(text, delimiter)
        except csv.Error:
            pass  # quotation marks that are part of the text, such as 5" pipe
    frame, widths = _split(content, delimiter)
    first = 0
    for column in frame:
        inside = matches(frame[column], r'^".*"$')
        if inside.any():
            where = int(np.flatnonzero(inside)[0]) + 1
            first = min(first or where, where)
            bare = replace(replace(frame[column][inside], r'^"(.*)"$', r"\1"), '""', '"')
            frame[column] = put(frame[column], inside, bare)
    return frame, widths, first


def _split(content: bytes, delimiter: str) -> tuple[pd.DataFrame, Places]:
    """Lines without quoting, in blocks: short ones are padded, then all of a block are parsed at once."""
    if not content.endswith(b"\n"):
        content += b"\n"
    widths_of = [_widths(block, delimiter) for block in _blocks(content)]
    widths = np.concatenate(widths_of)
    width, length = int(widths.max()), len(widths)
    _refuse_too_wide(widths)
    parts: list[list[Any]] = [[] for _ in range(width)]
    for block, own in zip(_blocks(content), widths_of, strict=True):
        for part, column in zip(parts, _parsed(_padded(block, delimiter, own, width), delimiter, width), strict=True):
            part.append(column)
    empty = blank(length)
    return _frame([_whole(parts.pop(0), empty) for _ in range(width)], length), widths  # so that one column only is held twice


def _blocks(content: bytes) -> Iterator[memoryview]:
    """A text in blocks of whole lines."""
    start = 0
    while start < len(content):
        end = content.find(b"\n", start + BLOCK) + 1 or len(content)
        yield memoryview(content)[start:end]
        start = end


def _widths(block: memoryview, delimiter: str) -> Places:
    """How many cells each line of a block has."""
    signs = np.frombuffer(block, np.uint8)
    between = signs == ord(delimiter)
    marks = np.flatnonzero(between | (signs == ord("\n")))
    return np.diff(np.flatnonzero(~between[marks]), prepend=-1)


def _padded(block: memoryview, delimiter: str, widths: Places, width: int) -> memoryview:
    """The block with every line filled up to a width."""
    if widths.min() == width:
        return block
    padding = pa.array([delimiter * missing for missing in range(width + 1)], pa.large_string())
    whole = pa.LargeStringArray.from_buffers(1, pa.py_buffer(np.array([0, len(block) - 1], np.int64)), pa.py_buffer(block))
    lines = pc.utf8_rtrim(pc.split_pattern(whole, "\n").values, "\r")
    return memoryview(b"".join(line_blocks(join((join((lines, padding.take(pa.array(width - widths))), ""), ""), "\n"))))


def _parsed(block: memoryview, delimiter: str, width: int) -> Iterator[Any]:
    """The columns of a block, all of whose lines are of one width. Those without any text share their memory."""
    names = [str(i) for i in range(width)]
    longest = int(np.diff(np.flatnonzero(np.frombuffer(block, np.uint8) == ord("\n")), prepend=-1).max())
    table = pacsv.read_csv(
        pa.BufferReader(block),
        pacsv.ReadOptions(column_names=names, block_size=max(1 << 22, 2 * longest)),
        pacsv.ParseOptions(delimiter=delimiter, quote_char=False, double_quote=False, ignore_empty_lines=False),
        pacsv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
    )
    empty = to_arrow(blank(table.num_rows))
    for column in table.columns:
        yield pa.concat_arrays([chunk.cast(pa.large_string()) for chunk in column.chunks]) if _has_text(column) else empty


def _whole(parts: list[Any], empty: "pd.Series[str]") -> "pd.Series[str]":
    return from_arrow(pa.concat_arrays(parts)) if any(map(_has_text, parts)) else empty


def _has_text(column: Any) -> bool:
    return bool(pc.any(pc.not_equal(pc.binary_length(column), 0)).as_py())


def _quoted(content: str, delimiter: str) -> tuple[pd.DataFrame, Places]:
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        lines = list(csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True))
    finally:
        csv.field_size_limit(before)
    widths = np.fromiter((max(len(line), 1) for line in lines), np.int64, len(lines))
    width = int(widths.max())
    _refuse_too_wide(widths)
    for line in lines:
        line.extend([""] * (width - len(line)))
    columns = [text_series(list(column)) for column in zip(*lines, strict=True)]
    return _frame(columns, len(lines)), widths


def _first_quoted(content: str, delimiter: str) -> int:
    """The first line (from 1) on which a quoted cell begins, or 0."""
    found = re.search(rf'(?:^|[\n{re.escape(delimiter)}])"', content)
    return content.count("\n", 0, found.end()) + 1 if found else 0


def _refuse_too_wide(widths: Places) -> None:
    """Raises InputError for a row of very many cells, and for one that is so much wider than the others that filling them up costs much."""
    row, most = int(np.argmax(widths)), int(widths.max())
    if most > WIDEST:
        raise InputError("row_too_wide", row=row + 1, cells=most, most=WIDEST)
    if is_thin(len(widths) * most, int(widths.sum())):
        raise InputError("row_far_wider", row=row + 1, cells=most, others=int(np.median(widths)))


def _frame(columns: "list[pd.Series[str]]", length: int) -> pd.DataFrame:
    return pd.DataFrame(dict(enumerate(columns)), index=pd.RangeIndex(length), copy=False)
