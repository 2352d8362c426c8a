"""One worker for one house: the second one learns that there is a first."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from anlass.desk.safekeeping.presence import WORK as FILE


@contextmanager
def only_worker(data: Path) -> Iterator[bool]:
    """Hold the lock of the data folder; yields `False` where another worker holds it.

    The system lets go of it with the process, however that ends; the number in the file is for people.
    """
    with (data / FILE).open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield True
