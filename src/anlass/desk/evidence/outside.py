"""Evidence from outside of the one text: who else sent it, and what came back where the owner asked.

Looked up here, before anybody thinks, and kept with the case. What came back is recognised by
its thread: the question that left through the outbox, else the owner's first own letter behind a
request that was to be asked back, with a question in it, and the person's letters before the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from anlass.case import Case
from anlass.desk.evidence.copies import Reread
from anlass.desk.evidence.rounds import question_to, replies_after
from anlass.desk.people.standing import standing_of
from anlass.doorman import Doorman, Evidence
from anlass.intake import (
    ContactRequest,
    Mark,
    Message,
    NoRequest,
    Origin,
    SetAside,
    Surroundings,
    normalise,
    parse,
)
from anlass.intake.own_words import own_words
from anlass.ledger import tie_of
from anlass.ledger.encounter import Encounter
from anlass.litmus.copies import Copy, copies_of, is_same
from anlass.litmus.panel import Panel
from anlass.litmus.reply import Outcome, Reply
from anlass.litmus.second_round import asked_in
from anlass.litmus.sketch import Sketch, sketch
from anlass.outreach.event import met_at_events
from anlass.people import Person
from anlass.policy import Action, Known
from anlass.policy.situation import Elsewhere
from anlass.replies.questions import gaps
from anlass.sources import reread
from anlass.store.book import Book, CaseState, KeptCase
from anlass.store.cases.kept import first_state

IMAP = "imap://"
"""How the places of mails on a server begin."""
_NOT_OF_REPLIES = frozenset({Mark.FAKE_REPLY, Mark.NOT_ADDRESSED, Mark.INTRODUCTION, Mark.EMPTY})
"""Marks of a first letter that mean nothing on a reply."""

_BEST = (Outcome.HURT, Outcome.FILLED, Outcome.PARTLY, Outcome.REFUSED, Outcome.HOT_AIR)
"""Of several replies the one that says most is read; one that is hurt comes before all."""


def evidence_of(kept: KeptCase) -> Evidence:
    """Return what a kept case was decided on: considering it again gives the same case."""
    case = kept.case
    reply = case.second.reply if case.second else None
    return Evidence(
        case.request,
        case.person,
        kept.encounters,
        kept.kept_at,
        case.known,
        case.copies,
        reply,
        case.opinion,
    )


def state_after(kept: KeptCase, case: Case) -> CaseState:
    """Return what a kept case needs once it became `case`; where the owner has moved it, it stays."""
    is_as_ruled = kept.answered_at is None and kept.state is first_state(kept.case.decision.action)
    return first_state(case.decision.action) if is_as_ruled else kept.state


def known_of(
    book: Book,
    person: Person,
    request: ContactRequest,
    encounters: Iterable[Encounter],
    now: datetime,
    *,
    vouchers: int = 0,
) -> Known:
    """Return what the book holds of a person beside the tie, as of the request's arrival.

    `vouchers` counts those the owner vouches for who vouch for the person in this request.
    """
    told = tuple(encounters)
    known = book.known_of(person, without=request.id, before=request.arrived or now)
    outcomes = book.outcomes.of_person(person.id, before=request.arrived or now)
    events, met_at = met_at_events(told)
    elsewhere = Elsewhere(vouchers=vouchers, outcomes=outcomes, events=events, met_at=met_at)
    standing = standing_of(book, person, tie_of(told, at=now), at=now)
    return replace(known, standing=standing, elsewhere=elsewhere, is_blocked=book.blocks.holds(person))


# --- copies ---


def sketch_of(panel: Panel, request: ContactRequest) -> Sketch | None:
    """Return the sketch of a request's text; what networks write for their members is left out."""
    lists = (phrases.lists.get("default_text", ()) for phrases in panel.phrases.values())
    return sketch(request, [one for phrases in lists for one in phrases])


def keep_sketch(book: Book, doorman: Doorman, case: Case, letter: str, made: Sketch | None) -> None:
    """Keep the sketch of a new case, and tell the cases that came later by date of it."""
    book.keep_sketch(case, letter, made)
    if made is None:
        return
    mine = copy_of(case.request, case.person, letter)
    for other in book.later_alike(made, mine):
        if not is_same(other, mine):
            _renew(book, doorman, other)


def sketch_old_cases(book: Book, doorman: Doorman) -> None:
    """Make the sketches of cases that were kept before there were any, or that are made differently now."""
    with book.together():
        for old in book.unsketched():
            book.keep_sketch(old.case, old.letter, sketch_of(doorman.panel, old.case.request))


