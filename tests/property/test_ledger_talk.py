"""Laws of conversations: threads by silence, turns by changes of side, whichever way the list runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.ledger import UNDATED
from anlass.ledger.talk import SILENCE, Placed, Spoken, placed

pytestmark = pytest.mark.slow  # each law is tried on a hundred conversations

START = datetime(2020, 1, 1, tzinfo=UTC)
steps = st.lists(
    st.tuples(st.integers(1, 60 * 24), st.booleans(), st.sampled_from([1, 1, 1, 2])), max_size=20
)


def talk(told: list[tuple[int, bool, int]]) -> list[Spoken]:
    """Return messages that follow each other by so many hours."""
    when, spoken = START, []
    for hours, is_own, others in told:
        when += timedelta(hours=hours)
        spoken.append(Spoken(when, is_own, others))
    return spoken


@given(steps)
def test_direction_of_the_list_does_not_show(told: list[tuple[int, bool, int]]) -> None:
    """Newest first or oldest first, each message stands where it stands."""
    spoken = talk(told)
    assert placed(spoken[::-1]) == placed(spoken)[::-1]


@given(steps)
def test_threads_are_cut_by_silence_and_by_nothing_else(told: list[tuple[int, bool, int]]) -> None:
    """Within a thread no gap is longer than the silence; between two it is."""
    spoken = talk(told)
    found = placed(spoken)
    for before, after, one, other in zip(spoken, spoken[1:], found, found[1:], strict=False):
        assert (one.began == other.began) == (after.when - before.when <= SILENCE)


@given(steps)
def test_turn_answers_the_other_side_within_a_thread(told: list[tuple[int, bool, int]]) -> None:
    """The first word of a thread is none, nor is what one side adds, nor anything in a group."""
    spoken = talk(told)
    found = placed(spoken)
    for place, one in enumerate(spoken):
        is_first = place == 0 or found[place - 1].began != found[place].began
        answers = not is_first and spoken[place - 1].is_own != one.is_own
        between_two = one.others == 1 and (place == 0 or spoken[place - 1].others == 1)
        assert found[place].is_turn == (answers and between_two)


@given(steps, st.integers(0, 20))
def test_undated_message_is_no_turn_and_moves_nothing(told: list[tuple[int, bool, int]], place: int) -> None:
    """What has no day stands beside the conversation."""
    spoken = talk(told)
    place = min(place, len(spoken))
    found = placed([*spoken[:place], Spoken(UNDATED, is_own=True), *spoken[place:]])
    assert found[place] == Placed(UNDATED, is_turn=False)
    assert (*found[:place], *found[place + 1 :]) == placed(spoken)
