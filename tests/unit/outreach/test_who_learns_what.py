"""The table "who learns what", row by row: what each party can do with all they have, done.

Each row that says somebody learns nothing has its planted opposite, so that the attack is known to work.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from anlass.outreach.wish import SLOT, TOKEN, Pair, pair_of, public_of, seal, unseal
from anlass.outreach.wish_client import Alarm, Participant, Revealed, alarms, revealed_to, upload_of
from anlass.outreach.wish_roster import Entry, Roster, frozen
from anlass.outreach.wish_round import RoundKeys, answer_of, index_of, met, release_of, shelved, unshelved
from tests.unit.outreach.wishing import card, entry, noise, participant, roster, secret, upload

QUOTA = 6
WISHES = {0: {1, 2}, 1: {0}, 2: {3}, 3: {4}, 4: set(), 5: {0, 1, 2, 3, 4}}
"""0 and 1 wish for each other, all else is in vain; 5 wishes for everybody, nobody for 5."""
OF = roster(len(WISHES))
KEYS = RoundKeys.of(secret(-1))
UPLOADS = {at: upload(at, others, OF, QUOTA) for at, others in WISHES.items()}
SHELF = {
    at: shelved(KEYS.store, OF.hash + entry(at).pid, body, bytes([at]) * 12) for at, body in UPLOADS.items()
}
MET = met(KEYS, [(entry(at).pid, body) for at, body in UPLOADS.items()])
RELEASE = release_of(MET.slots(), noise("release", 32))
IN_VAIN = {(at, other) for at, others in WISHES.items() for other in others if at not in WISHES[other]}


def slots(body: bytes) -> list[bytes]:
    """Return the slots of an upload or a release."""
    return [body[at : at + SLOT] for at in range(0, len(body), SLOT)]


def guessed(bodies: Iterable[bytes], tokens: dict[bytes, tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the wishes that show in these bytes to whoever can compute these tokens."""
    return {tokens[slot[:TOKEN]] for body in bodies for slot in slots(body) if slot[:TOKEN] in tokens}


def naive_tokens() -> dict[bytes, tuple[int, int]]:
    """Return what can be computed of public values alone, for every ordered pair."""
    found = {}
    for one in WISHES:
        for other in WISHES:
            for first, second in ((entry(one), entry(other)), (entry(other), entry(one))):
                public = OF.event + first.pid + first.public + second.pid + second.public
                found[sha256(public).digest()[:TOKEN]] = (one, other)
                found[sha256(OF.hash + public).digest()[:TOKEN]] = (one, other)
    return found


def tokens_of(at: int, of: Roster = OF) -> dict[bytes, tuple[int, int]]:
    """Return what somebody with a private key can compute: the tokens of all wishes towards them."""
    others = [other for other in WISHES if other != at]
    return {participant(at, of).pair(entry(other).pid).token: (other, at) for other in others}


# --- server, honest ---


def test_the_honest_server_learns_who_met_and_no_wish_in_vain() -> None:
    """It sees the pair; of all other slots it can compute nothing, though a scheme of hashes would fall."""
    pids = {entry(at).pid: at for at in WISHES}
    assert [(pids[one[0]], pids[other[0]]) for one, other in MET.pairs] in ([(0, 1)], [(1, 0)])
    assert guessed(UPLOADS.values(), naive_tokens()) == set()
    planted = sha256(OF.event + entry(5).pid + entry(5).public + entry(4).pid + entry(4).public).digest()
    assert guessed([planted[:TOKEN] + bytes(SLOT - TOKEN)], naive_tokens()) != set()


def test_the_honest_server_cannot_read_the_cards_of_those_who_met() -> None:
    """With the round key and both slots it has no key for either."""
    ((one, other),) = MET.pairs
    text = KEYS.index + KEYS.store + KEYS.hosted + KEYS.answer + one[1] + other[1]
    assert card(0).encode() not in text
    assert card(1).encode() not in text
    wrong = Pair(one[1][:TOKEN], KEYS.store, KEYS.index)
    assert not any(" " in str(unseal(wrong, slot)) for slot in (one[1], other[1]))


# --- server, active ---


def test_a_substituted_key_opens_wishes_towards_it_and_nothing_else() -> None:
    """The server hands person 0 a roster with its own key for person 2: it sees that wish, and no other."""
    false_secret = secret(99)
    false = replace(entry(2), public=public_of(false_secret))
    handed = frozen(OF.event, OF.number, [false if one.pid == false.pid else one for one in OF.entries])
    body = upload(0, WISHES[0], handed, QUOTA)
    server = Participant(false_secret, false, handed)
    assert server.pair(entry(0).pid).token in {slot[:TOKEN] for slot in slots(body)}
    # The hash of the roster salts everything: the victim meets nobody, and the code differs.
    others = [(entry(at).pid, UPLOADS[at]) for at in WISHES if at != 0]
    assert met(KEYS, [(entry(0).pid, body), *others]).pairs == ()
    assert alarms(handed, entry(0), code=OF.code) == (Alarm.OTHER_CODE,)
    assert alarms(handed, entry(0), pinned={entry(2).pid: entry(2).public}) == (Alarm.OTHER_KEY,)


def test_a_copied_token_fakes_an_unconfirmed_match_and_no_card() -> None:
    """The server makes a second slot with somebody's token: its owner is shown a card that cannot be read."""
    token = participant(2, OF).pair(entry(3).pid).token
    forged = next(slot for slot in slots(UPLOADS[2]) if slot[:TOKEN] == token)
    fake = token + noise("fake", 1)[: SLOT - TOKEN]
    release = release_of([forged, fake], noise("release", 32))
    assert revealed_to(participant(2, OF), [entry(3).pid], release) == (Revealed(entry(3).pid, None),)


