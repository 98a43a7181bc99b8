"""The parts of the page that grow with the findings: one group for each cause, and the changed notations."""

from collections.abc import Iterator, Sequence

from csvimport.findings import NOWHERE, Finding
from csvimport.messages import phrase
from csvimport.report.changes import change_of, is_applied, is_change
from csvimport.report.excerpts import Excerpt, Excerpts, Line
from csvimport.report.markup import Markup, joined, shortened, tag, visible
from csvimport.report.places import Cause, by_cause, first_issues, place_of
from csvimport.report.report import Issue, Report
from csvimport.report.shown import as_shown
from csvimport.shapes import column_letter

SHOWN_FIELDS = 3  # fields of a group that its head names
SHOWN_ROWS = 3  # cells of a group that are shown in their rows
MOST_CELLS = 200  # cells of a group that are listed
MOST_LISTED = 4000  # cells that are listed on the whole page
MOST_GROUPS = 200
FOLDED_FROM = 8  # lists that are longer are folded
LONGEST_CELL = 60
LONGEST_VALUE = 120
LONGEST_OWN = 300


def number(count: int, lang: str) -> str:
    """A number with its thousands set apart."""
    return f"{count:,}" if lang == "en" else f"{count:,}".replace(",", "\N{NO-BREAK SPACE}")


class Groups:
    """The findings of a report as HTML; ``of`` and ``changes`` list as many cells as a page can carry."""

    def __init__(self, report: Report) -> None:
        self._report, self._lang = report, report.lang
        self._excerpts = Excerpts(report)
        changes = [finding for finding in report.shown if is_change(finding) or is_applied(finding)]
        causes = by_cause([finding for finding in report.shown if not is_change(finding) and not is_applied(finding)])
        lengths = [*map(len, changes), *(sum(map(len, cause)) for cause in causes)]
        self._most = _share(lengths, MOST_LISTED)
        self.cut = len(lengths) > MOST_GROUPS or any(length > self._most for length in lengths)

    def of(self, findings: Sequence[Finding]) -> Markup:
        """One group for each cause, the rest counted."""
        causes = by_cause(findings)
        rest = causes[MOST_GROUPS:]
        cut = [tag("p", self._say("html_rest_groups", count=len(rest)), class_="rest")] if rest else []
        return joined(*(self._group(at, cause) for at, cause in enumerate(causes[:MOST_GROUPS])), *cut)

    def changes(self, findings: Sequence[Finding]) -> Markup:
        """The notations before and after, equal ones once."""
        rest = findings[MOST_GROUPS:]
        cut = [tag("p", self._say("html_rest_groups", count=len(rest)), class_="rest")] if rest else []
        names = ("html_before", "html_after", "html_at")
        return joined(self._table(names, [self._change(finding) for finding in findings[:MOST_GROUPS]], "pairs"), *cut)

    def _say(self, name: str, **details: object) -> str:
        return phrase(name, self._lang, **{k: number(v, self._lang) if isinstance(v, int) else v for k, v in details.items()})

    def _group(self, at: int, cause: Cause) -> Markup:
        found = first_issues(self._report, cause, max(self._most, 1))
        first, finding = found[0]
        count = sum(map(len, cause))
        severity = str(finding.severity)
        titles = list(dict.fromkeys(filter(None, map(self._report.title_of, cause))))
        short = [title.split(",")[0] for title in titles[:SHOWN_FIELDS]]
        named = "".join(titles) if len(titles) < 2 else ", ".join(short) + ("…" if len(titles) > SHOWN_FIELDS else "")
        head = [
            tag("span", self._say(f"frame_{severity}").capitalize(), class_="badge"),
            tag("span", named, class_="field") if named else "",
            tag("span", self._place(first) if count == 1 else self._say("html_cells", count=count), class_="place"),
            tag("span", first.code, class_="code"),
        ]
        rows = [int(each.rows[each.rows > 0].min()) for each in cause if (each.rows > 0).any()]
        return tag(
            "article",
            tag("h3", *_spaced(head)),
            tag("p", shortened(first.message), class_="message"),
            tag("p", tag("span", "→ ", aria_hidden="true"), shortened(first.hint), class_="hint"),
            *(self._excerpt(excerpt) for excerpt in self._excerpts.of(finding, SHOWN_ROWS)),
            self._cells(found, count) if count > 1 else "",
            class_=f"group {severity}",
            data_severity=severity,
            data_code=first.code,
            data_row=min(rows, default=None),
            data_order=at,
        )

    def _place(self, issue: Issue) -> str:
        return place_of(issue, self._report) or self._say("html_whole_file")

    def _cells(self, found: Sequence[tuple[Issue, Finding]], count: int) -> Markup:
        """All cells of a group with their values, and with what else they do not have in common."""
        rest = count - len(found)
        titles = [self._report.title_of(finding) for _, finding in found]
        own = [_own_text(issue, title, found[0][0], titles[0]) for (issue, _), title in zip(found, titles, strict=True)]
        return tag(
            "details",
            tag("summary", self._say("html_all_cells", count=count)),
            self._listed([issue for issue, _ in found], titles if len(set(titles)) > 1 else [], own),
            tag("p", self._say("html_rest_cells", count=rest), class_="rest") if rest else "",
            open=count <= FOLDED_FROM,
        )

    def _listed(self, issues: Sequence[Issue], titles: Sequence[str], own: Sequence[str]) -> Markup:
        """Cells and values as a list, or as a table when there is more to say about them."""
        columns: list[tuple[str, list[str]]] = [("report_value", [self._value(issue.value) for issue in issues])]
        if titles:
            columns.insert(0, ("report_field", list(titles)))
        if any(issue.suggestion for issue in issues):
            suggested = [visible(issue.suggestion, LONGEST_VALUE) if issue.suggestion else "" for issue in issues]
            columns.append(("report_suggestion", suggested))
        if any(own):
            columns.append(("report_message", [shortened(text, LONGEST_OWN) for text in own]))
        if len(columns) == 1:
            items = (tag("li", tag("b", self._place(issue)), " ", self._value(issue.value), class_="line") for issue in issues)
            return tag("ul", *items, class_="cells")
        lines = [
            tag("tr", tag("th", self._place(issue), scope="row"), *(tag("td", cells[at]) for _, cells in columns), class_="line")
            for at, issue in enumerate(issues)
        ]
        return self._table(["html_cell", *(name for name, _ in columns)], [tag("tbody", *lines)], "cells")

    def _table(self, names: Sequence[str], bodies: Sequence[Markup], kind: str) -> Markup:
        head = tag("thead", tag("tr", *(tag("th", self._say(name), scope="col") for name in names)))
        return tag("table", head, *bodies, class_=kind)

    def _value(self, value: str | None, most: int = LONGEST_VALUE) -> Markup:
        return visible(value, most) if value else tag("span", self._say("html_empty"), class_="empty")

    def _excerpt(self, excerpt: Excerpt) -> Markup:
        """A piece of the input table: column letters, headings and the rows meant, their cell marked."""
        letters = [tag("th", column_letter(column), scope="col", class_=_kind(excerpt, column)) for column in excerpt.columns]
        head = [tag("tr", tag("td"), *_with_gaps(excerpt, letters, tag("th", "…", class_="before")), class_="letters")]
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
        return tag("div", table, class_="excerpt rows" if excerpt.marked is None else "excerpt", role="group", aria_label=caption)

    def _line(self, excerpt: Excerpt, line: Line, kind: str | None = None) -> Markup:
        cells = []
        for column, text in zip(excerpt.columns, line.cells, strict=True):
            meant = line.marked and excerpt.marked in (None, column)
            value = self._value(text, LONGEST_VALUE if meant else LONGEST_CELL) if text or (meant and excerpt.marked is not None) else ""
            cells.append(tag("td", tag("mark", value) if meant and value else value, class_=_kind(excerpt, column, meant=meant)))
        label = tag("th", "" if line.number is None else str(line.number), scope="row")
        return tag("tr", label, *_with_gaps(excerpt, cells, tag("td", "…", class_="gap before")), class_=kind)

    def _change(self, finding: Finding) -> Markup:
        """The changes of one kind at one field: each pair of notations once, with its cells."""
        change = change_of(self._report, finding, self._most)
        lines = [
            tag(
                "tr",
                *(tag("td", self._value(value)) for value in (pair.first.value, pair.after)),
                tag("td", self._say("html_more_places", cells=pair.cells, count=pair.more) if pair.more else pair.cells),
                class_="line",
            )
            for pair in change.pairs
        ]
        head = [
            tag("span", change.field, class_="field") if change.field else "",
            tag("span", self._say("html_cells", count=change.count), class_="place") if change.count > 1 else "",
            tag("span", shortened(change.message), class_="message"),
            tag("span", change.code, class_="code"),
        ]
        top = tag("tr", tag("th", tag("div", *_spaced(head)), colspan=3, scope="rowgroup"), class_="top")
        cut = [tag("tr", tag("td", self._say("html_rest_cells", count=change.rest), colspan=3), class_="rest")] if change.rest else []
        return tag("tbody", top, *lines, *cut, class_="change")


