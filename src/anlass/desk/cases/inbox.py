"""What lies on the desk: a case as a line and as a whole, the letters set aside; looked at, never changed.

These functions turn what the book keeps into plain values with whole sentences in the
owner's language. Pages and command line show the same values, each in its own way.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from anlass.case import Case
from anlass.desk.learning.lessons import PersonalSays, personal_says, told
from anlass.desk.people.voice_of_ledger import place_says
from anlass.desk.people.voice_of_oddities import odd_says
from anlass.desk.requests.voice_of_opinion import Advised, advised
from anlass.desk.voice.common import (
    Lang,
    answered_says,
    asked_says,
    day_and_month,
    door,
    encounter_says,
    replied_says,
    set_aside_says,
    spoken,
    written_out,
)
from anlass.desk.voice.requests import in_brief, mark_says, proposal, unread_says, verdict_says
from anlass.intake import Mark, Origin
from anlass.intake.message import SetAside
from anlass.ledger import UNDATED, Encounter, EncounterKind, says
from anlass.litmus import Finding, Question
from anlass.litmus.copies import copies_say
from anlass.litmus.reply import SecondRound, answer_says
from anlass.policy import Decision, TriedRule
from anlass.policy.labels import QUESTIONS
from anlass.policy.says import condition_says, reason
from anlass.replies import Draft, headline
from anlass.store.cases.inbox import Found, Glance, Glanced, Place, Wanted
from anlass.store.cases.kept import CaseState, KeptCase

_LONGEST_NAME = 200
"""Code points of a name that are shown; nobody is called by more."""


class Shelf(Protocol):
    """The cases as they are looked through, see `store/cases/inbox.py`."""

    def part(
        self, wanted: Wanted, *, limit: int, after: Place | None = None, before: Place | None = None
    ) -> Found:
        """Return the part of the list behind a place, or the one right before it, else its beginning."""
        ...


class Book(Protocol):
    """What the desk needs of one owner's memory."""

    @property
    def inbox(self) -> Shelf:
        """The cases as they are looked through."""
        ...

    def case(self, id_or_prefix: str) -> KeptCase:
        """Return a case by its id or the beginning of it; raises `NotFound`."""
        ...

    def all_set_aside(self) -> Iterable[SetAside]:
        """Return what could not be read."""
        ...

    def origins(self, letter: str) -> tuple[Origin, ...]:
        """Return the places where copies of a letter lie."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """One case in the inbox: who, through which door, how it reads, the one sentence that matters, when."""

    id: str
    name: str
    door: str
    reads: str
    says: str
    when: str
    arrived: datetime | None
    state: CaseState


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the five questions, and the words that answer it; without words a bare yes or no."""

    question: Question
    asks: str
    is_answered: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """One encounter in words, with where the evidence lies."""

    kind: EncounterKind
    when: datetime | None
    date: str
    says: str
    source: str
    is_proven: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """One house rule as it was tried, with a sentence for each of its conditions."""

    rule: str
    applies: bool
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Second:
    """What the owner asked back, what came, and what that says to it; each with a line above it."""

    head: str
    asked: str
    question: str
    replied: str
    text: str
    says: str
    shown: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything about one case, ready to be shown.

    A case that the owner has answered has no draft any more; `answered` says when that was.
    `personal` is there where the owner's lessons had a say.
    """

    line: Line
    address: str
    date: str
    subject: str | None
    text: str
    lang: str
    findings: tuple[Finding, ...]
    remarks: tuple[str, ...]
    answers: tuple[Answer, ...]
    verdict: str
    how_sure: str
    tie_says: str
    shared: tuple[Shared, ...]
    draft: Draft | None
    answered: str
    proposal: str
    why: str
    trace: tuple[Tried, ...]
    decision: Decision
    personal: PersonalSays | None
    second: Second | None = None
    opinion: Advised | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """One file that could not be read: where it lies, why, and how large it is in bytes."""

    place: str
    says: str
    length: int


def sheet(book: Book, case_id: str, *, now: datetime, lang: Lang) -> Sheet:
    """Return everything about one case, by its id or the beginning of it; raises `NotFound`."""
    kept = book.case(case_id)
    case = kept.case
    request, reading, decision = case.request, case.reading, case.decision
    personal = personal_says(book, reading, lang)
    verdict, how_sure = unread_says(request, lang) or verdict_says(reading, lang)
    if personal is not None:
        verdict = personal.says or verdict
        said = [*(told(one, lang) for one in personal.precedents), personal.otherwise]
        how_sure = " ".join(sentence for sentence in said if sentence) or how_sure
    line = line_of(kept, now, lang)
    encounters = sorted(kept.encounters, key=lambda encounter: encounter.when)
    return Sheet(
        line=line,
        address=str(request.requester.address or ""),
        date=written_out(request.arrived, now, lang),
        subject=request.subject,
        text=request.text,
        lang=reading.lang,
        findings=reading.findings,
        remarks=(*_outside(case, _remarks(request.marks, lang), lang), *odd_says(request.oddities, lang)),
        answers=tuple(_answer(question, case, lang) for question in Question),
        verdict=verdict,
        how_sure=how_sure,
        tie_says=says(case.tie, lang),
        shared=tuple(
            _shared(encounter, _source(book, encounter, lang), line.name, now, lang)
            for encounter in encounters
        ),
        draft=None if kept.answered_at else case.draft,
        answered=answered_says(kept.answered_at, now, lang),
        proposal=proposal(decision.action, lang),
        why=reason(decision, lang),
        trace=tuple(_tried(rule, lang) for rule in decision.trace),
        decision=decision,
        personal=personal,
        second=_second(case.second, now, lang) if case.second else None,
        opinion=advised(case, now, lang),
    )


def set_aside(book: Book, lang: Lang) -> tuple[Unread, ...]:
    """Return what could not be read, with place and reason."""
    return tuple(
        Unread(_place(aside.origin), set_aside_says(aside, lang), aside.origin.length)
        for aside in book.all_set_aside()
    )


def matters(case: Case | Glance, lang: str) -> str:
    """Say the one thing that matters about a case: what came of the owner's question, else what it wants.

    A mark that says more than any reading comes before both.
    """
    if case.second is not None and not case.request.marks.intersection(_HEADLINES):
        return answer_says(case.second.answer, lang)
    return headline(request=case.request, reading=case.reading, lang=lang).words


def line_of(kept: KeptCase | Glanced, now: datetime, lang: Lang) -> Line:
    """Return a case as one line of a list."""
    case, request = kept.case, kept.case.request
    return Line(
        id=request.id,
        name=(case.person.name or request.requester.name or str(request.requester.address or ""))[
            :_LONGEST_NAME
        ],
        door=door(request.channel, lang),
        reads=in_brief(request, case.reading, lang),
        says=matters(case, lang),
        when=spoken(request.arrived, now, lang),
        arrived=request.arrived,
        state=kept.state,
    )


_HEADLINES = (Mark.HUMAN_MUST_READ, Mark.ENCRYPTED, Mark.FORGED)


def _remarks(marks: Iterable[Mark], lang: Lang) -> tuple[str, ...]:
    """Say what intake noticed, but nothing that the headline or the empty letter says already."""
    noticed = sorted(marks)
    above = next((mark for mark in _HEADLINES if mark in noticed), None)
    said = {Mark.EMPTY, above} - {Mark.HUMAN_MUST_READ}
    return tuple(mark_says(mark, lang) for mark in noticed if mark not in said)


def _outside(case: Case, remarks: tuple[str, ...], lang: Lang) -> tuple[str, ...]:
    """Add to the remarks what was found outside of the letter: how many others sent nearly the same."""
    said = copies_say(case.copies, lang)
    return (*remarks, said) if said else remarks


def _second(second: SecondRound, now: datetime, lang: Lang) -> Second:
    reply = second.reply
    return Second(
        head="Was auf deine Frage kam" if lang == "de" else "What came of your question",
        asked=asked_says(reply.asked_at, now, lang),
        question=reply.question,
        replied=replied_says(reply.request.arrived, now, lang),
        text=reply.request.text,
        says=answer_says(second.answer, lang),
        shown=second.answer.quote,
    )


def _answer(question: Question, case: Case, lang: Lang) -> Answer:
    findings = (finding for finding in case.reading.findings if finding.kind.value == question.value)
    return Answer(
        question=question,
        asks=QUESTIONS[question].in_(lang),
        is_answered=question in case.reading.answers,
        words=tuple(finding.quote for finding in findings),
    )


def _shared(encounter: Encounter, source: str, name: str, now: datetime, lang: Lang) -> Shared:
    when = None if encounter.when == UNDATED else encounter.when
    return Shared(
        kind=encounter.kind,
        when=when,
        date=day_and_month(when, now, lang),
        says=encounter_says(encounter, name, lang),
        source=source,
        is_proven=encounter.is_proven,
    )


def _tried(rule: TriedRule, lang: Lang) -> Tried:
    return Tried(
        rule.name.in_(lang), rule.matched, tuple(condition_says(one, lang) for one in rule.conditions)
    )


def _source(book: Book, encounter: Encounter, lang: Lang) -> str:
    """Say where the evidence can be opened: the file a letter lies in, else what the encounter says."""
    kind, _, letter = encounter.source.partition(":")
    places = book.origins(letter) if kind == "letter" else ()
    return _place(places[0]) if places else place_says(encounter.source, lang)


def _place(origin: Origin) -> str:
    """Say where bytes lie; a name that is no text is shown as far as it is one."""
    path = os.fsencode(origin.path).decode(errors="replace")
    return f"{path}:{origin.offset}" if origin.offset else path
