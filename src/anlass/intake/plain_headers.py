"""The header block of an ordinary mail, read quickly.

Nearly every mail of an archive has a plain head: ASCII, proper names of fields, nothing twice that
stands once, mailboxes with commas between them. Such a head is cut into its fields in one go, a field
is unfolded only when somebody asks for it (`plain_fields.py`), and a head that is not plain is left to
`headers.py` altogether. What every value is, is said there: wherever this room answers, it answers the
same, and a test holds that for whatever bytes it can think of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, KeysView, Mapping
from dataclasses import fields
from datetime import datetime
from typing import TypeVar, cast, overload

from anlass.intake.contact_request import Origin
from anlass.intake.guard import FIELD_COUNT_LIMIT, FIELD_LIMIT, RECIPIENT_LIMIT, SUBJECT_LIMIT, VALUE_LIMIT
from anlass.intake.headers import (
    ONCE,
    content_type_in,
    ids_in,
    message_id_in,
    note_absences,
    trace_in,
)
from anlass.intake.message import Mailbox, Message, Oddity
from anlass.intake.plain_fields import moment_named, people_named, unfolded

T = TypeVar("T")

_CR = 0x0D
_BLANK = re.compile(rb"\n\n")
"""A blank line where line ends are plain: the engine finds it in half the time that `find` takes."""
_FIELDS = re.compile(r"\n(?![ \t])")
_NAME = re.compile(r"[!-9;-~]+")
_KNOWN = 8_192
"""Names of fields that are kept in mind; an archive writes the same ones again and again."""
_NAMES: dict[str, str] = {}
_ONCE = frozenset(ONCE)
_put = object.__setattr__
"""Fills a slot of a frozen value, once."""
_LISTS = ("from", "to", "cc", "reply-to")
_TRACED = frozenset(
    {
        "Received",
        "received",
        "Authentication-Results",
        "authentication-results",
        "Authentication-results",
        "authentication-Results",
    }
)
"""As `headers.py` knows them: no other spelling is a server's own."""
_OF_TEXT = tuple(
    (field.name, field.default)
    for field in fields(Message)
    if field.name
    in "text hidden calendar_method invitation has_order_markup is_encrypted attachments".split()
)
"""What belongs to a mail's text is as empty as in any head."""


class Lines(Mapping[str, tuple[str, ...]]):
    """The fields of a plain head by their names; each is unfolded and decoded when somebody asks for it."""

    __slots__ = ("_again", "_first", "_read", "_whole")

    def __init__(self, first: dict[str, str], again: dict[str, list[str]], whole: list[str] | bytes) -> None:
        self._first = first
        self._again = again
        self._whole = whole
        self._read: dict[str, tuple[str, ...]] = {}

    def __getitem__(self, name: str) -> tuple[str, ...]:
        if name not in self._read:
            came = (self._first[name], *self._again.get(name, ()))
            self._read[name] = tuple([unfolded(name, one) for one in came])
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._first

    def __iter__(self) -> Iterator[str]:
        return iter(self._first)

    def __len__(self) -> int:
        return len(self._first)

    @overload
    def get(self, name: str, default: None = None, /) -> tuple[str, ...] | None: ...
    @overload
    def get(self, name: str, default: tuple[str, ...] | T, /) -> tuple[str, ...] | T: ...
    def get(self, name: str, default: object = None, /) -> object:
        """Return the values of a field, or `default`; most that are asked for are not there."""
        return self[name] if name in self._first else default

    def keys(self) -> KeysView[str]:
        """Return the names, as quickly asked as those of any dictionary."""
        return self._first.keys()

    def has_twice(self, names: frozenset[str]) -> bool:
        """Tell whether one of these fields stands there more than once."""
        return not names.isdisjoint(self._again)

    def has_many(self, name: str) -> bool:
        """Tell whether a field names more people than are kept."""
        return name in self._first and self._first[name].count("@") > RECIPIENT_LIMIT

    def came(self, name: str) -> str:
        """Return the first value of a field as it came."""
        return self._first[name]

    def trace(self) -> tuple[tuple[str, str], ...]:
        """Return the fields Received and Authentication-Results, topmost first."""
        if "authentication-results" not in self._first:
            return ()
        if isinstance(self._whole, bytes):
            return trace_in(self._whole)
        parts = (one.partition(":") for one in self._whole if one[0] in "RrAa")
        return tuple((name.lower(), line[:VALUE_LIMIT]) for name, _, line in parts if name in _TRACED)


class Unread(Message):
    """A message of which little was read; the rest is when somebody asks."""

    __slots__ = ()

    def __getattr__(self, name: str) -> object:
        # called for a slot that is empty yet
        if name not in _WHEN_ASKED and name != "oddities":
            raise AttributeError(name)
        value = _oddities(self) if name == "oddities" else _WHEN_ASKED[name](cast("Lines", self.headers))
        _put(self, name, value)
        return value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and all(
            getattr(self, field.name) == getattr(other, field.name) for field in fields(Message)
        )

    __hash__ = None  # type: ignore[assignment]  # as that of any message: its headers are a mapping


