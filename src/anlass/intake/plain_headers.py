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
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TypeVar, overload

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
    trace_in,
)
from anlass.intake.message import Mailbox, Message, Oddity

T = TypeVar("T")

_FIELDS = re.compile(r"\n(?![ \t])")
_FOLD = re.compile(r"\n[ \t]+")
_NAME = re.compile(r"[!-9;-~]+")
_DATE = re.compile(
    r"(?:[A-Z][a-z]{2}, +)?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d)"
    r" ([+-])(\d\d)([0-5]\d)(?: \([A-Z]+\))?"
)
_MONTHS = {
    name: at for at, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), start=1)
}
_NO_MERE_LIST = re.compile(r"[\\();:\x00-\x08\x0b-\x1f\x7f]|=\?")
"""Signs with which a list of mailboxes is more than mailboxes with commas between them."""
_BETWEEN_COMMAS = re.compile(r'(?:[^",]|"[^"]*")+')
_KNOWN = 8_192
"""Names of fields and mailboxes that are kept in mind; an archive names the same ones again and again."""
_NAMES: dict[str, str] = {}
_ONCE = frozenset(ONCE)
_CR = ord("\r")


class Lines(Mapping[str, tuple[str, ...]]):
    """The fields of a plain head by their names; each is unfolded and decoded when somebody asks for it."""

    __slots__ = ("_again", "_first")

    def __init__(self, first: dict[str, str], again: dict[str, list[str]]) -> None:
        self._first = first
        self._again = again

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

    def came(self, name: str) -> str:
        """Return the first value of a field as it came."""
        return self._first[name]

    def block(self, name: str) -> Block | None:
        """Return what the parser reads in one field, looked at by itself."""
        return quick_block(f"{name}:{self._first[name]}\n\n".encode("ascii"))


def plain_message(raw: bytes, origin: Origin) -> Message | None:
    """Return what the plain head of `raw` says, as a message without text; `None` where it is not plain."""
    came = _head(raw)
    head = _mended(came)
    lines = _cut(head) if head else None
    if lines is None or lines.has_twice(_ONCE):
        return None
    senders, to, cc, reply_to = (_people(name, lines) for name in ("from", "to", "cc", "reply-to"))
    if senders is None or to is None or cc is None or reply_to is None or len(senders) > 1:
        return None
    date, ids = _date(lines), ids_in(lines.get("message-id", ()))
    subject = lines.get("subject", (None,))[0]
    return Message(
        origin,
        ids[0] if ids else None,
        senders[0] if senders else None,
        to,
        cc,
        reply_to,
        date,
        None if subject is None else subject[:SUBJECT_LIMIT],
        ids_in(lines.get("in-reply-to", ())),
        ids_in(lines.get("references", ())),
        lines,
        content_type_in(lines),
        trace=trace_in(came) if "authentication-results" in lines else (),
        oddities=_lacks(lines, senders, date, ids),
    )


def _head(raw: bytes) -> bytes:
    """Return the lines above the first blank one; nothing where no letter begins the first of them."""
    if not raw[:1].isalpha() or raw.startswith(b"From "):
        return b""
    first = raw.find(b"\n")
    if first > 0 and raw[first - 1] == _CR:
        return b"" if b"\r\r\n" in raw else raw[: raw.find(b"\n\r\n") + 1]
    return raw[: raw.find(b"\n\n") + 1]


def _mended(came: bytes) -> bytes:
    """Return a head with plain line ends and without the last; nothing where more would have to be mended."""
    head = came
    if b"\r" in came:
        head = came.replace(b"\r\n", b"\n")
        if b"\r" in head or head.count(b"\n") != came.count(b"\r"):
            return b""
    is_long = len(head) > FIELD_LIMIT or (len(head) > VALUE_LIMIT and head.count(b"\n") >= FIELD_COUNT_LIMIT)
    return b"" if is_long or not head.isascii() else head[:-1]


def _cut(head: bytes) -> Lines | None:
    """Cut a head into its fields; `None` where a line is no field, or too long."""
    first: dict[str, str] = {}
    again: dict[str, list[str]] = {}
    fields = _FIELDS.split(head.decode("ascii"))
    if len(head) > VALUE_LIMIT and max(map(len, fields)) > VALUE_LIMIT:
        return None
    for field in fields:
        written, colon, line = field.partition(":")
        name = _NAMES.get(written) or _known(written)
        if not name or not colon:
            return None
        if name in first:
            again.setdefault(name, []).append(line)
        else:
            first[name] = line
    return Lines(first, again)


def _known(written: str) -> str:
    """Return the name of a field in lower case, empty where it is none; and keep it in mind."""
    if not _NAME.fullmatch(written):
        return ""
    if len(_NAMES) >= _KNOWN:
        _NAMES.clear()
    return _NAMES.setdefault(written, written.lower())


def _unfolded(name: str, line: str) -> str:
    """Return a field's value on one line, its encoded words read."""
    value = line.lstrip(" \t")
    if "\n" in value:
        value = _FOLD.sub(" ", value)
    if "=?" not in value and value.isprintable():
        return value
    block = quick_block(f"{name}:{line}\n\n".encode("ascii"))
    return block.values[name][0] if block else value


# --- single fields ---


def _people(name: str, lines: Lines) -> tuple[Mailbox, ...] | None:
    """Return the mailboxes of a field, `None` where there are too many to tell at a glance."""
    if name not in lines:
        return ()
    came = lines.came(name)
    found = None if _NO_MERE_LIST.search(came) else _listed(lines[name][0])
    if found is not None:
        return found
    block = lines.block(name)
    oddities: set[Oddity] = set()
    people = people_in(name, block, oddities) if block else ()
    return None if block is None or oddities else people


def _listed(value: str) -> tuple[Mailbox, ...] | None:
    """Return the mailboxes of a mere list, each address once; `None` where it is none."""
    parts = _BETWEEN_COMMAS.findall(value) if '"' in value else value.split(",")
    if len(parts) > RECIPIENT_LIMIT:
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
    """Return the one mailbox that stands between two commas; `None` where it is not plainly one."""
    if part.count("@") != 1:
        return None
    block = quick_block(f"to:{part}\n\n".encode())
    boxes = block.addresses["to"] if block else ()
    return boxes[0] if len(boxes) == 1 else None


def _date(lines: Lines) -> datetime | None:
    """Return the moment of the Date field, in UTC."""
    if "date" not in lines:
        return None
    found = _DATE.fullmatch(lines["date"][0].rstrip())
    if found is not None and (moment := _moment(found)) is not None:
        return moment
    block = lines.block("date")
    return block.date if block else None


def _moment(found: re.Match[str]) -> datetime | None:
    """Return the moment that a common date names, `None` where no calendar or no mail has it."""
    day, month, year, hour, minute, second, sign, hours, minutes = found.groups()
    east = timedelta(hours=int(hours), minutes=int(minutes))
    try:
        here = datetime(int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second), tzinfo=UTC)
        moment = here - east if sign == "+" else here + east
    except (ValueError, KeyError, OverflowError):
        return None
    return moment if moment.year in YEARS else None


def _lacks(
    lines: Lines, senders: tuple[Mailbox, ...], date: datetime | None, ids: tuple[str, ...]
) -> frozenset[Oddity]:
    """Name what is missing or unreadable."""
    oddities: set[Oddity] = set()
    if not (ids and "@" in ids[0] and senders and date and "subject" in lines and "to" in lines):
        message_id_in(lines, oddities)
        note_absences(lines, senders, date, oddities)
    return frozenset(oddities)
