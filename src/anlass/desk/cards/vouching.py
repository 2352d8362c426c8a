"""Vouching on the desk: whom the owner could give a reference for, and the list of those who agreed to it.

To vouch is the owner's secret like every standing. Nobody is named anywhere before they said so themselves,
on a page behind a link of their own, and from the moment they take it back they are named no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from anlass.cards import id_in, link_of
from anlass.cards.link import CARD
from anlass.desk.cards.own import cards_of, key_of
from anlass.desk.people.blocked import refuse_blocked
from anlass.desk.people.persons import person_called
from anlass.desk.people.standing import say_standing
from anlass.errors import Refused
from anlass.people import AddressKind, Person, Standing, is_relay, word_id
from anlass.people.standing import StandingBy, StandingWord, lasting
from anlass.people.vouching import ConsentKind, ConsentWord, consent, is_vouched, listed_name, named
from anlass.store.book import Book

PATH = "/v/"
"""Where the public list lies, and behind it the pages on which somebody agrees to be named."""
USE = CARD.replace(b"card", b"name")
"""What the links of these pages are signed for."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """One person the owner vouches for: the owner's word, and how it stands with being named.

    `said` is the word on being named that holds, `None` where nobody asked; `listed` is how the public
    list names them now, "" where it does not.
    """

    person: Person
    word: StandingWord | None
    said: ConsentWord | None
    listed: str
    link: str


def vouch(book: Book, who: str, *, why: str = "", now: datetime) -> Vouched:
    """Hear that the owner could give a reference for somebody; raises `NotFound`, `Refused`."""
    person = person_called(book, who)
    refuse_blocked(book, person)
    if not is_vouched(book.standings.words(person.id), at=now):
        say_standing(book, person.id, Standing.VOUCHED_FOR, why=why, now=now)
    return vouched_person(book, person, at=now)


def take_back(book: Book, who: str, *, why: str = "", now: datetime) -> Vouched:
    """Hear that the owner could not, or not any more: they are what they were before the owner vouched.

    The vouchers they have are taken back with it. Raises `NotFound`, and `Refused` where no word says so.
    """
    person = person_called(book, who)
    words = book.standings.words(person.id)
    if not is_vouched(words, at=now):
        raise Refused(f"You do not vouch for {person.name}.", hint="`anlass vouch` lists for whom you do.")
    before = lasting(word for word in words if word.standing is not Standing.VOUCHED_FOR)
    was_contact = before is not None and before.standing is Standing.CONTACT
    with book.together():
        back = Standing.CONTACT if was_contact else Standing.STRANGER
        say_standing(book, person.id, back, why=why, now=now)
        for voucher in book.vouching.given(person.id):
            if voucher.revoked_at is None and voucher.until > now:
                book.vouching.give(replace(voucher, revoked_at=now))
    return vouched_person(book, person, at=now)


def vouched(book: Book, *, at: datetime) -> Iterator[Vouched]:
    """Yield everybody the owner vouches for at a moment, by name."""
    people = {}
    for word in book.standings.words():
        if word.by is StandingBy.OWNER and word.standing is Standing.VOUCHED_FOR:
            found = book.person(word.person)
            if found is not None:
                people[found.id] = found
    for person in sorted(people.values(), key=lambda one: (one.name.casefold(), one.id)):
        if is_vouched(book.standings.words(person.id), at=at):
            yield vouched_person(book, person, at=at)


def vouched_person(book: Book, person: Person, *, at: datetime) -> Vouched:
    """Return how it stands with one person, vouched for or not; nobody names whom the owner blocked."""
    standing, words = book.standings.words(person.id), book.vouching.words(person.id)
    word = lasting(one for one in standing if one.said_at <= at)
    holds = word if word is not None and word.standing is Standing.VOUCHED_FOR else None
    listed = "" if book.blocks.holds(person) else named(standing, words, at=at)
    return Vouched(person, holds, consent(words, at=at), listed, link_for(book, person))


def names_path(book: Book, *, on_server: bool) -> str:
    """Return where the public list lies; on a server each owner has their own."""
    return f"{PATH}of/{book.owner}/" if on_server else PATH


def public_list(book: Book, *, at: datetime) -> tuple[str, ...]:
    """Return the names on the public list: exactly those vouched for who agree at this moment."""
    return tuple(sorted((one.listed for one in vouched(book, at=at) if one.listed), key=str.casefold))


# --- the person's own word ---


def link_for(book: Book, person: Person) -> str:
    """Return the link to the page on which a person agrees or not; a path where no address is set."""
    cards = cards_of(book)
    return f"{cards.address if cards else ''}{PATH}{link_of(key_of(book), word_id(person), USE)}"


def note_asked(book: Book, person: Person, *, now: datetime) -> ConsentWord:
    """Write down that the owner asks a person; without it their link leads nowhere.

    Raises `Refused` for whoever is blocked.
    """
    refuse_blocked(book, person)
    return _say(book, person, ConsentKind.ASKED, "", now)


def asked_behind(book: Book, link: str) -> Person | None:
    """Return whom a link belongs to; `None` for one that was never given, after the same work."""
    id_, is_signed = id_in(key_of(book), link, USE)
    words = book.vouching.words(id_)
    person = book.person(id_) or Person(id_, "")
    return person if is_signed and words else None


def agreed(book: Book, person: Person, *, at: datetime) -> str:
    """Return how a person agreed to be named, "" where they do not. Whether they are, it does not tell."""
    said = consent(book.vouching.words(person.id), at=at)
    return said.name if said is not None and said.kind is ConsentKind.GIVEN else ""


def agree(book: Book, person: Person, name: str, *, now: datetime) -> ConsentWord:
    """Hear a person agree to be named, by the name they choose."""
    return _say(book, person, ConsentKind.GIVEN, listed_name(name, person.name), now)


def withdraw(book: Book, person: Person, *, now: datetime) -> ConsentWord:
    """Hear a person refuse, or take back what they agreed to."""
    return _say(book, person, ConsentKind.WITHDRAWN, "", now)


def mail_of(person: Person) -> str:
    """Return the mail address a person can be written to; "" where none is known."""
    own = (one for one in person.addresses if one.kind is AddressKind.MAIL and not is_relay(one))
    return next((one.value for one in own), "")


def _say(book: Book, person: Person, kind: ConsentKind, name: str, now: datetime) -> ConsentWord:
    with book.together():
        number = len(book.vouching.words(person.id)) + 1
        word = ConsentWord(now, word_id(person), kind, name, number)
        book.vouching.say(word)
        book.note(f"consent {kind.value}", about=person.id, content={"name": name}, now=now)
    return word
