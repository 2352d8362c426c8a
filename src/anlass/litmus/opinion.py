"""The second opinion of a language model: what is kept of it.

It is evidence and nothing more: words of the letter that the model points at, one sentence
of its own, or the reason why there is none. It holds no verdict, because none is asked
for: whoever can steer a model with a letter shall have nothing to steer it to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from anlass.litmus.reading import FindingKind, Place, Question

EMPTYING: Final = (
    FindingKind.HOLLOW,
    FindingKind.FLATTERY,
    FindingKind.PRESSURE,
    FindingKind.SECRECY,
    FindingKind.PITCH,
    FindingKind.TAKE_ONLY,
    FindingKind.NO_PURPOSE,
    FindingKind.ATTACK,
)
"""What a model may find to empty a letter; the other findings are matters of form, not of opinion."""

PER_CENT: Final = 1_000_000
"""Costs are counted in millionths of a cent."""


class Silence(StrEnum):
    """Why there is no second opinion."""

    NO_WORDS = "no_words"
    """The letter has no words that could be read."""
    NO_KEY = "no_key"
    """The key is missing, or lies where others can read it."""
    CENTS_SPENT = "cents_spent"
    """This month's limit in cents is reached."""
    LETTERS_SPENT = "letters_spent"
    """This month's limit in letters is reached."""
    PAUSED = "paused"
    """Several in a row failed, so the rest of this run goes without."""
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    REFUSED = "refused"
    """The other side answered with an error."""
    REDIRECTED = "redirected"
    """The other side pointed elsewhere, and letters go nowhere but to the address named."""
    TOO_LARGE = "too_large"
    EMPTY = "empty"
    MISSHAPEN = "misshapen"
    """The answer does not have the shape that was asked for."""
    UNFINISHED = "unfinished"
    """The answer broke off at the length that was allowed."""
    INDISCREET = "indiscreet"
    """The answer held the owner's key."""


NOT_SENT: Final = frozenset(
    {
        Silence.NO_WORDS,
        Silence.NO_KEY,
        Silence.CENTS_SPENT,
        Silence.LETTERS_SPENT,
        Silence.PAUSED,
        Silence.UNREACHABLE,
    }
)
"""With these no letter left the house."""

UNANSWERED: Final = frozenset({Silence.REFUSED, Silence.REDIRECTED})
"""With these nobody was paid."""


@dataclass(frozen=True, slots=True)
class Silent:
    """No opinion, and why; `number` is what belongs to the reason: seconds, cents, letters, a status."""

    why: Silence
    number: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """Words of the letter, and what the model says they do. Places count as in a `Finding`."""

    kind: FindingKind
    place: Place
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in cents."""

    read: float = 0.0
    written: float = 0.0

    def of(self, read: int, written: int) -> int:
        """Return what so many tokens cost, in millionths of a cent."""
        return round(read * self.read + written * self.written)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model `model` at `host` said on `at` about one letter, or why it said nothing.

    `reason` is the model's own sentence, shortened: never shown but as a quotation. `dropped`
    counts what it quoted although it does not stand in the letter. `cost` is in millionths of
    a cent.
    """

    model: str
    host: str
    at: datetime
    claims: tuple[Claim, ...] = ()
    reason: str = ""
    dropped: int = 0
    tokens_read: int = 0
    tokens_written: int = 0
    cost: int = 0
    silence: Silence | None = None
    number: int = 0

    @property
    def answers(self) -> frozenset[Question]:
        """The questions that the model finds answered."""
        values = {claim.kind.value for claim in self.claims}
        return frozenset(question for question in Question if question.value in values)

    @property
    def findings(self) -> frozenset[FindingKind]:
        """What the model finds to empty the letter."""
        return frozenset(claim.kind for claim in self.claims) & frozenset(EMPTYING)

    @property
    def cents(self) -> float:
        """What it cost, in cents."""
        return self.cost / PER_CENT
