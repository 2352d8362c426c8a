"""The owner encloses a personal note with an answer; it opens only when both want it (C10).

The link goes out with the letter and holds one half of the key. It shows nothing until the owner lets that
person see a card: then, and while that holds, whoever has the link can open it, if they come and ask. Nobody
notes it.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime

from anlass.cards import GrantEnd
from anlass.desk.cards.own import cards_of
from anlass.desk.people.persons import person_called
from anlass.errors import NotFound, Refused
from anlass.outreach.sealed_note import HALF, open_note, seal_note
from anlass.outreach.wish import NONCE
from anlass.people import mail_address, person_at, person_id
from anlass.store.book import Book
from anlass.store.outgoing.sealed_notes import KeptNote

PATH = "/n/"
"""Where sealed notes lie."""
_ID = 12
_NOTHING = KeptNote("", "", bytes(HALF), bytes(NONCE + 16))


def enclose(book: Book, who: str, text: str, *, now: datetime) -> str:
    """Seal a note for a person and return the link for the letter; a path where no address is set.

    Raises `Refused` for an empty note or one over 4,094 bytes, and `NotFound` for nobody.
    """
    words = text.strip()
    id_, ours, theirs = secrets.token_urlsafe(_ID), secrets.token_bytes(HALF), secrets.token_bytes(HALF)
    person = _person(book, who)
    try:
        sealed = seal_note(words, ours, theirs, secrets.token_bytes(NONCE), id_.encode())
    except ValueError as error:
        raise Refused("A sealed note has at most 4094 bytes.") from error
    if not words:
        raise Refused("An empty note says nothing.")
    with book.together():
        book.notes.keep(KeptNote(id_, person, ours, sealed))
        book.note("note-enclosed", about=person, content={"note": id_}, now=now)
    cards = cards_of(book)
    half = urlsafe_b64encode(theirs).decode().rstrip("=")
    return f"{cards.address if cards else ''}{PATH}{id_}.{half}"


def note_behind(book: Book, link: str, *, at: datetime) -> str | None:
    """Return the note that a link opens at a moment; `None` for all that shows nothing."""
    id_, _, half = link.partition(".")
    kept = book.notes.note(id_) or _NOTHING
    wants = any(one.end(at) is GrantEnd.HOLDS for one in book.cards.grants(person=kept.person or "-"))
    text = open_note(kept.content, kept.half, _bytes(half), kept.id.encode())
    return text if wants else None


def take_away(book: Book, id_: str, *, now: datetime) -> None:
    """Destroy a note: its link shows what a link that never was shows. Raises `NotFound`."""
    with book.together():
        if not book.notes.destroy(id_):
            raise NotFound(f"There is no sealed note {id_!r}.")
        book.note("note-destroyed", content={"note": id_}, now=now)


def _person(book: Book, who: str) -> str:
    """Return the id by which grants to this person are found, known or not."""
    try:
        return person_called(book, who).id
    except NotFound:
        address = mail_address(who)
        if address is None:
            raise
        person = person_at(address)
        book.meet(person)
        return person_id(address)


def _bytes(text: str) -> bytes:
    try:
        found = urlsafe_b64decode(text.encode("ascii") + b"==")
    except ValueError:
        return bytes(HALF)
    return found if len(found) == HALF else bytes(HALF)
