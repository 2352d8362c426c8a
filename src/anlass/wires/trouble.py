"""What can go wrong on a wire, named so that the owner can be told in words what to do."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TypeVar

from anlass.errors import ChannelError, EdgeError, SourceError

T = TypeVar("T")


class Trouble(StrEnum):
    """Why a server cannot be used."""

    NO_SUCH_HOST = "no_such_host"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    SILENT = "silent"
    """No answer within the time."""
    NO_TLS = "no_tls"
    CERTIFICATE_UNKNOWN = "certificate_unknown"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_OF_ANOTHER = "certificate_of_another"
    PASSWORD = "password"  # noqa: S105 - the name of a trouble
    APP_PASSWORD = "app_password"  # noqa: S105 - the name of a trouble
    NO_SECRET = "no_secret"  # noqa: S105 - the name of a trouble
    """Nobody has told the house the password, or it cannot be read."""
    BUSY = "busy"
    """The server knows the user but takes nobody in just now."""
    BROKE_OFF = "broke_off"
    UNREADABLE = "unreadable"
    TURNED_DOWN = "turned_down"
    """The server refused one question; the talk goes on."""
    FULL = "full"
    """The mailbox takes nothing more."""
    BROKEN = "broken"
    """The program that speaks to the server made a mistake."""
    LACKING = "lacking"
    """The library that speaks to the server is not installed."""
    NO_DOOR = "no_door"
    """This program has no door to that network; another version had."""


TEMPORARY = frozenset(Trouble) - {
    Trouble.NO_TLS,
    Trouble.CERTIFICATE_UNKNOWN,
    Trouble.CERTIFICATE_EXPIRED,
    Trouble.CERTIFICATE_OF_ANOTHER,
    Trouble.PASSWORD,
    Trouble.APP_PASSWORD,
    Trouble.NO_SECRET,
    Trouble.LACKING,
    Trouble.NO_DOOR,
}
"""What may be over by itself later on."""
_EXPIRED = 10
_NAMES = frozenset({62, 64})
"""OpenSSL's numbers for a certificate that names another host or address."""


class WireError(SourceError, ChannelError):
    """A server cannot be spoken to; `trouble` names why."""

    def __init__(self, says: str, *, where: str, trouble: Trouble, temporary: bool | None = None) -> None:
        is_temporary = trouble in TEMPORARY if temporary is None else temporary
        super().__init__(says, where=where, temporary=is_temporary)
        self.trouble = trouble


class Turned(WireError):
    """The server did not answer this one question in a way that can be used; the next may do."""

    def __init__(
        self, says: str, *, where: str, trouble: Trouble = Trouble.TURNED_DOWN, temporary: bool = True
    ) -> None:
        super().__init__(says, where=where, trouble=trouble, temporary=temporary)


def worst_of(troubles: Sequence[Trouble]) -> Trouble:
    """Return why no way led in: what does not pass by itself before all that may, else the last.

    That one way is not encrypted says nothing where another is.
    """
    lasting = [one for one in troubles if one not in {*TEMPORARY, Trouble.NO_TLS}]
    return (lasting or list(troubles) or [Trouble.UNREACHABLE])[-1]


def attempted(work: Callable[[], T]) -> T | Exception:
    """Do something that a mistake of the program may break; return what it broke by.

    What the world does to it (`EdgeError`) is raised: that is no mistake, and has a trouble of its own.
    """
    try:
        return work()
    except EdgeError:
        raise
    except Exception as error:  # noqa: BLE001 - one mail or one door must never keep the owner from all others
        return error


_MEANS: tuple[tuple[type[OSError], Trouble], ...] = (
    (TimeoutError, Trouble.SILENT),
    (ssl.SSLError, Trouble.NO_TLS),
    (socket.gaierror, Trouble.NO_SUCH_HOST),
    (ConnectionRefusedError, Trouble.REFUSED),
    (ConnectionError, Trouble.BROKE_OFF),
)


def trouble_of(error: Exception) -> Trouble:
    """Name what the system said when a server was to be reached."""
    if isinstance(error, ssl.SSLCertVerificationError):
        if error.verify_code == _EXPIRED:
            return Trouble.CERTIFICATE_EXPIRED
        is_of_another = error.verify_code in _NAMES
        return Trouble.CERTIFICATE_OF_ANOTHER if is_of_another else Trouble.CERTIFICATE_UNKNOWN
    return next((means for kind, means in _MEANS if isinstance(error, kind)), Trouble.UNREACHABLE)
