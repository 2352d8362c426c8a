"""Which hosts may be asked: without encryption this machine alone, for a guest the internet alone."""

from __future__ import annotations

from ipaddress import ip_address
from socket import SOCK_STREAM, getaddrinfo


def is_this_machine(host: str) -> bool:
    """Tell whether a host is the machine that asks, so that nobody in between can read along."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def is_on_the_internet(host: str) -> bool:
    """Tell whether a host lies outside, by every address its name has: nothing of the network around it."""
    try:
        found = getaddrinfo(host, None, type=SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    addresses = [ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    return bool(addresses) and all(one.is_global and not one.is_multicast for one in addresses)
