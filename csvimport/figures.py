"""Figures that users compare with Procountor's preview."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A total: what it is, of which value, its currency if it is money, and its value as decimal text with a point.

    ``of_few``: whether it is the pay of so few persons that it tells what one of them earns.
    """

    label: str
    currency: str | None
    value: str
    of: str = ""
    of_few: bool = False

    @property
    def name(self) -> str:
        """What it is, in English, with the value that it is of."""
        return f"{self.label} {self.of}".strip()
