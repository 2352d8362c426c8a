"""A door as the house uses it: what breaks in it has a name, and an odd ask keeps nobody from the others.

Doors are written by many hands against many servers. Here their mistakes end, as a `WireError` that names the
line it broke in: the owner learns which account it is, and whoever wrote the door where to look.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath
from typing import TypeVar

from anlass.channels.mail.sending import Fate, Result, Why
from anlass.channels.networks.account import NetworkAccount
from anlass.channels.networks.door import Contacts, Door, HandOver, Looked, OwnWord
from anlass.intake.contact_request import Channel, Origin
from anlass.intake.knock import Knock, KnockKind
from anlass.intake.message import SetAside
from anlass.people import Address
from anlass.replies.outgoing import Outgoing
from anlass.wires.trouble import Trouble, WireError, attempted

T = TypeVar("T")
_SHOWN = 200
_SHAPE = {"channel": Channel, "kind": KnockKind, "address": Address} | dict.fromkeys(
    ("key", "name", "text", "subject", "place"), str
)
LONGEST_KEY = 1_000
"""Code points of a key or a place that are kept; a longer one names nothing."""


class GuardedDoor:
    """A door that keeps what `Door` promises, whatever the one behind it does."""

    def __init__(self, account: NetworkAccount, opened: Callable[[], Door]) -> None:
        """Open the door behind. Raises `WireError`, and `ImportError` where a library is missing."""
        self.account = account
        self._door = self._sound(opened)

    def look(self, mark: str) -> Looked:
        """Return what asks; see `Door`. An ask that is none is set aside, with a sentence that says why."""
        looked = self._sound(lambda: self._door.look(mark))
        if not isinstance(looked, Looked):
            raise self._broke(f"look: {type(looked).__name__}")
        asides = [*looked.set_aside]
        knocks = tuple(self._kept(looked.knocks, _fault_in_ask, asides))
        own = tuple(self._kept(looked.own, _fault_in_word, asides))
        return replace(looked, knocks=knocks, own=own, set_aside=tuple(asides))

    def wait(self, seconds: float) -> None:
        """Stay; see `Door`."""
        self._sound(lambda: self._door.wait(seconds))

    def wake(self) -> None:
        """End a wait; see `Door`."""
        self._door.wake()

    def hand(self, letter: Outgoing, hand_over: HandOver) -> Result:
        """Do what a letter says; see `Door`. What a door did that broke behind `hand_over` nobody knows."""
        passed: list[bool] = []

        def noted() -> bool:
            passed.append(hand_over())
            return passed[-1]

        done = attempted(lambda: self._door.hand(letter, noted))
        if isinstance(done, Result):
            return done
        return Result(Fate.UNKNOWN if any(passed) else Fate.NOT_NOW, Why.BROKE_OFF, _line_of(done))

    def contacts(self) -> Contacts:
        """Yield the owner's own lists; see `Door`."""
        entries = self._sound(lambda: self._door.contacts())  # noqa: PLW0108 - that there is none may be what breaks
        while (entry := self._sound(lambda: next(entries, None))) is not None:
            yield entry

    def close(self) -> None:
        """Leave; a door that breaks in leaving has left."""
        attempted(lambda: self._door.close())  # noqa: PLW0108 - likewise

    def _sound(self, work: Callable[[], T]) -> T:
        """Do something with the door behind; what breaks it is a `WireError`."""
        done = attempted(work)
        if isinstance(done, ImportError):
            raise done
        if isinstance(done, Exception):
            raise self._broke(_line_of(done)) from done
        return done

    def _broke(self, says: str) -> WireError:
        return WireError(says, where=self.account.name, trouble=Trouble.BROKEN)

    def _kept(
        self, told: Iterable[T], fault_in: Callable[[object], str], asides: list[SetAside]
    ) -> Iterator[T]:
        """Yield what is as `Door` promises; the rest goes to `asides`."""
        for one in told:
            if not (fault := fault_in(one)):
                yield one
                continue
            key = str(getattr(one, "key", ""))[:_SHOWN]
            place = Origin(f"{self.account.channel.value}://{self.account.name}/{key}")
            asides.append(SetAside(place, "odd_ask", f"The door told of something that is no ask: {fault}."))


def _fault_in_ask(one: object) -> str:
    """Return what makes something no ask, "" where it is one."""
    if not isinstance(one, Knock):
        return type(one).__name__
    if wrong := next((name for name, kind in _SHAPE.items() if not isinstance(getattr(one, name), kind)), ""):
        return wrong
    if not one.key or len(one.key) > LONGEST_KEY or len(one.place) > LONGEST_KEY:
        return "key"
    return next((name for name in ("arrived", "since") if not _is_moment(getattr(one, name))), "")


def _fault_in_word(one: object) -> str:
    """Return what makes something no word of the owner's, "" where it is one."""
    if not isinstance(one, OwnWord):
        return type(one).__name__
    return "" if _is_moment(one.when) else "when"


def _is_moment(told: object) -> bool:
    """Tell whether this is a moment with its zone, or none is told."""
    return told is None or (isinstance(told, datetime) and told.tzinfo is not None)


def _line_of(error: object) -> str:
    """Name what broke and where, without its words: they may be a stranger's."""
    frames = traceback.extract_tb(error.__traceback__) if isinstance(error, Exception) else ()
    place = f", {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
