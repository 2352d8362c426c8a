"""Feeds behind secret links: a calendar and a reader show that somebody asks, and no more than was wanted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from icalendar import Calendar

from anlass.desk.programs.tokens import Scope, add_feed, add_token, revoke_token
from anlass.store.book import Book
from anlass.store.cases.kept import CaseState
from anlass.store.programs.tokens import TokenKind
from anlass.web.frame.house import House
from anlass.web.frame.limiter import Limiter
from tests.characters import NOW, SCENES
from tests.pages import a_house, book_on_disk, pages_configured, visitor

pytestmark = pytest.mark.slow  # makes a database with all its tables

WAITING = [scene for scene in SCENES if scene.state is CaseState.WAITING]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def django() -> Iterator[None]:
    """Configure Django for these tests."""
    with pages_configured():
        yield


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Yield a book with all cases."""
    with closing(book_on_disk(tmp_path)) as book:
        yield book


def link(book: Book, *, details: bool = False) -> str:
    """Return where a new feed lies, without its ending."""
    made = add_feed(book, "a calendar", details=details, days=None, now=NOW, lang="de")
    return f"/feed/{made.secret}"


def test_a_feed_says_that_somebody_asks_and_nothing_else(book: Book) -> None:
    """As many entries as cases wait; no name, no subject, no word of a letter in either form."""
    client, place = visitor(a_house(book)), link(book)
    ics, atom = client.get(f"{place}.ics"), client.get(f"{place}.atom")
    assert (ics["Content-Type"], atom["Content-Type"]) == (
        "text/calendar; charset=utf-8",
        "application/atom+xml; charset=utf-8",
    )
    events = Calendar.from_ical(ics.content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["Eine Anfrage"] * len(WAITING)
    entries = fromstring(atom.content).findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Eine Anfrage"] * len(WAITING)
    shown = (ics.content + atom.content).decode()
    for scene in WAITING:
        for word in (scene.name, scene.address, scene.subject or scene.name):
            assert word not in shown
    assert (ics.cookies, ics["X-Robots-Tag"], ics["Cache-Control"]) == ({}, "noindex", "no-store")


def test_details_are_shown_where_the_owner_wanted_them(book: Book) -> None:
    """Who asks and what for, in one line each; what they wrote steers nothing."""
    place = link(book, details=True)
    told = visitor(a_house(book)).get(f"{place}.ics").content
    names = {str(event["summary"]) for event in Calendar.from_ical(told).walk("VEVENT")}
    assert {"Benedikt Hohl", "Sam Whitlock", "Carla Menzel"} <= names
    assert b"<script" not in visitor(a_house(book)).get(f"{place}.atom").content


def test_a_link_that_opens_nothing_shows_nothing(book: Book) -> None:
    """Wrong, revoked, over or a token of the API: the same bytes as for a link that never was."""
    client, place = visitor(a_house(book)), link(book)
    token = add_token(book, "t", tuple(Scope), days=None, now=NOW, lang="de")
    revoked = link(book)
    (newest, *_) = [one for one in book.tokens.all(TokenKind.FEED) if one.id in revoked]
    revoke_token(book, TokenKind.FEED, newest.id, now=NOW, lang="de")
    nothing = client.get("/feed/anl_owner_x_y.ics")
    assert nothing.status_code == 404
    for wrong in (f"{place}x", f"/feed/{token.secret}", revoked):
        answer = client.get(f"{wrong}.ics")
        assert (answer.status_code, answer.content) == (404, nothing.content)
    assert client.get(f"{place}.ics").status_code == 200
    assert client.post(f"{place}.ics").status_code == 405
    assert client.get(f"{place}.html").status_code in {403, 404}


def test_looking_too_often_is_told(book: Book) -> None:
    """A feed and guesses have their limits, as everything from outside has."""
    house: House = replace(a_house(book), limiter=Limiter(2, 9), programs=Limiter(1, 9))
    client, place = visitor(house), link(book)
    assert [client.get(f"{place}.ics").status_code for _ in range(2)] == [200, 429]
    assert [client.get("/feed/anl_owner_x_y.ics").status_code for _ in range(3)] == [404, 404, 429]
