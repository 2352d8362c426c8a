"""Offered times: only once the litmus test is passed, on days and hours that are free."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.litmus import Asks, Reading, Verdict
from anlass.litmus.reading import Probabilities
from anlass.replies.times import OFFICE, Hours, free_times, may_offer, minutes_of

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY = datetime(2026, 11, 20, 10, 10, tzinfo=BERLIN)
GOOD = Reading(
    "de", Verdict.REASON, Probabilities(0.9, 0.05, 0.05), False, frozenset(), Asks.CALL, 20, (), "v0"
)


def starts(*busy: tuple[datetime, datetime], **more: int) -> list[str]:
    """Return when the offered times begin."""
    found = free_times(busy, now=FRIDAY, minutes=more.get("minutes", 30))
    return [f"{start:%a %d %H:%M}" for start, _ in found]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment in November."""
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN)


def test_times_lie_on_different_days_in_the_owners_hours() -> None:
    """No weekend, no lunch-time guess: a morning, an afternoon, a morning."""
    assert starts() == ["Mon 23 09:00", "Tue 24 12:00", "Wed 25 09:00"]


def test_what_the_calendar_keeps_is_not_offered() -> None:
    """Neither inside nor overlapping; a full day is passed over."""
    full = (at(24, 0), at(25, 0))
    early = (at(23, 8), at(23, 9, 45))
    assert starts(early, full) == ["Mon 23 10:00", "Wed 25 12:00", "Thu 26 09:00"]


def test_a_calendar_without_room_offers_nothing() -> None:
    """Two weeks of work are two weeks of work."""
    assert free_times([(FRIDAY, FRIDAY + timedelta(days=40))], now=FRIDAY, minutes=30) == ()


@pytest.mark.parametrize(
    ("changed", "offers"),
    [
        ({}, True),
        ({"asks": Asks.MEETING}, True),
        ({"verdict": Verdict.ASK}, False),
        ({"verdict": Verdict.HOLLOW}, False),
        ({"unsure": True}, False),
        ({"asks": Asks.CONTACT}, False),
        ({"asks": Asks.SALE}, False),
    ],
)
def test_no_hour_before_the_litmus_test_is_passed(changed: dict[str, object], offers: bool) -> None:
    """M18: no slot, no number, no call before there surely is a reason."""
    assert may_offer(replace(GOOD, **changed), None) is offers  # type: ignore[arg-type]


@pytest.mark.parametrize(("asked", "given_"), [(15, 15), (None, 30), (1, 30), (600, 30)])
def test_a_talk_is_as_long_as_was_asked(asked: int | None, given_: int) -> None:
    """Within reason; else half an hour."""
    assert minutes_of(replace(GOOD, asks_minutes=asked)) == given_


@given(
    st.lists(st.tuples(st.integers(0, 60 * 24 * 20), st.integers(1, 600)), max_size=30),
    st.integers(5, 120),
    st.integers(0, 23),
)
def test_an_offered_time_is_always_free(kept: list[tuple[int, int]], minutes: int, hour: int) -> None:
    """Whatever the calendar holds: free, within the hours, a day ahead, on days of its own."""
    now = FRIDAY.replace(hour=hour)
    busy = [(now + timedelta(minutes=a), now + timedelta(minutes=a + b)) for a, b in kept]
    found = free_times(busy, now=now, minutes=minutes)
    assert len({start.date() for start, _ in found}) == len(found) <= 3
    for start, end in found:
        assert not any(start < until and since < end for since, until in busy)
        assert start - now >= timedelta(days=1)
        assert start.weekday() in OFFICE.days
        assert OFFICE.since <= start.hour
        assert (end.hour, end.minute) <= (OFFICE.until, 0)


def test_hours_are_the_owners_own() -> None:
    """Somebody who talks on Saturdays from ten to eleven is offered that."""
    hours = Hours(frozenset({5}), 10, 11)
    found = free_times([], now=FRIDAY, minutes=60, hours=hours)
    assert [f"{start:%a %d %H:%M}" for start, _ in found] == ["Sat 28 10:00"]
