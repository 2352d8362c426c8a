"""Finding equal tokens among millions, in memory and nowhere else: no table of indexes ever touches a disk.

Uploads are gone through once for each share of the indexes, so that memory stays within a bound whatever the
number of people. What is found are places: the number of an upload in its order times the quota, plus the
slot.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from anlass.outreach.wish import SLOT, TOKEN
from anlass.outreach.wish_round import RoundKeys, index_of

AT_ONCE = 2_000_000
"""Slots whose indexes are in memory at a time: some ninety megabytes."""
Places = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Found:
    """`pairs`: two places a row, equal tokens of two uploads; `alarms`: tokens of more than two."""

    pairs: Places
    alarms: int


def found_among(
    keys: RoundKeys, uploads: Callable[[], Iterable[bytes]], *, count: int, quota: int, at_once: int = AT_ONCE
) -> Found:
    """Find equal tokens. `uploads()` yields the `count` uploads in the same order at every call.

    An upload of another size than the quota's has no slots, and keeps its place in the order.
    """
    shares = max(1, -(-count * quota // at_once))
    parts = [_share(keys, uploads(), quota, share, shares) for share in range(shares)]
    return Found(np.concatenate([one.pairs for one in parts]), sum(one.alarms for one in parts))


def _share(keys: RoundKeys, uploads: Iterable[bytes], quota: int, share: int, shares: int) -> Found:
    """Find the equal tokens of one share of the indexes."""
    heads, tails, places = array("Q"), array("Q"), array("I")
    for number, upload in enumerate(uploads):
        if len(upload) != quota * SLOT:
            continue
        for slot in range(quota):
            index = index_of(keys, upload[slot * SLOT : slot * SLOT + TOKEN])
            if shares == 1 or index[-1] % shares == share:
                heads.append(int.from_bytes(index[:8], "big"))
                tails.append(int.from_bytes(index[8:], "big"))
                places.append(number * quota + slot)
    return _equal(np.frombuffer(heads, "u8"), np.frombuffer(tails, "u8"), np.frombuffer(places, "u4"))


def _equal(heads: NDArray[np.uint64], tails: NDArray[np.uint64], places: Places) -> Found:
    """Find runs of two, and count longer ones."""
    if len(places) == 0:
        return Found(np.empty((0, 2), np.uint32), 0)
    order = np.lexsort((tails, heads))
    heads, tails, places = heads[order], tails[order], places[order]
    begins = np.flatnonzero(np.r_[True, (heads[1:] != heads[:-1]) | (tails[1:] != tails[:-1])])
    sizes = np.diff(np.r_[begins, len(places)])
    twos = begins[sizes == 2]
    return Found(np.stack([places[twos], places[twos + 1]], axis=1), int((sizes > 2).sum()))
