"""The Python functions: the same line as the command line, embedded."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import replace
from os import PathLike
from typing import TYPE_CHECKING, Any

from csvimport.errors import Sentence, UsageError
from csvimport.kept import files_read
from csvimport.limits import bytes_of
from csvimport.mapping import load as load_mapping
from csvimport.mapping.draft import draft, likely_sheets
from csvimport.meant import sheet_with_lines
from csvimport.names import as_path, as_text
from csvimport.output.target import Form, target_of
from csvimport.output.write import check_target, write_file
from csvimport.pipeline import Options, Outcome, run, run_applying, run_as
from csvimport.read.source import read_source
from csvimport.report.files import form_of, write_report
from csvimport.report.report import Report
from csvimport.result import Result
from csvimport.schema import Schema, load
from csvimport.settings import LANGUAGES, Settings
from csvimport.settings import load as load_settings

if TYPE_CHECKING:
    from csvimport.read.source import Input


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
    output = None if target is None else target_of(as_path(target), schema, as_other=as_ is not None, manifest=manifest)
    package = output is not None and output.form == Form.PACKAGE
    if attachments is not None and not package:
        raise UsageError("attachments_without_package")
    if manifest and output is None:
        raise UsageError("manifest_without_output")
    known = _settings(settings, max_size)
    kept = files_read(source, known, (settings, Sentence("what_settings")), (mapping, Sentence("what_mapping")), attachments=attachments)
    if output:
        output.check(force=force, kept=kept)
    options = _options(
        schema, lang=lang, sum_rows=sum_rows, mapping=mapping, accept=accept, apply=apply_suggestions, progress=progress, sheet=sheet,
        headings=headings, strict=strict, show_personal_data=show_personal_data, quiet_notes=quiet_notes, attachments=attachments,
        package=package, target=output.file_name if output else "",
    )  # fmt: skip
    if report is not None:
        form_of(report, kept)
        if output:
            output.check_report(as_path(report))
    result = Result(_run(schema, as_, source, known, options))
    written = output if result.report.ok else None
    if written:
        options.progress("writing")
        result.report = result.report.with_outputs(*map(as_text, written.write(result, force=force)))
    if report is not None:
        options.progress("writing")
        with written.standing() if written else nullcontext():
            write_report(result.report, report)
    return result


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
        source, sheet=sheet, choose=lambda found: likely_sheets(found, schema),
        join=lambda named, others: sheet_with_lines(named, others, schema, None), packages=schema.package, largest=known.largest,
    )  # fmt: skip
    text = draft(contents.sheets, schema, known, _language(lang))
    if target is not None:
        write_file([text.encode()], as_path(target), force=force)
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
    if isinstance(given, str):
        return tuple(code.strip() for code in given.split(",") if code.strip())
    codes = tuple(given) if isinstance(given, Iterable) else (given,)
    for code in codes:
        if not isinstance(code, str):
            raise UsageError("codes_unknown", given=repr(code))
    return codes


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
