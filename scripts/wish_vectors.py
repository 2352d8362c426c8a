"""Write `docs/reference/wish-v1-vectors.json`: what any client of Wish v1 can be checked against.

python -m scripts.wish_vectors [--check]
"""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from anlass.outreach.wish import NONCE, SLOT, TOKEN, Pair, pair_of, public_of, seal
from anlass.outreach.wish_client import Participant, upload_of
from anlass.outreach.wish_roster import Entry, Roster, frozen, packed
from anlass.outreach.wish_round import RoundKeys, answer_of, index_of, met, release_of

FILE = Path(__file__).parents[1] / "docs" / "reference" / "wish-v1-vectors.json"
PEOPLE = {"ada": ("Ada Beispiel", 0), "bo": ("Bo Müller", 0), "cem": ("Cem Örnek", 1)}
CARD = "Ada Beispiel <ada@example.org>"
ANSWER = "Bo Müller <bo@example.org>"
QUOTA = 4
LOW_ORDER = (
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
)
NOT_CANONICAL = (
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "bd8f54ee9e368825088eb5de6bb2b5021e70a70ebc03f157ca9ee5955b75dff6",
)


def made(name: str) -> bytes:
    """Return the bytes of this name in the vectors: SHA-256 of "anlass/wish/v1/test/" and the name."""
    return sha256(b"anlass/wish/v1/test/" + name.encode()).digest()


