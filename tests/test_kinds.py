"""Values: every notation that is understood, every check digit against a second source."""

import csv
import string
import tomllib

import numpy as np
import pytest
from helpers import CUSTOMER, PRODUCT, PRODUCT_HEADINGS, cells, changed, check, convert, one, problems, table, upload
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iban, luhn
from stdnum.fi import hetu, ytunnus

from csvimport.columns import text_series
from csvimport.context import Context
from csvimport.kinds import addresses, bank, dates, identifiers, numbers
from csvimport.kinds.accounting import payment_term
from csvimport.kinds.base import Cells
from csvimport.kinds.codes import countries, currencies
from csvimport.read.sheet import CellType
from csvimport.schema import folder, load

quick = settings(max_examples=60, deadline=None)


def column(values):
    return text_series(list(values))


def digits(length):
    return st.text(string.digits, min_size=length, max_size=length)


# --- check digits, against python-stdnum and by brute force -------------------------------------------------------


@quick
@given(st.lists(st.builds("{}-{}".format, digits(7), digits(1)), min_size=1, max_size=50))
def test_business_ids_of_a_column_are_judged_as_stdnum_judges_them(values):
    assert list(identifiers.business_ids_right(column(values))) == [ytunnus.is_valid(value) for value in values]


@quick
@given(digits(7))
def test_there_is_one_right_check_digit_of_a_business_id_or_none(number):
    right = [digit for digit in string.digits if ytunnus.is_valid(f"{number}-{digit}")]
    assert right == list(filter(None, [identifiers.business_id_check_digit(number)]))


@pytest.mark.parametrize(
    "value", ["", "9100001", "91000013", "9100001-", "9100001-33", "910000-3", "9100001–3", " 9100001-3", "9100001-3\n", "９100001-3"]
)
def test_business_ids_in_another_form_are_not_right(value):
    assert not identifiers.business_ids_right(column([value]))[0]


@quick
@given(st.lists(digits(16), min_size=1, max_size=50))
def test_ibans_of_a_column_are_judged_as_stdnum_judges_them(numbers):
    values = [f"FI{number}" for number in numbers]
    assert list(bank.finnish_ibans_right(column(values))) == [iban.is_valid(value, check_country=False) for value in values]


@quick
@given(digits(14))
def test_the_iban_of_an_account_is_right_and_every_other_check_pair_is_wrong(account):
    right = bank.to_iban(account)
    assert iban.is_valid(right, check_country=False)
    others = [f"FI{pair:02d}{account}" for pair in range(2, 99) if f"FI{pair:02d}{account}" != right]
    assert not bank.finnish_ibans_right(column(others)).any()


@pytest.mark.parametrize(
    ("old", "machine", "whole"),
    [
        ("123456-785", "12345600000785", "FI2112345600000785"),
        ("423456-781", "42345670000081", "FI5542345670000081"),
        ("123456-00000785", "12345600000785", "FI2112345600000785"),
    ],
)
def test_old_accounts_become_ibans(old, machine, whole):
    assert bank.machine_form(old) == machine
    assert bank.to_iban(machine) == whole


@pytest.mark.parametrize("wrong", ["123456-784", "423456-785", "12345-785", "123456785", "123456-", "123456-123456789", "123456-000007850"])
def test_wrong_old_accounts_have_no_machine_form(wrong):
    assert bank.machine_form(wrong) is None


@quick
@given(digits(6), st.integers(1, 7).flatmap(digits))
def test_one_last_digit_makes_an_old_account_right(branch, number):
    forms = [bank.machine_form(f"{branch}-{number}{digit}") for digit in string.digits]
    right = [form for form in forms if form]
    assert len(right) == 1
    assert len(right[0]) == 14
    assert luhn.is_valid(right[0])
    place = 7 if branch[0] in "45" else 6
    assert right[0].lstrip("0") == right[0] or branch.startswith("0")
    assert (branch + number)[:place] == right[0][:place] or len(number) == 1


def brute_reference(number):
    """The digit that brings the weighted sum, weights 7 3 1 from the right, to a multiple of ten."""
    total = sum(int(digit) * (7, 3, 1)[place % 3] for place, digit in enumerate(number[::-1]))
    return next(str(digit) for digit in range(10) if (total + digit) % 10 == 0)


@quick
@given(st.integers(3, 19).flatmap(digits))
def test_reference_numbers(number):
    right = number + brute_reference(number)
    assert bank.reference_check_digit(number) == right[-1]
    assert bank.reference_fault(right) is None
    for digit in set(string.digits) - {right[-1]}:
        fault = bank.reference_fault(number + digit)
        assert fault.suggestion == right


@quick
@given(st.lists(st.from_regex(r"[0-9]{1,22}", fullmatch=True), min_size=1), st.booleans())
def test_whole_columns_of_references_are_judged_as_each_of_them(numbers, mended):
    values = [number[:-1] + bank.reference_check_digit(number[:-1]) if mended and len(number) > 1 else number for number in numbers]
    assert bank.references_right(text_series(values)).tolist() == [bank.reference_fault(value) is None for value in values]


@pytest.mark.parametrize(
    ("value", "problem", "suggestion"),
    [
        ("20260011", None, None),
        ("0020260011", None, None),
        ("20260012", "reference_check_digit", "20260011"),
        ("13", "reference_short", None),
        ("RF5220260011", "rf_reference", "20260011"),
        ("RF522026001X", "rf_reference", None),
        ("1", "not_a_reference", None),
        ("1" * 21, "not_a_reference", None),
        ("2026-11", "not_a_reference", None),
    ],
)
def test_what_is_said_about_reference_numbers(value, problem, suggestion):
    fault = bank.reference_fault(value)
    assert (fault and fault.problem, fault and fault.suggestion) == (problem, suggestion)


ALPHABET = "0123456789ABCDEFHJKLMNPRSTUVWXY"
CENTURIES = "+-YXWVUABCDEF"


