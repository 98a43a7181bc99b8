"""The parts of a schema, and how they are read from TOML: each mistake is told with its file and its place."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from dataclasses import field as made
from pathlib import Path
from typing import Any, TypeVar

from csvimport.errors import SchemaError
from csvimport.severity import Severity
from csvimport.shapes import Calendar, Field, GroupedColumn, Mark, Record, SignedColumns, ValueColumns
from csvimport.suggest import nearest

T = TypeVar("T")


@dataclass(frozen=True)
class Check:
    """One use of a check or repair from the rules' vocabulary, with its parameters."""

    use: str
    fields: tuple[str, ...] = ()
    record: str = ""
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    severity: Severity | None = None
    problem: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Rule:
    """A numbered rule; its id is the code of its findings.

    ``effect`` says what Procountor does when the rule is broken: ``refused``, or ``changed``
    when it would ignore, empty or replace the value, which a user may accept. ``problems``: what it can tell where that is
    more than the messages of its checks; ``sometimes``: how heavy single ones of its problems are, where that is not the rule's severity.
    """

    id: str
    text: str
    severity: Severity
    as_is: Severity
    evidence: str
    effect: str = ""
    problems: tuple[str, ...] = ()
    sometimes: tuple[Severity, ...] = ()
    checks: tuple[Check, ...] = ()
    repairs: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Total:
    """A figure that users compare with Procountor; by itself, the number of records under a condition.

    ``preview``: whether the preview shows it; of several such the last goes before the others, where there is one.
    """

    name: str
    record: str
    when: Mapping[str, tuple[str, ...]] = made(default_factory=dict)
    use: str = "count"
    field: str = ""
    preview: bool = False


@dataclass(frozen=True)
class Upload:
    """Where the file is uploaded, what the import view asks, and what in it can surprise.

    ``counted``: the record whose number the preview shows; empty when no preview is known.
    """

    menu: str = ""
    import_type: str = ""
    asks: tuple[str, ...] = ()
    counted: str = ""
    surprises: tuple[Mapping[str, str], ...] = ()


def read_toml(path: Path) -> dict[str, Any]:
    """What a file holds. Raises SchemaError when it cannot be read."""
    try:
        with path.open("rb") as handle:
            return tomllib.load(handle)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SchemaError(f"{path.name}: {error}") from error


def record_of(entry: dict[str, Any], path: Path) -> Record:
    """A record of its entry."""
    where = f"records.{entry.get('name', '?')}"
    entry = dict(entry)
    in_file = entry.get("written", True) or bool(entry.get("folded"))
    fields_ = ({**f, "in_file": in_file} for f in entry.get("fields", ()))
    entry["fields"] = tuple(build(Field, f, path, f"{where}.{f.get('key', '?')}") for f in fields_)
    for key, kind in (
        ("mark", Mark),
        ("list_column", GroupedColumn),
        ("value_columns", ValueColumns),
        ("signed", SignedColumns),
        ("calendar", Calendar),
    ):
        if key in entry:
            entry[key] = build(kind, entry[key], path, f"{where}.{key}")
    return build(Record, entry, path, where)


def rule_of(entry: dict[str, Any], path: Path) -> Rule:
    """A rule of its entry."""
    where = f"rules.{entry.get('id', '?')}"
    entry = dict(entry)
    as_is, _, plain = entry.get("severity", "error").partition("/")
    entry["as_is"], entry["severity"] = _severity(as_is, path, where), _severity(plain or as_is, path, where)
    entry["sometimes"] = tuple(_severity(word, path, where) for word in entry.get("sometimes", ()))
    for key in ("checks", "repairs"):
        entry[key] = tuple(_check(check, path, f"{where}.{key}") for check in entry.get(key, ()))
    return build(Rule, entry, path, where)


def with_when(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry in which each field of a condition has several values."""
    when = {key: (value,) if isinstance(value, str) else tuple(value) for key, value in entry.get("when", {}).items()}
    return {**entry, "when": when}


def _check(entry: dict[str, Any], path: Path, where: str) -> Check:
    known = {f.name for f in fields(Check)}
    entry = with_when(entry)
    entry["options"] = {key: _frozen(entry.pop(key)) for key in list(entry) if key not in known}
    if "severity" in entry:
        entry["severity"] = _severity(entry["severity"], path, where)
    return build(Check, entry, path, where)


def _severity(word: str, path: Path, where: str) -> Severity:
    try:
        return Severity(word)
    except ValueError as error:
        raise SchemaError(f"{path.name}: {where}: “{word}” is no severity; there are: {', '.join(Severity)}") from error


def build(kind: type[T], entry: Mapping[str, Any], path: Path, where: str) -> T:
    """A value of a kind. Raises SchemaError for keys that it does not know, and for those that it misses; ``where``: the entry's place."""
    known = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    for key in entry:
        if key not in known:
            close = nearest(key, known)
            raise SchemaError(f"{path.name}: {where}: unknown key “{key}”" + (f", did you mean “{close}”?" if close else ""))
    for f in fields(kind):  # type: ignore[arg-type]
        if f.default is MISSING and f.default_factory is MISSING and f.name not in entry:
            raise SchemaError(f"{path.name}: {where}: “{f.name}” is missing")
    return kind(**{key: _frozen(value) for key, value in entry.items()})


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(v) for v in value)
    if isinstance(value, dict):
        return {key: _frozen(v) for key, v in value.items()}
    return value
