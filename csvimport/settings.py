"""Settings: how the Procountor environment is set up, and what already exists in it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from os import PathLike, fspath
from pathlib import Path
from typing import Any, get_type_hints

from csvimport.errors import InputError, Sentence, UsageError, reason
from csvimport.limits import bytes_of
from csvimport.months import month_of
from csvimport.names import as_path
from csvimport.suggest import did_you_mean

DEFAULT_FILE = "csvimport.toml"
LANGUAGES = ("en", "fi", "sv")
SIDES = ("debit", "credit")
ACCOUNT_RANGE = r"(\d{4})(?:\s*[-–]\s*(\d{4}))?"
BALANCES = ("gross", "net", "either")
ENCODINGS = ("cp1252", "utf-8", "iso-8859-1")


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
    max_size: str = ""
    registers: Registers = field(default_factory=Registers)
    words: Mapping[str, str] = field(default_factory=dict)
    folder: Path = field(default_factory=Path)

    @property
    def largest(self) -> int | None:
        """How many bytes an input may have, a workbook unpacked; None for what is usual."""
        return bytes_of(self.max_size) if self.max_size else None


def load(source: "str | PathLike[str] | Mapping[str, Any] | None") -> Settings:
    """Settings from a TOML file, from a mapping of the same shape, or the defaults for None.

    Paths in ``[registers]`` are relative to the settings file. Raises InputError when the file cannot be
    read, UsageError for a key or a value that is not known.
    """
    if source is None:
        return Settings()
    if isinstance(source, Mapping):
        return _settings(source, "the settings", Path())
    path = as_path(source)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError("settings_unreadable", path=path, reason=reason(error)) from error
    except UnicodeDecodeError as error:
        raise InputError("settings_not_utf8", path=path) from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError("settings_not_toml", path=path, error=error) from error
    return _settings(data, str(path), path.parent)


def _settings(data: Mapping[str, Any], where: str, folder: Path) -> Settings:
    from csvimport.currencies import currencies
    from csvimport.kinds.codes import countries
    from csvimport.kinds.dates import long_form, parse
    from csvimport.words import known_words

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
        if (value := getattr(settings, name)) not in known:
            raise UsageError("setting_not_listed", value=value, name=name, where=where, known=", ".join(filter(None, known)))
    for name in ("budget_flip", "income_accounts"):
        for text in getattr(settings, name):
            if not re.fullmatch(ACCOUNT_RANGE, text):
                raise UsageError("setting_no_accounts", value=text, name=name, where=where)
    for text in settings.vat_percentages:
        if not re.fullmatch(r"\d{1,2}(?:[.,]\d{1,2})?", text):
            raise UsageError("setting_no_percentage", value=text, where=where)
    if settings.financial_year and not (month_of(settings.financial_year, {}) or (0, 0))[0]:
        raise UsageError("setting_no_month", value=settings.financial_year, where=where)
    if settings.default_country and settings.default_country not in countries():
        raise UsageError("setting_no_country", value=settings.default_country, where=where)
    for code in settings.registers.currencies:
        if code not in currencies():
            raise UsageError("setting_no_currency", value=code, where=where)
    for key, word in settings.words.items():
        if key not in known_words():
            hint = did_you_mean(key, known_words()) or Sentence("there_are", known=", ".join(known_words()))
            raise UsageError("setting_unknown", hint, key=key, where=f"[words] of {where}")
        if not word.strip() or any(mark in word for mark in ';"\r\n\t'):
            raise UsageError("setting_no_word", value=word, where=where)
    if settings.max_size:
        bytes_of(settings.max_size)
    if settings.open_from and parse(long_form(settings.open_from)) is None:
        raise UsageError("setting_no_date", value=settings.open_from, where=where)
    return settings


def _checked(data: Any, kind: type, where: str, hidden: tuple[str, ...] = ()) -> dict[str, Any]:
    if not isinstance(data, Mapping):
        raise UsageError("settings_no_table", where=where)
    known = [f.name for f in fields(kind) if f.name not in hidden]
    for key in data:
        if key not in known:
            hint = did_you_mean(key, known) or Sentence("there_are", known=", ".join(known))
            raise UsageError("setting_unknown", hint, key=key, where=where)
    hints = get_type_hints(kind)
    return {key: _typed(value, hints[key], key, where) for key, value in data.items()}


def _typed(value: Any, kind: Any, key: str, where: str) -> Any:
    if kind is str and isinstance(value, PathLike):
        return fspath(value)
    if kind in (str, bool) and isinstance(value, kind):
        return value
    if kind == tuple[str, ...] and isinstance(value, list | tuple):
        return tuple(str(item) for item in value)
    if kind == Mapping[str, str] and isinstance(value, Mapping) and all(isinstance(v, str) for v in value.values()):
        return dict(value)
    if kind is Registers:
        return value
    expected = {str: "one_text", bool: "true_or_false", tuple[str, ...]: "list_of_texts"}.get(kind, "texts_by_name")
    raise UsageError("setting_of_other_kind", key=key, where=where, expected=Sentence(expected))
