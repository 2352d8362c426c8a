"""Single fields of a plain head: their value on one line, the mailboxes in it, the moment it names.

What is plain is read here, and what was read before is kept in mind: an archive names the same people
again and again, and a thread has one subject. Everything else is read by the parser, one field at a time.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from anlass.intake.guard import RECIPIENT_LIMIT
from anlass.intake.headers import YEARS, Block, people_in, quick_block, quick_values
from anlass.intake.message import Mailbox

_FOLD = re.compile(r"\n[ \t]+")
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
"""What would make more of a decoded name than a name."""
_KNOWN = 8_192
"""Mailboxes that are kept in mind."""


def unfolded(name: str, line: str) -> str:
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


@lru_cache(maxsize=_KNOWN // 2)
def people_named(name: str, line: str) -> tuple[Mailbox, ...]:
    """Return the mailboxes of a field that came as this line; the parser reads what is not plain."""
    found = _listed(line)
    if found is not None:
        return found
    block = quick_block(f"{name}:{line}\n\n".encode("ascii"))
    return people_in(name, block or Block({name: (unfolded(name, line),)}, {}, None), set())


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


def moment_named(line: str) -> datetime | None:
    """Return the moment that a Date field names which came as this line, in UTC."""
    found = _DATE.fullmatch(unfolded("date", line).rstrip())
    if found is not None and (moment := _moment(found)) is not None:
        return moment
    block = quick_block(f"date:{line}\n\n".encode("ascii"))
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
