"""The timetable of a round: when the list closes, wishes are compared, results open, all is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

KEPT = timedelta(hours=48)
"""How long results can be fetched."""


class Phase(StrEnum):
    """What a round is at; each follows the one before it."""

    JOINING = "joining"
    WISHING = "wishing"
    MATCHING = "matching"
    """Wishes are being compared; a program that died over it takes it up again."""
    MATCHED = "matched"
    RELEASED = "released"
    FORGOTTEN = "forgotten"


class Step(StrEnum):
    """What leads from one phase to the next."""

    FREEZE = "freeze"
    MATCH = "match"
    RELEASE = "release"
    FORGET = "forget"


_NEXT = {
    Phase.JOINING: Step.FREEZE,
    Phase.WISHING: Step.MATCH,
    Phase.MATCHING: Step.MATCH,
    Phase.MATCHED: Step.RELEASE,
    Phase.RELEASED: Step.FORGET,
}


@dataclass(frozen=True, slots=True)
class Timetable:
    """The four moments of a round, aware times in their order."""

    freeze: datetime
    match: datetime
    release: datetime
    forget: datetime

    def __post_init__(self) -> None:
        if not self.freeze < self.match <= self.release < self.forget:
            raise ValueError("A round is frozen, then matched, then released, then forgotten.")

    def at(self, step: Step) -> datetime:
        """Return when a step is due."""
        moments: dict[Step, datetime] = {
            Step.FREEZE: self.freeze,
            Step.MATCH: self.match,
            Step.RELEASE: self.release,
            Step.FORGET: self.forget,
        }
        return moments[step]


def timetable(freeze: datetime, match: datetime, release: datetime) -> Timetable:
    """Return the timetable whose results stay for 48 hours. Raises `ValueError` for another order."""
    return Timetable(freeze, match, release, release + KEPT)


def due_step(phase: Phase, times: Timetable, now: datetime) -> Step | None:
    """Return the next step of a round where its time has come.

    What was slept through is not made up for: when a round is to be forgotten, it is forgotten.
    """
    if now >= times.forget and phase is not Phase.FORGOTTEN:
        return Step.FORGET
    step = _NEXT.get(phase)
    return step if step is not None and now >= times.at(step) else None


def takes_wishes(phase: Phase, times: Timetable, now: datetime) -> bool:
    """Tell whether uploads are taken: from the freezing until the match is due, however late that runs."""
    return phase is Phase.WISHING and now < times.match
