"""Who is close by evidence: the part of the inner circle that nobody has to name.

Close is whoever is in touch with the owner, has taken ten turns or more with them, has written within the
last year and been written to within it, and has not fallen silent. Each of these is a fact of the tie.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from anlass.ledger.tie import Tie, TieLevel

TURNS = 10
"""Turns that make a habit of being in touch."""

LATELY = timedelta(days=365)
"""Both sides wrote within this time."""


def is_close(tie: Tie, *, at: datetime) -> bool:
    """Tell whether a tie, as it stood at the moment `at`, is that of the inner circle."""
    both = tie.last_in is not None and tie.last_out is not None
    return (
        tie.level is TieLevel.IN_TOUCH
        and tie.turns >= TURNS
        and not tie.is_dormant
        and both
        and min(filter(None, (tie.last_in, tie.last_out))) >= at - LATELY
    )
