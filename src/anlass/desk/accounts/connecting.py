"""Connecting a mailbox: find its servers, try everything the house will need, and say what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from anlass.channels.mail.account import Account, Folders, Server, login
from anlass.channels.mail.knocking import knock
from anlass.channels.mail.line import Line
from anlass.channels.mail.providers import Provider, guesses, provider_of
from anlass.channels.mail.secrets import Secrets
from anlass.desk.accounts.mail import key_to
from anlass.errors import ConfigError, Problem
from anlass.people import mail_address
from anlass.sources import FolderUse
from anlass.sources.imap.folders import folder_for
from anlass.wires.hosts import is_this_machine
from anlass.wires.trouble import Trouble, WireError

_NOBODY_THERE = frozenset({Trouble.NO_SUCH_HOST, Trouble.REFUSED, Trouble.UNREACHABLE, Trouble.SILENT})
_TRY_ANOTHER = _NOBODY_THERE | {
    Trouble.NO_TLS,
    Trouble.CERTIFICATE_UNKNOWN,
    Trouble.CERTIFICATE_EXPIRED,
    Trouble.CERTIFICATE_OF_ANOTHER,
}
"""Before any of these the password has not left this machine."""
_FOLDERS = Folders()
_WANTED = ("IDLE", "CONDSTORE", "QRESYNC", "MOVE", "UIDPLUS", "SPECIAL-USE", "QUOTA")


@dataclass(frozen=True, slots=True)
class Tested:
    """What trying a mailbox brought.

    `trouble` is why it cannot be read, `cannot_send` why nothing can be sent from it; `None`: it can.
    `abilities` and `lacks` are those of the server's that the house would use. `drafts` and `sent` are
    the names of these folders on the server. `quota` is what is used and what there is, in KiB.
    """

    account: Account
    trouble: Trouble | None = None
    cannot_send: Trouble | None = None
    abilities: tuple[str, ...] = ()
    folders: int = 0
    drafts: str | None = None
    sent: str | None = None
    quota: tuple[int, int] | None = None

    @property
    def lacks(self) -> tuple[str, ...]:
        """What the server does not offer."""
        return tuple(one for one in _WANTED if one not in self.abilities)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the owner says of a mailbox; what is left out is found."""

    address: str
    name: str
    user: str = ""
    imap: Server | None = None
    smtp: Server | None = None
    sends: bool = True
    auth: Literal["password", "oauth2"] = "password"
    folders: Folders = _FOLDERS


def normal_address(text: str) -> str:
    """Return an address in normal form; raises `ConfigError` where it is none."""
    address = mail_address(text)
    if address is None:
        raise ConfigError(Problem(f"{text!r} is no mail address."))
    return address.value


def provider_for(address: str) -> Provider | None:
    """Return the provider of an address, where it is a large one."""
    return provider_of(address.rpartition("@")[2])


def candidates(wish: Wish) -> tuple[Account, ...]:
    """Return how the mailbox may be reached: as the owner says, else by the table, else by guesses.

    Raises `ConfigError` where a way without encryption would leave this machine.
    """
    domain, known = wish.address.rpartition("@")[2], provider_for(wish.address)
    ways = guesses(domain, "imap")
    if named := wish.imap or (known.imap if known else None):
        ways = (named,)
    for one in (*ways, wish.smtp):
        if one and one.security == "none" and not is_this_machine(one.host):
            raise ConfigError(Problem(f"Nothing goes to {one.host} without encryption."))
    smtp = wish.smtp or (known.smtp if known and not wish.imap else None)
    account = Account(wish.name, wish.address, ways[0], smtp, wish.user or wish.address)
    account = replace(
        account, auth=wish.auth, folders=wish.folders, smtp=account.smtp if wish.sends else None
    )
    return tuple(replace(account, imap=way) for way in ways)


def try_all(
    accounts: Iterable[Account], secret: str, wish: Wish, heard: Callable[[Account], None] = lambda _: None
) -> Tested:
    """Try one way after the other until a server answers; `heard` hears of each before it is tried.

    The password goes to no second server once one has taken it in or turned it down.
    """
    tried = list[Tested]()
    for account in accounts:
        heard(account)
        tried.append(tested(account, secret))
        if tried[-1].trouble not in _TRY_ANOTHER:
            break
    if not tried:
        raise ConfigError(Problem(f"No server is known for {wish.address}."), hint="Name it: --imap HOST")
    says_more = (one for one in reversed(tried) if one.trouble not in _NOBODY_THERE)
    best = next(says_more, tried[0])
    if best.trouble is None and best.account.smtp is None and wish.sends:
        return _with_smtp(best, secret, wish)
    return best


def tested(account: Account, secret: str) -> Tested:
    """Log in and look what the server can do, also where letters go out. Nothing is changed or sent."""
    try:
        with Line(login(account, secret)) as line:
            rows = line.folders()
            line.look(line.spelled(account.folders.inbox))
            seen = Tested(
                account,
                abilities=line.abilities,
                folders=len(rows),
                drafts=folder_for(FolderUse.DRAFTS, rows, account.folders.drafts),
                sent=folder_for(FolderUse.SENT, rows, account.folders.sent),
                quota=line.quota(),
            )
    except WireError as error:
        return Tested(account, trouble=error.trouble)
    return replace(seen, cannot_send=_sending(account, secret))


def retested(account: Account, secrets: Secrets) -> Tested:
    """Try a mailbox that is connected, with the secret that is kept."""
    try:
        return tested(account, key_to(account, secrets))
    except WireError as error:
        return Tested(account, trouble=error.trouble)


def _with_smtp(found: Tested, secret: str, wish: Wish) -> Tested:
    """Look for the server that letters go out by; without one the mailbox is read all the same."""
    host = found.account.imap.host
    same = Server(host, 465), Server(host, 587, "starttls")
    for way in (*same, *guesses(wish.address.rpartition("@")[2], "smtp")):
        account = replace(found.account, smtp=way)
        trouble = _sending(account, secret)
        if trouble not in _NOBODY_THERE:
            return replace(found, account=account, cannot_send=trouble)
    return found


def _sending(account: Account, secret: str) -> Trouble | None:
    try:
        knock(account, secret)
    except WireError as error:
        return error.trouble
    return None
