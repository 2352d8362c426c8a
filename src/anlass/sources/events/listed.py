"""What a list of an event tells: the event, the people, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from anlass.intake.message import SetAside
from anlass.outreach.event import Somebody

YES = frozenset({"yes", "ja", "true", "1", "x", "oui", "on", "wahr"})
"""How lists say yes."""


@dataclass(frozen=True, slots=True)
class Named:
    """An event as a file names it; moments are aware, `None` where the file names none."""

    name: str = ""
    begins: datetime | None = None
    ends: datetime | None = None
    place: str = ""
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One person on a list; `ticket` and `consent` are what the organiser's program says.

    `consent` is `None` where the list says nothing of it.
    """

    somebody: Somebody
    ticket: str = ""
    consent: bool | None = None


@dataclass(frozen=True, slots=True)
class EventList:
    """All that one file or text tells; `kind` is what it was read as."""

    kind: str
    event: Named = field(default_factory=Named)
    people: tuple[Listed, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
