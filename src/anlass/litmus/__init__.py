"""How it reads: five questions, what answers them, and what empties the request.

Who are you, what is the occasion, why me, what do I get, what is there now: each
with the words that answer it, or honestly not found. No network, no clock, no
framework; names, origin and grammar never count. This room must not know what is
shared with the requester (`ledger`) nor what the owner wants (`policy`).
"""

from anlass.litmus.reading import Asks, Finding, FindingKind, Place, Question, Reading, Verdict

__all__ = ["Asks", "Finding", "FindingKind", "Place", "Question", "Reading", "Verdict"]
