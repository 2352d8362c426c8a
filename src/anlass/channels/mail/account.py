"""How one mailbox of the owner's is reached; no password is ever part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from anlass.wires.account import Account as Login
from anlass.wires.account import Tls

_TLS = {"tls": Tls.AT_ONCE, "starttls": Tls.STARTTLS, "none": Tls.NONE}


@dataclass(frozen=True, slots=True)
class Server:
    """One server, and how the way to it is kept shut: `none` only for a machine of one's own."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"] = "tls"


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders the house uses; an empty name is found by what the server says of it.

    `shown` says how cases appear in the mail program: not at all (originals stay where they are), as
    folders, or as keywords. The names after it are those of the folders, one for each word of the owner.
    """

    inbox: str = "INBOX"
    drafts: str = ""
    sent: str = ""
    shown: Literal["not", "folders", "keywords"] = "not"
    waiting: str = "Anlass/Requests"
    asked: str = "Anlass/Asked"
    watched: str = "Anlass/Watch list"
    accepted: str = "Anlass/Accepted"
    lapsed: str = "Anlass/Let go"
    keeps_drafts: bool = True
    """Whether drafts of answers lie among the owner's own."""


GERMAN = Folders(
    waiting="Anlass/Anfragen",
    asked="Anlass/Nachfragen",
    watched="Anlass/Merkliste",
    accepted="Anlass/Zugesagt",
    lapsed="Anlass/Abgelegt",
)
"""The folders of a German owner; those of others have English names."""


@dataclass(frozen=True, slots=True)
class Account:
    """One mailbox: its name in the settings, its address, and where letters come in and go out.

    Without `smtp` nothing can be sent from it. `auth` says what the secret of `user` is.
    """

    name: str
    address: str
    imap: Server
    smtp: Server | None
    user: str
    auth: Literal["password", "oauth2"] = "password"
    folders: Folders = Folders()


def login(account: Account, secret: str) -> Login:
    """Return how to get into the mailbox of an account with this password or access token."""
    tls = _TLS[account.imap.security]
    is_token = account.auth == "oauth2"
    return Login(account.imap.host, account.imap.port, tls, account.user, secret, is_token)


class SentFolder(Protocol):
    """Where a letter that has left the house is kept, once."""

    def keep(self, raw: bytes, message_id: str) -> None:
        """Put a letter that was sent into the folder, unless it lies there."""
        ...

    def holds(self, message_id: str) -> bool:
        """Tell whether a letter with this Message-ID (with or without brackets) lies there."""
        ...
