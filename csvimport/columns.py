"""Helpers for whole columns of text: Arrow-backed strings in which an empty cell is ""."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from csvimport.findings import Mask, Places

ROWS_AT_ONCE = 200_000

_TEXT = pd.StringDtype("pyarrow", na_value=np.nan)

MORE_THAN_BLANKS = r"[^\s\x{00A0}\x{2007}\x{202F}\x{200B}\x{FEFF}]"


def text_series(values: Any) -> "pd.Series[str]":
    """Texts as a column; the values must be strings. Halves of surrogate pairs, which no encoding has, become the sign for that."""
    try:
        return from_arrow(pa.array(values, pa.large_string()))
    except UnicodeEncodeError:
        return from_arrow(pa.array([re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text) for text in values], pa.large_string()))


def from_arrow(array: Any) -> "pd.Series[str]":
    """An Arrow array of text as a column, without copying."""
    return pd.Series(pd.array(array.cast(pa.large_string()), dtype=_TEXT), copy=False)


def to_arrow(column: "pd.Series[str]") -> Any:
    """A column as one Arrow array, without copying where its memory is in one piece."""
    array = pa.array(column.array)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def ends_of(array: Any) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """Where the text of an Arrow array begins in its memory, and where each cell's text ends there; without copying."""
    if not len(array):
        return np.zeros(1, np.int64)
    return np.frombuffer(array.buffers()[1], np.int64)[array.offset : array.offset + len(array) + 1]


def blank(length: int) -> "pd.Series[str]":
    """A column of empty cells."""
    return from_arrow(pa.repeat(pa.scalar("", pa.large_string()), length))


def filled(column: "pd.Series[str]") -> Mask:
    """Which cells are not empty."""
    ends = ends_of(to_arrow(column))
    return np.zeros(len(column), bool) if ends[0] == ends[-1] else ends[1:] != ends[:-1]


def matches(column: "pd.Series[str]", pattern: str) -> Mask:
    """Which cells contain a match of an RE2 pattern; anchor it with ^ and $ for a whole match."""
    array = to_arrow(column)
    if len(array) <= ROWS_AT_ONCE:
        return np.asarray(pc.match_substring_regex(array, pattern))
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # pyarrow leaves the interpreter free meanwhile
        return np.concatenate(list(pool.map(lambda at: np.asarray(pc.match_substring_regex(array[at], pattern)), blocks(len(array)))))


def contains(column: "pd.Series[str]", text: str) -> Mask:
    """Which cells contain the text."""
    return np.asarray(pc.match_substring(to_arrow(column), text))


def replace(column: "pd.Series[str]", pattern: str, replacement: str) -> "pd.Series[str]":
    """The column with every match of an RE2 pattern replaced."""
    return from_arrow(pc.replace_substring_regex(to_arrow(column), pattern, replacement))


def lengths(column: "pd.Series[str]") -> "np.ndarray[Any, np.dtype[np.int64]]":
    """How many characters each cell has."""
    return np.asarray(pc.utf8_length(to_arrow(column)))


def differ(a: "pd.Series[str]", b: "pd.Series[str]") -> Mask:
    """Where two columns hold different text."""
    return np.asarray(pc.not_equal(to_arrow(a), to_arrow(b)))


def one_of(column: "pd.Series[str]", values: Iterable[str]) -> Mask:
    """Which cells hold one of the values."""
    return np.asarray(pc.is_in(to_arrow(column), pa.array(list(values), pa.large_string())))


def take(column: "pd.Series[str]", at: Places) -> "pd.Series[str]":
    """The cells of a column at some places, counted anew from 0."""
    return from_arrow(to_arrow(column).take(pa.array(at)))


def put(column: "pd.Series[str]", mask: Mask, values: "pd.Series[str] | str") -> "pd.Series[str]":
    """The column with other values where the mask holds; ``values`` has one for every place of the mask."""
    if not mask.any():
        return column
    new = pa.scalar(values, pa.large_string()) if isinstance(values, str) else to_arrow(values)
    return from_arrow(pc.replace_with_mask(to_arrow(column), pa.array(mask), new))


def join(arrays: Iterable[Any], separator: str) -> Any:
    """Arrow arrays of text joined row by row; a plain text among them stands on every row."""
    texts = (pa.scalar(array, pa.large_string()) if isinstance(array, str) else array for array in (*arrays, separator))
    return pc.binary_join_element_wise(*texts)


def line_blocks(lines: Any, rows: int = 100_000) -> Iterator[bytes]:
    """An Arrow array of text as one text behind the other, in UTF-8 and in blocks of rows, without going through Python strings."""
    ends = ends_of(lines)
    text = memoryview(lines.buffers()[2] or b"")
    for first in range(0, len(lines), rows):
        yield bytes(text[ends[first] : ends[min(first + rows, len(lines))]])


def blocks(length: int) -> Iterator[slice]:
    """The rows of a column, so many at a time that what is made of them stays small."""
    return (slice(first, first + ROWS_AT_ONCE) for first in range(0, length, ROWS_AT_ONCE))


def by_blocks(column: "pd.Series[str]", test: "Callable[[pd.Series[str]], Mask]") -> Mask:
    """A test of every cell for itself, made on blocks of rows, so that what it needs beside the column stays small."""
    if len(column) <= ROWS_AT_ONCE:
        return test(column)
    return np.concatenate([test(column.iloc[at]) for at in blocks(len(column))])


def digits_of(texts: Any, width: int) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """An Arrow array of ASCII texts of one width as a matrix of their digits; what is no digit becomes some other number."""
    return np.subtract(np.frombuffer(b"".join(line_blocks(texts)), np.uint8).reshape(-1, width), ord("0"), dtype=np.int64)


def per_distinct(column: "pd.Series[str]", function: Callable[[str], Any]) -> "np.ndarray[Any, np.dtype[np.object_]]":
    """The function's results, called once for each distinct value."""
    encoded = pc.dictionary_encode(to_arrow(column))
    results = np.empty(len(encoded.dictionary), object)
    for place, value in enumerate(encoded.dictionary.to_pylist()):
        results[place] = function(value)
    spread: np.ndarray[Any, np.dtype[np.object_]] = results[np.asarray(encoded.indices)]
    return spread


def translate(column: "pd.Series[str]", function: Callable[[str], str], unless: str = "") -> "pd.Series[str]":
    """The column with the function applied, once for each distinct value.

    ``unless``: an RE2 pattern of the cells that need no look, so that right columns cost one scan.
    """
    if not unless:
        return text_series(per_distinct(column, function))
    odd = ~matches(column, unless)
    return put(column, odd, text_series(per_distinct(column[odd], function))) if odd.any() else column