@st.composite
def identity_codes(draw):
    day, month, year = draw(st.integers(1, 31)), draw(st.integers(1, 12)), draw(st.integers(0, 99))
    number = draw(st.integers(0, 999))
    sign = draw(st.sampled_from(CENTURIES))
    return f"{day:02d}{month:02d}{year:02d}{sign}{number:03d}{draw(st.sampled_from(ALPHABET))}"


@settings(max_examples=300, deadline=None)
@given(identity_codes())
def test_identity_codes_are_judged_as_stdnum_judges_them(code):
    fault = identifiers.explain_identity_code(code)
    assert (fault is None or fault.problem == "identity_code_temporary") == hetu.is_valid(code, allow_temporary=True)


@quick
@given(st.sampled_from(CENTURIES), st.integers(900, 999), st.integers(0, 99))
def test_one_check_character_is_right_for_a_test_code(sign, number, year):
    right = [
        c for c in ALPHABET if identifiers.explain_identity_code(f"0101{year:02d}{sign}{number}{c}").problem == "identity_code_temporary"
    ]
    assert right == [ALPHABET[int(f"0101{year:02d}{number}") % 31]]


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("010190-900P", "identity_code_temporary"),
        ("050501A904N", "identity_code_temporary"),
        ("060688X905L", "identity_code_temporary"),
        ("010190-900K", "identity_code_check"),
        ("310290-900P", "identity_code_date"),
        ("290201A900P", "identity_code_date"),
        ("010190-900p", "identity_code_form"),
        ("010190900P", "identity_code_form"),
        ("010190-900", "identity_code_form"),
        ("010190G900P", "identity_code_form"),
    ],
)
def test_what_is_said_about_identity_codes(code, problem):
    assert identifiers.explain_identity_code(code).problem == problem


@pytest.mark.parametrize("value", ["NDEAFIHH", "OKOYFIHHXXX", "DABAFIHH", "HANDFIHH123"])
def test_right_bics(value):
    assert bank.is_bic(value)


@pytest.mark.parametrize("value", ["NDEAFIH", "NDEAFIHHX", "NDEAFIHHXX", "NDEAFIHHXXXX", "ndeafihh", "NDEAZZHH", "NDE1FIHH", ""])
def test_wrong_bics(value):
    assert not bank.is_bic(value)


# --- lists ---------------------------------------------------------------------------------------------------------


def test_the_countries_are_those_of_iso_3166():
    assert len(countries()) == 249
    assert all(len(code) == 2 and code.isascii() and code.isupper() for code in countries())
    assert {"FI", "SE", "AX", "GB", "GR", "SS", "TL", "ME", "CW"} <= set(countries())
    assert not {"EL", "UK", "XI", "XK", "AN", "CS", "YU", "SU"} & set(countries())


def test_every_country_has_names_of_its_own_in_three_languages():
    with (folder() / "lists" / "countries.tsv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle, delimiter="\t"))
    assert len(rows) == 249
    for language in ("en", "fi", "sv"):
        names = [row[language] for row in rows]
        assert all(name and name == name.strip() for name in names)
        assert len(set(names)) == 249


def test_the_currencies_are_those_of_iso_4217():
    assert len(currencies()) == 155
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in currencies())
    assert {"EUR", "SEK", "NOK", "DKK", "USD", "GBP", "XCG", "ZWG"} <= currencies()
    assert not {"FIM", "DEM", "XAU", "XXX", "XTS", "HRK", "ZWL", "BGN", "ANG"} & currencies()


# --- numbers -------------------------------------------------------------------------------------------------------


def prices(*values, **options):
    """What becomes of a column of prices."""
    rows = [["S", f"Tuote {n}", f"K-{n}", "kpl", value, "0"] for n, value in enumerate(values)]
    return cells("products", table([PRODUCT_HEADINGS, *rows]), 5, **options)


def price_report(*values, **options):
    rows = [["S", f"Tuote {n}", f"K-{n}", "kpl", value, "0"] for n, value in enumerate(values)]
    return check("products", table([PRODUCT_HEADINGS, *rows]).encode(), **options)


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("8", "8"),
        ("8,00", "8,00"),
        ("8.00", "8,00"),
        ("0,50", "0,50"),
        (",50", "0,50"),
        ("1234,5", "1234,5"),
        ("1234.5", "1234,5"),
        ("1 234,50", "1234,50"),
        ("123 456,50", "123456,50"),
        ("1\u00a0234,50", "1234,50"),
        ("12 345 678", "12345678"),
        ("1'234.50", "1234,50"),
        ("1’234,50", "1234,50"),
        ("1.234,50", "1234,50"),
        ("1,234.50", "1234,50"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567,8", "1234567,8"),
        ("€ 5", "5"),
        ("5 €", "5"),
        ("5,50€", "5,50"),
        ("EUR 5", "5"),
        ("5 EUR", "5"),
        ("+5", "5"),
        ("0.125", "0,125"),
        ("0,125", "0,125"),
        ("1234,567", "1234,567"),
        ("  7  ", "7"),
    ],
)
def test_number_notations(given_, expected):
    assert prices(given_) == [expected]


@pytest.mark.parametrize("blank", ["\u2009", "\u202f", "\u00a0", " "])
def test_groups_of_three_may_be_parted_by_any_blank(blank):
    rows = [PRODUCT_HEADINGS, ["S", "Tuote", "K", "kpl", f"1{blank}234,50", "0"]]
    assert cells("products", table(rows).encode(), 5) == ["1234,50"]


@pytest.mark.parametrize("text", ["-5", "5-", "−5", "- 5", "–5", "5 -", "-5,00 €"])
def test_negative_numbers_are_understood(text):
    found = one(price_report(text), "PR-10")
    assert (found.severity, found.row, found.column, found.value) == ("error", 2, "E", text)
    assert "at least 0" in found.message


