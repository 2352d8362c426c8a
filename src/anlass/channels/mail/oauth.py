"""OAuth2 for mailboxes that take no passwords: the device flow (RFC 8628), with the owner's own client id.

The owner opens an address on any device and types a code; the house waits. What is kept is a refresh token,
as the secret of the mailbox; access tokens live for minutes, in memory only.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from anlass.errors import ConfigError, Problem
from anlass.wires.asking import answer_of
from anlass.wires.hosts import is_shut
from anlass.wires.trouble import Trouble, WireError

SECONDS = 30.0
"""What an answer of a token server may take, to its last byte."""
_LONGEST = 64 * 1024
_DEVICE = "urn:ietf:params:oauth:grant-type:device_code"
_MOST_WAITS = 400
_SLOWER = 5.0


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who gives out tokens: where a device asks for a code, where tokens come from, and for what."""

    device: str
    token: str
    scope: str


ISSUERS = {
    "google": Issuer(
        "https://oauth2.googleapis.com/device/code",
        "https://oauth2.googleapis.com/token",
        "https://mail.google.com/",
    ),
    "microsoft": Issuer(
        "https://login.microsoftonline.com/common/oauth2/v2.0/devicecode",
        "https://login.microsoftonline.com/common/oauth2/v2.0/token",
        "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send "
        "offline_access",
    ),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """What the owner allowed, as it is kept: one line of JSON, a secret as a whole."""

    token_url: str
    client_id: str
    refresh_token: str
    client_secret: str = ""

    def written(self) -> str:
        """Return it as the secret of a mailbox."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class Code:
    """What the owner is shown: open `address` and type `code`."""

    address: str
    code: str


def grant(secret: str) -> Grant:
    """Return what was kept; raises `WireError` for what is no grant."""
    try:
        kept = json.loads(secret)
        return Grant(kept["token_url"], kept["client_id"], kept["refresh_token"], kept["client_secret"])
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        says = "This mailbox has no token."
        raise WireError(says, where="", trouble=Trouble.NO_SECRET) from error


def access_token(secret: str, *, seconds: float = SECONDS) -> str:
    """Fetch an access token, good for some minutes, in so many seconds; raises `WireError`."""
    kept = grant(secret)
    told = _asked(
        kept.token_url,
        {
            "grant_type": "refresh_token",
            "refresh_token": kept.refresh_token,
            "client_id": kept.client_id,
            **({"client_secret": kept.client_secret} if kept.client_secret else {}),
        },
        seconds,
    )
    token = told.get("access_token")
    if not isinstance(token, str) or not token:
        # the owner took the permission back, or it has run out
        says = "The permission for this mailbox does not hold any more."
        raise WireError(says, where=_host(kept.token_url), trouble=Trouble.PASSWORD)
    return token


def ask_owner(
    issuer: Issuer,
    client_id: str,
    client_secret: str,
    show: Callable[[Code], None],
    pause: Callable[[float], object],
) -> Grant:
    """Let the owner allow it on another device, and wait for that; raises `WireError`.

    `show` shows the code, `pause` waits some seconds between two questions.
    """
    begun = _asked(issuer.device, {"client_id": client_id, "scope": issuer.scope})
    address = begun.get("verification_uri") or begun.get("verification_url")
    code, device = begun.get("user_code"), begun.get("device_code")
    if not (isinstance(address, str) and isinstance(code, str) and isinstance(device, str)):
        says = "The provider does not know this client id, or gives out no codes to it."
        raise WireError(says, where=_host(issuer.device), trouble=Trouble.TURNED_DOWN)
    show(Code(address, code))
    seconds = _number(begun.get("interval"), _SLOWER)
    question = {"grant_type": _DEVICE, "device_code": device, "client_id": client_id}
    if client_secret:
        question["client_secret"] = client_secret
    for _ in range(_MOST_WAITS):
        pause(seconds)
        told = _asked(issuer.token, question)
        if isinstance(refresh := told.get("refresh_token"), str):
            return Grant(issuer.token, client_id, refresh, client_secret)
        if told.get("error") not in {"authorization_pending", "slow_down"}:
            break
        seconds += _SLOWER if told["error"] == "slow_down" else 0
    says = "The permission was not given."
    raise WireError(says, where=_host(issuer.token), trouble=Trouble.PASSWORD)


def checked(url: str) -> str:
    """Return an address of a token server; raises `ConfigError` for one that is not encrypted."""
    if is_shut(url):
        return url
    raise ConfigError(Problem(f"{url!r} is no encrypted address."))


def _asked(url: str, question: dict[str, str], seconds: float = SECONDS) -> dict[str, object]:
    """Ask a token server; what it turns down comes back as its answer, too."""
    where = _host(url)
    try:
        told = json.loads(answer_of(url, question, seconds=seconds, most=_LONGEST, is_by_proxy=True)[1])
    except TimeoutError as error:
        raise WireError("The token server does not answer.", where=where, trouble=Trouble.SILENT) from error
    except OSError as error:
        says = "The token server cannot be reached."
        raise WireError(says, where=where, trouble=Trouble.UNREACHABLE) from error
    except (ValueError, RecursionError) as error:
        says = "The token server's answer cannot be read."
        raise WireError(says, where=where, trouble=Trouble.UNREADABLE) from error
    return told if isinstance(told, dict) else {}


def _host(url: str) -> str:
    return urlsplit(url).hostname or url


def _number(told: object, default: float) -> float:
    return float(told) if isinstance(told, int | float) and 0 < told <= 60 else default
