"""How one mailbox of the owner's is reached; no password is ever part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Server:
    """One server, and how the way to it is kept shut: `none` only for a machine of one's own."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"] = "tls"


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders the house uses; an empty name is found by what the server says of it."""

    inbox: str = "INBOX"
    drafts: str = ""
    sent: str = ""


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


class SentFolder(Protocol):
    """Where a letter that has left the house is kept, once."""

    def keep(self, raw: bytes, message_id: str) -> None:
        """Put a letter that was sent into the folder, unless it lies there."""
        ...

    def holds(self, message_id: str) -> bool:
        """Tell whether a letter with this Message-ID (with or without brackets) lies there."""
        ...
