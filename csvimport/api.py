"""The Python functions: the same line as the command line, embedded."""

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csvimport.errors import UsageError
from csvimport.package import SUFFIX, make_package
from csvimport.pipeline import Options, Outcome, run
from csvimport.report.report import Report
from csvimport.schema import load
from csvimport.settings import LANGUAGES
from csvimport.settings import load as load_settings
from csvimport.write import attachments_of, check_target, to_bytes, write_file

if TYPE_CHECKING:
    from csvimport.read.source import Input


class Result:
    """What a conversion gave: the report, the files written, and the bytes."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self.report: Report = outcome.report

    @property
    def outputs(self) -> tuple[str, ...]:
        """The files that were written."""
        return self.report.outputs

    def to_bytes(self) -> bytes:
        """The upload-ready CSV. Raises UsageError when the data has errors: there is nothing to upload then."""
        if not self.report.ok:
            raise UsageError(f"There are {self.report.counts.errors} errors in the data, so there is no file to upload. See report.issues.")
        return to_bytes(self._outcome.data, self._outcome.context)

    def to_package(self, name: str) -> bytes:
        """A ZIP package of the CSV, under that name, and the attachments that it names.

        Raises UsageError when the data has errors.
        """
        wanted = {name for table in self._outcome.data.tables.values() for name in attachments_of(table)}
        return make_package(self.to_bytes(), name, self._outcome.context.attachments or {}, wanted)


def check(
    file: str,
    source: "Input",
    *,
    sheet: str | None = None,
    headings: str = "auto",
    settings: str | PathLike[str] | Mapping[str, Any] | None = None,
    lang: str = "en",
    as_is: bool = False,
    strict: bool = False,
    accept: tuple[str, ...] = (),
    attachments: str | PathLike[str] | None = None,
    show_personal_data: bool = False,
) -> Report:
    """Checks an input against a transfer file.

    ``source`` is a path, a binary file or a pandas DataFrame. Findings never raise. Raises InputError for an input that cannot
    be used and UsageError for a wrong call.
    """
    schema = load(file)
    if attachments is not None and not schema.package:
        raise UsageError(f"{schema.file} have no attachments; leave the folder out.")
    options = Options(sheet, headings, _language(lang), as_is, strict, tuple(accept), show_personal_data, attachments)
    return run(schema, source, load_settings(settings), options).report


def convert(
    file: str,
    source: "Input",
    target: str | PathLike[str] | None = None,
    *,
    sheet: str | None = None,
    headings: str = "auto",
    settings: str | PathLike[str] | Mapping[str, Any] | None = None,
    lang: str = "en",
    strict: bool = False,
    accept: tuple[str, ...] = (),
    attachments: str | PathLike[str] | None = None,
    show_personal_data: bool = False,
    force: bool = False,
) -> Result:
    """Checks an input and, when it has no errors, writes the upload-ready CSV to the target if one is given.

    Raises InputError, UsageError, and OutputError when the target cannot be written; an existing target is replaced only with
    ``force``, and never when it is the input.
    """
    schema = load(file)
    path = None if target is None else Path(target)
    package = path is not None and path.suffix.lower() == SUFFIX
    if package and not schema.package:
        raise UsageError(f"{schema.file} are not uploaded in a package; give an output that ends in .csv.")
    if attachments is not None and not (package and schema.package):
        raise UsageError("Attachments go into a ZIP package; give an output that ends in .zip.")
    if path is not None:
        check_target(path, force=force, source=_path_of(source))
    options = Options(sheet, headings, _language(lang), False, strict, tuple(accept), show_personal_data, attachments, package)
    result = Result(run(schema, source, load_settings(settings), options))
    if path is not None and result.report.ok:
        write_file(result.to_package(f"{path.stem}.csv") if package else result.to_bytes(), path)
        result.report = result.report.with_outputs(str(target))
    return result


def _path_of(source: "Input") -> str | None:
    """The path of an input that has one."""
    name = source if isinstance(source, str | PathLike) else getattr(source, "name", None)
    return str(name) if isinstance(name, str | PathLike) else None


def _language(lang: str) -> str:
    if lang not in LANGUAGES:
        raise UsageError(f"“{lang}” is no language of csvimport; there are: {', '.join(LANGUAGES)}.")
    return lang
