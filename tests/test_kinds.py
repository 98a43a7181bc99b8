"""Values: every notation that is understood, every check digit against a second source."""

import csv
import datetime as dt
import string
import tomllib
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from helpers import CUSTOMER, PRODUCT, PRODUCT_HEADINGS, cells, changed, check, convert, one, problems, table, upload
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iban, luhn
from stdnum.fi import hetu, ytunnus

from csvimport.columns import text_series
from csvimport.context import PROCOUNTOR, TABLE, Context
from csvimport.kinds import KINDS, accounting, addresses, bank, codes, dates, identifiers, numbers, payroll, text, vat
from csvimport.kinds.accounting import payment_term
from csvimport.kinds.base import Cells, Fault
from csvimport.kinds.codes import countries, currencies
from csvimport.read.sheet import CellType
from csvimport.schema import folder, load
from csvimport.settings import Registers, Settings
from csvimport.severity import Severity

quick = settings(max_examples=60, deadline=None)


def column(values):
    return text_series(list(values))


def digits(length):
    return st.text(string.digits, min_size=length, max_size=length)


def field_of(key):
    """A field by its file and key, with the record between them where it is not the main one."""
    file, *record, name = key.split(".")
    schema = load(file)
    return (schema.record(record[0]) if record else schema.main)[name]


def repairs(reading):
    """What reading a column put into form: each problem with the places of its cells."""
    return {remark.problem: np.flatnonzero(remark.mask).tolist() for remark in reading.remarks if remark.repaired and remark.mask.any()}


def complaints(reading):
    """What reading a column could not put into form: each problem with the places of its cells."""
    return {remark.problem: np.flatnonzero(remark.mask).tolist() for remark in reading.remarks if not remark.repaired and remark.mask.any()}


# --- check digits, against python-stdnum and by brute force -------------------------------------------------------


@quick
@given(st.lists(st.builds("{}-{}".format, digits(7), digits(1)), min_size=1, max_size=50))
def test_business_ids_of_a_column_are_judged_as_stdnum_judges_them(values):
    assert list(identifiers.business_ids_right(column(values))) == [ytunnus.is_valid(value) for value in values]


BUSINESS_IDS = {"9100001-3": True, "9100001-4": False, "91000013": False, "X9100001-3": False, "9100001-3X": False, "1000008-0": False}


@pytest.mark.parametrize("values", [list(BUSINESS_IDS), list(BUSINESS_IDS)[:1], list(BUSINESS_IDS)[2:5]])
def test_business_ids_of_every_form_are_judged_in_one_column(values):
    assert identifiers.business_ids_right(column(values)).tolist() == [BUSINESS_IDS[value] for value in values]


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
        ("RF52" + "0" * 13 + "20260011", "rf_reference", "20260011"),
        ("RF521009", "rf_reference", "1009"),
        ("RF5213", "rf_reference", None),
        ("RF52110", "rf_reference", None),
        ("RF5220260012", "rf_reference", None),
        ("RF522026001X", "rf_reference", None),
        ("RF522X260011", "rf_reference", None),
        ("RF52X20260011", "rf_reference", None),
        ("RF521", "rf_reference", None),
        ("RF52", "not_a_reference", None),
        ("RF5A20260011", "not_a_reference", None),
        ("RF52" + "0" * 14 + "20260011", "not_a_reference", None),
        ("1", "not_a_reference", None),
        ("1" * 21, "not_a_reference", None),
        ("2026-11", "not_a_reference", None),
    ],
)
def test_what_is_said_about_reference_numbers(value, problem, suggestion):
    fault = bank.reference_fault(value)
    assert (fault and fault.problem, fault and fault.suggestion) == (problem, suggestion)


REFERENCES = {
    "20260011": True,
    "20260012": False,
    "1009": True,
    "0020260011": True,
    "1234567890123456789" + bank.reference_check_digit("1234567890123456789"): True,
    "1234567890123456788" + bank.reference_check_digit("1234567890123456789"): False,
    "12345678901234567890" + bank.reference_check_digit("12345678901234567890"): False,
    "13": False,
    "113": False,
    "X20260011": False,
    "20260011X": False,
}


@pytest.mark.parametrize("values", [list(REFERENCES), list(REFERENCES)[:1], list(REFERENCES)[-1:]])
def test_references_of_every_length_are_judged_in_one_column(values):
    judged = bank.REFERENCE.right(column(values), load("invoices").main["reference_number"], Context())
    assert judged.tolist() == [REFERENCES[value] for value in values]


def test_reference_numbers_lose_blanks_and_other_texts_stay():
    reference = load("invoices").main["reference_number"]
    given_ = ["20260011", "2026 0011", "rf52 2026 0011", "RF52 1X", "Lasku 20260011", "", "2,026E+07", "rf"]
    reading = bank.REFERENCE.read(Cells(column(given_)), reference, Context())
    assert reading.text.tolist() == ["20260011", "20260011", "RF5220260011", "RF52 1X", "Lasku 20260011", "", "2,026E+07", "rf"]
    assert repairs(reading) == {"blanks_inside": [1, 2]}
    assert complaints(reading) == {"digits_lost": [6]}


@pytest.mark.parametrize(
    ("value", "problem", "suggestion"),
    [
        ("123456-785", "old_account_short", "FI2112345600000785"),
        ("123456-784", "account_check_digit", None),
        ("123456-00000784", "account_check_digit", None),
        ("123456-7", "not_an_account", None),
        ("123456-000007850", "not_an_account", None),
        ("RF521", "reference_for_account", None),
        ("RF52" + "0" * 21, "reference_for_account", None),
        ("RF52", "not_an_account", None),
        ("RF5A20260011", "not_an_account", None),
        ("RF52" + "0" * 22, "not_an_account", None),
        ("FI939999990000001", "iban_length", None),
        ("FI93999999000000144", "iban_length", None),
        ("FI9399999900000015", "iban_check_digits", None),
        ("SE4550000000058398257467", "iban_check_digits", None),
        ("NO93" + "1" * 11, "iban_check_digits", None),
        ("NO93" + "1" * 30, "iban_check_digits", None),
        ("NO93" + "1" * 10, "not_an_account", None),
        ("NO93" + "1" * 31, "not_an_account", None),
        ("NO9X" + "1" * 11, "not_an_account", None),
        ("TE00" + "1" * 11, "not_an_account", None),
        ("XK05" + "1" * 16, "iban_check_digits", None),
        ("NOFI", "not_an_account", None),
        ("tili", "not_an_account", None),
    ],
)
def test_what_is_said_about_accounts(value, problem, suggestion):
    fault = bank.ACCOUNT.explain(value, load("partners").main["bank_account"], Context())
    assert (fault.problem, fault.suggestion) == (problem, suggestion)


ACCOUNTS = {
    "FI2112345600000785": True,
    "FI2112345600000786": False,
    "XFI2112345600000785": False,
    "FI21123456000007850": False,
    "FI211234560000078": False,
    "123456-00000785": True,
    "123456-00000784": False,
    "123456-785": False,
    "SE4550000000058398257466": True,
}


@pytest.mark.parametrize("values", [list(ACCOUNTS), list(ACCOUNTS)[:2], list(ACCOUNTS)[2:], list(ACCOUNTS)[:1], list(ACCOUNTS)[-1:]])
def test_accounts_of_every_form_are_judged_in_one_column(values):
    judged = bank.ACCOUNT.right(column(values), load("partners").main["bank_account"], Context())
    assert judged.tolist() == [ACCOUNTS[value] for value in values]


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
    field = load("salary-info").main["personal_identity_code"]
    assert identifiers.IDENTITY_CODE.right(column([code]), field, Context()).tolist() == [fault is None]
    assert payroll.EMPLOYEE_ID.right(column([code, "5503"]), field, Context()).tolist() == [fault is None, True]


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
        ("010190-900PX", "identity_code_form"),
        ("X010190-900P", "identity_code_form"),
        ("010190G900P", "identity_code_form"),
    ],
)
def test_what_is_said_about_identity_codes(code, problem):
    assert identifiers.explain_identity_code(code).problem == problem


@pytest.mark.parametrize("value", ["NDEAFIHH", "OKOYFIHHXXX", "DABAFIHH", "HANDFIHH123", "NCBVXKPR"])
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


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        ("1998-01-01", "22 17 12", "22 17 8"),
        ("2009-10-01", "22 17 8", "22 12 8"),
        ("2010-07-01", "22 12 8", "23 13 9"),
        ("2013-01-01", "23 13 9", "24 14 10"),
        ("2024-09-01", "24 14 10", "25.5 14 10"),
        ("2026-01-01", "25.5 14 10", "25.5 13.5 10"),
    ],
)
def test_the_vat_rates_of_the_days_before_and_after_a_change(day, before, after):
    changed_ = dt.date.fromisoformat(day)
    assert vat.in_force(changed_ - dt.timedelta(days=1)) == {Decimal(rate) for rate in ("0", *before.split())}
    assert vat.in_force(changed_) == {Decimal(rate) for rate in ("0", *after.split())}
    assert vat.in_force(dt.date(1950, 1, 1)) == vat.in_force(dt.date(1997, 12, 31))


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
        (".234", ",", "0,234"),
        (",234", ".", "0,234"),
        ("123.456", ",", "123456"),
        ("123,456", ".", "123456"),
        ("1234,567", ".", "1234,567"),
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
    given_ = ["12,5", "-3", "0", "0,00", "-0,5", "", "x", "5-", "x5", "5,", "0,5"]
    assert numbers.turned(column(given_)).tolist() == ["-12,5", "3", "0", "0,00", "0,5", "", "x", "5-", "x5", "5,", "-0,5"]


