"""Requests as the time ledger sees them, and the minutes that the owner says were given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from anlass.intake.contact_request import Channel
from anlass.ledger import TieLevel
from anlass.ledger.time import TimeAsked
from anlass.store.ground.mapping import moment, seconds
from anlass.store.ground.sql import Tables, insert

_GIVEN = insert("timegiven", "id minutes said_at", key="id", update="minutes said_at")
_TAKE_BACK = "DELETE FROM store_timegiven WHERE owner_id = %(owner)s AND id = %(id)s"
_ALL = """
SELECT c.id, c.arrived, c.channel, c.level, c.minutes, g.minutes,
    c.answered_at IS NOT NULL OR c.state = 'done'
FROM store_case c LEFT JOIN store_timegiven g ON g.owner_id = c.owner_id AND g.id = c.id
WHERE c.owner_id = %(owner)s ORDER BY c.arrived, c.id
"""
_OF_CASE = "SELECT minutes FROM store_timegiven WHERE owner_id = %(owner)s AND id = %(id)s"


class TimeTables:
    """What requests of one owner asked for, and what was given."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def all(self) -> Iterator[TimeAsked]:
        """Yield every request, oldest first."""
        for id_, arrived, channel, level, minutes, given, is_settled in self._tables.stream(_ALL):
            tie = TieLevel(level or TieLevel.STRANGER)
            yield TimeAsked(
                id_, moment(arrived), Channel(channel), tie, minutes, given, is_settled=bool(is_settled)
            )

    def given(self, case: str) -> int | None:
        """Return the minutes that were given to a case, `None` where the owner has not said."""
        row = self._tables.row(_OF_CASE, id=case)
        return int(row[0]) if row else None

    def give(self, case: str, minutes: int, *, now: datetime) -> None:
        """Write down the minutes that were given to a case, in place of what was said before."""
        self._tables.write_all(_GIVEN, [(case, minutes, seconds(now))])

    def take_back(self, case: str) -> bool:
        """Forget what was said of a case; return whether something was."""
        return self._tables.write(_TAKE_BACK, id=case) > 0
