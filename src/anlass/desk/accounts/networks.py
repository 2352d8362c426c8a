"""The accounts on chat networks that the house watches: kept in the book by name, their secrets elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from queue import Empty, Queue
from threading import Thread

from anlass.channels.mail.secrets import Secrets
from anlass.channels.networks.account import NetworkAccount
from anlass.channels.networks.door import Door
from anlass.channels.networks.guarded import GuardedDoor
from anlass.channels.networks.table import DOORS
from anlass.desk.accounts.mail import accounts as mailboxes
from anlass.errors import ConfigError, NotFound, Problem, UserError
from anlass.intake import Channel
from anlass.store.book import Book
from anlass.wires.trouble import Trouble, WireError

PATIENCE = 120.0
"""Seconds that trying a door may take; the doors themselves give up before."""
NETWORKS = "|".join(DOORS)
"""The networks that `anlass connect` knows, as a command line names them."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What trying a door brought: why it does not open (`None`: it does), and how much asks there now.

    `place` is where in the program it broke, if it did, or which library it lacks.
    """

    account: NetworkAccount
    trouble: str | None = None
    waiting: int = 0
    place: str = ""


def network_accounts(book: Book) -> tuple[NetworkAccount, ...]:
    """Return the accounts that are watched, in the order of their names."""
    return tuple(book.networks.accounts(NetworkAccount).values())


def connected_networks(book: Book) -> tuple[NetworkAccount, ...]:
    """Return the accounts that are watched; raises `NotFound` where there is none."""
    found = network_accounts(book)
    if not found:
        raise NotFound("No chat network is connected.", hint=f"`anlass connect {NETWORKS} ADDRESS`")
    return found


def network_account(book: Book, name: str) -> NetworkAccount:
    """Return an account by its name or address; raises `NotFound`."""
    found = next((one for one in network_accounts(book) if name in {one.name, one.address}), None)
    if found is None:
        says = f"There is no account {name!r} on a chat network."
        raise NotFound(says, hint="`anlass connect` connects one.")
    return found


def account_for(channel: Channel, address: str, server: str = "", name: str = "") -> NetworkAccount:
    """Return an account as the owner names it; raises `ConfigError` for an address that is none."""
    own = DOORS[channel].own(address)
    if own is None:
        raise ConfigError(Problem(f"{address!r} is no address on {channel.value.capitalize()}."))
    is_open = server.startswith("none ")
    where = server.removeprefix("none ").strip()
    account = NetworkAccount(
        name or f"{channel.value}-{_plain(own.value)}"[:40].rstrip("-."),
        channel,
        own.value,
        where,
        "none" if is_open else "tls",
    )
    DOORS[channel].check(account)
    return account


def opened_door(account: NetworkAccount, secret: str | None) -> Door:
    """Open a door; raises `WireError` where it stays shut, be it that there is none or that it breaks."""
    network = DOORS.get(account.channel)
    if network is None:
        raise WireError("There is no such door.", where=account.name, trouble=Trouble.NO_DOOR)
    if secret is None and network.secret is not None:
        raise WireError("There is no secret.", where=account.house, trouble=Trouble.NO_SECRET)
    try:
        return GuardedDoor(account, lambda: network.opened(account, secret or ""))
    except ImportError as error:
        raise WireError(
            f"A library is missing ({error.name}): pip install 'anlass[networks]'",
            where=account.name,
            trouble=Trouble.LACKING,
        ) from error


def keep_network(book: Book, account: NetworkAccount, *, now: datetime) -> None:
    """Watch an account from now on. Raises `UserError` where a mailbox bears the name."""
    if any(one.name == account.name for one in mailboxes(book)):
        raise UserError(f"A mailbox is called {account.name!r} already.", hint="Name it otherwise: --name")
    with book.together():
        book.networks.keep_account(account.name, account.channel.value, account, now=now)
        book.note("connect", about=account.name, content={"host": account.house}, now=now)


def forget_network(book: Book, secrets: Secrets, name: str, *, now: datetime) -> None:
    """Watch an account no more, and forget its secret; its cases stay. Raises `NotFound`."""
    account = network_account(book, name)
    with book.together():
        book.networks.forget_account(account.name)
        book.note("disconnect", about=account.name, now=now)
    secrets.forget(account.name)


def tried(account: NetworkAccount, secret: str | None) -> Tried:
    """Open a door and look at it once; nothing is written down, and nobody there learns of it.

    Whoever tries a door waits `PATIENCE` for it and no longer, though it hangs.
    """
    came = Queue[Tried]()
    Thread(target=lambda: came.put(_tried(account, secret)), name=f"try {account.name}", daemon=True).start()
    try:
        return came.get(timeout=PATIENCE)
    except Empty:
        return Tried(account, Trouble.SILENT.value)


def _tried(account: NetworkAccount, secret: str | None) -> Tried:
    try:
        door = opened_door(account, secret)
        try:
            return Tried(account, waiting=len(door.look("").knocks))
        finally:
            door.close()
    except WireError as error:
        places = {Trouble.BROKEN: error.says, Trouble.LACKING: getattr(error.__cause__, "name", None)}
        return Tried(account, error.trouble.value, place=places.get(error.trouble) or "")


def token_of(account: NetworkAccount, secret: str) -> tuple[NetworkAccount, str]:
    """Return what is kept of a secret: on Matrix a token of a device of its own; raises `WireError`."""
    made = DOORS[account.channel].token
    if made is None:
        return account, secret
    token, device = made(account, secret)
    return replace(account, device=device), token


def with_porch(account: NetworkAccount, secret: str, alias: str) -> NetworkAccount:
    """Return an account with its room for callers; `alias` names one that is there, or makes it.

    Raises `WireError`, and `ConfigError` for a network that has no such rooms.
    """
    porch = DOORS[account.channel].porch
    if porch is None:
        raise ConfigError(Problem("Only Matrix has rooms in which people knock."))
    return replace(account, porch=porch(account, secret, alias))


def _plain(address: str) -> str:
    return "".join(sign if sign.isalnum() or sign in "._-" else "-" for sign in address.lower()).strip("-._")
