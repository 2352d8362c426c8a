"""Who is at work in a data folder: a lock for each kind of program, which the system lets go of with it."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

WORK, SERVE = "work.lock", "serve.lock"
"""The locks of `anlass work`, of which there is one, and of `anlass serve`, of which there may be several."""


@contextmanager
def present(data: Path, name: str = SERVE) -> Iterator[None]:
    """Say, until the end, that a program is at work here, beside others of its kind."""
    with (data / name).open("a", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


@contextmanager
def alone_in(data: Path) -> Iterator[str]:
    """Keep all programs out until the end; yields the lock of one that is at work, "" where none is."""
    with ExitStack() as stack:
        for name in (WORK, SERVE):
            if not (data / name).exists():
                continue
            file = stack.enter_context((data / name).open("a", encoding="ascii"))
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield name
                return
        yield ""
