"""The inner circle: who is never screened, why, and the owner's word on it.

Whoever is close by evidence (`ledger/circle.py`) belongs to it, and whom the owner puts in. Whom the owner
takes out does not, whatever the evidence says, and is screened like everybody, be they in touch or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from anlass.desk.people.persons import Said, keep_word, people_of, person_called
from anlass.desk.voice.common import Lang
from anlass.ledger import Tie
from anlass.ledger.circle import LATELY, TURNS, is_close
from anlass.people import Address, AddressKind, Person, is_relay, person_id
from anlass.people.word import Word, WordKind, circle
from anlass.store.book import Book


@dataclass(frozen=True, slots=True)
class Close:
    """One person of the inner circle, or one whom the owner took out of it: `word` is the owner's, if any."""

    person: Person
    tie: Tie
    is_in: bool
    is_close: bool
    word: Word | None


def inner_circle(book: Book, *, at: datetime) -> Iterator[Close]:
    """Yield who is close by evidence or by the owner's word, and whom the owner took out."""
    words = circle(book.persons.words())
    # Few people in touch took ten turns: only of these the whole tie is worked out.
    said = {one.id for id_ in words if (one := book.person(id_)) is not None}
    in_touch = book.register.in_touch(at).items()
    perhaps = said.union(id_ for id_, one in in_touch if one.turns >= TURNS and one.last >= at - LATELY)
    for line in book.people_by_id(sorted(perhaps), at=at):
        word = word_on(line.person, words)
        close = is_close(line.tie, at=at)
        if word is not None or close:
            is_in = close if word is None else word.kind is WordKind.CLOSE
            yield Close(line.person, line.tie, is_in, close, word)


def closeness_of(book: Book, person: Person, tie: Tie, *, at: datetime) -> Close:
    """Return whether a person, with whom the owner shares this tie, belongs to the inner circle, and why."""
    word, close = word_on(person, circle(book.persons.words())), is_close(tie, at=at)
    return Close(person, tie, close if word is None else word.kind is WordKind.CLOSE, close, word)


def put(book: Book, text: str, *, is_in: bool, now: datetime, lang: Lang = "en") -> Said:
    """Hear that a person belongs to the inner circle, or does not; raises `NotFound`."""
    person = person_called(book, text, lang)
    own = tuple(person_id(one) for one in person.addresses if not is_relay(one)) or (person.id,)
    word = Word(now, WordKind.CLOSE if is_in else WordKind.DISTANT, own)
    keep_word(book, word, now=now)
    return Said(word, people_of(book, word))


def unscreened(book: Book, *, at: datetime) -> frozenset[str]:
    """Return the mail addresses whose letters are no requests (N25): in touch, or of the inner circle.

    Nobody who is blocked is among them: what they send is kept where it belongs.
    """
    words = circle(book.persons.words())
    known = book.known_addresses(at=at)
    blocked = [_mails(one) for id_ in book.blocks.addresses() if (one := book.person(id_)) is not None]
    known = known.difference(*blocked) if blocked else known
    if not words:
        return known
    people = {one.id: one for id_ in words if (one := book.person(id_)) is not None}.values()
    said = {one.id: (_mails(one), word) for one in people if (word := word_on(one, words)) is not None}
    close = [mails for mails, word in said.values() if word.kind is WordKind.CLOSE]
    distant = [mails for mails, word in said.values() if word.kind is WordKind.DISTANT]
    return known.union(*close).difference(*distant, *blocked)


def is_of_circle(book: Book, person: Person, tie: Tie, *, at: datetime) -> bool:
    """Tell whether one person, with whom the owner shares this tie, belongs to the inner circle."""
    return closeness_of(book, person, tie, at=at).is_in


def word_on(person: Person, words: Mapping[str, Word]) -> Word | None:
    """Return the last word on a person: it holds for all addresses that are one person's."""
    own = (words.get(person_id(one)) for one in person.addresses)
    told = [word for word in (words.get(person.id), *own) if word is not None]
    return max(told, key=lambda word: (word.said_at, word.id), default=None)


def _mails(person: Person) -> frozenset[str]:
    own: Iterator[Address] = (one for one in person.addresses if not is_relay(one))
    return frozenset(one.value for one in own if one.kind is AddressKind.MAIL)
