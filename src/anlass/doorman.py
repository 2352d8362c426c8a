"""The whole way of one contact request, on one page.

    1. a channel or source  fetches     bytes arrive, with their place       sources/
    2. intake               normalises  a request, or the rule why not       intake/
    3. litmus               reads       five questions, and what answers;    litmus/
                                        who else sent it, what came back
    4. the ledger           ties        what the two really share            ledger/
    5. the policy           decides     the first house rule that matches    policy/
    6. replies              drafts      what would be answered, discreetly   replies/
    7. the owner            releases    nothing leaves the house before      desk/

Fetch, then think, then act: steps 3 to 6 are thinking, and they are all that happens
here. Everything needed was fetched before (`Evidence`), nothing is sent while
thinking, and no clock is read, so the same evidence always gives the same case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from anlass.case import Case
from anlass.intake import ContactRequest
from anlass.ledger import Encounter, tie_of
from anlass.litmus.copies import NO_COPIES, Copies, with_copies
from anlass.litmus.opinion import Opinion
from anlass.litmus.panel import Panel
from anlass.litmus.reply import Reply
from anlass.litmus.second_round import read_second_round
from anlass.people import Person
from anlass.policy import Known, Policy, decide
from anlass.policy.situation import STRANGER
from anlass.replies import Templates, compose, discreet


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was fetched about one request before anybody thinks.

    `encounters` leave out the request itself, so that it cannot speak for itself. `known` is
    what the book holds of the person, `copies` what others sent before with nearly the same
    text, `reply` what came back where the owner asked. `opinion` is what a language model of
    the owner's choice said, where one was asked: it changes no reading, and house rules see
    it as a fact of its own.
    """

    request: ContactRequest
    person: Person
    encounters: tuple[Encounter, ...]
    now: datetime
    known: Known = STRANGER
    copies: Copies = NO_COPIES
    reply: Reply | None = None
    opinion: Opinion | None = None


@dataclass(frozen=True, slots=True)
class Doorman:
    """The house's will and wits: the panel that reads, the policy that decides, the words that answer."""

    panel: Panel
    policy: Policy
    templates: Templates

    def consider(self, evidence: Evidence) -> Case:
        """Think one request through, from its words to the draft of an answer."""
        request, reply, copies = evidence.request, evidence.reply, evidence.copies
        reading = with_copies(self.panel.read(request), request, copies)
        second = read_second_round(self.panel, request, reading.lang, reply) if reply else None
        tie = tie_of(evidence.encounters, at=evidence.now)
        known = replace(evidence.known, copies=copies.senders, answer=second.answer if second else None)
        told = replace(request, marks=request.marks | reply.request.marks) if reply else request
        decision = decide(
            self.policy,
            request=told,
            reading=reading,
            tie=tie,
            at=evidence.now,
            known=known,
            opinion=evidence.opinion,
        )
        draft = compose(self.templates, decision, request=request, reading=reading, tie=tie, second=second)
        return Case(
            request,
            evidence.person,
            reading,
            tie,
            decision,
            discreet(draft),
            evidence.known,
            copies,
            second,
            evidence.opinion,
        )
