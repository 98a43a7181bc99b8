"""The report as SARIF 2.1.0, the form in which pipelines collect the findings of checkers."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from csvimport.report.listed import json_of
from csvimport.report.report import Issue, Report

LEVELS = {"error": "error", "warning": "warning", "note": "note"}
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report) -> Iterator[bytes]:
    """One run of csvimport with its rules and results."""
    from csvimport import __version__

    codes = sorted({finding.code for finding in report.shown})
    rules = {rule.id: rule for finding in report.findings for rule in (finding.schema or report.schema).all_rules}
    driver = {
        "name": "csvimport",
        "version": __version__,
        "rules": [{"id": code, "shortDescription": {"text": rules[code].text}} for code in codes],
    }
    results = (_result(issue, codes.index(issue.code), report) for issue in report.each_issue())
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": []}]}
    return map(str.encode, json_of(document, "results", results))


def _result(issue: Issue, rule: int, report: Report) -> dict[str, Any]:
    cell = f"{issue.column or ''}{issue.row or ''}"
    name = "!".join(filter(None, (report.masked_sheet(issue.sheet), cell)))
    location: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": quote(report.masked(report.source.path).replace("\\", "/"))}}
    }
    if issue.row and issue.sheet is None:
        location["physicalLocation"]["region"] = {"startLine": issue.row}
    if name:
        location["logicalLocations"] = [{"name": name, "kind": "cell"}]
    return {
        "ruleId": issue.code,
        "ruleIndex": rule,
        "level": LEVELS[issue.severity],
        "message": {"text": f"{issue.message} {issue.hint}"},
        "locations": [location],
    }
