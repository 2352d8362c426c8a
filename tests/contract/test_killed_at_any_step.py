"""Killed at any step of its writing and begun again, on both databases: all of it or nothing, and once.

Every step is tried, one after the other, each from a beginning of its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from anlass.channels.networks.door import Looked
from anlass.desk.gatherings import hosting as desk
from anlass.desk.history.collecting import collect
from anlass.desk.house.rehearsal_letters import HONEST, OWNER, TRUSTED
from anlass.desk.house.rehearsing import TALKATIVE
from anlass.desk.networks.at_the_door import take_in
from anlass.desk.outgoing.answering import Answering
from anlass.desk.outgoing.outbox import Writer
from anlass.desk.programs.announcing import Herald, announce
from anlass.desk.requests.screening import Desk, screen
from anlass.desk.wishes import steps as wish_steps
from anlass.desk.wishes.hosting import admit, event_called, open_event, open_round
from anlass.desk.wishes.keys import KeyRing
from anlass.desk.wishes.letters import tell_rounds
from anlass.desk.wishes.steps import take_steps
from anlass.desk.wishes.taking_part import join, results, roster_of, upload, visit
from anlass.doorman import Doorman
from anlass.intake import Recipient
from anlass.outreach.hosting import Hosting
from anlass.outreach.wish import public_of
from anlass.outreach.wish_client import Participant, revealed_to, upload_of
from anlass.outreach.wish_times import Phase, timetable
from anlass.policy import parse_policy
from anlass.replies.silence import USUAL
from anlass.sources.events import Named
from anlass.store.book import Book
from anlass.store.programs.webhooks import LEASE, DeliveryState, Hook, Told
from anlass.wires.target import Target
from anlass.wires.webhook import Attempt, Fate
from tests.contract.conftest import NewBook
from tests.contract.test_at_the_door import ACCOUNT, ask, doorman, looks, message, rules, step
from tests.contract.test_hosting import PEOPLE
from tests.deliveries import deliveries
from tests.killing import Killed, at_every_step, dying
from tests.unit.outreach.wishing import noise, secret

__all__ = ["doorman"]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OLGA = Writer("Olga Türen", "olga@tueren.example")
QUOTA = 4
WISHES = {0: (1, 2), 1: (0,), 2: (1,)}
"""Who wishes whom; only the first two wish each other."""
TIMES = timetable(NOW, NOW + timedelta(hours=24), NOW + timedelta(hours=40))


@dataclass
class Round:
    """A round of wishes in which everybody has wished."""

    book: Book
    ring: KeyRing
    links: list[str]
    pids: list[bytes]

    def hold(self, now: datetime) -> None:
        """Take the steps that are due, and tell of them."""
        list(take_steps(self.book, self.ring, now=now))
        tell_rounds(self.book, OLGA, zone=UTC, now=now)

    def shown(self, now: datetime) -> dict[int, set[int]]:
        """Return whom everybody is shown; whoever is handed nothing is not in it."""
        found = {}
        for number, link in enumerate(self.links):
            who = visit(self.book, link, now=now)
            assert who is not None
            roster, release = roster_of(self.book, who), results(self.book, self.ring, who)
            if release is not None:
                assert roster is not None
                me = Participant(secret(number), roster.people[self.pids[number]], roster)
                met = revealed_to(me, [self.pids[other] for other in WISHES[number]], release)
                found[number] = {self.pids.index(one.pid) for one in met}
        return found


def _wished(book: Book, folder: Path) -> Round:
    """Return a round of three whose wishes are all there."""
    event = open_event(book, "Sommerschule", quota=QUOTA, address="https://wish.example/")
    people = [(f"Guest {number}", f"guest{number}@wishes.example") for number in WISHES]
    admitted = list(admit(book, event, people))
    open_round(book, event, TIMES)
    links = [one.link.rpartition("/")[2] for one in admitted]
    made = Round(book, KeyRing(folder), links, [one.ticket.pid for one in admitted])
    for number, link in enumerate(links):
        who = visit(book, link, now=NOW - timedelta(hours=1))
        assert who is not None
        assert join(book, made.ring, who, public_of(secret(number)))
    made.hold(NOW)
    for number, link in enumerate(links):
        who = visit(book, link, now=NOW)
        assert who is not None
        roster = roster_of(book, who)
        assert roster is not None
        me = Participant(secret(number), roster.people[made.pids[number]], roster)
        wishes = {made.pids[other]: f"card {number}" for other in WISHES[number]}
        body = upload_of(me, wishes, noise(f"killed {number}", QUOTA), QUOTA)
        upload(book, made.ring, who, body, now=NOW)
    return made


@pytest.mark.parametrize("largest", [5_000, 0], ids=["one release for all", "an answer for each"])
def test_wishes_are_revealed_once_the_same_and_to_all_or_nobody(
    largest: int, new_book: NewBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From comparing to the letter that results are there: what was begun shows nothing, begun again all."""
    monkeypatch.setattr(wish_steps, "LARGEST_STATIC", largest)
    rounds: list[Round] = []
    now, right = TIMES.release, {0: {1}, 1: {0}, 2: set[int]()}

    def begun() -> Book:
        rounds.append(_wished(new_book(), tmp_path / str(len(rounds))))
        return rounds[-1].book

    for book in at_every_step(begun, lambda _: rounds[-1].hold(now)):
        one = rounds[-1]
        assert one.shown(now) in ({}, right)
        one.hold(now)
        one.hold(now)
        assert one.shown(now) == right
        told = Counter(boxed.letter.to for boxed in book.outbox.all())
        assert told == dict.fromkeys((f"guest{number}@wishes.example" for number in WISHES), 2)
        assert [each.phase for each in book.wishes.open_rounds()] == [Phase.RELEASED]
    assert len(rounds) > 5


