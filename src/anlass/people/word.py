"""The owner's word on persons: who is the same, who is two, who belongs to the inner circle, who is blocked.

A word names addresses by their ids and moves nothing: it is one more record among those that
`joining` works from. The last word on the same addresses holds; without it all is as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import product

from anlass.people.ids import digest_id


class WordKind(StrEnum):
    """What the owner can say of persons."""

    SAME = "same"
    """The addresses of `one` and of `other` are one person's."""
    APART = "apart"
    """No address of `one` is that of whoever has one of `other`."""
    CLOSE = "close"
    """Whoever has an address of `one` belongs to the inner circle."""
    DISTANT = "distant"
    """Whoever has an address of `one` does not, whatever the evidence says."""
    BLOCKED = "blocked"
    """Whoever has an address of `one` threatens: kept and never answered, until the word is taken back."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the owner; `one` and `other` are ids of addresses."""

    said_at: datetime
    kind: WordKind
    one: tuple[str, ...]
    other: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id: the same for the same word said at the same moment."""
        return digest_id(self.said_at.isoformat(), self.kind, *self.one, "", *self.other)


Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds of all that was said: pairs that belong together, and pairs that do not, each both ways.

    Of those in `taken`, the first was taken away from the second.
    """

    together: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    taken: frozenset[Pair] = frozenset()

    def are_apart(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """Tell whether the owner said of two persons, by their addresses, that they are two."""
        return bool(self.apart) and any(pair in self.apart for pair in product(some, others))


def standing(words: Iterable[Word]) -> Standing:
    """Return what holds: of each two addresses the last word on them."""
    together: set[Pair] = set()
    apart: set[Pair] = set()
    taken: set[Pair] = set()
    for word in _in_time(words):
        if word.kind not in {WordKind.SAME, WordKind.APART}:
            continue
        pairs = {*product(word.one, word.other), *product(word.other, word.one)}
        holds, ends = (together, apart) if word.kind is WordKind.SAME else (apart, together)
        holds |= pairs
        ends -= pairs
        taken -= pairs
        taken |= {*product(word.one, word.other)} & apart
    return Standing(frozenset(together), frozenset(apart), frozenset(taken))


def circle(words: Iterable[Word]) -> Mapping[str, Word]:
    """Return for each address on which the owner said whether it is close the last such word."""
    found: dict[str, Word] = {}
    for word in _in_time(words):
        if word.kind in {WordKind.CLOSE, WordKind.DISTANT}:
            found.update(dict.fromkeys(word.one, word))
    return found


def blocked(words: Iterable[Word]) -> frozenset[str]:
    """Return the addresses of those whom the owner blocked."""
    return frozenset(id_ for word in words if word.kind is WordKind.BLOCKED for id_ in word.one)


def _in_time(words: Iterable[Word]) -> list[Word]:
    return sorted(words, key=lambda word: (word.said_at, word.id))
