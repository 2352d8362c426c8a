"""What operations on the door, at the doors of networks, on events and on persons' names answer with.

As in `values.py`: a receipt names what was done and holds no words of others.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DoorReceipt:
    """How the door stands after an act: whether it is open, and what it lacks for the world."""

    is_open: bool
    missing: list[str]


@dataclass(frozen=True, slots=True)
class KnockLine:
    """What still asks at a door of a chat network, and what the other side would see of an answer."""

    case: str | None
    account: str
    asks: str
    since: str
    they_see: str


@dataclass(frozen=True, slots=True)
class KnockPart:
    """A part of what asks at doors, and the cursor of the next one; null behind the last line."""

    lines: list[KnockLine]
    next: str | None


@dataclass(frozen=True, slots=True)
class KnockReceipt:
    """An answer at a door that was released: when it leaves, and what the other side will see."""

    letter: str
    case: str
    state: str
    due: str
    they_see: str


@dataclass(frozen=True, slots=True)
class EventReceipt:
    """An event that was noted or forgotten."""

    event: str


@dataclass(frozen=True, slots=True)
class ListReceipt:
    """What a list brought to an event: who is new on it, how many were known or could not be read."""

    event: str
    new: list[str]
    known: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class MetReceipt:
    """Somebody of an event who was noted, sorted or forgotten."""

    event: str
    met: str
    sort: str | None


@dataclass(frozen=True, slots=True)
class MailingReceipt:
    """How many letters of a mailing were released or taken back; the first released leaves at `due`."""

    event: str
    letters: int
    due: str | None


@dataclass(frozen=True, slots=True)
class VouchedLine:
    """Somebody the owner vouches for, and how it stands with being named."""

    person: str
    name: str
    since: str | None
    why: str | None
    consent: str | None
    consent_at: str | None
    listed_as: str | None
    says: str


@dataclass(frozen=True, slots=True)
class VouchedPart:
    """A part of those vouched for, and the cursor of the next one; null behind the last line."""

    lines: list[VouchedLine]
    next: str | None


@dataclass(frozen=True, slots=True)
class VouchedReceipt:
    """Whether the owner vouches for a person now, and whether they agreed to be named."""

    person: str
    is_vouched: bool
    is_listed: bool


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """A case that was answered, and what came of it; null where nothing is said."""

    case: str
    outcome: str | None


@dataclass(frozen=True, slots=True)
class OutcomePart:
    """A part of the answered cases, and the cursor of the next one; null behind the last line."""

    lines: list[OutcomeLine]
    next: str | None


@dataclass(frozen=True, slots=True)
class OutcomeReceipt:
    """What came of a case, as said now and before."""

    case: str
    outcome: str | None
    before: str | None
