"""An event, the people met there, and what of it is an encounter.

A name on a list of participants is nobody met. A card that was swapped is a card, which is weaker than a
letter; only where the two talked there was a meeting. What happened counts for the ledger as of the event:

    on the list, or seen from afar     nothing
    swapped cards                      a card
    talked                             a meeting
    talked and swapped cards           both

How the owner sorts somebody (interesting, business, neither) is the owner's secret, and no encounter: it
changes nothing of the tie.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from anlass.intake.identity import short_name
from anlass.ledger import Encounter, EncounterKind
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind

SOURCE = "event:"
"""How the sources of encounters at events begin."""
_SHARED = frozenset({AddressKind.PHONE, AddressKind.WEB})
NAMELESS = "met:"
"""How the address begins of somebody of whom only a name is known: nobody can be reached there."""


class Sort(StrEnum):
    """What somebody met at an event is to the owner, in one word."""

    INTERESTING = "interesting"
    BUSINESS = "business"
    NEITHER = "neither"
    NOT_MET = "not_met"
    """On a list, and never spoken to: the owner says so, and the name is out of the way."""


@dataclass(frozen=True, slots=True)
class Event:
    """One gathering, from when until when (aware); `uid` is what its calendar or export calls it."""

    id: str
    name: str
    begins: datetime
    ends: datetime
    place: str = ""
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person as a card, a list or the owner's thumbs name them; addresses are in normal form."""

    name: str
    addresses: tuple[Address, ...] = ()
    about: str = ""
    has_card: bool = False
    has_talked: bool = False

    @property
    def is_nobody(self) -> bool:
        """Tell whether neither a name nor an address is there."""
        return not self.name.strip() and not self.addresses


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody of an event as the owner keeps them; `sort` is `None` until the owner has sorted them.

    `topic` is what the two spoke about, `note` is for the owner alone. `noted_at` is aware; `place` counts
    those of the event in the order in which they were noted, also within one second.
    """

    id: str
    event: str
    somebody: Somebody
    noted_at: datetime
    sort: Sort | None = None
    topic: str = ""
    note: str = ""
    place: int = 0


def met_id(event: str, somebody: Somebody) -> str:
    """Return the id of somebody at an event: the same for the same address, or else the same name."""
    return short_name("met", event, *_known_by(somebody))


def reachable(addresses: Iterable[Address]) -> tuple[Address, ...]:
    """Return the addresses that are some: without what stands for somebody known by name alone."""
    return tuple(one for one in addresses if not one.value.startswith(NAMELESS))


def joined(met: Met, somebody: Somebody) -> Met:
    """Return somebody with what a second card or list says of them; nothing that was known is lost."""
    known = met.somebody
    return replace(
        met,
        somebody=Somebody(
            name=known.name or somebody.name,
            addresses=tuple(dict.fromkeys((*known.addresses, *somebody.addresses))),
            about=max(known.about, somebody.about, key=len),
            has_card=known.has_card or somebody.has_card,
            has_talked=known.has_talked or somebody.has_talked,
        ),
    )


def addresses_of(met: Met) -> tuple[Address, ...]:
    """Return by what somebody is known; by a name of the house's own where nothing else is."""
    return met.somebody.addresses or (Address(AddressKind.OTHER, f"{NAMELESS}{met.id}"),)


def encounters_of(event: Event, met: Met) -> Iterator[Encounter]:
    """Yield what happened with somebody at an event: while it lasted, and not after it was noted."""
    if met.sort is Sort.NOT_MET:
        return
    when = min(max(event.begins, min(event.ends, met.noted_at)), met.noted_at)
    happened = ((EncounterKind.MEETING, met.somebody.has_talked), (EncounterKind.CARD, met.somebody.has_card))
    for kind, is_so in happened:
        if is_so:
            yield Encounter(
                kind,
                when,
                is_proven=True,
                source=f"{SOURCE}{event.name}",
                id=short_name("event", kind, met.id),
                where=event.name,
            )


def trace_of(event: Event, met: Met) -> Trace:
    """Return what the ledger hears of somebody; the owner's own note joins their addresses."""
    return Trace(
        met.somebody.name,
        addresses_of(met),
        event.name,
        tuple(encounters_of(event, met)),
        met.somebody.about,
    )


def met_at_events(encounters: Iterable[Encounter]) -> tuple[tuple[str, ...], datetime | None]:
    """Return at which events two people met, oldest first and each once, and when they last did."""
    told = sorted((one.when, one.where) for one in encounters if one.source.startswith(SOURCE))
    return tuple(dict.fromkeys(where for _, where in told)), max((when for when, _ in told), default=None)


def own_addresses(somebody: Somebody) -> tuple[Address, ...]:
    """Return the addresses that are one person's alone: no telephone of an office, no page of a firm."""
    return tuple(one for one in somebody.addresses if one.kind not in _SHARED)


def _known_by(somebody: Somebody) -> tuple[str, ...]:
    for own in own_addresses(somebody):
        return (own.kind.value, own.value)
    beside = somebody.addresses[0].value if somebody.addresses else ""
    return ("name", " ".join(somebody.name.casefold().split()), beside)
