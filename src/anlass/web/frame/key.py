"""The key to the house: a token that opens the door once, then is worthless.

The address printed in the terminal carries it. Whoever can read that terminal is the
owner; everybody else on this machine, and every page in a browser, is not.
"""

from __future__ import annotations

import secrets
from multiprocessing import Value


class Key:
    """One token, usable once, even where the server's worker processes are forked from this one."""

    def __init__(self, token: str | None = None) -> None:
        self.token = token or secrets.token_urlsafe(24)
        self._is_spent = Value("b", 0)

    def opens(self, token: str) -> bool:
        """Tell whether `token` is the unspent key, and spend it; every guess takes the same time."""
        if not secrets.compare_digest(token.encode(errors="replace"), self.token.encode()):
            return False
        with self._is_spent.get_lock():
            was_spent, self._is_spent.value = self._is_spent.value, 1
        return not was_spent
