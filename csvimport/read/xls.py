"""What python-calamine hides of an .xls sheet: error cells, formulas without a result, number formats, hidden rows and columns.

The records are those of [MS-XLS], edition 8; a workbook of an older edition shows nothing of this.
"""

import struct
from collections.abc import Iterable, Iterator

from csvimport.read import biff
from csvimport.read.number_formats import BUILT_IN, NumberFormat, number_format
from csvimport.read.seen import Hidden, Mark, Seen, by_column, kind_of
from csvimport.read.sheet import CellType
from csvimport.read.values import shortest
from csvimport.read.xls_formulas import Place, cell_of, gives_number

_BEGIN, _END, _SHEET, _FORMAT, _STYLE, _ROW, _COLUMNS = 0x809, 0x0A, 0x85, 0x41E, 0xE0, 0x208, 0x7D
_FORMULA, _NUMBER, _SHORT, _SHORTS, _TRUTH_OR_ERROR, _TEXT = 0x06, 0x203, 0x27E, 0xBD, 0x205, 0xFD
_EDITION = 0x600
_NO_NUMBER, _ERROR, _NOTHING = b"\xff\xff", 2, 3  # what a formula has instead of a number
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}

Record = tuple[int, bytes]


def look(data: bytes, name: str) -> Seen | None:
    """What the records of a sheet tell; None for an older edition, and for what cannot be followed."""
    try:
        stream = biff.workbook_stream(data)
        if struct.unpack_from("<HHH", stream)[2] != _EDITION:
            return None
        styles, start = _globals(stream, name)
        marks, hidden, empty = _look(_records(stream, start), styles)
        if _without_results(empty.values(), _records(stream, start)):
            marks += [(*place, CellType.UNCOMPUTED, "=") for place in empty]
        return Seen(by_column(marks), hidden)
    except (struct.error, IndexError, ValueError):
        return None


def _records(stream: bytes, at: int = 0) -> Iterator[Record]:
    """The records up to the end of the workbook's own part or of a sheet; charts inside it are passed over."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth == 0:
            return
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _globals(stream: bytes, name: str) -> tuple[list[NumberFormat | None], int]:
    """The number formats of the styles, and where the records of the sheet begin."""
    codes, styles, start = dict(BUILT_IN), list[str](), -1
    for kind, body in _records(stream):
        if kind == _FORMAT:
            codes[str(struct.unpack_from("<H", body)[0])] = _text(body[2:], wide=2)
        elif kind == _STYLE:
            styles.append(str(struct.unpack_from("<H", body, 2)[0]))
        elif kind == _SHEET and _text(body[6:], wide=1) == name:
            start = struct.unpack_from("<I", body)[0]
    if start < 0:
        raise ValueError("there is no such sheet")
    return [number_format(codes.get(style, "")) for style in styles], start


def _text(body: bytes, *, wide: int) -> str:
    """A text behind its length, which has one byte or two."""
    length, flags, rest = int.from_bytes(body[:wide], "little"), body[wide], body[wide + 1 :]
    return rest[: 2 * length].decode("utf-16-le") if flags & 1 else rest[:length].decode("latin-1")


def _look(records: Iterator[Record], styles: list[NumberFormat | None]) -> tuple[list[Mark], Hidden, dict[Place, bytes]]:
    """The marks, what is hidden, and the formulas whose result is an empty text."""
    marks: list[Mark] = []
    empty: dict[Place, bytes] = {}
    rows: list[int] = []
    columns: set[int] = set()
    for kind, body in records:
        if kind == _ROW and body[12] & 0x20:
            rows.append(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _COLUMNS and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            columns.update(range(first, min(last, 255) + 1))
        elif kind == _FORMULA and body[6] == _NOTHING and body[12:14] == _NO_NUMBER:
            row, column, length = struct.unpack_from("<HH16xH", body)
            empty[row, column] = body[22 : 22 + length]
        else:
            marks += _marks(kind, body, styles)
    return marks, Hidden(tuple(rows), tuple(sorted(columns))), empty


def _without_results(formulas: Iterable[bytes], records: Iterator[Record]) -> bool:
    """Whether a program has written a sheet without results: where a calculation, or a formula that repeats a filled cell, gives nothing."""
    if any(map(gives_number, formulas)):
        return True
    repeated = set(map(cell_of, formulas)) - {None}
    return bool(repeated) and any(place in repeated for kind, body in records for place in _filled(kind, body))


def _filled(kind: int, body: bytes) -> Iterator[Place]:
    """The cells of a record that hold a number, a text or a truth value."""
    if kind in (_NUMBER, _SHORT, _SHORTS, _TEXT, _TRUTH_OR_ERROR):
        row, column = struct.unpack_from("<HH", body)
        yield from ((row, column + at) for at in range((len(body) - 6) // 6 if kind == _SHORTS else 1))


def _marks(kind: int, body: bytes, styles: list[NumberFormat | None]) -> Iterator[Mark]:
    """What is to be said about the cells of a record."""
    if kind == _SHORTS:
        row, column = struct.unpack_from("<HH", body)
        for at in range(4, len(body) - 2, 6):
            style, number = struct.unpack_from("<HI", body, at)
            yield from _number(row, column + (at - 4) // 6, styles[style], _short(number))
        return
    if kind not in (_FORMULA, _NUMBER, _SHORT, _TRUTH_OR_ERROR):
        return
    row, column, style = struct.unpack_from("<HHH", body)
    if kind == _TRUTH_OR_ERROR:
        if body[7]:
            yield row, column, CellType.ERROR, _ERRORS.get(body[6], "#?")
    elif kind == _FORMULA and body[12:14] == _NO_NUMBER:
        if body[6] == _ERROR:
            yield row, column, CellType.ERROR, _ERRORS.get(body[8], "#?")
    else:
        number = _short(struct.unpack_from("<I", body, 6)[0]) if kind == _SHORT else struct.unpack_from("<d", body, 6)[0]
        yield from _number(row, column, styles[style], number)


def _short(number: int) -> float:
    """A number of four bytes: whole or the first half of a long one, and a hundredth of it by its last bit."""
    whole = (number >> 2) - (1 << 30 if number & 0x80000000 else 0)
    value = float(whole) if number & 2 else struct.unpack("<d", struct.pack("<II", 0, number & 0xFFFFFFFC))[0]
    return value / 100 if number & 1 else value


def _number(row: int, column: int, style: NumberFormat | None, number: float) -> Iterator[Mark]:
    if style is None:
        return
    kind = kind_of(style)
    if kind in (None, CellType.DRESSED) and len(shortest(number).partition(".")[2]) > style.decimals:
        kind = CellType.ROUNDED
    if kind is not None:
        yield row, column, kind, str(style.digits)
