"""Asking for a second opinion: what may be sent, what it costs, when it stops, what becomes of it.

The language model sees one letter's words. What it says is kept with the case as evidence;
house rules that name it are tried again, and nothing else follows from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from anlass.adviser import Adviser
from anlass.bootstrap import Home, make_adviser
from anlass.case import Case
from anlass.config import OpinionSettings
from anlass.desk.evidence.outside import evidence_of, state_after
from anlass.desk.learning.teaching import as_taught
from anlass.doorman import Doorman, Evidence
from anlass.errors import ConfigError, Problem
from anlass.intake import ContactRequest, Mark
from anlass.litmus.opinion import NOT_SENT, PER_CENT, UNANSWERED, Opinion, Prices, Silence, Silent
from anlass.litmus.opinion_asked import asked, body, otherwise, worth
from anlass.litmus.opinion_heard import Heard, heard
from anlass.policy.facts import has_own_words
from anlass.store.book import Book

_NEVER_BY_ITSELF: Final = frozenset({Mark.HUMAN_MUST_READ, Mark.ENCRYPTED})
"""Letters with these marks leave the house only when the owner says so of that very letter."""

_IN_VAIN: Final = 3
"""After so many failures in a row the rest of a run goes without."""


class Advice:
    """Second opinions as one owner's house asks for them, in the language `lang`."""

    def __init__(self, book: Book, terms: OpinionSettings, adviser: Adviser, lang: str) -> None:
        self.adviser = adviser
        self._book, self._terms, self._lang = book, terms, lang
        self._in_vain = 0
        self.sent = 0
        """How many letters went out since this was made."""

    def unbidden(self, case: Case, *, now: datetime) -> Opinion | None:
        """Ask about a new case where the settings want that; `None` where they do not."""
        is_wanted = self._terms.when == "every" or (self._terms.when == "unsure" and case.reading.unsure)
        request = case.request
        if not is_wanted or request.marks & _NEVER_BY_ITSELF or not has_own_words(request):
            return None
        if self._in_vain >= _IN_VAIN:
            return self._made(now, Heard(silent=Silent(Silence.PAUSED, _IN_VAIN)))
        opinion = self.ask(request, now=now)
        self._in_vain = self._in_vain + 1 if opinion.silence else 0
        return opinion

    def ask(self, request: ContactRequest, *, now: datetime) -> Opinion:
        """Ask about one letter and write down what that took. Never raises for what is out there."""
        letter = asked(request)
        most = self._terms.tokens_written
        question = body(letter, self.adviser.model, self._lang, most_written=most)
        bar = Silent(Silence.NO_WORDS) if letter.is_empty else self._spent(question, now)
        if bar is not None:
            return self._made(now, Heard(silent=bar))
        answer = self.adviser.send(question, otherwise(question))
        told = Heard(silent=answer) if isinstance(answer, Silent) else heard(answer, request, letter)
        if self.adviser.key is not None and self.adviser.key.stands_in(told.reason):
            told = Heard(tokens=told.tokens, silent=Silent(Silence.INDISCREET))
        opinion = self._made(now, told, question)
        if opinion.silence not in NOT_SENT:
            self.sent += 1
            self._book.add_opinion(request.id, opinion)
        return opinion

    def _spent(self, question: bytes, now: datetime) -> Silent | None:
        """Say that a limit of this month is reached, or would be passed by this question."""
        terms = self._terms
        month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        spent = self._book.spent_on_opinions(since=month)
        if terms.letters_a_month and spent.letters >= terms.letters_a_month:
            return Silent(Silence.LETTERS_SPENT, terms.letters_a_month)
        at_most = self._prices().of(worth(question), terms.tokens_written)
        if terms.cents_a_month and spent.cost + at_most > terms.cents_a_month * PER_CENT:
            return Silent(Silence.CENTS_SPENT, round(terms.cents_a_month))
        return None

    def _prices(self) -> Prices:
        return Prices(self._terms.cents_read, self._terms.cents_written)

    def _made(self, now: datetime, told: Heard, question: bytes = b"") -> Opinion:
        """Return the opinion with what it took; what the other side does not count is taken to be dear."""
        silent = told.silent or Silent(Silence.NO_WORDS)
        why = silent.why if told.silent else None
        read, written = told.tokens or (0, 0)
        if told.tokens is None and why not in NOT_SENT | UNANSWERED:
            read, written = worth(question), self._terms.tokens_written
        return Opinion(
            model=self.adviser.model,
            host=self.adviser.host,
            at=now,
            claims=told.claims,
            reason=told.reason,
            dropped=told.dropped,
            tokens_read=read,
            tokens_written=written,
            cost=self._prices().of(read, written),
            silence=why,
            number=silent.number if told.silent else 0,
        )


@dataclass(frozen=True, slots=True)
class SecondReader:
    """What stands ready to give a second opinion on a case when the owner asks: a model at a host."""

    model: str
    host: str
    read: Callable[[str, datetime], Opinion]


def advice_of(home: Home) -> Advice | None:
    """Return the second opinions of a home; `None` where no language model is named. Raises `ConfigError`."""
    adviser = make_adviser(home.settings)
    return Advice(home.book, home.settings.opinion, adviser, home.lang) if adviser else None


def wanted_advice(home: Home) -> Advice:
    """Return the second opinions of a home; raises `ConfigError` where no language model is named."""
    advice = advice_of(home)
    if advice is None:
        raise ConfigError(
            Problem("opinion.address names no language model", "anlass.toml"),
            hint="docs/howto/second-opinion.md says how.",
        )
    return advice


def second_reader(book: Book, doorman: Doorman, advice: Advice) -> SecondReader:
    """Return what reads a case of this book a second time."""

    def read(case_id: str, now: datetime) -> Opinion:
        return second_opinion(book, doorman, advice, case_id, now=now)

    return SecondReader(advice.adviser.model, advice.adviser.host, read)


def with_advice(doorman: Doorman, advice: Advice | None, evidence: Evidence, case: Case) -> Case:
    """Return a new case with the second opinion that the settings want on it; else the case itself."""
    opinion = advice.unbidden(case, now=evidence.now) if advice else None
    return doorman.consider(replace(evidence, opinion=opinion)) if opinion else case


def second_opinion(book: Book, doorman: Doorman, advice: Advice, case_id: str, *, now: datetime) -> Opinion:
    """Ask about a kept case and keep what was said with it; raises `NotFound`.

    The doorman comes as shipped and first learns what the owner taught. House rules are tried
    again only where the case would come out as it is without the new opinion: then nothing but
    the opinion can have changed them. Silence changes nothing.
    """
    kept = book.case(case_id)
    case = kept.case
    opinion = advice.ask(case.request, now=now)
    if opinion.silence:
        return opinion
    taught, evidence = as_taught(doorman, book), evidence_of(kept)
    is_as_it_was = taught.consider(evidence) == case
    heeded = taught.consider(replace(evidence, opinion=opinion)) if is_as_it_was else case
    book.rewrite(replace(heeded, opinion=opinion), kept.encounters, state=state_after(kept, heeded))
    return opinion
