"""One worker for all owners of a server: it goes round, and each mailbox is watched beside that.

Whose house somebody else works in already is left out, and looked at again in the next round: so a second
worker stands by, and takes over house by house what the first one puts down.
"""

from __future__ import annotations

import logging
import resource
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from threading import Event

from anlass.bootstrap import Home, home_of
from anlass.channels.mail.secrets import Secrets, system_ring
from anlass.errors import AnlassError, StoreError
from anlass.jobs.lock import only_worker
from anlass.jobs.manned import broken_by
from anlass.jobs.work import NEW_ACCOUNTS, Work

LOG = logging.getLogger("anlass.work")


@dataclass(slots=True)
class _Kept:
    """The work in one house, and the locks that are held meanwhile."""

    work: Work
    locks: ExitStack


@dataclass(slots=True)
class Rounds:
    """All houses of the server whose home is given; `over` ends the round in order.

    `wait` is how many seconds lie between two rounds; `longest` becomes what the longest round took.
    """

    server: Home
    over: Event = field(default_factory=Event)
    wait: float = NEW_ACCOUNTS
    longest: float = 0.0
    _kept: dict[str, _Kept] = field(default_factory=dict)
    _broken: dict[str, str] = field(default_factory=dict)
    """What was said of houses that cannot be worked in; it is said again when it is something else."""

    def run(self) -> None:
        """Go round until `over` is set; then put everything down in order."""
        _let_many_files_be_open()
        while not self.over.is_set():
            began = time.monotonic()
            self.once()
            self.longest = max(self.longest, time.monotonic() - began)
            self.over.wait(self.wait)
        for one in self._kept.values():
            one.work.hush()
        for owner in list(self._kept):
            self._put_down(owner)

    def once(self) -> int:
        """Go round one time; return in how many houses there is work of ours."""
        try:
            owners = self.server.book.gate.owners()
        except StoreError as error:
            LOG.warning("the memory cannot be read (%s)", type(error).__name__)
            return len(self._kept)
        for owner in [one for one in self._kept if one not in owners]:
            self._put_down(owner)
        for owner in owners:
            if self.over.is_set():
                break
            self._visit(owner)
        return len(self._kept)

    def _visit(self, owner: str) -> None:
        """Take the steps of one house; what breaks there stops no other's, and is said once."""
        error = broken_by(lambda: self._step(owner))
        before = self._broken.pop(owner, "")
        if error is not None:
            self._broken[owner] = f"{type(error).__name__}: {error}"
            if self._broken[owner] != before:
                LOG.warning("%s: the house cannot be worked in (%s)", owner, type(error).__name__)
        elif before:
            LOG.warning("%s: the house can be worked in again", owner)

    def _step(self, owner: str) -> None:
        kept = self._kept.get(owner) or self._taken_up(owner)
        if kept is not None and not kept.work.tick():
            self._put_down(owner)

    def _taken_up(self, owner: str) -> _Kept | None:
        """Begin to work in a house; `None` where somebody else does."""
        with ExitStack() as locks:
            home = home_of(self.server, owner)
            if not locks.enter_context(only_worker(home.settings.data)):
                return None
            if not home.book.mail.is_only_worker():
                return None
            work = Work(home, Secrets(home.settings.data, system_ring()), over=self.over)
            self._kept[owner] = _Kept(work, locks.pop_all())
        return self._kept[owner]

    def _put_down(self, owner: str) -> None:
        kept = self._kept.pop(owner)
        try:
            kept.work.leave()
        except AnlassError as error:
            LOG.warning("%s: not left in order (%s)", owner, type(error).__name__)
        finally:
            kept.locks.close()


def _let_many_files_be_open() -> None:
    """Let this process have as many files open as the system allows: each mailbox takes a few."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
