"""Cutting a file into cards, each with its place; what lies between them is set aside.

A card ends where it says so, or where the next begins: then it was cut off. A card within a
card (AGENT in vCard 2.1) belongs to the card around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from anlass.intake.contact_request import Origin
from anlass.intake.message import SetAside

_EDGE = re.compile(rb"^[ \t]*(BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_AGENT = re.compile(rb"\n(?:[\w-]+\.)?AGENT\b[^\n]*\n\s*\Z", re.IGNORECASE)
_AHEAD = 200
_WIDE = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of one card without its first and last; `line` counts from 1."""

    data: bytes
    line: int


def cut(data: bytes, path: str) -> Iterator[Piece | SetAside]:
    """Yield the cards in `data`, in order, and a `SetAside` for whatever else stands there."""
    data = _plain(data)
    lines = _Lines(data, path)
    begin, after, depth = -1, 0, 0
    for edge in _EDGE.finditer(data):
        is_begin = edge[1][:1] in b"Bb"
        if begin < 0:
            yield from lines.between(after, edge.start() if is_begin else edge.end())
            begin = edge.start() if is_begin else -1
        elif is_begin and _AGENT.search(data, max(after, edge.start() - _AHEAD), edge.start()):
            depth += 1
            continue
        elif is_begin:
            yield lines.aside("cut_off", begin)
            begin, depth = edge.start(), 0
        elif depth:
            depth -= 1
            continue
        else:
            yield Piece(data[after : edge.start()], lines.at(begin))
            begin = -1
        after = edge.end()
    if begin >= 0:
        yield lines.aside("cut_off", begin)
    else:
        yield from lines.between(after, len(data), is_all=after == 0)


def _plain(data: bytes) -> bytes:
    """Return the bytes in UTF-8 or an old coding of one byte, with line feeds."""
    for mark, coding in _WIDE:
        if data.startswith(mark):
            data = data.decode(coding, "replace").encode("utf-8")
    return data if b"\n" in data else data.replace(b"\r", b"\n")


class _Lines:
    """Knows the lines of a file; asked in rising order it looks at every byte once."""

    def __init__(self, data: bytes, path: str) -> None:
        self._data, self._path = data, path
        self._at, self._line = 0, 1

    def at(self, offset: int) -> int:
        """Return the number of the line in which a byte stands."""
        if offset < self._at:
            self._at, self._line = 0, 1
        self._line += self._data.count(b"\n", self._at, offset)
        self._at = offset
        return self._line

    def aside(self, reason: str, offset: int) -> SetAside:
        """Set aside what begins at a byte."""
        line = self.at(offset)
        return SetAside(Origin(self._path, line), reason, _SAYS[reason].format(line=line))

    def between(self, start: int, end: int, *, is_all: bool = False) -> Iterator[SetAside]:
        """Set aside what stands between two cards, or is all there is; blank lines are nothing."""
        rest = self._data[start:end].lstrip()
        if rest or is_all:
            yield self.aside("no_card", end - len(rest))


_SAYS = {
    "cut_off": "The card in line {line} is cut off: it has no end.",
    "no_card": "What begins in line {line} is no card.",
}
