"""The worker that hands letters over, each once: claim, hand over, record, keep a copy.

A letter that was handed over when the program died is in doubt. It is looked up among the sent ones,
else the owner is shown it; it never goes a second time by itself. Nothing here decides what is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from anlass.channels.mail.account import SentFolder
from anlass.channels.mail.sending import Fate, Result, Submission, Why, deliver
from anlass.channels.mail.writing import raw_of
from anlass.channels.networks.door import Door, HandOver
from anlass.desk.outgoing.bounces import stop_where_needed
from anlass.desk.outgoing.outbox import state_after, told
from anlass.errors import EdgeError, NotFound
from anlass.replies.outgoing import Outgoing
from anlass.replies.silence import USUAL, Terms
from anlass.store.book import Book, CaseState
from anlass.store.outgoing.outbox import Boxed, OutboxState

_WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 180, 360))
"""How long a letter waits after its first, second ... failure; the last goes on."""
MOST_TRIES = 16
"""Attempts, over three days, until a letter is shown as given up."""
AT_ONCE = 50
"""Letters in one run; more wait for the next."""


class Step(StrEnum):
    """What has just been done with a letter."""

    CLAIMED = "claimed"
    HANDING = "handing"
    """It is written down that the words go over the wire now."""
    TAKEN = "taken"
    """The server took it, and that is not yet written down."""
    RECORDED = "recorded"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class PostOffice:
    """What letters leave by: the way out, the folder that keeps them, and the name of this worker.

    `clock` returns an aware time; `watch` is told of every step of a letter. A chat network's open door is a
    way out too: `account` names it then, and the network itself keeps what was said.
    """

    way: Submission | Door
    worker: str
    clock: Callable[[], datetime]
    sent: SentFolder | None = None
    terms: Terms = USUAL
    watch: Callable[[Step, Boxed], None] = lambda _step, _boxed: None
    account: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of one letter in this run."""

    boxed: Boxed
    result: Result


def post(book: Book, office: PostOffice) -> Iterator[Posted]:
    """Look after what an earlier run left, then hand over what is due; yield each letter that was tried."""
    look_after(book, office)
    for _ in range(AT_ONCE):
        boxed = book.outbox.claim(office.worker, now=office.clock(), way=office.account)
        if boxed is None:
            return
        office.watch(Step.CLAIMED, boxed)
        result = _try(book, office, boxed)
        yield Posted(book.outbox.find(boxed.id), result)


def look_after(book: Book, office: PostOffice) -> tuple[str, ...]:
    """Free what a dead worker had, settle doubts by the Sent folder, keep copies that are missing.

    Returns the letters that are newly in doubt.
    """
    now = office.clock()
    swept = book.outbox.sweep(now=now)
    for id_ in swept.doubtful:
        boxed = book.outbox.find(id_)
        book.note("doubtful", about=boxed.letter.request, content=told(boxed), now=now)
    if office.account:
        return swept.doubtful
    for boxed in book.outbox.all(OutboxState.DOUBTFUL):
        if _is_among_sent(book, office, boxed):
            _found(book, boxed, now)
    for boxed in book.outbox.all(OutboxState.SENT, limit=200):
        if not boxed.is_kept:
            _keep(book, office, boxed)
    return swept.doubtful


# --- one letter ---


def _try(book: Book, office: PostOffice, boxed: Boxed) -> Result:
    letter, now = boxed.letter, office.clock()
    if letter.is_automatic and _was_answered(book, boxed):
        book.outbox.give_up(boxed.id, office.worker, now=now, says="answered")
        return Result(Fate.HELD)

    def hand_over() -> bool:
        """Pass the last door: write down that the words leave now."""
        passed = book.outbox.hand_over(boxed.id, office.worker, now=office.clock())
        if passed:
            office.watch(Step.HANDING, boxed)
        return passed

    result = _handed(office.way, letter, now, hand_over)
    if result.fate is Fate.TAKEN:
        office.watch(Step.TAKEN, boxed)
    _record(book, office, boxed, result)
    return result