def test_whole_numbers_lose_decimals_that_are_zeros_and_each_change_is_told():
    month = load("budgets").main["january_sum"]
    reading = numbers.INTEGER.read(Cells(column(["14", "14.0", "14,0", "1 400,0", "14,5"])), month, Context())
    assert reading.text.tolist() == ["14", "14", "14", "1400", "14,5"]
    assert [(remark.problem, remark.mask.tolist()) for remark in reading.remarks if remark.mask.any()] == [
        ("decimal_point", [False, True, False, False, False]),
        ("number_form", [False, False, False, True, False]),
        ("number_form", [False, True, True, False, False]),
    ]
    assert numbers.INTEGER.read(Cells(column(["x14,0", "14,0x"])), month, Context()).text.tolist() == ["x14,0", "14,0x"]


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


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("0,255", "25,5"), ("0.135", "13,5"), ("0,1", "10"), ("26", None), ("25", None), ("-10", None), ("viisi", None)],
)
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
        ("1.2.2026 9:3", "not_a_date", None),
        ("1.2.2026 :30", "not_a_date", None),
        ("01.2026", "not_a_date", None),
        ("1.2.20260", "not_a_date", None),
        ("1.2.226", "not_a_date", None),
        ("1.2.2", "not_a_date", None),
        ("123.2.26", "not_a_date", None),
        ("1.123.26", "not_a_date", None),
        (".2.26", "not_a_date", None),
        ("1..26", "not_a_date", None),
        ("1/2/226", "not_a_date", None),
        ("1/2/20260", "not_a_date", None),
        ("/2/2026", "not_a_date", None),
        ("1//2026", "not_a_date", None),
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


DATES = {"31.12.2026": True, "29.02.2024": True, "29.02.2026": False, "31.2.2026": False, "X31.12.2026": False, "31.12.2026X": False}


@pytest.mark.parametrize("values", [list(DATES), list(DATES)[:1], list(DATES)[2:3], list(DATES)[3:]])
def test_dates_of_a_column_are_days_of_the_calendar(values):
    judged = dates.DATE.right(column(values), load("invoices").main["invoice_date"], Context())
    assert judged.tolist() == [DATES[value] for value in values]


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
    assert dates.parse("31.12.2026") == dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "1.2.26", "01.02.26", "1.2.226", "1.2.20260", "01.02.2026 ", "01-02-2026", "001.2.2026", "1.002.2026", ".2.2026", "1..2026",
        "226-02-01", "20260-02-01", "2026-2-01", "2026-002-01", "2026-02-1", "2026-02-011", "2026-02-01T00:00:00Z",
    ],
)  # fmt: skip
def test_other_texts_are_no_short_dates(text):
    assert dates.long_form(text) == text
    assert dates.parse(text) is None


def test_a_short_date_is_told_as_completed_another_form_as_rewritten_and_a_date_cell_not_at_all():
    given_ = column(["1.12.2026", "01.2.2026", "12.3.2026", "2026-02-01", "31.12.2026", "2026-03-04", "", "31.2.2026", "13.02.2026 00:00"])
    types = np.full(len(given_), CellType.TEXT, np.uint8)
    types[5] = CellType.DATE
    reading = dates.DATE.read(Cells(given_, types), load("invoices").main["invoice_date"], Context())
    assert reading.text.tolist() == [
        "01.12.2026", "01.02.2026", "12.03.2026", "01.02.2026", "31.12.2026", "04.03.2026", "", "31.2.2026", "13.02.2026",
    ]  # fmt: skip
    assert repairs(reading) == {"date_short": [0, 1, 2], "date_form": [3, 8]}


def test_days_that_a_spreadsheet_stored_as_zero_or_as_a_number_are_told():
    stored = [
        ("1899-12-31", CellType.DATE), ("1900-02-28", CellType.DATE), ("1900-03-01", CellType.DATE), ("2026-03-04", CellType.DATE),
        ("00:00:00", CellType.TIME), ("0:00:00", CellType.TIME), ("10:00:00", CellType.TIME), ("0:00:001", CellType.TIME),
        ("46000", CellType.NUMBER), ("46000.25", CellType.NUMBER), ("9999", CellType.NUMBER), ("146000", CellType.NUMBER),
        ("46000.", CellType.NUMBER), ("0:00:00", CellType.TEXT), ("46000", CellType.TEXT), ("1899-12-31", CellType.TEXT),
    ]  # fmt: skip
    days = Cells(column([text for text, _ in stored]), np.array([kind for _, kind in stored], np.uint8))
    reading = dates.DATE.read(days, load("invoices").main["invoice_date"], Context())
    assert reading.text.tolist()[:4] == ["31.12.1899", "28.02.1900", "01.03.1900", "04.03.2026"]
    assert repairs(reading) == {"date_form": [15]}
    assert complaints(reading) == {"date_of_zero": [0, 1, 4, 5], "date_as_number": [8, 9]}


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


@pytest.mark.no_cover
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
        ("netto14", "140"),
        ("netto 14 pv", "140"),
        ("netto 14pv", "140"),
        ("14 pvnetto", "140"),
        ("14 pv2 %", "142"),
        ("14 vrk.", "140"),
        ("14 dgr", "140"),
        ("14 d", "140"),
        ("14 pv, 2,00 %", "142"),
        ("14 day net: 2", "142"),
        ("140", "140"),
        ("070", "070"),
        ("000", "000"),
    ],
)
def test_payment_terms_in_words(words, term):
    assert payment_term(words) == term
    assert partner_cells("Payment term", 14, words) == [term]


@pytest.mark.parametrize(("text", "suggestion"), [("14", "140"), ("7", "070"), ("0", "000"), ("30", "300"), ("70", None)])
def test_a_bare_number_of_days_is_an_error_that_suggests_the_term(text, suggestion):
    found = one(check("partners", partner("Payment term", text)), "P-17")
    assert (found.severity, found.row, found.column, found.value, found.suggestion) == ("error", 2, "D", text, suggestion)


@pytest.mark.parametrize(
    "text",
    [
        "1400",
        "heti",
        "14,0",
        "1a0",
        "100 pv",
        "netto 100",
        "netto",
        "14 pv netto heti",
        "pv netto",
        "d",
        "14 pv 2,5 %",
        "14 pv 2, %",
        "14 pv 12 %",
    ],
)
def test_other_texts_are_no_payment_terms(text):
    assert payment_term(text) == text
    assert one(check("partners", partner("Payment term", text)), "P-17").severity == "error"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("7", Fault("payment_term_digits", suggestion="070", details={"days": 7, "other": "007"})),
        ("14", Fault("payment_term_digits", suggestion="140", details={"days": 14, "other": "014"})),
        ("07", Fault("payment_term_digits", suggestion="070", details={"days": 7, "other": "007"})),
        ("30", Fault("payment_term_digits", suggestion="300", details={"days": 30, "other": "030"})),
        ("20", Fault("payment_term_zero", details={"days": "20", "fewer": "2", "whole": "200", "other": "020"})),
        ("70", Fault("payment_term_zero", details={"days": "70", "fewer": "7", "whole": "700", "other": "070"})),
        ("0", Fault("payment_term_form", suggestion="000")),
        ("00", Fault("payment_term_form", suggestion="000")),
        ("146", Fault("payment_term_percent", Severity.WARNING, details={"percent": "6"})),
        ("1400", Fault("payment_term_form")),
        ("14X", Fault("payment_term_form")),
        ("X14", Fault("payment_term_form")),
    ],
)
def test_what_is_said_about_payment_terms(text, fault):
    assert accounting.PAYMENT_TERM.explain(text, load("partners").main["payment_term"], Context()) == fault


def test_words_for_a_payment_term_are_read_in_tables_only():
    field = load("partners").main["payment_term"]
    for layout, expected in ((TABLE, ["140", "140", "heti"]), (PROCOUNTOR, ["14 pv", "140", "heti"])):
        reading = accounting.PAYMENT_TERM.read(Cells(column(["14 pv", "140", "heti"])), field, Context(layout=layout))
        assert reading.text.tolist() == expected
        assert repairs(reading) == ({"payment_term_words": [0]} if layout == TABLE else {})


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("300", "account_form"),
        ("30000", "account_form"),
        ("X3000", "account_form"),
        ("3X00", "account_form"),
        ("3000", "account_unknown"),
        ("FI93 9999 9900 0000 14", "bank_account_for_account"),
    ],
)
def test_what_is_said_about_ledger_accounts(text, problem):
    field = load("products").main["default_account"]
    assert accounting.LEDGER_ACCOUNT.explain(text, field, Context()).problem == problem
    assert accounting.LEDGER_ACCOUNT.right(column([text]), field, Context()).tolist() == [problem == "account_unknown"]


def test_a_name_behind_an_account_is_left_out_in_tables():
    given_ = [
        "3000",
        "3000 Myynti",
        "3000  Myynti 24 %",
        "3000Myynti",
        "300 Myynti",
        "30000 Myynti",
        "A 3000 Myynti",
        "3000 2025",
        "3000 -",
        "",
    ]
    field = load("products").main["default_account"]
    reading = accounting.LEDGER_ACCOUNT.read(Cells(column(given_)), field, Context(layout=TABLE))
    assert reading.text.tolist() == ["3000", "3000", "3000", *given_[3:8], "3000", ""]
    assert repairs(reading) == {"account_name_left_out": [1, 2, 8]}
    assert accounting.LEDGER_ACCOUNT.read(Cells(column(given_)), field, Context()).text.tolist() == given_
    budget = load("budgets").main["account"]  # as budgets are exported
    assert accounting.LEDGER_ACCOUNT.read(Cells(column(given_)), budget, Context()).text.tolist() == reading.text.tolist()


@pytest.mark.parametrize(
    ("text", "read", "right"),
    [
        ("vat_1", "vat_1", True), ("vat_22", "vat_22", True), ("vat_101", "vat_101", True), ("VAT_12", "vat_12", True),
        ("vat_0", "vat_0", False), ("vat_01", "vat_01", False), ("VAT_1011", "vat_1011", False), ("vat_", "vat_", False),
        ("VAT_1A", "VAT_1A", False), ("EVAT_1", "EVAT_1", False), ("xvat_1", "xvat_1", False), ("VAT_", "VAT_", False), ("12", "12", False),
    ],
)  # fmt: skip
def test_vat_statuses(text, read, right):
    field = load("products").main["vat_status"]
    reading = accounting.VAT_STATUS.read(Cells(column([text])), field, Context())
    assert reading.text.tolist() == [read]
    assert repairs(reading) == ({"code_case": [0]} if read != text else {})
    assert accounting.VAT_STATUS.right(reading.text, field, Context()).tolist() == [right]


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("12", "vat_12"),
        ("101", "vat_101"),
        ("1", "vat_1"),
        ("0", None),
        ("01", None),
        ("1011", None),
        ("vat_0", None),
        ("vat_1x", None),
        ("vat_1011", None),
    ],
)
def test_a_bare_number_suggests_a_vat_status(text, suggestion):
    assert accounting.VAT_STATUS.explain(text, load("products").main["vat_status"], Context()) == Fault(
        "vat_status_form", suggestion=suggestion
    )


