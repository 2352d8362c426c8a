"""A grant: somebody may see a card as far as a tier, from when until when; no contact is needed for it.

Who looked is recorded nowhere. What was granted to whom since when stays on record, also after it ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from anlass.cards.card import Cards, ShownCard, shown


class Occasion(StrEnum):
    """When a grant was given."""

    ASKING = "asking"
    """With a letter in which the owner asked for something."""
    ANSWERING = "answering"
    """With the answer to a request."""
    LATER = "later"
    """By itself."""
    HANDED_OUT = "handed out"
    """On paper, a badge or a tag, to whoever holds it: to nobody in particular."""


class GrantEnd(StrEnum):
    """How it stands with a grant."""

    TO_COME = "to come"
    HOLDS = "holds"
    OVER = "over"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Grant:
    """One grant to one person, by the id of one of their addresses; moments are aware.

    `since` and `until` say when it holds, `given_at` and `revoked_at` when the owner said so. `case` is
    the request that it answers, "" where it answers none; of one handed out it is what the owner calls it,
    and `person` is "".
    """

    id: str
    person: str
    card: str
    tier: str
    since: datetime
    given_at: datetime
    until: datetime | None = None
    revoked_at: datetime | None = None
    occasion: Occasion = Occasion.LATER
    case: str = ""

    def end(self, at: datetime) -> GrantEnd:
        """Return how it stands with the grant at a moment."""
        if self.revoked_at is not None and self.revoked_at <= at:
            return GrantEnd.REVOKED
        if at < self.since:
            return GrantEnd.TO_COME
        return GrantEnd.OVER if self.until is not None and self.until <= at else GrantEnd.HOLDS


def seen(cards: Cards, grant: Grant, *, at: datetime) -> ShownCard | None:
    """Return what a grant shows at a moment; `None` where it does not hold."""
    if grant.end(at) is not GrantEnd.HOLDS:
        return None
    return shown(cards, grant.card, grant.tier, since=grant.since, until=grant.until)
