"""The whole chain, learned from some letters and asked about others.

First the moves of sentences taken alone and what the words of a letter say, then the moves of
sentences in their letter, then traits and wishes that follow from them, then the views, their
blend and its honesty. Letters that a step is trained on get what comes before it from models that
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
from training.views import ASKS, QUESTIONS, VERDICTS, Letters, surroundings_of, traits_of, wishes_of

MOVES_STRENGTH, CONTEXT_STRENGTH, WORDS_STRENGTH, ASKS_STRENGTH = 5.0, 0.05, 10.0, 10.0
VERDICTS_STRENGTH, QUESTIONS_STRENGTH = 0.01, 0.05
SELDOM = 3
PARTS = 3
"""Into how many parts known files are divided, so that each gets what is told of it from the others."""

WORDS_SHARE = 0.2
"""How much of the blend is the words view; the traits know what it says as well."""

EVENED = 0.5
"""How much of what is common is taken back, of 1: between 0.4 and 0.6 it brings the same."""

RIGHT = 0.95
"""How often a verdict that is called sure shall be right on files that were never seen."""

Fitted = tuple[Floats, Floats]
"""Weights (rows x columns) and a bias a column."""


@dataclass
class Scaled:
    """Rows of numbers of one size: mean 0 and spread 1 among the known letters."""

    rows: Floats
    mean: Floats
    spread: Floats

    @classmethod
    def by(cls, rows: Floats, known: Truth) -> Scaled:
        """Scale by the known rows."""
        mean, spread = np.round(rows[known].mean(0), 4), np.round(rows[known].std(0), 4)
        spread[spread < 0.01] = 1.0
        return cls((rows - mean) / spread, mean, spread)

    def as_read(self, fitted: Fitted) -> Fitted:
        """The weights and biases for rows as they are read, mean and spread turned into them."""
        weights = np.round(fitted[0] / self.spread[:, None], 4)
        return weights, np.round(fitted[1] - self.mean @ weights, 4)


@dataclass
class Told:
    """What is said of all letters before any verdict, always by models that never saw their files.

    `said` are the scores of the words of letters (letters x `SAID`), `moves` those of sentences in
    their letter; `around` is what the second look at sentences goes by.
    """

    said: Floats
    around: Scaled
    moves: Floats


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

    sentences: Seen
    moves: Fitted
    words: Seen
    said: Fitted
    context: Fitted
    told: Told
    wishes: Seen
    asks: Fitted
    traits: Scaled
    verdicts: Fitted
    questions: Fitted
    sharpness: float
    sure: float
    answered: dict[Question, float]

    @property
    def wanting(self) -> csr_matrix:
        """What the question after the wish looks at: words of the letter, and again of its wishes."""
        return hstack([self.words.matrix, self.wishes.matrix]).tocsr()


def learn(letters: Letters, known: Truth) -> Chain:
    """Learn from the known letters, and say of all others what comes before the verdict."""
    parts = divided(letters, known)
    first, said = np.zeros(letters.moves.shape), np.zeros((len(known), len(VERDICTS) + len(QUESTIONS)))
    for part in parts:
        fewer = known & ~part
        at_first_sight(letters, sentences_of(letters, fewer), fewer, part, first)
        by_words(letters, weighed(letters.mentioned, fewer, SELDOM), fewer, part, said)
    sentences, words = sentences_of(letters, known), weighed(letters.mentioned, known, SELDOM)
    of_moves = at_first_sight(letters, sentences, known, ~known, first)
    of_words = by_words(letters, words, known, ~known, said)
    told, context = second_look(letters, first, said, known, parts)
    wishes = weighed(wishes_of(letters, told.moves), known, SELDOM)
    traits = Scaled.by(traits_of(letters, told.moves, said), known)
    wanting = hstack([words.matrix, wishes.matrix]).tocsr()
    sharpness, sure, answered = honesty(letters, traits, told, known, parts)
    return Chain(
        sentences=sentences,
        moves=of_moves,
        words=words,
        said=of_words,
        context=context,
        told=told,
        wishes=wishes,
        asks=asks_by(wanting, letters.asks, known),
        traits=traits,
        verdicts=verdicts_by(letters, traits, known),
        questions=questions_by(letters, traits, known),
        sharpness=sharpness,
        sure=sure,
        answered=answered,
    )


def ask(chain: Chain, test: Truth) -> Read:
    """What a chain says about letters under test, in their order."""
    words, traits = softmax(chain.told.said[test][:, : len(VERDICTS)]), chain.traits.rows[test]
    by_traits = softmax(_scores(traits, chain.verdicts))
    return Read(
        words,
        by_traits,
        blend(words, by_traits, chain.sharpness),
        sigmoid(_scores(traits, chain.questions)),
        _scores(chain.wanting[test], chain.asks).argmax(1),
    )


def divided(letters: Letters, known: Truth) -> list[Truth]:
    """The known letters in parts, files whole."""
    files = sorted(set(letters.files[known]))
    return [known & np.isin(letters.files, files[start::PARTS]) for start in range(min(PARTS, len(files)))]


def sentences_of(letters: Letters, known: Truth) -> Seen:
    """What is observed on sentences, as far as the known ones show it."""
    return plain(letters.observed, known[letters.owner] & letters.is_marked, SELDOM)


def at_first_sight(letters: Letters, seen: Seen, known: Truth, test: Truth, moves: Floats) -> Fitted:
    """Learn moves from known letters and write down what they are in those under test."""
    rows, asked = known[letters.owner] & letters.is_marked, test[letters.owner]
    fitted = yes_or_no(seen.matrix[rows], letters.moves[rows], MOVES_STRENGTH)
    moves[asked] = sigmoid(_scores(seen.matrix[asked], fitted))
    return fitted


def by_words(letters: Letters, seen: Seen, known: Truth, test: Truth, said: Floats) -> Fitted:
    """Learn from the words of known letters and write down the scores of those under test."""
    marked = known & letters.has_answers
    of_verdicts = each_or_not(
        seen.matrix[known], letters.verdicts[known], len(VERDICTS), WORDS_STRENGTH, balanced=True
    )
    of_answers = yes_or_no(seen.matrix[marked], letters.answered[marked], WORDS_STRENGTH)
    both = np.hstack([of_verdicts[0], of_answers[0]]), np.concatenate([of_verdicts[1], of_answers[1]])
    said[test] = _scores(seen.matrix[test], both)
    return both


def second_look(
    letters: Letters, first: Floats, said: Floats, known: Truth, parts: Sequence[Truth]
) -> tuple[Told, Fitted]:
    """Learn what sentences do in their letter, and say it of all."""
    around = Scaled.by(surroundings_of(letters, first, said), known[letters.owner])
    moves = np.zeros(first.shape)

    def look(fewer: Truth, test: Truth) -> Fitted:
        rows, asked = fewer[letters.owner] & letters.is_marked, test[letters.owner]
        fitted = yes_or_no(around.rows[rows], letters.moves[rows], CONTEXT_STRENGTH)
        moves[asked] = sigmoid(_scores(around.rows[asked], fitted))
        return fitted

    for part in parts:
        look(known & ~part, part)
    context = look(known, ~known)
    return Told(said, around, moves), context


def verdicts_by(letters: Letters, traits: Scaled, known: Truth) -> Fitted:
    """Fit the verdict on the traits of known letters."""
    return one_of(traits.rows[known], letters.verdicts[known], len(VERDICTS), VERDICTS_STRENGTH)


def questions_by(letters: Letters, traits: Scaled, known: Truth) -> Fitted:
    """Fit the five answers on the traits of known letters."""
    marked = known & letters.has_answers
    return yes_or_no(traits.rows[marked], letters.answered[marked], QUESTIONS_STRENGTH)


def asks_by(wanting: csr_matrix, asks: NDArray[np.int_], known: Truth) -> Fitted:
    """Fit what is asked; each thing against all others favours what is common, and that is taken back."""
    weights, bias = each_or_not(wanting[known], asks[known], len(ASKS), ASKS_STRENGTH)
    shares = (np.bincount(asks[known], minlength=len(ASKS)) + 1) / (known.sum() + len(ASKS))
    return weights, bias - EVENED * np.log(shares)


def honesty(
    letters: Letters, traits: Scaled, told: Told, known: Truth, parts: Sequence[Truth]
) -> tuple[float, float, dict[Question, float]]:
    """The sharpness, from where a verdict is sure and an answer given, by known letters not seen."""
    by_traits, questions = np.zeros((len(known), len(VERDICTS))), np.zeros((len(known), len(QUESTIONS)))
    for part in parts:
        fewer = known & ~part
        scaled = Scaled.by(traits.rows, fewer)
        by_traits[part] = softmax(_scores(scaled.rows[part], verdicts_by(letters, scaled, fewer)))
        questions[part] = sigmoid(_scores(scaled.rows[part], questions_by(letters, scaled, fewer)))
    words = softmax(told.said[:, : len(VERDICTS)])
    sharpness = sharpened(words[known], by_traits[known], letters.verdicts[known])
    verdicts = blend(words, by_traits, sharpness)
    sure = sure_from(verdicts[known], letters.verdicts[known])
    return sharpness, sure, thresholds(letters, questions, known)


def _scores(rows: Floats | csr_matrix, fitted: Fitted) -> Floats:
    scores: Floats = rows @ fitted[0] + fitted[1]
    return scores


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
