"""JSON documents with one long list, written item by item so that they are never held as a whole."""

import json
from collections.abc import Iterable, Iterator, Mapping
from textwrap import indent
from typing import Any


def json_of(document: Mapping[str, Any], key: str, items: Iterable[Any]) -> Iterator[str]:
    """The document in parts, indented by two; ``key``: the name of the list, empty in the document, that the items go into."""
    before, after = json.dumps(document, ensure_ascii=False, indent=2).split(f'"{key}": []')
    margin = before.rpartition("\n")[2]
    yield f'{before}"{key}": ['
    between = "\n"
    for item in items:
        yield between + indent(json.dumps(item, ensure_ascii=False, indent=2), f"{margin}  ")
        between = ",\n"
    yield f"]{after}" if between == "\n" else f"\n{margin}]{after}"
