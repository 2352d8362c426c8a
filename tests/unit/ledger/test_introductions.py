"""Who brought whom: what it takes for a letter to be an introduction."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.ledger import Encounter, EncounterKind, TieLevel, tie_of
from anlass.ledger.introductions import (
    Acquaintance,
    Introduction,
    JointLetter,
    in_touch_since,
    introductions,
)

DAY = timedelta(days=1)
THEN = datetime(2026, 3, 2, tzinfo=UTC)
LETTER = JointLetter("l1", 7, THEN, "eva", ("tom",), is_proven=True)
KNOWN = Acquaintance({"eva": THEN - DAY}, {}, {(7, "tom"): THEN})


def brought(*letters: JointLetter, before: Acquaintance = KNOWN) -> list[tuple[str, str, str, bool]]:
    """Return letter, introducer, newcomer and whether it is proven."""
    return [(one.letter.id, one.by, one.newcomer, one.is_proven) for one in introductions(letters, before)]


def test_person_in_touch_brings_somebody_new() -> None:
    """One letter of a known writer to the owner and a stranger is an introduction."""
    assert brought(LETTER) == [("l1", "eva", "tom", True)]


@pytest.mark.parametrize(
    ("letter", "before"),
    [
        (LETTER, replace(KNOWN, known={})),
        (LETTER, replace(KNOWN, known={"eva": THEN})),
        (LETTER, replace(KNOWN, met={"tom": THEN - DAY})),
        (LETTER, replace(KNOWN, there={(7, "tom"): THEN - DAY})),
        (replace(LETTER, others=("tom", "a", "b", "c")), KNOWN),
        (replace(LETTER, others=()), KNOWN),
        (replace(LETTER, others=("eva",)), KNOWN),
    ],
    ids=[
        "writer unknown",
        "known by this very letter",
        "other known",
        "other in the thread",
        "crowd",
        "alone",
        "second address",
    ],
)
def test_it_takes_all_of_it(letter: JointLetter, before: Acquaintance) -> None:
    """Where one of the conditions fails, nobody is brought."""
    assert brought(letter, before=before) == []


def test_who_met_later_was_new_then() -> None:
    """What came of it afterwards does not take the introduction back."""
    assert brought(LETTER, before=replace(KNOWN, met={"tom": THEN})) == [("l1", "eva", "tom", True)]


def test_letter_that_nothing_proves_introduces_without_proof_until_the_owner_answers_the_newcomer() -> None:
    """Whoever forges a friend's address gains nothing; the owner's own act is proof enough."""
    claim = replace(LETTER, is_proven=False)
    assert brought(claim) == [("l1", "eva", "tom", False)]
    assert brought(claim, before=replace(KNOWN, answered={(7, "tom")})) == [("l1", "eva", "tom", True)]


def test_each_introducer_counts_once_and_the_proven_letter_first() -> None:
    """Eva's second letter adds nothing; Kai's does; a proven one is better than an earlier claim."""
    before = replace(KNOWN, known={"eva": THEN - DAY, "kai": THEN - DAY}, there={})
    again = replace(LETTER, id="l2", thread=8, when=THEN + DAY)
    kais = replace(again, id="l3", thread=9, writer="kai")
    assert brought(again, LETTER, kais, before=before) == [
        ("l1", "eva", "tom", True),
        ("l3", "kai", "tom", True),
    ]
    claim = replace(LETTER, is_proven=False)
    assert brought(claim, again, before=before) == [("l2", "eva", "tom", True)]


def test_several_are_brought_by_one_letter() -> None:
    """Up to three others, each of them on their own account."""
    known = replace(KNOWN, met={"b": THEN - DAY})
    letter = replace(LETTER, others=("tom", "ann", "b"))
    assert brought(letter, before=known) == [("l1", "eva", "ann", True), ("l1", "eva", "tom", True)]


PEOPLE = st.sampled_from(["eva", "kai", "tom", "ann"])
MOMENTS = st.integers(0, 9).map(lambda day: THEN + day * DAY)
LETTERS = st.builds(
    JointLetter,
    id=st.integers(0, 10**6).map(str),
    thread=st.integers(0, 2),
    when=MOMENTS,
    writer=PEOPLE,
    others=st.lists(PEOPLE, max_size=4).map(tuple),
    is_proven=st.booleans(),
)
BEFORES = st.builds(
    Acquaintance,
    st.dictionaries(PEOPLE, MOMENTS),
    st.dictionaries(PEOPLE, MOMENTS),
    st.dictionaries(st.tuples(st.integers(0, 2), PEOPLE), MOMENTS),
    st.frozensets(st.tuples(st.integers(0, 2), PEOPLE)),
)


@given(st.lists(LETTERS, unique_by=lambda one: one.id), BEFORES, st.randoms(use_true_random=False))
def test_order_of_letters_is_nothing(
    letters: list[JointLetter], before: Acquaintance, chance: Random
) -> None:
    """Shuffled letters bring the same people."""
    shuffled = sorted(letters, key=lambda _: chance.random())
    assert introductions(shuffled, before) == introductions(letters, before)


@given(st.lists(LETTERS, unique_by=lambda one: one.id), BEFORES)
def test_each_pair_stands_once(letters: list[JointLetter], before: Acquaintance) -> None:
    """Nobody is brought twice by the same person, and nobody by themselves."""
    found: tuple[Introduction, ...] = introductions(letters, before)
    pairs = [(one.by, one.newcomer) for one in found]
    assert len(set(pairs)) == len(pairs)
    assert [pair for pair in pairs if pair[0] == pair[1]] == []


ENCOUNTERS = st.builds(
    Encounter,
    kind=st.sampled_from(EncounterKind),
    when=MOMENTS,
    thread=st.sampled_from(["a", "b", "c"]),
    is_turn=st.booleans(),
    is_proven=st.booleans(),
    id=st.integers(0, 10**6).map(str),
)


@given(st.lists(ENCOUNTERS, max_size=12, unique_by=lambda one: one.id), MOMENTS)
def test_in_touch_since_is_the_moment_from_which_the_tie_says_so(
    encounters: list[Encounter], at: datetime
) -> None:
    """On every day the tie of what had happened by then is `in touch` exactly from that moment on."""
    since = in_touch_since(encounters)
    tie = tie_of((one for one in encounters if one.when <= at), at=at)
    assert (since is not None and since <= at) is (tie.level is TieLevel.IN_TOUCH)
