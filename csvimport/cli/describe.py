"""What is known of the transfer files, for ``files``, ``describe`` and ``explain``."""

import json
from typing import Any

from csvimport.errors import UsageError
from csvimport.schema import Rule, Schema, load, names
from csvimport.shapes import Field
from csvimport.suggest import nearest


def list_files() -> str:
    """The transfer files with what they are and where they are uploaded."""
    schemas = [load(name) for name in names()]
    rows = [(s.file, s.title["en"], s.upload.menu) for s in schemas]
    widths = [max(len(row[i]) for row in rows) for i in range(2)]
    return "\n".join(f"{name:{widths[0]}}  {title:{widths[1]}}  {menu}" for name, title, menu in rows)


def describe_file(file: str, form: str, lang: str) -> str:
    """The fields and rules of a transfer file as a table, as Markdown or as JSON."""
    schema = load(file)
    if form == "json":
        return json.dumps(_as_dict(schema), ensure_ascii=False, indent=2)
    return _markdown(schema, lang) if form == "markdown" else _table(schema, lang)


def _as_dict(schema: Schema) -> dict[str, Any]:
    upload = schema.upload
    return {
        "file": schema.file,
        "title": dict(schema.title),
        "upload": {"menu": upload.menu, "import_type": upload.import_type or None, "asks": list(upload.asks)},
        "records": [{"record": r.name, "fields": [_field(f) for f in r.fields]} for r in schema.records],
        "rules": [{"id": r.id, "text": r.text, "severity": _severity(r), "evidence": r.evidence} for r in schema.all_rules],
    }


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
        from csvimport.kinds.codes import word_list

        return list(word_list(f.word_list).words)
    if f.min is not None or f.max is not None:
        return f"{f.min or ''}..{f.max or ''}"
    return f.form or None


def _severity(rule: Rule) -> str:
    return str(rule.severity) if rule.severity == rule.as_is else f"{rule.as_is} (as is), {rule.severity}"


def _rows(schema: Schema, lang: str) -> list[tuple[str, list[tuple[str, ...]]]]:
    groups = []
    for record in schema.records:
        rows: list[tuple[str, ...]] = [
            (
                f"{f.no} {f.column}",
                f.key,
                f.title.get(lang, f.title["en"]),
                f.kind,
                str(f.max_length or ""),
                "yes" if f.required is True else str(f.required or ""),
            )
            for f in record.fields
        ]
        groups.append((record.name, rows))
    return groups


def _table(schema: Schema, lang: str) -> str:
    lines = [f"{schema.file}: {schema.title[lang]}", f"Uploaded under {schema.upload.menu}"]
    for name, rows in _rows(schema, lang):
        lines += ["", f"Record {name}"]
        key, title = (max(len(row[i]) for row in rows) for i in (1, 2))
        for place, *cells in rows:
            limit = f", at most {cells[3]}" if cells[3] else ""
            needed = f", required {cells[4]}".replace("required yes", "required") if cells[4] else ""
            lines.append(f"  {place:6} {cells[0]:{key}}  {cells[1]:{title}}  {cells[2]}{limit}{needed}")
    lines += ["", f"{len(schema.rules)} rules of its own; csvimport explain CODE tells about one: {', '.join(r.id for r in schema.rules)}"]
    return "\n".join(lines)


def _markdown(schema: Schema, lang: str) -> str:
    lines = [f"# {schema.file}: {schema.title[lang]}", "", f"Uploaded under {schema.upload.menu}."]
    for name, rows in _rows(schema, lang):
        lines += [
            "",
            f"## Record {name}",
            "",
            "| place | key | title | kind | at most | required |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
        lines += [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows]
    lines += ["", "## Rules", "", "| code | rule | severity | evidence |", "| --- | --- | --- | --- |"]
    lines += [f"| {r.id} | {r.text} | {_severity(r)} | {r.evidence} |" for r in schema.all_rules]
    return "\n".join(lines)


def explain_code(code: str, lang: str) -> str:
    """What a rule says, for which files, how heavy it is and what Procountor does. Raises UsageError for an unknown code."""
    wanted = code.strip().upper()
    found: dict[str, tuple[Rule, list[str]]] = {}
    for name in names():
        for rule in load(name).all_rules:
            found.setdefault(rule.id, (rule, []))[1].append(name)
    if wanted not in found:
        close = nearest(wanted, list(found))
        raise UsageError(f"There is no code {code}." + (f" Did you mean {close}?" if close else ""))
    rule, files = found[wanted]
    effect = {
        "changed": "Procountor would ignore, empty or replace the value. Accept it with --accept if you mean it.",
        "": "",
    }[rule.effect]
    whose = "every transfer file" if len(files) == len(names()) else ", ".join(files)
    lines = [f"{rule.id} ({whose})", "", rule.text, "", f"Severity: {_severity(rule)}", f"Evidence: {rule.evidence}"]
    return "\n".join([*lines, effect] if effect else lines)
