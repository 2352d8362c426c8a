"""What lies in the memory for a round: sheets for all, and sealed uploads, hosted wishes and answers.

Nothing here knows a key. What is forgotten is deleted, and wiped from the file as far as the database can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from anlass.store.ground.mapping import seconds
from anlass.store.ground.sql import Tables, in_parts, insert

SHELVES = ("sheet", "upload", "hosted", "answer")
"""The tables of one round, in which nothing is left once it is forgotten."""
_KEY = "event number id"
_TYPES = "text int4 text bytea"
_PUT = insert("wishupload", f"{_KEY} content", key=_KEY, update="content")
_PUT_HOSTED = insert("wishhosted", f"{_KEY} content", key=_KEY)
_SHEET = insert("wishsheet", "event number kind content", key="event number kind", update="content")
_OF_ROUND = "WHERE owner_id = %(owner)s AND event = %(event)s AND number = %(number)s"
_AT_ONCE = 500
"""Uploads that are read at a time: less than five megabytes."""
_LOADED_AT_ONCE = 10_000


class WishShelf:
    """What is shelved for the rounds of one organiser."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        # SQLite lets one write at a time in any case.
        self._lock = " FOR SHARE OF r" if tables.vendor == "postgresql" else ""
        # An upload on its way holds the round in its phase; so no upload that was taken is ever missed.
        self._taken = (
            'INSERT INTO "store_wish{table}" (owner_id, event, number, id, content)'
            " SELECT r.owner_id, r.event, r.number, %(pid)s, %(content)s FROM store_wishround r"
            " WHERE r.owner_id = %(owner)s AND r.event = %(event)s AND r.number = %(number)s"
            f" AND r.phase = 'wishing' AND r.match_at > %(now)s{self._lock}"
            " ON CONFLICT (owner_id, event, number, id) DO UPDATE SET content = excluded.content"
        )

    # --- sheets ---

    def keep_sheet(self, event: bytes, number: int, kind: str, content: bytes) -> None:
        """Lay out what all are handed alike; `kind` is `roster` or `release`."""
        self._tables.write_all(_SHEET, [(event.hex(), number, kind, content)])

    def sheet(self, event: bytes, number: int, kind: str) -> bytes | None:
        """Return what all are handed."""
        row = self._tables.row(
            f"SELECT content FROM store_wishsheet {_OF_ROUND} AND kind = %(kind)s",
            event=event.hex(),
            number=number,
            kind=kind,
        )
        return None if row is None else bytes(row[0])

    # --- uploads and hosted wishes ---

    def take(
        self, event: bytes, number: int, pid: bytes, content: bytes, *, now: datetime, hosted: bool = False
    ) -> bool:
        """Take an upload, or what a hosted person wished, the last of each; says no outside the window."""
        return bool(
            self._tables.write_bytes(
                self._taken.format(table="hosted" if hosted else "upload"),
                event=event.hex(),
                number=number,
                pid=pid.hex(),
                content=content,
                now=seconds(now),
            )
        )

    def put(self, event: bytes, number: int, uploads: Iterable[tuple[bytes, bytes]]) -> None:
        """Shelve uploads that the server makes itself, for hosted people; their window needs no guard."""
        self._tables.write_all(_PUT, ((event.hex(), number, pid.hex(), content) for pid, content in uploads))

    def put_hosted(self, event: bytes, number: int, wishes: Iterable[tuple[bytes, bytes]]) -> None:
        """Shelve empty wishes for hosted people at the start, so that no row tells who of them wished."""
        rows = ((event.hex(), number, pid.hex(), content) for pid, content in wishes)
        self._tables.write_all(_PUT_HOSTED, rows)

    def has_hosted(self, event: bytes, number: int) -> bool:
        """Tell whether anybody takes part by mail."""
        sql = f"SELECT 1 FROM store_wishhosted {_OF_ROUND} LIMIT 1"
        return self._tables.row(sql, event=event.hex(), number=number) is not None

    def hosted(self, event: bytes, number: int, pid: bytes) -> bytes | None:
        """Return what a hosted person wished, sealed."""
        row = self._tables.row(
            f"SELECT content FROM store_wishhosted {_OF_ROUND} AND id = %(pid)s",
            event=event.hex(),
            number=number,
            pid=pid.hex(),
        )
        return None if row is None else bytes(row[0])

    def uploads(self, event: bytes, number: int) -> Iterator[tuple[bytes, bytes]]:
        """Yield every upload after its ticket's number, in their order, a few at a time in memory."""
        last = ""
        while rows := self._tables.blobs(
            f"SELECT id, content FROM store_wishupload {_OF_ROUND} AND id > %(last)s"
            f" ORDER BY id LIMIT {_AT_ONCE}",
            event=event.hex(),
            number=number,
            last=last,
        ):
            for id_, content in rows:
                yield bytes.fromhex(id_), bytes(content)
            last = rows[-1][0]

    def count(self, event: bytes, number: int) -> int:
        """Return how many uploads lie there; PostgreSQL learns it too, before they are all read."""
        self._tables.survey("wishupload")
        row = self._tables.row(
            f"SELECT COUNT(*) FROM store_wishupload {_OF_ROUND}", event=event.hex(), number=number
        )
        return int(row[0]) if row else 0

    def take_away(self, event: bytes, pid: bytes) -> None:
        """Take somebody's uploads and hosted wishes away, in rounds that were not matched yet.

        It holds the round in its phase as an upload does: while wishes are compared, none vanishes.
        """
        waiting = (
            "number IN (SELECT r.number FROM store_wishround r WHERE r.owner_id = %(owner)s"
            f" AND r.event = %(event)s AND r.phase IN ('joining', 'wishing'){self._lock})"
        )
        for table in ("upload", "hosted"):
            self._tables.write(
                f'DELETE FROM "store_wish{table}" WHERE owner_id = %(owner)s AND event = %(event)s'
                f" AND id = %(pid)s AND {waiting}",
                event=event.hex(),
                pid=pid.hex(),
            )

    # --- answers ---

    def keep_answers(self, event: bytes, number: int, answers: Iterable[tuple[bytes, bytes]]) -> None:
        """Shelve all matched slots of a large round, each after its name, in place of any before."""
        of_round = {"event": event.hex(), "number": number}
        with self._tables.together():
            self._tables.write(f"DELETE FROM store_wishanswer {_OF_ROUND}", **of_round)
            # In parts: while the database takes one in, nothing else can be read.
            for part in in_parts(answers, _LOADED_AT_ONCE):
                rows = [(event.hex(), number, name.hex(), content) for name, content in part]
                self._tables.load("wishanswer", f"{_KEY} content", rows, types=_TYPES)
            self._tables.survey("wishanswer")

    def answers(self, event: bytes, number: int, names: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return the sealed slots that lie under these names."""
        rows = self._tables.rows_in(
            f"SELECT id, content FROM store_wishanswer {_OF_ROUND} AND id IN (...)",
            [name.hex() for name in names],
            event=event.hex(),
            number=number,
        )
        return {bytes.fromhex(id_): bytes(content) for id_, content in rows}

    # --- forgetting ---

    def forget(self, event: bytes, number: int) -> dict[str, int]:
        """Delete everything of a round; return how many rows went, by table."""
        self._tables.overwrite()
        with self._tables.together():
            return {
                f"wish{table}": self._tables.write(
                    f'DELETE FROM "store_wish{table}" {_OF_ROUND}', event=event.hex(), number=number
                )
                for table in SHELVES
            }

    def left(self, event: bytes, number: int) -> int:
        """Return how many rows of a round are still there."""
        counted = (
            self._tables.row(
                f'SELECT COUNT(*) FROM "store_wish{table}" {_OF_ROUND}', event=event.hex(), number=number
            )
            for table in SHELVES
        )
        return sum(int(row[0]) for row in counted if row)

    def wipe(self) -> None:
        """Let the database give up the place of what was deleted, outside of any transaction.

        SQLite has overwritten it already and gives back its journal; PostgreSQL makes it free to be
        overwritten. Copies elsewhere are out of reach: what lay there was sealed, and its key is gone.
        """
        if self._tables.vendor == "sqlite":
            self._tables.settle()
            return
        for table in SHELVES:
            self._tables.write(f'VACUUM "store_wish{table}"')
