"""Rules and totals of the payroll file: employees by code and number, and quantities by salary type."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from csvimport import columns as col
from csvimport.cents import as_text, product_in_cents, to_cents
from csvimport.context import Context
from csvimport.figures import Figure
from csvimport.findings import Finding
from csvimport.kinds.identifiers import meant_as_identity_code
from csvimport.read.sheet import NUMBERS
from csvimport.records import Data
from csvimport.rules.subject import Subject, check
from csvimport.rules.totals import total
from csvimport.schema_parts import Total

PERSON = "P"
FEWEST_PERSONS = 3  # of two, each would know what the other earns


def _persons(subject: Subject) -> pd.DataFrame:
    """The persons of the partner register, columns by field key."""
    known = subject.context.registers.partners
    return known[(known["partner_type"] == PERSON).to_numpy()]


def _numbers_of_persons(subject: Subject) -> "pd.Series[str]":
    """The customer numbers of the persons of the partner register."""
    return _persons(subject)["customer_number"]


@check
def person_known(subject: Subject) -> Iterable[Finding]:
    """The employee must be a person of the register by identity code or customer number; without a register this says nothing."""
    persons, key = _persons(subject), subject.check.fields[0]
    if len(persons):
        column = subject.column(key)
        known = col.one_of(column, pd.concat([persons["business_id"], persons["customer_number"]]).unique())
        yield from subject.finding(key, col.filled(column) & ~known & subject.selected())


@check
def codes_and_numbers(subject: Subject) -> Iterable[Finding]:
    """A note when employees are given by identity code on some rows and by number on others."""
    column = subject.column(subject.check.fields[0])
    codes = meant_as_identity_code(column)
    numbers = col.filled(column) & ~codes
    if codes.any() and numbers.any():
        yield from subject.about_file(codes=int(codes.sum()), numbers=int(numbers.sum()))


@check
def person_twice(subject: Subject) -> Iterable[Finding]:
    """Numbers of persons of the register who also stand in the file under their identity code."""
    persons, key = _persons(subject), subject.check.fields[0]
    column = subject.column(key)
    both = persons[col.one_of(persons["business_id"], column.unique()) & col.filled(persons["customer_number"])]
    yield from subject.finding(key, col.one_of(column, both["customer_number"].unique()) & subject.selected())


@check
def zeros_may_be_lost(subject: Subject) -> Iterable[Finding]:
    """Numbers from numeric cells, which keep no leading zeros: those shorter than numbers of the file that begin with zeros.

    Without such a number, one finding about the file when the numeric ones have different lengths.
    """
    key = subject.check.fields[0]
    column = subject.column(key)
    stored = np.isin(subject.table.types.get(key, np.zeros(len(subject.table), np.uint8)), NUMBERS) & col.filled(column)
    lengths, with_zeros = col.lengths(column), col.matches(column, r"^0\d+$")
    if stored.any() and with_zeros.any():
        longest = column[with_zeros].iloc[int(lengths[with_zeros].argmax())]
        short = stored & ~with_zeros & (lengths < len(longest)) & ~col.one_of(column, _numbers_of_persons(subject))
        whole = column[short].str.zfill(len(longest)).to_numpy(object)
        yield from subject.finding(key, short, problem="employee_zeros", suggestions=whole, other=longest)
    elif len(np.unique(lengths[stored])) > 1:
        yield from subject.about_file(count=int(stored.sum()), shortest=int(lengths[stored].min()), longest=int(lengths[stored].max()))


@check
def identity_codes_used(subject: Subject) -> Iterable[Finding]:
    """A note that counts the rows that give an identity code."""
    codes = meant_as_identity_code(subject.column(subject.check.fields[0]))
    if codes.any():
        yield from subject.about_file(count=int(codes.sum()))


def _of_salary_types(text: pd.DataFrame) -> pd.DataFrame:
    """The rows whose salary type is a number; others are errors."""
    return text[col.matches(text["salary_type_code"], r"^\d+$")]


@total
def quantity_by_type(data: Data, asked: Total, context: Context) -> Iterable[Figure]:
    """The quantity of each salary type; an empty one counts as 1, as Procountor takes it."""
    text = _of_salary_types(data[asked.record].text)
    quantity = col.put(text["quantity"], ~col.filled(text["quantity"]), "1")
    for code, value in pd.Series(to_cents(quantity)).groupby(text["salary_type_code"].to_numpy(object)).sum().items():
        yield Figure(asked.name, None, as_text(int(value)), str(code))


@total
def pay_by_type(data: Data, asked: Total, context: Context) -> Iterable[Figure]:
    """Quantity × price of each salary type in euros, of the rows that give a price."""
    text = _of_salary_types(data[asked.record].text)
    text = text[col.filled(text["unit_price"])]
    quantity = col.put(text["quantity"], ~col.filled(text["quantity"]), "1")
    codes = text["salary_type_code"].to_numpy(object)
    few = dict(text["employee_id"].groupby(codes).nunique() < FEWEST_PERSONS)
    cents = product_in_cents(quantity, text["unit_price"])
    for code, value in pd.Series(cents).groupby(codes).sum().items():
        yield Figure(asked.name, "EUR", as_text(int(value)), str(code), of_few=bool(few[code]))