def _handed(way: Submission | Door, letter: Outgoing, now: datetime, hand_over: HandOver) -> Result:
    """Hand a letter over, by mail or at a door."""
    if not isinstance(way, Submission):
        return way.hand(letter, hand_over)
    try:
        raw = raw_of(letter, at=now)
    except ValueError:
        return Result(Fate.NEVER, Why.ADDRESS)
    return deliver(way, raw, envelope=letter.envelope, to=letter.to, hand_over=hand_over)


def _record(book: Book, office: PostOffice, boxed: Boxed, result: Result) -> None:
    """Write down what came of it."""
    now, worker, says = office.clock(), office.worker, str(result)
    match result.fate:
        case Fate.TAKEN:
            _sent(book, office, boxed, now)
        case Fate.UNKNOWN:
            with book.together():
                book.outbox.doubt(boxed.id, worker, says=says)
                book.note("doubtful", about=boxed.letter.request, content=told(boxed), now=now)
        case Fate.NEVER:
            _stop(book, office, boxed, says, is_bounce=result.why is Why.RECIPIENT)
        case Fate.NOT_NOW if boxed.tries >= MOST_TRIES:
            _stop(book, office, boxed, "tired", is_bounce=False)
        case Fate.NOT_NOW:
            wait = _WAITS[min(boxed.tries, len(_WAITS)) - 1]
            book.outbox.put_off(boxed.id, worker, until=now + wait, says=says)
        case Fate.HELD:
            book.outbox.put_off(boxed.id, worker, until=boxed.due, says=boxed.says)


def _sent(book: Book, office: PostOffice, boxed: Boxed, now: datetime) -> None:
    with book.together():
        book.outbox.delivered(boxed.id, office.worker, now=now)
        _settle_case(book, boxed)
        book.note("sent", about=boxed.letter.request, content=told(boxed), now=now)
    office.watch(Step.RECORDED, boxed)
    if _keep(book, office, book.outbox.find(boxed.id)):
        office.watch(Step.KEPT, boxed)


def _stop(book: Book, office: PostOffice, boxed: Boxed, says: str, *, is_bounce: bool) -> None:
    now = office.clock()
    with book.together():
        book.outbox.give_up(boxed.id, office.worker, now=now, says=says, is_bounce=is_bounce)
        content = {**told(boxed), "says": says}
        book.note("not_sent", about=boxed.letter.request, content=content, now=now)
        stop_where_needed(book, office.terms, now=now)


def _found(book: Book, boxed: Boxed, now: datetime) -> None:
    """Settle a doubt: it had left."""
    with book.together():
        book.outbox.was_sent(boxed.id)
        book.outbox.kept(boxed.id)
        _settle_case(book, boxed)
        book.note("sent", about=boxed.letter.request, content={**told(boxed), "found": True}, now=now)


def _settle_case(book: Book, boxed: Boxed) -> None:
    """Let the case wait no longer, where it still does."""
    try:
        kept = book.case(boxed.letter.request)
    except NotFound:
        return
    if kept.state is CaseState.WAITING:
        book.set_state(kept.id, state_after(boxed.letter))


def _was_answered(book: Book, boxed: Boxed) -> bool:
    """Tell whether the owner has answered or moved the case since the letter was put in."""
    try:
        kept = book.case(boxed.letter.request)
    except NotFound:
        return True
    return kept.answered_at is not None or kept.state is not CaseState.WAITING


def _is_among_sent(book: Book, office: PostOffice, boxed: Boxed) -> bool:
    """Look for a letter in doubt: in the Sent folder, and among the letters that somebody answered."""
    if book.rounds.is_replied_to(boxed.letter):
        return True
    try:
        return office.sent is not None and office.sent.holds(boxed.letter.message_id)
    except EdgeError:
        return False


def _keep(book: Book, office: PostOffice, boxed: Boxed) -> bool:
    """Put a copy among the sent letters, unless it lies there; a server that fails is asked again later."""
    sent = office.sent
    if boxed.letter.way:
        return book.outbox.kept(boxed.id)
    if sent is None or boxed.sent_at is None:
        return False
    try:
        if not sent.holds(boxed.letter.message_id):
            sent.keep(raw_of(boxed.letter, at=boxed.sent_at), boxed.letter.message_id)
    except EdgeError:
        return False
    return book.outbox.kept(boxed.id)
