"""Records → upload-ready bytes, and bytes → a file that appears whole or not at all."""

import os
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa

from csvimport.columns import join, to_arrow
from csvimport.context import Context
from csvimport.errors import OutputError
from csvimport.kinds import KINDS
from csvimport.records import Data, Table

DELIMITER = ";"
LINE_END = "\r\n"


def to_bytes(data: Data, context: Context) -> bytes:
    """The upload-ready CSV: every record at full width, in file order, each child below its parent."""
    tables = [table for table in data.tables.values() if len(table)]
    lines = pa.concat_arrays([_lines(table, context) for table in tables])
    order = np.argsort(np.concatenate([table.order for table in tables]), kind="stable")
    text = LINE_END.join(lines.take(pa.array(order)).to_pylist())
    return f"{text}{LINE_END}".encode(context.settings.encoding)


def _lines(table: Table, context: Context) -> pa.LargeStringArray:
    cells = [to_arrow(KINDS[f.reader].write(table.text[f.key], f, context)) for f in table.record.fields]
    return join(cells, DELIMITER)


def attachments_of(table: Table) -> list[str]:
    """The names of files that the records of a table want beside them."""
    keys = [f.key for f in table.record.fields if f.kind == "filename"]
    return [name for key in keys for name in table.text[key].unique() if name]


def check_target(target: Path, *, force: bool, source: str | None = None) -> None:
    """Raises OutputError when the target cannot be written: its folder is missing, it exists, or it is the input itself."""
    if not target.parent.is_dir():
        raise OutputError(f"There is no folder {target.parent} to write {target.name} to.")
    if target.is_dir():
        raise OutputError(f"{target} is a folder; name the file to write.")
    if source is not None and target.exists() and Path(source).exists() and target.samefile(source):
        raise OutputError(f"{target} is the input; nothing ever replaces it. Give another name.")
    if target.exists() and not force:
        raise OutputError(f"{target} exists already. Give another name, or --force to replace it.")


def write_file(content: bytes, target: Path) -> None:
    """Writes a file by way of a temporary one in the same folder. Raises OutputError; the old file is then untouched."""
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as handle:
            temporary = handle.name
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        Path(temporary).replace(target)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise OutputError(f"{target} cannot be written: {error.strerror or error}.") from error
