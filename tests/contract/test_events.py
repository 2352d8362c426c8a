"""Events in the book and in the ledger, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from anlass.desk.evidence.outside import known_of
from anlass.desk.gatherings import events as desk
from anlass.desk.gatherings.events import Said
from anlass.desk.gatherings.voice import namesake_says
from anlass.errors import NotFound, Refused
from anlass.intake import Channel, ContactRequest, Requester
from anlass.ledger import EncounterKind, tie_of
from anlass.litmus.shipped import load_panel
from anlass.outreach.event import Event, Somebody, Sort
from anlass.people import Address, AddressKind, Person
from anlass.policy import Action, decide
from anlass.policy.recipes import recipe
from anlass.sources.events import EventList, Listed, Named
from anlass.store.book import Book
from tests.contract.conftest import NewBook

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BEGINS = NOW - timedelta(days=20)
GRACE = Address(AddressKind.MAIL, "grace@adeyemi.example")
PHONE = Address(AddressKind.PHONE, "+4930901820")
CARD = Somebody("Grace Adeyemi", (GRACE, PHONE), "Lektorin", has_card=True)


@pytest.fixture
def event(book: Book) -> Event:
    """Return an event that was twenty days ago."""
    return desk.begin(book, Named("re:publica", BEGINS, BEGINS + timedelta(days=2)), now=NOW)


def kinds(book: Book, person: Person) -> list[EncounterKind]:
    """Return what happened with a person."""
    return [one.kind for one in book.encounters_with(person, at=NOW)]


def names(book: Book) -> list[str]:
    """Return the names of everybody in the ledger."""
    return sorted(line.person.name for line in book.people(at=NOW))


def test_a_card_becomes_an_encounter_with_one_person(book: Book, event: Event) -> None:
    """The addresses on one card are one person's, by the owner's own note; twice noted is noted once."""
    for _ in range(2):
        desk.note(book, event, CARD, now=NOW)
    person = book.person_of(GRACE)
    assert book.person_of(PHONE) == person
    assert kinds(book, person) == [EncounterKind.CARD]
    assert [one.somebody for one in book.events.met(event.id)] == [CARD]


def test_forty_people_are_sorted_in_one_pass(book: Book, event: Event) -> None:
    """Each comes up once, in order; what the owner says of it becomes an encounter."""
    people = [
        Listed(Somebody(f"P {n:02}", (Address(AddressKind.MAIL, f"p{n}@x.example"),))) for n in range(40)
    ]
    taken = desk.take_in(book, EventList("table", people=tuple(people)), event, now=NOW)
    assert (len(taken.new), names(book)) == (40, [])
    passed: list[str] = []
    for number in range(40):
        one = desk.next_unsorted(book, event, passed[-1] if passed else "")
        assert one is not None
        said = Said(
            list(Sort)[number % 4], topic="Zölle" if number % 4 == 0 else None, has_card=number % 4 == 1
        )
        passed.append(desk.sort(book, event, one.id, said, now=NOW).id)
    assert (len(set(passed)), desk.next_unsorted(book, event)) == (40, None)
    lines = list(book.people(at=NOW))
    assert (
        sorted(line.tie.meetings * 10 + line.tie.cards for line in lines) == [0] * 10 + [1] * 10 + [10] * 10
    )


def test_what_is_taken_back_is_gone_from_the_ledger(book: Book, event: Event) -> None:
    """A slip of the thumb leaves no trace: not of the encounter, nor of whoever was known by it alone."""
    met = desk.note(book, event, CARD, now=NOW)
    desk.sort(book, event, met.id, Said(Sort.NOT_MET), now=NOW)
    assert names(book) == []
    desk.back(book, event, met.id, now=NOW)
    assert names(book) == ["Grace Adeyemi"]
    desk.forget(book, event, met.id, now=NOW)
    assert (names(book), book.events.met(event.id)) == ([], ())
    desk.note(book, event, CARD, now=NOW)
    desk.drop(book, event, now=NOW)
    assert (names(book), book.events.all()) == ([], ())
    with pytest.raises(NotFound):
        book.events.find(event.id)


def test_the_same_event_and_list_twice_is_once(book: Book, event: Event) -> None:
    """A list that is taken in again brings nobody new and unsorts nobody."""
    told = EventList("export", Named("Tagung", BEGINS, uid="tagung"), (Listed(Somebody("Grace", (GRACE,))),))
    first = desk.take_in(book, told, now=NOW)
    desk.sort(book, first.event, first.new[0].id, Said(Sort.BUSINESS), now=NOW)
    again = desk.take_in(book, told, now=NOW + timedelta(days=1))
    assert (again.event, again.new, again.known) == (first.event, (), 1)
    assert [one.sort for one in book.events.met(first.event.id)] == [Sort.BUSINESS]
    with pytest.raises(Refused):
        desk.take_in(book, EventList("table", people=told.people), now=NOW)


def test_a_name_alone_is_held_until_an_address_comes(book: Book, event: Event) -> None:
    """Somebody without an address is in the ledger, and nobody can be written to by that."""
    desk.note(book, event, Somebody("Uwe Still", has_talked=True), now=NOW)
    (line,) = book.people(at=NOW)
    assert (line.person.name, line.tie.meetings) == ("Uwe Still", 1)
    assert [one.kind for one in line.person.addresses] == [AddressKind.OTHER]


def test_the_recipe_for_whoever_i_met_becomes_real(book: Book, event: Event) -> None:
    """The rule of the cookbook lets those in whom the owner met within thirty days, and only those."""
    desk.note(book, event, CARD, now=NOW)
    old = desk.begin(book, Named("Buchmesse", NOW - timedelta(days=60), NOW - timedelta(days=58)), now=NOW)
    desk.note(
        book, old, Somebody("Milan", (Address(AddressKind.MAIL, "milan@x.example"),), has_card=True), now=NOW
    )
    policy = recipe("met-in-the-last-thirty-days")
    acted = {}
    for address in ("grace@adeyemi.example", "milan@x.example", "nobody@x.example"):
        who = Address(AddressKind.MAIL, address)
        request = ContactRequest(address, Channel.MAIL, "Hallo", requester=Requester("", who), arrived=NOW)
        person = book.person_of(who)
        encounters = book.encounters_with(person, without=request, at=NOW)
        known = known_of(book, person, request, encounters, NOW)
        reading, tie = load_panel().read(request), tie_of(encounters, at=NOW)
        acted[address] = (
            decide(policy, request=request, reading=reading, tie=tie, at=NOW, known=known).action,
            known.elsewhere.events,
        )
    assert acted == {
        "grace@adeyemi.example": (Action.ACCEPT, ("re:publica",)),
        "milan@x.example": (Action.HOLD, ("Buchmesse",)),
        "nobody@x.example": (Action.HOLD, ()),
    }


def test_two_owners_share_no_event(new_book: NewBook) -> None:
    """Another owner sees neither the event nor the people."""
    one, other = new_book(), new_book()
    event = desk.begin(one, Named("re:publica", BEGINS), now=NOW)
    desk.note(one, event, CARD, now=NOW)
    assert (other.events.all(), other.events.met(event.id), names(other)) == ((), (), [])


def test_people_stand_in_the_order_in_which_they_were_noted(book: Book, event: Event) -> None:
    """Also within one second, and in a list that was taken in at once; who is noted again keeps the place."""
    for name in ("Zoe", "Ada", "Mia"):
        desk.note(book, event, Somebody(name), now=NOW)
    table = [Listed(Somebody(f"P {number}")) for number in (3, 1, 2)]
    desk.take_in(book, EventList("table", people=tuple(table)), event, now=NOW)
    desk.note(book, event, Somebody("Ada"), now=NOW)
    told = [one.somebody.name for one in book.events.met(event.id)]
    assert told == ["Zoe", "Ada", "Mia", "P 3", "P 1", "P 2"]


def test_whoever_shares_an_office_telephone_keeps_name_and_firm(book: Book, event: Event) -> None:
    """The number on two cards stays with one of them, and brings nothing of the other along."""
    other = Address(AddressKind.MAIL, "zoe@zett.example")
    desk.note(book, event, CARD, now=NOW)
    desk.note(book, event, Somebody("Zoe Zett", (other, PHONE), "Hafen AG", has_card=True), now=NOW)
    grace, zoe = book.person_of(GRACE), book.person_of(other)
    first, second = (grace, zoe) if PHONE in grace.addresses else (zoe, grace)
    assert (PHONE in first.addresses, PHONE in second.addresses) == (True, False)
    assert (grace.name, zoe.name) == ("Grace Adeyemi", "Zoe Zett")
    assert [note.about for note in book.evidence.notes(grace)] == ["Lektorin"]
    assert [note.about for note in book.evidence.notes(zoe)] == ["Hafen AG"]


def test_a_name_is_told_whichever_of_the_two_comes_first(book: Book, event: Event) -> None:
    """A name alone and a card of that name may be one person, and nothing is joined by it."""
    alone = desk.note(book, event, Somebody("Grace Adeyemi", (), "", has_talked=True), now=NOW)
    assert desk.namesakes(book, alone) == ()
    card = desk.note(book, event, CARD, now=NOW)
    assert desk.namesakes(book, card) == ((GRACE, "Grace Adeyemi"),)
    assert desk.namesakes(book, alone) == ((GRACE, "Grace Adeyemi"),)
    assert "keine Adresse" in namesake_says(card, GRACE, "Grace Adeyemi", "de")
    assert "without an address" in namesake_says(card, GRACE, "Grace Adeyemi", "en")
    assert book.person_of(GRACE).addresses == (GRACE, PHONE)
    assert desk.namesakes(book, desk.note(book, event, Somebody("", (PHONE,)), now=NOW)) == ()
