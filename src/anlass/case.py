"""A case: one contact request from arrival to answer, kept together."""

from __future__ import annotations

from dataclasses import dataclass

from anlass.intake import ContactRequest
from anlass.ledger import Tie
from anlass.litmus import Reading
from anlass.litmus.opinion import Opinion
from anlass.people import Person
from anlass.policy import Decision
from anlass.replies import Draft


@dataclass(frozen=True, slots=True)
class Case:
    """What arrived, how it reads, what is shared, what the house rules say, what would be answered.

    A function of its evidence: the same request, encounters, moment, rules and litmus
    test give the same case, years later too. A second opinion is part of the evidence:
    what a language model said is kept, and nobody has to ask again.
    """

    request: ContactRequest
    person: Person
    reading: Reading
    tie: Tie
    decision: Decision
    draft: Draft | None
    opinion: Opinion | None = None
