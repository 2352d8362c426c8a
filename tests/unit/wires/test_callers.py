"""Who calls: behind proxies of the owner's, and behind those that only say they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anlass.wires.callers import caller, counted
from anlass.wires.door import public_base

PROXIES = ("127.0.0.1", "10.0.0.0/8", "no address")


@pytest.mark.parametrize(
    ("remote", "forwarded", "at"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("127.0.0.1", "10.9.9.9", "10.9.9.9"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "nonsense", "unknown"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "", "203.0.113.9"),
        ("", "198.51.100.1", "unknown"),
    ],
)
def test_callers_are_counted_by_what_trusted_proxies_say(remote: str, forwarded: str, at: str) -> None:
    """Only the owner's own proxies are believed, from the end of the field; an IPv6 network is one caller."""
    assert counted(caller(remote, forwarded, PROXIES)) == at


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_field_gives_some_caller(remote: str, forwarded: str) -> None:
    """Whatever is sent, somebody is counted, and never by more than an address or a network."""
    assert 0 < len(counted(caller(remote, forwarded, PROXIES))) <= 50


def test_a_forged_field_never_frees_a_caller() -> None:
    """From a caller that is no proxy, every field counts for that one caller."""
    assert {caller("203.0.113.9", f"10.0.0.{n}", PROXIES) for n in range(50)} == {"203.0.113.9"}


@pytest.mark.parametrize(
    ("address", "base"),
    [
        ("https://anlass.example.org", "https://anlass.example.org"),
        (" https://anlass.example.org/ ", "https://anlass.example.org"),
        ("https://example.org:8443/door/", "https://example.org:8443/door"),
        ("anlass.example.org", ""),
        ("javascript:alert(1)", ""),
        ("https://[x", ""),
        ("", ""),
    ],
)
def test_a_public_address_is_one_of_the_web_or_none(address: str, base: str) -> None:
    """What is no address of the web begins no link."""
    assert public_base(address) == base
