"""Which hosts may be asked without encryption: this machine, and no other."""

from __future__ import annotations

from ipaddress import ip_address


def is_this_machine(host: str) -> bool:
    """Tell whether a host is the machine that asks, so that nobody in between can read along."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
