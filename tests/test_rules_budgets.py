"""The rules of the budget file: each broken once, and each kept."""

from pathlib import Path

import pytest
from conftest import Case, change, findings, notes, problems, serious, upload

import csvimport
from csvimport.messages import Catalogue

RENT = "p;Budjetti 2026;7230;2026;2500;2500;2500;2500;2500;2500;2500;2500;2500;2500;2500;2500;;"
SALES = "p;Budjetti 2026;3000;2026;-10000;-10000;-10000;-10000;-10000;-10000;-4000;-10000;-10000;-10000;-10000;-10000;;"
SHOP = "d;Kustannuspaikat;4000;2026;0;0;0;0;0;0;1500;1500;1500;1500;1500;1500;Kustannuspaikka;Myymälä A"
NEXT_YEAR = "d;Kustannuspaikat;4000;2027;1500;1500;1500;1500;1500;1500;0;0;0;0;0;0;Kustannuspaikka;Myymälä A"
NO_ITEM = "d;Kustannuspaikat;4000;2026;0;0;0;0;0;0;200;200;200;200;200;200;Kustannuspaikka;((no item))"
COMMENT = ";Kiinteät kulut;;;;;;;;;;;;;;;;"

ACCOUNTS = ("3000;Myynti", "4000;Ostot", "7230;Vuokrat")
ITEMS = ("Kustannuspaikka;Myymälä A;A;;", "Kustannuspaikka;Verkkokauppa;A;;", "Kustannuspaikka;Myymälä P;P;;", "Projekti;P-2026-01;A;;")
MONTHS = csvimport.schema("budgets").main.fields[4:16]
ROUNDED = {"budget_round": True}


def rent(**cells: str) -> list[str]:
    return [change(RENT, **cells)]


def shop(**cells: str) -> list[str]:
    return [change(SHOP, **cells)]


