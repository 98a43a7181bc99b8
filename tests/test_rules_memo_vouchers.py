"""The rules of the accounting information file, a memo voucher: each broken once, and each kept."""

from pathlib import Path

import pandas as pd
import pytest
from conftest import Case, change, findings, notes, problems, serious, upload

import csvimport
from csvimport.messages import Catalogue

DEBIT = "5000;Palkkajaksotus 1/2026;3000,00;Kustannuspaikka;Myymälä A;;"
CREDIT = "2965;Palkkajaksotus 1/2026;-3000,00;;;;"
PURCHASE = "7680;Siivouspalvelu 8/2024;200,00;;;24;P"
PAID = "1910;Siivouspalvelu 8/2024;-248,00;;;;"
CASH = "1910;Käteismyynti 30.8.2024;124,00;;;;"
SALE = "3000;Käteismyynti 30.8.2024;-100,00;Toimipiste;Myymälä A;24;S"
GROSS_SALE = change(SALE, C="-124,00")  # with 24 per cent on top: 153,76

DATED = "Tosite;Pvm;Tositteen nimi;Tili;Selite;Summa;ALV-%;ALV-tyyppi"
TWO_DIMENSIONS = "Tili;Selite;Summa;Dimensio: Kustannuspaikka;Dimensio: Projekti"

ACCOUNTS = ("1910;Pankkitili", "2965;Palkkavelat", "5000;Palkat", "7680;Siivous")
DIMENSIONS = ("Kustannuspaikka;Myymälä A;A;;", "Kustannuspaikka;Myymälä B;A;;", "Projekti;P-2026-01;A;;")


def accrual(**cells: str) -> list[str]:
    """A voucher without VAT, other cells in its debit entry."""
    return [change(DEBIT, **cells), CREDIT]


def purchase(**cells: str) -> list[str]:
    """A voucher with VAT of a purchase, other cells in the entry that has it."""
    return [change(PURCHASE, **cells), PAID]


def at_rate(rate: str, paid: str) -> list[str]:
    return [change(PURCHASE, F=rate), change(PAID, C=paid)]


def dated(day: str, rate: str, paid: str) -> list[str]:
    """A voucher of a purchase in a table that gives its date."""
    return [DATED, f"1;{day};Siivous;7680;Siivous;200,00;{rate};P", f"1;;;1910;Siivous;-{paid};;"]


def several(day: str, name: str, key: str = "") -> list[str]:
    """Two vouchers in a table, the second with another date or name; with a key in a column that tells them apart."""
    entries = "5000;Palkat;3000,00;;", "2965;Palkat;-3000,00;;"
    lines = [DATED, *(f"{head};{entry}" for head in ("1;31.01.2026;Palkat", f"{key};{day};{name}") for entry in entries)]
    return lines if key else [line.partition(";")[2] for line in lines]


def split(*items: str) -> list[str]:
    return [TWO_DIMENSIONS, f"5000;Palkat;3000,00;{';'.join(items)}", "2965;Palkat;-3000,00;;"]


