"""Opening a memory: made in one step or by all steps it has one shape, and an old one is renewed."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections

from anlass.errors import ConfigError
from anlass.store import open_book
from anlass.store.settings import FILE, postgres

Shape = dict[str, tuple[frozenset[tuple[object, ...]], frozenset[tuple[object, ...]]]]


def shape(folder: Path) -> Shape:
    """Return the columns of every table of the store with their types, and its indexes with their columns."""
    with sqlite3.connect(folder / FILE) as base:
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
    with sqlite3.connect(folder / FILE) as base:
        return list(base.execute("SELECT app, name FROM django_migrations ORDER BY name"))


def with_a_foreign_table(folder: Path) -> Path:
    """Return a folder whose database is not empty, so that it goes through all the steps."""
    folder.mkdir()
    with sqlite3.connect(folder / FILE) as base:
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
    with sqlite3.connect(now / FILE) as base, sqlite3.connect(old / FILE) as copy:
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


def test_a_postgresql_that_nothing_here_speaks_to_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who installed the program without its extra is told which, and sees no trace of the program."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigError, match="A part of Anlass is missing") as told:
        postgres("postgresql://anlass@localhost/anlass")
    assert told.value.hint == "pip install 'anlass[postgres]'"
