"""The doors of chat networks, each watched until the end beside the mailboxes: look, answer, wait."""

from __future__ import annotations

import os
import secrets as chance
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock
from typing import Protocol

from anlass.channels.mail.secrets import Secrets
from anlass.channels.networks.account import NetworkAccount
from anlass.channels.networks.door import Door
from anlass.desk.accounts.networks import network_accounts, opened_door
from anlass.desk.learning.teaching import as_taught
from anlass.desk.mail.watching import Office
from anlass.desk.networks.at_the_door import Doorstep, TakenIn, take_in
from anlass.desk.outgoing.posting import PostOffice, post
from anlass.desk.requests.judging import Bench
from anlass.jobs.manned import LOG, USUAL_PACE, Manned, Pace
from anlass.replies.silence import USUAL
from anlass.store.accounts.mail import Watch
from anlass.store.book import Book
from anlass.wires.trouble import Trouble

_WORKER = f"{os.getpid()}-{chance.token_hex(6)}"
_MOST_AT_ONCE = 15.0
"""Seconds between two looks at what is to leave by a door."""


class ToldOfDoor(Protocol):
    """Hears of each look at a door; tests wait for it."""

    def __call__(self, account: str, taken: TakenIn | None, trouble: str) -> None:
        """Hear what a look brought, or what stood in its way."""
        ...


def silence(account: str, taken: TakenIn | None, trouble: str) -> None:
    """Hear nothing."""


class DoorWatcher(Manned):
    """Watches the door of one account in a thread of its own."""

    locked_out = frozenset({Trouble.PASSWORD, Trouble.NO_SECRET, Trouble.LACKING, Trouble.NO_DOOR})

    def __init__(
        self,
        account: NetworkAccount,
        office: Callable[[Callable[[], bool]], Office],
        secrets: Secrets,
        pace: Pace = USUAL_PACE,
        told: ToldOfDoor = silence,
    ) -> None:
        super().__init__(account.name, secrets, pace)
        self.account, self._make_office, self._told = account, office, told
        self._door: Door | None = None
        self._one = Lock()

    def stop(self) -> None:
        """Ask the watcher to end as soon as nothing is in its hands."""
        self._over.set()
        with self._one:
            if self._door is not None:
                self._door.wake()

    def once(self) -> str:
        """Look one time; return the trouble that stood in the way, if any."""
        return self._guarded(lambda: self._with_door(self._look))

    def _watch(self) -> None:
        self._with_door(self._stay)

    def _write(self, book: Book, watch: Watch, trouble: str, now: datetime) -> None:
        book.networks.say(self.name, watch, trouble, now=now)

    def _tell(self, trouble: str) -> None:
        self._told(self.name, None, trouble)

    def _stay(self, door: Door) -> None:
        """Look, answer and wait until the end; raises what stands in the way."""
        while self._goes_on():
            self._look(door)
            if self._office is not None:
                self._office.book.close()  # who waits needs no line to the memory
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
        made = self._make_office(self._goes_on)
        if self._office is not None:
            made = replace(made, book=self._office.book)
        made.book.mail.be_patient()
        self._office = made
        return made

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
