"""What happened month by month: the numbers that the picture of a tie is drawn from.

Where the years would not fit, several months stand together: a quarter, a year, as many as it takes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from anlass.ledger import UNDATED, Encounter, EncounterKind

MOST = 48
"""Periods that one picture holds."""
_STEPS = (1, 3, 12)


@dataclass(frozen=True, slots=True)
class Period:
    """Some months in a row: the first of them, and how many encounters of each kind there were."""

    year: int
    month: int
    counts: Mapping[EncounterKind, int] = field(default_factory=dict)

    def count(self, *kinds: EncounterKind) -> int:
        """Return how many encounters of these kinds there were."""
        return sum(self.counts.get(kind, 0) for kind in kinds)


@dataclass(frozen=True, slots=True)
class Months:
    """The periods from the first encounter until now, none left out; each has `step` months."""

    periods: tuple[Period, ...]
    step: int

    def has(self, *kinds: EncounterKind) -> bool:
        """Tell whether any of these kinds happened."""
        return any(one.count(*kinds) for one in self.periods)

    def most(self) -> int:
        """Return the highest number of letters and messages one way in one period, at least 1."""
        ways = (
            (EncounterKind.MAIL_IN, EncounterKind.MESSAGE_IN),
            (EncounterKind.MAIL_OUT, EncounterKind.MESSAGE_OUT),
        )
        return max((one.count(*way) for one in self.periods for way in ways), default=0) or 1


def months_of(encounters: Iterable[Encounter], *, now: datetime) -> Months | None:
    """Return the months from the first encounter to `now`, in its time zone; `None` where none has a date.

    What is dated after `now` (clocks go wrong) stands in the last month.
    """
    told = [(one.kind, one.when.astimezone(now.tzinfo)) for one in encounters if one.when != UNDATED]
    if not told:
        return None
    end = _number(now)
    start = min(end, *(_number(when) for _, when in told), end)
    step = next((one for one in _STEPS if (end - start) // one < MOST), -(-(end - start + 1) // MOST))
    start -= start % step
    counts: dict[int, Counter[EncounterKind]] = {one: Counter() for one in range(start, end + 1, step)}
    for kind, when in told:
        number = min(_number(when), end)
        counts[number - (number - start) % step][kind] += 1
    return Months(tuple(Period(one // 12, one % 12 + 1, dict(found)) for one, found in counts.items()), step)


def _number(when: datetime) -> int:
    return when.year * 12 + when.month - 1
