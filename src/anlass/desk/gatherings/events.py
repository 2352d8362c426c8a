"""The owner at an event and after it: note it, note people, sort them in one pass.

Each person of an event is a source of its own for the ledger, told anew after every act on them: what the
owner takes back is gone there too, and whoever was known by that alone; and one more at an event of two
thousand costs what one more at an event of two costs. Each act stands in the journal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from anlass.desk.voice.gatherings import refused
from anlass.intake.identity import short_name
from anlass.intake.message import SetAside
from anlass.outreach.event import (
    Event,
    Met,
    Somebody,
    Sort,
    addresses_of,
    joined,
    met_id,
    own_addresses,
    reachable,
    trace_of,
)
from anlass.people import Address, Person
from anlass.sources.events import EventList, Named
from anlass.store.book import Book

LONGEST_NAME, LONGEST_WORDS = 200, 2_000
_SAID = 3
"""Entries that could not be read, as a refusal names them."""
MOST = 20_000
"""People on one event: the largest book fairs send no longer lists to anybody."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the owner says of somebody; `None` leaves what was said before."""

    sort: Sort | None = None
    topic: str | None = None
    note: str | None = None
    has_talked: bool | None = None
    has_card: bool | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What a list brought: the event, who is new on it and who was known, and what could not be read.

    `left_out` counts those who found no room: an event has at most `MOST` people.
    """

    event: Event
    new: tuple[Met, ...]
    known: int
    set_aside: tuple[SetAside, ...] = ()
    left_out: int = 0


def begin(book: Book, named: Named, *, now: datetime) -> Event:
    """Note an event; the same calendar entry again is the same event. Raises `Refused` for a nameless one."""
    name = " ".join(named.name.split())[:LONGEST_NAME]
    if not name:
        raise refused("nameless")
    begins = named.begins or now
    ends = named.ends if named.ends and named.ends >= begins else begins + timedelta(hours=12)
    id_ = short_name("event", named.uid or f"{name}\0{begins.isoformat()}")
    event = Event(
        id_, name, begins, ends, " ".join(named.place.split())[:LONGEST_NAME], named.uid[:LONGEST_NAME]
    )
    with book.together():
        book.events.keep(event)
        _tell(book, event, *filter(_counts, book.events.met(event.id)))
        book.note("event", about=event.id, content={"name": event.name}, now=now)
    return event


def take_in(book: Book, told: EventList, event: Event | None = None, *, now: datetime) -> Taken:
    """Put everybody of a list onto an event, the list's own where none is given; nobody is met by that.

    Raises `Refused` where there is neither, and nothing has changed then.
    """
    if event is None:
        if not told.event.name:
            raise refused("names no event", *told.set_aside[:_SAID])
        event = begin(book, told.event, now=now)
    people = [one.somebody for one in told.people if not one.somebody.is_nobody]
    before = {one.id: one for one in book.events.met(event.id)}
    with book.together():
        taken = people[: max(MOST - len(before), 0)]
        noted = _noted(book, event, before, taken, now)
        new = tuple(one for one in noted if one.id not in before)
        _tell(book, event, *filter(_counts, noted))
        book.note("event_list", about=event.id, content={"kind": told.kind, "people": len(people)}, now=now)
    return Taken(event, new, len(taken) - len(new), told.set_aside, len(people) - len(taken))


def note(book: Book, event: Event, somebody: Somebody, *, now: datetime, topic: str = "") -> Met:
    """Note one person of an event, or what is new of them. Raises `Refused` for nobody."""
    if somebody.is_nobody:
        raise refused("nobody named")
    named = somebody if somebody.name.strip() else replace(somebody, name=_name_by(somebody))
    before = {one.id: one for one in book.events.met(event.id)}
    with book.together():
        _noted(book, event, before, [named], now)
        met = book.events.one(event.id, _known(before.values(), named) or met_id(event.id, named))
        if topic.strip():
            met = replace(met, topic=topic.strip()[:LONGEST_WORDS])
            book.events.note(met)
        _tell(book, event, met)
        book.note("met", about=event.id, content={"met": met.id}, now=now)
    return met


def namesakes(book: Book, met: Met) -> tuple[tuple[Address, str], ...]:
    """Return the addresses and the name by which somebody may be one with others; at most three.

    Who came by name alone may be whoever the ledger knows by that name and an address; who came with an
    address may be somebody known by name alone. A name proves nobody, so nothing is joined by it.
    """
    name = met.somebody.name
    if not name:
        return ()
    others = [one for one in book.people_named(name) if one.name.casefold() == name.casefold()]
    if own := met.somebody.addresses:
        return ((own[0], name),) if any(not reachable(one.addresses) for one in others) else ()
    known = [reachable(one.addresses) for one in others]
    return tuple((addresses[0], name) for addresses in known if addresses)[:3]


def sort(book: Book, event: Event, id_: str, said: Said, *, now: datetime) -> Met:
    """Hear what somebody of an event is to the owner. Who has a topic has talked. Raises `NotFound`."""
    met = book.events.one(event.id, id_)
    topic = met.topic if said.topic is None else said.topic.strip()[:LONGEST_WORDS]
    talked = met.somebody.has_talked if said.has_talked is None else said.has_talked
    card = met.somebody.has_card if said.has_card is None else said.has_card
    met = replace(
        met,
        somebody=replace(met.somebody, has_talked=talked or bool(topic), has_card=card),
        sort=said.sort or met.sort,
        topic=topic,
        note=met.note if said.note is None else said.note.strip()[:LONGEST_WORDS],
    )
    with book.together():
        book.events.note(met)
        _tell(book, event, met)
        book.note("met", about=event.id, content={"met": met.id, "sort": met.sort}, now=now)
    return met


def back(book: Book, event: Event, id_: str, *, now: datetime) -> Met:
    """Take back how somebody was sorted; what was noted of them stays. Raises `NotFound`."""
    met = replace(book.events.one(event.id, id_), sort=None)
    with book.together():
        book.events.note(met)
        _tell(book, event, met)
        book.note("met", about=event.id, content={"met": met.id, "sort": None}, now=now)
    return met


def forget(book: Book, event: Event, id_: str, *, now: datetime) -> Met:
    """Forget somebody of an event, and what the ledger heard of them by it. Raises `NotFound`."""
    met = book.events.one(event.id, id_)
    with book.together():
        book.events.forget(event.id, met.id)
        book.traces.tell(_file(event, met), ())
        book.settle()
        book.note("forget_met", about=event.id, content={"met": met.id}, now=now)
    return met


def drop(book: Book, event: Event, *, now: datetime) -> None:
    """Forget an event with everybody on it, as if it had never been noted."""
    with book.together():
        for met in filter(_counts, book.events.met(event.id)):
            book.traces.tell(_file(event, met), ())
        book.events.drop(event.id)
        book.settle()
        book.note("forget_event", about=event.id, now=now)


def person_of(book: Book, met: Met) -> Person:
    """Return whom the ledger knows somebody as; a person of their own where it does not."""
    return book.person_of(addresses_of(met)[0], met.somebody.name)


def next_unsorted(book: Book, event: Event, after: str = "") -> Met | None:
    """Return the next person who is not sorted yet, behind this one and round to the first."""
    everybody = book.events.met(event.id)
    places = [place for place, one in enumerate(everybody) if one.id == after]
    start = places[0] + 1 if places else 0
    waiting = (one for one in (*everybody[start:], *everybody[:start]) if one.sort is None)
    return next(waiting, None)


def _noted(
    book: Book, event: Event, before: dict[str, Met], people: Iterable[Somebody], now: datetime
) -> tuple[Met, ...]:
    """Note people, each once, by any address they share with somebody who is there; return them."""
    places = {address: one.id for one in before.values() for address in own_addresses(one.somebody)}
    noted: dict[str, Met] = {}
    place = max((one.place for one in before.values()), default=0)
    for somebody in people:
        own = own_addresses(somebody)
        id_ = next((places[one] for one in own if one in places), met_id(event.id, somebody))
        known = noted.get(id_) or before.get(id_)
        if known is None:
            place += 1
        met = joined(known, somebody) if known else Met(id_, event.id, somebody, now, place=place)
        noted[id_] = met
        places.update(dict.fromkeys(own, id_))
    book.events.note(*noted.values())
    return tuple(noted.values())


def _known(people: Iterable[Met], somebody: Somebody) -> str:
    """Return the id of whoever of an event has one of these addresses."""
    own = set(own_addresses(somebody))
    return next((one.id for one in people if own & set(one.somebody.addresses)), "")


def _tell(book: Book, event: Event, *people: Met) -> None:
    """Tell the ledger of people of an event anew: whom the owner met or has on a card, of others nothing."""
    for met in people:
        traces = (trace_of(event, met),) if _counts(met) else ()
        book.traces.tell(_file(event, met), traces, joins=True)
    book.settle()


def _counts(met: Met) -> bool:
    """Tell whether the ledger is to know of somebody: who is on a list alone is nobody's acquaintance."""
    is_met = met.somebody.has_card or met.somebody.has_talked
    return met.sort is not Sort.NOT_MET and (is_met or met.sort is not None)


def _file(event: Event, met: Met) -> str:
    return f"event:{event.id}:{met.id}"


def _name_by(somebody: Somebody) -> str:
    return somebody.addresses[0].value.rpartition("://")[2][:LONGEST_NAME]
