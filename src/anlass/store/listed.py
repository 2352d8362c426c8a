"""Long lists, a part at a time: each part begins right behind the last line of the one before.

However long a list is and whatever comes in meanwhile, no line is missed and none comes twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from anlass.store.cases import OF_PERSON, CaseTables, KeptCase
from anlass.store.mapping import digest_id, seconds
from anlass.store.marks import Entry, JournalTables
from anlass.store.sql import Tables

_OF_CASE = "SELECT id, state, answered_at, content FROM store_case WHERE owner_id = %(owner)s AND id IN (...)"
_OF_LETTERS = (
    "SELECT request, id, state FROM store_outgoing WHERE owner_id = %(owner)s AND request IN (...)"
    " ORDER BY request, id"
)
_OF_JOURNAL = (
    "SELECT about, COUNT(*) FROM store_journalentry WHERE owner_id = %(owner)s AND about IN (...)"
    " GROUP BY about"
)
_SEEN = (_OF_CASE, _OF_LETTERS, _OF_JOURNAL)
"""What is seen of a case, from each table."""
Place = tuple[int, str]
"""Where a part ends: the moment of its last line as seconds since 1970, and its id."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases are wanted; what is `None` makes no difference. `since` is included, `until` is not."""

    state: str | None = None
    channel: str | None = None
    verdict: str | None = None
    action: str | None = None
    person: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class ListTables:
    """The long lists of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def cases(
        self, wanted: Wanted, *, after: Place | None, limit: int
    ) -> tuple[tuple[KeptCase, ...], Place | None]:
        """Return a part of the wanted cases, newest first, and where it ends; `None` behind the last one."""
        values: dict[str, object] = {
            name: value
            for name in ("state", "channel", "verdict", "action")
            if (value := getattr(wanted, name)) is not None
        }
        conditions = ["owner_id = %(owner)s", *(f"{name} = %({name})s" for name in values)]
        if wanted.person is not None:
            conditions.append(OF_PERSON)
            values["person"] = wanted.person
        for name, moment, sign in (("since", wanted.since, ">="), ("until", wanted.until, "<")):
            if moment is not None:
                conditions.append(f"arrived {sign} %({name})s")
                values[name] = seconds(moment)
        rows = self._part(("arrived", "store_case"), conditions, values, after, limit=limit)
        kept = CaseTables(self._tables).these([row[1] for row in rows[:limit]])
        return tuple(kept), _end(rows, limit)

    def journal(
        self, about: str | None, *, after: Place | None, limit: int
    ) -> tuple[tuple[Entry, ...], Place | None]:
        """Return a part of the journal, newest first, about one case or person or all, and where it ends."""
        conditions = ["owner_id = %(owner)s", *(["about = %(about)s"] if about is not None else [])]
        values: dict[str, object] = {"about": about} if about is not None else {}
        rows = self._part(("happened", "store_journalentry"), conditions, values, after, limit=limit)
        told = JournalTables(self._tables).these([row[1] for row in rows[:limit]])
        return told, _end(rows, limit)

    def versions(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Return a digest of all that is seen of each of these cases: itself, its letters, its journal.

        The journal only grows, so that its length is enough.
        """
        seen: dict[str, list[str]] = {}
        for sql in _SEEN:
            for id_, *parts in self._tables.rows_in(sql, ids):
                seen.setdefault(id_, []).extend(map(str, parts))
        return {id_: digest_id(id_, *parts) for id_, parts in seen.items()}

    def lines_on(self, ids: Sequence[str], *acts: str) -> tuple[Entry, ...]:
        """Return the lines of the journal about any of these that are of these acts."""
        found = self._tables.rows_in(
            "SELECT about, act, id FROM store_journalentry WHERE owner_id = %(owner)s AND about IN (...)", ids
        )
        return JournalTables(self._tables).these([id_ for _, act, id_ in found if act in acts])

    def _part(
        self,
        of: tuple[str, str],
        conditions: list[str],
        values: Mapping[str, object],
        after: Place | None,
        *,
        limit: int,
    ) -> list[Place]:
        """Return moments and ids of a part, and of one line more where there is one."""
        named, (column, table) = dict(values), of
        if after is not None:
            conditions = [*conditions, f"({column}, id) < (%(moment)s, %(id)s)"]
            named |= {"moment": after[0], "id": after[1]}
        sql = f"SELECT {column}, id FROM {table} WHERE {' AND '.join(conditions)}"
        sql += f" ORDER BY {column} DESC, id DESC LIMIT %(limit)s"
        return [(int(row[0]), str(row[1])) for row in self._tables.rows(sql, limit=limit + 1, **named)]


def _end(rows: list[Place], limit: int) -> Place | None:
    return rows[limit - 1] if len(rows) > limit else None
