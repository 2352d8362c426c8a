"""What follows from the encounters: countable facts first, a number second."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from anlass.ledger.encounter import Encounter


class TieLevel(StrEnum):
    """How much is shared, by countable facts."""

    STRANGER = "stranger"
    """Nothing is proven."""
    ACQUAINTED = "acquainted"
    """A card, a meeting or a few letters, but less than being in touch."""
    IN_TOUCH = "in touch"
    """At least three turns in two threads, or one meeting and one turn."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What the owner and one person share.

    `mails_in` and `mails_out` are plain counts of direct human mail; `proven` says how
    many of them rest on authentication or on the owner's own answers. `turns`, `threads`
    and `score` count only what is proven. `score` runs from 0 to 100 (tie v1, half-life
    180 days), `lifetime` is the same without decay. `is_dormant`: silent for more than
    eight times the usual gap.
    """

    level: TieLevel
    mails_in: int = 0
    mails_out: int = 0
    turns: int = 0
    threads: int = 0
    meetings: int = 0
    cards: int = 0
    introductions: int = 0
    proven: int = 0
    score: float = 0.0
    lifetime: float = 0.0
    is_dormant: bool = False
    first: datetime | None = None
    last: datetime | None = None
    last_in: datetime | None = None
    last_out: datetime | None = None


def tie_of(encounters: Iterable[Encounter], *, at: datetime) -> Tie:
    """Return the tie that follows from `encounters` as it stands at the moment `at`."""
    raise NotImplementedError
