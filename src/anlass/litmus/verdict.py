"""From what a letter says to a verdict, with honest probabilities.

Two views judge: the words view (stems, pairs and letters of the whole letter) and the traits
view (what the sentences do, and what the words say). Both are sums of named weights, so that
every verdict can be traced to what was read. Their blend is calibrated on files that neither
had seen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from anlass.litmus.page import Page
from anlass.litmus.reading import Asks, Question, Verdict
from anlass.litmus.traits import traits
from anlass.litmus.weights import COLUMNS, MOVES, SAID, Floats, Weights, Whole, columns, sigmoid, softmax

VERDICTS: Final = tuple(Verdict)
_MOVES, _SEEN = columns("move greeting", "move other"), columns("move seen", "move seen")
_SAID, _WISH = columns(SAID[0], "asks other"), columns("wish contact", "wish other")
_SQUARE, _WISH_SQUARE = COLUMNS.index("square"), COLUMNS.index("wish square")
_ASKS: Final = tuple(Asks)
_ASK = MOVES.index("ask")
_LIKELY_WISH = 0.4


def at_first_sight(sums: Whole, weights: Weights) -> Floats:
    """How likely every sentence makes each move, taken alone (sentences x `MOVES`)."""
    seen = np.sqrt(np.maximum(weights.scaled(sums, _SEEN), 1.0))
    return sigmoid(weights.scaled(sums, _MOVES) / seen + weights.bias[_MOVES])


def words_say(sums: Whole, weights: Weights) -> Floats:
    """What all words of a letter say: `SAID`, then how much speaks for each of `Asks`."""
    return _level(sums.sum(0), weights, _SAID, _SQUARE)


def _level(sums: Whole, weights: Weights, part: slice, square: int) -> Floats:
    """Sums as they would be for a letter of length one, and the bias."""
    length = math.sqrt(sums[square] * weights.scale[square]) or 1.0
    found: Floats = sums[part] * (weights.scale[part] / length) + weights.bias[part]
    return found


def wishes(moves: Floats) -> NDArray[np.bool_]:
    """Which sentences ask for something: all that likely do, at least the likeliest."""
    asks = moves[:, _ASK]
    asking: NDArray[np.bool_] = asks >= min(_LIKELY_WISH, asks.max(initial=0.0))
    return asking


@dataclass(frozen=True, slots=True)
class TraitsView:
    """Weights on traits (traits x columns) and a bias a column; a trait's spread is in its weights."""

    weights: Floats
    bias: Floats

    def scores(self, found: Floats) -> Floats:
        """The score of every column."""
        scores: Floats = found @ self.weights + self.bias
        return scores


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the trained part says about a letter."""

    probabilities: tuple[float, float, float]
    answers: Mapping[Question, float]
    asks: Asks


@dataclass(frozen=True, slots=True)
class Judge:
    """The views and their blend: weight of the words, weight of the traits."""

    weights: Weights
    traits: TraitsView
    blend: tuple[float, float]

    def judge(self, page: Page) -> Judgement:
        """Weigh a letter."""
        by_traits = self.traits.scores(traits(page))
        reason, ask, hollow = self._verdict(page.said[:3], by_traits[:3])
        return Judgement(
            (reason, ask, hollow),
            dict(zip(Question, sigmoid(by_traits[3:]).tolist(), strict=True)),
            _ASKS[int(self._asks(page).argmax())],
        )

    def asks(self, page: Page) -> tuple[float, ...]:
        """How likely each thing is what is asked, in the order of `Asks`."""
        return softmax(self._asks(page).tolist())

    def _asks(self, page: Page) -> Floats:
        asking = page.sums[1:][wishes(page.moves)].sum(0)
        by_wishes: Floats = _level(asking, self.weights, _WISH, _WISH_SQUARE)
        return page.said[len(SAID) :] + by_wishes

    def _verdict(self, by_words: Floats, by_traits: Floats) -> tuple[float, float, float]:
        of_words, of_traits = self.blend
        one, two = softmax(by_words.tolist()), softmax(by_traits.tolist())
        reason, ask, hollow = softmax(
            of_words * math.log(a + 1e-4) + of_traits * math.log(b + 1e-4)
            for a, b in zip(one, two, strict=True)
        )
        return reason, ask, hollow
