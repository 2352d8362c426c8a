"""A mailing in the book, on both databases: once each, taken back, ended, and nobody's silence kept."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps

from anlass.channels.mail.writing import raw_of
from anlass.desk.cards.granting import card_behind, grants
from anlass.desk.cards.own import FILE, take_in
from anlass.desk.gatherings import events, mailing
from anlass.desk.gatherings.stopping import stop_address, stop_by_link
from anlass.desk.history.collecting import collect
from anlass.desk.outgoing.outbox import Writer
from anlass.desk.people.watch_list import wake
from anlass.errors import Refused
from anlass.ledger import Encounter, EncounterKind
from anlass.outreach.event import Event, Somebody
from anlass.people import Address, AddressKind, person_id
from anlass.sources.events import Named
from anlass.store.book import Book
from anlass.store.outgoing.outbox import Boxed, OutboxState
from tests.unit.cards.samples import TEXT
from tests.walking import rows_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OLGA = Writer("Olga Türen", "olga@tueren.example")
NAMES = ("ada", "bo", "cem", "dora")


def address(name: str) -> Address:
    """Return somebody's mail address."""
    return Address(AddressKind.MAIL, f"{name}@people.example")


def prepared(book: Book) -> Event:
    """Let the owner have cards, and meet four people at an event."""
    take_in(book, TEXT, FILE, "en", now=NOW - timedelta(days=9))
    book.add_owner_addresses([OLGA.address], is_given=True)
    event = events.begin(book, Named("re:publica", NOW - timedelta(days=3)), now=NOW)
    for name in NAMES:
        events.note(book, event, Somebody(name.title(), (address(name),), has_card=True), now=NOW)
    return event


@pytest.fixture
def event(book: Book) -> Event:
    """Return an event with four people, and cards in the book."""
    return prepared(book)


def posted(book: Book, now: datetime) -> list[str]:
    """Let a worker hand over what is due, to a server that takes everything; return to whom."""
    taken = []
    while (boxed := book.outbox.claim("w", now=now)) is not None:
        assert book.outbox.hand_over(boxed.id, "w", now=now)
        assert book.outbox.delivered(boxed.id, "w", now=now)
        taken.append(boxed.letter.to)
    return sorted(taken)


def names(sent: tuple[Boxed, ...]) -> list[str]:
    """Return to whom letters go."""
    return sorted(one.letter.to.partition("@")[0] for one in sent)


def test_each_person_gets_one_letter_ever(book: Book, event: Event) -> None:
    """A second release writes to nobody; somebody noted since then gets the one letter too."""
    first = mailing.send(book, event, OLGA, mailing.Wish(), now=NOW)
    assert names(first) == list(NAMES)
    with pytest.raises(Refused):
        mailing.send(book, event, OLGA, mailing.Wish(), now=NOW)
    late = Somebody("Eva", (address("eva"),), has_talked=True)
    events.note(book, event, late, now=NOW)
    assert names(mailing.send(book, event, OLGA, mailing.Wish(), now=NOW)) == ["eva"]


def test_a_person_with_two_addresses_gets_one_letter(book: Book, event: Event) -> None:
    """Two names on the list that the owner's card joined are one person."""
    events.note(book, event, Somebody("Ada", (address("ada"), address("ada.b")), has_card=True), now=NOW)
    events.note(book, event, Somebody("Ada B.", (address("ada.b"),), has_card=True), now=NOW)
    assert len(mailing.send(book, event, OLGA, mailing.Wish(), now=NOW)) == len(NAMES)


def test_the_card_of_each_letter_opens_for_as_long_as_it_is_granted(book: Book, event: Event) -> None:
    """The link is each one's own; it shows the first tier and ends."""
    sent = mailing.send(book, event, OLGA, mailing.Wish(days=30), now=NOW)
    links = [one.letter.text.partition("/c/")[2].split()[0] for one in sent]
    assert len(set(links)) == len(NAMES)
    shown = card_behind(book, links[0], at=NOW)
    assert shown is not None
    assert card_behind(book, links[0], at=NOW + timedelta(days=31)) is None
    assert {one.grant.tier for one in grants(book, at=NOW)} == {"card"}


def test_all_can_be_taken_back_until_they_leave(book: Book, event: Event) -> None:
    """What has not left is taken back with its card; what left stays."""
    sent = mailing.send(book, event, OLGA, mailing.Wish(), now=NOW)
    assert posted(book, NOW + timedelta(minutes=9)) == []
    (first,) = posted(book, sent[0].due)
    assert mailing.take_back(book, event, now=NOW + timedelta(minutes=11)) == len(NAMES) - 1
    open_now = [
        one.person.name for one in grants(book, at=NOW + timedelta(minutes=11)) if one.end.value == "holds"
    ]
    assert [one.lower() for one in open_now] == [first.partition("@")[0]]
    again = mailing.send(book, event, OLGA, mailing.Wish(), now=NOW + timedelta(hours=1))
    assert len(again) == len(NAMES) - 1


def test_whoever_ended_mailings_is_never_written_to_again(book: Book, event: Event) -> None:
    """By the link or by the owner's hand, before or after the letter left, for this event and every other."""
    sent = mailing.send(book, event, OLGA, mailing.Wish(), now=NOW)
    (link,) = (one.letter.stop.rpartition("/")[2] for one in sent if one.letter.to.startswith("bo@"))
    assert stop_by_link(book, link, now=NOW)
    assert stop_by_link(book, link, now=NOW)
    assert stop_address(book, "CEM@people.example", now=NOW) == "cem@people.example"
    assert posted(book, NOW + timedelta(days=1)) == ["ada@people.example", "dora@people.example"]
    other = events.begin(book, Named("Buchmesse", NOW), now=NOW)
    for name in NAMES:
        events.note(book, other, Somebody(name.title(), (address(name),), has_talked=True), now=NOW)
    assert names(mailing.send(book, other, OLGA, mailing.Wish(), now=NOW)) == ["ada", "dora"]


