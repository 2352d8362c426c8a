"""Addresses on chat networks in normal form, so that equal means equal; what is none is `None`."""

from __future__ import annotations

import re

from anlass.people.person import Address, AddressKind

_LONGEST = 500
_HOST = r"(?:[^\W_](?:[\w-]*[^\W_])?\.)*[^\W_](?:[\w-]*[^\W_])?"
_XMPP = re.compile(rf"([^\s@/<>\"'&:]{{1,250}})@({_HOST}|\[[0-9a-f:.]+\])")
_MATRIX = re.compile(rf"@([!-9;-~]{{1,250}}):({_HOST}(?::\d{{1,5}})?|\[[0-9a-f:.]+\](?::\d{{1,5}})?)")
_MASTODON = re.compile(rf"@?(\w(?:[\w.-]{{0,98}}\w)?)(?:@({_HOST}(?::\d{{1,5}})?))?", re.ASCII)


def xmpp_address(jid: str) -> Address | None:
    """Return a person on XMPP, whichever of their programs writes; servers and rooms' visitors are nobody."""
    bare = jid.partition("/")[0]
    value = bare.strip().removeprefix("xmpp:").casefold()
    is_one = _is_plain(jid) and _XMPP.fullmatch(value)
    return Address(AddressKind.XMPP, value) if is_one else None


def matrix_address(mxid: str) -> Address | None:
    """Return a person on Matrix, `@name:server`; upper case counts only before the colon."""
    found = _MATRIX.fullmatch(mxid.strip()) if _is_plain(mxid) else None
    return Address(AddressKind.MATRIX, f"@{found[1]}:{found[2].lower()}") if found else None


def mastodon_address(acct: str, host: str = "") -> Address | None:
    """Return a person on Mastodon, `@name@host`; `host` is that of the server which leaves out its own."""
    found = _MASTODON.fullmatch(acct.strip()) if _is_plain(acct) else None
    there = (found[2] or host) if found else ""
    return Address(AddressKind.MASTODON, f"@{found[1]}@{there}".lower()) if found and there else None


def server_of(address: str) -> str:
    """Return the server that an address belongs to, of mail too; "" where it names none."""
    house = address.rpartition("@")[2]
    there = house.partition(":")[2] if address.startswith("@") else ""
    is_port = there.isdigit()
    return house if is_port else there or house


def _is_plain(text: str) -> bool:
    """Tell whether a text may be an address at all: short, and without signs that nobody sees."""
    return len(text) <= _LONGEST and text.strip().isprintable()


FORMS = (
    xmpp_address,
    matrix_address,
    mastodon_address,
)
"""Every form of address that a network here has."""
