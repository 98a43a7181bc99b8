"""Findings that are only followers of an error at the same cell: they are kept silent."""

from collections.abc import Iterable
from dataclasses import replace

from csvimport.findings import Finding, Mask
from csvimport.records import Data
from csvimport.severity import Severity


class Said:
    """The cells about which an error has been reported: what comes later about them is kept silent."""

    def __init__(self, data: Data, findings: Iterable[Finding]) -> None:
        self._spoilt = {name: table.spoilt for name, table in data.tables.items()}
        self._blamed: dict[tuple[str, str], Mask] = {}
        self.keep(findings)

    def marked(self, data: Data) -> Data:
        """The data with the cells about which an error was reported."""
        for name, table in data.tables.items():
            wrong = {field: mask for (record, field), mask in self._blamed.items() if record == name}
            data = data.with_table(replace(table, wrong=wrong))
        return data

    def without_notes_on_errors(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings without notes on the notation of cells that turned out to be wrong."""
        kept = []
        for finding in findings:
            if finding.severity == Severity.NOTE and finding.record and finding.field and len(finding.at):
                blamed = self._blamed.get((finding.record, finding.field))
                finding = finding if blamed is None else _without(finding, blamed)
            if len(finding):
                kept.append(finding)
        return kept

    def keep(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings at cells that no error was reported about before; they count from now on."""
        kept = []
        for finding in findings:
            if finding.record and finding.field and len(finding.at):
                place = finding.record, finding.field
                blamed = self._blamed.setdefault(place, self._spoilt[finding.record].copy())
                finding = _without(finding, blamed)
                if finding.severity == Severity.ERROR:
                    blamed[finding.at] = True
            if len(finding):
                kept.append(finding)
        return kept


def _without(finding: Finding, blamed: Mask) -> Finding:
    hidden = blamed[finding.at]
    return finding.take(~hidden) if hidden.any() else finding
