"""The whole way of one contact request, on one page.

    1. a channel or source  fetches     bytes arrive, with their place       sources/
    2. intake               normalises  a request, or the rule why not       intake/
    3. litmus               reads       five questions, and what answers     litmus/
    4. the ledger           ties        what the two really share            ledger/
    5. the policy           decides     the first house rule that matches    policy/
    6. replies              drafts      what would be answered, discreetly   replies/
    7. the owner            releases    nothing leaves the house before      desk/

Fetch, then think, then act: steps 3 to 6 are thinking, and they are all that happens
here. Everything needed was fetched before (`Evidence`), nothing is sent while
thinking, and no clock is read, so the same evidence always gives the same case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anlass.case import Case
from anlass.intake import ContactRequest
from anlass.ledger import Encounter, tie_of
from anlass.litmus.opinion import Opinion
from anlass.litmus.panel import Panel
from anlass.people import Person
from anlass.policy import Policy, decide
from anlass.replies import Templates, compose, discreet


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that was fetched about one request before anybody thinks.

    `encounters` leave out the request itself, so that it cannot speak for itself. `opinion`
    is what a language model of the owner's choice said, where one was asked: it changes no
    reading, and house rules see it as a fact of its own.
    """

    request: ContactRequest
    person: Person
    encounters: tuple[Encounter, ...]
    now: datetime
    opinion: Opinion | None = None


@dataclass(frozen=True, slots=True)
class Doorman:
    """The house's will and wits: the panel that reads, the policy that decides, the words that answer."""

    panel: Panel
    policy: Policy
    templates: Templates

    def consider(self, evidence: Evidence) -> Case:
        """Think one request through, from its words to the draft of an answer."""
        request, opinion = evidence.request, evidence.opinion
        reading = self.panel.read(request)
        tie = tie_of(evidence.encounters, at=evidence.now)
        decision = decide(
            self.policy, request=request, reading=reading, tie=tie, at=evidence.now, opinion=opinion
        )
        draft = compose(self.templates, decision, request=request, reading=reading, tie=tie)
        return Case(request, evidence.person, reading, tie, decision, discreet(draft), opinion)