@pytest.mark.parametrize("text", ["1.234", "1,234", "12.345", "123,456"])
def test_a_mark_and_three_digits_is_ambiguous(text):
    report = price_report(text)
    found = one(report, "C-22")
    whole, part = text.replace(".", "").replace(",", ""), text.replace(".", ",")
    assert (found.severity, found.row, found.column, found.value) == ("error", 2, "E", text)
    assert whole in found.message and part in found.message
    assert problems(report) == [("C-22", "error", 2, "E")]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("1.234", "5,50"), ["1234", "5,50"]),
        (("1,234", "5,50"), ["1,234", "5,50"]),
        (("1.234", "5.50"), ["1,234", "5,50"]),
        (("1,234", "5.50"), ["1234", "5,50"]),
        (("1.234", "1.234,50"), ["1234", "1234,50"]),
        (("1,234", "1,234.50"), ["1234", "1234,50"]),
        (("1.234", "0,5"), ["1234", "0,5"]),
        (("1.234", "10,5 €"), ["1234", "10,5"]),
    ],
)
def test_another_cell_of_the_column_shows_the_decimal_mark(values, expected):
    assert prices(*values) == expected


def test_cells_that_contradict_each_other_decide_nothing():
    assert one(price_report("1.234", "5,50", "5.50"), "C-22").value == "1.234"


@pytest.mark.parametrize(
    ("mark", "text", "expected"), [(",", "1.234", "1234"), (".", "1.234", "1,234"), (",", "1,234", "1,234"), (".", "1,234", "1234")]
)
def test_the_settings_decide_which_mark_is_the_decimal_one(mark, text, expected):
    assert prices(text, settings={"decimal_mark": mark}) == [expected]


def test_in_the_files_own_layout_the_mark_is_the_decimal_one():
    assert cells("products", upload("S;Kahvi;K-1;kpl;;1.234;25,5"), 5) == ["1,234"]
    assert cells("products", upload("S;Kahvi;K-1;kpl;;1,234;25,5"), 5) == ["1,234"]


@pytest.mark.parametrize(
    "text", ["viisi", "5,5,1", "1.2.3", "12 34", "1234 567", "1 234,", "5 kpl", "1/2", "5..0", "--5", "1e3", "#", "5,", "0x10", "²"]
)
def test_what_is_no_number_is_an_error_at_its_cell(text):
    report = price_report(text)
    assert [f[1:] for f in problems(report)] == [("error", 2, "E")]


@pytest.mark.parametrize(
    ("text", "mark", "plain"),
    [
        ("2.5", ",", "2,5"),
        ("1.2345", ",", "1,2345"),
        ("1.234", ",", "1234"),
        ("-1.234", ",", "-1234"),
        ("1234.567", ",", "1234,567"),
        ("1,2345", ".", "1,2345"),
        ("1,234", ".", "1234"),
        ("-1,234", ".", "-1234"),
        ("1.234", ".", "1,234"),
    ],
)
def test_a_known_decimal_mark_takes_the_other_for_a_separator_of_groups_only_where_groups_are_whole(text, mark, plain):
    assert numbers.plain_number(text, mark) == plain


@pytest.mark.parametrize(
    ("file", "heading", "text"),
    [
        ("products", "Hinta", "10 %"),
        ("products", "Alennus", "15,00 €"),
        ("products", "Alennus", "5 EUR"),
        ("products", "Alennus", "1.250 €"),
        ("products", "ALV-%", "10 €"),
        ("partners", "Viivästyskorko", "8 €"),
        ("partners", "Käteisalennuspäivät", "7 %"),
        ("invoices", "Määrä", "5 €"),
        ("invoices", "Määrä", "50 %"),
        ("payroll", "Määrä", "50 €"),
    ],
)
def test_a_number_with_the_sign_of_something_else_is_an_error(file, heading, text):
    issues = check(file, table([(heading, "Nimi"), (text, "x")])).issues
    found = [issue for issue in issues if (issue.column, issue.row, issue.severity) == ("A", 2, "error")]
    assert [issue.suggestion for issue in found] == [None]
    assert "sign that does not fit" in found[0].message


@pytest.mark.parametrize(("key", "text"), [("january_sum", "5 %"), ("year", "2026 €")])
def test_whole_numbers_with_the_sign_of_something_else_are_told_as_such(key, text):
    assert numbers.INTEGER.explain(text, load("budgets").main[key], Context()).problem == "other_unit"


@pytest.mark.parametrize(("heading", "text", "place", "written_"), [("Alennus", "12 %", 4, "12"), ("Alennus", "12,5%", 4, "12,5")])
def test_a_percentage_may_have_its_sign(heading, text, place, written_):
    rows = [(*PRODUCT_HEADINGS, heading), ("S", "Kahvi", "K-1", "kpl", "4,50", "13,5", text)]
    assert cells("products", table(rows), place) == [written_]


@pytest.mark.parametrize(("currency", "severity"), [("SEK", "error"), ("EUR", "note"), ("", "note")])
def test_a_price_with_the_euro_s_sign_is_no_price_in_another_currency(currency, severity):
    rows = [(*PRODUCT_HEADINGS, "Valuutta"), ("S", "Kahvi", "K-1", "kpl", "4,50 €", "13,5", currency)]
    report = check("products", table(rows))
    assert {issue.severity for issue in report.issues if issue.code == "C-21"} == {"note", severity}
    invoice = [("Laskutyyppi", "Tuote", "Hinta", "Laskun summa", "Valuutta"), ("M", "Kahvi", "4,50 EUR", "4,50 €", currency)]
    signs = [issue.column for issue in check("invoices", table(invoice)).issues if (issue.code, issue.severity) == ("C-21", "error")]
    assert sorted(signs) == (["C", "D"] if severity == "error" else [])


