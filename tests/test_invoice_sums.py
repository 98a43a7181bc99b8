"""What invoices add up to, against an independent computation; totals, signs and splits."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from conftest import change, serious, upload
from hypothesis import given, settings
from hypothesis import strategies as st

import csvimport
from csvimport import cents as in_cents
from csvimport.columns import text_series
from csvimport.report.report import Report

RATES = ("0", "8", "9", "10", "12", "13", "13,5", "14", "17", "22", "23", "24", "25,5")
CENT = Decimal("0.01")

HEADER = change(";" * 46, A="M", E="9100001-3", G="Esimerkki Oy", M="15.01.2026", Z="6")
ROW = change(";" * 16, B="Työ", E="kpl")


def invoice(**cells: str) -> str:
    return change(HEADER, **cells)


def row(quantity: str, price: str, vat: str = "25,5", discount: str = "") -> str:
    return change(ROW, D=quantity, F=price, G=discount, H=vat)


def check(*lines: str) -> Report:
    return csvimport.check("invoices", upload(*lines))


def totals(*lines: str) -> dict[str, str]:
    """The totals of the report by name, with the currency behind it where it is not the euro."""
    figures = check(*lines).totals
    return {f.name if f.currency in (None, "EUR") else f"{f.name} {f.currency}": f.value for f in figures}


def gross(*lines: str) -> str:
    return totals(*lines)["sum with VAT"]


def net(*lines: str) -> str:
    return totals(*lines)["sum without VAT"]


def found(*lines: str) -> list[tuple[str, str, str | None]]:
    return [(code, severity, cell) for code, severity, _, cell in serious(check(*lines))]


# --- the arithmetic against decimals -----------------------------------------------------------------------------------


def cents(amount: Decimal) -> Decimal:
    """Rounded to cents, halves away from zero."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def number(text: str, empty: str = "0") -> Decimal:
    return Decimal((text or empty).replace(",", "."))


def comma(amount: Decimal) -> str:
    return f"{amount:f}".replace(".", ",")


@dataclass(frozen=True)
class Item:
    quantity: str
    price: str
    discount: str
    vat: str

    @property
    def line(self) -> str:
        return row(self.quantity, self.price, self.vat, self.discount)

    def sums(self, included: bool, discount: str) -> tuple[Decimal, Decimal]:
        """Without and with VAT."""
        factor = (100 - number(self.discount)) / 100 * (100 - number(discount)) / 100
        amount = cents(number(self.quantity, "1") * number(self.price) * factor)
        share = 1 + number(self.vat) / 100
        return (cents(amount / share), amount) if included else (amount, cents(amount * share))


@dataclass(frozen=True)
class Bill:
    kind: str
    included: str
    discount: str
    currency: str
    items: Sequence[Item]

    @property
    def lines(self) -> list[str]:
        header = invoice(A=self.kind, B=self.currency, I=self.discount, J=self.included, D="", M="")
        return [header, *(item.line for item in self.items)]

    @property
    def sums(self) -> list[tuple[Decimal, Decimal]]:
        included = self.included == "t" or self.kind in "TK"
        return [item.sums(included, self.discount) for item in self.items]


def numbers(least: int, most: int, places: int) -> st.SearchStrategy[str]:
    return st.integers(least * 10**places, most * 10**places).map(lambda n: comma(Decimal(n).scaleb(-places)))


