"""Offering times in the answer to a case: once the litmus test is passed, out of the owner's calendars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from anlass.channels.mail.times import calendar_of
from anlass.desk.outbox import Words
from anlass.desk.voice import Lang
from anlass.desk.voice_of_outbox import WhyNot, why_not
from anlass.errors import NotFound, Problem, Refused
from anlass.replies import Templates, discreet
from anlass.replies.compose import offering
from anlass.replies.times import OFFICE, Span, free_times, may_offer, minutes_of
from anlass.sources.calendar.busy import busy_in
from anlass.store.book import Book

_LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Offer:
    """The letter that offers times, the times, and how many series of the calendars could not be read."""

    words: Words
    times: tuple[Span, ...]
    unread: int


def offer_of(
    book: Book,
    templates: Templates,
    case_id: str,
    calendars: Sequence[Path],
    *,
    now: datetime,
    lang: Lang,
) -> Offer:
    """Return the letter that offers times to the person of a case; `now` is in the owner's time zone.

    Raises `NotFound`, and `Refused` in `lang` before the litmus test is passed, or where nothing is free.
    """
    kept = book.case(case_id)
    case = kept.case
    if not may_offer(case.reading, case.second):
        raise Refused(why_not(WhyNot.NOT_PASSED, lang))
    busy, unread = _busy(calendars, now)
    times = free_times(busy, now=now, minutes=minutes_of(case.reading))
    if not times:
        raise Refused(why_not(WhyNot.NO_TIME, lang))
    draft = offering(templates, request=case.request, reading=case.reading, tie=case.tie)
    discreet(draft)
    title = draft.subject.words.removeprefix("Re: ") if draft.subject else ""
    invitation = calendar_of(times, title=title, uid=kept.id, at=now)
    words = Words(draft.text.words, draft.subject.words if draft.subject else None, invitation)
    return Offer(words, times, unread)


def _busy(calendars: Sequence[Path], now: datetime) -> tuple[list[Span], int]:
    """Return what the calendars keep in the days to come, and how many series cannot be read."""
    busy: list[Span] = []
    unread = 0
    until = now + timedelta(days=OFFICE.days_ahead + 1)
    for path in calendars:
        try:
            data = path.read_bytes()[:_LARGEST]
        except OSError as error:
            raise NotFound(Problem(f"cannot be read: {error.strerror}", str(path))) from error
        zone = now.tzinfo
        if zone is None:
            raise ValueError("now must be aware")
        found, missed = busy_in(data, str(path), since=now, until=until, zone=zone)
        busy += found
        unread += missed
    return busy, unread
