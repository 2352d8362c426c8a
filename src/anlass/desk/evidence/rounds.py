"""The second round of a letter that left through the outbox: what comes back, and what never does.

A reply belongs to its case by the thread, and where it names a Message-ID of the house by the signature in
it: one that was made up, or signed for another request or person, does nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from anlass.case import Case
from anlass.intake import ContactRequest, Message
from anlass.litmus.reply import Reply
from anlass.litmus.second_round import asked_in
from anlass.replies.outgoing import Kind, Outgoing
from anlass.replies.questions import gaps
from anlass.replies.token import is_signed, looks_signed
from anlass.store.book import Book, CaseState
from anlass.store.outgoing.outbox import Boxed, OutboxState

SILENT = timedelta(days=21)
"""After so long a question that nobody answered lapses: no reminder, no word, no mark against anybody."""


def question_to(book: Book, request: str) -> Boxed | None:
    """Return the letter of the outbox that asked back on a request, once it has left."""
    posted = (one for one in book.outbox.of_request(request) if one.letter.kind is Kind.QUESTION)
    return next((one for one in posted if one.state is OutboxState.SENT and one.sent_at), None)


def replies_after(
    book: Book,
    case: Case,
    posted: Boxed,
    *,
    fetch: Callable[[str], Message | None],
    hear: Callable[[str], ContactRequest | None],
) -> list[Reply] | None:
    """Return the replies to a question that left; `None` where it asks nothing.

    `fetch` reads a letter again by its id, `hear` says what it asks where a human wrote it.
    """
    words, asked_at = posted.letter.text, posted.sent_at or posted.made_at
    asked = asked_in(words, gaps(case.reading, case.tie))
    if not asked:
        return None
    found = []
    for letter in book.rounds.replies_to(posted.letter, case.person, since=asked_at):
        message = fetch(letter)
        if message is None or not is_for(book.latches.key(), message, posted.letter):
            continue
        reply = hear(letter)
        if reply is not None:
            found.append(Reply(words, asked, asked_at, reply))
    return found


def is_for(key: bytes, message: Message, posted: Outgoing) -> bool:
    """Tell whether a letter that came may be the reply to one of ours.

    It names a Message-ID that the house signed for this very request and person, or none that looks so:
    then the thread has to tell. One that is made up, or was signed for another case, does nothing.
    """
    named = [one for one in (*message.in_reply_to, *message.references) if looks_signed(one)]
    return not named or any(
        is_signed(key, one, request=posted.request, person=posted.person) for one in named
    )


def let_lapse(book: Book, *, now: datetime, after: timedelta = SILENT) -> tuple[str, ...]:
    """Close the cases whose question nobody answered for so long; nothing is sent. Return which."""
    lapsed = []
    for kept in book.cases_asked():
        posted = question_to(book, kept.id)
        asked_at = posted.sent_at if posted else kept.answered_at
        if asked_at is not None and now - asked_at > after:
            with book.together():
                book.set_state(kept.id, CaseState.DONE)
                book.note("lapsed", about=kept.id, now=now)
            lapsed.append(kept.id)
    return tuple(lapsed)