BROKEN = [
    *(Case("B-01", [SALES, change(RENT, A=text)], "error", "row_type", "A2") for text in ("x", "pd", "perus", "1")),
    *(Case("B-01", lines, "note", "row_type", "A1") for lines in (rent(A="P"), shop(A="D"))),
    *(Case("B-01", lines, "warning", "row_type", "A1", as_is=True) for lines in (rent(A="P"), shop(A="D"))),
    *(Case("B-02", [SALES, change(RENT, A="")], "error", "row_type", "A2", as_is=as_is) for as_is in (False, True)),
    Case("B-02", rent(A=""), "error", "row_type", "A1"),
    *(Case("B-03", [RENT, COMMENT, SALES], "note", None, "2", as_is=as_is) for as_is in (False, True)),
    Case("B-03", [COMMENT, RENT], "note", None, "1"),
    Case("B-03", [COMMENT, RENT], "warning", None, "1", as_is=True),
    Case("B-03", [RENT, change(COMMENT, C="7230")], "note", None, "2"),
    *(Case("B-04", rent(B=""), "note", "version", as_is=as_is) for as_is in (False, True)),
    Case("B-05", [SALES, change(RENT, B="Budjetti 2027")], "warning", "version", "B2"),
    # account and year
    *(Case("B-06", rent(C=text), "error", "account", "C1") for text in ("", "723", "72300", "vuokra", "7230-1")),
    Case("B-06", rent(C="7231"), "error", "account", "C1", registers={"accounts": ACCOUNTS}),
    Case("B-06", rent(C="7230 Vuokrat"), "note", "account", "C1"),
    *(Case("B-07", rent(D=text), "error", "year", "D1") for text in ("", "26", "20266", "ensi", "2026/2027")),
    *(Case("B-07", rent(D=text), "warning", "year", "D1") for text in ("1999", "2101", "0026")),
    Case("B-07", rent(D="2 026"), "note", "year", "D1"),
    Case("B-07", rent(D="2 026"), "error", "year", "D1", as_is=True),
    # figures
    *(Case("B-08", rent(**{f.column: "2500,5"}), "error", f.key, f"{f.column}1") for f in MONTHS),
    *(Case("B-08", rent(E=text), "error", "january_sum", "E1") for text in ("2500.50", "-0,01", "paljon", "12,5,1")),
    *(Case("B-08", rent(E="2500,5"), "error", "january_sum", "E1", as_is=as_is) for as_is in (False, True)),
    Case("B-08", rent(E="2500,5"), "note", "january_sum", "E1", settings=ROUNDED),
    *(Case("B-09", rent(**{f.column: ""}), "note", f.key, f"{f.column}1") for f in MONTHS),
    *(Case("B-09", rent(**{f.column: ""}), "error", f.key, f"{f.column}1", as_is=True) for f in MONTHS),
    *(Case("B-10", rent(**{f.column: "2 500"}), "note", f.key, f"{f.column}1") for f in MONTHS),
    *(
        Case("B-10", rent(E=text), "error", "january_sum", "E1", as_is=True)
        for text in ("2 500", "2 500,00", "2500 €", "2'500", "2.500,00")
    ),
    *(Case("B-10", rent(E=text), "note", "january_sum", "E1") for text in ("2 500,00", "2500 €", "2500,00", "2.500,00", "+2500")),
    Case("B-10", rent(E="2,5E+03"), "error", "january_sum", "E1"),
    # dimensions
    *(Case("B-11", shop(Q=""), "error", "dimension_name", "Q1", as_is=as_is) for as_is in (False, True)),
    *(Case("B-11", [NEXT_YEAR, change(SHOP, R="")], "error", "item_name", "R2", as_is=as_is) for as_is in (False, True)),
    *(
        Case("B-12", shop(Q=text), "error", "dimension_name", "Q1", registers={"dimensions": ITEMS})
        for text in ("kustannuspaikka", "Kustannuspaikat")
    ),
    *(
        Case("B-12", shop(R=text), "error", "item_name", "R1", registers={"dimensions": ITEMS})
        for text in ("myymälä A", "Myymälä B", "P-2026-01", "(no item)", "((NO ITEM))")
    ),
    Case("B-12", shop(R="Myymälä P"), "warning", "item_name", "R1", registers={"dimensions": ITEMS}),
    Case("B-12", [change(NO_ITEM, Q="Osasto")], "error", "dimension_name", "Q1", registers={"dimensions": ITEMS}),
    Case("B-12", [NO_ITEM], "error", "item_name", "R1", registers={"dimensions": ITEMS}, settings={"no_item_word": "((ei nimikettä))"}),
    *(
        Case("B-13", shop(R=text), "warning", "item_name", "R1", as_is=as_is)
        for text in ("(no item)", "no item", "((no  item))", "( (no item) )", "((No item))", "((NO ITEM))", "((noitem))")
        for as_is in (False, True)
    ),
    Case("B-13", shop(R="(ei nimikettä)"), "warning", "item_name", "R1", settings={"no_item_word": "((ei nimikettä))"}),
    Case("B-14", rent(Q="Kustannuspaikka"), "warning", "dimension_name", "Q1"),
    Case("B-14", rent(Q="Kustannuspaikka"), "warning", "dimension_name", "Q1", registers={"dimensions": ITEMS}),
    Case("B-14", rent(R="Myymälä A"), "warning", "item_name", "R1"),
    # rows among each other
    Case("B-15", [SALES, RENT, RENT], "warning", "account", "C3"),
    Case("B-15", [RENT, change(RENT, E="0")], "warning", "account", "C2"),
    Case("B-15", [SHOP, NEXT_YEAR, change(SHOP, P="1")], "warning", "account", "C3"),
    Case("B-15", [change(NO_ITEM, E="5"), NO_ITEM], "warning", "account", "C2"),
    Case("B-16", [change(RENT, B="Kustannuspaikat"), SHOP], "note", "row_type"),
    *(Case("B-17", [change(SALES, C=text, E="200000")], "warning", "account", "C1") for text in ("3000", "3999")),
    Case("B-17", [change(SALES, C="9100", E="200000")], "warning", "account", "C1", settings={"income_accounts": ["3000-3999", "9100"]}),
    Case("B-18", [RENT, "p;Budjetti 2026;7240;2026;0;0;0;0;0;0;0;0;0;0;0;0;;"], "note"),
    *(Case("B-19", lines, "warning", "version", "B1") for lines in (rent(B="v" * 256), shop(B="v" * 300))),
    Case("B-19", shop(Q="d" * 256), "warning", "dimension_name", "Q1"),
    Case("B-19", shop(R="i" * 256), "warning", "item_name", "R1"),
    # to know before the upload
    *(Case("B-20", [RENT, SALES], "note", as_is=as_is) for as_is in (False, True)),
    *(Case("B-21", [RENT, SALES], "note", as_is=as_is) for as_is in (False, True)),
    *(Case("B-22", [RENT, SALES], "note", "year", settings={"financial_year": start}) for start in ("7/2026", "02/2026", "2026-12")),
]

