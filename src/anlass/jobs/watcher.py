"""One mailbox, watched until the end: look, wait, look again."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from anlass.channels.mail.account import Account
from anlass.channels.mail.line import waking
from anlass.channels.mail.secrets import Secrets
from anlass.desk.accounts.mail import opened
from anlass.desk.mail.watching import Looked, Office, Session
from anlass.jobs.manned import USUAL_PACE, Manned, Pace
from anlass.store.accounts.mail import Watch
from anlass.store.book import Book
from anlass.wires.trouble import Trouble


class Told(Protocol):
    """Hears of each look; tests wait for it."""

    def __call__(self, account: str, looked: Looked | None, trouble: str) -> None:
        """Hear what a look brought, or what stood in its way."""
        ...


def nobody(account: str, looked: Looked | None, trouble: str) -> None:
    """Hear nothing."""


class Watcher(Manned):
    """Watches one mailbox in a thread of its own."""

    locked_out = frozenset({Trouble.PASSWORD, Trouble.APP_PASSWORD, Trouble.NO_SECRET})

    def __init__(
        self,
        account: Account,
        office: Callable[[Callable[[], bool]], Office],
        secrets: Secrets,
        pace: Pace = USUAL_PACE,
        told: Told = nobody,
    ) -> None:
        super().__init__(account.name, secrets, pace)
        self.account, self._make_office, self._told = account, office, told
        self._waking = waking()
        self._ears, self._bell = self._waking.__enter__()

    def stop(self) -> None:
        """Ask the watcher to end as soon as nothing is in its hands."""
        self._over.set()
        self._bell.send(b".")

    def join(self, seconds: float | None = None) -> bool:
        """Wait for the end; return whether it came."""
        is_over = super().join(seconds)
        if is_over:
            self._waking.__exit__(None, None, None)
        return is_over

    def once(self) -> str:
        """Look everywhere one time; return the trouble that stood in the way, if any."""
        return self._guarded(self._look_once)

    def _write(self, book: Book, watch: Watch, trouble: str, now: datetime) -> None:
        book.mail.say(self.name, watch, trouble, now=now)

    def _tell(self, trouble: str) -> None:
        self._told(self.name, None, trouble)

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
                    # Who waits needs no line to the memory: a thousand mailboxes would hold a thousand.
                    session.office.book.close()
                    line.wait(seconds, self._ears)

    def _renewed(self) -> Office:
        """Return what there is to watch with now: the house rules may be others than before."""
        self._office = self._make_office(self._goes_on)
        return self._office

    def _look(self, session: Session, *, everywhere: bool = False) -> None:
        session.office.book.mail.be_patient()
        looked = session.look(everywhere=everywhere)
        self._say(Watch.OPEN)
        self._told(self.account.name, looked, "")
