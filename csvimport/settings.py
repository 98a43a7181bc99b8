"""Settings: how the Procountor environment is set up, and what already exists in it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from os import PathLike
from pathlib import Path
from typing import Any, get_type_hints

from csvimport.errors import InputError, UsageError
from csvimport.months import month_of
from csvimport.suggest import nearest

DEFAULT_FILE = "csvimport.toml"
LANGUAGES = ("en", "fi", "sv")
SIDES = ("debit", "credit")
ACCOUNT_RANGE = r"(\d{4})(?:\s*[-–]\s*(\d{4}))?"
BALANCES = ("gross", "net", "either")
ENCODINGS = ("cp1252", "utf-8", "iso-8859-1", "iso-8859-15")


@dataclass(frozen=True)
class Registers:
    """What exists in the environment: paths of the files that list it, and the currencies in use."""

    accounts: str = ""
    partners: str = ""
    products: str = ""
    dimensions: str = ""
    salary_types: str = ""
    currencies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Settings:
    """The keys of ``csvimport.toml``; every one is optional."""

    language: str = "fi"
    encoding: str = "cp1252"
    vat_percentages: tuple[str, ...] = ()
    vat_statuses: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    accept: tuple[str, ...] = ()
    dimension_word: str = "DIMENSION"
    dimension_order: tuple[str, ...] = ()
    default_country: str = ""
    open_from: str = ""
    decimal_mark: str = ""
    memo_balance: str = "gross"
    journal_sign: str = "debit"
    financial_year: str = ""
    budget_round: bool = False
    budget_flip: tuple[str, ...] = ()
    income_accounts: tuple[str, ...] = ("3000-3999",)
    no_item_word: str = "((no item))"
    registers: Registers = field(default_factory=Registers)
    words: Mapping[str, str] = field(default_factory=dict)
    folder: Path = field(default_factory=Path)


def load(source: "str | PathLike[str] | Mapping[str, Any] | None") -> Settings:
    """Settings from a TOML file, from a mapping of the same shape, or the defaults for None.

    Paths in ``[registers]`` are relative to the settings file. Raises InputError when the file cannot be
    read, UsageError for a key or a value that is not known.
    """
    if source is None:
        return Settings()
    if isinstance(source, Mapping):
        return _settings(source, "the settings", Path())
    path = Path(source)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"The settings file {path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"The settings file {path} is not UTF-8 text.") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"The settings file {path} is not right TOML: {error}.") from error
    return _settings(data, str(path), path.parent)


def _settings(data: Mapping[str, Any], where: str, folder: Path) -> Settings:
    from csvimport.kinds.dates import long_form, parse

    values = _checked(data, Settings, where, hidden=("folder",))
    values["registers"] = Registers(**_checked(data.get("registers", {}), Registers, f"[registers] of {where}"))
    settings = Settings(**{**values, "folder": folder})
    listed = (
        ("language", LANGUAGES),
        ("encoding", ENCODINGS),
        ("decimal_mark", ("", ",", ".")),
        ("memo_balance", BALANCES),
        ("journal_sign", SIDES),
    )
    for name, known in listed:
        if getattr(settings, name) not in known:
            allowed = ", ".join(filter(None, known))
            raise UsageError(f"“{getattr(settings, name)}” is no {name} in {where}; there are: {allowed}.")
    for name in ("budget_flip", "income_accounts"):
        for text in getattr(settings, name):
            if not re.fullmatch(ACCOUNT_RANGE, text):
                raise UsageError(f"“{text}” in {name} of {where} is no range of accounts. Write 3000-3999, or one account.")
    if settings.financial_year and not (month_of(settings.financial_year, {}) or (0, 0))[0]:
        raise UsageError(f"financial_year of {where} is no month: “{settings.financial_year}”. Write the first month, as in 7/2026.")
    for word in settings.words.values():
        if not word.strip() or any(mark in word for mark in ';"\r\n\t'):
            raise UsageError(f"[words] of {where}: “{word}” cannot be written as a word.")
    if settings.open_from and parse(long_form(settings.open_from)) is None:
        raise UsageError(f"open_from of {where} is no date: “{settings.open_from}”. Write dd.mm.yyyy.")
    return settings


def _checked(data: Any, kind: type, where: str, hidden: tuple[str, ...] = ()) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise UsageError(f"{where}: a table of keys was expected.")
    known = [f.name for f in fields(kind) if f.name not in hidden]
    for key in data:
        if key not in known:
            close = nearest(key, known)
            hint = f" Did you mean “{close}”?" if close else f" There are: {', '.join(known)}."
            raise UsageError(f"“{key}” is no key of {where}.{hint}")
    hints = get_type_hints(kind)
    return {key: _typed(value, hints[key], key, where) for key, value in data.items()}


def _typed(value: Any, kind: Any, key: str, where: str) -> Any:
    if kind in (str, bool) and isinstance(value, kind):
        return value
    if kind == tuple[str, ...] and isinstance(value, list | tuple):
        return tuple(str(item) for item in value)
    if kind == Mapping[str, str] and isinstance(value, Mapping) and all(isinstance(v, str) for v in value.values()):
        return dict(value)
    if kind is Registers:
        return value
    expected = {str: "one text in quotes", bool: "true or false", tuple[str, ...]: 'a list of texts, ["…", "…"]'}.get(kind, "texts by name")
    raise UsageError(f"“{key}” of {where} must be {expected}.")
