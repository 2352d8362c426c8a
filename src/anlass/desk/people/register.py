"""The register: everybody the ledger knows, a page at a time, found by name or address.

The closest stand first, or whom one met last, or the names as in a dictionary. A line says facts first, and
what the person is to the owner, which nobody else learns.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import itemgetter

from anlass.desk.people.circle import word_on
from anlass.desk.voice.common import Lang, spoken
from anlass.ledger import Tie, TieLevel
from anlass.ledger.circle import is_close
from anlass.ledger.closeness import Closeness, place
from anlass.ledger.says import in_brief
from anlass.people import Person, Standing
from anlass.people.word import WordKind, circle
from anlass.policy.labels import LEVELS, STANDINGS
from anlass.store.book import Book
from anlass.store.people.register import Registered

PAGE = 50
"""Persons on one page."""
_Numbers = Callable[[str], tuple[float, ...]]


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
    by_tie = order is Order.TIE
    if folded(search) or order is Order.NAME:
        key = _by_name if order is Order.NAME else _by(_numbers(book.register.closeness(now), by_tie=by_tie))
        found = sorted(_found(book.register.entries(), search), key=key)
        count, (page, pages, part) = len(found), _part(len(found), page)
        shown = [one.id for one in found[part]]
    else:
        count = book.register.count()
        page, pages, part = _part(count, page)
        first = book.register.first(now, part.stop, by_tie=by_tie)
        shown = _unnamed(book, first, _numbers(first, by_tie=by_tie), part)
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


def _unnamed(book: Book, ids: Iterable[str], numbers: _Numbers, part: slice) -> list[str]:
    """Return who stands on a page; names are looked up only of those whom no number puts in order.

    They may be fewer than were counted: somebody may have gone since.
    """
    told = sorted((numbers(id_), id_) for id_ in ids)
    if part.start >= len(told):
        return []
    first = bisect_left(told, told[part.start][0], key=itemgetter(0))
    last = bisect_right(told, told[min(part.stop, len(told)) - 1][0], key=itemgetter(0))
    named = sorted(book.register.entries(id_ for _, id_ in told[first:last]), key=_by(numbers))
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


def _by(numbers: _Numbers) -> Callable[[Registered], tuple[object, ...]]:
    """Return how to sort by numbers; equals stand by name."""
    return lambda one: (numbers(one.id), folded(one.name), one.id)


def _by_name(one: Registered) -> tuple[object, ...]:
    """Return the place in the alphabet; who has an address alone stands behind all names."""
    return "@" in one.name, folded(one.name), one.id


def _numbers(closeness: Mapping[str, Closeness], *, by_tie: bool) -> _Numbers:
    """Return by which numbers somebody stands where, the smallest first."""
    nobody = Closeness()
    return lambda id_: place(closeness.get(id_, nobody), by_tie=by_tie)


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