@pytest.mark.parametrize("text", ["1" + "0" * 20, "9" * 25, "9" * 25 + ",5", "1" * 60])
def test_a_number_of_more_digits_than_can_be_reckoned_is_too_large(text):
    for report in (price_report(text), check("products", upload(changed(PRODUCT, F=text)), as_is=True)):
        found = one(report, "PR-10")
        assert found.severity == "error"
        assert f"at most {'9' * 20}; here it is {text}." in found.message


def test_a_number_of_as_many_digits_as_can_be_reckoned_is_right():
    assert prices("9" * 20 + ",99") == ["9" * 20 + ",99"]


def test_the_other_sign_is_given_to_numbers_only():
    given_ = ["12,5", "-3", "0", "0,00", "-0,5", "", "x", "5-"]
    assert numbers.turned(column(given_)).tolist() == ["-12,5", "3", "0", "0,00", "0,5", "", "x", "5-"]


def test_whole_numbers_lose_decimals_that_are_zeros_and_each_change_is_told():
    month = load("budgets").main["january_sum"]
    reading = numbers.INTEGER.read(Cells(column(["14", "14.0", "14,0", "1 400,0", "14,5"])), month, Context())
    assert reading.text.tolist() == ["14", "14", "14", "1400", "14,5"]
    told = [(remark.problem, remark.mask.tolist()) for remark in reading.remarks]
    assert told == [
        ("decimal_point", [False, True, False, False, False]),
        ("number_form", [False, False, False, True, False]),
        ("number_form", [False, True, True, False, False]),
    ]


@settings(max_examples=80, deadline=None)
@given(
    st.decimals(0, 10**9, places=2),
    st.sampled_from([" ", "\u00a0", "'", ""]),
    st.sampled_from([",", "."]),
    st.sampled_from(["", " €", " EUR"]),
)
def test_a_number_keeps_its_digits_in_every_notation(number, group, mark, sign):
    whole, part = f"{number:.2f}".split(".")
    text = f"{int(whole):,}".replace(",", group) + mark + part + sign
    rows = [PRODUCT_HEADINGS, ["S", "Tuote", "K", "kpl", text, "0"]]
    assert cells("products", table(rows), 5) == [f"{int(whole)},{part}"]


@pytest.mark.parametrize(
    ("text", "expected"), [("25.5", "25,5"), ("25,5", "25,5"), ("25,5 %", "25,5"), ("25,50", "25,50"), ("0", "0"), ("24", "24")]
)
def test_vat_percentages(text, expected):
    rows = [PRODUCT_HEADINGS, ["S", "Tuote", "K", "kpl", "1", text]]
    assert cells("products", table(rows), 6) == [expected]


@pytest.mark.parametrize(("text", "suggestion"), [("0,255", "25,5"), ("0.135", "13,5"), ("26", None), ("25", None), ("-10", None)])
def test_wrong_vat_percentages(text, suggestion):
    rows = [PRODUCT_HEADINGS, ["S", "Tuote", "K", "kpl", "1", text]]
    found = one(check("products", table(rows)), "PR-12")
    assert (found.severity, found.row, found.column, found.suggestion) == ("error", 2, "F", suggestion)


@pytest.mark.parametrize(("code", "written_"), [('="0012"', "0012"), ('=""', ""), ('="A 1"', "A 1")])
def test_a_formula_that_holds_a_text_is_read_as_the_text(code, written_):
    content = table([PRODUCT_HEADINGS, ("S", "Kahvi", code, "kpl", '="4,50"', "13,5")])
    line = "".join(row for row in convert("products", content).to_bytes().decode("cp1252").split("\r\n"))
    assert (line.split(";")[2], line.split(";")[5]) == (written_, "4,50")
    notes = [(issue.severity, issue.column) for issue in check("products", content).issues if issue.code == "C-47"]
    assert notes == [("note", "C"), ("note", "E")]


def test_a_formula_that_holds_a_text_is_an_error_as_it_stands():
    report = check("products", upload(changed(PRODUCT, C='="0012"')), as_is=True)
    assert one(report, "C-47").severity == "error"


# --- dates ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "problem", "suggestion"),
    [
        ("13/01/2026", "date_with_slashes", "13.01.2026"),
        ("01/13/2026", "date_with_slashes", "13.01.2026"),
        ("5/5/2026", "date_with_slashes", "05.05.2026"),
        ("01/02/2026", "date_ambiguous", None),
        ("31/02/2026", "date_not_in_calendar", None),
        ("13/13/2026", "date_not_in_calendar", None),
        ("31.02.2026", "date_not_in_calendar", None),
        ("2026-02-30", "date_not_in_calendar", None),
        ("1.2.26", "date_two_digit_year", None),
        ("01-02-26", "date_two_digit_year", None),
        ("1/2/26", "date_two_digit_year", None),
        ("1.2.2026 9:30", "date_with_time", None),
        ("2026-02-01T12:00", "date_with_time", None),
        ("01.2026", "not_a_date", None),
        ("1.2.20260", "not_a_date", None),
        ("123.2.2026", "not_a_date", None),
        ("2026-2-1", "not_a_date", None),
        ("123/1/2026", "not_a_date", None),
        ("1/123/2026", "not_a_date", None),
        ("heti", "not_a_date", None),
    ],
)
def test_what_is_said_about_dates(text, problem, suggestion):
    fault = dates.DATE.explain(text, load("invoices").main["invoice_date"], Context())
    assert (fault.problem, fault.suggestion) == (problem, suggestion)


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("1.2.2026", "01.02.2026"), ("1. 2. 2026", "01.02.2026"), ("31.12.2026", "31.12.2026"), ("2026-02-01", "01.02.2026"),
        ("2026-02-01T00:00:00", "01.02.2026"), ("2026-02-01 00:00", "01.02.2026"), ("2026-02-01 00:01", "2026-02-01 00:01"),
        ("01.03.2026 00:00", "01.03.2026"), ("15.3.2026 0:00:00", "15.03.2026"), ("1.3.2026 00:00:01", "1.3.2026 00:00:01"),
        ("2026-02-01 00:00:00.000", "01.02.2026"), ("1.3.2026 10:00", "1.3.2026 10:00"),
        ("1.2.26", "1.2.26"), ("1.2.2026 ", "1.2.2026 "), ("2026-02-011", "2026-02-011"), ("001.2.2026", "001.2.2026"),
    ],
)  # fmt: skip
def test_short_and_iso_dates_are_written_long(text, long):
    assert dates.long_form(text) == long


