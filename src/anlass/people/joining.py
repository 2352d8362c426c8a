"""Which addresses are one person's: where records that can be believed name them together.

An address book says "these two addresses are hers"; a network vouches for the mail address beside a
profile. Addresses that share such a record are joined, and so on through all records. A name never
joins anything, but it can hold apart: an address that records of different people share (a family's
mailbox, the telephone of an office) joins nobody. Nothing is lost by joining: without the
records every address is its own person again.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from anlass.people.person import AddressKind

_WORDS = re.compile(r"\w+")
_TITLES = frozenset(
    "dr prof professor med phil jur ing dipl mag msc bsc phd mba herr frau mr mrs ms jr sr".split()
)
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"})
_PAGES = frozenset({AddressKind.WEB})
"""A page of the web is often a firm's: it belongs to a person, and joins nobody."""
_FOLLOWS = frozenset({AddressKind.WEB, AddressKind.PHONE})
"""Where such an address is shared, it stays with the first of those who share it."""


@dataclass(frozen=True, slots=True)
class Named:
    """One address as one record names it; `record` tells records apart, `address` is the address's id."""

    record: tuple[int, int]
    name: str
    address: str
    kind: AddressKind


def at_odds(one: str, other: str) -> bool:
    """Tell whether two names are those of different people, as far as names can tell.

    Titles, initials, umlauts written otherwise, and names of which one holds the other are not at odds.
    """
    first, second = name_words(one), name_words(other)
    if len(first) > len(second):
        first, second = second, first
    return not all(any(_fits(word, place) for place in second) for word in first)


def joined(claims: Iterable[Named]) -> Mapping[str, str]:
    """Return for every address that is claimed the id of the person it belongs to; their order is nothing.

    The id is that of one of the person's addresses, a mail address where there is one.
    """
    told = tuple(claims)
    kinds = {claim.address: claim.kind for claim in told}
    shared = _shared(told)
    records: dict[tuple[int, int], list[str]] = defaultdict(list)
    for claim in told:
        records[claim.record].append(claim.address)
    groups = _Groups()
    for addresses in records.values():
        joining = [one for one in addresses if one not in shared and kinds[one] not in _PAGES]
        for address in joining:
            groups.join(joining[0], address)
    heads = groups.heads(kinds)
    beside: dict[str, set[str]] = defaultdict(set)
    for addresses in records.values():
        own = {heads[one] for one in addresses if one in heads}
        for address in addresses:
            if address not in heads and kinds[address] in _FOLLOWS:
                beside[address] |= own
    return {one: heads.get(one) or min(beside[one], default=one) for one in kinds}


def _shared(told: Iterable[Named]) -> frozenset[str]:
    """Return the addresses that records of different people name."""
    names: dict[str, set[str]] = defaultdict(set)
    for one in told:
        if one.name:
            names[one.address].add(one.name)
    return frozenset(
        address
        for address, several in names.items()
        if len(several) > 1 and any(at_odds(one, other) for one in several for other in several)
    )


class _Groups:
    """Sets of addresses that grow together."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def join(self, one: str, other: str) -> None:
        """Put two addresses into one set."""
        self._above[self._top(one)] = self._top(other)

    def heads(self, kinds: Mapping[str, AddressKind]) -> Mapping[str, str]:
        """Return for each address the first of its set, mail before all others."""
        sets: dict[str, list[str]] = defaultdict(list)
        for address in list(self._above):
            sets[self._top(address)].append(address)
        found = {}
        for several in sets.values():
            head = min(several, key=lambda one: (kinds[one] is not AddressKind.MAIL, one))
            found.update(dict.fromkeys(several, head))
        return found

    def _top(self, address: str) -> str:
        above = self._above.setdefault(address, address)
        while above != self._above[above]:
            self._above[address] = above = self._above[above]
        return above


def name_words(name: str) -> list[str]:
    """Return the words of a name in plain letters, without titles."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    words = _WORDS.findall("".join(ch for ch in plain if not unicodedata.combining(ch)))
    return [word for word in words if word not in _TITLES]


def _fits(word: str, other: str) -> bool:
    """Tell whether two words may be the same part of a name, one of them perhaps its first letter."""
    return word == other or (min(len(word), len(other)) == 1 and word[0] == other[0])
