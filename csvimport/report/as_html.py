"""The report as one page that needs nothing else: verdict and counts, findings by cause, changed notations, figures."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from csvimport.messages import phrase
from csvimport.report.changes import is_applied, is_change
from csvimport.report.groups import Groups, number
from csvimport.report.markup import Markup, filled, joined, tag
from csvimport.report.preview import figure_text
from csvimport.report.report import Report
from csvimport.severity import Severity

SHOWN_OUTPUTS = 20
_SORTS = ("severity", "code", "row")


def render(report: Report) -> list[bytes]:
    """The page as UTF-8."""
    lang = report.lang
    applied = [finding for finding in report.shown if is_applied(finding)]
    changes = [finding for finding in report.shown if is_change(finding)]
    others = [finding for finding in report.shown if not is_applied(finding) and not is_change(finding)]
    groups = Groups(report)
    style, script = _part("page.css"), _part("page.js")
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"
    page = filled(
        _part("page.html"),
        lang=joined(lang),
        policy=tag("meta", http_equiv="Content-Security-Policy", content=policy),
        title=joined(phrase("html_title", lang, path=_name(report))),
        style=Markup(style),
        script=Markup(script),
        skip=joined(phrase("html_skip", lang)),
        head=_head(report),
        controls=_controls(report, cut=groups.cut) if sum(map(len, others)) > 1 else Markup(),
        findings_title=joined(phrase("html_findings", lang)),
        findings=groups.of(others) if others else tag("p", phrase("html_none", lang), class_="none"),
        applied=_changes(report, "applied", groups.changes(applied), sum(map(len, applied))) if applied else Markup(),
        changes=_changes(report, "changes", groups.changes(changes), sum(map(len, changes))) if changes else Markup(),
        figures=_figures(report) if report.figures else Markup(),
        facts=_facts(report),
        foot=_foot(report),
    )
    return [page.encode()]


@cache
def _part(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """What a content security policy calls the text of an inline element."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _name(report: Report) -> str:
    """The input's name without its folder."""
    return report.masked(report.source.path.replace("\\", "/").rpartition("/")[2] or report.source.path)


def _head(report: Report) -> Markup:
    """The verdict in one word of colour and one sentence, and the counts."""
    lang, counts = report.lang, report.counts
    verdict = "errors" if counts.errors else "warnings" if counts.warnings else "right"
    title = report.schema.title.get(lang) or report.schema.title["en"]
    tiles = [
        ("error", phrase("html_errors", lang), counts.errors),
        ("warning", phrase("html_warnings", lang), counts.warnings),
        ("note", phrase("html_notes", lang), counts.notes),
        ("", phrase("html_invalid", lang), counts.invalid_records),
    ]
    return joined(
        tag("p", _name(report), tag("span", " · ", class_="dot"), title[:1].upper() + title[1:], class_="subject"),
        tag(
            "div",
            tag("h1", phrase(f"html_verdict_{verdict}", lang)),
            tag("p", phrase(f"html_advice_{verdict}", lang)),
            class_=f"verdict {verdict}",
        ),
        tag(
            "dl",
            *(
                tag("div", tag("dt", label), tag("dd", number(count, lang)), class_=f"tile {kind}" if count else "tile zero")
                for kind, label, count in tiles
            ),
            class_="tiles",
        ),
    )


def _controls(report: Report, *, cut: bool) -> Markup:
    """Search, filter and order; the script shows them and makes them work."""
    lang, counts = report.lang, report.counts
    kinds = (
        (Severity.ERROR, "errors", counts.errors),
        (Severity.WARNING, "warnings", counts.warnings),
        (Severity.NOTE, "notes", counts.notes),
    )
    shown = [
        tag("button", phrase(f"html_{name}", lang), type="button", data_show=str(severity), aria_pressed="false")
        for severity, name, count in kinds
        if count
    ]
    sorts = [
        tag("button", phrase(f"report_{name}", lang), type="button", data_sort=name, aria_pressed="true" if name == _SORTS[0] else "false")
        for name in _SORTS
    ]
    return tag(
        "div",
        tag("label", phrase("html_search", lang), " ", tag("input", type="search", id="search", autocomplete="off"), class_="search"),
        tag("div", tag("span", phrase("html_show", lang), id="show"), *shown, role="group", aria_labelledby="show"),
        tag("div", tag("span", phrase("html_sort", lang), id="sort"), *sorts, role="group", aria_labelledby="sort"),
        tag(
            "div",
            tag("span", id="state", role="status", data_shown=phrase("html_shown", lang, shown="{shown}", count="{count}")),
            tag("button", phrase("html_clear", lang), type="button", id="clear"),
            tag("span", phrase("html_search_cut", lang)) if cut else "",
            class_="state",
        ),
        id="controls",
        role="search",
        aria_label=phrase("html_search_in", lang),
        hidden=True,
    )


def _changes(report: Report, kind: str, table: Markup, count: int) -> Markup:
    """What is written differently: the suggestions that were applied, open, or the changed notations."""
    lang = report.lang
    summary = tag("summary", tag("h2", phrase(f"html_{kind}", lang)), " ", tag("span", number(count, lang), class_="total"))
    intro = tag("p", phrase(f"html_{kind}_intro", lang), class_="intro")
    return tag("details", summary, intro, table, id=kind, class_="changes", open=kind == "applied")


def _figures(report: Report) -> Markup:
    lang = report.lang
    return tag(
        "section",
        tag("h2", phrase("html_figures", lang)),
        tag("p", phrase("html_figures_right" if report.ok else "html_figures_wrong", lang), class_="intro"),
        tag("ul", *(tag("li", figure_text(figure, lang)) for figure in report.figures), class_="figures"),
        tag("p", phrase("frame_few", lang), class_="intro") if report.leaves_out_figures else Markup(),
    )


def _facts(report: Report) -> Markup:
    """What was read, how it was understood, and what was written."""
    lang, source = report.lang, report.source
    records = ", ".join(f"{phrase(f'record_{name}', lang)} {number(count, lang)}" for name, count in report.records.items())
    facts = [
        ("file", report.masked(source.path)),
        ("report_sheet", report.masked_sheet(source.sheet)),
        ("html_form", report.schema.title.get(lang) or report.schema.title["en"]),
        ("html_columns", phrase(f"html_{report.layout}", lang)),
        ("html_encoding", source.encoding),
        ("html_delimiter", {"\t": "Tab"}.get(source.delimiter or "", source.delimiter)),
        ("html_rows", number(report.rows, lang)),
        ("html_records", records),
    ]
    written = [tag("li", report.masked(path)) for path in report.outputs[:SHOWN_OUTPUTS]]
    if len(report.outputs) > SHOWN_OUTPUTS:
        written.append(tag("li", phrase("html_more_outputs", lang, count=number(len(report.outputs) - SHOWN_OUTPUTS, lang))))
    lines = [tag("div", tag("dt", phrase(name, lang)), tag("dd", value)) for name, value in facts if value]
    if written:
        lines.append(tag("div", tag("dt", phrase("html_outputs", lang)), tag("dd", tag("ul", *written))))
    return tag("section", tag("h2", phrase("html_facts", lang)), tag("dl", *lines, class_="facts"))


def _foot(report: Report) -> Markup:
    from csvimport import __version__

    personal = phrase("html_unmasked" if report.show_personal_data else "html_masked", report.lang)
    return joined(tag("p", phrase("frame_explain", report.lang)), tag("p", personal), tag("p", f"csvimport {__version__}"))
