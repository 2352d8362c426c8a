"""One mail as the ledger sees it: who wrote to whom, when, in answer to what, and whether it counts.

What counts is decided here for one mail alone; what follows from other mails (turns,
answers, the owner's provider) is worked out over a whole thread by `threads`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from anlass.intake.contact_request import Origin
from anlass.intake.message import Mailbox


class Way(StrEnum):
    """Which way a letter counts."""

    IN = "in"
    OUT = "out"
    NONE = "none"
    """Not at all: lists, robots, drafts, forgeries, the program's own answers."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail of an archive.

    `writer` is the human who wrote it, also where a list put itself into From. `readers`
    are those an own letter went to, the owner's own addresses and lists left out.
    `others` is the number of humans on the other side. `parent` is the Message-ID it
    answers, `root` the one its thread began with, as far as it says. `rule` names why it
    is no letter of a human (`""`: it is one). `authserv` is the server whose statement
    stands on top, `authenticity` what that server says.
    """

    id: str
    origin: Origin
    way: Way
    rule: str = ""
    message_id: str | None = None
    parent: str | None = None
    root: str | None = None
    writer: Mailbox | None = None
    readers: tuple[Mailbox, ...] = ()
    lists: tuple[str, ...] = ()
    others: int = 1
    sent_at: datetime | None = None
    subject: str | None = None
    authserv: str = ""
    authenticity: str = ""
