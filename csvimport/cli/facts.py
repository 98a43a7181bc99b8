"""What is known of fields and rules, in the words of a language."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from csvimport.messages import Catalogue, phrase, term
from csvimport.schema import Schema, common_codes, common_rules, load, names
from csvimport.schema_parts import Rule
from csvimport.severity import Severity
from csvimport.shapes import Field, Record
from csvimport.words import word_list

WITH_COMMA = ("decimal", "vat_percent")
WITHOUT_SOURCE = ("contract", "csvimport")
EXAMPLE_FIELD = re.compile(r"\b([a-z_0-9]+)=(.*?)(?=; [a-z_0-9]+=| / |$)")
SHOWN = {"\n": "⏎", "\t": "⇥", "\ufeff": "[BOM]"}

Said = Mapping[str, str]
"""``message`` and ``hint`` of a problem."""


@dataclass(frozen=True)
class Place:
    """A field in its record and file."""

    schema: Schema
    record: Record
    field: Field


def titles(field: Field, lang: str) -> tuple[str, ...]:
    """The headings of a field, those of the language first."""
    return tuple(dict.fromkeys((field.title.get(lang, field.title["en"]), *field.title.values())))


def content(field: Field, lang: str) -> str:
    """What a field holds: its kind, its length, its decimals, its range, and whether it is required."""
    screen = phrase("describe_on_screen", lang, count=field.screen_length) if field.screen_length else ""
    decimals = phrase("describe_decimals", lang, count=field.decimals) if field.decimals else ""
    return ", ".join(filter(None, (phrase(f"kind_{field.kind}", lang), _length(field, lang), screen, decimals, _required(field, lang))))


def _length(field: Field, lang: str) -> str:
    least, most = field.min_length or 0, field.max_length or 0
    if least == most:
        return phrase("describe_exactly_one" if most == 1 else "describe_exactly", lang, count=most) if most else ""
    if least > 1 and most:
        return phrase("describe_between", lang, least=least, most=most)
    return phrase("describe_at_most", lang, count=most) if most else phrase("describe_at_least", lang, count=least)


def _required(field: Field, lang: str) -> str:
    if isinstance(field.required, str):
        return phrase("describe_required_if", lang, condition=term(field.required.removeprefix("if: "), lang))
    return phrase("describe_required", lang) if field.required else ""


def values(field: Field, lang: str) -> str:
    """The values that a field takes: codes with their meanings, words, a range, or the parts of an address."""
    if field.values:
        listed = [
            f"{_number(code, field)} = {term(meaning, lang)}" if meaning else _number(code, field) for code, meaning in field.values.items()
        ]
        return "; ".join([*listed, phrase("describe_open_list", lang)] if field.open_list else listed)
    if field.word_list:
        words = word_list(field.word_list)
        return ", ".join(words.written(word, lang, {}) or word for word in words.words)
    if field.kind == "address":
        return phrase(f"describe_{field.form}", lang)
    least, most = (_number(limit, field) if limit else "" for limit in (field.min, field.max))
    if least and most:
        return f"{least}–{most}"
    if most:
        return phrase("describe_up_to", lang, most=most)
    return phrase("describe_from", lang, least=least) if least else ""


def _number(text: str, field: Field) -> str:
    return text.replace(".", ",") if field.kind in WITH_COMMA else text


def on_invalid(field: Field, lang: str) -> str:
    """What Procountor does with a wrong value."""
    effect, _, value = field.on_invalid.partition(":")
    return phrase(f"invalid_{effect}", lang, value=term(value, lang)) if effect else ""


def of_field(field: Field, numbers: Mapping[str, int], lang: str) -> dict[str, str]:
    """What is known of a field, by its labels; sources by their numbers."""
    told = {
        "content": content(field, lang),
        "values": values(field, lang),
        "default": term(field.default, lang),
        "on_invalid": on_invalid(field, lang),
        "evidence": f"{phrase(f'evidence_{field.evidence}', lang)} ({', '.join(map(str, sorted(numbers[source] for source in field.source)))})",
    }
    return {phrase(f"describe_{name}", lang): text for name, text in told.items()}


def record_title(record: Record, lang: str) -> str:
    """The name of a record and what one of it is."""
    title = phrase(f"one_{record.name}", lang)
    return phrase(
        "describe_record", lang, record=record.name, title=title if record.written else phrase("describe_tables_only", lang, title=title)
    )


def numbered_sources(schema: Schema) -> dict[str, int]:
    """The sources of a file and its fields, numbered from 1 in the order in which they come."""
    listed = (*schema.source, *(source for record in schema.records for f in record.fields for source in f.source))
    return {source: number for number, source in enumerate(dict.fromkeys(listed), 1)}


def severity(rule: Rule, lang: str) -> str:
    """How heavy a rule is, under --as-is and otherwise."""
    plain, as_is = (phrase(f"frame_{level}", lang) for level in (rule.severity, rule.as_is))
    usual = plain if plain == as_is else phrase("explain_severity_as_is", lang, as_is=as_is, plain=plain)
    others = ", ".join(phrase(f"frame_{level}", lang) for level in Severity if level in severities(rule) - {rule.severity, rule.as_is})
    return phrase("explain_severity_sometimes", lang, usual=usual, other=others) if others else usual


def severities(rule: Rule) -> set[Severity]:
    """How heavy the findings of a rule can be, apart from notes on what was repaired."""
    return {rule.severity, rule.as_is, *rule.sometimes, *(check.severity for check in (*rule.checks, *rule.repairs) if check.severity)}


def effect(rule: Rule, word: str, lang: str) -> str:
    """What Procountor does when a rule is broken."""
    return phrase("effect_own" if rule.evidence == "csvimport" else f"effect_{word}", lang)


def example(text: str, lang: str, schemas: Iterable[Schema] = ()) -> str:
    """An example in which blanks at the ends and invisible characters can be seen, and fields are called by their headings."""
    shown = re.sub(r"^ +| +$", lambda blanks: "␣" * len(blanks[0]), text)
    headings = {key: heading for schema in schemas for key, heading in _headings(schema, lang)}
    shown = EXAMPLE_FIELD.sub(
        lambda part: f"{headings[part[1]]}: {part[2] or phrase('explain_empty', lang)}" if part[1] in headings else part[0], shown
    )
    return "".join(SHOWN.get(character, character) for character in shown) or phrase("explain_empty", lang)


def _headings(schema: Schema, lang: str) -> Iterator[tuple[str, str]]:
    """The keys that examples name, with the headings of the language."""
    if schema.table:
        yield schema.table.key, schema.table.title[lang]
    yield from ((f.key, titles(f, lang)[0]) for record in schema.records for f in record.fields)


def place(found: Place, lang: str) -> str:
    """Where a field stands."""
    field = found.field
    return phrase("explain_field", lang, file=found.schema.file, title=titles(field, lang)[0], key=field.key, column=field.column)


def schemas_by_rule() -> dict[str, tuple[Rule, tuple[Schema, ...]]]:
    """Code → the rule and the files that it holds for."""
    found: dict[str, tuple[Rule, tuple[Schema, ...]]] = {}
    for schema in map(load, names()):
        for rule in schema.all_rules:
            first, others = found.get(rule.id, (rule, ()))
            found[rule.id] = (first, (*others, schema))
    return found


def places(rule: Rule, schema: Schema) -> tuple[Place, ...]:
    """The fields of a file that a rule is about."""
    keys = {
        (record.name, f.key): Place(schema, record, f) for record in schema.records for f in record.fields if rule.id in f.codes.values()
    }
    for check in (*rule.checks, *rule.repairs):
        record = schema.record(check.record)
        for key in check.fields:
            above, _, name = key.rpartition(".")
            holder = schema.record(above) if above else record
            keys.setdefault((holder.name, name), Place(schema, holder, holder[name]))
    return tuple(keys.values())


def sources(rule: Rule, schemas: tuple[Schema, ...]) -> tuple[str, ...]:
    """Where a rule is documented: at its fields, else at its file; for a rule of several files, the page of each."""
    if rule.evidence in WITHOUT_SOURCE:
        return ()
    if len(schemas) > 1:
        return tuple(f"{schema.file}: {schema.source[0]}" for schema in schemas)
    own = dict.fromkeys(source for found in places(rule, schemas[0]) for source in found.field.source)
    links = tuple(source for source in own if source.startswith("http"))
    return (tuple(own) if rule.evidence == "observed" else links) or schemas[0].source


def related(rule: Rule) -> tuple[str, ...]:
    """The rules of files that sharpen a common rule, or the common rules that a file's rule sharpens."""
    levels = [level for schema in map(load, names()) for level in _levels(schema)]
    pairs = {(common_codes().get(name, name), own) for level in levels for name, own in level.items()}
    others = {own for common, own in pairs if common == rule.id} | {common for common, own in pairs if own == rule.id}
    return tuple(sorted(code for code in others - {rule.id} if re.fullmatch(r"[A-Z]+-\d+", code)))


