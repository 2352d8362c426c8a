"""A server that several owners live on, as the pages see it: the gate, the courier, the limits, the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from anlass.web.frame.limiter import Limiter

if TYPE_CHECKING:
    from anlass.desk.house.courier import Courier
    from anlass.store.gate.keys import GateTables
    from anlass.store.gate.whose import WhoseTables
    from anlass.wires.server import ServerSettings


@dataclass(frozen=True, slots=True)
class Site:
    """What stands before all houses. `secret_of_oidc` is read when it is needed; "" where there is none.

    Each limit counts within a quarter of an hour: log-ins for one address, and from one network.
    """

    gate: GateTables
    whose: WhoseTables
    server: ServerSettings
    courier: Courier
    now: Callable[[], datetime]
    secret_of_oidc: Callable[[], str] = lambda: ""
    for_address: Limiter = field(default_factory=lambda: Limiter(5, 300, minutes=15))
    from_network: Limiter = field(default_factory=lambda: Limiter(40, 600, minutes=15))

    @property
    def name(self) -> str:
        """The name of the server, as people type it."""
        return urlsplit(self.server.address).netloc

    @property
    def host(self) -> str:
        """The name of the server without a port: what passkeys are bound to."""
        return urlsplit(self.server.address).hostname or ""

    def admits(self, address: str, caller: str) -> bool:
        """Tell whether somebody may try to log in now; whether the address is known makes no difference."""
        return self.admits_from(caller) and self.for_address.admits(address.lower()[:320])

    def admits_from(self, caller: str) -> bool:
        """Tell whether somebody may try to come in from where they are, by whatever way."""
        return self.from_network.admits(network_of(caller))


def network_of(caller: str) -> str:
    """Return the network a caller is in: neighbours in it are counted together.

    A household with IPv6 has hundreds of networks of its own; whoever counted each could be kept busy by one.
    """
    try:
        near = ip_network(caller, strict=False)
    except ValueError:
        return caller[:64]
    return str(near.supernet(new_prefix=24 if near.version == 4 else 48))