def test_a_short_date_is_told_as_completed_another_form_as_rewritten_and_a_date_cell_not_at_all():
    given_ = column(["1.12.2026", "01.2.2026", "12.3.2026", "2026-02-01", "31.12.2026", "2026-03-04", "", "31.2.2026"])
    types = np.full(len(given_), CellType.TEXT, np.uint8)
    types[5] = CellType.DATE
    reading = dates.DATE.read(Cells(given_, types), load("invoices").main["invoice_date"], Context())
    assert reading.text.tolist() == [
        "01.12.2026", "01.02.2026", "12.03.2026", "01.02.2026", "31.12.2026", "04.03.2026", "", "31.2.2026",
    ]  # fmt: skip
    told = {remark.problem: np.flatnonzero(remark.mask).tolist() for remark in reading.remarks}
    assert told == {"date_short": [0, 1, 2], "date_form": [3]}


# --- partners: terms, words, countries -----------------------------------------------------------------------------


def partner(heading, *values, **options):
    """A table of customers with one more column."""
    rows = [["C", f"Esimerkki {n} Oy", f"10{n}", value] for n, value in enumerate(values)]
    return table([["Business partner type", "Name", "Customer number", heading], *rows])


def partner_cells(heading, place, *values, **options):
    content = partner(heading, *values).encode()
    # The first cell of the file must not be empty.
    lines = table([["Business ID type", "Business ID"]]).strip()
    header, *rows = content.decode().strip().split("\r\n")
    joined = [f"{header};{lines}", *[f"{row};FI;9100001-3" for row in rows]]
    return cells("partners", "\r\n".join([*joined, ""]).encode(), place, **options)


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("14 pv netto", "140"),
        ("14 pv", "140"),
        ("14pv", "140"),
        ("14 päivää netto", "140"),
        ("14 days", "140"),
        ("14 days net", "140"),
        ("30 days net", "300"),
        ("14 days 2 %", "142"),
        ("14 days 2%", "142"),
        ("14 pv -2 %", "142"),
        ("14 dagar", "140"),
        ("14 dagar netto", "140"),
        ("7 pv netto", "070"),
        ("7 days", "070"),
        ("0 pv", "000"),
        ("netto 14", "140"),
        ("net 30", "300"),
        ("net 30 days", "300"),
        ("net 1 day", "010"),
        ("140", "140"),
        ("070", "070"),
        ("000", "000"),
    ],
)
def test_payment_terms_in_words(words, term):
    assert payment_term(words) == term
    assert partner_cells("Payment term", 14, words) == [term]


@pytest.mark.parametrize(("text", "suggestion"), [("14", "140"), ("7", "070"), ("30", "300"), ("0", "000")])
def test_a_bare_number_of_days_is_an_error_that_suggests_the_term(text, suggestion):
    found = one(check("partners", partner("Payment term", text)), "P-17")
    assert (found.severity, found.row, found.column, found.value, found.suggestion) == ("error", 2, "D", text, suggestion)


@pytest.mark.parametrize("text", ["1400", "heti", "14,0", "1a0", "100 pv", "netto 100", "14 pv netto heti", "pv netto", "d"])
def test_other_texts_are_no_payment_terms(text):
    assert one(check("partners", partner("Payment term", text)), "P-17").severity == "error"


@pytest.mark.parametrize(("text", "severity"), [("146", "warning"), ("149", "warning"), ("145", None)])
def test_a_high_percentage_in_the_term_is_a_warning(text, severity):
    found = [i.severity for i in check("partners", partner("Payment term", text)).issues if i.code == "P-18"]
    assert found == ([severity] if severity else [])


METHODS = {
    "bank transfer": ("tilisiirto", ["Bank transfer", "BANK_TRANSFER", "tilisiirto", "Tilisiirto", "banköverföring", "girering"]),
    "direct debit": ("suoraveloitus", ["direct debit", "suoraveloitus", "autogiro"]),
    "foreign payment": ("ulkomaanmaksu", ["Foreign payment", "ulkomaanmaksu", "utlandsbetalning"]),
    "credit card charge": ("luottokorttiveloitus", ["credit-card charge", "luottokorttiveloitus", "kreditkortsdebitering"]),
}


@pytest.mark.parametrize(("english", "finnish", "words"), [(english, *rest) for english, rest in METHODS.items()])
@pytest.mark.parametrize("language", ["fi", "en"])
def test_words_of_three_languages_become_the_word_of_the_environment(english, finnish, words, language):
    content = partner("Payment method", *words)
    report = check("partners", content, settings={"language": language})
    assert [i for i in report.issues if i.code == "P-19"] == []
    if english != "foreign payment":
        expected = {"fi": finnish, "en": english}[language]
        assert partner_cells("Payment method", 15, *words, settings={"language": language}) == [expected] * len(words)


@pytest.mark.parametrize(("as_is", "said"), [(True, []), (False, ["note"])])
def test_the_case_of_a_word_s_letters_is_told_only_where_it_is_changed(as_is, said):
    report = check("partners", upload(changed(CUSTOMER, P="Tilisiirto")), as_is=as_is)
    assert [issue.severity for issue in report.issues if issue.column == "P"] == said


def test_a_word_without_a_known_form_in_the_language_is_an_error_that_names_the_settings():
    found = one(check("partners", partner("Payment method", "other")), "P-19")
    assert found.severity == "error"
    assert "[words]" in found.hint
    assert partner_cells("Payment method", 15, "other", "muu", settings={"words": {"other": "muu"}}) == ["muu", "muu"]
    assert partner_cells("Payment method", 15, "other", settings={"language": "en"}) == ["other"]


