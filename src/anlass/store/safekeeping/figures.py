"""How a memory is, as numbers alone, for whoever watches over the machine; nobody is named in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connections

from anlass.errors import StoreError
from anlass.store.ground.sql import Tables, store_error
from anlass.store.safekeeping.steps import known_steps, taken_steps


@dataclass(frozen=True, slots=True)
class Figure:
    """One number; `label` tells it from others of its name, by a state of the program's own."""

    name: str
    value: float
    label: str = ""


_BY_STATE = {
    "cases": "SELECT state, COUNT(*) FROM store_case GROUP BY state",
    "outbox_letters": "SELECT state, COUNT(*) FROM store_outgoing GROUP BY state",
    "webhook_deliveries": "SELECT state, COUNT(*) FROM store_delivery GROUP BY state",
    "mailboxes": "SELECT state, COUNT(*) FROM store_mailstate GROUP BY state",
    "doors": "SELECT state, COUNT(*) FROM store_networkaccount GROUP BY state",
}
_ALONE = {
    "owners": "SELECT COUNT(*) FROM store_owner",
    "letters": "SELECT COUNT(*) FROM store_letter",
    "persons": "SELECT COUNT(*) FROM store_person",
}
_SINCE = {
    "outbox_oldest_seconds": "SELECT MIN(wait_from) FROM store_outgoing WHERE state = 'waiting'",
    "mailboxes_last_look_seconds": "SELECT MIN(looked_at) FROM store_mailstate",
}


def figures(now: float, using: str = "default") -> Iterator[Figure]:
    """Yield the numbers of a memory at the moment `now`, in seconds since 1970. Raises `StoreError`."""
    try:
        for name, sql in _BY_STATE.items():
            yield from (Figure(name, count, str(state)) for state, count in _rows(using, sql))
        for name, sql in _ALONE.items():
            yield from (Figure(name, count) for (count,) in _rows(using, sql))
        for name, sql in _SINCE.items():
            yield from (
                Figure(name, max(0.0, now - when)) for (when,) in _rows(using, sql) if when is not None
            )
        yield Figure("database_bytes", _size(using))
    except DatabaseError as error:
        raise store_error("The memory cannot be used", error, where=using) from error


def is_ready(using: str = "default") -> bool:
    """Tell whether the memory can be reached and has the shape that this program knows."""
    try:
        return taken_steps(using) == known_steps()
    except DatabaseError:
        return False
    finally:
        if connections[using].vendor == "sqlite":
            connections[using].close()


def shape(using: str) -> tuple[int, int]:
    """Return how many steps the memory lacks, and how many it has that nobody here knows."""
    known, taken = known_steps(), taken_steps(using)
    return len(known - taken), len(taken - known)


class ShapeTables:
    """How far the tables of the memory are."""

    def __init__(self, tables: Tables) -> None:
        self._using = tables.using

    def steps(self) -> tuple[int, int]:
        """Return how many steps are lacking, and how many are unknown here. Raises `StoreError`."""
        try:
            return shape(self._using)
        except DatabaseError as error:
            raise StoreError("The memory cannot be used", where=self._using) from error


def _rows(using: str, sql: str) -> list[tuple[Any, ...]]:
    with connections[using].cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def _size(using: str) -> float:
    is_file = connections[using].vendor == "sqlite"
    pages = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    ((size,),) = _rows(using, pages if is_file else "SELECT pg_database_size(current_database())")
    return float(size)