def either(*strategies: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(*strategies)


empty = st.just("")
percent = either(empty, numbers(0, 100, 2), numbers(0, 100, 0))
price = either(numbers(-1000, 1000, 2), numbers(-1000, 1000, 4), numbers(0, 10_000_000, 2), empty)
quantity = either(numbers(-100, 100, 0), numbers(-100, 100, 4), numbers(0, 100_000, 2), empty)
items = st.builds(Item, quantity, price, percent, either(st.sampled_from(RATES), empty))
bills = st.builds(
    Bill,
    st.sampled_from("MOTKN"),
    st.sampled_from(("t", "f", "")),
    percent,
    st.sampled_from(("EUR", "", "SEK")),
    st.lists(items, min_size=1, max_size=6),
)


@settings(max_examples=12, deadline=None)
@given(st.lists(bills, min_size=1, max_size=6))
def test_sums_are_those_of_decimals(made: list[Bill]) -> None:
    expected: dict[str, Decimal] = {}
    for bill in made:
        tail = " SEK" if bill.currency == "SEK" else ""
        for item, (without, with_vat) in zip(bill.items, bill.sums, strict=True):
            rate = f"VAT {comma(number(item.vat))} %"
            for name, amount in (("sum without VAT", without), ("sum with VAT", with_vat), (rate, with_vat - without)):
                expected[name + tail] = expected.get(name + tail, Decimal(0)) + amount
    shown = totals(*(line for bill in made for line in bill.lines))
    assert {name: amount for name, amount in shown.items() if not name.startswith(("invoices", "sum with VAT of type"))} == {
        name: f"{amount:.2f}" for name, amount in expected.items()
    }


@settings(max_examples=12, deadline=None)
@given(bills, st.integers(-9, 9))
def test_a_total_is_right_nearly_right_or_wrong(bill: Bill, off: int) -> None:
    """One cent a row is a warning, more an error; what equals the net sum of prices without VAT is a warning too. Without any price, all is wrong."""
    without, with_vat = (sum(side, Decimal(0)) for side in zip(*bill.sums, strict=True))
    total = with_vat + off * CENT
    lines = bill.lines
    severities = {severity for code, severity, _ in found(change(lines[0], X=comma(total)), *lines[1:]) if code == "I-53"}
    excluded = bill.included != "t" and bill.kind not in "TK"
    near = any(item.price for item in bill.items) and (abs(off) <= len(bill.items) or (excluded and total == without))
    assert severities == (set() if off == 0 else {"warning"} if near else {"error"})


# --- by hand -----------------------------------------------------------------------------------------------------------


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("quantity", "price", "amount"),
    [
        ("3", "0,1", "0.30"),
        ("1", "0,125", "0.13"),
        ("-1", "0,125", "-0.13"),
        ("1", "0,115", "0.12"),
        ("1", "1,005", "1.01"),
        ("-1", "1,005", "-1.01"),
        ("1", "2,675", "2.68"),
        ("1", "0,0049", "0.00"),
        ("0,5", "0,01", "0.01"),
        ("-0,5", "0,01", "-0.01"),
        ("3", "33,3333", "100.00"),
        ("", "12,5", "12.50"),
        ("2", "", "0.00"),
        ("100", "1234567,89", "123456789.00"),
        ("1000000", "1000000,01", "1000000010000.00"),
        ("-1000000", "1000000,01", "-1000000010000.00"),
    ],
)
def test_a_line_is_quantity_times_price_rounded_away_from_zero(quantity: str, price: str, amount: str) -> None:
    lines = invoice(), row(quantity, price, "0")
    assert (gross(*lines), net(*lines)) == (amount, amount)


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("included", "price", "vat", "without", "with_vat"),
    [
        ("f", "100", "25,5", "100.00", "125.50"),
        ("t", "125,50", "25,5", "100.00", "125.50"),
        ("", "100", "25,5", "100.00", "125.50"),
        ("f", "0,02", "25,5", "0.02", "0.03"),
        ("f", "-0,02", "25,5", "-0.02", "-0.03"),
        ("f", "25,00", "13,5", "25.00", "28.38"),
        ("f", "-25,00", "13,5", "-25.00", "-28.38"),
        ("t", "0,01", "25,5", "0.01", "0.01"),
        ("t", "100", "24", "80.65", "100.00"),
        ("t", "-100", "24", "-80.65", "-100.00"),
        ("f", "99999999999,99", "25,5", "99999999999.99", "125499999999.99"),
        ("t", "3", "", "3.00", "3.00"),
    ],
)
def test_vat_is_added_or_taken_out(included: str, price: str, vat: str, without: str, with_vat: str) -> None:
    lines = invoice(J=included), row("1", price, vat)
    assert (net(*lines), gross(*lines)) == (without, with_vat)


@pytest.mark.parametrize("kind", ["T", "K"])
@pytest.mark.parametrize("included", ["t", "f", ""])
def test_vat_is_always_included_in_travel_invoices_and_bills_of_charges(kind: str, included: str) -> None:
    assert gross(invoice(A=kind, J=included), row("1", "125,50")) == "125.50"


@pytest.mark.parametrize("rate", ["-100", "-150"])
@pytest.mark.parametrize("included", ["t", "f"])
def test_a_rate_that_leaves_nothing_of_a_price_is_a_wrong_cell(included: str, rate: str) -> None:
    assert found(invoice(J=included), row("1", "100", rate)) == [("I-65", "error", "H2")]


