"""Closeness that is kept as rows: after whatever happened it says what working it out afresh says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anlass.config import Settings
from anlass.desk.people.circle import inner_circle
from anlass.desk.people.persons import say_apart, say_same, unsay
from anlass.desk.safekeeping.erasing import erase
from anlass.errors import NotFound, Refused
from anlass.intake import Mailbox, Origin
from anlass.ledger import UNDATED, Encounter, EncounterKind, Tie, TieLevel
from anlass.ledger.circle import is_close
from anlass.ledger.closeness import Closeness, closeness_of
from anlass.ledger.letter import Letter, Way
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind, person_at
from anlass.store.book import Book
from tests.contract.conftest import NewBook

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
PEOPLE = tuple(Address(AddressKind.MAIL, f"{name}@x.example") for name in ("ada", "bo", "cem", "dora"))
NAMES = ("Ada Quist", "Bo Lind", "Cem Örnek", "Dora Falk")
SERVER = "mx.home.example"
_PERSONS = "SELECT DISTINCT person FROM store_personaddress WHERE owner_id = %(owner)s"

who = st.sampled_from(PEOPLE)
when = st.one_of(st.none(), st.integers(-60, 900))
number = st.integers(0, 5)
acts = st.one_of(
    st.tuples(st.just("letter"), st.sampled_from(Way), who, who, when, number, number),
    st.tuples(st.just("letter"), st.sampled_from(Way), who, who, when, number, number),
    st.tuples(st.just("met"), st.sampled_from(EncounterKind), who, when, number, st.booleans()),
    st.tuples(st.just("told"), who, who, when, number, st.booleans()),
    st.tuples(st.just("untold"), number),
    st.tuples(st.just("same"), who, who),
    st.tuples(st.just("apart"), who, who),
    st.tuples(st.just("unsaid"), number),
    st.tuples(st.just("erased"), who),
    st.tuples(st.just("trusted"), st.booleans()),
    st.tuples(st.just("settled")),
    st.tuples(st.just("days pass"), st.integers(1, 400)),
)


def moment(back: int | None) -> datetime:
    """Return the moment so many days ago; `None` is one that nobody knows."""
    return UNDATED if back is None else NOW - timedelta(days=back)


def letter(way: Way, one: Address, other: Address, back: int | None, id_: int, answers: int) -> Letter:
    """Return a letter of one person, or one of the owner's to two, that may answer an earlier one."""
    boxes = tuple(Mailbox("", each.value) for each in dict.fromkeys((one, other)))
    parent = f"l{answers}@x.example" if answers < id_ else None
    return Letter(
        f"l{id_}",
        Origin(f"/mail/{id_}", 0, 10),
        way,
        message_id=f"l{id_}@x.example",
        parent=parent,
        root=parent,
        writer=boxes[0] if way is Way.IN else Mailbox("Olga", "olga@home.example"),
        readers=boxes if way is Way.OUT else (),
        together=(*boxes, Mailbox("Olga", "olga@home.example")) if way is Way.IN else (),
        sent_at=None if back is None else moment(back),
        authserv=SERVER,
        authenticity="pass",
    )


def writes(
    book: Book, way: Way, one: Address, other: Address, back: int | None, id_: int, answers: int
) -> None:
    """Collect a letter."""
    book.add_letters([letter(way, one, other, back, id_, answers)])


def meets(
    book: Book, kind: EncounterKind, one: Address, back: int | None, id_: int, *, is_proven: bool = True
) -> None:
    """Write down that something happened."""
    book.meet(person_at(one, NAMES[PEOPLE.index(one)]))
    made = Encounter(kind, moment(back), f"t{id_ % 2}", 1, is_proven, is_proven, "x", f"m{id_}")
    book.add_encounter(one, made)


def tells(book: Book, one: Address, other: Address, back: int | None, file: int, *, joins: bool) -> None:
    """Read a card of an address book, that may make two addresses one person's."""
    card = Encounter(EncounterKind.CARD, moment(back), is_proven=True, source="c", id=f"c{file}")
    told = Trace("Ada Quist", tuple(dict.fromkeys((one, other))), "c", encounters=(card,))
    book.traces.tell(f"c{file}", [told], joins=joins)


def unsays(book: Book, which: int) -> None:
    """Take back one of the words that were said."""
    unsay(book, book.persons.words()[which].id, now=NOW)


DOES: dict[str, Callable[..., object]] = {
    "letter": lambda book, _data, *told: writes(book, *told),
    "met": lambda book, _data, *told: meets(book, *told[:-1], is_proven=told[-1]),
    "told": lambda book, _data, *told: tells(book, *told[:-1], joins=told[-1]),
    "untold": lambda book, _data, file: book.traces.tell(f"c{file}", []),
    "same": lambda book, _data, one, other: say_same(book, one.value, other.value, now=NOW),
    "apart": lambda book, _data, one, other: say_apart(book, one.value, [other.value], now=NOW),
    "unsaid": lambda book, _data, which: unsays(book, which),
    "erased": lambda book, data, one: erase(book, Settings(data), book.person_of(one), now=NOW),
    "trusted": lambda book, _data, yes: book.set_trusted(frozenset({SERVER} if yes else ())),
    "settled": lambda book, _data: book.settle(),
    "days pass": lambda _book, _data, _days: None,
}
"""What each act does."""


def afresh(book: Book, at: datetime) -> dict[str, Closeness]:
    """Return how close everybody is, worked out from all that happened."""
    people = (book.person(str(row[0])) for row in book._tables.rows(_PERSONS))
    told = {one.id: book.encounters_with(one) for one in people if one is not None}
    return {id_: closeness_of(met, at=at) for id_, met in told.items() if met}


