"""Wish v1: two who wish for each other make the same token; to everybody else it looks like chance.

Both sides derive one secret from their own private and the other's public key (X25519), bind it to the round
and its roster (HKDF-SHA256), and get a token and a key for each direction. Whoever wishes uploads the token
with their card sealed for the other (AES-256-GCM); whoever does not wish uploads nothing that could be
compared. The building blocks are those of the library `cryptography`; put together here, not proven, not
audited. `docs/explanation/wishes.md` says what this protects and what it does not.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from anlass.outreach.wish_roster import Entry, Roster, is_canonical

QUOTA = 30
"""Wishes a person has in a round; a few hundred people do with ten."""
TOKEN, NONCE, TAG, FRAME = 16, 12, 16, 256
SLOT = TOKEN + NONCE + FRAME + TAG
LONGEST_CARD = FRAME - 2
"""Bytes of a card in UTF-8."""
_LABEL, _CARD = b"anlass/wish/v1\0", b"anlass/wish/v1/card\0"
_PROBE = bytes(32)


class FalseKey(ValueError):
    """A public key that is none, or would lead to the same secret with everybody."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What two people share in one round, seen from one of them: `outward` seals for the other."""

    token: bytes
    outward: bytes
    inward: bytes


class Unreadable(StrEnum):
    """Why a slot shows no card."""

    SIZE = "size"
    OTHER_TOKEN = "other-token"  # noqa: S105 - a reason, no secret
    SEAL = "seal"
    """Not sealed by the other for me, or changed on its way."""
    FRAME = "frame"
    """Sealed by the other, but what is inside is no card."""


def public_of(secret: bytes) -> bytes:
    """Return the public key of a private one (32 bytes)."""
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def is_key(public: bytes) -> bool:
    """Tell whether a public key may join: of the right size, in its one form, not of low order."""
    try:
        return is_canonical(public) and bool(_shared(_PROBE, public))
    except FalseKey:
        return False


def pair_of(secret: bytes, me: Entry, you: Entry, roster: Roster) -> Pair:
    """Return what I share with you in this round. Raises `FalseKey`."""
    mine, yours = me.pid + me.public, you.pid + you.public
    low, high = sorted((mine, yours))
    info = _LABEL + roster.event + struct.pack(">I", roster.number) + low + high
    okm = HKDF(SHA256(), 80, roster.hash, info).derive(_shared(secret, you.public))
    low_high, high_low = okm[16:48], okm[48:]
    return Pair(okm[:16], *((low_high, high_low) if mine == low else (high_low, low_high)))


def seal(pair: Pair, card: str, nonce: bytes) -> bytes:
    """Return the slot of a wish: the token, and the card that only the other can open.

    `nonce`: 12 bytes that were never used before. Raises `ValueError` for a card over 254 bytes.
    """
    text = card.encode()
    if len(text) > LONGEST_CARD or len(nonce) != NONCE:
        raise ValueError("a card has at most 254 bytes, a nonce 12")
    frame = struct.pack(">H", len(text)) + text + bytes(LONGEST_CARD - len(text))
    return pair.token + nonce + AESGCM(pair.outward).encrypt(nonce, frame, _CARD + pair.token)


def unseal(pair: Pair, slot: bytes) -> str | Unreadable:
    """Return the card that the other sealed for me, or why there is none."""
    if len(slot) != SLOT:
        return Unreadable.SIZE
    if slot[:TOKEN] != pair.token:
        return Unreadable.OTHER_TOKEN
    nonce, sealed = slot[TOKEN : TOKEN + NONCE], slot[TOKEN + NONCE :]
    try:
        frame = AESGCM(pair.inward).decrypt(nonce, sealed, _CARD + pair.token)
    except InvalidTag:
        return Unreadable.SEAL
    return _card(frame)


def _card(frame: bytes) -> str | Unreadable:
    (size,) = struct.unpack_from(">H", frame)
    if size > LONGEST_CARD or any(frame[2 + size :]):
        return Unreadable.FRAME
    try:
        return frame[2 : 2 + size].decode()
    except UnicodeDecodeError:
        return Unreadable.FRAME


def _shared(secret: bytes, public: bytes) -> bytes:
    try:
        return X25519PrivateKey.from_private_bytes(secret).exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError as error:  # the library refuses a result of zeros
        raise FalseKey("This public key is none.") from error
