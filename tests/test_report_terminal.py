"""The report for a terminal: one block for each cause, with its places."""

import re
import sys

import pandas as pd
from helpers import check, table

import csvimport
from csvimport.report.terminal import render


def block(report, code, severity="virhe"):
    """The lines about a code."""
    (found,) = [part for part in render(report).split("\n\n") if part.startswith(f"{severity} {code} ")]
    return found.splitlines()


def test_one_problem_at_several_fields_is_one_block_with_its_places():
    rows = [("Tilinumero", *(f"{month}/2026" for month in range(1, 13))), ("3000", *["0,5"] * 12), ("4000", *["0,7"] * 12)]
    lines = block(check("budgets", table(rows), lang="fi"), "B-08")
    assert lines[0].startswith("virhe B-08  B2 Tammikuu")
    assert lines[-1].strip() == "samoin C2 Helmikuu, D2 Maaliskuu ja 21 muuta"


def test_no_text_of_the_input_steers_the_terminal():
    frame = pd.DataFrame({"Versio": ["Oma\x9b31m"], "Tilinumero": ["3000"], "Vuosi": ["2027"], "1/2027": ["1"]})
    report = csvimport.check("budgets", frame, settings={"encoding": "utf-8"})
    assert [(issue.code, issue.value) for issue in report.issues if issue.severity == "error"] == [("C-10", "Oma\x9b31m")]
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", render(report))


def test_places_at_one_field_are_named_without_it():
    rows = [("Tilinumero", "1/2026"), ("3000", "0,5"), ("4000", "0,7")]
    assert block(check("budgets", table(rows), lang="fi"), "B-08")[-1].strip() == "samoin B3 (0,7 → 1)"


TERMS = table(
    [("Tunnuksen tyyppi", "Nimi", "Tyyppi", "Maksuehto"), *(("", "Malli Oy", "C", days) for days in ("14", "30", "21", "60", "90"))]
)


def test_places_with_suggestions_of_their_own_are_told_with_them():
    assert block(check("partners", TERMS, lang="fi"), "P-17")[-1].strip() == "samoin D3 (30 → 300), D4 (21 → 210) ja 2 muuta"


def test_every_applied_suggestion_is_told_with_its_cell():
    lines = block(check("partners", TERMS, lang="fi", apply_suggestions=("P-17",)), "P-17", "huomautus")
    assert [(line.split("”")[1], line.split()[-1]) for line in lines[1:]] == [
        ("14", "140."), ("30", "300."), ("21", "210."), ("60", "600."), ("90", "900.")
    ]  # fmt: skip
    assert [line.split(":")[0].strip() for line in lines[2:]] == ["D3", "D4", "D5", "D6"]


def test_a_report_is_made_where_there_is_no_standard_output(monkeypatch):
    report = check("partners", TERMS, lang="fi")
    expected = render(report)
    monkeypatch.setattr(sys, "stdout", None)
    assert render(report) == expected