def copy_of(request: ContactRequest, person: Person, letter: str) -> Copy:
    """Return one request as others' requests see it."""
    return Copy(request.id, person.id, person.name or request.requester.name, request.arrived, letter)


def _renew(book: Book, doorman: Doorman, copy: Copy) -> None:
    """Decide a case again on copies that were found after it; what the owner has touched stays as it is."""
    kept = book.case(copy.case)
    made = sketch_of(doorman.panel, kept.case.request)
    is_touched = (
        kept.answered_at
        or kept.state is not first_state(kept.case.decision.action)
        or book.entries(about=kept.id, limit=1)
    )
    if is_touched or made is None:
        return
    copies = copies_of(copy, book.earlier_alike(made, copy))
    if copies != kept.case.copies:
        case = doorman.consider(replace(evidence_of(kept), copies=copies))
        book.rewrite(case, kept.encounters, state=first_state(case.decision.action))


# --- second rounds ---


def answered(
    book: Book,
    doorman: Doorman,
    evidence: Evidence,
    case: Case,
    around: Surroundings,
    *,
    reread: Reread = reread,
) -> Case | None:
    """Return the case with the answer to its counter-question; the case itself while none came.

    `None` where the owner's letter behind it asks nothing, or there is none. `reread` opens a letter again
    where it lies; a question that cannot be read just now may be read another time.
    """
    told = _told(book, case, around, reread)
    if told is None:
        return None
    known = replace(evidence.known, asked=evidence.known.asked + 1)
    cases = [doorman.consider(replace(evidence, reply=reply, known=known)) for reply in told]
    return min(cases, key=_rank) if cases else case


def take_in_replies(book: Book, doorman: Doorman, around: Surroundings, reread: Reread = reread) -> None:
    """Read what has come to the questions that were asked; a letter that asked nothing ended its case.

    Where the owner chose to ask and the letter has not left the house, nothing is awaited.
    """
    for kept in book.cases_asked():
        if kept.answered_at is None and question_to(book, kept.id) is None:
            continue
        case = answered(book, doorman, evidence_of(kept), kept.case, around, reread=reread)
        if case is None:
            book.set_state(kept.id, CaseState.DONE)
        elif case.second is not None:
            book.rewrite(case, kept.encounters, state=first_state(case.decision.action))


def _rank(case: Case) -> int:
    return _BEST.index(case.second.answer.outcome) if case.second else len(_BEST)


def _told(book: Book, case: Case, around: Surroundings, reread: Reread) -> list[Reply] | None:
    """Return the replies to what was asked behind a request; `None` where nothing was asked."""
    posted = question_to(book, case.request.id)
    if posted is not None:
        return replies_after(
            book,
            case,
            posted,
            fetch=lambda letter: _fetched(book, letter, reread),
            hear=lambda letter: _reply(book, letter, around, reread),
        )
    request = case.request
    is_asked = case.decision.action is Action.ASK_BACK
    after = book.round_after(request.message_id, case.person) if is_asked else None
    if after is None:
        return None
    question = _fetched(book, after.question, reread)
    if question is None:
        return [] if any(_is_elsewhere(place) for place in book.origins(after.question)) else None
    words = own_words(question.text)
    asked = asked_in(words, gaps(case.reading, case.tie))
    if not asked:
        return None
    letters = (_reply(book, letter, around, reread) for letter in after.replies)
    return [Reply(words, asked, after.asked_at, letter) for letter in letters if letter is not None]


def _reply(book: Book, letter: str, around: Surroundings, reread: Reread) -> ContactRequest | None:
    """Return a letter that came back; `None` where a program wrote it or it cannot be read."""
    message = _fetched(book, letter, reread)
    met = normalise(message, around) if message else None
    if met is None or isinstance(met, NoRequest):
        return None
    return replace(met, marks=met.marks - _NOT_OF_REPLIES)


def _is_elsewhere(place: Origin) -> bool:
    """Tell whether a letter lies on a server, which may not be the one that is open now."""
    return place.path.startswith(IMAP)


def _fetched(book: Book, letter: str, reread: Reread) -> Message | None:
    """Read a letter again from the first place where it still lies."""
    for place in book.origins(letter):
        raw = reread(place)
        message = parse(raw, place) if raw is not None else None
        if message is not None and not isinstance(message, SetAside):
            return message
    return None
