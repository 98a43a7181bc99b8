"""The report of a run: its figures and its findings; single issues are made when they are asked for."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from csvimport.figures import Figure
from csvimport.findings import NOWHERE, Finding
from csvimport.kinds.identifiers import mask_identity_codes
from csvimport.messages import Catalogue
from csvimport.read.sheet import Source
from csvimport.schema import Schema
from csvimport.severity import Severity
from csvimport.shapes import Field, column_letter

if TYPE_CHECKING:
    import pandas as pd

PERSONAL_KINDS = ("hetu",)


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
    """What a check or a conversion found."""

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
    outputs: tuple[str, ...] = field(default=())

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

    @cached_property
    def issues(self) -> list[Issue]:
        """Every finding at every cell, from the top of the input to its end."""
        issues = [issue for finding in self.findings for issue in self.expand(finding)]
        return sorted(issues, key=lambda issue: (issue.row or 0, len(issue.column or ""), issue.column or ""))

    def expand(self, finding: Finding, most: int | None = None) -> Iterator[Issue]:
        """The single issues of a finding, at most so many."""
        catalogue = Catalogue.of(self.lang)
        target = self._field(finding)
        title = (target.title.get(self.lang) or target.title["en"]) if target else ""
        for place in range(len(finding) if most is None else min(most, len(finding))):
            details = {name: value[place] if isinstance(value, np.ndarray) else value for name, value in finding.details.items()}
            suggestion = None if finding.suggestions is None else finding.suggestions[place]
            value = finding.values[place]
            message, hint = catalogue.text(
                finding.problem, **details, value=value, suggestion=suggestion, field=title, code=finding.code, file=self.schema.file
            )
            if "written" in details and details["written"] not in (value, "") and details["written"] not in message:
                message = f"{message} → {details['written']}"
            row = int(finding.rows[place]) or None
            column = int(finding.columns[place])
            yield Issue(
                finding.code,
                str(finding.severity),
                finding.record,
                finding.field,
                finding.sheet or self.source.sheet,
                row,
                None if column == NOWHERE else column_letter(column),
                self._mask(value, target),
                self._mask(message) or "",
                self._mask(hint) or "",
                self._mask(suggestion),
                None if self.labels is None or row is None else self.labels[row - 1],
            )

    def _field(self, finding: Finding) -> Field | None:
        return self.schema.record(finding.record or "")[finding.field] if finding.field else None

    def _mask(self, text: str | None, target: Field | None = None) -> str | None:
        if not text or self.show_personal_data:
            return text
        if target and target.kind in PERSONAL_KINDS and len(text) > 6:
            return f"{text[:6]}-****"
        return mask_identity_codes(text)

    def to_dict(self) -> dict[str, Any]:
        """The report as the JSON document's structure."""
        from csvimport import __version__

        issues = [asdict(issue) for issue in self.issues]
        for issue in issues:
            if self.labels is None:
                del issue["index"]
            else:
                issue["index"] = _plain(issue["index"])
        return {
            "csvimport": __version__,
            "file": self.schema.file,
            "ok": self.ok,
            "input": {**asdict(self.source), "layout": self.layout, "headings": self.headings},
            "counts": asdict(self.counts),
            "totals": [asdict(figure) for figure in self.totals],
            "issues": issues,
            "outputs": list(self.outputs),
        }

    def to_json(self) -> str:
        """The report as one JSON document."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    def to_frame(self) -> "pd.DataFrame":
        """The issues as a frame, one row for each."""
        import pandas as pd

        return pd.DataFrame([asdict(issue) for issue in self.issues], columns=[f.name for f in Issue.__dataclass_fields__.values()])

    def with_outputs(self, *paths: str) -> "Report":
        """The report of a run that wrote files."""
        return replace(self, outputs=paths)


def _plain(label: Any) -> Any:
    """An index label as JSON has it."""
    label = label.item() if isinstance(label, np.generic) else label
    return label if isinstance(label, str | int | float | bool) or label is None else str(label)
