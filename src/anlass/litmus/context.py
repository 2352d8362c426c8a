"""What a sentence does in its letter: looked at a second time, among the others.

Taken alone, "I wrote on this too" introduces somebody, gives an occasion or says nothing. What
stands before and behind it, what else is in the letter, and whether it names what the receiver
is known for, tell which. The second look takes all that beside the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from anlass.litmus.about import SHARED
from anlass.litmus.weights import MOVES, SAID, Floats, sigmoid

_SMALL: Final = 0.001
"""Keeps the score of what is surely there or not there finite."""

_NOBODY: Final = -3.0
"""The score of all moves where no sentence stands before or behind."""

_MOST: Final = 5.0
SURROUNDINGS: Final = (
    *(f"{where} {move}" for where in ("own", "before", "behind", "most", "mean") for move in MOVES),
    "first",
    "last",
    "few",
    *SAID,
    *SHARED,
    *(f"letter {name}" for name in SHARED),
)


def surroundings(first: Floats, said: Floats, shared: Floats) -> Floats:
    """All that the second look goes by (sentences x `SURROUNDINGS`), of a letter with sentences.

    `first` are the moves at first sight (sentences x `MOVES`), `said` what the words of the letter
    say (`SAID`), `shared` what every sentence shares with what is known of the receiver.
    """
    count = len(first)
    own = np.log((first + _SMALL) / (1 - first + _SMALL))
    nobody = np.full((1, own.shape[1]), _NOBODY)
    ends = np.zeros((count, 2))
    ends[0, 0] = ends[-1, 1] = 1.0
    whole = [own.max(0), first.mean(0), [count**-0.5], said, np.minimum(shared.sum(0), _MOST)]
    most, mean, few, told, known = (np.broadcast_to(part, (count, len(part))) for part in whole)
    before, behind = np.vstack([nobody, own[:-1]]), np.vstack([own[1:], nobody])
    found: Floats = np.hstack([own, before, behind, most, mean, ends, few, told, shared, known])
    return found


@dataclass(frozen=True, slots=True)
class Context:
    """Weights of the surroundings (`SURROUNDINGS` x `MOVES`) and a bias a move."""

    weights: Floats
    bias: Floats

    def moves(self, first: Floats, said: Floats, shared: Floats) -> Floats:
        """How likely every sentence makes each move, looked at in its letter."""
        if not len(first):
            return first
        return sigmoid(surroundings(first, said, shared) @ self.weights + self.bias)
