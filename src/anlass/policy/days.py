"""By whose clock the house rules speak of Fridays, and when the owner is away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Final


@dataclass(frozen=True, slots=True)
class Days:
    """The owner's days: their time zone, and the spans they are away, first and last day included."""

    zone: tzinfo = UTC
    away: tuple[tuple[date, date], ...] = ()

    def here(self, moment: datetime) -> datetime:
        """Return an aware `moment` as the owner's clock shows it."""
        return moment.astimezone(self.zone)

    def is_away(self, moment: datetime) -> bool:
        """Tell whether the owner is away on the day of `moment`."""
        today = self.here(moment).date()
        return any(first <= today <= last for first, last in self.away)


def span_of(text: str) -> tuple[date, date] | None:
    """Read `2026-12-20/2027-01-06`, or one day alone; `None` for what is no span of days."""
    first, _, last = text.partition("/")
    try:
        span = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    except ValueError:
        return None
    return span if span[0] <= span[1] else None


UNKNOWN_DAYS: Final = Days()
"""Days by UTC, never away: what holds where nobody said anything."""
