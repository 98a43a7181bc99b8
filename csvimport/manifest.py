"""The manifest of a conversion: what went in, what came out, and the figures that must agree. The audit trail of a migration."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from csvimport.messages import phrase
from csvimport.report.markup import in_markdown
from csvimport.report.preview import figure_text
from csvimport.report.report import Report
from csvimport.schema import folder
from csvimport.sorting import filled_rows

MANIFESTS = (".manifest.json", ".manifest.md")  # the ends of their names, behind that of the output


def manifest(report: Report, contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """The manifest as JSON and as Markdown, by the ends of their names. ``contents``: the files that were written, by name."""
    facts = _facts(report, contents)
    return dict(zip(MANIFESTS, (json.dumps(facts, ensure_ascii=False, indent=2).encode(), _markdown(facts, report).encode()), strict=True))


def _facts(report: Report, contents: Mapping[str, bytes]) -> dict[str, Any]:
    from csvimport import __version__

    schema = (folder() / f"{report.schema.file}.toml").read_bytes()
    left_out = {code: count for code, count in _left_out(report).items() if count}
    return {
        "csvimport": __version__,
        "file": report.schema.file,
        "schema_sha256": _digest(schema),
        "made": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "input": {
            "path": report.masked(report.source.path),
            "sheet": report.masked_sheet(report.source.sheet),
            "sha256": report.input_sha256,
        },
        "outputs": [{"name": report.masked(name), "bytes": len(content), "sha256": _digest(content)} for name, content in contents.items()],
        "rows_read": report.rows,
        "records_written": dict(report.records),
        "rows_left_out": left_out,
        "errors": report.counts.errors,
        "warnings": report.counts.warnings,
        "notes": report.counts.notes,
        "totals": report.totals_as_dicts(),
    }


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _left_out(report: Report) -> dict[str, int]:
    """Rows of the input that are no records, by the problem that tells about them: with those that became records, all there are."""
    told = dict.fromkeys(("rows_above_headings", "totals_rows", "comment_rows", "rows_filtered", "lines_without_month"), 0)
    two_rows = 0
    for finding in report.findings:
        two_rows += finding.problem == "headings_of_two_rows"
        if finding.problem in told:
            told[finding.problem] += int(finding.details.get("count", 1))
    headed = sum(report.headings and (sheet.titles is None) for sheet in report.sheets)
    blank = sum(int((~filled_rows(sheet.frame)).sum()) for sheet in report.sheets)
    return {**told, "heading_row_read": headed + two_rows, "blank_rows_read": blank}


def _markdown(facts: Mapping[str, Any], report: Report) -> str:
    lang = report.lang
    lines = [f"# {phrase('manifest_title', lang, title=report.schema.title[lang])}", ""]
    rows = [
        (phrase("manifest_made", lang), f"{facts['made']}, csvimport {facts['csvimport']}"),
        (phrase("manifest_input", lang), " ".join(filter(None, (facts["input"]["path"], facts["input"]["sheet"])))),
        ("SHA-256", facts["input"]["sha256"] or "–"),
        (phrase("manifest_rows", lang), str(facts["rows_read"])),
        *((phrase(f"manifest_{problem}", lang), str(count)) for problem, count in facts["rows_left_out"].items()),
        *((phrase(f"record_{name}", lang), str(count)) for name, count in facts["records_written"].items()),
        *((phrase("manifest_figure", lang), figure_text(figure, lang)) for figure in report.figures),
        (phrase("manifest_schema", lang), facts["schema_sha256"]),
    ]
    lines += ["| | |", "| --- | --- |", *(f"| {name} | {in_markdown(value)} |" for name, value in rows), ""]
    lines += [f"| {phrase('file', lang)} | {phrase('manifest_size', lang)} | SHA-256 |", "| --- | --- | --- |"]
    lines += [f"| {in_markdown(output['name'])} | {output['bytes']} | {output['sha256']} |" for output in facts["outputs"]]
    return "\n".join([*lines, ""])
