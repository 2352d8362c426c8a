"""Which hosts may be asked: without encryption this machine alone, for a guest the internet alone."""

from __future__ import annotations

from ipaddress import ip_address
from socket import SOCK_STREAM, getaddrinfo
from urllib.parse import urlsplit

from anlass.wires.target import is_outside


def is_this_machine(host: str) -> bool:
    """Tell whether a host is the machine that asks, so that nobody in between can read along."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def is_shut(url: str) -> bool:
    """Tell whether nobody reads along on the way to an address: by TLS, or on this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(host))


def is_on_the_internet(host: str) -> bool:
    """Tell whether a host lies outside, by every address its name has: nothing of the network around it."""
    try:
        found = getaddrinfo(host, None, type=SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    addresses = [str(one[4][0]).partition("%")[0] for one in found]
    return bool(addresses) and all(map(is_outside, addresses))
