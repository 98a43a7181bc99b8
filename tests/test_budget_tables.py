"""Budgets as users keep them: a column for each month, or one of months and one of sums; financial years of any twelve months."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import openpyxl
import pandas as pd
import pytest
from conftest import findings, notes, serious, upload
from hypothesis import given, settings
from hypothesis import strategies as st

import csvimport
from csvimport.headings.targets import month_names
from csvimport.months import month_of
from csvimport.report.report import Report

RECORD = csvimport.schema("budgets").main
MONTHS = [field.key for field in RECORD.fields[4:16]]
FINNISH = ("Tammi", "Helmi", "Maalis", "Huhti", "Touko", "Kesä", "Heinä", "Elo", "Syys", "Loka", "Marras", "Joulu")
NAMES = {
    "Finnish": [f"{name}kuu".lower() for name in FINNISH],
    "Finnish, short": list(FINNISH),
    "English": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    "English, short": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "Swedish": ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"],
    "fields": MONTHS,
    "titles": [field.title["fi"] for field in RECORD.fields[4:16]],
    "numbers": [f"M{number}" for number in range(1, 13)],
    "numbers of two digits": [f"M{number:02d}" for number in range(1, 13)],
}
DATED = {
    "1/2027": lambda year, month: f"{month}/{year}",
    "01/2027": lambda year, month: f"{month:02d}/{year}",
    "01.2027": lambda year, month: f"{month:02d}.{year}",
    "2027-01": lambda year, month: f"{year}-{month:02d}",
    "2027/1": lambda year, month: f"{year}/{month}",
    "202701": lambda year, month: f"{year}{month:02d}",
    "2027M01": lambda year, month: f"{year}M{month:02d}",
    "1.1.2027": lambda year, month: f"1.{month}.{year}",
    "2027-01-31": lambda year, month: f"{year}-{month:02d}-28",
    "Tammi 2027": lambda year, month: f"{FINNISH[month - 1]} {year}",
    "tammikuu 2027": lambda year, month: f"{FINNISH[month - 1].lower()}kuu {year}",
    "TAMMIKUU/2027": lambda year, month: f"{FINNISH[month - 1].upper()}KUU/{year}",
    "Jan-27": lambda year, month: f"{NAMES['English, short'][month - 1]}-{year % 100:02d}",
    "januari 2027": lambda year, month: f"{NAMES['Swedish'][month - 1]} {year}",
    "date": lambda year, month: dt.date(year, month, 1),
    "datetime": lambda year, month: dt.datetime(year, month, 28),
    "Timestamp": lambda year, month: pd.Timestamp(year, month, 1),
    "Period": lambda year, month: pd.Period(year=year, month=month, freq="M"),
}
FIGURES = [str(number * 10) for number in range(1, 13)]
REPORT_ONCE = {"B-01", "B-04", "B-20", "B-21"}  # what every table is told: no row type, no version, the multiplier, what stays

quick = settings(max_examples=12, deadline=None)

Place = tuple[str, str, str | None]


def months(start: int = 1, year: int = 2026, count: int = 12) -> list[tuple[int, int]]:
    """Years and months from a first one on."""
    return [(year + (start - 1 + number) // 12, (start - 1 + number) % 12 + 1) for number in range(count)]


def headed(start: int = 1, year: int = 2026, count: int = 12) -> list[str]:
    """Headings such as 7/2026."""
    return [f"{month}/{of}" for of, month in months(start, year, count)]


def table(headings: Sequence[Any], *rows: Sequence[Any]) -> pd.DataFrame:
    return pd.DataFrame([list(row) for row in rows], columns=pd.Index(list(headings), dtype=object), dtype=object)


def workbook(rows: Sequence[Sequence[Any]], number_format: str = "") -> io.BytesIO:
    """Rows as a workbook; dates shown in a format."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    for cell in (cell for row in book.active.iter_rows() for cell in row if cell.is_date and number_format):
        cell.number_format = number_format
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    stream.name = "budjetti.xlsx"
    return stream


def row(
    account: str, year: int, figures: Mapping[int, Any], kind: str = "p", version: str = "", dimension: str = "", item: str = ""
) -> str:
    """An upload-ready row with the figures of some months, others 0."""
    cells = [str(figures.get(month, 0)) for month in range(1, 13)]
    return ";".join([kind, version, account, str(year), *cells, dimension, item])


def whole(account: str, year: int = 2026, **cells: str) -> str:
    """An upload-ready row with FIGURES."""
    return row(account, year, dict(enumerate(FIGURES, start=1)), **cells)


def written(source: Any, *, warned: Sequence[str] = (), **options: Any) -> list[str]:
    """The lines that a conversion wrote; no errors, and no warnings but those of the codes."""
    result = csvimport.convert("budgets", source, **options)
    assert {(found[0], found[1]) for found in serious(result.report)} == {(code, "warning") for code in warned}
    return result.to_bytes().decode("cp1252").split("\r\n")[:-1]


def check(source: Any, **options: Any) -> Report:
    return csvimport.check("budgets", source, **options)


def places(report: Report) -> list[Place]:
    """Code, severity and cell of every error and warning."""
    return [(code, severity, cell) for code, severity, _, cell in serious(report)]


def said(report: Report) -> list[Place]:
    """Code, severity and cell of everything but what every table is told."""
    return [(code, severity, cell) for code, severity, _, cell in findings(report) if cell or severity != "note" or code not in REPORT_ONCE]


def by_year(report: Report) -> dict[str, str]:
    """The totals without the number of rows."""
    return {total.name: total.value for total in report.totals if total.name != "rows"}


# --- what a month is --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "month"),
    [
        *(("1/2027", (2027, 1)), ("01/2027", (2027, 1)), ("12.2027", (2027, 12)), ("1-2027", (2027, 1)), ("1 / 2027", (2027, 1))),
        *(("1/27", (2027, 1)), ("2027-01", (2027, 1)), ("2027/12", (2027, 12)), ("2027.1", (2027, 1)), ("2027 1", (2027, 1))),
        *(("202701", (2027, 1)), ("2027M01", (2027, 1)), ("2027-01-31", (2027, 1)), ("2027-12-01T00:00:00", (2027, 12))),
        *(("2027-01-01 00:00:00", (2027, 1)), ("31.1.2027", (2027, 1)), ("01.12.2027", (2027, 12)), ("1. 1. 2027", (2027, 1))),
        *(("tammikuu", (0, 1)), ("Tammi", (0, 1)), ("JAN", (0, 1)), ("januari", (0, 1)), ("Jan.", (0, 1)), (" mars ", (0, 3))),
        *(
            ("tammikuu 2027", (2027, 1)),
            ("tammi-27", (2027, 1)),
            ("Tammi/2027", (2027, 1)),
            ("Jan '27", (2027, 1)),
            ("dec, 2027", (2027, 12)),
        ),
        *(("Kesäkuu 2027", (2027, 6)), ("Okt 2027", (2027, 10)), ("tammikuu\u00a02027", (2027, 1))),
        *(("1", (0, 1)), ("01", (0, 1)), ("12.", (0, 12)), ("M1", (0, 1)), ("M01", (0, 1)), ("P12", (0, 12))),
    ],
)
def test_what_is_a_month(text: str, month: tuple[int, int]) -> None:
    assert month_of(text, month_names(RECORD)) == month


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "0", "13", "M13", "0/2027", "13/2027", "2027-00", "2027-13", "2027-13-01", "1.13.2027", "2027", "27", "123", "1/202"),
        *("1/20277", "Q1/2027", "H1 2027", "viikko 1", "tammikuus", "tammi helmi", "Yhteensä", "Summa", "Tili", "1/2027–3/2027"),
        *("tammikuu 20277", "1/2027 toteuma"),
    ],
)
def test_what_is_no_month(text: str) -> None:
    assert month_of(text, month_names(RECORD)) is None


