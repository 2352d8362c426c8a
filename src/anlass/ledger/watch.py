"""The watch list: people kept in mind without being accepted, each with a clock, and what wakes an entry.

An entry sleeps until the person writes well, is introduced, was met, or the time is up. Nobody outside can
see or infer any of it: waking is a word to the owner alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from anlass.ledger.encounter import UNDATED, Encounter, EncounterKind
from anlass.people.ids import digest_id

LONG = timedelta(days=182)
"""How long somebody is watched where the owner names no day: half a year."""


class WakeKind(StrEnum):
    """What woke an entry of the watch list."""

    WROTE = "wrote"
    """They wrote, and there was a reason in it; or they answered the owner."""
    INTRODUCED = "introduced"
    """Somebody the owner knows introduced them."""
    MET = "met"
    """They met, or swapped cards."""
    TIME = "time"
    """The time the owner set is up."""


@dataclass(frozen=True, slots=True)
class Wake:
    """What woke an entry, and when that happened."""

    kind: WakeKind
    when: datetime


@dataclass(frozen=True, slots=True)
class Watch:
    """One entry: `person` is the id of an address, `why` the owner's words, `until` `None` without an end.

    `case` is the request it began with, "" where it began with none; `again` is since when it sleeps again
    after it woke, because the owner keeps that request in mind once more.
    """

    person: str
    since: datetime
    until: datetime | None = None
    why: str = ""
    case: str = ""
    woken: Wake | None = None
    ended_at: datetime | None = None
    again: datetime | None = None

    @property
    def id(self) -> str:
        """The id: the same for the same person put on the list at the same moment."""
        return digest_id(self.person, self.since.isoformat())

    @property
    def asleep_since(self) -> datetime:
        """Only what happened later wakes it."""
        return self.again or self.since

    @property
    def is_asleep(self) -> bool:
        """Whether it may wake: an entry that woke lies awake until it ends, or is put to sleep again."""
        return self.woken is None or self.again is not None


_MEETINGS = (EncounterKind.MEETING, EncounterKind.CARD)
_LETTERS = (EncounterKind.MAIL_IN, EncounterKind.MESSAGE_IN)


def wake_of(
    watch: Watch, encounters: Iterable[Encounter], reasons: Iterable[datetime], *, at: datetime
) -> Wake | None:
    """Return what wakes an entry first, as of the moment `at`; `None` while nothing does.

    `reasons` is when requests of the person came that have a reason. Only what is proven counts, and only
    what happened since the entry was made, or put to sleep again.
    """
    wakes = [Wake(WakeKind.WROTE, when) for when in reasons if watch.asleep_since < when <= at]
    for one in encounters:
        kind = _kind(one)
        if kind is not None and one.is_proven and one.when != UNDATED and watch.asleep_since < one.when <= at:
            wakes.append(Wake(kind, one.when))
    if watch.until is not None and watch.until <= at:
        wakes.append(Wake(WakeKind.TIME, watch.until))
    return min(wakes, key=lambda one: (one.kind is WakeKind.TIME, one.when, one.kind), default=None)


def _kind(one: Encounter) -> WakeKind | None:
    if one.kind in _MEETINGS:
        return WakeKind.MET
    if one.kind is EncounterKind.INTRODUCTION:
        return WakeKind.INTRODUCED
    return WakeKind.WROTE if one.kind in _LETTERS and one.is_turn else None