def test_vat_is_reckoned_line_by_line() -> None:
    assert gross(invoice(), *[row("1", "0,02")] * 3) == "0.09"


def test_both_discounts_are_taken_before_rounding() -> None:
    assert gross(invoice(I="10"), row("1", "99,99", "0", "10")) == "80.99"
    assert gross(invoice(I="33,33"), row("3", "0,35", "0", "33,33")) == "0.47"
    assert gross(invoice(I="100"), row("1", "99,99")) == "0.00"


def test_the_discount_of_an_invoice_is_its_own() -> None:
    assert gross(invoice(I="50"), row("1", "100", "0"), invoice(C="20260011"), row("1", "100", "0")) == "150.00"


def test_an_invoice_without_rows_counts_with_its_total() -> None:
    shown = totals(invoice(X="125,50", Y="25,5"), invoice(), row("1", "100"))
    assert (shown["sum with VAT"], shown["sum without VAT"]) == ("251.00", "200.00")


def test_the_vat_by_rate_is_what_lies_between_the_sums() -> None:
    shown = totals(invoice(X="125,50", Y="25,5"), invoice(J="f"), row("1", "100"), row("1", "100", "10"))
    vat = sum(Decimal(value) for name, value in shown.items() if name.startswith("VAT "))
    assert vat == Decimal(shown["sum with VAT"]) - Decimal(shown["sum without VAT"])


def test_each_currency_has_its_own_sums() -> None:
    lines = invoice(B="SEK"), row("1", "100"), invoice(B=""), row("1", "10"), invoice(B="EUR"), row("1", "1")
    figures = {(f.name, f.currency): f.value for f in check(*lines).totals if f.currency}
    assert figures == {
        ("sum with VAT", "SEK"): "125.50",
        ("sum with VAT", "EUR"): "13.81",
        ("sum without VAT", "SEK"): "100.00",
        ("sum without VAT", "EUR"): "11.00",
        ("VAT 25,5 %", "SEK"): "25.50",
        ("VAT 25,5 %", "EUR"): "2.81",
    }


def test_invoices_are_counted_by_type() -> None:
    shown = totals(invoice(), row("1", "1"), invoice(A="O"), row("1", "1"), invoice(), row("1", "1"))
    assert {name: value for name, value in shown.items() if name.startswith("invoices")} == {
        "invoices": "3",
        "invoices of type M": "2",
        "invoices of type O": "1",
    }


def test_the_first_example_adds_up() -> None:
    shown = totals(invoice(J="f"), row("10", "95,00", "25,5", "0"), row("2", "12,50", "13,5"))
    assert shown == {
        "invoices": "1",
        "invoices of type M": "1",
        "sum with VAT": "1220.63",
        "sum without VAT": "975.00",
        "VAT 25,5 %": "242.25",
        "VAT 13,5 %": "3.38",
    }


def test_totals_are_text_in_json() -> None:
    report = json.loads(check(invoice(), row("3", "0,1", "0")).to_json())
    assert {"name": "sum with VAT", "currency": "EUR", "value": "0.30"} in report["totals"]


# --- figures in the wrong column ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quantity", "price"),
    [
        ("6412345678901", "100"),
        ("6412345678901", "6412345678901"),
        ("1000000000", "1000000000"),
        ("-1000000000000", "1000000"),
        ("99999999999999999999", "1"),
        ("123456789012345678901234567890", "1"),
    ],
)
def test_a_product_number_for_a_quantity_is_reckoned_or_left_out_but_never_wrong(quantity: str, price: str) -> None:
    figure = totals(invoice(J="t"), row(quantity, price, "25,5")).get("sum with VAT", "0.00")
    assert figure in ("0.00", f"{int(quantity) * int(price)}.00")


@pytest.mark.parametrize("quantity", ["6412345678901", "100000000000000"])
def test_vat_of_a_huge_sum_is_right_or_left_out(quantity: str) -> None:
    figure = totals(invoice(), row(quantity, "100", "25,5")).get("sum with VAT", "0.00")
    assert figure in ("0.00", f"{int(quantity) * 1255 // 10}.{int(quantity) * 1255 % 10}0")


