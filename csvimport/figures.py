"""Figures that users compare with Procountor's preview."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A total: its name, its currency if it is money, and its value as decimal text with a point."""

    name: str
    currency: str | None
    value: str
