"""Numbers: decimals, integers and percentages, always as decimal text, never as binary floats."""

import re
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from csvimport.columns import differ, matches, put, replace, to_arrow, translate
from csvimport.context import Context
from csvimport.findings import Mask
from csvimport.kinds.base import Cells, Fault, Kind, Reading, Remark
from csvimport.read.sheet import NUMBERS, CellType
from csvimport.read.values import percent
from csvimport.severity import Severity
from csvimport.shapes import Field
from csvimport.units import MONEY, PERCENT, PRICE

DECIMAL_PLACES = 12
_EXAMPLES = {"integer": "14", "vat_percent": "25,5"}
_PLACES_READ = 18
_MOST_DIGITS = 38 - _PLACES_READ  # before the decimal mark; a longer number is no sum of money

AMBIGUOUS = "ambiguous_number"

_CANONICAL = r"^-?\d+(?:,\d+)?$"
_AMBIGUOUS = r"^(?:€|EUR|eur)?\s*[-+−–]?[1-9]\d{0,2}[.,]\d{3}-?\s*(?:€|EUR|eur|%)?$"
_SHOWS_COMMA = r"^[^.,]*\d,(?:\d{1,2}|\d{4,})\D*$|^[^.,]*\d{4,},\d+\D*$|^[^.,]*\b0,\d+\D*$|\.\d{3},\d"
_SHOWS_POINT = r"^[^.,]*\d\.(?:\d{1,2}|\d{4,})\D*$|^[^.,]*\d{4,}\.\d+\D*$|^[^.,]*\b0\.\d+\D*$|,\d{3}\.\d"

EURO_SIGN, _PER_CENT = r"(?i)^\s*(?:€|eur)|(?:€|eur)\s*$", r"%\s*$"
_SIGNS = {MONEY: EURO_SIGN, PRICE: EURO_SIGN, PERCENT: _PER_CENT}  # what a number measures → the signs that say no more than that
_ANY_SIGN = f"{EURO_SIGN}|{_PER_CENT}"


def to_decimals(column: "pd.Series[str]") -> pa.Decimal128Array:
    """Canonical numbers as decimals with twelve places; empty and wrong cells are null."""
    distinct = pc.dictionary_encode(to_arrow(column))
    text = pc.replace_substring_regex(pc.replace_substring(distinct.dictionary, ",", "."), rf"(\.\d{{{_PLACES_READ}}})\d+$", r"\1")
    wrong = pc.invert(pc.match_substring_regex(text, rf"^-?\d{{1,{_MOST_DIGITS}}}(?:\.\d+)?$"))
    exact = pc.replace_with_mask(text, wrong, pa.scalar(None, pa.large_string())).cast(pa.decimal128(38, _PLACES_READ))
    rounded = pc.round(exact, DECIMAL_PLACES, "half_towards_infinity").cast(pa.decimal128(38, DECIMAL_PLACES))
    return rounded.take(distinct.indices)


def _read(cells: Cells, field: Field, context: Context) -> Reading:
    text = cells.text
    stored = cells.were(*NUMBERS, CellType.PERCENT)
    if stored.any():
        text = put(text, stored, replace(text[stored], r"\.", ","))
    padded = cells.were(CellType.PADDED)
    if padded.any():
        text = put(text, padded, replace(text[padded], r"^0+(\d)", r"\1"))
    shown_as_percent = cells.were(CellType.PERCENT)
    if field.measure == PERCENT:
        remarks = [Remark("percent_cell", shown_as_percent)]
        fraction = cells.were(CellType.UNSEEN) & matches(text, r"^0,\d*[1-9]\d*$")
        shown = translate(text[fraction], lambda value: percent(value.replace(",", ".")).replace(".", ","))
        remarks.append(Remark("fraction_or_percent", fraction, repaired=False, suggestions=shown))
    else:
        remarks = [Remark("percent_cell_elsewhere", shown_as_percent, repaired=False)]
    if field.measure in (MONEY, PRICE) and not field.currency:
        remarks.append(Remark("other_currency", cells.were(CellType.CURRENCY), repaired=False))
    odd = ~matches(text, _CANONICAL) & (text != "").to_numpy()
    mark = "" if context.as_is or not context.table else _decimal_mark(text, stored, context)
    if (context.table or field.kind == "integer") and not context.as_is and not mark:
        unsure = matches(text, _AMBIGUOUS) & ~stored
        unsure[unsure] = ~_of_another_unit(text[unsure], field)
        remarks.append(_ambiguous(text, unsure))
        odd &= ~unsure
    elif mark == ".":
        odd |= matches(text, _AMBIGUOUS) & ~stored
    if odd.any():
        text, more = _repaired(text, odd, mark, field.measure)
        remarks += more
    return Reading(text, tuple(remarks))


