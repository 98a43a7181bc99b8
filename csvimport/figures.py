"""Figures that users compare with Procountor's preview."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A total: what it is, of which value, its currency if it is money, and its value as decimal text with a point."""

    label: str
    currency: str | None
    value: str
    of: str = ""

    @property
    def name(self) -> str:
        """What it is, in English, with the value that it is of."""
        return f"{self.label} {self.of}".strip()
