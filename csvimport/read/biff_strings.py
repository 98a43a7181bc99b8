"""How long the strings of an .xls are, which stand in it once and are shown by any number of cells ([MS-XLS], SST)."""

import struct
from collections.abc import Iterator, Sequence
from contextlib import suppress

LONGEST = 0xFFFF
_WIDE, _EXTENDED, _WITH_FONTS = 1, 4, 8  # what the form of a string tells


def string_lengths(parts: Sequence[bytes]) -> Iterator[int]:
    """The characters of each string, as far as they can be followed. ``parts``: the record of the strings and those that continue it."""
    strings = _Parts(parts)
    with suppress(struct.error, IndexError):
        strings.skip(8)
        while True:
            length, form = strings.numbers("<HB")
            (fonts,) = strings.numbers("<H") if form & _WITH_FONTS else (0,)
            (extended,) = strings.numbers("<I") if form & _EXTENDED else (0,)
            yield length
            strings.skip_text(length, wide=form & _WIDE)
            strings.skip(4 * fonts + extended)


class _Parts:
    """A place in a record that others continue. Raises IndexError and struct.error where they end."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self._parts, self._part, self._at = parts, 0, 0

    def numbers(self, form: str) -> tuple[int, ...]:
        """Numbers, which are never cut."""
        if self._left == 0:
            self._go_on()
        found = struct.unpack_from(form, self._parts[self._part], self._at)
        self._at += struct.calcsize(form)
        return found

    def skip(self, count: int) -> None:
        """Passes over so many bytes."""
        while count > self._left:
            count -= self._left
            self._go_on()
        self._at += count

    def skip_text(self, count: int, *, wide: int) -> None:
        """Passes over so many characters of one byte or two, which each part tells anew."""
        while count > (here := self._left >> wide):
            count -= here
            self._go_on()
            (wide,) = (form & _WIDE for form in self.numbers("<B"))
        self._at += count << wide

    @property
    def _left(self) -> int:
        return len(self._parts[self._part]) - self._at

    def _go_on(self) -> None:
        self._part, self._at = self._part + 1, 0