@pytest.mark.parametrize("link", ["", "x", "a" * 42, "é" * 42])
def test_a_made_up_link_ends_nothing(book: Book, event: Event, link: str) -> None:
    """Nobody can end mailings to somebody else; the link of a card is no link to end mailings either."""
    sent = mailing.send(book, event, OLGA, mailing.Wish(), now=NOW)
    card = sent[0].letter.text.partition("/c/")[2].split()[0]
    assert not stop_by_link(book, link, now=NOW)
    assert not stop_by_link(book, card, now=NOW)
    assert len(posted(book, NOW + timedelta(days=1))) == len(NAMES)


@pytest.mark.parametrize("text", ["", 'name = "Olga"'])
def test_nothing_is_sent_that_could_not_be_ended(book: Book, text: str) -> None:
    """Without a public address there is no page to end it on, and so no mailing; and none without a card."""
    event = events.begin(book, Named("X", NOW), now=NOW)
    events.note(book, event, Somebody("Ada", (address("ada"),), has_card=True), now=NOW)
    if text:
        take_in(book, text, FILE, "en", now=NOW)
    with pytest.raises(Refused):
        mailing.send(book, event, OLGA, mailing.Wish(), now=NOW)
    assert book.outbox.all() == ()


def test_our_own_mailing_makes_no_tie(book: Book, event: Event, tmp_path: Path) -> None:
    """The copies among the sent letters are no letters: a mail to many brings nobody closer."""
    sent = mailing.send(book, event, OLGA, mailing.Wish(), now=NOW)
    folder = tmp_path / "Sent" / "cur"
    folder.mkdir(parents=True)
    for number, one in enumerate(sent):
        (folder / f"{number}:2,S").write_bytes(raw_of(one.letter, at=NOW))
    for name in ("new", "tmp"):
        (tmp_path / "Sent" / name).mkdir()
    collect(book, [tmp_path], owner=[OLGA.address], now=NOW)
    assert {line.tie.mails_out for line in book.people(at=NOW)} == {0}


# --- C12: nobody's silence is stored ---


def all_rows(book: Book) -> Counter[tuple[object, ...]]:
    """Return every row that this owner has in any table, as values."""
    return Counter((table, *row) for table, rows in rows_of(book).items() for row in rows)


def test_no_row_tells_who_did_not_answer(book: Book, event: Event) -> None:
    """Two answer and two do not: for sixty days nothing changes that is not about those who answered.

    Planted: the letters leave, two people write back, the worker sweeps, the watch list wakes, the page is
    looked at. Every row that came or changed names somebody who answered.
    """
    mailing.send(book, event, OLGA, mailing.Wish(), now=NOW)
    posted(book, NOW + timedelta(hours=1))
    for boxed in book.outbox.all(OutboxState.SENT):
        book.outbox.kept(boxed.id)
    book.settle()
    before = all_rows(book)
    answering = NAMES[:2]
    for number, name in enumerate(answering):
        when = NOW + timedelta(days=1 + number)
        met = Encounter(EncounterKind.MAIL_IN, when, name, is_proven=True, source="mail", id=f"re-{name}")
        book.add_encounter(address(name), met)
    for day in (2, 10, 60):
        now = NOW + timedelta(days=day)
        assert posted(book, now) == []
        book.settle()
        book.outbox.sweep(now=now)
        wake(book, at=now)
        list(mailing.preview(book, event, OLGA, mailing.Wish()))
        with pytest.raises(Refused):
            mailing.send(book, event, OLGA, mailing.Wish(), now=now)
    after = all_rows(book)
    known = [person_id(address(name)) for name in answering]
    gone, fresh = list((before - after).elements()), list((after - before).elements())
    assert len(fresh) == 2 * len(answering)  # the letter, and how close its writer is by it
    assert all(any(one in map(str, row) for one in known) for row in (*gone, *fresh))


def test_rows_of_the_silent_and_of_those_who_answered_are_alike(book: Book, event: Event) -> None:
    """Before anybody answers, all people of a mailing have rows of the same shape in the same tables."""
    mailing.send(book, event, OLGA, mailing.Wish(), now=NOW)
    posted(book, NOW + timedelta(hours=1))
    shapes = {}
    for name in NAMES:
        own = person_id(address(name))
        mail = address(name).value
        rows = [row for row in all_rows(book).elements() if any(own == str(c) or mail in str(c) for c in row)]
        shapes[name] = Counter((row[0], len(row)) for row in rows)
    assert len({tuple(sorted(shape.items())) for shape in shapes.values()}) == 1


def test_nothing_in_the_program_reminds_anybody() -> None:
    """No name of a table, a column or a kind of letter speaks of reminding, opening, clicking or silence."""
    words = ("remind", "opened_at", "clicked", "tracking", "silent", "unanswered", "no_answer", "follow_up")
    named = [
        f"{model._meta.db_table}.{field.name}"
        for model in apps.get_app_config("store").get_models()
        for field in model._meta.get_fields()
    ]
    assert [one for one in named if any(word in one for word in words)] == []
