"""What holds the outbox shut, the key that signs its letters, and what went by itself before."""

from __future__ import annotations

import secrets
from datetime import datetime

from anlass.replies.outgoing import Kind
from anlass.store.ground.mapping import moment, seconds
from anlass.store.ground.sql import Tables, insert

PAUSED = "paused"
"""By the owner: nothing leaves."""
STOPPED = "stopped"
"""By the house: nothing leaves by itself."""

_SAME_PERSON = """
(person = %(person)s OR person IN (SELECT a.id FROM store_personaddress a
    JOIN store_personaddress b ON b.owner_id = a.owner_id AND b.person = a.person
    WHERE a.owner_id = %(owner)s AND b.id = %(person)s))
"""
_WENT = f"""
SELECT COALESCE(sent_at, handed_at, wait_from), {_SAME_PERSON}, person, domain, kind FROM store_outgoing
WHERE owner_id = %(owner)s AND is_automatic AND state IN ('waiting', 'sending', 'sent', 'doubtful')
    AND (COALESCE(sent_at, handed_at, wait_from) > %(since)s OR {_SAME_PERSON})
"""
_BOUNCED = """
SELECT COUNT(*) FROM store_outgoing
WHERE owner_id = %(owner)s AND is_automatic AND bounced_at > %(since)s
"""


class LatchTables:
    """The latches of one owner's outbox, and the record of what went by itself."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def latch(self, name: str, *, now: datetime, why: str = "") -> bool:
        """Shut the outbox (`paused`), or what goes by itself (`stopped`); return whether it was open."""
        if name in self.latches():
            return False
        self._tables.write_all(insert("latch", "name since content", key="name"), [(name, seconds(now), why)])
        return True

    def unlatch(self, name: str) -> bool:
        """Open it again; return whether it was shut."""
        return bool(
            self._tables.write(
                "DELETE FROM store_latch WHERE owner_id = %(owner)s AND name = %(name)s", name=name
            )
        )

    def latches(self) -> dict[str, str]:
        """Return what holds the outbox shut, and why."""
        rows = self._tables.rows(
            "SELECT name, content FROM store_latch WHERE owner_id = %(owner)s AND name <> 'key'"
        )
        return dict(rows)

    def key(self) -> bytes:
        """Return the secret that signs Message-IDs; the first who asks makes it."""
        told = "SELECT content FROM store_latch WHERE owner_id = %(owner)s AND name = 'key'"
        if not self._tables.row(told):
            made = ("key", 0, secrets.token_hex(32))
            self._tables.write_all(insert("latch", "name since content", key="name"), [made])
        found = self._tables.row(told)
        return bytes.fromhex(found[0]) if found else b""

    # --- what went before ---

    def went(self, person: str, *, since: datetime) -> tuple[tuple[datetime, str, str, Kind], ...]:
        """Return automatic letters that left or will, of all since then and to this person ever.

        Each is its moment, person, domain and kind; a person's other addresses bear the name asked for.
        """
        rows = self._tables.rows(_WENT, person=person, since=seconds(since))
        return tuple(
            (moment(when), person if is_same else other, domain, Kind(kind))
            for when, is_same, other, domain, kind in rows
        )

    def bounces(self, *, since: datetime) -> int:
        """Return how many automatic letters came back or were refused since then."""
        row = self._tables.row(_BOUNCED, since=seconds(since))
        return int(row[0]) if row else 0
