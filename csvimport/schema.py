"""Schemas: what is true of a transfer file, read from its TOML and verified.

Everything here is a frozen value; nothing here knows a transfer file by name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csvimport.errors import SchemaError, Sentence, UsageError
from csvimport.masking import PERSONAL, SALARY
from csvimport.schema_parts import Rule, Total, Upload, build, read_toml, record_of, rule_of, with_when
from csvimport.shapes import (
    Comments,
    Field,
    Former,
    Recast,
    Record,
    Separate,
    Summed,
    TableShape,
)
from csvimport.suggest import did_you_mean
from csvimport.units import MEASURES

if TYPE_CHECKING:
    import pandera.pandas as pa

COMMON = "common"


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
    def needed(self) -> Mapping[tuple[str, str], bool]:
        """What a line of a table needs to be a record, by record and key of the field: True for always, False for by some rule."""
        line = self.record(self.table.line if self.table else "")
        asked = (check for rule in self.rules for check in rule.checks if check.use == "required" and self.record(check.record) is line)
        by_rule = {(line.name, key): False for check in asked for key in check.fields}
        return by_rule | {(line.name, f.key): True for f in line.fields if f.required is True}

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
    wanted = str(name).strip().lower().replace("_", "-")
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
    return tuple(rule_of(entry, path) for entry in read_toml(path)["rules"])


@cache
def common_codes() -> Mapping[str, str]:
    """Problem → the id of the common rule that it breaks."""
    return {problem: rule.id for rule in common_rules() for problem in rule.problems}


@cache
def _load(path: Path) -> Schema:
    data = read_toml(path)
    data["upload"] = build(Upload, data.get("upload", {}), path, "upload")
    data["records"] = tuple(record_of(entry, path) for entry in data.get("records", ()))
    data["rules"] = tuple(rule_of(entry, path) for entry in data.get("rules", ()))
    data["applies"] = tuple(_applied(entry, path) for entry in data.get("applies", ()))
    data["recasts"] = tuple(build(Recast, entry, path, "recasts") for entry in data.get("recasts", ()))
    data["totals"] = tuple(build(Total, with_when(entry), path, "totals") for entry in data.get("totals", ()))
    for key, kind in (("table", TableShape), ("separate", Separate), ("former", Former), ("comments", Comments), ("summed", Summed)):
        if key in data:
            data[key] = build(kind, data[key], path, key)
    schema = build(Schema, data, path, path.stem)
    _verify(schema, path)
    return schema


def _applied(entry: Mapping[str, Any], path: Path) -> Rule:
    """A common rule with the checks and repairs that a file gives it."""
    common = next((rule for rule in common_rules() if rule.id == entry.get("id")), None)
    if common is None:
        raise SchemaError(f"{path.name}: applies: there is no common rule “{entry.get('id')}”")
    own = rule_of({**entry, "text": common.text, "evidence": common.evidence}, path)
    return replace(common, checks=own.checks, repairs=own.repairs)


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
            if f.measure and f.measure not in MEASURES:
                raise SchemaError(
                    f"{path.name}: records.{record.name}.{f.key}: “{f.measure}” is nothing that is measured; there are: {', '.join(MEASURES)}"
                )
            if f.currency and not _is_field(schema, record, f.currency):
                raise SchemaError(f"{path.name}: records.{record.name}.{f.key}: there is no field “{f.currency}”")
    for rule in schema.all_rules:
        for check in (*rule.checks, *rule.repairs):
            for key in (*check.fields, *check.when):
                if not _is_field(schema, schema.record(check.record), key):
                    raise SchemaError(f"{path.name}: rules.{rule.id}: there is no field “{key}”")
    known = _rules_by_id(schema)
    for code in _codes_used(schema):
        if code not in known:
            raise SchemaError(f"{path.name}: codes: there is no rule {code}")


def _is_field(schema: Schema, record: Record, key: str) -> bool:
    """Whether a key names a field of a record, or of the record above it: ``invoice.currency``."""
    above, _, name = key.rpartition(".")
    return name in (schema.record(above) if above else record).keys


def _codes_used(schema: Schema) -> Iterable[str]:
    yield from schema.codes.values()
    for record in schema.records:
        for f in record.fields:
            yield from f.codes.values()
