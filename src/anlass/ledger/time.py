"""The time ledger: how many minutes were asked, given, and not given, month by month.

A request asks for the minutes that its letter writes out; what it takes otherwise, nobody knows, so
nothing is guessed. Given is what the owner says was given. Not given are the minutes asked of requests
that are answered or done, less those given; whether they would have been given otherwise is not
for a program to say. Everything stands in the month in which the request arrived, so that every
number opens into its requests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from anlass.intake.contact_request import Channel
from anlass.ledger.tie import TieLevel


class Number(StrEnum):
    """What is counted: requests by the piece, time in minutes."""

    REQUESTS = "requests"
    STRANGERS = "strangers"
    """Requests of people with whom nothing was shared when they asked."""
    UNSAID = "unsaid"
    """Requests that write no number of minutes."""
    ASKED = "asked"
    GIVEN = "given"
    SPARED = "spared"
    """Minutes asked and not given, of requests that are answered or done."""
    OPEN = "open"
    """Minutes asked of requests that are neither."""


PIECES = frozenset({Number.REQUESTS, Number.STRANGERS, Number.UNSAID})
"""The numbers that are no minutes."""


@dataclass(frozen=True, slots=True)
class TimeAsked:
    """One request as the time ledger sees it.

    `minutes` are those that the letter asks for, `given` those that the owner says were given; both
    `None` where nobody says. `is_settled`: it was answered, or is done.
    """

    case: str
    arrived: datetime
    channel: Channel
    level: TieLevel
    minutes: int | None = None
    given: int | None = None
    is_settled: bool = False

    def amount(self, number: Number) -> int:
        """Return what this request adds to a number."""
        asked, given = self.minutes or 0, self.given or 0
        return {
            Number.REQUESTS: 1,
            Number.STRANGERS: int(self.level is TieLevel.STRANGER),
            Number.UNSAID: int(self.minutes is None),
            Number.ASKED: asked,
            Number.GIVEN: given,
            Number.SPARED: max(0, asked - given) if self.is_settled else 0,
            Number.OPEN: max(0, asked - given) if not self.is_settled else 0,
        }[number]


@dataclass(frozen=True, slots=True, order=True)
class MonthOfYear:
    """A month of a calendar, such as 2026-10."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def before(self) -> MonthOfYear:
        """The month before."""
        return MonthOfYear(self.year - (self.month == 1), (self.month - 2) % 12 + 1)

    @property
    def after(self) -> MonthOfYear:
        """The month after."""
        return MonthOfYear(self.year + (self.month == 12), self.month % 12 + 1)

    def begins(self, zone: tzinfo) -> datetime:
        """Return the moment at which the month begins in a time zone."""
        return datetime(self.year, self.month, 1, tzinfo=zone)


@dataclass(frozen=True, slots=True)
class Times:
    """The numbers of some requests, and through which doors these came."""

    numbers: tuple[tuple[Number, int], ...]
    channels: tuple[tuple[Channel, int], ...]

    def of(self, number: Number) -> int:
        """Return one number."""
        return dict(self.numbers)[number]


def month_of(when: datetime, zone: tzinfo) -> MonthOfYear:
    """Return the month of a moment in a time zone."""
    there = when.astimezone(zone)
    return MonthOfYear(there.year, there.month)


def month_named(text: str) -> MonthOfYear | None:
    """Return the month that `2026-10` names, `None` where it names none; before each there is another."""
    year, dash, month = text.partition("-")
    is_one = (
        dash and len(year) == 4 and len(month) == 2 and (year + month).isascii() and (year + month).isdigit()
    )
    return MonthOfYear(int(year), int(month)) if is_one and 1 <= int(month) <= 12 and int(year) > 1 else None


def times(requests: Iterable[TimeAsked]) -> Times:
    """Return the numbers of some requests; doors with most requests come first."""
    return added((one.channel, {number: one.amount(number) for number in Number}) for one in requests)


def added(parts: Iterable[tuple[Channel, Mapping[Number, int]]]) -> Times:
    """Return the numbers of parts together, each of one door; doors with most requests come first."""
    numbers: Counter[Number] = Counter()
    channels: Counter[Channel] = Counter()
    for channel, part in parts:
        channels[channel] += part[Number.REQUESTS]
        numbers.update(part)
    doors = sorted(channels.items(), key=lambda pair: (-pair[1], pair[0]))
    return Times(tuple((number, numbers[number]) for number in Number), tuple(doors))


def months_from(first: datetime, zone: tzinfo, until: datetime) -> tuple[MonthOfYear, ...]:
    """Return every month from the one of a moment to the one of the moment `until`, none left out.

    What bears a later date than `until` (clocks go wrong) stands in the last month.
    """
    last = month_of(until, zone)
    months = [min(month_of(first, zone), last)]
    while months[-1] < last:
        months.append(months[-1].after)
    return tuple(months)
