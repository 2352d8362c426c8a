"""How close somebody is, in a number that passing days do not change: what lists are sorted by.

S of the tie (`tie.py`) fades by the half-life. Whatever happened before a day fades alike from that day on,
so S on any later day is one number times 2^(-day/h): the same sums with the weight 2^(when/h) in place of
2^(-a/h), days counted from 1970. That number sorts people as S does on every day after the last encounter.
What is dated later than the day one asks for breaks this (a letter from a wrong clock does not fade before
its date, a meeting to come is none): then one says the day, and asks again on the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from math import exp2

from anlass.ledger.encounter import UNDATED, Encounter, EncounterKind
from anlass.ledger.tie import HALF_LIFE, TieLevel, level_by, turns_of, weighed

_LATEST = datetime(2400, 1, 1, tzinfo=UTC)
"""Whatever claims to be later weighs as if it were of this day: a number has an end."""
_LEVELS = tuple(TieLevel)


@dataclass(frozen=True, slots=True)
class Closeness:
    """How close somebody is: the level, the number to sort by, the turns, when something last happened.

    `last` is `UNDATED` where nothing has a date.
    """

    level: TieLevel = TieLevel.STRANGER
    strength: float = 0.0
    turns: int = 0
    last: datetime = UNDATED


def closeness_of(encounters: Iterable[Encounter], *, at: datetime | None = None) -> Closeness:
    """Return how close somebody is at the moment `at`; without one, at every moment from the last on.

    The two are the same, bit by bit, where nothing is dated after `at`.
    """
    told = tuple(e for e in encounters if at is None or e.kind is not EncounterKind.MEETING or e.when <= at)
    proven = tuple(one for one in told if one.is_proven)
    turns = turns_of(proven)
    until = _LATEST if at is None else min(at, _LATEST)

    def grown(one: Encounter) -> float:
        return exp2((min(one.when, until) - UNDATED).total_seconds() / 86_400 / HALF_LIFE)

    return Closeness(
        level_by(proven, turns, meetings=sum(one.kind is EncounterKind.MEETING for one in proven)),
        weighed(proven, grown).total,
        len(turns),
        max((one.when for one in told), default=UNDATED),
    )


def place(closeness: Closeness, *, by_tie: bool) -> tuple[float, ...]:
    """Return numbers that sort a list, the smallest first: the closest, else whom the owner met last."""
    last = -(closeness.last - UNDATED).total_seconds()
    return (-_LEVELS.index(closeness.level), -closeness.strength, last) if by_tie else (last,)


def strength_at(closeness: Closeness, at: datetime) -> float:
    """Return S of the tie at a moment, from the number that lists are sorted by."""
    return closeness.strength * exp2((UNDATED - at).total_seconds() / 86_400 / HALF_LIFE)