RIGHT = [
    *(Case("B-01", [line], as_is=as_is) for line in (RENT, SHOP) for as_is in (False, True)),
    Case("B-02", [RENT, COMMENT, SALES]),
    Case("B-03", [RENT, SALES]),
    *(Case("B-04", [RENT], as_is=as_is) for as_is in (False, True)),
    Case("B-05", [RENT, SALES, change(RENT, D="2027")]),
    Case("B-05", [change(RENT, B=""), change(SALES, B="")]),
    Case("B-06", [RENT, SALES], registers={"accounts": ACCOUNTS}),
    Case("B-06", rent(C="7231")),
    *(Case("B-07", rent(D=text)) for text in ("2000", "2026", "2100")),
    *(Case("B-08", rent(E=text), as_is=as_is) for text in ("0", "-1", "2500", "123456789012") for as_is in (False, True)),
    Case("B-08", [RENT, SALES], settings=ROUNDED),
    *(Case("B-09", rent(E="0"), as_is=as_is) for as_is in (False, True)),
    *(Case("B-10", rent(E="1234567"), as_is=as_is) for as_is in (False, True)),
    Case("B-11", [SHOP, NEXT_YEAR, NO_ITEM]),
    Case("B-11", rent(Q="", R="")),
    Case("B-12", [SHOP, NEXT_YEAR, NO_ITEM], registers={"dimensions": ITEMS}),
    Case("B-12", shop(R="Myymälä B")),
    Case("B-12", [change(SHOP, Q="Projekti", R="P-2026-01")], registers={"dimensions": ITEMS}),
    Case("B-12", shop(R="((ei nimikettä))"), registers={"dimensions": ITEMS}, settings={"no_item_word": "((ei nimikettä))"}),
    *(Case("B-13", lines, as_is=as_is) for lines in ([NO_ITEM], shop(R="Nosto"), shop(R="No items")) for as_is in (False, True)),
    Case("B-13", shop(R="((ei nimikettä))"), settings={"no_item_word": "((ei nimikettä))"}),
    Case("B-14", [RENT]),
    Case("B-14", [SHOP]),
    Case("B-15", [RENT, change(RENT, D="2027"), SALES]),
    Case("B-15", [SHOP, change(SHOP, R="Verkkokauppa"), change(SHOP, Q="Osasto"), NO_ITEM, NEXT_YEAR]),
    Case("B-15", [change(RENT, A="d", Q="Osasto", R="Hallinto"), RENT]),
    Case("B-16", [RENT, SALES]),
    Case("B-16", [SHOP, NO_ITEM]),
    *(Case("B-17", [line]) for line in (SALES, RENT, change(SALES, E="104000"), change(SALES, C="2999", E="200000"))),
    Case("B-17", [change(SALES, E="200000")], settings={"income_accounts": ["9000-9999"]}),
    Case("B-17", [change(SALES, E="200000")], settings={"income_accounts": []}),
    Case("B-18", [RENT, SHOP]),
    Case("B-18", ["p;Budjetti 2026;7240;2026;0;0;0;0;0;0;0;0;0;0;0;1;;"]),
    Case("B-19", rent(B="v" * 255)),
    Case("B-19", shop(Q="d" * 255, R="i" * 255)),
    Case("B-22", [RENT, SALES]),
    Case("B-22", [RENT, SALES], settings={"financial_year": "1/2026"}),
    Case("B-22", [SHOP, NEXT_YEAR], settings={"financial_year": "7/2026"}),
]

ALWAYS_SAID = {"B-20", "B-21"}  # two reminders stand above every upload


@pytest.mark.no_cover
@pytest.mark.parametrize("case", [case for case in BROKEN if case.severity != "note"], ids=str)
def test_a_broken_rule_is_found_at_its_cell_and_nothing_else_is_blamed(case: Case, tmp_path: Path) -> None:
    assert serious(case.check("budgets", tmp_path)) == [case.found]


@pytest.mark.no_cover
@pytest.mark.parametrize("case", [case for case in BROKEN if case.severity == "note"], ids=str)
def test_what_is_worth_knowing_is_said_once(case: Case, tmp_path: Path) -> None:
    report = case.check("budgets", tmp_path)
    assert serious(report) == []
    assert notes(report).count(case.found) == 1


@pytest.mark.no_cover
@pytest.mark.parametrize("case", RIGHT, ids=str)
def test_a_kept_rule_is_not_mentioned(case: Case, tmp_path: Path) -> None:
    report = case.check("budgets", tmp_path)
    assert {found[0] for found in serious(report)} <= {"B-05"} - {case.rule}
    assert case.rule not in {found[0] for found in findings(report)}