@pytest.mark.parametrize("text", ["Jan 15, 2027", "January 15 2027", "Dec 31, 2027"])
def test_the_day_of_an_american_date_is_not_its_year(text: str) -> None:
    found = month_of(text, month_names(RECORD))
    assert found is not None and found[0] == 2027


@pytest.mark.parametrize(("form", "start"), [("tammi", "7"), ("Tammikuu", "1"), ("jan", "1"), ("Jan.", "10")])
def test_a_heading_may_end_with_the_last_digits_of_the_year(form: str, start: str) -> None:
    months = next(names for names in NAMES.values() if form.rstrip(".").casefold() in (name.casefold() for name in names))
    run = [(26 + (n > 12), (n - 1) % 12) for n in range(int(start), int(start) + 12)]
    headings = [f"{months[month]}{'.' if form.endswith('.') else ''} {year}" for year, month in run]
    result = csvimport.convert("budgets", pd.DataFrame([["4000", *map(str, range(1, 13))]], columns=["Tili", *headings], dtype=object))
    lines = result.to_bytes().decode("cp1252").split("\r\n")[:-1]
    assert [line.split(";")[3] for line in lines] == (["2026"] if start == "1" else ["2026", "2027"])
    assert lines[0].split(";")[3 + int(start)] == "1"


def test_headings_of_days_are_no_months_of_other_years() -> None:
    """Jan 31, Feb 28, Mar 31 are the ends of months."""
    headings = [
        f"{month} {day}" for month, day in zip(NAMES["English, short"], (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), strict=True)
    ]
    frame = pd.DataFrame([["4000", *["1"] * 12]], columns=["Account", *headings], dtype=object)
    assert ("B-09", "error") in {(issue.code, issue.severity) for issue in csvimport.check("budgets", frame).issues}
    assert month_of("Jan 31", month_names(RECORD)) is None


@pytest.mark.parametrize("text", ["tammikuu", "Jan 2027", "mars"])
def test_words_are_months_only_by_the_names_given(text: str) -> None:
    assert month_of(text, {}) is None


# --- a column for each month ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES.keys())
def test_months_are_known_by_their_names_beside_a_column_of_years(names: list[str]) -> None:
    assert written(table(["Tili", "Vuosi", *names], ["4000", "2026", *FIGURES])) == [whole("4000")]


@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES.keys())
def test_months_may_stand_in_any_order(names: list[str]) -> None:
    frame = table(["Tili", "Vuosi", *names], ["4000", "2026", *FIGURES])
    assert written(frame[[*names[6:], "Vuosi", *names[:6][::-1], "Tili"]]) == [whole("4000")]


@pytest.mark.no_cover
@pytest.mark.parametrize("heading", DATED.values(), ids=DATED.keys())
def test_months_may_bring_their_year(heading: Any) -> None:
    frame = table(["Tili", *(heading(year, month) for year, month in months(year=2027))], ["4000", *FIGURES])
    assert written(frame) == [whole("4000", 2027)]


@pytest.mark.no_cover
@pytest.mark.parametrize("heading", DATED.values(), ids=DATED.keys())
def test_a_broken_financial_year_becomes_two_rows(heading: Any) -> None:
    frame = table(["Tili", *(heading(year, month) for year, month in months(7))], ["4000", *FIGURES], ["3000", *(f"-{n}" for n in FIGURES)])
    first, second = dict(zip(range(7, 13), FIGURES, strict=False)), dict(zip(range(1, 7), FIGURES[6:], strict=True))
    negative = [{month: f"-{figure}" for month, figure in part.items()} for part in (first, second)]
    assert written(frame) == [
        row("4000", 2026, first),
        row("4000", 2027, second),
        row("3000", 2026, negative[0]),
        row("3000", 2027, negative[1]),
    ]


@pytest.mark.parametrize("shown", ["", "m/yyyy", "mmm yy", "d.m.yyyy", "yyyy-mm-dd"])
@pytest.mark.parametrize("title", [[], [["Budjetti 2026–2027"]]], ids=["", "under a title"])
def test_the_headings_of_a_workbook_may_be_dates(shown: str, title: list[list[str]]) -> None:
    rows = [["Tili", *(dt.date(year, month, 1) for year, month in months(7))], [4000, *range(1, 13)]]
    assert written(workbook([*title, *rows], shown)) == [
        row("4000", 2026, dict(zip(range(7, 13), range(1, 7), strict=True))),
        row("4000", 2027, dict(zip(range(1, 7), range(7, 13), strict=True))),
    ]


def test_the_columns_of_a_frame_may_be_dates_or_periods() -> None:
    for index in (pd.date_range("2026-07-01", periods=12, freq="MS"), pd.period_range("2026-07", periods=12, freq="M")):
        frame = pd.DataFrame([range(1, 13)], columns=index)
        frame.insert(0, "Tili", "4000")
        assert [line.split(";")[3] for line in written(frame)] == ["2026", "2027"]


def test_months_with_and_without_their_year_in_one_sheet_are_not_guessed() -> None:
    frame = table(["Tili", *headed()[:6], *NAMES["Finnish"][6:]], ["4000", *FIGURES])
    assert findings(check(frame)) == [("B-07", "error", "year", None)]


def test_a_year_column_that_contradicts_the_headings_is_an_error() -> None:
    frame = table(["Tili", "Vuosi", *headed()], ["4000", "2026", *FIGURES], ["4100", "2025", *FIGURES])
    assert places(check(frame)) == [("B-07", "error", "B2")]


def test_a_year_column_that_agrees_with_the_headings_is_no_contradiction() -> None:
    assert written(table(["Tili", "Vuosi", *headed()], ["4000", "2026", *FIGURES])) == [whole("4000")]


