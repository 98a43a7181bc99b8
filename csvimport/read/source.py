"""From what the caller names to sheets: a path, a binary file, standard input or a DataFrame."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np

from csvimport.columns import ends_of, lengths, to_arrow
from csvimport.errors import InputError, Sentence, UsageError
from csvimport.limits import LONGEST_CELL
from csvimport.read.blocks import beginning, blocks_of, unreadable
from csvimport.read.delimited import read_delimited
from csvimport.read.package import looks_like_package, read_package
from csvimport.read.sheet import Sheet

if TYPE_CHECKING:
    import pandas as pd

    from csvimport.read.workbook import Workbook

    Input = str | PathLike[str] | IO[bytes] | pd.DataFrame

HEAD = 1000  # bytes that tell what a file is
TEXT_SUFFIXES = (".csv", ".txt", ".tsv")
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")

_OTHER_FORMATS = ((b"%PDF", "pdf"), (b"{\\rtf", "rtf"), (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"))


Choose = Callable[[Sequence[Sheet]], tuple[Sheet, ...]]
Join = Callable[[Sheet, Callable[[], Sequence[Sheet]]], tuple[Sheet, ...]]


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
    choose: Choose,
    join: Join = lambda sheet, others: (sheet,),
    as_is: bool = False,
    encoding: str = "cp1252",
    packages: bool = False,
    largest: int | None = None,
) -> Contents:
    """What an input holds.

    A sheet is taken as it is. ``choose`` picks among several sheets of a workbook when none is named, and gives none when it cannot
    decide; ``join`` adds to a named sheet what belongs to it on another one; ``packages``: whether the transfer file may come in a ZIP
    package; ``largest``: how many bytes the input may have, a workbook unpacked. Raises InputError with a sentence for everything that
    cannot be read, and UsageError for what no such input has.
    """
    if isinstance(source, Contents):
        return source
    if isinstance(source, Sheet):
        return Contents((source,))
    import pandas as pd

    if isinstance(source, pd.DataFrame):
        from csvimport.read.frame import read_frame

        if as_is or sheet is not None:
            raise UsageError("frame_as_is" if as_is else "frame_has_no_sheets")
        return Contents(_refuse_long(read_frame(source)))
    blocks, path = blocks_of(source, largest)
    head, suffix = beginning(blocks, HEAD), Path(path).suffix.lower()
    digest, size = _digest(blocks)
    if not size:
        raise InputError("file_empty", path=path)
    if looks_like_package(head, suffix) and (package := read_package(b"".join(blocks), path, largest)):
        if not packages:
            raise InputError("package_not_meant", path=path)
        if sheet is not None:
            raise InputError("text_has_no_sheets", path=path)
        inside = read_delimited((package.content,), package.name, as_is=as_is, encoding=encoding)
        inside = replace(inside, source=replace(inside.source, path=path))
        return Contents(_refuse_long(inside), package.attachments, sha256=digest)
    if not _is_workbook(head, suffix, path):
        if sheet is not None:
            raise InputError("text_has_no_sheets", path=path)
        try:
            read = read_delimited(blocks, path, as_is=as_is, encoding=encoding, size=size)
        except OSError as error:  # there is no room for a temporary file, or none may be opened
            raise unreadable(path, error) from error
        return Contents(_refuse_long(read), sha256=digest)
    if as_is:
        raise InputError("workbook_as_is", path=path)
    from csvimport.read.workbook import Workbook

    data = b"".join(blocks)
    return Contents(_refuse_long(*_from_workbook(Workbook(data, path, largest), sheet, choose, join)), workbook=data, sha256=digest)


def _refuse_long(*sheets: Sheet) -> tuple[Sheet, ...]:
    """The sheets. Raises InputError when a cell of theirs holds more than any text."""
    for sheet in sheets:
        for column in sheet.frame:
            if np.diff(ends_of(to_arrow(sheet.frame[column]))).max(initial=0) <= LONGEST_CELL:
                continue  # not even in bytes, of which a character has one at least
            if (length := lengths(sheet.frame[column])).max(initial=0) > LONGEST_CELL:
                at = int(length.argmax())
                raise InputError("cell_too_long", row=sheet.rows[at], length=length[at], most=LONGEST_CELL)
    return sheets


def _digest(blocks: Iterable[bytes]) -> tuple[str, int]:
    """The SHA-256 of the bytes, and how many they are."""
    digest, size = hashlib.sha256(), 0
    for block in blocks:
        digest.update(block)
        size += len(block)
    return digest.hexdigest(), size


def _is_workbook(head: bytes, suffix: str, path: str) -> bool:
    """Whether bytes that begin so are a workbook. Raises InputError when they are not what the name says."""
    from csvimport.read.workbook import OLE, ZIP

    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<div")):
        raise InputError("web_page" if suffix else "web_page_unnamed", path=path, suffix=suffix)
    for mark, what in _OTHER_FORMATS:
        if head.startswith(mark):
            raise InputError("other_format", path=path, what=Sentence(what))
    is_workbook = head.startswith((ZIP, OLE))
    if is_workbook and suffix in TEXT_SUFFIXES:
        raise InputError("workbook_named_text", path=path, suffix=suffix)
    if not is_workbook and suffix in WORKBOOK_SUFFIXES:
        raise InputError("text_named_workbook", path=path, suffix=suffix)
    return is_workbook


def _from_workbook(book: "Workbook", name: str | None, choose: Choose, join: Join) -> tuple[Sheet, ...]:
    if name is not None:
        return join(book.read(name), lambda: [book.read(other) for other in book.sheets if other != name])
    sheets = tuple(read for read in map(book.read, book.sheets) if _has_cells(read))
    if not sheets:
        raise InputError("sheets_empty", path=book.path)
    chosen = choose(sheets) if len(sheets) > 1 else sheets
    if not chosen:
        raise several_sheets(sheets)
    return chosen


def several_sheets(sheets: Sequence[Sheet]) -> InputError:
    """What is said when each of several sheets of a workbook could be meant."""
    names = ", ".join(f"“{sheet.source.sheet}”" for sheet in sheets)
    return InputError("several_sheets", path=sheets[0].source.path, sheets=names)


def _has_cells(sheet: Sheet) -> bool:
    return any(bool((sheet.frame[column] != "").any()) for column in sheet.frame)