def _hosted(book: Book, folder: Path) -> tuple[Hosting, KeyRing]:
    """Return an event with people, letters, and a round of wishes that runs, whose clock has run out."""
    begins, until = NOW - timedelta(days=20), NOW - timedelta(hours=1)
    event = desk.host(
        book,
        Named("Tagung", begins, begins),
        address="https://t.example",
        contact="Olga",
        lang="de",
        delete_at=until,
        now=begins,
    )
    admitted = desk.admit(book, event, PEOPLE, now=begins)
    list(desk.invite(book, event, admitted, OLGA, now=begins))
    for one in admitted:
        link = desk.to_wishes(book, event, one.participant, one.link).rpartition("/")[2]
        who = visit(book, link, now=begins)
        assert who is not None
        assert join(book, KeyRing(folder), who, public_of(secret(PEOPLE.people.index(_listed(one)))))
    days = (begins + timedelta(days=1), NOW + timedelta(days=1), NOW + timedelta(days=2))
    open_round(book, event_called(book, "Tagung"), timetable(*days))
    list(take_steps(book, KeyRing(folder), now=days[0]))
    return event, KeyRing(folder)


def _listed(admitted: desk.Admitted) -> object:
    return next(one for one in PEOPLE.people if one.ticket == admitted.participant.ticket)


def _there(book: Book, event: Hosting) -> tuple[int, ...]:
    """Return how much of an event is there: people, tickets, rounds, letters, lines of the journal."""
    wishes = bytes.fromhex(event.wishes)
    starts = desk.starts_of(event)
    return (
        len(book.hosting.people(event.id)),
        len(list(book.wishes.tickets(wishes))),
        len(book.wishes.rounds(wishes)),
        sum(len(book.outbox.of_request(start, or_below=True)) for start in starts),
        sum(entry.about.startswith(starts) for entry in book.entries(limit=100)),
    )


def test_a_hosted_event_is_there_or_gone_and_gone_in_the_end(new_book: NewBook, tmp_path: Path) -> None:
    """Of people, letters, wishes and journal all goes at once; the keys of a round that runs go before."""
    made: list[tuple[Hosting, KeyRing, tuple[int, ...]]] = []

    def begun() -> Book:
        book = new_book()
        event, ring = _hosted(book, tmp_path / str(len(made)))
        made.append((event, ring, _there(book, event)))
        return book

    def run(book: Book) -> None:
        desk.delete_due(book, ring=lambda: made[-1][1], now=NOW)

    for book in at_every_step(begun, run):
        event, ring, before = made[-1]
        assert min(before) > 0
        assert _there(book, event) in (before, (0,) * len(before))
        run(book)
        assert _there(book, event) == (0,) * len(before)
        assert ring.names() == ()
        done = book.hosting.find(event.id)
        assert (done.deleted_at, bool(done.report), len(done.proof)) == (NOW, True, 32)
        assert [entry.act for entry in book.entries(about=event.id)] == ["host_deleted"]
    assert len(made) > 5


