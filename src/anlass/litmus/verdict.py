"""From what a letter says to a verdict, with honest probabilities.

Two views judge: the words view (stems, pairs and letters of the whole letter) and the traits
view (what the sentences do, and what the words say). Both are sums of named weights, so that
every verdict can be traced to what was read. Their blend is calibrated on files that neither
had seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from anlass.litmus.page import Page
from anlass.litmus.reading import Asks, Question, Verdict
from anlass.litmus.traits import traits
from anlass.litmus.weights import (
    MOVES,
    SAID,
    Floats,
    Places,
    Weights,
    Whole,
    columns,
    in_rows,
    sigmoid,
    softmax,
)

VERDICTS: Final = tuple(Verdict)
_MOVES, _SEEN = columns("move greeting", "move other"), columns("move seen", "move seen")
_SAID, _WISH = columns(SAID[0], "square"), columns("wish contact", "wish square")
_ASKS: Final = tuple(Asks)
_LEAST: Final = 1e-4
"""Keeps what one view rules out from being ruled out."""

_ASK = MOVES.index("ask")


def at_first_sight(sums: Whole, weights: Weights) -> Floats:
    """How likely every sentence makes each move, taken alone (sentences x `MOVES`)."""
    seen = np.sqrt(np.maximum(weights.scaled(sums, _SEEN), 1.0))
    return sigmoid(weights.scaled(sums, _MOVES) / seen + weights.bias[_MOVES])


def words_say(sums: Whole, begins: Places, weights: Weights) -> Floats:
    """What all words of letters say: `SAID`, then how much speaks for each of `Asks` (a row a letter).

    `begins` tells where the rows of every letter begin.
    """
    return _level(np.add.reduceat(sums[:, _SAID], begins), weights, _SAID)


def _level(sums: Whole | Floats, weights: Weights, part: slice) -> Floats:
    """Sums as they would be for letters of length one, and the bias; the last column is a length's square."""
    seen = slice(part.start, part.stop - 1)
    length = np.sqrt(sums[:, -1:] * weights.scale[seen.stop])
    length[length == 0] = 1.0
    found: Floats = sums[:, :-1] * (weights.scale[seen] / length) + weights.bias[seen]
    return found


@dataclass(frozen=True, slots=True)
class TraitsView:
    """Weights on traits (traits x columns) and a bias a column; a trait's spread is in its weights."""

    weights: Floats
    bias: Floats

    def scores(self, found: Floats) -> Floats:
        """The score of every column, a row for every letter."""
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

    def judge(self, pages: Sequence[Page]) -> list[Judgement]:
        """Weigh letters."""
        by_traits = self.traits.scores(traits(pages))
        verdicts = self._verdicts(np.array([page.said[:3] for page in pages]), by_traits[:, :3])
        answers = sigmoid(by_traits[:, 3:]).tolist()
        asks = self._asks(pages).argmax(1).tolist()
        return [
            Judgement((reason, ask, hollow), dict(zip(Question, answered, strict=True)), _ASKS[asked])
            for (reason, ask, hollow), answered, asked in zip(verdicts.tolist(), answers, asks, strict=True)
        ]

    def asks(self, page: Page) -> tuple[float, ...]:
        """How likely each thing is what is asked, in the order of `Asks`."""
        return softmax(self._asks([page])[0].tolist())

    def _asks(self, pages: Sequence[Page]) -> Floats:
        """How much speaks for each thing (letters x `Asks`): by all words, and by those of what asks.

        The likelier a sentence asks for something, the more its words count as those of a wish.
        """
        asking = np.zeros((len(pages), _WISH.stop - _WISH.start))
        written = [at for at, page in enumerate(pages) if page.lines]
        if written:
            sums = np.concatenate([pages[at].sums[1:, _WISH] for at in written])
            ask = np.concatenate([pages[at].moves[:, _ASK] for at in written])
            begins = np.cumsum([0, *(len(pages[at].lines) for at in written[:-1])])
            asking[written] = np.add.reduceat(sums * ask[:, None], begins)
        by_wishes = _level(asking, self.weights, _WISH)
        return np.array([page.said[len(SAID) :] for page in pages]) + by_wishes

    def _verdicts(self, by_words: Floats, by_traits: Floats) -> Floats:
        """Both views in one (letters x verdicts): a product of probabilities, sharpened."""
        of_words, of_traits = self.blend
        one, two = in_rows(by_words), in_rows(by_traits)
        return in_rows(of_words * np.log(one + _LEAST) + of_traits * np.log(two + _LEAST))
