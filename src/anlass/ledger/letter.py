"""One mail as the ledger sees it: who wrote to whom, when, in answer to what, and whether it counts.

What counts is decided here for one mail alone; what follows from other mails (turns,
proofs by answers) is worked out over a whole thread in `threads`.

| kind of mail | way |
|---|---|
| the owner's own letter | out, to each human reader |
| the owner's automatic mail | none |
| a letter of a human to the owner, also unaddressed or encrypted | in |
| list mail, robots, bounces, receipts, notices | none, with the rule |
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b

from anlass.intake import (
    Authenticity,
    Mailbox,
    Message,
    Oddity,
    Origin,
    Ruling,
    authenticity,
    usual_server,
    writer,
)
from anlass.intake.gate.marks import is_not_addressed
from anlass.intake.gate.signs import automatic
from anlass.intake.mailboxes import patient_mailboxes
from anlass.intake.systems import is_system_name
from anlass.intake.writer import list_lines, names_list

_OWN = "N22"
_AUTOMATIC = "N3"
_APPOINTMENT = "N16"
_TOGETHER = range(2, 7)
"""How many addressees make a letter one to several people: one is alone, more are a crowd."""
_QUOTE = 80
"""Code points that are kept of the value by which a rule hit."""
_NOBODY = frozenset({"N1", "N2", "N5", "N11", "N18", "N19", "N20", "N24"})
"""Rules after which the sender is a program, not a person."""
_DELIVERED = ("delivered-to", "return-path", "x-original-to", "authentication-results")
"""Fields that only a mail has that was delivered to somebody."""
_LOOKED_AT = 20
"""Addresses of a list mail among which its list is looked for."""
_MAILTO = re.compile(r"mailto:([^>?\s]+@[^>?\s]+)", re.IGNORECASE)


DOUBTED = "doubted"
"""In place of a rule: the letter bears the owner's address, and their own provider does not vouch for it."""

BLIND = "blind"
"""In place of what a server says of the sender: the letter was not addressed to the owner (N21)."""


class Way(StrEnum):
    """Which way a letter counts."""

    IN = "in"
    OUT = "out"
    NONE = "none"
    """Not at all: lists, robots, bounces, receipts, notices, the owner's automatic mail."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail of an archive.

    `id` is made of Message-ID, writer and date. `writer` is the human who wrote it, also
    where a list put itself into From. `readers` are those an own letter went to, the
    owner and systems left out, `lists` the addresses of lists it names. `together` are all
    in To and Cc of somebody's letter to a few, the owner among them; empty for any other.
    `others` is the number of humans on the other side. `parent` is the Message-ID it answers,
    `root` the one its thread began with, as far as it says. `rule` names why it counts as no
    letter of a human (`""`: it does), `quote` the value by which. `authserv` is the server whose
    statement stands on top, `authenticity` what that server says, or `BLIND`. `body` is a digest
    of the body's beginning, `words` one of the own words; that is empty while no other letter has
    the same header.
    `oddities` is what is strange about its header, of letters that humans wrote to each other.
    """

    id: str
    origin: Origin
    way: Way
    rule: str = ""
    quote: str = ""
    message_id: str | None = None
    parent: str | None = None
    root: str | None = None
    writer: Mailbox | None = None
    readers: tuple[Mailbox, ...] = ()
    lists: tuple[str, ...] = ()
    together: tuple[Mailbox, ...] = ()
    others: int = 1
    sent_at: datetime | None = None
    subject: str | None = None
    authserv: str = ""
    authenticity: str = ""
    body: int = 0
    words: str = ""
    oddities: frozenset[Oddity] = frozenset()

    @property
    def is_by_person(self) -> bool:
        """Tell whether a human wrote it, be it to a list."""
        return self.rule not in _NOBODY


