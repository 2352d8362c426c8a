"""Letting go of cases that are over: every row that names one is deleted, in one step, and counted anew.

What is only a digest stays where it keeps the house in order: a letter that was read is not read again, an
ask on a network is not met twice, a card that was given with a case stays given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from anlass.intake.gate import FORGOTTEN
from anlass.store.cases.kept import CaseState
from anlass.store.ground.mapping import seconds
from anlass.store.ground.naming import NAMING, SAYING
from anlass.store.ground.sql import Tables

_OVER = f"""
SELECT id FROM store_case c
WHERE c.owner_id = %(owner)s AND c.state = '{CaseState.DONE}' AND c.arrived < %(day)s AND c.kept_at < %(day)s
AND COALESCE(c.answered_at, 0) < %(day)s AND COALESCE(c.replied_at, 0) < %(day)s
AND NOT EXISTS (SELECT 1 FROM store_journalentry j
    WHERE j.owner_id = c.owner_id AND j.about = c.id AND j.happened >= %(day)s)
AND NOT EXISTS (SELECT 1 FROM store_knock k WHERE k.owner_id = c.owner_id AND k.request = c.id AND k.is_open)
AND NOT EXISTS (SELECT 1 FROM store_outgoing o
    WHERE o.owner_id = c.owner_id AND o.request = c.id AND o.state IN ('waiting', 'sending', 'doubtful'))
"""
_STAY = {
    "grant": """UPDATE store_grant SET "case" = '' WHERE owner_id = %(owner)s AND "case" = %(id)s""",
    "knock": "UPDATE store_knock SET request = '' WHERE owner_id = %(owner)s AND request = %(id)s",
    "seen": f"UPDATE store_seen SET request = NULL, rule = '{FORGOTTEN}', quote = ''"
    " WHERE owner_id = %(owner)s AND request = %(id)s",
}
"""Rows that stay and forget which case it was."""
_GO = tuple(
    (table, column)
    for table, columns in NAMING.items()
    for column, kind in columns
    if kind == "case" and table not in _STAY
)
_PLACES = tuple(
    f"FROM store_{table} WHERE owner_id = %(owner)s AND {column} = %(id)s" for table, column in _GO
)
"""Where rows of a case are, as the end of a statement."""
_QUOTED = re.compile(r'"([^"\\]+)"')
_TELL = tuple(table for table, kinds in SAYING.items() if "case" in kinds and table != "lesson")
"""Tables whose content may name a case. What the owner taught by one stays: it is hers."""


class ForgettingTables:
    """What one owner's house lets go of."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def count(self, before: datetime) -> int:
        """Return how many cases are done and untouched since `before`."""
        row = self._tables.row(f"SELECT COUNT(*) FROM ({_OVER}) AS over_", day=seconds(before))
        return int(row[0]) if row else 0

    def over(self, before: datetime, *, limit: int) -> tuple[str, ...]:
        """Return some cases that are done and untouched since `before`."""
        rows = self._tables.rows(f"{_OVER} ORDER BY id LIMIT %(limit)s", day=seconds(before), limit=limit)
        return tuple(str(id_) for (id_,) in rows)

    def forget(self, cases: Sequence[str]) -> int:
        """Delete cases with every row that names one; return how many rows still do, counted anew.

        On SQLite what is deleted is overwritten. What only tells of a case is looked through once for all.
        """
        self._tables.overwrite()
        with self._tables.together():
            for table, row in self._telling(cases):
                self._tables.write(
                    f"DELETE FROM store_{table} WHERE owner_id = %(owner)s AND id = %(id)s", id=row
                )
            for id_ in cases:
                for statement in _STAY.values():
                    self._tables.write(statement, id=id_)
                for place in _PLACES:
                    self._tables.write(f"DELETE {place}", id=id_)
        return len(self._telling(cases)) + sum(map(self._left, cases))

    def settle(self) -> None:
        """Let the database's own journal hold nothing of what was deleted; outside of any transaction."""
        self._tables.settle()

    def _left(self, id_: str) -> int:
        rows = [self._tables.row(f"SELECT COUNT(*) {place}", id=id_) for place in _PLACES]
        return sum(int(row[0]) for row in rows if row)

    def _telling(self, cases: Sequence[str]) -> list[tuple[str, str]]:
        """Return table and id of the rows whose content names one of these cases."""
        wanted, found = frozenset(cases), []
        for table in _TELL:
            rows = self._tables.stream(f"SELECT id, content FROM store_{table} WHERE owner_id = %(owner)s")
            found += [(table, str(id_)) for id_, told in rows if not wanted.isdisjoint(_QUOTED.findall(told))]
        return found