@pytest.mark.parametrize("text", ["vat_1", "vat_22", "vat_101"])
def test_a_vat_status_that_the_environment_does_not_use_is_a_warning_that_names_those_in_use(text):
    line = changed(PRODUCT, G="0", N=text)
    report = check("products", upload(line), settings={"vat_statuses": ["vat_2", "vat_3"]})
    found = one(report, "PR-14")
    assert (found.severity, found.column, found.value) == ("warning", "N", text)
    assert "vat_2, vat_3" in found.message + found.hint


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
        ("Englanti", "GB"),
        ("Britannia", "GB"),
    ],
)
def test_countries_in_three_languages(text, code):
    assert partner_cells("Country", 8, text) == [code]


@pytest.mark.parametrize(
    ("key", "given_", "in_a_table", "as_uploaded"),
    [
        ("products.product_type", ["S", "s", "sales", "Myynti-tuote", "x"], ["S", "S", "S", "S", "x"], ["S", "S", "sales", "Myynti-tuote", "x"]),
        ("invoices.vat_included", ["Y", "k", "j", "true", "1", "n", "E", "false"], ["t"] * 5 + ["f"] * 3, ["Y", "k", "j", "true", "1", "n", "E", "false"]),
        ("invoices.vat_included", ["t", "T", "kyllä", "X", "ei", "0", "f"], ["t", "t", "t", "t", "f", "f", "f"], ["t", "t", "kyllä", "X", "ei", "0", "f"]),
        ("dimensions.passivity_code", ["P", "p", "a", "ja", "nej", "passiv"], ["P", "P", "A", "P", "A", "P"], ["P", "P", "A", "ja", "nej", "passiv"]),
        ("partners.passivity_code", ["I", "i", "no", "aktiv", "1"], ["I", "I", "", "", "I"], ["I", "I", "no", "aktiv", "1"]),
        ("salary-info.exclude_automated_tax_card", ["y", "n", "k", "no", "e"], ["Y", "N", "Y", "N", "N"], ["Y", "N", "k", "no", "e"]),
        ("partners.invoice_language", ["2", "suomi", "K"], ["2", "2", "K"], ["2", "suomi", "K"]),
        ("invoices.send_or_mark_paid", ["ei", "kyllä", "m"], ["", "X", "M"], ["ei", "kyllä", "M"]),
    ],
)  # fmt: skip
def test_codes_and_in_tables_words_for_them(key, given_, in_a_table, as_uploaded):
    field = field_of(key)
    for layout, expected in ((TABLE, in_a_table), (PROCOUNTOR, as_uploaded)):
        reading = KINDS[field.reader].read(Cells(column(given_)), field, Context(layout=layout))
        assert reading.text.tolist() == expected
        pairs = list(enumerate(zip(given_, expected, strict=True)))
        case = [at for at, (old, new) in pairs if old != new and old.upper() == new.upper()]
        words = [at for at, (old, new) in pairs if old.upper() != new.upper()]
        assert repairs(reading) == {problem: places for problem, places in (("code_case", case), ("code_word", words)) if places}


@pytest.mark.parametrize(
    ("key", "text", "problem", "severity", "suggestion"),
    [
        ("partners.invoice_language", "5", "newer_code", Severity.WARNING, None),
        ("dimensions.passivity_code", "I", "mistaken_code", None, "P"),
        ("dimensions.passivity_code", "K", "unlisted_code", Severity.WARNING, None),
        ("dimensions.passivity_code", "KK", "not_a_code", None, None),
        ("partners.business_id_type", "ABCD", "unlisted_code", Severity.WARNING, None),
        ("partners.business_id_type", "ABCDE", "not_a_code", None, None),
        ("partners.passivity_code", "aktiv", "not_a_code", None, None),
        ("products.product_type", "X", "not_a_code", None, None),
        ("products.product_type", "Myynti", "not_a_code", None, "S"),
    ],
)
def test_what_is_said_about_codes(key, text, problem, severity, suggestion):
    field = field_of(key)
    fault = KINDS[field.reader].explain(text, field, Context())
    assert (fault.problem, fault.severity, fault.suggestion) == (problem, severity, suggestion)


def test_wrong_codes_are_told_with_the_right_ones_and_their_meaning_in_the_reader_s_language():
    def hint(content, file, place, lang):
        found = next(i for i in check(file, upload(content), lang=lang).issues if i.column == place)
        return found.message + found.hint

    wrong, mistaken, unlisted = changed(PRODUCT, A="X"), "Kustannuspaikka;Myymälä A;I;;", "Kustannuspaikka;Myymälä A;K;;"
    assert "B (purchase product), S (sales product)" in hint(wrong, "products", "A", "en")
    assert "B (ostotuote), S (myyntituote)" in hint(wrong, "products", "A", "fi")
    assert "passive" in hint(mistaken, "dimensions", "C", "en")
    assert "P" in hint(unlisted, "dimensions", "C", "en")


@pytest.mark.parametrize(
    ("language", "written", "case", "words"),
    [
        ("fi", ["tilisiirto", "tilisiirto", "tilisiirto", "tilisiirto", "suoraveloitus", "other", "postitus X"], [0], [1, 2, 4]),
        (
            "en",
            ["bank transfer", "bank transfer", "bank transfer", "bank transfer", "direct debit", "other", "postitus X"],
            [1],
            [0, 2, 3, 4, 5],
        ),
    ],
)
def test_words_are_told_as_of_another_case_or_of_another_language(language, written, case, words):
    given_ = ["Tilisiirto", "Bank transfer", "girering", "tilisiirto", "autogiro", "annat", "postitus X"]
    context = Context(Settings(language=language, words={"mailing": "postitus X"}))
    method = load("partners").main["payment_method"]
    reading = codes.WORD.read(Cells(column(given_)), method, context)
    assert repairs(reading) == {"word_case": case, "word_language": words}
    assert codes.WORD.write(reading.text, method, context).tolist() == written
    assert codes.WORD.read(Cells(column(given_[-1:])), field_of("partners.delivery_method"), context).text.tolist() == ["mailing"]
    known = language == "en"
    assert codes.WORD.right(reading.text, method, context).tolist() == [True] * 5 + [known, False]


@pytest.mark.parametrize(("text", "suggestion"), [("UK", "GB"), ("EL", "GR"), ("ZZ", None), ("Suommi", None)])
def test_what_is_no_country(text, suggestion):
    found = one(check("partners", partner("Country", text)), "P-23")
    assert (found.severity, found.row, found.column, found.suggestion) == ("error", 2, "D", suggestion)


@pytest.mark.parametrize(
    ("text", "suggestion"), [("uk", "GB"), ("xi", "GB"), ("Suomi", "FI"), ("se", "SE"), ("Great Britain", "GB"), ("Finlandia", None)]
)
def test_a_country_in_another_form_is_suggested(text, suggestion):
    country = load("partners").main["country_code"]
    assert codes.COUNTRY.explain(text, country, Context()) == Fault("not_a_country", suggestion=suggestion)


@pytest.mark.parametrize(
    ("kind", "given_", "in_a_table", "as_uploaded"),
    [
        (codes.COUNTRY, ["FI", "fi", "Suomi", "EL"], ["FI", "FI", "FI", "EL"], ["FI", "FI", "Suomi", "EL"]),
        (codes.CURRENCY, ["EUR", "eur", "€", "Euroa", "sek", "xyz"], ["EUR", "EUR", "EUR", "EUR", "SEK", "xyz"], ["EUR", "EUR", "€", "Euroa", "SEK", "xyz"]),
    ],
)  # fmt: skip
def test_names_of_countries_and_currencies_are_understood_in_tables_only(kind, given_, in_a_table, as_uploaded):
    field = load("partners").main["country_code"]
    for layout, expected in ((TABLE, in_a_table), (PROCOUNTOR, as_uploaded)):
        reading = kind.read(Cells(column(given_)), field, Context(layout=layout))
        assert reading.text.tolist() == expected
        changed_ = [at for at, (old, new) in enumerate(zip(given_, expected, strict=True)) if old != new]
        assert list(repairs(reading).values()) == [changed_]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("EUE", Fault("not_a_currency", suggestion="EUR")),
        ("EURO", Fault("not_a_currency")),
        ("EU", Fault("not_a_currency")),
        ("USD", Fault("currency_not_in_register", details={"currencies": "EUR, SEK"})),
    ],
)
def test_what_is_said_about_currencies(text, fault):
    currency = field_of("partners.currency")
    assert codes.CURRENCY.right(column(["EUR", "USD", "FIM"]), currency, Context()).tolist() == [True, True, False]
    context = Context(Settings(registers=Registers(currencies=("EUR", "SEK"))))
    assert codes.CURRENCY.right(column(["EUR", "USD", "FIM"]), currency, context).tolist() == [True, False, False]
    assert codes.CURRENCY.explain(text, currency, context) == fault


def test_kosovo_is_a_warning():
    country = field_of("partners.country_code")
    assert codes.COUNTRY.right(column(["FI", "XK", "fi"]), country, Context()).tolist() == [True, False, False]
    assert codes.COUNTRY.explain("XK", country, Context()) == Fault("unofficial_country", Severity.WARNING)
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
        ("Pullo", {"units": ["pullo"]}, "pullo"),
        ("st", {"units": ["pullo", "KPL"]}, "KPL"),
        ("parti", {}, "parti"),
        ("km", {}, "km"),
    ],
)
def test_units(given_, settings_, expected):
    rows = [PRODUCT_HEADINGS, ["S", "Tuote", "K", given_, "1", "0"]]
    assert cells("products", table(rows), 3, settings=settings_) == [expected]


DELIVERY_METHODS = "postitus, verkossa, rahtikuljetus, kuriiripalvelu, vr cargo, linja-auto, noudettava"


def test_units_without_a_form_of_the_environment_s_own_stay_as_they_are():
    context = Context(Settings(units=("h", "pullo", "KPL")))
    given_ = ["kg", "pcs", "tim", "Pullo", "kpl", "tynnyri"]
    reading = codes.WORD.read(Cells(column(given_)), load("products").main["unit"], context)
    assert reading.text.tolist() == ["kg", "KPL", "h", "pullo", "KPL", "tynnyri"]
    assert repairs(reading) == {"word_language": [1, 2, 3, 4]}


