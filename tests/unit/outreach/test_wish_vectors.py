"""The protocol against its published vectors, and these against figures that another program made."""

from __future__ import annotations

import json

import pytest

from anlass.outreach.wish import SLOT, TOKEN, Pair, Unreadable, is_key, public_of, seal, unseal
from anlass.outreach.wish_client import Participant, Revealed, revealed_to, upload_of
from anlass.outreach.wish_roster import FalseRoster, frozen, packed, roster_in
from anlass.outreach.wish_round import RoundKeys, answer_of, fault_of, index_of, met, release_of
from scripts import wish_vectors as made

VECTORS = json.loads(made.FILE.read_text(encoding="utf-8"))
ROSTER = made.roster()
ROUND = VECTORS["round_of_three"]


def test_the_file_is_what_the_script_writes() -> None:
    """Nobody edited the vectors, and the protocol did not change under them."""
    assert made.FILE.read_text(encoding="utf-8") == made.text()


def test_roster_tokens_and_keys_are_those_found_before_by_another_program() -> None:
    """The figures of the first, independent trial: only the cipher of the card is another one since."""
    known = {(one["from"], one["to"]): one for one in VECTORS["pairs"]}
    assert VECTORS["event"] == "7d0933155d283a918f3e4a5884241bb3"
    assert VECTORS["roster"]["hash"] == "057ba4860d7c5d296d0da20c019b348c74a2999768d8248d7992dc2b646a89e9"
    assert VECTORS["roster"]["code"] == "AV52 JBQN PROS S3IN UIGA DGZU RR2K FGMX"
    assert known["ada", "bo"]["token"] == "b709fe51562ca9ab1d2a370b5e1606fc"
    assert known["ada", "bo"]["key_out"] == "009c660cbe8efacb6bacd6f8f7a3dde1df6470d3090de6388d437f9c0c832dc7"
    assert known["ada", "bo"]["key_in"] == "404e78bd99ac55638068090114a6a5714a11f3ed522c37f98790314c2197b06f"
    assert known["ada", "cem"]["token"] == "dabee684c85a449c75618e72aa53b1ae"
    assert known["bo", "cem"]["token"] == "933d46d9771cd710972ed4efa94c99a9"
    assert ROUND["key_index"] == "a6262b41e83bc3468f005f510bf090cb71b8b29168b7bab8df48101d6d3daffe"
    assert ROUND["index_ada_bo"] == "bb4231edeaee398ccf469def526ec183"


def test_people_and_roster_are_as_written() -> None:
    """Keys follow from secrets, and the packed roster reads back to the one it was."""
    for one in VECTORS["people"]:
        assert public_of(bytes.fromhex(one["secret"])).hex() == one["public"]
    read = roster_in(bytes.fromhex(VECTORS["roster"]["packed"]))
    assert (read.hash.hex(), read.code) == (VECTORS["roster"]["hash"], VECTORS["roster"]["code"])
    assert packed(read).hex() == VECTORS["roster"]["packed"]


@pytest.mark.parametrize("one", VECTORS["pairs"], ids=lambda one: f"{one['from']}-{one['to']}")
def test_a_pair_is_as_written(one: dict[str, str]) -> None:
    """Token and keys of each pair, from each side."""
    shared = made.pair(one["from"], one["to"], ROSTER)
    assert shared == Pair(*(bytes.fromhex(one[key]) for key in ("token", "key_out", "key_in")))


@pytest.mark.parametrize("one", VECTORS["opening_ada_to_bo"], ids=lambda one: one["what"])
def test_a_slot_opens_or_says_why_not(one: dict[str, str]) -> None:
    """Good slots show their card; every bad one has its own reason, and none raises."""
    found = unseal(made.pair("bo", "ada", ROSTER), bytes.fromhex(one["slot"]))
    assert found == (one["card"] if "card" in one else Unreadable(one["unreadable"]))


@pytest.mark.parametrize("one", VECTORS["refused_keys"], ids=lambda one: one["why"])
def test_a_false_key_may_not_join(one: dict[str, str]) -> None:
    """Keys of low order, in a second form, or of another size are none."""
    assert not is_key(bytes.fromhex(one["public"]))
    assert all(is_key(bytes.fromhex(good["public"])) for good in VECTORS["people"])


