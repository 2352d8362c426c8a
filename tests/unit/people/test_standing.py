"""What a person became: words are only added, evidence never takes away, the owner's word holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.people import Standing
from anlass.people.standing import GIVEN, StandingBy, StandingWord, lasting, rank, standing_by

NOW = datetime(2026, 11, 22, tzinfo=UTC)
STANDINGS = st.sampled_from(list(Standing))
WORDS = st.lists(
    st.builds(
        lambda days, standing, by: StandingWord(NOW + timedelta(days=days), "p", standing, by),
        st.integers(0, 9),
        st.sampled_from(GIVEN),
        st.sampled_from(list(StandingBy)),
    ),
    max_size=6,
)


def word(day: int, standing: Standing, by: StandingBy = StandingBy.OWNER) -> StandingWord:
    """Return a word said on a day."""
    return StandingWord(NOW + timedelta(days=day), "p", standing, by)


@pytest.mark.parametrize(
    ("words", "evidence", "stands"),
    [
        ([], Standing.IN_TOUCH, Standing.IN_TOUCH),
        ([word(1, Standing.CONTACT)], Standing.STRANGER, Standing.CONTACT),
        ([word(1, Standing.CONTACT), word(2, Standing.STRANGER)], Standing.IN_TOUCH, Standing.STRANGER),
        ([word(1, Standing.CONTACT, StandingBy.EVIDENCE)], Standing.STRANGER, Standing.CONTACT),
        (
            [word(1, Standing.STRANGER), word(2, Standing.CONTACT, StandingBy.EVIDENCE)],
            Standing.WATCHED,
            Standing.CONTACT,
        ),
        (
            [word(1, Standing.VOUCHED_FOR), word(2, Standing.CONTACT, StandingBy.EVIDENCE)],
            Standing.WATCHED,
            Standing.VOUCHED_FOR,
        ),
        ([word(1, Standing.CONTACT)], Standing.INNER_CIRCLE, Standing.INNER_CIRCLE),
    ],
)
def test_the_last_word_of_the_owner_holds(
    words: list[StandingWord], evidence: Standing, stands: Standing
) -> None:
    """Evidence adds to a word and never takes from it; the inner circle has a word of its own."""
    assert standing_by(words, evidence) is stands


@given(WORDS, STANDINGS, STANDINGS)
def test_more_evidence_lowers_nobody(words: list[StandingWord], one: Standing, other: Standing) -> None:
    """Whatever was said, a stronger tie never makes somebody less."""
    less, more = sorted((one, other), key=rank)
    assert rank(standing_by(words, less)) <= rank(standing_by(words, more))


@given(WORDS, st.sampled_from(GIVEN), STANDINGS)
def test_a_word_of_evidence_lowers_nobody(
    words: list[StandingWord], said: Standing, evidence: Standing
) -> None:
    """A later word of evidence leaves a standing or raises it, in whatever order words are read."""
    later = [*words, word(20, said, StandingBy.EVIDENCE)]
    assert rank(standing_by(words, evidence)) <= max(rank(standing_by(later, evidence)), rank(evidence))
    before, after = lasting(words), lasting(later)
    assert before is None or (after is not None and rank(after.standing) >= rank(before.standing))
    assert lasting(reversed(later)) == after