def test_units_of_an_environment_that_names_none_are_those_of_its_language():
    unit = field_of("products.unit")
    made = codes.WORD.read(Cells(column(["pullo", "st", "parti"])), unit, Context()).text
    assert made.tolist() == codes.WORD.write(made, unit, Context()).tolist() == ["pullo", "kpl", "parti"]
    assert codes.WORD.right(made, unit, Context()).tolist() == [True, True, True]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("other", Fault("word_not_known_in_language", details={"word": "other", "language": "fi"})),
        ("linja auto", Fault("not_a_word", suggestion="linja-auto", details={"words": DELIVERY_METHODS})),
        ("kotiin", Fault("not_a_word", details={"words": DELIVERY_METHODS})),
    ],
)
def test_what_is_said_about_words(text, fault):
    key = "partners.payment_method" if text == "other" else "partners.delivery_method"
    assert codes.WORD.explain(text, field_of(key), Context()) == fault
    in_swedish = Context(Settings(language="sv", words={"bus": "buss"}))
    assert codes.WORD.explain("kotiin", field_of("partners.delivery_method"), in_swedish).details == {"words": "buss"}


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
        "SE45-5000-0000-0583-9825-7466",
        "123456-785 Osuuspankki",
        "oma tili",
    ],
)
def test_wrong_accounts(value):
    assert line_problems(C="S", N=value, AK="", AL="") == [("P-15", "error", 1, "N")]


def test_accounts_lose_blanks_and_small_letters_and_other_texts_stay():
    given_ = [
        "FI9399999900000014",
        "FI93 9999 9900 0000 14",
        "se4550000000058398257466",
        "123456 – 785",
        "gb29 nwbk 6016 1331 9268 19",
        "fi93",
        "",
        "oma tili",
        "fi9x 99",
        "FI93 9999 / Nordea",
        "123456 - 785 Nordea",
    ]
    read = ["FI9399999900000014", "FI9399999900000014", "SE4550000000058398257466", "123456-785"]
    read += ["GB29NWBK60161331926819", "FI93", *given_[6:]]
    reading = bank.ACCOUNT.read(Cells(column(given_)), load("partners").main["bank_account"], Context())
    assert reading.text.tolist() == read
    assert repairs(reading) == {"account_form_changed": [1, 2, 3, 4, 5]}


@pytest.mark.parametrize(
    "value", ["SE4550000000058398257466", "EE382200221020145685", "DE89370400440532013000", "BE41539007547035", "123456-00000785"]
)
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


@pytest.mark.parametrize(
    "value",
    [
        "maija@example.com", "maija.malli+lasku@sub.example.fi", "a@b.co", "MAIJA@EXAMPLE.COM", "m@example-1.co.uk", "m@öljy.fi", "m@1-ä.fi",
        "mailto:maija@example.com", "MAILTO:maija@example.com", "a.!#$%&'*+/=?^_`{|}~-b@example.com",
    ],
)  # fmt: skip
def test_e_mail_addresses(value):
    assert line_problems(R=value) == []
    assert cells("partners", upload(changed(CUSTOMER, R=value)), 17) == [value.split(":")[-1]]


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("value", "suggestion"),
    [
        ("maija", None),
        ("maija@", None),
        ("@example.com", None),
        ("maija@example", None),
        ("a@b.fi, c@d.fi", "a@b.fi"),
        ("a@b.fi c@d.fi", "a@b.fi"),
        ("a@b, c@d.fi", None),
        ("Maija <maija@example.com>", "maija@example.com"),
        ("Maija <maija example.com>", None),
        ("Maija <@example.com>", None),
        ("Maija <maija@>", None),
        ("maija@@example.com", None),
        ("ma ija@example.com", None),
        ("maija..m@example.com", None),
        ("maija@example..com", None),
        (".maija@example.com", None),
        ("maija.@example.com", None),
        ("maija@.com", None),
        ("maija@-example.com", None),
        ("maija@example-.com", None),
        ("maija@example.c", None),
        ("maija@example.com1", None),
        ("(maija@example.com", None),
        ("xmailto:maija@example.com", None),
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
        ({"Postitoimipaikka": "x" * 41}, "E"),
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


ADDRESS = r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\FI"


@pytest.mark.parametrize(
    ("given_", "in_a_table", "as_uploaded"),
    [
        (ADDRESS, ADDRESS, ADDRESS),
        (r" Esimerkki Oy \ Mallikatu 1\00100 \ Helsinki\fi ", ADDRESS, ADDRESS),
        (r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\Suomi", ADDRESS, r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\Suomi"),
        (r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\ ", r"Esimerkki Oy\Mallikatu 1\00100\Helsinki" + "\\", None),
        (r"Esimerkki Oy\Helsinki\ Suomi", r"Esimerkki Oy\Helsinki\Suomi", r"Esimerkki Oy\Helsinki\Suomi"),
        (r"Esimerkki Oy \Mallikatu 1\00100\Helsinki\FI", ADDRESS, ADDRESS),
        (r"Esimerkki Oy\ Mallikatu 1\00100\Helsinki\FI", ADDRESS, ADDRESS),
        ("", "", ""),
    ],
)
def test_parts_of_addresses_lose_blanks_and_the_country_becomes_its_code(given_, in_a_table, as_uploaded):
    for context, expected in ((Context(layout=TABLE), in_a_table), (Context(), in_a_table if as_uploaded is None else as_uploaded)):
        reading = addresses.ADDRESS.read(Cells(column([given_])), load("partners").main["billing_address"], context)
        assert reading.text.tolist() == [expected]
        assert repairs(reading) == ({"address_form": [0]} if expected != given_ else {})


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        (r"Mallikatu 1\00100\Helsinki", Fault("address_parts", details={"count": 2, "least": 4, "most": 5})),
        (r"a\b\c\d\e\00100\FI", Fault("address_parts", details={"count": 6, "least": 4, "most": 5})),
        (r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\XX", Fault("address_country", details={"country": "XX"})),
        (
            r"Esimerkki Oy\Mallikatu 1\00100\London\UK",
            Fault("address_country", None, r"Esimerkki Oy\Mallikatu 1\00100\London\GB", {"country": "UK"}),
        ),
        (r"Esimerkki Oy\Mallikatu 1\10000\Pristina\XK", Fault("address_country", Severity.WARNING, details={"country": "XK"})),
        ("Esimerkki Oy\\Mallikatu 1\\00100\\Helsinki\\", Fault("address_without_country", Severity.WARNING)),
        (r"\Mallikatu 1\00100\Helsinki\FI", Fault("address_part_empty", Severity.WARNING, details={"part": "name"})),
        (r"Esimerkki Oy\Mallikatu 1\\Helsinki\FI", Fault("address_part_empty", Severity.WARNING, details={"part": "postal code"})),
        (r"\Mallikatu 1\\Helsinki\FI", Fault("address_part_empty", Severity.WARNING, details={"part": "name"})),
        (r"Esimerkki Oy\\Mallikatu 1\00100\Helsinki\FI", Fault("address_part_empty", Severity.WARNING, details={"part": "specifier"})),
        ("x" * 255, Fault("address_parts", details={"count": 0, "least": 4, "most": 5})),
    ],
)
def test_what_is_said_about_addresses(address, fault):
    field = load("partners").main["billing_address"]
    assert addresses.ADDRESS.right(column([address]), field, Context()).tolist() == [False]
    explained = addresses.ADDRESS.explain(address, field, Context())
    details = {name: said["en"].lower() if name == "part" else said for name, said in explained.details.items() if name in fault.details}
    assert replace(explained, details=details, part="") == fault


def test_an_address_of_an_invoice_has_no_name():
    field = load("invoices").main["partner_address"]
    given_ = [
        r"Mallikatu 1\00100\Helsinki\FI",
        r"Ostolaskut\Mallikatu 1\00100\Helsinki\FI",
        r"a\b\Mallikatu 1\00100\Helsinki\FI",
        r"Katu\00100\FI",
    ]
    assert addresses.ADDRESS.right(column(given_), field, Context()).tolist() == [True, True, False, False]
    assert addresses.ADDRESS.explain(given_[2], field, Context()).details.items() >= {"count": 5, "least": 3, "most": 4}.items()


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
    assert addresses.join({"city": column(["A"])}, "name_address").tolist() == ["\\\\\\A\\"]
    parts["specifier"] = ["", "", "Ostot"]
    joined = addresses.join({part: column(texts) for part, texts in parts.items()}, "name_address")
    assert joined.tolist() == [r"Esimerkki Oy\Mallikatu 1\00100\Helsinki\FI", "", "\\Ostot\\\\\\Turku\\"]


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


# --- numbers, identifiers and codes of digits, column by column ------------------------------------------------------


def test_identifiers_lose_blanks_and_small_letters_and_other_texts_stay():
    given_ = [
        "9100001-3",
        "010190-900P",
        "010190 – 900p",
        "ee 100931558",
        "9100001 −3",
        "tulossa",
        "lasku 12",
        "9100001 3",
        "",
        "x010190-900p",
        "010190-900px",
        "ee 1",
        "xee100931558",
        "ee1009315581234",
    ]
    reading = identifiers.ANY_IDENTIFIER.read(Cells(column(given_)), load("partners").main["business_id"], Context())
    assert reading.text.tolist() == ["9100001-3", "010190-900P", "010190-900P", "EE100931558", "9100001-3", *given_[5:]]
    assert repairs(reading) == {"business_id_notation": [4], "identity_code_notation": [2], "vat_number_notation": [3]}


def test_an_identity_code_of_the_nineteenth_century_is_brought_into_form():
    reading = identifiers.IDENTITY_CODE.read(Cells(column(["010190 +900p"])), load("salary-info").main["personal_identity_code"], Context())
    assert (reading.text.tolist(), repairs(reading)) == (["010190+900P"], {"identity_code_notation": [0]})


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("91000013", Fault("business_id_form", suggestion="9100001-3")),
        ("100 000-2", Fault("business_id_form")),
        ("100000-2-", Fault("business_id_form")),
        ("9100001 3", Fault("business_id_form", suggestion="9100001-3")),
        ("FI91000013", Fault("business_id_form", suggestion="9100001-3")),
        ("fi 9100001-3", Fault("business_id_form", suggestion="9100001-3")),
        ("FI-91000014", Fault("business_id_form")),
        ("100000-2", Fault("business_id_form", suggestion="0100000-2")),
        ("9100001-4", Fault("business_id_check_digit", suggestion="9100001-3")),
        ("1000008-0", Fault("business_id_check_digit")),
        ("010190-900P", Fault("identity_code_for_business_id")),
        ("010190-900O", Fault("business_id_form")),
        ("9100001-33", Fault("business_id_form")),
        ("tulossa", Fault("business_id_form")),
    ],
)
def test_what_is_said_about_business_ids(value, fault):
    assert identifiers.explain_business_id(value) == fault


