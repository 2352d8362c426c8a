"""Whom the owner blocked, by the words that say so, and where their cases lie meanwhile.

A word names addresses; it holds for everything of whoever has one of them today, be it joined with others
since or not. Cases are moved and not changed: where each would stand is kept beside it.
"""

from __future__ import annotations

from collections.abc import Iterable

from anlass.people import Person, person_id
from anlass.people.word import blocked
from anlass.store.ground.sql import Tables
from anlass.store.people.forgotten import ForgottenTables
from anlass.store.people.words import WordTables

_ALL_OF = """
SELECT b.id, b.person FROM store_personaddress b WHERE b.owner_id = %(owner)s AND b.person IN (
    SELECT a.person FROM store_personaddress a WHERE a.owner_id = %(owner)s AND a.id IN (...))
"""
_FROM = "SELECT id, sent_at FROM store_letter WHERE owner_id = %(owner)s AND way <> 'out' AND sender IN (...)"
_HELD = "SELECT id, person FROM store_case WHERE owner_id = %(owner)s AND state = 'blocked'"
_FREE = "SELECT id FROM store_case WHERE owner_id = %(owner)s AND state <> 'blocked' AND person IN (...)"
_HOLD = "UPDATE store_case SET before_block = state, state = 'blocked'"
_LET_GO = "UPDATE store_case SET state = COALESCE(before_block, 'waiting'), before_block = NULL"
_OF_CASE = "WHERE owner_id = %(owner)s AND id = %(id)s"


class BlockTables:
    """Whom one owner blocked."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._words = WordTables(tables)
        self._forgotten = ForgottenTables(tables)

    def addresses(self) -> frozenset[str]:
        """Return the ids of all addresses of all who are blocked, and of the persons themselves."""
        named = blocked(self._words.all()) | self._forgotten.blocked_ids()
        if not named:
            return named
        rows = self._tables.rows_in(_ALL_OF, sorted(named))
        return named.union(*(map(str, row) for row in rows))

    def holds(self, person: Person) -> bool:
        """Tell whether a person is blocked."""
        is_named = not self.addresses().isdisjoint({person.id, *map(person_id, person.addresses)})
        return is_named or self._forgotten.are_blocked(person.addresses)

    def letters(self, addresses: Iterable[str]) -> tuple[str, ...]:
        """Return the letters that came from these addresses, be they cases or not, oldest first."""
        rows = sorted(self._tables.rows_in(_FROM, addresses), key=lambda row: (row[1] or 0, row[0]))
        return tuple(str(id_) for id_, _ in rows)

    def settle(self) -> int:
        """Let cases lie where the words say by now; return how many moved."""
        named = self.addresses()
        held = {str(id_): str(person) for id_, person in self._tables.rows(_HELD)}
        gone = [id_ for id_, person in held.items() if person not in named]
        come = [str(id_) for (id_,) in self._tables.rows_in(_FREE, sorted(named))] if named else []
        for sql, ids in ((_HOLD, come), (_LET_GO, gone)):
            for id_ in ids:
                self._tables.write(f"{sql} {_OF_CASE}", id=id_)
        return len(come) + len(gone)
