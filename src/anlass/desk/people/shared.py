"""What the owner shares with whom they are writing to, as the other side sees it."""

from __future__ import annotations

from datetime import datetime
from email.utils import parseaddr

from anlass.ledger import Encounter, EncounterKind, tie_of
from anlass.outreach.other_side import Shared
from anlass.people import Person, mail_address
from anlass.store.book import Book

_OWES = (EncounterKind.MAIL_IN, EncounterKind.MESSAGE_IN)
_PAYS = (EncounterKind.MAIL_OUT, EncounterKind.MESSAGE_OUT)


def shared_with(book: Book, to: str, *, at: datetime) -> Shared | None:
    """Return what is shared with whoever this line of addresses names first.

    `None` where nobody can be told: no address, and no name that is one person's alone.
    """
    person = _person(book, to)
    if person is None:
        return None
    met = book.encounters_with(person, at=at)
    placed = [one for one in met if one.where and one.kind in {EncounterKind.MEETING, EncounterKind.CARD}]
    last = max(placed, key=lambda one: one.when, default=None)
    where = last.where if last else ""
    return Shared(tie_of(met, at=at), where, _topic(book, person, where), _owes(met))


def _person(book: Book, to: str) -> Person | None:
    name, bare = parseaddr(to)
    address = mail_address(bare)
    if address is not None:
        return book.person_of(address, name)
    found = book.people_named(to) if to.strip() else ()
    return found[0] if len(found) == 1 else None


def _topic(book: Book, person: Person, where: str) -> str:
    """Return what the two spoke about at the event of this name."""
    for event in book.events.all():
        if event.name == where:
            for one in book.events.met(event.id):
                if one.topic and set(one.somebody.addresses) & set(person.addresses):
                    return one.topic
    return ""


def _owes(met: tuple[Encounter, ...]) -> bool:
    """Tell whether the last letter of the two came from the other side."""
    letters = [one for one in met if one.kind in (*_OWES, *_PAYS)]
    return bool(letters) and letters[-1].kind in _OWES
