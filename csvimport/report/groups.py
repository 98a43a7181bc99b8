"""The parts of the page that grow with the findings: one group for each cause, and the changed notations."""

from collections.abc import Iterator, Sequence

import numpy as np

from csvimport.findings import NOWHERE, Finding
from csvimport.messages import phrase
from csvimport.report.excerpts import Excerpt, Excerpts, Line
from csvimport.report.markup import Markup, joined, shortened, tag, visible
from csvimport.report.report import Issue, Report
from csvimport.report.shown import as_shown
from csvimport.severity import Severity
from csvimport.shapes import column_letter

SHOWN_ROWS = 3  # cells of a group that are shown in their rows
MOST_CELLS = 200  # cells of a group that are listed
MOST_LISTED = 4000  # cells that are listed on the whole page
MOST_GROUPS = 200
FOLDED_FROM = 8  # lists that are longer are folded
PLACES_OF_A_CHANGE = 10
LONGEST_CELL = 60
LONGEST_VALUE = 120
LONGEST_OWN = 300


def number(count: int, lang: str) -> str:
    """A number with its thousands set apart."""
    return f"{count:,}" if lang == "en" else f"{count:,}".replace(",", "\N{NO-BREAK SPACE}")


def is_change(finding: Finding) -> bool:
    """Whether a finding says what a notation became."""
    return finding.severity == Severity.NOTE and "written" in finding.details