BROKEN = [
    # the account
    *(
        Case("MV-01", accrual(A=text), "error", "account", "A1")
        for text in ("", "500", "50000", "palkat", "5 000", "5000,0", "5000 Palkat")
    ),
    *(Case("MV-01", accrual(A=text), "error", "account", "A1", as_is=True) for text in ("500", "5 000")),
    Case("MV-01", accrual(A="5001"), "error", "account", "A1", registers={"accounts": ACCOUNTS}),
    Case("MV-01", [DEBIT, change(CREDIT, A="")], "error", "account", "A2"),
    # the name of the entry
    *(Case("MV-02", accrual(B=text), "error", "transaction_name", "B1") for text in ("", " ", "n" * 71, "ä" * 71)),
    Case("MV-02", accrual(B="n" * 71), "error", "transaction_name", "B1", as_is=True),
    # the sum
    *(Case("MV-03", accrual(C=text), "error", "amount", "C1") for text in ("", "kolme", "3E3", "3,0,0", "1.000.00")),
    *(
        Case("MV-03", accrual(C=t), "error", "amount", "C1", as_is=True)
        for t in ("3 000,00", "3.000,00", "+3000", "3000-", "3000,00 €", "3000,00 D")
    ),
    *(Case("MV-03", accrual(C=text), "note", "amount", "C1") for text in ("3 000,00", "3.000,00", "3000,00 €", "+3000,00")),
    *(Case("MV-04", accrual(C=text), "error", "amount", "C1", as_is=as_is) for text in ("3000,001", "3000.005") for as_is in (False, True)),
    *(Case("MV-05", [DEBIT, CREDIT, change(CREDIT, C=text)], "warning", "amount", "C3") for text in ("0", "0,00", "-0,00")),
    # one voucher
    Case("MV-06", several("28.02.2026", "Palkat"), "error", "voucher_date", "A4"),
    Case("MV-06", several("31.01.2026", "Vuokra"), "error", "voucher_name", "B4"),
    # the balance
    Case("MV-07", [DEBIT, change(CREDIT, C="-3000,01")], "error", "amount", "C1"),
    Case("MV-07", [DEBIT, change(CREDIT, C="-3000,01")], "error", "amount", "C1", as_is=True),
    Case("MV-07", [DEBIT], "error", "amount", "C1"),
    Case("MV-07", purchase(C="200,01"), "error", "amount", "C1"),
    Case("MV-07", [CASH, GROSS_SALE], "warning", "amount", "C1"),
    Case("MV-07", [CASH, GROSS_SALE], "warning", "amount", "C1", as_is=True),
    Case("MV-07", [CASH, SALE], "error", "amount", "C1", settings={"memo_balance": "net"}),
    Case("MV-07", [CASH, change(SALE, C="-101,00")], "error", "amount", "C1", settings={"memo_balance": "either"}),
    # dimensions
    Case("MV-08", accrual(D="Projektit"), "error", "dimension_name", "D1", registers={"dimensions": DIMENSIONS}),
    Case("MV-08", accrual(D="kustannuspaikka"), "error", "dimension_name", "D1", registers={"dimensions": DIMENSIONS}),
    *(
        Case("MV-09", accrual(E=t), "error", "item_name", "E1", registers={"dimensions": DIMENSIONS})
        for t in ("Myymälä C", "myymälä A", "P-2026-01")
    ),
    Case(
        "MV-09",
        accrual(E="Myymälä P"),
        "error",
        "item_name",
        "E1",
        registers={"dimensions": [*DIMENSIONS, "Kustannuspaikka;Myymälä P;P;;"]},
    ),
    *(Case("MV-10", accrual(E=""), "error", "item_name", "E1", as_is=as_is) for as_is in (False, True)),
    *(Case("MV-11", accrual(D=""), "error", "dimension_name", "D1", as_is=as_is) for as_is in (False, True)),
    Case("MV-12", split("Myymälä A", "P-2026-01"), "error", "item_name", "E2"),
    # VAT
    *(Case("MV-13", purchase(F=text), "error", "vat_percent", "F1") for text in ("20", "25,55", "0,255", "255", "-10", "ALV 24")),
    Case("MV-13", at_rate("25,5", "-251,00"), "warning", "vat_percent", "F1"),
    Case("MV-13", at_rate("25,5", "-251,00"), "warning", "vat_percent", "F1", as_is=True),
    Case("MV-13", at_rate("13,5", "-227,00"), "warning", "vat_percent", "F1"),
    Case("MV-13", purchase(), "warning", "vat_percent", "F1", settings={"vat_percentages": ["25,5", "0"]}),
    Case("MV-14", dated("01.01.2026", "14", "228,00"), "warning", "vat_percent", "G2"),
    Case("MV-14", dated("01.09.2024", "24", "248,00"), "warning", "vat_percent", "G2"),
    *(Case("MV-15", purchase(G=text), "error", "vat_type", "G1") for text in ("M", "O", "X", "PS", "osto", "1")),
    Case("MV-16", [CASH, change(SALE, G="")], "warning", "vat_type", "G2"),
    Case("MV-17", [CASH, change(SALE, G="P")], "warning", "vat_type", "G2"),
    Case("MV-17", purchase(G="S"), "warning", "vat_type", "G1"),
    Case("MV-18", [change(DEBIT, G="P"), CREDIT], "note", "vat_type", "G1"),
    Case("MV-19", [PURCHASE, PAID], "note", "vat_percent"),
    Case("MV-20", [DEBIT, CREDIT], "note"),
    Case("MV-21", accrual(D="d" * 256), "error", "dimension_name", "D1"),
    Case("MV-21", accrual(E="e" * 256), "error", "item_name", "E1"),
]

