"""The time ledger on the desk: its numbers, the cases behind each, and the owner's word on what was given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from anlass.desk.cases.inbox import Line, line_of
from anlass.desk.voice.common import Lang
from anlass.errors import Problem, UserError
from anlass.intake.contact_request import Channel
from anlass.ledger.time import MonthOfYear, Number, TimeAsked, Times, added, month_of, months_from
from anlass.store.book import Book

LONGEST = 24 * 60
"""Minutes that can be given to one request."""
SHOWN = 200
"""Cases that are listed behind one number; the newest are shown."""


@dataclass(frozen=True, slots=True)
class TimeSheet:
    """The time ledger: the numbers of all requests, and of each month since the first one."""

    all: Times
    months: tuple[tuple[MonthOfYear, Times], ...]


@dataclass(frozen=True, slots=True)
class Behind:
    """The cases behind one number: what each adds to it, what is asked and given; `older` are not listed."""

    number: Number
    month: MonthOfYear | None
    total: int
    cases: tuple[tuple[Line, TimeAsked], ...]
    older: int


@dataclass(frozen=True, slots=True)
class GivenTime:
    """What the owner said of a case: the minutes given now and before, `None` where nothing is said."""

    line: Line
    minutes: int | None
    before: int | None


def time_sheet(book: Book, *, now: datetime) -> TimeSheet:
    """Return the time ledger as of `now`, in its time zone."""
    zone, first = now.tzinfo or UTC, book.times.first()
    months = months_from(first, zone, now) if first else ()
    parts = defaultdict[int, list[tuple[Channel, Mapping[Number, int]]]](list)
    for place, channel, numbers in book.times.sums([one.begins(zone) for one in months[1:]]):
        parts[place].append((channel, numbers))
    every = added(part for several in parts.values() for part in several)
    return TimeSheet(every, tuple((one, added(parts[place])) for place, one in enumerate(months)))


def behind(book: Book, number: Number, month: MonthOfYear | None, *, now: datetime, lang: Lang) -> Behind:
    """Return the cases behind a number, of a month or of all, newest first."""
    count, total, found = book.times.behind(number, *_days_of(month, now), limit=SHOWN)
    shown = tuple((line_of(book.case(one.case), now, lang), one) for one in found)
    return Behind(number, month, total, shown, count - len(shown))


def asked_in(book: Book, month: MonthOfYear, *, now: datetime) -> tuple[TimeAsked, ...]:
    """Return the requests of a month as the time ledger counts them, oldest first."""
    return tuple(book.times.asked(*_days_of(month, now)))


def _days_of(month: MonthOfYear | None, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return when a month begins and when it is over; this month is not, whatever a letter's date says."""
    if month is None:
        return None, None
    zone, last = now.tzinfo or UTC, month_of(now, now.tzinfo or UTC)
    ends = None if month == last else min(month.after, last).begins(zone)
    return month.begins(zone), ends


def give(book: Book, case_id: str, minutes: int, *, now: datetime, lang: Lang) -> GivenTime:
    """Write down how many minutes the owner gave to a case; raises `NotFound` and `UserError`."""
    kept = book.case(case_id)
    if not 0 <= minutes <= LONGEST:
        raise UserError(Problem(_TOO_MANY[lang].format(most=LONGEST)))
    before = book.times.given(kept.id)
    with book.together():
        book.times.give(kept.id, minutes, now=now)
        book.note("give_time", about=kept.id, content={"minutes": minutes, "before": before}, now=now)
    return GivenTime(line_of(kept, now, lang), minutes, before)


def take_back(book: Book, case_id: str, *, now: datetime, lang: Lang) -> GivenTime:
    """Forget what the owner said of the time given to a case; raises `NotFound`."""
    kept = book.case(case_id)
    before = book.times.given(kept.id)
    with book.together():
        if book.times.take_back(kept.id):
            book.note("take_back_time", about=kept.id, content={"before": before}, now=now)
    return GivenTime(line_of(kept, now, lang), None, before)


_TOO_MANY: dict[Lang, str] = {
    "de": "Minuten sind eine ganze Zahl von 0 bis {most}.",
    "en": "Minutes are a whole number from 0 to {most}.",
}
