"""Owners move in: each gets so many copies, few of them very many, all by a few statements."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

import psycopg

from anlass.store.cases.search import _mark as mark_of
from bench.scale.copies import (
    CHANGES,
    CIRCLES,
    MARK,
    ONCE,
    ROOM,
    Copy,
    Pattern,
    changed,
    columns_of,
    journal,
)

Link = psycopg.Connection[tuple[Any, ...]]
_SPREAD = 1.2
"""How unlike owners are: of a thousand the middle one has half of the mean."""
_BIGGEST = 0.05
"""The share of the biggest owner, among so many that this is more than three times the mean."""
_CASES_OF_ONE = 20_000
_JOURNAL = ("id", "happened", "act", "about", "content")


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is in all."""

    owners: int
    encounters: int
    cases: int

    def __str__(self) -> str:
        return f"{self.owners:,} owners, {self.encounters:,} encounters, {self.cases:,} cases"


@dataclass(frozen=True, slots=True)
class Tenant:
    """One owner: which copies are theirs, and how many of these brought cases."""

    id: str
    first: int
    copies: int
    judged: int


def tenants(size: Size, patterns: Sequence[Pattern], *, seed: int = 1) -> tuple[Tenant, ...]:
    """Return the owners, the biggest first; together they have what the size says, to a few of a hundred."""
    dice = Random(f"{seed}:tenants")
    per_copy = sum(one.encounters for one in patterns) / len(patterns)
    judged_per_copy = sum(one.cases for one in patterns) / len(patterns)
    copies = size.encounters / per_copy
    biggest = max(_BIGGEST, min(0.3, 3 / size.owners)) * copies
    weights = sorted((dice.lognormvariate(0, _SPREAD) for _ in range(size.owners - 1)), reverse=True)
    counts = [biggest] + [
        min(one * (copies - biggest) / math.fsum(weights), 0.8 * biggest) for one in weights
    ]
    wanted = min(1.0, size.cases / (copies * judged_per_copy))
    room = max(1, round(biggest))
    found = []
    for number, count in enumerate(counts):
        own = max(1, round(count))
        judged = max(1, round(own * wanted))
        if own * judged_per_copy > _CASES_OF_ONE:
            judged = min(judged, round(_CASES_OF_ONE / judged_per_copy))
        found.append(Tenant(f"o{number:04d}", dice.randrange(max(1, room - own + 1)), own, judged))
    return tuple(found)


def fill(link: Link, size: Size, patterns: Sequence[Pattern]) -> tuple[Tenant, ...]:
    """Fill an empty memory with owners of this size and return them, the biggest first."""
    found = tenants(size, patterns)
    _stage(link, patterns, max(one.first + one.copies for one in found))
    _tell(link, found)
    with _without_indexes(link):
        for table in (*CHANGES, "journalentry"):
            _move(link, table, patterns[0])
        for table in CIRCLES:
            _move(link, table, patterns[0], is_circle=True)
        for table in ONCE:
            _move_once(link, table, patterns[0])
    link.execute("DROP SCHEMA bench CASCADE")
    link.commit()
    link.autocommit = True
    link.execute("VACUUM ANALYZE")
    link.autocommit = False
    return found


def _run(link: Link, sql: str, values: Sequence[object] = ()) -> None:
    link.execute(sql, values)


def _columns(table: str, pattern: Pattern) -> list[str]:
    return list(_JOURNAL) if table == "journalentry" else columns_of(pattern, table)


def _stage(link: Link, patterns: Sequence[Pattern], copies: int) -> None:
    """Write all copies that anybody gets into staging tables, each once."""
    _run(link, "CREATE SCHEMA bench")
    for table in (*CHANGES, *CIRCLES, "journalentry"):
        names = ", ".join(f'"{one}"' for one in _columns(table, patterns[0]))
        _run(
            link,
            f'CREATE UNLOGGED TABLE bench."{table}" AS SELECT 0 AS copy, {names} FROM store_{table} LIMIT 0',
        )
    _run(link, 'ALTER TABLE bench."case" ALTER COLUMN words TYPE text')
    for table in CHANGES:
        _load(link, table, patterns[0], (_told(patterns, table, number) for number in range(copies)))
    for table in CIRCLES:
        circles = range(min(copies, ROOM))
        _load(link, table, patterns[0], (_told(patterns, table, number) for number in circles))
    lines = (_journal(patterns, number) for number in range(copies))
    _load(link, "journalentry", patterns[0], lines)
    for table in (*CHANGES, *CIRCLES, "journalentry"):
        _run(link, f'CREATE INDEX ON bench."{table}" (copy)')
        _run(link, f'ANALYZE bench."{table}"')
    link.commit()


