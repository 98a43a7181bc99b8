"""Transfer files that hold one record of a kind: a table with several becomes a folder of files and a list of them."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Mapping

import numpy as np

from csvimport.context import Context
from csvimport.kinds.dates import parse
from csvimport.messages import phrase, term
from csvimport.output.write import encoded, lines_of
from csvimport.records import Data
from csvimport.report.as_csv import no_formula
from csvimport.report.markup import in_markdown
from csvimport.rules.totals import FOR_EACH_FILE
from csvimport.shapes import Separate

LIST = "upload-list"
LONGEST_NAME = 40


def files(data: Data, how: Separate, context: Context, lang: str, shown: Callable[[str], str]) -> dict[str, bytes]:
    """A file for each record of the kind, named so that they sort in order, and the list of them as CSV and as Markdown.

    ``shown``: what names and the list may show of a text; what is uploaded is whole.
    """
    line = next(record for record in data.schema.records if record.parent == how.record and record.written)
    table = data[line.name]
    if table.parent is None:
        raise AssertionError(f"{line.name} belongs to no {how.record}")
    owner, count = table.parent, len(data[how.record])
    sequence = np.lexsort((table.order, owner))
    lines = lines_of(table, context, sequence)
    ends = np.cumsum(np.bincount(owner, minlength=count))
    names = _names(data, how, shown)
    spans = zip(names, [0, *ends[:-1]], ends, strict=True)
    contents = {name: encoded(lines.slice(start, end - start), context) for name, start, end in spans if end > start}
    return contents | _lists(data, how, names, lang, shown)


def _names(data: Data, how: Separate, shown: Callable[[str], str]) -> list[str]:
    """``007_2026-01-31_12_Palkat.csv``: the place in the order, the date, the key and the name, as far as they are known."""
    table = data[how.record]
    width = len(str(len(table)))
    keys = [""] * len(table) if table.keys is None else table.keys.to_list()
    dates = [day.isoformat() if (day := parse(text)) else "" for text in table.text[how.date]]
    parts = zip(dates, *(map(_plain, map(shown, texts)) for texts in (keys, table.text[how.name])), strict=True)
    return ["_".join((f"{number:0{width}d}", *filter(None, part))) + ".csv" for number, part in enumerate(parts, start=1)]


def _plain(text: str) -> str:
    """Text as part of a file name on any system: letters and digits of ASCII, joined by hyphens."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", ascii_only)[:LONGEST_NAME].strip("-")


def _lists(data: Data, how: Separate, names: list[str], lang: str, shown: Callable[[str], str]) -> dict[str, bytes]:
    table = data[how.record]
    columns: Mapping[str, list[str]] = {
        "file": names,
        "date": table.text[how.date].to_list(),
        "name": [*map(shown, table.text[how.name])],
        **FOR_EACH_FILE[how.figures](data),
    }
    titles = [phrase(name, lang) for name in columns]
    rows = list(zip(*columns.values(), strict=True))
    return {f"{LIST}.csv": _as_csv(titles, rows), f"{LIST}.md": _as_markdown(titles, rows, data.schema.upload.menu, lang)}


def _as_csv(titles: list[str], rows: list[tuple[str, ...]]) -> bytes:
    """For Excel, which knows UTF-8 by its byte order mark."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([titles, *(map(no_formula, row) for row in rows)])
    return text.getvalue().encode("utf-8-sig")


def _as_markdown(titles: list[str], rows: list[tuple[str, ...]], menu: str, lang: str) -> bytes:
    def line(cells: "tuple[str, ...] | list[str]") -> str:
        return f"| {' | '.join(in_markdown(cell) for cell in cells)} |"

    head = [f"# {phrase('upload_list', lang)}", "", phrase("upload_list_steps", lang, menu=term(menu, lang)), ""]
    return "\n".join([*head, line(titles), line(["---"] * len(titles)), *map(line, rows), ""]).encode()
