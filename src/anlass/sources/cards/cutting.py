"""Cutting a file into cards, each with its place; what lies between them is set aside.

A card ends where it says so, or where the next begins: then it was cut off. A card within a
card (AGENT in vCard 2.1 and 3.0) is somebody else's: it is cut out of the card around it and
set aside, so that none of its addresses is ever the outer person's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from anlass.intake.contact_request import Origin
from anlass.intake.message import SetAside
from anlass.sources.codings import plain

_EDGE = re.compile(
    rb"^[ \t]*([\w.-]{1,80}(?:;[^\n:]{0,200})?:[ \t]*(?=BEGIN))?(BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)
"""The first or last line of a card; with a property before it, the first line of a card within a card."""
_AGENT = re.compile(rb"\n(?:[\w-]+\.)?AGENT\b[^\n]*\n\s*\Z", re.IGNORECASE)
_AHEAD = 200
_ESCAPED = re.compile(
    rb"^[\w.-]{1,80}(?:;[^\n:]{0,200})?:[ \t]*BEGIN:VCARD(?:\\n|\r?\n[ \t])", re.IGNORECASE | re.MULTILINE
)
"""A card within a card, written as one value with its line ends escaped (vCard 3.0)."""
_ESCAPED_END = re.compile(rb"END:VCARD[^\n]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """The lines of one card without its first and last; `line` counts from 1."""

    data: bytes
    line: int


def cut(data: bytes, path: str) -> Iterator[Piece | SetAside]:
    """Yield the cards in `data`, in order, and a `SetAside` for whatever else stands there.

    A card within a card is set aside before the one around it comes.
    """
    data = plain(data)
    lines = _Lines(data, path)
    outer: _Open | None = None
    after = 0
    for edge in _EDGE.finditer(data):
        is_begin = edge[2][:1] in b"Bb"
        if outer is None:
            yield from lines.between(after, edge.start() if is_begin else edge.end())
            outer = _Open(edge, lines) if is_begin else None
        elif is_begin and (edge[1] or _AGENT.search(data, max(after, edge.start() - _AHEAD), edge.start())):
            outer.goes_in(edge)
        elif is_begin:
            yield lines.aside("cut_off", outer.start)
            outer = _Open(edge, lines)
        elif outer.depth:
            yield from outer.comes_out(edge, lines)
        else:
            yield from outer.closed(data, edge, lines)
            outer = None
        after = edge.end()
    if outer is not None:
        yield lines.aside("cut_off", outer.start)
    else:
        yield from lines.between(after, len(data), is_all=after == 0)


class _Open:
    """A card whose end has not been seen, and what within it is another card's."""

    def __init__(self, edge: re.Match[bytes], lines: _Lines) -> None:
        self.start, self.line, self.depth = edge.start(), lines.at(edge.start()), 0
        self._own = edge.end()
        self._kept: list[tuple[int, int]] = []
        self._inner = 0

    def goes_in(self, edge: re.Match[bytes]) -> None:
        """Note that a card begins within this one, or within one that does."""
        if not self.depth:
            self._kept.append((self._own, edge.start()))
            self._inner = edge.start()
        self.depth += 1

    def comes_out(self, edge: re.Match[bytes], lines: _Lines) -> Iterator[SetAside]:
        """Note that a card within ends; the outermost of them is set aside."""
        self.depth -= 1
        if not self.depth:
            self._own = edge.end()
            yield lines.aside("within", self._inner)

    def closed(self, data: bytes, edge: re.Match[bytes], lines: _Lines) -> Iterator[Piece | SetAside]:
        """Yield the lines that are this card's own, and before them what was escaped within."""
        self._kept.append((self._own, edge.start()))
        own = []
        for start, end in self._kept:
            while hit := _ESCAPED.search(data, start, end):
                own.append(data[start : hit.start()])
                yield lines.aside("within", hit.start())
                over = _ESCAPED_END.search(data, hit.end(), end)
                start = over.end() if over else end  # noqa: PLW2901 - goes on behind what was cut out
            own.append(data[start:end])
        yield Piece(own[0] if len(own) == 1 else b"".join(own), self.line)


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
    "within": "What begins in line {line} is a card within another card; it was not read.",
    "cut_off": "The card in line {line} is cut off: it has no end.",
    "no_card": "What begins in line {line} is no card.",
}