def _share(lengths: Sequence[int], budget: int) -> int:
    """How many cells of each group may be listed so that all groups stay within the budget."""
    most = MOST_CELLS
    while most > SHOWN_ROWS and sum(min(length, most) for length in lengths) > budget:
        most = max(most * 3 // 4, SHOWN_ROWS)
    return most


def _own_text(issue: Issue, title: str, first: Issue, first_title: str) -> str:
    """What an issue says that the first one of its group does not, apart from value, suggestion and field."""

    def bare(text: str, of: Issue, field: str) -> str:
        for part, name in ((of.suggestion, "\x01"), (of.value, "\x02"), (as_shown(of.value or ""), "\x02"), (field, "\x03")):
            text = text.replace(part, name) if part else text
        return text

    if bare(issue.message, issue, title) != bare(first.message, first, first_title):
        return issue.message
    return "" if bare(issue.hint, issue, title) == bare(first.hint, first, first_title) or issue.suggestion else issue.hint


def _spaced(parts: Sequence[str]) -> Iterator[str]:
    """Parts with blanks between them, for those who read without the style."""
    for part in filter(None, parts):
        yield part
        yield " "


def _kind(excerpt: Excerpt, column: int, *, meant: bool = False) -> str | None:
    """What a cell of an excerpt is: meant, above one that is, or what paper (``far``) and narrow screens leave out."""
    if meant:
        return "meant" if excerpt.marked is None else "meant cell"
    if column == excerpt.marked:
        return "cell"
    if excerpt.marked is None or column == excerpt.marked + 1:
        return None
    return "far" if column and abs(column - excerpt.marked) > 1 else "before"


def _with_gaps(excerpt: Excerpt, cells: Sequence[Markup], gap: Markup) -> Iterator[Markup]:
    """Cells with a mark where columns are left out."""
    before = excerpt.columns[0] if excerpt.columns else NOWHERE
    for column, cell in zip(excerpt.columns, cells, strict=True):
        if column > before + 1:
            yield gap
        yield cell
        before = column
