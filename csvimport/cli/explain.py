"""What is known of one code, for ``explain``."""

from collections.abc import Iterator

from csvimport.cli import facts
from csvimport.errors import UsageError
from csvimport.messages import explanation, phrase
from csvimport.schema import Schema, names
from csvimport.schema_parts import Rule
from csvimport.suggest import did_you_mean


def explain_code(code: str, lang: str) -> str:
    """What a rule means, an example, what Procountor does, how heavy it is and where it is documented.

    Raises UsageError, naming the nearest code, when there is none of that name.
    """
    known = facts.schemas_by_rule()
    wanted = code.strip().upper()
    if wanted not in known:
        raise UsageError("code_unknown", did_you_mean(wanted, list(known)), code=code)
    rule, schemas = known[wanted]
    return "\n".join(_lines(rule, schemas, lang))


def _lines(rule: Rule, schemas: tuple[Schema, ...], lang: str) -> Iterator[str]:
    common = len(schemas) == len(names())
    told = explanation(rule, lang)
    files = phrase("explain_every_file", lang) if common else ", ".join(f"{s.file}: {s.title[lang]}" for s in schemas)
    yield f"{rule.id} ({files})"
    yield ""
    yield told.meaning
    yield ""
    labelled = {
        "explain_wrong": facts.example(told.wrong, lang, schemas) if told.wrong else "",
        "explain_right": facts.example(told.right, lang, schemas) if told.wrong else "",
        "explain_effect": facts.effect(rule, told.effect, lang),
        "explain_severity": facts.severity(rule, lang),
        "describe_evidence": f"{phrase(f'evidence_{rule.evidence}', lang)}: {phrase(f'meaning_{rule.evidence}', lang)}",
        "explain_see": ", ".join(facts.related(rule)),
    }
    shown = {phrase(name, lang): text for name, text in labelled.items() if text}
    width = max(map(len, shown)) + 1
    yield from (f"{label + ':':{width}} {text}" for label, text in shown.items())
    if rule.effect == "changed":
        yield phrase("explain_accept", lang, code=rule.id)
    fields = [] if common else [place for schema in schemas for place in facts.places(rule, schema)]
    yield from _listed("explain_fields", [facts.place(found, lang) for found in fields], lang)
    yield from _listed("explain_documented_at", facts.sources(rule, schemas), lang)
    yield from _listed("explain_messages", [text for said in facts.problems(rule, schemas, lang) for text in _said(said)], lang)


def _listed(name: str, entries: "tuple[str, ...] | list[str]", lang: str) -> Iterator[str]:
    if entries:
        yield ""
        yield f"{phrase(name, lang)}:"
        yield from (f"  {entry}" for entry in entries)


def _said(said: facts.Said) -> Iterator[str]:
    yield said["message"]
    yield f"  → {said['hint']}"
