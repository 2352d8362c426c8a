"""CardDAV and CalDAV: what is called otherwise in each; all else is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from anlass.intake.message import SetAside
from anlass.ledger.trace import Trace
from anlass.sources.calendar import meetings_in
from anlass.sources.cards import cards_in
from anlass.sources.dav.account import Account
from anlass.sources.traces import Bearings, NoTrace

_CARDS, _CALENDARS = "urn:ietf:params:xml:ns:carddav", "urn:ietf:params:xml:ns:caldav"


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the two protocols: its names in XML, and the reader of its entries.

    `source` names the reader's source, `joins` as there. `collection` is the type of a collection,
    `home` the property that leads to them, `multiget` the report that fetches entries, `data` the
    property they are in. `looks_ahead` says that the moment matters, since what is to come will be over.
    """

    name: str
    namespace: str
    source: str
    joins: bool
    collection: str
    home: str
    multiget: str
    data: str
    looks_ahead: bool
    read: Callable[[bytes, str, Bearings], Iterator[Trace | NoTrace | SetAside]]


@dataclass(frozen=True, slots=True)
class Server:
    """An account, and what is read there."""

    account: Account
    kind: Kind


CARDDAV = Kind(
    "carddav",
    _CARDS,
    "cards",
    joins=True,
    collection="addressbook",
    home="addressbook-home-set",
    multiget="addressbook-multiget",
    data="address-data",
    looks_ahead=False,
    read=cards_in,
)
CALDAV = Kind(
    "caldav",
    _CALENDARS,
    "calendar",
    joins=False,
    collection="calendar",
    home="calendar-home-set",
    multiget="calendar-multiget",
    data="calendar-data",
    looks_ahead=True,
    read=meetings_in,
)
