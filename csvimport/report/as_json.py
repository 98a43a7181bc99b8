"""The report as one JSON document; its form is described by ``csvimport/report.schema.json``."""

from collections.abc import Iterator

from csvimport.report.report import Report


def render(report: Report) -> Iterator[bytes]:
    """The JSON document as UTF-8."""
    return map(str.encode, report.json_parts())
