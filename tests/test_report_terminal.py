"""The report for a terminal: one block for each cause, with its places."""

import re

import pandas as pd
from helpers import check, table

import csvimport
from csvimport.report.terminal import render


def block(report, code):
    """The lines about a code."""
    (found,) = [part for part in render(report).split("\n\n") if part.startswith(f"virhe {code} ")]
    return found.splitlines()


def test_one_problem_at_several_fields_is_one_block_with_its_places():
    rows = [("Tilinumero", *(f"{month}/2026" for month in range(1, 13))), ("3000", *["0,5"] * 12), ("4000", *["0,7"] * 12)]
    lines = block(check("budgets", table(rows), lang="fi"), "B-08")
    assert lines[0].startswith("virhe B-08  B2 Tammikuu")
    assert lines[-1].strip() == "samoin C2 Helmikuu, D2 Maaliskuu ja 21 muuta"


def test_no_text_of_the_input_steers_the_terminal():
    frame = pd.DataFrame({"Versio": ["Oma\x9b31m"], "Tilinumero": ["3000"], "Vuosi": ["2027"], "1/2027": ["1"]})
    report = csvimport.check("budgets", frame, settings={"encoding": "utf-8"})
    assert report.ok and any("\x9b" in figure.of for figure in report.figures)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", render(report))


def test_places_at_one_field_are_named_without_it():
    rows = [("Tilinumero", "1/2026"), ("3000", "0,5"), ("4000", "0,7")]
    assert block(check("budgets", table(rows), lang="fi"), "B-08")[-1].strip() == "samoin B3"