def test_every_rule_of_the_file_is_broken_and_kept_here() -> None:
    rules = {rule.id for rule in csvimport.schema("budgets").rules}
    assert rules == {f"B-{number:02d}" for number in range(1, 23)}
    assert rules - {case.rule for case in BROKEN} == set()
    assert rules - {case.rule for case in RIGHT} - ALWAYS_SAID == set()


def test_every_problem_has_words() -> None:
    assert problems(csvimport.schema("budgets")) - Catalogue.of("en").problems.keys() == set()


@pytest.mark.parametrize("lines", [[SALES, RENT], [SHOP, NEXT_YEAR, NO_ITEM]], ids=["basic", "dimension"])
def test_right_records_come_out_byte_for_byte(lines: list[str]) -> None:
    result = csvimport.convert("budgets", upload(*lines))
    assert serious(result.report) == []
    assert result.to_bytes() == upload(*lines).getvalue()


def test_the_name_behind_an_account_is_left_out_and_procountor_takes_it_too() -> None:
    assert csvimport.convert("budgets", upload(*rent(C="7230 Vuokrat"))).to_bytes() == upload(RENT).getvalue()
    assert serious(csvimport.check("budgets", upload(*rent(C="7230 Vuokrat")), as_is=True)) == []


def test_comments_are_left_out_of_the_file() -> None:
    result = csvimport.convert("budgets", upload(COMMENT, RENT, ";Huom.;;;;;;;;;;;;;;;;", SALES))
    assert serious(result.report) == []
    assert result.to_bytes() == upload(RENT, SALES).getvalue()
    assert [found[0] for found in notes(result.report)].count("B-03") == 1


def test_what_is_wrong_below_comments_is_found_at_its_record() -> None:
    report = csvimport.check("budgets", upload(COMMENT, COMMENT, COMMENT, RENT + ";lost"))
    assert serious(report) == [("C-12", "error", None, "S4")]
    assert (report.counts.records, report.counts.invalid_records) == ({"budget_row": 1}, 1)


def test_figures_are_brought_into_form_with_notes() -> None:
    result = csvimport.convert("budgets", upload(*rent(A="P", E="2 500", F="2500,00", G="2500 €", H="")))
    assert serious(result.report) == []
    assert result.to_bytes() == upload(*rent(H="0")).getvalue()
    assert {cell for _, _, _, cell in notes(result.report)} >= {"A1", "E1", "F1", "G1", "H1"}


def test_a_change_of_notation_is_said_once_a_cell() -> None:
    report = csvimport.check("budgets", upload(*rent(E="2.500,00")))
    assert [found for found in notes(report) if found[3] == "E1"] == [("B-10", "note", "january_sum", "E1")]


@pytest.mark.parametrize("options", [{}, {"settings": ROUNDED}], ids=["as it is", "rounded"])
def test_a_point_before_three_digits_is_never_taken_for_a_decimal_mark(options: dict) -> None:
    result = csvimport.convert("budgets", upload(*rent(E="2.500")), **options)
    assert not result.report.ok or result.to_bytes() == upload(RENT).getvalue()
    assert {issue.suggestion for issue in result.report.issues} <= {None, "2500"}


def test_an_income_account_of_three_or_five_digits_is_no_income() -> None:
    assert "B-17" not in {found[0] for found in findings(csvimport.check("budgets", upload(change(SALES, C="300", E="200000"))))}


def test_the_word_for_no_item_is_suggested_to_the_letter() -> None:
    for options, word in (({}, "((no item))"), ({"settings": {"no_item_word": "((No Item))"}}, "((No Item))")):
        report = csvimport.check("budgets", upload(*shop(R="(no item)")), **options)
        assert [issue.suggestion for issue in report.issues if issue.code == "B-13"] == [word]


def test_each_further_version_is_told_once() -> None:
    lines = [RENT, change(RENT, B="B"), change(SALES, B="B"), change(RENT, B="C"), SALES]
    assert serious(csvimport.check("budgets", upload(*lines))) == [
        ("B-05", "warning", "version", "B2"),
        ("B-05", "warning", "version", "B4"),
    ]


def test_a_basic_row_with_dimension_and_item_is_told_at_both() -> None:
    assert serious(csvimport.check("budgets", upload(*rent(Q="Kustannuspaikka", R="Myymälä A")))) == [
        ("B-14", "warning", "dimension_name", "Q1"),
        ("B-14", "warning", "item_name", "R1"),
    ]


def test_a_repeated_row_names_the_first_one() -> None:
    (issue,) = [i for i in csvimport.check("budgets", upload(SALES, RENT, RENT)).issues if i.code == "B-15"]
    assert "2" in issue.message and issue.value == "7230"


