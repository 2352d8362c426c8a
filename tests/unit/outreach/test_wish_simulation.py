"""Two thousand people in one round, cheaters among them: who meets, who does not, what nobody can force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from random import Random

import pytest

from anlass.outreach.wish import FRAME, SLOT, TAG, TOKEN
from anlass.outreach.wish_client import Revealed, revealed_to, upload_of
from anlass.outreach.wish_roster import Entry, Roster, frozen
from anlass.outreach.wish_round import Met, RoundKeys, fault_of, met, release_of, released_size
from tests.unit.outreach.wishing import card, entry, noise, participant, roster, secret, upload

pytestmark = pytest.mark.slow  # two thousand people derive some twenty thousand secrets

PEOPLE, QUOTA = 2_000, 10
GREEDY = range(100)
"""Wish for as many as there are wishes, whomever."""
GARBLERS = range(100, 150)
"""Upload true tokens with garbage for a card."""
COPIED = range(200, 210)
"""Had their token with their neighbour copied by a third person, who got it from that neighbour."""
MISLED = range(300, 310)
"""Were handed another roster."""


@dataclass(frozen=True)
class Played:
    """A round that was played: who wished for whom, what met, what was released."""

    roster: Roster
    wishes: dict[int, frozenset[int]]
    met: Met
    release: bytes


def wished() -> dict[int, frozenset[int]]:
    """Return who wishes for whom: most for a few, some back, many for nobody."""
    rng = Random(1)
    made: dict[int, set[int]] = {at: set() for at in range(PEOPLE)}
    for at in GREEDY:
        made[at] = set(rng.sample(range(PEOPLE), QUOTA - 2))
    for at in range(100, PEOPLE):
        for other in rng.sample(range(PEOPLE), rng.choice((0, 0, 1, 3, 5))):
            made[at].add(other)
            if rng.random() < 0.4 and len(made[other]) < QUOTA - 2:
                made[other].add(at)
    for at in (*COPIED, *MISLED, *GARBLERS):
        neighbour = at + 1_000
        made[at] = {neighbour} | set(sorted(made[at])[: QUOTA - 3])
        made[neighbour] = {at} | set(sorted(made[neighbour])[: QUOTA - 3])
    return {at: frozenset(others - {at}) for at, others in made.items()}


def garbled(slot: bytes, name: str) -> bytes:
    """Return the same token with garbage behind it."""
    return slot[:TOKEN] + noise(name, 1)[: SLOT - TOKEN]


def uploaded(at: int, wishes: frozenset[int], of: Roster) -> bytes:
    """Return what somebody uploads, the honest way or theirs."""
    mine = upload(at, wishes, of, QUOTA)
    slots = [mine[start : start + SLOT] for start in range(0, len(mine), SLOT)]
    if at in GARBLERS:
        slots = [garbled(slot, f"garbage {at} {number}") for number, slot in enumerate(slots)]
    if at - 400 in COPIED:  # the accomplice: uploads a token of two others beside own wishes
        victim = at - 400
        token = participant(victim, of).pair(entry(victim + 1_000).pid).token
        own = {participant(at, of).pair(entry(other).pid).token for other in wishes}
        spare = next(number for number, slot in enumerate(slots) if slot[:TOKEN] not in own)
        slots[spare] = garbled(token + slots[spare][TOKEN:], f"copy {at}")
    return b"".join(slots)


@cache
def played() -> Played:
    """Play the round, once for all tests."""
    of = roster(PEOPLE)
    others = frozen(of.event, of.number, of.entries[:-1])
    wishes = wished()
    keys = RoundKeys.of(secret(-1))
    uploads = [
        (entry(at).pid, uploaded(at, wishes[at], others if at in MISLED else of)) for at in range(PEOPLE)
    ]
    assert {fault_of(body, QUOTA) for _, body in uploads} == {None}
    found = met(keys, uploads)
    slots = list(found.slots())
    return Played(of, wishes, found, release_of(slots, noise("release", released_size(len(slots)))))


def mutual() -> set[tuple[int, int]]:
    """Return the pairs that wished for each other, each with the smaller number first."""
    wishes = played().wishes
    return {
        (at, other) for at, others in wishes.items() for other in others if at < other and at in wishes[other]
    }


def spoiled(pair: tuple[int, int]) -> bool:
    """Tell whether a cheater or a false roster stands between two who wished for each other."""
    copied = any(set(pair) == {at, at + 1_000} for at in COPIED)
    return copied or any(one in MISLED for one in pair)


def shown_to(at: int) -> dict[int, Revealed]:
    """Return what somebody sees after the release, by the number of the other."""
    numbers = {entry(other).pid: other for other in played().wishes[at]}
    found = revealed_to(participant(at, played().roster), list(numbers), played().release)
    return {numbers[one.pid]: one for one in found}


def test_exactly_the_mutual_wishes_meet() -> None:
    """Every pair that wished for each other, no other, and none that a third person spoiled."""
    numbers = {entry(at).pid: at for at in range(PEOPLE)}
    pairs = {tuple(sorted((numbers[one[0]], numbers[other[0]]))) for one, other in played().met.pairs}
    assert pairs == {pair for pair in mutual() if not spoiled(pair)}
    assert len(pairs) > 1_000


def test_both_see_the_same_and_each_the_others_card() -> None:
    """What is revealed to one is revealed to the other, with the card the other sealed."""
    for one, other in mutual():
        seen, back = other in shown_to(one), one in shown_to(other)
        assert seen is back is not spoiled((one, other))
        if seen and other not in GARBLERS:
            assert shown_to(one)[other].card == card(other)


def test_a_one_sided_wish_shows_nothing_to_anybody() -> None:
    """Neither to who wished nor to who was wished for, whatever that one could wish for."""
    for at in range(0, PEOPLE, 7):
        back = {other for other in played().wishes[at] if at in played().wishes[other]}
        assert shown_to(at).keys() <= back
    of = played().roster
    for at in list(GREEDY)[:20]:
        in_vain = [other for other in range(PEOPLE) if at in played().wishes[other] - played().wishes[at]][
            :20
        ]
        everybody = [entry(other).pid for other in in_vain]
        assert revealed_to(participant(at, of), everybody, played().release) == ()


def test_a_garbage_card_is_an_unconfirmed_match_and_no_crash() -> None:
    """The honest side learns that the card cannot be read; the cheater gave the own wish away."""
    for at in GARBLERS:
        neighbour = at + 1_000
        assert shown_to(neighbour)[at] == Revealed(entry(at).pid, None)
        assert shown_to(neighbour)[at].is_confirmed is False
        assert shown_to(at)[neighbour].card == card(neighbour)


def test_a_third_uploader_raises_an_alarm_and_nothing_is_released() -> None:
    """Each copied token is counted; neither of the two it belonged to, nor the copier, sees anything."""
    assert played().met.alarms == len(COPIED)
    for at in COPIED:
        assert at + 1_000 not in shown_to(at)
        assert at not in shown_to(at + 1_000)


def test_who_was_handed_another_roster_meets_nobody() -> None:
    """A clumsy substitution shows as silence, and the codes differ."""
    of = played().roster
    other = frozen(of.event, of.number, of.entries[:-1])
    assert other.code != of.code
    assert all(shown_to(at) == {} for at in MISLED)


def test_the_release_is_one_file_whose_size_tells_a_power_of_two() -> None:
    """Slots stand in order, so not even their place says whose they are."""
    release = played().release
    slots = [release[start : start + SLOT] for start in range(0, len(release), SLOT)]
    assert len(slots) == released_size(2 * len(played().met.pairs)) == 4_096
    assert slots == sorted(slots)


def test_no_upload_can_be_told_from_noise() -> None:
    """Bytes of uploads with many wishes and with none have the same spread, and no slot stands out."""
    of = played().roster
    full = b"".join(upload(at, range(50, 50 + QUOTA), of, QUOTA) for at in range(40))
    empty = b"".join(upload(at, (), of, QUOTA) for at in range(40))
    assert len(full) == len(empty)
    for text in (full, empty):
        counts = [text.count(bytes([value])) for value in range(256)]
        expected = len(text) / 256
        assert (
            sum((count - expected) ** 2 / expected for count in counts) < 360
        )  # chi square, far beyond 1 in 10,000


def test_a_false_key_on_the_roster_is_passed_over() -> None:
    """Somebody smuggled a key of low order onto the list: wishes for others go on."""
    false = Entry(bytes(16), bytes(32), 0, "Nobody")
    of = frozen(entry(0).pid, 1, [entry(0), entry(1), false])
    me, you = participant(0, of), participant(1, of)
    one = upload_of(me, {false.pid: "c", entry(1).pid: "mine"}, noise("a", QUOTA), QUOTA)
    other = upload_of(you, {entry(0).pid: "yours"}, noise("b", QUOTA), QUOTA)
    found = met(RoundKeys.of(secret(-1)), [(entry(0).pid, one), (entry(1).pid, other)])
    assert revealed_to(me, [false.pid, entry(1).pid], b"".join(found.slots())) == (
        Revealed(entry(1).pid, "yours"),
    )
    assert revealed_to(replace(me, secret=secret(5)), [entry(1).pid], b"".join(found.slots())) == ()


def test_a_slot_is_a_token_a_nonce_a_frame_and_a_tag() -> None:
    """The sizes of the protocol add up."""
    assert SLOT == TOKEN + 12 + FRAME + TAG == 300
