"""Right values and right files, made from the schemas, for the property tests.

A file is made of blocks: a record and those that belong to it. What the rules want across fields is said once, in ``FILES``; all
other fields are filled by their kind, or left empty. Values are in upload notation, so that a file's own lines are what
``convert`` must write.
"""

import datetime as dt
import os
import string
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from csvimport.kinds.codes import countries, currencies, word_list
from csvimport.schema import load
from csvimport.shapes import Field, Record

TIMES = int(os.environ.get("CSVIMPORT_EXAMPLES", "1"))  # a search for bugs asks for many times the examples of the test suite


def examples(count: int) -> settings:
    """So many examples, the same ones on every run of the suite and others in a search.

    No deadline, since machines differ; and a failing example is shown as it is, because to make it smaller takes minutes.
    """
    return settings(
        max_examples=count * TIMES,
        deadline=None,
        derandomize=TIMES == 1,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )


# --- values of each kind -------------------------------------------------------------------------------------------

# All of Windows-1252 but what reading changes (quotation marks, special blanks) or takes for a broken encoding
# (Ã, Â, â; „, †, ™, Š, Œ inside words).
CP1252 = [chr(code) for code in range(32, 127)] + list("".join(bytes([b]).decode("cp1252", "ignore") for b in range(128, 256)))
CHARACTERS = [c for c in CP1252 if c not in ';"\u00a0\u00adÃÂâ„†™ŠŒ\\']
FIRST = [*string.ascii_letters, *"åäöÅÄÖéØŠž"]
ITEMS = ("Myymälä A", "Myymälä B", "Verkkokauppa", "P-2026-01")
DIMENSIONS = ("Kustannuspaikka", "Projekti", "Osasto", "Toimipaikka", "Tuoteryhmä", "Hanke")

Texts = st.SearchStrategy[str]


def readable(text: str) -> bool:
    """Whether the bytes of a text in Windows-1252 are not, by chance, right UTF-8, too."""
    try:
        return text.encode("cp1252").decode() == text
    except UnicodeDecodeError:
        return True


def texts(longest: int, first: Sequence[str] = FIRST, others: Sequence[str] = CHARACTERS) -> Texts:
    """Words that begin with a letter and do not end with a blank; some as long as can be."""
    short = st.builds(str.__add__, st.sampled_from(first), st.text(others, max_size=min(longest - 1, 12)))
    full = st.sampled_from(first).map(lambda letter: letter * longest)
    return st.one_of(short, short, short, full).map(str.rstrip).filter(readable)


def text(f: Field) -> Texts:
    return texts(min(limit for limit in (f.max_length, f.screen_length, 300) if limit))


def decimal(f: Field) -> Texts:
    """Numbers in the field's range; none has three decimals, which a table could not tell from thousands."""
    places = f.decimals if f.decimals is not None else f.assumed_decimals
    most = Decimal(f.max) if f.max else Decimal(99999)
    least = Decimal(f.min) if f.min else Decimal(0)

    def number(shown: int) -> Texts:
        step = Decimal(1).scaleb(-shown)
        wholes = st.integers(int((least / step).to_integral_value()), int(most / step)).filter(lambda whole: whole * step >= least)
        return wholes.map(lambda whole: f"{whole * step:.{shown}f}".replace(".", ","))

    return st.sampled_from([shown for shown in range((places or 0) + 1) if shown != 3]).flatmap(number)


def integer(f: Field) -> Texts:
    return st.integers(int(f.min or -99999), int(f.max or 99999)).map(str)


def day(number: int) -> str:
    """A day of 2026, written dd.mm.yyyy."""
    return (dt.date(2026, 1, 1) + dt.timedelta(days=number % 365)).strftime("%d.%m.%Y")


