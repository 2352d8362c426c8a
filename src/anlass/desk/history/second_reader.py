"""A second process that reads mails, so that an archive is read with two cores.

It is a copy of this one, made when the archive turns out to be long: it has everything loaded that is
needed, opens files and says what lies in them, and touches nothing else, least of all the book. Should
it die, its parts are read here.
"""

from __future__ import annotations

import os
import pickle
import select
import sys
from collections.abc import Callable, Sequence
from copyreg import dispatch_table
from dataclasses import fields
from io import BytesIO
from operator import attrgetter
from typing import Any, NoReturn

from anlass.desk.history.letters import Looked
from anlass.intake import Mailbox, Origin, SetAside
from anlass.ledger.letter import Letter
from anlass.sources import Found, Glance, unopened

Look = Callable[[Found], Looked | SetAside]
"""Opens a mail and looks at it."""
Answer = list[Looked | SetAside]

_SIZE = 8
"""Bytes that say how long a message between the two is."""
_PIECE = 4_096
"""Bytes that a pipe takes at once when it takes any (POSIX)."""


class GoneError(Exception):
    """The second reader is there no more."""


class SecondReader:
    """The other process; parts that are given to it come back in their order."""

    def __init__(self, look: Look) -> None:
        asked, self._ask = os.pipe()
        self._hear, told = os.pipe()
        self._answers: list[Answer] = []
        self._process = os.fork()
        if not self._process:
            os.close(self._ask)
            os.close(self._hear)
            _serve(look, asked, told)
        os.close(asked)
        os.close(told)

    def give(self, part: Sequence[Found]) -> None:
        """Hand over unopened mails; raises `GoneError`.

        While the other waits for its answer to be taken, it takes no question; so both are watched.
        """
        message = memoryview(_packed([(one.file, one.labels) for one in part]))
        while message:
            heard, free, _ = select.select([self._hear], [self._ask], [])
            if heard:
                self._answers.append(self._next())
            if free:
                try:
                    message = message[os.write(self._ask, message[:_PIECE]) :]
                except BrokenPipeError as error:
                    raise GoneError from error

    def has_answered(self) -> bool:
        """Tell whether an answer can be had without waiting."""
        return bool(self._answers or select.select([self._hear], [], [], 0)[0])

    def answer(self) -> Answer:
        """Wait for what is said of the oldest part; raises `GoneError`."""
        return self._answers.pop(0) if self._answers else self._next()

    def close(self) -> None:
        """Let the other go."""
        os.close(self._ask)
        os.close(self._hear)
        os.waitpid(self._process, 0)

    def _next(self) -> Answer:
        answer: Answer | None = _received(self._hear)
        if answer is None:
            raise GoneError
        return answer


def has_second_core() -> bool:
    """Tell whether a second process would find a core of its own, and can be made of this one."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


def _serve(look: Look, asked: int, told: int) -> NoReturn:
    """Answer until nobody asks any more, and end without any of the farewells of the first process."""
    try:
        while (part := _received(asked)) is not None:
            answer = memoryview(_packed([look(unopened(glance, labels)) for glance, labels in part]))
            while answer:
                answer = answer[os.write(told, answer) :]
    finally:
        os._exit(0)


def _received(source: int) -> Any:
    """Return the next message; `None` where the other side has closed."""
    size = _exactly(source, _SIZE)
    message = _exactly(source, int.from_bytes(size, "big")) if size else None
    # what comes here was packed by this very program, in the other process
    return None if message is None else pickle.loads(message)  # noqa: S301


def _exactly(source: int, size: int) -> bytes | None:
    """Return so many bytes; `None` where the other side closed before."""
    parts = []
    while size:
        part = os.read(source, size)
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _packed(message: Sequence[object]) -> bytes:
    """Return a message with its length before it."""
    into = BytesIO()
    pickler = pickle.Pickler(into, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _AS_ARGUMENTS
    pickler.dump(message)
    return len(into.getbuffer()).to_bytes(_SIZE, "big") + into.getvalue()


def _by_arguments(kind: type) -> Callable[[object], tuple[type, tuple[object, ...]]]:
    """Return what packs a value as the arguments of its class: half the work of packing its state."""
    arguments = attrgetter(*(field.name for field in fields(kind)))
    return lambda value: (kind, arguments(value))


_AS_ARGUMENTS: dict[type, Callable[[Any], Any]] = {
    **dispatch_table,
    **{kind: _by_arguments(kind) for kind in (Glance, Letter, Looked, Mailbox, Origin, SetAside)},
}
