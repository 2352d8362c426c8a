"""One past case as house rules see it again: what was known when it came, and what became of it.

The past is looked at from its own day. A tie is that of the letters before the request, never of
those that followed; otherwise rules would seem wise that only know the end. Where the owner asked
back and an answer came, there are two moments: before the answer, and after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from anlass.intake import ContactRequest
from anlass.ledger import UNDATED, Encounter, Tie, TieLevel, tie_of
from anlass.litmus import Reading
from anlass.litmus.copies import NO_COPIES, Copies
from anlass.litmus.opinion import Opinion
from anlass.litmus.reply import SecondRound
from anlass.people import Person, Standing
from anlass.policy.days import UNKNOWN_DAYS, Days
from anlass.policy.decision import Action
from anlass.policy.facts import facts_of
from anlass.policy.situation import STRANGER, FactValue, Known, Situation


@dataclass(frozen=True, slots=True)
class Told:
    """What a case was decided on, as it is kept; what was decided then is left out."""

    request: ContactRequest
    person: Person
    reading: Reading
    tie: Tie
    known: Known = STRANGER
    copies: Copies = NO_COPIES
    second: SecondRound | None = None
    opinion: Opinion | None = None


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a request: the owner wrote back, and whether both have written on since then."""

    answered: bool = False
    in_letters: bool = False


@dataclass(frozen=True, slots=True)
class Past:
    """One past case: when it came, what it was decided on, what was done then, and what became of it."""

    id: str
    came: datetime
    told: Told
    encounters: tuple[Encounter, ...]
    done: Action
    became: Became

    def before(self, days: Days = UNKNOWN_DAYS) -> Situation:
        """Return the situation when the request came, before anybody asked or answered."""
        told, second = self.told, self.told.second
        tie = tie_of(self._so_far(), at=self.came)
        asked = max(0, told.known.asked - (second is not None))
        known = replace(
            told.known, asked=asked, copies=told.copies.senders, answer=None, standing=self._standing(tie)
        )
        return Situation(told.request, told.reading, tie, self.came, known, told.opinion, days)

    def after(self, days: Days = UNKNOWN_DAYS) -> Situation | None:
        """Return the situation when the answer to the owner's question came; `None` where none came."""
        second = self.told.second
        if second is None:
            return None
        before = self.before(days)
        known = replace(before.known, asked=before.known.asked + 1, answer=second.answer)
        marks = before.request.marks | second.reply.request.marks
        at = max(second.reply.request.arrived or before.at, before.at)
        return replace(before, request=replace(before.request, marks=marks), known=known, at=at)

    def _so_far(self) -> Iterable[Encounter]:
        return (one for one in self.encounters if one.when < self.came or one.when == UNDATED)

    def _standing(self, tie: Tie) -> Standing:
        """Return what the person was to the owner then: closeness that came later is left out."""
        standing = self.told.known.standing
        if standing not in {Standing.IN_TOUCH, Standing.INNER_CIRCLE}:
            return standing
        return Standing.IN_TOUCH if tie.level is TieLevel.IN_TOUCH else Standing.STRANGER


def facts_before(past: Past, names: Iterable[str], days: Days = UNKNOWN_DAYS) -> Mapping[str, FactValue]:
    """Return the named facts as they were when the request came, by the clock of `days`."""
    return facts_of(past.before(days), names)


def facts_after(
    past: Past, names: Iterable[str], days: Days = UNKNOWN_DAYS
) -> Mapping[str, FactValue] | None:
    """Return the named facts as they were when the answer to the owner's question came, if one came."""
    situation = past.after(days)
    return None if situation is None else facts_of(situation, names)
