"""Ending mailings: whoever says so once is never written to by one again, whatever the owner does.

The link is signed and stands in every letter. It needs no log-in and leaves no cookie; pressing it twice is
pressing it once, and a link that makes no sense gets the same answer.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b

from anlass.cards import id_in, link_of
from anlass.desk.cards.own import key_of
from anlass.desk.voice.gatherings import refused
from anlass.people import mail_address, person_id
from anlass.store.book import Book
from anlass.store.outgoing.outbox import OutboxState

PATH = "/u/"
"""Where the pages lie on which mailings end."""


def stop_link(book: Book, address: str, base: str) -> str:
    """Return the link that ends mailings to the person of this address id."""
    return f"{base}{PATH}{link_of(_key(book), address)}"


def is_of_ours(book: Book, link: str) -> bool:
    """Tell whether the house made a link, in the same time for all."""
    return id_in(_key(book), link)[1]


def stop_by_link(book: Book, link: str, *, now: datetime) -> bool:
    """End mailings to whoever a link belongs to; return whether the house made it."""
    address, is_signed = id_in(_key(book), link)
    if is_signed:
        _stop(book, address, now)
    return is_signed


def stop_address(book: Book, text: str, *, now: datetime) -> str:
    """End mailings to an address that the owner names; return it. Raises `Refused` for what is none."""
    address = mail_address(text)
    if address is None:
        raise refused("no mail address", text=text)
    _stop(book, person_id(address), now)
    return address.value


def _stop(book: Book, address: str, now: datetime) -> None:
    """Write it down, and take back what has not left."""
    with book.together():
        if book.mailings.stop(address, now=now):
            book.note("stop_mailings", about=address, now=now)
        for boxed in book.outbox.all(OutboxState.WAITING):
            if boxed.letter.stop and boxed.letter.person == address:
                book.outbox.cancel(boxed.id, says="unsubscribed")


def _key(book: Book) -> bytes:
    """Return a key of its own, made of the one that signs cards: a link to a card ends no mailing."""
    return stop_key(key_of(book))


def stop_key(key: bytes) -> bytes:
    """Return the key that signs these links, made of the one that signs cards."""
    return blake2b(key, digest_size=32, person=b"anlass-stop").digest()
