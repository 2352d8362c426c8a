"""The doorman at the door: all mailboxes are watched, new ones are taken up, until somebody says stop."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from threading import Event, Lock

from anlass.bootstrap import Home, open_home
from anlass.channels.mail.account import Account
from anlass.channels.mail.secrets import Secrets
from anlass.desk.accounts.mail import accounts
from anlass.desk.door.taking import porter_of, sweep, take_in
from anlass.desk.gatherings.hosting import delete_due
from anlass.desk.learning.notices import recipes_in
from anlass.desk.mail.watching import Office
from anlass.desk.outgoing.answering import answering_of
from anlass.desk.outgoing.outbox import writer_of
from anlass.desk.programs.announcing import Herald, announce
from anlass.desk.requests.advising import advice_of
from anlass.desk.requests.on_duty import OnDuty
from anlass.desk.safekeeping.heartbeat import Pulse
from anlass.desk.safekeeping.packing import pack_due
from anlass.desk.safekeeping.retention import let_go
from anlass.desk.time.digest_mail import is_on, send_due
from anlass.desk.wishes.holding import hold_rounds
from anlass.desk.wishes.keys import key_ring
from anlass.doorman import Doorman
from anlass.errors import StoreError
from anlass.intake import Recipient
from anlass.jobs.doors import Doors, DoorWatcher, ToldOfDoor, silence
from anlass.jobs.manned import Pace
from anlass.jobs.out import WORKER, Out
from anlass.jobs.watcher import Told, Watcher, nobody

LOG = logging.getLogger("anlass.work")
NEW_ACCOUNTS = 10.0
"""Seconds between two looks at which mailboxes there are."""
_JUMP = 120.0
"""Seconds by which a clock may be set right without anybody being told."""
_FAR = 43_200.0
"""Seconds that a clock was set ahead by, from which on it is not believed at once."""
_DOUBT = 3_600.0
"""Seconds for which nothing is deleted then: until whoever looks after the clock has set it right."""
_PATIENCE = 60.0
"""Seconds that a mailbox may take to be left in order."""


def moment() -> datetime:
    """Return the time, in UTC and whole seconds, as the book keeps it."""
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - the worker is where the clock is read


@dataclass(slots=True)
class Work:
    """All mailboxes and doors of one house, each watched in a thread of its own."""

    home: Home
    secrets: Secrets
    pace: Pace = field(default_factory=Pace)
    told: Told = nobody
    now: Callable[[], datetime] = moment
    over: Event = field(default_factory=Event)
    told_of_door: ToldOfDoor = silence
    _doors: Doors = field(init=False)
    _pulse: Pulse = field(init=False)
    _watchers: dict[str, Watcher] = field(default_factory=dict)
    _on_duty: OnDuty | None = None
    _let_go_on: date | None = None
    _one_at_a_time: Lock = field(default_factory=Lock)
    _clock: tuple[float, datetime] | None = None
    _doubts_until: float = 0.0

    def __post_init__(self) -> None:
        self._pulse = Pulse(self.home.settings.data)
        self._doors = Doors(
            lambda account: DoorWatcher(account, self._office, self.secrets, self.pace, self.told_of_door)
        )

    def run(self) -> None:
        """Watch until `over` is set; then leave each mailbox in order."""
        while not self.over.is_set() and self.tick():
            self.over.wait(NEW_ACCOUNTS)
        self.leave()

    def tick(self) -> bool:
        """Take up the mailboxes that there are and take every step; `False` where somebody else watches."""
        self._mind_the_clock()
        try:
            if not self.home.book.mail.is_only_worker():
                LOG.warning("another machine watches over this house")
                return False
            with self._pulse.step("mailboxes"):
                self._take_up()
                self._doors.take_up(self.home.book, _PATIENCE)
            self._steps()
            self._pulse.beat(self.now().timestamp())
        except StoreError as error:
            LOG.warning("the memory cannot be read (%s)", type(error).__name__)
        return True

    def hush(self) -> None:
        """Ask all watchers to end as soon as nothing is in their hands."""
        for watcher in self._watchers.values():
            watcher.stop()

    def leave(self) -> None:
        """Leave each mailbox in order, and take away the sign of life."""
        self.hush()
        for name, watcher in self._watchers.items():
            if not watcher.join(_PATIENCE):
                LOG.warning("%s: did not end in time", name)
        self._watchers.clear()
        self._doors.end(_PATIENCE)
        self._pulse.end()

    def once(self) -> dict[str, str]:
        """Look into every mailbox one time; return those with a trouble, and what it was."""
        troubles = {one.name: self._watcher(one).once() for one in accounts(self.home.book)}
        troubles |= self._doors.once(self.home.book)
        self._steps()
        return {name: trouble for name, trouble in troubles.items() if trouble}

    def _steps(self) -> None:
        """Take every step that is not a mailbox's, one after the other.

        Those that cannot be taken back, where by the clock alone something is deleted or revealed, wait while
        the clock is in doubt.
        """
        steps = {"door": self._take_in, "outbox": self._post, "packing": self._pack}
        if time.monotonic() >= self._doubts_until:
            steps |= {"hosting": self._delete_hosted, "wishes": self._hold_rounds, "retention": self._let_go}
        for name, step in steps.items():
            with self._pulse.step(name):
                step()

    def _mind_the_clock(self) -> None:
        """Say in the log that the clock jumped: what was due may go earlier or later than was said.

        What a clock that was set far ahead would delete cannot be had back: that waits, and a clock that is
        set back in the meantime deletes nothing.
        """
        stands = time.monotonic(), self.now()
        if self._clock is not None:
            went = (stands[1] - self._clock[1]).total_seconds() - (stands[0] - self._clock[0])
            if abs(went) > _JUMP:
                LOG.warning("the clock jumped by %d seconds (set anew, or this machine slept)", went)
            if abs(went) > _FAR:
                self._doubts_until = time.monotonic() + _DOUBT if went > 0 else 0.0
        self._clock = stands

    def _take_up(self) -> None:
        """Watch the mailboxes that there are now, each as it is connected now."""
        wanted = {one.name: one for one in accounts(self.home.book)}
        for name, watcher in list(self._watchers.items()):
            if wanted.get(name) != watcher.account:
                watcher.stop()
                watcher.join(_PATIENCE)
                del self._watchers[name]
        for name, account in wanted.items():
            if name not in self._watchers:
                self._watchers[name] = self._watcher(account)
                self._watchers[name].start()

    def _take_in(self) -> None:
        """Make cases of the letters at the door whose address is confirmed."""
        if not any(self.home.book.door.confirmed()):
            return
        for _ in take_in(porter_of(self.home, self._present_doorman()), now=self.now()):
            LOG.info("a letter at the door became a case")
        sweep(self.home.book, self.home.settings, now=self.now())

    def _post(self) -> None:
        """Hand over the letters that are due, where a mailbox lets them out; tell programs what happened."""
        self._put_digest()
        for posted in self._out.once():
            LOG.info("a letter: %s", posted.result.fate)
        for announced in announce(self.home.book, self._herald):
            LOG.info("a webhook: %s", announced.fate)

    @property
    def _herald(self) -> Herald:
        return Herald(WORKER, self.now, self.home.settings.webhooks.local_hosts, self.home.lang)

    def _put_digest(self) -> None:
        """Put the month's letter to the owner into the outbox, where it is wanted and not there yet."""
        home = self.home
        if is_on(home.book):
            send_due(home.book, writer_of(home), now=self.now().astimezone(), lang=home.lang)

    def _delete_hosted(self) -> None:
        """Delete everything of events whose clock has run out."""
        for one in delete_due(self.home.book, ring=lambda: key_ring(self.home.settings), now=self.now()):
            LOG.info("a hosted event was deleted: proof %s", one.proof)

    def _hold_rounds(self) -> None:
        """Take the steps of rounds of wishes that are due; their troubles are not those of mailboxes."""
        for step in hold_rounds(self.home, now=self.now()):
            LOG.info("wishes: %s", step)

    def _let_go(self) -> None:
        """Delete, once a day, the cases that have stayed as long as the owner chose."""
        today = self.now().date()
        if self._let_go_on != today and (gone := let_go(self.home.book, now=self.now())):
            LOG.info("%d cases were kept long enough and are deleted, %d rows left", gone.cases, gone.left)
        self._let_go_on = today

    def _pack(self) -> None:
        """Pack everything to take along, where the owner asked for it."""
        if path := pack_due(self.home, self.secrets, now=self.now()):
            LOG.info("an export was packed (%d bytes)", path.stat().st_size)

    @property
    def _out(self) -> Out:
        return Out(self.home, self.secrets, self.now)

    def _watcher(self, account: Account) -> Watcher:
        return Watcher(account, self._office, self.secrets, self.pace, self.told)

    def _office(self, goes_on: Callable[[], bool]) -> Office:
        """Return what one mailbox is watched with: a book of its own, and the doorman of all."""
        home, settings = self.home, self.home.settings
        book = open_home(str(settings.data)).book
        return Office(
            book,
            self._present_doorman(),
            Recipient(settings.owner.name, settings.owner.about),
            self.now,
            settings.owner.country,
            settings.mail.trusted_servers,
            advice_of(replace(home, book=book)),
            answering_of(replace(home, book=book)),
            recipes_in(settings.data)[0],
            goes_on,
        )

    def _present_doorman(self) -> Doorman:
        """Return the doorman with the house rules as they are now; what he reads with is loaded once.

        House rules that cannot be used do not hold: the last good ones go on, and the log says so.
        """
        with self._one_at_a_time:
            self._on_duty = self._on_duty or OnDuty(self.home)
            for problem in self._on_duty.problems():
                LOG.warning("house rules: %s", problem)
            return self._on_duty.doorman()
