"""The organiser's timetable, and the two letters of a round, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from anlass.desk.gatherings import hosting as desk
from anlass.desk.outgoing.outbox import Writer
from anlass.desk.wishes.hosting import admit
from anlass.desk.wishes.keys import KeyRing
from anlass.desk.wishes.letters import tell_rounds
from anlass.desk.wishes.steps import take_steps
from anlass.desk.wishes.taking_part import join, leave, visit
from anlass.desk.wishes.timetables import Wanted, call_off, is_to_come, plan_round, proposed, wishes_of
from anlass.errors import Refused
from anlass.outreach.hosting import Hosting
from anlass.outreach.wish_event import WishEvent
from anlass.sources.events import Named
from anlass.store.book import Book
from tests.contract.test_hosting import PEOPLE

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
OLGA = Writer("Olga Türen", "olga@tueren.example")
WANTED = Wanted(NOW + timedelta(hours=6), NOW + timedelta(days=3), NOW + timedelta(days=4))
NAMES = ("Ada", "Bo", "Cem")


@pytest.fixture
def hosting(book: Book) -> Hosting:
    """Return a hosted event that ends tomorrow."""
    named = Named("Tagung", NOW, NOW + timedelta(days=1))
    return desk.host(book, named, address="https://t.example", contact="Olga", lang="de", now=NOW)


@pytest.fixture
def event(book: Book, hosting: Hosting) -> WishEvent:
    """Return its wishes."""
    return wishes_of(book, hosting)


def refused(book: Book, event: WishEvent, wanted: Wanted) -> str:
    """Return why a round cannot be held so."""
    with pytest.raises(Refused) as why:
        plan_round(book, event, wanted, now=NOW)
    return why.value.problems[0].says


def test_what_the_form_proposes_can_be_held(book: Book, hosting: Hosting, event: WishEvent) -> None:
    """The list closes at six on the last day, by the organiser's clock; after the event as well."""
    times = proposed(hosting, now=NOW.astimezone(BERLIN))
    assert times.freeze == datetime(2026, 11, 23, 18, tzinfo=BERLIN)
    late = proposed(hosting, now=hosting.ends + timedelta(days=20, hours=9))
    assert late.freeze > hosting.ends + timedelta(days=20, hours=9)
    plan_round(book, event, Wanted(times.freeze, times.match, times.release), now=NOW)
    assert [one.freeze for one in desk.times_of(book, hosting)] == [times.freeze]


def test_a_round_that_cannot_be_held_is_refused_and_nothing_changes(
    book: Book, hosting: Hosting, event: WishEvent
) -> None:
    """Another order, a list that would have closed, results after the deletion, no number of wishes."""
    beyond = hosting.delete_at - timedelta(hours=1)
    told = [
        refused(book, event, replace(WANTED, match=WANTED.freeze)),
        refused(book, event, replace(WANTED, freeze=NOW)),
        refused(book, event, replace(WANTED, match=beyond, release=hosting.delete_at)),
        refused(book, event, replace(WANTED, wishes=0)),
    ]
    assert [one.partition(" ")[0] for one in told] == ["A", "The", "By", "An"]
    assert (book.wishes.rounds(event.id), wishes_of(book, hosting).quota) == ((), 10)


def test_a_round_is_called_off_as_long_as_its_list_is_open(
    book: Book, event: WishEvent, tmp_path: Path
) -> None:
    """It is gone then, and another can be set; once the list has closed the round goes to its end."""
    plan_round(book, event, replace(WANTED, wishes=3), now=NOW)
    assert is_to_come(book, event)
    call_off(book, event, now=NOW)
    assert book.wishes.rounds(event.id) == ()
    again = plan_round(book, event, WANTED, now=NOW)
    assert (again.number, is_to_come(book, event)) == (1, True)
    list(take_steps(book, KeyRing(tmp_path), now=WANTED.freeze))
    with pytest.raises(Refused):
        call_off(book, event, now=WANTED.freeze)
    assert refused(book, event, replace(WANTED, release=WANTED.release + timedelta(hours=1))).startswith(
        "The round"
    )