def test_swedish_environments_need_their_words_from_the_settings():
    found = one(check("partners", partner("Payment method", "tilisiirto"), settings={"language": "sv"}), "P-19")
    assert found.severity == "error"
    assert tomllib.loads(found.hint.partition("[words]: ")[2]) == {"bank transfer": "…"}
    options = {"settings": {"language": "sv", "words": {"bank transfer": "girering"}}}
    assert partner_cells("Payment method", 15, "tilisiirto", "bank transfer", "girering", **options) == ["girering"] * 3


@pytest.mark.parametrize(("text", "suggestion"), [("tilisirto", "tilisiirto"), ("käteinen", None), ("CASH", None)])
def test_words_that_procountor_does_not_know(text, suggestion):
    found = one(check("partners", partner("Payment method", text)), "P-19")
    assert (found.severity, found.row, found.column, found.suggestion) == ("error", 2, "D", suggestion)


@pytest.mark.parametrize(
    ("text", "finnish"),
    [("Mailing", "postitus"), ("post", "postitus"), ("ONLINE", "verkossa"), ("pick up", "noudettava"), ("VR Cargo", "vr cargo")],
)
def test_delivery_methods(text, finnish):
    assert partner_cells("Method of delivery", 21, text) == [finnish]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("FI", "FI"),
        ("fi", "FI"),
        ("Finland", "FI"),
        ("Suomi", "FI"),
        ("SUOMI", "FI"),
        ("Sverige", "SE"),
        ("Ruotsi", "SE"),
        ("Sweden", "SE"),
        ("Saksa", "DE"),
        ("Tyskland", "DE"),
        ("Åland", "AX"),
        ("Ahvenanmaa", "AX"),
        ("Yhdysvallat", "US"),
        ("United Kingdom", "GB"),
        ("Storbritannien", "GB"),
        ("Finland/Suomi", "FI"),
        ("Suomi/Finland", "FI"),
        ("Sweden/Ruotsi", "SE"),
    ],
)
def test_countries_in_three_languages(text, code):
    assert partner_cells("Country", 8, text) == [code]


@pytest.mark.parametrize(("text", "suggestion"), [("UK", "GB"), ("EL", "GR"), ("ZZ", None), ("Suommi", None)])
def test_what_is_no_country(text, suggestion):
    found = one(check("partners", partner("Country", text)), "P-23")
    assert (found.severity, found.row, found.column, found.suggestion) == ("error", 2, "D", suggestion)


def test_kosovo_is_a_warning():
    found = [i.severity for i in check("partners", partner("Country", "XK")).issues if i.column == "D"]
    assert found == ["warning"]


@pytest.mark.parametrize(("text", "code"), [("EUR", "EUR"), ("eur", "EUR"), ("€", "EUR"), ("euro", "EUR"), ("sek", "SEK")])
def test_currencies(text, code):
    assert partner_cells("Currency", 16, text) == [code]


@pytest.mark.parametrize(
    ("given_", "settings_", "expected"),
    [
        ("pcs", {}, "kpl"),
        ("kpl", {}, "kpl"),
        ("st", {}, "kpl"),
        ("PCS", {}, "kpl"),
        ("pcs", {"language": "en"}, "pcs"),
        ("kpl", {"language": "en"}, "pcs"),
        ("pcs", {"units": ["KPL", "h"]}, "KPL"),
        ("tim", {"units": ["h"]}, "h"),
        ("km", {}, "km"),
    ],
)
def test_units(given_, settings_, expected):
    rows = [PRODUCT_HEADINGS, ["S", "Tuote", "K", given_, "1", "0"]]
    assert cells("products", table(rows), 3, settings=settings_) == [expected]


@pytest.mark.parametrize(
    ("kind", "unit", "settings_", "severity"),
    [
        ("S", "pullo", {}, "warning"),
        ("S", "pullo", {"units": ["pullo"]}, None),
        ("S", "kpl", {"units": ["h"]}, "error"),
        ("B", "pullo", {}, "error"),
        ("B", "erä", {"units": ["erä"]}, None),
        ("B", "erä", {}, "warning"),
        ("B", "lot", {}, None),
        ("B", "kpl", {}, None),
    ],
)
def test_units_that_are_not_in_use(kind, unit, settings_, severity):
    rows = [PRODUCT_HEADINGS, [kind, "Tuote", "K", unit, "1", "0"]]
    found = [i.severity for i in check("products", table(rows), settings=settings_).issues if i.column == "D" and i.severity != "note"]
    assert found == ([severity] if severity else [])


# --- partners: identifiers and accounts ----------------------------------------------------------------------------


def line_problems(**changes):
    return problems(check("partners", upload(changed(CUSTOMER, **changes))))


def line_cell(place, **changes):
    return cells("partners", upload(changed(CUSTOMER, **changes)), place)[0]


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("91000013", "9100001-3"),
        ("9100001-3", "9100001-3"),
        (" 9100001-3", "9100001-3"),
        ("9100001 - 3", "9100001-3"),
        ("9100001–3", "9100001-3"),
    ],
)
def test_business_ids_get_their_hyphen(given_, expected):
    assert line_cell(1, B=given_) == expected


@pytest.mark.parametrize(
    ("given_", "suggestion"),
    [
        ("91000013", "9100001-3"),
        ("9100001 3", "9100001-3"),
        ("100000-2", "0100000-2"),
        ("100000-3", None),
        ("91000014", None),
        ("9100001-33", None),
        ("9100001-44", None),
        ("100000-22", None),
        ("1000008-0", None),
        ("tulossa", None),
    ],
)
def test_a_business_id_in_another_form_is_only_suggested_beside_a_foreign_country(given_, suggestion):
    found = one(check("partners", upload(changed(CUSTOMER, B=given_, I="SE"))), "P-07")
    assert (found.severity, found.column, found.suggestion) == ("error", "B", suggestion)


