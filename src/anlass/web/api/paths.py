"""Which addresses have a lock of their own: no key of the house, no session and no cookie opens them."""

from __future__ import annotations

API = "/api/"
FEED = "/feed/"


def has_own_lock(path: str) -> bool:
    """Tell whether what lies at a path is opened by a token or a secret link, not by the owner's session."""
    return path.startswith((API, FEED))
