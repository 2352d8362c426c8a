"""A gathering where people may wish: its tickets, and its rounds one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from anlass.outreach.wish_roster import HOSTED, Entry
from anlass.outreach.wish_times import Phase, Timetable


@dataclass(frozen=True, slots=True)
class WishEvent:
    """A gathering whose people wish: 16 random bytes, the name people know, how many wishes each has.

    `address` is the public address its pages lie under (`https://...`), `lang` the language of its mails.
    """

    id: bytes
    name: str
    quota: int
    lang: str = "en"
    address: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One participant of an event, the only account there is: number, name as on the ticket, mail address.

    `public` is the key they published, `None` while they take no part; `round` the last round on whose roster
    they stand.
    """

    pid: bytes
    name: str
    mail: str = ""
    public: bytes | None = None
    flags: int = 0
    round: int = 0

    @property
    def entry(self) -> Entry | None:
        """How they stand on the roster."""
        return None if self.public is None else Entry(self.pid, self.public, self.flags, self.name)

    @property
    def is_hosted(self) -> bool:
        """Tell whether they take part by mail alone."""
        return self.public is not None and bool(self.flags & HOSTED)


@dataclass(frozen=True, slots=True)
class WishRound:
    """One round: its times and phase; after the freezing its roster's hash, how many stand on it, its quota.

    `alarms`: tokens that somebody copied. `fingerprint`: by what its round key is known once it is gone.
    """

    event: bytes
    number: int
    times: Timetable
    phase: Phase = Phase.JOINING
    quota: int = 0
    roster_hash: bytes = b""
    participants: int = 0
    alarms: int = 0
    fingerprint: str = ""

    @property
    def place(self) -> bytes:
        """By what everything that is shelved is bound to this round."""
        return self.event + self.number.to_bytes(4, "big")

    @property
    def is_running(self) -> bool:
        """Tell whether a roster holds, so that keys must stay as they are."""
        return self.phase not in (Phase.JOINING, Phase.FORGOTTEN)


def link_digest(link: str) -> str:
    """Return what the memory keeps of a ticket's link: enough to know it again, too little to use it."""
    return sha256(b"anlass/wish/v1/link\0" + link.encode()).hexdigest()
