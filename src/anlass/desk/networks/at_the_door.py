"""What asks at the doors of chat networks becomes cases: each ask once, whatever the server tells how often.

Who writes three short messages asks once: until the owner has touched the case, what comes after belongs to
it. Behind a counter-question it is the answer. Whom the owner knows, let in before, or talks with in a
program of their own, asks for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from anlass.case import Case
from anlass.channels.networks.account import NetworkAccount
from anlass.channels.networks.door import Looked, OwnWord
from anlass.desk.cards.vouchers import in_request
from anlass.desk.evidence.outside import evidence_of, known_of
from anlass.desk.evidence.rounds import question_to
from anlass.desk.history.letters import unbroken
from anlass.desk.networks.own_words import heard, in_order, is_talk
from anlass.desk.outgoing.answering import Answering
from anlass.desk.outgoing.answering_doors import answer_at_the_door
from anlass.desk.people.circle import unscreened
from anlass.desk.people.watch_list import wake
from anlass.desk.requests.judging import Bench, evidence_on, judged, requester_of
from anlass.intake import ContactRequest, Mark, Origin, Recipient, SetAside
from anlass.intake.knock import Knock, KnockKind, request_in
from anlass.litmus.reply import Reply
from anlass.litmus.second_round import asked_in
from anlass.people import Person, Standing
from anlass.people.standing import rank
from anlass.replies.questions import gaps
from anlass.store.accounts.networks import SeenKnock
from anlass.store.book import Book, CaseState, KeptCase
from anlass.store.cases.kept import first_state
from anlass.store.outgoing.outbox import Boxed, OutboxState

_AWAY = timedelta(days=1)
"""After so long without a look nobody can say when an undated ask came."""
_BELONGS = timedelta(days=7)
"""So long what somebody adds belongs to the case that nobody has touched."""
_LONGEST = 60_000
"""Code points that the messages of one ask may come to."""


@dataclass(frozen=True, slots=True)
class Doorstep:
    """What a door is watched with: who judges, whose door it is, and how the house answers by itself."""

    bench: Bench
    account: NetworkAccount
    me: Recipient
    answering: Answering | None = None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of a look: cases that are new, cases that changed, and asks that ended."""

    fresh: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    ended: int = 0


def take_in(step: Doorstep, looked: Looked) -> TakenIn:
    """Judge what a look brought and write down how far it came, so that nothing is lost or done twice."""
    book, account, now = step.bench.book, step.account.name, step.bench.now
    fresh, changed, asides = list[str](), list[str](), [*looked.set_aside]
    known = unscreened(book, at=now)
    for knock in in_order(looked.knocks, looked.own, now=now):
        if isinstance(knock, OwnWord):
            changed += heard(book, step.account, knock, now=now)
            continue
        place = Origin(f"{knock.channel.value}://{account}/{knock.key[:200]}")
        met = unbroken(place, partial(_met, step, knock, known))
        if isinstance(met, SetAside):
            asides.append(met)
        elif met is not None:
            (fresh if met[1] else changed).append(met[0])
    with book.together():
        ended = _end(book, account, looked, now)
    if asides:
        book.set_aside(asides, now=now)
    wake(book, at=now)
    book.networks.set_mark(account, looked.mark)
    return TakenIn(tuple(fresh), tuple(dict.fromkeys(changed)), ended)


def _met(step: Doorstep, knock: Knock, known: frozenset[str]) -> tuple[str, bool] | None:
    """Return the case that an ask is or belongs to, and whether it is new; `None`: nothing came of it.

    What the house answers by itself is written down with it, or an ask that is known would be answered never.
    """
    book, now = step.bench.book, step.bench.now
    with book.together():
        seen, is_new = book.networks.met(step.account.name, knock, now=now)
        if not is_new:
            return None
        dated = knock if knock.arrived else replace(knock, arrived=_when(step))
        request = request_in(dated, step.me, account=step.account.name, nth=seen.nth)
        person = requester_of(book, request)
        earlier = _open_case(book, request, person, now)
        if earlier is None and _asks_nothing(step, knock, person, known):
            return None
        if earlier is None:
            case, _ = judged(step.bench, request, person, "")
        else:
            case = _added(step, earlier, request)
        book.networks.belongs(seen.id, case.request.id)
        if step.answering is not None and book.case(case.request.id).state is CaseState.WAITING:
            answer_at_the_door(book, step.answering, case, knock, step.account, now=now)
    return case.request.id, earlier is None


def _when(step: Doorstep) -> datetime | None:
    """Return when an undated ask came: now, where somebody looked not long ago."""
    book, now = step.bench.book, step.bench.now
    states = (one for one in book.networks.states() if one.account == step.account.name)
    looked = next((one.looked_at for one in states), None)
    return now if looked is not None and now - looked <= _AWAY else None


