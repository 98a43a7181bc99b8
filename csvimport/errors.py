"""What stops a run: sentences of the catalogue ``messages/errors.toml``, in the language of whoever reads them."""

import errno
from collections.abc import Mapping
from typing import Any

from csvimport.masking import masked
from csvimport.messages import DEFAULT_LANGUAGE, error_text


class Sentence:
    """A sentence of the catalogue, or a piece of one, and the sentences that follow it.

    ``details`` fill its placeholders: values, pieces of the catalogue, and titles by language.
    """

    def __init__(self, key: str, /, *following: "Sentence | None", **details: Any) -> None:
        self.key, self.following, self.details = key, following, details

    def text(self, lang: str) -> str:
        """The words in a language."""
        own = error_text(self.key, lang, **{name: said_in(lang, value) for name, value in self.details.items()})
        return " ".join([own, *(sentence.text(lang) for sentence in self.following if sentence)])


def said_in(lang: str, value: Any) -> Any:
    """A detail of a message in a language: a piece of the catalogue, one of several by language, or what it is."""
    if isinstance(value, Sentence):
        return value.text(lang)
    return value[lang] if isinstance(value, Mapping) else value


class CsvImportError(Sentence, Exception):
    """Any reason why a call could not be carried out; findings in the data never raise."""

    def text(self, lang: str) -> str:
        """The words in a language, in which no name of a file, a sheet or a heading gives personal data away."""
        return masked(super().text(lang))

    def __str__(self) -> str:
        return self.text(DEFAULT_LANGUAGE)


class UsageError(CsvImportError):
    """The call itself is wrong: an unknown transfer file, option or settings key."""


class InputError(CsvImportError):
    """The input cannot be used: missing, empty, protected, not a spreadsheet."""


class OutputError(CsvImportError):
    """The output cannot be written: it exists, its folder does not, the disk is full."""


class SchemaError(CsvImportError):
    """A schema file is wrong; the message names the file and the key, in English: only developers meet it."""

    def text(self, lang: str) -> str:
        """The message itself."""
        return self.key


_REASONS = {
    errno.EACCES: "no_permission",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "file_too_large",
    errno.EIO: "device_error",
    errno.EISDIR: "is_a_folder",
    errno.ELOOP: "links_in_circle",
    errno.ENAMETOOLONG: "name_too_long",
    errno.ENOENT: "not_there",
    errno.ENOSPC: "disk_full",
    errno.ENOTDIR: "no_folder",
    errno.EROFS: "read_only",
}


def reason(error: OSError) -> Sentence | str:
    """Why the system could not read or write a file; in its own words where csvimport has none."""
    known = _REASONS.get(error.errno or 0)
    return Sentence(known) if known else error.strerror or str(error)
