"""What is asked of every mail: its head, the beginning of its text, its flags; and how that is answered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anlass.sources.found import HEADS
from anlass.sources.mail.folders import readable

_TEXT = 8 * 1024
"""Bytes of the text that copies are known by, whatever its line ends."""
_LARGEST = 1 << 40
"""Bytes that no mail has, whatever a server says."""
ITEMS = ("FLAGS", "RFC822.SIZE", f"BODY.PEEK[HEADER]<0.{HEADS.limit}>", f"BODY.PEEK[TEXT]<0.{_TEXT}>")
_FLAGS = {
    b"\\draft": "draft",
    b"\\flagged": "flagged",
    b"\\answered": "replied",
    b"\\seen": "seen",
    b"\\deleted": "trash",
}
"""The same words as for the flags of a Maildir."""
_COMPOSED = re.compile(rb"^content-type:[ \t\r\n]*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a mail: its header and some of its text, its size in bytes, its flags and labels.

    `is_cut` says that there is more of it, `has_parts` that it is composed of several.
    """

    raw: bytes
    size: int
    labels: tuple[str, ...]
    is_cut: bool
    has_parts: bool


def head_of(told: Mapping[bytes, Any]) -> Head | None:
    """Return the head in what a server told of a mail, `None` where it told none."""
    header, text = part(told, b"BODY[HEADER]"), part(told, b"BODY[TEXT]")
    if header is None or text is None:
        return None
    raw = header + text
    said = told.get(b"RFC822.SIZE")
    size = said if isinstance(said, int) and 0 < said < _LARGEST else len(raw)
    flags = tuple(_FLAGS[flag] for one in _words(told.get(b"FLAGS")) if (flag := one.lower()) in _FLAGS)
    labels = tuple(_label(one) for one in _words(told.get(b"X-GM-LABELS")))
    is_cut = len(header) >= HEADS.limit or len(text) >= _TEXT
    return Head(raw, size, flags + labels, is_cut, _COMPOSED.search(header) is not None)


def part(told: Mapping[bytes, Any], name: bytes, start: int = 0) -> bytes | None:
    """Return a part of a mail; behind its name stands the byte it was asked for from."""
    names = {name + b"<%d>" % start, *(() if start else (name,))}
    for key, value in told.items():
        if key.upper() in names and isinstance(value, bytes | None):
            return value or b""
    return None


def holds_calendar(told: Mapping[bytes, Any]) -> bool:
    """Tell by its structure whether a mail holds an appointment; where that cannot be told, it may."""
    rest: list[object] = [told.get(b"BODYSTRUCTURE")]
    if rest == [None]:
        return True
    while rest:
        one = rest.pop()
        if isinstance(one, tuple | list):
            rest += one
        elif isinstance(one, bytes) and one.lower() == b"calendar":
            return True
    return False


def _words(told: object) -> tuple[bytes, ...]:
    """Return the words of a list; IMAPClient makes a number of what looks like one."""
    if not isinstance(told, tuple):
        return ()
    return tuple(one if isinstance(one, bytes) else str(one).encode() for one in told)


def _label(word: bytes) -> str:
    return readable(word.decode("utf-8", "replace"))