def test_rows_too_large_to_be_added_up_are_told() -> None:
    (issue,) = [issue for issue in check(invoice(), row("6412345678901", "6412345678901"), invoice(), WORK).issues if issue.code == "I-53"]
    assert (issue.severity, issue.column, issue.row) == ("warning", "X", 1)
    assert "too large to be added up" in issue.message


def test_a_very_large_total_is_no_reason_to_stop() -> None:
    assert ("I-53", "error", "X1") in found(invoice(X="6412345678901234567"), row("1", "1"))


# --- the total beside rows ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "severity"),
    [
        ("125,50", ""),
        ("125,5", ""),
        ("125,500", ""),
        ("125,49", "warning"),
        ("125,51", "warning"),
        ("125,52", "error"),
        ("100,00", "warning"),
        ("99,99", "error"),
        ("0", "error"),
        ("-125,50", "error"),
    ],
)
def test_a_total_beside_one_row(total: str, severity: str) -> None:
    assert found(invoice(J="f", X=total), row("1", "100")) == ([("I-53", severity, "X1")] if severity else [])


@pytest.mark.parametrize("total", ["125,50", "-10,00", "0,01"])
def test_nothing_is_suggested_for_the_total_beside_a_row_without_a_price(total: str) -> None:
    content = upload(invoice(X=total), row("1", ""))
    (issue,) = [issue for issue in csvimport.check("invoices", content).issues if issue.code == "I-53"]
    assert (issue.severity, issue.value, issue.suggestion) == ("error", total, None)
    assert "no row of the invoice has a price" in issue.message


@pytest.mark.parametrize(("total", "severity"), [("376,53", "warning"), ("376,54", "error"), ("376,47", "warning"), ("376,46", "error")])
def test_a_cent_for_each_row_is_a_warning(total: str, severity: str) -> None:
    assert found(invoice(J="f", X=total), *[row("1", "100")] * 3) == [("I-53", severity, "X1")]


def test_a_total_that_is_not_given_is_not_nearly_right() -> None:
    assert found(invoice(), row("1", "0,01", "0")) == []


def test_the_sum_without_vat_of_prices_with_vat_is_wrong() -> None:
    assert found(invoice(J="t", X="100,00"), row("1", "125,50")) == [("I-53", "error", "X1")]


def test_a_total_of_tenths_is_exact() -> None:
    assert found(invoice(X="0,30"), row("3", "0,1", "0")) == []
    assert found(invoice(X="0,80"), *[row("1", "0,1", "0")] * 8) == []


def test_the_sum_of_the_rows_is_suggested() -> None:
    issue = next(issue for issue in check(invoice(X="1"), row("1", "1234,56")).issues if issue.code == "I-53")
    assert issue.suggestion == "1549,37"
    assert "1549,37" in issue.message + issue.hint and "1548,37" in issue.message + issue.hint


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"D": "kaksi"}, "D", "I-61"),
        ({"F": "sata"}, "F", "I-63"),
        ({"G": "puolet"}, "G", "I-64"),
        ({"H": "26"}, "H", "I-65"),
    ],
)
def test_a_wrong_cell_of_a_row_is_the_cause_of_a_total_that_differs_from_its_invoice_only(
    cells: Mapping[str, str], column: str, code: str
) -> None:
    wrong = invoice(X="125,50"), change(row("2", "10"), **cells)
    differs = invoice(X="1,00"), row("1", "100")
    assert sorted(found(*wrong, *differs)) == sorted([(code, "error", f"{column}2"), ("I-53", "error", "X3")])
    assert sorted(found(*differs, *wrong)) == sorted([(code, "error", f"{column}4"), ("I-53", "error", "X1")])


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({}, [("I-21", "warning", "K1"), ("I-53", "error", "X1")]),
        ({"I": "puolet"}, [("I-18", "error", "I1")]),
        ({"J": "ehkä"}, [("I-19", "error", "J1")]),
        ({"Y": "26"}, [("I-54", "error", "Y1")]),
        ({"X": "sata"}, [("I-53", "error", "X1")]),
    ],
)
def test_a_wrong_cell_of_an_invoice_is_the_cause_of_its_sign_and_of_a_total_that_differs(
    cells: Mapping[str, str], told: Sequence[tuple[str, str, str]]
) -> None:
    assert sorted(found(change(invoice(J="f", K="t", X="-90,00"), **cells), row("-1", "100"))) == sorted(told)


