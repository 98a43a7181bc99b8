"""Records → upload-ready bytes, and bytes → a file that appears whole or not at all."""

import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import numpy as np
import pyarrow as pa

from csvimport.columns import join, line_blocks, to_arrow
from csvimport.context import Context
from csvimport.errors import OutputError, reason
from csvimport.findings import Places
from csvimport.kept import NOTHING, Kept, refuse_to_replace
from csvimport.kinds import KINDS
from csvimport.names import real
from csvimport.records import Data, Table

DELIMITER = ";"
LINE_END = "\r\n"
OWNER_ONLY = 0o600
RECORDS_AT_ONCE = 100_000


def to_blocks(data: Data, context: Context) -> Iterator[bytes]:
    """The upload-ready CSV in blocks: every record at full width, in file order, each child below its parent."""
    tables = [table for table in data.tables.values() if table.record.written and len(table)]
    order = np.argsort(np.concatenate([table.order for table in tables]), kind="stable")
    starts = np.cumsum([0, *map(len, tables)])
    for first in range(0, len(order), RECORDS_AT_ONCE):
        here = order[first : first + RECORDS_AT_ONCE]
        parts, places = [], []
        for table, start in zip(tables, starts, strict=False):
            at = np.flatnonzero((here >= start) & (here < start + len(table)))
            parts.append(lines_of(table, context, here[at] - start))
            places.append(at)
        lines = pa.concat_arrays(parts).take(pa.array(np.argsort(np.concatenate(places)))) if len(parts) > 1 else parts[0]
        yield encoded(lines, context)


def encoded(lines: pa.LargeStringArray, context: Context) -> bytes:
    """Lines with their ends as the bytes of a file."""
    encoding = context.settings.encoding
    return b"".join(block if block.isascii() else block.decode().encode(encoding) for block in line_blocks(lines))


def lines_of(table: Table, context: Context, at: Places) -> pa.LargeStringArray:
    """Some records of a table as lines with their ends, each at its full width."""
    in_one_piece = len(at) and at[-1] - at[0] == len(at) - 1 and (np.diff(at) == 1).all()
    chosen = table.text.iloc[at[0] : at[-1] + 1] if in_one_piece else table.text.iloc[at]
    cells = [to_arrow(KINDS[f.reader].write(chosen[f.key], f, context)) for f in table.record.fields]
    return join((*cells[:-1], join((cells[-1], ""), LINE_END)), DELIMITER)


def attachments_of(table: Table) -> list[str]:
    """The names of files that the records of a table want beside them."""
    keys = [f.key for f in table.record.fields if f.kind == "filename"]
    return [name for key in keys for name in table.text[key].unique() if name]


def check_folder(target: Path, *, force: bool, listed: str, kept: Kept) -> None:
    """Raises OutputError when a folder cannot be written, or holds a file that is kept.

    One with files in it is replaced only with ``force``, and only when all of them are named in the list that an earlier run left.
    """
    if not target.absolute().parent.is_dir():
        raise OutputError("folder_missing", folder=target.parent, name=target.name)
    if target.is_file():
        raise OutputError("folder_is_file", path=target)
    if target.resolve() in (here := Path.cwd(), *here.parents):
        raise OutputError("folder_is_working_folder", path=target)
    held = {path.name for path in target.iterdir()} if target.is_dir() else set()
    if held and not force:
        raise OutputError("folder_not_empty", path=target)
    refuse_to_replace(target, kept)
    strangers = held - _made_before(target, listed)
    if strangers:
        raise OutputError("folder_holds_others", path=target, name=min(strangers))


def _made_before(folder: Path, listed: str) -> set[str]:
    """The files that an earlier run made, by its list."""
    path = folder / f"{listed}.csv"
    if not path.is_file():
        return set()
    names = (line.split(";")[0] for line in path.read_text(encoding="utf-8-sig", errors="replace").splitlines()[1:])
    return {*(name for name in names if re.fullmatch(r"\d+(?:_[\w-]+)*\.csv", name)), path.name, f"{listed}.md"}


def write_folder(contents: Mapping[str, bytes], target: Path) -> None:
    """Writes a folder of files, whole or not at all: beside the old one, which it then replaces, for a link where it leads.

    Raises OutputError.
    """
    temporary, place = None, real(target)
    try:
        temporary = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}."))
        for name, content in contents.items():
            _write_through((content,), temporary / name)
        _swap(temporary, place)
    except OSError as error:
        raise OutputError("output_unwritable", path=target, reason=reason(error)) from error
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)


def _swap(new: Path, target: Path) -> None:
    """Puts a folder in the place of another; the old one stays when that fails or is interrupted."""
    if not target.exists():
        new.replace(target)
        return
    old = Path(tempfile.mkdtemp(dir=target.absolute().parent, prefix=f".{target.name}.old."))
    kept = old / target.name
    try:
        target.replace(kept)
        new.replace(target)
    finally:
        if kept.exists() and not target.exists():
            kept.replace(target)
        shutil.rmtree(old, ignore_errors=True)


def check_target(target: Path, *, force: bool, kept: Kept = NOTHING) -> None:
    """Raises OutputError when the target cannot be written: its folder is missing, it exists, or it is a file that is kept."""
    if not target.parent.is_dir():
        raise OutputError("folder_missing", folder=target.parent, name=target.name)
    if target.is_dir():
        raise OutputError("output_is_folder", path=target)
    refuse_to_replace(target, kept)
    if target.exists() and not force:
        raise OutputError("output_exists", path=target)


def write_file(blocks: Iterable[bytes], target: Path, *, force: bool = True) -> None:
    """Writes a file by way of a temporary one in the same folder, for a link where it leads.

    Raises OutputError, without ``force`` also when the file has been made in the meantime; the old file is then untouched.
    """
    place = real(target)
    temporary = place.with_name(f".{place.name}.{secrets.token_hex(4)}")  # known before it exists, so that it never outlives a run
    try:
        _write_through(blocks, temporary)
        if force:
            temporary.replace(place)
        else:
            _appear(temporary, place)
    except FileExistsError as error:
        raise OutputError("output_exists", path=target) from error
    except OSError as error:
        raise OutputError("output_unwritable", path=target, reason=reason(error)) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _appear(temporary: Path, place: Path) -> None:
    """Gives a file its name. Raises FileExistsError when there is one of that name, also one that another program has just made."""
    try:
        place.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # the disk knows no second names
        if place.exists():
            raise FileExistsError from None
        temporary.replace(place)


def _write_through(blocks: Iterable[bytes], place: Path) -> None:
    """Writes a new file to the disk, not only to what the system keeps in memory."""
    with open(place, "xb", opener=_for_owner_only) as handle:
        handle.writelines(blocks)
        handle.flush()
        os.fsync(handle.fileno())


def _for_owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, OWNER_ONLY)
