"""What the desk makes by chance: ids that nothing else has, and words that nobody guesses."""

from __future__ import annotations

import secrets
from base64 import b32encode, urlsafe_b64encode


def new_id() -> str:
    """Return an id that nothing else has: 16 letters and digits."""
    return b32encode(secrets.token_bytes(10)).decode().lower()


def new_word() -> str:
    """Return the secret word of a link: 160 bits in 27 characters."""
    return urlsafe_b64encode(secrets.token_bytes(20)).decode().rstrip("=")