def test_each_invoice_is_compared_with_its_own_rows() -> None:
    lines = invoice(X="125,50"), row("1", "100"), invoice(X="125,50"), row("1", "10"), invoice(X="12,55"), row("1", "10")
    assert found(*lines) == [("I-53", "error", "X3")]


# --- signs -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "quantity", "price", "told"),
    [
        ("f", "-1", "100", False),
        ("f", "1", "-100", False),
        ("f", "1", "100", True),
        ("f", "-1", "-100", True),
        ("f", "1", "0,004", False),
        ("t", "1", "100", False),
        ("t", "-1", "100", True),
        ("", "-1", "100", True),
        ("", "1", "100", False),
    ],
)
def test_credit_notes_are_negative_and_other_invoices_are_not(code: str, quantity: str, price: str, told: bool) -> None:
    assert found(invoice(K=code), row(quantity, price)) == ([("I-21", "warning", "K1")] if told else [])


def test_the_sum_of_all_rows_decides_about_the_sign() -> None:
    assert found(invoice(K="t"), row("1", "100"), row("-1", "99")) == []
    assert found(invoice(K="t"), row("1", "100"), row("-1", "101")) == [("I-21", "warning", "K1")]


@pytest.mark.parametrize(("code", "total", "told"), [("f", "-125,50", False), ("f", "125,50", True), ("t", "-125,50", True)])
def test_the_total_decides_where_there_are_no_rows(code: str, total: str, told: bool) -> None:
    expected = [("I-08", "warning", "A1"), *([("I-21", "warning", "K1")] if told else [])]
    assert found(invoice(K=code, X=total, Y="25,5")) == expected


# --- journal receipts --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("price", "told"), [("100", False), ("100,01", True), ("99,99", True)])
def test_the_rows_of_a_journal_receipt_add_up_to_nothing(price: str, told: bool) -> None:
    rows = [change(row("1", "100", "0"), N="4000"), change(row("-1", price, "0"), N="1910")]
    lines = [line for line in found(invoice(A="N", AC="t"), *rows) if line[0] == "I-70"]
    assert lines == ([("I-70", "warning", "A1")] if told else [])


# --- splits ------------------------------------------------------------------------------------------------------------


def part(kind: str, name: str, item: str, percent: str) -> str:
    return f";DIMENSION;{kind};{name};{item};{percent}"


def split(kind: str, *shares: str, name: str = "Kustannuspaikka") -> list[str]:
    return [part(kind, name, f"Osa {number}", share) for number, share in enumerate(shares, 1)]


WORK = row("1", "100")


@pytest.mark.no_cover
@pytest.mark.parametrize("kind", ["R", "L", ""])
@pytest.mark.parametrize(
    ("shares", "whole"),
    [
        (("100",), True),
        (("60", "40"), True),
        (("33,33", "33,33", "33,34"), True),
        (("0,01", "99,99"), True),
        (("10",) * 10, True),
        (("14,29",) * 6 + ("14,26",), True),
        (("33,33",) * 3, False),
        (("60", "30"), False),
        (("60", "50"), False),
        (("99,99",), False),
        (("100", "100"), False),
    ],
)
def test_shares_make_exactly_a_hundred(kind: str, shares: Sequence[str], whole: bool) -> None:
    lines = [invoice(), WORK, *split(kind, *shares)]
    assert found(*lines) == ([] if whole else [("I-75", "error", f"F{len(lines)}")])


def test_each_row_is_split_by_itself() -> None:
    lines = [invoice(), WORK, *split("R", "60", "30"), WORK, *split("R", "60", "40"), WORK, *split("R", "10")]
    assert found(*lines) == [("I-75", "error", "F4"), ("I-75", "error", "F9")]


def test_each_invoice_is_split_by_itself() -> None:
    lines = [invoice(), *split("L", "60", "40"), WORK, invoice(C="20260011"), *split("L", "60"), WORK]
    assert found(*lines) == [("I-75", "error", "F6")]


def test_row_and_invoice_are_split_apart() -> None:
    lines = [invoice(), *split("L", "60"), WORK, *split("R", "40")]
    assert found(*lines) == [("I-75", "error", "F2"), ("I-75", "error", "F4")]