@pytest.mark.parametrize(
    ("born", "number", "problem"),
    [
        ("010190-", 0, "identity_code_form"),
        ("010190-", 1, "identity_code_form"),
        ("010190-", 900, "identity_code_temporary"),
        ("290204+", 900, "identity_code_temporary"),
        ("290204-", 900, "identity_code_temporary"),
        ("290216-", 900, "identity_code_temporary"),
        ("290200X", 900, "identity_code_date"),
        ("290200+", 900, "identity_code_date"),
        ("290200-", 900, "identity_code_date"),
        ("290200A", 900, "identity_code_temporary"),
    ],
)
def test_individual_numbers_begin_with_two_and_leap_days_are_those_of_the_century(born, number, problem):
    code = f"{born}{number:03d}{ALPHABET[int(f'{born[:6]}{number:03d}') % 31]}"
    assert identifiers.explain_identity_code(code).problem == problem


def test_what_is_meant_as_an_identity_code_is_told_from_other_numbers():
    """Also without the zero of the day, and without the last character."""
    meant = ["010190-900P", "10190-900P", "010190-900", "10190-900", "10190+900", "10190A900", "311290-900"]
    others = ["", "7", "010190", "010190-90", "010190-90P", "10190-90", "320190-900", "01190-900", "1190-900", "11390-900", "10190*900"]
    assert identifiers.meant_as_identity_code(column([*meant, *others])).tolist() == [True] * len(meant) + [False] * len(others)


def test_the_right_character_of_an_identity_code_is_told_where_personal_data_is_shown():
    report = check("partners", upload(changed(CUSTOMER, A="SSN", B="010190-900X", C="P")), show_personal_data=True)
    assert "it is P" in next(issue.hint for issue in report.issues if issue.column == "B")


def test_an_identity_code_that_is_too_long_is_told_as_that_only():
    field = load("salary-info").main["personal_identity_code"]
    codes_ = ["010190-900P", "x" * 41, "x" * 40]
    assert identifiers.IDENTITY_CODE.right(column(codes_), field, Context()).tolist() == [False, True, False]


EDI_CODES = {
    "003791000013": None,
    "00379100001300001": None,
    "123456789012": None,
    "12345678901234567": None,
    "379100001400": None,
    "003791000014": Fault("edi_check_digit", Severity.WARNING),
    "00379100001400001": Fault("edi_check_digit", Severity.WARNING),
    "379100001300": Fault("edi_zeros", Severity.WARNING, "00379100001300"),
    "379100001300123": Fault("edi_zeros", Severity.WARNING, "00379100001300123"),
    "3791000013": Fault("edi_form", suggestion="003791000013"),
    "OVT: 0037 9100 0013": Fault("edi_form", suggestion="003791000013"),
    "37910000": Fault("edi_form"),
    "12345678901": Fault("edi_form"),
    "0037910000130000012": Fault("edi_form"),
    "123456789012345678": Fault("edi_form"),
    "3791000013001234": None,
    "12345678901X": Fault("edi_form"),
    "OVT123456789012": Fault("edi_form"),
    "37910000140": Fault("edi_form", suggestion="0037910000140"),
}


def test_edi_codes_of_a_column_are_judged_as_each_of_them_is_explained():
    field = load("partners").main["edi_code"]
    for values in (list(EDI_CODES), list(EDI_CODES)[:3], list(EDI_CODES)[7:9], list(EDI_CODES)[11:]):
        assert identifiers.EDI.right(column(values), field, Context()).tolist() == [EDI_CODES[value] is None for value in values]
    for value, fault in EDI_CODES.items():
        assert identifiers.explain_edi(value) == fault
        if fault:
            assert identifiers.EDI.explain(value, field, Context()) == fault


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("003723327487", None),
        ("DABAFIHH", None),
        ("003791000014", Fault("edi_check_digit", Severity.WARNING)),
        ("3791000013", Fault("operator_form", suggestion="003791000013")),
        ("OVT003791000013", Fault("operator_form", suggestion="003791000013")),
        ("379100001300", Fault("operator_form", suggestion="00379100001300")),
        ("12345", Fault("operator_form")),
        ("operaattori", Fault("operator_form")),
    ],
)
def test_what_is_said_about_operators(value, fault):
    field = load("partners").main["operator_id"]
    assert identifiers.OPERATOR.right(column([value]), field, Context()).tolist() == [fault is None]
    if fault:
        assert identifiers.OPERATOR.explain(value, field, Context()) == fault


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("003791000013", None),
        ("FI9399999900000014", None),
        ("TE0037910000131", None),
        ("0037X", None),
        ("3791000014", None),
        ("1234567890", None),
        ("x" * 35, None),
        ("oma osoite", Fault("e_invoice_address_blanks")),
        ("003791000014", Fault("e_invoice_address_edi", Severity.WARNING)),
        ("3791000013", Fault("e_invoice_address_edi", Severity.WARNING, "003791000013")),
        ("379100001300123", Fault("e_invoice_address_edi", Severity.WARNING, "00379100001300123")),
        ("3791000013001234", None),
        ("FI9399999900000015", Fault("e_invoice_address_iban", Severity.WARNING)),
        ("x" * 36, Fault("e_invoice_address_long", Severity.WARNING, details={"max": 35})),
    ],
)
def test_what_is_said_about_e_invoice_addresses(value, fault):
    field = load("partners").main["e_invoice_address"]
    assert identifiers.E_INVOICE_ADDRESS.right(column([value]), field, Context()).tolist() == [fault is None]
    if fault:
        assert identifiers.E_INVOICE_ADDRESS.explain(value, field, Context()) == fault


def test_codes_of_digits_lose_blanks_and_other_texts_stay():
    given_ = ["003791000013", "0037 9100 0013", "OVT 003791000013", "DABA FI HH", "oma: osoite 1", ""]
    reading = identifiers.EDI.read(Cells(column(given_)), load("partners").main["edi_code"], Context())
    assert reading.text.tolist() == ["003791000013", "003791000013", "OVT003791000013", "DABAFIHH", "oma: osoite 1", ""]
    assert (repairs(reading), complaints(reading)) == ({"blanks_inside": [1, 2, 3]}, {})


def test_codes_that_a_spreadsheet_turned_into_rounded_numbers_have_lost_digits():
    numbers_ = ["1234567890123456", "123456789012345", "12.5", "12,5", "12"]
    texts = ["1,23E+15", "1.2e5", "12E5", "1E-5", "E12", "x1e5", "1e5x", "1,E5", "1234567890123456", "12.5", "12E", "7e+"]
    types = np.array([CellType.NUMBER] * len(numbers_) + [CellType.TEXT] * len(texts), np.uint8)
    for kind in (identifiers.POSTAL_CODE, identifiers.CUSTOMER_NUMBER, identifiers.EDI, bank.REFERENCE):
        reading = kind.read(Cells(column([*numbers_, *texts]), types), load("partners").main["edi_code"], Context())
        assert complaints(reading) == {"digits_lost": [0, 2, 3, 5, 6, 7]}


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("12,5", "-12,5"),
        ("-12,5", "12,5"),
        ("1 200,00 €", "-1200,00"),
        ("n. 12", "n. 12"),
        ("0,00", "0,00"),
        ("--5", "--5"),
        ("-5-", "-5-"),
        ("−5", "5"),
        ("1,234", "-1,234"),
        ("1,234-", "1,234"),
    ],
)
def test_a_text_with_the_other_sign(text, turned):
    assert numbers.with_other_sign(text, numbers.MONEY) == turned


def number_reading(values, key="products.unit_price", kind=CellType.TEXT, **context):
    field = field_of(key)
    types = np.full(len(values), kind, np.uint8)
    return KINDS[field.reader].read(Cells(column(values), types), field, Context(**{"layout": TABLE, **context}))


def test_numbers_that_a_spreadsheet_stored_are_taken_as_they_are():
    reading = number_reading(["1234.5", "1.234", "5", ""], kind=CellType.NUMBER)
    assert (reading.text.tolist(), repairs(reading), complaints(reading)) == (["1234,5", "1,234", "5", ""], {}, {})
    reading = number_reading(["25.5", "14", ""], "products.discount_percent", CellType.PERCENT)
    assert (reading.text.tolist(), complaints(reading)) == (["25,5", "14", ""], {})
    reading = number_reading(["25.5", ""], "products.unit_price", CellType.PERCENT)
    assert (reading.text.tolist(), repairs(reading), complaints(reading)) == (["25,5", ""], {}, {"percent_cell_elsewhere": [0, 1]})
    reading = number_reading(["0012", "000", "0", "00.5", "0100"], kind=CellType.PADDED)
    assert (reading.text.tolist(), complaints(reading)) == (["12", "0", "0", "0,5", "100"], {})


def test_cells_of_several_types_stand_in_one_column():
    types = np.array([CellType.NUMBER, CellType.PADDED, CellType.PERCENT, CellType.TEXT, CellType.TEXT], np.uint8)
    reading = KINDS["decimal"].read(
        Cells(column(["1.5", "0012", "25.5", "0012", "1.5"]), types), field_of("products.discount_percent"), Context(layout=TABLE)
    )
    assert reading.text.tolist() == ["1,5", "12", "25,5", "0012", "1,5"]
    assert repairs(reading) == {"percent_cell": [2], "decimal_point": [4]}
    types = np.array([CellType.NUMBER, CellType.TEXT, CellType.TEXT], np.uint8)
    reading = KINDS["decimal"].read(
        Cells(column(["1.234", "1,234", "1,234.5"]), types), field_of("products.unit_price"), Context(layout=TABLE)
    )
    assert reading.text.tolist() == ["1,234", "1234", "1234,5"]


@pytest.mark.parametrize("context", [{"layout": PROCOUNTOR}, {"as_is": True}])
@pytest.mark.parametrize("values", [["1,234", "5.5"], ["1.234", "5,5"], ["1.234", "1.234,5"]])
def test_in_the_files_own_layout_other_cells_do_not_show_the_mark(values, context):
    assert number_reading(values, **context).text.iloc[0] == "1,234"


