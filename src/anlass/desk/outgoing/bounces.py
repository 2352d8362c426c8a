"""Letters of ours that come back: found by the Message-ID they carry, counted, and soon believed.

A bounce says that an address was not what it seemed. After a few of them in a day nothing goes by
itself any more until the owner allows it.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from anlass.desk.outgoing.outbox import told
from anlass.replies.silence import Terms
from anlass.store.book import Book
from anlass.store.outgoing.latches import STOPPED

BOUNCES = frozenset({"N1", "N2"})
"""Rules of the gate that name a bounce."""
_OURS = re.compile(rb"<([0-9a-f]{20}\.[0-9a-f]{20}@[\w.-]{1,253})>")
_LOOKED_AT = 256 * 1024
"""Bytes of a bounce that are looked at; what came back stands near its beginning."""


def hear_bounce(book: Book, raw: bytes, *, terms: Terms, now: datetime) -> int:
    """Note which letters of ours a bounce brings back; return how many that is news of."""
    named = {found.decode() for found in _OURS.findall(raw[:_LOOKED_AT])}
    if not named:
        return 0
    with book.together():
        fresh = [one for one in book.outbox.by_message(named) if book.outbox.bounced(one.id, now=now)]
        for boxed in fresh:
            book.note("bounced", about=boxed.letter.request, content=told(boxed), now=now)
        stop_where_needed(book, terms, now=now)
    return len(fresh)


def stop_where_needed(book: Book, terms: Terms, *, now: datetime) -> bool:
    """Let nothing go by itself any more where too many letters came back (R7); return whether that is new."""
    count = book.latches.bounces(since=now - timedelta(days=1))
    if count <= terms.bounces or not book.latches.latch(STOPPED, now=now, why=str(count)):
        return False
    book.note("stopped", content={"bounces": count}, now=now)
    return True
