"""The owner's page of a mailing, and the public one on which it ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client, override_settings

from anlass.desk.cards.own import FILE, take_in
from anlass.desk.gatherings import events, mailing
from anlass.desk.outgoing.outbox import Writer
from anlass.outreach.event import Event, Somebody, Sort
from anlass.people import Address, AddressKind, person_id
from anlass.sources.events import Named
from anlass.store.book import Book
from anlass.store.outgoing.outbox import OutboxState
from anlass.web.frame.house import House
from anlass.web.frame.limiter import Limiter
from tests.characters import NOW
from tests.pages import a_house, book_on_disk, owner, pages_configured, visitor
from tests.unit.cards.samples import TEXT

pytestmark = pytest.mark.slow  # makes a database with all its tables

OLGA = Writer("Olga Türen", "olga@tueren.example")
ADA = Address(AddressKind.MAIL, "ada@people.example")


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests; the house is reached from outside too."""
    with pages_configured(), override_settings(ALLOWED_HOSTS=["127.0.0.1", "card.example.org"]):
        yield


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return a book with cards and an event with two people."""
    made = book_on_disk(tmp_path, [], ())
    take_in(made, TEXT, FILE, "en", now=NOW - timedelta(days=9))
    event = events.begin(made, Named("re:publica", NOW - timedelta(days=3)), now=NOW)
    events.note(made, event, Somebody("Ada <b>", (ADA,), has_card=True), now=NOW)
    bo = Address(AddressKind.MAIL, "bo@people.example")
    events.note(made, event, Somebody("Bo", (bo,), has_talked=True), now=NOW)
    return made


def house(book: Book) -> House:
    """Return a house from which letters can leave."""
    return replace(a_house(book), writer=OLGA)


def event_of(book: Book) -> Event:
    """Return the one event."""
    return book.events.all()[0]


def link_to(book: Book) -> str:
    """Release the mailing and return the path on which Ada ends it."""
    mailing.send(book, event_of(book), OLGA, mailing.Wish(), now=NOW)
    letters = [one.letter for one in book.outbox.all() if one.letter.to == ADA.value]
    return "/u/" + letters[0].stop.rpartition("/")[2]


def sorts(*names: str) -> dict[str, object]:
    """Return the boxes that are ticked."""
    return {"sort": names or ("unsorted", "interesting", "business", "neither")}


def test_every_letter_is_looked_over_and_released(book: Book) -> None:
    """The page shows each letter with its words; one press releases them, one takes them back."""
    client, path = owner(house(book)), f"/events/{event_of(book).id}/mailing/"
    page = client.get(path).content.decode()
    assert page.count("<details><summary>") == 2
    assert "Ada &lt;b&gt;" in page
    assert "/u/" in page
    changed = client.post(
        path, {**sorts(), "do": "preview", "text": "Nur <kurz>.", "subject": "S"}
    ).content.decode()
    assert changed.count("Nur &lt;kurz&gt;.") == 3
    assert book.outbox.all() == ()
    client.post(path, {**sorts(), "do": "send", "text": "Nur kurz.", "subject": "S"})
    assert {one.letter.subject for one in book.outbox.all(OutboxState.WAITING)} == {"S"}
    assert path in client.get("/outbox/").content.decode()
    client.post(path, {"do": "take-back"})
    assert {one.state for one in book.outbox.all()} == {OutboxState.CANCELLED}


def test_only_those_sorted_so(book: Book) -> None:
    """Boxes choose by sort; without any box nobody is written to."""
    client, path = owner(house(book)), f"/events/{event_of(book).id}/mailing/"
    met = book.events.met(event_of(book).id)[0]
    events.sort(book, event_of(book), met.id, events.Said(Sort.BUSINESS), now=NOW)
    client.post(path, {**sorts("business"), "do": "send"})
    assert [one.letter.to for one in book.outbox.all()] == [met.somebody.addresses[0].value]


def test_it_ends_with_one_press_from_a_mail_program(book: Book) -> None:
    """A POST without cookie, key or token of the page is enough, as RFC 8058 has it; a look ends nothing."""
    path, somebody = link_to(book), Client(HTTP_HOST="card.example.org", enforce_csrf_checks=True)
    somebody.defaults["anlass.house"] = house(book)  # type: ignore[assignment] # handed in as the server does
    look = somebody.get(path)
    assert (look.status_code, book.mailings.stopped([person_id(ADA)])) == (200, frozenset())
    press = somebody.post(
        path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert press.status_code == 200
    assert book.mailings.stopped([person_id(ADA)]) == {person_id(ADA)}
    assert not somebody.cookies
    assert look["Referrer-Policy"] == "no-referrer"
    assert b"<script" not in look.content + press.content


def test_a_dead_link_gets_the_same_answer(book: Book) -> None:
    """Nobody learns from the page whether an address is known, nor whether it was ended before."""
    path, somebody = link_to(book), visitor(house(book))
    for method in (somebody.get, somebody.post):
        real, made_up, cut = (method(one) for one in (path, "/u/" + "a" * 42, "/u/x"))
        assert [one.status_code for one in (real, made_up, cut)] == [200, 200, 200]
        assert real.content.replace(path.encode(), b"") == made_up.content.replace(b"/u/" + b"a" * 42, b"")
    assert somebody.post(path).content == somebody.post(path).content


def test_a_mailbox_provider_presses_as_often_as_it_likes(book: Book) -> None:
    """What is signed is never too much; what is made up is."""
    path = link_to(book)
    somebody = visitor(replace(house(book), limiter=Limiter(each=2)))
    assert {somebody.post(path).status_code for _ in range(9)} == {200}
    assert [somebody.post("/u/x").status_code for _ in range(3)] == [200, 200, 429]


def test_a_house_without_a_way_out_says_so(book: Book) -> None:
    """Without a public address nothing can be released, and the page says what is missing."""
    take_in(book, 'name = "Olga"', FILE, "en", now=NOW)
    page = owner(house(book)).get(f"/events/{event_of(book).id}/mailing/").content.decode()
    assert 'role="alert"' in page
    assert 'value="send"' not in page
