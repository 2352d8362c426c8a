"""The past as house rules look at it again: every case with its evidence, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from anlass.ledger import Encounter
from anlass.policy import Action
from anlass.policy.past import Became, Past, Told
from anlass.store.ground.mapping import moment, read, seconds
from anlass.store.ground.sql import Tables

_CASES = """
SELECT id, person, arrived, content, evidence, action, answered_at, replied_at FROM store_case
WHERE owner_id = %(owner)s AND arrived >= %(since)s ORDER BY arrived DESC, id DESC LIMIT %(limit)s
"""
_LAST_LETTERS = """
SELECT o.id, MAX(CASE WHEN e.kind IN ('mail_out', 'message_out') THEN e.happened END),
    MAX(CASE WHEN e.kind IN ('mail_in', 'message_in') AND e.is_turn THEN e.happened END)
FROM (SELECT DISTINCT person FROM store_case WHERE owner_id = %(owner)s) c
JOIN store_personaddress o ON o.owner_id = %(owner)s AND o.id = c.person
JOIN store_personaddress a ON a.owner_id = o.owner_id AND a.person = o.person
JOIN store_encounter e ON e.owner_id = a.owner_id AND e.address = a.id
GROUP BY o.id
"""
"""Of each address with a case: when the owner last wrote to its person, and when they last answered."""
_EVER = datetime.fromisoformat("0001-01-01T00:00:00+00:00")


class PastTables:
    """The past of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def cases(self, *, since: datetime | None = None, limit: int | None = None) -> Iterator[Past]:
        """Yield the cases that came since then, the newest first, at most `limit`; memory stays flat."""
        rows = self._tables.rows(_LAST_LETTERS)
        last = {id_: min(wrote, answered) for id_, wrote, answered in rows if wrote and answered}
        values = {"since": seconds(since or _EVER), "limit": limit if limit is not None else 2**62}
        for id_, person, came, content, evidence, action, answered, replied in self._tables.stream(
            _CASES, **values
        ):
            yield Past(
                id_,
                moment(came),
                read(Told, content),
                read(tuple[Encounter, ...], evidence),
                Action(action),
                Became(answered is not None or replied is not None, last.get(person, came) > came),
            )
