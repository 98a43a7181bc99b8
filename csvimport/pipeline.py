"""The line: a source → a sheet → headings → records → notation → checks → a report and the records to write."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, replace
from os import PathLike
from typing import TYPE_CHECKING

import numpy as np

from csvimport import rules
from csvimport.context import Context
from csvimport.errors import InputError, Sentence, UsageError
from csvimport.findings import Finding, Places, about_file, common_finding
from csvimport.followers import Said
from csvimport.headings import recognised as heads
from csvimport.mapping import Mapping
from csvimport.mapping.applied import apply
from csvimport.meant import sheet_with_lines, sheets_meant
from csvimport.notation import normalise
from csvimport.read.package import folder_contents
from csvimport.read.sheet import Sheet
from csvimport.read.source import Contents, read_source
from csvimport.recast import recast
from csvimport.records import Data
from csvimport.repairs import repair
from csvimport.report.report import Report
from csvimport.rules.totals import TOTALS
from csvimport.schema import Schema, load, names
from csvimport.settings import Settings
from csvimport.severity import Severity
from csvimport.shapes import Recast
from csvimport.shifted import told_once
from csvimport.sorting.build import build
from csvimport.sorting.comments import leave_out
from csvimport.suggest import did_you_mean
from csvimport.suggestions import chosen, notes, with_suggestions
from csvimport.summing import add_up
from csvimport.validate import validate

if TYPE_CHECKING:
    from csvimport.read.source import Input

HEADINGS = ("auto", "yes", "no")

# Lines that belong to nothing, sums whose side and figures whose month cannot be told, columns that a mapping misses.
_CAUSES = (
    "key_missing",
    "several_without_key",
    "sum_and_sides",
    "credit_all_negative",
    "year_missing",
    "months_missing",
    "mapped_column_missing",
)


@dataclass(frozen=True)
class Options:
    """What a caller asks of a run, by the names of the command line.

    ``package``: what is written is a package; ``target``: the name of the transfer file, when it is written alone.
    """

    sheet: str | None = None
    headings: str = "auto"
    lang: str = "en"
    as_is: bool = False
    strict: bool = False
    accept: tuple[str, ...] = ()
    show_personal_data: bool = False
    sum_rows: bool = False
    mapping: Mapping | None = None
    without: tuple[str, ...] = ()
    apply: tuple[str, ...] = ()
    suggested: tuple[Finding, ...] = ()
    quiet_notes: bool = False
    progress: Callable[[str], None] = lambda step: None
    attachments: str | PathLike[str] | None = None
    package: bool = False
    target: str = ""


@dataclass(frozen=True, eq=False)
class Outcome:
    """The report, and the records as they would be written.

    ``findings``: those of the report, at every record, even where the records of several years share a cell.
    """

    report: Report
    data: Data
    context: Context
    findings: tuple[Finding, ...]


def run_as(schema: Schema, how: Recast, source: "Input", settings: Settings, options: Options) -> Outcome:
    """Reads and checks an input and puts its records into the form of another transfer file; errors of either form count.

    Raises as ``run`` does.
    """
    first = run(schema, source, settings, replace(options, without=how.without))
    if not first.report.ok:
        return first
    other = load(how.file)
    sheet, moved = recast(first.data, how, first.context, first.report.source)
    second = run(
        other, sheet, settings, replace(options, sheet=None, headings="auto", mapping=None, accept=(), without=how.without, target="")
    )
    said = [moved.back(finding, other) for finding in second.report.findings]
    said.append(replace(about_file(how.unverified, "form_unverified", Severity.WARNING), schema=other))
    findings = sorted((*first.report.findings, *said), key=lambda finding: finding.severity.rank)
    report = replace(
        first.report,
        findings=tuple(findings),
        records=second.report.records,
        invalid_records=second.report.invalid_records,
        written_as=other,
    )
    return replace(second, report=report)


def run_applying(schema: Schema, source: "Input", settings: Settings, options: Options) -> Outcome:
    """Reads and checks an input twice, the second time with the suggestions that the options name by code.

    Raises as ``run`` does, and UsageError for a code that the file does not have.
    """
    first = run(schema, source, settings, options)
    wanted = chosen(first.findings, options.apply, schema)
    contents = Contents(first.report.sheets, first.context.attachments, first.report.workbook, first.report.input_sha256)
    second = run(schema, contents, settings, replace(options, suggested=tuple(wanted)))
    return replace(second, report=replace(second.report, findings=(*second.report.findings, *notes(wanted, options.apply))))


def run(schema: Schema, source: "Input | Sheet | Contents", settings: Settings, options: Options) -> Outcome:
    """Reads and checks an input.

    Raises InputError when it cannot be used, UsageError when an option is wrong.
    """
    accepted = _acceptable(schema, (*_of_this_file(schema, settings.accept), *options.accept))
    if options.headings not in HEADINGS:
        raise UsageError("headings_unknown", known=", ".join(HEADINGS), given=options.headings)
    options.progress("reading")
    contents = _read(source, schema, settings, options)
    sheets, origins = apply(contents.sheets, options.mapping, schema) if options.mapping else (contents.sheets, None)
    headed = [
        (sheet, heads.recognise(sheet, schema, options.headings, as_is=options.as_is, names=settings.dimension_order)) for sheet in sheets
    ]
    options.progress("checking")
    sheet, found = headed[0]
    context = Context(
        settings,
        found.layout,
        options.as_is,
        _attachments(contents, options),
        alone=bool(options.target),
        headings=found.row is not None or sheet.titles is not None,
    )
    context.registers.read()
    data, findings = _built(headed, schema, context, options)
    if not (found.stop or _one_cause(findings, options)):
        data, more = _checked(with_suggestions(data, options.suggested), context, findings)
        findings = told_once([*findings, *more], data, sheet, found.row if context.table else None)
    findings = [finding for finding in findings if finding.code not in options.without]
    read = data
    if schema.summed and options.sum_rows:
        data, findings = add_up(data, findings, schema.summed, context)
    findings = _weighed(findings, accepted, strict=options.strict)
    if origins:
        findings = [origins.back(finding) for finding in findings]
    findings.sort(key=lambda finding: finding.severity.rank)
    report = Report(
        schema=schema,
        source=sheet.source,
        layout=found.layout,
        headings=context.headings,
        rows=_filled_rows(read),
        records={name: len(table) for name, table in data.tables.items() if table.record.written or not table.record.parent},
        invalid_records=_invalid_records(data, findings) if data is read else 0,
        totals=tuple(figure for total in schema.totals for figure in TOTALS[total.use](data, total, context)),
        findings=tuple(finding.once_per_cell() for finding in findings) if schema.main.calendar else tuple(findings),
        lang=options.lang,
        show_personal_data=options.show_personal_data,
        labels=sheet.labels,
        sheets=contents.sheets,
        workbook=contents.workbook,
        input_sha256=contents.sha256,
        quiet_notes=options.quiet_notes,
        mapped=origins.fields if origins else {},
    )
    return Outcome(report, data, context, tuple(findings))


def _built(
    headed: Sequence[tuple[Sheet, heads.Headings]], schema: Schema, context: Context, options: Options
) -> tuple[Data, list[Finding]]:
    """The records of the sheets, without comments, and what reading and sorting them has found.

    Raises InputError when there are none.
    """
    sheet, found = headed[0]
    data, of_building = build(headed, schema, context)
    if _is_empty(data):
        raise InputError("no_filled_rows" if len(heads.data_rows(sheet, found)) else "no_rows_below", path=sheet.source.path)
    findings = [replace(finding, sheet=read.source.sheet) for read, heading in headed for finding in (*read.findings, *heading.findings)]
    if options.target and not options.target.lower().endswith(".csv"):
        findings.append(common_finding("file_name", Severity.WARNING, value=options.target))
    if found.stop:
        return data, findings
    if schema.comments:
        data, of_building = leave_out(data, of_building, schema.comments, context)
        if _is_empty(data):
            raise InputError("only_comments", path=sheet.source.path)
    return data, findings + of_building


def _is_empty(data: Data) -> bool:
    """Whether there is nothing to write."""
    return not any(len(table) for table in data.tables.values() if table.record.written)


def _read(source: "Input | Sheet | Contents", schema: Schema, settings: Settings, options: Options) -> Contents:
    """What the input holds. Raises InputError; where it is the mapping that names the sheet, the sentence says so."""
    mapping = options.mapping
    named = mapping.sheet if mapping and not options.sheet else ""
    try:
        return read_source(
            source,
            sheet=options.sheet or named or None,
            choose=lambda found: sheets_meant(found, schema, mapping),
            join=lambda named, others: sheet_with_lines(named, others, schema, mapping),
            as_is=options.as_is,
            encoding=settings.encoding,
            packages=schema.package,
            largest=settings.largest,
        )
    except InputError as error:
        if mapping and named:
            raise InputError(
                error.key, *error.following, Sentence("mapping_sheet", sheet=named, where=mapping.where("sheet")), **error.details
            ) from error
        raise


def _attachments(contents: Contents, options: Options) -> Table[str, bytes] | None:
    """The files that can be attached: those of the package that is read, or of the folder for the one that is made."""
    if options.attachments is not None:
        return folder_contents(options.attachments)
    return {} if options.package and contents.attachments is None else contents.attachments


def _one_cause(findings: list[Finding], options: Options) -> bool:
    """Whether one finding makes all further ones its followers."""
    return any(finding.problem in _CAUSES or (options.as_is and finding.problem == "delimiter") for finding in findings)


def _checked(data: Data, context: Context, before: list[Finding]) -> tuple[Data, list[Finding]]:
    """The data ready to write, and every finding that is not the follower of an earlier error at the same cell."""
    said = Said(data, before)
    data, findings = normalise(data, context)
    kept = said.keep(findings)
    data, repaired = repair(data, context)
    kept += said.keep(repaired)
    kept += said.keep(validate(data, context))
    kept = said.without_notes_on_errors(kept)
    data = said.marked(data)
    kept += said.keep(rules.check(data, context))
    return data, [_as_compared(finding, data.schema) for finding in kept]


def _as_compared(finding: Finding, schema: Schema) -> Finding:
    """A finding, as a warning where the field is only held against others and cannot be."""
    field = schema.record(finding.record)[finding.field] if finding.record and finding.field else None
    if field is None or not field.compared or finding.severity != Severity.ERROR:
        return finding
    code = schema.code("not_compared", field)
    return replace(finding, code=code, problem="not_compared", severity=Severity.WARNING, suggestions=None, meant=None, details={})


def _acceptable(schema: Schema, codes: Iterable[str]) -> frozenset[str]:
    """The codes whose errors the user accepts. Raises UsageError for a code that is unknown or cannot be accepted."""
    known = {rule.id: rule for rule in schema.all_rules}
    for code in codes:
        if code not in known:
            raise UsageError("rule_unknown", did_you_mean(code, list(known)), code=code, file=schema.file)
        if known[code].effect != "changed" and Severity.ERROR in (known[code].severity, known[code].as_is):
            raise UsageError("not_acceptable", code=code)
    return frozenset(codes)


def _of_this_file(schema: Schema, codes: Iterable[str]) -> list[str]:
    """The codes of the settings without those that only other transfer files have: one folder serves them all."""
    own = {rule.id for rule in schema.all_rules}
    elsewhere = {code for code in codes if code not in own}
    elsewhere &= {rule.id for name in (names() if elsewhere else ()) for rule in load(name).all_rules}
    return [code for code in codes if code not in elsewhere]


def _weighed(findings: list[Finding], accepted: frozenset[str], *, strict: bool) -> list[Finding]:
    """Accepted errors as warnings, and with ``strict`` the other warnings as errors."""

    def weight(finding: Finding) -> Severity:
        if finding.code in accepted:
            return Severity.WARNING if finding.severity == Severity.ERROR else finding.severity
        return Severity.ERROR if strict and finding.severity == Severity.WARNING else finding.severity

    return [finding.weighed(weight(finding)) for finding in findings]


def _filled_rows(data: Data) -> int:
    """How many rows of the input have become records, of all sheets together."""
    of_sheet: dict[str | None, list[Places]] = {}
    for table in data.tables.values():
        of_sheet.setdefault(table.sheet, []).extend((table.rows, *table.rows_of.values()))
    return sum(int(np.count_nonzero(np.bincount(np.concatenate(rows)))) for rows in of_sheet.values())


def _invalid_records(data: Data, findings: list[Finding]) -> int:
    invalid = {name: np.zeros(len(table), bool) for name, table in data.tables.items()}
    for finding in findings:
        if finding.severity == Severity.ERROR and finding.record:
            invalid[finding.record][finding.at] = True
    return sum(int(mask.sum()) for mask in invalid.values())
