"""Helpers of the rule tests: files written as lines, findings read as short tuples."""

import gc
import io
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from pathlib import Path
from typing import Any

from csvimport import check as check_file
from csvimport.report.report import Report
from csvimport.schema import Schema

# Messages are in English whatever the developer's language; processes that a test starts inherit it.
os.environ["LC_ALL"] = "C.UTF-8"


def pytest_collection_finish() -> None:
    """What collecting thousands of tests has made is no garbage: it is left out of the collector's rounds, an eighth of the time."""
    gc.collect()
    gc.freeze()


Found = tuple[str, str, str | None, str | None]
"""Code, severity, field, cell: ``("P-07", "error", "business_id", "B1")``; the cell is None for the whole file."""


@dataclass(frozen=True)
class Case:
    """A file, and what the user is told about a rule: for a right file (no severity) nothing."""

    rule: str
    lines: Sequence[str]
    severity: str = ""
    field: str | None = None
    cell: str | None = None
    settings: Mapping[str, Any] = default(default_factory=dict)
    registers: Mapping[str, Sequence[str]] = default(default_factory=dict)
    as_is: bool = False

    def __str__(self) -> str:
        return " ".join(filter(None, (self.rule, self.severity or "right", self.cell)))

    @property
    def found(self) -> Found:
        return self.rule, self.severity, self.field, self.cell

    def check(self, file: str, folder: Path) -> Report:
        """The report on the file, with the registers written to the folder."""
        names = {}
        for name, lines in self.registers.items():
            path = folder / f"{name}.csv"
            path.write_bytes(upload(*lines).getvalue())
            names[name] = str(path)
        settings = {**self.settings, "registers": {**self.settings.get("registers", {}), **names}}
        return check_file(file, upload(*self.lines), settings=settings, as_is=self.as_is)


def upload(*lines: str) -> io.BytesIO:
    """Lines as an upload-ready file."""
    return io.BytesIO("".join(f"{line}\r\n" for line in lines).encode("cp1252"))


def change(line: str, **cells: str) -> str:
    """The line with other text in some cells, named by their column letters."""
    values = line.split(";")
    for letters, text in cells.items():
        values[position(letters)] = text
    return ";".join(values)


def position(letters: str) -> int:
    """A → 0, B → 1, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def findings(report: Report) -> list[Found]:
    """Every finding."""
    return [(i.code, i.severity, i.field, f"{i.column or ''}{i.row or ''}" or None) for i in report.issues]


def serious(report: Report) -> list[Found]:
    """Errors and warnings, without the warning that the invented identity codes are temporary or test codes."""
    return [found for found in findings(report) if found[1] != "note" and found[:2] != ("C-30", "warning")]


def notes(report: Report) -> list[Found]:
    """The notes."""
    return [found for found in findings(report) if found[1] == "note"]


def problems(schema: Schema) -> set[str]:
    """Everything that the schema can complain about, by the keys of the messages."""
    said = {problem for rule in schema.all_rules for problem in rule.problems}
    for rule in schema.all_rules:
        told = {check.problem or rule.id for check in (*rule.checks, *rule.repairs)}
        said |= told - {rule.id} if rule.problems else told
    for record in schema.records:
        said |= {name for f in record.fields for name in f.codes if not re.fullmatch(r"[A-Z]+-\d+", name)}
        said |= {"record_word"} if record.mark else set()
    return said
