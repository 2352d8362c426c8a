"""Days that are typed on a page: moments by the owner's clock, or a slip."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from anlass.web.frame.days import BEGINNING, day_of

NOW = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Berlin"))


def test_a_day_ends_at_its_end_in_the_owners_zone() -> None:
    """Where nothing else is meant; with summer time where the day has it."""
    assert day_of(" 2026-12-24 ", NOW) == datetime(2026, 12, 24, 23, 59, 59, tzinfo=NOW.tzinfo)
    begun = day_of("2026-07-01", NOW, BEGINNING)
    assert begun is not None
    assert begun.isoformat() == "2026-07-01T00:00:00+02:00"


def test_no_day_is_no_moment() -> None:
    """An empty field is not a slip."""
    assert day_of("  ", NOW) is None


@pytest.mark.parametrize("text", ["tomorrow", "2026-02-30", "0001-01-01", "9999-12-31"])
def test_a_day_that_is_none_or_that_nobody_means_is_a_slip(text: str) -> None:
    """Beyond the ends of the calendar no clock in another zone knows the day."""
    with pytest.raises(ValueError, match=r"."):
        day_of(text, NOW)
