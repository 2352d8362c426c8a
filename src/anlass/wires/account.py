"""How to get into a mailbox: the server, who asks, and the secret that opens it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import quote

PORTS = {"imaps": 993, "imap": 143}


class Tls(StrEnum):
    """How the wire is encrypted."""

    AT_ONCE = "at_once"
    STARTTLS = "starttls"
    NONE = "none"
    """To this machine only: nobody stands in between."""


@dataclass(frozen=True, slots=True)
class Account:
    """A mailbox on a server, with the user and the password that open it.

    Where `is_token`, the password is an access token (OAuth2), good for some minutes.
    """

    host: str
    port: int
    tls: Tls
    user: str
    password: str = field(default="", repr=False)
    is_token: bool = False

    @property
    def place(self) -> str:
        """The mailbox as the beginning of the places of its mails: `imap://olga%40home.example@mail.example`."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port in PORTS.values() else f":{self.port}"
        return f"imap://{quote(self.user, safe='')}@{shown}{port}"
