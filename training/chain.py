"""The whole chain, learned from some letters and asked about others.

First the moves of sentences, then traits and wishes that follow from them, then the views,
their blend and its honesty. Letters that a view is trained on get their moves from models that
never saw their files, as the letters to come will. `learn` takes everything from the letters
named as known; whoever tests on the others tests what was never seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack

from anlass.litmus.reading import Question
from training.fit import Floats, Seen, Truth, each_or_not, one_of, plain, sigmoid, softmax, weighed, yes_or_no
from training.views import ASKS, QUESTIONS, Letters, traits_of, wishes_of

MOVES_STRENGTH, WORDS_STRENGTH, TRAITS_STRENGTH, ASKS_STRENGTH = 5.0, 10.0, 0.05, 10.0
SELDOM = 3
PARTS = 3
"""Into how many parts known files are divided, so that each gets its moves from the others."""

WORDS_SHARE = 0.65
"""How much of the blend is the words view."""

RIGHT = 0.95
"""How often a verdict that is called sure shall be right on files that were never seen."""


@dataclass
class Views:
    """Weights and biases of every view."""

    words: tuple[Floats, Floats]
    traits: tuple[Floats, Floats]
    questions: tuple[Floats, Floats]
    asks: tuple[Floats, Floats]


@dataclass
class Seeing:
    """What the views look at, for all letters, scaled as the known ones demand."""

    words: Seen
    wishes: Seen
    traits: Floats
    mean: Floats
    spread: Floats

    @property
    def wanting(self) -> csr_matrix:
        """What the question after the wish looks at: words of the letter, and again of its wishes."""
        return hstack([self.words.matrix, self.wishes.matrix]).tocsr()


@dataclass
class Read:
    """What is said about letters: probabilities of verdicts and questions, and what is asked."""

    words: Floats
    traits: Floats
    verdicts: Floats
    questions: Floats
    asks: NDArray[np.int_]

    @classmethod
    def nothing(cls, count: int) -> Read:
        """Room for so many letters."""
        words, traits, verdicts = np.zeros((count, 3)), np.zeros((count, 3)), np.zeros((count, 3))
        return cls(words, traits, verdicts, np.zeros((count, len(QUESTIONS))), np.zeros(count, int))


@dataclass
class Chain:
    """Everything learned: enough to be written down, or to be asked."""

    moves: tuple[Sequence[str], Floats, Floats]
    seeing: Seeing
    views: Views
    sharpness: float
    sure: float
    answered: dict[Question, float]


def learn(letters: Letters, known: Truth) -> tuple[Chain, Floats]:
    """Learn from the known letters; also return the moves that were told for all sentences."""
    parts = divided(letters, known)
    sentences = plain(letters.observed, known[letters.owner] & letters.is_marked, SELDOM)
    moves = np.zeros(letters.moves.shape)
    for part in parts:
        inner = plain(letters.observed, (known & ~part)[letters.owner] & letters.is_marked, SELDOM)
        told(letters, inner, known & ~part, part, moves)
    weights, bias = told(letters, sentences, known, ~known, moves)
    seeing = seen(letters, moves, known)
    honest = Read.nothing(len(known))
    for part in parts:
        inner_seeing = seen_again(letters, seeing, known & ~part)
        views = fitted(letters, inner_seeing, known & ~part, with_asks=False)
        honest.words[part], honest.traits[part], honest.questions[part] = looked(inner_seeing, views, part)
    sharpness = sharpened(honest.words[known], honest.traits[known], letters.verdicts[known])
    honest.verdicts = blend(honest.words, honest.traits, sharpness)
    chain = Chain(
        moves=(sentences.names, weights, bias),
        seeing=seeing,
        views=fitted(letters, seeing, known),
        sharpness=sharpness,
        sure=sure_from(honest.verdicts[known], letters.verdicts[known]),
        answered=thresholds(letters, honest.questions, known),
    )
    return chain, moves


def ask(chain: Chain, test: Truth) -> Read:
    """What a chain says about letters under test, in their order."""
    words, traits, questions = looked(chain.seeing, chain.views, test)
    weights, bias = chain.views.asks
    return Read(
        words,
        traits,
        blend(words, traits, chain.sharpness),
        questions,
        (chain.seeing.wanting[test] @ weights + bias).argmax(1),
    )


def divided(letters: Letters, known: Truth) -> list[Truth]:
    """The known letters in parts, files whole."""
    files = sorted(set(letters.files[known]))
    return [known & np.isin(letters.files, files[start::PARTS]) for start in range(min(PARTS, len(files)))]


def told(
    letters: Letters, sentences: Seen, known: Truth, test: Truth, moves: Floats
) -> tuple[Floats, Floats]:
    """Learn moves from known letters and write down what they are in those under test."""
    rows = known[letters.owner] & letters.is_marked
    weights, bias = yes_or_no(sentences.matrix[rows], letters.moves[rows], MOVES_STRENGTH)
    asked = test[letters.owner]
    moves[asked] = sigmoid(sentences.matrix[asked] @ weights + bias)
    return weights, bias


def seen(letters: Letters, moves: Floats, known: Truth) -> Seeing:
    """Look at all letters, scaled by the known ones."""
    return _scaled(
        weighed(letters.mentioned, known, SELDOM),
        weighed(wishes_of(letters, moves), known, SELDOM),
        traits_of(letters, moves),
        known,
    )


def seen_again(letters: Letters, seeing: Seeing, known: Truth) -> Seeing:
    """The same, scaled by fewer letters."""
    traits = seeing.traits * seeing.spread + seeing.mean
    words = weighed(letters.mentioned, known, SELDOM)
    return _scaled(words, seeing.wishes, traits, known)


def _scaled(words: Seen, wishes: Seen, traits: Floats, known: Truth) -> Seeing:
    mean, spread = np.round(traits[known].mean(0), 4), np.round(traits[known].std(0), 4)
    spread[spread < 0.01] = 1.0
    return Seeing(words, wishes, (traits - mean) / spread, mean, spread)


def fitted(letters: Letters, seeing: Seeing, known: Truth, *, with_asks: bool = True) -> Views:
    """Fit every view on the known letters."""
    verdicts, marked = letters.verdicts[known], known & letters.has_answers
    none = (np.zeros((0, 0)), np.zeros(0))
    return Views(
        words=each_or_not(seeing.words.matrix[known], verdicts, 3, WORDS_STRENGTH, balanced=True),
        traits=one_of(seeing.traits[known], verdicts, 3, TRAITS_STRENGTH),
        questions=yes_or_no(seeing.traits[marked], letters.answered[marked], TRAITS_STRENGTH),
        asks=each_or_not(seeing.wanting[known], letters.asks[known], len(ASKS), ASKS_STRENGTH)
        if with_asks
        else none,
    )


def looked(seeing: Seeing, views: Views, test: Truth) -> tuple[Floats, Floats, Floats]:
    """What words, traits and questions say about the letters under test."""
    return (
        softmax(seeing.words.matrix[test] @ views.words[0] + views.words[1]),
        softmax(seeing.traits[test] @ views.traits[0] + views.traits[1]),
        sigmoid(seeing.traits[test] @ views.questions[0] + views.questions[1]),
    )


def blend(words: Floats, traits: Floats, sharpness: float) -> Floats:
    """Both views in one: a product of probabilities, sharpened."""
    return softmax(
        sharpness * (WORDS_SHARE * np.log(words + 1e-4) + (1 - WORDS_SHARE) * np.log(traits + 1e-4))
    )


def sharpened(words: Floats, traits: Floats, verdicts: NDArray[np.int_]) -> float:
    """The sharpness under which held-out probabilities are honest.

    A shift by verdict was tried as well: it learns the rates of the files, and costs on the next one.
    """

    def loss(sharpness: float) -> float:
        found = blend(words, traits, sharpness)
        return float(-np.log(found[np.arange(len(verdicts)), verdicts] + 1e-9).mean())

    return round(float(minimize_scalar(loss, bounds=(0.3, 5.0), method="bounded").x), 3)


def sure_from(probabilities: Floats, verdicts: NDArray[np.int_]) -> float:
    """The lowest confidence above which held-out verdicts are right as often as they shall be."""
    confidence = probabilities.max(1)
    is_right = probabilities.argmax(1) == verdicts
    order = np.argsort(-confidence, kind="stable")
    running = np.cumsum(is_right[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(running >= RIGHT)
    return round(float(confidence[order][good[-1]]), 4) if len(good) else 0.9999


def thresholds(letters: Letters, questions: Floats, known: Truth) -> dict[Question, float]:
    """For every question the threshold under which held-out answers have the best F1."""
    marked = known & letters.has_answers
    grid = [round(0.2 + 0.02 * step, 2) for step in range(26)]
    return {
        question: max(grid, key=lambda at: f1(truth, likely >= at))
        for question, truth, likely in zip(
            QUESTIONS, letters.answered[marked].T, questions[marked].T, strict=True
        )
    }


def f1(truth: NDArray[np.bool_], said: NDArray[np.bool_]) -> float:
    """The harmonic mean of precision and recall."""
    both = 2 * (truth & said).sum()
    return float(both / max(1, truth.sum() + said.sum()))
