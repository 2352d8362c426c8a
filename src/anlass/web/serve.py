"""Serve the pages with gunicorn, embedded: one process, a few threads, a quiet log."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped] # ships no types

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

_THREADS = 4


def serve(application: WSGIApplication, host: str, port: int, announce: Callable[[str, int], None]) -> None:
    """Serve until Ctrl-C or SIGTERM; `announce` is told host and port once pages can be had.

    Port 0 takes a free port. Raises `SystemExit` with a code other than 0 where the port is taken.
    """
    try:
        _Server(application, host, port, announce).run()
    except SystemExit as stopped:
        if stopped.code:
            raise


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn without a configuration file, an environment or a command line."""

    def __init__(
        self, pages: WSGIApplication, host: str, port: int, announce: Callable[[str, int], None]
    ) -> None:
        self.pages, self.host, self.port, self.announce = pages, host, port, announce
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        for setting, value in {
            "bind": f"{name}:{self.port}",
            "worker_class": "gthread",
            "workers": 1,  # the key is spent once for all; a second worker would only cost memory
            "threads": _THREADS,
            "loglevel": "warning",
            "graceful_timeout": 20,  # a busy machine may take its time; an idle one stops at once
            "control_socket_disable": True,  # a doorman needs no second door
            "when_ready": self._ready,
        }.items():
            self.cfg.set(setting, value)

    def load(self) -> WSGIApplication:
        """Return the application, as gunicorn asks for it in its worker."""
        return self.pages

    def _ready(self, arbiter: Any) -> None:
        address = arbiter.LISTENERS[0].sock.getsockname()
        self.announce(self.host, address[1])
