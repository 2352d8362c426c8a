"""How the door is reached from outside: under which name."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class DoorSettings:
    """Your public door: where the world finds it."""

    address: str = ""
    """The public address of this house (`https://anlass.example.org`). Under its name there are the door,
    cards and the page of house rules, and nothing else. Empty: this machine only. On a server its doors are
    found under the address of the server, whatever stands here."""


def public_base(address: str) -> str:
    """Return a public address as links begin with it; empty where it is none."""
    try:
        parts = urlsplit(address.strip())
        is_one = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}" if is_one else ""
