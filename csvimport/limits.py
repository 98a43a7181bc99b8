"""How large an input may be. What is larger is refused with a sentence, before it takes memory and time.

Sizes are in bytes, of a workbook or a package unpacked.
"""

import re

from csvimport.errors import InputError, Sentence, UsageError

LARGEST_INPUT = 1_000_000_000
"""What ``--max-size`` and ``max_size`` of the settings raise."""

LARGEST_RATIO = 100
"""How many times its own size a workbook may unpack to, from ``RATIO_MATTERS`` on, where no size is given; spreadsheets reach about 20."""
RATIO_MATTERS = 100_000_000

LARGEST_IN_MEMORY = 500_000_000
"""From how many bytes on the cells of a CSV lie in a temporary file."""

WIDEST = 2000
"""Cells in a row of a CSV."""

LONGEST_CELL = 50_000
"""Characters of a cell; Excel has 32,767."""

MOST_CELLS = 120_000_000
"""Cells of all sheets of a workbook that are read, empty ones between others included."""

MOST_EMPTY = 10_000_000
"""From how many cells on at least one in ``THINNEST`` must stand in the file, or one of them lies far away from the others."""
THINNEST = 20

LARGEST_COPY = 300_000
"""Cells of a workbook that a report copies with its looks, merged ones too; of a larger one it shows the values of the checked sheet."""
LARGEST_COPIED_PACKAGE = 60_000_000
"""Bytes of that workbook, unpacked, with the sheets that are not checked."""

_UNITS = {"": 1, "K": 1000, "M": 1_000_000, "G": 1_000_000_000, "T": 1_000_000_000_000}


def bytes_of(text: str) -> int:
    """A size such as ``2GB``, ``500 MB`` or ``800000000`` in bytes. Raises UsageError for other texts."""
    found = re.fullmatch(r"(\d{1,15})(?:[.,](\d{1,9}))?\s*([KMGT]?)(?:I?B|T)?", text.strip().upper())
    if found is None or not (found[1] + (found[2] or "")).strip("0"):
        raise UsageError("size_unknown", given=text)
    whole, part, unit = found.groups(default="")
    return int(f"{whole}{part}") * _UNITS[unit] // int(f"1{'0' * len(part)}")


def size(count: int) -> Sentence:
    """A number of bytes as a reader understands it."""
    unit, name = next(((unit, name) for unit, name in ((10**9, "gigabytes"), (10**6, "megabytes")) if count >= unit), (1, "bytes"))
    number = count / unit
    return Sentence(name, number=f"{round(number, 2 if number < 10 else 0):g}" if unit > 1 else str(count))


def refuse_large(path: object, length: int, largest: int | None) -> None:
    """Raises InputError for an input of more bytes than the largest that is asked for, or than the usual one."""
    if length > (limit := largest or LARGEST_INPUT):
        raise InputError("input_too_large", path=path, limit=size(limit))


def refuse_unpacked(path: object, unpacked: int, largest: int | None, packed: int = 0) -> None:
    """Raises InputError for a file that unpacks to more; without a size that is asked for, also to absurdly more than it has packed."""
    if unpacked > (limit := largest or LARGEST_INPUT):
        raise InputError("unpacks_too_large", path=path, size=size(unpacked), limit=size(limit))
    if largest is None and packed and unpacked > max(RATIO_MATTERS, LARGEST_RATIO * packed):
        raise InputError("unpacks_absurdly", path=path, size=size(unpacked), times=unpacked // packed)


def is_thin(area: int, filled: int) -> bool:
    """Whether so few of the cells of an area stand in the file that one of them must lie far away from the others."""
    return area > max(MOST_EMPTY, THINNEST * filled)
