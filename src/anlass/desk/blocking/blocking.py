"""The owner blocks a person who threatens, and lifts it again; from outside nothing shows either.

What comes of them from then on is judged by one law alone, kept in a list of its own, and never answered:
by mail, at the door and on chat networks, for all addresses that are one person's. What had not left for
them is taken back. The block is a word of the owner's like those on who is one person: without it all is as
it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from anlass.desk.blocking.voice import sentence
from anlass.desk.evidence.outside import evidence_of
from anlass.desk.people.persons import Said, keep_word, people_of, person_called, unsay
from anlass.desk.voice.common import Lang
from anlass.doorman import Doorman
from anlass.errors import NotFound, Refused
from anlass.intake import ContactRequest, Mark
from anlass.intake.gate.human import human_words
from anlass.people import Person, is_relay, mail_address, person_at, person_id
from anlass.people.word import Word, WordKind
from anlass.store.book import Book, CaseState, KeptCase
from anlass.store.cases.kept import first_state
from anlass.store.outgoing.outbox import OutboxState

_THREAT = "threat:"
_PAGE = 50


@dataclass(frozen=True, slots=True)
class Blocked:
    """One person who is blocked: since when, and how many cases of theirs are kept."""

    person: Person
    word: Word
    cases: int


def block(book: Book, who: str, *, now: datetime, lang: Lang) -> Said:
    """Block a person; `who` is an address, a name or an id, and may be an address that nobody knows yet.

    Raises `NotFound`, and `Refused` in `lang` for the owner and for whoever is blocked already.
    """
    person = _somebody(book, who, lang)
    if any(address.value in book.owner_addresses() for address in person.addresses):
        raise Refused(sentence("yourself", lang))
    if book.blocks.holds(person):
        raise Refused(sentence("already", lang))
    own = tuple(person_id(one) for one in person.addresses if not is_relay(one)) or (person.id,)
    word = Word(now, WordKind.BLOCKED, own)
    with book.together():
        book.meet(person)
        keep_word(book, word, now=now)
        _take_back_letters(book)
    return Said(word, people_of(book, word))


def lift(book: Book, doorman: Doorman, who: str, *, now: datetime, lang: Lang) -> Said:
    """End a block: what was kept stands where it would stand without it, and waits for the owner's word.

    Raises `NotFound`, and `Refused` in `lang` for whoever is not blocked.
    """
    person = person_called(book, who, lang)
    words = _words_on(book, person)
    if not words:
        raise Refused(sentence("not_blocked", lang))
    with judging_freed(book, lambda: doorman):
        said = [unsay(book, word.id, now=now, lang=lang) for word in words]
    return said[-1]


@contextmanager
def judging_freed(book: Book, doorman: Callable[[], Doorman]) -> Iterator[None]:
    """Judge what came from somebody blocked and is free once the block within ends: all of it or nothing.

    Whatever word ends a block, or says that somebody is not whom the owner blocked, belongs in here. The
    doorman is only called where there is something to judge.
    """
    with book.together():
        held = tuple(_judged_blocked(book))
        yield
        freed = [kept for one in held if (kept := book.case(one)).state is not CaseState.BLOCKED]
        wits = doorman() if freed else None
        for kept in freed:
            if wits is not None:
                _judge_again(book, wits, kept)


def blocked_people(book: Book) -> Iterator[Blocked]:
    """Yield everybody who is blocked, the last first, each once."""
    told = set[str]()
    for word in reversed(book.persons.words()):
        if word.kind is not WordKind.BLOCKED:
            continue
        for person in people_of(book, word):
            if person.id not in told:
                told.add(person.id)
                yield Blocked(person, word, book.cases(CaseState.BLOCKED, person=person.id, limit=1).total)


def block_on(book: Book, person: Person) -> Word | None:
    """Return the word by which a person is blocked, `None` where nobody blocked them."""
    return next(reversed(_words_on(book, person)), None)


def threatens(request: ContactRequest) -> bool:
    """Tell whether a letter that a human must read (R15) is one that threatens."""
    if Mark.HUMAN_MUST_READ not in request.marks:
        return False
    found = human_words("", request.requester.name, request.subject or "", request.text)
    return found is not None and found.startswith(_THREAT)


def _somebody(book: Book, who: str, lang: Lang) -> Person:
    try:
        return person_called(book, who, lang)
    except NotFound:
        address = mail_address(who)
        if address is None:
            raise
        return person_at(address)


def _words_on(book: Book, person: Person) -> list[Word]:
    ids = {person.id, *map(person_id, person.addresses)}
    words = book.persons.words()
    return [one for one in words if one.kind is WordKind.BLOCKED and not ids.isdisjoint(one.one)]


def _take_back_letters(book: Book) -> None:
    """Take back what was to leave for anybody who is blocked."""
    named = book.blocks.addresses()
    for boxed in book.outbox.all(OutboxState.WAITING):
        if boxed.letter.person in named:
            book.outbox.cancel(boxed.id, says="blocked")


def _judged_blocked(book: Book) -> Iterator[str]:
    """Yield the cases that came from people while they were blocked."""
    offset = 0
    while found := book.cases(CaseState.BLOCKED, offset=offset, limit=_PAGE).cases:
        yield from (one.id for one in found if one.case.known.is_blocked)
        offset += len(found)


def _judge_again(book: Book, doorman: Doorman, kept: KeptCase) -> None:
    evidence = evidence_of(kept)
    case = doorman.consider(replace(evidence, known=replace(evidence.known, is_blocked=False)))
    book.rewrite(case, kept.encounters, state=first_state(case.decision.action))
