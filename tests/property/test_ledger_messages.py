"""Laws of messages in the tie: order is nothing, chatter is not closeness, and mail keeps its meaning."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.ledger import Encounter, EncounterKind, TieLevel, tie_of

pytestmark = pytest.mark.slow  # each law is tried on a hundred sets of evidence

AT = datetime(2026, 11, 22, tzinfo=UTC)
MESSAGES = (EncounterKind.MESSAGE_IN, EncounterKind.MESSAGE_OUT)
ORDER = tuple(TieLevel)

encounters = st.builds(
    Encounter,
    st.sampled_from(EncounterKind),
    st.integers(0, 60).map(lambda hours: AT - timedelta(hours=hours * 12)),
    thread=st.sampled_from("ab"),
    others=st.integers(1, 3),
    is_turn=st.booleans(),
    is_proven=st.booleans(),
)
evidence = st.lists(encounters, max_size=12)
messages = encounters.filter(lambda one: one.kind in MESSAGES)


@given(evidence, st.randoms(use_true_random=False))
def test_order_does_not_show(told: list[Encounter], chance: Random) -> None:
    """The same encounters in any order make the same tie, to the last bit."""
    mixed = list(told)
    chance.shuffle(mixed)
    assert tie_of(mixed, at=AT) == tie_of(told, at=AT)


@given(evidence, messages)
def test_more_never_makes_less(told: list[Encounter], one: Encounter) -> None:
    """A further message lowers neither level, turns, threads nor closeness."""
    before, after = tie_of(told, at=AT), tie_of([*told, one], at=AT)
    assert ORDER.index(after.level) >= ORDER.index(before.level)
    assert (after.turns, after.threads) >= (before.turns, before.threads)
    assert after.score >= before.score
    assert after.lifetime >= before.lifetime


@given(evidence, messages, st.integers(1, 9))
def test_saying_it_again_the_same_day_adds_nothing_but_the_count(
    told: list[Encounter], one: Encounter, times: int
) -> None:
    """Crumbs of one day, thread and side change the plain counts alone."""
    once, again = tie_of([*told, one], at=AT), tie_of([*told, *[one] * (times + 1)], at=AT)
    more = times if one.kind is EncounterKind.MESSAGE_IN else 0
    assert again == replace(
        once, messages_in=once.messages_in + more, messages_out=once.messages_out + times - more
    )


@given(evidence, st.lists(messages, max_size=5))
def test_mail_counts_are_counts_of_mail(told: list[Encounter], more: list[Encounter]) -> None:
    """However much is said elsewhere, letters in, letters out and proven letters stay what they were."""
    before, after = tie_of(told, at=AT), tie_of([*told, *more], at=AT)
    assert (after.mails_in, after.mails_out, after.proven) == (
        before.mails_in,
        before.mails_out,
        before.proven,
    )


@given(st.lists(messages.map(lambda one: replace(one, is_proven=False))))
def test_claims_prove_nothing(told: list[Encounter]) -> None:
    """What nobody vouches for is counted and makes nobody known."""
    tie = tie_of(told, at=AT)
    assert (tie.level, tie.turns, tie.threads, tie.score) == (TieLevel.STRANGER, 0, 0, 0.0)
    assert tie.messages_in + tie.messages_out == len(told)


@given(st.lists(messages.filter(lambda one: one.kind is EncounterKind.MESSAGE_IN)))
def test_nobody_writes_himself_into_a_tie(told: list[Encounter]) -> None:
    """However many messages come in, without a turn or a word of the owner nothing is shared."""
    tie = tie_of([replace(one, is_turn=False, is_proven=True) for one in told], at=AT)
    assert (tie.level, tie.score) == (TieLevel.STRANGER, 0.0)
