"""Who may be one person under two names or addresses: proposals with their evidence, and nothing else.

Names that are alike are where a proposal begins and never enough to join anybody; the owner decides.
A short form, an initial or another family name needs further evidence to be proposed at all.
Whoever the owner said is two is not proposed again. The addresses of networks' relays are nobody's.

Only persons who share something are compared: a telephone number, a thread, the words of a name. What very
many share says nothing and is passed over, so that the work grows with the number of persons and no faster.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import combinations

from anlass.people.names import Likeness, ShortForms, likeness, spelling, told_words
from anlass.people.person import Address, AddressKind, Person, person_id
from anlass.people.profiles import is_relay
from anlass.people.word import Standing


class Sign(StrEnum):
    """What speaks for two persons being one; the names are told by their `Likeness`."""

    NAME = "name"
    PHONE = "phone"
    MAILBOX = "mailbox"
    PAGE = "page"
    LOCAL = "local"
    """The same words before the @, at two providers."""
    SPELT = "spelt"
    """The address of one spells the name of the other."""
    THREAD = "thread"
    WORK = "work"
    MOVED = "moved"
    """One fell silent before the other began to write."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What is known of one person beside the addresses.

    `names` are all that somebody gave them, the best one first; `threads` those in which few were;
    `shared` the ids of addresses that records name with theirs and that belong to others; `work` is what
    records say of their work; `first` and `last` are the days of their own letters.
    """

    person: Person
    names: tuple[str, ...]
    threads: frozenset[int] = frozenset()
    shared: frozenset[Address] = frozenset()
    work: frozenset[str] = frozenset()
    first: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for it; `about` is what both share, where that can be named."""

    sign: Sign
    about: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two persons who may be one, why, and how their names are alike."""

    one: Person
    other: Person
    names: Likeness
    evidence: tuple[Evidence, ...]


_STRONG = frozenset({Sign.PHONE, Sign.MAILBOX, Sign.PAGE, Sign.SPELT})
_FEW = 12
"""How many may share something that still says who they are."""
_ALONE = 4
"""How many may bear a name that is proposed for being the same alone."""
_LONG = 8
"""Letters that make a word before the @ rare enough to say something; `vertrieb` is told by its many."""
_WEIGHTS = {Sign.PHONE: 4, Sign.MAILBOX: 4, Sign.PAGE: 3, Sign.SPELT: 3, Sign.LOCAL: 3, Sign.THREAD: 2}
_SHARED = {AddressKind.PHONE: Sign.PHONE, AddressKind.MAIL: Sign.MAILBOX}
_PARTS = re.compile(r"[._+-]+|(?<=[^\W\d_])\d+$")
_OFFICES = frozenset(
    "admin buchhaltung desk help hotline hr info it kontakt kundenservice newsletter office praxis redaktion"
    " sales sekretariat service shop support team verein vertrieb verwaltung vorstand".split()
)
_LEEWAY = timedelta(days=31)


def propose(people: Iterable[Sighting], forms: ShortForms, said: Standing) -> tuple[Proposal, ...]:
    """Return who may be one person, the best founded first; the order of `people` is nothing."""
    known = {one.person.id: one for one in map(_without_relays, people) if one.person.addresses}
    names = {id_: frozenset(_name_keys(one, forms)) for id_, one in known.items()}
    rare = {key for key, several in _sharing(names).items() if len(several) <= _ALONE}
    found = []
    for first, second in sorted(compared(known, names)):
        one, other = known[first], known[second]
        if said.are_apart(map(person_id, one.person.addresses), map(person_id, other.person.addresses)):
            continue
        is_rare = not rare.isdisjoint(names[first] & names[second])
        proposal = _proposal(one, other, forms, is_rare=is_rare)
        found += [proposal] if proposal else []
    return tuple(sorted(found, key=_rank))


def compared(known: Mapping[str, Sighting], names: Mapping[str, Iterable[str]]) -> frozenset[tuple[str, str]]:
    """Return which persons are compared, by id: those who share words of a name, or something else."""
    return frozenset(_pairs(_sharing(names)) | _pairs(_sharing(_marks(known))))


def _proposal(one: Sighting, other: Sighting, forms: ShortForms, *, is_rare: bool) -> Proposal | None:
    """Return the proposal that two persons are one, where enough speaks for it."""
    evidence = tuple(_evidence(one, other))
    signs = {each.sign for each in evidence}
    alike = _alike(one, other, forms)
    if alike is None and Sign.SPELT in signs and not (one.names and other.names):
        alike = (Likeness.GIVEN, "")
    if alike is None:
        return None
    names, about = alike
    enough = {
        Likeness.GIVEN: bool(signs & _STRONG),
        Likeness.INITIAL: bool(signs - {Sign.MOVED}),
        Likeness.SHORT_FORM: bool(signs - {Sign.MOVED}),
        Likeness.LONGER: bool(signs),
    }.get(names, bool(signs - {Sign.MOVED}) or (is_rare and not _are_others(one, other)))
    first, second = sorted((one.person, other.person), key=lambda person: (person.name, person.id))
    return Proposal(first, second, names, (Evidence(Sign.NAME, about), *evidence)) if enough else None


def _alike(one: Sighting, other: Sighting, forms: ShortForms) -> tuple[Likeness, str] | None:
    """Return how the names of two persons are alike at best, and the name that both bear."""
    told = [
        (how, name)
        for name in one.names
        for another in other.names
        if (how := likeness(name, another, forms)) is not None
    ]
    return min(told, default=None)


def _evidence(one: Sighting, other: Sighting) -> Iterator[Evidence]:
    """Yield what speaks for two persons being one, beside their names."""
    own, others = (frozenset(each.person.addresses) for each in (one, other))
    for address in sorted((one.shared | own) & (other.shared | others)):
        yield Evidence(_SHARED.get(address.kind, Sign.PAGE), address.value)
    for local in sorted(_locals(one) & _locals(other)):
        yield Evidence(Sign.LOCAL, local)
    for name, mail in (*_spelt(one, other), *_spelt(other, one)):
        yield Evidence(Sign.SPELT, f"{mail} = {name}")
    if one.threads & other.threads:
        yield Evidence(Sign.THREAD)
    for work in sorted(one.work & other.work):
        yield Evidence(Sign.WORK, work)
    if _moved(one, other) or _moved(other, one):
        yield Evidence(Sign.MOVED)


def _moved(one: Sighting, other: Sighting) -> bool:
    """Tell whether one fell silent about when the other began to write."""
    if one.last is None or other.first is None or other.last is None:
        return False
    return one.last < other.first + _LEEWAY and one.last < other.last


def _spelt(named: Sighting, addressed: Sighting) -> Iterator[tuple[str, str]]:
    """Yield the names of one that an address of the other spells in full, where its own name is another."""
    own = {frozenset(spelling(name)) for name in addressed.names}
    for name in named.names:
        words = frozenset(spelling(name))
        for address in _mails(addressed):
            if len(words) > 1 and words not in own and words == frozenset(_parts(address)):
                yield name, address.value


def _are_others(one: Sighting, other: Sighting) -> bool:
    """Tell whether an equal name alone says nothing: two at one provider, or the name of an office."""
    first, second = ({each.value.rpartition("@")[2] for each in _mails(who)} for who in (one, other))
    words = {word for name in one.names for word in spelling(name)}
    return bool(first & second) or not words.isdisjoint(_OFFICES)


# --- what brings two together to be compared ---


def _name_keys(one: Sighting, forms: ShortForms) -> Iterator[str]:
    """Yield every two words of a name, in each spelling, and short forms by the name they stand for."""
    for name in one.names:
        words = [{*spellings, *_groups(spellings, forms)} for spellings in told_words(name)]
        for first, second in combinations(words, 2):
            for word in first:
                yield from (" ".join(sorted((word, other))) for other in second)


def _groups(spellings: Sequence[str], forms: ShortForms) -> Iterator[str]:
    for word in spellings:
        yield from (f"#{number}" for number in forms.groups.get(word, ()))


def _marks(known: Mapping[str, Sighting]) -> dict[str, frozenset[str]]:
    """Return for each person what else may bring them together with others."""
    found = {}
    for id_, one in known.items():
        told = {f"at {address.kind}:{address.value}" for address in (*one.shared, *one.person.addresses)}
        told |= {f"local {local}" for local in _locals(one)}
        told |= {f"thread {thread}" for thread in one.threads}
        told |= {f"work {work}" for work in one.work}
        told |= {f"spelt {' '.join(sorted(spelling(name)))}" for name in one.names}
        told |= {f"spelt {' '.join(sorted(_parts(address)))}" for address in _mails(one)}
        found[id_] = frozenset(told)
    return found


def _sharing(marks: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Return who share each mark, but for marks of one and of very many."""
    found: dict[str, list[str]] = defaultdict(list)
    for id_, told in marks.items():
        for mark in told:
            found[mark].append(id_)
    return {mark: several for mark, several in found.items() if 1 < len(several) <= _FEW}


