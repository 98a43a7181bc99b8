"""HTML that cannot be spoilt by user text: whatever is not made by ``tag`` is escaped."""

import re
from html import escape
from string import Template

LONGEST = 1000  # characters of one text; a cell can hold 32,767

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = re.compile("^[ \t\n]+|[ \t\n]+$|[\t\xa0\u2007\u202f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+| {2,}")
_EMPTY_TAGS = ("input", "meta")


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(name: str, *content: str, **attributes: "str | int | bool | None") -> Markup:
    """An element. Content that is no markup is escaped; an attribute's underscores become hyphens, and one behind it is dropped."""
    start = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    return Markup(start if name in _EMPTY_TAGS else f"{start}{joined(*content)}</{name}>")


def joined(*content: str) -> Markup:
    """Pieces one behind the other."""
    return Markup("".join(part if isinstance(part, Markup) else escape(cleaned(part)) for part in content))


def filled(template: str, **parts: Markup) -> Markup:
    """A ``string.Template`` of markup with its places filled with markup."""
    return Markup(Template(template).substitute(parts))


def in_markdown(text: str) -> str:
    """A text as a cell of a table in Markdown, in which it is no HTML, no link, no picture, and no end of the cell or the line."""
    return re.sub(r"[\\|`\[\]]", r"\\\g<0>", escape(" ".join(cleaned(text).split()), quote=False))


def cleaned(text: str) -> str:
    """A text without what HTML cannot hold and terminals obey: control characters and halves of surrogate pairs."""
    return _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", re.sub(r"\r\n?", "\n", text))


def shortened(text: str, most: int = LONGEST) -> str:
    """A text, or its beginning when it is long."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def visible(text: str, most: int = LONGEST) -> Markup:
    """A value whose blanks at the ends and unseen characters can be seen."""
    text = cleaned(shortened(text, most))
    pieces: list[str] = []
    done = 0
    for found in _UNSEEN.finditer(text):
        pieces += [text[done : found.start()], tag("span", found[0], class_="unseen")]
        done = found.end()
    return tag("bdi", *pieces, text[done:], class_="value")


def _attribute(key: str, value: "str | int | bool | None") -> str:
    name = key.removesuffix("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(cleaned(str(value)))}"'
