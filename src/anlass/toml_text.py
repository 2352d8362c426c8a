"""TOML as people write it: read within limits, each value with its place, and written so that it reads back.

`tomllib` says what a text means, not where. For places the same text is read once more, after `tomllib` found
it valid; nothing but the keys is interpreted, so that a problem can point at its line.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r'''(?P<blank>[ \t\r\n]+|\#[^\n]*)
      | (?P<string>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
      | (?P<mark>[\[\]{},=.])
      | (?P<bare>[^\s\#\[\]{},=."']+)''',
    re.VERBOSE | re.DOTALL,
)
_ENDLESS = re.compile(r"""(?<![\w"'-])(?:[\w"'-]++[ \t]*+\.[ \t]*+){50}""")
"""A dotted key of that many parts: the time that `tomllib` takes for one grows with their square."""
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[ \t]*\r?\n\s*|.)|\r\n|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """A line and column, counting from 1, with the line itself."""

    line: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Places:
    """The offsets of every key, table and value of one TOML text."""

    text: str
    values: dict[Path, int] = field(default_factory=dict)
    keys: dict[Path, int] = field(default_factory=dict)

    def key(self, path: Path) -> Place:
        """Return where the key or table at `path` stands, or the nearest thing around it."""
        return self._place(self._nearest(self.keys, path))

    def value(self, path: Path) -> Place:
        """Return where the value at `path` begins, or the nearest thing around it."""
        return self._place(self._nearest(self.values, path))

    def within(self, path: Path, line: int, column: int) -> Place:
        """Return the place of a line and column counted inside the string at `path`."""
        start = self._nearest(self.values, path)
        token = _TOKEN.match(self.text, start)
        if path not in self.values or token is None or token["string"] is None:
            return self._place(start)
        here, at = 1, 1
        for offset, char in _characters(token["string"]):
            if here == line and at >= column:
                return self._place(start + offset)
            here, at = (here + 1, 1) if char == "\n" else (here, at + 1)
        return self._place(token.end() - 1)

    def _nearest(self, places: dict[Path, int], path: Path) -> int:
        while path and path not in places:
            path = path[:-1]
        return places.get(path, 0)

    def _place(self, offset: int) -> Place:
        line_start = self.text.rfind("\n", 0, offset) + 1
        line = self.text[line_start:].split("\n", 1)[0].rstrip("\r")
        return Place(self.text.count("\n", 0, offset) + 1, offset - line_start + 1, line)


def read_toml(text: str) -> dict[str, object]:
    """Read a TOML text; raises `TOMLDecodeError`, and `RecursionError` for what is nested too deep."""
    if _ENDLESS.search(text):
        raise RecursionError("a key of too many parts")
    return tomllib.loads(text)


def quoted(text: str) -> str:
    """Return a text as a string of TOML: JSON's escapes are TOML's, but for DEL, which JSON lets pass."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def places_of(text: str) -> Places:
    """Find the places in a text that `tomllib` has accepted."""
    return _Reader(text).read()


def _characters(token: str) -> Iterator[tuple[int, str]]:
    """Yield the characters of a string token with their offsets in it."""
    quote = token[:3] if token[:3] in {'"""', "'''"} else token[:1]
    start, stop = len(quote), len(token) - len(quote)
    if len(quote) == 3:
        start += 2 if token[start : start + 2] == "\r\n" else token[start : start + 1] == "\n"
    if quote[0] == "'":
        yield from ((start + i, char) for i, char in enumerate(token[start:stop]))
        return
    for match in _ESCAPE.finditer(token, start, stop):
        if not re.fullmatch(r"\\[ \t]*\r?\n\s*", match[0]):  # a folded line end is no character
            yield match.start(), "\n" if match[0] in {"\r\n", "\\n"} else match[0][-1]


class _Reader:
    """One walk over the tokens; where it loses its way it stops, and places get coarser."""

    def __init__(self, text: str) -> None:
        self.places = Places(text)
        self.tokens = [m for m in _TOKEN.finditer(text) if m.lastgroup != "blank"]
        self.at = 0
        self.table: Path = ()
        self.counts: dict[Path, int] = {}

    def read(self) -> Places:
        try:
            while self.at < len(self.tokens):
                self._statement()
        except (IndexError, RecursionError):
            pass
        return self.places

    def _statement(self) -> None:
        start = self.tokens[self.at].start()
        if self.tokens[self.at][0] != "[":
            self._pair(self.table)
            return
        brackets = 2 if self.tokens[self.at + 1][0] == "[" else 1
        self.at += brackets
        self.table = self._opened(self._dotted(), is_array=brackets == 2)
        self.at += brackets
        self.places.keys.setdefault(self.table, start)
        self.places.values.setdefault(self.table, start)

    def _opened(self, words: list[str], *, is_array: bool) -> Path:
        path: Path = ()
        for i, word in enumerate(words):
            path = (*path, word)
            if is_array and i == len(words) - 1:
                self.counts[path] = self.counts.get(path, -1) + 1
            if path in self.counts:
                path = (*path, self.counts[path])
        return path

    def _dotted(self) -> list[str]:
        words = [self._word()]
        while self.tokens[self.at][0] == ".":
            self.at += 1
            words.append(self._word())
        return words

    def _word(self) -> str:
        token = self.tokens[self.at]
        self.at += 1
        return token[0] if token["bare"] else "".join(char for _, char in _characters(token[0]))

    def _pair(self, table: Path) -> None:
        start = self.tokens[self.at].start()
        path: Path = (*table, *self._dotted())
        self.places.keys.setdefault(path, start)
        self.at += 1  # the equals sign
        self._value(path)

    def _value(self, path: Path) -> None:
        token = self.tokens[self.at]
        self.places.values.setdefault(path, token.start())
        self.at += 1
        if token[0] == "[":
            index = 0
            while self.tokens[self.at][0] != "]":
                self._value((*path, index))
                index += 1
                self.at += self.tokens[self.at][0] == ","
            self.at += 1
        elif token[0] == "{":
            while self.tokens[self.at][0] != "}":
                self._pair(path)
                self.at += self.tokens[self.at][0] == ","
            self.at += 1
        else:
            while self.at < len(self.tokens) and self._goes_on():
                self.at += 1

    def _goes_on(self) -> bool:
        """Tell whether a number or time goes on: `1.5` and `2026-11-21 08:00:00` are several tokens."""
        last, token = self.tokens[self.at - 1], self.tokens[self.at]
        if token[0] == "." or last[0] == ".":
            return True
        between = self.places.text[last.end() : token.start()]
        return bool(last["bare"] and token["bare"]) and "\n" not in between
