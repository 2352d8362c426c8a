"""The audit of a list of contacts: how many of them are contacts, by evidence.

The list is heard as `collect` would hear it, within a rehearsal: its own evidence counts (messages in an
archive, cards with the day they were swapped, a mail address beside a profile), and nothing of it is kept.
Only addresses say who somebody is. A name alone makes a "perhaps", counted apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from anlass.desk.audit.contact_lists import ContactFile, contact_files
from anlass.desk.history.hearing import listen
from anlass.errors import NotFound, Problem
from anlass.intake import SetAside
from anlass.ledger import Tie, TieLevel
from anlass.ledger.bonds import EVIDENT, Bond, bond_of
from anlass.people import Address, AddressKind
from anlass.people.joining import at_odds
from anlass.people.names import name_words
from anlass.sources import Bearings
from anlass.sources.dav import Server
from anlass.store.book import Book, LedgerLine

_UNSURE = frozenset({AddressKind.PHONE, AddressKind.WEB})
"""A telephone or a page of the web is often shared, so it says of nobody that it is them."""
_MOST = 5
"""Candidates that are named for one contact."""
_NAMES = 2
"""Words without which a name is no full name."""


class Why(StrEnum):
    """Why a contact is only perhaps somebody."""

    NAME = "equal full name"
    SHARED = "shared address"
    """Contacts with different names have the address."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact as the list names it; `since` is the day of the click, where the list knows it."""

    name: str
    addresses: tuple[Address, ...]
    places: tuple[str, ...]
    about: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Audited:
    """A contact with what it rests on. `perhaps` are candidates, the strongest first, with `why`."""

    contact: Contact
    bond: Bond
    tie: Tie
    perhaps: tuple[LedgerLine, ...] = ()
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Audit:
    """The whole list, strongest first, and how far the evidence reaches.

    `entries` counts the rows and cards that name somebody: one person may have several.
    `since` is the day of the oldest encounter in the ledger, `None` while it is empty.
    """

    contacts: tuple[Audited, ...]
    entries: int
    set_aside: tuple[SetAside, ...]
    since: datetime | None

    def count(self, *bonds: Bond) -> int:
        """Return how many contacts are in these groups."""
        return sum(one.bond in bonds for one in self.contacts)

    @property
    def evident(self) -> int:
        """Return of how many contacts it is evident that both sides did something."""
        return self.count(*EVIDENT)

    @property
    def without_mail(self) -> int:
        """Return how many contacts the list names without a mail address."""
        return sum(
            all(address.kind is not AddressKind.MAIL for address in one.contact.addresses)
            for one in self.contacts
        )


def audit(
    book: Book,
    paths: Sequence[Path],
    *,
    servers: Iterable[Server] = (),
    lists: Iterable[ContactFile] = (),
    now: datetime,
    region: str = "",
) -> Audit:
    """Say of every contact in these lists what it rests on, as of `now`; nothing is kept or changed.

    `lists` are such as were read already, on chat networks.

    Raises `NotFound` where there is no list of contacts, `SourceError` for a server that cannot be asked.
    """
    bearings = Bearings(book.owner_addresses(), now, region)
    files = (*contact_files(paths, servers, bearings), *lists)
    aside = tuple(one for file in files for one in file.records if isinstance(one, SetAside))
    entries = [contact for file in files for contact in _contacts(file)]
    if not entries and not aside:
        where = ", ".join(map(str, paths))
        raise NotFound(
            Problem("There is no list of contacts here.", where),
            hint="Give Connections.csv or the archive of LinkedIn, contacts of XING, or a .vcf file.",
        )
    with book.rehearsal():
        for file in files:
            listen(book, file.place, file.records, source=file.source, joins=file.joins)
        book.settle()
        ledger = _Ledger.of(book.people(at=now))
    shared = _shared(entries)
    found = [_audited(one, ledger, shared) for one in _each_once(entries, ledger, shared)]
    return Audit(tuple(sorted(found, key=_strongest)), len(entries), aside, ledger.since)


