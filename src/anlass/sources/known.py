"""All sources beside mail, in the order in which they are asked whether they know a file."""

from __future__ import annotations

from collections.abc import Iterable

from anlass.sources.calendar import Calendars
from anlass.sources.cards import Cards
from anlass.sources.contacts import ContactTables
from anlass.sources.ldif import Ldif
from anlass.sources.linkedin import LinkedIn
from anlass.sources.skype import Skype
from anlass.sources.traces import TraceSource
from anlass.sources.wordpress import WordPress
from anlass.sources.xing import Xing

SOURCES: tuple[TraceSource, ...] = (
    Cards(),
    Ldif(),
    Calendars(),
    LinkedIn(),
    Xing(),
    Skype(),
    WordPress(),
    ContactTables(),  # last: it takes any table of people that is nobody's in particular
)


def source_of(
    path: str, beginning: bytes, sources: Iterable[TraceSource] | None = None
) -> TraceSource | None:
    """Return the first source that knows the file at `path`, or `None`."""
    return next(
        (one for one in (SOURCES if sources is None else sources) if one.knows(path, beginning)), None
    )
