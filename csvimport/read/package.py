"""ZIP packages: a transfer file together with its attachments; and folders of attachments for one that is made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from csvimport.errors import InputError, UsageError, reason
from csvimport.names import as_path
from csvimport.read.archive import Archive

SUFFIX = ".zip"
_WORKBOOK_PARTS = ("[Content_Types].xml", "mimetype")
_LEFT_BY_MACS = "__MACOSX/"
_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")  # of a ZIP file, and of one without entries


@dataclass(frozen=True)
class Package:
    """The transfer file of a package, its name, and the other files by name."""

    content: bytes
    name: str
    attachments: Mapping[str, bytes]


def read_package(data: bytes, path: str, largest: int | None = None) -> Package | None:
    """A package's contents; None when the bytes are a workbook, which is a ZIP file too. Attachments are known by their names without folders.

    ``largest``: the bytes that it may unpack to. Raises InputError when the package is damaged, does not hold exactly one CSV file, or
    holds two attachments of one name.
    """
    archive = Archive(data, path, largest=largest, damaged="package_damaged", protected="package_protected")
    names = [name for name in archive.names if not name.startswith(_LEFT_BY_MACS)]
    if any(name in _WORKBOOK_PARTS for name in names):
        return None
    tables = [name for name in names if name.lower().endswith(".csv")]
    if len(tables) != 1:
        raise InputError("package_with_several_tables" if tables else "package_without_table", path=path, count=len(tables))
    attachments: dict[str, bytes] = {}
    for name in (name for name in names if name != tables[0]):
        plain = name.replace("\\", "/").rpartition("/")[2]
        if plain in attachments:
            raise InputError("package_name_twice", path=path, name=plain)
        attachments[plain] = archive.read(name)
    return Package(archive.read(tables[0]), tables[0], attachments)


def looks_like_package(data: bytes, suffix: str) -> bool:
    """Whether bytes are a ZIP file that is not named as a workbook."""
    return data.startswith(_BEGINNINGS) and suffix in ("", SUFFIX)


class FolderFiles(Mapping[str, bytes]):
    """The files of a folder by name, each read when it is asked for."""

    def __init__(self, folder: Path) -> None:
        """Raises InputError when the folder cannot be read."""
        try:
            self._files = {file.name: file for file in folder.iterdir() if file.is_file()}
        except OSError as error:
            raise InputError("file_unreadable", path=folder, reason=reason(error)) from error

    def __getitem__(self, name: str) -> bytes:
        """The bytes of a file. Raises InputError when it cannot be read any more."""
        path = self._files[name]
        try:
            return path.read_bytes()
        except OSError as error:
            raise InputError("file_unreadable", path=path, reason=reason(error)) from error

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def folder_contents(folder: str | PathLike[str]) -> Mapping[str, bytes]:
    """The files in a folder by name. Raises UsageError when it is none."""
    path = as_path(folder)
    if not path.is_dir():
        raise UsageError("attachments_no_folder", path=path)
    return FolderFiles(path)
