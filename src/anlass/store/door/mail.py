"""The mails with links, on the way: claimed, handed over, and never a second time by themselves.

The steps are those of the outbox, on rows of their own: a link is no letter of the owner's. It is not kept
among the sent, no answer to it begins a thread, and nobody is known because one was sent to them.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from anlass.store.door.letters import AtDoor, DoorTables
from anlass.store.ground.mapping import seconds, storable
from anlass.store.ground.sql import Tables

LEASE = timedelta(minutes=15)
MOST_TRIES = 8
_WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180))
"""How long a mail waits after each try."""
_OPEN = "NOT EXISTS (SELECT 1 FROM store_latch k WHERE k.owner_id = %(owner)s AND k.name = 'paused')"
_TABLE = "store_doorrequest"
_OF_ROW = "WHERE owner_id = %(owner)s AND id = %(id)s"
_IN_HAND = f"{_OF_ROW} AND mail = 'sending' AND claim = %(worker)s"
_IS_TIME = (
    "(wait_from <= %(now)s OR made_at > %(now)s AND wait_from <= made_at"
    f" OR tries > 0 AND wait_from > %(now)s + {int(_WAITS[-1].total_seconds())})"
)
"""Its moment has come; or the clock was set back since that moment was written down: the mail was made later
than now and was to leave at once, or it waits longer after a try than any does."""
_DUE = (
    "WHERE owner_id = %(owner)s AND state = 'pending' AND expires_at > %(now)s AND mail = 'waiting'"
    f" AND {_IS_TIME} AND {_OPEN}"
)


class DoorMail:
    """The mails of one owner's door."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._door = DoorTables(tables)

    def is_due(self, *, now: datetime) -> bool:
        """Tell whether a mail waits to be handed over."""
        return self._tables.row(f"SELECT 1 FROM {_TABLE} {_DUE} LIMIT 1", now=seconds(now)) is not None

    def claim(self, worker: str, *, now: datetime) -> AtDoor | None:
        """Take the next mail that is due into hand; `None` where none is."""
        rows = self._tables.rows(
            f"SELECT id FROM {_TABLE} {_DUE} ORDER BY wait_from, id LIMIT 20", now=seconds(now)
        )
        for (id_,) in rows:
            taken = self._tables.write(
                f"UPDATE {_TABLE} SET mail = 'sending', claim = %(worker)s, handed_at = NULL,"
                f" claimed_until = %(until)s, tries = tries + 1 {_DUE} AND id = %(id)s",
                id=id_,
                worker=worker,
                until=seconds(now + LEASE),
                now=seconds(now),
            )
            if taken:
                return self._door.find(id_)
        return None

    def hand_over(self, id_: str, worker: str, *, now: datetime) -> bool:
        """Write down that the words leave now; where this says no, they must not."""
        with self._tables.lasting():
            return bool(
                self._tables.write(
                    f"UPDATE {_TABLE} SET handed_at = %(now)s {_IN_HAND} AND handed_at IS NULL"
                    f" AND state = 'pending' AND {_OPEN}",
                    id=id_,
                    worker=worker,
                    now=seconds(now),
                )
            )

    def done(self, id_: str, worker: str, mail: str, *, says: str = "") -> bool:
        """Write down what became of a mail: `sent`, `doubtful` or `stopped`."""
        return bool(
            self._tables.write(
                f"UPDATE {_TABLE} SET mail = %(mail)s, claim = '', says = %(says)s {_IN_HAND}",
                id=id_,
                worker=worker,
                mail=mail,
                says=storable(says),
            )
        )

    def put_off(self, id_: str, worker: str, *, now: datetime, says: str) -> bool:
        """Let a mail wait that the server surely did not take; after too many tries it is stopped."""
        row = self._tables.row(f"SELECT tries FROM {_TABLE} {_OF_ROW}", id=id_)
        tries = int(row[0]) if row else MOST_TRIES
        if tries >= MOST_TRIES:
            return self.done(id_, worker, "stopped", says=says)
        return bool(
            self._tables.write(
                f"UPDATE {_TABLE} SET mail = 'waiting', claim = '', handed_at = NULL, wait_from = %(until)s,"
                f" says = %(says)s {_IN_HAND}",
                id=id_,
                worker=worker,
                until=seconds(now + _WAITS[min(tries, len(_WAITS)) - 1]),
                says=storable(says),
            )
        )

    def sweep(self, *, now: datetime) -> int:
        """Look after mails whose worker died: free what was not handed over, doubt what was.

        A lease that ends later than one could that begins now is of before the clock was set back; whoever
        holds it finds the mail gone when handing it over.
        """
        held = "WHERE owner_id = %(owner)s AND mail = 'sending'"
        over, longest = "claimed_until < %(now)s", int(LEASE.total_seconds())
        doubted = self._tables.write(
            f"UPDATE {_TABLE} SET mail = 'doubtful', claim = '' {held} AND {over} AND handed_at IS NOT NULL",
            now=seconds(now),
        )
        return doubted + self._tables.write(
            f"UPDATE {_TABLE} SET mail = 'waiting', claim = '' {held} AND handed_at IS NULL"
            f" AND ({over} OR claimed_until > %(now)s + {longest})",
            now=seconds(now),
        )

    def state(self, id_: str) -> str:
        """Return how it stands with the mail of a letter."""
        row = self._tables.row(f"SELECT mail FROM {_TABLE} {_OF_ROW}", id=id_)
        return str(row[0]) if row else ""
