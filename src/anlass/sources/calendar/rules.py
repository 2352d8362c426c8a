"""Which rules of recurrence are expanded: those of ordinary appointments.

A rule can be written that yields millions of moments, or none for eight thousand years; both keep a
machine busy for minutes. So only rules by the day, the week, the month and the year are taken, with
few values each, and of a series only what lies within the last years.
"""

from __future__ import annotations

import re
from datetime import timedelta

_PART = re.compile(r"([A-Z-]+)=([A-Z0-9,+:/TZ-]{1,200})", re.IGNORECASE)
_ALLOWED = {
    "DAILY": {"BYDAY"},
    "WEEKLY": {"BYDAY"},
    "MONTHLY": {"BYDAY", "BYMONTHDAY", "BYSETPOS"},
    "YEARLY": {"BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"},
}
_ALWAYS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
_VALUES = 40
_DATES = 500
REACH = {
    "DAILY": timedelta(days=3 * 366),
    "WEEKLY": timedelta(days=15 * 366),
    "MONTHLY": timedelta(days=30 * 366),
    "YEARLY": timedelta(days=50 * 366),
}
"""How far back a series is expanded: about a thousand times at most."""
FARTHEST = REACH["YEARLY"]


def reach(lines: list[str]) -> timedelta | None:
    """Return how far back an event with these lines is expanded, or `None` where its rule is not taken."""
    found = FARTHEST
    rules = [line.partition(":")[2] for line in lines if line.upper().startswith("RRULE")]
    dates = sum(line.count(",") + 1 for line in lines if line.upper().startswith(("RDATE", "EXDATE")))
    if len(rules) > 1 or dates > _DATES or any(line.upper().startswith("EXRULE") for line in lines):
        return None
    for rule in rules:
        frequency = _frequency(rule)
        if frequency is None:
            return None
        found = REACH[frequency]
    return found


def _frequency(rule: str) -> str | None:
    """Return the frequency of a rule that is taken."""
    parts = {}
    for part in rule.strip().strip(";").split(";"):
        hit = _PART.fullmatch(part.strip())
        if hit is None or hit[2].count(",") > _VALUES:
            return None
        parts[hit[1].upper()] = hit[2].upper()
    frequency = parts.get("FREQ", "")
    if frequency not in _ALLOWED or not parts.keys() <= _ALLOWED[frequency] | _ALWAYS:
        return None
    interval = parts.get("INTERVAL", "1")
    return frequency if interval.isdecimal() and 1 <= int(interval) <= 1_000 else None
