"""Who may enter which house: the one part of the memory that is not asked for one owner.

Before somebody has logged in nobody knows whose rows may be looked at, so these tables are found by an
address or by the digest of a secret. Nothing of a case, a person or a letter lies here.
"""

from __future__ import annotations

from anlass.store.sql import Tables


class GateTables:
    """The gate before all houses of one database."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def owners(self) -> tuple[str, ...]:
        """Return the ids of all owners, in order."""
        return tuple(str(id_) for (id_,) in self._tables.rows("SELECT id FROM store_owner ORDER BY id"))