def test_a_wrong_check_digit_is_never_put_right():
    found = one(check("partners", upload(changed(CUSTOMER, B="9100001-4"))), "P-07")
    assert (found.severity, found.column, found.suggestion) == ("error", "B", "9100001-3")


@pytest.mark.parametrize("value", ["FI93 9999 9900 0000 14", "fi9399999900000014", "FI9399999900000014", " FI93 99999900000014 "])
def test_ibans_lose_blanks_and_small_letters(value):
    line = {"C": "S", "N": value, "AK": "", "AL": ""}
    assert line_cell(13, **line) == "FI9399999900000014"


@pytest.mark.parametrize(
    "value",
    [
        "FI9399999900000015",
        "FI939999990000001",
        "FI9399999900000014X",
        "FI94 9999 9900 0000 14",
        "123456-784",
        "SE4550000000058398257467",
        "RF5220260011",
        "tili",
        "FI93 9999 9900 0000 14 / Nordea",
        "123456-785 Osuuspankki",
    ],
)
def test_wrong_accounts(value):
    assert line_problems(C="S", N=value, AK="", AL="") == [("P-15", "error", 1, "N")]


@pytest.mark.parametrize("value", ["SE4550000000058398257466", "EE382200221020145685", "DE89370400440532013000", "123456-00000785"])
def test_right_accounts_of_other_kinds(value):
    assert line_problems(C="S", N=value, AK="", AL="") == []


def test_an_old_account_in_short_form_is_a_warning_that_suggests_the_iban():
    report = check("partners", upload(changed(CUSTOMER, C="S", N="123456-785", AK="", AL="")), show_personal_data=True)
    found = one(report, "P-15")
    assert (found.severity, found.suggestion) == ("warning", "FI2112345600000785")
    assert line_cell(13, C="S", N="123456-785", AK="", AL="") == "123456-785"


@pytest.mark.parametrize(
    ("value", "severity"),
    [
        ("003791000013", None),
        ("003791000013001", None),
        ("0037 9100 0013", None),
        ("003791000014", "warning"),
        ("37910000130", "error"),
        ("0037910000130012345", "error"),
        ("OVT003791000013", "error"),
    ],
)
def test_edi_codes(value, severity):
    found = [f for f in line_problems(BE=value) if f[3] == "BE"]
    assert [f[1] for f in found] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("value", "suggestion"),
    [
        ("3791000013", "003791000013"),
        ("37910000130", "0037910000130"),
        ("OVT003791000013", "003791000013"),
        ("OVT 3791000013", "003791000013"),
        ("379100001", None),
        ("12345", None),
        ("123450037", None),
    ],
)
def test_an_edi_code_that_is_too_short_is_suggested_with_its_zeros(value, suggestion):
    found = [i for i in check("partners", upload(changed(CUSTOMER, BE=value))).issues if i.column == "BE" and i.severity != "note"]
    assert [(i.code, i.severity, i.suggestion) for i in found] == [("P-43", "error", suggestion)]


@pytest.mark.parametrize("value", ["379100001300", "3791000013001", "379100001300123"])
def test_an_edi_code_that_is_long_enough_without_its_zeros_is_suspected(value):
    found = [i for i in check("partners", upload(changed(CUSTOMER, BE=value))).issues if i.column == "BE"]
    assert [(i.code, i.severity, i.suggestion) for i in found] == [("P-43", "warning", f"00{value}")]


@pytest.mark.parametrize("value", ["379100001400", "1234500000037", "3891000013001"])
def test_numbers_of_other_registers_are_edi_codes_too(value):
    assert [i for i in check("partners", upload(changed(CUSTOMER, BE=value))).issues if i.column == "BE"] == []


@pytest.mark.parametrize(
    ("value", "severity"), [("003723327487", None), ("DABAFIHH", None), ("OKOYFIHHXXX", None), ("operaattori", "error"), ("12345", "error")]
)
def test_operators(value, severity):
    found = [f for f in line_problems(BD=value) if f[3] == "BD"]
    assert [f[1] for f in found] == ([severity] if severity else [])


@pytest.mark.parametrize("value", ["maija@example.com", "maija.malli+lasku@sub.example.fi", "a@b.co", "MAIJA@EXAMPLE.COM"])
def test_e_mail_addresses(value):
    assert line_problems(R=value) == []


@pytest.mark.parametrize(
    ("value", "suggestion"),
    [
        ("maija", None),
        ("maija@", None),
        ("@example.com", None),
        ("maija@example", None),
        ("a@b.fi, c@d.fi", "a@b.fi"),
        ("Maija <maija@example.com>", "maija@example.com"),
        ("maija@@example.com", None),
        ("ma ija@example.com", None),
        ("maija..m@example.com", None),
    ],
)
def test_wrong_e_mail_addresses(value, suggestion):
    found = one(check("partners", upload(changed(CUSTOMER, R=value))), "P-21")
    assert (found.severity, found.column, found.suggestion) == ("error", "R", suggestion)


