"""Where something may be sent: a name is looked up once, and only that address is spoken to.

A name that leads into the house (this machine, the network around it, a cloud's own services) leads nowhere,
unless the owner named that host; and what it leads to later makes no difference.
"""

from __future__ import annotations

import socket
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from anlass.errors import Refused

LONGEST = 2_000
_NAT64 = ip_network("64:ff9b::/96")
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Target:
    """An address on the web and the address on the net that its name was found to have."""

    url: str
    host: str
    port: int
    address: str

    @property
    def pinned(self) -> str:
        """The address on the web with the name replaced by what it was found to have."""
        parts = urlsplit(self.url)
        there = f"[{self.address}]" if ":" in self.address else self.address
        return parts._replace(netloc=f"{there}:{self.port}").geturl()


class NoTarget(Refused):
    """There is no such place, or nothing may be sent there; `kind` says which."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def checked(url: str, local_hosts: Collection[str] = ()) -> tuple[str, int]:
    """Return host and port of an address that something may be sent to; raises `NoTarget`.

    In the clear only to hosts of the owner's own house.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise NoTarget("no_address") from None
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url or not host:
        raise NoTarget("no_address")
    if parts.scheme not in _PORTS or parts.username or parts.password or parts.fragment:
        raise NoTarget("no_address")
    is_own = host in {one.strip().lower() for one in local_hosts}
    if parts.scheme == "http" and not is_own:
        raise NoTarget("in_the_clear")
    return host, port or _PORTS[parts.scheme]


def found(url: str, local_hosts: Collection[str] = ()) -> Target:
    """Return where an address leads now; raises `NoTarget`, and `OSError` where its name is not known now."""
    host, port = checked(url, local_hosts)
    told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(one[4][0]).partition("%")[0] for one in told))
    is_own = host in {one.strip().lower() for one in local_hosts}
    if not addresses or not (is_own or all(map(is_outside, addresses))):
        raise NoTarget("inside")
    return Target(url, host, port, addresses[0])


def is_outside(text: str) -> bool:
    """Tell whether an address lies on the open net, whatever it is wrapped in."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in _unwrapped(address))


def _unwrapped(address: IPv4Address | IPv6Address) -> tuple[IPv4Address | IPv6Address, ...]:
    """Return an address and those that gateways would make of it."""
    if isinstance(address, IPv4Address):
        return (address,)
    if address.ipv4_mapped:
        return (address.ipv4_mapped,)
    inner = [address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        return (IPv4Address(int(address) & 0xFFFFFFFF),)
    return (address, *(one for one in inner if one is not None))
