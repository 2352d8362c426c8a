"""The interface of every chat network: what a door tells, and what can be done there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from anlass.channels.mail.sending import Result
from anlass.intake.knock import Knock
from anlass.intake.message import SetAside
from anlass.ledger.trace import Trace
from anlass.people import Address
from anlass.replies.outgoing import Outgoing

HandOver = Callable[[], bool]
"""Called right before words or deeds go over the wire; where it says no, they do not."""
Contacts = Iterator[Trace | SetAside]
"""Entries of the owner's own lists on a network."""
MOST_KNOCKS = 5_000
"""Asks that are taken in at one look; the rest waits for the next."""


@dataclass(frozen=True, slots=True)
class OwnWord:
    """Something that went out to somebody from the owner's account, from whatever program.

    `number` is what the house knows its own letters by, where the network gives it back. `when` is in UTC.
    """

    to: Address
    number: str
    text: str
    when: datetime | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at the door brought.

    `knocks` are asks, known ones among them. `gone` are keys of asks that are open no more: withdrawn, or
    answered in another program of the owner's. `open`, where the network tells all that is open, holds
    every key of it. `own` is what went out from the owner's account. `mark` says where to go on the next
    time, once all of this is written down.
    """

    mark: str
    knocks: tuple[Knock, ...] = ()
    gone: tuple[str, ...] = ()
    open: frozenset[str] | None = None
    set_aside: tuple[SetAside, ...] = ()
    own: tuple[OwnWord, ...] = ()


class Door(Protocol):
    """One open door; it belongs to the thread that opened it, but for `wake`.

    Every method but `close` raises `WireError` where the server cannot be spoken to. Looking answers
    nobody, marks nothing as read, and shows no requester that anybody is there.
    """

    def look(self, mark: str) -> Looked:
        """Return what asks at the door; `mark` is where the last look ended, "" for the first.

        At the first look messages of before are history; what is open still asks.
        """
        ...

    def wait(self, seconds: float) -> None:
        """Stay until something may have come, `wake` is called, or so much time is over."""
        ...

    def wake(self) -> None:
        """End a wait; may be called from any thread."""
        ...

    def hand(self, letter: Outgoing, hand_over: HandOver) -> Result:
        """Do the deed of a letter and say its words, if it has any; raises nothing for what is out there.

        Where the letter only says something, the request stays as it is. What cannot be told to have
        arrived is `unknown` and is never tried again by itself.
        """
        ...

    def contacts(self) -> Contacts:
        """Yield everybody on the owner's own lists there, one entry each.

        That shows nobody more than being there does.
        """
        ...

    def close(self) -> None:
        """Leave in order; whoever does not say good-bye is gone all the same."""
        ...
