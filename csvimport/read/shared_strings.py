"""How long the texts of a sheet become that it takes from the strings that all sheets of an .xlsx share: a few bytes may name a long one."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_TAKEN = re.compile(rb't="s"[^<>]*>\s*<v>(\d{1,9})</v>')
_ODD = re.compile(rb"\bt(?:\s|\s*=\s*'|\s*=\s+)")  # no program writes the attribute so


class SharedStrings:
    """The lengths of the strings in bytes, their marks included."""

    def __init__(self, xml: bytes) -> None:
        whole = pa.LargeBinaryArray.from_buffers(
            pa.large_binary(), 1, [None, pa.py_buffer(np.array([0, len(xml)], np.int64)), pa.py_buffer(xml)]
        )
        self._lengths = np.asarray(pc.binary_length(pc.split_pattern(whole, "<si").values)).astype(np.int64)[1:]
        self._longest = max(int(self._lengths.max(initial=0)), 0 if len(self._lengths) else len(xml))

    def taken(self, sheet: bytes, cells: int, enough: int) -> int:
        """The bytes of all strings that the cells of a sheet take; a bound of them while that is less than ``enough``."""
        bound = cells * self._longest
        if bound < enough or _ODD.search(sheet):
            return bound
        places = np.fromiter((int(found[1]) for found in _TAKEN.finditer(sheet)), np.int64)
        known = places[places < len(self._lengths)]
        others = sheet.count(b't="s"') - len(places)
        return int(self._lengths[known].sum()) + others * self._longest