def _pairs(sharing: Mapping[str, list[str]]) -> set[tuple[str, str]]:
    return {pair for several in sharing.values() for pair in combinations(sorted(several), 2)}


# --- addresses ---


def _without_relays(one: Sighting) -> Sighting:
    """Return a sighting without the addresses that a network lends."""
    if not any(map(is_relay, (*one.person.addresses, *one.shared))):
        return one
    own = tuple(address for address in one.person.addresses if not is_relay(address))
    shared = frozenset(address for address in one.shared if not is_relay(address))
    return replace(one, person=replace(one.person, addresses=own), shared=shared)


def _mails(one: Sighting) -> Iterator[Address]:
    return (address for address in one.person.addresses if address.kind is AddressKind.MAIL)


def _locals(one: Sighting) -> set[str]:
    """Return what stands before the @ where it names somebody: two words at least, or a long one."""
    told = (address.value.rpartition("@")[0] for address in _mails(one))
    return {local for local in told if len(_parts_of(local)) > 1 or len(local) >= _LONG}


def _parts(address: Address) -> list[str]:
    return _parts_of(address.value.rpartition("@")[0])


def _parts_of(local: str) -> list[str]:
    return [part for part in _PARTS.split(local) if len(part) > 1]


def _rank(proposal: Proposal) -> tuple[int, int, str, str]:
    weight = sum(_WEIGHTS.get(each.sign, 1) for each in proposal.evidence)
    return -weight, proposal.names, proposal.one.id, proposal.other.id
