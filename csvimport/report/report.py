"""The report of a run: its figures and its findings; single issues are made when they are asked for."""

import heapq
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from csvimport.errors import Sentence, said_in
from csvimport.figures import Figure
from csvimport.findings import NOWHERE, Finding
from csvimport.masking import mask_identity_codes, masked, personal
from csvimport.messages import DEFAULT_LANGUAGE, Catalogue, phrase
from csvimport.read.sheet import Sheet, Source
from csvimport.report.listed import json_of
from csvimport.report.shown import as_shown, is_stored
from csvimport.schema import Schema
from csvimport.severity import Severity
from csvimport.shapes import Field, column_letter
from csvimport.suggestions import APPLIED, NOTHING

if TYPE_CHECKING:
    import pandas as pd

_OF_RULES = ("min", "max")  # details that no cell holds
AS_IT_STANDS = "as_it_stands"  # what is said under check --as-is of what convert would write otherwise
MASKED_AS_IT_STANDS = "masked_as_it_stands"  # the same of a value whose form cannot be shown
_OF_CODES = ("right",)  # details that belong to the masked part of an identity code
OTHER_FIELD, OTHER_FIELDS = "_field", "_fields"  # details that name fields of the same record by key; messages show their titles


@dataclass(frozen=True)
class Issue:
    """One finding at one cell. ``row`` and ``column`` are those of the input, None where there is none."""

    code: str
    severity: str
    record: str | None
    field: str | None
    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    message: str
    hint: str
    suggestion: str | None
    index: Any = None


@dataclass(frozen=True)
class Counts:
    """How much was read, and how much was found."""

    rows: int
    records: Mapping[str, int]
    errors: int
    warnings: int
    notes: int
    invalid_records: int


