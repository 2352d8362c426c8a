"""What of a tie no day changes, so that a list need not read thousands of letters to say a line of each one.

Counts, dates and places stay as they are from the last encounter on. What passing days change is made again:
the score, of the number that fades for all alike (`closeness.py`), and silence, of the rhythm it breaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from anlass.ledger.closeness import Closeness, strength_at
from anlass.ledger.encounter import UNDATED, Encounter
from anlass.ledger.tie import Rhythm, Tie, rhythm_of, score_of, tie_of


@dataclass(frozen=True, slots=True)
class Lasting:
    """A tie as of its last encounter, and the rhythm in which the two wrote and met; `None` without one."""

    tie: Tie
    rhythm: Rhythm | None


def lasting_of(encounters: Sequence[Encounter]) -> Lasting:
    """Return what lasts of a tie."""
    last = max((one.when for one in encounters), default=UNDATED)
    return Lasting(tie_of(encounters, at=last), rhythm_of(encounters, at=last))


def tie_at(lasting: Lasting, closeness: Closeness, at: datetime) -> Tie:
    """Return the tie as it stands at a moment, not before the last encounter.

    It is that of `tie_of`, but that the score may differ in its last digit.
    """
    silence = None if lasting.rhythm is None else lasting.rhythm.silence(at)
    return replace(
        lasting.tie,
        score=score_of(strength_at(closeness, at)),
        is_dormant=silence is not None and silence.is_dormant,
    )