def test_decimals_are_explained_once_with_the_setting_that_rounds_them() -> None:
    report = csvimport.check("budgets", upload(*rent(E="2500,5", F="2500,4"), change(SALES, E="-0,5")))
    assert serious(report) == [
        ("B-08", "error", name, cell) for name, cell in (("january_sum", "E1"), ("february_sum", "F1"), ("january_sum", "E2"))
    ]
    hints = [issue for issue in report.issues if issue.code == "B-08" and issue.severity == "note"]
    assert len(hints) == 1 and hints[0].row is None and "budget_round" in hints[0].message


def test_under_as_is_nothing_is_rounded_or_turned() -> None:
    given = {"budget_round": True, "budget_flip": ["7230"]}
    report = csvimport.check("budgets", upload(*rent(E="2500,5")), settings=given, as_is=True)
    assert serious(report) == [("B-08", "error", "january_sum", "E1")]
    assert {found[0] for found in notes(report)} == {"B-20", "B-21"}


@pytest.mark.parametrize(("as_is", "says"), [(False, "0 is written"), (True, "a figure in every month")])
def test_an_empty_month_is_filled_or_missed(as_is: bool, says: str) -> None:
    report = csvimport.check("budgets", upload(*rent(E="")), as_is=as_is)
    assert says in next(issue.message for issue in report.issues if issue.code == "B-09")


@pytest.mark.parametrize("code", ["B-02", "B-06", "B-08", "B-11", "B-12"])
def test_what_is_refused_or_unknown_cannot_be_accepted(code: str) -> None:
    with pytest.raises(csvimport.UsageError, match=code):
        csvimport.check("budgets", upload(RENT), accept=(code,))


def test_strict_makes_warnings_errors() -> None:
    assert serious(csvimport.check("budgets", upload(RENT, RENT), strict=True)) == [("B-15", "error", "account", "C2")]


def test_totals_are_those_of_version_year_and_type() -> None:
    report = csvimport.check("budgets", upload(SALES, RENT, SHOP, NEXT_YEAR, NO_ITEM, change(RENT, B="")))
    assert [(total.name, total.currency, total.value) for total in report.totals] == [
        ("rows", None, "6"),
        ("Budget 2026 p", None, "30000"),
        ("Budjetti 2026 2026 p", None, "-84000"),
        ("Kustannuspaikat 2026 d", None, "10200"),
        ("Kustannuspaikat 2027 d", None, "9000"),
    ]


@pytest.mark.parametrize(
    "settings",
    [
        {"financial_year": "heinäkuu"},
        {"financial_year": "7"},
        {"financial_year": "13/2026"},
        {"budget_flip": ["30"]},
        {"budget_flip": ["3000-"]},
        {"income_accounts": ["3xxx"]},
        {"budget_round": "yes"},
        {"no_item_word": 5},
    ],
    ids=str,
)
def test_a_wrong_setting_is_named(settings: dict) -> None:
    with pytest.raises(csvimport.UsageError, match=next(iter(settings))):
        csvimport.check("budgets", upload(RENT), settings=settings)


HEADINGS = {
    "keys": [field.key for field in csvimport.schema("budgets").main.fields],
    **{lang: [field.title[lang] for field in csvimport.schema("budgets").main.fields] for lang in ("en", "fi", "sv")},
}


@pytest.mark.parametrize("headings", HEADINGS.values(), ids=HEADINGS.keys())
@pytest.mark.parametrize("line", [SALES, RENT, SHOP, NO_ITEM], ids=["income", "cost", "dimension", "no item"])
def test_columns_are_found_by_their_headings_in_any_order(line: str, headings: list[str]) -> None:
    text = [";".join(f'"{cell}"' for cell in cells[::-1]) for cells in (headings, line.split(";"))]
    result = csvimport.convert("budgets", upload(*text))
    assert serious(result.report) == []
    assert result.to_bytes() == upload(line).getvalue()


def test_headings_in_the_order_of_the_file_are_dropped() -> None:
    result = csvimport.convert("budgets", upload(";".join(HEADINGS["fi"]), SALES, RENT))
    assert result.report.layout == "procountor"
    assert serious(result.report) == []
    assert result.to_bytes() == upload(SALES, RENT).getvalue()


@pytest.mark.parametrize("others", [[], [RENT]])
def test_figures_that_run_from_1_to_12_are_no_headings(others: list[str]) -> None:
    lines = [f"p;;7230;2026;{';'.join(map(str, range(1, 13)))};;", *others]
    result = csvimport.convert("budgets", upload(*lines))
    assert result.report.headings is False
    assert result.to_bytes() == upload(*lines).getvalue()
