"""Wishes at scale: an organiser's server with simulated clients, measured step by step.

python -m bench.wishes PEOPLE [--quota 30] [--database postgresql://...] [--rush 500] [--scratch DIR]

Clients are not measured: their uploads are made of a few hashes instead of keys, a third of their wishes
mutual, with the same bytes on the way. Everything from the arrival of an upload on is the program itself.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b, shake_128
from pathlib import Path

from anlass.desk.wish_hosting import open_event, open_round
from anlass.desk.wish_keys import KeyRing
from anlass.desk.wish_steps import take_steps
from anlass.desk.wishing import Taken, Visit, results, upload, visit
from anlass.outreach.wish import SLOT, TOKEN
from anlass.outreach.wish_event import Ticket, WishEvent, link_digest
from anlass.outreach.wish_times import timetable
from anlass.store import open_book
from anlass.store.book import Book

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TIMES = timetable(NOW, NOW + timedelta(hours=20), NOW + timedelta(hours=36))
MUTUAL = 10
"""Of every 30 wishes so many are mutual; friends stand next to each other in a ring."""
_THREADS = 8


def seed(*parts: int) -> bytes:
    """Return sixteen bytes made of numbers."""
    return blake2b(",".join(map(str, parts)).encode(), digest_size=16).digest()


def pid_of(number: int) -> bytes:
    """Return the ticket of somebody."""
    return seed(1, number)


def envelope(number: int, people: int, quota: int) -> bytes:
    """Return what somebody's client uploads: tokens shared with neighbours both ways, the rest noise."""
    mutual = min(quota * MUTUAL // 30, people - 1)
    noise = shake_128(seed(2, number)).digest(quota * SLOT)
    slots = [noise[at : at + SLOT] for at in range(0, len(noise), SLOT)]
    for place in range(mutual):
        step = place // 2 + 1
        other = (number + step if place % 2 else number - step) % people
        slots[place] = seed(3, *sorted((number, other)))[:TOKEN] + slots[place][TOKEN:]
    return b"".join(sorted(slots))


def tickets(people: int) -> Iterator[tuple[Ticket, str]]:
    """Yield everybody's ticket, and the digest of its link."""
    for number in range(people):
        public = seed(4, number) + seed(5, number)[:15] + b"\0"
        yield Ticket(pid_of(number), f"Person {number}", "", public), link_digest(str(number))


class Clock:
    """Times and memory of each step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.megabytes: dict[str, int] = {}

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        """Measure a step."""
        begin = time.perf_counter()
        yield
        self.seconds[step] = round(time.perf_counter() - begin, 2)
        self.megabytes[step] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def filled(book: Book, people: int, quota: int) -> WishEvent:
    """Return an event with everybody in it, each with a key, before its first round."""
    event = open_event(book, f"bench {people}", quota=quota)
    part: list[tuple[Ticket, str]] = []
    for ticket, link in tickets(people):
        part.append((ticket, link))
        if len(part) == 5_000:
            _admitted(book, event, part)
            part = []
    _admitted(book, event, part)
    open_round(book, event, TIMES)
    return event


def _admitted(book: Book, event: WishEvent, part: list[tuple[Ticket, str]]) -> None:
    with book.together():
        book.wishes.admit(event.id, part)
        for ticket, _ in part:
            book.wishes.join(event.id, ticket.pid, ticket.public or b"", 0)


def rush(data: str, owner: str, ring: KeyRing, people: int, quota: int) -> tuple[int, float]:
    """Let everybody upload in the last minute, over several connections; return failures and seconds."""
    late = TIMES.match - timedelta(seconds=30)

    def one(number: int) -> bool:
        book = open_book(data, owner)
        who = visit(book, str(number), now=late)
        return (
            who is None
            or upload(book, ring, who, envelope(number, people, quota), now=late) is not Taken.TAKEN
        )

    begin = time.perf_counter()
    with ThreadPoolExecutor(_THREADS) as pool:
        failed = sum(pool.map(one, range(people)))
    return failed, time.perf_counter() - begin


def whole_round(data: str, people: int, quota: int, ring: KeyRing, owner: str) -> dict[str, object]:
    """Hold a whole round and return what each step took."""
    book, clock = open_book(data, owner), Clock()
    with clock("joining (not counted)"):
        event = filled(book, people, quota)
    with clock("freeze"):
        _step(book, ring, TIMES.freeze)
    who = visit(book, "0", now=TIMES.freeze)
    assert who is not None
    with clock("uploads, made and taken"):
        _uploaded(book, ring, who, people, quota)
    with clock("making them alone (not counted)"):
        for number in range(people):
            envelope(number, people, quota)
    with clock("match"):
        _step(book, ring, TIMES.match)
    with clock("release"):
        _step(book, ring, TIMES.release)
    with clock("fifty of the answers"):
        for number in range(0, people, max(1, people // 50)):
            opened = visit(book, str(number), now=TIMES.release)
            assert opened is not None
            _check(results(book, ring, opened), number, people, quota)
    with clock("forget"):
        _step(book, ring, TIMES.forget)
    counted = sum(took for step, took in clock.seconds.items() if "not counted" not in step)
    counted -= clock.seconds["making them alone (not counted)"]
    left = book.wishes.shelf.left(event.id, 1)
    book.close()
    shown = {"people": people, "wishes": people * quota, "seconds": round(counted, 2), "left": left}
    return {**shown, "steps": clock.seconds, "megabytes": clock.megabytes}


def _step(book: Book, ring: KeyRing, now: datetime) -> None:
    if not list(take_steps(book, ring, now=now)):
        raise RuntimeError("no step was due")


def _uploaded(book: Book, ring: KeyRing, who: Visit, people: int, quota: int) -> None:
    """Upload as everybody; a visit a person costs a look at the ticket, as in the program."""
    for number in range(people):
        found = book.wishes.behind(link_digest(str(number)))
        assert found is not None
        visitor = replace(who, ticket=found[1])
        if upload(book, ring, visitor, envelope(number, people, quota), now=TIMES.freeze) is not Taken.TAKEN:
            raise RuntimeError("an upload was not taken")


def _check(release: bytes | None, number: int, people: int, quota: int) -> None:
    """Every mutual wish of somebody is in what they get, and nothing else that they could know."""
    tokens = {(release or b"")[at : at + TOKEN] for at in range(0, len(release or b""), SLOT)}
    mine = envelope(number, people, quota)
    own = {mine[at : at + TOKEN] for at in range(0, len(mine), SLOT)}
    if len(own & tokens) != min(quota * MUTUAL // 30, people - 1):
        raise RuntimeError("an answer lacks a match")


def main() -> int:
    """Measure what was asked for and print it as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.wishes")
    parser.add_argument("people", type=int)
    parser.add_argument("--quota", type=int, default=30)
    parser.add_argument("--database", default="", help="a PostgreSQL address; SQLite where none is named")
    parser.add_argument(
        "--rush", type=int, default=0, help="so many upload in the last minute, at the same time"
    )
    parser.add_argument("--scratch", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="anlass-wishes-", dir=given.scratch) as folder:
        data, owner = given.database or folder, f"bench-{time.time_ns()}"
        ring = KeyRing(Path(folder) / "keys")
        found = whole_round(data, given.people, given.quota, ring, owner)
        if given.rush:
            book = open_book(data, f"{owner}-rush")
            filled(book, given.rush, given.quota)
            _step(book, ring, TIMES.freeze)
            failed, took = rush(data, f"{owner}-rush", ring, given.rush, given.quota)
            found["rush"] = {"people": given.rush, "failed": failed, "seconds": round(took, 2)}
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
