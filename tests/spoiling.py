"""Every way in which the schema knows that a cell can be wrong: for a right value, the problem's name and a text that has it."""

from collections.abc import Callable, Iterator

from csvimport.shapes import Field

Wrong = tuple[str, str]
"""The name of the problem, as in the messages, and the text of the cell."""


def wrong_values(f: Field, value: str) -> Iterator[Wrong]:
    """The ways in which a cell of the field, which holds a right value, can be wrong."""
    yield from _of_any(f, value)
    yield from ALWAYS[f.reader] if f.reader in ALWAYS else KINDS.get(f.reader, _of_text)(f, value)


def _of_any(f: Field, value: str) -> Iterator[Wrong]:
    if f.required is True:
        yield "required", ""
    yield "formula_text", "=A1"
    yield "error_cell", "#REF!"
    yield "control_character", f"{value}\x07x"
    yield "character_unknown", f"{value}字"
    yield "semicolon", f"{value};x"
    if not f.free_text:
        yield "line_break_inside", f"a{value}\nx"


def _of_text(f: Field, value: str) -> Iterator[Wrong]:
    if f.max_length:
        yield "too_long", value.ljust(f.max_length + 1, "x")


def _of_number(f: Field, value: str) -> Iterator[Wrong]:
    for text in ("viisi", "1,2,3", "12-3"):
        yield "not_a_number", text
    yield "exponent", "1,5E3"
    if f.min is not None:
        yield "number_too_small", f"-{f.min}1".replace(".", ",")
    if f.max is not None:
        yield "number_too_large", f"1{f.max}".replace(".", ",")


def _of_decimal(f: Field, value: str) -> Iterator[Wrong]:
    yield from _of_number(f, value)
    if f.decimals is not None:
        yield "too_many_decimals", f"1,0{'0' * f.decimals}1"


def _of_integer(f: Field, value: str) -> Iterator[Wrong]:
    yield from _of_number(f, value)
    yield "not_whole", "1,5"


def _of_date(f: Field, value: str) -> Iterator[Wrong]:
    yield "date_not_in_calendar", "31.02.2026"
    yield "date_not_in_calendar", "29.2.2027"
    yield "date_not_in_calendar", "2026-13-01"
    yield "date_two_digit_year", "1.2.26"
    yield "date_with_slashes", "13/02/2026"
    yield "date_ambiguous", "03/02/2026"
    yield "date_with_time", f"{value} 12:30"
    yield "not_a_date", "huomenna"


def _of_code(f: Field, value: str) -> Iterator[Wrong]:
    if f.open_list:
        yield "not_a_code", "x" * ((f.max_length or 0) + 1)
    else:
        yield "not_a_code", "Q"
        yield "not_a_code", "ehkä"
    for code in f.mistaken:
        yield "mistaken_code", code


def _of_word(f: Field, value: str) -> Iterator[Wrong]:
    if f.word_list != "units":  # a list that every environment has its own of
        yield "not_a_word", "sanaton"
        yield "not_a_word", f"{value}x"


def _of_identity_code(f: Field, value: str) -> Iterator[Wrong]:
    yield "identity_code_check", value[:-1] + ("A" if value[-1] != "A" else "B")
    yield "identity_code_date", f"3102{value[4:]}"


def _of_business_id(f: Field, value: str) -> Iterator[Wrong]:
    if value[7:8] == "-":
        yield "business_id_check_digit", f"{value[:-1]}{(int(value[-1]) + 1) % 10}"
        yield "business_id_form", value[2:]
        yield "identity_code_for_business_id", "010190-900P"
    else:
        yield from _of_identity_code(f, value)


def _of_bic(f: Field, value: str) -> Iterator[Wrong]:
    yield "not_a_bic", f"{value[:4]}QQ{value[6:]}"
    yield "not_a_bic", value[:-1]


def _of_reference(f: Field, value: str) -> Iterator[Wrong]:
    yield "reference_check_digit", f"{value[:-1]}{(int(value[-1]) + 1) % 10}"
    yield "not_a_reference", "viite"
    yield "rf_reference", "RF332348236"


def _of_email(f: Field, value: str) -> Iterator[Wrong]:
    yield "not_an_email", "maija@"
    yield "not_an_email", "maija malli@example.com"
    yield "several_emails", f"{value}, {value}"


def _of_address(f: Field, value: str) -> Iterator[Wrong]:
    yield "address_parts", "Mallikatu 1"
    yield "address_parts", f"{value}\\FI\\FI"
    yield "address_country", f"{value[:-2]}QQ"
    yield "too_long", value.rjust((f.max_length or 0) + 1, "x")


def _of_tax_number(f: Field, value: str) -> Iterator[Wrong]:
    yield "too_long", f"{value}1"


ALWAYS: dict[str, tuple[Wrong, ...]] = {
    "vat_percent": (("not_a_number", "viisi"), ("vat_percent_unknown", "26"), ("vat_percent_unknown", "0,255")),
    "country": (("not_a_country", "QQ"), ("not_a_country", "Atlantis")),
    "currency": (("not_a_currency", "QQQ"), ("not_a_currency", "euron")),
    "iban_or_bban": (
        ("iban_check_digits", f"SE00{'1' * 20}"),
        ("iban_length", "FI21123456"),
        ("account_check_digit", "123456-00000786"),
        ("reference_for_account", "RF332348236"),
        ("not_an_account", "tilinumero"),
    ),
    "edi": (("edi_form", "00379100"), ("edi_form", "tuntematon")),
    "operator": (("operator_form", "00379100"), ("operator_form", "pankki")),
    "e_invoice_address": (("e_invoice_address_blanks", "ei, ole"),),
    "account": (
        ("account_form", "300"),
        ("bank_account_for_account", "FI9399999900000014"),
        ("account_form", "30000"),
        ("account_form", "myynti"),
    ),
    "payment_term": (
        ("payment_term_digits", "14"),
        ("payment_term_zero", "70"),
        ("payment_term_form", "1400"),
        ("payment_term_form", "heti"),
    ),
    "vat_status": (("vat_status_form", "1"), ("vat_status_form", "vat_01")),
    "tyel_agreement": (("tyel_short", "46-123T"), ("tyel_form", "sopimus")),
    "salary_type": (("salary_type_form", "tuntipalkka"), ("salary_type_old", "104")),
    "unused": (("unused_filled", "x"),),
}
"""Of the kinds for which it does not matter what the right value is."""

KINDS: dict[str, Callable[[Field, str], Iterator[Wrong]]] = {
    "decimal": _of_decimal,
    "hours": _of_decimal,
    "integer": _of_integer,
    "date": _of_date,
    "code": _of_code,
    "flag": _of_code,
    "word": _of_word,
    "hetu": _of_identity_code,
    "employee_id": lambda f, value: _of_identity_code(f, value) if not value.isdigit() else iter(()),
    "business_id_any": _of_business_id,
    "bic": _of_bic,
    "reference_number": _of_reference,
    "email": _of_email,
    "address": _of_address,
    "tax_number": _of_tax_number,
}
