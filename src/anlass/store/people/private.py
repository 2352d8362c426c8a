"""What one owner keeps to herself: cases, and persons by their addresses; assistants see nothing of it."""

from __future__ import annotations

from datetime import datetime

from anlass.store.ground.mapping import seconds
from anlass.store.ground.sql import Tables, insert


class PrivateTables:
    """What one owner keeps to herself."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def put(self, kind: str, ids: tuple[str, ...], *, now: datetime) -> None:
        """Keep these to the owner: `kind` is `case` or `address`."""
        self._tables.write_all(
            insert("private", "kind id since", key="kind id"), [(kind, id_, seconds(now)) for id_ in ids]
        )

    def free(self, kind: str, ids: tuple[str, ...]) -> None:
        """Keep these no more."""
        self._tables.write_all(
            "DELETE FROM store_private WHERE owner_id = %s AND kind = %s AND id = %s",
            [(kind, id_) for id_ in ids],
        )

    def has(self, kind: str, ids: tuple[str, ...]) -> bool:
        """Tell whether any of these is kept to the owner."""
        sql = "SELECT 1 FROM store_private WHERE owner_id = %(owner)s AND kind = %(kind)s AND id IN (...)"
        return any(True for _ in self._tables.rows_in(sql, ids, kind=kind))
