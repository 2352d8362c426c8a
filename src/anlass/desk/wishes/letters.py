"""Two letters of a round go to everybody on its list: when it is closed, and when results are open.

They are put into the outbox, each once, whatever is interrupted; there is none that reminds. Who is written
to depends on the list alone, so that nobody can tell from a letter what came of anything.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta, tzinfo

from anlass.desk.outgoing.outbox import Writer
from anlass.desk.wishes.voice import RoundLetter, frozen_letter, release_letter
from anlass.outreach.wish_event import WishEvent, WishRound
from anlass.outreach.wish_roster import code_of
from anlass.outreach.wish_times import Phase
from anlass.people import mail_address, person_id
from anlass.replies.outgoing import Kind, Outgoing
from anlass.replies.token import signed_id
from anlass.store.book import Book

EVERY = timedelta(seconds=2)
"""Between two letters: results are there for two days, and a thousand people have theirs within the hour."""
_SHORT = 16
"""Letters of an event's id that name it in the outbox: enough that no two of one organiser are alike."""


def letters_of(event: bytes) -> str:
    """Return how in outbox and journal all begins that was written to the people of an event's rounds."""
    return f"wish:{event.hex()[:_SHORT]}"


def tell_rounds(book: Book, writer: Writer, *, zone: tzinfo, now: datetime) -> int:
    """Put the letters that are due into the outbox; return how many are new.

    A round is told of while it takes wishes, and while its results are open; what was slept through is not.
    """
    if not writer.address:
        return 0
    return sum(_told(book, writer, one, zone, now) for one in book.wishes.open_rounds())


def _told(book: Book, writer: Writer, one: WishRound, zone: tzinfo, now: datetime) -> int:
    event = book.wishes.event(one.event)
    letter = _letter(event, one, zone, now) if event else None
    if event is None or letter is None:
        return 0
    request = f"{letters_of(one.event)}:{one.number}{one.phase.value[:1]}"
    if book.mailings.was_told(request):
        return 0
    key, domain = book.latches.key(), writer.address.rpartition("@")[2]
    count = 0
    with book.together():
        for mail in dict.fromkeys(
            ticket.mail for ticket in book.wishes.tickets(one.event, round=one.number) if ticket.mail
        ):
            address = mail_address(mail)
            if address is None:
                continue
            person = person_id(address)
            made = Outgoing(
                person=person,
                request=request,
                kind=Kind.MAILING,
                sender=writer.address,
                sender_name=writer.name,
                to=address.value,
                subject=letter.subject,
                text=letter.text,
                lang=event.lang,
                message_id=signed_id(
                    key, secrets.token_bytes(10), request=request, person=person, domain=domain
                ),
                envelope=writer.address,
            )
            count += book.outbox.put(made, due=now + count * EVERY, now=now)
    return count


def _letter(event: WishEvent, one: WishRound, zone: tzinfo, now: datetime) -> RoundLetter | None:
    """Return what is to be told of a round now; `None` where nothing is."""
    if one.phase is Phase.WISHING and now < one.times.match:
        return frozen_letter(event, one, code_of(one.roster_hash), zone)
    if one.phase is Phase.RELEASED and now < one.times.forget:
        return release_letter(event)
    return None
