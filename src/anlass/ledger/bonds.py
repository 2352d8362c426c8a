"""How much holds two people, in the few groups into which a list of contacts falls apart."""

from __future__ import annotations

from enum import StrEnum

from anlass.ledger.tie import Tie, TieLevel


class Bond(StrEnum):
    """What a contact rests on, strongest first; the first that holds is the contact's group."""

    IN_TOUCH = "in touch"
    """At least three turns in two threads, or one meeting and one turn."""
    BOTH_WAYS = "both ways"
    """Each has written to the other, but less than that."""
    MET = "met"
    CARD = "card"
    """Cards were swapped, or somebody introduced the two; nothing was written both ways."""
    ONE_WAY = "one way"
    """Only one of them has ever written, or nothing proves that the other did."""
    PERHAPS = "perhaps"
    """Somebody of the same full name shares something with the owner, and no address says it is them."""
    NOTHING = "nothing"


EVIDENT = (Bond.IN_TOUCH, Bond.BOTH_WAYS, Bond.MET, Bond.CARD)
"""The groups in which both sides did something."""


def bond_of(tie: Tie) -> Bond:
    """Return the group that a tie puts somebody into; never `PERHAPS`, which is about names.

    Letters that nothing proves could be anybody's: they count as one way, whatever the owner wrote.
    """
    came = tie.proven > tie.mails_out or tie.messages_in
    went = tie.mails_out or tie.messages_out
    rests_on = (
        (Bond.IN_TOUCH, tie.level is TieLevel.IN_TOUCH),
        (Bond.BOTH_WAYS, came and went),
        (Bond.MET, tie.meetings),
        (Bond.CARD, tie.cards or tie.introductions),
        (Bond.ONE_WAY, tie.mails_in or tie.messages_in or went),
    )
    return next((bond for bond, holds in rests_on if holds), Bond.NOTHING)
