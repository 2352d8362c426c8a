"""Offered times as a calendar that every mail program opens; nothing in it answers by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

Span = tuple[datetime, datetime]


def calendar_of(times: Sequence[Span], *, title: str, uid: str, at: datetime) -> str:
    """Return an iCalendar text with one tentative event for each time.

    It asks for no reply by machine (`PUBLISH`, no attendee): people agree in words. `uid` begins the
    names of the events, `title` is what stands in the calendar.
    """
    import icalendar  # noqa: PLC0415 - only whoever offers times waits for it

    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Anlass//times//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for number, (start, end) in enumerate(times, 1):
        event = icalendar.Event()
        event.add("uid", f"{number}.{uid}")
        event.add("dtstamp", at.astimezone(UTC))
        event.add("dtstart", start.astimezone(UTC))
        event.add("dtend", end.astimezone(UTC))
        event.add("summary", title)
        event.add("status", "TENTATIVE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return str(calendar.to_ical().decode("utf-8"))
