"""How one account of the owner's on a chat network is reached; no secret is ever part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from anlass.errors import ConfigError, Problem
from anlass.intake import Channel
from anlass.people.handles import server_of
from anlass.wires.hosts import is_shut


@dataclass(frozen=True, slots=True)
class NetworkAccount:
    """One account: its name in the house, its address, and its server where that is not found by it.

    `server` is `HOST:PORT` on XMPP, the address of the server's interface (`https://...`) elsewhere; `""`
    is found by the network's own rules. `security` is `none` only for a machine of one's own. `porch` is
    the room on Matrix in which people knock, `device` the device the house is there.
    """

    name: str
    channel: Channel
    address: str
    server: str = ""
    security: Literal["tls", "none"] = "tls"
    porch: str = ""
    device: str = ""

    @property
    def house(self) -> str:
        """The server that the address belongs to."""
        return server_of(self.address)


def host_and_port(server: str, usual: int) -> tuple[str, int]:
    """Return the two of `HOST` or `HOST:PORT`; raises `ConfigError` where it is neither."""
    host, colon, port = server.rpartition(":") if not server.endswith("]") else (server, "", "")
    if not colon:
        host, port = server, str(usual)
    if not host or not port.isdigit() or not 0 < int(port) < 65_536:
        raise ConfigError(Problem(f"{server!r} is no HOST or HOST:PORT."))
    return host.strip("[]"), int(port)


def page_of(account: NetworkAccount) -> str:
    """Return the address of the server's interface; raises `ConfigError` where it is not kept shut.

    Without encryption nothing leaves this machine.
    """
    url = account.server or f"https://{account.house}"
    if not is_shut(url) or not urlsplit(url).hostname:
        raise ConfigError(Problem(f"Nothing goes to {url} without encryption."))
    return url.rstrip("/")
