"""The Python functions: the same line as the command line, embedded."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csvimport.errors import OutputError, Sentence, UsageError
from csvimport.kept import files_read
from csvimport.limits import bytes_of
from csvimport.mapping import load as load_mapping
from csvimport.mapping.draft import draft, likely_sheets
from csvimport.names import as_path, as_text, real
from csvimport.output.manifest import MANIFESTS
from csvimport.output.manifest import manifest as make_manifest
from csvimport.output.package import SUFFIX, make_package
from csvimport.output.separate import LIST, files
from csvimport.output.write import attachments_of, check_folder, check_target, to_blocks, write_file, write_folder
from csvimport.pipeline import Options, Outcome, run, run_applying, run_as
from csvimport.read.source import read_source
from csvimport.report.files import form_of, write_report
from csvimport.report.report import Report
from csvimport.schema import Schema, load
from csvimport.settings import LANGUAGES, Settings
from csvimport.settings import load as load_settings

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
        """The upload-ready CSV.

        Raises UsageError when the data has errors, because there is nothing to upload then, and when it makes several files.
        """
        return b"".join(self.to_blocks())

    def to_blocks(self) -> Iterator[bytes]:
        """The same block by block, for files that are too large to hold twice. Raises UsageError as ``to_bytes`` does."""
        self._without_errors()
        how = self._outcome.data.schema.separate
        if how and len(self._outcome.data[how.record]) > 1:
            raise UsageError(f"several_files_of_{how.record}")
        return to_blocks(self._outcome.data, self._outcome.context)

    def to_files(self) -> dict[str, bytes]:
        """The files to upload by name, and the list of them, where each record makes a file of its own.

        Raises UsageError when the data has errors, or when the transfer file is a single one.
        """
        how = self._outcome.data.schema.separate
        if how is None:
            raise UsageError("single_file", file=self._outcome.data.schema.file)
        self._without_errors()
        return files(self._outcome.data, how, self._outcome.context, self.report.lang, self.report.masked)

    def to_package(self, name: str) -> bytes:
        """A ZIP package of the CSV, under that name, and the attachments that it names.

        Raises UsageError when the data has errors.
        """
        wanted = {name for table in self._outcome.data.tables.values() for name in attachments_of(table)}
        return make_package(self.to_bytes(), name, self._outcome.context.attachments or {}, wanted)

    def _without_errors(self) -> None:
        if not self.report.ok:
            raise UsageError("data_has_errors", count=self.report.counts.errors)


def check(
    file: str,
    source: "Input",
    *,
    sheet: str | None = None,
    headings: str = "auto",
    mapping: str | PathLike[str] | Mapping[str, Any] | None = None,
    settings: str | PathLike[str] | Mapping[str, Any] | None = None,
    lang: str = "en",
    as_is: bool = False,
    strict: bool = False,
    sum_rows: bool = False,
    as_: str | None = None,
    accept: str | Iterable[str] = (),
    attachments: str | PathLike[str] | None = None,
    show_personal_data: bool = False,
    quiet_notes: bool = False,
    max_size: int | str | None = None,
    apply_suggestions: str | Iterable[str] = (),
    report: str | PathLike[str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Report:
    """Checks an input against a transfer file.

    ``source`` is a path, a binary file or a pandas DataFrame; ``as_``: another form to write the records in; ``sum_rows``: add up
    rows that are alike; ``accept``, ``apply_suggestions``: codes of findings; ``max_size``: how large the input may be, in bytes or as
    ``"2GB"``. Findings never raise. Raises InputError for an input that cannot be used, UsageError for a wrong call, and OutputError
    when the report cannot be written.
    """
    schema = load(file)
    if attachments is not None and not schema.package:
        raise UsageError("no_attachments", file=schema.file)
    options = _options(
        schema, lang=lang, sum_rows=sum_rows, mapping=mapping, accept=accept, apply=apply_suggestions, progress=progress, sheet=sheet,
        headings=headings, as_is=as_is, strict=strict, show_personal_data=show_personal_data, quiet_notes=quiet_notes,
        attachments=attachments,
    )  # fmt: skip
    known = _settings(settings, max_size)
    if report is not None:
        form_of(
            report,
            files_read(source, known, (settings, Sentence("what_settings")), (mapping, Sentence("what_mapping")), attachments=attachments),
        )
    found = _run(schema, as_, source, known, options).report
    if report is not None:
        options.progress("writing")
        write_report(found, report)
    return found


def convert(
    file: str,
    source: "Input",
    target: str | PathLike[str] | None = None,
    *,
    sheet: str | None = None,
    headings: str = "auto",
    mapping: str | PathLike[str] | Mapping[str, Any] | None = None,
    settings: str | PathLike[str] | Mapping[str, Any] | None = None,
    lang: str = "en",
    strict: bool = False,
    sum_rows: bool = False,
    as_: str | None = None,
    accept: str | Iterable[str] = (),
    attachments: str | PathLike[str] | None = None,
    show_personal_data: bool = False,
    quiet_notes: bool = False,
    max_size: int | str | None = None,
    apply_suggestions: str | Iterable[str] = (),
    report: str | PathLike[str] | None = None,
    manifest: bool = False,
    force: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Result:
    """Checks an input and, when it has no errors, writes the upload-ready CSV to the target if one is given.

    Raises InputError, UsageError, and OutputError when the target cannot be written; an existing target is replaced only with
    ``force``, and never when it is the input.
    """
    schema = load(file)
    path = None if target is None else as_path(target)
    package = path is not None and path.suffix.lower() == SUFFIX
    if package and not schema.package:
        raise UsageError("no_package", file=schema.file)
    if attachments is not None and not (package and schema.package):
        raise UsageError("attachments_without_package")
    folder = path is not None and schema.separate is not None and as_ is None and (path.is_dir() or not path.suffix[1:2].isalpha())
    known = _settings(settings, max_size)
    kept = files_read(source, known, (settings, Sentence("what_settings")), (mapping, Sentence("what_mapping")), attachments=attachments)
    if path is not None and folder:
        check_folder(path, force=force, listed=LIST, kept=kept)
    elif path is not None:
        check_target(path, force=force, kept=kept)
    options = _options(
        schema, lang=lang, sum_rows=sum_rows, mapping=mapping, accept=accept, apply=apply_suggestions, progress=progress, sheet=sheet,
        headings=headings, strict=strict, show_personal_data=show_personal_data, quiet_notes=quiet_notes, attachments=attachments,
        package=package, target=path.name if path is not None and not (folder or package) else "",
    )  # fmt: skip
    if manifest and path is None:
        raise UsageError("manifest_without_output")
    beside = [path.with_name(path.name + end) for end in MANIFESTS] if path is not None and manifest else []
    for other in beside:
        check_target(other, force=force, kept=kept)
    if report is not None:
        form_of(report, kept)
        there = real(as_path(report))
        if there in {real(other) for other in (*beside, *([path] if path else []))}:
            raise UsageError("report_is_output", report=report)
        if path is not None and folder and real(path) in there.parents:
            raise OutputError("report_in_folder", report=report, path=path)
    result = Result(_run(schema, as_, source, known, options))
    if path is not None and result.report.ok:
        options.progress("writing")
        _write(result, path, folder=folder, package=package, manifest=manifest)
    if report is not None:
        options.progress("writing")
        with _after(path if result.report.ok else None):
            write_report(result.report, report)
    return result


def _write(result: Result, path: Path, *, folder: bool, package: bool, manifest: bool) -> None:
    """Writes the output of a conversion, a file or a folder of them, and its manifest; the report then names them."""
    if folder:
        contents = result.to_files()
        write_folder(contents, path)
        outputs = [path / name for name in contents]
    else:
        write_file([result.to_package(f"{path.stem}.csv")] if package else result.to_blocks(), path)
        outputs = [path]
    with _after(path):
        for end, content in make_manifest(result.report, outputs).items() if manifest else ():
            beside = path.with_name(path.name + end)
            write_file([content], beside)
            outputs.append(beside)
    result.report = result.report.with_outputs(*map(as_text, outputs))


@contextmanager
def _after(output: Path | None) -> Iterator[None]:
    """What fails to be written behind the output says that this one stands."""
    try:
        yield
    except OutputError as error:
        stands = Sentence("output_stands", path=output) if output else None
        raise OutputError(error.key, *error.following, stands, **error.details) from error


def draft_mapping(
    file: str,
    source: "Input",
    target: str | PathLike[str] | None = None,
    *,
    sheet: str | None = None,
    settings: str | PathLike[str] | Mapping[str, Any] | None = None,
    lang: str = "en",
    max_size: int | str | None = None,
    force: bool = False,
) -> str:
    """A mapping drafted from an input, as TOML with comments, written to the target if one is given.

    Raises InputError, UsageError, and OutputError when the target cannot be written.
    """
    schema, known = load(file), _settings(settings, max_size)
    if target is not None:
        check_target(as_path(target), force=force, kept=files_read(source, known, (settings, Sentence("what_settings"))))
    contents = read_source(
        source, sheet=sheet, choose=lambda found: likely_sheets(found, schema), packages=schema.package, largest=known.largest
    )
    text = draft(contents.sheets, schema, known, _language(lang))
    if target is not None:
        write_file([text.encode()], as_path(target))
    return text


def _settings(settings: "str | PathLike[str] | Mapping[str, Any] | None", max_size: int | str | None) -> Settings:
    """The settings of a run; a size that is asked for goes before theirs. Raises InputError and UsageError."""
    known = load_settings(settings)
    return known if max_size is None else replace(known, max_size=str(bytes_of(str(max_size))))


def _options(
    schema: Schema,
    *,
    lang: str,
    sum_rows: bool,
    mapping: "str | PathLike[str] | Mapping[str, Any] | None",
    accept: "str | Iterable[str]",
    apply: "str | Iterable[str]",
    progress: Callable[[str], None] | None,
    **plain: Any,
) -> Options:
    """The options of a run, verified; the others are taken as they are. Raises UsageError and InputError."""
    if sum_rows and schema.summed is None:
        raise UsageError("not_added_up", file=schema.file)
    if mapping is not None and (plain.get("as_is") or plain["headings"] == "no"):
        raise UsageError("mapping_without_headings")
    return Options(
        lang=_language(lang), sum_rows=sum_rows, mapping=load_mapping(mapping, schema), accept=_codes(accept), apply=_codes(apply),
        progress=progress or (lambda step: None), **plain,
    )  # fmt: skip


def _codes(given: "str | Iterable[str]") -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _run(schema: Schema, as_: str | None, source: "Input", settings: Settings, options: Options) -> Outcome:
    if options.apply and options.as_is:
        raise UsageError("nothing_applied_as_is")
    if as_ is None and options.apply:
        return run_applying(schema, source, settings, options)
    if as_ is None:
        return run(schema, source, settings, options)
    if options.apply:
        raise UsageError("suggestions_with_other_form")
    return run_as(schema, schema.recast(as_), source, settings, options)


def _language(lang: str) -> str:
    if lang not in LANGUAGES:
        raise UsageError("language_unknown", lang=lang, known=", ".join(LANGUAGES))
    return lang