@dataclass(slots=True)
class _Ledger:
    """The ledger by address and by full name."""

    at: dict[Address, LedgerLine] = field(default_factory=dict)
    named: dict[str, list[LedgerLine]] = field(default_factory=lambda: defaultdict(list))
    since: datetime | None = None

    @classmethod
    def of(cls, lines: Iterable[LedgerLine]) -> _Ledger:
        """Return the ledger of these lines; who shares nothing with the owner is no candidate."""
        ledger = cls()
        for line in lines:
            ledger.at.update(dict.fromkeys(line.person.addresses, line))
            key = _full_name(line.person.name)
            if key and bond_of(line.tie) is not Bond.NOTHING:
                ledger.named[key].append(line)
            if line.tie.first and (ledger.since is None or line.tie.first < ledger.since):
                ledger.since = line.tie.first
        return ledger

    def namesakes(self, name: str) -> tuple[LedgerLine, ...]:
        """Return who bears this full name and shares something with the owner, strongest first."""
        found = sorted(self.named.get(_full_name(name), ()), key=_stronger) if _full_name(name) else []
        return tuple(found[:_MOST])


def _contacts(file: ContactFile) -> Iterable[Contact]:
    """Yield the contacts of a file, those without name and address left out."""
    for trace in file.contacts():
        if trace.name or trace.addresses:
            yield Contact(trace.name, trace.addresses, (trace.place,), trace.about, trace.since)


def _shared(contacts: Iterable[Contact]) -> frozenset[Address]:
    """Return the addresses that contacts of different names have."""
    names: Mapping[Address, set[str]] = defaultdict(set)
    for one in contacts:
        for address in one.addresses if one.name else ():
            names[address].add(one.name)
    return frozenset(
        address for address, told in names.items() if any(at_odds(one, min(told)) for one in told)
    )


def _each_once(contacts: Iterable[Contact], ledger: _Ledger, shared: frozenset[Address]) -> Iterable[Contact]:
    """Return every contact once: entries with an address of the same person are one contact."""
    found: dict[object, Contact] = {}
    for number, one in enumerate(contacts):
        line = _line(one, ledger, shared)
        key = line.person.id if line else number
        known = found.get(key)
        found[key] = one if known is None else _together(known, one)
    return found.values()


def _together(one: Contact, other: Contact) -> Contact:
    days = [contact.since for contact in (one, other) if contact.since]
    return replace(
        one,
        name=one.name or other.name,
        addresses=tuple(dict.fromkeys((*one.addresses, *other.addresses))),
        places=(*one.places, *other.places),
        about=one.about or other.about,
        since=min(days, default=None),
    )


def _line(contact: Contact, ledger: _Ledger, shared: frozenset[Address]) -> LedgerLine | None:
    """Return the strongest line that an address of the contact leads to, if it is theirs alone."""
    sure = (one for one in contact.addresses if one.kind not in _UNSURE and one not in shared)
    return min((ledger.at[one] for one in sure if one in ledger.at), key=_stronger, default=None)


def _audited(contact: Contact, ledger: _Ledger, shared: frozenset[Address]) -> Audited:
    line = _line(contact, ledger, shared)
    tie = line.tie if line else Tie(TieLevel.STRANGER)
    bond = bond_of(tie)
    if bond is not Bond.NOTHING:
        return Audited(contact, bond, tie)
    at_shared = {ledger.at[one].person.id: ledger.at[one] for one in contact.addresses if one in ledger.at}
    others = tuple(one for one in at_shared.values() if bond_of(one.tie) is not Bond.NOTHING)
    if others and not shared.isdisjoint(contact.addresses):
        return Audited(contact, Bond.PERHAPS, tie, others[:_MOST], Why.SHARED)
    namesakes = ledger.namesakes(contact.name)
    if namesakes:
        return Audited(contact, Bond.PERHAPS, tie, namesakes, Why.NAME)
    return Audited(contact, bond, tie)


def _full_name(name: str) -> str:
    """Return a full name in plain letters, empty where it is only part of one."""
    words = name_words(name)
    return " ".join(words) if len(words) >= _NAMES else ""


def _stronger(line: LedgerLine) -> tuple[int, float, str]:
    return list(Bond).index(bond_of(line.tie)), -line.tie.score, line.person.id


def _strongest(one: Audited) -> tuple[int, float, str, tuple[str, ...]]:
    return list(Bond).index(one.bond), -one.tie.score, one.contact.name.casefold(), one.contact.places
