"""Screening an archive: every letter in it that is a contact request becomes a case.

The letters were collected before; here each one that may be a request is fetched whole,
with all that is known around it, and handed to the doorman. What was read before is not
read again. A letter that cannot be read any more is set aside, and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from anlass.case import Case
from anlass.desk.cards.vouchers import counted, in_mail
from anlass.desk.evidence.copies import Reread
from anlass.desk.evidence.outside import (
    answered,
    copy_of,
    keep_sketch,
    known_of,
    sketch_of,
    sketch_old_cases,
    take_in_replies,
)
from anlass.desk.evidence.reminders import reminded_of
from anlass.desk.evidence.rounds import let_lapse
from anlass.desk.history.letters import broke_on
from anlass.desk.outgoing.answering import Answering, answer_by_itself
from anlass.desk.outgoing.bounces import BOUNCES, hear_bounce
from anlass.desk.people.circle import unscreened
from anlass.desk.people.standing import promote
from anlass.desk.people.watch_list import wake
from anlass.desk.requests.advising import Advice, with_advice
from anlass.desk.requests.judging import requester_of
from anlass.doorman import Doorman, Evidence
from anlass.errors import EdgeError
from anlass.intake import (
    ContactRequest,
    Message,
    NoRequest,
    Origin,
    Recipient,
    SetAside,
    Surroundings,
    normalise,
    parse,
    writer,
)
from anlass.intake.gate.ruling import ruling
from anlass.intake.gate.taught import Recipe, subject_fits
from anlass.ledger.letter import DOUBTED, Way
from anlass.litmus.copies import copies_of
from anlass.litmus.sketch import Sketch
from anlass.people import Address, AddressKind, Person, person_id
from anlass.policy import Action
from anlass.replies.silence import USUAL
from anlass.sources import reread
from anlass.store.book import Book, CaseState, Filed
from anlass.store.outgoing.outbox import OutboxState

READ_WHOLE = frozenset({"", "N11", "N18"})
"""What the header alone cannot decide: a human's letter, a web form that writes as a system, a notice."""


_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Judged:
    """A contact request, and whether this screening found it."""

    case: Case
    is_new: bool


@dataclass(frozen=True, slots=True)
class Passed:
    """A letter that is no contact request, and the rule that says so."""

    ruling: NoRequest
    message_id: str | None
    date: datetime | None
    person: Person | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """What screening works with: the owner's book, the doorman, who the owner is, the moment.

    `advice` is there where a language model is asked for second opinions, `answering` where letters
    that just came may be answered by themselves, `recipes` where the owner taught how notices of a network
    are read. `reread` opens a letter again where it lies, on disk or on a server.
    """

    book: Book
    doorman: Doorman
    recipient: Recipient
    now: datetime
    advice: Advice | None = None
    answering: Answering | None = None
    reread: Reread = reread
    recipes: tuple[Recipe, ...] = ()


def screen(
    desk: Desk, paths: Sequence[Path | str], *, with_others: bool = False
) -> Iterator[Judged | Passed | SetAside]:
    """Judge the letters in these files, folders and mailboxes, oldest first; they must have been collected.

    A mailbox is named by its place (`imap://USER@HOST`), a file or folder by its path.

    Yields every case once, old or new, and `with_others` every letter that is none; what
    became unreadable since it was collected is yielded as set aside, and written down.
    """
    places = [path if isinstance(path, str) else str(path.absolute()) for path in paths]
    return judged(desk, desk.book.letters_below(places), with_others=with_others)


def judged(
    desk: Desk, letters: Iterable[Filed], *, with_others: bool = False
) -> Iterator[Judged | Passed | SetAside]:
    """Judge these letters, as `screen` does."""
    known = unscreened(desk.book, at=desk.now)
    around = Surroundings(desk.book.owner_addresses(), desk.recipient, desk.book.trusted())
    sketch_old_cases(desk.book, desk.doorman)
    take_in_replies(desk.book, desk.doorman, around, desk.reread)
    let_lapse(desk.book, now=desk.now)
    told: set[str] = set()
    decided: list[tuple[str, NoRequest]] = []
    for filed in letters:
        outcome = _outcome(desk, filed, around, known)
        if isinstance(outcome, NoRequest):
            if filed.ruling is None:
                decided.append((filed.id, outcome))
                decided = _kept_in_batches(desk.book, decided)
            if with_others:
                yield _passed(desk, filed, outcome)
            continue
        if isinstance(outcome, Judged):
            if outcome.case.request.id in told:
                continue  # a reminder of a request that was told already
            told.add(outcome.case.request.id)
        yield outcome
    desk.book.found_none(decided)
    wake(desk.book, at=desk.now)
    promote(desk.book, desk.doorman, at=desk.now)


