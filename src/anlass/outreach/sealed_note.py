"""A personal note that opens only when both want it (C10): so that kindness cannot hurt.

Beside a wish the note travels in the card: that opens by a mutual wish and by nothing else. Beside an answer
it is sealed with two halves of a key: one goes out with the letter, one stays in the house and is used only
while a grant holds. Who has the letter alone, or the house's memory alone, has noise; and the other must come
and look.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from anlass.outreach.wish import LONGEST_CARD, NONCE

HALF = 32
"""Bytes of one half of a key."""
LONGEST_NOTE = 4_094
"""Bytes of a note beside an answer, in UTF-8; every sealed one has the same size."""
_BREAK = "\x1e"
_LABEL = b"anlass/note/v1\0"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What a card in a wish carries: the card itself, and a note for this one person."""

    card: str
    note: str = ""


def enclosed(card: str, note: str = "") -> str:
    """Return card and note as the one text that a wish seals. Raises `ValueError` where it is too long."""
    text = _clean(card) + (_BREAK + _clean(note) if note else "")
    if len(text.encode()) > LONGEST_CARD:
        raise ValueError("card and note have at most 254 bytes together")
    return text


def taken_out(text: str) -> Enclosed:
    """Return card and note of a text that a wish revealed."""
    card, _, note = text.partition(_BREAK)
    return Enclosed(_clean(card), _clean(note))


def seal_note(text: str, ours: bytes, theirs: bytes, nonce: bytes, about: bytes) -> bytes:
    """Seal a note with both halves, bound to what it is about (a grant's id); `nonce`: 12 fresh bytes.

    Raises `ValueError` for a note over 4,094 bytes.
    """
    note = text.encode()
    if len(note) > LONGEST_NOTE or len(nonce) != NONCE:
        raise ValueError("a note has at most 4094 bytes, a nonce 12")
    frame = struct.pack(">H", len(note)) + note + bytes(LONGEST_NOTE - len(note))
    return nonce + AESGCM(_key(ours, theirs, about)).encrypt(nonce, frame, _LABEL + about)


def open_note(sealed: bytes, ours: bytes, theirs: bytes, about: bytes) -> str | None:
    """Return the note; `None` where a half is not the right one, or anything was changed."""
    try:
        frame = AESGCM(_key(ours, theirs, about)).decrypt(sealed[:NONCE], sealed[NONCE:], _LABEL + about)
    except (InvalidTag, ValueError):
        return None
    (size,) = struct.unpack_from(">H", frame)
    return frame[2 : 2 + size].decode()


def _key(ours: bytes, theirs: bytes, about: bytes) -> bytes:
    if len(ours) != HALF or len(theirs) != HALF:
        raise ValueError("a half of a key has 32 bytes")
    return HKDF(SHA256(), 32, None, _LABEL + about).derive(ours + theirs)


def _clean(text: str) -> str:
    return text.replace(_BREAK, " ")
