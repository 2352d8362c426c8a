"""The whole archive as a stream of mails, so many of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random

from bench.archive import lists, robots
from bench.archive.cast import company
from bench.archive.letters import letters
from bench.archive.post import Mail
from bench.archive.strangers import strangers

SHARES = {
    "plain_list": 300,
    "modern_list": 200,
    "letters": 225,
    "strangers": 55,
    "newsletters": 80,
    "receipts": 50,
    "network_notices": 35,
    "network_requests": 8,
    "bounces": 12,
    "autoreplies": 12,
    "calendar_replies": 3,
    "junk": 20,
}
"""Mails of each stream in a thousand."""


def shared_out(mails: int) -> dict[str, int]:
    """Return how many mails each stream gives, `mails` in all; no stream stays empty where it can."""
    counts = {name: mails * share // 1000 for name, share in SHARES.items()}
    largest = max(SHARES, key=SHARES.__getitem__)
    counts[largest] += mails - sum(counts.values())
    return counts


def make(mails: int, seed: int) -> Iterator[Mail]:
    """Yield the `mails` of an archive, the same for the same numbers.

    Each stream throws its own dice, so the mails of a smaller archive of the same seed
    are like those of the larger one.
    """
    writers = max(20, mails // 15)

    def dice(name: str) -> Random:
        return Random(f"{seed}:{name}")

    friends = company(dice("friends"), max(6, mails // 150), "f")
    streams: dict[str, Iterator[Mail]] = {
        "plain_list": lists.plain_list(dice("plain_list"), writers),
        "modern_list": lists.modern_list(dice("modern_list"), writers // 2),
        "letters": letters(dice("letters"), friends),
        "strangers": strangers(dice("strangers")),
        "newsletters": robots.newsletters(dice("newsletters")),
        "receipts": robots.receipts(dice("receipts")),
        "network_notices": robots.network_notices(dice("network_notices")),
        "network_requests": robots.network_requests(dice("network_requests")),
        "bounces": robots.bounces(dice("bounces")),
        "autoreplies": robots.autoreplies(dice("autoreplies")),
        "calendar_replies": robots.calendar_replies(dice("calendar_replies")),
        "junk": robots.junk(dice("junk")),
    }
    for name, count in shared_out(mails).items():
        yield from islice(streams[name], count)
