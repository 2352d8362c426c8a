"""How slowly a server may answer."""

from __future__ import annotations

import pytest

from anlass.wires.pace import GRACE, LEAST, Pace


class Clock:
    """A clock that is set by hand."""

    now = 1_000.0

    def __call__(self) -> float:
        """Return the time it is."""
        return self.now


def test_byte_a_minute_is_cut_off_after_a_while() -> None:
    """Each byte comes before any time-out, and the answer never."""
    clock = Clock()
    pace = Pace(clock)
    pace.begin()
    for _ in range(int(GRACE // 59)):
        clock.now += 59
        pace.take(1)
    clock.now += 59
    with pytest.raises(TimeoutError):
        pace.take(1)


def test_slow_line_may_take_its_time() -> None:
    """An hour for a megabyte is slow, and fine."""
    clock = Clock()
    pace = Pace(clock)
    pace.begin()
    for _ in range(3_600):
        clock.now += 1
        pace.take(LEAST)
    assert clock.now == 4_600


def test_server_may_think_before_it_answers_and_each_answer_has_its_own_time() -> None:
    """What was slow before does not count against the next answer."""
    clock = Clock()
    pace = Pace(clock)
    for _ in range(50):
        pace.begin()
        clock.now += GRACE
        pace.take(1)
