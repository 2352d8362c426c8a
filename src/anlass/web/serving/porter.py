"""Letters that were confirmed at the door become cases beside the pages, so that nobody outside waits for it.

What the answer to a click costs cannot tell what is thought of a letter: the thinking comes after it, in a
thread of its own. What breaks is left for the next click, the next start, or `anlass work`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock, Timer
from typing import TYPE_CHECKING

from anlass.desk.door.taking import porter_of, sweep, take_in
from anlass.errors import AnlassError

if TYPE_CHECKING:
    from datetime import datetime

    from anlass.bootstrap import Home
    from anlass.desk.requests.on_duty import OnDuty

LOG = logging.getLogger("anlass.door")
_PAUSE = 1.0
"""Seconds until he begins: by then the answer to the click has long gone."""


class Bell:
    """Wakes the porter; who rings while he is at work makes him look once more."""

    def __init__(self, work: Callable[[], None], pause: float = _PAUSE) -> None:
        self._work, self._pause, self._lock = work, pause, Lock()
        self._is_at_work = self._is_asked_again = False

    def ring(self) -> None:
        """Let what is confirmed be taken in, now and beside everything else."""
        with self._lock:
            self._is_asked_again = True
            if self._is_at_work:
                return
            self._is_at_work = True
        porter = Timer(self._pause, self._run)
        porter.daemon = True
        porter.start()

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._is_asked_again:
                    self._is_at_work = False
                    return
                self._is_asked_again = False
            self._work()


def taking_in(home: Home, on_duty: OnDuty, now: Callable[[], datetime]) -> Callable[[], None]:
    """Return what takes letters in at this home."""

    def work() -> None:
        """Take in what is confirmed and forget what is over."""
        try:
            for _ in take_in(porter_of(home, on_duty.doorman()), now=now()):
                LOG.info("a letter at the door became a case")
            sweep(home.book, home.settings, now=now())
        except AnlassError as error:
            LOG.warning("letters at the door wait: %s", type(error).__name__)
        finally:
            home.book.close()

    return work
