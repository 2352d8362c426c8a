"""A link on an NFC tag: the bytes that the NFC Forum's documents give, and no more than a record holds."""

from __future__ import annotations

import pytest

from anlass.cards.link import link_of
from anlass.cards.nfc import ROOM, ndef


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("http://www.nfc.com", "d1 01 08 55 01 6e 66 63 2e 63 6f 6d"),
        ("https://www.a.b", "d1 01 04 55 02 61 2e 62"),
        ("https://a.b/c", "d1 01 06 55 04 61 2e 62 2f 63"),
        ("http://a.b", "d1 01 04 55 03 61 2e 62"),
        ("/c/x", "d1 01 05 55 00 2f 63 2f 78"),
    ],
)
def test_a_link_is_one_record(link: str, message: str) -> None:
    """What begins as nearly all do is written in one byte."""
    assert ndef(link) == bytes.fromhex(message)


def test_the_link_of_a_card_fits_the_smallest_tag() -> None:
    """Room is left for a long name of a house."""
    made = ndef(f"https://{'k' * 40}.example.org/c/{link_of(b'key', 'a' * 16)}")
    assert made is not None
    assert len(made) < ROOM


def test_what_is_longer_than_a_short_record_is_none() -> None:
    """254 bytes beside the first are the most."""
    assert ndef(f"https://{'k' * 254}") is not None
    assert ndef(f"https://{'k' * 255}") is None
