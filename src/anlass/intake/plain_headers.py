"""The header block of an ordinary mail, read quickly.

Nearly every mail of an archive has a plain head: ASCII, proper names of fields, nothing twice that
stands once, mailboxes with commas between them. Such a head is cut into its fields in one go, a field
is unfolded only when somebody asks for it, and a mailbox that was read before is not read again.
Encoded words and odd dates are left to the parser one field at a time, a head that is not plain to
`headers.py` altogether. What every value is, is said there: wherever this room answers, it answers the
same, and a test holds that for whatever bytes it can think of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TypeVar, cast, overload

from anlass.intake.contact_request import Origin
from anlass.intake.guard import FIELD_COUNT_LIMIT, FIELD_LIMIT, RECIPIENT_LIMIT, SUBJECT_LIMIT, VALUE_LIMIT
from anlass.intake.headers import (
    ONCE,
    YEARS,
    Block,
    content_type_in,
    ids_in,
    message_id_in,
    note_absences,
    people_in,
    quick_block,
    quick_values,
    trace_in,
)
from anlass.intake.message import Mailbox, Message, Oddity

T = TypeVar("T")

_CR = 0x0D
_FIELDS = re.compile(r"\n(?![ \t])")
_FOLD = re.compile(r"\n[ \t]+")
_NAME = re.compile(r"[!-9;-~]+")
_DATE = re.compile(
    r"(?:[A-Z][a-z]{2}, +)?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d)"
    r" ([+-]\d\d[0-5]\d)(?: \([A-Z]+\))?"
)
_MONTHS = {
    name: at for at, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)
}
_BETWEEN_COMMAS = re.compile(r'(?:[^",]+|"[^"]*")+')
_ENCODED = re.compile(r"=\?[A-Za-z0-9-]+\?[bqBQ]\?[A-Za-z0-9+/=_.!*-]*\?=")
"""An encoded word without anything that could stand between two mailboxes."""
_SPECIALS = frozenset('()<>[]:;@\\,"?=')
_KNOWN = 8_192
"""Names of fields and mailboxes that are kept in mind; an archive names the same ones again and again."""
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

    __slots__ = ("_again", "_first", "_whole")

    def __init__(self, first: dict[str, str], again: dict[str, list[str]], whole: list[str] | bytes) -> None:
        self._first = first
        self._again = again
        self._whole = whole

    def __getitem__(self, name: str) -> tuple[str, ...]:
        line = _unfolded(name, self._first[name])
        if name not in self._again:
            return (line,)
        return (line, *(_unfolded(name, one) for one in self._again[name]))

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
    if head.count(b"@") > RECIPIENT_LIMIT and any(map(lines.has_many, _LISTS)):
        return None
    senders = _people("from", lines)
    if len(senders) > 1:
        return None
    message = object.__new__(Unread)
    _put(message, "origin", origin)
    _put(message, "sender", senders[0] if senders else None)
    _put(message, "date", _date(lines))
    _put(message, "headers", lines)
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
    end = raw.find(b"\n\n")
    mixed = raw.find(b"\n\r\n", 0, len(raw) if end < 0 else end + 1)
    return end if mixed < 0 else mixed


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


def _unfolded(name: str, line: str) -> str:
    """Return a field's value on one line, its encoded words read."""
    value = _mere(line)
    return _decoded(name, line) if value is None else value


