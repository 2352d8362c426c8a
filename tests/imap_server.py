"""A mail server that says what a test tells it to, true or not, and a wire that can be cut."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.servers import HOST

Answer = Callable[[bytes, bytes], bytes]
"""Given the tag and the line of a question, the bytes of the whole answer."""


def line(*untagged: bytes, ok: bytes = b"OK done") -> Answer:
    """Return an answer of these lines, with the tag of the question at its end."""

    def answer(tag: bytes, asked: bytes) -> bytes:
        return b"".join(b"* " + one + b"\r\n" for one in untagged) + tag + b" " + ok + b"\r\n"

    return answer


def fetched(uid: int, raw: bytes, *more: bytes, seq: int = 1) -> bytes:
    """Return what a server says of a mail that was asked for by its head."""
    head, _, text = raw.partition(b"\r\n\r\n")
    head += b"\r\n\r\n"
    items = [
        b"UID %d RFC822.SIZE %d FLAGS ()" % (uid, len(raw)),
        b"BODY[HEADER]<0> {%d}\r\n%s" % (len(head), head),
        b"BODY[TEXT]<0> {%d}\r\n%s" % (len(text[:8192]), text[:8192]),
        *more,
    ]
    return b"%d FETCH (%s)" % (seq, b" ".join(items))


HEALTHY: dict[str, Answer] = {
    "CAPABILITY": line(b"CAPABILITY IMAP4rev1"),
    "LOGIN": line(),
    "LIST": line(b'LIST () "/" INBOX'),
    "EXAMINE": line(b"1 EXISTS", b"OK [UIDVALIDITY 7] so", ok=b"OK [READ-ONLY] done"),
    "SEARCH": line(b"SEARCH 1"),
    "FETCH": line(),
    "LOGOUT": line(b"BYE so long"),
}


@dataclass
class Fake:
    """A server that answers as told, and writes down what it was asked."""

    answers: dict[str, Answer]
    port: int = 0
    heard: list[bytes] = field(default_factory=list)
    tls: ssl.SSLContext | None = None

    def talk(self, link: socket.socket) -> None:
        """Answer one connection, encrypted where there is a certificate; what is no question ends it."""
        with link, suppress(OSError):
            if self.tls is None or b"STARTTLS" in self.answers["CAPABILITY"](b"", b""):
                self._answer(link)
            else:
                with self.tls.wrap_socket(link, server_side=True) as wrapped:
                    self._answer(wrapped)

    def _answer(self, link: socket.socket) -> None:
        with link.makefile("rb") as questions:
            link.sendall(b"* OK here\r\n")
            for question in questions:
                self.heard.append(question.strip())
                tag, word, *rest = [*question.split(), b"", b""]
                answer = self.answers.get((rest[0] if word == b"UID" else word).decode("latin-1").upper())
                if self.tls and word == b"STARTTLS":
                    link.sendall(tag + b" OK go\r\n")
                    with self.tls.wrap_socket(link, server_side=True) as wrapped:
                        self._answer(wrapped)
                if answer is None:
                    return
                link.sendall(answer(tag, question.strip()))


@contextmanager
def serving(tls: ssl.SSLContext | None = None, /, **answers: Answer) -> Iterator[Fake]:
    """Run a server that answers as told, else healthily."""
    fake = Fake({**HEALTHY, **answers}, tls=tls)
    with _listening(fake.talk) as fake.port:
        yield fake


class Relay:
    """A wire to a server that is cut, or falls silent, after some bytes of its answers."""

    def __init__(self, target: int) -> None:
        self._target = target
        self.port = 0
        self.limit = -1
        self.passed = 0
        self.falls_silent = False
        self.is_over = threading.Event()

    def talk(self, link: socket.socket) -> None:
        """Pass on what both say, until the limit."""
        with link, socket.create_connection((HOST, self._target)) as server:
            there = threading.Thread(target=self._pass, args=(link, server), daemon=True)
            there.start()
            self._back(server, link)
            if self.falls_silent and self.is_over.is_set():
                there.join()
            for one in (server, link):
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
            there.join()

    def _back(self, server: socket.socket, link: socket.socket) -> None:
        left = self.limit
        with suppress(OSError):
            while data := server.recv(65_536):
                link.sendall(data if left < 0 else data[:left])
                self.passed += len(data)
                if 0 <= left <= len(data):
                    self.is_over.set()
                    return
                left -= len(data) if left >= 0 else 0

    @staticmethod
    def _pass(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data)


@contextmanager
def relayed(target: int) -> Iterator[Relay]:
    """Run a relay to a port of this machine."""
    relay = Relay(target)
    with _listening(relay.talk) as relay.port:
        yield relay


@contextmanager
def _listening(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """Hand every connection to `talk`, one thread for each."""
    with socket.create_server((HOST, 0)) as server:
        threads: list[threading.Thread] = []

        def accept() -> None:
            with suppress(OSError):
                while True:
                    link, _ = server.accept()
                    threads.append(threading.Thread(target=talk, args=(link,), daemon=True))
                    threads[-1].start()

        taker = threading.Thread(target=accept, daemon=True)
        taker.start()
        try:
            yield server.getsockname()[1]
        finally:
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            taker.join()
            for one in threads:
                one.join()
