"""What already exists in the environment, read from the files that the settings name."""

from dataclasses import replace
from functools import cache, cached_property
from pathlib import Path

import pandas as pd

from csvimport import columns as col
from csvimport.context import TABLE, Context
from csvimport.errors import InputError
from csvimport.headings import recognised as heads
from csvimport.kinds import KINDS
from csvimport.notation import normalise
from csvimport.read.source import read_source
from csvimport.schema import Schema, load, register
from csvimport.settings import Settings
from csvimport.sorting.build import build


class RegisterData:
    """The registers of an environment; each is read when it is first asked for, and empty when the settings name none."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def read(self) -> None:
        """Reads every register that the settings name. Raises InputError when one cannot be used."""
        for name in ("accounts", "dimensions", "partners", "products", "salary_types"):
            if getattr(self._settings.registers, name):
                getattr(self, name)

    @cached_property
    def accounts(self) -> frozenset[str]:
        """The account numbers of the chart of accounts."""
        return frozenset(self._table("accounts", register("accounts"))["account"]) - {""}

    @cached_property
    def salary_types(self) -> frozenset[str]:
        """The codes of the salary type register."""
        return frozenset(self._table("salary_types", register("salary_types"))["salary_type_code"]) - {""}

    @cached_property
    def dimensions(self) -> pd.DataFrame:
        """The dimension items: columns ``dimension_name``, ``item_name``, ``passivity_code``."""
        return self._table("dimensions", load("dimensions"))

    @cached_property
    def dimension_order(self) -> tuple[str, ...]:
        """The names of the dimensions in the order of the Dimensions view."""
        return self._settings.dimension_order or tuple(self.dimensions["dimension_name"].unique())

    @cached_property
    def partners(self) -> pd.DataFrame:
        """The business partners, columns by field key."""
        return self._table("partners", load("partners"))

    @cached_property
    def products(self) -> pd.DataFrame:
        """The products, columns by field key."""
        return self._table("products", load("products"))

    def _table(self, name: str, schema: Schema) -> pd.DataFrame:
        named = getattr(self._settings.registers, name)
        if not named:
            return _no_records(schema.main.keys)
        path = self._settings.folder / named
        try:
            return read_register(path, schema, self._settings)
        except InputError as error:
            raise InputError("register_unusable", name=name, error=error) from error


@cache
def _no_records(keys: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(columns=list(keys), dtype="str")


def read_register(path: Path, schema: Schema, settings: Settings) -> pd.DataFrame:
    """The main records of a register file in canonical notation, in whatever layout it has.

    Below headings values are read as in a table, also where the columns stand in the order of the fields. Raises InputError when
    it cannot be read or its columns are not recognised.
    """
    sheet = read_source(str(path), sheet=None, choose=lambda sheets: heads.pair(sheets, schema), largest=settings.largest).sheets[0]
    found = heads.recognise(sheet, schema)
    if found.stop:
        raise InputError("register_of_other_kind", path=path, title=schema.title)
    context = Context(Settings(encoding="utf-8"), found.layout)
    data, _ = build([(sheet, found)], schema, context)
    data, _ = normalise(data, context if found.row is None else replace(context, layout=TABLE))
    table, first = data[""], schema.main.fields[0]
    if not any(KINDS[first.reader].right(table.text[first.key], first, Context()) & col.filled(table.text[first.key])):
        raise InputError("register_without_values", path=path, title=first.title)
    return table.text
