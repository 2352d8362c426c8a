"""A wire to a mail server that breaks where a test says: at a word of the talk, or after some bytes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

from tests.imap_server import _listening
from tests.servers import HOST

When = Literal["before", "half", "after"]


@dataclass
class Cutting:
    """Passes on what both say; breaks once at the first question with `word` in it.

    `before`: the server never hears it; `half`: it hears the half of what comes with it; `after`: it hears
    and does it, but nobody hears its answer. `garbles` spoils that many of its answers instead, `delays`
    hands over each byte alone.
    """

    target: int
    word: bytes = b""
    when: When = "before"
    garbles: int = 0
    delays: bool = False
    port: int = 0
    broken: int = 0
    heard: list[bytes] = field(default_factory=list)

    def talk(self, link: socket.socket) -> None:
        """Stand between one client and the server."""
        with link, socket.create_connection((HOST, self.target)) as server:
            deaf = threading.Event()
            back = threading.Thread(target=self._back, args=(server, link, deaf), daemon=True)
            back.start()
            with suppress(OSError):
                while data := link.recv(65_536):
                    self.heard.append(data)
                    if self.word and self.word in data and not self.broken:
                        self.broken += 1
                        self._break(server, data, deaf)
                        break
                    server.sendall(data)
            for one in (server, link):
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
            back.join()

    def _break(self, server: socket.socket, data: bytes, deaf: threading.Event) -> None:
        """Let the server hear as much as it shall, and nobody the answer."""
        deaf.set()
        if self.when == "before":
            return
        # What is to be put into a folder comes after the server has said that it may.
        server.sendall(data if self.when == "after" or b"{" in data else data[: len(data) // 2])
        if self.when == "after":
            # A server that has done it closes once it is told goodbye; then everything has happened.
            server.sendall(b"x LOGOUT\r\n")
            server.settimeout(5)
            with suppress(OSError):
                while server.recv(65_536):
                    pass

    def _back(self, server: socket.socket, link: socket.socket, deaf: threading.Event) -> None:
        with suppress(OSError):
            while not deaf.is_set() and (data := server.recv(65_536)):
                if deaf.is_set():
                    return
                if self.garbles > 0 and len(data) > 40:
                    self.garbles -= 1
                    data = data[:10] + bytes(byte ^ 0x15 for byte in data[10:30]) + data[30:]
                for part in [data[i : i + 1] for i in range(len(data))] if self.delays else [data]:
                    link.sendall(part)


@contextmanager
def cutting(target: int) -> Iterator[Cutting]:
    """Run such a wire to a port of this machine."""
    wire = Cutting(target)
    with _listening(wire.talk) as wire.port:
        yield wire