RIGHT = [
    Case("MV-01", accrual(), registers={"accounts": ACCOUNTS}),
    Case("MV-01", [DEBIT, CREDIT], as_is=True),
    *(Case("MV-02", accrual(B=text)) for text in ("n", "n" * 70, "ä" * 70, "Selite, jossa on pilkku.")),
    *(Case("MV-03", accrual(C=text)) for text in ("3000", "3000,0", "3000,00")),
    Case("MV-03", [change(DEBIT, C="-3000,00"), change(CREDIT, C="3000,00")], as_is=True),
    *(Case("MV-04", accrual(C=text)) for text in ("3000,00", "3000,000")),
    Case("MV-05", [DEBIT, change(CREDIT, C="-2999,99"), change(CREDIT, C="-0,01")]),
    Case("MV-06", several("31.01.2026", "Palkat", key="1")),
    Case("MV-06", several("28.02.2026", "Vuokra", key="2")),
    # the balance
    Case("MV-07", [DEBIT, change(CREDIT, C="-1000,00"), change(CREDIT, C="-2000,00")]),
    Case("MV-07", [PURCHASE, PAID]),
    Case("MV-07", [CASH, SALE], as_is=True),
    *(Case("MV-07", [CASH, GROSS_SALE], settings={"memo_balance": balance}) for balance in ("net", "either")),
    *(Case("MV-07", [CASH, SALE], settings={"memo_balance": balance}) for balance in ("gross", "either")),
    Case("MV-07", [change(PURCHASE, C="0,02"), change(PURCHASE, C="0,02"), change(PAID, C="-0,04")]),
    # dimensions
    *(Case(rule, accrual(), registers={"dimensions": DIMENSIONS}) for rule in ("MV-08", "MV-09")),
    *(Case(rule, accrual(D="Projekti", E="P-2026-01"), registers={"dimensions": DIMENSIONS}) for rule in ("MV-08", "MV-09")),
    *(Case(rule, accrual(D="Mitä vain", E="Sitä sun tätä")) for rule in ("MV-08", "MV-09")),
    *(Case(rule, accrual(D="", E="")) for rule in ("MV-10", "MV-11")),
    *(Case("MV-12", split(*items)) for items in (("Myymälä A", ""), ("", "P-2026-01"))),
    # VAT
    *(Case("MV-13", at_rate(rate, paid)) for rate, paid in (("8", "-216"), ("9", "-218"), ("10", "-220"), ("12", "-224"), ("13", "-226"))),
    *(
        Case("MV-13", at_rate(rate, paid))
        for rate, paid in (("14", "-228"), ("17", "-234"), ("22", "-244"), ("23", "-246"), ("24,0", "-248"))
    ),
    Case("MV-13", [change(PURCHASE, F="0", G=""), change(PAID, C="-200,00")]),
    Case("MV-13", purchase(), settings={"vat_percentages": ["24", "0"]}),
    Case("MV-14", dated("31.12.2025", "14", "228,00")),
    Case("MV-14", dated("31.08.2024", "24", "248,00")),
    Case("MV-14", [PURCHASE, PAID]),
    *(Case("MV-15", purchase(G=text)) for text in ("P", "")),
    Case("MV-15", [CASH, SALE]),
    Case("MV-16", purchase(G="")),
    Case("MV-16", [CASH, SALE]),
    Case("MV-17", [CASH, SALE]),
    Case("MV-17", [PURCHASE, PAID]),
    Case("MV-18", [PURCHASE, PAID]),
    Case("MV-19", [DEBIT, CREDIT]),
    Case("MV-19", [change(DEBIT, F="0"), CREDIT]),
    Case("MV-21", accrual(D="d" * 255, E="e" * 255)),
]

ALWAYS_SAID = {"MV-20"}  # stands above every upload


@pytest.mark.parametrize("case", [case for case in BROKEN if case.severity != "note"], ids=str)
def test_a_broken_rule_is_found_at_its_cell_and_nothing_else_is_blamed(case: Case, tmp_path: Path) -> None:
    assert serious(case.check("memo-vouchers", tmp_path)) == [case.found]


