"""Which cases the owner has answered by letter: an own letter to that person, later and in the same thread.

So only threads in which something changed can tell of a new answer, unless persons were joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from anlass.store.ground.sql import Row, Tables

_ANSWERED = """
SELECT c.id, (
    SELECT MIN(e.happened) FROM store_encounter e
    WHERE e.owner_id = c.owner_id AND e.kind = 'mail_out'
        AND (e.happened >= c.arrived AND c.replied_at IS NULL OR e.happened > c.replied_at)
        AND e.address IN (SELECT a.id FROM store_personaddress a
            WHERE a.owner_id = c.owner_id AND a.person = COALESCE((
                SELECT o.person FROM store_personaddress o
                WHERE o.owner_id = c.owner_id AND o.id = c.person), c.person))
        AND e.thread IN (SELECT l.thread FROM store_letter l
            WHERE l.owner_id = c.owner_id AND l.message = c.message))
FROM store_case c WHERE c.owner_id = %(owner)s AND c.answered_at IS NULL AND c.message IS NOT NULL
"""
STILL_ANSWERED = _ANSWERED.replace("SELECT c.id,", "SELECT c.id, c.answered_at,").replace(
    "c.answered_at IS NULL", "c.answered_at IS NOT NULL"
)
"""The cases that are answered: when they were said to be, and when they are by now."""
_IN_THREADS = """
SELECT c.id FROM store_letter l
JOIN store_case c ON c.owner_id = l.owner_id AND c.message = l.message AND c.answered_at IS NULL
WHERE l.owner_id = %(owner)s AND l.thread IN (...)
"""


class AnswerTables:
    """What own letters in the archive answered."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def mark_all(self) -> int:
        """Note which of all cases the owner has answered since; return how many."""
        return self._mark(self._tables.rows(_ANSWERED))

    def mark_in(self, threads: Sequence[int]) -> int:
        """Note which cases in these threads the owner has answered since; return how many."""
        return self.mark({str(id_) for (id_,) in self._tables.rows_in(_IN_THREADS, threads)})

    def mark(self, cases: Iterable[str]) -> int:
        """Note which of these cases the owner has answered since; return how many."""
        return self._mark(self._tables.rows_in(f"{_ANSWERED} AND c.id IN (...)", sorted(cases)))

    def _mark(self, found: Iterable[Row]) -> int:
        """Note answers; whoever was to be asked back, and has not replied yet, counts as asked."""
        answered = [(when, id_) for id_, when in found if when is not None]
        for when, id_ in answered:
            self._tables.write(
                "UPDATE store_case SET answered_at = %(when)s, state ="
                " CASE WHEN state = 'blocked' THEN state"
                " WHEN (action = 'ask_back' OR state = 'asked') AND replied_at IS NULL THEN 'asked'"
                " ELSE 'done' END"
                " WHERE owner_id = %(owner)s AND id = %(id)s",
                when=when,
                id=id_,
            )
        return len(answered)