def problems(rule: Rule, schemas: tuple[Schema, ...], lang: str) -> Iterator[Said]:
    """The messages and hints that report a rule, with … for what a finding fills in."""
    catalogue = Catalogue.of(lang).problems
    for problem in told(rule, schemas):
        if problem in catalogue:
            yield {key: re.sub(r"\{\w+\}", "…", text) for key, text in catalogue[problem].items()}


def told(rule: Rule, schemas: tuple[Schema, ...]) -> tuple[str, ...]:
    """The problems that a rule reports: its own, those of its checks, and those of common rules that it sharpens in its file."""
    named = list(rule.problems)
    for applied in (schema.rule(rule.id) for schema in schemas):
        named += [check.problem or rule.id for check in (*applied.checks, *applied.repairs)]
    sharpened = {common.id: common.problems for common in common_rules()}
    for level in _levels(schemas[0]) if len(schemas) == 1 else ():
        of_common = [problem for name, code in level.items() if code == rule.id for problem in sharpened.get(name, (name,))]
        named += [problem for problem in of_common if level.get(problem, rule.id) == rule.id]
    return tuple(dict.fromkeys(named))


def _levels(schema: Schema) -> Iterator[Mapping[str, str]]:
    yield schema.codes
    for record in schema.records:
        for f in record.fields:
            yield f.codes
