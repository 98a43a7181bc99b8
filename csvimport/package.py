"""ZIP packages: a transfer file together with its attachments, read and written."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from csvimport.errors import InputError, UsageError

SUFFIX = ".zip"
LARGEST_PACKAGE = 2_000_000_000
_WORKBOOK_PARTS = ("[Content_Types].xml", "mimetype")
_LEFT_BY_MACS = "__MACOSX/"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Package:
    """The transfer file of a package, its name, and the other files by name."""

    content: bytes
    name: str
    attachments: Mapping[str, bytes]


def read_package(data: bytes, path: str) -> Package | None:
    """A package's contents; None when the bytes are a workbook, which is a ZIP file too.

    Raises InputError when the package is damaged or does not hold exactly one CSV file.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise InputError("package_damaged", path=path) from error
    entries = [entry for entry in archive.infolist() if not (entry.is_dir() or entry.filename.startswith(_LEFT_BY_MACS))]
    if any(entry.filename in _WORKBOOK_PARTS for entry in entries):
        return None
    if sum(entry.file_size for entry in entries) > LARGEST_PACKAGE:
        raise InputError("package_too_large", path=path, limit=LARGEST_PACKAGE // 1_000_000)
    tables = [entry for entry in entries if entry.filename.lower().endswith(".csv")]
    if len(tables) != 1:
        raise InputError("package_with_several_tables" if tables else "package_without_table", path=path, count=len(tables))
    if any(entry.flag_bits & 1 for entry in entries):
        raise InputError("package_protected", path=path)
    try:
        contents = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise InputError("package_part_damaged", path=path) from error
    return Package(contents.pop(tables[0].filename), tables[0].filename, {Path(name).name: content for name, content in contents.items()})


def looks_like_package(data: bytes, suffix: str) -> bool:
    """Whether bytes are a ZIP file that is not named as a workbook."""
    return data.startswith(b"PK") and suffix in ("", SUFFIX)


class FolderFiles(Mapping[str, bytes]):
    """The files of a folder by name, each read when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self._files = {file.name: file for file in folder.iterdir() if file.is_file()}

    def __getitem__(self, name: str) -> bytes:
        return self._files[name].read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def folder_contents(folder: str | PathLike[str]) -> Mapping[str, bytes]:
    """The files in a folder by name. Raises UsageError when it is none."""
    path = Path(folder)
    if not path.is_dir():
        raise UsageError("attachments_no_folder", path=path)
    return FolderFiles(path)


def make_package(content: bytes, name: str, attachments: Mapping[str, bytes], wanted: Iterable[str]) -> bytes:
    """The bytes of a package with everything on its top level; the same contents always give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, _FIXED_TIME), content, zipfile.ZIP_DEFLATED)
        for attachment in sorted(set(wanted)):
            archive.writestr(zipfile.ZipInfo(attachment, _FIXED_TIME), attachments[attachment], zipfile.ZIP_DEFLATED)
    return target.getvalue()
