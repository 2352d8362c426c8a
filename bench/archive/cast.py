"""Who writes and is written to: the owner, friends, strangers, people on lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from bench.archive.words import FIRST, LAST, WORKS

OWNER = "Olga Brandt"
OWNERS = ("olga@brandt.example", "o.brandt@verlag-nord.example")
"""The owner's two addresses; the first one is used more often."""

BEGIN = datetime(2019, 1, 7, 8, 0, tzinfo=UTC)
SPAN = timedelta(days=365 * 7 + 250)

_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody with a name, one address and a language."""

    name: str
    address: str
    lang: str

    @property
    def domain(self) -> str:
        """The part of the address after the @."""
        return self.address.rpartition("@")[2]


def correspondent(rng: Random, number: int, house: str) -> Correspondent:
    """Return somebody new; `number` and `house` keep addresses apart."""
    first, last = rng.choice(FIRST), rng.choice(LAST)
    local = f"{first}.{last}".lower().translate(_PLAIN)
    domain = f"{rng.choice(WORKS).lower()}{number % 40}.example"
    return Correspondent(
        f"{first} {last}", f"{local}.{house}{number}@{domain}", rng.choice(("de", "de", "en"))
    )


def company(rng: Random, count: int, house: str) -> tuple[Correspondent, ...]:
    """Return `count` people."""
    return tuple(correspondent(rng, number, house) for number in range(count))


def owner_address(rng: Random) -> str:
    """Return one of the owner's addresses."""
    return rng.choices(OWNERS, (7, 3))[0]


def moment(rng: Random) -> datetime:
    """Return some second of the years that the archive covers."""
    return BEGIN + timedelta(seconds=rng.randrange(int(SPAN.total_seconds())))
