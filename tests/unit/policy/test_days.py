"""A Friday is the owner's Friday, wherever the letter came from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from anlass.policy.days import Days, span_of
from anlass.policy.facts import facts_of
from anlass.policy.situation import Situation
from tests.unit.policy.builders import STRANGER, reading, request

LATE_ON_FRIDAY = datetime(2026, 7, 3, 22, 30, tzinfo=UTC)
IN_BERLIN = Days(ZoneInfo("Europe/Berlin"))
OF_TIME = ("time.weekday", "time.hour", "time.date", "time.month", "time.is_away")
ARRIVAL = ("request.weekday", "request.hour")


def at(moment: datetime, days: Days) -> Situation:
    """A stranger's request, thought about and arrived at `moment`."""
    return Situation(replace(request(), arrived=moment), reading(), STRANGER, moment, days=days)


def test_days_and_hours_are_those_of_the_owners_clock() -> None:
    """Half past ten by UTC is Saturday already where it is summer in Berlin."""
    assert facts_of(at(LATE_ON_FRIDAY, Days()), (*OF_TIME, *ARRIVAL)) == {
        "time.weekday": 5, "time.hour": 22, "time.date": "2026-07-03", "time.month": 7, "time.is_away": False,
        "request.weekday": 5, "request.hour": 22,
    }  # fmt: skip
    assert facts_of(at(LATE_ON_FRIDAY, IN_BERLIN), (*OF_TIME, *ARRIVAL)) == {
        "time.weekday": 6, "time.hour": 0, "time.date": "2026-07-04", "time.month": 7, "time.is_away": False,
        "request.weekday": 6, "request.hour": 0,
    }  # fmt: skip


def test_winter_has_another_hour_than_summer() -> None:
    """A zone is more than a distance from UTC."""
    winter = LATE_ON_FRIDAY.replace(month=1, day=2)
    assert facts_of(at(winter, IN_BERLIN), ("time.hour", "time.weekday")) == {
        "time.hour": 23,
        "time.weekday": 5,
    }


@pytest.mark.parametrize(
    ("moment", "is_away"),
    [
        (datetime(2026, 12, 19, 22, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 19, 23, 0, tzinfo=UTC), True),
        (datetime(2027, 1, 6, 22, 59, tzinfo=UTC), True),
        (datetime(2027, 1, 6, 23, 0, tzinfo=UTC), False),
    ],
)
def test_owner_is_away_from_the_first_day_to_the_end_of_the_last(moment: datetime, is_away: bool) -> None:
    """Both days count whole, by the owner's clock."""
    days = Days(IN_BERLIN.zone, ((date(2026, 12, 20), date(2027, 1, 6)),))
    assert facts_of(at(moment, days), ("time.is_away",)) == {"time.is_away": is_away}


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2026-12-24", (date(2026, 12, 24), date(2026, 12, 24))),
        ("2026-12-20/2027-01-06", (date(2026, 12, 20), date(2027, 1, 6))),
        (" 2026-12-20 / 2027-01-06 ", (date(2026, 12, 20), date(2027, 1, 6))),
        ("2027-01-06/2026-12-20", None),
        ("24.12.2026", None),
        ("/", None),
        ("", None),
        ("2026-02-30", None),
    ],
)
def test_span_of_days_is_read_or_refused(text: str, span: tuple[date, date] | None) -> None:
    """Nothing is guessed: a span the wrong way round, or a day no calendar has, is none."""
    assert span_of(text) == span
