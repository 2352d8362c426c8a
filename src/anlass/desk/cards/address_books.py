"""Writing into the owner's address books on servers: the house's own lines, never over a change of others.

First it is shown what would be written. An entry that changed meanwhile, or whose own lines somebody edited,
is a conflict: both sides are shown, and it stays as it is until the owner says whose side holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from anlass.cards import GrantEnd
from anlass.cards.beside import OWN, line, own_lines, with_lines
from anlass.channels.carddav import Entry, Pen, Put
from anlass.desk.cards.granting import grants
from anlass.desk.people.persons import person_called
from anlass.desk.people.standing import stands
from anlass.intake import SetAside
from anlass.ledger import tie_of
from anlass.ledger.trace import Trace
from anlass.people import AddressKind, Person, is_relay, word_id
from anlass.sources import Bearings
from anlass.sources.cards import cards_in
from anlass.sources.dav import CARDDAV, Server, Wire, changes, collections
from anlass.store.book import Book


class Wrote(StrEnum):
    """What became of one entry."""

    SAME = "same"
    """It says already what would be written."""
    WOULD = "would"
    """It would be written."""
    DONE = "done"
    CHANGED = "changed"
    """Somebody wrote the entry meanwhile."""
    EDITED = "edited"
    """Somebody edited the house's own lines."""
    REFUSED = "refused"
    """The server lets nobody write there, or the entry is no single card."""


@dataclass(frozen=True, slots=True)
class Written:
    """One entry with both sides: the own lines it has `there`, and those that are to be `here`."""

    url: str
    person: Person
    there: tuple[str, ...]
    here: tuple[str, ...]
    wrote: Wrote


@dataclass(frozen=True, slots=True)
class Will:
    """What the owner wants: only to see, the standing too, and whose side holds where lines were edited."""

    is_rehearsal: bool = True
    with_standing: bool = False
    mine: bool = False


def write_back(book: Book, servers: Sequence[Server], will: Will, *, now: datetime) -> Iterator[Written]:
    """Write into the address books of these servers; yield every entry of somebody the book knows.

    Raises `SourceError` and `ChannelError`; what was written until then is remembered.
    """
    for server in servers:
        own = server.account
        with Wire(own) as wire, Pen(own.url, own.user, own.password) as pen:
            run = _Run(book, pen, will, now)
            for collection in collections(wire, CARDDAV):
                for name in sorted(changes(wire, collection, "").entries):
                    entry = pen.read(wire.same_host(collection.url + name, collection.url))
                    person = _whose(book, entry, now) if entry else None
                    if entry is not None and person is not None:
                        yield run.write(entry, person)


def set_note(book: Book, who: str, text: str, *, now: datetime) -> Person:
    """Keep the note on a person that may stand in the address book; an empty one takes it back."""
    person = person_called(book, who)
    address = word_id(person)
    with book.together():
        book.written.set_note(address, text.strip(), now=now)
        book.note("note", about=person.id, content={"text": text.strip()}, now=now)
    return person


def lines_for(book: Book, person: Person, *, with_standing: bool, now: datetime) -> tuple[str, ...]:
    """Return the house's own lines for a person, in the order of `OWN`; none without anything to say."""
    live = [one for one in grants(book, person, at=now) if one.end is GrantEnd.HOLDS]
    last = tie_of(book.encounters_with(person, at=now), at=now).last
    told = {
        "X-ANLASS-CARD": live[0].link if live and "://" in live[0].link else "",
        "X-ANLASS-LAST": last.date().isoformat() if last else "",
        "X-ANLASS-NOTE": book.written.note(person.id),
        "X-ANLASS-STANDING": stands(book, person, at=now).standing.value if with_standing else "",
    }
    return tuple(line(name, told[name]) for name in OWN if told[name])


@dataclass(frozen=True, slots=True)
class _Run:
    """One run over one server."""

    book: Book
    pen: Pen
    will: Will
    now: datetime

    def write(self, entry: Entry, person: Person) -> Written:
        """Write one entry where it differs and nobody else touched it."""
        there = own_lines(entry.data)
        here = lines_for(self.book, person, with_standing=self.will.with_standing, now=self.now)
        wrote = Wrote.SAME if there == here else self._wrote(entry, there, here)
        if wrote is Wrote.DONE:
            told = {"entry": entry.url, "lines": list(here)}
            with self.book.together():
                self.book.written.wrote(entry.url, "\n".join(here), now=self.now)
                self.book.note("address book", about=person.id, content=told, now=self.now)
        return Written(entry.url, person, there, here, wrote)

    def _wrote(self, entry: Entry, there: tuple[str, ...], here: tuple[str, ...]) -> Wrote:
        before = self.book.written.lines(entry.url) or ""
        if "\n".join(there) != before and not self.will.mine:
            return Wrote.EDITED
        data = with_lines(entry.data, here)
        if data is None:
            return Wrote.REFUSED
        if self.will.is_rehearsal:
            return Wrote.WOULD
        put = self.pen.write(entry, data)
        return {Put.DONE: Wrote.DONE, Put.CHANGED: Wrote.CHANGED}.get(put, Wrote.REFUSED)


def _whose(book: Book, entry: Entry, now: datetime) -> Person | None:
    """Return whose entry it is: the one person known by all mail addresses in it; else nobody."""
    found: dict[str, Person] = {}
    for one in cards_in(entry.data, entry.url, Bearings(frozenset(), now)):
        if isinstance(one, SetAside) or not isinstance(one, Trace):
            continue
        for address in one.addresses:
            if address.kind is AddressKind.MAIL and not is_relay(address):
                person = book.person_of(address)
                if book.person(person.id) is not None:
                    found[person.id] = person
    return next(iter(found.values())) if len(found) == 1 else None
