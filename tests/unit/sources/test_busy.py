"""What the owner's calendars keep in the days to come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from anlass.sources.calendar.busy import busy_in

BERLIN = ZoneInfo("Europe/Berlin")
SINCE = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
UNTIL = SINCE + timedelta(days=14)


def calendar(*events: str) -> bytes:
    """Return a calendar of these events."""
    inside = "".join(f"BEGIN:VEVENT\r\nUID:{n}\r\n{one}\r\nEND:VEVENT\r\n" for n, one in enumerate(events))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{inside}END:VCALENDAR\r\n".encode()


def kept(*events: str) -> list[str]:
    """Return the spans in words."""
    spans, unread = busy_in(calendar(*events), "a.ics", since=SINCE, until=UNTIL, zone=BERLIN)
    assert unread == 0
    return [f"{a.astimezone(UTC):%d %H:%M}-{b.astimezone(UTC):%d %H:%M}" for a, b in spans]


def test_single_events_floating_times_and_whole_days() -> None:
    """A time of no zone is the owner's, a day is the whole day, an event without end is an hour."""
    assert kept(
        "DTSTART:20261123T090000Z\r\nDTEND:20261123T093000Z",
        "DTSTART:20261124T090000\r\nDURATION:PT2H",
        "DTSTART;VALUE=DATE:20261125",
        "DTSTART;TZID=Europe/Berlin:20261126T140000",
    ) == ["23 09:00-23 09:30", "24 08:00-24 10:00", "24 23:00-25 23:00", "26 13:00-26 14:00"]


def test_series_are_expanded() -> None:
    """Every week within the two."""
    assert kept("DTSTART:20260105T090000Z\r\nDTEND:20260105T100000Z\r\nRRULE:FREQ=WEEKLY") == [
        "23 09:00-23 10:00",
        "30 09:00-30 10:00",
    ]


def test_what_is_free_or_called_off_keeps_nobody() -> None:
    """And neither does what is over or far away."""
    assert (
        kept(
            "DTSTART:20261123T090000Z\r\nDTEND:20261123T093000Z\r\nTRANSP:TRANSPARENT",
            "DTSTART:20261123T090000Z\r\nDTEND:20261123T093000Z\r\nSTATUS:CANCELLED",
            "DTSTART:20261101T090000Z\r\nDTEND:20261101T093000Z",
            "DTSTART:20270101T090000Z\r\nDTEND:20270101T093000Z",
        )
        == []
    )


def test_what_cannot_be_read_is_counted() -> None:
    """A rule that nobody reads, an event without a beginning: the owner is told that there is more."""
    data = calendar("DTSTART:20261123T090000Z\r\nRRULE:FREQ=SECONDLY", "SUMMARY:nothing")
    spans, unread = busy_in(data, "a.ics", since=SINCE, until=UNTIL, zone=BERLIN)
    assert (spans, unread) == ((), 2)