def letter_of(
    message: Message,
    ruling: Ruling | None,
    *,
    owner: frozenset[str],
    is_sent: bool = False,
    body: int = 0,
) -> Letter:
    """Return the letter that a message is, by the rule that makes it no letter of a human, if any.

    `owner` are the owner's addresses; `is_sent` says that it lies among sent mail, where
    a letter that was never delivered is the owner's own whatever address it bears.
    `body` is a digest of the mail's body, by which copies are known.
    """
    box = writer(message)
    is_own = (ruling is not None and ruling.rule == _OWN) or (is_sent and not was_delivered(message))
    rule = ruling.rule if ruling else ""
    if is_own:
        rule = _OWN if rule == _APPOINTMENT else _AUTOMATIC if automatic(message) else ""
    way = Way.NONE if rule else Way.OUT if is_own else Way.IN
    humans = _humans(message, owner, box) if way is not Way.NONE else ()
    server = usual_server(message) or ""
    return Letter(
        id=letter_id(message, box),
        origin=message.origin,
        way=way,
        rule=rule,
        quote=ruling.quote[:_QUOTE] if ruling and ruling.rule == rule else "",
        message_id=message.message_id,
        parent=_parent(message),
        root=(message.references or message.in_reply_to or (None,))[0],
        writer=box,
        readers=humans if way is Way.OUT else (),
        lists=_lists(message) if rule == "N4" else (),
        together=_together(message, box) if way is Way.IN else (),
        others=max(1, len(humans)) if way is Way.OUT else len(humans) + 1,
        sent_at=message.date,
        subject=message.subject,
        authserv=server,
        authenticity="" if way is Way.NONE else _attested(message, server, way, owner),
        body=body,
        oddities=message.oddities if way is not Way.NONE else frozenset(),
    )


def letter_id(message: Message, box: Mailbox | None) -> str:
    """Return the letter's id by its header alone; where that names nothing of its own, by the subject too."""
    said = (
        message.message_id or f"subject:{message.subject}",
        box.address if box else "",
        "" if message.date is None else message.date.isoformat(),
    )
    return blake2b("\0".join(said).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()


def was_delivered(message: Message) -> bool:
    """Tell whether a mail reached somebody's mailbox from outside."""
    return any(name in message.headers for name in _DELIVERED)


def _parent(message: Message) -> str | None:
    """Return the Message-ID that is answered: In-Reply-To, else the last of References."""
    if message.in_reply_to:
        return message.in_reply_to[0]
    return message.references[-1] if message.references else None


def _humans(message: Message, owner: frozenset[str], box: Mailbox | None) -> tuple[Mailbox, ...]:
    """Return all who are addressed, without the owner, the writer and systems, each once."""
    hidden = [one for value in message.headers.get("bcc", ()) for one in patient_mailboxes(value)]
    left_out = owner | ({box.address} if box else frozenset())
    found: dict[str, Mailbox] = {}
    for one in (*message.to, *message.cc, *hidden):
        if one.address not in left_out and not is_system_name(one.address.partition("@")[0]):
            found.setdefault(one.address, one)
    return tuple(found.values())


def _together(message: Message, box: Mailbox | None) -> tuple[Mailbox, ...]:
    """Return all in To and Cc, without the writer and systems, where they are a few."""
    if len(message.to) + len(message.cc) < _TOGETHER.start:
        return ()
    found = {
        one.address: one
        for one in (*message.cc, *message.to)
        if (box is None or one.address != box.address) and not is_system_name(one.address.partition("@")[0])
    }
    return tuple(found.values()) if len(found) in _TOGETHER else ()


def _lists(message: Message) -> tuple[str, ...]:
    """Return the addresses of the list that a mail came through."""
    posts = (hit for value in message.headers.get("list-post", ()) for hit in _MAILTO.findall(value))
    senders = (message.sender,) if message.sender else ()
    named = (box.address for box in (*senders, *message.to, *message.cc)[:_LOOKED_AT])
    lines = list_lines(message)
    beside = (one for one in named if names_list(lines, one))
    return tuple(dict.fromkeys((*(post.casefold() for post in posts), *beside)))


def _attested(message: Message, server: str, way: Way, owner: frozenset[str]) -> str:
    """Return what the server on top says of the sender; whether it is believed is seen later.

    What was not addressed to the owner proves nothing of the two, whoever vouches for its sender.
    """
    said = authenticity(message, frozenset({server})) if server else Authenticity.NONE
    if way is Way.IN and said is not Authenticity.FAIL and is_not_addressed(message, owner):
        return BLIND
    return "" if said is Authenticity.NONE else said.value
