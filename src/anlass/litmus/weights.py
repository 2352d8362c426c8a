"""The weights of named observations: a matrix of whole numbers and the name of every row.

Rows stand in the order of `names.txt`: words first, then pairs, then all other observations.
Columns stand in the order of `COLUMNS`; what one step of a column is worth is its `scale`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from anlass.litmus.reading import Asks, Question, Verdict

Whole = NDArray[np.int32]
Floats = NDArray[np.float64]
Places = NDArray[np.int_]

MOVES: Final = (
    "greeting",
    "introduction",
    "occasion",
    "why_you",
    "merged",
    "benefit",
    "substance",
    "ask",
    "hollow",
    "flattery",
    "pressure",
    "secrecy",
    "pitch",
    "take_only",
    "courtesy",
    "personal",
    "optout",
    "signature",
    "quoted",
    "placeholder",
    "other",
)
"""What a sentence can do."""

SAID: Final = (
    *(f"verdict {verdict.value}" for verdict in Verdict),
    *(f"answer {question.value}" for question in Question),
)
"""What the words of a letter say of it as a whole, beside what is asked."""

COLUMNS: Final = (
    *(f"move {move}" for move in MOVES),
    "move seen",
    *SAID,
    *(f"asks {asks.value}" for asks in Asks),
    "square",
    *(f"wish {asks.value}" for asks in Asks),
    "wish square",
)
"""`seen` counts the observations that the moves know; a `square` adds up to the square of a length."""


def columns(first: str, last: str) -> slice:
    """The columns from the first to the last of these names."""
    return slice(COLUMNS.index(first), COLUMNS.index(last) + 1)


@dataclass(frozen=True, slots=True)
class Weights:
    """All rows, with one of nothing at the end for what is not known.

    `matrix` is rows x `COLUMNS`; `pairs` are the keys of the rows of pairs, ascending, of which the
    first is row `first_pair`; a key is made of the rows of both words.
    """

    names: Mapping[str, int]
    matrix: NDArray[np.int16]
    scale: Floats
    bias: Floats
    pairs: NDArray[np.int64]
    first_pair: int

    @property
    def nothing(self) -> int:
        """The row of nothing."""
        return len(self.matrix) - 1

    def pairs_in(self, words: NDArray[np.int64]) -> NDArray[np.int64]:
        """For rows of words as they follow each other (-1 for a gap) the row of each with the one before."""
        found = np.full(len(words), self.nothing)
        if len(self.pairs):
            # A gap gives a key that no pair has: below 0, or one whose second word is the last row, no word.
            keys = words[:-1] * self.nothing + words[1:]
            at = self.pairs.searchsorted(keys)
            is_known = self.pairs.take(at, mode="clip") == keys
            np.copyto(found[1:], at + self.first_pair, where=is_known)
        return found

    def scaled(self, sums: Whole, part: slice) -> Floats:
        """Sums of rows in these columns, as what they are worth."""
        return sums[..., part] * self.scale[part]


def in_order(names: Iterable[str]) -> tuple[list[str], NDArray[np.int64], int]:
    """Names as their rows must stand, the keys of the pairs, the row of the first pair.

    Words come first, then pairs by their keys, then all others; a pair of unknown words is left out.
    """
    kinds: dict[str, list[str]] = {"w:": [], "b:": [], "": []}
    for name in sorted(names):
        kinds[name[:2] if name[:2] in kinds else ""].append(name)
    rows = {name: row for row, name in enumerate(kinds["w:"])}
    pairs = [name for name in kinds["b:"] if _key(name, rows, 1) >= 0]
    nothing = len(rows) + len(pairs) + len(kinds[""])
    keyed = sorted((_key(name, rows, nothing), name) for name in pairs)
    keys = np.array([key for key, _ in keyed], np.int64)
    return [*rows, *(name for _, name in keyed), *kinds[""]], keys, len(rows)


def _key(name: str, rows: Mapping[str, int], nothing: int) -> int:
    first, _, second = name[2:].partition(" ")
    left, right = rows.get(f"w:{first}", -1), rows.get(f"w:{second}", -1)
    return left * nothing + right if left >= 0 and right >= 0 else -1


def sigmoid(scores: Floats) -> Floats:
    """The logistic function, each for itself, without overflow."""
    found: Floats = 1 / (1 + np.exp(-np.maximum(scores, -60.0)))
    return found


def in_rows(scores: Floats) -> Floats:
    """Turn every row of scores into probabilities that sum to one."""
    grown = np.exp(scores - scores.max(1, keepdims=True))
    found: Floats = grown / grown.sum(1, keepdims=True)
    return found


def softmax(scores: Iterable[float]) -> tuple[float, ...]:
    """Turn scores into probabilities that sum to one."""
    given = tuple(scores)
    top = max(given)
    grown = [math.exp(score - top) for score in given]
    total = math.fsum(grown)
    return tuple(part / total for part in grown)
