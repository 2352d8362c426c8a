"""The one moment when wishes are compared: equal tokens are found, and what met is laid out, sealed.

Every slot is looked at twice. It goes out only if its token still is the one by which it was found, so that
whatever happens in between, a crash, a second worker, somebody leaving, no wish in vain is ever handed out.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator

import numpy as np

from anlass.desk.wishes.by_mail import hosted_uploads
from anlass.desk.wishes.keys import KeyRing
from anlass.outreach.wish import NONCE, SLOT, TAG, TOKEN
from anlass.outreach.wish_event import WishRound
from anlass.outreach.wish_matching import Found, Uploads, found_among, head_of
from anlass.outreach.wish_round import (
    INDEX,
    RoundKeys,
    answer_name,
    release_of,
    released_size,
    shelved,
    unshelved,
)
from anlass.store.book import Book
from anlass.store.ground.sql import in_parts

ROSTER, RELEASE = "roster", "release"
_SHELVED_AT_ONCE = 500


def sealed_upload(keys: RoundKeys, one: WishRound, pid: bytes, upload: bytes) -> bytes:
    """Return an upload as it lies in the memory, bound to its round and ticket."""
    return shelved(keys.store, one.place + pid, upload, secrets.token_bytes(NONCE))


def shelve_hosted(book: Book, ring: KeyRing, one: WishRound, keys: RoundKeys) -> None:
    """Lay the uploads of people who take part by mail beside the others; called again they are the same."""
    if not book.wishes.shelf.has_hosted(one.event, one.number):
        return
    for part in in_parts(hosted_uploads(book, ring, one, keys), _SHELVED_AT_ONCE):
        sealed = ((pid, sealed_upload(keys, one, pid, upload)) for pid, upload in part)
        book.wishes.shelf.put(one.event, one.number, sealed)


def compare(book: Book, one: WishRound, keys: RoundKeys, *, one_for_all: bool) -> int:
    """Lay out what met, as one release for all or slot by slot; return how many tokens were copied."""
    shelf = book.wishes.shelf

    def uploads() -> Iterator[tuple[bytes, bytes]]:
        """Yield all uploads, opened; one that was changed on the shelf is empty."""
        for pid, sealed in shelf.uploads(one.event, one.number):
            yield pid, unshelved(keys.store, one.place + pid, sealed) or b""

    found = found_among(keys, uploads, count=shelf.count(one.event, one.number), quota=one.quota)
    if one_for_all:
        content = _release(uploads, found, one.quota)
        sheet = shelved(keys.store, one.place + RELEASE.encode(), content, secrets.token_bytes(NONCE))
        shelf.keep_sheet(one.event, one.number, RELEASE, sheet)
    else:
        shelf.keep_answers(one.event, one.number, _answers(uploads, found, one, keys))
    return found.alarms


def _release(uploads: Uploads, found: Found, quota: int) -> bytes:
    """Return both slots of every pair, among noise."""
    met = dict[bytes, list[bytes]]()
    for _, slot in _met(uploads, found, quota):
        met.setdefault(slot[:TOKEN], []).append(slot)
    slots = [slot for both in met.values() if len(both) == 2 for slot in both]
    return release_of(slots, secrets.token_bytes(released_size(len(slots)) * SLOT))


def _answers(
    uploads: Uploads, found: Found, one: WishRound, keys: RoundKeys
) -> Iterator[tuple[bytes, bytes]]:
    """Yield every matched slot, sealed, after the name that only its receiver and the round key lead to.

    Then as much noise as makes a power of two: neither a thief nor the proof of deletion counts what met.
    """
    pids = list(found.numbers)
    given = np.zeros(len(pids), np.uint8)
    for to, slot in _met(uploads, found, one.quota):
        name = answer_name(keys, pids[to], int(given[to]))
        given[to] += 1
        yield name, shelved(keys.store, one.place + name, slot, secrets.token_bytes(NONCE))
    for _ in range(released_size(real := int(given.sum())) - real):
        yield secrets.token_bytes(INDEX), secrets.token_bytes(NONCE + SLOT + TAG)


def _met(uploads: Uploads, found: Found, quota: int) -> Iterator[tuple[int, bytes]]:
    """Yield every slot that met, after the number of whom it is for."""
    if not len(found.pairs):
        return
    places = np.concatenate([found.pairs[:, 0], found.pairs[:, 1]])
    others = np.concatenate([found.pairs[:, 1], found.pairs[:, 0]]) // quota
    heads = np.concatenate([found.heads, found.heads])
    order = np.argsort(places)
    places, others, heads = places[order], others[order], heads[order]
    begins = np.searchsorted(places // quota, np.arange(len(found.numbers) + 1)).tolist()
    for pid, upload in uploads():
        number = found.numbers.get(pid, -1)
        if number < 0 or len(upload) != quota * SLOT:
            continue
        mine = slice(begins[number], begins[number + 1])
        rows = zip(places[mine].tolist(), others[mine].tolist(), heads[mine].tolist(), strict=True)
        for place, other, head in rows:
            at = place % quota * SLOT
            if head_of(upload[at : at + SLOT]) == head:
                yield other, upload[at : at + SLOT]
