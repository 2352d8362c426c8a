"""What was last written into the owner's address books on servers, kept to see who changed it since."""

from __future__ import annotations

from datetime import datetime

from anlass.store.ground.mapping import digest64, seconds, storable
from anlass.store.ground.sql import Tables, insert

_NOTE = insert("personnote", "id text said_at", key="id", update="text said_at")
_NOTE_OF = """
SELECT text FROM store_personnote WHERE owner_id = %(owner)s AND (id = %(person)s OR id IN (
    SELECT a.id FROM store_personaddress a WHERE a.owner_id = %(owner)s AND a.person = %(person)s))
ORDER BY said_at DESC, id LIMIT 1
"""
_WRITE = insert("writtenentry", "id url lines written_at", key="id", update="lines written_at")


class WrittenTables:
    """The lines of its own that the house wrote into entries on servers."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def lines(self, url: str) -> str | None:
        """Return what was last written into the entry at an address; `None` where nothing was."""
        sql = "SELECT lines FROM store_writtenentry WHERE owner_id = %(owner)s AND id = %(id)s"
        row = self._tables.row(sql, id=digest64(url))
        return str(row[0]) if row else None

    def wrote(self, url: str, lines: str, *, now: datetime) -> None:
        """Write down what an entry holds now."""
        self._tables.write_all(_WRITE, [(digest64(url), url, storable(lines), seconds(now))])

    def note(self, person: str) -> str:
        """Return the note on a person that may stand in their address book; "" where there is none."""
        row = self._tables.row(_NOTE_OF, person=person)
        return str(row[0]) if row else ""

    def set_note(self, address: str, text: str, *, now: datetime) -> None:
        """Keep a note on the person of an address id; an empty one takes it back."""
        self._tables.write_all(_NOTE, [(address, storable(text), seconds(now))])
