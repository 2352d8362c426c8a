"""Silence: when no letter may go by itself.

Anlass writes drafts. Where a house rule of the owner's says `send = "automatically"`, the letter still
has to pass twenty-two rules (R1 to R22), because whatever answers by itself can be made to answer the
wrong person. One that does not hold leaves a draft, and its name.
"""

from anlass.replies.silence.facts import (
    USUAL,
    Answerable,
    Asked,
    Came,
    Past,
    Permission,
    Refusal,
    Terms,
    Went,
)
from anlass.replies.silence.table import RULES, may_answer
from anlass.replies.silence.when import due_at

__all__ = [
    "RULES",
    "USUAL",
    "Answerable",
    "Asked",
    "Came",
    "Past",
    "Permission",
    "Refusal",
    "Terms",
    "Went",
    "due_at",
    "may_answer",
]
