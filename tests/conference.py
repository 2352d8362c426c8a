"""A conference from which somebody came home, for pages: people met there, and an event hosted for others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from anlass.desk.cards.own import FILE, take_in
from anlass.desk.gatherings import events, hosting
from anlass.desk.gatherings.events import Said
from anlass.desk.outgoing.outbox import Writer
from anlass.outreach.event import Somebody, Sort
from anlass.outreach.hosting import link_digest
from anlass.people import Address, AddressKind
from anlass.sources.events import EventList, Listed, Named
from anlass.store.book import Book
from tests.characters import NOW
from tests.unit.cards.samples import TEXT

WORD = "a-link-that-tests-know-them"
"""The secret word in the link of a participant."""
PEOPLE = (
    ("Grace Adeyemi", "Lektorin, Falk Verlag", True, True, "Zölle und ihre Geschichte", Sort.INTERESTING),
    ("Milan Horvat", "Setzer", True, False, "", Sort.BUSINESS),
    ("Łucja Wiśniewska", "Bibliothek der Technischen Universität Darmstadt", False, True, "", None),
    ("Friederike Amsel-Brandenburg", "", True, False, "", None),
    ("Uwe Still", "", False, False, "", None),
)


def after_conference(book: Book) -> Writer:
    """Let the owner come home from a conference, and host one; return who writes from this house."""
    take_in(book, TEXT, FILE, "en", now=NOW - timedelta(days=9))
    named = Named("re:publica 26", NOW - timedelta(days=5), NOW - timedelta(days=3), "Berlin, STATION")
    event = events.begin(book, named, now=NOW)
    for name, about, has_card, has_talked, topic, sort in PEOPLE:
        mail = Address(AddressKind.MAIL, f"{name.split()[0].lower()}@people.example")
        somebody = Somebody(name, (mail,), about, has_card, has_talked)
        met = events.note(book, event, somebody, now=NOW, topic=topic)
        events.sort(book, event, met.id, Said(sort), now=NOW)
    other = events.begin(book, Named("Buchmesse", NOW - timedelta(days=40)), now=NOW)
    events.note(book, other, Somebody("Uwe Still", has_talked=True), now=NOW)
    events.sort(book, other, book.events.met(other.id)[0].id, Said(Sort.NEITHER), now=NOW)
    _hosted(book)
    return Writer("Olga Türen", "olga@tueren.example")


def _hosted(book: Book) -> None:
    named = Named("Türen-Tagung", NOW - timedelta(days=1), NOW + timedelta(days=1), "Darmstadt")
    contact = "Olga Türen, olga@tueren.example"
    made = hosting.host(book, named, address="https://t.example", contact=contact, lang="de", now=NOW)
    people = [
        Listed(Somebody(name, (Address(AddressKind.MAIL, f"g{n}@people.example"),)), f"T{n}", consent=n < 7)
        for n, (name, *_) in enumerate(PEOPLE * 3)
    ]
    first, *_ = hosting.admit(book, made, EventList("table", people=tuple(people)), now=NOW)
    book.hosting.admit([replace(first.participant, link=link_digest(WORD), line="Türklinken")])
