"""The register of persons: everybody's names at once, and in which order a list shows them.

A list of ten thousand shows fifty. Which fifty is worked out here, in one statement for all encounters;
what a line says of somebody is the tie's to say, of these fifty only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from anlass.ledger.tie import HALF_LIFE, Strength, TieLevel, level_of
from anlass.store.ground.mapping import seconds
from anlass.store.ground.sql import Tables
from anlass.store.people.persons import ADDRESSES_BY_PERSON, NO_ENCOUNTER

_LEVELS = tuple(TieLevel)
_WRITTEN = "'mail_in', 'mail_out', 'message_in', 'message_out'"
_LAST = f"""
SELECT a.person, MAX(e.happened) FROM store_personaddress a
JOIN store_encounter e ON e.owner_id = a.owner_id AND e.address = a.id AND e.kind NOT IN {NO_ENCOUNTER}
WHERE a.owner_id = %(owner)s AND (e.kind <> 'meeting' OR e.happened <= %(at)s) GROUP BY a.person
"""
_CLOSEST = f"""
WITH unit AS (
    SELECT a.person AS person, e.kind AS kind, e.thread AS thread, COUNT(*) AS many,
        MAX(CASE WHEN e.is_proven THEN 1 ELSE 0 END) AS proven,
        MAX(CASE WHEN e.is_proven AND e.is_turn AND e.kind IN ({_WRITTEN}) THEN 1 ELSE 0 END) AS turn,
        MAX(CASE WHEN NOT e.is_proven THEN 0.0 ELSE
            POWER(CAST(0.5 AS DOUBLE PRECISION), CAST(
                CASE WHEN e.happened > %(at)s THEN 0 ELSE %(at)s - e.happened END
                AS DOUBLE PRECISION) / %(half_life)s)
            / CASE WHEN e.kind IN ({_WRITTEN}) AND e.others > 1 THEN e.others ELSE 1 END END) AS weight,
        MAX(e.happened) AS happened
    FROM store_personaddress a
    JOIN store_encounter e ON e.owner_id = a.owner_id AND e.address = a.id AND e.kind NOT IN {NO_ENCOUNTER}
    WHERE a.owner_id = %(owner)s AND (e.kind <> 'meeting' OR e.happened <= %(at)s)
    GROUP BY a.person, e.kind, e.thread,
        CASE WHEN e.kind IN ('message_in', 'message_out') THEN '' ELSE e.id END,
        CASE WHEN e.kind IN ('message_in', 'message_out') THEN e.happened / 86400 ELSE 0 END
)
SELECT person,
    SUM(CASE WHEN kind IN ('mail_in', 'message_in') THEN weight ELSE 0 END),
    SUM(CASE WHEN kind IN ('mail_out', 'message_out') THEN weight ELSE 0 END),
    SUM(CASE WHEN kind = 'meeting' THEN weight ELSE 0 END),
    SUM(CASE WHEN kind = 'card' THEN weight ELSE 0 END),
    SUM(turn), COUNT(DISTINCT CASE WHEN turn = 1 THEN thread END),
    SUM(CASE WHEN kind = 'meeting' THEN proven ELSE 0 END),
    SUM(CASE WHEN kind IN ('mail_in', 'message_in') THEN 0 ELSE proven END),
    MAX(happened)
FROM unit GROUP BY person
"""
"""What the number and the level are made of; what one side says in one thread on one day is one unit."""
_WATCHED = """
SELECT DISTINCT COALESCE(a.person, c.person) FROM store_case c
LEFT JOIN store_personaddress a ON a.owner_id = c.owner_id AND a.id = c.person
WHERE c.owner_id = %(owner)s AND c.state = 'watched'
"""
_OFTEN = """
SELECT a.person FROM store_encounter e
JOIN store_personaddress a ON a.owner_id = e.owner_id AND a.id = e.address
WHERE e.owner_id = %(owner)s GROUP BY a.person HAVING MAX(e.happened) >= %(since)s
AND SUM(CASE WHEN e.is_turn AND e.is_proven THEN 1 ELSE 0 END) >= %(turns)s
"""


@dataclass(frozen=True, slots=True)
class Registered:
    """One person as the register names them: the best name, all names, all addresses."""

    id: str
    name: str
    names: tuple[str, ...]
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Closeness:
    """How close somebody is, smallest first: the level, the number, the last encounter."""

    level: int = 0
    strength: float = 0.0
    last: int = 0


class RegisterTables:
    """The register of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def entries(self) -> tuple[Registered, ...]:
        """Return everybody by name; lists and the owner are none."""
        rows = self._tables.rows(ADDRESSES_BY_PERSON)
        return tuple(
            _entry(str(id_), [(str(name), str(value)) for _, name, value in told])
            for id_, told in groupby(rows, key=lambda row: row[0])
        )

    def last(self, at: datetime) -> Mapping[str, int]:
        """Return when something last happened with each person, in seconds; what is to come is left out."""
        return {str(id_): int(last) for id_, last in self._tables.rows(_LAST, at=seconds(at))}

    def closeness(self, at: datetime) -> Mapping[str, Closeness]:
        """Return how close each person with any encounter is, as `tie_of` would say as of `at`."""
        rows = self._tables.rows(_CLOSEST, at=seconds(at), half_life=HALF_LIFE * 86_400)
        return {str(row[0]): _closeness(row[1:5], row[5:9], int(row[9])) for row in rows}

    def watched(self) -> frozenset[str]:
        """Return the persons with a case on the watch list."""
        return frozenset(str(row[0]) for row in self._tables.rows(_WATCHED))

    def with_turns(self, turns: int, *, since: datetime) -> frozenset[str]:
        """Return whoever took so many turns or more, with whom something happened at `since` or later."""
        return frozenset(str(row[0]) for row in self._tables.rows(_OFTEN, turns=turns, since=seconds(since)))


def _entry(id_: str, told: list[tuple[str, str]]) -> Registered:
    names = tuple(dict.fromkeys(name for name, _ in told if name))
    addresses = tuple(dict.fromkeys(value for _, value in told))
    return Registered(id_, told[0][0] or addresses[0], names, addresses)


def _closeness(weights: tuple[float, ...], counts: tuple[int, ...], last: int) -> Closeness:
    came, went, meetings, cards = map(float, weights)
    turns, threads, met, beyond = map(int, counts)
    level = level_of(turns=turns, threads=threads, meetings=met, is_acquainted=beyond > 0)
    return Closeness(_LEVELS.index(level), Strength(came, went, meetings, cards).total, last)
