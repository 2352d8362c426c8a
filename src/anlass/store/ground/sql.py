"""Plain SQL on either database, for one owner.

Single statements name their values, `%(owner)s` first of all; statements for many rows
put the owner first. Table and column names are the program's own, never a stranger's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

from django.db import DatabaseError, InterfaceError, OperationalError, connections, transaction

from anlass.errors import StoreError
from anlass.store.ground.veil import without_private

T = TypeVar("T")
Row = tuple[Any, ...]

_AT_ONCE = 500
"""Values in one list of a statement."""
_LASTING = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH", "SQLITE_CORRUPT")
"""What SQLite says of a file that no second try will open."""


class Tables:
    """The tables of one owner in one database; what is private is not there for an assistant."""

    def __init__(self, owner: str, using: str, *, for_assistant: bool = False) -> None:
        self.owner = owner
        self.using = using
        self.for_assistant = for_assistant

    @property
    def vendor(self) -> str:
        """The kind of database: `sqlite` or `postgresql`."""
        return str(connections[self.using].vendor)

    @property
    def is_pooled(self) -> bool:
        """Whether a pooler stands before the database, which lends a line for one transaction only."""
        return bool(connections[self.using].settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"))

    def rows(self, sql: str, **values: object) -> list[Row]:
        """Return all rows of a query."""
        with self._cursor() as cursor:
            cursor.execute(self._seen(sql), {"owner": self.owner, **values})
            return list(cursor.fetchall())

    def row(self, sql: str, **values: object) -> Row | None:
        """Return the first row of a query, or `None`."""
        found = self.rows(sql, **values)
        return found[0] if found else None

    def stream(self, sql: str, **values: object) -> Iterator[Row]:
        """Yield the rows of a query, never many at once in memory."""
        named: Any = {"owner": self.owner, **values}
        with self._errors(), connections[self.using].chunked_cursor() as cursor:
            cursor.execute(self._seen(sql), named)
            while rows := cursor.fetchmany(2_000):
                yield from rows

    def blobs(self, sql: str, **values: object) -> list[Row]:
        """Return all rows of a query for a text and bytes; PostgreSQL hands bytes over as they are.

        Else it writes them as digits, twice as long, which costs more than finding them.
        """
        if self.vendor != "postgresql":
            return self.rows(sql, **values)
        named: Any = {"owner": self.owner, **values}
        asked = f"COPY ({self._seen(sql)}) TO STDOUT (FORMAT BINARY)"
        with self._cursor() as cursor, cursor.copy(asked, named) as copy:
            copy.set_types(["text", "bytea"])
            return list(copy.rows())

    def rows_in(self, sql: str, values: Iterable[object], **more: object) -> Iterator[Row]:
        """Yield the rows of a query with a list in it, written `(...)`, in as many parts as needed."""
        for part in in_parts(values, _AT_ONCE):
            named = {f"v{i}": value for i, value in enumerate(part)}
            marks = ", ".join(f"%({name})s" for name in named)
            yield from self.rows(sql.replace("(...)", f"({marks})"), **named, **more)

    def write(self, sql: str, **values: object) -> int:
        """Run one statement and return how many rows it changed."""
        with self._cursor() as cursor:
            cursor.execute(sql, {"owner": self.owner, **values})
            return int(cursor.rowcount)

    def write_bytes(self, sql: str, **values: object) -> int:
        """Run one statement with long bytes among its values, and return how many rows it changed.

        To PostgreSQL they travel beside the statement as they are, not within it as twice as many digits.
        """
        if self.vendor != "postgresql":
            return self.write(sql, **values)
        from psycopg import Cursor  # noqa: PLC0415 - only PostgreSQL needs it

        link = connections[self.using]
        link.ensure_connection()
        with self._errors(), link.wrap_database_errors, Cursor(link.connection) as cursor:
            return int(cursor.execute(sql, {"owner": self.owner, **values}, prepare=False).rowcount)

    def write_all(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for every row; the owner is put first."""
        owned = [(self.owner, *row) for row in rows]
        if owned:
            with self._cursor() as cursor:
                cursor.executemany(sql, owned)

    def load(self, table: str, columns: str, rows: Iterable[Sequence[object]], *, types: str = "") -> None:
        """Add many rows that are new, the owner put first, as fast as the database can.

        With `types`, PostgreSQL's names of the columns' types, values travel as they are and not as text.
        """
        if self.vendor != "postgresql":
            self.write_all(insert(table, columns), rows)
            return
        names = ", ".join(f'"{name}"' for name in ["owner_id", *columns.split()])
        sql = f'COPY "store_{table}" ({names}) FROM STDIN' + (" (FORMAT BINARY)" if types else "")
        with self._cursor() as cursor, cursor.copy(sql) as copy:
            if types:
                copy.set_types(["text", *types.split()])
            for row in rows:
                copy.write_row((self.owner, *row))

    def survey(self, table: str, *, waits: bool = True) -> None:
        """Let PostgreSQL look at a table that was just filled: knowing nothing it takes the wrong index.

        Only one at a time can look at a table, or clean it up, for hours at worst. Whoever waits for nobody
        leaves out a table where somebody is.
        """
        if self.vendor == "postgresql":
            self.write(f'ANALYZE {"" if waits else "(SKIP_LOCKED) "}"store_{table}"')

    def close(self) -> None:
        """Close this thread's connection."""
        connections[self.using].close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Keep all or nothing of what is written within."""
        with self._errors(), transaction.atomic(using=self.using):
            yield

    @contextmanager
    def by_turns(self) -> Iterator[None]:
        """Do the same with nobody else within for this owner, so that what was counted still holds."""
        with self.together():
            self.write("UPDATE store_owner SET id = id WHERE id = %(owner)s")
            yield

    @property
    def is_within(self) -> bool:
        """Whether what is written now is kept only together with what somebody else writes."""
        return bool(connections[self.using].in_atomic_block)

    def alone(self, key: int) -> bool:
        """Have nobody else in at what this number stands for until the transaction ends; `False`: others are.

        Nobody is waited for. On SQLite whoever writes is alone already.
        """
        if self.vendor != "postgresql":
            return True
        row = self.row("SELECT pg_try_advisory_xact_lock(%(key)s, hashtext(%(owner)s))", key=key)
        return bool(row and row[0])

    @contextmanager
    def lasting(self) -> Iterator[None]:
        """Let what is written within be on the disk when it is done, come what may to the machine.

        SQLite else leaves the newest changes to the system for a moment; nothing else is lost by that.
        """
        link = connections[self.using]
        eager = link.vendor == "sqlite" and not link.in_atomic_block
        if eager:
            self.write("PRAGMA synchronous=FULL")
        try:
            yield
        finally:
            if eager:
                self.write("PRAGMA synchronous=NORMAL")

    def overwrite(self) -> None:
        """Let SQLite overwrite what is deleted from now on; PostgreSQL has no such switch."""
        if self.vendor == "sqlite":
            self.rows("PRAGMA secure_delete=ON")

    def settle(self) -> None:
        """Let SQLite's own journal hold nothing of what was deleted; outside of any transaction."""
        if self.vendor == "sqlite":
            self.rows("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Let everything be written within, and keep nothing of it."""
        with self._errors(), transaction.atomic(using=self.using):
            yield
            transaction.set_rollback(True, using=self.using)

    def _seen(self, sql: str) -> str:
        return without_private(sql, self.vendor) if self.for_assistant else sql

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        link = connections[self.using]
        # What is copied in and out speaks the driver's own errors, where all else speaks the framework's.
        with self._errors(), link.wrap_database_errors, link.cursor() as cursor:
            yield cursor

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            self._let_go_of_a_dead_line()
            name = str(connections.databases[self.using]["NAME"])
            raise store_error("The memory cannot be used", error, where=name) from error

    def _let_go_of_a_dead_line(self) -> None:
        """Drop a connection that is gone, so that whoever asks next gets a new one.

        Pages do that at each request; a worker's thread has none, and would hold a dead line for ever.
        """
        link = connections[self.using]
        if link.vendor == "postgresql" and not link.in_atomic_block:
            link.close_if_unusable_or_obsolete()


def store_error(says: str, error: DatabaseError, *, where: str) -> StoreError:
    """Return what a database's error means; `temporary` where the same may work later.

    A file that is damaged, forbidden or no database at all stays so until somebody acts.
    """
    name = str(getattr(error.__cause__, "sqlite_errorname", ""))
    temporary = isinstance(error, OperationalError | InterfaceError) and not name.startswith(_LASTING)
    return StoreError(f"{says}: {error}", where=where, temporary=temporary)


def in_parts(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield `values` in lists of at most `size`."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part


def insert(table: str, columns: str, *, key: str = "", update: str = "", where: str = "") -> str:
    """Return an INSERT that may be repeated; the owner's column comes first.

    A row that is there already stays, or has the columns `update` renewed where `where` holds.
    """
    names = ["owner_id", *columns.split()]
    quoted, marks = ", ".join(f'"{name}"' for name in names), ", ".join(["%s"] * len(names))
    then = "DO NOTHING"
    if update:
        then = "DO UPDATE SET " + ", ".join(f'"{name}" = excluded."{name}"' for name in update.split())
        then += f" WHERE {where}" if where else ""
    target = "(" + ", ".join(f'"{name}"' for name in ["owner_id", *key.split()]) + ")" if key else ""
    return f'INSERT INTO "store_{table}" ({quoted}) VALUES ({marks}) ON CONFLICT {target} {then}'
