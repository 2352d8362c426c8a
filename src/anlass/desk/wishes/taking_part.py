"""What a participant does, known by the link of their ticket alone: join, leave, upload, fetch.

Every answer has one shape. Before results open, and for all whom they do not concern, there is one answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from anlass.desk.wishes.by_mail import hosted_key, hosted_results, hosted_wishes, seal_hosted
from anlass.desk.wishes.comparing import RELEASE, ROSTER, sealed_upload
from anlass.desk.wishes.keys import KeyRing
from anlass.desk.wishes.steps import is_static, keys_of
from anlass.outreach.wish import NONCE, SLOT, TAG, is_key
from anlass.outreach.wish_client import Revealed
from anlass.outreach.wish_event import Ticket, WishEvent, WishRound, link_digest
from anlass.outreach.wish_hosted import HostedWishes
from anlass.outreach.wish_roster import HOSTED, Roster, roster_in
from anlass.outreach.wish_round import UploadFault, answer_name, answer_of, fault_of, unshelved
from anlass.outreach.wish_times import Phase, takes_wishes
from anlass.store.book import Book

_NOTHING = bytes(NONCE + SLOT + TAG)
"""As long as what is shelved of a slot, and opens with no key."""


class Stage(StrEnum):
    """What a participant can do now."""

    NONE = "none"
    """No round is to come."""
    JOINING = "joining"
    WISHING = "wishing"
    CLOSED = "closed"
    """Wishes are taken no longer, results are not open yet."""
    OPEN = "open"
    OVER = "over"


class Taken(StrEnum):
    """What became of an upload."""

    TAKEN = "taken"
    SIZE = "size"
    REPEATED_TOKEN = "repeated-token"  # noqa: S105 - a reason, no secret
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody with a ticket, and their round: the running one, else the next, else the last."""

    event: WishEvent
    ticket: Ticket
    round: WishRound | None
    stage: Stage


def visit(book: Book, link: str, *, now: datetime) -> Visit | None:
    """Return who comes by this link; `None` for a link that leads nowhere."""
    found = book.wishes.behind(link_digest(link))
    if found is None:
        return None
    one = _concerning(found.rounds)
    return Visit(found.event, found.ticket, one, _stage(one, now))


def join(book: Book, ring: KeyRing, who: Visit, public: bytes | None) -> bool:
    """Take part with a key of one's own; with `None` by mail alone, the house holds the key.

    Says no to what is no key, to a key of somebody else, and to another key while a round runs.
    """
    if public is None:
        return book.wishes.join(
            who.event.id, who.ticket.pid, hosted_key(ring, who.event.id, who.ticket.pid), HOSTED
        )
    return is_key(public) and book.wishes.join(who.event.id, who.ticket.pid, public, 0)


def leave(book: Book, who: Visit) -> None:
    """Take part no longer; wishes that were not compared yet go unread."""
    book.wishes.leave(who.event.id, who.ticket.pid)


def is_on_roster(who: Visit) -> bool:
    """Tell whether somebody stands on the roster of the round that runs."""
    return who.round is not None and who.round.is_running and who.ticket.round == who.round.number


def roster_bytes(book: Book, who: Visit) -> bytes | None:
    """Return the roster of the round, to those who are on it; `None` to everybody else and before."""
    one = who.round
    return book.wishes.shelf.sheet(one.event, one.number, ROSTER) if one and is_on_roster(who) else None


def roster_of(book: Book, who: Visit) -> Roster | None:
    """Return the roster as people."""
    packed = roster_bytes(book, who)
    return roster_in(packed) if packed else None


def upload(book: Book, ring: KeyRing, who: Visit, body: bytes, *, now: datetime) -> Taken:
    """Take an upload, in place of one before. Raises `StoreError`."""
    one = who.round
    if one is None or not takes_wishes(one.phase, one.times, now) or not is_on_roster(who):
        return Taken.CLOSED
    fault = fault_of(body, one.quota)
    if fault is not None:
        return Taken.SIZE if fault is UploadFault.SIZE else Taken.REPEATED_TOKEN
    sealed = sealed_upload(keys_of(ring, one), one, who.ticket.pid, body)
    is_taken = book.wishes.shelf.take(one.event, one.number, who.ticket.pid, sealed, now=now)
    return Taken.TAKEN if is_taken else Taken.CLOSED


def results(book: Book, ring: KeyRing, who: Visit) -> bytes | None:
    """Return what is released: one file for all, in large rounds an answer of fixed size; `None` before.

    Raises `StoreError`.
    """
    one = who.round
    if one is None or who.stage is not Stage.OPEN or not is_on_roster(who):
        return None
    if is_static(one):
        return book.wishes.shelf.sheet(one.event, one.number, RELEASE)
    keys = keys_of(ring, one)
    names = [answer_name(keys, who.ticket.pid, number) for number in range(one.quota)]
    found = book.wishes.shelf.answers(one.event, one.number, names)
    # As many are opened as there are wishes, met or not: the time it takes shall not tell.
    slots = [unshelved(keys.store, one.place + name, found.get(name, _NOTHING)) for name in names]
    return answer_of(keys, who.ticket.pid, (one for one in slots if one and len(one) == SLOT), one.quota)


# --- by mail alone ---


def wish_by_mail(book: Book, ring: KeyRing, who: Visit, wishes: HostedWishes, *, now: datetime) -> bool:
    """Write down whom somebody wishes for who takes part by mail; says no outside of the window.

    Raises `ValueError` for too many wishes or too long a card, and `StoreError`.
    """
    one = who.round
    if one is None or who.stage is not Stage.WISHING or not who.ticket.is_hosted:
        return False
    sealed = seal_hosted(keys_of(ring, one), one, who.ticket.pid, wishes)
    return book.wishes.shelf.take(one.event, one.number, who.ticket.pid, sealed, now=now, hosted=True)


def wished_by_mail(book: Book, ring: KeyRing, who: Visit) -> HostedWishes:
    """Return what a hosted person wished in this round. Raises `StoreError`."""
    one = who.round
    if one is None or not one.is_running or not who.ticket.is_hosted:
        return HostedWishes()
    return hosted_wishes(book, keys_of(ring, one), one, who.ticket.pid)


def shown_by_mail(book: Book, ring: KeyRing, who: Visit) -> tuple[Revealed, ...]:
    """Return what was revealed to a hosted person. Raises `StoreError`."""
    release = results(book, ring, who)
    if release is None or who.round is None or not who.ticket.is_hosted:
        return ()
    keys = keys_of(ring, who.round)
    return hosted_results(book, ring, who.round, who.ticket, keys=keys, release=release)


def _concerning(rounds: Sequence[WishRound]) -> WishRound | None:
    for wanted in (lambda one: one.is_running, lambda one: one.phase is Phase.JOINING):
        found = next((one for one in rounds if wanted(one)), None)
        if found is not None:
            return found
    return rounds[-1] if rounds else None


def _stage(one: WishRound | None, now: datetime) -> Stage:
    if one is None:
        return Stage.NONE
    match one.phase:
        case Phase.JOINING:
            return Stage.JOINING
        case Phase.WISHING:
            return Stage.WISHING if takes_wishes(one.phase, one.times, now) else Stage.CLOSED
        case Phase.MATCHING | Phase.MATCHED:
            return Stage.CLOSED
        case Phase.RELEASED:
            return Stage.OPEN
        case Phase.FORGOTTEN:
            return Stage.OVER
