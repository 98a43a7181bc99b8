"""Schemas: what is true of a transfer file, read from its TOML and verified.

Everything here is a frozen value; nothing here knows a transfer file by name.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from dataclasses import field as made
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from csvimport.errors import SchemaError, Sentence, UsageError
from csvimport.masking import PERSONAL, SALARY
from csvimport.severity import Severity
from csvimport.shapes import (
    Calendar,
    Comments,
    Field,
    Former,
    GroupedColumn,
    Mark,
    Recast,
    Record,
    Separate,
    SignedColumns,
    Summed,
    TableShape,
    ValueColumns,
)
from csvimport.suggest import did_you_mean, nearest

if TYPE_CHECKING:
    import pandera.pandas as pa

T = TypeVar("T")

COMMON = "common"


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


@dataclass(frozen=True, eq=False)
class Schema:
    """One transfer file: its records in nesting order, its rules, its totals.

    ``besides``: headings of columns that people keep for themselves and that belong into no field.
    """

    file: str
    title: Mapping[str, str]
    records: tuple[Record, ...]
    rules: tuple[Rule, ...]
    upload: Upload
    source: tuple[str, ...] = ()
    totals: tuple[Total, ...] = ()
    applies: tuple[Rule, ...] = ()
    table: TableShape | None = None
    separate: Separate | None = None
    recasts: tuple[Recast, ...] = ()
    former: Former | None = None
    comments: Comments | None = None
    summed: Summed | None = None
    heading_order: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    package: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)
    as_is: Mapping[str, str] = field(default_factory=dict)

    @property
    def main(self) -> Record:
        """The record that stands on its own; the others belong to one."""
        return self.records[0]

    @property
    def leading(self) -> Record:
        """The record that the file begins with."""
        return next(record for record in self.records if record.written)

    @cached_property
    def headings(self) -> frozenset[str]:
        """The titles and aliases of all its fields."""
        return frozenset(name for record in self.records for f in record.fields for name in (*f.title.values(), *f.aliases))

    @cached_property
    def holds_pay(self) -> bool:
        """Whether any of its fields holds what a person earns."""
        return any(f.personal == SALARY for record in self.records for f in record.fields)

    def record(self, name: str) -> Record:
        """The record of that name; the main record for an empty name."""
        return next(r for r in self.records if r.name == name) if name else self.main

    @property
    def all_rules(self) -> tuple[Rule, ...]:
        """The rules of the file, and the common ones with what this file applies of them."""
        applied = {rule.id: rule for rule in self.applies}
        return (*self.rules, *(applied.get(rule.id, rule) for rule in common_rules()))

    def recast(self, name: str) -> Recast:
        """The other form of that name. Raises UsageError when there is none."""
        found = next((how for how in self.recasts if how.name == name), None)
        if found is None:
            known = ", ".join(how.name for how in self.recasts)
            raise UsageError("form_unknown" if known else "no_other_form", file=self.file, name=name, known=known)
        return found

    def code(self, problem: str, field_: Field | None = None) -> str:
        """The code under which this file reports a problem: the most particular rule that speaks of it.

        Raises KeyError for a problem that neither the file nor a common rule names.
        """
        common = common_codes().get(problem, "")
        for level in (field_.codes if field_ else {}, self.codes):
            for name in (problem, common):
                if name in level:
                    return level[name]
        return common_codes()[problem]

    def rule(self, code: str) -> Rule:
        """The rule with that id, of this file or common to all."""
        return _rules_by_id(self)[code]

    def to_pandera(self) -> "dict[str, pa.DataFrameSchema]":
        """The checks of every column as pandera schemas, one for each record, over upload-ready text."""
        from csvimport.context import Context
        from csvimport.validate import column_schema

        return {record.name: column_schema(self, record, Context()) for record in self.records}


@cache
def _rules_by_id(schema: Schema) -> dict[str, Rule]:
    return {rule.id: rule for rule in schema.all_rules}


def folder() -> Path:
    """Where the schema files lie: inside an installed package, or beside it in a checkout."""
    installed = Path(__file__).parent / "schemas"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "schemas"


@cache
def names() -> tuple[str, ...]:
    """The transfer files there are, in alphabetical order."""
    return tuple(sorted(path.stem for path in folder().glob("*.toml") if path.stem != COMMON))


def load(name: str) -> Schema:
    """The schema of a transfer file; ``-`` and ``_`` are the same in its name.

    Raises UsageError, naming the nearest file, when there is none of that name.
    """
    wanted = name.strip().lower().replace("_", "-")
    if wanted not in names():
        raise UsageError("file_unknown", did_you_mean(wanted, names()), Sentence("there_are", known=", ".join(names())), name=name)
    return _load(folder() / f"{wanted}.toml")


@cache
def register(name: str) -> Schema:
    """The schema of a register that is no transfer file, such as the chart of accounts."""
    return _load(folder() / "registers" / f"{name}.toml")


@cache
def common_rules() -> tuple[Rule, ...]:
    """The rules that hold for every transfer file."""
    path = folder() / f"{COMMON}.toml"
    return tuple(_rule(entry, path) for entry in _toml(path)["rules"])


@cache
def common_codes() -> Mapping[str, str]:
    """Problem → the id of the common rule that it breaks."""
    return {problem: rule.id for rule in common_rules() for problem in rule.problems}


@cache
def _load(path: Path) -> Schema:
    data = _toml(path)
    data["upload"] = _build(Upload, data.get("upload", {}), path, "upload")
    data["records"] = tuple(_record(entry, path) for entry in data.get("records", ()))
    data["rules"] = tuple(_rule(entry, path) for entry in data.get("rules", ()))
    data["applies"] = tuple(_applied(entry, path) for entry in data.get("applies", ()))
    data["recasts"] = tuple(_build(Recast, entry, path, "recasts") for entry in data.get("recasts", ()))
    data["totals"] = tuple(_build(Total, _with_when(entry), path, "totals") for entry in data.get("totals", ()))
    for key, kind in (("table", TableShape), ("separate", Separate), ("former", Former), ("comments", Comments), ("summed", Summed)):
        if key in data:
            data[key] = _build(kind, data[key], path, key)
    schema = _build(Schema, data, path, path.stem)
    _verify(schema, path)
    return schema


def _toml(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as handle:
            return tomllib.load(handle)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SchemaError(f"{path.name}: {error}") from error


def _record(entry: dict[str, Any], path: Path) -> Record:
    where = f"records.{entry.get('name', '?')}"
    entry = dict(entry)
    in_file = entry.get("written", True) or bool(entry.get("folded"))
    fields_ = ({**f, "in_file": in_file} for f in entry.get("fields", ()))
    entry["fields"] = tuple(_build(Field, f, path, f"{where}.{f.get('key', '?')}") for f in fields_)
    for key, kind in (
        ("mark", Mark),
        ("list_column", GroupedColumn),
        ("value_columns", ValueColumns),
        ("signed", SignedColumns),
        ("calendar", Calendar),
    ):
        if key in entry:
            entry[key] = _build(kind, entry[key], path, f"{where}.{key}")
    return _build(Record, entry, path, where)


def _rule(entry: dict[str, Any], path: Path) -> Rule:
    where = f"rules.{entry.get('id', '?')}"
    entry = dict(entry)
    as_is, _, plain = entry.get("severity", "error").partition("/")
    entry["as_is"], entry["severity"] = _severity(as_is, path, where), _severity(plain or as_is, path, where)
    entry["sometimes"] = tuple(_severity(word, path, where) for word in entry.get("sometimes", ()))
    for key in ("checks", "repairs"):
        entry[key] = tuple(_check(check, path, f"{where}.{key}") for check in entry.get(key, ()))
    return _build(Rule, entry, path, where)


def _severity(word: str, path: Path, where: str) -> Severity:
    try:
        return Severity(word)
    except ValueError as error:
        raise SchemaError(f"{path.name}: {where}: “{word}” is no severity; there are: {', '.join(Severity)}") from error


def _applied(entry: Mapping[str, Any], path: Path) -> Rule:
    """A common rule with the checks and repairs that a file gives it."""
    common = next((rule for rule in common_rules() if rule.id == entry.get("id")), None)
    if common is None:
        raise SchemaError(f"{path.name}: applies: there is no common rule “{entry.get('id')}”")
    own = _rule({**entry, "text": common.text, "evidence": common.evidence}, path)
    return replace(common, checks=own.checks, repairs=own.repairs)


def _check(entry: dict[str, Any], path: Path, where: str) -> Check:
    known = {f.name for f in fields(Check)}
    entry = _with_when(entry)
    entry["options"] = {key: _frozen(entry.pop(key)) for key in list(entry) if key not in known}
    if "severity" in entry:
        entry["severity"] = _severity(entry["severity"], path, where)
    return _build(Check, entry, path, where)


def _with_when(entry: Mapping[str, Any]) -> dict[str, Any]:
    when = {key: (value,) if isinstance(value, str) else tuple(value) for key, value in entry.get("when", {}).items()}
    return {**entry, "when": when}


def _build(kind: type[T], entry: Mapping[str, Any], path: Path, where: str) -> T:
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


def _verify(schema: Schema, path: Path) -> None:
    for record in schema.records:
        if [f.no for f in record.fields] != list(range(1, record.width + 1)):
            raise SchemaError(f"{path.name}: records.{record.name}: the numbers of the fields do not run from 1 to {record.width}")
        for key in record.keys:
            if record.keys.count(key) > 1:
                raise SchemaError(f"{path.name}: records.{record.name}: the key “{key}” stands twice")
        for f in record.fields:
            if f.personal and f.personal not in PERSONAL:
                raise SchemaError(
                    f"{path.name}: records.{record.name}.{f.key}: “{f.personal}” is nothing that is masked; there are: {', '.join(PERSONAL)}"
                )
    for rule in schema.all_rules:
        for check in (*rule.checks, *rule.repairs):
            keys = schema.record(check.record).keys
            for key in (*check.fields, *check.when):
                above, _, name = key.rpartition(".")
                if name not in (schema.record(above).keys if above else keys):
                    raise SchemaError(f"{path.name}: rules.{rule.id}: there is no field “{key}”")
    known = _rules_by_id(schema)
    for code in _codes_used(schema):
        if code not in known:
            raise SchemaError(f"{path.name}: codes: there is no rule {code}")


def _codes_used(schema: Schema) -> Iterable[str]:
    yield from schema.codes.values()
    for record in schema.records:
        for f in record.fields:
            yield from f.codes.values()