def plain_message(raw: bytes, origin: Origin) -> Message | None:
    """Return what the plain head of `raw` says, as a message without text; `None` where it is not plain."""
    came = _head(raw)
    head = _mended(came)
    lines = _cut(head, came) if head else None
    if lines is None or lines.has_twice(_ONCE):
        return None
    if len(head) > VALUE_LIMIT and any(map(lines.has_many, _LISTS)):
        return None
    senders = _people("from", lines)
    if len(senders) > 1:
        return None
    message = object.__new__(Unread)
    _put(message, "origin", origin)
    _put(message, "sender", senders[0] if senders else None)
    _put(message, "date", _date(lines))
    _put(message, "headers", lines)
    _put(message, "message_id", message_id_in(lines, set()))
    _put(message, "subject", _subject(lines))
    _put(message, "in_reply_to", ids_in(lines.get("in-reply-to", ())))
    _put(message, "references", ids_in(lines.get("references", ())))
    for name, value in _OF_TEXT:
        _put(message, name, value)
    return message


def _head(raw: bytes) -> bytes:
    """Return the lines above the first blank one; nothing where no letter begins the first of them."""
    if not raw[:1].isalpha() or raw.startswith(b"From "):
        return b""
    end = blank_line(raw)
    if end < 0 or (raw[end + 1] == _CR and b"\r\r\n" in raw):
        return b""
    return raw[: end + 1]


def blank_line(raw: bytes) -> int:
    """Return where the line end before the first blank line lies, -1 where there is none."""
    found = _BLANK.search(raw)
    end = found.start() if found else len(raw)
    mixed = raw.find(b"\n\r\n", 0, end + 1) if raw.find(b"\r", 0, end) >= 0 else -1
    return mixed if mixed >= 0 or found is None else end


def _mended(came: bytes) -> bytes:
    """Return a head with plain line ends and without the last; nothing where more would have to be mended."""
    head = came
    if b"\r" in came:
        head = came.replace(b"\r\n", b"\n")
        if b"\r" in head or head.count(b"\n") != came.count(b"\r"):
            return b""
    is_long = len(head) > FIELD_LIMIT or (len(head) > VALUE_LIMIT and head.count(b"\n") >= FIELD_COUNT_LIMIT)
    return b"" if is_long or not head.isascii() else head[:-1]


def _cut(head: bytes, came: bytes) -> Lines | None:
    """Cut a head into its fields; `None` where a line is no field, or too long."""
    first: dict[str, str] = {}
    again: dict[str, list[str]] = {}
    cut = _FIELDS.split(head.decode("ascii"))
    if len(head) > VALUE_LIMIT and max(map(len, cut)) > VALUE_LIMIT:
        return None
    for one in cut:
        written, colon, line = one.partition(":")
        name = _NAMES.get(written) or _known(written)
        if not name or not colon:
            return None
        if name in first:
            again.setdefault(name, []).append(line)
        else:
            first[name] = line
    return Lines(first, again, cut if len(came) == len(head) + 1 else came)


def _known(written: str) -> str:
    """Return the name of a field in lower case, empty where it is none; and keep it in mind."""
    if not _NAME.fullmatch(written):
        return ""
    if len(_NAMES) >= _KNOWN:
        _NAMES.clear()
    return _NAMES.setdefault(written, written.lower())


def _people(name: str, lines: Lines) -> tuple[Mailbox, ...]:
    """Return the mailboxes of a field."""
    return people_named(name, lines.came(name)) if name in lines else ()


def _date(lines: Lines) -> datetime | None:
    """Return the moment of the Date field, in UTC."""
    return moment_named(lines.came("date")) if "date" in lines else None


def _subject(lines: Lines) -> str | None:
    value = lines.get("subject", (None,))[0]
    return None if value is None else value[:SUBJECT_LIMIT]


def _oddities(message: Message) -> frozenset[Oddity]:
    """Name what is missing or unreadable; what is doubled has no plain head."""
    oddities: set[Oddity] = set()
    message_id_in(message.headers, oddities)
    senders = () if message.sender is None else (message.sender,)
    note_absences(message.headers, senders, message.date, oddities)
    return frozenset(oddities)


_WHEN_ASKED: Mapping[str, Callable[[Lines], object]] = {
    "to": lambda lines: _people("to", lines),
    "cc": lambda lines: _people("cc", lines),
    "reply_to": lambda lines: _people("reply-to", lines),
    "content_type": content_type_in,
    "trace": Lines.trace,
}
"""How a field of a message is read from a plain head."""
