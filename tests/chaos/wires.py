"""A wire to a server that can be cut, held still and cut in half, while talks go over it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum

from tests.imap_server import _listening
from tests.servers import HOST


class State(StrEnum):
    """How it is with a wire."""

    WHOLE = "whole"
    CUT = "cut"
    """Talks break off, and new ones are hung up on."""
    STILL = "still"
    """Nothing comes through, and nothing says so."""
    HALF = "half"
    """What is asked comes through; of the answers half of one does, and then nothing."""


@dataclass
class Wire:
    """A wire to a port of this machine."""

    target: int
    port: int = 0
    broken: int = 0
    _state: State = State.WHOLE
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _links: set[socket.socket] = field(default_factory=set)

    def be(self, state: State) -> None:
        """Let it be so from now on, also for talks that go on."""
        with self._changed:
            self._state = state
            self._changed.notify_all()
            links = list(self._links) if state is State.CUT else []
        for one in links:
            self.broken += 1
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def talk(self, link: socket.socket) -> None:
        """Pass on what both sides say."""
        if self._state is State.CUT:
            link.close()
            return
        try:
            server = socket.create_connection((HOST, self.target))
        except OSError:
            link.close()
            return
        with link, server:
            with self._changed:
                self._links |= {link, server}
            back = threading.Thread(target=self._pass, args=(server, link, True), daemon=True)
            back.start()
            self._pass(link, server, False)
            back.join()
            with self._changed:
                self._links -= {link, server}

    def _pass(self, source: socket.socket, target: socket.socket, is_answer: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                with self._changed:
                    self._changed.wait_for(lambda: self._state is not State.STILL)
                    state = self._state
                if state is State.CUT:
                    break
                if state is State.HALF and is_answer:
                    self.broken += 1
                    target.sendall(data[: len(data) // 2])
                    break
                target.sendall(data)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


@contextmanager
def wire(target: int) -> Iterator[Wire]:
    """Run a wire to a port of this machine until the block ends."""
    made = Wire(target)
    with _listening(made.talk) as made.port:
        try:
            yield made
        finally:
            made.be(State.CUT)
