"""How the door is reached from outside: under which name, and from where a caller comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

_Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class DoorSettings:
    """Your public door: where the world finds it."""

    address: str = ""
    """The public address of this house (`https://anlass.example.org`). Under its name there are the door,
    cards and the page of house rules, and nothing else. Empty: this machine only."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses or networks (`127.0.0.1`, `10.0.0.0/8`) of your own reverse proxies. What they say in
    X-Forwarded-For is believed; of all others the address they come from counts."""


def public_base(address: str) -> str:
    """Return a public address as links begin with it; empty where it is none."""
    try:
        parts = urlsplit(address.strip())
        is_one = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}" if is_one else ""


def caller(remote: str, forwarded: str, trusted: Iterable[str]) -> str:
    """Return who calls, for counting: an IPv4 address, or the /64 network of an IPv6 one.

    `forwarded` is the field X-Forwarded-For. From its end on, addresses are believed as long as the one
    before them is a proxy of the owner's.
    """
    networks = [one for one in map(_network, trusted) if one is not None]
    chain = [part.strip() for part in forwarded[-2_000:].split(",") if part.strip()]
    at = remote
    while chain and _is_within(at, networks):
        at = chain.pop()
    return _counted(at)


def _counted(text: str) -> str:
    try:
        address = ip_address(text.strip("[]"))
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped) if mapped else str(ip_network((address, 64), strict=False))
    return str(address)


def _network(text: str) -> _Network | None:
    try:
        return ip_network(text.strip(), strict=False)
    except ValueError:
        return None


def _is_within(text: str, networks: Iterable[_Network]) -> bool:
    try:
        address = ip_address(text.strip("[]"))
    except ValueError:
        return False
    return any(address in network for network in networks)