@pytest.mark.parametrize("key", ["products.vat_percent", "products.discount_percent"])
def test_a_fraction_whose_format_cannot_be_seen_may_be_a_percentage(key):
    reading = number_reading(["0.255", "0.05", "0.5", "0.0", "0", "1.5", "14", "10.5"], key, CellType.UNSEEN)
    assert complaints(reading) == {"fraction_or_percent": [0, 1, 2]}
    (remark,) = (remark for remark in reading.remarks if remark.problem == "fraction_or_percent")
    assert list(remark.suggestions) == ["25,5", "5", "50"]
    assert complaints(number_reading(["0.255"], key, CellType.NUMBER)) == {}


@pytest.mark.parametrize("key", ["products.unit_price", "budgets.january_sum", "partners.cash_discount_days"])
def test_a_fraction_of_another_field_is_a_number(key):
    assert complaints(number_reading(["0.255"], key, CellType.UNSEEN)) == {}


@pytest.mark.parametrize(
    ("key", "context", "unsure"),
    [
        ("products.unit_price", {}, True),
        ("products.unit_price", {"layout": PROCOUNTOR}, False),
        ("products.unit_price", {"as_is": True}, False),
        ("budgets.january_sum", {}, True),
        ("budgets.january_sum", {"layout": PROCOUNTOR}, True),
        ("budgets.january_sum", {"layout": PROCOUNTOR, "as_is": True}, False),
    ],
)
def test_where_a_mark_and_three_digits_are_asked_about(key, context, unsure):
    reading = number_reading(["1.234", "12,345", "-1.234 €", "0,125", "1234.5", ""], key, **context)
    assert complaints(reading) == ({"ambiguous_number": [0, 1, 2]} if unsure else {})
    if unsure:
        (remark,) = (remark for remark in reading.remarks if remark.problem == "ambiguous_number")
        assert list(remark.details["whole"]) == ["1234", "12345", "-1234"]
        assert list(remark.details["part"]) == ["1,234", "12,345", "-1,234"]
        assert list(remark.suggestions) == list(remark.details["whole"])


def test_a_point_for_a_comma_is_told_apart_from_other_notations():
    reading = number_reading(["8.50", "8,50", "1 234.50", "5 €", "viisi", "-8.5"])
    assert reading.text.tolist() == ["8,50", "8,50", "1234,50", "5", "viisi", "-8,5"]
    assert repairs(reading) == {"decimal_point": [0, 5], "number_form": [2, 3]}


@pytest.mark.parametrize(
    ("values", "settings_", "mark"),
    [
        (["5,5", "1.234"], {}, ","), (["5,50 €", "1.234"], {}, ","), (["5,5555", "1.234"], {}, ","), (["1234,567", "1.234"], {}, ","),
        (["0,125", "1.234"], {}, ","), (["1.234,5", "1.234"], {}, ","), (["5.5", "1.234"], {}, "."), (["5.5555 €", "1.234"], {}, "."),
        (["1234.567", "1.234"], {}, "."), (["0.125", "1.234"], {}, "."), (["1,234.5", "1.234"], {}, "."), (["5,5", "5.5", "1.234"], {}, ""),
        (["1,234", "1.234"], {}, ""), (["10,125", "1.234"], {}, ""), (["5", "1.234"], {}, ""), (["5,5", "1.234"], {"decimal_mark": "."}, "."),
        (["10,5 €", "1.234"], {}, ","), (["5,5", "", "1.234"], {}, ","), (["1 234,5", "1.234"], {}, ","),
        (["1,234,56", "1.234"], {}, ""), (["1.234.56", "1.234"], {}, ""), (["123,456", "1.234"], {}, ""), (["123.456", "1.234"], {}, ""),
        *(([text, "1.234"], {}, "") for text in ("5,", "5.", "1234,", "1234.", "0,", "0.", "1,234.", "1.234,")),
    ],
)  # fmt: skip
def test_the_decimal_mark_of_a_column(values, settings_, mark):
    reading = number_reading(values, settings=Settings(**settings_))
    last = len(values) - 1
    assert (last in complaints(reading).get("ambiguous_number", [])) == (mark == "")
    assert reading.text.iloc[last] == {",": "1234", ".": "1,234", "": "1.234"}[mark]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("-,5", "-0,5"), (",5", "0,5"), (".5", "0,5"), ("+5", "5"), ("-  5", "-5"), ("5-", "-5"), ("5 -", "-5"), ("€5", "5"), ("eur 5,5", "5,5"),
        ("5 EUR", "5"), ("−5", "-5"), ("–5,5", "-5,5"), ("-1 234.567", "-1234,567"), ("12.345.678,9", "12345678,9"), ("12,345,678.9", "12345678,9"),
        ("-1.234,5", "-1234,5"), ("-1,234.5", "-1234,5"), ("-1.234.567", "-1234567"), ("-1,234,567", "-1234567"), ("1.234", "1,234"), ("123.456,7", "123456,7"),
        ("123,456.7", "123456,7"), ("123.456.789", "123456789"), ("123,456,789", "123456789"), ("  7 ", "7"),
        ("1 234,50 €", "1234,50"), ("1 234 567,8", "1234567,8"),
        *((text, text) for text in (
            "1,234", "-1,234", ".234,5", ".234.567", ",234.5", ",234,567", "1234.567.890", "1234,567,890", "5-3", "−", "€", "%", "€5,",
            "--5", "-5-", "5€5", "5%5", "5+5", "'234", "1,2.3", "5,", ",", "-", "", "1 2345", "1 23", "1234 567", "1.234.56", "1.23.456", "1,234,5", "1234.567,8", "1234,567.8",
            "1.234.5678", "1,234,5678", "1.234,", "1 234,", "x1.234.567", "1.234.567x", "$5", "5 SEK", "5 kpl", "+-5x",
        )),
    ],
)  # fmt: skip
def test_plain_numbers(text, plain):
    assert numbers.plain_number(text, measure="money") == plain


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [
        (" 1.234 ", True),
        ("-1,234 €", True),
        ("€ 123.456", True),
        ("+1,234", True),
        ("+1.234", True),
        ("−1.234", True),
        ("–1,234", True),
        ("1.234-", True),
        ("1234.567", False),
        ("0,125", False),
        ("1.2345", False),
        ("1.234,5", False),
    ],
)
def test_a_number_that_can_be_read_in_two_ways(text, ambiguous):
    assert numbers.is_ambiguous(text) is ambiguous


def test_canonical_numbers_become_decimals_of_twelve_places():
    texts = [
        "1,5",
        "-2",
        "5,",
        "viisi",
        "0,0000000000005",
        "-0,0000000000005",
        "0,00000000000049",
        "9" * 20,
        "9" * 21,
        "0," + "3" * 40,
        "1.5",
    ]
    made = numbers.to_decimals(column(texts)).to_pylist()
    assert made[:4] == [Decimal("1.5"), Decimal(-2), None, None]
    assert made[4:7] == [Decimal("0.000000000001"), Decimal("-0.000000000001"), Decimal(0)]
    assert made[7:] == [Decimal("9" * 20), None, Decimal("0." + "3" * 12), Decimal("1.5")]


@pytest.mark.parametrize(
    ("key", "value", "fault"),
    [
        ("products.unit_price", "0", None),
        ("products.unit_price", "1,2345", None),
        ("products.unit_price", "1,2345000", None),
        ("products.unit_price", "1,23450001", Fault("unusual_decimals", Severity.WARNING, details={"decimals": 4})),
        ("products.unit_price", "1,23456", Fault("unusual_decimals", Severity.WARNING, details={"decimals": 4})),
        ("products.unit_price", "-0,01", Fault("number_too_small", details={"min": "0"})),
        ("products.unit_price", "1 234,5", Fault("number_form", suggestion="1234,5")),
        ("products.unit_price", "1,5E3", Fault("exponent")),
        ("products.unit_price", "-15e-3", Fault("exponent")),
        ("products.unit_price", "1,5E", Fault("not_a_number", details={"example": "8,5"})),
        ("products.unit_price", "1e3x", Fault("not_a_number", details={"example": "8,5"})),
        ("products.unit_price", "viisi", Fault("not_a_number", details={"example": "8,5"})),
        ("products.unit_price", "5,", Fault("not_a_number", details={"example": "8,5"})),
        ("products.unit_price", "e3", Fault("not_a_number", details={"example": "8,5"})),
        ("products.unit_price", "1,e3", Fault("not_a_number", details={"example": "8,5"})),
        ("products.unit_price", "9" * 20 + ",12345", Fault("unusual_decimals", Severity.WARNING, details={"decimals": 4})),
        ("products.discount_percent", "100", None),
        ("products.discount_percent", "100,01", Fault("number_too_large", details={"max": "100"})),
        ("invoices.invoice_discount_percent", "12,345", Fault("too_many_decimals", details={"decimals": 2})),
        ("salary-info.base_salary", "999999999,99", None),
        ("salary-info.base_salary", "1000000000", Fault("number_too_large", details={"max": "999999999,99"})),
        ("salary-info.base_salary_hours", "0", Fault("number_too_small", details={"min": "0,01"})),
        ("invoices.invoice_total", "9" * 20, None),
        ("invoices.invoice_total", "-" + "9" * 20, None),
        ("invoices.invoice_total", "1" + "0" * 20, Fault("number_too_large", details={"max": "9" * 20})),
        ("invoices.invoice_total", "-1" + "0" * 20, Fault("number_too_large", details={"max": "9" * 20})),
        ("budgets.january_sum", "14", None),
        ("budgets.january_sum", "14,5", Fault("not_whole", suggestion="15")),
        ("budgets.january_sum", "-14,4", Fault("not_whole", suggestion="-14")),
        ("invoices.cash_discount_days", "7,5", Fault("not_whole")),
        ("invoices.cash_discount_days", "viisi", Fault("not_a_number", details={"example": "14"})),
        ("products.vat_percent", "viisi", Fault("not_a_number", details={"example": "25,5"})),
        ("budgets.january_sum", "viisi", Fault("not_a_number", details={"example": "14"})),
        ("budgets.january_sum", "vii,si", Fault("not_a_number", details={"example": "14"})),
        ("budgets.january_sum", "1" + "0" * 20, Fault("number_too_large", details={"max": "9" * 20})),
        ("partners.cash_discount_days", "1000", Fault("number_too_large", details={"max": "999"})),
        ("budgets.total.year_total", "1,23456789", None),
    ],
)
def test_what_is_said_about_numbers(key, value, fault):
    field = field_of(key)
    assert KINDS[field.reader].right(column([value]), field, Context()).tolist() == [fault is None]
    if fault:
        assert KINDS[field.reader].explain(value, field, Context()) == fault


