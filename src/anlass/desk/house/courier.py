"""The courier of the gate: takes letters with codes and invitations to the server that sends them.

Pages hand a letter over and go on at once; whether one went out, or none because the address is nobody's,
takes them the same time.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from queue import Queue
from threading import Thread
from typing import Literal, cast

from anlass.channels.mail.account import Server
from anlass.channels.mail.sending import Fate, Submission, deliver
from anlass.config import Settings, read_password
from anlass.desk.house.voice_of_gate import written

LOG = logging.getLogger("anlass.gate")
_MOST_WAITING = 1_000


@dataclass(frozen=True, slots=True)
class GateLetter:
    """A letter of the gate; one to nobody is taken along and thrown away."""

    to: str
    subject: str
    text: str


class Courier:
    """Takes letters one after the other, in a thread of its own, which starts with the first."""

    def __init__(self, send: Callable[[GateLetter], bool]) -> None:
        self._send = send
        self._bag: Queue[GateLetter] = Queue(_MOST_WAITING)
        self._thread: Thread | None = None

    def take(self, letter: GateLetter) -> None:
        """Take a letter along; returns at once. One too many is dropped, and the log says so."""
        if self._thread is None:
            self._thread = Thread(target=self._walk, daemon=True, name="anlass-courier")
            self._thread.start()
        if self._bag.full():
            LOG.warning("a letter of the gate was dropped: too many are waiting")
            return
        self._bag.put(letter)

    def wait(self) -> None:
        """Wait until all that was taken along is delivered."""
        self._bag.join()

    def _walk(self) -> None:
        while True:
            letter = self._bag.get()
            try:
                if letter.to and not self._send(letter):
                    LOG.warning("a letter of the gate could not be sent")
            finally:
                self._bag.task_done()


def sender(settings: Settings, now: Callable[[], datetime]) -> Callable[[GateLetter], bool]:
    """Return how letters of the gate are sent from this server: `False` where they could not be."""
    server = settings.server
    security = cast("Literal['tls', 'starttls', 'none']", server.mail_security)

    def send(letter: GateLetter) -> bool:
        secret = read_password(
            settings, variable=server.mail_password_variable, file=server.mail_password_file
        )
        way = Submission(Server(server.mail_host, server.mail_port, security), server.mail_user, secret or "")
        raw = written(
            server.mail_from, letter.to, letter.subject, letter.text, now=now(), id_=secrets.token_hex(16)
        )
        done = deliver(way, raw, envelope=server.mail_from, to=letter.to, hand_over=lambda: True)
        return done.fate is Fate.TAKEN

    return send