class Groups:
    """The findings of a report as HTML; ``of`` and ``changes`` list as many cells as a page can carry."""

    def __init__(self, report: Report) -> None:
        self._report, self._lang = report, report.lang
        self._excerpts = Excerpts(report)
        self._most = _share([len(finding) for finding in report.findings], MOST_LISTED)

    @property
    def cut(self) -> bool:
        """Whether there are more findings than the page lists."""
        return len(self._report.findings) > MOST_GROUPS or any(len(finding) > self._most for finding in self._report.findings)

    def of(self, findings: Sequence[Finding]) -> Markup:
        """One group for each finding, the rest counted."""
        rest = findings[MOST_GROUPS:]
        cut = [tag("p", self._say("html_rest_groups", count=len(rest)), class_="rest")] if rest else []
        return joined(*(self._group(at, finding) for at, finding in enumerate(findings[:MOST_GROUPS])), *cut)

    def changes(self, findings: Sequence[Finding]) -> Markup:
        """The notations before and after, equal ones once."""
        rest = findings[MOST_GROUPS:]
        cut = [tag("p", self._say("html_rest_groups", count=len(rest)), class_="rest")] if rest else []
        names = ("html_before", "html_after", "html_at")
        return joined(self._table(names, [self._change(finding) for finding in findings[:MOST_GROUPS]], "pairs"), *cut)

    def _say(self, name: str, **details: object) -> str:
        return phrase(name, self._lang, **{k: number(v, self._lang) if isinstance(v, int) else v for k, v in details.items()})

    def _group(self, at: int, finding: Finding) -> Markup:
        issues = list(self._report.expand(finding, most=max(self._most, 1)))
        first = issues[0]
        severity = str(finding.severity)
        title = self._report.title_of(finding)
        head = [
            tag("span", self._say(f"frame_{severity}").capitalize(), class_="badge"),
            tag("span", title, class_="field") if title else "",
            tag("span", self._place(first) if len(finding) == 1 else self._say("html_cells", count=len(finding)), class_="place"),
            tag("span", first.code, class_="code"),
        ]
        rows = finding.rows[finding.rows > 0]
        return tag(
            "article",
            tag("h3", *_spaced(head)),
            tag("p", shortened(first.message), class_="message"),
            tag("p", tag("span", "→ ", aria_hidden="true"), shortened(first.hint), class_="hint"),
            *(self._excerpt(excerpt) for excerpt in self._excerpts.of(finding, SHOWN_ROWS)),
            self._cells(issues, len(finding)) if len(finding) > 1 else "",
            class_=f"group {severity}",
            data_severity=severity,
            data_code=first.code,
            data_row=int(rows.min()) if len(rows) else None,
            data_order=at,
        )

    def _place(self, issue: Issue) -> str:
        """Where an issue is, with its sheet when that is another than the report's."""
        sheet = f"{issue.sheet}!" if issue.sheet != self._report.source.sheet else ""
        if issue.row and issue.column:
            return f"{sheet}{issue.column}{issue.row}"
        if issue.row:
            return sheet + phrase("frame_row", self._lang, row=issue.row)
        return sheet + phrase("frame_column", self._lang, column=issue.column) if issue.column else self._say("html_whole_file")

    def _cells(self, issues: Sequence[Issue], count: int) -> Markup:
        """All cells of a group with their values, and with their own message where it says something else."""
        rest = count - len(issues)
        return tag(
            "details",
            tag("summary", self._say("html_all_cells", count=count)),
            self._listed(issues, [_own_text(issue, issues[0]) for issue in issues]),
            tag("p", self._say("html_rest_cells", count=rest), class_="rest") if rest else "",
            open=count <= FOLDED_FROM,
        )

    def _listed(self, issues: Sequence[Issue], own: Sequence[str]) -> Markup:
        """Cells and values as a list, or as a table when there is more to say about them."""
        suggested, said = any(issue.suggestion for issue in issues), any(own)
        if not suggested and not said:
            items = (tag("li", tag("b", self._place(issue)), " ", self._value(issue.value), class_="line") for issue in issues)
            return tag("ul", *items, class_="cells")
        names = ["html_cell", "report_value", *(["report_suggestion"] if suggested else []), *(["report_message"] if said else [])]
        lines = [
            tag(
                "tr",
                tag("th", self._place(issue), scope="row"),
                tag("td", self._value(issue.value)),
                tag("td", visible(issue.suggestion, LONGEST_VALUE) if issue.suggestion else "") if suggested else "",
                tag("td", shortened(text, LONGEST_OWN)) if said else "",
                class_="line",
            )
            for issue, text in zip(issues, own, strict=True)
        ]
        return self._table(names, [tag("tbody", *lines)], "cells")

    def _table(self, names: Sequence[str], bodies: Sequence[Markup], kind: str) -> Markup:
        head = tag("thead", tag("tr", *(tag("th", self._say(name), scope="col") for name in names)))
        return tag("table", head, *bodies, class_=kind)

    def _value(self, value: str | None, most: int = LONGEST_VALUE) -> Markup:
        return visible(value, most) if value else tag("span", self._say("html_empty"), class_="empty")

    def _excerpt(self, excerpt: Excerpt) -> Markup:
        """A piece of the input table: column letters, headings and the rows meant, their cell marked."""
        letters = [tag("th", column_letter(column), scope="col", class_=_distance(excerpt, column)) for column in excerpt.columns]
        head = [tag("tr", tag("td"), *_with_gaps(excerpt, letters, tag("th", "…")), class_="letters")]
        if excerpt.headings:
            head.append(self._line(excerpt, excerpt.headings, "headings"))
        where = ", ".join(
            f"{column_letter(excerpt.marked) if excerpt.marked is not None else ''}{line.number}" for line in excerpt.lines
        ) or column_letter(excerpt.marked or 0)
        caption = self._say("html_excerpt", cells=where)
        table = tag(
            "table",
            tag("caption", caption, class_="hidden"),
            tag("thead", *head),
            tag("tbody", *(self._line(excerpt, line) for line in excerpt.lines)) if excerpt.lines else "",
        )
        return tag("div", table, class_="excerpt", role="group", aria_label=caption)

    def _line(self, excerpt: Excerpt, line: Line, kind: str | None = None) -> Markup:
        cells = []
        for column, text in zip(excerpt.columns, line.cells, strict=True):
            meant = line.marked and excerpt.marked in (None, column)
            value = self._value(text, LONGEST_VALUE if meant else LONGEST_CELL) if text or (meant and excerpt.marked is not None) else ""
            cells.append(
                tag("td", tag("mark", value) if meant and value else value, class_="meant" if meant else _distance(excerpt, column))
            )
        label = tag("th", "" if line.number is None else str(line.number), scope="row")
        return tag("tr", label, *_with_gaps(excerpt, cells, tag("td", "…", class_="gap")), class_=kind)

    def _change(self, finding: Finding) -> Markup:
        """The changes of one kind at one field: each pair of notations once, with its cells."""
        pairs: dict[tuple[object, object], list[int]] = {}
        written = np.broadcast_to(np.asarray(finding.details["written"], object), (len(finding),))
        for at, pair in enumerate(zip(finding.values, written, strict=True)):
            pairs.setdefault(pair, []).append(at)
        shown = list(pairs.values())[: max(self._most, 1)]
        keep = np.zeros(len(finding), bool)
        keep[[at[0] for at in shown]] = True
        issues = list(self._report.expand(finding.take(keep)))
        personal = self._excerpts.is_personal(finding)
        after = [self._report.masked(str(written[at[0]] or ""), personal=personal) for at in shown]
        lines = [
            tag(
                "tr",
                *(tag("td", self._value(value)) for value in (issue.value, new)),
                tag("td", self._places(finding, at)),
                class_="line",
            )
            for issue, new, at in zip(issues, after, shown, strict=True)
        ]
        title = self._report.title_of(finding)
        rest = sum(map(len, pairs.values())) - sum(map(len, shown))
        head = [
            tag("span", title, class_="field") if title else "",
            tag("span", self._say("html_cells", count=len(finding)), class_="place") if len(finding) > 1 else "",
            tag("span", shortened(issues[0].message.removesuffix(f" → {after[0]}")), class_="message"),
            tag("span", issues[0].code, class_="code"),
        ]
        top = tag("tr", tag("th", tag("div", *_spaced(head)), colspan=3, scope="rowgroup"), class_="top")
        cut = [tag("tr", tag("td", self._say("html_rest_cells", count=rest), colspan=3), class_="rest")] if rest else []
        return tag("tbody", top, *lines, *cut, class_="change")

    def _places(self, finding: Finding, at: Sequence[int]) -> str:
        """Some cells of a finding, those below each other as one range."""
        runs = _runs(finding, at)
        said = []
        for first, last in runs[:PLACES_OF_A_CHANGE]:
            ends = np.zeros(len(finding), bool)
            ends[[first, last]] = True
            said.append("–".join(self._place(issue) for issue in self._report.expand(finding.take(ends))))
        rest = len(at) - sum(last - first + 1 for first, last in runs[:PLACES_OF_A_CHANGE])
        cells = ", ".join(said)
        return self._say("html_more_places", cells=cells, count=rest) if rest > 0 else cells


