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
from anlass.litmus.weights import MOVES, SAID, Floats, Places, sigmoid

_SMALL: Final = 0.001
"""Keeps the score of what is surely there or not there finite."""

_NOBODY: Final = -3.0
"""The score of all moves where no sentence stands before or behind."""

_MOST: Final = 5.0
_LOOKED_AT: Final = ("own", "before", "behind", "most", "mean")
SURROUNDINGS: Final = (
    *(f"{where} {move}" for where in _LOOKED_AT for move in MOVES),
    "first",
    "last",
    "few",
    *SAID,
    *SHARED,
    *(f"letter {name}" for name in SHARED),
)
_OWN, _BEFORE, _BEHIND, _MOST_OF_ALL, _MEAN = (
    slice(at * len(MOVES), (at + 1) * len(MOVES)) for at in range(len(_LOOKED_AT))
)
_FIRST, _LAST, _FEW = (SURROUNDINGS.index(name) for name in ("first", "last", "few"))
_SAID = slice(_FEW + 1, _FEW + 1 + len(SAID))
_SHARED = slice(_SAID.stop, _SAID.stop + len(SHARED))
_SHARED_BY_ALL = slice(_SHARED.stop, _SHARED.stop + len(SHARED))


def surroundings(first: Floats, said: Floats, shared: Floats, starts: Places) -> Floats:
    """All that the second look goes by (sentences x `SURROUNDINGS`), of letters with sentences.

    `first` are the moves at first sight (sentences x `MOVES`), `said` what the words of every letter
    say (letters x `SAID`), `shared` what every sentence shares with what is known of the receiver;
    `starts` tells where the sentences of every letter begin, and where all end.
    """
    begins, sizes = starts[:-1], np.diff(starts)
    own = np.log((first + _SMALL) / (1 - first + _SMALL))
    of_letters = np.zeros((len(sizes), len(SURROUNDINGS)))
    of_letters[:, _MOST_OF_ALL] = np.maximum.reduceat(own, begins)
    of_letters[:, _MEAN] = np.add.reduceat(first, begins) / sizes[:, None]
    of_letters[:, _FEW] = sizes**-0.5
    of_letters[:, _SAID] = said
    of_letters[:, _SHARED_BY_ALL] = np.minimum(np.add.reduceat(shared, begins), _MOST)
    found: Floats = of_letters.repeat(sizes, 0)
    found[:, _OWN] = own
    found[1:, _BEFORE], found[:-1, _BEHIND] = own[:-1], own[1:]
    found[begins, _BEFORE] = found[starts[1:] - 1, _BEHIND] = _NOBODY
    found[begins, _FIRST] = found[starts[1:] - 1, _LAST] = 1.0
    found[:, _SHARED] = shared
    return found


@dataclass(frozen=True, slots=True)
class Context:
    """Weights of the surroundings (`SURROUNDINGS` x `MOVES`) and a bias a move."""

    weights: Floats
    bias: Floats

    def moves(self, first: Floats, said: Floats, shared: Floats, starts: Places) -> Floats:
        """How likely every sentence makes each move, looked at in its letter."""
        if not len(first):
            return first
        return sigmoid(surroundings(first, said, shared, starts) @ self.weights + self.bias)