def test_two_columns_for_one_month_are_an_error() -> None:
    report = check(table(["Tili", *headed(), "tammikuu 2026"], ["4000", *FIGURES, "7"]))
    assert places(report) == [("T-02", "error", "N")]


def test_a_year_of_the_headings_beyond_2100_is_a_warning() -> None:
    assert {found[:2] for found in serious(check(table(["Tili", *headed(year=2101)], ["4000", *FIGURES])))} == {("B-07", "warning")}


@pytest.mark.parametrize("names", [NAMES["Finnish"], NAMES["English, short"], NAMES["Swedish"]], ids=["fi", "en", "sv"])
def test_without_any_year_there_is_one_error_and_nothing_more(names: list[str]) -> None:
    assert findings(check(table(["Tili", *names], ["4000", *FIGURES], ["400", "x", *FIGURES[1:]]))) == [("B-07", "error", "year", None)]


@pytest.mark.parametrize("start", ["7/2026", "07/2026", "2026-07", "7.2026", "1.7.2026"])
def test_the_settings_may_say_the_financial_year(start: str) -> None:
    frame = table(["Tili", *NAMES["Finnish"]], ["4000", *FIGURES])
    later, earlier = (dict(zip(part, (FIGURES[m - 1] for m in part), strict=True)) for part in (range(7, 13), range(1, 7)))
    assert written(frame, settings={"financial_year": start}) == [row("4000", 2026, later), row("4000", 2027, earlier)]


def test_a_financial_year_from_january_needs_one_row() -> None:
    frame = table(["Tili", *NAMES["Finnish"]], ["4000", *FIGURES])
    assert written(frame, settings={"financial_year": "1/2026"}) == [whole("4000")]


def test_years_of_the_sheet_come_before_the_settings() -> None:
    for frame in (
        table(["Tili", "Vuosi", *NAMES["Finnish"]], ["4000", "2026", *FIGURES]),
        table(["Tili", *headed()], ["4000", *FIGURES]),
    ):
        assert written(frame, settings={"financial_year": "7/2026"}) == [whole("4000")]
        assert ("B-22", "note", "year", None) in notes(check(frame, settings={"financial_year": "7/2026"}))


@pytest.mark.no_cover
@quick
@given(
    start=st.integers(1, 12),
    year=st.integers(2000, 2090),
    figures=st.lists(st.lists(st.integers(-(10**9), 10**9), min_size=12, max_size=12), min_size=1, max_size=5),
    order=st.permutations(range(12)),
    heading=st.sampled_from(list(DATED)),
)
def test_the_sums_of_the_years_are_the_same_before_and_after(
    start: int, year: int, figures: list[list[int]], order: list[int], heading: str
) -> None:
    columns = months(start, year)
    accounts = [str(4000 + number) for number in range(len(figures))]
    frame = table(
        ["Tili", *(DATED[heading](*columns[place]) for place in order)],
        *([account, *(own[place] for place in order)] for account, own in zip(accounts, figures, strict=True)),
    )
    years = sorted({of for of, _ in columns})
    expected = [
        row(account, of, {month: figure for (at, month), figure in zip(columns, own, strict=True) if at == of})
        for account, own in zip(accounts, figures, strict=True)
        for of in years
    ]
    result = csvimport.convert("budgets", frame)
    assert serious(result.report) == []
    assert result.to_bytes() == upload(*expected).getvalue()
    sums = {of: sum(own[place] for own in figures for place, (at, _) in enumerate(columns) if at == of) for of in years}
    assert by_year(result.report) == {f"Budget {of} p": str(total) for of, total in sums.items()}


def test_figures_of_two_financial_years_may_stand_side_by_side() -> None:
    frame = table(["Tili", *headed(7, 2026, 24)], ["4000", *range(1, 25)])
    assert [line.split(";")[3] for line in written(frame)] == ["2026", "2027", "2028"]
    assert by_year(check(frame)) == {
        "Budget 2026 p": "21",
        "Budget 2027 p": str(sum(range(7, 19))),
        "Budget 2028 p": str(sum(range(19, 25))),
    }


# --- one column of months, one of sums ----------------------------------------------------------------------------------


def long(*rows: Sequence[Any], headings: Sequence[str] = ("Tili", "Kuukausi", "Summa")) -> pd.DataFrame:
    return table(headings, *rows)


def lines_of(account: str, columns: Sequence[Any], *more: str) -> list[list[Any]]:
    """A line for each month, with FIGURES."""
    return [[account, column, figure, *more] for column, figure in zip(columns, FIGURES, strict=True)]


@pytest.mark.no_cover
@pytest.mark.parametrize("heading", DATED.values(), ids=DATED.keys())
def test_a_line_for_each_month_becomes_a_row_for_each_year(heading: Any) -> None:
    frame = long(*lines_of("4000", [heading(year, month) for year, month in months(year=2027)]))
    assert written(frame) == [whole("4000", 2027)]


@pytest.mark.parametrize(
    "columns", [NAMES["Finnish"], NAMES["English, short"], NAMES["Swedish"], list(range(1, 13)), [f"{n:02d}" for n in range(1, 13)]]
)
def test_months_without_year_stand_beside_a_column_of_years(columns: list[Any]) -> None:
    frame = long(*lines_of("4000", columns, "2026"), headings=["Tili", "Kuukausi", "Summa", "Vuosi"])
    assert written(frame) == [whole("4000")]


@pytest.mark.parametrize(
    "headings",
    ["Account Month Amount", "Tili Kk Budjetti", "Tilinumero Kuukausi Euroa", "Konto Månad Belopp", "Account Period Sum", "Tili Jakso EUR"],
)
def test_the_headings_of_months_and_sums(headings: str) -> None:
    assert written(long(*lines_of("4000", headed()), headings=headings.split())) == [whole("4000")]


def test_lines_of_an_account_need_not_stand_together() -> None:
    one, two = lines_of("4000", headed(7)), lines_of("4100", headed(7))
    mixed = [line for pair in zip(two[::-1], one[::-1], strict=True) for line in pair]
    assert sorted(written(long(*mixed))) == sorted(written(long(*one, *two)))
    assert len(written(long(*mixed))) == 4


@pytest.mark.no_cover
@quick
@given(
    start=st.integers(1, 12),
    figures=st.lists(st.lists(st.integers(-(10**6), 10**6), min_size=12, max_size=12), min_size=1, max_size=4),
)
def test_a_long_sheet_gives_the_same_file_as_a_wide_one(start: int, figures: list[list[int]]) -> None:
    accounts = [str(4000 + number) for number in range(len(figures))]
    wide = table(["Tili", *headed(start)], *([account, *own] for account, own in zip(accounts, figures, strict=True)))
    lines = [
        [account, month, figure]
        for account, own in zip(accounts, figures, strict=True)
        for month, figure in zip(headed(start), own, strict=True)
    ]
    assert written(long(*lines)) == written(wide)


