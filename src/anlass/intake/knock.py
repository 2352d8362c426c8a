"""Somebody asks at a door of a chat network: the ask as every network has it, and the request it becomes.

Networks differ in what can be said. A follow request has no room for words, so that none are there
says nothing about who asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from anlass.intake.contact_request import Channel, ContactRequest, Mark, Origin, Recipient, Requester
from anlass.intake.gate.human import human_must_read
from anlass.intake.guard import calm, clean, one_line, shortened
from anlass.intake.identity import short_name
from anlass.intake.message import Mailbox, Message
from anlass.intake.tables import tables
from anlass.people import Address

LONGEST_TEXT = 32_000
"""Code points of a request that are read; whoever writes more has said it by then."""
LONGEST_NAME = 200
NETWORKS = frozenset(
    {
        Channel.XMPP,
        Channel.MATRIX,
        Channel.MASTODON,
    }
)
"""The channels at whose doors people knock, as against those that write mail."""


class KnockKind(StrEnum):
    """What asks at the door."""

    SUBSCRIPTION = "subscription"
    """XMPP: to see when the owner is there."""
    KNOCK = "knock"
    """Matrix: to be let into the owner's room for callers."""
    INVITATION = "invitation"
    """Matrix: that the owner comes into a room of theirs."""
    FOLLOW = "follow"
    """Mastodon: to follow the owner, who approves followers by hand."""
    MESSAGE = "message"
    """A first message of somebody who is on no list of the owner's."""


@dataclass(frozen=True, slots=True)
class Knock:
    """One ask as its network tells it; nothing in it is verified but the address, which the network gave.

    `key` names it on its network, the same however often the server tells of it. `place` is where an
    answer goes: a room, a post, an account number. `arrived` is aware and in UTC, `None` where nobody
    says. `since` is when the account was made, where the network tells. `is_known`: the owner has this
    person on a list of the network's already.
    """

    channel: Channel
    kind: KnockKind
    key: str
    address: Address
    name: str = ""
    text: str = ""
    subject: str = ""
    arrived: datetime | None = None
    place: str = ""
    since: datetime | None = None
    is_known: bool = False


def request_in(knock: Knock, recipient: Recipient, *, account: str, nth: int = 0) -> ContactRequest:
    """Return the request that a knock is.

    `account` is the door it came to, `nth` how often the same was asked and ended before.
    """
    text = words(knock.text)
    name = short_line(knock.name)
    is_default = is_default_text(text, knock.channel)
    own = "" if is_default else text
    noticed = {
        Mark.EMPTY: not own,
        Mark.DEFAULT_TEXT: is_default,
        Mark.NO_ROOM: knock.kind is KnockKind.FOLLOW and not text,
        Mark.HUMAN_MUST_READ: human_must_read(_as_message(knock, name, own), own) is not None,
        Mark.UNREADABLE: len(knock.text) > LONGEST_TEXT,
    }
    place = f"{knock.channel.value}://{account}/{knock.kind.value}/{knock.key}"
    return ContactRequest(
        id=short_name(knock.channel, account, knock.kind, knock.key, str(nth)),
        channel=knock.channel,
        text=own,
        subject=short_line(knock.subject) or None,
        requester=Requester(name, knock.address),
        recipient=recipient,
        arrived=knock.arrived,
        marks=frozenset(mark for mark, is_so in noticed.items() if is_so),
        origin=Origin(clean(place)[:2_000]),
    )


def words(text: str) -> str:
    """Return what somebody wrote, within the guard's limits."""
    return shortened(calm(clean(text[: 2 * LONGEST_TEXT])), LONGEST_TEXT).strip()


def short_line(text: str) -> str:
    """Return a name or a subject as it is kept: on one line, and no longer than one is."""
    return one_line(text[: 4 * LONGEST_NAME])[:LONGEST_NAME]


def is_default_text(text: str, channel: Channel, more: Sequence[str] = ()) -> bool:
    """Tell whether a text is what programs or the network write where the person writes nothing.

    `more` are further such texts.
    """
    plain = _normal(text)
    known = (*tables().defaults.get(channel.value, ()), *map(_normal, more))
    return bool(plain) and any(one and plain.startswith(one) and len(plain) < len(one) + 60 for one in known)


def _normal(text: str) -> str:
    return " ".join(text[:2_000].lower().replace("’", "'").split()).strip(" .!-")


def _as_message(knock: Knock, name: str, text: str) -> Message:
    """Return a knock as the gate looks at letters; its address is none of mail's."""
    return Message(Origin(""), sender=Mailbox(name, knock.address.value), subject=knock.subject, text=text)