def _runs(finding: Finding, at: Sequence[int]) -> list[tuple[int, int]]:
    """The first and the last place of each run of cells that stand below each other."""
    places = np.asarray(at)
    rows, columns = finding.rows[places], finding.columns[places]
    goes_on = (np.diff(places) == 1) & (np.diff(rows) == 1) & (np.diff(columns) == 0) & (columns[1:] != NOWHERE)
    starts = np.flatnonzero(np.r_[True, ~goes_on])
    ends = np.r_[starts[1:], len(places)] - 1
    return [(int(places[start]), int(places[end])) for start, end in zip(starts, ends, strict=True)]


def _share(lengths: Sequence[int], budget: int) -> int:
    """How many cells of each group may be listed so that all groups stay within the budget."""
    most = MOST_CELLS
    while most > SHOWN_ROWS and sum(min(length, most) for length in lengths) > budget:
        most = max(most * 3 // 4, SHOWN_ROWS)
    return most


def _own_text(issue: Issue, first: Issue) -> str:
    """What an issue says that the first one of its group does not, apart from value and suggestion."""

    def bare(text: str, of: Issue) -> str:
        for part, name in ((of.suggestion, "\x01"), (of.value, "\x02"), (as_shown(of.value or ""), "\x02")):
            text = text.replace(part, name) if part else text
        return text

    if bare(issue.message, issue) != bare(first.message, first):
        return issue.message
    return "" if bare(issue.hint, issue) == bare(first.hint, first) or issue.suggestion else issue.hint


def _spaced(parts: Sequence[str]) -> Iterator[str]:
    """Parts with blanks between them, for those who read without the style."""
    for part in filter(None, parts):
        yield part
        yield " "


def _distance(excerpt: Excerpt, column: int) -> str | None:
    """How a column is marked that narrow screens leave out: neither the first nor beside the cell."""
    return "far" if column and excerpt.marked is not None and abs(column - excerpt.marked) > 1 else None


def _with_gaps(excerpt: Excerpt, cells: Sequence[Markup], gap: Markup) -> Iterator[Markup]:
    """Cells with a mark where columns are left out."""
    before = excerpt.columns[0] if excerpt.columns else NOWHERE
    for column, cell in zip(excerpt.columns, cells, strict=True):
        if column > before + 1:
            yield gap
        yield cell
        before = column
