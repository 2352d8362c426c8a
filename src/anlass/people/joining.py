"""Which addresses are one person's: where records that can be believed name them together.

An address book says "these two addresses are hers"; a network vouches for the mail address beside a
profile. Addresses that share such a record are joined, and so on through all records. A name never
joins anything, but it can hold apart: an address that records of different people share (a family's
mailbox, the telephone of an office) joins nobody. The owner's word comes before all records: what it
joins is joined, and what it holds apart no record joins. Nothing is lost by joining: without the
records every address is its own person again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from anlass.people.names import name_words
from anlass.people.person import AddressKind
from anlass.people.word import Standing

_PAGES = frozenset({AddressKind.WEB})
"""A page of the web is often a firm's: it belongs to a person, and joins nobody."""
OFTEN_SHARED = frozenset({AddressKind.WEB, AddressKind.PHONE})
"""Often an office's or a firm's. Where it is shared, it stays with the first of those who share it."""


_NOTHING_SAID = Standing()
_NONE: Mapping[str, AddressKind] = {}


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


def joined(
    claims: Iterable[Named],
    said: Standing = _NOTHING_SAID,
    kinds: Mapping[str, AddressKind] = _NONE,
) -> Mapping[str, str]:
    """Return for every address that is claimed the id of the person it belongs to; their order is nothing.

    The id is that of one of the person's addresses, a mail address where there is one. `said` is the
    owner's word; of the addresses it names, those count whose kind is in `kinds`.
    """
    told = tuple(claims)
    kinds = {**kinds, **{claim.address: claim.kind for claim in told}}
    shared = _shared(told)
    records: dict[tuple[int, int], list[str]] = defaultdict(list)
    for claim in told:
        records[claim.record].append(claim.address)
    groups = _Groups(said)
    for one, other in sorted(said.together):
        if one in kinds and other in kinds:
            groups.join(one, other)
    for addresses in sorted(sorted(several) for several in records.values()):
        joining = [one for one in addresses if one not in shared and kinds[one] not in _PAGES]
        for one, other in groups.pairs(joining):
            groups.join(one, other)
    heads = groups.heads(kinds)
    return {**{one: one for one in kinds}, **_beside(records.values(), heads, kinds, groups.apart), **heads}


def _beside(
    records: Iterable[list[str]],
    heads: Mapping[str, str],
    kinds: Mapping[str, AddressKind],
    apart: Mapping[str, set[str]],
) -> Mapping[str, str]:
    """Return for pages and shared telephones the first person whose record names them."""
    beside: dict[str, set[str]] = defaultdict(set)
    for addresses in records:
        own = {heads[one] for one in addresses if one in heads}
        for address in addresses:
            if address not in heads and kinds[address] in OFTEN_SHARED:
                beside[address] |= own
    for address, own in beside.items():
        own -= {heads[other] for other in apart.get(address, ()) if other in heads}
    return {address: min(own) for address, own in beside.items() if own}


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
    """Sets of addresses that grow together, but for those that the owner holds apart."""

    def __init__(self, said: Standing) -> None:
        self._above: dict[str, str] = {}
        self.apart: dict[str, set[str]] = defaultdict(set)
        self._taken: dict[str, set[str]] = defaultdict(set)
        for one, other in said.apart:
            self.apart[one].add(other)
        for one, other in said.taken:
            self._taken[one].add(other)
        self._held = {one: {one} for one in self.apart}

    def pairs(self, addresses: list[str]) -> Iterator[tuple[str, str]]:
        """Yield the pairs by which a record joins its addresses; what the owner took out stands apart."""
        if all(one not in self.apart for one in addresses):
            yield from ((addresses[0], one) for one in addresses)
            return
        out = {one for one in addresses if not self._taken[one].isdisjoint(addresses)}
        yield from ((one, one) for one in addresses)
        yield from combinations([one for one in addresses if one not in out], 2)
        yield from combinations([one for one in addresses if one in out], 2)

    def join(self, one: str, other: str) -> None:
        """Put two addresses into one set, where nothing in theirs is held apart."""
        first, second = self._top(one), self._top(other)
        held, against = self._held.get(first, set()), self._held.get(second, set())
        if first == second or any(not self.apart[each].isdisjoint(against) for each in held):
            return
        self._above[first] = second
        if held:
            self._held[second] = against | held

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


def _fits(word: str, other: str) -> bool:
    """Tell whether two words may be the same part of a name, one of them perhaps its first letter."""
    return word == other or (min(len(word), len(other)) == 1 and word[0] == other[0])