@dataclass(frozen=True, eq=False)
class Report:
    """What a check or a conversion found.

    ``sheets``: the cells of the input as they were read; ``workbook``: the bytes of the workbook that they come from;
    ``written_as``: the other transfer file in whose form the records are written.
    """

    schema: Schema
    source: Source
    layout: str
    headings: bool
    rows: int
    records: Mapping[str, int]
    invalid_records: int
    totals: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    lang: str = "en"
    show_personal_data: bool = False
    labels: npt.NDArray[np.object_] | None = None
    sheets: tuple[Sheet, ...] = ()
    workbook: bytes | None = None
    input_sha256: str | None = None
    quiet_notes: bool = False
    mapped: Mapping[tuple[str, str], Sentence] = field(default_factory=dict)
    outputs: tuple[str, ...] = field(default=())
    written_as: Schema | None = None

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return self.counts.errors == 0

    @cached_property
    def counts(self) -> Counts:
        """The figures of the run."""
        by_severity = dict.fromkeys(Severity, 0)
        for finding in self.findings:
            by_severity[finding.severity] += len(finding)
        return Counts(
            self.rows,
            self.records,
            by_severity[Severity.ERROR],
            by_severity[Severity.WARNING],
            by_severity[Severity.NOTE],
            self.invalid_records,
        )

    @property
    def uploaded(self) -> Schema:
        """The transfer file that is uploaded."""
        return self.written_as or self.schema

    @property
    def several_files(self) -> bool:
        """Whether the records make several files, each to be uploaded alone."""
        how = self.uploaded.separate
        return how is not None and self.records.get(how.record, 0) > 1

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings that are listed: without the notes when they are only to be counted, except those on applied suggestions."""
        if not self.quiet_notes:
            return self.findings
        return tuple(finding for finding in self.findings if finding.severity != Severity.NOTE or finding.problem in (APPLIED, NOTHING))

    @cached_property
    def issues(self) -> list[Issue]:
        """Every finding at every cell, from the top of the input to its end."""
        return list(self.each_issue())

    def each_issue(self) -> Iterator[Issue]:
        """The same, each made when it is asked for, so that a report of a million of them takes little memory."""
        sorted_ = (self.expand(finding, np.lexsort((finding.columns, finding.rows))) for finding in self.shown)
        return heapq.merge(*sorted_, key=lambda issue: (issue.row or 0, len(issue.column or ""), issue.column or ""))

    def expand(self, finding: Finding, places: Iterable[int] | None = None) -> Iterator[Issue]:
        """The single issues of a finding; ``places``: those of its cells that are wanted, in their order."""
        catalogue = Catalogue.of(self.lang)
        schema = finding.schema or self.schema
        target = _field(schema, finding.record, finding.field)
        title = self._title(target)
        suggestions = finding.suggestions if finding.meant is None else finding.meant
        sheet = next((read for read in self.sheets if read.source.sheet == (finding.sheet or self.source.sheet)), None)
        for place in range(len(finding)) if places is None else places:
            details = {name: value[place] if isinstance(value, np.ndarray) else value for name, value in finding.details.items()}
            details = {name: said_in(self.lang, value) for name, value in details.items()}
            for name in (name for name in details if name.endswith(OTHER_FIELD)):
                details[name] = self._title(_field(schema, finding.record, details[name]))
            for name in (name for name in details if name.endswith(OTHER_FIELDS)):
                titles = (self._title(_field(schema, finding.record, key)) for key in details[name])
                details[name] = ", ".join(title.split(",")[0] for title in titles)
            suggestion = None if suggestions is None else suggestions[place]
            value = finding.values[place]
            cell = value if finding.cells is None else finding.cells[place]
            row, column = int(finding.rows[place]) or None, int(finding.columns[place])
            if self.lang != DEFAULT_LANGUAGE and is_stored(sheet, row or 0, column):
                value, *said = (as_shown(text) if isinstance(text, str) else text for text in (value, *details.values()))
                details = dict(zip(details, said, strict=True))
            of = personal(target) if target else ""
            value, suggestion, cell = (text and self.masked(text, of) for text in (value, suggestion, cell))
            details = {
                name: self.masked(text, of) if isinstance(text, str) and name not in _OF_RULES else text
                for name, text in details.items()
                if self.show_personal_data or name not in _OF_CODES
            }
            written = details.get("written")
            said_as_is = written and finding.severity != Severity.NOTE
            problem = finding.problem if not said_as_is else MASKED_AS_IT_STANDS if written == value else AS_IT_STANDS
            message, hint = catalogue.text(
                problem, **details, value=value, suggestion=suggestion, field=title, code=finding.code, file=schema.file
            )
            if written and written != value and not said_as_is and not _holds(message, written):
                message = f"{message} → {written}"
            place_of = self.mapped.get((finding.record or "", finding.field or ""))
            if place_of and finding.severity != Severity.NOTE:
                hint = f"{hint} {phrase('from_mapping', self.lang, place=self.masked(place_of.text(self.lang), of))}"
            yield Issue(
                finding.code,
                str(finding.severity),
                finding.record,
                finding.field,
                finding.sheet or self.source.sheet,
                row,
                None if column == NOWHERE else column_letter(column),
                cell,
                self._without_codes(message),
                self._without_codes(hint),
                suggestion,
                None if self.labels is None or row is None else self._label(self.labels[row - 1]),
            )

    def title_of(self, finding: Finding) -> str:
        """The field of a finding as people call it; "" when it is about none."""
        return self._title(_field(finding.schema or self.schema, finding.record, finding.field))

    def _title(self, field: Field | None) -> str:
        return (field.title.get(self.lang) or field.title["en"]) if field else ""

    def masked(self, text: str, of: str = "") -> str:
        """A text of the input as the report shows it: without identity codes, account numbers and pay unless they were asked for.

        ``of``: what the field holds whose value it is, as ``personal`` tells.
        """
        return text if self.show_personal_data else masked(text, of, pay=self.schema.holds_pay)

    def _without_codes(self, text: str) -> str:
        """A sentence in which an identity code may have come together from several pieces."""
        return text if self.show_personal_data else mask_identity_codes(text)

    def masked_sheet(self, sheet: str | None) -> str | None:
        """The name of a sheet as the report shows it; an issue has the name by which the workbook knows it."""
        return sheet and self.masked(sheet)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The totals as the report shows them; the pay of a few persons is left out unless personal data was asked for."""
        return tuple(
            replace(figure, of=self.masked(figure.of), currency=figure.currency and self.masked(figure.currency))
            for figure in self.totals
            if not self._is_private(figure)
        )

    @property
    def leaves_out_figures(self) -> bool:
        """Whether there are totals that the report does not show."""
        return any(map(self._is_private, self.totals))

    def _is_private(self, figure: Figure) -> bool:
        return figure.of_few and not self.show_personal_data

    def _label(self, label: Any) -> Any:
        """An index label: the frame's own, but a text or a tuple of them without identity codes."""
        if isinstance(label, tuple):
            return tuple(self._label(part) for part in label)
        return self.masked(label) if isinstance(label, str) else label

    def to_dict(self) -> dict[str, Any]:
        """The report as the JSON document's structure."""
        return {**self._head(), "issues": list(self._issues_as_json())}

    def _head(self) -> dict[str, Any]:
        """The JSON document without its issues, in the order of its keys."""
        from csvimport import __version__

        return {
            "csvimport": __version__,
            "file": self.schema.file,
            "ok": self.ok,
            "input": {**self._input_as_dict(), "layout": self.layout, "headings": self.headings},
            "counts": asdict(self.counts),
            "totals": self.totals_as_dicts(),
            "issues": [],
            "outputs": [self.masked(path) for path in self.outputs],
        }

    def _input_as_dict(self) -> dict[str, Any]:
        return {**asdict(self.source), "path": self.masked(self.source.path), "sheet": self.masked_sheet(self.source.sheet)}

    def _issues_as_dicts(self) -> Iterator[dict[str, Any]]:
        for issue in self.each_issue():
            yield {**vars(issue), "sheet": self.masked_sheet(issue.sheet)}

    def _issues_as_json(self) -> Iterator[dict[str, Any]]:
        for issue in self._issues_as_dicts():
            label = issue.pop("index")
            yield issue if self.labels is None else {**issue, "index": _as_json(label)}

    def totals_as_dicts(self) -> list[dict[str, str | None]]:
        """The totals as JSON documents hold them."""
        return [{"name": figure.name, "currency": figure.currency, "value": figure.value} for figure in self.figures]

    def to_json(self) -> str:
        """The report as one JSON document."""
        return "".join(self.json_parts())

    def json_parts(self) -> Iterator[str]:
        """The same in parts, for reports that are too long to hold."""
        return json_of(self._head(), "issues", self._issues_as_json())

    def to_frame(self) -> "pd.DataFrame":
        """The issues as a frame, one row for each."""
        import pandas as pd

        return pd.DataFrame(list(self._issues_as_dicts()), columns=[f.name for f in Issue.__dataclass_fields__.values()])

    def with_outputs(self, *paths: str) -> "Report":
        """The report of a run that wrote files."""
        return replace(self, outputs=paths)


def _holds(message: str, written: str) -> bool:
    """Whether a message says what is written, by itself and not as a part of another value."""
    return re.search(rf"(?<![\w.,]){re.escape(written)}(?![.,]?\w)", message) is not None


def _as_json(label: Any) -> Any:
    """An index label as JSON has it: numbers as they are, everything else as text."""
    label = label.item() if isinstance(label, np.generic) else label
    if isinstance(label, bool | int) or label is None or (isinstance(label, float) and math.isfinite(label)):
        return label
    return str(label)


def _field(schema: Schema, record: str | None, key: str | None) -> Field | None:
    """The field of a record, or of another one for a key such as ``invoice.currency``."""
    above, _, name = (key or "").rpartition(".")
    return schema.record(above or record or "")[name] if key else None
