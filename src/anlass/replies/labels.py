"""The words the owner's pages need for what a request is, asks and holds; inward only."""

from anlass.policy.labels import (
    ACTIONS,
    ASKS,
    CHANNELS,
    FINDINGS,
    LEVELS,
    MARKS,
    QUESTIONS,
    STANDINGS,
    VERDICTS,
)

__all__ = ["ACTIONS", "ASKS", "CHANNELS", "FINDINGS", "LEVELS", "MARKS", "QUESTIONS", "STANDINGS", "VERDICTS"]
