"""How often public pages may be asked and log-ins tried, by one and by all; nothing of it is written down."""

from __future__ import annotations

from dataclasses import dataclass, field

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

_EACH, _ALL = 60, 600
"""Looks within a minute; a household behind one address stays far below the first."""


class Limiter:
    """Counts who asks, in memory and for so many minutes."""

    def __init__(self, each: int = _EACH, everybody: int = _ALL, *, minutes: int = 1) -> None:
        self._each = RateLimitItemPerMinute(each, minutes)
        self._all = RateLimitItemPerMinute(everybody, minutes)
        self._windows: FixedWindowRateLimiter | None = None

    def admits(self, caller: str) -> bool:
        """Tell whether a caller may look now, and count the look; what is asked for makes no difference.

        What one caller asks in vain is not counted against all: nobody can shut the others out alone.
        """
        if self._windows is None:
            self._windows = FixedWindowRateLimiter(MemoryStorage())
        return self._windows.hit(self._each, caller) and self._windows.hit(self._all, "all")


@dataclass(frozen=True, slots=True)
class DoorLimits:
    """How often a door may be looked at, helped at, and handed letters, before it asks for patience.

    Whoever writes is helped every second or so; letters are few.
    """

    looks: Limiter = field(default_factory=lambda: Limiter(90, 3_000))
    helps: Limiter = field(default_factory=lambda: Limiter(120, 6_000))
    letters: Limiter = field(default_factory=lambda: Limiter(20, 600, minutes=10))
