"""The whole memory of all owners as of one moment, as files, while others go on writing; and back again.

SQLite is written anew into one file: what was deleted is not in it. PostgreSQL is read table by table within
one transaction that sees one moment, each as its COPY text: that needs no program beside this one, and any
newer server takes it. What people wish in rounds that run is in no copy (`whole.WISHES`): it is theirs,
and the keys that could read it are in none either.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import DatabaseError, connections, transaction

from anlass.errors import StoreError, UserError
from anlass.store.ground.sql import Tables, store_error
from anlass.store.safekeeping.steps import known_steps, taken_steps
from anlass.store.safekeeping.whole import WISHES
from anlass.store.settings import FILE

if TYPE_CHECKING:
    from anlass.store.safekeeping.archive import Contents

_BLOCK = 1024 * 1024


class SnapshotTables:
    """The memory that one owner's tables lie in, with those of all others."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def write(self, folder: Path) -> dict[str, object]:
        """Write the memory into an empty folder; return what is to be known of it to read it again.

        That is `database`, `steps` (how far its tables are), and for PostgreSQL the columns of its `tables`.
        """
        return snapshot(self._tables.using, folder)

    def size(self) -> int:
        """Return how many bytes the memory takes, of all owners."""
        if self._tables.vendor == "sqlite":
            row = self._tables.row("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        else:
            row = self._tables.row("SELECT pg_database_size(current_database())")
        return int(row[0]) if row else 0


def snapshot(using: str, folder: Path) -> dict[str, object]:
    """Write the memory behind the framework's name `using` into a folder; see `SnapshotTables.write`."""
    link = connections[using]
    try:
        steps = sorted(taken_steps(using))
        if link.vendor == "sqlite":
            _into_file(using, folder / FILE)
            return {"database": "sqlite", "steps": steps}
        return {"database": "postgresql", "steps": steps, "tables": _into_files(using, folder)}
    except DatabaseError as error:
        raise store_error(
            "The memory cannot be copied", error, where=str(link.settings_dict["NAME"])
        ) from error
    except OSError as error:
        raise StoreError(f"The memory cannot be copied: {error.strerror}", where=str(folder)) from error


def _into_file(using: str, path: Path) -> None:
    """Let SQLite write all that is there now into a new file, without the wishes."""
    with connections[using].cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    path.chmod(0o600)
    copy = sqlite3.connect(path, isolation_level=None)
    try:
        copy.execute("PRAGMA secure_delete=ON")
        there = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in sorted(there & {f"store_{name}" for name in WISHES}):
            copy.execute(f'DELETE FROM "{table}"')
        told = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    finally:
        copy.close()
    if told != "ok":
        raise StoreError(f"The memory is damaged: {told}", where=str(path))


def _into_files(using: str, folder: Path) -> dict[str, list[str]]:
    """Write each table's rows as of one moment; return the columns of each, in their order."""
    link, columns = connections[using], dict[str, list[str]]()
    with transaction.atomic(using=using), link.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table in _own_tables(using):
            columns[table] = _columns(cursor, table)
            names = ", ".join(f'"{one}"' for one in columns[table])
            rows = " LIMIT 0" if table.removeprefix("store_") in WISHES else ""
            with (
                (folder / f"{table}.copy").open("wb") as file,
                link.wrap_database_errors,
                cursor.copy(f'COPY (SELECT {names} FROM "{table}"{rows}) TO STDOUT') as copy,
            ):
                for part in copy:
                    file.write(part)
            (folder / f"{table}.copy").chmod(0o600)
    return columns


def _own_tables(using: str) -> list[str]:
    """Return the store's tables that are there, the owners first, on whom all others rest."""
    found = [one for one in connections[using].introspection.table_names() if one.startswith("store_")]
    return sorted(found, key=lambda one: (one != "store_owner", one))


def _columns(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND table_name = %s ORDER BY ordinal_position",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]


# --- and back ---


def is_empty(using: str) -> bool:
    """Tell whether nobody's memory is in a database. Raises `StoreError` where it cannot be reached."""
    try:
        return not _own_tables(using)
    except DatabaseError as error:
        raise store_error("The memory cannot be opened", error, where=using) from error


def check_steps(contents: Contents, database: str) -> None:
    """Refuse a memory of another kind of database, or of a newer Anlass. Raises `UserError`."""
    kind = contents.about.get("database")
    if kind != database:
        raise UserError(
            f"This backup is of {kind}, and the memory here is {database}.",
            hint="To change the database take `anlass export` and `anlass import`.",
        )
    steps = contents.about.get("steps")
    if not isinstance(steps, list) or set(steps) - known_steps():
        raise UserError("This backup is of a newer Anlass; install that one to restore it.")


def pour_in(using: str, folder: Path, contents: Contents, *, replace: bool) -> None:
    """Make the tables of a backup in PostgreSQL and fill them, all or nothing.

    `replace`: tables that are there give way. Raises `StoreError`.
    """
    tables = contents.about.get("tables")
    steps = contents.about.get("steps")
    if not isinstance(tables, Mapping) or not isinstance(steps, list):
        raise UserError("This backup is not as it was written.")
    link = connections[using]
    try:
        with transaction.atomic(using=using):
            if replace:
                _drop_all(using)
            _make_as_of(using, steps)
            for table, columns in tables.items():
                _fill(using, folder / f"{table}.copy", str(table), columns)
        link.close()  # constraints are looked at when the transaction ends
    except DatabaseError as error:
        raise store_error(
            "The memory cannot be restored", error, where=str(link.settings_dict["NAME"])
        ) from error


def _drop_all(using: str) -> None:
    with connections[using].cursor() as cursor:
        for table in (*_own_tables(using), "django_migrations"):
            cursor.execute(f'DROP TABLE IF EXISTS "{table}" CASCADE')


def _make_as_of(using: str, steps: list[str]) -> None:
    """Take the steps that the backup had taken."""
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 - only restoring needs it

    executor = MigrationExecutor(connections[using])
    executor.migrate([("store", max(steps))])


def _fill(using: str, path: Path, table: str, columns: object) -> None:
    known = {model._meta.db_table for model in apps.get_app_config("store").get_models()}  # noqa: SLF001 - see whole.py
    if not isinstance(columns, list) or not (table in known or table.startswith("store_")):
        raise UserError("This backup is not as it was written.")
    link = connections[using]
    with link.cursor() as cursor:
        if set(_columns(cursor, table)) != set(columns):
            raise UserError(f"The columns of {table} are others than in this backup: {json.dumps(columns)}")
        cursor.execute(f'DELETE FROM "{table}"')
        names = ", ".join(f'"{one}"' for one in columns)
        with (
            path.open("rb") as file,
            link.wrap_database_errors,
            cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy,
        ):
            while part := file.read(_BLOCK):
                copy.write(part)