# --- what every cell goes through before its kind ---------------------------------------------------------------------


def cleaned(cells_, key="products.product_name", **context):
    """Texts, or pairs of text and type of cell, freed of what spreadsheets leave around them."""
    pairs = [(cell, CellType.TEXT) if isinstance(cell, str) else cell for cell in cells_]
    types = np.array([kind for _, kind in pairs], np.uint8)
    return text.clean(Cells(column([cell for cell, _ in pairs]), types), field_of(key), Context(**context))


ERRORS = (
    "#REF! #N/A #NAME? #VALUE! #DIV/0! #NULL! #NUM! #SPILL! #CALC! #ARVO! #NIMI? #VIITTAUS! #PUUTTUU! #PUUTTUU #JAKO/0! "
    "#VÄRDEFEL! #REFERENS! #SAKNAS! #SAKNAS #NAMN? #DIVISION/0! #n/a"
)


def test_errors_formulas_and_truth_values_of_spreadsheets_are_no_data():
    errors = ERRORS.split()
    assert complaints(cleaned(errors)) == {"error_cell": list(range(len(errors)))}
    others = ["N/A", "x #REF!", "#REF! x", "#1", ("Virhe", CellType.ERROR), ("#N/A", CellType.UNCOMPUTED), ("=A1", CellType.UNCOMPUTED)]
    assert complaints(cleaned(others)) == {"error_cell": [4, 5], "formula_cell": [6]}
    formulas = ["=SUMMA(A1:A2)", "=-A1", "=+A1", "=(1+2)", "a =A1"]
    assert complaints(cleaned(formulas)) == {"formula_text": [0, 1, 2, 3]}
    truth = [("TRUE", CellType.BOOLEAN), "TRUE"]
    assert complaints(cleaned(truth)) == {"boolean_cell": [0]}
    assert complaints(cleaned(truth, "partners.passivity_code")) == complaints(cleaned(truth, "products.product_type")) == {}


@pytest.mark.parametrize(
    ("given_", "like"),
    [
        (["= 5", "=5", "@maija", " =x", "-x", "+ x", "- (5)", "-5 litraa", "+5-x", "-5x", "+*5", "-x -5", "+()12345", "+1/234"], True),
        (["-5", "+5", "- 5,50 €", "-5 %", "-5 kpl", "+7 h", "-5 EUR", "+358 40 123 4567", "+(358) 40-123", "+358/401.234", "a = b", "5 - x", "a@b", "-5h", "++5", "+1/2345", "+1/23456"], False),
        (["+1234 5678 90x", "+358 4x", "+358", "--5"], None),
    ],
)  # fmt: skip
def test_text_that_a_spreadsheet_could_reckon_is_a_warning(given_, like):
    found = complaints(cleaned(given_)).get("like_formula", [])
    assert found == {True: list(range(len(given_))), False: [], None: [0, 1]}[like]
    assert all(r.severity is Severity.WARNING for r in cleaned(given_).remarks if r.problem == "like_formula")
    for key in ("products.unit_price", "products.product_type", "invoices.invoice_date", "invoices.vat_included"):
        assert "like_formula" not in complaints(cleaned(given_, key))


def test_cells_whose_type_does_not_fit_the_field_are_told():
    stored = [
        ("2026-01-01", CellType.DATE),
        ("2026-01-01 10:00:00", CellType.DATETIME),
        ("10:00:00", CellType.TIME),
        ("0012", CellType.PADDED),
    ]
    stored += [("1234567890123456", CellType.NUMBER), ("-1234567890123456", CellType.NUMBER), ("123456789012345", CellType.NUMBER)]
    stored += [("0.12345678901234567", CellType.NUMBER), ("1234567890123456", CellType.TEXT)]
    reading = cleaned(stored)
    assert (repairs(reading), complaints(reading)) == (
        {"zeros_shown": [3]},
        {"shown_otherwise": [7], "date_cell": [0, 1, 2], "digits_lost": [4, 5]},
    )
    reading = cleaned(stored, "products.unit_price")
    assert (repairs(reading), complaints(reading)) == ({}, {"date_cell": [0, 1, 2]})
    assert complaints(cleaned(stored[:3], "invoices.invoice_date")) == {}
    assert complaints(cleaned(stored[:3], "payroll.quantity")) == {"date_cell": [0, 1]}


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("products.product_name", [0, 1, 2, 3, 4, 5]),
        ("products.product_code", [0, 1, 2, 3, 4, 5]),
        ("partners.customer_number", [0, 1, 2, 3]),
        ("products.unit_price", [0, 1]),  # of the third its own rule tells
        ("products.vat_percent", [0]),
        ("budgets.january_sum", []),
        ("budgets.total.year_total", [0, 1, 2]),
    ],
)
def test_a_number_that_its_format_shows_with_fewer_digits_is_told(key, told):
    shown = [
        ("1.25", CellType.ROUNDED),
        ("1.2345", CellType.ROUNDED),
        ("1.23456", CellType.ROUNDED),
        ("1.2", CellType.DRESSED),
        ("1.2", CellType.NUMBER),
        ("25", CellType.PERCENT),
        ("12", CellType.NUMBER),
        ("1.2", CellType.TEXT),
    ]
    assert complaints(cleaned(shown, key)).get("shown_otherwise", []) == told


BREAKS = ("\n", "\r\n", "\r", "\x0b", "\x0c", "\u2028", "\u2029")


@pytest.mark.parametrize("mark", BREAKS, ids=ascii)
def test_line_breaks_become_blanks_in_free_text_and_are_an_error_elsewhere(mark):
    given_ = [f"yksi{mark}kaksi", f"yksi {mark}{mark} kaksi", f"{mark}yksi", f"yksi {mark} ", "yksi", ""]
    reading = cleaned(given_, "products.additional_information")
    assert reading.text.tolist() == ["yksi kaksi", "yksi kaksi", "yksi", "yksi", "yksi", ""]
    assert (repairs(reading), complaints(reading)) == ({"line_break": [0, 1, 2, 3]}, {})
    reading = cleaned(given_)
    assert reading.text.tolist() == [given_[0], given_[1], "yksi", "yksi", "yksi", ""]
    assert (repairs(reading), complaints(reading)["line_break_inside"]) == ({"line_break": [2, 3]}, [0, 1])


def test_blanks_at_the_ends_and_special_ones_are_put_right():
    given_ = ["a", " a", "a ", "\u2007a", "a\u2009", "\u202f\u00a0a b ", "a\u00a0b", "1\u00a0234", "", "\u2009a", "a\u2007", "a\u202f"]
    reading = cleaned(given_)
    assert reading.text.tolist() == ["a", "a", "a", "a", "a", "a b", "a b", "1 234", "", "a", "a", "a"]
    assert (repairs(reading), complaints(reading)) == ({"blanks": [1, 2, 3, 4, 5, 6, 7, 9, 10, 11]}, {})
    reading = cleaned([*given_[7:9], "\u00a01,5\u00a0"], "products.unit_price")
    assert (reading.text.tolist(), repairs(reading)) == (["1\u00a0234", "", "1,5"], {"blanks": [2]})


def test_the_apostrophe_of_a_spreadsheet_is_left_out_and_that_of_a_word_stays():
    reading = cleaned(["'007", "’+358 40 000", "'12aB", "'0012AB", "'90-luvun Oy", "'n Roll", "a'1"])
    assert reading.text.tolist() == ["007", "+358 40 000", "12aB", "0012AB", "'90-luvun Oy", "'n Roll", "a'1"]
    assert repairs(reading)["apostrophe"] == [0, 1, 2, 3]


def test_a_tab_becomes_a_blank_and_other_control_characters_are_an_error():
    reading = cleaned(["a\tb", "a\x07b", "a\t\x7fb", "ab", "a\x00", "a\x1fb", "a\x0eb", ""])
    assert reading.text.tolist()[0] == "a b"
    assert repairs(reading) == {"control_character": [0]}
    assert complaints(reading)["control_character"] == [1, 2, 4, 5, 6]


def test_garbled_letters_are_suspected_and_read_anew():
    garbled = ["PÃ¶ytÃ¤", "Ã\x80la", "Â§ 5", "Ãz PÃ¤ä", "hintaâ€“", "loppuâ€"]
    reading = cleaned([*garbled, "Ãz", "Ây", "Pöytä", "poyta"])
    assert reading.text.tolist()[:6] == garbled
    assert complaints(reading)["mojibake"] == [0, 1, 2, 3, 4, 5]
    (remark,) = (remark for remark in reading.remarks if remark.problem == "mojibake")
    assert remark.severity is Severity.WARNING
    assert remark.suggestions.tolist() == ["Pöytä", "Àla", "§ 5", "Ãz Pää", "hinta–", None]


@pytest.mark.parametrize(
    ("encoding", "written", "replaced", "unknown"),
    [
        (
            "cp1252",
            ["Łódź", "日本", "A-B", "firma", "Pöytä", "–", "abc", "Łó-", "a\u00adä", "-–"],
            [2, 3, 9],
            {0: "Ł ź", 1: "日 本", 7: "Ł"},
        ),
        ("utf-8", ["Łódź", "日本", "A-B", "firma", "Pöytä", "–", "abc", "Łó-", "aä", "-–"], [2, 3, 7, 8, 9], {}),
        (
            "iso-8859-1",
            ["Łódź", "日本", "A-B", "firma", "Pöytä", "-", "abc", "Łó-", "a\u00adä", "--"],
            [2, 3, 5, 9],
            {0: "Ł ź", 1: "日 本", 7: "Ł"},
        ),
    ],
)
def test_characters_outside_the_encoding_are_replaced_by_equal_ones_or_told(encoding, written, replaced, unknown):
    given_ = ["Łódź", "日本", "A\u2010B", "\ufb01rma", "Pöytä", "–", "abc", "Łó\u2010", "a\u00adä", "\u2010–"]
    reading = cleaned(given_, settings=Settings(encoding=encoding))
    assert reading.text.tolist() == written
    assert repairs(reading) == {"character_replaced": replaced}
    assert complaints(reading) == ({"character_unknown": list(unknown)} if unknown else {})
    details = [list(r.details["characters"]) for r in reading.remarks if r.problem == "character_unknown" and r.mask.any()]
    assert details == ([list(unknown.values())] if unknown else [])


