"""Finding equal tokens among millions, in memory and nowhere else: no table of tokens ever touches a disk.

Uploads are gone through once for each share of the tokens, so that memory stays within a bound whatever the
number of people. What is found are places: the number of an upload in its order times the quota, plus the
slot. Numbers belong to tickets from the first going-through on: an upload that vanishes later shifts none.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from anlass.outreach.wish import SLOT, TOKEN
from anlass.outreach.wish_round import RoundKeys

AT_ONCE = 1_000_000
"""Slots whose tokens are in memory at a time: some fifty megabytes."""
_BLOCK = 200
"""Uploads that are taken apart at a time."""
Places = NDArray[np.uint32]
Halves = NDArray[np.uint64]
Uploads = Callable[[], Iterable[tuple[bytes, bytes]]]


@dataclass(frozen=True, slots=True)
class Found:
    """`pairs`: two places a row, equal tokens of two uploads; `alarms`: tokens of more than two.

    `heads`: the first half of each pair's token, by which a slot is known again before it is handed out.
    `numbers`: the number of each ticket's upload.
    """

    pairs: Places
    heads: Halves
    alarms: int
    numbers: dict[bytes, int] = field(repr=False)


def found_among(
    keys: RoundKeys, uploads: Uploads, *, count: int, quota: int, at_once: int = AT_ONCE
) -> Found:
    """Find equal tokens. `uploads()` yields every upload after its ticket; `count` is about how many.

    An upload of another size than the quota's has no slots, and keeps its number.
    """
    shares = max(1, -(-count * quota // at_once))
    numbers = dict[bytes, int]()
    parts = [_share(keys, uploads(), quota, numbers, (share, shares)) for share in range(shares)]
    pairs, heads, alarms = zip(*parts, strict=True)
    return Found(np.concatenate(pairs), np.concatenate(heads), sum(alarms), numbers)


def head_of(slot: bytes) -> int:
    """Return the first half of a slot's token, as `Found.heads` has it."""
    return int(np.frombuffer(slot, np.uint64, 1)[0])


def _share(
    keys: RoundKeys,
    uploads: Iterable[tuple[bytes, bytes]],
    quota: int,
    numbers: dict[bytes, int],
    share: tuple[int, int],
) -> tuple[Places, Halves, int]:
    """Find the equal tokens of one share. The first share gives out the numbers."""
    which, shares = share
    heads, tails, places = array("Q"), array("Q"), array("I")
    for known, slots in _blocks(uploads, quota, numbers, is_first=which == 0):
        mine = _share_of(keys, slots, shares) == which if shares > 1 else slice(None)
        at = (known[:, None] * np.uint32(quota) + np.arange(quota, dtype=np.uint32)).ravel()
        heads.frombytes(slots[mine, 0].tobytes())
        tails.frombytes(slots[mine, 1].tobytes())
        places.frombytes(at[mine].tobytes())
    return _equal(np.frombuffer(heads, "u8"), np.frombuffer(tails, "u8"), np.frombuffer(places, "u4"))


def _blocks(
    uploads: Iterable[tuple[bytes, bytes]], quota: int, numbers: dict[bytes, int], *, is_first: bool
) -> Iterator[tuple[Places, Halves]]:
    """Yield the numbers of a few uploads, and of each of their slots the token in two halves."""
    rest = iter(uploads)
    while part := list(islice(rest, _BLOCK)):
        if is_first:
            for pid, _ in part:
                numbers[pid] = len(numbers)
        whole = [(pid, body) for pid, body in part if len(body) == quota * SLOT and pid in numbers]
        data = np.frombuffer(b"".join(body for _, body in whole), np.uint8).reshape(-1, SLOT)
        tokens = np.ascontiguousarray(data[:, :TOKEN]).view(np.uint64)
        yield np.array([numbers[pid] for pid, _ in whole], np.uint32), tokens


def _share_of(keys: RoundKeys, slots: Halves, shares: int) -> NDArray[np.uint64]:
    """Return which share each token belongs to; nobody without the key can crowd tokens into one."""
    one, other = (np.uint64(int.from_bytes(keys.index[at : at + 8], "big") | 1) for at in (0, 8))
    return ((slots[:, 0] * one + slots[:, 1] * other) >> np.uint64(32)) % np.uint64(shares)


def _equal(heads: Halves, tails: Halves, places: Places) -> tuple[Places, Halves, int]:
    """Find runs of two, and count longer ones."""
    if len(places) == 0:
        return np.empty((0, 2), np.uint32), np.empty(0, np.uint64), 0
    order = np.lexsort((tails, heads))
    heads, tails, places = heads[order], tails[order], places[order]
    begins = np.flatnonzero(np.r_[True, (heads[1:] != heads[:-1]) | (tails[1:] != tails[:-1])])
    sizes = np.diff(np.r_[begins, len(places)])
    twos = begins[sizes == 2]
    return np.stack([places[twos], places[twos + 1]], axis=1), heads[twos], int((sizes > 2).sum())