# --- server and attendee ---


def test_server_and_attendee_together_learn_who_wished_for_that_attendee() -> None:
    """That is not prevented, and stated: with one private key and all uploads, wishes towards it show."""
    assert guessed(UPLOADS.values(), tokens_of(4)) == {(3, 4), (5, 4)}
    assert guessed(UPLOADS.values(), tokens_of(5)) == {
        (one, 5) for one, others in WISHES.items() if 5 in others
    } | {(other, 5) for other in WISHES[5]}


# --- thief of the memory ---


def test_a_thief_without_the_round_key_finds_no_wish_even_with_a_private_key() -> None:
    """Shelved uploads show neither tokens nor cards nor that two of them met."""
    stolen = b"".join(SHELF.values())
    assert guessed([stolen[at:] for at in range(600)], tokens_of(4)) == set()
    assert not any(token in stolen for at in WISHES for token in tokens_of(at))
    seen = [slot for body in SHELF.values() for slot in slots(body[12:-16])]
    assert len({slot[:TOKEN] for slot in seen}) == len(seen)  # not even equal tokens are equal here


def test_a_thief_with_the_round_key_has_what_the_server_had() -> None:
    """Who met; and with a private key of an attendee also who wished for that one in vain."""
    opened = {at: unshelved(KEYS.store, OF.hash + entry(at).pid, sealed) for at, sealed in SHELF.items()}
    assert opened == UPLOADS
    assert guessed((body for body in opened.values() if body), tokens_of(4)) == {(3, 4), (5, 4)}


def test_what_is_shelved_opens_at_its_own_place_only() -> None:
    """An upload moved under another ticket, or into another round, is nobody's."""
    assert unshelved(KEYS.store, OF.hash + entry(1).pid, SHELF[0]) is None
    assert unshelved(KEYS.store, roster(6, 2).hash + entry(0).pid, SHELF[0]) is None
    assert unshelved(KEYS.index, OF.hash + entry(0).pid, SHELF[0]) is None
    assert unshelved(KEYS.store, OF.hash + entry(0).pid, b"short") is None


# --- attendee ---


def test_an_attendee_learns_of_a_wish_only_by_the_same_wish() -> None:
    """Everybody tries every token they can compute on the release: nothing but the own mutual wish shows."""
    for at, others in WISHES.items():
        shown = {other for other, _ in guessed([RELEASE], tokens_of(at))}
        assert shown == {other for other in others if at in WISHES[other]}
    assert guessed(UPLOADS.values(), tokens_of(4)) != set()  # the uploads themselves must never be handed out


def test_an_answer_of_fixed_size_shows_no_more_than_the_release() -> None:
    """With one met wish or none: as long, the same at every asking, and of others nothing."""
    mine = list(MET.slots())
    answers = {at: answer_of(KEYS, entry(at).pid, mine if at < 2 else (), QUOTA) for at in WISHES}
    assert {len(answer) for answer in answers.values()} == {QUOTA * SLOT}
    assert len(set(answers.values())) == len(WISHES)
    assert answer_of(KEYS, entry(4).pid, (), QUOTA) == answers[4]
    assert revealed_to(participant(0, OF), [entry(1).pid], answers[0]) == (Revealed(entry(1).pid, card(1)),)
    assert revealed_to(participant(4, OF), [entry(3).pid, entry(5).pid], answers[4]) == ()


# --- observer, third party ---


def test_an_observer_sees_the_same_size_whatever_was_wished() -> None:
    """No wish, one or all: uploads are as long, and so is what comes back."""
    assert {len(body) for body in UPLOADS.values()} == {QUOTA * SLOT}
    none = release_of((), noise("release", 32))
    assert len(none) == len(RELEASE)


def test_a_proof_shown_to_a_third_party_could_have_been_made_by_either() -> None:
    """Whom the card is sealed for can seal the very same themselves: it proves nothing."""
    mine, theirs = participant(0, OF).pair(entry(1).pid), participant(1, OF).pair(entry(0).pid)
    nonce = noise("nonce", 1)[:12]
    true = seal(mine, card(0), nonce)
    forged = seal(Pair(theirs.token, outward=theirs.inward, inward=theirs.outward), card(0), nonce)
    assert forged == true


# --- people by mail ---


def test_wishes_towards_hosted_people_are_open_to_who_holds_their_key() -> None:
    """The label says so; a client can leave them out."""
    hosted_secret = secret(77)
    hosted = Entry(entry(77).pid, public_of(hosted_secret), 1, "By mail")
    of = frozen(OF.event, 1, [*OF.entries, hosted])
    body = upload_of(participant(0, of), {hosted.pid: card(0)}, noise("h", QUOTA), QUOTA)
    shared = pair_of(hosted_secret, hosted, entry(0), of)
    assert [unseal(shared, slot) for slot in slots(body) if slot[:TOKEN] == shared.token] == [card(0)]
    assert [one.name for one in of.entries if one.is_hosted] == ["By mail"]


def test_an_index_says_nothing_without_its_key() -> None:
    """Another round key gives another index for the same token."""
    token = participant(0, OF).pair(entry(1).pid).token
    assert index_of(KEYS, token) != index_of(RoundKeys.of(secret(-2)), token)
    assert repr(KEYS) == "RoundKeys(...)"
