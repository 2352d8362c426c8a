"""A real mail server for letters that leave: aiosmtpd on loopback, which remembers what it took."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import ssl
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from anlass.channels.mail.account import Server
from anlass.channels.mail.sending import Submission

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Taken:
    """One letter the server took: both envelope addresses and the bytes."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes


Says = Callable[[], str]


@dataclass
class MailServer:
    """A running server; what it says to each step can be changed while it runs.

    `on_data` is called when all of a letter is there, before the server says that it took it.
    """

    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    mail_says: str = ""
    rcpt_says: str = ""
    data_says: str = ""
    on_data: Callable[[], None] = lambda: None

    def way(self, patience: float = 5.0) -> Submission:
        """Return how letters reach it."""
        return Submission(Server(HOST, self.port, "none"), patience=patience)

    # --- what aiosmtpd asks of its handler ---

    async def handle_MAIL(  # noqa: N802 - the name is the library's
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the sender, or say what was set."""
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.mail_says or "250 OK"

    async def handle_RCPT(  # noqa: N802 - the name is the library's
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take the recipient, or say what was set."""
        if not self.rcpt_says:
            envelope.rcpt_tos.append(address)
        return self.rcpt_says or "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take the letter, or say what was set."""
        if self.data_says:
            return self.data_says
        raw = envelope.content if isinstance(envelope.content, bytes) else b""
        self.taken.append(Taken(envelope.mail_from or "", tuple(envelope.rcpt_tos), raw))
        self.on_data()
        await asyncio.sleep(0)
        return "250 OK"


@contextmanager
def mail_server(shown: ssl.SSLContext | None = None) -> Iterator[MailServer]:
    """Run a mail server on a free port; with a certificate `shown` it speaks TLS from the first byte."""
    server = MailServer()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        running = Controller(
            server,
            hostname=HOST,
            port=_free_port(),
            ready_timeout=20,
            authenticator=lambda *_: AuthResult(success=True),
            auth_require_tls=False,
            ssl_context=shown,
        )
        running.start()
    server.port = running.port
    try:
        yield server
    finally:
        running.stop()


def kills(pid: Callable[[], int]) -> Callable[[], None]:
    """Return what kills a process at once, as `kill -9` does."""
    return lambda: os.kill(pid(), signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