def test_the_months_of_a_workbook_may_be_dates() -> None:
    rows = [[4000, dt.date(year, month, 1), 5] for year, month in months(7)]
    assert written(workbook([["Tili", "Kuukausi", "Summa"], *rows], "m/yyyy")) == [
        row("4000", 2026, dict.fromkeys(range(7, 13), 5)),
        row("4000", 2027, dict.fromkeys(range(1, 7), 5)),
    ]


def test_months_without_any_year_in_a_long_sheet_are_one_error_and_nothing_more() -> None:
    for columns in (NAMES["Finnish"], list(range(1, 13))):
        assert findings(check(long(*lines_of("4000", columns)))) == [("B-07", "error", "year", None)]


def test_the_settings_may_say_the_financial_year_of_a_long_sheet() -> None:
    frame = long(*lines_of("4000", NAMES["Finnish"]))
    later, earlier = (dict(zip(part, (FIGURES[m - 1] for m in part), strict=True)) for part in (range(7, 13), range(1, 7)))
    assert sorted(written(frame, settings={"financial_year": "7/2026"})) == [row("4000", 2026, later), row("4000", 2027, earlier)]


def test_a_month_that_contradicts_the_column_of_years_is_an_error_there() -> None:
    lines = [[*line, "2026"] for line in lines_of("4000", headed())]
    lines[4][3] = "2025"
    report = check(long(*lines, headings=["Tili", "Kuukausi", "Summa", "Vuosi"]))
    assert places(report) == [("B-07", "error", "D5")]


@pytest.mark.parametrize("year", ["", "26", "vuosi"])
def test_a_missing_or_wrong_year_of_a_long_sheet_is_one_error_at_its_cell(year: str) -> None:
    lines = [[*line, "2026"] for line in lines_of("4000", range(1, 13))]
    lines.append(["4100", "1", "5", year])
    report = check(long(*lines, headings=["Tili", "Kuukausi", "Summa", "Vuosi"]))
    assert places(report) == [("B-07", "error", "D13")]
    assert max(len(issue.message) for issue in report.issues) < 300


def test_of_a_long_sheet_without_any_right_year_no_month_is_missed() -> None:
    report = check(long(["4000", "1", "10", "20X6"], ["4000", "5", "10", "20X6"], headings=["Tili", "Kuukausi", "Summa", "Vuosi"]))
    assert places(report) == [("B-07", "error", "D1")]


def test_a_second_sum_for_a_month_is_an_error_at_its_cell() -> None:
    lines = [*lines_of("4000", headed()), ["4000", "2/2026", "5"], ["4100", "2/2026", "5"]]
    report = check(long(*lines))
    assert places(report) == [("B-15", "error", "C13")]
    assert "5" in next(issue for issue in report.issues if issue.code == "B-15").message


def test_another_version_or_item_makes_no_second_sum() -> None:
    headings = ["Tili", "Kuukausi", "Summa", "Versio", "Dimensio", "Nimike"]
    same = [lines_of("4000", headed(), *more) for more in (("A", "", ""), ("B", "", ""), ("A", "Osasto", "X"), ("A", "Osasto", "Y"))]
    frame = long(*(line for lines in same for line in lines), headings=headings)
    assert written(frame, warned=["B-05"]) == [
        whole("4000", version="A"),
        whole("4000", version="B"),
        whole("4000", kind="d", version="A", dimension="Osasto", item="X"),
        whole("4000", kind="d", version="A", dimension="Osasto", item="Y"),
    ]


@pytest.mark.parametrize("first", ["4000 Ostot", " 4000", 4000])
def test_an_account_in_two_notations_is_one_account(first: object) -> None:
    lines: list[list[Any]] = lines_of("4000", headed())
    lines[3][0] = first
    assert written(long(*lines)) == [whole("4000")]


@pytest.mark.parametrize("month", ["13/2026", "tammihelmi", "Q1/2026", "Yhteensä"])
def test_what_is_no_month_is_one_error_at_its_cell(month: str) -> None:
    report = check(long(*lines_of("4000", headed()), ["4100", month, "5"]))
    assert places(report) == [("B-09", "error", "B13")]
    assert month in next(issue for issue in report.issues if issue.code == "B-09" and issue.severity == "error").message


def test_a_sum_without_month_is_one_error_at_its_cell() -> None:
    assert places(check(long(*lines_of("4000", headed()), ["4100", "", "5"]))) == [("B-09", "error", "B13")]


def test_a_sum_without_account_is_one_error_at_its_cell() -> None:
    assert places(check(long(*lines_of("4000", headed()), ["", "3/2026", "5"]))) == [("B-06", "error", "A13")]


def test_a_wrong_sum_is_reported_at_its_own_line() -> None:
    lines = [*lines_of("4000", headed(7)), *lines_of("4100", headed(7))]
    lines[8][2], lines[14][2] = "x", "2,5"
    assert places(check(long(*lines))) == [("B-08", "error", "C9"), ("B-08", "error", "C15")]


def test_rows_of_a_csv_count_from_its_headings() -> None:
    text = ["Tili;Kuukausi;Summa", *(";".join(line) for line in lines_of("4000", headed())), "4100;1/2026;x", "4100;kk;5"]
    assert places(check(upload(*text))) == [("B-08", "error", "C14"), ("B-09", "error", "B15")]


# --- neither ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("headings", [["Tili", "Vuosi"], ["Tili", "Kuukausi"], ["Tili", "Versio", "Summa"], ["Tili", "Vuosi", "Versio"]])
def test_a_table_without_months_is_one_error_and_nothing_more(headings: list[str]) -> None:
    report = check(table(headings, ["4000", *["1"] * (len(headings) - 1)]))
    assert [found for found in findings(report) if found[1] == "error"] == [("B-09", "error", "year", None)]
    assert len(findings(report)) == 1


@pytest.mark.parametrize("more", ["Kuukausi", "Summa", "Budjetti", "Jakso"])
@pytest.mark.parametrize("year", [True, False], ids=["beside years", "with years"])
def test_a_lone_column_of_months_or_sums_does_not_disturb_a_wide_sheet(more: str, year: bool) -> None:
    frame = (
        table(["Tili", "Vuosi", *NAMES["Finnish"], more], ["4000", "2026", *FIGURES, "780"])
        if year
        else table(["Tili", *headed(), more], ["4000", *FIGURES, "780"])
    )
    result = csvimport.convert("budgets", frame)
    assert {found[0] for found in serious(result.report)} <= {"T-01"}
    assert result.to_bytes() == upload(whole("4000")).getvalue()


# --- versions, dimensions, types ------------------------------------------------------------------------------------------


