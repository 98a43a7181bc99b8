"""The manifest of a conversion: what went in, what came out, and the figures that must agree. The audit trail of a migration."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from csvimport.messages import phrase
from csvimport.names import as_text
from csvimport.report.markup import in_markdown
from csvimport.report.preview import figure_label, figure_value, preview_lines, upload_steps
from csvimport.report.report import Report
from csvimport.schema import folder
from csvimport.sorting.build import filled_rows

MANIFESTS = (".manifest.json", ".manifest.md")  # the ends of their names, behind that of the output

# Problems that tell of rows which are no records.
LEFT_OUT = (
    "rows_above_headings", "headings_again", "totals_rows", "totals_inside", "totals_differ", "rows_below_totals", "comment_rows",
    "rows_filtered", "lines_without_month",
)  # fmt: skip


def manifest(report: Report, outputs: Sequence[Path]) -> dict[str, bytes]:
    """The manifest as JSON and as Markdown, by the ends of their names. ``outputs``: the files that were written, as they stand there."""
    facts = _facts(report, outputs)
    return dict(zip(MANIFESTS, (json.dumps(facts, ensure_ascii=False, indent=2).encode(), _markdown(facts, report).encode()), strict=True))


def _facts(report: Report, outputs: Sequence[Path]) -> dict[str, Any]:
    from csvimport import __version__

    left_out = {code: count for code, count in _left_out(report).items() if count}
    sheets = [{"sheet": report.masked_sheet(sheet.source.sheet), "rows": len(sheet)} for sheet in report.sheets]
    return {
        "csvimport": __version__,
        "file": report.schema.file,
        "written_as": report.uploaded.file,
        "schema_version": __version__,
        "schema_sha256": _digest(folder() / f"{report.schema.file}.toml"),
        "made": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "input": {
            "path": report.masked(report.source.path),
            "sheet": report.masked_sheet(report.source.sheet),
            "sha256": report.input_sha256,
        },
        "outputs": [{"name": report.masked(as_text(path.name)), "bytes": path.stat().st_size, "sha256": _digest(path)} for path in outputs],
        "rows_of_sheets": sheets,
        "rows_of_input": sum(len(sheet) for sheet in report.sheets),
        "rows_left_out": left_out,
        "rows_read": report.rows,
        "rows_added_up": _added_up(report),
        "records_written": dict(report.records),
        "records_with_errors": report.invalid_records,
        "errors": report.counts.errors,
        "warnings": report.counts.warnings,
        "notes": report.counts.notes,
        "totals": report.totals_as_dicts(),
    }


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _left_out(report: Report) -> dict[str, int]:
    """Rows of the input that are no records, by the problem that tells about them: with those that became records, all there are."""
    told = dict.fromkeys(LEFT_OUT, 0)
    two_rows = 0
    for finding in report.findings:
        two_rows += finding.problem == "headings_of_two_rows"
        if finding.problem in told:
            told[finding.problem] += int(finding.details.get("count", 1))
    headed = sum(report.headings and (sheet.titles is None) for sheet in report.sheets)
    blank = sum(int((~filled_rows(sheet.frame)).sum()) for sheet in report.sheets)
    return {**told, "heading_row_read": headed + two_rows, "blank_rows_read": blank}


def _added_up(report: Report) -> int:
    """How many rows were added to another one."""
    return sum(int(np.sum(finding.details["count"]) - len(finding)) for finding in report.findings if finding.problem == "rows_summed")


def _markdown(facts: Mapping[str, Any], report: Report) -> str:
    lang = report.lang
    about = [
        (phrase("manifest_made", lang), f"{facts['made']}, csvimport {facts['csvimport']}"),
        (phrase("manifest_input", lang), " ".join(filter(None, (facts["input"]["path"], facts["input"]["sheet"])))),
        ("SHA-256", facts["input"]["sha256"] or "–"),
        (phrase("manifest_schema", lang), f"{facts['file']}, csvimport {facts['schema_version']}"),
        (phrase("manifest_schema_sum", lang), facts["schema_sha256"]),
    ]
    figures = [(_capital(figure_label(figure, lang)), figure_value(figure)) for figure in report.figures]
    steps = upload_steps(report.uploaded, lang, several=report.several_files)
    files = [(output["name"], str(output["bytes"]), output["sha256"]) for output in facts["outputs"]]
    return "\n".join(
        [
            f"# {phrase('manifest_title', lang, title=report.schema.title[lang])}",
            "",
            *_table(("", ""), about),
            *_section("manifest_rows_title", lang, _table(("", ""), _rows(facts, report))),
            *_section("manifest_figures", lang, _table(("", ""), figures)),
            *_section("manifest_upload", lang, [*(in_markdown(line) for line in preview_lines(report)), ""]),
            *(f"{number}. {in_markdown(step)}" for number, step in enumerate(steps, start=1)),
            "",
            *_section("manifest_files", lang, _table((phrase("file", lang), phrase("manifest_size", lang), "SHA-256"), files)),
        ]
    )


def _rows(facts: Mapping[str, Any], report: Report) -> list[tuple[str, str]]:
    """How the rows of the input become records: what is left out and what is written adds up to what was there."""
    lang, read, added = report.lang, facts["rows_read"], facts["rows_added_up"]
    sheets = facts["rows_of_sheets"] if len(facts["rows_of_sheets"]) > 1 else []
    parts = [*facts["rows_left_out"].values(), read]
    lines = [
        *((phrase("manifest_rows_of_sheet", lang, sheet=sheet["sheet"]), str(sheet["rows"])) for sheet in sheets),
        (phrase("manifest_rows_of_input", lang), str(facts["rows_of_input"])),
        *((phrase(f"manifest_{problem}", lang), str(count)) for problem, count in facts["rows_left_out"].items()),
        (phrase("manifest_rows", lang), str(read)),
        (phrase("manifest_equation", lang), f"{facts['rows_of_input']} = {' + '.join(map(str, parts))}"),
    ]
    if added:
        lines.append((phrase("manifest_rows_added_up", lang), str(added)))
    if report.schema.main.calendar:
        more = facts["records_written"][report.schema.main.name] - read
        lines += [(phrase("manifest_records_more" if more > 0 else "manifest_rows_joined", lang), str(abs(more)))] if more else []
    lines += [
        (phrase("manifest_record", lang, records=phrase(f"record_{name}", lang)), str(n)) for name, n in facts["records_written"].items()
    ]
    return [*lines, (phrase("manifest_records_wrong", lang), str(facts["records_with_errors"]))]


def _section(title: str, lang: str, lines: list[str]) -> list[str]:
    return [f"## {phrase(title, lang)}", "", *lines]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *([in_markdown(cell) for cell in row] for row in rows)]
    return [*(f"| {' | '.join(line)} |" for line in lines), ""]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
