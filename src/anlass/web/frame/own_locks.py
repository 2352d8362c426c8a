"""Which addresses have a lock of their own: no key of the house, no session and no cookie opens them."""

from __future__ import annotations

API = "/api/"
FEED = "/feed/"


def secret_in(path: str, authorization: str) -> str:
    """Return what a program brings to such an address: its token, or the secret of a feed's link."""
    if path.startswith(FEED):
        return path.removeprefix(FEED).rpartition(".")[0]
    how, _, secret = authorization.partition(" ")
    return secret.strip() if how.lower() == "bearer" else ""


def has_own_lock(path: str) -> bool:
    """Tell whether what lies at a path is opened by a token or a secret link, not by the owner's session."""
    return path.startswith((API, FEED))
