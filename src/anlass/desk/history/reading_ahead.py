"""Reading the mails of an archive, here and, where they are many, in a second process as well.

Mails go to whoever has time, in parts, and come back in the order of the archive, so that nobody can
tell from what is written who has read what.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from anlass.desk.history.letters import Looked, look_at
from anlass.desk.history.second_reader import Answer, GoneError, SecondReader, has_second_core
from anlass.intake import SetAside
from anlass.sources import Beside, Found

PART = 100
"""Mails that are given away together."""
_WORTH_IT = 5
"""Parts after which an archive is long enough for a second process."""
_GIVEN = 2
"""Parts that the second process has at once: one that it reads, and the next."""
_MOST = 8
"""Parts that wait for one before them."""

Read = tuple[Found, Looked | SetAside]


@dataclass(slots=True)
class _Part:
    """Some mails, and what was seen in them; `None` while the second process has them."""

    mails: Sequence[Found]
    seen: Answer | None


def read_ahead(
    offered: Iterable[Found | Beside | SetAside], owner: frozenset[str], *, is_shared: bool
) -> Iterator[Read | Found | Beside | SetAside]:
    """Yield what is offered in its order, unopened mails with what was seen in them.

    Where it `is_shared`, a second process reads too: this one must have no thread beside the main one.
    """
    with closing(_Readers(owner, is_shared=is_shared and has_second_core())) as readers:
        part: list[Found] = []
        for found in offered:
            if isinstance(found, Found) and found.again is not None:
                part.append(found)
                if len(part) == PART:
                    readers.take(part)
                    part = []
                    yield from readers.ready()
            else:
                readers.take(part)
                part = []
                yield from readers.rest()
                yield found
        readers.take(part)
        yield from readers.rest()


class _Readers:
    """Who reads: the process we are in and, once it is worth it, a second one."""

    def __init__(self, owner: frozenset[str], *, is_shared: bool) -> None:
        self._owner = owner
        self._is_shared = is_shared
        self._taken = 0
        self._second: SecondReader | None = None
        self._parts: deque[_Part] = deque()

    def take(self, mails: Sequence[Found]) -> None:
        """Give some mails to the second process, or read them here where it has enough to do."""
        self._taken += 1
        if self._is_shared and self._second is None and self._taken > _WORTH_IT:
            self._second = SecondReader(self._look)
        while self._second and self._given() and self._second.has_answered():
            self._hear()
        if self._second and self._given() < _GIVEN and mails:
            self._parts.append(_Part(mails, None))
            try:
                self._second.give(mails)
            except GoneError:
                self._go_on_alone()
        else:
            self._parts.append(_Part(mails, [self._look(one) for one in mails]))

    def ready(self) -> Iterator[Read]:
        """Yield the mails that were read, as far as none before them is still waited for."""
        while self._parts and (self._parts[0].seen is not None or len(self._parts) > _MOST):
            yield from self._first()

    def rest(self) -> Iterator[Read]:
        """Yield all that were taken, waiting for the other."""
        while self._parts:
            yield from self._first()

    def close(self) -> None:
        """Let the second process go."""
        if self._second:
            self._second.close()

    def _first(self) -> Iterator[Read]:
        while self._parts[0].seen is None:
            self._hear()
        part = self._parts.popleft()
        return zip(part.mails, part.seen or (), strict=True)

    def _hear(self) -> None:
        """Take the answer on the oldest part that the second process has."""
        waiting = next(part for part in self._parts if part.seen is None)
        try:
            waiting.seen = self._second.answer() if self._second else self._looked(waiting)
        except GoneError:
            self._go_on_alone()

    def _go_on_alone(self) -> None:
        """Read here what the second process took with it."""
        self.close()
        self._second, self._is_shared = None, False
        for part in self._parts:
            if part.seen is None:
                part.seen = self._looked(part)

    def _looked(self, part: _Part) -> Answer:
        return [self._look(one) for one in part.mails]

    def _look(self, found: Found) -> Looked | SetAside:
        return look_at(found, self._owner)

    def _given(self) -> int:
        return sum(part.seen is None for part in self._parts)