def joined(book: Book, event: WishEvent, ring: KeyRing) -> list[str]:
    """Let three people take part by mail; return the words of their links."""
    admitted = list(admit(book, event, [(name, f"{name.lower()}@people.example") for name in NAMES]))
    words = [one.link.rpartition("/")[2] for one in admitted]
    for word in words:
        who = visit(book, word, now=NOW)
        assert who is not None
        assert join(book, ring, who, None)
    return words


def test_everybody_on_the_list_gets_two_letters_once_each(
    book: Book, event: WishEvent, tmp_path: Path
) -> None:
    """The same words for all; told again, nothing is added; nobody who left is written to."""
    ring, (_, _, cem) = KeyRing(tmp_path), joined(book, event, KeyRing(tmp_path))
    plan_round(book, event, WANTED, now=NOW)
    who = visit(book, cem, now=NOW)
    assert who is not None
    leave(book, who)
    assert tell_rounds(book, OLGA, zone=BERLIN, now=NOW) == 0
    counts = []
    for moment in (WANTED.freeze, WANTED.match, WANTED.release, WANTED.release + timedelta(hours=48)):
        list(take_steps(book, ring, now=moment))
        counts += [tell_rounds(book, OLGA, zone=BERLIN, now=moment) for _ in range(2)]
    assert counts == [2, 0, 0, 0, 2, 0, 0, 0]
    letters = [one.letter for one in book.outbox.all()]
    assert sorted(one.to for one in letters) == ["ada@people.example"] * 2 + ["bo@people.example"] * 2
    assert len({(one.subject, one.text) for one in letters}) == 2
    assert any("Mi, 25. November 2026, 13:00\u00a0Uhr\u00a0(MEZ)" in one.text for one in letters)


def test_nobody_is_told_late_or_from_nowhere(book: Book, event: WishEvent, tmp_path: Path) -> None:
    """Without an address nothing is written; a list whose window is over is not announced any more."""
    ring = KeyRing(tmp_path)
    joined(book, event, ring)
    plan_round(book, event, WANTED, now=NOW)
    list(take_steps(book, ring, now=WANTED.freeze))
    assert tell_rounds(book, Writer("Olga", ""), zone=UTC, now=WANTED.freeze) == 0
    assert tell_rounds(book, OLGA, zone=UTC, now=WANTED.match) == 0
    assert book.outbox.all() == ()


def test_a_deleted_event_takes_its_running_round_along(
    book: Book, hosting: Hosting, event: WishEvent, tmp_path: Path
) -> None:
    """Key, letters, tickets, rounds and name are gone; without the key nothing is deleted."""
    ring = KeyRing(tmp_path)
    joined(book, event, ring)
    plan_round(book, event, WANTED, now=NOW)
    list(take_steps(book, ring, now=WANTED.freeze))
    tell_rounds(book, OLGA, zone=UTC, now=WANTED.freeze)
    with pytest.raises(Refused):
        desk.delete(book, hosting, ring=None, now=WANTED.freeze)
    assert len(list(book.wishes.tickets(event.id))) == len(book.outbox.all()) == len(NAMES)
    done = desk.delete(book, hosting, ring=ring, now=WANTED.freeze)
    assert (ring.names(), book.outbox.all(), book.wishes.events()) == ((), (), ())
    assert done.left == (("participants", 0), ("letters", 0), ("journal", 0), ("wishes", 0))


def test_a_lost_link_is_replaced_by_a_letter(book: Book, hosting: Hosting) -> None:
    """The old one leads nowhere, the new one to the same page; without a way to write nothing changes."""
    ada, *_ = desk.admit(book, hosting, PEOPLE, now=NOW)
    word = ada.link.rstrip("/").rpartition("/")[2]
    with pytest.raises(Refused):
        desk.send_link(book, hosting, "ada@people.example", None, now=NOW)
    assert desk.visitor(book, word) is not None
    for _ in range(2):
        desk.send_link(book, hosting, "T-ADA", OLGA, now=NOW)
    assert desk.visitor(book, word) is None
    letters = [one.letter.text for one in book.outbox.all()]
    links = [text.partition("/e/")[2].split()[0].rstrip("/").rpartition("/")[2] for text in letters]
    found = [desk.visitor(book, link) for link in links]
    assert sorted(one.name for one in found if one) == ["Ada"]
    desk.erase(book, hosting, desk.participant(book, hosting, "T-Ada"), now=NOW)
    assert book.outbox.all() == ()
