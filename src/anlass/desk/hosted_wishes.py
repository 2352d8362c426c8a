"""Wishes of a hosted event: people come in by their own word, rounds are those of `wish_hosting`."""

from __future__ import annotations

from anlass.desk import wish_hosting as desk
from anlass.errors import NotFound
from anlass.outreach.hosting import Hosting, RoundTimes
from anlass.outreach.wish_event import WishEvent, WishRound
from anlass.outreach.wish_roster import code_of
from anlass.store.book import Book


class HostedWishes:
    """The rounds of wishes of a house, as its hosted events ask for them."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def open(self, hosting: Hosting) -> str:
        """Open wishes for an event and return their id."""
        event = desk.open_event(self._book, hosting.name, lang=hosting.lang, address=hosting.address)
        return event.id.hex()

    def admit(self, wishes: str, name: str, mail: str) -> tuple[str, str]:
        """Give somebody a ticket; return its id, and its link, which is told once."""
        (admitted,) = desk.admit(self._book, self._event(wishes), [(name, mail)])
        return admitted.ticket.pid.hex(), admitted.link

    def renew(self, wishes: str, ticket: str) -> str:
        """Return another link for a ticket. Raises `NotFound`."""
        return desk.new_link(self._book, self._event(wishes), bytes.fromhex(ticket))

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
            raise NotFound("There are no wishes at this event.")
        return event


def _times(one: WishRound) -> RoundTimes:
    moments = one.times
    code = code_of(one.roster_hash) if one.roster_hash else ""
    return RoundTimes(
        one.number, moments.freeze, moments.match, moments.release, moments.forget, code, one.participants
    )
