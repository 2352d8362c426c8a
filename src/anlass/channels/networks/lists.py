"""The owner's own lists on chat networks: on a roster, followed or following, in a room for two.

Each entry is a click, and no encounter. Names are as the network shows them; they prove nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from anlass.intake.contact_request import Origin
from anlass.intake.knock import short_line
from anlass.intake.message import SetAside
from anlass.ledger.trace import Trace
from anlass.people import Address
from anlass.people.handles import mastodon_address, matrix_address, xmpp_address

LIST, FOLLOWING, FOLLOWERS, ROOM = "on your list", "you follow", "follows you", "in a room for two"
"""What puts somebody on a list, as the place of an entry says it."""
PAGES = 250
"""Pages of a list that are asked for; on Mastodon 80 people each, within what its server allows at once."""
HELD = ("from", "to", "both")
"""What stands on a roster for people of whom one sees the other."""
_GARBLED = (ValueError, TypeError, KeyError, AttributeError, LookupError)


def on_xmpp(account: str, roster: Iterable[tuple[str, str, str]]) -> Iterator[Trace | SetAside]:
    """Yield those on a roster whom the owner sees or lets see them: address, name there, subscription."""
    for jid, name, subscription in roster:
        address = xmpp_address(jid)
        if subscription in HELD and address is not None and address.value != account:
            yield _entry(address, name, LIST, account)


def on_matrix(account: str, direct: Mapping[str, Any], joined: Iterable[str]) -> Iterator[Trace | SetAside]:
    """Yield those with whom the owner is in a room for two, by the owner's own list of such rooms."""
    inside = frozenset(joined)
    for mxid, rooms in direct.items():
        address = matrix_address(str(mxid))
        if address is None or not isinstance(rooms, list | tuple):
            yield _aside(account, f"An entry of your list cannot be read: {str(mxid)[:100]!r}.")
        elif address.value != account and inside.intersection(map(str, rooms)):
            yield _entry(address, "", ROOM, account)


def on_mastodon(account: str, host: str, rows: Iterable[Any], says: str) -> Iterator[Trace | SetAside]:
    """Yield the accounts of one list; `says` is which it is, `host` the owner's server."""
    for number, row in enumerate(rows, 1):
        try:
            address = mastodon_address(row["acct"], host)
            name = str(row.get("display_name") or "")
        except _GARBLED:
            address, name = None, ""
        if address is None:
            yield _aside(account, f"Entry {number} of a list of accounts cannot be read.")
        else:
            yield _entry(address, name, says, account)


def too_many(account: str, read: int) -> SetAside:
    """Say that a list goes on beyond what was read."""
    return _aside(account, f"The list is longer; the first {read} accounts were read.", "list_goes_on")


def _entry(address: Address, name: str, says: str, account: str) -> Trace:
    return Trace(short_line(name), (address,), f"{account}, {says}")


def _aside(account: str, says: str, reason: str = "list_entry") -> SetAside:
    return SetAside(Origin(account), reason, says)