@lru_cache(maxsize=_KNOWN // 4)  # a thread has one subject
def _decoded(name: str, line: str) -> str:
    """Return a value of which the parser has to read encoded words."""
    values = quick_values(f"{name}:{line}\n\n".encode("ascii"))
    return values[name][0] if values else ""


def _mere(line: str) -> str | None:
    """Return a value on one line; `None` where there is more to do to it: encoded words, controls."""
    return None if "=?" in line else _on_one_line(line)


def _on_one_line(line: str) -> str | None:
    """Return a value on one line, its encoded words as they are; `None` where it holds controls."""
    value = line.lstrip(" \t")
    if "\n" in value:
        value = _FOLD.sub(" ", value)
    return value if value.isprintable() else None


# --- single fields ---


def _people(name: str, lines: Lines) -> tuple[Mailbox, ...]:
    """Return the mailboxes of a field."""
    return _people_named(name, lines.came(name)) if name in lines else ()


@lru_cache(maxsize=_KNOWN // 2)
def _people_named(name: str, line: str) -> tuple[Mailbox, ...]:
    """Return the mailboxes of a field that came as this line; the parser reads what is not plain."""
    found = _listed(line)
    if found is not None:
        return found
    block = quick_block(f"{name}:{line}\n\n".encode("ascii"))
    return people_in(name, block or Block({name: (_unfolded(name, line),)}, {}, None), set())


def _listed(line: str) -> tuple[Mailbox, ...] | None:
    """Return the mailboxes with commas between them, each address once; `None` where there is more to it."""
    value = _on_one_line(line)
    if value is None or "(" in value or ":" in value or ";" in value or "\\" in value or ")" in value:
        return None
    quotes = value.count('"')
    parts = _BETWEEN_COMMAS.findall(value) if quotes else value.split(",")
    if quotes % 2 or len(parts) > RECIPIENT_LIMIT:
        return None
    found: dict[str, Mailbox] = {}
    for part in parts:
        box = _one(part)
        if box is None:
            return None
        if box.address not in found:
            found[box.address] = box
    return tuple(found.values())


@lru_cache(maxsize=_KNOWN)
def _one(part: str) -> Mailbox | None:
    """Return the one mailbox that stands between two commas; `None` where it is not plainly one.

    Where its name is encoded, what comes of it must not look like more than a name.
    """
    is_encoded = "=?" in part
    if part.count("@") != 1 or (is_encoded and "=?" in _ENCODED.sub("", part)):
        return None
    block = quick_block(f"to:{part}\n\n".encode())
    boxes = block.addresses["to"] if block else ()
    if len(boxes) != 1 or (is_encoded and not _SPECIALS.isdisjoint(boxes[0].name)):
        return None
    return boxes[0]


def _date(lines: Lines) -> datetime | None:
    """Return the moment of the Date field, in UTC."""
    if "date" not in lines:
        return None
    found = _DATE.fullmatch(lines["date"][0].rstrip())
    if found is not None and (moment := _moment(found)) is not None:
        return moment
    block = quick_block(f"date:{lines.came('date')}\n\n".encode("ascii"))
    return block.date if block else None


def _moment(found: re.Match[str]) -> datetime | None:
    """Return the moment that a common date names, `None` where no calendar or no mail has it."""
    day, month, year, hour, minute, second, zone = found.groups()
    try:
        here = datetime(int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=UTC)
        moment = here - _east(zone)
    except (ValueError, KeyError, OverflowError):
        return None
    return moment if moment.year in YEARS else None


@lru_cache(maxsize=256)
def _east(zone: str) -> timedelta:
    """Return how far ahead of UTC the clocks of a zone like +0530 are."""
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))
    return -ahead if zone[0] == "-" else ahead


def _subject(lines: Lines) -> str | None:
    value = lines.get("subject", (None,))[0]
    return None if value is None else value[:SUBJECT_LIMIT]


def _message_id(lines: Lines) -> str | None:
    return message_id_in(lines, set())


def _oddities(message: Message) -> frozenset[Oddity]:
    """Name what is missing or unreadable; what is doubled has no plain head."""
    oddities: set[Oddity] = set()
    message_id_in(message.headers, oddities)
    senders = () if message.sender is None else (message.sender,)
    note_absences(message.headers, senders, message.date, oddities)
    return frozenset(oddities)


_WHEN_ASKED: Mapping[str, Callable[[Lines], object]] = {
    "message_id": _message_id,
    "to": lambda lines: _people("to", lines),
    "cc": lambda lines: _people("cc", lines),
    "reply_to": lambda lines: _people("reply-to", lines),
    "subject": _subject,
    "in_reply_to": lambda lines: ids_in(lines.get("in-reply-to", ())),
    "references": lambda lines: ids_in(lines.get("references", ())),
    "content_type": content_type_in,
    "trace": Lines.trace,
}
"""How a field of a message is read from a plain head."""