def business_id(number: int) -> str:
    """The invented business ID of that number; numbers that would have the check digit 10 borrow the next one's."""
    digits = f"{9100000 + number}"
    rest = sum(int(d) * w for d, w in zip(digits, (7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    return business_id(number + 500_000) if rest == 1 else f"{digits}-{(11 - rest) % 11}"


def identity_code(number: int) -> str:
    """An identity code of nobody: the individual numbers from 900 on are given to no one."""
    born = dt.date(1950, 1, 1) + dt.timedelta(days=number * 7 % 25_000)
    date, individual = born.strftime("%d%m%y"), 900 + number % 100
    sign = "-" if born.year < 2000 else "A"
    return f"{date}{sign}{individual}{'0123456789ABCDEFHJKLMNPRSTUVWXY'[int(f'{date}{individual}') % 31]}"


def iban(country: str, account: str) -> str:
    """The IBAN of an account: the check digits make the rest of the division by 97 one."""
    numbers = "".join(str(int(c, 36)) for c in f"{account}{country}00")
    return f"{country}{98 - int(numbers) % 97:02d}{account}"


def reference(digits: str) -> str:
    """A reference number: the weights 7, 3, 1 from the right, made up to a full ten by the last digit."""
    return digits + str(-sum(int(d) * (7, 3, 1)[i % 3] for i, d in enumerate(reversed(digits))) % 10)


def edi(number: int) -> str:
    """An EDI code of Finland, sometimes with the number of a unit behind it."""
    return f"0037{business_id(number).replace('-', '')}{'' if number % 2 else number % 100_000}"


def digits(count: int) -> Texts:
    return st.text(string.digits, min_size=count, max_size=count)


def words(f: Field) -> Texts:
    """The words of a list that the environment, which is Finnish, knows."""
    listed = word_list(f.word_list)
    return st.sampled_from([word for english in listed.words if (word := listed.written(english, "fi", {}))])


def address(f: Field) -> Texts:
    """A Finnish address: a name in some forms, a street, a postal code, a place, the country."""
    parts = [texts(20) if f.form == "name_address" else st.just(None), texts(20), digits(5), texts(20), st.just("FI")]
    return st.tuples(*parts).map(lambda found: "\\".join(part for part in found if part is not None))


NUMBERS = st.integers(0, 90_000)
BICS = st.builds(str.__add__, st.sampled_from(["NDEA", "OKOY", "XXZZ"]), st.sampled_from(sorted(countries())).map(lambda c: f"{c}HH"))
EMAILS = st.builds("{}@{}.example".format, *[st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)] * 2)
ACCOUNTS = st.one_of(
    digits(14).map(lambda account: iban("FI", account)),
    digits(16).map(lambda account: iban("EE", account)),
    digits(18).map(lambda account: iban("DE", account)),
    st.just("123456-00000785"),
)

VALUES: dict[str, Callable[[Field], Texts]] = {
    "text": text,
    "dimension_name": lambda f: st.sampled_from(DIMENSIONS),
    "item_name": lambda f: st.sampled_from(ITEMS),
    "decimal": decimal,
    "hours": decimal,
    "integer": integer,
    "date": lambda f: NUMBERS.map(day),
    "flag": lambda f: st.sampled_from([*f.values, *f.also_known]),
    "code": lambda f: st.sampled_from([*f.values, *f.also_known]),
    "word": words,
    "country": lambda f: st.sampled_from(sorted(countries())),
    "currency": lambda f: st.sampled_from(sorted(currencies())),
    "business_id_any": lambda f: NUMBERS.map(business_id),
    "hetu": lambda f: NUMBERS.map(identity_code),
    "employee_id": lambda f: st.one_of(NUMBERS.map(identity_code), digits(4)),
    "salary_type": lambda f: st.from_regex("[1-7][0-9]{3}", fullmatch=True).filter(lambda code: code != "1459"),
    "tax_number": lambda f: digits(12),
    "tyel_agreement": lambda f: st.from_regex("[0-9]{2}-[0-9]{7}[0-9A-Z]", fullmatch=True),
    "customer_number": lambda f: texts(f.max_length or 40),
    "postal_code": lambda f: digits(5),
    "edi": lambda f: NUMBERS.map(edi),
    "operator": lambda f: st.one_of(NUMBERS.map(edi), BICS),
    "e_invoice_address": lambda f: NUMBERS.map(edi),
    "iban_or_bban": lambda f: ACCOUNTS,
    "bic": lambda f: BICS,
    "reference_number": lambda f: st.integers(3, 19).flatmap(digits).map(reference),
    "account": lambda f: st.from_regex("[4-8][0-9]{3}", fullmatch=True),
    "payment_term": lambda f: st.from_regex("[0-9]{2}[0-5]", fullmatch=True),
    "vat_percent": lambda f: st.sampled_from(f.values or ("0",)).map(lambda rate: rate.replace(".", ",")) if f.values else st.just("0"),
    "vat_status": lambda f: st.sampled_from(list(f.values)),
    "address": address,
    "email": lambda f: EMAILS,
}


# --- files ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """A record of a block: its given cells, and the fields that the rules want empty beside them."""

    record: str
    given: Mapping[str, str] = field(default_factory=dict)
    left: Collection[str] = ()


Block = Callable[[int], list[Part]]


@dataclass(frozen=True)
class Kind:
    """A transfer file for the tests: ways of making the block of a number, and what the common properties do not hold for.

    ``told``: codes of warnings about right files; ``warned``: fields and problems that are no more than warned of; ``unjudged``:
    those about which nothing is known.
    """

    blocks: tuple[Block, ...]
    told: Collection[str] = ()
    warned: Collection[tuple[str, str]] = ()
    unjudged: Collection[tuple[str, str]] = ()


@dataclass(frozen=True)
class Line:
    """A record with all its cells in file order, and the number of its block."""

    record: Record
    cells: Mapping[str, str]
    block: int

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """For failing examples: without the schema."""
        filled = {key: text for key, text in self.cells.items() if text}
        printer.text(f"{self.record.name} {filled}")

    def __getitem__(self, key: str) -> str:
        return self.cells[key]

    def changed(self, key: str, value: str) -> "Line":
        """The record with another text in one cell."""
        return Line(self.record, {**self.cells, key: value}, self.block)


FOR_PERSONS = ("first_name", "department", "home_municipality", "tax_municipality")
ACCOUNT_KEYS = tuple(f.key for f in load("partners").record("partner").fields if f.kind == "account")
E_INVOICE = ("e_invoice_address", "operator_id", "edi_code")
OF_JOURNALS = ("vat_deduction_percent", "vat_type", "vat_status")


def address_of(number: int) -> dict[str, str]:
    return {
        "street_address": f"Mallikatu {number % 100}", "city": "Helsinki", "postal_code": f"{number % 100_000:05d}", "country_code": "FI",
    }  # fmt: skip


def discount_of(number: int) -> dict[str, str]:
    return {"cash_discount_days": str(number % 30), "cash_discount_percent": str(number % 5)}


def customer(number: int) -> list[Part]:
    of_company = {"e_invoice_address": edi(number), "edi_code": edi(number), "operator_id": "003723327487"}
    given = {
        "business_id_type": "FI", "business_id": business_id(number), "partner_type": "C", "customer_number": f"A{number}",
        "payment_method": "tilisiirto", "invoice_channel": "3", "invoice_language": "2", **of_company, **discount_of(number),
        **address_of(number),
    }  # fmt: skip
    groups = [
        Part("group", {"group_name": f"Ryhmä {n}", "main_group_name": f"Pääryhmä {n}", "report_group": "X" * (n == 1)}) for n in (1, 2)
    ]
    return [Part("partner", given, (*FOR_PERSONS, "bank_account")), *groups]


def supplier(number: int) -> list[Part]:
    given = {
        "business_id_type": "FI", "business_id": business_id(number), "partner_type": "S", "customer_number": f"B{number}",
        "bank_account": iban("FI", f"{number:014d}"), "payment_method": "ulkomaanmaksu", "bic": "NDEAFIHH", "invoice_channel": "1",
        "email": f"m{number}@example.com", "invoice_language": "3", **discount_of(number), **address_of(number),
    }  # fmt: skip
    return [Part("partner", given, (*FOR_PERSONS, *E_INVOICE))]


def person(number: int) -> list[Part]:
    given = {
        "business_id_type": "SSN", "business_id": identity_code(number), "partner_type": "P", "customer_number": f"C{number}",
        "first_name": "Åke", "payment_method": "tilisiirto", "bank_account": iban("FI", f"9{number:013d}"), "invoice_channel": "6",
        **discount_of(number), **address_of(number),
    }  # fmt: skip
    return [Part("partner", given, ("address_specifier", *ACCOUNT_KEYS, *E_INVOICE))]


def product(number: int) -> list[Part]:
    rate = ("25,5", "13,5", "10", "0")[number % 4]
    return [Part("product", {"product_code": f"K-{number}", "vat_percent": rate, "unit_price": f"{number + 1},50"})]


def item(number: int) -> list[Part]:
    return [Part("item", {"dimension_name": DIMENSIONS[number % 6], "item_name": f"Kohde {number}"})]


def _invoice(kind: str, number: int, given: Mapping[str, str], left: Collection[str], rows: Sequence[Part]) -> list[Part]:
    start = number % 300
    dates = {"invoice_date": day(start), "delivery_date": day(start), "due_date": day(start + 30)}
    head = {
        "invoice_type": kind, "currency": "EUR", "reference_number": reference(f"{1000 + number}"), "business_id": business_id(number),
        "partner_name": f"Esimerkki {number} Oy", "payment_method": "tilisiirto", "vat_included": "t", "credit_invoice_code": "t",
        "accounting_by_row": "t", **dates, **discount_of(number), **given,
    }  # fmt: skip
    never = {"invoice_total", "vat_percent", "currency_rate", "vat_country_code", *OF_JOURNALS, *left}
    return [Part("invoice", head, never - set(given)), *rows]


def _row(number: int, rate: str) -> Part:
    given = {
        "product_description": f"Työ {number}",
        "quantity": "2",
        "unit_price": f"{number + 1},25",
        "vat_percent": rate,
        "account": "4000",
    }
    return Part("row", given, OF_JOURNALS)


def _split(dimension: str, share: int) -> list[Part]:
    shares = zip(ITEMS, (str(share), str(100 - share)), strict=False)
    given = {"dimension_row_type": "R", "dimension_name": dimension}
    return [Part("dimension", {**given, "item_name": name, "percent": percent}) for name, percent in shares]


def _rows(number: int) -> list[Part]:
    return [_row(number, "25,5"), *_split("Kustannuspaikka", number % 99 + 1), *_split("Projekti", 50), _row(number + 1, "0")]


def sales_invoice(number: int) -> list[Part]:
    of_company = {"e_invoice_address": edi(number), "edi_code": edi(number), "operator_id": "003723327487", "invoice_channel": "3"}
    return _invoice("M", number, of_company, ("sender_invoice_number",), _rows(number))


OF_SALES = ("billing_address", "factoring_agreement_number", *E_INVOICE)


def purchase_invoice(number: int) -> list[Part]:
    given = {
        "bank_account": iban("FI", f"{number:014d}"), "invoice_channel": "6", "sender_invoice_number": f"T{number}",
        "payment_method": "ulkomaanmaksu", "bic": "NDEAFIHH",
    }  # fmt: skip
    return _invoice("O", number, given, OF_SALES, _rows(number))


def invoice_without_rows(number: int) -> list[Part]:
    given = {
        "invoice_channel": "6", "sender_invoice_number": f"U{number}", "currency": "SEK", "currency_rate": "11,5",
        "invoice_total": f"{number + 1},50", "vat_percent": "25,5", "vat_country_code": "SE",
    }  # fmt: skip
    return _invoice("O", number, given, OF_SALES, ())


def journal_receipt(number: int) -> list[Part]:
    vat = {"vat_deduction_percent": "50", "vat_type": "P", "vat_status": "vat_12"}
    row = {"unit_price": f"{number + 1},25", "vat_percent": "25,5", "account": "4000", "discount_percent": "", **vat}
    rows = [Part("row", {"product_description": "Jaksotus", "quantity": quantity, **row}) for quantity in ("1", "-1")]
    given = {"invoice_channel": "6", "sender_invoice_number": f"V{number}", **vat}
    return _invoice("N", number, given, (*OF_SALES, "delivery_address", "send_or_mark_paid"), rows)


def entries(number: int) -> list[Part]:
    """A purchase with VAT and its payment, which balance to the cent."""
    net, rate = Decimal(number + 1) / 100, ("24", "14", "10", "0")[number % 4]
    gross = (net * (100 + Decimal(rate)) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    dimension = {"dimension_name": "Kustannuspaikka", "item_name": ITEMS[number % 3]}
    purchase = {"amount": f"{net:.2f}".replace(".", ","), "vat_percent": rate, "vat_type": "P", **dimension}
    payment = {"amount": f"{-gross:.2f}".replace(".", ",")}
    return [Part("entry", purchase), Part("entry", payment, ("vat_percent", "vat_type", "dimension_name", "item_name"))]


def salary_row(number: int) -> list[Part]:
    names = {f"dimension_name_{n}": name for n, name in enumerate(DIMENSIONS, 1)}
    items = {f"item_name_{n}": ITEMS[(number + n) % 4] for n in range(1, 7)}
    period = {"earning_period_start": day(number % 300), "earning_period_end": day(number % 300 + 14)}
    who = identity_code(number) if number % 2 else str(10_000 + number)
    return [Part("salary_row", {"row_type": "E", "employee_id": who, "quantity": f"{number + 1}", **names, **items, **period})]


def employee(number: int) -> list[Part]:
    card = {"tax_card_type": "1", "tax_base_percent": "15,50", "tax_additional_percent": "42", "annual_income_limit": f"{number + 100}"}
    rest = {"income_limit_used": "0,00", "pension_insurance": "T", "tyel_agreement_number": "46-0123456T", "base_salary_hours": "160"}
    return [Part("employee", {"personal_identity_code": identity_code(number), "base_salary": f"{number + 1},50", **card, **rest})]


def budget_row(number: int) -> list[Part]:
    months = {key: str((number + 2) * place % 9973) for place, key in enumerate(load("budgets").main.keys[4:16], 1)}
    given = {"version": "Budjetti", "account": f"{4000 + number % 3600}", "year": f"{2026 + number % 2}", **months}
    if number % 3:
        dimension = {"dimension_name": DIMENSIONS[number % 3], "item_name": ITEMS[number % 4]}
        return [Part("budget_row", {"row_type": "d", **given, **dimension})]
    return [Part("budget_row", {"row_type": "p", **given}, ("dimension_name", "item_name"))]


FILES = {
    "partners": Kind((customer, supplier, person), told={"C-30"}),
    "products": Kind((product,)),
    "dimensions": Kind((item,), told={"D-11"}),
    "invoices": Kind(
        (sales_invoice, purchase_invoice, invoice_without_rows, journal_receipt),
        told={"I-08", "I-47", "I-60"},
        warned={("business_id", "business_id_check_digit")},
        unjudged={("business_id", "business_id_form"), ("business_id", "identity_code_for_business_id")},
    ),
    "memo-vouchers": Kind((entries,)),
    "payroll": Kind((salary_row,), told={"C-30"}),
    "salary-info": Kind((employee,), told={"C-30"}),
    "budgets": Kind((budget_row,)),
}


def fields_tried(name: str) -> set[tuple[str, str]]:
    """The fields of a file's records that some block fills, and those out of use."""
    schema, tried = load(name), set()
    for part in (part for block in FILES[name].blocks for number in range(12) for part in block(number)):
        record = schema.record(part.record)
        for f in record.fields:
            free = f.key not in {*part.given, *part.left, *marked(record)} and f.kind not in ("filename", "constant")
            if part.given.get(f.key) or free:
                tried.add((record.name, f.key))
    return tried


def marked(record: Record) -> dict[str, str]:
    """The cells by which a record is known."""
    return dict(zip(record.keys, record.mark.cells, strict=False)) if record.mark else {}


def free_cells(name: str, block: Block, number: int, *, filled: bool) -> st.SearchStrategy[list[dict[str, str]]]:
    """Values of the fields that a block leaves free; ``filled``: none of them is empty."""
    schema = load(name)
    return st.tuples(*(_free_cells(schema.record(part.record), part, filled=filled) for part in block(number))).map(list)


def _free_cells(record: Record, part: Part, *, filled: bool) -> st.SearchStrategy[dict[str, str]]:
    taken = {*part.given, *part.left, *marked(record)}
    free = [f for f in record.fields if f.key not in taken and f.kind not in ("unused", "filename", "constant")]
    return st.fixed_dictionaries({f.key: _values(f, filled=filled) for f in free})


@cache
def _values(f: Field, *, filled: bool) -> Texts:
    right = VALUES[f.reader](f)
    return right if filled or f.required is True else st.one_of(st.just(""), right)


def lines_of(name: str, block: Block, number: int, free: Sequence[Mapping[str, str]]) -> list[Line]:
    """The records of the block of a number."""
    schema, lines = load(name), []
    for part, cells in zip(block(number), free, strict=True):
        record = schema.record(part.record)
        known = {**dict.fromkeys(record.keys, ""), **cells, **dict.fromkeys(part.left, ""), **marked(record), **part.given}
        lines.append(Line(record, {key: known[key] for key in record.keys}, number))
    return lines


@st.composite
def files(draw: Any, name: str, *, most: int = 3, filled: bool = False) -> list[Line]:
    """A right file of one to ``most`` blocks; ``filled``: every field that can be filled is."""
    first, lines = draw(st.integers(0, 30_000)), []
    for number in range(first, first + draw(st.integers(1, most))):
        block = draw(st.sampled_from(FILES[name].blocks))
        lines += lines_of(name, block, number, draw(free_cells(name, block, number, filled=filled)))
    return lines


def upload_bytes(lines: Sequence[Line]) -> bytes:
    """The file that is uploaded: what every right input must come out as."""
    return "".join(";".join(line.cells.values()) + "\r\n" for line in lines).encode("cp1252")
