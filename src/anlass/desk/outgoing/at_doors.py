"""Letters that answer at the door of a chat network: what is said there, and what is done beside saying it.

A house rule or a release can answer and accept. What the other side would see as a decline is done by
`turn_down` alone, which the owner has to name, and is told first what the other will see.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import blake2b

from anlass.case import Case
from anlass.desk.accounts.voice_of_networks import not_here
from anlass.desk.outgoing.voice import WhyNot, why_not
from anlass.desk.people.blocked import is_blocked
from anlass.desk.voice.common import Lang
from anlass.errors import Refused
from anlass.intake.knock import NETWORKS, KnockKind
from anlass.people import person_id
from anlass.policy import Action
from anlass.replies.outgoing import Deed, Kind, Outgoing
from anlass.replies.seen import can_decline, sees
from anlass.store.accounts.networks import SeenKnock
from anlass.store.book import Book
from anlass.store.outgoing.outbox import Boxed

UNDO = timedelta(minutes=2)
"""How long it waits, so that it can be taken back."""


def letter_at_the_door(book: Book, name: str, case: Case, kind: Kind) -> Outgoing | WhyNot:
    """Return the letter that answers a case where it came in, with the words of its draft; or why not."""
    ask = ask_of(book, case.request.id)
    address = case.request.requester.address
    if ask is None or address is None:
        return WhyNot.OTHER_DOOR
    is_open = ask.is_open and ask.kind is not KnockKind.MESSAGE
    is_yes = case.decision.action is Action.ACCEPT and is_open
    draft = case.draft
    return Outgoing(
        person=person_id(address),
        request=case.request.id,
        kind=kind,
        sender=ask.account,
        sender_name=name,
        to=address.value,
        subject="",
        text=draft.text.words if draft else "",
        lang=draft.lang if draft else "",
        message_id=_number(book, case.request.id, kind, ask),
        way=ask.account,
        deed=Deed.ACCEPT if is_yes else Deed.SAY,
        knock=ask.kind.value,
        place=ask.place,
    )


def ask_of(book: Book, request: str) -> SeenKnock | None:
    """Return what is answered of a case: the open ask, else the newest message."""
    asks = book.networks.of_request(request)
    still = [one for one in asks if one.is_open and one.kind is not KnockKind.MESSAGE]
    return still[-1] if still else asks[-1] if asks else None


def they_see(book: Book, case_id: str, lang: Lang, *, declined: bool = False) -> str:
    """Say what the other side would see if the answer to a case went now, or if it were turned down."""
    kept = book.case(case_id)
    ask = ask_of(book, kept.id)
    if ask is None:
        return ""
    if declined:
        return sees(ask.kind, Deed.DECLINE).in_(lang)
    is_yes = kept.case.decision.action is Action.ACCEPT and ask.kind is not KnockKind.MESSAGE
    return sees(ask.kind, Deed.ACCEPT if is_yes and ask.is_open else Deed.SAY).in_(lang)


def let_in(book: Book, case_id: str, *, now: datetime, lang: Lang, text: str = "") -> tuple[Boxed, str]:
    """Say yes where a request came in, with words or without; it leaves after `UNDO`.

    Returns what the other will see. Raises `NotFound`, and `Refused` where nothing is open.
    """
    return _released(book, case_id, (Kind.ANSWER, Deed.ACCEPT, text), now=now, lang=lang)


def turn_down(book: Book, case_id: str, *, now: datetime, lang: Lang) -> tuple[Boxed, str]:
    """Turn a request down where the other sees it; it leaves after `UNDO`. Return what the other will see.

    No house rule ever comes here. Raises `NotFound`, and `Refused` where there is nothing to turn down.
    """
    return _released(book, case_id, (Kind.REFUSAL, Deed.DECLINE, ""), now=now, lang=lang)


def _released(
    book: Book, case_id: str, act: tuple[Kind, Deed, str], *, now: datetime, lang: Lang
) -> tuple[Boxed, str]:
    """Put in what the owner does at a door, and write it down."""
    kind, deed, text = act
    kept = book.case(case_id)
    request = kept.case.request
    ask = ask_of(book, kept.id) if request.channel in NETWORKS else None
    address = request.requester.address
    if ask is None or address is None or not can_decline(ask.kind) or not ask.is_open:
        raise Refused(not_here(lang))
    if is_blocked(book, address):
        raise Refused(why_not(WhyNot.BLOCKED, lang))
    letter = Outgoing(
        person=person_id(address),
        request=request.id,
        kind=kind,
        sender=ask.account,
        to=address.value,
        subject="",
        text=text.strip(),
        lang="",
        message_id=_number(book, request.id, kind, ask),
        way=ask.account,
        deed=deed,
        knock=ask.kind.value,
        place=ask.place,
    )
    with book.together():
        if not book.outbox.put(letter, due=now + UNDO, now=now):
            raise Refused(why_not(WhyNot.THERE_ALREADY, lang))
        (boxed,) = book.outbox.by_message([letter.message_id])
        about = {
            "letter": boxed.id,
            "kind": kind.value,
            "to": letter.to,
            "way": letter.way,
        }
        done = "turn_down" if deed is Deed.DECLINE else "let_in"
        book.note(done, about=kept.id, content=about, now=now)
    return boxed, sees(ask.kind, deed).in_(lang)


def _number(book: Book, request: str, kind: Kind, ask: SeenKnock) -> str:
    """Return the number that a letter bears on its network: its own, the same at every try."""
    made = blake2b(f"{request}:{kind.value}:{ask.id}".encode(), key=book.latches.key()[:64], digest_size=16)
    return made.hexdigest()
