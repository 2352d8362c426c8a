"""The worker's sign of life: a small file, written each round, with how long its steps took so far."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

FILE = "work.beat"
"""Its name in the data folder."""


@dataclass(frozen=True, slots=True)
class Beat:
    """A sign of life: when (seconds since 1970), and by step how often it was taken and how long it took."""

    at: float
    steps: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(slots=True)
class Pulse:
    """Counts the steps of one worker, and gives signs of life."""

    data: Path
    _steps: dict[str, tuple[int, float]] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count a step and its time, however it ends."""
        began = time.monotonic()
        try:
            yield
        finally:
            times, seconds = self._steps.get(name, (0, 0.0))
            self._steps[name] = times + 1, seconds + time.monotonic() - began

    def beat(self, now: float) -> None:
        """Give a sign of life; a disk that takes nothing now is none's fault here."""
        new = self.data / f".{FILE}.{os.getpid()}"
        steps = {name: [times, round(seconds, 3)] for name, (times, seconds) in self._steps.items()}
        with suppress(OSError):
            new.write_text(json.dumps({"at": int(now), "steps": steps}), encoding="ascii")
            new.replace(self.data / FILE)

    def end(self) -> None:
        """Take the sign away: nobody works here any more."""
        with suppress(OSError):
            (self.data / FILE).unlink(missing_ok=True)


def last_beat(data: Path) -> Beat | None:
    """Return the last sign of life in a data folder; `None` where nobody works, or it cannot be read."""
    try:
        told = json.loads((data / FILE).read_text(encoding="ascii"))
        steps = {str(name): (float(times), float(took)) for name, (times, took) in told["steps"].items()}
        return Beat(float(told["at"]), steps)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
