"""Opening a memory: made in one step or by all steps it has one shape, and an old one is renewed."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from django.core.management import call_command
from django.db import connections

from anlass.errors import ConfigError, StoreError
from anlass.store import open_book
from anlass.store.opening import database_of, forget_opened
from anlass.store.safekeeping import renewing
from anlass.store.safekeeping.archive import read_archive
from anlass.store.safekeeping.steps import known_steps, taken_steps
from anlass.store.settings import FILE, postgres

Shape = dict[str, tuple[frozenset[tuple[object, ...]], frozenset[tuple[object, ...]]]]


def shape(folder: Path) -> Shape:
    """Return the columns of every table of the store with their types, and its indexes with their columns."""
    with closing(sqlite3.connect(folder / FILE)) as base, base:
        tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            table: (
                frozenset(row[1:] for row in base.execute(f"PRAGMA table_info({table})")),
                frozenset(
                    (
                        index[1],
                        *index[2:],
                        *(row[2] for row in base.execute(f"PRAGMA index_info({index[1]})")),
                    )
                    for index in base.execute(f"PRAGMA index_list({table})")
                ),
            )
            for table in tables
            if table.startswith("store_")
        }


def steps(folder: Path) -> list[tuple[str, str]]:
    """Return the steps that a memory is written down to have taken."""
    with closing(sqlite3.connect(folder / FILE)) as base, base:
        return list(base.execute("SELECT app, name FROM django_migrations ORDER BY name"))


def with_a_foreign_table(folder: Path) -> Path:
    """Return a folder whose database is not empty, so that it goes through all the steps."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / FILE)) as base, base:
        base.execute("CREATE TABLE elsewhere (a)")
    return folder


@pytest.mark.slow  # all the steps that there ever were
def test_memory_made_at_once_has_the_shape_that_all_steps_lead_to(tmp_path: Path) -> None:
    """Columns, types, defaults, keys and indexes are equal, and so is the list of steps."""
    at_once, by_steps = tmp_path / "at-once", with_a_foreign_table(tmp_path / "by-steps")
    for folder in (at_once, by_steps):
        open_book(folder).close()
    assert shape(at_once) == shape(by_steps)
    assert steps(at_once) == steps(by_steps)
    assert shape(at_once)


def test_memory_of_an_older_shape_is_renewed(tmp_path: Path) -> None:
    """Where the last step is not written down, it is taken; what is kept stays."""
    now, old = tmp_path / "now", with_a_foreign_table(tmp_path / "old")
    open_book(now).add_owner_addresses({"olga@home.example"})
    before, newest = steps(now)[-2:]
    with closing(sqlite3.connect(now / FILE)) as base, closing(sqlite3.connect(old / FILE)) as copy:
        base.backup(copy)
    step_back(old, before[1])
    assert steps(old)[-1] == before
    book = open_book(old)
    assert steps(old)[-1] == newest
    assert shape(old) == shape(now)
    assert book.owner_addresses() == {"olga@home.example"}


def step_back(folder: Path, step: str) -> None:
    """Bring a memory to the shape it had after an earlier step."""
    alias = "of-an-older-shape"
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / FILE)}
    connections.databases[alias] = connections.configure_settings({"default": database})["default"]
    try:
        call_command("migrate", "store", step, database=alias, interactive=False, verbosity=0)
    finally:
        connections[alias].close()
        del connections.databases[alias]


class Full(NamedTuple):
    """A disk with little room left."""

    total: int
    used: int
    free: int


@pytest.mark.parametrize("where", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_memory_is_renewed_without_room_for_a_backup_only_where_there_is_one(
    where: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is touched where the backup does not fit, unless the owner keeps one of just this step."""
    is_server = where == "postgres"
    place = request.getfixturevalue("postgres").create("no_room") if is_server else tmp_path / "house"
    alias, keep, (before, newest) = database_of(place), tmp_path / "kept", sorted(known_steps())[-2:]
    keep.mkdir()

    def age() -> None:
        """Let the memory be of the last but one step again."""
        call_command("migrate", "store", before, database=alias, interactive=False, verbosity=0)
        forget_opened(alias)

    open_book(place, keep=keep).add_owner_addresses({"olga@home.example"})
    age()
    with monkeypatch.context() as disk:
        disk.setattr(renewing, "disk_usage", lambda _: Full(10**9, 10**9 - 4096, 4096))
        for said in ("", newest[:4]):
            with pytest.raises(StoreError) as refused:
                open_book(place, keep=keep, own_backup=said)
            room = -(-renewing.room_to_keep(alias) // 1_000_000)
            assert f"takes up to {room} MB, and 1 MB are free" in refused.value.says
            assert f"ANLASS_STORE_OWN_BACKUP={before[:4]}." in refused.value.says
            assert max(taken_steps(alias)) == before
        assert open_book(place, keep=keep, own_backup=before[:4]).owner_addresses() == {"olga@home.example"}
    assert (max(taken_steps(alias)), list(keep.iterdir())) == (newest, [])
    age()
    with closing(open_book(place, keep=keep)) as book:
        assert book.owner_addresses() == {"olga@home.example"}
    (kept,) = keep.iterdir()
    assert (kept.name, max(taken_steps(alias))) == (f"before-upgrade-{before[:4]}.tar", newest)
    assert sum(one.size for one in read_archive(kept).files) <= renewing.room_to_keep(alias)


def test_a_postgresql_that_nothing_here_speaks_to_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who installed the program without its extra is told which, and sees no trace of the program."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigError, match="A part of Anlass is missing") as told:
        postgres("postgresql://anlass@localhost/anlass")
    assert told.value.hint == "pip install 'anlass[postgres]'"
