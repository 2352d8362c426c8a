"""A mail server that swallows everything: on this machine, on a port nobody else knows, for rehearsals.

It takes every letter and sends none on. It counts who knocked at all, so that a rehearsal can tell
"nothing was sent" from "nothing was tried".
"""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import cast

from anlass.channels.mail.account import Server
from anlass.channels.mail.sending import Submission

_LONGEST_LINE = 4096
_MOST_LINES = 100_000


@dataclass(frozen=True, slots=True)
class Swallowed:
    """One letter that came in: where failures would have gone, whom it was for, its bytes."""

    envelope: str
    recipients: tuple[str, ...]
    raw: bytes


@dataclass(slots=True)
class Sink:
    """What came into a sink: letters, and every connection that was opened."""

    port: int = 0
    letters: list[Swallowed] = field(default_factory=list)
    knocks: int = 0

    def way(self) -> Submission:
        """Return how letters get into it."""
        return Submission(Server("127.0.0.1", self.port, "none"), patience=10.0)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        super().__init__(("127.0.0.1", 0), _Visit)


class _Visit(socketserver.StreamRequestHandler):
    """One conversation, as RFC 5321 wants it and no more."""

    timeout = 20

    def handle(self) -> None:
        """Answer line by line until the other side is done."""
        sink = cast("_Server", self.server).sink
        sink.knocks += 1
        envelope, recipients = "", list[str]()
        self._say("220 sink")
        for _ in range(_MOST_LINES):
            line = self.rfile.readline(_LONGEST_LINE)
            if not line:
                return
            verb, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
            match verb.upper():
                case "MAIL":
                    envelope, recipients = _bracketed(rest), []
                case "RCPT":
                    recipients.append(_bracketed(rest))
                case "DATA":
                    self._say("354 go on")
                    sink.letters.append(Swallowed(envelope, tuple(recipients), self._letter()))
                case "QUIT":
                    self._say("221 bye")
                    return
                case _:
                    pass
            self._say("250 ok")

    def _letter(self) -> bytes:
        lines = []
        while (line := self.rfile.readline(_LONGEST_LINE)) and line.rstrip(b"\r\n") != b".":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


def _bracketed(text: str) -> str:
    return text.partition("<")[2].partition(">")[0]


@contextmanager
def sink() -> Iterator[Sink]:
    """Run a sink on loopback for as long as it is needed."""
    swallows = Sink()
    with _Server(swallows) as server:
        swallows.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield swallows
        finally:
            server.shutdown()
            thread.join()