@pytest.mark.parametrize("case", [case for case in BROKEN if case.severity == "note"], ids=str)
def test_what_is_worth_knowing_is_said_once(case: Case, tmp_path: Path) -> None:
    report = case.check("memo-vouchers", tmp_path)
    assert serious(report) == []
    assert notes(report).count(case.found) == 1


@pytest.mark.no_cover
@pytest.mark.parametrize("case", RIGHT, ids=str)
def test_a_kept_rule_is_not_mentioned(case: Case, tmp_path: Path) -> None:
    report = case.check("memo-vouchers", tmp_path)
    assert serious(report) == []
    assert case.rule not in {found[0] for found in findings(report)}


def test_every_rule_of_the_file_is_broken_and_kept_here() -> None:
    rules = {rule.id for rule in csvimport.schema("memo-vouchers").rules}
    assert rules == {f"MV-{number:02d}" for number in range(1, 22)}
    assert rules - {case.rule for case in BROKEN} == set()
    assert rules - {case.rule for case in RIGHT} - ALWAYS_SAID == set()


def test_every_problem_has_words() -> None:
    assert problems(csvimport.schema("memo-vouchers")) - Catalogue.of("en").problems.keys() == set()


VOUCHERS = {"accrual": [DEBIT, CREDIT], "purchase": [PURCHASE, PAID], "sale": [CASH, SALE]}


@pytest.mark.parametrize("lines", VOUCHERS.values(), ids=VOUCHERS.keys())
def test_right_records_come_out_byte_for_byte(lines: list[str]) -> None:
    result = csvimport.convert("memo-vouchers", upload(*lines))
    assert serious(result.report) == []
    assert result.to_bytes() == upload(*lines).getvalue()


@pytest.mark.parametrize("lines", VOUCHERS.values(), ids=VOUCHERS.keys())
def test_right_records_are_right_as_they_are(lines: list[str]) -> None:
    assert serious(csvimport.check("memo-vouchers", upload(*lines), as_is=True)) == []


def test_a_heading_line_left_in_is_an_error_as_it_is_and_dropped_otherwise() -> None:
    lines = ["Tili;Selite;Summa;Dimensio;Nimike;ALV-%;ALV-tyyppi", PURCHASE, PAID]
    assert serious(csvimport.check("memo-vouchers", upload(*lines), as_is=True)) == [("C-06", "error", None, "A1")]
    assert csvimport.convert("memo-vouchers", upload(*lines)).to_bytes() == upload(PURCHASE, PAID).getvalue()


def test_a_semicolon_in_a_text_shifts_everything_behind_it() -> None:
    line = "5000;Palkat; tammikuu;3000,00;Kustannuspaikka;Myymälä A;;P"
    assert serious(csvimport.check("memo-vouchers", upload(line, CREDIT))) == [("C-12", "error", None, "H1")]


def test_one_broken_voucher_of_a_table_does_not_spoil_the_others() -> None:
    lines = several("28.02.2026", "Palkat", key="2")
    lines[-1] = lines[-1].replace("-3000,00", "-2999,00")
    assert serious(csvimport.check("memo-vouchers", upload(*lines))) == [("MV-07", "error", "amount", "F4")]


def test_a_voucher_with_a_wrong_sum_is_not_said_to_be_out_of_balance() -> None:
    """The sum that cannot be read, or a percentage that does not exist, is the cause."""
    for lines in (accrual(C="kolme"), purchase(F="26")):
        assert "MV-07" not in {found[0] for found in findings(csvimport.check("memo-vouchers", upload(*lines)))}


@pytest.mark.parametrize("sum_", ["4000000000000,01", "10000000000000,00", "99999999999999999,99", "1" + "0" * 30, "6412345678901234"])
def test_a_sum_too_large_to_be_added_up_is_told(sum_: str) -> None:
    """A reference or account number in the column of sums is reckoned or reported; it does not count as nothing."""
    report = csvimport.check("memo-vouchers", upload(DEBIT, CREDIT, f"5000;Viite sarakkeessa väärässä;{sum_};;;;"))
    assert not report.ok
    assert "C3" in {cell for _, severity, _, cell in findings(report) if severity == "error"}


