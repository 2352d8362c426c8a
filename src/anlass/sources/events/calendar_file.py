"""An .ics file as an event: its name, its days, its place, and who is invited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar

from anlass.intake.guard import one_line
from anlass.outreach.event import Somebody
from anlass.people import mail_address
from anlass.sources.events.listed import EventList, Listed, Named
from anlass.sources.told import aside

_MOST = 5_000
"""Entries of a calendar that are looked at: a programme of a conference has some hundred."""


def read_calendar(data: bytes, path: str) -> EventList:
    """Return what a calendar tells; a programme of many entries is one event from first to last."""
    try:
        calendar = Calendar.from_ical(data)
        entries = list(calendar.walk("VEVENT"))[:_MOST]
        spans = [span for span in map(_span, entries) if span is not None]
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return EventList("calendar", set_aside=(aside(path, "broken_file"),))
    if not spans:
        return EventList("calendar", set_aside=(aside(path, "empty"),))
    first = entries[0]
    whole = str(calendar.get("X-WR-CALNAME", "")) if len(entries) > 1 else ""
    event = Named(
        _line(whole or first.get("SUMMARY", "")),
        min(begins for begins, _ in spans),
        max(ends for _, ends in spans),
        _line(first.get("LOCATION", "")),
        _line(first.get("UID", "")),
    )
    people = dict.fromkeys(one for entry in entries for one in _invited(entry))
    return EventList("calendar", event, tuple(people))


def _span(entry: object) -> tuple[datetime, datetime] | None:
    begins = _moment(_value(entry, "DTSTART"))
    last = _value(entry, "DTEND")
    ends = _moment(last) if isinstance(last, datetime) else _end_of_day_before(last)
    if begins is None:
        return None
    return begins, max(ends or datetime.combine(begins.date(), time(23, 59, 59), UTC), begins)


def _end_of_day_before(value: object) -> datetime | None:
    """Return the last moment before a day: a calendar names the first day that is free again."""
    if not isinstance(value, date):
        return None
    return datetime.combine(value, time(), UTC) - timedelta(seconds=1)


def _value(entry: object, name: str) -> object:
    found = entry.get(name) if hasattr(entry, "get") else None
    return getattr(found, "dt", None)


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    return datetime.combine(value, time(9), UTC) if isinstance(value, date) else None


def _invited(entry: object) -> Iterator[Listed]:
    told = entry.get("ATTENDEE", []) if hasattr(entry, "get") else []
    for one in told if isinstance(told, list) else [told]:
        address = mail_address(str(one).removeprefix("mailto:").removeprefix("MAILTO:"))
        if address is not None:
            name = _line(getattr(one, "params", {}).get("CN", ""))
            yield Listed(Somebody("" if "@" in name else name, (address,)))


def _line(value: object) -> str:
    return one_line(str(value))[:200]