@pytest.mark.parametrize(
    ("file", "key", "lang", "order"),
    [
        ("invoices", "partner_address", "fi", r"Katuosoite\Postinumero\Postitoimipaikka\Maa"),
        ("invoices", "billing_address", "fi", r"Nimi\Katuosoite\Postinumero\Postitoimipaikka\Maa"),
        ("invoices", "partner_address", "en", r"Street address\Postal code\City\Country"),
        ("partners", "billing_address", "sv", r"Namn\Gatuadress\Postnummer\Ort\Land"),
    ],
)
def test_the_order_of_an_address_is_told_as_its_field_has_it(file, key, lang, order):
    report = check(file, table([(key, "Nimi"), ("Katu 1", "x")]), lang=lang)
    hints = [issue.hint for issue in report.issues if (issue.column, issue.row, issue.severity) == ("A", 2, "error")]
    assert [f" {order}, " in hint for hint in hints] == [True]
    swapped = addresses.ADDRESS.explain("\\".join(["x"] * order.count("\\")) + "\\FI", load(file).main[key], Context())
    assert (swapped.problem, swapped.details["order"][lang]) == ("address_swapped", order)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"Maa": "Suomii"}, "F"),
        ({"Maa": ""}, "F"),
        ({"Postinumero": "100"}, "D"),
        ({"Postitoimipaikka": ""}, "E"),
        ({"Katuosoite": "x" * 81}, "C"),
    ],
)
def test_what_is_wrong_with_a_part_of_an_address_is_told_at_its_own_cell(changes, column):
    parts = {"Katuosoite": "Katu 1", "Postinumero": "00100", "Postitoimipaikka": "Helsinki", "Maa": "FI"} | changes
    report = check("invoices", table([("Laskutyyppi", "Nimi", *parts), ("M", "A Oy", *parts.values())]))
    assert [(issue.row, issue.column) for issue in report.issues if (issue.code, issue.severity != "note") == ("I-27", True)] == [
        (2, column)
    ]


def test_a_whole_address_is_judged_at_its_cell():
    report = check("invoices", table([("Laskutyyppi", "Nimi", "partner_address"), ("M", "A Oy", r"Katu 1\00100\Helsinki\Suomii")]))
    assert one(report, "I-27").column == "C"


def test_blanks_in_a_reference_number_are_told_by_its_own_rule():
    report = check("invoices", table([("Laskutyyppi", "Viite"), ("M", "2026 0011")]))
    found = [(issue.code, issue.severity) for issue in report.issues if issue.column == "B"]
    assert found == [("I-11", "note")]


def test_a_rate_that_was_not_in_force_is_told_as_it_was_written():
    rows = [("Laskutyyppi", "Laskun pvm", "Tuote", "Hinta", "ALV-%"), ("M", "1.3.2026", "Työ", "10", "24 %")]
    assert "24 % was not in force" in one(check("invoices", table(rows)), "C-36").message


@pytest.mark.parametrize(
    ("address", "severity"),
    [
        (r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\FI", None),
        (r"Esimerkki Oy\Ostolaskut\PL 10\00101\Helsinki\FI", None),
        (r"Esimerkki Oy\Mallikatu 1\00100 Helsinki\FI", "error"),
        (r"Esimerkki Oy\a\b\c\d\00100\Helsinki\FI", "error"),
        ("Esimerkki Oy, Mallikatu 1, 00100 Helsinki", "error"),
        (r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\XX", "error"),
        (r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\ ", "warning"),
        (r"Esimerkki Oy\\00100\Helsinki\FI", "warning"),
        (r"Esimerkki Oy\Mallikatu 1\Helsinki\00100\FI", "warning"),
        (f"Esimerkki Oy\\{'x' * 81}\\00100\\Helsinki\\FI", "warning"),
        (f"Esimerkki Oy\\{'x' * 240}\\00100\\Helsinki\\FI", "error"),
    ],
)
def test_address_strings(address, severity):
    found = [f for f in line_problems(AV=address) if f[3] == "AV"]
    assert [(f[0], f[1]) for f in found] == ([("P-37", severity)] if severity else [])


def test_an_address_is_joined_from_its_columns():
    rows = [
        [
            "ID type",
            "Business ID",
            "Type",
            "Name",
            "Customer number",
            "Billing street",
            "Billing postal code",
            "Billing city",
            "Billing country",
        ],
        ["FI", "9100001-3", "C", "Esimerkki Oy", "1", "Mallikatu 1", "00100", "Helsinki", "Suomi"],
    ]
    assert cells("partners", table(rows), 47) == [r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\FI"]
    assert one(check("partners", table(rows)), "P-37").severity == "note"


def test_an_address_without_any_part_stays_empty():
    parts = {"name": ["Esimerkki Oy", "", ""], "street": ["Mallikatu 1", "", ""], "postal_code": ["00100", "", ""]}
    parts |= {"city": ["Helsinki", "", "Turku"], "country": ["FI", "", ""]}
    joined = addresses.join({part: column(texts) for part, texts in parts.items()}, "name_address")
    assert joined.tolist() == [r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\FI", "", "\\\\\\Turku\\"]


@pytest.mark.parametrize(
    ("address", "suggestion"),
    [
        (r"Esimerkki Oy\Mallikatu 1\Helsinki\00100\FI", r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\FI"),
        (r"Esimerkki Oy\Mallikatu 1\Helsinki\0100\FI", None),
        (r"Esimerkki Oy\Mallikatu 1\Helsinki\001000\FI", None),
        (r"Esimerkki Oy\Mallikatu 1\0100\Helsinki\FI", None),
    ],
)
def test_a_postal_code_and_a_city_that_changed_places_are_suggested_the_right_way(address, suggestion):
    found = [i for i in check("partners", upload(changed(CUSTOMER, AV=address))).issues if i.column == "AV"]
    assert [(i.code, i.severity, i.suggestion) for i in found] == [("P-37", "warning", suggestion)]


LIMITS = {"name": 80, "specifier": 80, "street": 80, "postal_code": 20, "city": 40}


@pytest.mark.parametrize("part", LIMITS)
@pytest.mark.parametrize("over", [0, 1])
def test_parts_of_addresses_have_the_lengths_that_procountor_shows(part, over):
    parts = {"name": "Nimi", "specifier": "Osasto", "street": "Katu 1", "postal_code": "11122", "city": "Tukholma", "country": "SE"}
    parts[part] = "x" * (LIMITS[part] + over)
    found = [i for i in check("partners", upload(changed(CUSTOMER, AV="\\".join(parts.values())))).issues if i.column == "AV"]
    assert [(i.code, i.severity) for i in found] == ([("P-37", "warning")] if over else [])
    assert all(f"{LIMITS[part]}" in i.message + i.hint for i in found)
