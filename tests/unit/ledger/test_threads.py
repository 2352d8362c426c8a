"""What a thread proves."""

from __future__ import annotations

from itertools import permutations

from anlass.ledger.letter import Way
from anlass.ledger.threads import Standing, ThreadLetter, standings

KAI, EVA = "kai", "eva"


def told(
    name: int,
    way: Way,
    *addresses: str,
    answers: int | None = None,
    vouched: bool = False,
    forged: bool = False,
) -> ThreadLetter:
    """Return a letter whose name is its Message-ID and its moment."""
    return ThreadLetter(str(name), way, addresses, name, answers, name, vouched, forged)


def worth(*letters: ThreadLetter, listed: tuple[str, ...] = ()) -> dict[tuple[str, str], tuple[bool, bool]]:
    """Return turn and proof of each letter."""
    return {key: (one.is_turn, one.is_proven) for key, one in standings(letters, listed).items()}


def test_answers_to_the_other_side_are_turns_and_prove_the_thread() -> None:
    """The owner's answer makes the question proven as well."""
    thread = (told(1, Way.IN, KAI), told(2, Way.OUT, KAI, answers=1), told(3, Way.IN, KAI, answers=2))
    expected = {("1", KAI): (False, True), ("2", KAI): (True, True), ("3", KAI): (True, True)}
    for order in permutations(thread):
        assert worth(*order) == expected


def test_answering_oneself_is_no_turn() -> None:
    """Who writes again without an answer has not talked with anybody."""
    assert worth(told(1, Way.IN, KAI), told(2, Way.IN, KAI, answers=1)) == {
        ("1", KAI): (False, False),
        ("2", KAI): (False, False),
    }


def test_several_answers_to_one_letter_are_one_turn() -> None:
    """Nobody can multiply turns by answering the same letter again."""
    thread = (told(1, Way.OUT, KAI), told(2, Way.IN, KAI, answers=1), told(3, Way.IN, KAI, answers=1))
    assert [one.is_turn for one in standings(thread).values()] == [False, True, False]


def test_answer_from_a_second_address_is_a_turn() -> None:
    """Who was written to at work may answer from home; the owner's next letter goes there."""
    thread = (
        told(1, Way.OUT, KAI),
        told(2, Way.IN, "kai-home", answers=1),
        told(3, Way.OUT, "kai-phone", answers=2),
    )
    assert worth(*thread) == {
        ("1", KAI): (False, True),
        ("2", "kai-home"): (True, True),
        ("3", "kai-phone"): (True, True),
    }


def test_third_person_in_copy_takes_no_turn() -> None:
    """The owner's answer to Kai is a letter to Eva and a turn with Kai."""
    thread = (told(1, Way.IN, KAI), told(2, Way.OUT, KAI, EVA, answers=1))
    assert worth(*thread) == {("1", KAI): (False, True), ("2", KAI): (True, True), ("2", EVA): (False, True)}


def test_forged_letter_is_nothing_and_answering_it_is_no_turn() -> None:
    """What the owner's provider calls forged has never been written by that person."""
    thread = (told(1, Way.IN, KAI, forged=True), told(2, Way.OUT, KAI, answers=1))
    assert worth(*thread) == {("2", KAI): (False, True)}


def test_stranger_is_proven_by_the_owners_provider_alone() -> None:
    """Unanswered letters stand or fall with the provider's word."""
    assert worth(told(1, Way.IN, KAI, vouched=True)) == {("1", KAI): (False, True)}


def test_own_letter_to_a_list_proves_nobody_who_was_in_copy() -> None:
    """Writing to everybody is writing to nobody in particular."""
    thread = (told(1, Way.OUT, KAI, "list"), told(2, Way.IN, KAI))
    assert standings(thread, {"1"})["2", KAI] == Standing(is_turn=False, is_proven=False)


def test_blind_copy_proves_nothing_and_the_answer_to_it_is_the_owners_turn() -> None:
    """What was not addressed to the owner says nothing of the two, be its sender vouched for or answered."""
    blind = ThreadLetter("2", Way.IN, (KAI,), 2, 1, 2, is_vouched=True, is_blind=True)
    thread = (told(1, Way.OUT, KAI), blind, told(3, Way.OUT, KAI, answers=2))
    assert worth(*thread) == {
        ("1", KAI): (False, True),
        ("2", KAI): (False, False),
        ("3", KAI): (True, True),
    }
