"""A mailbox that was just connected on a page: what lies there is read, and its newest requests are judged.

All of it becomes history in the ledger; judged is what came within the last weeks, so that the first cases
are there within minutes. Nothing in the mailbox is changed. Letters that come later are the worker's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock, Thread
from typing import Literal

from anlass.bootstrap import Home
from anlass.channels.mail.account import Account, login
from anlass.channels.mail.secrets import Secrets
from anlass.desk.accounts.connecting import Tested, Wish, candidates, try_all
from anlass.desk.accounts.mail import keep, key_to, opened
from anlass.desk.accounts.voice_of_mail import trouble_says
from anlass.desk.history.collecting import Progress
from anlass.desk.history.mailboxes import collect_mailbox, letters_of
from anlass.desk.mail.watching import begin
from anlass.desk.requests.screening import Desk, Judged, judged
from anlass.desk.voice.common import Lang
from anlass.doorman import Doorman
from anlass.errors import AnlassError
from anlass.intake import Recipient
from anlass.wires.hosts import is_on_the_internet
from anlass.wires.trouble import Trouble, WireError

RECENT = timedelta(days=60)
"""How old a letter may be to be judged at once."""


@dataclass(slots=True)
class Reading:
    """How far a first reading has come; one thread writes it, pages read it.

    `behind` of `count` letters are read, `cases` requests found. `trouble` is what stood in the way.
    """

    address: str
    step: Literal["letters", "cases", "done", "trouble"] = "letters"
    behind: int = 0
    count: int = 0
    cases: int = 0
    trouble: str = ""

    @property
    def goes_on(self) -> bool:
        """Tell whether there is more to be read."""
        return self.step in {"letters", "cases"}


@dataclass(slots=True)
class Readings:
    """The first readings of one house, by the names of its mailboxes; gone when the program ends."""

    _known: dict[str, Reading] = field(default_factory=dict)
    _one_at_a_time: Lock = field(default_factory=Lock)

    def of(self, name: str) -> Reading | None:
        """Return how far the reading of a mailbox has come."""
        return self._known.get(name)

    def any_goes_on(self) -> bool:
        """Tell whether anything is being read now."""
        return any(one.goes_on for one in self._known.values())

    def start(self, name: str, reading: Reading, work: Callable[[], None]) -> bool:
        """Read in a thread of its own; `False` where this mailbox is being read already."""
        with self._one_at_a_time:
            before = self._known.get(name)
            if before is not None and before.goes_on:
                return False
            self._known[name] = reading
        Thread(target=work, name=f"anlass first {name}", daemon=True).start()
        return True


def connect(
    home: Home, secrets: Secrets, wish: Wish, secret: str, *, is_guest: bool, now: datetime
) -> Tested:
    """Try a mailbox, and keep it where it can be read. Raises `ConfigError` for a server that is none.

    For a guest of a server its own network is not there: only servers on the internet are asked.
    """
    ways = tuple(one for one in candidates(wish) if not is_guest or _is_outside(one))
    if not ways:
        return Tested(candidates(wish)[0], trouble=Trouble.NO_SUCH_HOST)
    found = try_all(ways, secret, wish)
    if found.trouble is None:
        secrets.put(wish.name, secret)
        keep(home.book, found.account, now=now)
        with opened(found.account, secrets) as line:
            begin(home.book, found.account, line)
    return found


def _is_outside(account: Account) -> bool:
    servers = (account.imap, account.smtp) if account.smtp else (account.imap,)
    return all(is_on_the_internet(one.host) and one.security != "none" for one in servers)


def read_first(
    home: Home, account: Account, secrets: Secrets, doorman: Doorman, reading: Reading,
    *, now: datetime, lang: Lang,
) -> None:  # fmt: skip
    """Read a mailbox and judge what came lately; how far it is stands in `reading`, and what went wrong."""
    try:
        _collect(home, account, secrets, reading, now)
        reading.step = "cases"
        _judge(home, account, secrets, doorman, reading=reading, now=now)
        reading.step = "done"
    except WireError as error:
        reading.trouble = trouble_says(error.trouble, account, lang)
    except AnlassError:
        reading.trouble = trouble_says("store", account, lang)
    finally:
        if reading.step != "done":
            reading.trouble = reading.trouble or trouble_says("broken", account, lang)
            reading.step = "trouble"
        home.book.close()


def _collect(home: Home, account: Account, secrets: Secrets, reading: Reading, now: datetime) -> None:
    def watch(count: int) -> Progress:
        reading.count = count
        return progress

    def progress(behind: int) -> None:
        reading.behind = behind

    settings = home.settings
    collect_mailbox(
        home.book,
        login(account, key_to(account, secrets)),
        owner=settings.owner.addresses,
        trusted=settings.mail.trusted_servers,
        now=now,
        region=settings.owner.country,
        watch=watch,
    )


def _judge(
    home: Home, account: Account, secrets: Secrets, doorman: Doorman, *, reading: Reading, now: datetime
) -> None:
    there = login(account, key_to(account, secrets))
    me = Recipient(home.settings.owner.name, home.settings.owner.about)
    with letters_of(there) as again:
        desk = Desk(home.book, doorman, me, now, reread=again)
        recent = (
            one
            for one in home.book.letters_below([there.place])
            if one.sent_at is not None and one.sent_at >= now - RECENT
        )
        for outcome in judged(desk, recent):
            reading.cases += isinstance(outcome, Judged) and outcome.is_new