def test_the_nearest_names_of_the_registers_are_suggested(tmp_path: Path) -> None:
    for case, suggestion in (
        (Case("MV-01", accrual(A="5001"), registers={"accounts": ACCOUNTS}), None),
        (Case("MV-08", accrual(D="Kustannuspaika"), registers={"dimensions": DIMENSIONS}), "Kustannuspaikka"),
        (Case("MV-09", accrual(E="Myymälä a"), registers={"dimensions": DIMENSIONS}), "Myymälä A"),
    ):
        issues = [issue for issue in case.check("memo-vouchers", tmp_path).issues if issue.code == case.rule]
        assert [issue.suggestion for issue in issues] == [suggestion]


def test_the_percentage_that_is_in_force_is_suggested() -> None:
    report = csvimport.check("memo-vouchers", upload(*dated("15.02.2026", "14", "228,00")))
    (issue,) = [issue for issue in report.issues if issue.code == "MV-14"]
    assert issue.suggestion == "13,5"


@pytest.mark.parametrize("rate", ["24", "24 %"])
def test_the_message_about_a_rate_out_of_force_says_per_cent_once(rate: str) -> None:
    report = csvimport.check("memo-vouchers", upload(*dated("15.02.2026", rate, "248,00")))
    (issue,) = [issue for issue in report.issues if issue.code == "MV-14"]
    assert issue.message.startswith(f"The VAT percentage {rate} was not in force")


def test_the_message_about_a_rate_out_of_force_speaks_of_a_voucher() -> None:
    report = csvimport.check("memo-vouchers", upload(*dated("15.02.2026", "14", "228,00")))
    (issue,) = [issue for issue in report.issues if issue.code == "MV-14"]
    assert "invoice" not in issue.message + issue.hint


def test_the_difference_that_would_be_posted_in_silence_is_named_with_its_account() -> None:
    report = csvimport.check("memo-vouchers", upload(DEBIT, change(CREDIT, C="-2907,17")))
    (issue,) = [issue for issue in report.issues if issue.code == "MV-07"]
    assert "92,83" in issue.message and "8450" in issue.message


def cash(amount: str) -> str:
    return f"1910;Selite;{amount};;;;"


@pytest.mark.parametrize(
    ("lines", "balance", "row", "suggestion", "says"),
    [
        ([DEBIT, CREDIT, cash("50,00")], "gross", 3, None, "by 50,00, which is the sum of this entry"),
        ([PURCHASE, PAID, change(PURCHASE, C="100,00")], "gross", 3, None, "by 124,00, which is the sum of this entry"),
        ([DEBIT, CREDIT, cash("30,00"), cash("25,00"), cash("-5,00")], "gross", 4, "-25,00", "by 50,00, twice the sum of this entry"),
        ([DEBIT, CREDIT, cash("25,00"), cash("25,00")], "gross", 3, None, "by 50,00. Any of its entries on rows 3, 4 may be the reason"),
        ([cash("1300,00"), cash("-3100,00")], "gross", 1, None, "by 1800,00. Any of its entries on rows 1, 2 may be the reason"),
        ([change(CASH, C="161,20"), change(SALE, C="-310,00")], "gross", 2, "-130,00", "With two digits of this sum exchanged"),
        ([cash("130000000000,00"), cash("-300000000000,00"), cash("-10000000000,00")], "gross", 1, "310000000000,00", "With two digits"),
        ([cash("3000,00"), cash("-2990,50")], "gross", 1, None, "9,50 is missing"),
        ([PURCHASE, change(PAID, C="-210,00")], "gross", 1, None, "38,00 is missing"),
        ([PURCHASE, PAID], "net", 1, None, "48,00 is missing"),
        ([PURCHASE, change(PAID, C="-210,00")], "net", 1, None, "10,00 is missing"),
        ([PURCHASE, change(PAID, C="-210,00")], "either", 1, None, "38,00 is missing"),
    ],
)
def test_the_entry_that_is_most_likely_wrong_is_named(lines: list[str], balance: str, row: int, suggestion: str | None, says: str) -> None:
    report = csvimport.check("memo-vouchers", upload(*lines), settings={"memo_balance": balance})
    issue = next(issue for issue in report.issues if issue.code == "MV-07")
    assert (issue.severity, issue.row, issue.column, issue.suggestion) == ("error", row, "C", suggestion)
    assert says in issue.message