@pytest.mark.parametrize("one", VECTORS["refused_uploads"], ids=lambda one: one["what"])
def test_a_false_upload_is_refused(one: dict[str, str]) -> None:
    """Only the size and a repeated token can be told from outside."""
    assert fault_of(bytes.fromhex(one["upload"]), int(one["quota"])) == one["fault"]


@pytest.mark.parametrize("one", VECTORS["refused_rosters"], ids=lambda one: one["what"])
def test_a_false_roster_is_refused(one: dict[str, str]) -> None:
    """Bytes that are no roster raise one error, which says why."""
    with pytest.raises(FalseRoster) as raised:
        roster_in(bytes.fromhex(one["packed"]))
    assert raised.value.fault == one["fault"]


def test_every_cut_of_a_roster_is_refused() -> None:
    """Wherever a download broke off, what came is no roster."""
    good = bytes.fromhex(VECTORS["roster"]["packed"])
    for size in range(len(good)):
        with pytest.raises(FalseRoster):
            roster_in(good[:size])


def test_a_whole_round_is_as_written() -> None:
    """Uploads, what met, release and answer of three people; Ada and Bo read each other's card."""
    cards = {
        name: {made.entry(to).pid: card for to, card in to.items()} for name, to in ROUND["wishes"].items()
    }
    who = {name: Participant(made.made(name), made.entry(name), ROSTER) for name in made.PEOPLE}
    uploads = {
        name: upload_of(who[name], cards[name], bytes.fromhex(ROUND["noise"][name]), made.QUOTA)
        for name in who
    }
    assert {name: upload.hex() for name, upload in uploads.items()} == ROUND["uploads"]
    keys = RoundKeys.of(bytes.fromhex(ROUND["round_key"]))
    found = met(keys, [(who[name].entry.pid, upload) for name, upload in uploads.items()])
    assert [slot.hex() for slot in sorted(found.slots())] == ROUND["released_slots"]
    assert index_of(keys, found.pairs[0][0][1][:TOKEN]).hex() == ROUND["index_ada_bo"]
    release = release_of(found.slots(), made.noise("release", 32))
    assert len(release) == 32 * SLOT
    ada, bo, cem = (made.entry(name).pid for name in made.PEOPLE)
    assert revealed_to(who["ada"], [bo, cem], release) == (Revealed(bo, made.ANSWER),)
    assert revealed_to(who["bo"], [ada], release) == (Revealed(ada, made.CARD),)
    assert revealed_to(who["cem"], [ada, bo], release) == ()
    answer = answer_of(keys, ada, found.slots(), made.QUOTA)
    assert answer.hex() == ROUND["answer_ada"]
    assert revealed_to(who["ada"], [bo], answer) == (Revealed(bo, made.ANSWER),)


def test_another_round_or_roster_makes_other_tokens() -> None:
    """Rounds cannot be linked, and whoever was handed another list matches with nobody."""
    plain = made.pair("ada", "bo", ROSTER).token
    assert made.pair("ada", "bo", made.roster(2)).token.hex() == VECTORS["roster_of_round_2"]["token_ada_bo"]
    without_cem = frozen(ROSTER.event, 1, [made.entry("ada"), made.entry("bo")])
    tokens = {plain, made.pair("ada", "bo", made.roster(2)).token, made.pair("ada", "bo", without_cem).token}
    assert len(tokens) == 3


def test_a_card_that_is_too_long_is_refused_before_it_is_sealed() -> None:
    """254 bytes fit, 255 do not; nor does a nonce of another size."""
    shared = made.pair("ada", "bo", ROSTER)
    assert len(seal(shared, "x" * 254, bytes(12))) == SLOT
    for card, nonce in (("x" * 255, bytes(12)), ("ü" * 128, bytes(12)), ("x", bytes(11))):
        with pytest.raises(ValueError, match="254 bytes"):
            seal(shared, card, nonce)
