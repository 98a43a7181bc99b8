"""ZIP files in memory, verified before anything in them is unpacked: workbooks and packages."""

import io
import lzma
import struct
import zipfile
import zlib

from csvimport.errors import InputError
from csvimport.limits import refuse_unpacked

# What zipfile and its decompressors raise for files that are damaged, or damaged on purpose.
BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


class Archive:
    """The entries of a ZIP file. ``damaged``, ``protected``: the sentences about one that cannot be used."""

    def __init__(self, data: bytes, path: str, *, largest: int | None, damaged: str, protected: str) -> None:
        """Raises InputError for a file that is no ZIP file, wants a password, or unpacks to more than it may."""
        self.path, self._damaged = path, damaged
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN as error:
            raise InputError(damaged, path=path) from error
        entries = self._zip.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise InputError(protected, path=path)
        refuse_unpacked(path, sum(entry.file_size for entry in entries), largest, packed=len(data))
        self.names = [entry.filename for entry in entries if not entry.filename.endswith("/")]  # is_dir() fails for a name of no letters

    def read(self, name: str, most: int = -1) -> bytes:
        """An entry unpacked, or its beginning. Raises InputError when it is damaged, KeyError when there is none."""
        entry = self._zip.getinfo(name)
        try:
            with self._zip.open(entry) as part:
                return part.read(most)
        except BROKEN as error:
            raise InputError(self._damaged, path=self.path) from error
