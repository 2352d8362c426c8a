"""What the server of a round does, blind: it shelves uploads, finds equal tokens, releases what met.

Everything a thief could use lies under keys made of one round key, which is kept outside the memory and
destroyed at the end: uploads are shelved whole and sealed, so that until the one moment of matching not even
equal tokens show. `met` is the whole of matching over values; a store may do the same over its tables.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from anlass.outreach.wish import NONCE, QUOTA, SLOT, TOKEN

INDEX = 16
"""Bytes by which equal tokens are found, and of the name under which an answer lies."""
FEWEST_RELEASED = 32
"""Slots of the smallest release: a small round does not show how few met."""
LARGEST_STATIC = 5_000
"""Participants up to whom one release is handed to all; above, each gets an answer of fixed size."""
_SERVER = b"anlass/wish/v1/server/"


class UploadFault(StrEnum):
    """Why an upload is refused."""

    SIZE = "size"
    REPEATED_TOKEN = "repeated-token"  # noqa: S105 - a reason, no secret


@dataclass(frozen=True, slots=True)
class RoundKeys:
    """The keys of one round, all made of its round key; `repr` shows none."""

    index: bytes
    store: bytes
    hosted: bytes
    answer: bytes

    def __repr__(self) -> str:
        return "RoundKeys(...)"

    @classmethod
    def of(cls, round_key: bytes) -> RoundKeys:
        """Derive the keys of a round from its round key (32 bytes)."""

        def derived(name: bytes) -> bytes:
            return HKDF(SHA256(), 32, None, _SERVER + name).derive(round_key)

        return cls(derived(b"index"), derived(b"store"), derived(b"hosted"), derived(b"answer"))


@dataclass(frozen=True, slots=True)
class Met:
    """What came of a round: `pairs` of participants and their slots, and how many tokens raised an alarm.

    An alarm is a token of three or more uploads: somebody copied one. None of them is released.
    """

    pairs: tuple[tuple[tuple[bytes, bytes], tuple[bytes, bytes]], ...]
    alarms: int

    def slots(self) -> Iterator[bytes]:
        """Yield both slots of every pair."""
        for one, other in self.pairs:
            yield one[1]
            yield other[1]


def fault_of(upload: bytes, quota: int = QUOTA) -> UploadFault | None:
    """Return what is wrong with an upload; of its content only repeated tokens can be told."""
    if len(upload) != quota * SLOT:
        return UploadFault.SIZE
    tokens = {upload[at : at + TOKEN] for at in range(0, len(upload), SLOT)}
    return None if len(tokens) == quota else UploadFault.REPEATED_TOKEN


def shelved(key: bytes, place: bytes, content: bytes, nonce: bytes) -> bytes:
    """Seal what lies in the memory, bound to its place (round, ticket); `nonce` is 12 fresh bytes."""
    return nonce + AESGCM(key).encrypt(nonce, content, place)


def unshelved(key: bytes, place: bytes, sealed: bytes) -> bytes | None:
    """Open what was shelved there; `None` for what was not, or was changed."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], place)
    except (InvalidTag, ValueError):
        return None


def index_of(keys: RoundKeys, token: bytes) -> bytes:
    """Return by what equal tokens are found; without the key it says nothing about a token."""
    return hmac.digest(keys.index, token, "sha256")[:INDEX]


def indexed(keys: RoundKeys, upload: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield each slot of an upload after its index."""
    for at in range(0, len(upload), SLOT):
        yield index_of(keys, upload[at : at + TOKEN]), upload[at : at + SLOT]


def met(keys: RoundKeys, uploads: Iterable[tuple[bytes, bytes]]) -> Met:
    """Match whole uploads, each after its ticket's number, in memory."""
    found: dict[bytes, list[tuple[bytes, bytes]]] = {}
    for pid, upload in uploads:
        for index, slot in indexed(keys, upload):
            found.setdefault(index, []).append((pid, slot))
    pairs = [(ones[0], ones[1]) for ones in found.values() if len(ones) == 2 and ones[0][0] != ones[1][0]]
    return Met(tuple(sorted(pairs)), sum(len(ones) > 2 for ones in found.values()))


def released_size(slots: int) -> int:
    """Return how many slots a release of so many matched ones has: a power of two."""
    return max(FEWEST_RELEASED, 1 << max(0, slots - 1).bit_length())


def release_of(slots: Iterable[bytes], noise: bytes) -> bytes:
    """Return the one file for all: matched slots among noise, in order.

    `noise`: random bytes for `released_size` slots. Raises `ValueError` where it is less.
    """
    real = list(slots)
    wanted = released_size(len(real))
    if len(noise) < wanted * SLOT:
        raise ValueError("a release needs noise for each of its slots")
    dummies = (noise[at : at + SLOT] for at in range(0, (wanted - len(real)) * SLOT, SLOT))
    return b"".join(sorted((*real, *dummies)))


def answer_name(keys: RoundKeys, pid: bytes, number: int) -> bytes:
    """Return the name under which a slot for somebody lies, the first as number 0.

    Without the key nobody knows whose it is, nor which lie there for one and the same person.
    """
    return hmac.digest(keys.answer, pid + bytes((number,)), "sha256")[:INDEX]


def answer_of(keys: RoundKeys, pid: bytes, slots: Iterable[bytes], quota: int = QUOTA) -> bytes:
    """Return one person's answer: what met their wishes among noise that is the same at every asking."""
    real = sorted(slots)[:quota]
    noise = _stream(keys.answer, b"noise" + pid, quota)
    dummies = (noise[at : at + SLOT] for at in range(len(real) * SLOT, quota * SLOT, SLOT))
    return b"".join(sorted((*real, *dummies)))


def hosted_noise(keys: RoundKeys, place: bytes, quota: int = QUOTA) -> bytes:
    """Return the noise for the upload that the server makes for somebody who takes part by mail.

    `place` is round and ticket: made again after a crash, the upload is the same, slot for slot.
    """
    return _stream(keys.hosted, b"hosted-noise" + place, quota)


def _stream(key: bytes, about: bytes, slots: int) -> bytes:
    """Return noise for so many slots that only this key makes, the same every time."""
    once = HKDF(SHA256(), 32, None, _SERVER + about).derive(key)
    # A stream of counter mode: sealing zeros under a key and nonce that are used for nothing else.
    return AESGCM(once).encrypt(bytes(NONCE), bytes(slots * SLOT), None)[: slots * SLOT]


def fingerprint(round_key: bytes) -> str:
    """Return by what a round key is known in reports after it is gone; it says nothing about the key."""
    return sha256(_SERVER + b"fingerprint\0" + round_key).hexdigest()[:32]
