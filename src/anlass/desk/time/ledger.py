"""The time ledger on the desk: its numbers, the cases behind each, and the owner's word on what was given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from anlass.desk.cases.inbox import Line, line_of
from anlass.desk.voice.common import Lang
from anlass.errors import Problem, UserError
from anlass.ledger.time import MonthOfYear, Number, TimeAsked, Times, by_month, month_of, times
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
    requests = tuple(book.times.all())
    months = by_month(requests, now.tzinfo or UTC, now) if requests else ()
    return TimeSheet(times(requests), months)


def behind(book: Book, number: Number, month: MonthOfYear | None, *, now: datetime, lang: Lang) -> Behind:
    """Return the cases behind a number, of a month or of all, newest first."""
    found = [one for one in asked_in(book.times.all(), month, now=now) if one.amount(number)]
    shown = [(line_of(book.case(one.case), now, lang), one) for one in found[: -SHOWN - 1 : -1]]
    total = sum(one.amount(number) for one in found)
    return Behind(number, month, total, tuple(shown), max(0, len(found) - SHOWN))


def asked_in(
    requests: Iterable[TimeAsked], month: MonthOfYear | None, *, now: datetime
) -> tuple[TimeAsked, ...]:
    """Return the requests of a month as the time ledger counts them, oldest first; all without one."""
    zone = now.tzinfo or UTC
    last = month_of(now, zone)
    return tuple(one for one in requests if month in {None, min(month_of(one.arrived, zone), last)})


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
