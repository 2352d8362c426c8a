"""A card handed out: a link for whoever holds the printed card, the badge or the tag that it stands on.

It is a grant like any other, with an end and a way to take it back, and belongs to nobody in particular.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from anlass.cards import Grant, Occasion, seen
from anlass.cards.nfc import ndef
from anlass.desk.cards.granting import Given, Wanted, given, grants, told_of, wanted_of
from anlass.desk.cards.own import cards_of
from anlass.desk.chance import new_id
from anlass.errors import Refused
from anlass.intake.guard import one_line
from anlass.store.book import Book

LONGEST_NAME = 32
"""Code points of what a handed-out card is called, as its column holds."""


class Shape(StrEnum):
    """In which shape a link is handed out."""

    LINK = "link"
    QR = "qr"
    """A code, as SVG."""
    NFC = "nfc"
    """An NDEF message, for a program that writes tags."""
    PDF = "pdf"
    """A business card to print, with the code on it."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A link in one shape: its bytes, what a program calls them, and the ending of a file of them."""

    content: bytes
    kind: str
    ending: str


def hand_out(book: Book, name: str, wanted: Wanted, *, now: datetime) -> Given:
    """Make a link for whoever holds it; `name` is what the owner calls it, for them alone.

    Without a tier it is the first. Raises `NotFound` and `Refused` as giving to a person does.
    """
    called = one_line(name)
    if not called or len(called) > LONGEST_NAME:
        raise Refused(f"What is handed out needs a name of {LONGEST_NAME} characters at most.")
    card, tier = wanted_of(book, wanted, usual=0, now=now)
    grant = Grant(
        id=new_id(),
        person="",
        card=card,
        tier=tier,
        since=wanted.since or now,
        given_at=now,
        until=wanted.until,
        occasion=Occasion.HANDED_OUT,
        case=called,
    )
    with book.together():
        book.cards.give(grant)
        book.note("hand out", about=grant.id, content=told_of(grant), now=now)
    return given(book, grant, now)


def handed_out(book: Book, *, at: datetime) -> Iterator[Given]:
    """Yield what was handed out, the newest first, that which is over among it."""
    return (one for one in grants(book, at=at) if one.grant.occasion is Occasion.HANDED_OUT)


def in_shape(book: Book, one: Given, shape: Shape, *, at: datetime) -> Handed:
    """Return the link of a grant in one shape.

    Raises `Refused` where the cards name no address, since a link on paper has to lead in from outside, and
    where the grant shows nothing any more.
    """
    cards = cards_of(book)
    if cards is None or not cards.address:
        raise Refused("Your cards name no address that can be reached from outside.", hint=_ADDRESS)
    if shape is Shape.LINK:
        return Handed(f"{one.link}\n".encode(), "text/plain; charset=utf-8", "txt")
    if shape is Shape.NFC:
        message = ndef(one.link)
        if message is None:
            raise Refused("The address of your cards is too long for a tag.")
        return Handed(message, "application/octet-stream", "ndef")
    if shape is Shape.QR:
        from anlass.cards.qr import svg  # noqa: PLC0415 - only who draws waits for it

        return Handed(svg(one.link).encode() + b"\n", "image/svg+xml", "svg")
    from anlass.cards.printed import printed  # noqa: PLC0415 - only who prints waits for it

    card = seen(cards, one.grant, at=max(at, one.grant.since))
    if card is None:
        raise Refused("This grant is over; there is nothing to print.")
    return Handed(printed(card, one.link), "application/pdf", "pdf")


_ADDRESS = "`address` in cards.toml names it, or the page of your cards."
