"""Serve the pages with gunicorn, embedded: one process, a few threads, a quiet log."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable
from socket import create_server, socket
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped] # ships no types
from gunicorn.glogging import Logger  # type: ignore[import-untyped] # ships no types

from anlass.store.opening import stay_connected

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

_THREADS = 4


def door(host: str, port: int) -> socket:
    """Open the door that pages are served through; port 0 takes a free one.

    Raises `OSError` where the port is taken or not ours to open.
    """
    return create_server((host, port))


def serve(
    application: WSGIApplication,
    listener: socket,
    announce: Callable[[str, int], None],
    begin: Callable[[], None] = lambda: None,
) -> None:
    """Serve until Ctrl-C or SIGTERM; `announce` is told host and port once pages can be had.

    `listener` is handed over: it is closed when this returns. `begin` is called in the process that answers.
    """
    stay_connected()
    try:
        _Server(application, listener, announce, begin).run()
    except SystemExit as stopped:
        if stopped.code:
            raise


class _Log(Logger):  # type: ignore[misc]
    """Hands what gunicorn has to say to the house's own log: its lines would hold addresses with secrets."""

    def setup(self, cfg: Any) -> None:
        """Take away gunicorn's own handlers."""
        super().setup(cfg)
        self.error_log.handlers[:], self.error_log.propagate = [], True


def _ends_in_order(worker: Any) -> None:
    """Let Ctrl-C end the pages as SIGTERM does, what was asked being answered.

    gunicorn's quick way takes locks within the signal, and now and then waits for itself until it is killed.
    """
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, worker.handle_exit)


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn without a configuration file, an environment or a command line."""

    def __init__(
        self,
        pages: WSGIApplication,
        listener: socket,
        announce: Callable[[str, int], None],
        begin: Callable[[], None],
    ) -> None:
        self.pages, self.announce, self.begin = pages, announce, begin
        self.address = listener.getsockname()
        self.descriptor = listener.detach()  # gunicorn closes it
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        for setting, value in {
            "bind": f"fd://{self.descriptor}",
            "worker_class": "gthread",
            "workers": 1,  # the key is spent once for all; a second worker would only cost memory
            "threads": _THREADS,
            "loglevel": "warning",
            "logger_class": _Log,
            "graceful_timeout": 20,  # a busy machine may take its time; an idle one stops at once
            "forwarded_allow_ips": "",  # whom to believe is in the settings, and read by the pages
            "control_socket_disable": True,  # a doorman needs no second door
            "when_ready": self._ready,
            "post_worker_init": self._begun,
        }.items():
            self.cfg.set(setting, value)

    def load(self) -> WSGIApplication:
        """Return the application, as gunicorn asks for it in its worker.

        What is loaded by now stays: it is not looked through for garbage again and again, which would let
        some pages wait.
        """
        gc.collect()
        gc.freeze()
        return self.pages

    def _begun(self, worker: Any) -> None:
        _ends_in_order(worker)
        self.begin()

    def _ready(self, _arbiter: Any) -> None:
        self.announce(*self.address[:2])
