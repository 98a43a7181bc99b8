"""The files that a run reads: no output of it may replace one of them."""

from collections.abc import Mapping
from contextlib import suppress
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from csvimport.errors import OutputError, Sentence
from csvimport.names import as_path
from csvimport.settings import Registers, Settings

if TYPE_CHECKING:
    from csvimport.read.source import Input

Kept = Mapping[Path, Sentence]
NOTHING: Kept = {}


def files_read(
    source: "Input", settings: Settings, *others: tuple[object, Sentence], attachments: "str | PathLike[str] | None" = None
) -> Kept:
    """The files that a run reads, each with what it is to the run.

    ``others``: what the caller gave as settings or mapping, a path or something else, with its name.
    """
    given = [(source if isinstance(source, str | PathLike) else getattr(source, "name", None), Sentence("what_input")), *others]
    kept = {Path(path): what for path, what in given if isinstance(path, str | PathLike)}
    for name in Registers.__dataclass_fields__:
        path = getattr(settings.registers, name)
        if isinstance(path, str) and path:
            kept[settings.folder / path] = Sentence("what_register", name=name)
    if attachments is not None:
        with suppress(OSError):  # a folder that cannot be read stops the run when it is asked for its files
            kept |= dict.fromkeys(as_path(attachments).iterdir(), Sentence("what_attachment"))
    return kept


def refuse_to_replace(target: Path, kept: Kept) -> None:
    """Raises OutputError when a target is a file that the run reads, a folder around one, or a device, which a file would replace."""
    if target.exists() and not (target.is_file() or target.is_dir()):
        raise OutputError("output_is_device", path=target)
    for path, what in kept.items():
        if not (target.exists() and path.exists()):
            continue
        if target.samefile(path):
            raise OutputError("output_is_kept", path=target, what=what)
        if target.is_dir() and target.resolve() in path.resolve().parents:
            raise OutputError("folder_holds_kept", source=path, what=what, path=target)
