"""The calendar parts of a mail, as bytes: what they say is for `sources/calendar` to read."""

from __future__ import annotations

from anlass.intake.guard import guarded
from anlass.intake.message import Oddity
from anlass.intake.parts import tree

_KINDS = frozenset({"text/calendar", "application/ics"})
_PARTS = 20


def calendars(raw: bytes) -> tuple[bytes, ...]:
    """Return the calendar parts of a mail in their order, within the guard's limits. Never raises."""
    oddities: set[Oddity] = set()
    leaves = tree(guarded(raw), oddities).leaves()
    return tuple(part.load() for part in leaves if part.content_type in _KINDS)[:_PARTS]
