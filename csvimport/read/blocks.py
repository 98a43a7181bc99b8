"""The bytes of an input, block by block and as often as they are wanted."""

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import IO

from csvimport.errors import InputError, UsageError, reason
from csvimport.limits import refuse_large
from csvimport.names import as_path, as_text

BLOCK = 1 << 24  # bytes
STANDARD_INPUT = "-"


class FileBlocks:
    """The bytes of a file, which nobody may change between the first look and the last."""

    def __init__(self, path: Path, found: os.stat_result) -> None:
        self._path, self._found = path, found

    def __iter__(self) -> Iterator[bytes]:
        """Reads the file anew. Raises InputError when it cannot be read, and when it has changed."""
        try:
            with self._path.open("rb") as handle:
                while block := handle.read(BLOCK):
                    yield block
                now = os.fstat(handle.fileno())
        except OSError as error:
            raise unreadable(self._path, error) from error
        if (now.st_size, now.st_mtime_ns) != (self._found.st_size, self._found.st_mtime_ns):
            raise InputError("file_changed", path=self._path)


def blocks_of(source: "str | PathLike[str] | IO[bytes]", largest: int | None) -> tuple[Iterable[bytes], str]:
    """The bytes of a path, of ``-`` or of a binary file, and its name.

    Raises InputError for what cannot be read or is too large, and UsageError for what is none of the three.
    """
    if not isinstance(source, str | PathLike):
        return _of_stream(source, largest)
    path = as_path("standard input" if source == STANDARD_INPUT else source)
    try:
        if source == STANDARD_INPUT:
            return _limited(sys.stdin.buffer, path, largest) if sys.stdin else (), str(path)
        return _of_file(path, largest), as_text(source)
    except OSError as error:
        raise unreadable(path, error) from error


def beginning(blocks: Iterable[bytes], size: int) -> bytes:
    """The first bytes, so many at most."""
    found = b""
    for block in blocks:
        found += block[: size - len(found)]
        if len(found) == size:
            break
    return found


def unreadable(path: object, error: OSError) -> InputError:
    """What to raise when a file cannot be read."""
    if isinstance(error, FileNotFoundError):
        return InputError("file_missing", path=path)
    return InputError("file_unreadable", path=path, reason=reason(error))


def _of_file(path: Path, largest: int | None) -> Iterable[bytes]:
    if path.is_dir():
        raise InputError("input_is_folder", path=path)
    if path.is_char_device() or path.is_block_device():
        raise InputError("input_is_device", path=path)
    with path.open("rb") as handle:
        found = os.fstat(handle.fileno())
        if not stat.S_ISREG(found.st_mode):
            return _limited(handle, path, largest)
    refuse_large(path, found.st_size, largest)
    return FileBlocks(path, found)


def _of_stream(stream: IO[bytes], largest: int | None) -> tuple[tuple[bytes, ...], str]:
    """What a binary file that the caller opened holds, and its name."""
    if not callable(getattr(stream, "read", None)):
        raise UsageError("no_input", given=type(stream).__name__)
    name = getattr(stream, "name", None)
    named = as_text(name) if isinstance(name, str | PathLike) else "the input"
    try:
        if not isinstance(stream.read(0), bytes):
            raise UsageError("input_opened_as_text")
        return _limited(stream, named, largest), named
    except OSError as error:
        raise unreadable(named, error) from error
    except ValueError as error:  # it is closed
        raise InputError("file_unreadable", path=named, reason=error) from error


def _limited(stream: IO[bytes], path: object, largest: int | None) -> tuple[bytes, ...]:
    """What a stream holds. Raises InputError as soon as it is more than it may be."""
    blocks, length = [], 0
    while block := stream.read(BLOCK):
        blocks.append(block)
        length += len(block)
        refuse_large(path, length, largest)
    return tuple(blocks)
