"""A message: the words as they arrived, with headers. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from anlass.intake.contact_request import Origin
from anlass.intake.oddities import Oddity

__all__ = ["Attachment", "Mailbox", "Message", "Oddity", "SetAside"]


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A display name and an address as a header gives them; `address` is in normal form."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is not the letter itself; kept as a fact.

    Of a small plain text its `words` are there, for a voucher may stand in them; nothing else is opened.
    """

    filename: str
    content_type: str
    size: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One mail, parsed within the guard's limits.

    `headers` maps lower-case names to all their values in order, decoded. `date` is
    aware, in UTC. `text` is the readable body (HTML turned into text), `hidden` the
    text that HTML hides from the eye. `references` holds the ids of References, oldest
    first, without brackets, as `message_id` and `in_reply_to` are. `trace` holds the
    fields Received and Authentication-Results in their common order, topmost first.
    `invitation` is what a calendar part says in words; `has_order_markup` tells that the
    HTML carries a machine-readable order, booking or parcel.
    """

    origin: Origin
    message_id: str | None = None
    sender: Mailbox | None = None
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    reply_to: tuple[Mailbox, ...] = ()
    date: datetime | None = None
    subject: str | None = None
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    content_type: str = "text/plain"
    text: str = ""
    hidden: str = ""
    trace: tuple[tuple[str, str], ...] = ()
    calendar_method: str | None = None
    invitation: str = ""
    has_order_markup: bool = False
    is_encrypted: bool = False
    attachments: tuple[Attachment, ...] = ()
    oddities: frozenset[Oddity] = frozenset()

    def has_any(self, names: tuple[str, ...]) -> bool:
        """Tell whether one of these headers is there; mostly none is, which is seen at one glance."""
        return not self.headers.keys().isdisjoint(names)


@dataclass(frozen=True, slots=True)
class SetAside:
    """Bytes that could not become a message: the reason code, a sentence, and where they lie."""

    origin: Origin
    reason: str
    says: str
