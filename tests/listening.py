"""A program that hears what happens: a real server on this machine that keeps what it was told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass(slots=True)
class Heard:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        """What it says."""
        told: dict[str, Any] = json.loads(self.body)
        return told


@dataclass(slots=True)
class Listener:
    """The server: `answers` are the statuses it will answer with, `usual` when none is left; 0 hangs up."""

    port: int
    heard: list[Heard] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    usual: int = 200

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def ids(self) -> list[str]:
        """The ids under which it was told something, in order."""
        return [one.headers["webhook-id"] for one in self.heard]


@contextmanager
def a_listener() -> Iterator[Listener]:
    """Yield a program that listens."""

    class Handler(BaseHTTPRequestHandler):
        """Keeps every request."""

        def do_POST(self) -> None:
            """Keep it, and answer as was wanted."""
            body = self.rfile.read(int(self.headers["content-length"]))
            listener.heard.append(Heard(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            status = listener.answers.pop(0) if listener.answers else listener.usual
            if not status:
                self.connection.close()
                return
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("location", f"http://127.0.0.1:{listener.port}/elsewhere")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener = Listener(server.server_address[1])
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield listener
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