@pytest.mark.parametrize(("encoding", "mark"), [("cp1252", "”"), ("utf-8", "”"), ("iso-8859-1", "'")])
def test_a_straight_quotation_mark_becomes_one_that_the_encoding_has(encoding, mark):
    reading = cleaned(['5" putki', "putki", '"x"'], settings=Settings(encoding=encoding))
    assert reading.text.tolist() == [f"5{mark} putki", "putki", f"{mark}x{mark}"]
    assert repairs(reading) == {"quotation_mark": [0, 2]}


def test_what_is_not_written_may_hold_any_character():
    assert complaints(cleaned(['日本; "x"'], "memo-vouchers.voucher.voucher_name")) == {}
    assert set(complaints(cleaned(['日本; "x"'], "memo-vouchers.entry.transaction_name"))) == {"character_unknown", "semicolon"}


def test_shares_in_an_item_are_told_as_that_and_not_as_a_semicolon():
    given_ = ["A 50 % | B 50 %", "A 50%;5% B", "A; B", "A | B 50 %", "A 50 % B 50 %", "A"]
    assert complaints(cleaned(given_, "dimensions.item_name")) == {"item_with_shares": [0, 1], "semicolon": [2]}
    assert complaints(cleaned(given_)) == {"semicolon": [1, 2]}


@pytest.mark.parametrize(
    ("text_", "plain"),
    [
        *((value, True) for value in ("", "a b", "a-b", "-5", "+5,0", "-1.234", "a@b", "Oy (1)")),
        *((value, False) for value in (" a", "a ", "ä", "a;b", 'a"b', "#N/A", "a=b", "a|b", "-a", "+a1", "@a", "a\tb", "a\x7f", "-5 €")),
    ],
)
def test_a_column_that_no_step_could_change_needs_no_cleaning(text_, plain):
    assert text.is_plain(column(["a", text_])) == plain


# --- payroll: employees, salary types, hours, agreements ------------------------------------------------------------


def test_identity_codes_among_employee_numbers_are_put_into_form_and_judged():
    given_ = ["5503", "010190-900P", "010190 – 900p", "010190-900K", "1,2E+15", "A-17", "X010190-900P", "010190-900PX"]
    employee = load("payroll").main["employee_id"]
    reading = payroll.EMPLOYEE_ID.read(Cells(column(given_)), employee, Context())
    assert reading.text.tolist() == ["5503", "010190-900P", "010190-900P", *given_[3:]]
    assert (repairs(reading), complaints(reading)) == ({"identity_code_notation": [2]}, {"digits_lost": [4]})
    right = payroll.EMPLOYEE_ID.right(reading.text, employee, Context())
    assert right.tolist() == [True, False, False, False, True, True, False, False]
    explained = [payroll.EMPLOYEE_ID.explain(value, employee, Context()).problem for value in ("010190-900P", "010190-900K", "310290-900P")]
    assert explained == ["identity_code_temporary", "identity_code_check", "identity_code_date"]


def test_a_salary_type_loses_zeros_behind_a_mark_and_in_tables_its_name():
    given_ = ["1004", "1004,0", "1004.00", "1004,", "1004,05", "1004 Tuntipalkka", "1004 2", "1004 - 2", "10040 Palkka", "X1004,0", ",0"]
    salary_type = load("payroll").main["salary_type_code"]
    for layout, named, left_out in ((PROCOUNTOR, given_[5:8], []), (TABLE, ["1004", "1004 2", "1004"], [5, 7])):
        reading = payroll.SALARY_TYPE.read(Cells(column(given_)), salary_type, Context(layout=layout))
        assert reading.text.tolist() == ["1004", "1004", "1004", "1004,", "1004,05", *named, "10040 Palkka", "X1004,0", ",0"]
        assert repairs(reading) == {"number_form": [1, 2], **({"salary_type_name_left_out": left_out} if left_out else {})}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("tunti", Fault("salary_type_form")),
        ("-1004", Fault("salary_type_form")),
        ("18", Fault("salary_type_old")),
        ("180", Fault("salary_type_old")),
        ("9", Fault("salary_type_unusual", Severity.WARNING)),
        ("8004", Fault("salary_type_unusual", Severity.WARNING)),
        ("10040", Fault("salary_type_unusual", Severity.WARNING)),
    ],
)
def test_what_is_said_about_salary_types(text, fault):
    salary_type = load("payroll").main["salary_type_code"]
    assert payroll.SALARY_TYPE.right(column([text]), salary_type, Context()).tolist() == [False]
    assert payroll.SALARY_TYPE.explain(text, salary_type, Context()) == fault


def test_a_salary_type_that_the_register_does_not_have_is_told_without_another_one(tmp_path):
    (tmp_path / "types.csv").write_text("Salary type;Name\n1004;Tuntipalkka\n2002;Lisä\n", encoding="utf-8")
    line = "E;5503;1005;;7,5" + ";" * 13 + ";01.01.2026;15.01.2026;"
    found = one(check("payroll", upload(line), settings={"registers": {"salary_types": str(tmp_path / "types.csv")}}), "PAY-10")
    assert (found.severity, found.column, found.suggestion) == ("error", "C", None)


def test_hours_with_a_unit_are_numbers_and_rounded_ones_are_told_with_what_they_became():
    quantity = load("payroll").main["quantity"]
    given_ = ["7:30", "7:20", "7,5 h", "1.250 h", "8", "", "7:20", "tunti"]
    reading = payroll.HOURS.read(Cells(column(given_)), quantity, Context(layout=TABLE))
    assert reading.text.tolist() == ["7,5", "7,33", "7,5", "1,250", "8", "", "7,33", "tunti"]
    assert (repairs(reading), complaints(reading)) == ({"hours_read": [0, 2, 3]}, {"hours_rounded": [1, 6]})
    rounded = next(remark for remark in reading.remarks if remark.problem == "hours_rounded")
    assert (rounded.severity, list(rounded.details["hours"])) == (Severity.WARNING, ["7,33", "7,33"])
    reading = payroll.HOURS.read(Cells(column(["7:30", "1.250"])), quantity, Context(layout=TABLE))
    assert (repairs(reading), complaints(reading)) == ({"hours_read": [0]}, {"ambiguous_number": [1]})
    types = np.array([CellType.TEXT, CellType.NUMBER], np.uint8)
    reading = payroll.HOURS.read(Cells(column(["1.250 h", "7.250"]), types), quantity, Context(layout=TABLE))
    assert reading.text.tolist() == ["1,250", "7,250"]
    assert types.tolist() == [CellType.TEXT, CellType.NUMBER]


@pytest.mark.parametrize(
    ("number", "right"), [("1" * 12, True), ("1" * 11, False), ("1" * 11 + "A", False), ("1" * 13, True), ("x" * 13, True)]
)
def test_tax_numbers_have_twelve_digits_and_longer_ones_are_told_as_too_long(number, right):
    assert payroll.TAX_NUMBER.right(column([number]), load("salary-info").main["tax_number"], Context()).tolist() == [right]


@pytest.mark.parametrize(
    ("values", "like_clock"),
    [
        (["7.30", "8.00"], [0, 1]),
        (["17.45"], [0]),
        (["7.15", "8", "7:30"], [0]),
        (["7.30", "8.25"], []),
        (["7.30", "8.60"], []),
        (["7.30", "7.305"], []),
        (["7.30", ".30"], []),
        (["107.30"], []),
        (["8.00", "7.20"], []),
    ],
)
def test_hours_that_could_be_those_of_a_clock_are_doubtful_in_tables(values, like_clock):
    quantity = load("payroll").main["quantity"]
    reading = payroll.HOURS.read(Cells(column(values)), quantity, Context(layout=TABLE))
    assert complaints(reading).get("hours_or_decimal", []) == like_clock
    assert all(r.severity is Severity.WARNING for r in reading.remarks if r.problem == "hours_or_decimal")
    assert "hours_or_decimal" not in complaints(payroll.HOURS.read(Cells(column(values)), quantity, Context()))
    stored = Cells(column(values), np.full(len(values), CellType.NUMBER, np.uint8))
    assert "hours_or_decimal" not in complaints(payroll.HOURS.read(stored, quantity, Context(layout=TABLE)))


def test_a_stored_number_does_not_tell_how_a_text_beside_it_is_meant():
    cells = Cells(column(["7.30", "7.25"]), np.array([CellType.TEXT, CellType.NUMBER], np.uint8))
    reading = payroll.HOURS.read(cells, load("payroll").main["quantity"], Context(layout=TABLE))
    assert complaints(reading)["hours_or_decimal"] == [0]


def test_pension_agreements_are_put_into_form_and_other_texts_stay():
    given_ = [
        "46-0123456T",
        "46–0123456t",
        "46 - 0123456 T",
        "70001−1234a",
        "ilmarinen",
        "46-123t",
        "",
        "x46-0123456t",
        "46-0123456tx",
        "x70001-1234a",
    ]
    agreement = load("salary-info").main["tyel_agreement_number"]
    reading = payroll.TYEL_AGREEMENT.read(Cells(column(given_)), agreement, Context())
    assert reading.text.tolist() == ["46-0123456T", "46-0123456T", "46-0123456T", "70001-1234A", *given_[4:]]
    assert repairs(reading) == {"tyel_notation": [1, 2, 3]}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("70001-1234A", Fault("tyel_fund", Severity.WARNING)),
        ("46-123456t", Fault("tyel_short", suggestion="46-0123456T")),
        ("46-1T", Fault("tyel_short", suggestion="46-0000001T")),
        ("46-T", Fault("tyel_form")),
        ("46-01234567T", Fault("tyel_form")),
        ("460123456t", Fault("tyel_form", suggestion="46-0123456T")),
        ("4601234567T", Fault("tyel_form")),
        ("46123456T", Fault("tyel_form")),
        ("70001-1234AX", Fault("tyel_form")),
        ("700011-1234A", Fault("tyel_form")),
        ("ILMARINEN", Fault("tyel_form")),
    ],
)
def test_what_is_said_about_pension_agreements(text, fault):
    assert payroll.TYEL_AGREEMENT.explain(text, load("salary-info").main["tyel_agreement_number"], Context()) == fault
