"""What a person became to the owner: by the owner's word, or by evidence where the house rules say so.

The relationship comes first and the click after it: evidence lifts somebody, and nothing ever lowers
anybody but the owner. All of this is the owner's secret; nothing here is an outward word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from anlass.people.ids import digest_id
from anlass.people.person import Standing

_RANK = tuple(Standing)
GIVEN = (Standing.STRANGER, Standing.CONTACT, Standing.VOUCHED_FOR)
"""What the owner's word can make of a person; the rest is said elsewhere, or follows from evidence."""


class StandingBy(StrEnum):
    """Who says what a person became."""

    OWNER = "owner"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class StandingWord:
    """One word on what a person became; `why` is the owner's own, or a house rule's name in English.

    Of a house rule, `why_de` is the name in German. `person` is the id of an address: it stays, whoever
    that address is joined with. `number` counts the owner's words on one person, so that two that fall into
    one second have an order; 0 where nobody counted.
    """

    said_at: datetime
    person: str
    standing: Standing
    by: StandingBy
    why: str = ""
    why_de: str = ""
    number: int = 0

    @property
    def id(self) -> str:
        """The id: the same for the same word said at the same moment."""
        number = (str(self.number),) if self.number else ()
        return digest_id(self.said_at.isoformat(), self.person, self.standing, self.by, *number)


def rank(standing: Standing) -> int:
    """Return the place of a standing, the stranger's being 0."""
    return _RANK.index(standing)


def lasting(words: Iterable[StandingWord]) -> StandingWord | None:
    """Return the word that holds: the owner's last, and evidence after it only where it says more."""
    holds: StandingWord | None = None
    for word in sorted(words, key=_in_time):
        if holds is None or word.by is StandingBy.OWNER or rank(word.standing) > rank(holds.standing):
            holds = word
    return holds


def _in_time(word: StandingWord) -> tuple[datetime, bool, int, str]:
    return word.said_at, word.by is StandingBy.OWNER, word.number, word.id


def standing_by(words: Iterable[StandingWord], evidence: Standing) -> Standing:
    """Return what a person is, given all words on them and what today's evidence alone says.

    The owner's word holds against evidence, but for the inner circle, which has a word of its own. What
    evidence once made of somebody stays, and more evidence adds to it.
    """
    word = lasting(words)
    if word is None or evidence is Standing.INNER_CIRCLE:
        return evidence
    if word.by is StandingBy.OWNER:
        return word.standing
    return max(word.standing, evidence, key=rank)
