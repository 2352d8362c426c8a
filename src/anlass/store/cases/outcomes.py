"""What came of cases, kept: the owner's word on each, and which the digest has asked about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from anlass.ledger.outcome import CameOf
from anlass.store.ground.mapping import seconds
from anlass.store.ground.sql import Tables, insert

_SAY = insert("caseoutcome", "id outcome said_at", key="id", update="outcome said_at")
_ASK = insert("caseoutcome", "id outcome asked_at", key="id", update="asked_at")
_ANSWERED = "(c.answered_at IS NOT NULL OR c.action = 'accept' AND c.state = 'done')"
_RIPE = f"""
SELECT c.id FROM store_case c WHERE c.owner_id = %(owner)s AND {_ANSWERED}
    AND c.arrived > %(since)s AND c.arrived <= %(until)s
    AND NOT EXISTS (SELECT 1 FROM store_caseoutcome o WHERE o.owner_id = c.owner_id AND o.id = c.id)
ORDER BY c.arrived DESC, c.id LIMIT %(limit)s
"""
_ALL = f"""
SELECT c.id, o.outcome FROM store_case c
LEFT JOIN store_caseoutcome o ON o.owner_id = c.owner_id AND o.id = c.id
WHERE c.owner_id = %(owner)s AND ({_ANSWERED} OR o.outcome <> '') ORDER BY c.arrived DESC, c.id
"""
_OF_PERSON = """
SELECT DISTINCT o.outcome FROM store_caseoutcome o
JOIN store_case c ON c.owner_id = o.owner_id AND c.id = o.id
WHERE o.owner_id = %(owner)s AND o.outcome <> '' AND c.arrived < %(before)s AND c.person IN (
    SELECT a.id FROM store_personaddress a WHERE a.owner_id = o.owner_id AND a.person = %(person)s
    UNION SELECT %(person)s) ORDER BY o.outcome
"""


class OutcomeTables:
    """What came of the cases of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def of(self, case: str) -> CameOf | None:
        """Return what came of a case, `None` where the owner has not said."""
        sql = "SELECT outcome FROM store_caseoutcome WHERE owner_id = %(owner)s AND id = %(id)s"
        row = self._tables.row(sql, id=case)
        return CameOf(row[0]) if row and row[0] else None

    def say(self, case: str, came: CameOf | None, *, now: datetime) -> None:
        """Write down what came of a case, in place of what was said before; `None` takes that back."""
        self._tables.write_all(_SAY, [(case, came.value if came else "", seconds(now))])

    def ripe(self, *, since: datetime, until: datetime, limit: int) -> tuple[str, ...]:
        """Return answered cases that came between two moments and were never asked about, newest first."""
        rows = self._tables.rows(_RIPE, since=seconds(since), until=seconds(until), limit=limit)
        return tuple(str(id_) for (id_,) in rows)

    def asked(self, cases: Iterable[str], *, now: datetime) -> None:
        """Write down that the owner was asked about cases; nobody asks again."""
        self._tables.write_all(_ASK, [(case, "", seconds(now)) for case in cases])

    def all(self) -> tuple[tuple[str, CameOf | None], ...]:
        """Return every case that was answered, newest first, with what came of it."""
        rows = self._tables.rows(_ALL)
        return tuple((str(id_), CameOf(came) if came else None) for id_, came in rows)

    def of_person(self, person: str, *, before: datetime) -> tuple[str, ...]:
        """Return what came of requests of a person that came before a moment, each outcome once."""
        rows = self._tables.rows(_OF_PERSON, person=person, before=seconds(before))
        return tuple(str(came) for (came,) in rows)
