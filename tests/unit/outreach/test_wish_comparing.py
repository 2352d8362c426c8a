"""Comparing wishes: the same pairs however memory is shared out, and nothing in vain whatever happens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import shake_256
from random import Random

import numpy as np
import pytest

from anlass.desk.wishes.comparing import _answers, _release
from anlass.outreach.wish import SLOT, TOKEN
from anlass.outreach.wish_event import WishRound
from anlass.outreach.wish_matching import Found, Uploads, _share_of, found_among
from anlass.outreach.wish_round import RoundKeys, answer_name, hosted_noise, met, unshelved
from anlass.outreach.wish_times import timetable
from tests.unit.outreach.wishing import EVENT, noise, secret

QUOTA, PEOPLE = 5, 60
KEYS = RoundKeys.of(secret(-1))
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ROUND = WishRound(EVENT, 1, timetable(NOW, NOW + timedelta(hours=1), NOW + timedelta(hours=2)), quota=QUOTA)


def token(*names: int) -> bytes:
    """Return the token that these share."""
    return shake_256(f"token {sorted(names)}".encode()).digest(TOKEN)


def made(seed: int = 1) -> list[tuple[bytes, bytes]]:
    """Return uploads in which some tokens are shared by two, a few by three, most by nobody."""
    rng, slots = Random(seed), {at: [noise(f"{at}/{n}", 1) for n in range(QUOTA)] for at in range(PEOPLE)}
    for number in range(PEOPLE // 2):
        who = rng.sample(range(PEOPLE), 3 if number % 7 == 0 else 2)
        for at in who:
            place = rng.randrange(QUOTA)
            slots[at][place] = token(number) + slots[at][place][TOKEN:]
    return [(bytes([at]) * 16, b"".join(sorted(one))) for at, one in slots.items()]


def slots_in(data: bytes) -> list[bytes]:
    """Return the slots of a release or an upload."""
    return [data[at : at + SLOT] for at in range(0, len(data), SLOT)]


def found_in(uploads: list[tuple[bytes, bytes]], at_once: int = 10_000) -> Found:
    """Return what is found among uploads that stay as they are."""
    return found_among(KEYS, lambda: uploads, count=len(uploads), quota=QUOTA, at_once=at_once)


def shown(uploads: Uploads, found: Found) -> set[bytes]:
    """Return the slots that a release and the answers together hand out, noise left aside."""
    known = {slot for _, body in made() for slot in slots_in(body)} | {
        slot for _, body in uploads() for slot in slots_in(body)
    }
    out = set(slots_in(_release(uploads, found, QUOTA)))
    for name, sealed in _answers(uploads, found, ROUND, KEYS):
        out.add(unshelved(KEYS.store, ROUND.place + name, sealed) or b"")
    return out & known


@pytest.mark.parametrize("at_once", [10_000, 100, 37, 1])
def test_the_same_is_found_however_the_memory_is_shared_out(at_once: int) -> None:
    """In one share or three hundred: the pairs and alarms that the pure matching finds."""
    uploads = made()
    wanted, found = met(KEYS, uploads), found_in(uploads, at_once)
    numbers = {number: pid for pid, number in found.numbers.items()}
    pairs = {frozenset(numbers[place // QUOTA] for place in pair) for pair in found.pairs.tolist()}
    assert (pairs, found.alarms) == (
        {frozenset((one[0], two[0])) for one, two in wanted.pairs},
        wanted.alarms,
    )
    assert (len(pairs) > 15, found.alarms > 2) == (True, True)
    assert shown(lambda: uploads, found) == set(wanted.slots())


def test_each_answer_lies_under_the_name_of_its_receiver() -> None:
    """Everybody finds the slot of each other, nobody the own one; the number of all is a power of two."""
    uploads = made()
    answers = dict(_answers(lambda: uploads, found_in(uploads), ROUND, KEYS))
    for one, other in met(KEYS, uploads).pairs:
        for to, slot in ((one[0], other[1]), (other[0], one[1])):
            names = [answer_name(KEYS, to, number) for number in range(QUOTA)]
            assert slot in [
                unshelved(KEYS.store, ROUND.place + name, answers.get(name, b"")) for name in names
            ]
    assert len(answers) == 64
    assert {len(sealed) for sealed in answers.values()} == {12 + SLOT + 16}


@pytest.mark.parametrize("gone", [0, 7, PEOPLE - 1])
def test_an_upload_that_vanishes_while_wishes_are_compared_shifts_no_other(gone: int) -> None:
    """Somebody is erased between two looks: of all others the very same slots are shown."""
    before = made()
    found, after = found_in(before), before[:gone] + before[gone + 1 :]
    matched = set(met(KEYS, before).slots())
    assert shown(lambda: after, found) == matched - set(slots_in(before[gone][1]))


def test_an_upload_that_changes_while_wishes_are_compared_gives_nothing_in_vain() -> None:
    """Other slots stand at the places that were found: their tokens did not meet, so none goes out."""
    before, other = made(), dict(made(seed=2))
    found = found_in(before)
    matched = set(met(KEYS, before).slots())
    after = [(pid, other[pid] if number % 2 else body) for number, (pid, body) in enumerate(before)]
    assert {slot[:TOKEN] for slot in shown(lambda: after, found)} <= {slot[:TOKEN] for slot in matched}


def test_an_upload_of_another_size_has_no_slots_and_keeps_its_number() -> None:
    """One that cannot be opened is empty; the pairs of all others are found."""
    uploads = made()
    broken = [(pid, b"" if number == 3 else body) for number, (pid, body) in enumerate(uploads)]
    wanted = {slot for pair in met(KEYS, [one for one in broken if one[1]]).pairs for _, slot in pair}
    assert shown(lambda: broken, found_in(broken)) == wanted


def test_nobody_without_the_key_can_crowd_tokens_into_one_share() -> None:
    """Tokens that count up, or differ in one half alone, are spread as others are."""
    counted = np.arange(8_000, dtype=np.uint64)
    for slots in (np.stack([counted, counted * 0], axis=1), np.stack([counted * 0, counted], axis=1)):
        sizes = np.bincount(_share_of(KEYS, slots, 4).astype(np.int64), minlength=4)
        assert sizes.max() < 2 * sizes.min()
        other = _share_of(RoundKeys.of(secret(-2)), slots, 4)
        assert (other != _share_of(KEYS, slots, 4)).mean() > 0.5


def test_nothing_is_found_in_nothing() -> None:
    """A round into which nobody uploaded has a release as large as any small one."""
    found = found_in([])
    assert (len(found.pairs), found.alarms, len(_release(lambda: (), found, QUOTA))) == (0, 0, 32 * SLOT)
    assert len(list(_answers(lambda: (), found, ROUND, KEYS))) == 32


def test_noise_of_hosted_people_is_the_same_after_a_crash_and_never_the_same_for_two() -> None:
    """By round, ticket and round key: so that what is compared twice is compared alike."""
    first = hosted_noise(KEYS, ROUND.place + b"a" * 16, QUOTA)
    others = [
        hosted_noise(KEYS, ROUND.place + b"b" * 16, QUOTA),
        hosted_noise(KEYS, EVENT + b"\0\0\0\2" + b"a" * 16, QUOTA),
        hosted_noise(RoundKeys.of(secret(-2)), ROUND.place + b"a" * 16, QUOTA),
    ]
    assert hosted_noise(KEYS, ROUND.place + b"a" * 16, QUOTA) == first
    assert len({first, *others}) == 4
    assert {len(one) for one in others} == {QUOTA * SLOT}