def _asks_nothing(step: Doorstep, knock: Knock, person: Person, known: frozenset[str]) -> bool:
    """Tell whether this is no request: of the owner's own, or of somebody known (N22, N25)."""
    book, now = step.bench.book, step.bench.now
    own = {*book.owner_addresses(), step.account.address}
    if knock.address.value in own:
        return True
    if book.blocks.holds(person):
        return False
    if knock.is_known or (knock.kind is KnockKind.MESSAGE and is_talk(book, step.account, knock)):
        return True
    if any(one.value in known for one in person.addresses):
        return True
    request = ContactRequest("", knock.channel, "")
    encounters = book.encounters_with(person, at=now)
    standing = known_of(book, person, request, encounters, now).standing
    return rank(standing) >= rank(Standing.IN_TOUCH)


def _open_case(book: Book, request: ContactRequest, person: Person, now: datetime) -> KeptCase | None:
    """Return the person's case at this door that more words still belong to."""
    for kept in book.cases(person=person.id, limit=10).cases:
        if kept.case.request.channel is not request.channel or kept.answered_at is not None:
            continue
        if kept.state is CaseState.ASKED and question_to(book, kept.id) is not None:
            return kept
        is_as_ruled = kept.state is first_state(kept.case.decision.action) and now - kept.kept_at <= _BELONGS
        letters = book.outbox.of_request(kept.id)
        if is_as_ruled and all(one.state is OutboxState.CANCELLED or _is_taken_back(one) for one in letters):
            return kept
    return None


def _is_taken_back(boxed: Boxed) -> bool:
    """Tell whether a letter can be taken back because more words came: it goes by itself, and has not yet."""
    return boxed.letter.is_automatic and boxed.state is OutboxState.WAITING


def _added(step: Doorstep, kept: KeptCase, request: ContactRequest) -> Case:
    """Take in what somebody adds to an open case: as the answer to a question, else as more of the same."""
    book, doorman = step.bench.book, step.bench.doorman
    if not request.text:
        return kept.case
    posted = question_to(book, kept.id) if kept.state is CaseState.ASKED else None
    if posted is not None:
        return _answered(step, kept, request, posted)
    for boxed in book.outbox.of_request(kept.id):
        if _is_taken_back(boxed):
            book.outbox.cancel(boxed.id)
    first = kept.case.request
    text = f"{first.text}\n\n{request.text}".strip()[:_LONGEST]
    marks = (first.marks | request.marks) - {Mark.EMPTY, Mark.DEFAULT_TEXT, Mark.NO_ROOM}
    whole = replace(first, text=text, marks=marks)
    weighed = in_request(book, whole, at=step.bench.now)
    case = doorman.consider(evidence := evidence_on(step.bench, whole, kept.case.person, "", weighed))
    book.vouching.keep_seen(kept.id, weighed)
    book.rewrite(case, evidence.encounters, state=first_state(case.decision.action))
    return case


def _answered(step: Doorstep, kept: KeptCase, request: ContactRequest, posted: Boxed) -> Case:
    """Read what came back to the question of the house; a question that asks nothing has no answer."""
    words, asked_at = posted.letter.text, posted.sent_at or posted.made_at
    asked = asked_in(words, gaps(kept.case.reading, kept.case.tie))
    if not asked:
        return kept.case
    evidence = replace(evidence_of(kept), reply=Reply(words, asked, asked_at, request))
    known = replace(evidence.known, asked=evidence.known.asked + 1)
    case = step.bench.doorman.consider(replace(evidence, known=known))
    step.bench.book.rewrite(case, kept.encounters, state=first_state(case.decision.action))
    return case


def _end(book: Book, account: str, looked: Looked, now: datetime) -> int:
    """Close what is open no more: it was withdrawn, or answered in another program of the owner's."""
    ended = list(book.networks.end(account, looked.gone))
    if looked.open is not None:
        ended += book.networks.end_others(account, looked.open)
    for request in _requests(ended):
        kept = book.case(request)
        is_still_open = any(
            one.is_open and one.kind is not KnockKind.MESSAGE for one in book.networks.of_request(request)
        )
        is_posted = bool(book.outbox.of_request(request))
        if (
            kept.state is CaseState.WAITING
            and not is_still_open
            and not is_posted
            and not kept.case.request.text
        ):
            book.set_state(kept.id, CaseState.DONE)
        book.note("ended", about=kept.id, now=now)
    return len(ended)


def _requests(asks: Iterable[SeenKnock]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.request for one in asks if one.request))
