"""What the rules of silence are asked of: the letter that came, the one that would go, what went before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from anlass.intake import ContactRequest, Message
from anlass.policy import Decision, Words
from anlass.replies.outgoing import Kind, Outgoing


@dataclass(frozen=True, slots=True)
class Came:
    """The letter that came, and what was looked up about it.

    `is_proven`: the owner's own provider says `dmarc=pass` for the From address. `owner` holds the
    owner's addresses, `answers_automatic`: it answers an automatic letter of this house. `has_attack`:
    its words try to steer a program. `is_unsure`: its reading says not to rely on it. Of what came by a chat
    network: `since` is how long the house or the network has known the account, `is_near` that it is of the
    owner's own server, `is_followed` that the owner has it on a list there.
    """

    message: Message
    request: ContactRequest
    owner: frozenset[str]
    is_proven: bool = False
    answers_automatic: bool = False
    has_attack: bool = False
    is_unsure: bool = False
    since: datetime | None = None
    is_near: bool = False
    is_followed: bool = False


@dataclass(frozen=True, slots=True)
class Went:
    """One automatic letter that left, is leaving or may have left: when, to which person and domain."""

    when: datetime
    person: str
    domain: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Past:
    """What the journal says: automatic letters of the last day and all to this person, and what came back.

    `bounces` counts automatic letters of the last day that bounced. `is_stopped`: the house stopped by
    itself and the owner has not set it going again. `is_answered`: a letter of this kind on this request
    is in the outbox already, in whatever state.
    """

    went: tuple[Went, ...] = ()
    bounces: int = 0
    is_stopped: bool = False
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What the owner allows automatic letters to do; hours are of the owner's own day.

    `delay` is how long every letter waits, so that it can be taken back and its moment tells nothing.
    `bounce_address` takes failure reports in place of the null sender. `links` are addresses that a letter
    may name. `has_sent`: there is a Sent folder that keeps what leaves.
    """

    delay: timedelta = timedelta(minutes=15)
    quiet_from: int = 20
    quiet_until: int = 7
    per_hour: int = 5
    per_day: int = 20
    per_domain: int = 3
    bounces: int = 2
    bounce_address: str = ""
    links: tuple[str, ...] = ()
    has_sent: bool = True


USUAL = Terms()
"""What holds where the owner said nothing else."""


@dataclass(frozen=True, slots=True)
class Asked:
    """May this letter go by itself? `now` is aware and in the owner's time zone, `due` when it would go."""

    came: Came
    decision: Decision
    letter: Outgoing
    past: Past
    terms: Terms
    now: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class Permission:
    """Every rule holds."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The first rule that does not hold, its sentence for the owner, and the value that hit."""

    rule: str
    says: Words
    quote: str = ""


Answerable: TypeAlias = Permission | Refusal
Fields: TypeAlias = Mapping[str, str]
