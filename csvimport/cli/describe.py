"""What is known of the transfer files, for ``files`` and ``describe``; ``explain`` has a module of its own."""

import json
from collections.abc import Iterator
from typing import Any

from csvimport.cli import facts, markdown
from csvimport.cli.explain import explain_code as explain_code
from csvimport.messages import phrase, term
from csvimport.schema import Schema, load, names
from csvimport.schema_parts import Rule
from csvimport.shapes import Field, Record
from csvimport.words import word_list


def list_files(lang: str) -> str:
    """The transfer files with what they are and where they are uploaded."""
    schemas = [load(name) for name in names()]
    rows = [(s.file, s.title[lang], term(s.upload.menu, lang)) for s in schemas]
    widths = [max(len(row[i]) for row in rows) for i in range(2)]
    return "\n".join(f"{name:{widths[0]}}  {title:{widths[1]}}  {menu}" for name, title, menu in rows)


def describe_file(file: str, form: str, lang: str) -> str:
    """The fields and rules of a transfer file as a table, as Markdown or as JSON."""
    schema = load(file)
    if form == "json":
        return json.dumps(_as_dict(schema), ensure_ascii=False, indent=2)
    return markdown.of_file(schema, lang) if form == "markdown" else "\n".join(_table(schema, lang))


def _as_dict(schema: Schema) -> dict[str, Any]:
    upload = schema.upload
    return {
        "file": schema.file,
        "title": dict(schema.title),
        "upload": {"menu": upload.menu, "import_type": upload.import_type or None, "asks": list(upload.asks)},
        "records": [_record(r) for r in schema.records],
        "rules": [{"id": r.id, "text": r.text, "severity": _severity(r), "evidence": r.evidence} for r in schema.all_rules],
    }


def _record(record: Record) -> dict[str, Any]:
    in_tables_only = {} if record.written else {"written": False}
    return {"record": record.name, **in_tables_only, "fields": [_field(f) for f in record.fields]}


def _field(f: Field) -> dict[str, Any]:
    return {
        "no": f.no,
        "column": f.column,
        "key": f.key,
        "title": dict(f.title),
        "kind": f.kind,
        "max_length": f.max_length,
        "required": f.required,
        "values": _values(f),
        "default": f.default or None,
        "on_invalid": f.on_invalid or None,
        "evidence": f.evidence,
        "source": list(f.source),
    }


def _values(f: Field) -> Any:
    if f.values:
        return dict(f.values)
    if f.word_list:
        return list(word_list(f.word_list).words)
    if f.min is not None or f.max is not None:
        return f"{f.min or ''}..{f.max or ''}"
    return f.form if f.kind == "address" else None


def _severity(rule: Rule) -> str:
    return str(rule.severity) if rule.severity == rule.as_is else f"{rule.as_is} (as is), {rule.severity}"


def _table(schema: Schema, lang: str) -> Iterator[str]:
    yield f"{schema.file}: {schema.title[lang]}"
    yield phrase("describe_uploaded", lang, menu=term(schema.upload.menu, lang))
    if schema.upload.asks:
        yield phrase("describe_asks", lang, asks="; ".join(term(ask, lang) for ask in schema.upload.asks))
    numbers = facts.numbered_sources(schema)
    for record in schema.records:
        yield ""
        yield facts.record_title(record, lang)
        for f in record.fields:
            yield ""
            yield f"  {f.no} {f.column}  {f.key}  {' · '.join(facts.titles(f, lang))}"
            yield from (f"      {label}: {text}" for label, text in facts.of_field(f, numbers, lang).items() if text)
    yield ""
    yield f"{phrase('describe_sources', lang)}:"
    yield from (f"  {number:2} {term(source, lang)}" for source, number in numbers.items())
    yield ""
    yield phrase("describe_rules_count", lang, count=len(schema.rules), codes=", ".join(r.id for r in schema.rules))
