"""When a letter goes: after the time in which it can be taken back, and by day."""

from __future__ import annotations

from datetime import datetime, timedelta

from anlass.replies.silence.facts import Terms
from anlass.replies.silence.goes import SOONEST, is_quiet


def due_at(now: datetime, terms: Terms) -> datetime:
    """Return when a letter that goes by itself is due; `now` is in the owner's own time zone.

    Out of the quiet hours it comes at their end, as many minutes past as it came into them,
    so that a morning is no burst.
    """
    due = now + max(terms.delay, SOONEST)
    for _ in range(24):
        if not is_quiet(due.hour, terms.quiet_from, terms.quiet_until):
            return due
        due += timedelta(hours=1)
    return due
