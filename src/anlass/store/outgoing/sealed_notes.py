"""Notes beside answers, sealed, each with the half of its key that stays here. No column says who looked."""

from __future__ import annotations

from dataclasses import dataclass, field

from anlass.store.ground.mapping import storable
from anlass.store.ground.sql import Tables, insert

_NOTE = insert("sealednote", "id person half content", key="id")


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A sealed note as it lies there: its id, for whom (a person's or address's id), our half, the seal."""

    id: str
    person: str
    half: bytes = field(repr=False)
    content: bytes = field(repr=False)


class NoteTables:
    """The sealed notes of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def keep(self, note: KeptNote) -> None:
        """Put a note in."""
        self._tables.write_all(_NOTE, [(note.id, note.person, note.half.hex(), note.content)])

    def note(self, id_: str) -> KeptNote | None:
        """Return the note of this id."""
        row = self._tables.row(
            "SELECT id, person, half, content FROM store_sealednote WHERE owner_id = %(owner)s"
            " AND id = %(id)s",
            id=storable(id_),
        )
        return None if row is None else KeptNote(row[0], row[1], bytes.fromhex(row[2]), bytes(row[3]))

    def destroy(self, id_: str) -> bool:
        """Delete a note and our half of its key; return whether there was one."""
        self._tables.overwrite()
        sql = "DELETE FROM store_sealednote WHERE owner_id = %(owner)s AND id = %(id)s"
        return self._tables.write(sql, id=id_) > 0
