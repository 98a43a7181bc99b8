"""What the steps of the line need to know besides the data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from csvimport.settings import Settings

if TYPE_CHECKING:
    from csvimport.registers import RegisterData

PROCOUNTOR = "procountor"
TABLE = "table"


@dataclass(frozen=True)
class Context:
    """The settings and the manner of reading.

    ``as_is``: nothing is normalised, as Procountor reads; ``attachments``: the other files of a package by name, None without one;
    ``alone``: the transfer file is written without them; ``headings``: whether the input has any, which no finished file has.
    """

    settings: Settings = field(default_factory=Settings)
    layout: str = PROCOUNTOR
    as_is: bool = False
    attachments: Mapping[str, bytes] | None = None
    alone: bool = False
    headings: bool = False

    @cached_property
    def registers(self) -> "RegisterData":
        """What exists in the environment, read when first asked for."""
        from csvimport.registers import RegisterData

        return RegisterData(self.settings)

    @property
    def table(self) -> bool:
        """Whether the input is a table with headings."""
        return self.layout == TABLE
