"""What we really share: encounters, and the tie that follows from them.

Facts first ("4 turns in 2 threads since March"), a number second. Only what is
proven feeds the tie: a forged letter must not inherit a friend's standing. This
room must not know how a request reads (`litmus`) nor what the owner wants (`policy`).
"""

from anlass.ledger.encounter import UNDATED, Encounter, EncounterKind
from anlass.ledger.says import says
from anlass.ledger.tie import Tie, TieLevel, tie_of

__all__ = ["UNDATED", "Encounter", "EncounterKind", "Tie", "TieLevel", "says", "tie_of"]
