"""Dates as networks and spreadsheets write them, in several languages; nothing is guessed twice."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from anlass.ledger import UNDATED

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan jän gen ene",
            "feb fév fev",
            "mar mär mrz maa",
            "apr abr avr",
            "may mai mag mei maj",
            "jun juin giu",
            "jul juil lug",
            "aug aoû aou ago",
            "sep set",
            "oct okt ott out",
            "nov",
            "dec dez déc dic",
        ),
        start=1,
    )
    for name in names.split()
}
"""Beginnings of the names of months: English and German, and what French, Spanish, Italian, Dutch add."""

_CLOCK = (
    r"(?:[T,]?\s*(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?\s*([ap])?\.?m?\.?\s*(utc|gmt|z|[+-]\d\d:?\d\d)?)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _CLOCK, re.IGNORECASE)
_NAMED = re.compile(
    r"(\d{1,2})(?:\.|er|º|°)?[\s-]+(?:de )?([^\W\d_]{3,12})\.?[\s,-]+(?:del? )?(\d{4}|\d\d)" + _CLOCK,
    re.IGNORECASE,
)
"""Also "1er mai 2026" and "5 de mayo de 2026"."""
_NAMED_FIRST = re.compile(r"([^\W\d_]{3,12})\.?\s+(\d{1,2}),?\s+(\d{4})" + _CLOCK, re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)" + _CLOCK, re.IGNORECASE)
_LONGEST = 60
_EARLIEST = 1990


def moment(text: str, now: datetime) -> datetime:
    """Return the moment that `text` names, in UTC, or `UNDATED` where it names none.

    Without a zone it is UTC, without a time midnight. `3/5/26` is March 5th as LinkedIn
    writes it, unless its first number can be no month; `3.5.26` is May 3rd. What lies
    before 1990 or after `now` is no date of a message or contact: a clock went wrong.
    """
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return UNDATED
    try:
        found = _parts(text)
    except (ValueError, OverflowError):
        return UNDATED
    return found if found and found.year >= _EARLIEST and found <= now else UNDATED


def is_misdated(text: str, now: datetime) -> bool:
    """Tell whether something stands where a date should, and it is none, or none that can be right."""
    return bool(text.strip()) and moment(text, now) == UNDATED


def _parts(text: str) -> datetime | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return _at(found[1], found[3], found[4], found.groups()[4:])
    if found := _NAMED.fullmatch(text):
        return _at(found[3], _month(found[2]), found[1], found.groups()[3:])
    if found := _NAMED_FIRST.fullmatch(text):
        return _at(found[3], _month(found[1]), found[2], found.groups()[3:])
    if found := _NUMBERS.fullmatch(text):
        month, day = found[1], found[3]
        if found[2] == "." or int(month) > 12:
            month, day = day, month
        return _at(found[4], month, day, found.groups()[4:])
    return None


def _month(name: str) -> str:
    name = name.casefold()
    return str(_MONTHS.get(name[:4]) or _MONTHS.get(name[:3]) or 0)


def _at(year: str, month: str, day: str, clock: tuple[str | None, ...]) -> datetime:
    """Return the moment made of these; raises `ValueError` where there is no such day."""
    hour, minute, second, half, zone = clock
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half in "pP" else 0)
    when = datetime(
        int(year) + (2000 if len(year) == 2 else 0), int(month), int(day), hours, int(minute or 0),
        int(second or 0), tzinfo=UTC,
    )  # fmt: skip
    if zone and zone[0] in "+-":
        away = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        when += -away if zone[0] == "+" else away
    return when