def _of_another_unit(text: "pd.Series[str]", field: Field) -> Mask:
    """Which cells have a sign of something else than the field measures: ``5 €`` as a quantity."""
    signed = matches(text, _ANY_SIGN)
    return signed & ~matches(text, _SIGNS[field.measure]) if field.measure in _SIGNS else signed


def _decimal_mark(text: "pd.Series[str]", stored: Mask, context: Context) -> str:
    """The column's decimal mark as the settings or its unambiguous cells show it; "" when neither does."""
    if context.settings.decimal_mark:
        return context.settings.decimal_mark
    written = text[~stored]
    comma, point = matches(written, _SHOWS_COMMA).any(), matches(written, _SHOWS_POINT).any()
    return "" if comma == point else "," if comma else "."


def _ambiguous(text: "pd.Series[str]", unsure: Mask) -> Remark:
    either = replace(replace(text[unsure], r"[^\d.,−–-]", ""), r"^[−–-](.*)$|^(.*)-$", r"-\1\2")
    whole, part = replace(either, r"[.,]", ""), replace(either, r"\.", ",")
    details = {"whole": whole.to_numpy(object), "part": part.to_numpy(object)}
    return Remark(AMBIGUOUS, unsure, repaired=False, suggestions=whole, details=details)


def _repaired(text: "pd.Series[str]", odd: Mask, mark: str, measure: str) -> "tuple[pd.Series[str], list[Remark]]":
    before = text[odd]
    after = translate(before, lambda value: plain_number(value, mark, measure))
    changed = differ(before, after)
    only_mark = changed & ~differ(replace(before, r"\.", ","), after)
    spots = np.flatnonzero(odd)
    point, form = np.zeros(len(text), bool), np.zeros(len(text), bool)
    point[spots[only_mark]] = True
    form[spots[changed & ~only_mark]] = True
    remarks = [Remark("decimal_point", point, silent_as_is=True), Remark("number_form", form)]
    return put(text, odd, after), remarks


def is_ambiguous(value: str) -> bool:
    """Whether a text could be a whole number with a group separator or one with decimals: 1.234."""
    return re.search(_AMBIGUOUS, value.strip()) is not None


def plain_number(value: str, mark: str = "", measure: str = "") -> str:
    """A number freed of group separators and of the sign of what it measures, with a decimal comma.

    Comes back as it is when that cannot be done without guessing. ``mark`` is the decimal mark if known; ``measure``: what
    the number measures, if anything. Of the currencies only the euro's sign is left out: without another one the sum would
    mean something else.
    """
    text = _without_sign(value, measure).strip().replace("−", "-").replace("–", "-")
    text = re.sub(r"^\+", "", text)
    text = re.sub(r"^-\s+", "-", text)
    text = re.sub(r"^(.+?)\s?-$", r"-\1", text)
    grouped = re.fullmatch(r"(-?)(\d{1,3}(?:[\s\u00a0\u2009\u202f'’]\d{3})+)([.,]\d+)?", text)
    if grouped:
        text = grouped[1] + re.sub(r"\D", "", grouped[2]) + (grouped[3] or "")
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d+|-?\d{1,3}(\.\d{3}){2,}", text) or (mark == "," and re.fullmatch(r"-?\d{1,3}\.\d{3}", text)):
        text = text.replace(".", "")
    elif re.fullmatch(r"-?\d{1,3}(,\d{3})+\.\d+|-?\d{1,3}(,\d{3}){2,}", text) or (mark == "." and re.fullmatch(r"-?\d{1,3},\d{3}", text)):
        text = text.replace(",", "")
    text = text.replace(".", ",", 1)
    text = re.sub(r"^(-?),(?=\d)", r"\g<1>0,", text)
    return text if re.fullmatch(r"-?\d+(,\d+)?", text) else value


def _without_sign(value: str, measure: str) -> str:
    return re.sub(_SIGNS[measure], "", value) if measure in _SIGNS else value


def with_other_sign(value: str, measure: str = "") -> str:
    """A text that holds a number, with the other sign; one that can be read in two ways keeps its marks, what is no number stays.

    ``measure``: what the number measures, if anything.
    """
    if is_ambiguous(value):
        bare = _without_sign(value, measure).strip()
        number = bare.strip("+-−– ")
        return number if re.search("[-−–]", bare) else f"-{number}"
    number = plain_number(value, measure=measure)
    if not as_decimal(number):
        return value
    return number[1:] if number.startswith("-") else f"-{number}"