def noise(name: str, slots: int) -> bytes:
    """Return the noise of this name: SHA-256 of name and a counter, one after the other."""
    return b"".join(made(f"{name}/{number}") for number in range(slots * SLOT // 32 + 1))[: slots * SLOT]


def entry(name: str) -> Entry:
    """Return somebody of the vectors."""
    shown, flags = PEOPLE[name]
    return Entry(made(f"{name}/pid")[:16], public_of(made(name)), flags, shown)


def roster(number: int = 1) -> Roster:
    """Return the roster of the vectors."""
    return frozen(made("event")[:16], number, map(entry, PEOPLE))


def pair(one: str, other: str, of: Roster) -> Pair:
    """Return what two of them share."""
    return pair_of(made(one), entry(one), entry(other), of)


def _pair_vector(one: str, other: str, of: Roster) -> dict[str, str]:
    shared = pair(one, other, of)
    return {
        "from": one,
        "to": other,
        "token": shared.token.hex(),
        "key_out": shared.outward.hex(),
        "key_in": shared.inward.hex(),
    }


def _flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def _framed(shared: Pair, frame: bytes) -> bytes:
    """Return a slot with any frame in it, as only a cheater makes one."""
    nonce = made("nonce")[:NONCE]
    sealed = AESGCM(shared.outward).encrypt(nonce, frame, b"anlass/wish/v1/card\0" + shared.token)
    return shared.token + nonce + sealed


def _opening(of: Roster) -> list[dict[str, str]]:
    """Return slots as Bo tries to open them from Ada, and what comes of it."""
    shared = pair("ada", "bo", of)
    slot = seal(shared, CARD, made("nonce")[:NONCE])
    text = CARD.encode()
    frames = {
        "padding that is not zero": len(text).to_bytes(2, "big") + text + b"\x01" + bytes(253 - len(text)),
        "a length beyond the frame": (255).to_bytes(2, "big") + bytes(254),
        "a card that is no UTF-8": (2).to_bytes(2, "big") + b"\xff\xfe" + bytes(252),
    }
    reasons = {
        "one bit of the token changed": (_flipped(slot, 0), "other-token"),
        "one bit of the nonce changed": (_flipped(slot, TOKEN * 8 + 3), "seal"),
        "one bit of the card changed": (_flipped(slot, (TOKEN + NONCE) * 8 + 99), "seal"),
        "one bit of the tag changed": (_flipped(slot, SLOT * 8 - 1), "seal"),
        "Bo's own slot comes back (reflection)": (
            seal(pair("bo", "ada", of), ANSWER, made("n2")[:NONCE]),
            "seal",
        ),
        "the token is right, the rest is garbage": (
            shared.token + noise("garbage", 1)[: SLOT - TOKEN],
            "seal",
        ),
        "a byte is missing": (slot[:-1], "size"),
        "a slot of the next round": (
            seal(pair("ada", "bo", roster(2)), CARD, made("nonce")[:NONCE]),
            "other-token",
        ),
        **{name: (_framed(shared, frame), "frame") for name, frame in frames.items()},
    }
    good = [
        {"what": "a card", "slot": slot.hex(), "card": CARD},
        {"what": "an empty card", "slot": seal(shared, "", made("n3")[:NONCE]).hex(), "card": ""},
        {
            "what": "the longest card",
            "slot": seal(shared, "ü" * 127, made("n4")[:NONCE]).hex(),
            "card": "ü" * 127,
        },
    ]
    return good + [
        {"what": what, "slot": data.hex(), "unreadable": why} for what, (data, why) in reasons.items()
    ]


def _round(of: Roster) -> dict[str, object]:
    """Return a whole small round: uploads of three people, what met, and what is released."""
    wishes = {"ada": {"bo": CARD, "cem": CARD}, "bo": {"ada": ANSWER}, "cem": {}}
    uploads = {
        name: upload_of(
            Participant(made(name), entry(name), of),
            {entry(other).pid: card for other, card in wanted.items()},
            noise(f"{name}/noise", QUOTA),
            QUOTA,
        )
        for name, wanted in wishes.items()
    }
    keys = RoundKeys.of(made("roundkey"))
    found = met(keys, [(entry(name).pid, upload) for name, upload in uploads.items()])
    token = pair("ada", "bo", of).token
    return {
        "quota": QUOTA,
        "noise": {name: noise(f"{name}/noise", QUOTA).hex() for name in wishes},
        "wishes": wishes,
        "uploads": {name: upload.hex() for name, upload in uploads.items()},
        "round_key": made("roundkey").hex(),
        "key_index": keys.index.hex(),
        "key_store": keys.store.hex(),
        "index_ada_bo": index_of(keys, token).hex(),
        "release_sha256": sha256(release_of(found.slots(), noise("release", 32))).hexdigest(),
        "released_slots": [slot.hex() for slot in sorted(found.slots())],
        "answer_ada": answer_of(keys, entry("ada").pid, found.slots(), QUOTA).hex(),
    }


def _refused_uploads(of: Roster) -> list[dict[str, str | int]]:
    good = upload_of(Participant(made("ada"), entry("ada"), of), {}, noise("refused", QUOTA), QUOTA)
    first = good[:SLOT]
    twice = first + first[:TOKEN] + good[SLOT + TOKEN :]
    return [
        {"what": "a slot too few", "upload": good[SLOT:].hex(), "quota": QUOTA, "fault": "size"},
        {"what": "a slot too many", "upload": (good + first).hex(), "quota": QUOTA, "fault": "size"},
        {"what": "the same token twice", "upload": twice.hex(), "quota": QUOTA, "fault": "repeated-token"},
    ]


def _false_rosters(of: Roster) -> list[dict[str, str]]:
    good = packed(of)
    first, second, third = (_line(one) for one in of.entries)
    other_key = first[:16] + second[16:48] + first[48:]
    no_form = first[:16] + b"\xff" * 31 + b"\x7f" + first[48:]
    names = {
        "a name that turns the letters after it": "Bo \u202e",
        "a name of two lines": "Bo\nMüller",
        "a name that is not composed": "Mu\u0308ller",
        "a name that ends in a blank": "Bo ",
    }
    called = {what: first[:49] + bytes((len(name.encode()),)) + name.encode() for what, name in names.items()}
    no_text = first[:49] + b"\x02\xff\xfe"
    return [
        {"what": "not in order", "packed": (good[:30] + second + first + third).hex(), "fault": "garbled"},
        {"what": "a name that is no UTF-8", "packed": _with(good, first, no_text), "fault": "garbled"},
        {"what": "a key twice", "packed": _with(good, first, other_key), "fault": "same-key"},
        {"what": "a key in a second form", "packed": _with(good, first, no_form), "fault": "false-key"},
        *(
            {"what": what, "packed": _with(good, first, line), "fault": "false-name"}
            for what, line in called.items()
        ),
        {"what": "no roster at all", "packed": b"nothing".hex(), "fault": "garbled"},
        {"what": "a byte too many", "packed": (good + b"\0").hex(), "fault": "garbled"},
        {"what": "a byte too few", "packed": good[:-1].hex(), "fault": "garbled"},
        {"what": "somebody twice", "packed": _twice(good).hex(), "fault": "same-pid"},
    ]


def _line(one: Entry) -> bytes:
    name = one.name.encode()
    return one.pid + one.public + bytes((one.flags, len(name))) + name


def _with(good: bytes, line: bytes, other: bytes) -> str:
    return good.replace(line, other).hex()


def _twice(good: bytes) -> bytes:
    size = 16 + 32 + 2 + good[30 + 49]
    first = good[30 : 30 + size]
    return good[:26] + (4).to_bytes(4, "big") + first + good[30:]


def vectors() -> dict[str, object]:
    """Return everything the file says."""
    of = roster()
    return {
        "protocol": "anlass/wish/v1",
        "about": "Private keys are SHA-256 of 'anlass/wish/v1/test/' and the name; noise as written.",
        "event": of.event.hex(),
        "round": of.number,
        "people": [
            {
                "name": name,
                "secret": made(name).hex(),
                "pid": entry(name).pid.hex(),
                "public": entry(name).public.hex(),
                "flags": entry(name).flags,
                "shown": entry(name).name,
            }
            for name in PEOPLE
        ],
        "roster": {"packed": packed(of).hex(), "hash": of.hash.hex(), "code": of.code},
        "roster_of_round_2": {
            "hash": roster(2).hash.hex(),
            "token_ada_bo": pair("ada", "bo", roster(2)).token.hex(),
        },
        "pairs": [_pair_vector(one, other, of) for one in PEOPLE for other in PEOPLE if one != other],
        "opening_ada_to_bo": _opening(of),
        "round_of_three": _round(of),
        "refused_keys": [
            *({"public": key, "why": "low order"} for key in LOW_ORDER),
            *({"public": key, "why": "not canonical"} for key in NOT_CANONICAL),
            {"public": "00", "why": "size"},
        ],
        "refused_uploads": _refused_uploads(of),
        "refused_rosters": _false_rosters(of),
    }


def text() -> str:
    """Return the file as it is written."""
    return json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n"


def main() -> int:
    """Write the file, or tell with `--check` whether it is current."""
    if "--check" in sys.argv:
        return 0 if FILE.read_text(encoding="utf-8") == text() else 1
    FILE.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
