"""Formulas of an .xls as tokens in postfix order ([MS-XLS], section 2.5.198), the last of which tells what they give."""

import struct

Place = tuple[int, int]

_OPERATORS = (b"\x03", b"\x04", b"\x05", b"\x06", b"\x07", b"\x13", b"\x14", b"\x19\x10\x00\x00")  # + - * / ^, a minus in front, %, SUM
_BRACKET, _CELL, _FUNCTION, _FUNCTION_OF_SEVERAL = b"\x15", b"\x24\x44\x64", b"\x21\x41\x61", b"\x22\x42\x62"
_GIVE_NUMBERS = {
    *(0, 4, 5, 6, 7, 169, 183, 227, 228, 344, 345, 346),  # COUNT, SUM, AVERAGE, MIN, MAX … SUMIF, COUNTIF
    *(20, 24, 25, 26, 27, 39, 197, 212, 213, 279, 285, 288, 298, 337),  # SQRT, ABS, INT, SIGN, ROUND … POWER
    *(32, 33, 65, 66, 67, 68, 69, 70, 71, 72, 74, 221),  # LEN, VALUE, DATE, TIME, DAY … TODAY
}


def gives_number(tokens: bytes) -> bool:
    """Whether a formula is a calculation, so that an empty text is no result of it."""
    inner = tokens.rstrip(_BRACKET)
    return inner.endswith(_OPERATORS) or _function(inner) in _GIVE_NUMBERS


def cell_of(tokens: bytes) -> Place | None:
    """The row and the column (both from 0) of the cell of the same sheet that a formula repeats; None for other formulas."""
    inner = tokens.rstrip(_BRACKET)
    if len(inner) != 5 or inner[0] not in _CELL:
        return None
    row, column = struct.unpack_from("<HH", inner, 1)
    return row, column & 0xFF


def _function(tokens: bytes) -> int | None:
    """The number of the function that a formula ends with."""
    one, several = tokens[-3:-2], tokens[-4:-3]
    known = (one and one in _FUNCTION) or (several and several in _FUNCTION_OF_SEVERAL)
    return int(struct.unpack("<H", tokens[-2:])[0]) if known else None
