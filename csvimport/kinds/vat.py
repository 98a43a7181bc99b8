"""The VAT rates of Finland by day.

Sources: Finnish Tax Administration (changes of 1 July 2010, 1 January 2013, 1 September 2024), government bill HE 93/2025.
"""

import datetime as dt
from decimal import Decimal

# From which day: the general rate, the first reduced rate, the second reduced rate; 0 applies throughout.
_PERIODS = (
    (dt.date.min, ("22", "17", "12")),
    (dt.date(1998, 1, 1), ("22", "17", "8")),
    (dt.date(2009, 10, 1), ("22", "12", "8")),
    (dt.date(2010, 7, 1), ("23", "13", "9")),
    (dt.date(2013, 1, 1), ("24", "14", "10")),
    (dt.date(2024, 9, 1), ("25.5", "14", "10")),
    (dt.date(2026, 1, 1), ("25.5", "13.5", "10")),
)

EVER = frozenset(map(Decimal, ("0", *(rate for _, rates in _PERIODS for rate in rates))))  # the rates that have applied at some time


def in_force(day: dt.date) -> frozenset[Decimal]:
    """The rates that applied on a day, 0 among them."""
    rates = next(rates for start, rates in reversed(_PERIODS) if start <= day)
    return frozenset(map(Decimal, ("0", *rates)))
