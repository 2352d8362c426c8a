"""What is kept of a tie makes the same tie again on every later day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.ledger import UNDATED, Encounter, EncounterKind, Tie, tie_of
from anlass.ledger.closeness import closeness_of
from anlass.ledger.lasting import Lasting, lasting_of, tie_at
from anlass.store.ground.mapping import read, written

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
encounters = st.lists(
    st.builds(
        Encounter,
        st.sampled_from(list(EncounterKind)),
        st.one_of(st.just(UNDATED), st.integers(0, 900).map(lambda days: NOW - timedelta(days=days))),
        thread=st.sampled_from(["", "a", "b"]),
        others=st.integers(1, 4),
        is_turn=st.booleans(),
        is_proven=st.booleans(),
        where=st.sampled_from(["", "Kantine", "Mensa"]),
    ),
    max_size=14,
)


def again(told: list[Encounter], at: datetime) -> Tie:
    """Return the tie that what is kept of it makes at a moment."""
    kept = read(Lasting, written(lasting_of(told)))
    tie = tie_at(kept, closeness_of(told), at)
    assert tie.score == pytest.approx(tie_of(told, at=at).score)
    return replace(tie, score=tie_of(told, at=at).score)


@given(encounters, st.integers(0, 3000))
def test_kept_tie_is_the_tie_of_what_happened(told: list[Encounter], later: int) -> None:
    """On the day of the last encounter and on every day after it."""
    at = NOW + timedelta(days=later)
    assert again(told, at) == tie_of(told, at=at)


@pytest.mark.parametrize(("days", "dormant"), [(0, False), (79, False), (80, False), (81, True)])
def test_kept_tie_falls_silent_on_the_same_day(days: int, dormant: bool) -> None:
    """A letter every ten days, and then none for more than eight times as long."""
    told = [
        Encounter(EncounterKind.MAIL_IN, NOW - timedelta(days=10 * number), f"t{number}", is_proven=True)
        for number in range(6)
    ]
    at = NOW + timedelta(days=days)
    assert again(told, at) == tie_of(told, at=at)
    assert again(told, at).is_dormant is dormant