def test_several_versions_in_a_sheet() -> None:
    frame = table(["Versio", "Tili", *headed()], ["Budjetti", "4000", *FIGURES], ["Ennuste", "4000", *FIGURES])
    assert written(frame, warned=["B-05"]) == [whole("4000", version="Budjetti"), whole("4000", version="Ennuste")]
    assert by_year(check(frame)) == {"Budjetti 2026 p": "780", "Ennuste 2026 p": "780"}


SHOPS = ["4000", "Myymälä A", *FIGURES], ["4000", "((no item))", *FIGURES], ["7230", "", *FIGURES]
SHOP_ROWS = [
    whole("4000", kind="d", dimension="Kustannuspaikka", item="Myymälä A"),
    whole("4000", kind="d", dimension="Kustannuspaikka", item="((no item))"),
    whole("7230"),
]


@pytest.mark.parametrize("heading", ["Dimensio: Kustannuspaikka", "Dimension: Kustannuspaikka", "Seurantakohde: Kustannuspaikka"])
def test_a_column_named_for_a_dimension(heading: str) -> None:
    assert written(table(["Tili", heading, *headed()], *SHOPS)) == SHOP_ROWS


def test_a_column_named_for_a_dimension_of_the_settings() -> None:
    frame = table(["Tili", "Kustannuspaikka", *headed()], *SHOPS)
    assert written(frame, settings={"dimension_order": ["Kustannuspaikka", "Projekti"]}) == SHOP_ROWS


def test_columns_for_dimension_and_item() -> None:
    rows = [[account, "Kustannuspaikka" if item else "", item, *figures] for account, item, *figures in SHOPS]
    assert written(table(["Tili", "Dimensio", "Nimike", *headed()], *rows)) == SHOP_ROWS


def test_dimensions_of_a_broken_financial_year_go_with_both_rows() -> None:
    frame = table(["Tili", "Dimensio: Kustannuspaikka", *headed(7)], ["4000", "Myymälä A", *["1500"] * 12])
    assert written(frame) == [
        row("4000", year, dict.fromkeys(part, 1500), kind="d", dimension="Kustannuspaikka", item="Myymälä A")
        for year, part in ((2026, range(7, 13)), (2027, range(1, 7)))
    ]


def test_columns_of_several_dimensions_one_filled_in_each_row() -> None:
    frame = table(
        ["Tili", "Dimensio: Kustannuspaikka", "Dimensio: Projekti", *headed()],
        ["4000", "Myymälä A", "", *FIGURES],
        ["4000", "", "P-1", *FIGURES],
    )
    assert written(frame) == [SHOP_ROWS[0], whole("4000", kind="d", dimension="Projekti", item="P-1")]


@pytest.mark.parametrize("start", [1, 7])
def test_two_dimensions_of_one_row_are_an_error_at_the_second(start: int) -> None:
    frame = table(["Tili", "Dimensio: Kustannuspaikka", "Dimensio: Projekti", *headed(start)], ["4000", "Myymälä A", "P-1", *FIGURES])
    assert places(check(frame)) == [("C-38", "error", "C1")]


def test_the_word_for_no_item_is_that_of_the_settings() -> None:
    word = "((ei nimikettä))"
    frame = table(["Tili", "Dimensio: Kustannuspaikka", *headed()], ["4000", word, *FIGURES], ["4100", "(ei nimikettä)", *FIGURES])
    report = check(frame, settings={"no_item_word": word})
    assert places(report) == [("B-13", "warning", "B2")]
    assert next(issue for issue in report.issues if issue.code == "B-13").suggestion == word
    assert written(frame.iloc[:1], settings={"no_item_word": word}) == [
        whole("4000", kind="d", dimension="Kustannuspaikka", item=word),
    ]


def test_the_type_of_rows_without_a_column_is_told_once() -> None:
    report = check(table(["Tili", "Dimensio: Kustannuspaikka", *headed()], *SHOPS))
    (issue,) = [issue for issue in report.issues if issue.code == "B-01"]
    assert (issue.severity, issue.row) == ("note", None)
    assert "2" in issue.message and "1" in issue.message
    assert ("B-16", "note", "row_type", None) in notes(report)


def test_an_item_without_dimension_is_a_dimension_row_that_lacks_it() -> None:
    frame = table(["Tili", "Dimensio", "Nimike", *headed()], ["4000", "", "Myymälä A", *FIGURES])
    assert places(check(frame)) == [("B-11", "error", "B1")]


@pytest.mark.parametrize(
    ("word", "kind"), [("perus", "p"), ("Perusbudjetti", "p"), ("P", "p"), ("dimensiobudjetti", "d"), ("Dimensio", "d")]
)
def test_the_type_may_be_a_word(word: str, kind: str) -> None:
    shop = ("Osasto", "X") if kind == "d" else ("", "")
    frame = table(["Rivityyppi", "Tili", *headed(), "Dimensio", "Nimike"], [word, "4000", *FIGURES, *shop])
    assert written(frame) == [whole("4000", kind=kind, dimension=shop[0], item=shop[1])]


def test_the_name_of_an_account_is_left_out() -> None:
    frame = table(["Tili", *headed(7)], ["4000 Ostot", *FIGURES])
    assert [line.split(";")[2] for line in written(frame)] == ["4000", "4000"]
    assert [found for found in notes(check(frame)) if found[3]] == [("B-06", "note", "account", "A1")]


# --- comments, gaps -------------------------------------------------------------------------------------------------------

EMPTY = [""] * 12


def test_comments_of_a_wide_sheet_are_left_out() -> None:
    frame = table(
        ["Tili", "Selite", *headed()],
        ["", "Ostot", *EMPTY],
        ["4000", "Materiaalit", *FIGURES],
        ["", "Tarkista vuokra!", *EMPTY],
        ["7230", "", *FIGURES],
    )
    assert written(frame) == [whole("4000"), whole("7230")]
    (issue,) = [issue for issue in check(frame).issues if issue.code == "B-03"]
    assert (issue.severity, issue.row) == ("note", 1)
    assert "2" in issue.message


def test_a_sheet_of_nothing_but_comments_is_refused() -> None:
    for call in (csvimport.check, csvimport.convert):
        with pytest.raises(csvimport.InputError, match="nothing but comment rows"):
            call("budgets", upload("Account;January 2027", "To be decided;"))


def test_comments_of_a_sheet_with_types_may_hold_an_account() -> None:
    frame = table(
        ["Rivityyppi", "Tili", *headed()], ["", "Kiinteät kulut", *EMPTY], ["p", "4000", *FIGURES], ["", "7230", *EMPTY], ["", "", *FIGURES]
    )
    assert written(frame) == [whole("4000")]


def test_a_row_of_figures_without_type_is_an_error_when_there_is_a_column() -> None:
    frame = table(["Rivityyppi", "Tili", *headed(7)], ["p", "4000", *FIGURES], ["", "7230", *FIGURES])
    assert places(check(frame)) == [("B-02", "error", "A2")]


