"""Who wants no mailing any more. Who did not answer one is written nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from anlass.store.ground.mapping import seconds
from anlass.store.ground.sql import Tables, insert

_STOP = insert("unsubscribed", "id since", key="id")


class MailingTables:
    """Who ended the mailings of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def stop(self, address: str, *, now: datetime) -> bool:
        """Write down that the person of this address id wants none; return whether that is new."""
        is_new = not self.stopped([address])
        self._tables.write_all(_STOP, [(address, seconds(now))])
        return is_new

    def stopped(self, addresses: Iterable[str]) -> frozenset[str]:
        """Return which of these address ids want none."""
        sql = "SELECT id FROM store_unsubscribed WHERE owner_id = %(owner)s AND id IN (...)"
        return frozenset(str(id_) for (id_,) in self._tables.rows_in(sql, addresses))

    def was_told(self, request: str) -> bool:
        """Tell whether there is, or was, any letter of a mailing."""
        row = self._tables.row(
            "SELECT 1 FROM store_outgoing WHERE owner_id = %(owner)s AND request = %(request)s LIMIT 1",
            request=request,
        )
        return row is not None
