"""How slowly a server may answer: a byte a minute would keep a run for ever, and no time-out would see.

Each read of a socket has its own time-out; this is the one for the whole answer. A slow line is no fault:
what counts is that after a time of grace a least number of bytes has come for every second that went by.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

GRACE = 120.0
"""Seconds in which an answer may come as it likes: a server that searches a large folder thinks first."""
LEAST = 256
"""Bytes for every second after that; a modem has ten times as many."""


@dataclass(slots=True)
class Pace:
    """Measures one answer after the other; `clock` counts seconds from anywhere."""

    clock: Callable[[], float] = monotonic
    _began: float = 0.0
    _came: int = 0

    def begin(self) -> None:
        """Begin to measure an answer."""
        self._began, self._came = self.clock(), 0

    def take(self, size: int) -> None:
        """Hear that so many bytes came; raises `TimeoutError` where that is too little by now."""
        self._came += size
        late = self.clock() - self._began - GRACE
        if self._began and late > 0 and self._came < LEAST * late:
            raise TimeoutError("The server answers too slowly.")