@pytest.mark.parametrize(
    ("balance", "paid", "severity"),
    [
        ("gross", "-248,00", []), ("gross", "-200,00", ["warning"]), ("net", "-200,00", []), ("net", "-248,00", ["error"]),
        ("either", "-248,00", []), ("either", "-200,00", []), ("either", "-210,00", ["error"]),
    ],
)  # fmt: skip
def test_the_settings_say_whether_a_voucher_balances_with_vat(balance: str, paid: str, severity: list[str]) -> None:
    report = csvimport.check("memo-vouchers", upload(PURCHASE, change(PAID, C=paid)), settings={"memo_balance": balance})
    assert [issue.severity for issue in report.issues if issue.code == "MV-07"] == severity


@pytest.mark.parametrize("code", ["MV-01", "MV-03", "MV-09", "MV-13"])
def test_what_procountor_refuses_cannot_be_accepted(code: str) -> None:
    with pytest.raises(csvimport.UsageError, match=code):
        csvimport.check("memo-vouchers", upload(DEBIT, CREDIT), accept=(code,))


def test_a_dimension_that_procountor_would_ignore_can_be_accepted() -> None:
    report = csvimport.check("memo-vouchers", upload(*accrual(E="")), accept=("MV-10",))
    assert serious(report) == [("MV-10", "warning", "item_name", "E1")]


def test_strict_makes_warnings_errors() -> None:
    report = csvimport.check("memo-vouchers", upload(*at_rate("25,5", "-251,00")), strict=True)
    assert serious(report) == [("MV-13", "error", "vat_percent", "F1")]


@pytest.mark.parametrize("balance", ["brutto", "Gross", ""])
def test_an_unknown_way_of_balancing_is_refused(balance: str) -> None:
    with pytest.raises(csvimport.UsageError, match="memo_balance"):
        csvimport.check("memo-vouchers", upload(DEBIT, CREDIT), settings={"memo_balance": balance})


def test_notation_is_brought_into_form_with_notes() -> None:
    result = csvimport.convert("memo-vouchers", upload("7680; Siivouspalvelu 8/2024;200.00;;;24.00 %;p", PAID))
    assert serious(result.report) == []
    assert result.to_bytes() == upload(change(PURCHASE, F="24,00"), PAID).getvalue()
    assert {cell for _, _, _, cell in notes(result.report)} >= {"B1", "C1", "F1", "G1"}


# --- totals -----------------------------------------------------------------------------------------------------------


def totals(*lines: str) -> dict[str, str]:
    figures = csvimport.check("memo-vouchers", upload(*lines)).totals
    assert {figure.currency for figure in figures} == {None, "EUR"}
    return {figure.name: figure.value for figure in figures}


def test_debit_and_credit_are_totalled() -> None:
    figures = {"vouchers": "1", "entries": "3", "debit": "3000.00", "credit": "3000.00", "difference": "0.00"}
    assert totals(DEBIT, change(CREDIT, C="-1000,00"), change(CREDIT, C="-2000,00")) == figures


def test_a_cent_is_debit_or_credit() -> None:
    figures = totals(cash("0,01"), cash("0,00"), cash("-0,01"))
    assert (figures["debit"], figures["credit"], figures["difference"]) == ("0.01", "0.01", "0.00")


@pytest.mark.parametrize(("balance", "names"), [("gross", {" with VAT"}), ("net", {""}), ("either", {"", " with VAT"})])
def test_the_difference_that_balances_vouchers_is_totalled(balance: str, names: set[str]) -> None:
    figures = csvimport.check("memo-vouchers", upload(PURCHASE, PAID), settings={"memo_balance": balance}).totals
    assert {figure.name for figure in figures if "difference" in figure.name} == {f"difference{name}" for name in names}
    unvatted = csvimport.check("memo-vouchers", upload(DEBIT, CREDIT), settings={"memo_balance": balance}).totals
    assert {figure.name for figure in unvatted if "difference" in figure.name} == {"difference"}


@pytest.mark.parametrize("kind", ["", "S", "P"])
def test_an_entry_of_nothing_is_on_neither_side(kind: str) -> None:
    report = csvimport.check("memo-vouchers", upload(DEBIT, CREDIT, f"7680;Siivous;0,00;;;24;{kind}"))
    assert serious(report) == [("MV-05", "warning", "amount", "C3")]


