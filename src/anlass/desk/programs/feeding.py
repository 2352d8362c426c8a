"""Open cases as a calendar or a reader of feeds shows them: that somebody asks, and no more than wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from anlass.desk.cases.inbox import line_of
from anlass.desk.voice.common import Lang
from anlass.intake.guard import one_line
from anlass.store.book import Book, CaseState, KeptCase

MOST = 100
"""Open cases that are shown, the newest."""
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One open case; `about` is "" unless details are wanted."""

    case: str
    title: str
    about: str
    when: datetime


def open_cases(book: Book, *, details: bool, now: datetime, lang: Lang) -> tuple[FeedEntry, ...]:
    """Return the cases that wait for the owner, the newest first."""
    kept = book.cases(CaseState.WAITING, limit=MOST).cases
    return tuple(_entry(one, details=details, now=now, lang=lang) for one in kept)


def calendar(entries: tuple[FeedEntry, ...], *, now: datetime, lang: Lang) -> bytes:
    """Return the entries as a calendar: each on the day it came, taking no time."""
    made = Calendar()
    made.add("prodid", "-//Anlass//DE")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", NAME[lang])
    made.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for one in entries:
        event = Event()
        event.add("uid", f"{one.case}@anlass")
        event.add("dtstamp", now)
        event.add("dtstart", one.when.astimezone(now.tzinfo).date())
        event.add("summary", one.title)
        event.add("transp", "TRANSPARENT")
        if one.about:
            event.add("description", one.about)
        made.add_component(event)
    return bytes(made.to_ical())


def _entry(kept: KeptCase, *, details: bool, now: datetime, lang: Lang) -> FeedEntry:
    when = kept.case.request.arrived or kept.kept_at
    if not details:
        return FeedEntry(kept.id, TITLE[lang], "", when)
    line = line_of(kept, now, lang)
    return FeedEntry(kept.id, one_line(line.name)[:_LONGEST], one_line(line.says)[:_LONGEST], when)


NAME: dict[Lang, str] = {"de": "Anlass: an der Tür", "en": "Anlass: at the door"}
TITLE: dict[Lang, str] = {"de": "Eine Anfrage", "en": "A request"}
"""What is said of a case whose details nobody wanted to see there."""
