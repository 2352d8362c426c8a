"""A case: one contact request from arrival to answer, kept together."""

from __future__ import annotations

from dataclasses import dataclass

from anlass.intake import ContactRequest
from anlass.ledger import Tie
from anlass.litmus import Reading
from anlass.litmus.copies import NO_COPIES, Copies
from anlass.litmus.opinion import Opinion
from anlass.litmus.reply import SecondRound
from anlass.people import Person
from anlass.policy import Decision, Known
from anlass.policy.situation import STRANGER
from anlass.replies import Draft


@dataclass(frozen=True, slots=True)
class Case:
    """What arrived, how it reads, what is shared, what the house rules say, what would be answered.

    A function of its evidence: the same request, encounters, moment, rules and litmus
    test give the same case, years later too. What was known beside the letter is kept with
    it: `known` of the person, the `copies` that others sent, the `second` round where the
    owner asked back and an answer came, and the `opinion` of a language model where one was
    asked, so that nobody has to ask again.
    """

    request: ContactRequest
    person: Person
    reading: Reading
    tie: Tie
    decision: Decision
    draft: Draft | None
    known: Known = STRANGER
    copies: Copies = NO_COPIES
    second: SecondRound | None = None
    opinion: Opinion | None = None
