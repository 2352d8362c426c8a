"""Wishes at scale: an organiser's server with simulated clients, measured step by step.

python -m bench.wishes PEOPLE [--quota 30] [--database postgresql://...] [--scratch DIR]

Clients are simulated: their uploads are made of a few hashes instead of keys, a third of their wishes mutual,
with the same bytes on the way. Everything from the arrival of an upload on is the program itself: who comes
by a link is looked up, and the upload taken, in as many threads as the server has. Beside the seconds of each
step stand the CPU seconds of the program and of the database, which other work on the machine moves less.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from hashlib import blake2b, shake_128
from pathlib import Path

import psycopg

from anlass.desk.wishes.hosting import open_event, open_round
from anlass.desk.wishes.keys import KeyRing
from anlass.desk.wishes.steps import take_steps
from anlass.desk.wishes.taking_part import Taken, results, upload, visit
from anlass.outreach.wish import SLOT, TOKEN
from anlass.outreach.wish_event import Ticket, WishEvent, link_digest
from anlass.outreach.wish_times import Timetable, timetable
from anlass.store import open_book
from anlass.store.book import Book

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TIMES = timetable(NOW, NOW + timedelta(hours=20), NOW + timedelta(hours=36))
MUTUAL = 10
"""Of every 30 wishes so many are mutual; friends stand next to each other in a ring."""
_THREADS = 4
"""As many as the pages are served with."""


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
    """Seconds, CPU seconds and memory of each step; `server` is the number of the database's process."""

    def __init__(self, server: int = 0) -> None:
        self._server = server
        self.seconds: dict[str, float] = {}
        self.cpu: dict[str, float] = {}
        self.megabytes: dict[str, int] = {}

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        """Measure a step."""
        begin, worked = time.perf_counter(), self._worked()
        yield
        self.seconds[step] = round(time.perf_counter() - begin, 2)
        self.cpu[step] = round(self._worked() - worked, 2)
        self.megabytes[step] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

    def _worked(self) -> float:
        return time.process_time() + (_family_worked(self._server) if self._server else 0.0)


def _family_worked(parent: int) -> float:
    """Return the CPU seconds of a process and all its children, those that ended too; zero without /proc."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text().rpartition(")")
        except OSError:  # it ended meanwhile
            continue
        fields = rest.split()
        is_parent = int(name.partition(" ")[0]) == parent
        if is_parent or int(fields[1]) == parent:
            ticks += sum(map(int, fields[11:15] if is_parent else fields[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def server_of(database: str) -> int:
    """Return the number of the process that PostgreSQL's others are children of; 0 for SQLite or afar."""
    if not database:
        return 0
    with psycopg.connect(database) as link:
        row = link.execute("SELECT pg_backend_pid()").fetchone()
        stat = Path(f"/proc/{row[0] if row else 0}/stat")
        return int(stat.read_text().rpartition(")")[2].split()[1]) if stat.exists() else 0


def filled(book: Book, people: int, quota: int, times: Timetable = TIMES) -> WishEvent:
    """Return an event with everybody in it, each with a key, before its first round."""
    event = open_event(book, f"bench {people}", quota=quota)
    part: list[tuple[Ticket, str]] = []
    for ticket, link in tickets(people):
        part.append((ticket, link))
        if len(part) == 5_000:
            _admitted(book, event, part)
            part = []
    _admitted(book, event, part)
    open_round(book, event, times)
    return event


def _admitted(book: Book, event: WishEvent, part: list[tuple[Ticket, str]]) -> None:
    with book.together():
        book.wishes.admit(event.id, part)
        for ticket, _ in part:
            book.wishes.join(event.id, ticket.pid, ticket.public or b"", 0)


def whole_round(data: str, people: int, quota: int, ring: KeyRing, owner: str) -> dict[str, object]:
    """Hold a whole round and return what each step took."""
    book = open_book(data, owner)
    clock = Clock(server_of(data if "://" in data else ""))
    with clock("joining (not counted)"):
        event = filled(book, people, quota)
    with clock("freeze"):
        _step(book, ring, TIMES.freeze)
    with clock("uploads"):
        _uploaded((data, owner), ring, people, quota)
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
    counted, worked = (
        sum(took for step, took in steps.items() if "not counted" not in step)
        for steps in (clock.seconds, clock.cpu)
    )
    left = book.wishes.shelf.left(event.id, 1)
    book.close()
    shown: dict[str, object] = {
        "people": people,
        "wishes": people * quota,
        "seconds": round(counted, 2),
        "left": left,
    }
    shown |= {"cpu": round(worked, 2), "steps": clock.seconds, "cpu_steps": clock.cpu}
    return {**shown, "megabytes": clock.megabytes}


def _step(book: Book, ring: KeyRing, now: datetime) -> None:
    if not list(take_steps(book, ring, now=now)):
        raise RuntimeError("no step was due")


def _uploaded(place: tuple[str, str], ring: KeyRing, people: int, quota: int) -> None:
    """Upload as everybody, in threads with a connection each, as the pages do."""

    def part(first: int) -> None:
        book = open_book(*place)
        for number in range(first, people, _THREADS):
            who = visit(book, str(number), now=TIMES.freeze)
            body = envelope(number, people, quota)
            if who is None or upload(book, ring, who, body, now=TIMES.freeze) is not Taken.TAKEN:
                raise RuntimeError("an upload was not taken")
        book.close()

    with ThreadPoolExecutor(_THREADS) as pool:
        list(pool.map(part, range(_THREADS)))


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
    parser.add_argument("--scratch", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="anlass-wishes-", dir=given.scratch) as folder:
        data, owner = given.database or folder, f"bench-{time.time_ns()}"
        ring = KeyRing(Path(folder) / "keys")
        found = whole_round(data, given.people, given.quota, ring, owner)
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
