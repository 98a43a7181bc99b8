"""A pandas DataFrame as a sheet: its rows count from 1, its columns by position."""

from typing import Any

import numpy as np
import pandas as pd

from csvimport.errors import InputError
from csvimport.read.sheet import Sheet, Source
from csvimport.read.values import to_text

_FIRST_TOO_LONG = 10**15


def read_frame(frame: pd.DataFrame) -> Sheet:
    """The cells of a DataFrame. Columns named by text are headings; a plain range of numbers means none.

    Raises InputError for a frame without rows or columns.
    """
    if frame.empty:
        raise InputError("frame_empty")
    if frame.columns.nlevels > 1:
        raise InputError("frame_levels")
    columns = [to_text(_plain(frame.iloc[:, i])) for i in range(frame.shape[1])]
    cells = pd.DataFrame({i: text for i, (text, _) in enumerate(columns)}, index=pd.RangeIndex(len(frame)), copy=False)
    by_position = all(isinstance(name, int | np.integer) for name in frame.columns)
    return Sheet(
        cells,
        tuple(types for _, types in columns),
        np.full(len(frame), frame.shape[1], np.int64),
        np.arange(1, len(frame) + 1),
        Source("DataFrame"),
        labels=frame.index.to_numpy(object),
        titles=None if by_position else tuple(str(name) for name in frame.columns),
    )


def _plain(column: "pd.Series[Any]") -> list[Any]:
    """The values as Python objects, missing ones as None; floats of fewer than 8 bytes by their own shortest form, 0.1 and not 0.100000001."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(column.cat.categories.dtype)
    if pd.api.types.is_float_dtype(column.dtype) and (size := getattr(column.dtype, "itemsize", 8)) < 8:
        short = column.to_numpy(f"f{size}", na_value=np.nan)
        column = pd.Series(short.astype(str).astype(np.float64))
    return [None if missing else _exact(value) for value, missing in zip(column.astype(object), column.isna(), strict=True)]


def _exact(value: Any) -> Any:
    """A value of a cell; an integer of more digits than a spreadsheet keeps is exact here, so it goes as text."""
    return str(value) if isinstance(value, int) and abs(value) >= _FIRST_TOO_LONG else value
