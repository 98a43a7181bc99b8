"""What is written differently from the input: notations, whose content stays, and suggestions, which change it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from csvimport.findings import Finding
from csvimport.masking import personal
from csvimport.report.places import ranges
from csvimport.report.report import Issue, Report
from csvimport.severity import Severity
from csvimport.suggestions import APPLIED


@dataclass(frozen=True)
class Pair:
    """What cells hold and what is written for them: the first issue, its value afterwards, the first cells, and how many more."""

    first: Issue
    after: str
    cells: str
    more: int


@dataclass(frozen=True)
class Change:
    """The changes of one kind at one field. ``count``: of its cells; ``rest``: how many of them no pair is about."""

    code: str
    field: str
    message: str
    count: int
    pairs: Sequence[Pair]
    rest: int


def is_change(finding: Finding) -> bool:
    """Whether a finding says what a notation became."""
    return finding.severity == Severity.NOTE and "written" in finding.details and finding.problem != APPLIED


def is_applied(finding: Finding) -> bool:
    """Whether a finding says which suggestion a cell was given."""
    return finding.problem == APPLIED


def personal_in(report: Report, finding: Finding) -> str:
    """What of a person the field of a finding holds."""
    schema = finding.schema or report.schema
    return personal(schema.record(finding.record or "")[finding.field]) if finding.field else ""


def change_of(report: Report, finding: Finding, most: int) -> Change:
    """The changes that a finding is about, equal ones as one pair, and at most so many."""
    pairs: dict[tuple[object, object], list[int]] = {}
    written = np.broadcast_to(np.asarray(finding.details["written"], object), (len(finding),))
    for at, pair in enumerate(zip(finding.values, written, strict=True)):
        pairs.setdefault(pair, []).append(at)
    shown = list(pairs.values())[: max(most, 1)]
    keep = np.zeros(len(finding), bool)
    keep[[at[0] for at in shown]] = True
    of = personal_in(report, finding)
    made = [
        Pair(issue, report.masked(str(written[at[0]] or ""), of), *ranges(report, finding, at))
        for issue, at in zip(report.expand(finding.take(keep)), shown, strict=True)
    ]
    message = made[0].first.message.removesuffix(f" → {made[0].after}")
    return Change(finding.code, report.title_of(finding), message, len(finding), made, len(finding) - sum(map(len, shown)))
