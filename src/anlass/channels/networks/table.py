"""The chat networks that have a door here: for each, what the house must know before it opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from anlass.channels.networks.account import NetworkAccount, host_and_port, page_of
from anlass.channels.networks.door import Door
from anlass.errors import ConfigError, Problem
from anlass.intake import Channel
from anlass.people import Address, handles
from anlass.policy import Words
from anlass.wires.hosts import is_this_machine


@dataclass(frozen=True, slots=True)
class Network:
    """One network. Its library is an extra and is loaded by whoever calls; it may be missing (`ImportError`).

    What goes over the wire raises `WireError`.
    """

    own: Callable[[str], Address | None]
    """The owner's address there in normal form; `None` for a text that is none."""
    opened: Callable[[NetworkAccount, str], Door]
    """The door, opened with the secret."""
    secret: Words | None
    """What the owner is asked for; `{address}` is theirs. `None` where the network asks for nothing."""
    check: Callable[[NetworkAccount], object] = page_of
    """Raises `ConfigError` where something would leave this machine without encryption."""
    token: Callable[[NetworkAccount, str], tuple[str, str]] | None = None
    """Turns a password into what is kept in its place, and names the device that the house is there."""
    porch: Callable[[NetworkAccount, str, str], str] | None = None
    """Returns the room in which people knock, by its alias; it is made where it is missing."""


def _check_xmpp(account: NetworkAccount) -> None:
    if account.security == "none" and not is_this_machine(host_and_port(account.server, 5222)[0]):
        raise ConfigError(Problem(f"Nothing goes to {account.server} without encryption."))


def _xmpp(account: NetworkAccount, secret: str) -> Door:
    from anlass.channels.networks.xmpp import XmppDoor  # noqa: PLC0415 - an extra

    return XmppDoor(account, secret)


def _matrix(account: NetworkAccount, secret: str) -> Door:
    from anlass.channels.networks.matrix import MatrixDoor  # noqa: PLC0415 - an extra

    return MatrixDoor(account, secret)


def _matrix_token(account: NetworkAccount, secret: str) -> tuple[str, str]:
    from anlass.channels.networks.matrix_wire import token_for  # noqa: PLC0415 - an extra

    return token_for(account, secret)


def _matrix_porch(account: NetworkAccount, secret: str, alias: str) -> str:
    if alias.startswith("!"):
        return alias
    from anlass.channels.networks.matrix import MatrixDoor  # noqa: PLC0415 - an extra

    door = MatrixDoor(account, secret)
    try:
        return door.porch(alias.lstrip("#").partition(":")[0])
    finally:
        door.close()


def _mastodon(account: NetworkAccount, secret: str) -> Door:
    from anlass.channels.networks.mastodon import MastodonDoor  # noqa: PLC0415 - an extra

    return MastodonDoor(account, secret)


DOORS: Mapping[Channel, Network] = {
    Channel.XMPP: Network(
        handles.xmpp_address,
        _xmpp,
        Words("Passwort für {address}", "Password for {address}"),
        check=_check_xmpp,
    ),
    Channel.MATRIX: Network(
        handles.matrix_address,
        _matrix,
        Words(
            "Passwort für {address} (behalten wird nur ein Zugangsschlüssel)",
            "Password for {address} (only an access token is kept)",
        ),
        token=_matrix_token,
        porch=_matrix_porch,
    ),
    Channel.MASTODON: Network(
        handles.mastodon_address,
        _mastodon,
        Words(
            "Zugangsschlüssel für {address} (Einstellungen, Entwicklung, Neue Anwendung)",
            "Access token for {address} (Preferences, Development, New application)",
        ),
    ),
}
"""By the channel that its asks come through; `intake/knock.py` says which channels have doors."""