def look_after(desk: Desk) -> None:
    """Do for the cases that are there what time and mail have brought, also where nobody new has written.

    What came to questions is read, what nobody answered lapses, the watch list wakes, and who is in touch by
    now may be a contact.
    """
    book = desk.book
    around = Surroundings(book.owner_addresses(), desk.recipient, book.trusted())
    take_in_replies(book, desk.doorman, around, desk.reread)
    let_lapse(book, now=desk.now)
    wake(book, at=desk.now)
    promote(book, desk.doorman, at=desk.now)


def _kept_in_batches(book: Book, decided: list[tuple[str, NoRequest]]) -> list[tuple[str, NoRequest]]:
    """Write down what was decided once it is a batch; memory stays flat however long the archive is."""
    if len(decided) < _BATCH:
        return decided
    book.found_none(decided)
    return []


def _outcome(
    desk: Desk, filed: Filed, around: Surroundings, known: frozenset[str]
) -> Judged | NoRequest | SetAside:
    """Say what one letter is: what was found before, what its header says, or what reading it whole tells."""
    if filed.request is not None:
        return Judged(desk.book.case(filed.request).case, is_new=False)
    is_taught = any(subject_fits(recipe, filed.subject) for recipe in desk.recipes)
    if filed.ruling is not None and not is_taught:
        return filed.ruling
    rule = _rule_of(filed)
    if rule not in READ_WHOLE and not is_taught:
        _hear_bounce(desk, filed, rule)
        return ruling(rule, filed.quote)
    outcome = _thought(desk, filed, around, known)
    if isinstance(outcome, SetAside):
        desk.book.set_aside([outcome], now=desk.now)
    elif isinstance(outcome, NoRequest):
        _hear_bounce(desk, filed, outcome.rule)
    return outcome


def _hear_bounce(desk: Desk, filed: Filed, rule: str) -> None:
    """Note which letters of ours came back, where any ever left."""
    if rule in BOUNCES and desk.book.outbox.all(OutboxState.SENT, OutboxState.DOUBTFUL, limit=1):
        raw = next((raw for place in desk.book.origins(filed.id) if (raw := desk.reread(place))), b"")
        terms = desk.answering.terms if desk.answering else USUAL
        hear_bounce(desk.book, raw, terms=terms, now=desk.now)


def _thought(
    desk: Desk, filed: Filed, around: Surroundings, known: frozenset[str]
) -> Judged | NoRequest | SetAside:
    """Read one letter whole and judge it; one on which the program fails is set aside."""
    try:
        message = _fetched(desk, filed)
        if isinstance(message, SetAside):
            return message
        met = normalise(message, _looked_up(desk, filed, message, around, known))
        return met if isinstance(met, NoRequest) else _judged(desk, filed, message, met, around)
    except EdgeError:
        raise
    except Exception as error:  # noqa: BLE001 - one mail must never keep the owner from all others
        return broke_on(desk.book.origins(filed.id)[0], error)


def _rule_of(filed: Filed) -> str:
    """Return what the header says a letter is; one that only claims to be the owner's is read whole."""
    if filed.way is Way.OUT:
        return "" if filed.rule == DOUBTED else "N22"
    return filed.rule


