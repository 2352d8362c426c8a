"""Every memory there ever was becomes today's: with rows in it from every step, on either database.

One walk goes through all steps and leaves rows behind at each; so the rows of every old shape take all the
steps that came after it.
"""

from __future__ import annotations

import logging
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections, models
from django.db.migrations.executor import MigrationExecutor

import anlass.store.opening as door
from anlass.bootstrap import open_home
from anlass.desk.safekeeping.restoring import Wanted, restore
from anlass.errors import StoreError
from anlass.store import open_book
from anlass.store.ground.mapping import written
from anlass.store.opening import database_of, forget_opened
from anlass.store.safekeeping.archive import read_archive
from anlass.store.safekeeping.steps import known_steps, taken_steps
from anlass.store.settings import FILE
from tests.characters import NOW, SCENES, case_of
from tests.contract.test_opening import shape
from tests.servers import Postgres

pytestmark = pytest.mark.slow  # all the steps that there ever were

_NUMBERS = count(1)
Value = bytes | int | str
Row = dict[str, Value]
Key = tuple[str, tuple[Value, ...]]
CASE = written(case_of(SCENES[0]))
MADE = {("store_case", "words"), ("store_case", "number"), ("store_place", "stamp")}
"""Columns that are made anew; files without a stamp are read again."""


def value(field: models.Field[object, object], number: int) -> Value:
    """Return something that a column may hold."""
    if isinstance(field, models.BooleanField):
        return bool(number % 2)
    if isinstance(field, models.BinaryField):
        return b"\x00some\xff"
    if isinstance(field, models.IntegerField | models.FloatField):
        return number
    if isinstance(field, models.TextField):
        told = CASE if field.model._meta.model_name == "case" else "{}"
        known = {"content": told, "evidence": "[]", "settings": "{}", "trusted": "[]"}
        return known.get(field.name, f"Wörter {number}")
    return f"{number:x}"[: field.max_length]


def leave_rows(alias: str, step: str) -> Iterator[tuple[Key, Row]]:
    """Write two rows into every table that a step left, and yield them by their keys."""
    executor = MigrationExecutor(connections[alias])
    state = executor.loader.project_state(("store", step))
    for model in state.apps.get_app_config("store").get_models():
        if model._meta.model_name == "owner":
            continue
        fields = [
            one
            for one in model._meta.fields
            if one.concrete and one.column and not isinstance(one, models.AutoField)
        ]
        names = ", ".join(f'"{one.column}"' for one in fields)
        for _ in range(2):
            number = next(_NUMBERS)
            row: Row = {
                str(one.column): "owner" if one.column == "owner_id" else value(one, number) for one in fields
            }
            sql_row = dict(row)
            if (
                (model._meta.db_table, "words") in MADE
                and connections[alias].vendor != "sqlite"
                and "words" in row
            ):
                sql_row["words"] = ""
            with connections[alias].cursor() as cursor:
                marks = ", ".join(["%s"] * len(fields))
                cursor.execute(
                    f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})', [*sql_row.values()]
                )
            keys = [str(one.column) for one in getattr(model._meta, "pk_fields", [model._meta.pk])]
            yield (model._meta.db_table, tuple(row[one] for one in keys)), row


def walk(alias: str) -> dict[Key, Row]:
    """Take all steps one after the other, and leave rows behind after each."""
    left: dict[Key, Row] = {}
    for step in sorted(known_steps()):
        call_command("migrate", "store", step, database=alias, interactive=False, verbosity=0)
        if not left:
            with connections[alias].cursor() as cursor:
                cursor.execute("INSERT INTO store_owner VALUES ('owner', '', '', '{}', '[]')")
        left.update(leave_rows(alias, step))
    return left


def columns_of(alias: str, table: str) -> list[str]:
    """Return the columns that a table has today."""
    with connections[alias].cursor() as cursor:
        return [one.name for one in connections[alias].introspection.get_table_description(cursor, table)]


def schema(alias: str) -> dict[str, object]:
    """Return everything of a database's shape: columns with type and null, constraints and indexes."""
    link = connections[alias]
    with link.cursor() as cursor:
        return {
            table: (
                sorted(
                    (one.name, str(one.type_code), str(one.internal_size), one.null_ok)
                    for one in link.introspection.get_table_description(cursor, table)
                ),
                sorted(
                    repr(sorted(one.items()))
                    for one in plain(link.introspection.get_constraints(cursor, table))
                ),
            )
            for table in link.introspection.table_names(cursor)
        }


