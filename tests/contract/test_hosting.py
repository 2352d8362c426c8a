"""Hosting an event, on both databases: consent, links, erasure, the clock and the proof."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from anlass.desk.gatherings import hosting as desk
from anlass.desk.gatherings.letting_in import erased_of, left_out, mail_of
from anlass.desk.outgoing.outbox import Writer
from anlass.desk.wishes.at_events import HostedWishes
from anlass.desk.wishes.hosting import event_called, open_round
from anlass.desk.wishes.keys import KeyRing
from anlass.errors import Refused
from anlass.outreach.event import Somebody
from anlass.outreach.hosting import Hosting
from anlass.outreach.wish_times import timetable
from anlass.people import Address, AddressKind
from anlass.sources.events import EventList, Listed, Named
from anlass.store import open_book
from anlass.store.book import Book
from tests.walking import rows_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OLGA = Writer("Olga Türen", "olga@tueren.example")


def listed(name: str, consent: bool | None = None) -> Listed:
    """Return somebody on a list of participants."""
    address = Address(AddressKind.MAIL, f"{name.lower()}@people.example")
    return Listed(Somebody(name, (address,)), f"T-{name}", consent)


PEOPLE = EventList("table", people=(listed("Ada", consent=True), listed("Bo", consent=False), listed("Cem")))


@pytest.fixture
def event(book: Book) -> Hosting:
    """Return a hosted event."""
    named = Named("Tagung", NOW, NOW + timedelta(days=2))
    return desk.host(book, named, address="https://t.example", contact="Olga", lang="de", now=NOW)


def mentions(book: Book, *words: str) -> list[str]:
    """Return the tables in which any of these words stand."""
    found = []
    for table, rows in rows_of(book).items():
        told = " ".join(str(cell) for row in rows for cell in row).lower()
        found += [table for word in words if word.lower() in told]
    return found


def test_consent_comes_from_the_list_and_wishes_from_nobody(book: Book, event: Hosting) -> None:
    """Only who agreed in the ticket shop is on the list; nobody is in wishes before they say so."""
    admitted = desk.admit(book, event, PEOPLE, now=NOW)
    assert [(one.participant.name, one.participant.on_list) for one in admitted] == [
        ("Ada", True),
        ("Bo", False),
        ("Cem", False),
    ]
    assert {one.wish for one in book.hosting.people(event.id)} == {""}
    assert desk.admit(book, event, PEOPLE, now=NOW) == ()


def test_a_link_is_its_owners_and_the_memory_cannot_give_it_back(book: Book, event: Hosting) -> None:
    """The word of a link stands in no table; a new one makes the old one lead nowhere."""
    ada, *_ = desk.admit(book, event, PEOPLE, now=NOW)
    word = ada.link.rstrip("/").rpartition("/")[2]
    found = desk.visitor(book, word)
    assert found == ada.participant
    assert mentions(book, word) == []
    again = desk.renewed(book, event, ada.participant)
    assert desk.visitor(book, word) is None
    assert desk.visitor(book, again.link.rstrip("/").rpartition("/")[2]) == again.participant


def test_only_those_on_the_list_see_it(book: Book, event: Hosting) -> None:
    """Whoever is not on it sees nobody, and nobody sees them."""
    ada, bo, cem = (one.participant for one in desk.admit(book, event, PEOPLE, now=NOW))
    bo = desk.switch(book, event, bo, name="Bo M.", line="Zölle", on_list=True)
    assert [one.name for one in desk.others(book, ada)] == ["Bo M."]
    assert desk.others(book, cem) == ()
    assert desk.others(book, desk.switch(book, event, bo, name="", line="", on_list=False)) == ()


def test_everything_is_taken_along(book: Book, event: Hosting) -> None:
    """What is kept of somebody is what they are handed, the letter to them included."""
    admitted = desk.admit(book, event, PEOPLE, now=NOW)
    list(desk.invite(book, event, admitted, OLGA, now=NOW))
    told = desk.exported(book, event, admitted[0].participant)
    assert told == {
        "event": "Tagung",
        "name": "Ada",
        "mail": "ada@people.example",
        "ticket": "T-Ada",
        "line": "",
        "on_list": True,
        "deleted_on": event.delete_at.isoformat(),
        "letters": [{"subject": "Tagung: deine Seite", "state": "waiting"}],
        "wishes": None,
    }


def test_somebody_who_erases_themselves_is_nowhere(book: Book, event: Hosting) -> None:
    """Neither name nor address nor link of theirs stands in any table; the others stay."""
    admitted = desk.admit(book, event, PEOPLE, now=NOW)
    list(desk.invite(book, event, admitted, OLGA, now=NOW))
    boxed = book.outbox.all()[0]
    book.note("sent", about=f"host:{event.id}", content={"letter": boxed.id, "to": boxed.letter.to}, now=NOW)
    gone = next(one for one in admitted if one.participant.mail == boxed.letter.to)
    desk.erase(book, event, gone.participant, now=NOW)
    name = gone.participant.mail.partition("@")[0]
    assert mentions(book, gone.participant.mail, gone.participant.ticket, f'"{name}"', gone.link) == []
    assert len(book.hosting.people(event.id)) == len(PEOPLE.people) - 1
    assert len(book.outbox.all()) == len(PEOPLE.people) - 1


def test_the_clock_deletes_all_and_proves_it(book: Book, event: Hosting, tmp_path: Path) -> None:
    """When it has run out nothing of anybody is left in any table, counted anew; the event says so."""
    admitted = desk.admit(book, event, PEOPLE, now=NOW)
    list(desk.invite(book, event, admitted, OLGA, now=NOW))
    assert (
        desk.delete_due(book, ring=lambda: KeyRing(tmp_path), now=event.delete_at - timedelta(seconds=1))
        == ()
    )
    (done,) = desk.delete_due(book, ring=lambda: KeyRing(tmp_path), now=event.delete_at)
    words = [word for one in PEOPLE.people for word in (one.somebody.addresses[0].value, one.ticket)]
    assert mentions(book, *words, *(one.link for one in admitted)) == []
    assert done.left == (("participants", 0), ("letters", 0), ("journal", 0), ("wishes", 0))
    assert (done.report[0], len(done.proof)) == (("participants", 0), 32)
    assert (
        desk.delete_due(book, ring=lambda: KeyRing(tmp_path), now=event.delete_at + timedelta(days=1)) == ()
    )
    with pytest.raises(Refused):
        desk.admit(book, done, PEOPLE, now=NOW)


def test_whoever_was_erased_is_not_brought_back_by_a_list(book: Book, event: Hosting) -> None:
    """The same list again does not let them in, one by one they come back; no other event knows of it."""
    ada, *_ = (one.participant for one in desk.admit(book, event, PEOPLE, now=NOW))
    desk.erase(book, event, ada, now=NOW)
    assert mentions(book, ada.mail, '"ada"') == []
    assert desk.admit(book, event, PEOPLE, now=NOW) == ()
    erased = erased_of(book, event.id, map(mail_of, PEOPLE.people))
    left = left_out(PEOPLE, (), erased)
    assert (left.erased, left.known) == (("Ada",), ("Bo", "Cem"))
    other = desk.host(book, Named("Andere", NOW), address="", contact="O", lang="de", now=NOW)
    assert len(desk.admit(book, other, PEOPLE, now=NOW)) == 3
    (back,) = desk.admit(book, event, PEOPLE, by_name=True, now=NOW)
    assert back.participant.name == "Ada"


def test_a_name_that_is_put_right_is_right_in_wishes_too(book: Book, event: Hosting) -> None:
    """Not beside a key of their own, which was published with the old one; then their page can say so."""
    ada, *_ = (one.participant for one in desk.admit(book, event, PEOPLE, now=NOW))
    desk.to_wishes(book, event, ada, "ada-word")
    ada = next(one for one in book.hosting.people(event.id) if one.name == "Ada")
    wishes, ticket = bytes.fromhex(event.wishes), bytes.fromhex(ada.wish)
    told = HostedWishes(book)
    ada = desk.switch(book, event, ada, name="Ada, Kiel", line="", on_list=True)
    assert [one.name for one in book.wishes.tickets(wishes)] == ["Ada, Kiel"]
    book.wishes.join(wishes, ticket, bytes(32), 0)
    ada = desk.switch(book, event, ada, name="Ada, Ulm", line="", on_list=True)
    assert told.called(event.wishes, ada.wish, ada.name) == "Ada, Kiel"
    book.wishes.leave(wishes, ticket)
    desk.to_wishes(book, event, ada, "ada-word")
    assert [one.name for one in book.wishes.tickets(wishes)] == ["Ada, Ulm"]
    assert told.called(event.wishes, ada.wish, ada.name) == ""


def test_a_letter_says_what_is_true_of_whom_it_goes_to(book: Book, event: Hosting) -> None:
    """Whoever agreed already is told that they are seen, everybody else that they are not."""
    admitted = desk.admit(book, event, PEOPLE, now=NOW)
    letters = {one.to: one.text for one in desk.invite(book, event, admitted, OLGA, now=NOW)}
    seen = {to: "bist du einverstanden" in text for to, text in letters.items()}
    assert seen == {"ada@people.example": True, "bo@people.example": False, "cem@people.example": False}
    assert "Noch sieht dich dort niemand" in letters["cem@people.example"]


def test_wishes_are_joined_by_ones_own_word_and_go_with_the_rest(book: Book, tmp_path: Path) -> None:
    """A ticket when somebody says so, by a link that stays, erased with the person; all gone in the end."""
    named = Named("Tagung", NOW)
    event = desk.host(book, named, address="https://t.example", contact="O", lang="de", now=NOW)
    ada, bo, _ = (one.participant for one in desk.admit(book, event, PEOPLE, now=NOW))
    first = desk.to_wishes(book, event, ada, "ada-word")
    other = desk.to_wishes(book, event, bo, "bo-word")
    ada, bo = (book.hosting.people(event.id)[n] for n in (0, 1))
    again = desk.to_wishes(book, event, ada, "ada-word")
    assert [link.startswith("https://t.example/w/") for link in (first, other)] == [True, True]
    assert (again, other == first, "ada-word" in first) == (first, False, False)
    assert mentions(book, first.rpartition("/")[2]) == []
    told = desk.exported(book, event, ada)["wishes"]
    assert isinstance(told, dict)
    assert (told["name"], told["takes_part"]) == ("Ada", False)
    wishes = bytes.fromhex(event.wishes)
    times = timetable(*(NOW + timedelta(days=day) for day in (1, 2, 3)))
    open_round(book, event_called(book, "Tagung"), times)
    assert [(one.number, one.code) for one in desk.times_of(book, event)] == [(1, "")]
    assert desk.code_of(book, event) == ""
    desk.erase(book, event, ada, now=NOW)
    assert [one.name for one in book.wishes.tickets(wishes)] == ["Bo"]
    done = desk.delete(book, event, ring=KeyRing(tmp_path), now=NOW)
    assert list(book.wishes.tickets(wishes)) == []
    assert (book.wishes.event(wishes), book.wishes.rounds(wishes)) == (None, ())
    assert dict(done.report)["round_1"] == 0


@pytest.mark.parametrize("days", [-1, 800])
def test_nothing_is_kept_for_ever(book: Book, days: int) -> None:
    """An event without an end to its data is not hosted."""
    named = Named("Tagung", NOW, NOW + timedelta(days=2))
    until = NOW + timedelta(days=days)
    with pytest.raises(Refused):
        desk.host(book, named, address="", contact="", lang="de", delete_at=until, now=NOW)


@pytest.mark.slow  # makes a database file of its own
def test_nothing_is_left_in_the_file(tmp_path: Path) -> None:
    """On SQLite not even the bytes of the database file hold a name after the deletion."""
    book = open_book(tmp_path)
    named = Named("Tagung", NOW)
    event = desk.host(book, named, address="https://t.example", contact="", lang="de", now=NOW)
    names = [f"Zaphrodine{n}" for n in range(200)]
    told = EventList("table", people=tuple(listed(name) for name in names))
    admitted = desk.admit(book, event, told, now=NOW)
    list(desk.invite(book, event, admitted, OLGA, now=NOW))
    desk.delete(book, event, ring=KeyRing(tmp_path), now=NOW)
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert b"zaphrodine" not in raw.lower()
    book.close()
