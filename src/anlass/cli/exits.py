"""How a command ends: the exit codes, documented and tested."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command."""

    DONE = 0
    """Done, also when nothing was found."""
    CHECK_FAILED = 1
    """A check failed: house rules that cannot be used, a doctor's finding."""
    WRONG_USE = 2
    """The command was called wrongly, or something the owner wrote cannot be used."""
    TRY_AGAIN = 75
    """The outside world failed for now; the same command may work later."""
