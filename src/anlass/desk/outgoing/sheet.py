"""The outbox as the owner looks at it: the letters of one case, and all that are to leave or did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anlass.desk.cards.unlocking import without_card
from anlass.desk.outgoing.voice import boxed_says, latch_says
from anlass.desk.voice.common import Lang
from anlass.outreach.hosting import HOST
from anlass.outreach.mailing import event_of
from anlass.replies.outgoing import OF_CASES
from anlass.store.book import Book
from anlass.store.outgoing.outbox import Boxed, OutboxState

_SHOWN = 100
_MOVING = (OutboxState.WAITING, OutboxState.SENDING, OutboxState.DOUBTFUL, OutboxState.STOPPED)
_CAN_CANCEL = frozenset({OutboxState.WAITING, OutboxState.DOUBTFUL, OutboxState.STOPPED})


@dataclass(frozen=True, slots=True)
class Posting:
    """One letter: its case ("" where it answers none), to whom, its words, where it stands.

    A letter of a mailing has an event in place of a case. `can_cancel` tells whether it can be taken back.
    """

    id: str
    case: str
    to: str
    subject: str
    text: str
    lang: str
    says: str
    rule: str
    can_cancel: bool
    is_done: bool
    event: str = ""


@dataclass(frozen=True, slots=True)
class OutboxSheet:
    """What holds the outbox shut, the letters that are to leave or did not, and those that left last."""

    held: tuple[str, ...]
    moving: tuple[Posting, ...]
    gone: tuple[Posting, ...]


NOTHING = OutboxSheet((), moving=(), gone=())
"""The outbox of a house that only shows."""


def postings(book: Book, case_id: str, *, now: datetime, lang: Lang) -> tuple[Posting, ...]:
    """Return the letters of a case that leave or left, the newest first; those taken back are none."""
    found = book.outbox.of_request(case_id)
    return tuple(_posting(book, one, now, lang) for one in found if one.state is not OutboxState.CANCELLED)


def outbox_sheet(book: Book, *, now: datetime, lang: Lang) -> OutboxSheet:
    """Return the whole outbox as it looks at `now`: the newest first, what was made together as it leaves."""
    latches = book.latches.latches()
    moving = sorted(book.outbox.all(*_MOVING, limit=_SHOWN), key=lambda one: one.due)
    moving.sort(key=lambda one: one.made_at, reverse=True)
    gone = book.outbox.all(OutboxState.SENT, limit=_SHOWN)
    return OutboxSheet(
        tuple(latch_says(name, lang) for name in sorted(latches)),
        tuple(_posting(book, one, now, lang) for one in moving),
        tuple(_posting(book, one, now, lang) for one in gone),
    )


def _posting(book: Book, boxed: Boxed, now: datetime, lang: Lang) -> Posting:
    letter = boxed.letter
    return Posting(
        boxed.id,
        letter.request if letter.kind in OF_CASES and not letter.request.startswith(HOST) else "",
        letter.to,
        letter.subject,
        without_card(letter.text) if book.is_assistants else letter.text,
        letter.lang,
        boxed_says(boxed, now, lang),
        letter.rule,
        boxed.state in _CAN_CANCEL,
        boxed.state is OutboxState.SENT,
        event_of(letter.request),
    )
