"""Pages of persons: what one page of the register costs where ten thousand people are known."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median

from anlass.desk.people.circle import inner_circle
from anlass.desk.people.persons import proposals
from anlass.desk.people.register import Order, register
from anlass.ledger import Encounter, EncounterKind
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind
from anlass.store import open_book
from anlass.store.book import Book
from bench.report import Row
from bench.setting import Setting

PEOPLE, TIMES = 10_000, 5
NOW = datetime(2026, 11, 22, tzinfo=UTC)
_GIVEN = (
    "Anna Bernd Carla Dieter Eva Frank Gisela Hans Ida Jonas Karin Lena Max Nora Otto Paula Rita Sven".split()
)
_FAMILY = "Ahl Berg Claus Dorn Ecker Fink Grab Holz Immer Jung Kahl Lind Mohr".split()
_ENDS = "mann er inger stein au bach feld".split()


def measure(bench: Setting) -> Iterator[Row]:
    """Sort, search and compare people, half of whom wrote once and half of whom up to forty times."""
    book = open_book(bench.scratch / "people")
    encounters = _fill(book, Random(f"{bench.seed}:people"))
    note = f"{PEOPLE} people, {encounters} encounters, SQLite"
    for name, order, search in (
        ("by tie", Order.TIE, ""),
        ("by the latest encounter", Order.LAST, ""),
        ("by name", Order.NAME, ""),
        ("of those found by a name", Order.TIE, "anna ber"),
    ):
        used = median(_seconds(book, order, search) for _ in range(TIMES))
        yield Row(f"a page of people, {name}", f"{1000 * used:.0f} ms of CPU", "", note)
    for name, work in (
        ("the inner circle", lambda: list(inner_circle(book, at=NOW))),
        ("who may be one person", lambda: proposals(book)),
    ):
        begin = time.process_time()
        work()
        yield Row(name, f"{1000 * (time.process_time() - begin):.0f} ms of CPU", "", note)
    book.close()


def _seconds(book: Book, order: Order, search: str) -> float:
    begin = time.process_time()
    register(book, now=NOW, lang="de", order=order, search=search)
    return time.process_time() - begin


def _fill(book: Book, dice: Random) -> int:
    """Write down people who wrote and were written to; return how often."""
    return sum(book.traces.tell(f"people {part}", _people(part, dice)).encounters for part in range(10))


def _people(part: int, dice: Random) -> Iterator[Trace]:
    for number in range(part * PEOPLE // 10, (part + 1) * PEOPLE // 10):
        name = f"{dice.choice(_GIVEN)} {dice.choice(_FAMILY)}{dice.choice(_ENDS)}"
        address = Address(AddressKind.MAIL, f"{number}@firma{number % 700}.example")
        letters = 1 if dice.random() < 0.5 else dice.choice((3, 8, 20, 40))
        since = NOW - timedelta(days=dice.randrange(3000))
        told = tuple(_letter(number, each, since) for each in range(letters))
        yield Trace(name, (address,), "bench", told)


def _letter(person: int, number: int, since: datetime) -> Encounter:
    kind = EncounterKind.MAIL_OUT if number % 2 else EncounterKind.MAIL_IN
    return Encounter(
        kind,
        since - timedelta(days=3 * number),
        f"{person} {number // 4}",
        is_turn=number > 0,
        is_proven=True,
        source="bench",
        id=f"{person}-{number}",
    )
