"""Laws of the ledger over whole archives: order, repetition and power cuts do not show."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anlass.desk.history.collecting import Pace, collect
from anlass.ledger import Encounter
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind, person_id
from anlass.people.word import Word, WordKind
from anlass.store import open_book
from anlass.store.book import Book, LedgerLine
from anlass.store.people.awaited import await_introductions

NOW = datetime(2026, 11, 21, tzinfo=UTC)
OWNER = "olga@home.example"
_OWNERS = count(1)

pytestmark = pytest.mark.slow  # each example writes files and reads them into a database


@dataclass(frozen=True)
class Mail:
    """A mail of a made-up archive: numbers stand for people, letters and words."""

    number: int
    who: int
    is_own: bool
    answers: int | None
    through_list: bool
    words: int
    says: str
    beside: int | None = None

    def raw(self) -> bytes:
        """Return the mail as it would arrive."""
        person = f"Person {self.who} <p{self.who}@x{self.who}.example>"
        when = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=self.number)
        head = [
            f"From: {OWNER if self.is_own else person}",
            f"To: {person if self.is_own else OWNER}",
            f"Message-ID: <m{self.number}@x.example>",
            f"Date: {format_datetime(when)}",
            f"Subject: Brief {self.number}",
        ]
        if self.answers is not None:
            head.append(f"In-Reply-To: <m{self.answers}@x.example>")
        if self.beside is not None:
            head.append(f"Cc: Somebody {self.beside} <p{self.beside}@x{self.beside}.example>")
        if self.through_list:
            head.append("List-Id: <list.x.example>")
        if self.says and not self.is_own:
            head.append(f"Authentication-Results: mx.home.example; dmarc={self.says}")
        return "\r\n".join([*head, "", f"Worte {self.words} zu Brief {self.number}.", ""]).encode()


@st.composite
def archives(draw: st.DrawFn) -> list[Mail]:
    """Draw an archive: threads both ways, lists, twins with one Message-ID, copies, people in copy."""
    mails = []
    for number in range(draw(st.integers(1, 9))):
        mail = Mail(
            number,
            draw(st.integers(0, 2)),
            draw(st.booleans()),
            draw(st.one_of(st.none(), st.integers(0, 9))),
            draw(st.integers(0, 5)) == 0,
            0,
            draw(st.sampled_from(["", "pass", "fail"])),
            draw(st.one_of(st.none(), st.integers(0, 3))),
        )
        mails += [mail] * draw(st.sampled_from([1, 1, 1, 2]))
        if draw(st.integers(0, 4)) == 0:
            answers = draw(st.one_of(st.just(mail.answers), st.integers(0, 9)))
            mails.append(Mail(number, mail.who, mail.is_own, answers, False, 1, mail.says, mail.beside))
    return mails


class Room:
    """A place to write archives to, and books to read them into."""

    def __init__(self, folder: Path) -> None:
        self._data, self.mail = folder / "data", folder / "mail"
        self.opened: list[Book] = []

    def write(self, mails: list[Mail]) -> None:
        """Write an archive, named in the order given; what was there is gone."""
        shutil.rmtree(self.mail, ignore_errors=True)
        self.mail.mkdir()
        for place, mail in enumerate(mails):
            (self.mail / f"{place:03}.eml").write_bytes(mail.raw())

    def book(self) -> Book:
        """Return the book of a new owner, who calls the first of all people close: they may introduce."""
        book = open_book(self._data, f"o{next(_OWNERS)}")
        close = person_id(Address(AddressKind.MAIL, "p0@x0.example"))
        book.persons.say(Word(NOW, WordKind.CLOSE, (close,)))
        self.opened.append(book)
        return book

    def collect(self, book: Book) -> None:
        """Read the archive as it lies there."""
        collect(book, [self.mail], owner=[OWNER], now=NOW)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """Yield a room for all examples."""
    made = Room(tmp_path_factory.mktemp("room"))
    yield made
    for book in made.opened:
        book.close()


def told(book: Book) -> list[tuple[LedgerLine, tuple[Encounter, ...]]]:
    """Return everything that a ledger says."""
    return [(line, book.encounters_with(line.person)) for line in book.people(at=NOW)]


def rows(book: Book) -> dict[str, list[tuple[object, ...]]]:
    """Return what is worked out of letters, row by row; where a letter lies and when it was read is nothing."""
    sql = {
        "letter": "SELECT id, thread, rule, is_settled FROM store_letter",
        "encounter": "SELECT id, address, kind, happened, thread, others, is_turn, is_proven, source, place"
        " FROM store_encounter",
        "person": "SELECT id, name FROM store_person",
        "address": "SELECT id, value, person FROM store_personaddress",
    }
    return {
        name: sorted(book._tables.rows(f"{asked} WHERE owner_id = %(owner)s")) for name, asked in sql.items()
    }


LAWS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@LAWS
@given(archives(), st.randoms(use_true_random=False))
def test_ledger_does_not_show_the_order_of_its_archive(room: Room, mails: list[Mail], chance: Random) -> None:
    """A shuffled archive gives the same persons, ties and encounters."""
    books = []
    for order in (mails, sorted(mails, key=lambda _: chance.random())):
        room.write(order)
        books.append(room.book())
        room.collect(books[-1])
    assert told(books[0]) == told(books[1])


@LAWS
@given(archives(), st.integers(0, 12))
def test_ledger_read_in_two_goes_is_the_ledger_read_in_one(room: Room, mails: list[Mail], cut: int) -> None:
    """What comes later, and all of it again, leads to the same ledger as reading everything at once."""
    at_once, bit_by_bit = room.book(), room.book()
    room.write(mails[:cut])
    room.collect(bit_by_bit)
    room.write(mails)
    room.collect(at_once)
    room.collect(bit_by_bit)
    assert told(bit_by_bit) == told(at_once)
    room.collect(bit_by_bit)
    assert told(bit_by_bit) == told(at_once)


@LAWS
@given(archives(), st.integers(0, 4), st.integers(1, 3))
def test_ledger_cut_off_by_a_power_failure_is_made_whole_by_the_next_run(
    room: Room, mails: list[Mail], after: int, batch: int
) -> None:
    """A run that ended anywhere, and a run after it, leave what one clean run leaves."""
    room.write(mails)
    clean, broken = room.book(), room.book()
    room.collect(clean)
    left = iter(range(after))

    def power(_: int) -> None:
        if next(left, None) is None:
            raise RuntimeError("power failure")

    with contextlib.suppress(RuntimeError):
        collect(broken, [room.mail], owner=[OWNER], now=NOW, progress=power, pace=Pace(batch))
    room.collect(broken)
    assert told(broken) == told(clean)


def power_after(book: Book, questions: int) -> contextlib.AbstractContextManager[None]:
    """Let the power fail at the statement of this number: what was not written by then is lost."""
    left = iter(range(questions))

    def asked(execute: Any, sql: Any, values: Any, many: Any, context: Any) -> Any:
        if next(left, None) is None:
            raise RuntimeError("power failure")
        return execute(sql, values, many, context)

    return connections[book._tables.using].execute_wrapper(asked)


@LAWS
@given(archives(), st.lists(st.integers(0, 3), min_size=12, max_size=12), st.integers(0, 200), st.booleans())
def test_asking_of_what_changed_says_what_asking_of_all_says(
    room: Room, mails: list[Mail], parts: list[int], questions: int, joins: bool
) -> None:
    """Any split of an archive, in any order, cut off anywhere, gives the rows of reading all of it at once."""
    at_once, bit_by_bit = room.book(), room.book()
    room.write(mails)
    room.collect(at_once)
    several = Address(AddressKind.MAIL, "p1@x1.example"), Address(AddressKind.MAIL, "p2@x2.example")
    for part in range(4):
        there = [mail for place, mail in enumerate(mails) if parts[place % 12] <= part]
        room.write(there)
        if part == 2 and joins:
            bit_by_bit.traces.tell("cards", [Trace("Two", several, "card 1")], joins=True)
        with contextlib.suppress(RuntimeError), power_after(bit_by_bit, questions):
            room.collect(bit_by_bit)
        room.collect(bit_by_bit)
    if joins:
        at_once.traces.tell("cards", [Trace("Two", several, "card 1")], joins=True)
        at_once.settle()
    found = rows(bit_by_bit)
    assert found == rows(at_once)
    await_introductions(bit_by_bit._tables)
    bit_by_bit._letters.unsettle(["mx.home.example"])
    bit_by_bit.settle()
    assert rows(bit_by_bit) == found
