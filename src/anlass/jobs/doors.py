"""The doors of chat networks, each watched until the end beside the mailboxes: look, take in, answer, wait.

Whatever breaks is tried again later, each time after a longer wait. A server that does not take the password
is not asked again and again: it is asked when the secret has changed.
"""

from __future__ import annotations

import logging
import os
import secrets as chance
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Event, Lock, Thread
from typing import Protocol

from anlass.channels.mail.secrets import Secrets
from anlass.channels.networks.account import NetworkAccount
from anlass.channels.networks.door import Door
from anlass.desk.at_the_door import Doorstep, TakenIn, take_in
from anlass.desk.judging import Bench
from anlass.desk.network_accounts import LACKING, network_accounts, opened_door
from anlass.desk.posting import PostOffice, post
from anlass.desk.teaching import as_taught
from anlass.desk.watching import Office
from anlass.errors import StoreError, UserError
from anlass.jobs.watcher import Pace, broken_by, named
from anlass.replies.silence import USUAL
from anlass.store.book import Book
from anlass.store.mail import Watch
from anlass.wires.trouble import Trouble

LOG = logging.getLogger("anlass.work")
_LOCKED_OUT = frozenset({Trouble.PASSWORD, Trouble.NO_SECRET, LACKING})
_WORKER = f"{os.getpid()}-{chance.token_hex(6)}"
USUAL_PACE = Pace()
_MOST_AT_ONCE = 15.0
"""Seconds between two looks at what is to leave by a door."""


class ToldOfDoor(Protocol):
    """Hears of each look at a door; tests wait for it."""

    def __call__(self, account: str, taken: TakenIn | None, trouble: str) -> None:
        """Hear what a look brought, or what stood in its way."""
        ...


def silence(account: str, taken: TakenIn | None, trouble: str) -> None:
    """Hear nothing."""


class DoorWatcher:
    """Watches the door of one account in a thread of its own."""

    def __init__(
        self,
        account: NetworkAccount,
        office: Callable[[Callable[[], bool]], Office],
        secrets: Secrets,
        pace: Pace = USUAL_PACE,
        told: ToldOfDoor = silence,
    ) -> None:
        self.account = account
        self._make_office, self._secrets, self._pace, self._told = office, secrets, pace, told
        self._office: Office | None = None
        self._door: Door | None = None
        self._over, self._one = Event(), Lock()
        self._thread = Thread(target=self._run, name=f"anlass {account.name}", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the watcher to end as soon as nothing is in its hands."""
        self._over.set()
        with self._one:
            if self._door is not None:
                self._door.wake()

    def join(self, seconds: float | None = None) -> bool:
        """Wait for the end; return whether it came."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def once(self) -> str:
        """Look one time; return the trouble that stood in the way, if any."""
        return self._guarded(self._look)

    def _run(self) -> None:
        pause = self._pace.first
        while not self._over.is_set():
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

    def _watch(self, door: Door) -> None:
        """Look, answer and wait until the end; raises what stands in the way."""
        while not self._over.is_set():
            self._look(door)
            door.wait(min(self._pace.tick, _MOST_AT_ONCE))

    def _look(self, door: Door) -> None:
        """Take in what asks, hand over what is due, and write down that all went well."""
        office = self._renewed()
        book, account = office.book, self.account
        bench = Bench(book, as_taught(office.doorman, book), office.now(), office.advice)
        taken = take_in(Doorstep(bench, account, office.me, office.answering), door.look(self._mark(book)))
        if book.outbox.is_due(now=office.now(), way=account.name):
            terms = office.answering.terms if office.answering else USUAL
            desk = PostOffice(door, _WORKER, office.now, None, terms, account=account.name)
            for posted in post(book, desk):
                LOG.info("%s: a letter: %s", account.name, posted.result.fate)
        if taken.fresh or taken.changed or taken.ended:
            LOG.info(
                "%s: new cases %d, changed %d, ended %d",
                *(account.name, len(taken.fresh), len(taken.changed), taken.ended),
            )
        self._say(Watch.OPEN)
        self._told(account.name, taken, "")

    def _mark(self, book: Book) -> str:
        return book.networks.mark(self.account.name)

    def _renewed(self) -> Office:
        """Return what there is to judge with now: the house rules may be others than before."""
        made = self._make_office(lambda: not self._over.is_set())
        if self._office is not None:
            made = replace(made, book=self._office.book)
        else:
            made.book.mail.be_patient()
        self._office = made
        return made

    def _guarded(self, work: Callable[[Door], None]) -> str:
        """Open the door and do something; return the trouble it ran into, said and written down."""
        error = broken_by(lambda: self._with_door(work))
        if error is None:
            return ""
        trouble = LACKING if isinstance(error, UserError) else named(error)
        LOG.warning("%s: %s (%s)", self.account.name, trouble, type(error).__name__)
        self._say(Watch.TROUBLED, trouble)
        self._told(self.account.name, None, trouble)
        return trouble

    def _with_door(self, work: Callable[[Door], None]) -> None:
        if self._office is None:
            self._renewed()
        door = opened_door(self.account, self._secrets.get(self.account.name))
        try:
            with self._one:
                self._door = door
            work(door)
        finally:
            with self._one:
                self._door = None
            door.close()

    def _await_secret(self, trouble: str) -> None:
        """Wait until the secret is another one, for a while; and say that somebody is waiting."""
        before, until = self._secrets.get(self.account.name), time.monotonic() + self._pace.locked_out
        while not self._over.is_set() and time.monotonic() < until:
            self._over.wait(self._pace.poll)
            self._say(Watch.TROUBLED, trouble)
            if self._secrets.get(self.account.name) != before:
                return

    def _say(self, watch: Watch, trouble: str = "") -> None:
        """Write down how it goes; a memory that cannot be written now is told later."""
        office = self._office
        try:
            if office is not None:
                office.book.networks.say(self.account.name, watch, trouble, now=office.now())
        except StoreError as error:
            LOG.warning("%s: the memory takes nothing (%s)", self.account.name, type(error).__name__)


@dataclass(slots=True)
class Doors:
    """All doors of one house; `make` makes the watcher of one."""

    make: Callable[[NetworkAccount], DoorWatcher]
    _watchers: dict[str, DoorWatcher] = field(default_factory=dict)

    def take_up(self, book: Book, seconds: float) -> None:
        """Watch the doors that there are now, each as it is connected now."""
        wanted = {one.name: one for one in network_accounts(book)}
        for name, watcher in list(self._watchers.items()):
            if wanted.get(name) != watcher.account:
                watcher.stop()
                watcher.join(seconds)
                del self._watchers[name]
        for name, account in wanted.items():
            if name not in self._watchers:
                self._watchers[name] = self.make(account)
                self._watchers[name].start()

    def once(self, book: Book) -> dict[str, str]:
        """Look at every door one time; return what stood in the way of each."""
        return {one.name: self.make(one).once() for one in network_accounts(book)}

    def end(self, seconds: float) -> None:
        """Leave every door in order."""
        for watcher in self._watchers.values():
            watcher.stop()
        for name, watcher in self._watchers.items():
            if not watcher.join(seconds):
                LOG.warning("%s: did not end in time", name)
        self._watchers.clear()