def test_records_of_the_invoice_belong_together_wherever_they_stand() -> None:
    assert found(invoice(), part("L", "Kustannuspaikka", "A", "60"), WORK, part("L", "Kustannuspaikka", "B", "40")) == []
    assert found(invoice(), part("L", "Kustannuspaikka", "A", "60"), WORK, part("", "Kustannuspaikka", "B", "40")) == []


def test_each_dimension_is_split_by_itself() -> None:
    lines = [invoice(), WORK, *split("R", "60", "40"), *split("R", "50", "40", name="Projekti")]
    assert found(*lines) == [("I-75", "error", "F6")]


@pytest.mark.parametrize(("column", "text", "code"), [("C", "Q", "I-71"), ("D", "", "I-72"), ("F", "", "I-74"), ("F", "puolet", "I-74")])
@pytest.mark.parametrize("place", [2, 3])
def test_a_wrong_cell_is_the_cause_of_a_split_that_is_not_whole(place: int, column: str, text: str, code: str) -> None:
    lines = [invoice(), WORK, *split("R", "60", "40"), WORK, *split("R", "70", "30")]
    lines[place] = change(lines[place], **{column: text})
    assert found(*lines) == [(code, "error", f"{column}{place + 1}")]


def test_a_wrong_share_says_nothing_of_another_split() -> None:
    lines = [invoice(), WORK, *split("R", "puolet", "40"), *split("R", "50", "40", name="Projekti")]
    assert found(*lines) == [("I-74", "error", "F3"), ("I-75", "error", "F6")]


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(1, 9999), min_size=1, max_size=8), st.integers(-1, 1))
def test_the_last_share_decides(hundredths: list[int], off: int) -> None:
    rest = 10_000 - sum(hundredths)
    shares = [*hundredths, rest + off]
    if rest > 1:
        kept = found(invoice(), WORK, *split("R", *(comma(Decimal(share).scaleb(-2)) for share in shares)))
        assert [code for code, *_ in kept] == ([] if off == 0 else ["I-75"])


# --- the sum in euros --------------------------------------------------------------------------------------------------


def test_the_preview_s_sum_in_euros_takes_foreign_invoices_at_their_rate() -> None:
    lines = [invoice(), row("1", "100", "0"), invoice(B="SEK", W="11,5"), row("1", "230", "0")]
    assert totals(*lines)["sum with VAT of all invoices"] == "120.00"


def test_a_currency_worth_more_than_a_euro_has_a_rate_below_one() -> None:
    assert (
        totals(invoice(), row("1", "100", "0"), invoice(B="KWD", W="0,5"), row("1", "10", "0"))["sum with VAT of all invoices"] == "120.00"
    )


def test_there_is_no_sum_in_euros_when_a_rate_is_missing() -> None:
    lines = [invoice(B="SEK", W="11,5"), row("1", "100", "0"), invoice(B="SEK"), row("1", "230", "0")]
    assert "sum with VAT of all invoices" not in totals(*lines)


def test_several_types_are_totalled_one_by_one() -> None:
    lines = [invoice(), row("1", "100", "0"), invoice(A="O"), row("1", "30", "0"), invoice(A="O", B="SEK"), row("1", "7", "0")]
    figures = totals(*lines)
    assert figures["sum with VAT of type M"] == "100.00"
    assert figures["sum with VAT of type O"] == "30.00"
    assert figures["sum with VAT of type O SEK"] == "7.00"
    assert "sum with VAT of type M" not in totals(invoice(), row("1", "100", "0"))


# --- cents -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("0,005", 1), ("-0,005", -1), ("0,015", 2), ("0,025", 3), ("0,004999", 0), ("1234,5", 123450), ("", 0), ("x", 0),
        ("3999999999999,99", 399_999_999_999_999), ("4000000000000", 0), ("1" + "0" * 25, 0),
    ],
)  # fmt: skip
def test_halves_of_cents_are_rounded_away_from_zero_and_sums_beyond_reckoning_count_as_nothing(text: str, cents: int) -> None:
    assert in_cents.to_cents(text_series([text])).tolist() == [cents]


@pytest.mark.parametrize(
    ("quantity", "price", "cents"),
    [
        ("1000000", "0,000005", 500),
        ("-1000000", "0,000005", -500),
        ("3", "0,005", 2),
        ("1", "0,0000004", 0),
        ("", "5", 0),
        ("1000000", "0,0000005", 100),
        ("100000", "0,0000004", 0),
    ],
)
def test_products_keep_six_decimals_of_each_factor(quantity: str, price: str, cents: int) -> None:
    assert in_cents.product_in_cents(text_series([quantity]), text_series([price])).tolist() == [cents]


