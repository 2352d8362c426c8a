"""Where a mailbox is and whose, as the owner writes it: the password is no part of that."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from anlass.errors import ConfigError, Problem
from anlass.wires.account import PORTS, Account, Tls
from anlass.wires.hosts import is_this_machine

_HINT = "Write HOST or HOST:PORT, and --user NAME; the password comes from the environment."


def account(address: str, user: str = "", password: str = "") -> Account:
    """Return the mailbox at an address: `HOST`, `HOST:PORT`, `imaps://HOST`, or `imap://HOST` for STARTTLS.

    A user name in the address comes before `user`. Raises `ConfigError` for an address that is none or
    that holds a password, and where nobody is named. `imap://` to this machine may go without encryption.
    """
    written = address.strip()
    try:
        parts = urlsplit(written if "://" in written else f"imaps://{written}")
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise ConfigError(Problem(f"{address!r} is no address of a mail server."), hint=_HINT) from error
    if parts.password is not None:
        raise ConfigError(Problem("The address of a server must not hold a password."), hint=_HINT)
    if not host or parts.scheme not in PORTS or parts.path.strip("/") or parts.query or parts.fragment:
        raise ConfigError(Problem(f"{address!r} is no address of a mail server."), hint=_HINT)
    name = unquote(parts.username or user)
    if not name:
        raise ConfigError(Problem(f"Whose mailbox on {host}?"), hint="Name the user: --user NAME")
    tls = Tls.AT_ONCE if parts.scheme == "imaps" else Tls.STARTTLS
    if tls is Tls.STARTTLS and is_this_machine(host):
        tls = Tls.NONE
    return Account(host, port or PORTS[parts.scheme], tls, name, password)
