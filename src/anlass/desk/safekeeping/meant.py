"""Who is meant where somebody shall be forgotten: one person for certain, or nobody, with those who may be.

Nothing is taken back here, so nothing is guessed: part of a name, one word of it and another spelling only
propose people.
"""

from __future__ import annotations

from anlass.desk.people.persons import known_short_forms
from anlass.desk.voice import refusals as voice
from anlass.desk.voice.common import Lang
from anlass.errors import NotFound
from anlass.people import Person
from anlass.people.names import Likeness, likeness, spelling
from anlass.store.book import Book

_HINT = "Give an address, or the id."


def to_forget(book: Book, who: str, lang: Lang) -> Person:
    """Return the one person of this address, full name or id. Raises `NotFound`, which says who may be."""
    text = " ".join(who.split())
    by_id = book.person(text.lower())
    if by_id:
        return by_id
    found = book.people_named(text)
    exactly = [one for one in found if _is(one, text)]
    if len(exactly) == 1:
        return exactly[0]
    if exactly:
        raise NotFound(voice.several_called(text, exactly, lang), hint=_HINT)
    nearly = tuple({one.id: one for one in (*found, *alike(book, text))}.values())
    if nearly:
        raise NotFound(voice.nearly_called(text, nearly, lang), hint=_HINT)
    raise NotFound(voice.nobody_called(text, lang), hint="`anlass people` lists everybody.")


def alike(book: Book, name: str, but: Person | None = None) -> tuple[Person, ...]:
    """Return who may be the one of this name by another spelling, a short form or a part of it; not `but`."""
    forms, is_word = known_short_forms(), len(spelling(name)) == 1
    most = Likeness.GIVEN if is_word else Likeness.INITIAL
    found = []
    for sighting in book.persons.sightings():
        names = (likeness(name, one, forms) for one in sighting.names)
        if sighting.person != but and any(one is not None and one <= most for one in names):
            found.append(sighting.person)
    return tuple(found)


def _is(person: Person, text: str) -> bool:
    """Tell whether this is the person's whole name, or an address of theirs."""
    wanted = text.casefold()
    return wanted in {person.name.casefold(), *(one.value for one in person.addresses)}
