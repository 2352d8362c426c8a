"""What operations on blocks, hosted events and their rounds of wishes answer with.

As in `values.py`: a receipt names what was done. Links of participants are in none: they go by letter alone.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BlockLine:
    """Somebody who is blocked: since when, and how many cases are kept of theirs."""

    person: str
    name: str | None
    since: str | None
    kept: int


@dataclass(frozen=True, slots=True)
class BlockPart:
    """A part of those who are blocked, and the cursor of the next one; null behind the last line."""

    lines: list[BlockLine]
    next: str | None


@dataclass(frozen=True, slots=True)
class BlockReceipt:
    """How somebody stands after an act."""

    person: str
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round of wishes: its moments, and the code of its list once that is closed."""

    number: int
    freeze: str | None
    match: str | None
    release: str | None
    forget: str | None
    code: str | None


@dataclass(frozen=True, slots=True)
class HostingLine:
    """A hosted event: its days, when all of it is deleted or was, its rounds and counts."""

    hosting: str
    name: str
    begins: str | None
    ends: str | None
    delete_at: str | None
    deleted_at: str | None
    start: str
    rounds: list[RoundLine]
    report: dict[str, int]


@dataclass(frozen=True, slots=True)
class HostingPart:
    """A part of the hosted events, and the cursor of the next one; null behind the last line."""

    lines: list[HostingLine]
    next: str | None


@dataclass(frozen=True, slots=True)
class HostingReceipt:
    """A hosted event that was begun, changed or deleted."""

    hosting: str


@dataclass(frozen=True, slots=True)
class AdmittedReceipt:
    """Whom a list let in: how many are new and are written to, and how many lines were left out."""

    hosting: str
    letters: int
    left_out: int
