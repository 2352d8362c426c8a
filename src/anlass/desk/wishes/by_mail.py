"""People who take part by mail: this house holds their key, wishes for them, reads what they are shown."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from anlass.desk.wishes.keys import KeyRing, hosted_name
from anlass.errors import StoreError
from anlass.outreach.wish import NONCE, public_of
from anlass.outreach.wish_client import Participant, Revealed, revealed_to, upload_of
from anlass.outreach.wish_event import Ticket, WishRound
from anlass.outreach.wish_hosted import HostedWishes, hosted_frame, hosted_secret, wishes_in, within
from anlass.outreach.wish_roster import Entry, Roster, roster_in
from anlass.outreach.wish_round import RoundKeys, hosted_noise, shelved, unshelved

if TYPE_CHECKING:
    from anlass.store.book import Book


def hosted_key(ring: KeyRing, event: bytes, pid: bytes) -> bytes:
    """Return the public key this house makes for somebody who takes part by mail."""
    return public_of(hosted_secret(ring.made(hosted_name(event)), event, pid))


def seal_hosted(keys: RoundKeys, one: WishRound, pid: bytes, wishes: HostedWishes) -> bytes:
    """Return hosted wishes as they lie in the memory. Raises `ValueError` for too many or too much."""
    return shelved(keys.hosted, one.place + pid, hosted_frame(wishes, one.quota), secrets.token_bytes(NONCE))


def hosted_wishes(book: Book, keys: RoundKeys, one: WishRound, pid: bytes) -> HostedWishes:
    """Return what a hosted person wished so far."""
    sealed = book.wishes.shelf.hosted(one.event, one.number, pid)
    frame = unshelved(keys.hosted, one.place + pid, sealed) if sealed else None
    return wishes_in(frame) if frame else HostedWishes()


def hosted_uploads(
    book: Book, ring: KeyRing, one: WishRound, keys: RoundKeys
) -> Iterator[tuple[bytes, bytes]]:
    """Yield the upload of every hosted person on the roster, wishes or none; made again it is the same."""
    roster = _roster(book, one)
    for entry in roster.entries:
        if entry.is_hosted:
            who = _participant(ring, entry, roster)
            wishes = within(hosted_wishes(book, keys, one, entry.pid), roster.people)
            cards = dict.fromkeys(wishes.wished, wishes.card)
            noise = hosted_noise(keys, one.place + entry.pid, one.quota)
            yield entry.pid, upload_of(who, cards, noise, one.quota)


def hosted_results(
    book: Book, ring: KeyRing, one: WishRound, ticket: Ticket, *, keys: RoundKeys, release: bytes
) -> tuple[Revealed, ...]:
    """Return what was revealed to a hosted person."""
    roster = _roster(book, one)
    entry = roster.people.get(ticket.pid)
    if entry is None or not entry.is_hosted:
        return ()
    wished = hosted_wishes(book, keys, one, ticket.pid).wished
    return revealed_to(_participant(ring, entry, roster), wished, release)


def _participant(ring: KeyRing, entry: Entry, roster: Roster) -> Participant:
    master = ring.key(hosted_name(roster.event))
    if master is None:
        raise StoreError("The secret of people who take part by mail is not here.", where=roster.event.hex())
    secret = hosted_secret(master, roster.event, entry.pid)
    return Participant(secret, replace(entry, public=public_of(secret)), roster)


def _roster(book: Book, one: WishRound) -> Roster:
    return roster_in(book.wishes.shelf.sheet(one.event, one.number, "roster") or b"")
