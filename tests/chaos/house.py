"""The house that faults come upon: mailbox, way out, door, a round of wishes, a webhook, pages, a worker.

Everything it talks to it reaches by wires that can be cut. Its processes are those of `anlass`, and the test
keeps them going as a system would: whoever ends is started again.
"""

from __future__ import annotations

import http.client
import json
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

from anlass.channels.mail.account import Account, Server
from anlass.channels.mail.secrets import Secrets
from anlass.config import load_settings
from anlass.desk.accounts.mail import keep, opened
from anlass.desk.door.own import open_door, rename, set_texts
from anlass.desk.mail.watching import begin
from anlass.desk.programs.tokens import Scope, add_token
from anlass.desk.programs.webhooks import add_hook
from anlass.desk.wishes.hosting import admit, open_event, open_round
from anlass.desk.wishes.keys import key_ring
from anlass.outreach.wish_event import WishEvent
from anlass.outreach.wish_times import timetable
from anlass.store import open_book
from anlass.store.book import Book
from anlass.store.programs.webhooks import EVENTS, Hook
from tests.chaos.processes import Clock, Started, Starter, starter
from tests.chaos.wires import Wire, wire
from tests.listening import Listener, a_listener
from tests.mail_server import MailServer, mail_server
from tests.servers import HOST, PASSWORD, Dovecot, free_ports

DOOR = "olga"
GUESTS = ("Ada Beispiel", "Bo Lind", "Cem Berg")
LIST_CLOSES, RELEASED = timedelta(hours=12), timedelta(days=21)
"""How long people may join the round of wishes, and when its results are there."""
_SETTINGS = """\
[owner]
name = "Olga Wend"
addresses = ["{address}"]
language = "en"
time_zone = "Europe/Berlin"

[outbox]
address = "{address}"

[door]
address = "https://door.example"

[webhooks]
local_hosts = ["127.0.0.1"]
{store}
"""


def guest(number: int) -> str:
    """Return the address of somebody who takes part in the round of wishes."""
    return f"guest{number}@wishes.example"


