"""What of a series was held until now: each occurrence with who was named in it.

icalendar reads the lines, recurring-ical-events expands them; both are given one series at a time, so
that one that they cannot read spoils no other.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from anlass.sources.calendar.cutting import Record, name_of
from anlass.sources.calendar.rules import FARTHEST, reach

if TYPE_CHECKING:
    from icalendar import Component

_CHANGES = 500
_ZONE_LINES = 200
_TIMES = 1_200
_RECURS = ("RRULE", "RDATE")
MISHAPS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, OSError)
Named = tuple[str, Mapping[str, str]]
"""Somebody as an event names them: the value of the property, and its parameters."""


class UnreadableError(Exception):
    """A series that cannot be read: the reason code, and what is wrong with it in half a sentence."""

    def __init__(self, reason: str, says: str) -> None:
        self.reason, self.says = reason, says
        super().__init__(says)


@dataclass(frozen=True, slots=True)
class Held:
    """One occurrence that is over; `start` and `recurrence` (its place in the series) are in UTC."""

    uid: str
    start: datetime
    recurrence: datetime
    location: str
    organizer: Named | None
    attendees: tuple[Named, ...]
    is_called_off: bool


def occurrences(record: Record, now: datetime) -> Iterator[Held]:
    """Yield what of a series was over at `now`, in order. Raises `UnreadableError`."""
    if len(record.events) > _CHANGES:
        raise UnreadableError("too_long", "has more changes than any series has")
    reaches = [reach(lines) for lines in record.events]
    if None in reaches:
        raise UnreadableError("rule", "recurs by a rule that is not read")
    back = min((one for one in reaches if one is not None), default=FARTHEST)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = sorted(_expanded(record, now, back), key=lambda held: held.start)
    except MISHAPS as error:
        raise UnreadableError("no_appointment", "cannot be read") from error
    yield from found[-_TIMES:]


def _expanded(record: Record, now: datetime, back: timedelta) -> Iterator[Held]:
    """Parse a series and expand it where it recurs."""
    import icalendar  # noqa: PLC0415 - only whoever has meetings waits for it
    import recurring_ical_events  # noqa: PLC0415

    calendar = icalendar.Calendar.from_ical(calendar_text(record))
    events = list(calendar.walk("VEVENT"))
    if not events or not all(isinstance(_value(event, "DTSTART"), date) for event in events):
        raise UnreadableError("no_date", "has no date that can be read")
    recurs = any(name_of(line) in _RECURS for lines in record.events for line in lines)
    if recurs:
        events = [
            one
            for one in recurring_ical_events.of(calendar).between(now - back, now)
            if isinstance(one, icalendar.Component)
        ]
    for event in events:
        held = _held(event, record, now)
        if held is not None:
            yield held


def calendar_text(record: Record) -> str:
    """Write a series as a calendar of its own, with the zones that only its file knows."""
    used = {
        line.partition("TZID=")[2].partition(":")[0].partition(";")[0].strip('"')
        for lines in record.events
        for line in lines
        if "TZID=" in line
    }
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for zone in sorted(used - _known_zones()):
        own = record.zones.get(zone, ())
        if own and len(own) <= _ZONE_LINES and _is_harmless(own):
            lines += ["BEGIN:VTIMEZONE", *own, "END:VTIMEZONE"]
    for event in record.events:
        lines += ["BEGIN:VEVENT", *(line for line in event if ":" in line), "END:VEVENT"]
    return "\r\n".join((*lines, "END:VCALENDAR", ""))


@cache
def _known_zones() -> frozenset[str]:
    """Return the zones that need no description: those of this machine, and the names that Windows has."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415

    return frozenset(available_timezones() | WINDOWS_TO_OLSON.keys())


def _is_harmless(zone: list[str] | tuple[str, ...]) -> bool:
    """Tell whether a zone changes by ordinary rules."""
    return reach([line for line in zone if name_of(line) != "RRULE"]) is not None and all(
        reach([line]) is not None for line in zone if name_of(line) == "RRULE"
    )


def _value(event: Component, name: str) -> object:
    """Return a date, moment or length that an event names, as Python's own value."""
    return getattr(event.get(name), "dt", None)


def _held(event: Component, record: Record, now: datetime) -> Held | None:
    """Return an occurrence that is over, or `None` while it is not."""
    begin, end, length = (_value(event, name) for name in ("DTSTART", "DTEND", "DURATION"))
    if not isinstance(begin, date):
        raise UnreadableError("no_date", "has no date that can be read")
    start = _moment(begin)
    over = _moment(end) if isinstance(end, date) else start
    if isinstance(length, timedelta):
        over = start + length
    if max(start, over) > now or now - start > FARTHEST:
        return None
    place = _value(event, "RECURRENCE-ID")
    return Held(
        uid=record.uid or str(event.get("SUMMARY", "")),
        start=start,
        recurrence=_moment(place) if isinstance(place, date) else start,
        location=str(event.get("LOCATION", "")),
        organizer=next(_named(event.get("ORGANIZER")), None),
        attendees=tuple(_named(event.get("ATTENDEE"))),
        is_called_off=str(event.get("STATUS", "")).strip().upper() == "CANCELLED",
    )


def _moment(when: date) -> datetime:
    """Return a moment in UTC: a day counts as its noon, a time of no zone as one of UTC."""
    if not isinstance(when, datetime):
        return datetime(when.year, when.month, when.day, 12, tzinfo=UTC)
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def _named(values: object) -> Iterator[Named]:
    for value in values if isinstance(values, list) else [values]:
        if value is not None:
            params = getattr(value, "params", {})
            yield str(value), {str(key).upper(): str(params[key]) for key in params}