def _judged(
    desk: Desk, filed: Filed, message: Message, request: ContactRequest, around: Surroundings
) -> Judged:
    """Let the doorman consider one request with all that is known around it, and keep the case.

    What the house answers by itself is written down with it: a case that is there is not answered later.
    """
    book, doorman = desk.book, desk.doorman
    person = requester_of(book, request)
    earlier = reminded_of(book, request, person)
    if earlier is not None:
        book.found_request(filed.id, earlier)
        return Judged(book.case(earlier).case, is_new=False)
    encounters = book.encounters_with(person, without=request, at=desk.now)
    sketch = sketch_of(doorman.panel, request)
    mine = copy_of(request, person, filed.id)
    alike = book.earlier_alike(sketch, mine) if sketch else ()
    weighed = in_mail(book, request, message, around.trusted, at=desk.now)
    vouchers = counted(weighed, person)
    evidence = Evidence(
        request,
        person,
        encounters,
        desk.now,
        known_of(book, person, request, encounters, desk.now, vouchers=vouchers),
        copies_of(mine, alike),
    )
    case = with_advice(doorman, desk.advice, evidence, doorman.consider(evidence))
    advised = replace(evidence, opinion=case.opinion)
    told = answered(book, doorman, advised, case, around, reread=desk.reread)
    case = told or case
    with book.together():
        is_new = book.keep(case, encounters, now=desk.now)
        book.vouching.keep_seen(request.id, weighed)
        book.found_request(filed.id, request.id)
        if is_new:
            _settle(desk, case, filed.id, sketch, is_asked=told is not None)
            if desk.answering is not None and book.case(request.id).state is CaseState.WAITING:
                answer_by_itself(book, desk.answering, case, message, now=desk.now)
    return Judged(case if is_new else book.case(request.id).case, is_new)


def _settle(desk: Desk, case: Case, letter: str, sketch: Sketch | None, *, is_asked: bool) -> None:
    """Do what follows from a new case: its sketch, and its end where the owner's answer asked nothing."""
    keep_sketch(desk.book, desk.doorman, case, letter, sketch)
    asked_nothing = case.decision.action is Action.ASK_BACK and not is_asked
    if asked_nothing and desk.book.case(case.request.id).state is CaseState.ASKED:
        desk.book.set_state(case.request.id, CaseState.DONE)


def _fetched(desk: Desk, filed: Filed) -> Message | SetAside:
    """Read the letter again from the first place where it still lies."""
    places = desk.book.origins(filed.id)
    for place in places:
        raw = desk.reread(place)
        if raw is not None:
            return parse(raw, place)
    gone = places[0] if places else Origin("")
    return SetAside(gone, "gone", "The letter was collected, but its file is no longer there.")


def _looked_up(
    desk: Desk, filed: Filed, message: Message, around: Surroundings, known: frozenset[str]
) -> Surroundings:
    """Look up what the gate must know of one message."""
    book, box = desk.book, writer(message)
    is_known = box is not None and box.address in known
    introducer = book.person_of(Address(AddressKind.MAIL, box.address)) if is_known and box else None
    return Surroundings(
        owner=around.owner,
        recipient=_recipient(around, message),
        trusted=around.trusted,
        answers_owner=_answers_owner(book, message),
        in_owners_thread=book.thread_begun_by_owner(filed.id),
        is_known=is_known,
        introducer=introducer,
        recipes=desk.recipes,
    )


def _answers_owner(book: Book, message: Message) -> bool:
    """Tell whether a letter answers one of the owner's, or one that the outbox sent to its writer."""
    named = (*message.in_reply_to, *message.references)
    if book.sent_ids(named):
        return True
    posted = book.outbox.by_message(named) if named else ()
    box = writer(message)
    if box is None or not posted:
        return False
    ways = {person_id(one) for one in book.person_of(Address(AddressKind.MAIL, box.address)).addresses}
    return any(one.letter.person in ways and one.sent_at is not None for one in posted)


def _recipient(around: Surroundings, message: Message) -> Recipient:
    """Who is written to: as the settings name the owner, else as the message does."""
    if around.recipient.name:
        return around.recipient
    named = (box.name for box in (*message.to, *message.cc) if box.name and box.address in around.owner)
    return Recipient(next(named, ""), around.recipient.about)


def _passed(desk: Desk, filed: Filed, found: NoRequest) -> Passed:
    person = desk.book.person(filed.person) if filed.person else None
    return Passed(found, filed.message_id, filed.sent_at, person, is_new=filed.ruling is None)
