"""Measure a server at several sizes: `python -m bench.scale --size OWNERS,ENCOUNTERS,CASES`, repeatable."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from bench.scale import looks, pages, served, works
from bench.scale.copies import Pattern, read_pattern
from bench.scale.moving_in import Size, Tenant, fill
from bench.scale.pattern import anlass, make_patterns, names
from tests import servers

SETTINGS: dict[str, object] = {
    "max_connections": 300,
    "shared_buffers": "2GB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "1GB",
    "max_locks_per_transaction": 128,
    "jit": "off",
}
"""How PostgreSQL is set up beside what tests say: a small server's memory, and no just-in-time compiling."""
PROCESSES = 2
"""Of `anlass serve`."""


def size_of(text: str) -> Size:
    """Return the size that a word of the command line names."""
    owners, encounters, cases = (int(one) for one in text.split(","))
    return Size(owners, encounters, cases)


def measured(
    folder: Path, database: str, found: tuple[Tenant, ...], postgres: int, *, visits: int
) -> Iterator[str]:
    """Yield what was measured on one filled server, line by line."""
    lines = [f'[store]\ndatabase = "{database}"\n', '[server]\naddress = "http://127.0.0.1"\n']
    (folder / "anlass.toml").write_text("".join(lines), encoding="utf-8")
    chosen = {"median": found[len(found) // 2].id, "big": found[min(10, len(found) // 5)].id}
    chosen["biggest"] = found[0].id
    yield from _weight(database, chosen)
    with served.serving(folder, PROCESSES) as places:
        told = served.logged_in(folder, list(chosen.values()))
        for name, owner in chosen.items():
            browsers = served.browsers(places, told[owner]["cookie"])
            for taken in pages.asked(browsers, told[owner], visits=visits):
                yield f"page, {name} owner, {taken}"
        yield f"connections of {PROCESSES} `anlass serve`: {_connections(database)}"
    for act, (maildir, letters) in (
        ("collect", works.history(folder)),
        ("screen", works.requests(folder)),
    ):
        for name, owner in (("an empty house", f"empty-{act}"), ("the biggest house", found[0].id)):
            done = works.worked(act, maildir, letters, works.home_of(folder, owner), [postgres])
            yield f"anlass {act}, {name}: {done}"
    for line in looks.looks_of(works.home_of(folder, found[0].id), [postgres]):
        yield f"the biggest house, {line}"
    told_of = works.round_of(folder)
    yield "anlass work --all: " + ", ".join(f"{name} {value:.1f}" for name, value in told_of.items())


def _weight(database: str, chosen: dict[str, str]) -> Iterator[str]:
    with psycopg.connect(database) as link:
        (size,) = link.execute("SELECT pg_database_size(current_database())").fetchone() or (0,)
        for table in ("letter", "encounter", "case", "person", "journalentry"):
            asked = f"SELECT count(*), pg_total_relation_size('store_{table}') FROM store_{table}"
            count, on_disk = link.execute(asked).fetchone() or (0, 0)
            yield f"{table}: {count:,} rows, {on_disk / max(1, count):,.0f} bytes each with indexes"
        yield f"database: {size / 1e9:.2f} GB"
        for name, owner in chosen.items():
            each = [
                (
                    link.execute(f"SELECT count(*) FROM store_{one} WHERE owner_id = %s", [owner]).fetchone()
                    or (0,)
                )[0]
                for one in ("encounter", "case", "person")
            ]
            yield f"the {name} owner: {each[0]:,} encounters, {each[1]:,} cases, {each[2]:,} persons"


def _connections(database: str) -> int:
    with psycopg.connect(database) as link:
        asked = (
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int((link.execute(asked).fetchone() or (0,))[0])


def _patterns(scratch: Path, database: str) -> list[Pattern]:
    folder = scratch / "patterns"
    folder.mkdir()
    make_patterns(folder, database)
    with psycopg.connect(database) as link:
        return [read_pattern(link, name) for name in names()]


def _filled(folder: Path, database: str, size: Size, patterns: list[Pattern]) -> tuple[Tenant, ...]:
    folder.mkdir()
    (folder / "anlass.toml").write_text(f'[store]\ndatabase = "{database}"\n', encoding="utf-8")
    anlass("owners", "--data", folder)
    link: psycopg.Connection[tuple[Any, ...]]
    with psycopg.connect(database) as link:
        return fill(link, size, patterns)


def main() -> int:
    """Fill and measure each size that was asked for, and print what came out."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description="Measure many owners.")
    parser.add_argument("--size", action="append", type=size_of, help="OWNERS,ENCOUNTERS,CASES; repeatable")
    parser.add_argument("--visits", type=int, default=pages.VISITS, help="of each kind of page")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="anlass-scale-") as name, servers.postgres(SETTINGS) as running:
        patterns = _patterns(Path(name), running.create("patterns"))
        for number, size in enumerate(given.size or [Size(10, 100_000, 10_000)]):
            print(f"\n{size}", flush=True)
            folder, database = Path(name) / str(number), running.create(f"scale{number}")
            found = _filled(folder, database, size, patterns)
            for line in measured(folder, database, found, running.process, visits=given.visits):
                print(f"  {line}", flush=True)
            running.drop(f"scale{number}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
