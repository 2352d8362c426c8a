"""One mailing to the people of an event: looked over letter by letter, released, and taken back.

Each letter is one row of the outbox, once for each person and event, ever. Nothing here asks who answered.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from anlass.cards import Cards
from anlass.desk.cards.granting import Wanted, give, grants, revoke
from anlass.desk.cards.own import cards_of
from anlass.desk.gatherings.stopping import stop_link
from anlass.desk.outgoing.outbox import LONGEST, LONGEST_SUBJECT, Writer
from anlass.desk.voice.gatherings import refused
from anlass.outreach.event import Event, Met, Sort
from anlass.outreach.mailing import Wording, due_at, readers, request_of, shipped_wording
from anlass.people import Address, person_id
from anlass.replies.outgoing import Kind, Outgoing
from anlass.replies.token import signed_id
from anlass.store.book import Book
from anlass.store.outgoing.outbox import LIVE, Boxed, OutboxState

EVERYBODY: frozenset[Sort | None] = frozenset({None, Sort.INTERESTING, Sort.BUSINESS, Sort.NEITHER})
CARD_DAYS = 180
"""How long the card of a mailing can be looked at, unless the owner says otherwise."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the owner wants sent: to whom by sort, in which words, with which card as far as which tier.

    "" takes the shipped words, the first card and the first tier.
    """

    sorts: frozenset[Sort | None] = EVERYBODY
    subject: str = ""
    text: str = ""
    form: str = ""
    card: str = ""
    tier: str = ""
    days: int = CARD_DAYS


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of a mailing as its reader will see it; `is_there` where one is on its way or left."""

    met: Met
    to: Address
    subject: str
    text: str
    is_there: bool


def wording_of(cards: Cards, event: Event, writer: Writer, wish: Wish) -> Wording:
    """Return the words of a mailing: the owner's, where there are some, else the shipped ones."""
    shipped = shipped_wording(cards.lang, wish.form, event=event.name, name=cards.name or writer.name)
    text = wish.text.replace("\r\n", "\n").strip()[:LONGEST]
    subject = " ".join(wish.subject.split())[:LONGEST_SUBJECT]
    return replace(shipped, subject=subject or shipped.subject, text=text or shipped.text)


def preview(book: Book, event: Event, writer: Writer, wish: Wish) -> Iterator[Letter]:
    """Yield every letter that would leave, for looking over; the link of a card is made when it leaves.

    Raises `Refused` where a mailing cannot be sent from this house.
    """
    cards = _checked(book, writer)
    words = wording_of(cards, event, writer, wish)
    there = _persons_there(book, event)
    for met, to in _readers(book, event, wish):
        stop = stop_link(book, person_id(to), cards.address)
        text = words.letter(f"{cards.address}/c/…", stop)
        yield Letter(met, to, words.subject, text, person_id(to) in there)


def send(book: Book, event: Event, writer: Writer, wish: Wish, *, now: datetime) -> tuple[Boxed, ...]:
    """Release a mailing; the first letter leaves after ten minutes, the others one by one behind it.

    Whoever has had one of this event gets none. Raises `Refused` where there is nothing to send or no way.
    """
    cards = _checked(book, writer)
    words = wording_of(cards, event, writer, wish)
    key, domain = book.latches.key(), writer.address.rpartition("@")[2]
    sent: list[Boxed] = []
    with book.outbox.alone():
        there = _persons_there(book, event)
        for _, to in _readers(book, event, wish):
            person = person_id(to)
            if person in there:
                continue
            wanted = Wanted(wish.card, wish.tier or cards.tiers[0], None, now + timedelta(days=wish.days))
            link = give(book, to.value, wanted, now=now).link
            stop = stop_link(book, person, cards.address)
            request = request_of(event.id)
            letter = Outgoing(
                person=person,
                request=request,
                kind=Kind.MAILING,
                sender=writer.address,
                sender_name=writer.name,
                to=to.value,
                subject=words.subject,
                text=words.letter(link, stop),
                lang=words.lang,
                message_id=signed_id(
                    key, secrets.token_bytes(10), request=request, person=person, domain=domain
                ),
                envelope=writer.address,
                stop=stop,
            )
            if book.outbox.put(letter, due=due_at(len(sent), now), now=now):
                sent.append(book.outbox.by_message([letter.message_id])[0])
        if not sent:
            raise refused("nobody to write to")
        book.note("mailing", about=event.id, content={"letters": len(sent)}, now=now)
    return tuple(sent)


def take_back(book: Book, event: Event, *, now: datetime) -> int:
    """Take back what has not left of a mailing, with the cards it would open; return how many letters."""
    count = 0
    with book.together():
        given = {one.link: one.grant.id for one in grants(book, at=now) if one.grant.revoked_at is None}
        for boxed in book.outbox.of_request(request_of(event.id)):
            if boxed.state is OutboxState.WAITING and book.outbox.cancel(boxed.id):
                count += 1
                for link, grant in given.items():
                    if link in boxed.letter.text:
                        revoke(book, grant, now=now)
        book.note("take_back_mailing", about=event.id, content={"letters": count}, now=now)
    return count


def _readers(book: Book, event: Event, wish: Wish) -> Iterator[tuple[Met, Address]]:
    """Yield who is written to, each person once, nobody who wants none, and never the owner."""
    found = readers(book.events.met(event.id), wish.sorts)
    stopped = book.mailings.stopped(person_id(to) for _, to in found)
    own, seen, blocked = book.owner_addresses(), set[str](), book.blocks.addresses()
    for met, to in found:
        person = book.person_of(to)
        ids = {person_id(one) for one in person.addresses} | {person_id(to)}
        if (
            to.value in own
            or person.id in seen
            or blocked & ids
            or stopped & ids
            or book.mailings.stopped(ids)
        ):
            continue
        seen.add(person.id)
        yield met, to


def _persons_there(book: Book, event: Event) -> frozenset[str]:
    """Return to whom a letter of this mailing is on its way or left."""
    found = book.outbox.of_request(request_of(event.id))
    return frozenset(one.letter.person for one in found if one.state in LIVE)


def _checked(book: Book, writer: Writer) -> Cards:
    """Return the owner's cards; raises `Refused` where a mailing could not be ended or answered."""
    cards = cards_of(book)
    if cards is None:
        raise refused("no card")
    if not cards.address.startswith("https://"):
        raise refused("no page to end it")
    if not writer.address:
        raise refused("no sender")
    return cards
