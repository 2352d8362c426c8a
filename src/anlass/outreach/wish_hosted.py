"""People who take part by mail alone: the server holds their key and wishes for them. Weaker, and labelled.

Their keys are made of one secret of the event, kept like a round key: outside the memory, destroyed at the
end. Their wishes lie under the round key, every one in the same number of bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from anlass.outreach.wish import FRAME, LONGEST_CARD, QUOTA
from anlass.outreach.wish_roster import PID


@dataclass(frozen=True, slots=True)
class HostedWishes:
    """What somebody wished by mail: whom, and the card that those are to see."""

    card: str = ""
    wished: tuple[bytes, ...] = ()


def hosted_secret(master: bytes, event: bytes, pid: bytes) -> bytes:
    """Return the private key of a hosted person, made of the event's secret (32 bytes)."""
    return HKDF(SHA256(), 32, event, b"anlass/wish/v1/hosted\0" + pid).derive(master)


def hosted_frame(wishes: HostedWishes, quota: int = QUOTA) -> bytes:
    """Return the wishes as bytes of one size. Raises `ValueError` for too many, or too long a card."""
    card = wishes.card.encode()
    pids = sorted(set(wishes.wished))
    if len(card) > LONGEST_CARD or len(pids) > quota or any(len(one) != PID for one in pids):
        raise ValueError("too many wishes, or too long a card")
    frame = struct.pack(">H", len(card)) + card + bytes(LONGEST_CARD - len(card))
    return frame + bytes((len(pids),)) + b"".join(pids) + bytes((quota - len(pids)) * PID)


def wishes_in(frame: bytes) -> HostedWishes:
    """Read what `hosted_frame` wrote."""
    (size,) = struct.unpack_from(">H", frame)
    first = FRAME + 1
    pids = (frame[at : at + PID] for at in range(first, first + frame[FRAME] * PID, PID))
    return HostedWishes(frame[2 : 2 + size].decode(), tuple(pids))


def within(wishes: HostedWishes, people: Iterable[bytes]) -> HostedWishes:
    """Return the wishes towards people who are there."""
    known = set(people)
    return HostedWishes(wishes.card, tuple(one for one in wishes.wished if one in known))
