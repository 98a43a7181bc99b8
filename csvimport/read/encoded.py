"""Bytes of a text, block by block → UTF-8 in blocks of whole lines.

The encoding is found by ladder, never guessed: byte order mark, strict UTF-8, Windows-1252. What is none of them was written by
MS-DOS or a Macintosh, or is damaged: the vendor's instructions exclude both.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from csvimport.errors import InputError
from csvimport.read.blocks import beginning

HEAD = 4096  # bytes that zero bytes are looked for in
END_MARK = b"\x1a"  # which programs of DOS write behind the last line
_NOT_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True)
class Text:
    """A text: ``blocks`` of its bytes, which can be gone through again, and what was found out about all of them.

    ``marked``: a byte order mark told the encoding; ``ends``: CRLF, LF, CR or mixed; ``plain``: every character is of ASCII;
    ``quotes``: there are quotation marks; ``as_is``: a DOS end mark behind the last line is a line, too.
    """

    blocks: Iterable[bytes]
    path: str
    encoding: str
    marked: bool = False
    ends: str = "CRLF"
    mends: bool = False
    plain: bool = True
    quotes: bool = False
    as_is: bool = False

    def lines(self) -> Iterator[bytes]:
        """The text as UTF-8 in blocks of whole lines, all with CRLF or all with LF, the last line too."""
        rest = b""
        for block in _uncut(_utf8(self)):
            block = rest + block
            if self.mends:
                block = block.replace(b"\r\n", b"\n")
                block = block if self.ends == "LF" else block.replace(b"\r", b"\n")
            end = block.rfind(b"\n") + 1
            rest = block[end:]
            if end:
                yield block[:end]
        if rest and (self.as_is or rest != END_MARK):
            yield rest + b"\n"


def look(blocks: Iterable[bytes], path: str, *, as_is: bool = False) -> Text:
    """Finds out what a text is encoded in and how its lines end. Raises InputError for bytes that are no text."""
    text = _with_encoding(blocks, path)
    returns = feeds = both = 0
    plain, quotes = True, False
    for block in _uncut(_utf8(text)):
        if b"\0" in block:
            raise InputError("not_text", path=path)
        returns, feeds, both = returns + block.count(b"\r"), feeds + block.count(b"\n"), both + block.count(b"\r\n")
        plain, quotes = plain and block.isascii(), quotes or b'"' in block
    pure = not returns or returns == feeds == both
    ends = "CRLF" if returns == feeds == both else "LF" if returns == both else "mixed" if feeds else "CR"
    return Text(blocks, path, text.encoding, text.marked, ends, not pure, plain, quotes, as_is)


def _with_encoding(blocks: Iterable[bytes], path: str) -> Text:
    head = beginning(blocks, HEAD)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return Text(blocks, path, name, marked=True)
    for name, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if zeros.count(0) > len(zeros) // 2 and _fits(blocks, name):
            return Text(blocks, path, name)
    if any(b"\0" in block for block in blocks):
        raise InputError("not_text", path=path)
    if _is_utf8(blocks, path):
        return Text(blocks, path, "utf-8")
    if not _fits(blocks, "cp1252"):
        raise InputError("text_of_no_encoding", path=path, row=_first_row(blocks, _NOT_CP1252))
    return Text(blocks, path, "cp1252")


def _first_row(blocks: Iterable[bytes], signs: re.Pattern[bytes]) -> int:
    """The line, from 1, of the first of the signs, one of which there is."""
    above = 1
    for block in blocks:
        found = signs.search(block)
        lines = block[: found.start()] if found else block
        above += lines.count(b"\n") or lines.count(b"\r")
        if found:
            break
    return above


def _fits(blocks: Iterable[bytes], encoding: str) -> bool:
    """Whether bytes are of an encoding, but for a last character that may be cut."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for block in blocks:
            decoder.decode(block)
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8(blocks: Iterable[bytes], path: str) -> bool:
    """Whether bytes are UTF-8. Raises InputError when they are but for a last character that is cut."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    plain, length = True, 0
    try:
        for block in blocks:
            length += len(block)
            if not (block.isascii() and decoder.getstate()[0] == b""):
                plain = decoder.decode(block).isascii() and plain
    except UnicodeDecodeError:
        return False
    cut = len(decoder.getstate()[0])
    if cut and not plain:
        raise InputError("text_breaks_off", path=path, encoding="UTF-8", place=length - cut)
    return not cut


def _utf8(text: Text) -> Iterator[bytes]:
    """The blocks in UTF-8, without a byte order mark. Raises InputError where the bytes are none of the encoding."""
    if text.encoding == "utf-8" and not text.marked:
        yield from text.blocks  # which were found right, but for characters across two blocks
        return
    decoder = codecs.getincrementaldecoder(text.encoding)()
    skipped = next((len(mark) for mark, name in _BOMS if name == text.encoding), 0) if text.marked else 0
    place = skipped
    for block in chain(text.blocks, (b"",)):
        raw = block[skipped:]
        skipped -= len(block) - len(raw)
        held = len(decoder.getstate()[0])
        try:
            yield decoder.decode(raw, final=not block).encode()
        except UnicodeDecodeError as error:
            raise InputError("text_breaks_off", path=text.path, encoding=text.encoding.upper(), place=place - held + error.start) from error
        place += len(raw)


def _uncut(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The blocks so that none ends between a carriage return and the line feed that may follow."""
    held = b""
    for block in blocks:
        block = held + block
        held = b"\r" if block.endswith(b"\r") else b""
        yield block[:-1] if held else block
    yield held
