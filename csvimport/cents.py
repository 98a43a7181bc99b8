"""Money in whole cents, which is never a binary float on the way."""

from decimal import Decimal

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from csvimport import columns as col
from csvimport.findings import Mask, Places
from csvimport.kinds.numbers import to_decimals

Cents = Places

CENTS_PER_UNIT = 100
LARGEST = 400_000_000_000_000  # cents; times a VAT percentage in hundredths it still fits into 64 bits
WIDE = pa.decimal256(22, 6)
_SCALED = pa.scalar(Decimal(10_000), pa.decimal256(10, 4))


def to_cents(column: "pd.Series[str]") -> Cents:
    """A column of sums in cents; cells that are no numbers count as 0, further decimals are rounded."""
    return whole_cents(pc.multiply(decimals(column, WIDE), _SCALED))[0]


def product_in_cents(one: "pd.Series[str]", two: "pd.Series[str]") -> Cents:
    """The products of two columns of numbers in cents; cells that are no numbers count as 0."""
    return whole_cents(pc.multiply(pc.multiply(decimals(one, WIDE), decimals(two, WIDE)), _SCALED))[0]


def money(cents: int) -> str:
    """Cents as people write them: 123456 → 1234,56."""
    return as_text(cents).replace(".", ",")


def money_texts(cents: Cents) -> "npt.NDArray[np.object_]":
    """Each number of cents as people write it."""
    return np.array([money(int(number)) for number in cents], object)


def as_text(cents: int) -> str:
    """Cents as decimal text: 123456 → 1234.56."""
    return f"{Decimal(int(cents)) / CENTS_PER_UNIT:.2f}"


def share(cents: Cents, numerator: "Places | int", denominator: "Places | int") -> Cents:
    """Cents times a fraction, rounded, halves away from zero."""
    product = cents * numerator
    whole, rest = np.divmod(np.abs(product), denominator)
    return np.asarray(np.sign(product) * (whole + (2 * rest >= denominator)))


def decimals(column: "pd.Series[str]", kind: pa.DataType, empty: str = "0") -> pa.Array:
    """Numbers of a column; null for what is no number or too large for the kind."""
    numbers = pc.round(to_decimals(column), ndigits=kind.scale, round_mode="half_towards_infinity")
    largest = pa.scalar(Decimal(10) ** (kind.precision - kind.scale) - 1, numbers.type)
    sane = pc.if_else(pc.less(pc.abs(numbers), largest), numbers, None).cast(pa.decimal256(60, 12)).cast(kind)
    return pc.if_else(pa.array(col.filled(column)), sane, pa.scalar(Decimal(empty), kind))


def whole_cents(amount: pa.Array) -> tuple[Cents, Mask]:
    """Amounts times ten thousand, as two percentages make them, as whole cents.

    Those that are null or too large for VAT to be reckoned come as 0; the mask tells the others.
    """
    rounded = pc.round(amount, ndigits=-2, round_mode="half_towards_infinity").cast(pa.decimal256(70, 0))
    limit = pa.scalar(Decimal(LARGEST * CENTS_PER_UNIT), rounded.type)
    sane = pc.fill_null(pc.less(pc.abs(rounded), limit), False)
    whole = pc.if_else(sane, rounded, pa.scalar(Decimal(0), rounded.type)).cast(pa.decimal128(38, 0)).cast(pa.int64())
    return np.asarray(whole) // CENTS_PER_UNIT, np.asarray(sane)
