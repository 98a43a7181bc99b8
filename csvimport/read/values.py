"""Python values of spreadsheet and DataFrame cells → text and cell types, column by column."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from csvimport.columns import text_series
from csvimport.errors import InputError
from csvimport.read.sheet import CellType, CellTypes

LARGEST_EXACT = 1e15

_TYPES: dict[type, int] = {
    str: CellType.TEXT,
    bool: CellType.BOOLEAN,
    np.bool_: CellType.BOOLEAN,
    int: CellType.NUMBER,
    float: CellType.NUMBER,
    np.float64: CellType.NUMBER,
    np.int64: CellType.NUMBER,
    Decimal: CellType.NUMBER,
    dt.date: CellType.DATE,
    dt.datetime: CellType.DATETIME,
    pd.Timestamp: CellType.DATETIME,
    dt.time: CellType.TIME,
    dt.timedelta: CellType.TIME,
    pd.Timedelta: CellType.TIME,
}


_NO_CELLS = (bytes, bytearray, list, tuple, dict, set)


def to_text(values: Sequence[Any]) -> tuple["pd.Series[str]", CellTypes | None]:
    """A column of cell values as text, and what they were; None when all were text.

    Numbers take their shortest form of at most 15 significant digits with a decimal point, dates the ISO form.
    """
    kinds = set(map(type, values))
    if kinds <= {str}:
        return text_series(values), None
    types = np.fromiter((_TYPES.get(type(v), CellType.TEXT) for v in values), np.uint8, len(values))
    text = np.empty(len(values), object)
    cells = np.empty(len(values), object)
    cells[:] = values
    for kind in np.unique(types):
        at = types == kind
        text[at], types[at] = _CONVERT[CellType(kind)](cells[at])
    return text_series(text), types if types.any() else None


def _texts(cells: Any) -> tuple[Any, int]:
    for value in cells:
        if isinstance(value, _NO_CELLS):
            raise InputError("frame_value", kind=type(value).__name__)
    return ["" if _missing(v) else v if isinstance(v, str) else str(v) for v in cells], CellType.TEXT


def _missing(value: Any) -> bool:
    return value is None or value is pd.NA or value is pd.NaT


def _numbers(cells: Any) -> tuple[Any, Any]:
    exact = np.array([isinstance(v, int | Decimal | np.integer) for v in cells])
    text = np.empty(len(cells), object)
    text[exact] = [format(v, "f") if isinstance(v, Decimal) else str(v) for v in cells[exact]]
    floats = cells[~exact].astype(np.float64)
    distinct, inverse = np.unique(floats, return_inverse=True)
    text[~exact] = np.array([shortest(v) for v in distinct.tolist()], object)[inverse]
    return text, np.where(text == "", CellType.TEXT, CellType.NUMBER)


def shortest(number: float) -> str:
    """The shortest decimal form of at most 15 significant digits, without an exponent; "" for not-a-number."""
    if number != number:
        return ""
    if number == int(number) if abs(number) < LARGEST_EXACT else False:
        return str(int(number))
    return format(Decimal(format(number, ".15g")), "f")


def percent(text: str) -> str:
    """The figure that a percentage cell shows: 0.255 → 25.5."""
    figure = format(Decimal(text) * 100, "f")
    return figure.rstrip("0").rstrip(".") if "." in figure else figure


def _moments(cells: Any) -> tuple[Any, Any]:
    missing = np.array([_missing(v) for v in cells])
    midnight = np.array([not m and v.time() == dt.time() for v, m in zip(cells, missing, strict=True)])
    text = ["" if m else v.date().isoformat() if n else v.isoformat(" ") for v, m, n in zip(cells, missing, midnight, strict=True)]
    return text, np.where(missing, CellType.TEXT, np.where(midnight, CellType.DATE, CellType.DATETIME))


def _times(cells: Any) -> tuple[Any, int]:
    return [_clock(v) for v in cells], CellType.TIME


def _clock(time: dt.time | dt.timedelta) -> str:
    """A time or a duration as hours, minutes and seconds: 37:30:00."""
    if isinstance(time, dt.time):
        return time.isoformat()
    minutes, seconds = divmod(round(time.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"


_CONVERT = {
    CellType.TEXT: _texts,
    CellType.NUMBER: _numbers,
    CellType.BOOLEAN: lambda cells: (["true" if v else "false" for v in cells], CellType.BOOLEAN),
    CellType.DATE: lambda cells: ([v.isoformat() for v in cells], CellType.DATE),
    CellType.DATETIME: _moments,
    CellType.TIME: _times,
}
