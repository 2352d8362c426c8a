"""A post that stays manned: one thread that works until the end, and tries again whatever breaks.

The intervals are those of a clock that never jumps, each wait twice as long as the one before. A server that
says the password is wrong is not asked again and again, or it would lock the owner out: it is asked when the
password has changed.
"""

from __future__ import annotations

import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Event, Thread
from typing import ClassVar

from anlass.channels.mail.secrets import Secrets
from anlass.desk.mail.watching import Ended, Office
from anlass.errors import EdgeError, StoreError
from anlass.store.accounts.mail import Watch
from anlass.store.book import Book
from anlass.wires.trouble import Trouble, WireError

LOG = logging.getLogger("anlass.work")


@dataclass(frozen=True, slots=True)
class Pace:
    """How often what is done, in seconds.

    `tick`: a look near at hand, also where nothing was told; `poll` the same for servers that tell nothing.
    `everywhere`: a look into all folders. `first` to `longest`: the waits after troubles, each twice as long
    as the one before; `locked_out`: the wait after a wrong password that has not changed.
    """

    tick: float = 60
    poll: float = 30
    everywhere: float = 900
    first: float = 1
    longest: float = 300
    locked_out: float = 3600


USUAL_PACE = Pace()


class Manned(ABC):
    """The thread of one account; what it does there, and where it is written down, its kind says."""

    locked_out: ClassVar[frozenset[str]]
    """Troubles that only the owner mends, by another password."""

    def __init__(self, name: str, secrets: Secrets, pace: Pace) -> None:
        self.name, self._secrets, self._pace = name, secrets, pace
        self._office: Office | None = None
        self._over = Event()
        self._thread = Thread(target=self._run, name=f"anlass {name}", daemon=True)

    @abstractmethod
    def _watch(self) -> None:
        """Work until the end; raises what stands in the way."""

    @abstractmethod
    def _write(self, book: Book, watch: Watch, trouble: str, now: datetime) -> None:
        """Write down how it goes."""

    @abstractmethod
    def _tell(self, trouble: str) -> None:
        """Tell whoever wants to hear what stood in the way."""

    def _named(self, error: Exception) -> str:
        return _trouble_of(error)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def join(self, seconds: float | None = None) -> bool:
        """Wait for the end; return whether it came."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _goes_on(self) -> bool:
        return not self._over.is_set()

    def _run(self) -> None:
        pause = self._pace.first
        while self._goes_on():
            began = time.monotonic()
            trouble = self._guarded(self._watch)
            if not trouble:
                break
            if time.monotonic() - began > self._pace.longest:
                pause = self._pace.first
            if trouble in self.locked_out:
                self._await_secret(trouble)
            else:
                self._over.wait(pause)
                pause = min(2 * pause, self._pace.longest)
        self._say(Watch.STOPPED)
        if self._office is not None:
            self._office.book.close()

    def _guarded(self, work: Callable[[], None]) -> str:
        """Do something; return the trouble it ran into, said in the log and written into the book."""
        error = broken_by(work)
        if error is None:
            return ""
        trouble = self._named(error)
        LOG.warning("%s: %s (%s)", self.name, trouble, _kind_of(error))
        self._say(Watch.TROUBLED, trouble)
        self._tell(trouble)
        return trouble

    def _await_secret(self, trouble: str) -> None:
        """Wait until the password is another one, for a while; and say that somebody is waiting."""
        before, until = self._secrets.get(self.name), time.monotonic() + self._pace.locked_out
        while self._goes_on() and time.monotonic() < until:
            self._over.wait(self._pace.poll)
            self._say(Watch.TROUBLED, trouble)
            if self._secrets.get(self.name) != before:
                return

    def _say(self, watch: Watch, trouble: str = "") -> None:
        """Write down how it goes; a memory that cannot be written now is told later."""
        office = self._office
        try:
            if office is not None:
                self._write(office.book, watch, trouble, office.now())
        except StoreError as error:
            LOG.warning("%s: the memory takes nothing (%s)", self.name, type(error).__name__)


def broken_by(work: Callable[[], None]) -> Exception | None:
    """Do something; return what it broke by, `None` where it ended well or was told to."""
    try:
        work()
    except Ended:
        return None
    except Exception as error:  # noqa: BLE001 - whatever breaks, the door stays manned
        return error
    return None


def _kind_of(error: Exception) -> str:
    """Name an error for the log; of a door that broke also the line of the program that it broke in."""
    if isinstance(error, WireError) and error.trouble is Trouble.BROKEN:
        return error.says
    return type(error).__name__


def _trouble_of(error: Exception) -> str:
    """Name the trouble that an error means."""
    if isinstance(error, WireError):
        return error.trouble.value
    if isinstance(error, StoreError):
        return "store"
    return "server" if isinstance(error, EdgeError) else "broken"
