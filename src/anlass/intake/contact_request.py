"""One ask that arrived, the same for every channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from anlass.intake.oddities import Oddity
from anlass.people import Address


class Channel(StrEnum):
    """The door a request came through."""

    MAIL = "mail"
    FORM = "form"
    LINKEDIN = "linkedin"
    XING = "xing"
    MASTODON = "mastodon"
    MATRIX = "matrix"
    XMPP = "xmpp"
    OTHER = "other"


class Mark(StrEnum):
    """What intake noticed about a request beside its words; evidence, never a verdict."""

    FAKE_REPLY = "fake_reply"
    """`Re:` or `Fwd:` in the subject, but no thread of the owner's (N13)."""
    MASS_OUTREACH = "mass_outreach"
    """Bulk headers around words that address one person (N5b)."""
    INTRODUCTION = "introduction"
    """A known person introduces a stranger (N15)."""
    CALENDAR = "calendar"
    """An unasked calendar invitation: an explicit cost of time (N17)."""
    NOTICE = "notice"
    """A network's notice; the requester is named in the body (N18)."""
    DEFAULT_TEXT = "default_text"
    """The network's own words stood where the requester wrote none: a click (N18)."""
    REMINDER = "reminder"
    """The network only reminds of a request; the first notice of it is not here (N18)."""
    UNPROVEN = "unproven"
    """The owner's own provider does not say that the network sent this notice: anybody may have (N18)."""
    EMPTY = "empty"
    """There are no words at all."""
    NO_ROOM = "no_room"
    """The network leaves the requester no room for words: that there are none says nothing."""
    NOT_ADDRESSED = "not_addressed"
    """The owner's address stands in no recipient field (N21)."""
    ENCRYPTED = "encrypted"
    """The words cannot be read (N23)."""
    FORGED = "forged"
    """The owner's own provider says that the sender is not who the header names."""
    HUMAN_MUST_READ = "human_must_read"
    """Courts, authorities, press, doctors, threats, people in need (R15)."""
    CODE_WORD = "code_word"
    """A word was named at the door that the owner had given away."""
    UNREADABLE = "unreadable"
    """Parts were left out by the guard or could not be decoded."""


@dataclass(frozen=True, slots=True)
class Requester:
    """The person asking, as the message names them; nothing here is verified."""

    name: str
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom the request is for, and what is known of them: work, talks, interests."""

    name: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the original bytes lie: kept by reference, checked by content.

    `path` names a file, `offset` and `length` (bytes) the part of it that is this
    message; `sha256` is the digest of exactly these bytes.
    """

    path: str
    offset: int = 0
    length: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class ContactRequest:
    """One ask that arrived, channel-neutral.

    `text` holds the requester's own words only: quotes, signatures of programs and
    list footers are gone. Findings point into `text` and `subject` by code points.
    `arrived` is aware and in UTC, `None` where the message does not say. `oddities` is what
    is strange about the message, for the owner to see.
    """

    id: str
    channel: Channel
    text: str
    subject: str | None = None
    requester: Requester = Requester("")
    recipient: Recipient = Recipient()
    arrived: datetime | None = None
    message_id: str | None = None
    marks: frozenset[Mark] = frozenset()
    origin: Origin | None = None
    oddities: frozenset[Oddity] = frozenset()