def _right(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    right = matches(column, rf"^-?\d{{1,{_MOST_DIGITS}}}(?:,\d+)?$")
    places = field.decimals if field.decimals is not None else field.assumed_decimals
    if places is not None:
        right &= ~matches(column, rf",\d{{{places}}}0*[1-9]\d*$")
    if field.min is not None or field.max is not None:
        numbers = to_decimals(column)
        kind = numbers.type
        if field.min is not None:
            right &= np.asarray(pc.fill_null(pc.greater_equal(numbers, pa.scalar(Decimal(field.min), kind)), False))
        if field.max is not None:
            right &= np.asarray(pc.fill_null(pc.less_equal(numbers, pa.scalar(Decimal(field.max), kind)), False))
    return right


def _explain(value: str, field: Field, context: Context) -> Fault:
    number = as_decimal(value)
    if number is None:
        return explain_text(value, field)
    if field.min is not None and number < Decimal(field.min):
        return Fault("number_too_small", details={"min": comma(field.min)})
    if field.max is not None and number > Decimal(field.max):
        return Fault("number_too_large", details={"max": comma(field.max)})
    if abs(number) >= 10**_MOST_DIGITS:
        return Fault("number_too_large", details={"max": "9" * _MOST_DIGITS})
    if field.decimals is not None:
        return Fault("too_many_decimals", details={"decimals": field.decimals})
    return Fault("unusual_decimals", Severity.WARNING, details={"decimals": field.assumed_decimals})


def explain_text(value: str, field: Field) -> Fault:
    """What is wrong with a text that is no canonical number."""
    plain = plain_number(value, measure=field.measure)
    if plain != value:
        return Fault("number_form", suggestion=plain)
    if as_decimal(plain_number(re.sub(_ANY_SIGN, "", value))) is not None:
        return Fault("other_unit")
    if _is_exponent(value):
        return Fault("exponent")
    inner = plain_number(value.strip()[1:-1], measure=field.measure)
    in_brackets = re.fullmatch(r"\(.*\)", value.strip()) and re.fullmatch(r"\d+(?:,\d+)?", inner)
    return Fault("not_a_number", details={"negative": f"-{inner}"} if in_brackets else {"example": _EXAMPLES.get(field.kind, "8,5")})


def as_decimal(value: str) -> Decimal | None:
    """A canonical number as a decimal; None when the text is none."""
    if not re.fullmatch(r"-?\d+(,\d+)?", value):
        return None
    return Decimal(value.replace(",", "."))


def comma(number: str) -> str:
    """A number of a schema as users write it: 0.5 → 0,5."""
    return number.replace(".", ",")


def _is_exponent(value: str) -> bool:
    return re.fullmatch(r"-?\d+(?:[.,]\d+)?[eE][-+]?\d+", value.strip()) is not None


def _read_integer(cells: Cells, field: Field, context: Context) -> Reading:
    reading = _read(cells, field, context)
    zeros = matches(reading.text, r"^-?\d+,0+$")
    if not zeros.any():
        return reading
    whole = put(reading.text, zeros, replace(reading.text[zeros], r",0+$", ""))
    told = [remark.mask for remark in reading.remarks if remark.problem == "number_form"]
    zeros &= ~np.logical_or.reduce(told)
    return Reading(whole, (*reading.remarks, Remark("number_form", zeros)))


def _right_integer(column: "pd.Series[str]", field: Field, context: Context) -> Mask:
    return _right(column, field, context) & matches(column, r"^-?\d+$")


def _explain_integer(value: str, field: Field, context: Context) -> Fault:
    number = as_decimal(value)
    if number is None or "," not in value:
        return _explain(value, field, context)
    return Fault("not_whole", suggestion=f"{number.to_integral_value(ROUND_HALF_UP):f}" if field.measure == MONEY else None)


DECIMAL = Kind(_read, _right, _explain)
INTEGER = Kind(_read_integer, _right_integer, _explain_integer)


def turned(text: "pd.Series[str]") -> "pd.Series[str]":
    """The numbers with the other sign; a zero has none. What is no number stays as it is."""
    number = matches(text, r"^-?\d+(?:,\d+)?$") & ~matches(text, r"^0+(?:,0+)?$")
    return put(text, number, replace(replace(text[number], "^", "-"), "^--", ""))
