"""The digest by mail: once a month, to the owner alone, and only where the owner switched it on.

It leaves through the outbox like every letter, so it goes once and can be held. Sending it is what asks,
once, what came of requests that are months old.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from anlass.desk.cases.outcomes import ripe
from anlass.desk.outgoing.outbox import Writer, told
from anlass.desk.time.digest import digest
from anlass.desk.voice.common import Lang
from anlass.errors import Refused
from anlass.ledger.time import MonthOfYear, month_named
from anlass.people import mail_address, person_id
from anlass.replies.outgoing import Kind, Outgoing
from anlass.replies.token import signed_id
from anlass.store.book import Book
from anlass.store.outgoing.outbox import Boxed

_FROM = "digest_from"
"""The first month that is told, in the owner's settings; nothing where the digest stays at home."""


def is_on(book: Book) -> bool:
    """Tell whether the digest goes by mail."""
    return _first(book) is not None


def switch(book: Book, writer: Writer, *, is_on: bool, now: datetime) -> bool:
    """Let the digest go by mail from this month on, or not any more; return whether that is new.

    Raises `Refused` where there is no address of the owner's to write to.
    """
    if is_on and mail_address(writer.address) is None:
        raise Refused("There is no address of yours to write to.", hint="`anlass connect` names a mailbox.")
    before, settings = _first(book), dict(book.settings())
    if is_on is (before is not None):
        return False
    settings.pop(_FROM, None)
    if is_on:
        settings[_FROM] = str(MonthOfYear(now.year, now.month))
    with book.together():
        book.set_settings(settings)
        book.note("digest", content={"on": is_on}, now=now)
    return True


def send_due(book: Book, writer: Writer, *, now: datetime, lang: Lang) -> Boxed | None:
    """Put the digest of the month that is over into the outbox, once; `now` is in the owner's time zone."""
    first, month = _first(book), MonthOfYear(now.year, now.month).before
    address = mail_address(writer.address)
    if first is None or address is None or month < first:
        return None
    request, person = f"digest:{month}", person_id(address)
    if book.outbox.of_request(request):
        return None
    letter, cases = digest(book, month, now=now, lang=lang), ripe(book, now=now)
    key, domain = book.latches.key(), address.value.rpartition("@")[2]
    made = Outgoing(
        person=person,
        request=request,
        kind=Kind.DIGEST,
        sender=address.value,
        sender_name=writer.name,
        to=address.value,
        subject=letter.subject,
        text=letter.text,
        lang=lang,
        message_id=signed_id(key, secrets.token_bytes(10), request=request, person=person, domain=domain),
    )
    with book.together():
        if not book.outbox.put(made, due=now, now=now):
            return None
        book.outcomes.asked(cases, now=now)
        boxed = book.outbox.by_message([made.message_id])[0]
        book.note("digest sent", content=told(boxed), now=now)
    return boxed


def _first(book: Book) -> MonthOfYear | None:
    return month_named(str(book.settings().get(_FROM, "")))
