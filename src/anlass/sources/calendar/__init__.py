"""Calendars: .ics files, read for the meetings that were held.

A series with its changes is one record. Reasons for no trace: `alone` (nobody else is in it),
`not_there` (the owner or all others did not say yes), `called_off`, `to_come`, `crowd`, `message` (an
invitation or answer that was saved as a file: its sender wrote it), `no_event` (a task, a journal).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from anlass.intake.message import SetAside
from anlass.ledger.trace import Trace
from anlass.people import Address
from anlass.sources.calendar.cutting import cut
from anlass.sources.calendar.series import Calendar, called_off_in, traces_of
from anlass.sources.found import Glance
from anlass.sources.reading import whole
from anlass.sources.traces import Bearings, NoTrace, unchanged

__all__ = ["Calendars", "called_off", "meetings_in"]

_BEGIN = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN[ \t]*:[ \t]*VCALENDAR\b", re.IGNORECASE)
_ENDS = (".ics", ".ical", ".ifb", ".icalendar")
_SIZE = 64 * 1024 * 1024


class Calendars:
    """The source of .ics files."""

    name = "calendar"
    joins = False

    def knows(self, path: str, beginning: bytes) -> bool:
        """Tell a calendar by its first line, else by its name."""
        return bool(_BEGIN.match(beginning)) or (bool(beginning) and path.lower().endswith(_ENDS))

    def stamp(self, glance: Glance, bearings: Bearings) -> str:
        """Return the stamp: the file's looks and the day, for what was to come may have been held."""
        return f"{unchanged(glance)}|{bearings.now:%Y-%m-%d}"

    def read(self, path: str, bearings: Bearings) -> Iterator[Trace | NoTrace | SetAside]:
        """Yield what each series of the file tells."""
        data = whole(path, _SIZE)
        if isinstance(data, SetAside):
            yield data
        else:
            yield from meetings_in(data, path, bearings)


def meetings_in(
    data: bytes, path: str, bearings: Bearings, *, is_own_letter: bool = False
) -> Iterator[Trace | NoTrace | SetAside]:
    """Yield what each series in these bytes tells; they lie at `path`, a file or an address on a server.

    Of invitations and answers only those of the owner's own letters tell anything.
    """
    calendar = Calendar(path, "mail" if is_own_letter else Calendars.name, bearings, is_own_letter)
    for record in cut(data, path):
        if isinstance(record, SetAside):
            yield record
        else:
            yield from traces_of(record, calendar)


def called_off(data: bytes, bearings: Bearings, writer: str) -> tuple[tuple[str, Address], ...]:
    """Return the meetings that a letter of their organiser, `writer`, calls off: their ids, and with whom."""
    records = (record for record in cut(data, "") if not isinstance(record, SetAside))
    return tuple(found for record in records for found in called_off_in(record, bearings, writer))
