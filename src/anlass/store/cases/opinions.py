"""Second opinions for which a letter left the house, and what they took: letters and money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from anlass.people.ids import digest_id
from anlass.store.ground.mapping import read, seconds, written
from anlass.store.ground.sql import Tables, insert

if TYPE_CHECKING:
    from anlass.litmus.opinion import Opinion

_INSERT = insert("opinion", "id about asked_at cost content", key="id")
_OF = "FROM store_opinion WHERE owner_id = %(owner)s AND about = %(case)s"


@dataclass(frozen=True, slots=True)
class Spent:
    """How many letters were sent, and what that cost in millionths of a cent."""

    letters: int
    cost: int


class OpinionTables:
    """The second opinions of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, case: str, opinion: Opinion) -> None:
        """Add one; the same words at the same moment are still two, for both were paid."""
        before = self._tables.row(f"SELECT COUNT(*) {_OF}", case=case)
        content = written(opinion)
        id_ = digest_id(case, content, str(before[0] if before else 0))
        row = (id_, case, seconds(opinion.at), opinion.cost, content)
        self._tables.write_all(_INSERT, [row])

    def all(self, case: str) -> tuple[Opinion, ...]:
        """Return those on a case, oldest first."""
        from anlass.litmus.opinion import Opinion  # noqa: PLC0415 - collecting needs none of what judges

        rows = self._tables.rows(f"SELECT content {_OF} ORDER BY asked_at, id", case=case)
        return tuple(read(Opinion, content) for (content,) in rows)

    def spent(self, since: datetime) -> Spent:
        """Return what was sent and paid since then."""
        row = self._tables.row(
            "SELECT COUNT(*), SUM(cost) FROM store_opinion"
            " WHERE owner_id = %(owner)s AND asked_at >= %(since)s",
            since=seconds(since),
        )
        return Spent(int(row[0]), int(row[1] or 0)) if row else Spent(0, 0)