@pytest.mark.parametrize(
    ("cents", "of", "whole", "part"),
    [
        *((1, 1, 2, 1), (-1, 1, 2, -1), (1, 1, 3, 0), (2, 1, 3, 1), (100, 2550, 10_000, 26), (-100, 2550, 10_000, -26), (0, 1, 2, 0)),
        (in_cents.LARGEST, 12_550, 10_000, 502_000_000_000_000),
    ],
)
def test_a_share_of_cents_is_rounded_with_halves_away_from_zero(cents: int, of: int, whole: int, part: int) -> None:
    assert in_cents.share(np.array([cents]), of, whole).tolist() == [part]


# --- a cent, and nothing -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "price", "told"),
    [("f", "0,01", True), ("f", "0", False), ("f", "-0,01", False), ("t", "-0,01", True), ("t", "0", False), ("t", "0,01", False)],
)
def test_the_sign_of_a_sum_of_one_cent_is_judged_and_a_sum_of_nothing_has_none(kind: str, price: str, told: bool) -> None:
    lines = found(invoice(J="t", K=kind), row("1", price))
    assert [where for where in lines if where[0] == "I-21"] == ([("I-21", "warning", "K1")] if told else [])


@pytest.mark.parametrize(
    ("price", "total", "severity"),
    [
        ("0,01", "", None),
        ("0,01", "0,01", None),
        ("0,01", "0,02", "warning"),
        ("0,01", "0,03", "error"),
        ("", "0", None),
        ("", "0,01", "error"),
        ("", "120,00", "error"),
    ],
)
def test_a_total_is_held_against_the_rows_once_and_only_where_there_is_one(price: str, total: str, severity: str | None) -> None:
    lines = found(invoice(J="t", K="t", X=total), row("1", price))
    assert [where for where in lines if where[0] == "I-53"] == ([("I-53", severity, "X1")] if severity else [])


# --- invoices without rows, rows without an invoice --------------------------------------------------------------------


def told(rule: str, *lines: str) -> list[tuple[str, str]]:
    """The weight and the cell of all that is told under a rule, notes too."""
    return [(issue.severity, f"{issue.column}{issue.row}") for issue in check(*lines).issues if issue.code == rule]


def test_an_invoice_without_rows_behind_others_has_nothing_to_be_compared_with() -> None:
    assert told("I-53", invoice(J="t", X="1,00"), row("1", "1,00"), invoice(J="t", X="5,00", Y="25,5")) == []


def test_the_vat_percentage_of_an_invoice_is_unused_beside_rows_only() -> None:
    assert told("I-54", invoice(J="t", X="5,00", Y="25,5")) == []
    assert told("I-54", invoice(Y="10"), row("1", "1,00")) == [("note", "Y1")]
    assert told("I-54", invoice(Y="10"), row("1", "1,00", "")) == [("error", "Y1")]


def test_a_row_of_no_invoice_lacks_no_vat_percentage_of_the_last_one() -> None:
    assert told("I-54", row("1", "1,00", ""), invoice(Y="10"), row("1", "1,00")) == [("note", "Y2")]


def test_a_wrong_cell_is_the_cause_of_rows_that_do_not_balance_or_cannot_be_reckoned() -> None:
    receipt = invoice(A="N", E="", G="Jaksotus", Z="")
    assert told("I-70", receipt, row("1", "100", "0"), row("-1", "90", "0")) == [("warning", "A1")]
    assert told("I-70", receipt, row("1", "100", "0"), row("-1", "ninety", "0")) == []
    beyond = row("99999999999999", "99999999999")
    assert told("I-53", invoice(), beyond) == [("warning", "X1")]
    assert told("I-53", invoice(), beyond, row("1", "ninety")) == []


def test_splits_of_invoices_and_of_rows_are_told_apart() -> None:
    whole = ";DIMENSION;{};Kustannuspaikka;Myymälä A;100".format
    invoices = [line for _ in range(2) for line in (invoice(), whole("L"), row("1", "1,00"))]
    assert found(invoice(), row("1", "1,00"), whole("R"), *invoices) == []
