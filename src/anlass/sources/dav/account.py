"""Where a server is and who asks it: the address is the owner's, the password is nobody's to see."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit, urlunsplit

from anlass.errors import ConfigError, Problem
from anlass.wires.hosts import is_this_machine

_HINT = "Write https://HOST/... without a password; the password comes from the environment."


@dataclass(frozen=True, slots=True)
class Account:
    """An address on a server without user and password in it, and both beside it."""

    url: str
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        """The name and port of the server, as the owner is shown it."""
        return urlsplit(self.url).netloc


def account(url: str, user: str = "", password: str = "") -> Account:
    """Return the account at an address; a user name in the address comes before `user`.

    Raises `ConfigError` for an address over which a password could be read by others, or that holds one.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ConfigError(Problem(f"{url!r} is no address of a server."), hint=_HINT) from error
    if parts.password is not None:
        raise ConfigError(Problem("The address of a server must not hold a password."), hint=_HINT)
    if not host or parts.scheme not in {"http", "https"} or parts.query or parts.fragment:
        raise ConfigError(Problem(f"{url!r} is no address of a server."), hint=_HINT)
    if parts.scheme == "http" and not is_this_machine(host):
        raise ConfigError(Problem(f"{host} must be asked by https, or anybody can read along."), hint=_HINT)
    shown = f"[{host}]" if ":" in host else host
    place = f"{shown}:{port}" if port else shown
    return Account(
        urlunsplit((parts.scheme, place, parts.path or "/", "", "")),
        unquote(parts.username or user),
        password,
    )
