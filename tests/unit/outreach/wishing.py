"""Invented participants and rounds, made of a seed: the same in every run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256, shake_256

from anlass.outreach.wish import SLOT, public_of
from anlass.outreach.wish_client import Participant, upload_of
from anlass.outreach.wish_roster import HOSTED, Entry, Roster, frozen

EVENT = bytes(range(16))


def noise(name: str, slots: int) -> bytes:
    """Return noise for so many slots; another name, other noise."""
    return shake_256(name.encode()).digest(slots * SLOT)


def secret(number: int) -> bytes:
    """Return somebody's private key."""
    return sha256(b"secret %d" % number).digest()


@cache
def entry(number: int, *, hosted: bool = False) -> Entry:
    """Return somebody's entry."""
    pid = sha256(b"pid %d" % number).digest()[:16]
    return Entry(pid, public_of(secret(number)), HOSTED if hosted else 0, f"Person {number}")


def roster(count: int, number: int = 1) -> Roster:
    """Return the roster of so many people."""
    return frozen(EVENT, number, map(entry, range(count)))


def participant(number: int, of: Roster) -> Participant:
    """Return somebody with their key in a round."""
    return Participant(secret(number), entry(number), of)


def card(number: int) -> str:
    """Return somebody's card."""
    return f"Person {number} <p{number}@example.org>"


def upload(number: int, wished: Iterable[int], of: Roster, quota: int) -> bytes:
    """Return the upload of somebody who wishes for these."""
    wishes: Mapping[bytes, str] = {entry(one).pid: card(number) for one in wished}
    return upload_of(participant(number, of), wishes, noise(f"upload {number}", quota), quota)
