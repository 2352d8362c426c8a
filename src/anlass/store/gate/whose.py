"""Whose a public address is: asked of all owners, for a stranger says nothing but the address.

Only the owner's id comes out, and what is asked for is a secret or a name that an owner gave away. Every
statement names all owners first, so that an index that begins with the owner can be used.
"""

from __future__ import annotations

from anlass.replies.door import Door
from anlass.store.ground.mapping import read, storable
from anlass.store.ground.sql import Tables

_EVERY = "owner_id IN (SELECT id FROM store_owner)"


class WhoseTables:
    """Finds the owner of what lies at a public address; "" where it is nobody's."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def grant(self, id_: str) -> str:
        """Return whose grant this is."""
        return self._one("store_grant", "id", id_)

    def door(self, name: str) -> str:
        """Return whose door bears this name, open or not."""
        return self._one("store_door", "name", name)

    def open_door(self, name: str) -> str:
        """Return at whose open door this name stands; of a shut one a stranger learns nothing."""
        sql = f"SELECT owner_id, content FROM store_door WHERE {_EVERY} AND name = %(name)s"
        row = self._tables.row(sql, name=storable(name))
        door = read(Door, row[1]) if row else None
        return str(row[0]) if row and door and door.is_open and not door.lacks() else ""

    def hosting(self, id_: str) -> str:
        """Return who hosts this event for others."""
        return self._one("store_hosting", "id", id_)

    def ticket(self, digest: str) -> str:
        """Return at whose gathering a ticket counts, by the digest of its link."""
        return self._one("store_wishticket", "link", digest)

    def note(self, id_: str) -> str:
        """Return who sealed a note."""
        return self._one("store_sealednote", "id", id_)

    def token(self, id_: str, digest: str) -> str:
        """Return whose house a token opens; "" where the secret is not the one it was made with."""
        return self._one("store_token", "id", id_, " AND digest = %(digest)s", digest=digest)

    def signing(self) -> tuple[tuple[str, bytes], ...]:
        """Return what signs the links of every owner who ever gave one."""
        sql = f"SELECT owner_id, value FROM store_secret WHERE {_EVERY} AND name = 'cards' ORDER BY owner_id"
        return tuple((str(owner), bytes.fromhex(value)) for owner, value in self._tables.rows(sql))

    def _one(self, table: str, column: str, value: str, further: str = "", **more: object) -> str:
        sql = f"SELECT owner_id FROM {table} WHERE {_EVERY} AND {column} = %(value)s{further}"
        row = self._tables.row(sql, value=storable(value), **more)
        return str(row[0]) if row else ""