def test_comments_of_a_long_sheet_are_left_out() -> None:
    lines = lines_of("4000", headed(), "")
    frame = long(
        ["", "", "", "Ostot"], *lines[:6], ["", "", "", "loppuvuosi"], *lines[6:], headings=["Tili", "Kuukausi", "Summa", "Selite"]
    )
    assert written(frame) == [whole("4000")]
    assert ("B-03", "note", None, "1") in notes(check(frame))


def test_an_account_without_figures_gets_zeros_and_is_no_comment() -> None:
    report = check(table(["Tili", *headed(7)], ["4000", *FIGURES], ["4100", *EMPTY]))
    assert places(report) == []
    assert [cell for code, _, _, cell in notes(report) if code == "B-09"] == [f"{letter}2" for letter in "BCDEFGHIJKLM"]


def test_figures_without_account_are_an_error_once() -> None:
    assert places(check(table(["Tili", *headed(7)], ["4000", *FIGURES], ["", *FIGURES]))) == [("B-06", "error", "A2")]


@pytest.mark.parametrize("start", [1, 7])
def test_empty_cells_become_zeros_with_a_note_each(start: int) -> None:
    figures = [*FIGURES[:2], "", *FIGURES[3:11], ""]
    frame = table(["Tili", *headed(start)], ["4000", *figures])
    assert said(check(frame)) == [("B-09", "note", "D1"), ("B-09", "note", "M1")]
    zeros = table(["Tili", *headed(start)], ["4000", *(figure or "0" for figure in figures)])
    assert written(frame) == written(zeros)


def test_month_columns_that_are_missing_beside_a_column_of_years_are_one_warning() -> None:
    frame = table(["Tili", "Vuosi", *NAMES["Finnish"][:10]], ["4000", "2026", *FIGURES[:10]], ["4100", "2026", *FIGURES[:10]])
    report = check(frame)
    assert said(report) == [("B-09", "warning", None)]
    message = next(issue for issue in report.issues if issue.code == "B-09").message
    assert "November" in message and "December" in message and "October" not in message
    assert written(frame, warned=["B-09"])[0].split(";")[13:16] == ["100", "0", "0"]


@pytest.mark.parametrize(("start", "count"), [(7, 11), (1, 11), (7, 18), (1, 1)])
def test_months_that_make_no_whole_year_are_one_warning(start: int, count: int) -> None:
    report = check(table(["Tili", *headed(start, 2026, count)], ["4000", *["5"] * count], ["4100", *["5"] * count]))
    assert said(report) == [("B-09", "warning", None)]
    first, last = headed(start)[0], headed(start, 2026, count)[-1]
    message = next(issue for issue in report.issues if issue.code == "B-09").message
    assert first in message and last in message


def test_a_month_that_is_missing_in_between_is_named() -> None:
    headings = [heading for heading in headed(7) if heading != "11/2026"]
    frame = table(["Tili", *headings], ["4000", *["5"] * 11])
    report = check(frame)
    assert said(report) == [("B-09", "warning", None)]
    assert "11/2026" in next(issue for issue in report.issues if issue.code == "B-09").message
    assert written(frame, warned=["B-09"]) == [
        row("4000", 2026, dict.fromkeys((7, 8, 9, 10, 12), 5)),
        row("4000", 2027, dict.fromkeys(range(1, 7), 5)),
    ]


def test_months_for_which_an_account_has_no_line_become_zeros_with_one_note() -> None:
    frame = long(*lines_of("4000", headed(7)), ["4100", "9/2026", "5"], ["4100", "2/2027", "6"])
    report = check(frame)
    assert said(report) == [("B-09", "note", None)]
    assert "10" in next(issue for issue in report.issues if issue.code == "B-09").message
    assert written(frame)[2:] == [row("4100", 2026, {9: 5}), row("4100", 2027, {2: 6})]


def test_the_first_or_last_month_of_the_year_that_an_account_lacks_is_noted_too() -> None:
    for lines in (lines_of("4100", headed(7))[1:], lines_of("4100", headed(7))[:-1]):
        assert said(check(long(*lines_of("4000", headed(7)), *lines))) == [("B-09", "note", None)]


def test_a_line_without_sum_becomes_a_zero_with_a_note_at_its_cell() -> None:
    lines = lines_of("4000", headed())
    lines[3][2] = ""
    assert said(check(long(*lines))) == [("B-09", "note", "C4")]


# --- the column that adds up ------------------------------------------------------------------------------------------------


@pytest.mark.no_cover
@pytest.mark.parametrize("heading", ["Yhteensä", "Total", "Koko vuosi", "Tilikausi yhteensä", "Totalt", "Helår"])
@pytest.mark.parametrize("start", [1, 7])
def test_a_total_that_agrees_is_not_mentioned_and_left_out(heading: str, start: int) -> None:
    with_total = table(["Tili", *headed(start), heading], ["4000", *FIGURES, "780"], ["4100", *FIGURES, "780,00"], ["4200", *FIGURES, ""])
    without = table(["Tili", *headed(start)], *(["4000", *FIGURES], ["4100", *FIGURES], ["4200", *FIGURES]))
    assert written(with_total) == written(without)
    assert said(check(with_total)) == []


@pytest.mark.parametrize("start", [1, 7])
@pytest.mark.parametrize("total", ["779", "780,01", "0", "7800", "-780"])
def test_a_total_that_does_not_agree_is_a_warning_at_its_cell(start: int, total: str) -> None:
    report = check(table(["Tili", *headed(start), "Yhteensä"], ["4000", *FIGURES, "780"], ["4100", *FIGURES, total]))
    assert said(report) == [("B-20", "warning", "N2")]
    message = next(issue for issue in report.issues if issue.severity == "warning").message
    assert total in message and "780" in message


@pytest.mark.parametrize("start", [1, 7])
def test_a_total_is_compared_with_rounded_figures(start: int) -> None:
    figures = ["10,33"] * 12  # 123,96
    rows = [["4000", *figures, "123,96"], ["4100", *figures, "124"], ["4200", *figures, "126"]]
    report = check(table(["Tili", *headed(start), "Yhteensä"], *rows), settings={"budget_round": True})
    assert places(report) == [("B-20", "warning", "N3")]


@pytest.mark.parametrize("start", [1, 7])
def test_a_total_is_compared_with_turned_figures(start: int) -> None:
    rows = [["3000", *FIGURES, "780"], ["3100", *FIGURES, "-780"], ["3200", *FIGURES, "770"], ["4000", *FIGURES, "780"]]
    report = check(table(["Tili", *headed(start), "Yhteensä"], *rows), settings={"budget_flip": ["3000-3999"]})
    assert places(report) == [("B-20", "warning", "N3")]


