"""CSV and its relatives: bytes → a sheet, with the raw width of every line. The delimiter is counted outside quotation marks."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from csvimport.columns import blank, join, line_blocks, matches, put, replace, text_series, to_arrow
from csvimport.errors import InputError
from csvimport.findings import NOWHERE, Finding, Places, common_finding
from csvimport.limits import LARGEST_IN_MEMORY, LONGEST_CELL, WIDEST, is_thin
from csvimport.messages import in_languages
from csvimport.read.blocks import beginning
from csvimport.read.encoded import Text, look
from csvimport.read.gathered import Gathered
from csvimport.read.sheet import Sheet, Source
from csvimport.severity import Severity

DELIMITERS = ";,\t|"
_ANNOUNCED = re.compile(rb"sep=([%b])\r?\n" % DELIMITERS.encode())
NAMELESS = ("standard input", "the input")
SAMPLE, SAMPLE_LINES = 200_000, 100  # bytes and lines that the delimiter is counted in
LINES_AT_ONCE = 20_000


def read_delimited(blocks: Iterable[bytes], path: str, *, as_is: bool = False, encoding: str = "cp1252", size: int = 0) -> Sheet:
    """Reads the bytes of a CSV, which it goes through several times.

    ``as_is``: semicolons only and no quoting, as Procountor reads, each departure a finding. ``encoding`` is the one that Procountor is
    told to expect; ``size``: how many bytes there are, where they may be too many to hold. Raises InputError for an empty file and for
    bytes that are no text.
    """
    text = look(blocks, path, as_is=as_is)
    findings = list(_file_findings(text, as_is, encoding))
    if as_is and path not in NAMELESS and not path.lower().endswith(".csv"):
        findings.append(common_finding("file_name", Severity.ERROR, value=path))
    first = beginning(text.lines(), SAMPLE)
    announced = _ANNOUNCED.match(first)
    unseen = announced.end() if announced else 0
    above = 1 if announced and as_is else 0  # spreadsheets do not show the line, so that it has no row number for them
    if above:
        findings.append(common_finding("heading_row", Severity.ERROR, row=1, column=0, value=first[:5].decode()))
    if not any(block.strip(b"\r\n \t;,|") for block in _below(text, unseen)):
        raise InputError("file_empty", path=path)
    delimiter = announced[1].decode() if announced else _delimiter(first)
    if delimiter != ";":
        findings.append(_finding("delimiter", as_is, as_is_severity=Severity.ERROR, found=in_languages(_DELIMITERS[delimiter])))
    frame, widths, quoted = _cells(text, unseen, delimiter, raw=as_is, on_disk=size if size > LARGEST_IN_MEMORY else 0)
    if quoted:
        row, column = quoted
        findings.append(_finding("quoted", as_is, as_is_severity=Severity.ERROR, row=above + row, column=column))
    rows = np.arange(above + 1, above + len(frame) + 1)
    source = Source(path, encoding=text.encoding, delimiter=delimiter)
    return Sheet(frame, (None,) * frame.shape[1], widths, rows, source, tuple(findings))


def _below(text: Text, unseen: int) -> Iterator[bytes]:
    """The lines of a text, block by block, without so many bytes at its beginning."""
    for block in text.lines():
        yield block[unseen:]
        unseen = 0


_DELIMITERS = {",": "between_commas", "\t": "between_tabs", "|": "between_bars"}


def _file_findings(text: Text, as_is: bool, encoding: str) -> list[Finding]:
    findings = []
    if text.marked:
        findings.append(_finding("byte_order_mark", as_is, as_is_severity=Severity.ERROR, row=1))
    if text.ends in ("CR", "mixed"):
        findings.append(
            _finding(
                "line_end", as_is, as_is_severity=Severity.ERROR, ends=in_languages("mixed_ends") if text.ends == "mixed" else text.ends
            )
        )
    elif text.ends == "LF":
        findings.append(_finding("line_end", as_is, as_is_severity=Severity.WARNING, ends=text.ends))
    wanted = "utf-8" if encoding == "utf-8" else "cp1252"
    if text.encoding != wanted and not text.plain:
        findings.append(_finding("encoding", as_is, as_is_severity=Severity.ERROR, found=text.encoding, wanted=encoding))
    return findings


def _finding(problem: str, as_is: bool, *, as_is_severity: Severity, row: int = 0, column: int = 0, **details: Any) -> Finding:
    severity = as_is_severity if as_is else Severity.NOTE
    return common_finding(problem if as_is else f"{problem}_read", severity, row=row, column=column if row else NOWHERE, **details)


def _delimiter(content: bytes) -> str:
    """The delimiter that the first lines have most evenly outside quotation marks; a semicolon when none has any."""
    bare = re.sub(r'"[^"]*"', "", content.decode(errors="ignore").replace("\r\n", "\n"))
    lines = [line for line in bare.split("\n")[:SAMPLE_LINES] if line.strip(" ")]
    if not lines:
        return ";"

    def evenness(mark: str) -> tuple[float, float]:
        counts = np.array([line.count(mark) for line in lines])
        return float(np.mean(counts > 0)), float(np.median(counts))

    best = max(DELIMITERS, key=evenness)
    return best if evenness(best)[0] > 0 else ";"


def _cells(text: Text, unseen: int, delimiter: str, *, raw: bool, on_disk: int) -> tuple[pd.DataFrame, Places, tuple[int, int] | None]:
    """The cells, the width of every line, and the line (from 1) and column (from 0) of the first quoted cell."""
    if text.quotes and not raw:
        try:
            frame, widths = _gathered(_quoted(_below(text, unseen), delimiter), on_disk=on_disk)
            return frame, widths, _first_quoted(_below(text, unseen), delimiter)
        except csv.Error as error:  # quotation marks are part of the text, such as 5" pipe, unless a cell is longer than csv reads
            if "limit" in str(error):
                _refuse_long_quoted(_below(text, unseen), delimiter)
    frame, widths = _gathered(_split(_below(text, unseen), delimiter), on_disk=on_disk)
    places = []
    for column in range(frame.shape[1]) if text.quotes else ():
        inside = matches(frame[column], r'^".*"$')
        if inside.any():
            places.append((int(np.flatnonzero(inside)[0]) + 1, column))
            bare = replace(replace(frame[column][inside], r'^"(.*)"$', r"\1"), '""', '"')
            frame[column] = put(frame[column], inside, bare)
    return frame, widths, min(places, default=None)


def _gathered(blocks: Iterable[tuple[list[Any], Places]], *, on_disk: int) -> tuple[pd.DataFrame, Places]:
    """Blocks of columns and of the widths of their lines as a whole. Raises InputError for rows that are too wide."""
    parts, widest = [], 0
    with Gathered(on_disk=on_disk) as cells:
        for columns, found in blocks:
            parts.append(found)
            if len(columns) > widest:
                widest = len(columns)
                _refuse_too_wide(np.concatenate(parts))
            cells.add(columns)
        widths = np.concatenate(parts)
        _refuse_too_wide(widths)
        return cells.frame(), widths


def _split(blocks: Iterable[bytes], delimiter: str) -> Iterator[tuple[list[Any], Places]]:
    """Lines without quoting: short ones are padded, then all of a block are parsed at once."""
    above = 0
    for block in filter(None, blocks):
        widths = _widths(block, delimiter)
        _refuse_too_wide(widths, above)
        above += len(widths)
        width = int(widths.max())
        yield list(_parsed(_padded(block, delimiter, widths, width), delimiter, width)), widths


def _widths(block: bytes, delimiter: str) -> Places:
    """How many cells each line of a block has."""
    signs = np.frombuffer(block, np.uint8)
    starts = np.flatnonzero(signs == ord("\n"))[:-1] + 1
    return np.add.reduceat((signs == ord(delimiter)).view(np.uint8), np.append(0, starts), dtype=np.int32).astype(np.int64) + 1


def _padded(block: bytes, delimiter: str, widths: Places, width: int) -> bytes:
    """The block with every line filled up to a width."""
    if widths.min() == width:
        return block
    padding = pa.array([delimiter * missing for missing in range(width + 1)], pa.large_string())
    whole = pa.LargeStringArray.from_buffers(1, pa.py_buffer(np.array([0, len(block) - 1], np.int64)), pa.py_buffer(block))
    lines = pc.utf8_rtrim(pc.split_pattern(whole, "\n").values, "\r")
    return b"".join(line_blocks(join((join((lines, padding.take(pa.array(width - widths))), ""), ""), "\n")))


def _parsed(block: bytes, delimiter: str, width: int) -> Iterator[Any]:
    """The columns of a block, all of whose lines are of one width. Those without any text share their memory."""
    names = [str(i) for i in range(width)]
    longest = int(np.diff(np.flatnonzero(np.frombuffer(block, np.uint8) == ord("\n")), prepend=-1).max())
    table = pacsv.read_csv(
        pa.BufferReader(block),
        pacsv.ReadOptions(column_names=names, block_size=max(1 << 22, 2 * longest)),
        pacsv.ParseOptions(delimiter=delimiter, quote_char=False, double_quote=False, ignore_empty_lines=False),
        pacsv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False),
    )
    for column in table.columns:
        yield pa.concat_arrays([chunk.cast(pa.large_string()) for chunk in column.chunks])


def _quoted(blocks: Iterable[bytes], delimiter: str) -> Iterator[tuple[list[Any], Places]]:
    """Lines of cells that may be quoted, and hold line ends then. Raises csv.Error where the quoting is wrong."""
    text = (line for block in blocks for line in io.StringIO(block.decode().replace("\r\n", "\n"), newline=""))
    reader, above = csv.reader(text, delimiter=delimiter, strict=True), 0
    while lines := list(islice(reader, LINES_AT_ONCE)):
        widths = np.fromiter((max(len(line), 1) for line in lines), np.int64, len(lines))
        _refuse_too_wide(widths, above)
        above += len(lines)
        columns = zip_longest(*lines, fillvalue="")
        yield [to_arrow(text_series(column)) for column in columns] or [to_arrow(blank(len(lines)))], widths


def _refuse_long_quoted(blocks: Iterable[bytes], delimiter: str) -> None:
    """Raises InputError for a cell between quotation marks that is longer than any text."""
    row, length, inside, begins = 1, 0, False, True
    for block in blocks:
        for place, piece in enumerate(block.decode().replace("\r\n", "\n").split('"')):
            inside ^= place > 0
            if inside:
                length += len(piece)
            elif piece:  # but between the two marks that stand for one of the text
                if begins and length > LONGEST_CELL and piece[0] in (delimiter, "\n"):
                    raise InputError("cell_too_long", row=row, length=length, most=LONGEST_CELL)
                row, length, begins = row + piece.count("\n"), 0, piece[-1] in (delimiter, "\n")


def _first_quoted(blocks: Iterable[bytes], delimiter: str) -> tuple[int, int] | None:
    """The line (from 1) and column (from 0) of the first quoted cell, if there is one."""
    mark = delimiter.encode()
    begins = re.compile(rb'(?:^|[\n%b])"' % re.escape(mark))
    above = 0
    for block in blocks:
        if found := begins.search(block):
            place = found.end() - 1
            line = block.rfind(b"\n", 0, place) + 1
            return above + block.count(b"\n", 0, place) + 1, block.count(mark, line, place)
        above += block.count(b"\n")
    return None


def _refuse_too_wide(widths: Places, above: int = 0) -> None:
    """Raises InputError for a row of very many cells, and for one that is so much wider than the others that filling them up costs much.

    ``above``: how many rows stand above these.
    """
    row, most = above + int(np.argmax(widths)) + 1, int(widths.max())
    if most > WIDEST:
        raise InputError("row_too_wide", row=row, cells=most, most=WIDEST)
    if is_thin(len(widths) * most, int(widths.sum())):
        raise InputError("row_far_wider", row=row, cells=most, others=int(np.median(widths)))
