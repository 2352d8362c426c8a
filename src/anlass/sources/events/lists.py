"""A file, or pasted text, becomes a list: told apart by what it begins with, then read by its kind."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace

from anlass.intake.message import SetAside
from anlass.ledger.trace import Trace
from anlass.outreach.event import Somebody
from anlass.people import Address, mail_address
from anlass.sources.addresses import page_address, phone_address
from anlass.sources.cards import cards_in
from anlass.sources.events.calendar_file import read_calendar
from anlass.sources.events.card_text import LONGEST, somebody_on
from anlass.sources.events.exports import read_export
from anlass.sources.events.listed import YES, EventList, Listed, Named
from anlass.sources.reading import whole
from anlass.sources.tables import Row, Torn, named_columns, table
from anlass.sources.told import aside, torn
from anlass.sources.traces import Bearings

__all__ = ["EventList", "Listed", "Named", "read_bytes", "read_list", "read_pasted", "read_typed"]

_SIZE = 32 * 1024 * 1024
_GONE = frozenset(
    {"c", "e", "canceled", "cancelled", "expired", "storniert", "abgelaufen", "withdrawn", "rejected"}
)
_BETWEEN = re.compile(r"[\s<>;]+|,(?=\s|$)|,(?=[^\s,;]*@)")
"""What stands between the words of a line that was typed; a comma within an address is a slip and stays."""
_REQUIRED = (frozenset({"mail"}), frozenset({"name"}), frozenset({"given", "family"}))


def read_list(path: str, bearings: Bearings) -> EventList:
    """Return what the file at `path` tells of an event; what cannot be opened is set aside."""
    data = whole(path, _SIZE)
    return (
        EventList("file", set_aside=(data,))
        if isinstance(data, SetAside)
        else read_bytes(data, path, bearings)
    )


def read_bytes(data: bytes, path: str, bearings: Bearings) -> EventList:
    """Return what these bytes tell, which lie at `path`: told apart by how they begin; never of the owner."""
    told = _read(data, path, bearings)
    others = (
        one
        for one in told.people
        if not any(address.value in bearings.owner for address in one.somebody.addresses)
    )
    return replace(told, people=tuple(others))


def _read(data: bytes, path: str, bearings: Bearings) -> EventList:
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if len(data) > _SIZE:
        return EventList("file", set_aside=(aside(path, "too_large"),))
    if start[:15].upper().startswith(b"BEGIN:VCALENDAR"):
        return read_calendar(data, path)
    if start[:11].upper().startswith(b"BEGIN:VCARD"):
        return _cards(data, path, bearings)
    if start[:1] in {b"{", b"["}:
        return read_export(data, path, bearings.region)
    return _people(data, path, bearings)


def read_pasted(text: str, bearings: Bearings) -> EventList:
    """Return whom a pasted or scanned text names: a vCard, the link to a card, or the words of a card."""
    told = text.strip()[: LONGEST * 4]
    if told[:11].upper().startswith("BEGIN:VCARD"):
        return _cards(told.encode("utf-8", "replace"), "pasted", bearings)
    if told and len(told.split()) == 1 and told.lower().startswith(("https://", "http://")):
        page = page_address(told)
        link = () if page is None else (Listed(Somebody("", (page,), has_card=True)),)
        return EventList("link", people=link)
    somebody = somebody_on(told, bearings.region)
    own = any(one.value in bearings.owner for one in somebody.addresses)
    return EventList("card", people=() if somebody.is_nobody or own else (Listed(somebody),))


def read_typed(text: str) -> EventList:
    """Return whom a text names that was typed, one in each line: a name and a mail address, in any order."""
    told = text[: LONGEST * 4].splitlines()
    return EventList("typed", people=tuple(_typed(line) for line in told if line.strip()))


def _typed(line: str) -> Listed:
    words = [one for one in _BETWEEN.split(line) if one]
    address = next(filter(None, map(mail_address, words)), None)
    if address is None:
        return Listed(Somebody(" ".join(line.split())[:200]))
    return Listed(Somebody(" ".join(one for one in words if "@" not in one)[:200], (address,)))


def _cards(data: bytes, path: str, bearings: Bearings) -> EventList:
    people, missing = [], []
    for found in cards_in(data, path, bearings):
        if isinstance(found, Trace):
            people.append(Listed(Somebody(found.name, found.addresses, found.about, has_card=True)))
        elif isinstance(found, SetAside):
            missing.append(found)
    return EventList("cards", people=tuple(people), set_aside=tuple(missing))


def _people(data: bytes, path: str, bearings: Bearings) -> EventList:
    """Return the people of a table."""
    people: dict[Listed, None] = {}
    missing = []
    for row in table(io.BytesIO(data), named_columns("anlass.sources.events")["people"], *_REQUIRED):
        if isinstance(row, Torn):
            missing.append(torn(path, row))
        elif row["state"].casefold() not in _GONE:
            listed = _listed(row, bearings)
            if listed.somebody.is_nobody:
                missing.append(aside(path, "nobody", row.line))
            else:
                people[listed] = None
    return EventList("table", people=tuple(people), set_aside=tuple(missing))


def _listed(row: Row, bearings: Bearings) -> Listed:
    name = row.one_line("name") or " ".join(filter(None, map(row.one_line, ("given", "family"))))
    about = ", ".join(filter(None, map(row.one_line, ("role", "organisation"))))
    consent = row["consent"].casefold() in YES if row["consent"] else None
    somebody = Somebody(name[:200], tuple(_addresses(row, bearings)), about[:300])
    return replace(Listed(somebody), ticket=row["ticket"][:100], consent=consent)


def _addresses(row: Row, bearings: Bearings) -> Iterator[Address]:
    found = (
        mail_address(row["mail"]) if row["mail"] else None,
        phone_address(row["phone"], bearings.region) if row["phone"] else None,
        page_address(row["web"]) if row["web"] else None,
    )
    yield from filter(None, found)
