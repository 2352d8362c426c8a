"""What came of a request, in the owner's word, months after it was answered.

The house asks once and never guesses. Whoever was let be is not asked about: that nothing comes of what
was not answered says nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

RIPE = timedelta(days=90)
"""The house asks no earlier than this after a request came."""
FADED = timedelta(days=730)
"""After this long nobody is asked any more: who should remember?"""
AT_ONCE = 5
"""Requests that one letter asks about."""


class CameOf(StrEnum):
    """What may come of a request."""

    JOB = "job"
    PROJECT = "project"
    FRIENDSHIP = "friendship"
    TALK = "talk"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How many requests became what; `unsaid` were answered, and the owner has not said."""

    counts: tuple[tuple[CameOf, int], ...]
    unsaid: int

    @property
    def said(self) -> int:
        """Requests of which the owner said what came of them."""
        return sum(count for _, count in self.counts)


def outcomes(said: Iterable[CameOf | None]) -> Outcomes:
    """Count what came of the requests that were answered, in the order of `CameOf`."""
    found = Counter(said)
    return Outcomes(tuple((one, found[one]) for one in CameOf), found[None])
