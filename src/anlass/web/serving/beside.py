"""The worker beside the pages of one's own house: new letters come in for as long as the pages are served.

It is a program of its own, `anlass work --beside`, so that no page waits for a letter. Its standard input is
a pipe from here: that ends when the pages do, however they end, and the worker with it. It reads the settings
when it begins, so it begins anew when they change. Where another one watches already it is asked again later.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

_LOOK, _REST = 2.0, 60.0
"""Seconds between two looks at worker and settings, and until one that ended is started again."""
_TO_BE_SET_RIGHT = 2
"""What the worker ends with where the settings do not let it work: it has said so."""


def watch_beside(data: Path) -> None:
    """See to it that somebody watches over the house in this folder until this process ends."""
    Thread(target=_keep_watching, args=(data,), name="beside", daemon=True).start()


def _keep_watching(data: Path) -> None:
    while True:
        stamp = _stamp(data)
        ended = _watch_until_changed(data, stamp)
        since = time.monotonic()
        while _stamp(data) == stamp and (ended == _TO_BE_SET_RIGHT or time.monotonic() - since < _REST):
            time.sleep(_LOOK)


def _watch_until_changed(data: Path, stamp: tuple[int, int]) -> int:
    """Run the worker until it ends or the settings are others; return what it ended with."""
    command = [sys.executable, "-m", "anlass", "work", "--beside", "--data", str(data)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as worker:
        while worker.poll() is None and _stamp(data) == stamp:
            time.sleep(_LOOK)
    return worker.returncode


def _stamp(data: Path) -> tuple[int, int]:
    """Return what changes whenever the settings do."""
    try:
        told = (data / "anlass.toml").stat()
    except OSError:
        return 0, 0
    return told.st_mtime_ns, told.st_size
