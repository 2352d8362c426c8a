"""Who is close by evidence: each condition is needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from anlass.ledger import Tie, TieLevel
from anlass.ledger.circle import is_close

NOW = datetime(2026, 11, 22, tzinfo=UTC)
CLOSE = Tie(
    TieLevel.IN_TOUCH,
    turns=10,
    threads=4,
    last_in=NOW - timedelta(days=365),
    last_out=NOW - timedelta(days=3),
)


def test_habit_of_the_last_year_is_close() -> None:
    """In touch, ten turns, both wrote within the year."""
    assert is_close(CLOSE, at=NOW)


@pytest.mark.parametrize(
    "lacking",
    [
        {"level": TieLevel.ACQUAINTED},
        {"turns": 9},
        {"is_dormant": True},
        {"last_in": NOW - timedelta(days=366)},
        {"last_out": NOW - timedelta(days=366)},
        {"last_in": None},
        {"last_out": None},
    ],
    ids=str,
)
def test_nothing_of_it_may_lack(lacking: dict[str, object]) -> None:
    """Whoever lacks one condition is not close."""
    assert not is_close(replace(CLOSE, **lacking), at=NOW)  # type: ignore[arg-type]  # of several types
