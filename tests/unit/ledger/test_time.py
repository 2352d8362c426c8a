"""The time ledger counts what letters ask and what the owner gave, and guesses nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.intake import Channel
from anlass.ledger import TieLevel
from anlass.ledger.time import (
    MonthOfYear,
    Number,
    TimeAsked,
    month_named,
    month_of,
    months_from,
    times,
)

OCTOBER, NOVEMBER = MonthOfYear(2026, 10), MonthOfYear(2026, 11)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ZONES = [ZoneInfo(name) for name in ("Europe/Berlin", "Africa/Cairo", "Pacific/Apia", "America/Havana")]


def asked(
    minutes: int | None = 15, given: int | None = None, *, day: int = 3, is_settled: bool = False
) -> TimeAsked:
    """Return a stranger's request of October 2026."""
    when = datetime(2026, 10, day, 9, tzinfo=UTC)
    return TimeAsked("c", when, Channel.MAIL, TieLevel.STRANGER, minutes, given, is_settled)


@pytest.mark.parametrize(
    ("one", "numbers"),
    [
        (asked(15), {Number.ASKED: 15, Number.OPEN: 15}),
        (asked(15, is_settled=True), {Number.ASKED: 15, Number.SPARED: 15}),
        (asked(15, 10, is_settled=True), {Number.ASKED: 15, Number.GIVEN: 10, Number.SPARED: 5}),
        (asked(15, 40, is_settled=True), {Number.ASKED: 15, Number.GIVEN: 40}),
        (asked(None, 20), {Number.UNSAID: 1, Number.GIVEN: 20}),
        (asked(None, is_settled=True), {Number.UNSAID: 1}),
    ],
)
def test_numbers_of_one_request(one: TimeAsked, numbers: dict[Number, int]) -> None:
    """Who gave more than was asked has not spared less than nothing; what is not written counts not."""
    told = {number: one.amount(number) for number in Number if one.amount(number)}
    assert told == {Number.REQUESTS: 1, Number.STRANGERS: 1} | numbers


def test_months_when_some_have_nobody() -> None:
    """No month is left out between the first and the last, and what is dated ahead stands in the last."""
    early = datetime(2026, 8, 31, 23, 30, tzinfo=UTC)
    told = [str(one) for one in months_from(early, UTC, NOW)]
    assert told == ["2026-08", "2026-09", "2026-10", "2026-11"]
    assert months_from(early, timezone(timedelta(hours=2)), NOW)[0] == OCTOBER.before
    assert months_from(datetime(2031, 1, 1, tzinfo=UTC), UTC, NOW) == (NOVEMBER,)


@given(st.integers(-2_000_000_000, 4_000_000_000), st.sampled_from(ZONES))
def test_moment_lies_between_the_beginnings_of_its_month_and_the_next(seconds: int, zone: ZoneInfo) -> None:
    """Whatever clocks do there, a month begins with its first moment and ends with the next one."""
    when = datetime.fromtimestamp(seconds, UTC)
    month = month_of(when, zone)
    assert month.begins(zone) <= when < month.after.begins(zone)
    assert (month.after.before, month.before.after) == (month, month)


@given(
    st.lists(
        st.builds(
            asked,
            st.none() | st.integers(0, 600),
            st.none() | st.integers(0, 600),
            day=st.integers(1, 28),
            is_settled=st.booleans(),
        ),
        max_size=12,
    ),
    st.integers(0, 12),
)
def test_parts_sum_up_to_all(requests: list[TimeAsked], cut: int) -> None:
    """Every number of all requests is the sum of its parts, and nothing asked is lost in between."""
    parts = [times(part) for part in (requests[:cut], requests[cut:])]
    whole = times(requests)
    for number in Number:
        assert whole.of(number) == sum(of.of(number) for of in parts)
    assert whole.of(Number.ASKED) <= whole.of(Number.GIVEN) + whole.of(Number.SPARED) + whole.of(Number.OPEN)


def test_month_by_name() -> None:
    """A month is written one way; everything else names none."""
    assert month_named("2026-10") == OCTOBER
    assert [
        month_named(text)
        for text in ("2026-13", "2026-1", "0000-01", "0001-01", "٢٠٢٦-10", "2026", "", "2026-10-01")
    ] == [None] * 8
    assert (NOVEMBER.before, MonthOfYear(2026, 1).before) == (OCTOBER, MonthOfYear(2025, 12))
