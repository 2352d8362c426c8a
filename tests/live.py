"""A house with mailboxes that are watched, and what tests wait for: looks, never the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from queue import Queue
from threading import Thread
from time import monotonic

from anlass.bootstrap import Home
from anlass.channels.mail.account import Account, Folders, Server
from anlass.channels.mail.secrets import Secrets
from anlass.config import OwnerSettings, Settings
from anlass.desk.accounts.mail import keep, opened
from anlass.desk.mail.watching import Looked, begin
from anlass.jobs.manned import Pace
from anlass.jobs.work import Work
from anlass.store import open_book
from tests.servers import HOST, PASSWORD

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
QUICK = Pace(tick=0.1, poll=0.1, everywhere=3600, first=0.02, longest=0.1, locked_out=60)
"""A pace at which a test need not wait: what it waits for are events, whatever the pace."""
PATIENCE = 20.0
"""Seconds after which an event that does not come fails the test."""
REQUEST = (
    "Guten Tag,\n\nich heiße Sabine Krohn und organisiere die Lesereihe in Kiel. Ich habe Ihr Buch gelesen "
    "und möchte Sie fragen, ob wir in der nächsten Woche 15 Minuten telefonieren können. Ein Austausch "
    "wäre sicher inspirierend und bringt gegenseitige Impulse.\n\nMit freundlichen Grüßen\nSabine Krohn\n"
)
_FOLDERS = Folders()
Look = tuple[str, Looked | None, str]


def request(id_: str, *, sender: str = "Sabine Krohn <sabine@krohn.example>", to: str, **more: str) -> bytes:
    """Return a letter that asks for something."""
    head = {
        "From": sender,
        "To": to,
        "Subject": "Ein kurzer Austausch",
        "Date": "Sun, 22 Nov 2026 05:50:00 +0000",
        "Message-ID": f"<{id_}@krohn.example>",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    body = REQUEST + f"\nNr. {id_}\n"
    return (
        "".join(f"{name}: {value}\r\n" for name, value in head.items()).encode()
        + b"\r\n"
        + body.replace("\n", "\r\n").encode()
    )


@dataclass
class House:
    """One house in a folder of its own; what it hears of its looks waits in `looks`."""

    data: Path
    now: Callable[[], datetime] = lambda: NOW
    looks: Queue[Look] = field(default_factory=Queue)

    def __post_init__(self) -> None:
        settings = Settings(self.data, owner=OwnerSettings(name="Olga Wend", language="de"))
        self.home = Home(settings, "de", open_book(self.data))
        self.secrets = Secrets(self.data)

    def connect(
        self, name: str, port: int, folders: Folders = _FOLDERS, *, secret: str = PASSWORD
    ) -> Account:
        """Connect a mailbox of the private server, as `anlass connect` does."""
        address = f"{name}@anlass.example"
        account = Account(name, address, Server(HOST, port, "none"), None, address, folders=folders)
        self.secrets.put(name, secret, "file")
        keep(self.home.book, account, now=NOW)
        with opened(account, self.secrets) as line:
            begin(self.home.book, account, line)
        return account

    def work(self, pace: Pace = QUICK) -> Work:
        """Return the worker of this house, which tells of each look."""
        return Work(self.home, self.secrets, pace, self._tell, self.now)

    def once(self) -> dict[str, str]:
        """Let the worker look once into every mailbox."""
        return self.work().once()

    @contextmanager
    def working(self, pace: Pace = QUICK) -> Iterator[Work]:
        """Run the worker until the block ends, which it must do in order."""
        work = self.work(pace)
        self.looks = Queue()
        thread = Thread(target=work.run, daemon=True)
        thread.start()
        try:
            yield work
        finally:
            work.over.set()
            thread.join(PATIENCE)
            assert not thread.is_alive()

    def until(self, is_so: Callable[[Look], bool]) -> Look:
        """Wait for a look of which something is so."""
        end = monotonic() + PATIENCE
        while (left := end - monotonic()) > 0:
            look = self.looks.get(timeout=left)
            if is_so(look):
                return look
        raise AssertionError("No such look came.")

    def cases(self) -> list[str]:
        """Return the Message-IDs of all cases, oldest first."""
        kept = self.home.book.cases(limit=10_000).cases
        return sorted(str(one.case.request.message_id) for one in kept)

    def _tell(self, account: str, looked: Looked | None, trouble: str) -> None:
        self.looks.put((account, looked, trouble))


def brought(look: Look) -> bool:
    """Tell whether a look found new cases."""
    return bool(look[1] and look[1].cases)
