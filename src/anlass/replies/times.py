"""Times that suit the owner, offered only where the litmus test is passed (M18).

Nobody is offered an hour who has not said what for. Times lie on different days, mornings and
afternoons in turn, by the owner's working hours, never within the next day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from anlass.litmus import Asks, Reading, Verdict
from anlass.litmus.reply import Outcome, SecondRound

Span = tuple[datetime, datetime]

USUAL_TALK = 30
"""Minutes of a talk for which none were named."""
LONGEST_TALK = 120
_STEP = timedelta(minutes=30)
_NOT_WITHIN = timedelta(days=1)
_NOON = 12


@dataclass(frozen=True, slots=True)
class Hours:
    """When the owner talks: days of the week from Monday (0), from one hour until another, so far ahead."""

    days: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    since: int = 9
    until: int = 17
    days_ahead: int = 14


OFFICE = Hours()
"""Weekdays from nine to five, two weeks ahead."""


def may_offer(reading: Reading, second: SecondRound | None) -> bool:
    """Tell whether times may be offered: a talk is asked for, and there is surely a reason for it."""
    if reading.asks not in {Asks.CALL, Asks.MEETING}:
        return False
    if second is not None:
        return second.answer.outcome is Outcome.FILLED and not second.answer.unsure
    return reading.verdict is Verdict.REASON and not reading.unsure


def minutes_of(reading: Reading) -> int:
    """Return how long the talk is that is asked for."""
    asked = reading.asks_minutes
    return asked if asked is not None and 1 < asked <= LONGEST_TALK else USUAL_TALK


def free_times(
    busy: Sequence[Span], *, now: datetime, minutes: int, hours: Hours = OFFICE, count: int = 3
) -> tuple[Span, ...]:
    """Return up to `count` free spans of so many minutes; `now` is in the owner's own time zone."""
    length = timedelta(minutes=minutes)
    found: list[Span] = []
    for days in range(1, hours.days_ahead + 1):
        day = (now + timedelta(days=days)).date()
        if len(found) == count or day.weekday() not in hours.days:
            continue
        free = [
            start
            for start in _starts(day_at(now, day.toordinal(), hours), length, now, hours)
            if not any(start < end and begin < start + length for begin, end in busy)
        ]
        wanted = [start for start in free if (start.hour < _NOON) == (len(found) % 2 == 0)]
        if free:
            start = (wanted or free)[0]
            found.append((start, start + length))
    return tuple(found)


def day_at(now: datetime, ordinal: int, hours: Hours) -> datetime:
    """Return when the owner's hours begin on a day."""
    return datetime.combine(now.date().fromordinal(ordinal), time(hours.since), tzinfo=now.tzinfo)


def _starts(begin: datetime, length: timedelta, now: datetime, hours: Hours) -> Iterator[datetime]:
    """Yield where a talk could begin on one day."""
    end = begin.replace(hour=0) + timedelta(hours=hours.until)
    start = begin
    while start + length <= end:
        if start - now >= _NOT_WITHIN:
            yield start
        start += _STEP
