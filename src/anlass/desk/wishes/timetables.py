"""The organiser's timetable of rounds: when the list closes, wishes are compared, results open.

A round can be set and called off as long as its list is open; after that it goes to its end by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from anlass.desk.voice.gatherings import missing, refused
from anlass.desk.wishes.hosting import FEW, MANY, open_round
from anlass.outreach.hosting import Hosting
from anlass.outreach.phrases import day_says
from anlass.outreach.wish_event import WishEvent, WishRound
from anlass.outreach.wish_times import Phase, Timetable, timetable
from anlass.store.book import Book

_CLOSES, _COMPARED, _OPENS = time(18), time(20), time(9)
_TO_WISH = timedelta(days=3)
"""How long one may think about it: wishes are made calmly, after the event."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A round as the organiser wants it: three aware moments, and how many wishes each person has.

    `wishes` is `None` where the event's number stays.
    """

    freeze: datetime
    match: datetime
    release: datetime
    wishes: int | None = None


def proposed(hosting: Hosting, *, now: datetime) -> Timetable:
    """Return the times a form proposes, by the clock of `now`: the list closes on the last day at six."""
    last = max(hosting.ends.astimezone(now.tzinfo).date(), now.date())
    if datetime.combine(last, _CLOSES, now.tzinfo) <= now:
        last += timedelta(days=1)
    compared = last + _TO_WISH
    return timetable(
        datetime.combine(last, _CLOSES, now.tzinfo),
        datetime.combine(compared, _COMPARED, now.tzinfo),
        datetime.combine(compared + timedelta(days=1), _OPENS, now.tzinfo),
    )


def plan_round(book: Book, event: WishEvent, wanted: Wanted, *, now: datetime) -> WishRound:
    """Set the next round of an event. Raises `Refused` where it cannot be held so."""
    try:
        times = timetable(wanted.freeze, wanted.match, wanted.release)
    except ValueError as error:
        raise refused("order") from error
    if times.freeze <= now:
        raise refused("past")
    hosting = hosting_of(book, event)
    if hosting is not None and times.release >= hosting.delete_at:
        raise refused("beyond the clock", day=day_says(hosting.delete_at, event.lang))
    wishes = event.quota if wanted.wishes is None else wanted.wishes
    if not FEW <= wishes <= MANY:
        raise refused("wishes nameless", few=FEW, many=MANY)
    with book.together():
        book.wishes.keep_event(replace(event, quota=wishes))
        made = open_round(book, event, times)
        book.note("round", about=event.id.hex(), content={"round": made.number}, now=now)
    return made


def call_off(book: Book, event: WishEvent, *, now: datetime) -> None:
    """Drop the round whose list is still open. Raises `Refused` where there is none."""
    with book.together():
        if not book.wishes.call_off(event.id):
            raise refused("nothing to call off")
        book.note("round_off", about=event.id.hex(), now=now)


def is_to_come(book: Book, event: WishEvent) -> bool:
    """Tell whether a round was set whose list is still open."""
    return any(one.phase is Phase.JOINING for one in book.wishes.rounds(event.id))


def hosting_of(book: Book, event: WishEvent) -> Hosting | None:
    """Return the hosted event whose wishes these are; `None` where they stand alone."""
    return next((one for one in book.hosting.all() if one.wishes == event.id.hex()), None)


def wishes_of(book: Book, hosting: Hosting) -> WishEvent:
    """Return the wishes of a hosted event. Raises `NotFound`."""
    event = book.wishes.event(bytes.fromhex(hosting.wishes)) if hosting.wishes else None
    if event is None:
        raise missing("no wishes")
    return event
