"""Which servers an address belongs to: the large providers from a table, of others what they usually are."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from anlass.channels.mail.account import Server
from anlass.errors import ConfigError, Problem

_PORTS = {("imap", "tls"): 993, ("imap", "starttls"): 143, ("smtp", "tls"): 465, ("smtp", "starttls"): 587}
_WRITTEN = re.compile(
    r"(?:(starttls|none|tls)[ :]/*)?(\[[0-9a-f:]+\]|[^\s:/@]+)(?::(\d{1,5}))?", re.IGNORECASE
)
Protocol = Literal["imap", "smtp"]


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider of mailboxes; `needs` is what its owners must do first, `oauth2` whose tokens it takes."""

    name: str
    imap: Server | None
    smtp: Server | None
    needs: str = ""
    oauth2: str = ""


def provider_of(domain: str) -> Provider | None:
    """Return the provider of addresses in a domain, `None` for one that is not in the table."""
    return _table().get(domain.lower().rstrip("."))


def guesses(domain: str, protocol: Protocol) -> tuple[Server, ...]:
    """Return the servers that a domain of one's own usually has, likeliest first."""
    return tuple(
        Server(f"{name}.{domain}", _PORTS[protocol, security], security)
        for security in ("tls", "starttls")
        for name in (protocol, "mail")
    )


def server(written: str, protocol: Protocol) -> Server:
    """Return the server that is written as `HOST`, `HOST:PORT` or `starttls HOST`; raises `ConfigError`."""
    hit = _WRITTEN.fullmatch(written.strip())
    port = int(hit[3]) if hit and hit[3] else 0
    if hit is None or port > 65_535:
        raise ConfigError(
            Problem(f"{written!r} is no server."),
            hint="Write HOST or HOST:PORT; 'starttls HOST' for STARTTLS.",
        )
    host, named = hit[2].strip("[]").lower(), (hit[1] or "").lower()
    is_started = named == "starttls" or (not named and port in {143, 587, 25, 1143, 1025})
    if named == "none":
        return Server(host, port or _PORTS[protocol, "starttls"], "none")
    security: Literal["tls", "starttls"] = "starttls" if is_started else "tls"
    return Server(host, port or _PORTS[protocol, security], security)


@cache
def all_providers() -> tuple[tuple[tuple[str, ...], Provider], ...]:
    """Read `providers.toml`: each provider behind the domains of its addresses."""
    text = files("anlass.channels.mail").joinpath("providers.toml").read_text("utf-8")
    return tuple(
        (
            tuple(row["domains"]),
            Provider(
                row["name"],
                server(row["imap"], "imap") if "imap" in row else None,
                server(row["smtp"], "smtp") if "smtp" in row else None,
                row.get("needs", ""),
                row.get("oauth2", ""),
            ),
        )
        for row in tomllib.loads(text)["provider"]
    )


@cache
def _table() -> dict[str, Provider]:
    return {domain: one for domains, one in all_providers() for domain in domains}