def ties_afresh(book: Book, at: datetime) -> dict[str, Tie]:
    """Return what is shared with everybody, from all that happened."""
    return {line.person.id: rounded(line.tie) for line in book.people(at=at)}


def kept_ties(book: Book, at: datetime) -> dict[str, Tie]:
    """Return the same as a list shows it, from what is kept of those with whom much happened."""
    lines = book.people_by_id(book.register.ids(), at=at)
    return {line.person.id: rounded(line.tie) for line in lines}


def rounded(tie: Tie) -> Tie:
    """Return a tie without the last digits of its score, which sums in another order may change."""
    return replace(tie, score=round(tie.score, 6))


@contextmanager
def much(count: int) -> Iterator[None]:
    """Let so many encounters with somebody be many."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("anlass.store.people.closeness._MUCH", count)
        yield


def stirred(book: Book) -> int:
    """Return how many changes wait to become rows."""
    return len(book._tables.rows("SELECT address FROM store_stirred WHERE owner_id = %(owner)s"))


@pytest.mark.slow  # each example fills a book
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(acts, max_size=12))
def test_rows_say_what_working_out_afresh_says(
    new_book: NewBook, tmp_path: Path, told: list[tuple[object, ...]]
) -> None:
    """Whatever was collected, joined, forgotten or said, before rows are made of it and after, on any day.

    So do the ties that are kept, each of them here, else those of people with whom much happened.
    """
    book, at = new_book(), NOW
    book.add_owner_addresses(["olga@home.example"])
    for act in told:
        with suppress(NotFound, Refused, IndexError), much(1):
            DOES[str(act[0])](book, tmp_path, *act[1:])
        at += timedelta(days=int(str(act[1]))) if act[0] == "days pass" else timedelta()
        assert book.register.closeness(at) == afresh(book, at), act
        assert kept_ties(book, at) == ties_afresh(book, at), act
    with much(1):
        book.settle()
    assert stirred(book) == 0
    for later in (at - timedelta(days=90), at, at + timedelta(days=1), at + timedelta(days=90)):
        assert book.register.closeness(later) == afresh(book, later)
        ties = {line.person.id: line.tie for line in book.people(at=later)}
        assert kept_ties(book, later) == ties_afresh(book, later)
        assert book.known_addresses(at=later) == frozenset(
            address.value
            for line in book.people(at=later)
            if line.tie.level is TieLevel.IN_TOUCH
            for address in line.person.addresses
        )
        close = {one.person.id for one in inner_circle(book, at=later)}
        assert close == {id_ for id_, tie in ties.items() if is_close(tie, at=later)}


def test_rows_are_made_once_and_only_of_what_changed(book: Book) -> None:
    """Who is as before keeps the row; what is told again in the same words changes nothing."""
    for one in PEOPLE:
        meets(book, EncounterKind.MEETING, one, 10, PEOPLE.index(one))
    assert stirred(book) == len(PEOPLE) or book._tables.vendor == "postgresql"
    book.settle()
    assert stirred(book) == 0
    meets(book, EncounterKind.MEETING, PEOPLE[0], 10, 0)
    assert stirred(book) == 0
    meets(book, EncounterKind.MEETING, PEOPLE[0], 9, 0)
    assert stirred(book) == 1


def test_a_tie_that_is_kept_names_the_place_that_is_known_now(book: Book) -> None:
    """A calendar that corrects where two met changes what a list says of them, and that alone."""
    for where in ("Kantine", "Mensa"):
        book.meet(person_at(PEOPLE[0], NAMES[0]))
        met = Encounter(EncounterKind.MEETING, moment(10), "", 1, False, True, "x", "m", where)
        book.add_encounter(PEOPLE[0], met)
        with much(1):
            book.settle()
        (line,) = book.people_by_id(book.register.ids(), at=NOW)
        assert line.tie.places == (where,)
    rows = book._tables.rows("SELECT tie FROM store_closeness WHERE owner_id = %(owner)s AND tie <> ''")
    assert len(rows) == 1


def test_what_is_not_kept_in_the_end_makes_no_row(book: Book) -> None:
    """Within somebody else's transaction no row is made, and a rehearsal leaves nothing."""
    meets(book, EncounterKind.MEETING, PEOPLE[0], 10, 0)
    book.settle()
    before = book.register.closeness(NOW)
    with book.rehearsal():
        meets(book, EncounterKind.MEETING, PEOPLE[0], 5, 1)
        book.settle()
        assert stirred(book) == 1
        assert book.register.closeness(NOW) == afresh(book, NOW) != before
    assert (stirred(book), book.register.closeness(NOW)) == (0, before)


@pytest.mark.postgres
def test_rows_wait_while_somebody_else_writes(book: Book) -> None:
    """What another has written and not yet ended is neither overlooked nor waited for."""
    if book._tables.vendor != "postgresql":
        pytest.skip("On SQLite whoever writes is alone.")
    meets(book, EncounterKind.MEETING, PEOPLE[0], 10, 0)

    def look() -> None:
        book.settle()
        seen.append(stirred(book))
        connections[book._tables.using].close()

    seen, before = list[int](), stirred(book)
    with book.together():
        meets(book, EncounterKind.CARD, PEOPLE[0], 5, 1)
        other = Thread(target=look)
        other.start()
        other.join()
    assert seen == [before] != [0]
    assert book.register.closeness(NOW) == afresh(book, NOW)
    book.settle()
    assert stirred(book) == 0
    assert book.register.closeness(NOW) == afresh(book, NOW)
