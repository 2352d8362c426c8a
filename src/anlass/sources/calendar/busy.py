"""When the owner is busy, by calendars of their own: what is to come, with its length.

An event that is called off or marked as free keeps nobody; one of a whole day keeps the day. A series
that cannot be read is counted: whoever offers times should know that there is more.
"""

from __future__ import annotations

import warnings
from datetime import date, datetime, time, timedelta, tzinfo

from anlass.intake.message import SetAside
from anlass.sources.calendar.cutting import Record, cut
from anlass.sources.calendar.held import MISHAPS, calendar_text
from anlass.sources.calendar.rules import reach

Span = tuple[datetime, datetime]

_USUAL = timedelta(hours=1)
"""How long an event is taken to last that does not say."""


def busy_in(
    data: bytes, path: str, *, since: datetime, until: datetime, zone: tzinfo
) -> tuple[tuple[Span, ...], int]:
    """Return the spans that a calendar keeps between two moments, and how many series cannot be read.

    `zone` is where times without one are meant.
    """
    found: list[Span] = []
    unread = 0
    for record in cut(data, path):
        spans = None if isinstance(record, SetAside) else _spans(record, since, until, zone)
        unread += spans is None
        found += spans or ()
    return tuple(sorted(found)), unread


def _spans(record: Record, since: datetime, until: datetime, zone: tzinfo) -> list[Span] | None:
    """Return what one series keeps; `None` where it cannot be read."""
    import icalendar  # noqa: PLC0415 - only whoever offers times waits for it
    import recurring_ical_events  # noqa: PLC0415

    if any(reach(lines) is None for lines in record.events):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            calendar = icalendar.Calendar.from_ical(calendar_text(record))
            events = list(recurring_ical_events.of(calendar).between(since - timedelta(days=1), until))
            spans = [_span(one, zone) for one in events if isinstance(one, icalendar.Component)]
    except MISHAPS:
        return None
    return [span for span in spans if span is not None and span[0] < until and span[1] > since]


def _span(event: object, zone: tzinfo) -> Span | None:
    """Return the span of one event, `None` where it keeps nobody."""
    get = getattr(event, "get", lambda *_: None)
    is_off = str(get("STATUS", "")).upper() == "CANCELLED"
    if is_off or str(get("TRANSP", "")).upper() == "TRANSPARENT":
        return None
    begin, end, length = (getattr(get(name), "dt", None) for name in ("DTSTART", "DTEND", "DURATION"))
    if not isinstance(begin, date):
        raise TypeError("an event without a beginning")
    start = _moment(begin, zone)
    if isinstance(length, timedelta):
        return start, start + length
    if isinstance(end, date) and _moment(end, zone) > start:
        return start, _moment(end, zone)
    return start, start + (_USUAL if isinstance(begin, datetime) else timedelta(days=1))


def _moment(when: date, zone: tzinfo) -> datetime:
    """Return the moment of a date or time; a day begins at its midnight."""
    if not isinstance(when, datetime):
        return datetime.combine(when, time(), tzinfo=zone)
    return when.replace(tzinfo=zone) if when.tzinfo is None else when
