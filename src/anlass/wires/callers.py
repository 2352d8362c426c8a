"""Who calls: what the proxies before the house say of it, and by what a caller is counted."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

_Network = IPv4Network | IPv6Network
_LONGEST_FIELD = 2_000


def caller(remote: str, forwarded: str, trusted: Iterable[str]) -> str:
    """Return the address that a request comes from. `forwarded` is the field X-Forwarded-For.

    From its end on, addresses are believed as long as the one before them is a trusted proxy.
    """
    networks = networks_in(trusted)
    chain = [part.strip() for part in forwarded[-_LONGEST_FIELD:].split(",") if part.strip()]
    at = remote
    while chain and is_within(at, networks):
        at = chain.pop()
    return at


def counted(text: str) -> str:
    """Return by what a caller is counted: an IPv4 address, or the /64 network of an IPv6 one."""
    try:
        address = ip_address(text.strip("[]"))
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else str(ip_network((address, 64), strict=False))
    return str(address)


def networks_in(texts: Iterable[str]) -> tuple[_Network, ...]:
    """Return the networks that are named; what names none is left out."""
    return tuple(one for one in map(_network, texts) if one is not None)


def is_within(text: str, networks: Iterable[_Network]) -> bool:
    """Tell whether an address lies in one of these networks."""
    try:
        address = ip_address(text.strip("[]"))
    except ValueError:
        return False
    return any(address in network for network in networks)


def _network(text: str) -> _Network | None:
    try:
        return ip_network(text.strip(), strict=False)
    except ValueError:
        return None
