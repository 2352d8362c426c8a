"""One mailbox, watched until the end: look, wait, look again; and whatever breaks is tried again later.

The intervals are those of a clock that never jumps. A server that says the password is wrong is not asked
again and again, or it would lock the owner out: it is asked when the password has changed.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread
from typing import Protocol

from anlass.channels.mail.account import Account
from anlass.channels.mail.line import waking
from anlass.channels.mail.secrets import Secrets
from anlass.desk.mail_accounts import opened
from anlass.desk.watching import Ended, Looked, Office, Session
from anlass.errors import AnlassError, EdgeError, StoreError
from anlass.store.mail import Watch
from anlass.wires.trouble import Trouble, WireError

LOG = logging.getLogger("anlass.work")
_LOCKED_OUT = frozenset({Trouble.PASSWORD, Trouble.APP_PASSWORD, Trouble.NO_SECRET})


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


class Told(Protocol):
    """Hears of each look; tests wait for it."""

    def __call__(self, account: str, looked: Looked | None, trouble: str) -> None:
        """Hear what a look brought, or what stood in its way."""
        ...


def nobody(account: str, looked: Looked | None, trouble: str) -> None:
    """Hear nothing."""


class Watcher:
    """Watches one mailbox in a thread of its own."""

    def __init__(
        self,
        account: Account,
        office: Callable[[Callable[[], bool]], Office],
        secrets: Secrets,
        pace: Pace = Pace(),
        told: Told = nobody,
    ) -> None:
        self.account = account
        self._make_office, self._secrets, self._pace, self._told = office, secrets, pace, told
        self._office: Office | None = None
        self._over = Event()
        self._waking = waking()
        self._ears, self._bell = self._waking.__enter__()
        self._thread = Thread(target=self._run, name=f"anlass {account.name}", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the watcher to end as soon as nothing is in its hands."""
        self._over.set()
        self._bell.send(b".")

    def join(self, seconds: float | None = None) -> bool:
        """Wait for the end; return whether it came."""
        self._thread.join(seconds)
        if not self._thread.is_alive():
            self._waking.__exit__(None, None, None)
        return not self._thread.is_alive()

    def once(self) -> str:
        """Look everywhere one time; return the trouble that stood in the way, if any."""
        return self._guarded(self._look_once)

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
            if trouble in _LOCKED_OUT:
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
        trouble = named(error)
        LOG.warning("%s: %s (%s)", self.account.name, trouble, _safely(error))
        self._say(Watch.TROUBLED, trouble)
        self._told(self.account.name, None, trouble)
        return trouble

    def _look_once(self) -> None:
        office = self._renewed()
        with opened(self.account, self._secrets) as line:
            session = Session(office, self.account, line)
            self._look(session, everywhere=True)
            if session.is_news():
                self._look(session)

    def _watch(self) -> None:
        """Look and wait until the end; raises what stands in the way."""
        office = self._renewed()
        with opened(self.account, self._secrets) as line:
            session = Session(office, self.account, line)
            seconds = self._pace.tick if line.can("IDLE") else self._pace.poll
            last = -self._pace.everywhere
            while self._goes_on():
                if is_all := time.monotonic() - last >= self._pace.everywhere:
                    last = time.monotonic()
                    session.office = self._renewed()
                    session.renew()
                self._look(session, everywhere=is_all)
                # What came while we looked would wake nobody.
                if not session.is_news() and self._goes_on():
                    line.wait(seconds, self._ears)

    def _renewed(self) -> Office:
        """Return what there is to watch with now: the house rules may be others than before."""
        self._office = self._make_office(self._goes_on)
        self._office.book.mail.be_patient()
        return self._office

    def _look(self, session: Session, *, everywhere: bool = False) -> None:
        looked = session.look(everywhere=everywhere)
        self._say(Watch.OPEN)
        self._told(self.account.name, looked, "")

    def _await_secret(self, trouble: str) -> None:
        """Wait until the password is another one, for a while; and say that somebody is waiting."""
        before, until = self._secrets.get(self.account.name), time.monotonic() + self._pace.locked_out
        while self._goes_on() and time.monotonic() < until:
            self._over.wait(self._pace.poll)
            self._say(Watch.TROUBLED, trouble)
            if self._secrets.get(self.account.name) != before:
                return

    def _say(self, watch: Watch, trouble: str = "") -> None:
        """Write down how it goes; a memory that cannot be written now is told later."""
        office = self._office
        try:
            if office is not None:
                office.book.mail.say(self.account.name, watch, trouble, now=office.now())
        except StoreError as error:
            LOG.warning("%s: the memory takes nothing (%s)", self.account.name, type(error).__name__)


def broken_by(work: Callable[[], None]) -> Exception | None:
    """Do something; return what it broke by, `None` where it ended well or was told to."""
    try:
        work()
    except Ended:
        return None
    except Exception as error:  # noqa: BLE001 - whatever breaks, the door stays manned
        return error
    return None


def named(error: Exception) -> str:
    """Name the trouble that an error means."""
    if isinstance(error, WireError):
        return error.trouble.value
    if isinstance(error, StoreError):
        return "store"
    return "server" if isinstance(error, EdgeError) else "broken"


def _safely(error: Exception) -> str:
    """Say what happened without a word of a letter: the house's own words, of others the kind alone."""
    return (
        str(error)
        if isinstance(error, AnlassError) and not isinstance(error, StoreError)
        else type(error).__name__
    )
