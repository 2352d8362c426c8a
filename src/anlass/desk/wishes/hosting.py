"""What an organiser does: open an event, admit people, set times of rounds, export and erase."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from anlass.desk.chance import new_word
from anlass.desk.voice.gatherings import missing, refused
from anlass.outreach.wish import QUOTA
from anlass.outreach.wish_event import Ticket, WishEvent, WishRound, link_digest
from anlass.outreach.wish_roster import EVENT, PID, plain_name
from anlass.outreach.wish_times import Phase, Timetable
from anlass.people.ids import named
from anlass.store.book import Book

PATH = "/w/"
"""Where the pages of participants lie."""
FEW, MANY = 1, 100
"""How many wishes an event may give each person."""
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Admitted:
    """A new ticket, and its link; the link is told here once and can never be read from the memory."""

    ticket: Ticket
    link: str


def open_event(
    book: Book, name: str, *, quota: int = QUOTA, lang: str = "en", address: str = ""
) -> WishEvent:
    """Open an event. Raises `Refused` for a name that is none, or a quota beyond reason."""
    shown = plain_name(name)
    if not shown or not FEW <= quota <= MANY:
        raise refused("wishes nameless", few=FEW, many=MANY)
    event = WishEvent(secrets.token_bytes(EVENT), shown, quota, lang, address.rstrip("/"))
    book.wishes.keep_event(event)
    return event


def event_called(book: Book, who: str) -> WishEvent:
    """Return the event of this name, or whose id alone begins so. Raises `NotFound`."""
    found = named(who, book.wishes.events(), id_of=lambda one: one.id.hex())
    if len(found) != 1:
        raise missing("several events" if found else "no event", text=who)
    return found[0]


def admit(book: Book, event: WishEvent, people: Iterable[tuple[str, str]]) -> Iterator[Admitted]:
    """Give a ticket to each (name, mail address); yields them with their links, a thousand at a time kept."""
    part: list[tuple[Admitted, str]] = []
    for name, mail in people:
        word = new_word()
        ticket = Ticket(secrets.token_bytes(PID), plain_name(name) or "?", mail.strip())
        part.append((Admitted(ticket, link_to(event, word)), link_digest(word)))
        if len(part) == _AT_ONCE:
            yield from _kept(book, event, part)
            part = []
    yield from _kept(book, event, part)


def link_to(event: WishEvent, word: str) -> str:
    """Return the whole link of a ticket; a path where the event has no address."""
    return f"{event.address}{PATH}{word}"


def set_link(book: Book, event: WishEvent, pid: bytes, word: str) -> str:
    """Let a ticket have the link of this word. Raises `NotFound`."""
    if not book.wishes.relink(event.id, pid, link_digest(word)):
        raise missing("no ticket")
    return link_to(event, word)


def open_round(book: Book, event: WishEvent, times: Timetable) -> WishRound:
    """Set the times of the next round. Raises `Refused` while one before it runs longer."""
    before = book.wishes.rounds(event.id)
    if any(one.phase is not Phase.FORGOTTEN and one.times.forget > times.freeze for one in before):
        raise refused("runs")
    return book.wishes.open_round(event.id, times)


def exported(book: Book, event: WishEvent, ticket: Ticket) -> dict[str, object]:
    """Return everything the memory holds of one participant in readable form.

    Wishes of people with a key of their own are in no form that the organiser could read.
    """
    entry = ticket.entry
    return {
        "event": event.name,
        "ticket": ticket.pid.hex(),
        "name": ticket.name,
        "mail": ticket.mail,
        "takes_part": entry is not None,
        "by_mail_only": ticket.is_hosted,
        "public_key": entry.public.hex() if entry else None,
        "on_rosters": [
            one.number for one in book.wishes.rounds(event.id) if one.is_running and one.participants
        ],
    }


def erase(book: Book, event: WishEvent, pid: bytes) -> None:
    """Forget one participant. Raises `NotFound`."""
    if not book.wishes.erase(event.id, pid):
        raise missing("no ticket")


def _kept(book: Book, event: WishEvent, part: list[tuple[Admitted, str]]) -> Iterator[Admitted]:
    book.wishes.admit(event.id, ((one.ticket, digest) for one, digest in part))
    return (one for one, _ in part)
