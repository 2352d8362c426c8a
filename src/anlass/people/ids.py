"""Ids made of what they name: the same in every run and on every machine."""

from __future__ import annotations

from base64 import b32encode
from hashlib import blake2b


def digest_id(*parts: str) -> str:
    """Return a short id made of content: 16 letters and digits."""
    told = "\0".join(parts).encode("utf-8", "surrogatepass")
    return b32encode(blake2b(told, digest_size=10).digest()).decode().lower()
