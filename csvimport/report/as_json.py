"""The report as one JSON document; its form is described by ``csvimport/report.schema.json``."""

from csvimport.report.report import Report


def render(report: Report) -> bytes:
    """The JSON document as UTF-8."""
    return report.to_json().encode()
