"""Wishes of a hosted event: people come in by their own word, rounds are those of `wish_hosting`."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from datetime import datetime
from hashlib import sha256

from anlass.desk.voice.gatherings import missing, refused
from anlass.desk.wishes import hosting as desk
from anlass.desk.wishes.keys import KeyRing, hosted_name
from anlass.outreach.hosting import Hosting, RoundTimes
from anlass.outreach.wish_event import WishEvent, WishRound
from anlass.outreach.wish_roster import code_of, plain_name
from anlass.outreach.wish_times import Phase
from anlass.store.book import Book

_FEW = 10
"""Wishes of each person until the organiser says otherwise: few, so that nobody is left out on purpose."""


class HostedWishes:
    """The rounds of wishes of a house, as its hosted events ask for them."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def open(self, hosting: Hosting) -> str:
        """Open wishes for an event and return their id."""
        event = desk.open_event(
            self._book, hosting.name, quota=_FEW, lang=hosting.lang, address=hosting.address
        )
        return event.id.hex()

    def admit(self, wishes: str, name: str, mail: str) -> str:
        """Give somebody a ticket; return its id."""
        (admitted,) = desk.admit(self._book, self._event(wishes), [(name, mail)])
        return admitted.ticket.pid.hex()

    def call(self, wishes: str, ticket: str, name: str) -> None:
        """Let a ticket bear the name somebody has now; one with a key of its own keeps its name.

        Whoever takes part with such a key looks for that name on the list, and would see another as a trick.
        """
        self._book.wishes.rename(bytes.fromhex(wishes), bytes.fromhex(ticket), plain_name(name) or "?")

    def called(self, wishes: str, ticket: str, name: str) -> str:
        """Return what a ticket calls somebody of this name; "" where that is the same, or there is none."""
        found = self._book.wishes.name_of(bytes.fromhex(wishes), bytes.fromhex(ticket)) if ticket else ""
        return "" if found == plain_name(name) else found

    def link(self, wishes: str, ticket: str, word: str) -> str:
        """Return the link of a ticket that belongs to the word of somebody's own link; always the same.

        A program that takes part by it goes on leading there. Raises `NotFound`.
        """
        made = hmac.new(word.encode(), b"anlass/host/v1/wishes", sha256).digest()
        own = urlsafe_b64encode(made[:20]).decode().rstrip("=")
        return desk.set_link(self._book, self._event(wishes), bytes.fromhex(ticket), own)

    def drop(self, wishes: str, ring: KeyRing | None, *, now: datetime) -> int:
        """Forget the whole of it, its running rounds and their keys first; return what is left, counted anew.

        What was deleted is wiped by whoever asks for it, once it is kept. Raises `Refused` where a round runs
        whose key is not on this machine; nothing was deleted then.
        """
        event = self._book.wishes.event(bytes.fromhex(wishes)) if wishes else None
        if event is None:
            return 0
        rounds = [one for one in self._book.wishes.rounds(event.id) if one.phase is not Phase.FORGOTTEN]
        if ring is None and rounds:
            raise refused("key elsewhere")
        if ring is not None:
            # What encrypts takes time to load, and most events are over when they are deleted.
            from anlass.desk.wishes.steps import forget_round  # noqa: PLC0415

            for one in rounds:
                forget_round(self._book, ring, one, now=now)
            ring.destroy(hosted_name(event.id))
        return self._book.wishes.drop(event.id)

    def erase(self, wishes: str, ticket: str) -> None:
        """Forget a ticket and all that belongs to it. Raises `NotFound`."""
        desk.erase(self._book, self._event(wishes), bytes.fromhex(ticket))

    def exported(self, wishes: str, ticket: str) -> dict[str, object]:
        """Return what is kept of a ticket, in readable form; nothing where it is gone."""
        event, pid = self._event(wishes), bytes.fromhex(ticket)
        tickets = (one for one in self._book.wishes.tickets(event.id) if one.pid == pid)
        found = next(tickets, None)
        return desk.exported(self._book, event, found) if found else {}

    def times(self, wishes: str) -> tuple[RoundTimes, ...]:
        """Return the rounds in their order; none where there are no wishes."""
        return tuple(map(_times, self._book.wishes.rounds(bytes.fromhex(wishes)))) if wishes else ()

    def _event(self, wishes: str) -> WishEvent:
        event = self._book.wishes.event(bytes.fromhex(wishes)) if wishes else None
        if event is None:
            raise missing("no wishes")
        return event


def _times(one: WishRound) -> RoundTimes:
    moments = one.times
    code = code_of(one.roster_hash) if one.roster_hash else ""
    return RoundTimes(
        one.number, moments.freeze, moments.match, moments.release, moments.forget, code, one.participants
    )