Numbered = tuple[int, Iterator[tuple[Any, ...]]]


def _copy_of(patterns: Sequence[Pattern], number: int) -> Copy:
    return Copy(patterns[number % len(patterns)], number)


def _told(patterns: Sequence[Pattern], table: str, number: int) -> Numbered:
    return number, changed(_copy_of(patterns, number), table)


def _journal(patterns: Sequence[Pattern], number: int) -> Numbered:
    copy = _copy_of(patterns, number)
    return number, journal(copy, list(changed(copy, "case")))


def _load(link: Link, table: str, pattern: Pattern, told: Iterator[Numbered]) -> None:
    names = ", ".join(f'"{one}"' for one in ["copy", *_columns(table, pattern)])
    sql = f'COPY bench."{table}" ({names}) FROM STDIN'
    with link.cursor() as cursor, cursor.copy(sql) as copy:
        for number, rows in told:
            for row in rows:
                copy.write_row((number, *row))


def _tell(link: Link, found: Sequence[Tenant]) -> None:
    """Write down who moves in, with the mark that their words begin with."""
    _run(link, "CREATE TABLE bench.tenant (id text, first int, last int, judged int, mark text)")
    with link.cursor() as cursor:
        with cursor.copy("COPY bench.tenant FROM STDIN") as copy:
            for one in found:
                copy.write_row(
                    (one.id, one.first, one.first + one.copies, one.first + one.judged, mark_of(one.id))
                )
        cursor.execute("ANALYZE bench.tenant")
        cursor.execute(
            "INSERT INTO store_owner (id, name, about, settings, trusted)"
            " SELECT id, '', '', '{}', '[\"mx.anlass.example\"]' FROM bench.tenant ON CONFLICT DO NOTHING"
        )


_JUDGED = frozenset({"case", "sketch", "sketchband", "journalentry"})


def _move(link: Link, table: str, pattern: Pattern, *, is_circle: bool = False) -> None:
    """Give every owner the rows of their copies; the words of cases begin with their mark."""
    columns = _columns(table, pattern)
    names = ", ".join(f'"{one}"' for one in columns)
    taken = ", ".join(
        f"replace(s.words, '{MARK}', t.mark)::tsvector" if (table, one) == ("case", "words") else f's."{one}"'
        for one in columns
    )
    last = "judged" if table in _JUDGED else "last"
    holds = (
        f"mod(s.copy - t.first + {ROOM} * 1000, {ROOM}) < t.last - t.first"
        if is_circle
        else f"s.copy >= t.first AND s.copy < t.{last}"
    )
    _run(
        link,
        f"INSERT INTO store_{table} (owner_id, {names}) SELECT t.id, {taken}"
        f' FROM bench.tenant t JOIN bench."{table}" s ON {holds}',
    )
    link.commit()


def _move_once(link: Link, table: str, pattern: Pattern) -> None:
    columns = columns_of(pattern, table)
    names = ", ".join(f'"{one}"' for one in columns)
    place = pattern.rows[table][0].index("owner_id")
    marks = ", ".join("%s" for _ in columns)
    for row in pattern.rows[table][1]:
        values = [one for number, one in enumerate(row) if number != place]
        sql = f"INSERT INTO store_{table} (owner_id, {names}) SELECT id, {marks} FROM bench.tenant"
        _run(link, sql, values)
    link.commit()


@contextmanager
def _without_indexes(link: Link) -> Iterator[None]:
    """Take the indexes of the filled tables away, and make them anew when all is in: that is far faster."""
    tables = [f"store_{one}" for one in (*CHANGES, *CIRCLES, "journalentry")]
    keys = link.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype IN ('p', 'f') AND conrelid::regclass::text = ANY(%s) ORDER BY contype DESC",
        [tables],
    ).fetchall()
    others = link.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexname NOT IN"
        " (SELECT conname FROM pg_constraint)",
        [tables],
    ).fetchall()
    for table, name, _ in sorted(keys, key=lambda one: "FOREIGN" not in one[2]):
        _run(link, f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, _ in others:
        _run(link, f'DROP INDEX "{name}"')
    link.commit()
    yield
    for table, name, made in sorted(keys, key=lambda one: "FOREIGN" in one[2]):
        _run(link, f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {made}')
    for _, made in others:
        _run(link, made)
    link.commit()
