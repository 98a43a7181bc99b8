"""Transfer files and codes as Markdown pages."""

from collections.abc import Iterator, Sequence

from csvimport.cli import facts
from csvimport.messages import explanation, phrase, term
from csvimport.schema import Schema, common_rules, load, names
from csvimport.schema_parts import Rule

CODES_PAGE = "codes.md"
NOTES_LANGUAGE = "en"


def of_file(schema: Schema, lang: str) -> str:
    """The fields and rules of a transfer file."""
    return "\n".join(_file(schema, lang))


def of_codes(lang: str) -> str:
    """All codes with what they mean, examples, and what Procountor does."""
    return "\n".join(_codes(lang))


def _file(schema: Schema, lang: str) -> Iterator[str]:
    yield f"# {schema.file}: {schema.title[lang]}"
    yield ""
    yield _safe(phrase("describe_uploaded", lang, menu=term(schema.upload.menu, lang))) + "."
    if schema.upload.asks:
        yield _safe(phrase("describe_asks", lang, asks="; ".join(term(ask, lang) for ask in schema.upload.asks))) + "."
    yield from ("", phrase("describe_generated", lang, source=f"{schema.file}.toml"))
    numbers = facts.numbered_sources(schema)
    for record in schema.records:
        yield from ("", f"## {facts.record_title(record, lang)}", "")
        labels = [phrase(f"describe_{name}", lang) for name in ("place", "key", "titles")]
        told = [facts.of_field(f, numbers, lang) for f in record.fields]
        notes = {phrase("describe_note", lang): [f.note for f in record.fields]} if lang == NOTES_LANGUAGE else {}
        yield from _head([*labels, *told[0], *notes])
        for i, f in enumerate(record.fields):
            titles = " · ".join(facts.titles(f, lang))
            yield _row(
                [f"{f.no} {f.column}", f"`{f.key}`", *map(_safe, (titles, *told[i].values(), *(note[i] for note in notes.values())))]
            )
    yield from ("", f"## {phrase('describe_sources', lang)}", "")
    yield from (f"{number}. {_link(term(source, lang))}" for source, number in numbers.items())
    yield from ("", f"## {phrase('describe_rules', lang)}", "")
    yield from _rules(schema.rules, lang)
    yield from ("", f"## {phrase('describe_common_rules', lang)}", "")
    yield from _rules([rule for rule in schema.all_rules if rule not in schema.rules], lang)


def _rules(rules: Sequence[Rule], lang: str) -> Iterator[str]:
    yield from _head([phrase(name, lang) for name in ("explain_code", "explain_meaning", "explain_severity", "describe_evidence")])
    for rule in rules:
        grade = phrase(f"evidence_{rule.evidence}", lang)
        yield _row(
            [
                f"[{rule.id}]({CODES_PAGE}#{rule.id.lower()})",
                *map(_safe, (explanation(rule, lang).meaning, facts.severity(rule, lang), grade)),
            ]
        )


def _codes(lang: str) -> Iterator[str]:
    yield f"# {phrase('explain_all_codes', lang)}"
    yield ""
    yield phrase("explain_how_to_read", lang)
    yield from ("", phrase("describe_generated", lang, source="*.toml"))
    for schema in map(load, names()):
        yield from ("", f"## {schema.file}: {schema.title[lang]}", "")
        yield _documented(schema.source, lang)
        yield ""
        yield from _explained(schema.rules, (schema,), lang)
    yield from ("", f"## {phrase('describe_common_rules', lang)}", "")
    yield _documented(tuple(dict.fromkeys(source for schema in map(load, names()) for source in schema.source)), lang)
    yield ""
    yield from _explained(common_rules(), [load(name) for name in names()], lang)


def _documented(sources: Sequence[str], lang: str) -> str:
    return f"{phrase('explain_documented_at', lang)}: {', '.join(map(_link, sources))}."


def _explained(rules: Sequence[Rule], schemas: Sequence[Schema], lang: str) -> Iterator[str]:
    names_of_columns = ("explain_code", "explain_meaning", "explain_wrong", "explain_right", "explain_effect", "explain_severity")
    yield from _head([phrase(name, lang) for name in (*names_of_columns, "describe_evidence")])
    for rule in rules:
        told = explanation(rule, lang)
        examples = [_code(facts.example(text, lang, schemas)) if told.wrong else "" for text in (told.wrong, told.right)]
        rest = (facts.effect(rule, told.effect, lang), facts.severity(rule, lang), phrase(f"evidence_{rule.evidence}", lang))
        yield _row([f'<a id="{rule.id.lower()}"></a>{rule.id}', _safe(told.meaning), *examples, *map(_safe, rest)])


def _head(labels: Sequence[str]) -> Iterator[str]:
    yield _row(labels)
    yield _row(["---"] * len(labels))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _safe(text: str) -> str:
    """Text in which Markdown sees no marks of its own."""
    for mark in "\\|*<[":
        text = text.replace(mark, f"\\{mark}")
    return text


def _code(text: str) -> str:
    """Text as it stands."""
    return f"`{text.replace('|', chr(92) + '|')}`"


def _link(source: str) -> str:
    return f"<{source}>" if source.startswith("http") else source