@pytest.mark.parametrize("start", [1, 7])
@pytest.mark.parametrize("total", ["1.200", "n. 1200", "-", "#N/A", "=SUM(A1:A2)", "x", "1,2,3"])
def test_a_total_that_cannot_be_read_is_a_warning_that_it_was_not_compared(start: int, total: str) -> None:
    rows = [["4000", *FIGURES, total], ["4100", *FIGURES, "780"]]
    report = check(table(["Tili", *headed(start), "Yht."], *rows))
    assert (report.ok, said(report)) == (True, [("B-20", "warning", "N1")])
    assert total in next(issue for issue in report.issues if issue.severity == "warning").message
    assert written(table(["Tili", *headed(start), "Yht."], *rows), warned=["B-20"]) == written(
        table(["Tili", *headed(start)], *(row[:-1] for row in rows))
    )


def test_a_total_of_months_that_are_wrong_is_not_mentioned() -> None:
    report = check(table(["Tili", *headed(7), "Yhteensä"], ["4000", *FIGURES[:11], "x", "780"]))
    assert places(report) == [("B-08", "error", "M1")]


# --- whole numbers ------------------------------------------------------------------------------------------------------------

ROUND = {"budget_round": True}


def cents(number: int) -> str:
    """150 → 1,5; 155 → 1,55; 100 → 1."""
    return f"{Decimal(number) / 100:f}".replace(".", ",")


def test_decimals_are_errors_with_one_hint_how_to_round() -> None:
    report = check(table(["Tili", *headed(7)], ["4000", "1,5", *FIGURES[1:]], ["4100", *FIGURES[:11], "0,25"]))
    assert said(report) == [("B-08", "note", None), ("B-08", "error", "B1"), ("B-08", "error", "M2")]
    assert "budget_round" in next(issue for issue in report.issues if issue.severity == "note" and issue.code == "B-08").message


def test_rounding_says_each_cell_and_what_the_whole_was() -> None:
    frame = table(["Tili", *headed(7)], ["4000", "0,4", "0,4", "0,4", *FIGURES[:9]], ["3000", "-0,5", *[-10] * 11])
    report = check(frame, settings=ROUND)
    assert places(report) == []
    assert [found[3] for found in notes(report) if found[0] == "B-08" and found[3]] == ["B1", "C1", "D1", "B2"]
    (issue,) = [issue for issue in report.issues if issue.code == "B-08" and issue.row is None]
    assert "340,70" in issue.message and "341" in issue.message
    assert written(frame, settings=ROUND)[0] == row("4000", 2026, {7: 0, 8: 1, 9: 0, 10: 10, 11: 20, 12: 30})


def test_whole_figures_need_no_rounding() -> None:
    frame = table(["Tili", *headed(7)], ["4000", *FIGURES])
    assert written(frame, settings=ROUND) == written(frame)
    assert said(check(frame, settings=ROUND)) == []


@quick
@given(
    start=st.integers(1, 12),
    count=st.sampled_from([12, 24]),
    data=st.data(),
)
def test_rounding_keeps_the_total_of_each_financial_year(start: int, count: int, data: st.DataObject) -> None:
    amounts = st.one_of(st.integers(-(10**8), 10**8), st.integers(-(10**6), 10**6).map(lambda n: n * 100), st.just(0))
    figures = data.draw(st.lists(st.lists(amounts, min_size=count, max_size=count), min_size=1, max_size=3))
    columns = months(start, 2026, count)
    accounts = [str(4000 + number) for number in range(len(figures))]
    frame = table(["Tili", *headed(start, 2026, count)], *([a, *map(cents, own)] for a, own in zip(accounts, figures, strict=True)))
    result = csvimport.convert("budgets", frame, settings=ROUND)
    assert serious(result.report) == []
    lines = [line.split(";") for line in result.to_bytes().decode("cp1252").split("\r\n")[:-1]]
    rows = {(line[2], int(line[3])): [int(cell) for cell in line[4:16]] for line in lines}
    changed = set()
    for number, (account, own) in enumerate(zip(accounts, figures, strict=True), start=1):
        made = [rows[account, year][month - 1] for year, month in columns]
        assert sum(map(sum, (figures for (of, _), figures in rows.items() if of == account))) == sum(made)
        for at in range(0, count, 12):
            exact = Decimal(sum(own[at : at + 12])) / 100
            assert abs(sum(made[at : at + 12]) - exact) <= Decimal("0.5")
        for place, (before, after) in enumerate(zip(own, made, strict=True)):
            assert abs(after - Decimal(before) / 100) < 1
            if before % 100 == 0:
                assert after * 100 == before
            else:
                changed.add(f"{openpyxl.utils.get_column_letter(place + 2)}{number}")
    assert {found[3] for found in notes(result.report) if found[0] == "B-08" and found[3]} == changed


def test_rounding_carries_cents_only_to_later_months_of_the_same_account_and_item() -> None:
    frame = table(
        ["Tili", "Dimensio: Osasto", *headed()],
        *([account, item, "0,5", "0,5", *["0"] * 10] for account, item in (("4000", ""), ("4000", "X"), ("4000", "Y"), ("4100", ""))),
    )
    assert {tuple(line.split(";")[4:6]) for line in written(frame, settings=ROUND)} == {("1", "0")}


@pytest.mark.parametrize("start", [7, 8, 10])
def test_the_financial_year_of_the_settings_keeps_its_total_though_the_sheet_begins_earlier(start: int) -> None:
    frame = table(["Tili", *headed(start - 6, 2026, 18)], ["4000", *["0"] * 5, "0,4", "0,4", *["0"] * 11])
    told = {**ROUND, "financial_year": f"{start}/2026"}
    assert written(frame, warned=["B-09"], settings=told) == [row("4000", 2026, {}), row("4000", 2027, {})]
    assert written(frame, warned=["B-09"], settings=ROUND) == [row("4000", 2026, {start: 1}), row("4000", 2027, {})]


def test_rows_of_the_same_account_keep_their_own_totals() -> None:
    figures = ["0,5", *["0"] * 11]
    frame = table(["Tili", *headed()], ["4000", *figures], ["4000", *figures])
    assert written(frame, warned=["B-15"], settings=ROUND) == [row("4000", 2026, {1: 1})] * 2


@pytest.mark.parametrize("figure", ["0,0449", 0.0449])
def test_rounding_counts_all_decimals(figure: object) -> None:
    frame = table(["Tili", *headed()], ["4000", *[figure] * 12])  # 0,5388
    (line,) = written(frame, settings=ROUND)
    assert sum(map(int, line.split(";")[4:16])) == 1


def test_rounding_a_long_sheet_says_the_lines() -> None:
    lines = lines_of("4000", headed(7))
    lines[2][2], lines[8][2] = "30,5", "90,5"
    frame = long(*lines)
    assert [found[3] for found in notes(check(frame, settings=ROUND)) if found[0] == "B-08" and found[3]] == ["C3", "C9"]
    assert sum(int(cell) for line in written(frame, settings=ROUND) for cell in line.split(";")[4:16]) == 781


