"""An event that the owner hosts for others: its participants, what they agreed to, and when all is deleted.

Two switches, both off until the participant says otherwise: standing on the list that those on it can see,
and taking part in wishes. Counts that are told are rounded down to fives, so that no single person can be
reckoned out of them, whatever else somebody knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

KEPT = timedelta(days=60)
"""How long after an event its participants are kept, unless the organiser says less."""
HOST = "host:"
"""How in outbox and journal that begins which belongs to a hosted event."""
PRINTS = ("poster", "badges", "slide")
"""What of an event there is on paper."""
LONGEST_LINE = 140
_STEP = 5


@dataclass(frozen=True, slots=True)
class Hosting:
    """One hosted event. `address` is where its pages are reached from outside, `contact` who answers for it.

    Moments are aware. `wishes` is the id of its rounds, "" where it has none. `deleted_at` and the digest
    `proof` are there once all is deleted, and so are the `report` and what is `left`: counts alone.
    """

    id: str
    name: str
    begins: datetime
    ends: datetime
    delete_at: datetime
    place: str = ""
    lang: str = "de"
    address: str = ""
    contact: str = ""
    wishes: str = ""
    deleted_at: datetime | None = None
    proof: str = ""
    report: tuple[tuple[str, int], ...] = ()
    left: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody with a ticket; `link` is a digest of their link, which the memory cannot give back.

    `on_list`: those on the list see them, with `line`. `wish` is their ticket for wishes, "" while they take
    no part in them.
    """

    id: str
    event: str
    link: str
    name: str
    mail: str = ""
    ticket: str = ""
    line: str = ""
    on_list: bool = False
    wish: str = ""


@dataclass(frozen=True, slots=True)
class RoundTimes:
    """One round of wishes as everybody may know it: its number, its moments, and the code of its roster.

    `code` is "" until the list is closed; `participants` counts who is on it.
    """

    number: int
    freeze: datetime
    match: datetime
    release: datetime
    forget: datetime
    code: str = ""
    participants: int = 0


def link_digest(link: str) -> str:
    """Return what the memory keeps of a participant's link: enough to know it again, too little to use it."""
    return sha256(b"anlass/host/v1/link\0" + link.encode()).hexdigest()


def coarse(count: int) -> int:
    """Return a count as it may be told: rounded down to a multiple of five, so 0 says "fewer than five"."""
    return count // _STEP * _STEP


def closing_report(
    people: tuple[Participant, ...], rounds: tuple[RoundTimes, ...]
) -> tuple[tuple[str, int], ...]:
    """Return what an organiser learns at the end: coarse counts, and nothing of matches or silence."""
    told = [
        ("participants", coarse(len(people))),
        ("on_list", coarse(sum(one.on_list for one in people))),
        ("in_wishes", coarse(sum(bool(one.wish) for one in people))),
    ]
    told += [(f"round_{one.number}", coarse(one.participants)) for one in rounds]
    return tuple(told)


def proof_of(hosting: Hosting, left: tuple[tuple[str, int], ...], at: datetime) -> str:
    """Return the digest by which a deletion is known: over the event, the moment and what is left."""
    told = "\0".join((hosting.id, at.isoformat(), *(f"{name}={count}" for name, count in left)))
    return sha256(b"anlass/host/v1/deleted\0" + told.encode()).hexdigest()[:32]


def days_left(hosting: Hosting, now: datetime) -> int:
    """Return how many whole days are left until all is deleted, never negative."""
    return max(0, (hosting.delete_at - now).days)