@dataclass
class House:
    """One house under faults, and what the world outside of it knows."""

    data: Path
    database: str
    name: str
    dovecot: Dovecot
    sink: MailServer
    incoming: Wire
    outgoing: Wire
    listener: Listener
    """The program that hears what happens."""
    hearing: Wire
    hook: Hook
    clock: Clock
    starts: Starter
    token: str
    event: WishEvent
    links: list[str]
    pids: list[bytes]
    port: int
    second: Path
    releases_at: datetime
    running: dict[str, Started] = field(default_factory=dict)
    restarts: int = 0

    @property
    def address(self) -> str:
        """The owner's address."""
        return f"{self.name}@anlass.example"

    def book(self) -> Book:
        """Return the memory, to be looked at."""
        return open_book(self.database or self.data, "owner")

    # --- processes ---

    def words(self, who: str) -> tuple[str, ...]:
        """Return the command of a process."""
        if who == "serve":
            return ("serve", "--pages-alone", "--port", str(self.port), "--data", str(self.data))
        return ("work", "--data", str(self.second if who == "second" and self.database else self.data))

    def keep_going(self, *whom: str) -> None:
        """Start again whoever has ended."""
        for who in whom or ("work", "serve"):
            if who not in self.running or not self.running[who].lives:
                self.restarts += who in self.running
                self.running[who] = self.starts.start(*self.words(who))

    def stop(self) -> list[str]:
        """End all in order; return those that did not."""
        return [who for who, one in self.running.items() if one.lives and not one.stop()]

    # --- asking the pages ---

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """Ask the pages once; raises `OSError` or `HTTPException` where nobody answers."""
        link = http.client.HTTPConnection(HOST, self.port, timeout=20)
        try:
            link.request(method, path, body=body, headers=headers or {})
            answer = link.getresponse()
            return answer.status, answer.read()
        finally:
            link.close()

    def call(
        self, method: str, path: str, body: object = None, key: str = ""
    ) -> tuple[int, dict[str, object]]:
        """Call the API once, as the owner's program does."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        headers |= {"Idempotency-Key": key} if key else {}
        data = None if body is None else json.dumps(body).encode()
        status, told = self.ask(method, f"/api/v1{path}", data, headers)
        with suppress(ValueError):
            return status, json.loads(told)
        return status, {}


@contextmanager
def house(
    folder: Path, name: str, dovecot: Dovecot, database: str = "", *, pace: float = 60.0
) -> Iterator[House]:
    """Yield a house whose mailbox has the name; its memory lies in the folder, or in a database."""
    data, second, logs = folder / "house", folder / "second", Path(mkdtemp(prefix="anlass-chaos-"))
    for one in (data, second):
        one.mkdir(mode=0o700, exist_ok=True)
        # Whoever freezes a round makes its key: two machines of one house keep keys where both see them.
        keys = f'wish_keys = "{folder / "keys"}"'
        store = f'\n[store]\ndatabase = "{database}"\n{keys}\n' if database else ""
        text = _SETTINGS.format(address=f"{name}@anlass.example", store=store)
        (one / "anlass.toml").write_text(text, encoding="utf-8")
        (one / "anlass.toml").chmod(0o600)
    clock = Clock(logs / "clock", pace)
    with ExitStack() as stack:
        sink = stack.enter_context(mail_server())
        listener = stack.enter_context(a_listener())
        servers = (dovecot.imap, sink.port, listener.port)
        incoming, outgoing, hearing = (stack.enter_context(wire(port)) for port in servers)
        starts = stack.enter_context(starter(logs, clock))
        book = open_book(database or data, "owner")
        token = _furnished(book, data, clock, name, dovecot, (incoming, outgoing))
        shutil.copytree(data / "secrets", second / "secrets", dirs_exist_ok=True)
        begins = clock.now().replace(microsecond=0)
        event, links, pids = _wishing(book, data, begins)
        url = f"http://{HOST}:{hearing.port}/hook"
        hook = add_hook(book, url, EVENTS, words=False, local_hosts=(HOST,), now=begins, lang="en")
        book.close()
        ports = free_ports(1)
        wires = (incoming, outgoing, listener, hearing, hook)
        yield House(
            *(data, database, name, dovecot, sink, *wires, clock, starts, token),
            *(event, links, pids, ports[0], second, begins + RELEASED),
        )
    shutil.rmtree(logs)


def _furnished(
    book: Book, data: Path, clock: Clock, name: str, dovecot: Dovecot, wires: tuple[Wire, Wire]
) -> str:
    """Connect the mailbox, open the door, and return a token that may do everything."""
    now, address = clock.now().replace(microsecond=0), f"{name}@anlass.example"
    with dovecot.login(address) as session:
        session.create("Sent")
    incoming, outgoing = (Server(HOST, one.port, "none") for one in wires)
    account = Account(name, address, incoming, outgoing, address)
    secrets = Secrets(data)
    secrets.put(name, PASSWORD, "file")
    keep(book, account, now=now)
    with opened(account, secrets) as line:
        begin(book, account, line)
    rename(book, DOOR, "en", now=now)
    texts = {
        "who": "I write.",
        "glad": "Questions.",
        "imprint": "Olga Wend, Kiel",
        "privacy": "Nothing is kept.",
    }
    set_texts(book, "en", texts, "en", now=now)
    open_door(book, "en", now=now)
    return add_token(book, "chaos", tuple(Scope), days=None, now=now, lang="en").secret


def _wishing(book: Book, data: Path, now: datetime) -> tuple[WishEvent, list[str], list[bytes]]:
    """Open a round of wishes whose list closes in half a day; return the links and marks of its people."""
    event = open_event(book, "Sommerschule", quota=4)
    people = list(admit(book, event, ((one, guest(number)) for number, one in enumerate(GUESTS))))
    hours = (LIST_CLOSES, timedelta(days=20), RELEASED)
    open_round(book, event, timetable(*(now + one for one in hours)))
    key_ring(load_settings(data))
    links = [one.link.rpartition("/")[2] for one in people]
    return event, links, [one.ticket.pid for one in people]
