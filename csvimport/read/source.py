"""From what the caller names to sheets: a path, a binary file, standard input, bytes or a DataFrame."""

import hashlib
import os
import stat
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING

from csvimport.columns import lengths
from csvimport.errors import InputError, Sentence, reason
from csvimport.limits import LONGEST_CELL, refuse_large
from csvimport.names import as_text
from csvimport.package import looks_like_package, read_package
from csvimport.read.delimited import read_delimited
from csvimport.read.sheet import Sheet

if TYPE_CHECKING:
    import pandas as pd

    from csvimport.read.workbook import Workbook

    Input = str | PathLike[str] | IO[bytes] | pd.DataFrame

TEXT_SUFFIXES = (".csv", ".txt", ".tsv")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
STANDARD_INPUT = "-"
_BLOCK = 1 << 24  # bytes

_OTHER_FORMATS = ((b"%PDF", "pdf"), (b"{\\rtf", "rtf"), (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"))


@dataclass(frozen=True)
class Contents:
    """The sheet to work on, or two that belong together, and the other files of a package (None without one).

    ``workbook``: the bytes of the workbook that they come from, None when it was none; ``sha256``: of the input as it was read.
    """

    sheets: tuple[Sheet, ...]
    attachments: Mapping[str, bytes] | None = None
    workbook: bytes | None = None
    sha256: str | None = None


def read_source(
    source: "Input | Sheet | Contents",
    *,
    sheet: str | None,
    choose: Callable[[Sequence[Sheet]], tuple[Sheet, ...]],
    as_is: bool = False,
    encoding: str = "cp1252",
    packages: bool = False,
    largest: int | None = None,
) -> Contents:
    """What an input holds.

    A sheet is taken as it is. ``choose`` picks among several sheets of a workbook when none is named, and gives none when it cannot decide; ``packages``:
    whether the transfer file may come in a ZIP package; ``largest``: how many bytes the input may have, a workbook unpacked. Raises InputError with a sentence for everything that cannot be read.
    """
    if isinstance(source, Contents):
        return source
    if isinstance(source, Sheet):
        return Contents((source,))
    import pandas as pd

    if isinstance(source, pd.DataFrame):
        from csvimport.read.frame import read_frame

        return Contents(_refuse_long(read_frame(source)))
    data, path = _bytes(source, largest)
    suffix, digest = Path(path).suffix.lower(), hashlib.sha256(data).hexdigest()
    if not data:
        raise InputError("file_empty", path=path)
    if looks_like_package(data, suffix) and (package := read_package(data, path, largest)):
        if not packages:
            raise InputError("package_not_meant", path=path)
        inside = read_delimited(package.content, package.name, as_is=as_is, encoding=encoding)
        return Contents(_refuse_long(inside), package.attachments, sha256=digest)
    if not _is_workbook(data, suffix, path):
        if sheet is not None:
            raise InputError("text_has_no_sheets", path=path)
        return Contents(_refuse_long(read_delimited(data, path, as_is=as_is, encoding=encoding)), sha256=digest)
    if as_is:
        raise InputError("workbook_as_is", path=path)
    from csvimport.read.workbook import Workbook

    return Contents(_refuse_long(*_from_workbook(Workbook(data, path, largest), sheet, choose)), workbook=data, sha256=digest)


def _refuse_long(*sheets: Sheet) -> tuple[Sheet, ...]:
    """The sheets. Raises InputError when a cell of theirs holds more than any text."""
    for sheet in sheets:
        for column in sheet.frame:
            if (length := lengths(sheet.frame[column])).max(initial=0) > LONGEST_CELL:
                at = int(length.argmax())
                raise InputError("cell_too_long", row=sheet.rows[at], length=length[at], most=LONGEST_CELL)
    return sheets


def _bytes(source: "str | PathLike[str] | IO[bytes]", largest: int | None) -> tuple[bytes, str]:
    if not isinstance(source, str | PathLike):
        name = as_text(getattr(source, "name", "the input"))
        return _limited(source, name, largest), name
    path = Path("standard input" if source == STANDARD_INPUT else source)
    try:
        if source == STANDARD_INPUT:
            return _limited(sys.stdin.buffer, path, largest) if sys.stdin else b"", str(path)
        return _file(path, largest), as_text(source)
    except FileNotFoundError as error:
        raise InputError("file_missing", path=path) from error
    except OSError as error:
        raise InputError("file_unreadable", path=path, reason=reason(error)) from error


def _file(path: Path, largest: int | None) -> bytes:
    """The bytes of a file or a pipe, which nobody may change meanwhile."""
    if path.is_dir():
        raise InputError("input_is_folder", path=path)
    if path.is_char_device() or path.is_block_device():
        raise InputError("input_is_device", path=path)
    with path.open("rb") as handle:
        before = os.fstat(handle.fileno())
        if not stat.S_ISREG(before.st_mode):
            return _limited(handle, path, largest)
        refuse_large(path, before.st_size, largest)
        data = handle.read()
        after = os.fstat(handle.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise InputError("file_changed", path=path)
    return data


def _limited(stream: IO[bytes], path: object, largest: int | None) -> bytes:
    """What a stream holds. Raises InputError as soon as it is more than it may be."""
    blocks, length = [], 0
    while block := stream.read(_BLOCK):
        blocks.append(block)
        length += len(block)
        refuse_large(path, length, largest)
    return b"".join(blocks)


def _is_workbook(data: bytes, suffix: str, path: str) -> bool:
    """Whether the bytes are a workbook. Raises InputError when they are not what the name says."""
    from csvimport.read.workbook import OLE, ZIP

    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<div")):
        raise InputError("web_page" if suffix else "web_page_unnamed", path=path, suffix=suffix)
    for mark, what in _OTHER_FORMATS:
        if data.startswith(mark):
            raise InputError("other_format", path=path, what=Sentence(what))
    is_workbook = data.startswith((ZIP, OLE))
    if is_workbook and suffix in TEXT_SUFFIXES:
        raise InputError("workbook_named_text", path=path, suffix=suffix)
    if not is_workbook and suffix in WORKBOOK_SUFFIXES:
        raise InputError("text_named_workbook", path=path, suffix=suffix)
    return is_workbook


def _from_workbook(book: "Workbook", name: str | None, choose: Callable[[Sequence[Sheet]], tuple[Sheet, ...]]) -> tuple[Sheet, ...]:
    if name is not None:
        return (book.read(name),)
    sheets = tuple(read for read in map(book.read, book.sheets) if _has_cells(read))
    if not sheets:
        raise InputError("sheets_empty", path=book.path)
    chosen = choose(sheets) if len(sheets) > 1 else sheets
    if not chosen:
        names = ", ".join(f"“{read.source.sheet}”" for read in sheets)
        raise InputError("several_sheets", path=book.path, sheets=names)
    return chosen


def _has_cells(sheet: Sheet) -> bool:
    return any(bool((sheet.frame[column] != "").any()) for column in sheet.frame)