@pytest.mark.parametrize("goes_on", [False, True], ids=["an ask alone", "and what came of it"])
def test_what_asks_at_a_door_is_taken_in_once_with_its_answer(
    goes_on: bool, new_book: NewBook, doorman: Doorman
) -> None:
    """Asks, what is added, what ended, and what a house rule says to it by itself: as if nothing had died."""
    asking, asked = rules(doorman, "automatically"), ask("Hallo, kurzer Austausch über Synergien?")
    looked = [Looked("1", (asked,))]
    if goes_on:
        looked += [Looked("2", (message("Ich heiße Max.", 2),)), Looked("3", gone=(asked.key,))]

    def begun() -> Book:
        book = new_book()
        looks(step(book, asking, answers=True), mark="0")
        return book

    def look(book: Book) -> None:
        for one in looked:
            if book.networks.mark(ACCOUNT.name) < one.mark:
                take_in(step(book, asking, answers=True), one)

    told = []
    for book in at_every_step(begun, look):
        look(book)
        (kept,) = book.cases(limit=10).cases
        acts = Counter(one.act for one in book.entries(about=kept.id, limit=50))
        told.append((kept.state, kept.case.request.text, acts, len(book.outbox.all())))
    assert (len(told) > 10, told[-1][2]["kept_as_draft"]) == (True, 1)
    assert [one for one in told if one != told[-1]] == []


def test_a_screened_letter_is_one_case_and_its_answer_leaves_with_it_or_not_at_all(
    new_book: NewBook, doorman: Doorman, tmp_path: Path
) -> None:
    """A case that is there is never answered later, so what the house answers by itself is kept with it."""
    letter = tmp_path / "1.eml"
    letter.write_bytes(HONEST.raw(format_datetime(NOW)))
    asking = replace(doorman, policy=parse_policy(TALKATIVE))
    answering = Answering(OLGA, USUAL, UTC, frozenset({TRUSTED}))

    def begun() -> Book:
        book = new_book()
        collect(book, [letter], owner=[OWNER], trusted=[TRUSTED], now=NOW)
        return book

    def look(book: Book) -> None:
        list(screen(Desk(book, asking, Recipient("Olga Türen"), NOW, answering=answering), [letter]))

    told, begun_at_all = [], set()
    for book in at_every_step(begun, look):
        half = (book.cases(limit=10).total, len(book.outbox.all()))
        assert half in {(0, 0), (1, 1)}
        begun_at_all.add(half)
        look(book)
        (kept,) = book.cases(limit=10).cases
        acts = Counter(one.act for one in book.entries(about=kept.id, limit=50))
        told.append((kept.state, kept.case.request.text, acts, len(book.outbox.all())))
    assert begun_at_all == {(0, 0), (1, 1)}
    assert (len(told) > 5, told[-1][2]["answer"], told[-1][3]) == (True, 1, 1)
    assert [one for one in told if one != told[-1]] == []


def test_a_program_hears_all_that_happened_under_one_id_each(new_book: NewBook) -> None:
    """Killed before it is handed over, in between, or before that is written down; nothing is lost."""
    heard: list[str] = []

    def hear(_target: Target, _body: bytes, told: dict[str, str]) -> Attempt:
        heard.append(told["webhook-id"])
        return Attempt(Fate.TAKEN, 200)

    def begun() -> Book:
        heard.clear()
        book = new_book()
        hook = Hook("h", "http://127.0.0.1:9/", "whsec_c2VjcmV0", ("case.new",), False, NOW)
        book.webhooks.keep(hook)
        for number in range(3):
            book.webhooks.announce(f"source {number}", Told("case.new", f"case{number}"), now=NOW)
        return book

    def tell(book: Book, now: datetime = NOW) -> None:
        list(announce(book, Herald("w", lambda: now, ("127.0.0.1",), "en", hear)))

    tried = 0
    for book in at_every_step(begun, tell):
        tell(book, NOW + LEASE + timedelta(seconds=1))
        told = deliveries(book, "h")
        assert {one.state for one in told} == {DeliveryState.DELIVERED}
        assert set(heard) == {one.id for one in told}
        assert len(heard) <= len(told) + 1
        tried += 1
    assert tried > 6


def test_a_kill_is_one(book: Book) -> None:
    """What dies in a transaction takes all of it along, so these tests could fail."""

    def act() -> None:
        with dying(book, 2), book.together():
            book.note("one", now=NOW)
            book.note("two", now=NOW)

    with pytest.raises(Killed):
        act()
    assert list(book.entries(limit=5)) == []