def plain(constraints: Mapping[str, Mapping[str, object]]) -> list[dict[str, object]]:
    """Return constraints without definitions; a primary key's columns stand as in the table on SQLite."""
    return [
        {**one, "definition": None, "columns": sorted(map(str, list(one["columns"])))}  # type: ignore[call-overload]
        if one["primary_key"]
        else {**one, "definition": None}
        for one in constraints.values()
    ]


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_rows_of_every_step_are_there_after_all_steps(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Key by key and column by column; and the shape is that of a memory made today, index by index."""
    old, new = places(kind, request, tmp_path)
    alias = database_of(old)
    left = walk(alias)
    assert len({table for table, _ in left}) > 60
    lost = [problem for key, row in left.items() for problem in missing(alias, key, row)]
    assert lost == []
    fresh = open_book(new)
    assert schema(alias) == schema(fresh._tables.using)
    if isinstance(old, Path) and isinstance(new, Path):
        assert shape(old) == shape(new)  # with the order in keys
    assert taken_steps(alias) == taken_steps(fresh._tables.using) == known_steps()
    fresh.close()
    connections[alias].close()


def places(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path | str, Path | str]:
    """Return two databases that are empty."""
    if kind == "sqlite":
        for name in ("old", "new"):
            (tmp_path / name).mkdir()
        return tmp_path / "old", tmp_path / "new"
    server: Postgres = request.getfixturevalue("postgres")
    return server.create("upgrade_old"), server.create("upgrade_new")


def missing(alias: str, key: Key, row: Row) -> list[str]:
    """Return what is not as it was left."""
    table, _ = key
    there = [one for one in columns_of(alias, table) if one in row and (table, one) not in MADE]
    names = ", ".join(f'"{one}"' for one in there)
    holds = " AND ".join(f'"{one}" = %s' for one in there if isinstance(row[one], str | int))
    with connections[alias].cursor() as cursor:
        given = [row[one] for one in there if isinstance(row[one], str | int)]
        cursor.execute(f'SELECT {names} FROM "{table}" WHERE {holds}', given)
        found = cursor.fetchall()
    return [] if len(found) == 1 else [f"{table} {row}"]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return folders with the memories of three steps: the first, one in the middle, the last but one."""
    folder, kept, steps = tmp_path_factory.mktemp("walked"), {}, sorted(known_steps())
    alias = database_of(folder)
    for step in (steps[0], steps[len(steps) // 2], steps[-2]):
        call_command("migrate", "store", step, database=alias, interactive=False, verbosity=0)
        connections[alias].close()
        kept[step] = folder / step
        kept[step].mkdir()
        shutil.copy(folder / FILE, kept[step] / FILE)
    return kept


@pytest.mark.parametrize("which", [0, 1, 2])
def test_memory_is_kept_before_it_is_renewed(
    walked: dict[str, Path], which: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever opens it first says so, keeps a backup, and renews it; the next one does not."""
    step = list(walked)[which]
    place = tmp_path / "house"
    shutil.copytree(walked[step], place)
    with closing(sqlite3.connect(place / FILE)) as base, base:
        base.execute("INSERT INTO store_owner VALUES ('owner', 'Olga', '', '{}', '[]')")
    with caplog.at_level(logging.WARNING):
        home = open_home(str(place))
    assert taken_steps(home.book._tables.using) == known_steps()
    kept = place / f"before-upgrade-{step[:4]}.tar"
    assert [record.msg.partition(" (")[0] for record in caplog.records] == [
        "The memory is of an older Anlass",
        "The memory is renewed",
    ]
    assert max(read_archive(kept).about["steps"]) == step  # type: ignore[call-overload]
    home.book.close()
    forget_opened(home.book._tables.using)
    caplog.clear()
    open_home(str(place)).book.close()
    assert caplog.records == []
    restore(kept, tmp_path / "again", Wanted(), now=NOW)
    again = open_home(str(tmp_path / "again")).book
    assert again._tables.row("SELECT name FROM store_owner WHERE id = %(owner)s") == ("Olga",)
    again.close()


def test_memory_that_cannot_be_kept_is_not_renewed(walked: dict[str, Path], tmp_path: Path) -> None:
    """Where the backup cannot be written, nothing is changed."""
    step = next(iter(walked))
    shutil.copytree(walked[step], tmp_path / "house")
    with pytest.raises(StoreError):
        door.opened_book(tmp_path / "house", "owner", tmp_path / "no" / "folder")
    assert taken_steps(database_of(tmp_path / "house")) == {step}
    connections[database_of(tmp_path / "house")].close()


def test_memory_of_a_newer_program_is_refused_in_one_line(tmp_path: Path) -> None:
    """It is not half read: the line says what to do."""
    book = open_book(tmp_path)
    book._tables.write(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '9999_more', '2030-01-01')"
    )
    book.close()
    forget_opened(book._tables.using)
    with pytest.raises(StoreError, match=r"newer Anlass \(step 9999\)") as refused:
        open_book(tmp_path)
    assert len(str(refused.value).splitlines()) == 1
    assert not list(tmp_path.glob("*.tar"))
