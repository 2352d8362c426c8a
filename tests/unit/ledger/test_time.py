"""The time ledger counts what letters ask and what the owner gave, and guesses nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.intake import Channel
from anlass.ledger import TieLevel
from anlass.ledger.time import (
    MonthOfYear,
    Number,
    TimeAsked,
    by_month,
    month_named,
    times,
)

OCTOBER, NOVEMBER = MonthOfYear(2026, 10), MonthOfYear(2026, 11)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


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
    early = TimeAsked("a", datetime(2026, 8, 31, 23, 30, tzinfo=UTC), Channel.MAIL, TieLevel.IN_TOUCH, 5)
    ahead = TimeAsked("b", datetime(2031, 1, 1, tzinfo=UTC), Channel.XING, TieLevel.STRANGER, 7)
    found = by_month([ahead, early, asked(15)], UTC, NOW)
    assert [(str(month), of.of(Number.ASKED), of.channels) for month, of in found] == [
        ("2026-08", 5, ((Channel.MAIL, 1),)),
        ("2026-09", 0, ()),
        ("2026-10", 15, ((Channel.MAIL, 1),)),
        ("2026-11", 7, ((Channel.XING, 1),)),
    ]
    berlin = by_month([early], timezone(timedelta(hours=2)), NOW)
    assert str(berlin[0][0]) == "2026-09"


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
    )
)
def test_months_sum_up_to_all(requests: list[TimeAsked]) -> None:
    """Every number of all requests is the sum of the months, and nothing asked is lost in between."""
    months = [of for _, of in by_month(requests, UTC, NOW)]
    whole = times(requests)
    for number in Number:
        assert whole.of(number) == sum(of.of(number) for of in months)
    assert whole.of(Number.ASKED) <= whole.of(Number.GIVEN) + whole.of(Number.SPARED) + whole.of(Number.OPEN)


def test_month_by_name() -> None:
    """A month is written one way; everything else names none."""
    assert month_named("2026-10") == OCTOBER
    assert [
        month_named(text) for text in ("2026-13", "2026-1", "0000-01", "٢٠٢٦-10", "2026", "", "2026-10-01")
    ] == [None] * 7
    assert (NOVEMBER.before, MonthOfYear(2026, 1).before) == (OCTOBER, MonthOfYear(2025, 12))
