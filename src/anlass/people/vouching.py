"""Whom the owner could give a reference for, and who of them agreed to be named: what a public list shows.

The owner vouches (a word on a standing), the person agrees or does not, and both may change their mind at
any time. Named is whoever is vouched for and agrees at that very instant, and nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from anlass.people.ids import digest_id
from anlass.people.person import Standing
from anlass.people.standing import StandingWord, lasting

LONGEST_NAME = 100
"""Code points of a name on the list."""


class ConsentKind(StrEnum):
    """What was said about being named."""

    ASKED = "asked"
    """The owner asked; nothing is agreed by that."""
    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    """Taken back, or refused from the start."""


@dataclass(frozen=True, slots=True)
class ConsentWord:
    """One word on being named; rows are only ever added.

    `person` is the id of an address, `name` how the person wants to be named, "" where nothing is agreed.
    `number` counts the words on one person, so that two in one second have an order.
    """

    said_at: datetime
    person: str
    kind: ConsentKind
    name: str = ""
    number: int = 1

    @property
    def id(self) -> str:
        """The id: the same for the same word said at the same moment."""
        return digest_id(self.said_at.isoformat(), self.person, self.kind, str(self.number))


def is_vouched(words: Iterable[StandingWord], *, at: datetime) -> bool:
    """Tell whether the owner's words on one person, said until a moment, vouch for them."""
    last = lasting(word for word in words if word.said_at <= at)
    return last is not None and last.standing is Standing.VOUCHED_FOR


def consent(words: Iterable[ConsentWord], *, at: datetime) -> ConsentWord | None:
    """Return the word on being named that holds at a moment; asking again changes nothing."""
    told = [one for one in words if one.said_at <= at]
    said = [one for one in told if one.kind is not ConsentKind.ASKED]
    return max(said or told, key=lambda one: (one.number, one.said_at), default=None)


def named(standing: Iterable[StandingWord], words: Iterable[ConsentWord], *, at: datetime) -> str:
    """Return how one person is named on the public list at a moment; "" where they are not."""
    said = consent(words, at=at)
    agrees = said is not None and said.kind is ConsentKind.GIVEN
    return said.name if said is not None and agrees and is_vouched(standing, at=at) else ""


def listed_name(text: str, otherwise: str) -> str:
    """Return a name as it may stand on the list: one line, no odd characters, never empty."""
    shown = "".join(char for char in text if char.isprintable())
    return " ".join(shown.split())[:LONGEST_NAME] or " ".join(otherwise.split())[:LONGEST_NAME]
