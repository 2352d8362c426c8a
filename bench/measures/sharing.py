"""What do I share with one person? Asked of a memory with a million encounters."""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from random import Random

import numpy as np

from anlass.ledger import tie_of
from anlass.people import Address, AddressKind, person_id
from anlass.store import OWNER, open_book
from anlass.store.settings import FILE
from bench.report import Row
from bench.setting import Setting

ENCOUNTERS, PEOPLE, ASKED = 1_000_000, 50_000, 1_000
BEGIN, YEARS = 1_300_000_000, 400_000_000
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def fill(bench: Setting) -> list[str]:
    """Write a million letters with fifty thousand people, a few of them frequent; return the people's ids."""
    folder = bench.scratch / "million"
    open_book(folder).close()
    rng = np.random.default_rng(bench.seed)
    who = (rng.zipf(1.3, ENCOUNTERS) % PEOPLE).tolist()
    when = rng.integers(BEGIN, BEGIN + YEARS, ENCOUNTERS).tolist()
    turns = rng.integers(0, 4, ENCOUNTERS)
    addresses = [f"person-{number}@example.org" for number in range(PEOPLE)]
    ids = [person_id(Address(AddressKind.MAIL, address)) for address in addresses]
    met = (
        (
            OWNER,
            f"{at:020x}",
            ids[who[at]],
            "mail_out" if turn % 2 else "mail_in",
            when[at],
            at // 4 + 1,
            1,
            turn > 1,
            1,
            "",
            "",
        )
        for at, turn in enumerate(turns.tolist())
    )
    with closing(sqlite3.connect(folder / FILE)) as base, base:
        base.execute("PRAGMA cache_size=-500000")  # or its index were written again and again
        base.execute("DROP INDEX encounter_address")
        base.executemany(
            "INSERT INTO store_person (owner_id, id, name, named) VALUES (?, ?, '', 0)",
            ((OWNER, one) for one in ids),
        )
        base.executemany(
            "INSERT INTO store_personaddress (owner_id, id, kind, value, person) VALUES (?, ?, 'mail', ?, ?)",
            ((OWNER, one, address, one) for one, address in zip(ids, addresses, strict=True)),
        )
        base.executemany(
            "INSERT INTO store_encounter (owner_id, id, address, kind, happened, thread, others, is_turn,"
            " is_proven, source, place) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            met,
        )
        base.execute(
            'CREATE INDEX encounter_address ON store_encounter ("owner_id", "address")'
        )  # as the model has it
    return [ids[number] for number in sorted(set(who))]


def measure(bench: Setting) -> Iterator[Row]:
    """Ask for a thousand people, whoever comes, one after the other in one process."""
    people = Random(f"{bench.seed}:asked").sample(fill(bench), ASKED)
    book = open_book(bench.scratch / "million")
    taken = []
    for id_ in people:
        begin = time.perf_counter()
        person = book.person(id_)
        if person is not None:
            tie_of(book.encounters_with(person), at=NOW)
        taken.append(time.perf_counter() - begin)
    taken.sort()
    figure = (
        f"{statistics.median(taken) * 1000:.2f} ms, 99 of 100 within {taken[int(ASKED * 0.99)] * 1000:.1f} ms"
    )
    size = (bench.scratch / "million" / FILE).stat().st_size / 1_000_000
    yield Row("what is shared with one person", figure, "1 ms, 5 ms", f"a million encounters, {size:.0f} MB")