def test_vat_is_totalled_entry_by_entry_with_halves_away_from_zero() -> None:
    """25,00 at 14 per cent are 28,50; 0,25 at 10 per cent are 0,275, which rounds to 0,28 on either side."""
    figures = totals(change(PURCHASE, C="25,00", F="14"), change(PURCHASE, C="0,25", F="10"), change(PURCHASE, C="-0,25", F="10"))
    assert (figures["debit"], figures["credit"]) == ("25.25", "0.25")
    assert (figures["debit with VAT"], figures["credit with VAT"], figures["difference with VAT"]) == ("28.78", "0.28", "28.50")


# --- tables -----------------------------------------------------------------------------------------------------------

FIELDS = csvimport.schema("memo-vouchers").record("entry").fields
HEADINGS = {"keys": [field.key for field in FIELDS], **{lang: [field.title[lang] for field in FIELDS] for lang in ("en", "fi", "sv")}}


@pytest.mark.parametrize("headings", HEADINGS.values(), ids=HEADINGS.keys())
@pytest.mark.parametrize("lines", VOUCHERS.values(), ids=VOUCHERS.keys())
def test_columns_are_found_by_their_headings_in_any_order(lines: list[str], headings: list[str]) -> None:
    frame = pd.DataFrame([line.split(";")[::-1] for line in lines], columns=headings[::-1])
    result = csvimport.convert("memo-vouchers", frame)
    assert serious(result.report) == []
    assert result.to_bytes() == upload(*lines).getvalue()


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("Tili", ("MV-01", "error", "account", None)),
        ("Selite", ("MV-02", "error", "transaction_name", None)),
        ("Summa", ("MV-03", "error", "amount", None)),
    ],
)
def test_a_mandatory_field_without_a_column_is_one_finding_for_the_file(heading: str, found: object) -> None:
    frame = pd.DataFrame({"Tili": ["5000", "2965"], "Selite": ["Palkat"] * 2, "Summa": ["3000,00", "-3000,00"]}).drop(columns=heading)
    assert serious(csvimport.check("memo-vouchers", frame)) == [found]


def test_items_without_a_column_for_their_dimension_are_one_finding_for_the_file() -> None:
    cells = {"Tili": ["5000", "5010", "2965"], "Selite": ["Palkat"] * 3, "Summa": ["1", "2", "-3"], "Nimike": ["A", "B", ""]}
    assert serious(csvimport.check("memo-vouchers", pd.DataFrame(cells))) == [("MV-11", "error", "dimension_name", None)]


def test_an_unknown_heading_is_a_warning_and_two_of_one_field_are_an_error() -> None:
    cells = {"Tili": ["5000", "2965"], "Selite": ["Palkat"] * 2, "Summa": ["3000,00", "-3000,00"]}
    assert serious(csvimport.check("memo-vouchers", pd.DataFrame({**cells, "Kengännumero": "42"}))) == [("T-01", "warning", None, "D")]
    report = csvimport.check("memo-vouchers", pd.DataFrame({**cells, "Kirjanpitotili": ["5000", "2965"]}))
    assert serious(report) == [("T-02", "error", "account", "D")]


@pytest.mark.parametrize(
    ("word", "letter"), [("purchase", "P"), ("Osto", "P"), ("inköp", "P"), ("sales", "S"), ("myynti", "S"), ("Försäljning", "S")]
)
def test_words_for_the_vat_type_become_its_letter_with_a_note(word: str, letter: str) -> None:
    sign, other = ("-", "") if letter == "S" else ("", "-")
    cells = {"Tili": ["3000", "1910"], "Selite": ["Kauppa"] * 2, "Summa": [f"{sign}100", f"{other}124"], "ALV-%": ["24", ""]}
    result = csvimport.convert("memo-vouchers", pd.DataFrame({**cells, "ALV-tyyppi": [word, ""]}))
    assert serious(result.report) == []
    assert ("vat_type", "E1") in {found[2:] for found in notes(result.report)}
    assert result.to_bytes().decode("cp1252").splitlines()[0].endswith(f";24;{letter}")
