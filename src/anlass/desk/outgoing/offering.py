"""Offering times in the answer to a case: once the litmus test is passed, out of the owner's calendars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from anlass.channels.mail.times import calendar_of
from anlass.desk.outgoing.outbox import Words
from anlass.desk.outgoing.voice import WhyNot, why_not
from anlass.desk.voice.common import Lang
from anlass.errors import NotFound, Problem, Refused
from anlass.replies import Templates, discreet
from anlass.replies.compose import offering
from anlass.replies.times import OFFICE, Span, free_times, may_offer, minutes_of
from anlass.sources.calendar.busy import busy_in
from anlass.store.book import Book

if TYPE_CHECKING:
    from anlass.sources.dav import Server

Calendar = tuple[str, bytes]
"""Where a calendar or an entry of one lies, and what it holds."""
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
    calendars: Iterable[Calendar],
    *,
    now: datetime,
    lang: Lang,
) -> Offer:
    """Return the letter that offers times to the person of a case; `now` is in the owner's time zone.

    The calendars are looked into once the litmus test is passed. Raises `NotFound`, and `Refused` in `lang`
    before that, or where nothing is free.
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


def on_disk(paths: Iterable[Path]) -> Iterator[Calendar]:
    """Yield calendars in files; raises `NotFound` for one that cannot be read."""
    for path in paths:
        try:
            yield str(path), path.read_bytes()[:_LARGEST]
        except OSError as error:
            raise NotFound(Problem(f"cannot be read: {error.strerror}", str(path))) from error


def on_servers(servers: Iterable[Server]) -> Iterator[Calendar]:
    """Yield every entry of the calendars on servers; raises `SourceError` where one cannot be asked."""
    from anlass.sources.dav import Wire, changes, collections, contents  # noqa: PLC0415 - only servers need it

    for server in servers:
        with Wire(server.account) as wire:
            for collection in collections(wire, server.kind):
                names = tuple(changes(wire, collection, "").entries)
                for name, data in contents(wire, collection, server.kind, names):
                    yield collection.url + name, data


def _busy(calendars: Iterable[Calendar], now: datetime) -> tuple[list[Span], int]:
    """Return what the calendars keep in the days to come, and how many series cannot be read."""
    busy: list[Span] = []
    unread = 0
    until = now + timedelta(days=OFFICE.days_ahead + 1)
    zone = now.tzinfo
    if zone is None:
        raise ValueError("now must be aware")
    for place, data in calendars:
        found, missed = busy_in(data, place, since=now, until=until, zone=zone)
        busy += found
        unread += missed
    return busy, unread
