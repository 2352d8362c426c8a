"""Requests as the time ledger sees them, and the minutes that the owner says were given.

Numbers are summed where the cases are: nothing is kept beside them that could say otherwise once a case is
undone, corrected or forgotten. What a request adds to a number stands in `TimeAsked.amount`; `_AMOUNTS` says
the same in SQL, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from anlass.intake.contact_request import Channel
from anlass.ledger import TieLevel
from anlass.ledger.time import Number, TimeAsked
from anlass.store.ground.mapping import member, moment, seconds
from anlass.store.ground.sql import Row, Tables, insert

_GIVEN = insert("timegiven", "id minutes said_at", key="id", update="minutes said_at")
_TAKE_BACK = "DELETE FROM store_timegiven WHERE owner_id = %(owner)s AND id = %(id)s"
_OF_CASE = "SELECT minutes FROM store_timegiven WHERE owner_id = %(owner)s AND id = %(id)s"

_SETTLED = "(c.answered_at IS NOT NULL OR c.state = 'done')"
_LEFT = "(COALESCE(c.minutes, 0) - COALESCE(g.minutes, 0))"
_AMOUNTS: Mapping[Number, str] = {
    Number.REQUESTS: "1",
    Number.STRANGERS: "CASE WHEN c.level IN ('', 'stranger') THEN 1 ELSE 0 END",
    Number.UNSAID: "CASE WHEN c.minutes IS NULL THEN 1 ELSE 0 END",
    Number.ASKED: "COALESCE(c.minutes, 0)",
    Number.GIVEN: "COALESCE(g.minutes, 0)",
    Number.SPARED: f"CASE WHEN {_SETTLED} AND {_LEFT} > 0 THEN {_LEFT} ELSE 0 END",
    Number.OPEN: f"CASE WHEN NOT {_SETTLED} AND {_LEFT} > 0 THEN {_LEFT} ELSE 0 END",
}
_REQUESTS = """
FROM store_case c LEFT JOIN store_timegiven g ON g.owner_id = c.owner_id AND g.id = c.id
WHERE c.owner_id = %(owner)s
"""
_WITHIN = " AND c.arrived >= %(since)s AND c.arrived < %(until)s"
_ASKED = f"SELECT c.id, c.arrived, c.channel, c.level, c.minutes, g.minutes, {_SETTLED} {_REQUESTS} {_WITHIN}"
_FIRST = "SELECT MIN(arrived) FROM store_case WHERE owner_id = %(owner)s"
_EVER = 1 << 62
"""Seconds before and after which nothing arrives."""


class TimeTables:
    """What requests of one owner asked for, and what was given."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def asked(self, since: datetime | None = None, until: datetime | None = None) -> Iterator[TimeAsked]:
        """Yield the requests that arrived from a moment on and before another, oldest first."""
        rows = self._tables.stream(f"{_ASKED} ORDER BY c.arrived, c.id", **_within(since, until))
        yield from map(_asked, rows)

    def first(self) -> datetime | None:
        """Return when the first request arrived."""
        ((when,),) = self._tables.rows(_FIRST)
        return None if when is None else moment(when)

    def sums(self, borders: Sequence[datetime]) -> Iterator[tuple[int, Channel, Mapping[Number, int]]]:
        """Yield the numbers of each door between two borders; what is before the first border has place 0."""
        amounts = ", ".join(f"SUM({one})" for one in _AMOUNTS.values())
        span = _span([seconds(one) for one in borders])
        rows = self._tables.rows(f"SELECT {span}, c.channel, {amounts} {_REQUESTS} GROUP BY 1, 2")
        for place, channel, *numbers in rows:
            yield int(place), member(Channel, channel), dict(zip(_AMOUNTS, map(int, numbers), strict=True))

    def behind(
        self, number: Number, since: datetime | None, until: datetime | None, *, limit: int
    ) -> tuple[int, int, tuple[TimeAsked, ...]]:
        """Return how many requests add to a number, what they add, and the newest of them."""
        adding, within = f"{_WITHIN} AND {_AMOUNTS[number]} <> 0", _within(since, until)
        sums = f"SELECT COUNT(*), COALESCE(SUM({_AMOUNTS[number]}), 0) {_REQUESTS} {adding}"
        newest = f"{_ASKED} AND {_AMOUNTS[number]} <> 0 ORDER BY c.arrived DESC, c.id DESC LIMIT %(limit)s"
        ((count, total),) = self._tables.rows(sums, **within)
        return int(count), int(total), tuple(map(_asked, self._tables.rows(newest, limit=limit, **within)))

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


def _asked(row: Row) -> TimeAsked:
    id_, arrived, channel, level, minutes, given, is_settled = row
    tie = TieLevel(level or TieLevel.STRANGER)
    return TimeAsked(
        id_, moment(arrived), member(Channel, channel), tie, minutes, given, is_settled=bool(is_settled)
    )


def _within(since: datetime | None, until: datetime | None) -> dict[str, object]:
    return {
        "since": -_EVER if since is None else seconds(since),
        "until": _EVER if until is None else seconds(until),
    }


def _span(borders: Sequence[int], first: int = 0) -> str:
    """Return SQL that tells between which borders a case arrived, by halving them."""
    if not borders:
        return str(first)
    half = len(borders) // 2
    below, above = _span(borders[:half], first), _span(borders[half + 1 :], first + half + 1)
    return f"CASE WHEN c.arrived < {borders[half]} THEN {below} ELSE {above} END"
