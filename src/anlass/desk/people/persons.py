"""The owner says who is one person and who is two; nothing is moved, and each word can be taken back.

Every act keeps one word, writes it into the journal and works out anew who is one person: without the word
all is as it would have been. A rehearsal (`Book.rehearsal`) around an act keeps nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from anlass.desk.voice import refusals as voice
from anlass.desk.voice.common import Lang
from anlass.errors import NotFound, Refused
from anlass.languages import languages
from anlass.people import Address, Person, is_relay, mail_address, person_id, profile_address
from anlass.people.ids import called
from anlass.people.matching import Proposal, propose
from anlass.people.names import ShortForms, short_forms
from anlass.people.word import Word, WordKind, standing
from anlass.store.book import Book


@dataclass(frozen=True, slots=True)
class Said:
    """What a word did: the word, and the persons of today whom it is about."""

    word: Word
    people: tuple[Person, ...]


def proposals(book: Book) -> tuple[Proposal, ...]:
    """Return who may be one person under two names, the best founded first; joins nobody."""
    return propose(book.persons.sightings(), known_short_forms(), standing(book.persons.words()))


def known_short_forms() -> ShortForms:
    """Return the short forms of given names in all languages that are spoken here."""
    lists = {line for spoken in languages().spoken.values() for line in spoken.words("names.short")}
    return short_forms(sorted(lists))


def person_called(book: Book, text: str, lang: Lang = "en") -> Person:
    """Return the one person of this id, address or name; raises `NotFound` where there is not one."""
    by_id = book.person(text.strip().lower())
    found = (by_id,) if by_id else book.people_named(text)
    exactly = [one for one in found if one.name.casefold() == text.strip().casefold()]
    if len(found) == 1 or len(exactly) == 1:
        return (exactly or list(found))[0]
    if not found:
        raise NotFound(voice.nobody_called(text, lang), hint="`anlass people` lists everybody.")
    raise NotFound(voice.several_called(text, found, lang), hint="Give an address, or the id.")


def say_same(book: Book, one: str, other: str, *, now: datetime, lang: Lang = "en") -> Said:
    """Hear that two persons are one; raises `NotFound`, and `Refused` where they are already.

    `lang` is the language of what is said against it, as in all acts here.
    """
    first = person_called(book, one, lang)
    second = _beside(book, first, other) or person_called(book, other, lang)
    if first.id == second.id:
        raise Refused(voice.one_already(first, lang))
    lent = next((each for each in (*first.addresses, *second.addresses) if is_relay(each)), None)
    if lent is not None:
        raise Refused(voice.only_lent(lent, lang))
    return _say(book, Word(now, WordKind.SAME, _ids(first.addresses), _ids(second.addresses)), now)


def _beside(book: Book, person: Person, text: str) -> Person | None:
    """Return the only one beside a person with this text in name or address, or `None`."""
    others = [one for one in book.people_named(text) if one.id != person.id]
    return others[0] if len(others) == 1 else None


def say_apart(book: Book, one: str, others: Sequence[str], *, now: datetime, lang: Lang = "en") -> Said:
    """Hear that addresses are not this person's; or that another person, named alone, is not this one.

    Whatever records say later, none joins them. Raises `NotFound`, and `Refused` where nobody would remain.
    """
    person = person_called(book, one, lang)
    named = [_own_address(person, text) for text in others]
    taken = tuple(dict.fromkeys(address for address in named if address is not None))
    if len(taken) < len(named) or not taken:
        return _say_two(book, person, others, now, lang)
    rest = tuple(address for address in person.addresses if address not in taken)
    if not rest:
        raise Refused(voice.last_address(person, lang))
    return _say(book, Word(now, WordKind.APART, _ids(taken), _ids(rest)), now)


def unsay(book: Book, id_or_prefix: str, *, now: datetime, lang: Lang = "en") -> Said:
    """Take a word back: who is one person is worked out as if it had never been said. Raises `NotFound`."""
    found = called(id_or_prefix, book.persons.words())
    if len(found) != 1:
        says = voice.no_word(id_or_prefix, lang, are_several=bool(found))
        raise NotFound(says, hint="`anlass people --said` lists them with their ids.")
    with book.together():
        book.persons.unsay(found[0])
        book.note(f"unsay {found[0].kind}", about=found[0].one[0], content=_told(found[0]), now=now)
        book.settle()
    return Said(found[0], people_of(book, found[0]))


def people_of(book: Book, word: Word) -> tuple[Person, ...]:
    """Return the persons of today whom a word is about."""
    found = (book.person(id_) for id_ in (*word.one, *word.other))
    return tuple({one.id: one for one in found if one is not None}.values())


def keep_word(book: Book, word: Word, *, now: datetime) -> None:
    """Keep a word, write it into the journal, and let it take effect."""
    with book.together():
        book.persons.say(word)
        book.note(word.kind.value, about=word.one[0], content=_told(word), now=now)
        book.settle()


def _say(book: Book, word: Word, now: datetime) -> Said:
    keep_word(book, word, now=now)
    return Said(word, people_of(book, word))


def _say_two(book: Book, person: Person, others: Sequence[str], now: datetime, lang: Lang) -> Said:
    """Remember that another person is not this one."""
    if len(others) != 1:
        own = ", ".join(map(str, person.addresses))
        raise NotFound(voice.not_theirs(person, lang), hint=f"They are: {own}.")
    other = person_called(book, others[0], lang)
    if other.id == person.id:
        raise Refused(voice.same_person(person, lang))
    return _say(book, Word(now, WordKind.APART, _ids(person.addresses), _ids(other.addresses)), now)


def _own_address(person: Person, text: str) -> Address | None:
    """Return the address of a person that a text names, or `None`."""
    known = {one.value for one in (mail_address(text), profile_address(text)) if one} | {text.strip()}
    return next((one for one in person.addresses if one.value in known), None)


def _ids(addresses: Iterable[Address]) -> tuple[str, ...]:
    return tuple(map(person_id, addresses))


def _told(word: Word) -> dict[str, object]:
    """What the journal keeps of a word."""
    return {"word": word.id, "one": list(word.one), "other": list(word.other)}
