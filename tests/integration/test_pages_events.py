"""The pages of events: a form, a file, a scan and forty thumbs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anlass.outreach.event import Sort
from anlass.store.book import Book
from tests.characters import NOW
from tests.pages import a_house, book_on_disk, owner, pages_configured, visitor

pytestmark = pytest.mark.slow  # makes a database with all its tables

CARD = "Dr. Grace Adeyemi\nLektorin\ngrace@adeyemi.example"


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Return an empty book on disk."""
    return book_on_disk(tmp_path, [], ())


@pytest.fixture
def olga(book: Book) -> Client:
    """Return the owner's browser, with an event noted."""
    client = owner(a_house(book))
    client.post("/events/", {"name": "re:publica", "on": "2026-11-17", "place": "Berlin"})
    return client


def place(book: Book) -> str:
    """Return the address of the event."""
    return f"/events/{book.events.all()[0].id}/"


def text(client: Client, path: str) -> str:
    """Return the words of a page."""
    page = client.get(path)
    assert page.status_code == 200
    return page.content.decode()


def test_an_event_and_its_people_are_noted(olga: Client, book: Book) -> None:
    """By hand, by a pasted card and by a file; each stands on the page with what happened."""
    olga.post(place(book) + "met/", {"name": "Uwe <Still>", "topic": "Zölle"})
    olga.post(place(book) + "met/", {"pasted": CARD})
    table = SimpleUploadedFile("l.csv", b"Name,Email\nMilan,milan@x.example\n")
    olga.post("/events/", {"file": table, "event": book.events.all()[0].id})
    words = text(olga, place(book))
    assert words.count('class="who"') == 3
    assert "Uwe &lt;Still&gt;" in words
    assert "gesprochen: Zölle" in words
    assert "noch nicht einsortiert; Karten getauscht" in words
    assert "steht auf der Liste" in words
    assert "3 Menschen" in text(olga, "/events/")


def test_one_pass_through_everybody(olga: Client, book: Book) -> None:
    """One after the other comes up until nobody is left; the last one can be taken back."""
    for name in ("A", "B", "C"):
        olga.post(place(book) + "met/", {"name": name})
    sort = place(book) + "sort/"
    for answer in Sort:
        who = next((one for one in book.events.met(book.events.all()[0].id) if one.sort is None), None)
        if who is None:
            break
        page = text(olga, sort)
        assert f'value="{who.id}"' in page
        went = olga.post(
            sort, {"who": who.id, "sort": answer.value, "talked": "on", "topic": "", "note": "n"}
        )
        assert went.status_code == 302
    assert "Alle sind einsortiert." in text(olga, went["Location"])
    olga.post(sort, {"who": who.id if who else went["Location"].partition("after=")[2], "back": "1"})
    assert [one.sort for one in book.events.met(book.events.all()[0].id)] == [
        Sort.INTERESTING,
        Sort.BUSINESS,
        None,
    ]


def test_the_camera_is_allowed_on_one_page_alone(olga: Client, book: Book) -> None:
    """All other pages forbid every device, the public ones too."""
    closed = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    paths = ("/", "/events/", place(book), place(book) + "sort/", "/c/x")
    assert {olga.get(path)["Permissions-Policy"] for path in paths} == {closed}
    assert olga.get(place(book) + "scan/")["Permissions-Policy"] == closed.replace(
        "camera=()", "camera=(self)"
    )


def test_nobody_without_a_key_sees_an_event(olga: Client, book: Book) -> None:
    """Events are the owner's own; an event that is not there is not there."""
    assert visitor(a_house(book)).get(place(book)).status_code == 403
    assert olga.get("/events/nothing/").status_code == 404
    assert olga.post(place(book) + "sort/", {"who": "x", "sort": "interesting"}).status_code == 404


def test_what_cannot_be_read_changes_nothing(olga: Client, book: Book) -> None:
    """Nobody named, a day that is none, a file without an event: said once, and kept nowhere."""
    before = book.events.all()
    olga.post(place(book) + "met/", {"name": " ", "pasted": ""})
    assert 'role="status"' in text(olga, place(book))
    olga.post("/events/", {"name": "X", "on": "gestern"})
    olga.post("/events/", {"file": SimpleUploadedFile("x.csv", b"nothing")})
    assert 'role="status"' in text(olga, "/events/")
    assert (book.events.all(), book.events.met(before[0].id)) == (before, ())


def test_forgetting_is_forgetting(olga: Client, book: Book) -> None:
    """A name, or the event with everybody, is gone from the ledger too."""
    olga.post(place(book) + "met/", {"pasted": CARD})
    (met,) = book.events.met(book.events.all()[0].id)
    olga.post(place(book) + "forget/", {"who": met.id})
    assert list(book.people(at=NOW)) == []
    olga.post(place(book) + "forget/")
    assert book.events.all() == ()


def test_ones_own_draft_is_seen_from_the_other_side(olga: Client, book: Book) -> None:
    """What is shared comes from the event, the words come back as they were written, and nothing is kept."""
    olga.post(place(book) + "met/", {"pasted": CARD})
    before = len(book.entries())
    draft = {"to": "grace@adeyemi.example", "text": "Haben Sie <15> Minuten? Es geht um Synergien."}
    page = olga.post("/draft/", draft).content.decode()
    assert "Zwischen euch gibt es eine Visitenkarte (re:publica) und keinen Brief." in page
    assert "„Synergien“ sagt nichts darüber" in page
    assert "Haben Sie &lt;15&gt; Minuten?" in page
    assert len(book.entries()) == before