def test_what_is_written_is_told_also_where_the_cell_begins_with_it() -> None:
    report = check(table(["Tili", *headed()], ["4000", "100,5", "100,5", *["0"] * 10]), settings=ROUND)
    rounded = [issue.message for issue in report.issues if "is rounded" in issue.message]
    assert [message.rpartition(" ")[2] for message in rounded] == ["101", "100"]


# --- signs ----------------------------------------------------------------------------------------------------------------------


def test_turned_accounts_are_turned_as_a_whole() -> None:
    figures = ["10", "-20", "0", "5,5", "", *["1"] * 7]
    rows = [[account, *figures] for account in ("2999", "3000", "3999", "4000", "9100")]
    result = csvimport.convert("budgets", table(["Tili", *headed()], *rows), settings={**ROUND, "budget_flip": ["3000-3999", "9100"]})
    assert places(result.report) == []
    lines = {line.split(";")[2]: line.split(";")[4:9] for line in result.to_bytes().decode("cp1252").split("\r\n")[:-1]}
    assert lines["2999"] == lines["4000"] == ["10", "-20", "0", "6", "0"]
    assert lines["3000"] == lines["3999"] == lines["9100"] == ["-10", "20", "0", "-5", "0"]
    (issue,) = [issue for issue in result.report.issues if issue.code == "B-08" and "9100" in issue.message]
    assert issue.severity == "note" and "3000-3999" in issue.message and "3" in issue.message


def test_a_finished_file_is_not_turned_again() -> None:
    turning = {"budget_flip": ["3000-3999"]}
    made = csvimport.convert("budgets", table(["Tili", *headed()], ["3000", *FIGURES]), settings=turning).to_bytes()
    again = csvimport.convert("budgets", io.BytesIO(made), settings=turning)
    assert again.to_bytes() == made
    assert places(again.report) == []


def test_headings_in_the_order_of_the_file_are_those_of_a_table_to_be_turned() -> None:
    lines = upload(";".join(field.title["en"] for field in RECORD.fields), ";".join(["p", "", "3000", "2027", *FIGURES, "", ""]))
    result = csvimport.convert("budgets", lines, settings={"budget_flip": ["3000-3999"]})
    assert result.report.layout == "procountor"
    assert result.to_bytes().decode().split(";")[4:16] == [f"-{figure}" for figure in FIGURES]


@pytest.mark.no_cover
@quick
@given(figures=st.lists(st.integers(-(10**9), 10**9), min_size=12, max_size=12), start=st.integers(1, 12))
def test_turning_changes_nothing_but_signs(figures: list[int], start: int) -> None:
    frame = table(["Tili", *headed(start)], ["3000", *figures], ["4000", *figures])
    turned = table(["Tili", *headed(start)], ["3000", *(-figure for figure in figures)], ["4000", *figures])
    plain = csvimport.convert("budgets", turned, settings={"income_accounts": []})
    result = csvimport.convert("budgets", frame, settings={"income_accounts": [], "budget_flip": ["3000-3999"]})
    assert serious(result.report) == []
    assert result.to_bytes() == plain.to_bytes()


def test_accounts_that_the_file_does_not_have_turn_nothing() -> None:
    frame = table(["Tili", *headed()], ["4000", *FIGURES])
    result = csvimport.convert("budgets", frame, settings={"budget_flip": ["3000-3999"]})
    assert result.to_bytes() == csvimport.convert("budgets", frame).to_bytes()
    assert not [issue for issue in result.report.issues if "are turned" in issue.message]


def test_a_wrong_figure_of_a_turned_account_stays_wrong() -> None:
    report = check(table(["Tili", *headed(7)], ["3000", "x", *FIGURES[1:]]), settings={"budget_flip": ["3000"]})
    assert places(report) == [("B-08", "error", "B1")]


def test_income_is_judged_by_its_financial_year() -> None:
    frame = table(["Tili", *headed(7)], ["3000", *["-20"] * 6, *["10"] * 6], ["3100", *["-10"] * 6, *["20"] * 6], ["4000", *FIGURES])
    assert places(check(frame)) == [("B-17", "warning", "A2")]


def test_the_accounts_of_income_are_those_of_the_settings() -> None:
    frame = table(["Tili", *headed()], ["3000", *FIGURES], ["9100", *FIGURES], ["9300", *FIGURES])
    assert places(check(frame)) == [("B-17", "warning", "A1")]
    assert places(check(frame, settings={"income_accounts": ["9100", "9200-9299"]})) == [("B-17", "warning", "A2")]
    assert places(check(frame, settings={"budget_flip": ["3000"]})) == []


# --- cells that two rows share ----------------------------------------------------------------------------------------------------


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("cells", "place"),
    [
        ({"Tili": "40"}, ("B-06", "error", "B1")),
        ({"Tili": ""}, ("B-06", "error", "B1")),
        ({"Rivityyppi": "x"}, ("B-01", "error", "A1")),
        ({"Rivityyppi": "p"}, ("B-14", "warning", "E1")),
        ({"Dimensio": ""}, ("B-11", "error", "D1")),
        ({"Nimike": ""}, ("B-11", "error", "E1")),
        ({"Nimike": "(no item)"}, ("B-13", "warning", "E1")),
        ({"Versio": "v" * 256}, ("B-19", "warning", "C1")),
        ({"7/2026": "x"}, ("B-08", "error", "F1")),
        ({"6/2027": "1,5"}, ("B-08", "error", "Q1")),
    ],
)
def test_a_mistake_in_a_cell_that_two_rows_share_is_reported_once(cells: Mapping[str, str], place: Place) -> None:
    right = {
        "Rivityyppi": "d",
        "Tili": "4000",
        "Versio": "B",
        "Dimensio": "Osasto",
        "Nimike": "X",
        **dict(zip(headed(7), FIGURES, strict=True)),
    }
    changed = {**right, **cells, **({"Dimensio": ""} if cells.get("Rivityyppi") == "p" else {})}
    assert places(check(table(list(right), list(changed.values())))) == [place]
    assert places(check(table(list(right), list(right.values())))) == []


def test_a_repeated_row_of_a_broken_financial_year_is_reported_once() -> None:
    frame = table(["Tili", *headed(7)], ["4000", *FIGURES], ["4100", *FIGURES], ["4000", *FIGURES])
    assert places(check(frame)) == [("B-15", "warning", "A3")]


def test_the_figures_of_the_report_count_the_rows_of_the_sheet_and_of_the_file() -> None:
    report = check(table(["Tili", *headed(7)], ["4000", *FIGURES], ["40", *FIGURES]))
    counts = report.to_json()
    assert '"rows": 2' in counts
    assert report.counts.records["budget_row"] == 4
    assert report.counts.errors == 1
