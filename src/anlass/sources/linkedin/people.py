"""Who is who in an export: which member is the owner, and whose profile a bare name means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from anlass.people import Address
from anlass.sources.linkedin.rows import Heard, Member, plain

_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Owner:
    """The owner among the members: the profiles and plain names that are theirs.

    `talked` says which profile a plain name means within one conversation, `named` in
    the whole export; names that mean several are in neither.
    """

    profiles: frozenset[Address]
    names: frozenset[str]
    talked: Mapping[tuple[str, str], Address] = field(default_factory=dict)
    named: Mapping[str, Address] = field(default_factory=dict)

    def is_owner(self, member: Member) -> bool:
        """Tell whether a member is the owner; a profile says it better than a name."""
        if member.profile is not None:
            return member.profile in self.profiles
        return plain(member.name) in self.names

    def known(self, talk: str, member: Member) -> Member:
        """Return a member with the profile that the name means, where that is clear."""
        if member.profile is not None or not member.name:
            return member
        name = plain(member.name)
        return Member(member.name, self.talked.get((talk, name)) or self.named.get(name))


def owner_among(
    rows: Sequence[Heard], *, name: str, own: frozenset[Address], contacts: Iterable[Member]
) -> Owner | None:
    """Return who of those who write the owner is, or `None` where nobody can tell.

    `own` are profiles that the export itself calls the owner's, `name` is the name of the
    profile that was exported; else it is who takes part in more conversations than
    anybody. `contacts` help to tell whose profile a bare name means.
    """
    talks: dict[_Key, set[str]] = defaultdict(set)
    called: dict[Address, set[str]] = defaultdict(set)
    within: dict[tuple[str, str], set[Address]] = defaultdict(set)
    for row in rows:
        for one in (row.sender, *row.to):
            talks[one.profile or plain(one.name)].add(row.talk)
            if one.profile and one.name:
                called[one.profile].add(plain(one.name))
                within[row.talk, plain(one.name)].add(one.profile)
    found = _found(talks, called, plain(name), own)
    if found is None:
        return None
    return Owner(*found, _clear(within), _clear(_meant(called, contacts)))


_Key = Address | str
"""A member by profile, or where none is known by plain name."""
_Of = TypeVar("_Of")


def _found(
    talks: Mapping[_Key, set[str]], called: Mapping[Address, set[str]], name: str, own: frozenset[Address]
) -> tuple[frozenset[Address], frozenset[str]] | None:
    """Return the owner's profiles and plain names."""
    profiles = own & called.keys() or frozenset(_namesakes(talks, called, name)) or own
    names = {name} if name else set()
    if not profiles and name not in talks:
        foremost = _foremost(talks)
        if foremost is None:
            return None
        profiles = frozenset({foremost} if isinstance(foremost, Address) else ())
        names |= {foremost} if isinstance(foremost, str) else set()
    return profiles, frozenset(names.union(*(called.get(one, ()) for one in profiles)))


def _namesakes(
    talks: Mapping[_Key, set[str]], called: Mapping[Address, set[str]], name: str
) -> Iterator[Address]:
    """Yield the profiles of the owner's name; who talks with the foremost of them is somebody else."""
    same = sorted(one for one, names in called.items() if name and name in names)
    if not same:
        return
    foremost = max(same, key=lambda one: len(talks[one]))
    yield foremost
    yield from (one for one in same if talks[one].isdisjoint(talks[foremost]))


def _foremost(talks: Mapping[_Key, set[str]]) -> _Key | None:
    """Return who takes part in more conversations than anybody else, in several at least."""
    ranked = sorted(((len(found), one) for one, found in talks.items() if one), key=lambda pair: -pair[0])
    if not ranked or ranked[0][0] < _ENOUGH or (len(ranked) > 1 and ranked[1][0] == ranked[0][0]):
        return None
    return ranked[0][1]


def _meant(called: Mapping[Address, set[str]], contacts: Iterable[Member]) -> dict[str, set[Address]]:
    """Return the profiles that each plain name stands for in the export."""
    named: dict[str, set[Address]] = defaultdict(set)
    for profile, names in called.items():
        for name in names:
            named[name].add(profile)
    for contact in contacts:
        if contact.profile:
            named[plain(contact.name)].add(contact.profile)
    return named


def _clear(meant: Mapping[_Of, set[Address]]) -> Mapping[_Of, Address]:
    """Return what names mean where they mean one profile."""
    return {name: next(iter(found)) for name, found in meant.items() if len(found) == 1}
