"""Days that are typed on a page, by the owner's clock; those of the command line are in `cli/clock.py`."""

from __future__ import annotations

from datetime import date, datetime, time

BEGINNING, MORNING, NOON, END = time(), time(9), time(12), time(23, 59, 59)
_YEARS = range(1900, 9000)
"""Beyond them some clock of the world knows no such day."""


def day_of(text: str, now: datetime, at: time = END) -> datetime | None:
    """Return a moment of a day that was typed, its end where no other is meant, in the owner's zone.

    `None` where none was typed. Raises `ValueError` for what is no day.
    """
    if not text.strip():
        return None
    day = date.fromisoformat(text.strip())
    if day.year not in _YEARS:
        raise ValueError(f"{day} is no day that anybody means.")
    return datetime.combine(day, at, now.tzinfo)
