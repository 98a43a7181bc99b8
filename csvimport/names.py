"""Names of files: what a caller may give as one, and how it is shown; a few are no text, and nothing but their bytes leads to the file."""

import os
from os import PathLike
from pathlib import Path

from csvimport.errors import UsageError


def as_path(name: object) -> Path:
    """The path that a caller gave. Raises UsageError for what is none, and for a name that no file can have."""
    if not isinstance(name, str | PathLike):
        raise UsageError("no_path", given=type(name).__name__)
    try:
        if b"\0" not in os.fsencode(name):
            return Path(name)
    except UnicodeEncodeError:
        pass
    raise UsageError("impossible_name", given=repr(os.fspath(name)))


def real(path: Path) -> Path:
    """A path without links, as far as they lead anywhere."""
    return Path(os.path.realpath(path))


def as_text(name: object) -> str:
    """The name of a file as text; what is none in it becomes the sign for that."""
    return os.fsencode(str(name)).decode("utf-8", errors="replace")
