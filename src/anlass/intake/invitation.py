"""A glance at a calendar part: what it asks for, in words.

Not a calendar: recurrences, zones and answers are the business of `sources`. A
doorman only needs what an invitation says, when it begins and how long it takes.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

from anlass.intake.guard import TEXT_LIMIT, VALUE_LIMIT

_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(r"^([A-Za-z-]+)(?:;[^:\r\n\"]*(?:\"[^\"\r\n]*\"[^:\r\n\"]*)*)?:(.*)$", re.MULTILINE)
_MOMENT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2}))?")
_ESCAPE = re.compile(r"\\([nN,;\\])")


def glance(calendar: str, method: str | None) -> tuple[str | None, str]:
    """Return the method (upper case) and the words of the first appointment of a calendar part.

    The words are its title, its description and a line such as
    `2026-03-05 10:00 - 10:30 (30 min)`; times as written there, without a zone.
    """
    found: dict[str, str] = {}
    within = ""
    for name, line in _LINE.findall(_FOLD.sub("", calendar[:TEXT_LIMIT])):
        key = name.upper()
        if key == "BEGIN":
            within = line.strip().upper()
        elif key == "METHOD" or within == "VEVENT":
            found.setdefault(key, line.strip()[:VALUE_LIMIT])
    method = (found.get("METHOD") or method or "").strip().upper() or None
    words = [_plain(found.get("SUMMARY", "")), _plain(found.get("DESCRIPTION", "")), _when(found)]
    return method, "\n\n".join(word for word in words if word)


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], text).strip()


def _when(found: dict[str, str]) -> str:
    start, end = _moment(found.get("DTSTART", "")), _moment(found.get("DTEND", ""))
    if start is None:
        return ""
    if end is None or end <= start:
        return f"{start:%Y-%m-%d %H:%M}"
    minutes = int((end - start).total_seconds() // 60)
    return f"{start:%Y-%m-%d %H:%M} - {end:%H:%M} ({minutes} min)"


def _moment(text: str) -> datetime | None:
    found = _MOMENT.match(text)
    if found is None:
        return None
    try:
        year, month, day, hour, minute = (int(part or 0) for part in found.groups())
        return datetime(year, month, day, hour, minute, tzinfo=UTC)
    except ValueError:
        return None
