"""The register: everybody the ledger knows, a page at a time, found by name or address.

The closest stand first, or whom one met last, or the names as in a dictionary. A line says facts first, and
what the person is to the owner, which nobody else learns.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import itemgetter

from anlass.desk.people.circle import word_on
from anlass.desk.voice.common import Lang, spoken
from anlass.ledger import Tie, TieLevel
from anlass.ledger.circle import is_close
from anlass.ledger.closeness import Closeness
from anlass.ledger.says import in_brief
from anlass.people import Person, Standing
from anlass.people.word import WordKind, circle
from anlass.policy.labels import LEVELS, STANDINGS
from anlass.store.book import Book
from anlass.store.ground.mapping import seconds
from anlass.store.people.register import Registered

PAGE = 50
"""Persons on one page."""
_LEVELS = tuple(TieLevel)
_BY_NAME = 2
"""So many at the end of a key put those in order whom nothing else does."""
_Key = Callable[[Registered], tuple[float | str, ...]]


class Order(StrEnum):
    """How the register is sorted."""

    TIE = "tie"
    LAST = "last"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One person: facts, what they are to the owner, and when something last happened.

    `standing` is the owner's secret; "" where there is nothing to say.
    """

    person: Person
    facts: str
    standing: str
    last: datetime | None
    when: str


@dataclass(frozen=True, slots=True)
class Register:
    """One page of the register; `page` counts from 1, `count` is how many were found in all."""

    lines: tuple[RegisterLine, ...]
    order: Order
    search: str
    page: int
    pages: int
    count: int


def register(
    book: Book, *, now: datetime, lang: Lang, order: Order = Order.TIE, search: str = "", page: int = 1
) -> Register:
    """Return a page of those whose name or address holds every word of `search`, as it stands at `now`."""
    if folded(search) or order is Order.NAME:
        found = sorted(_found(book.register.entries(), search), key=_sorting(book, order, now))
        count, (page, pages, part) = len(found), _part(len(found), page)
        shown = [one.id for one in found[part]]
    else:
        ids = book.register.ids()
        count, (page, pages, part) = len(ids), _part(len(ids), page)
        shown = _unnamed(book, ids, _sorting(book, order, now), part)
    lines = {line.person.id: line for line in book.people_by_id(shown, at=now)}
    says = _standings(book, now, lang)
    return Register(
        tuple(_line(lines[id_].person, lines[id_].tie, says, now, lang) for id_ in shown if id_ in lines),
        order,
        search,
        page,
        pages,
        count,
    )


def _part(count: int, page: int) -> tuple[int, int, slice]:
    """Return which page of so many persons there is, of how many, and who stands on it."""
    pages = max(1, -(-count // PAGE))
    page = min(max(1, page), pages)
    return page, pages, slice((page - 1) * PAGE, min(page * PAGE, count))


def _unnamed(book: Book, ids: Iterable[str], key: _Key, part: slice) -> list[str]:
    """Return who stands on a page; names are looked up only of those whom nothing else puts in order."""

    def unnamed(id_: str) -> tuple[float | str, ...]:
        return key(Registered(id_, "", (), ()))[:-_BY_NAME]

    keys = sorted((unnamed(id_), id_) for id_ in ids)
    if not keys:
        return []
    first = bisect_left(keys, keys[part.start][0], key=itemgetter(0))
    last = bisect_right(keys, keys[part.stop - 1][0], key=itemgetter(0))
    named = sorted(book.register.entries(id_ for _, id_ in keys[first:last]), key=key)
    return [one.id for one in named[part.start - first : part.stop - first]]


def folded(text: str) -> str:
    """Return a text as it is searched and sorted: without case and accents, in single spaces."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(ch for ch in bare if not unicodedata.combining(ch)).split())


def _found(entries: Iterable[Registered], search: str) -> list[Registered]:
    words = folded(search).split()
    if not words:
        return list(entries)
    return [one for one in entries if _holds(folded(" ".join((*one.names, *one.addresses))), words)]


def _holds(text: str, words: Iterable[str]) -> bool:
    return all(word in text for word in words)


def _sorting(book: Book, order: Order, now: datetime) -> _Key:
    """Return how to sort: equals stand by name, and who has an address alone behind all names."""
    if order is Order.NAME:
        return lambda one: ("@" in one.name, folded(one.name), one.id)
    closeness, nobody = book.register.closeness(now), Closeness()

    def last(one: Registered) -> tuple[float | str, ...]:
        return -seconds(closeness.get(one.id, nobody).last), folded(one.name), one.id

    def closest(one: Registered) -> tuple[float | str, ...]:
        close = closeness.get(one.id, nobody)
        return -_LEVELS.index(close.level), -close.strength, *last(one)

    return last if order is Order.LAST else closest


Says = Callable[[Person, Tie], str]


def _standings(book: Book, now: datetime, lang: Lang) -> Says:
    """Return what says what a person is to the owner."""
    words, watched = circle(book.persons.words()), book.register.watched()

    def says(person: Person, tie: Tie) -> str:
        word = word_on(person, words)
        if is_close(tie, at=now) if word is None else word.kind is WordKind.CLOSE:
            return STANDINGS[Standing.INNER_CIRCLE].in_(lang)
        if tie.level is TieLevel.IN_TOUCH:
            return STANDINGS[Standing.IN_TOUCH].in_(lang)
        if person.id in watched:
            return STANDINGS[Standing.WATCHED].in_(lang)
        return LEVELS[tie.level].in_(lang)

    return says


def _line(person: Person, tie: Tie, says: Says, now: datetime, lang: Lang) -> RegisterLine:
    when = spoken(tie.last, now, lang) if tie.last else ""
    return RegisterLine(person, in_brief(tie, lang), says(person, tie), tie.last, when)
