"""The whole chain, trained so that no letter is judged by what was learned from it.

First the moves, file by file: the moves of a file's sentences come from a model that
never saw the file. From these follow the traits. Then both views and their blend, again
file by file. What is shipped is trained on everything, calibrated on what was held out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from anlass.litmus.minutes import MinutesModel
from anlass.litmus.moves import MoveModel, Spelling, observe
from anlass.litmus.page import Page
from anlass.litmus.panel import Panel
from anlass.litmus.reading import Asks, Question, Verdict
from anlass.litmus.shipped import load_guess, load_lexicon, load_phrases, load_speech
from anlass.litmus.table import Table
from anlass.litmus.traits import MOVES, traits
from anlass.litmus.verdict import Judge, TraitsView, WordsView, mentions
from training.corpus import Item, moves_of
from training.fit import Floats, counted, one_of, present, softmax, yes_or_no

VERDICTS = [verdict.value for verdict in Verdict]
ASKS = [asks.value for asks in Asks]
QUESTIONS = list(Question)
MOVES_STRENGTH, WORDS_STRENGTH, ASKS_STRENGTH, TRAITS_STRENGTH = 5.0, 5.0, 10.0, 0.05
SELDOM = 3


@dataclass
class Letters:
    """The corpus, cut and observed once."""

    items: list[Item]
    pages: list[Page]
    observed: list[list[set[str]]]
    mentioned: list[dict[str, int]]
    spelling: Spelling

    @property
    def folds(self) -> NDArray[np.str_]:
        """The file of every letter."""
        return np.array([item.fold for item in self.items])

    @property
    def verdicts(self) -> NDArray[np.int_]:
        """The verdict of every letter, by its place in VERDICTS."""
        return np.array([VERDICTS.index(item.verdict) for item in self.items])


def bare_panel() -> Panel:
    """A panel that knows nothing yet: it can cut, but not judge."""
    nothing = Table((), (), {})
    return Panel(
        version="",
        guess=load_guess(),
        spelling=Spelling(load_lexicon()),
        moves=MoveModel(nothing),
        judge=Judge(WordsView(nothing), TraitsView((), (), {}), (1.0, 1.0, (0.0, 0.0, 0.0))),
        minutes=MinutesModel(nothing),
        answered={},
        sure=1.0,
        phrases=load_phrases(),
        speech=load_speech(),
    )


def cut(items: list[Item]) -> Letters:
    """Cut every letter into sentences and observe them."""
    panel = bare_panel()
    pages = [panel.page(item.request) for item in items]
    observed = [
        observe([line.words for line in page.lines], [line.text for line in page.lines], panel.spelling)
        for page in pages
    ]
    mentioned = [
        dict(mentions([page.subject_words, *(line.words for line in page.lines)], panel.spelling))
        for page in pages
    ]
    return Letters(items, pages, observed, mentioned, panel.spelling)


@dataclass
class Sentences:
    """All sentences of all letters in one row."""

    owner: NDArray[np.int_]
    labels: NDArray[np.bool_]
    is_marked: NDArray[np.bool_]
    observed: list[set[str]]


def all_sentences(letters: Letters) -> Sentences:
    """The sentences of every letter with the moves annotators saw."""
    owner, labels, marked, observed = [], [], [], []
    for index, (item, page, seen) in enumerate(
        zip(letters.items, letters.pages, letters.observed, strict=True)
    ):
        for line, observations in zip(page.lines, seen, strict=True):
            moves = moves_of(item, line.sentence)
            owner.append(index)
            labels.append([move in moves for move in MOVES])
            marked.append(bool(item.moves))
            observed.append(observations)
    return Sentences(np.array(owner), np.array(labels), np.array(marked), observed)


def held_out_moves(letters: Letters, sentences: Sentences) -> Floats:
    """Every sentence's moves by a model that never saw the sentence's file."""
    folds = letters.folds[sentences.owner]
    found = np.zeros(sentences.labels.shape)
    seen = present(sentences.observed, np.flatnonzero(sentences.is_marked), SELDOM)
    for fold in sorted(set(folds)):
        known = (folds != fold) & sentences.is_marked
        weights, bias = yes_or_no(seen.matrix[known], sentences.labels[known], MOVES_STRENGTH)
        scores = seen.matrix[folds == fold] @ weights + bias
        found[folds == fold] = 1 / (1 + np.exp(-scores))
    return found


def traits_of(letters: Letters, sentences: Sentences, moves: Floats) -> tuple[list[str], Floats]:
    """The traits of every letter, given the moves of its sentences."""
    rows = []
    for index, page in enumerate(letters.pages):
        mine = moves[sentences.owner == index]
        lines = tuple(
            replace(line, moves=dict(zip(MOVES, map(float, row), strict=True)))
            for line, row in zip(page.lines, mine, strict=True)
        )
        rows.append(traits(replace(page, lines=lines), letters.spelling))
    names = sorted(rows[0])
    return names, np.array([[row[name] for name in names] for row in rows])


@dataclass
class Fitted:
    """Weights of the views, before they are written."""

    words: tuple[Floats, Floats]
    asks: tuple[Floats, Floats]
    traits: tuple[Floats, Floats]
    questions: tuple[Floats, Floats]


@dataclass
class Matrices:
    """What the views are trained on: observations of words and traits, standardised."""

    words: object
    names: Sequence[str]
    idf: Floats
    traits: Floats
    trait_names: Sequence[str]
    mean: Floats
    spread: Floats


def matrices(letters: Letters, sentences: Sentences, moves: Floats) -> Matrices:
    """Both views of every letter."""
    words = counted(letters.mentioned, range(len(letters.items)), SELDOM)
    names, rows = traits_of(letters, sentences, moves)
    mean, spread = np.round(rows.mean(0), 4), np.round(rows.std(0), 4)
    spread[spread < 0.01] = 1.0
    return Matrices(words.matrix, words.names, words.idf, (rows - mean) / spread, names, mean, spread)


def fit_views(letters: Letters, both: Matrices, known: NDArray[np.bool_]) -> Fitted:
    """Fit both views on the known letters."""
    index = np.flatnonzero(known)
    verdicts = letters.verdicts[known]
    asks = [ASKS.index(letters.items[i].asks) for i in index]
    marked = np.array([i for i in index if letters.items[i].answers is not None])
    questions = np.array([[q in (letters.items[i].answers or ()) for q in QUESTIONS] for i in marked])
    return Fitted(
        words=one_of(both.words[known], verdicts, 3, WORDS_STRENGTH, balanced=True),  # type: ignore[index]
        asks=one_of(both.words[known], asks, len(ASKS), ASKS_STRENGTH),  # type: ignore[index]
        traits=one_of(both.traits[known], verdicts, 3, TRAITS_STRENGTH),
        questions=yes_or_no(both.traits[marked], questions, TRAITS_STRENGTH),
    )


@dataclass
class Predicted:
    """What was predicted for every letter without having seen its file."""

    words: Floats
    traits: Floats
    asks: NDArray[np.int_]
    questions: Floats


def held_out(letters: Letters, both: Matrices) -> Predicted:
    """Predict every file by what the others teach."""
    count = len(letters.items)
    out = Predicted(
        np.zeros((count, 3)), np.zeros((count, 3)), np.zeros(count, int), np.zeros((count, len(QUESTIONS)))
    )
    for fold in sorted(set(letters.folds)):
        test = letters.folds == fold
        predict(both, fit_views(letters, both, ~test), test, out)
    return out


def predict(both: Matrices, fitted: Fitted, test: NDArray[np.bool_], out: Predicted) -> None:
    """Write down what a fit says about the letters under test."""
    words = both.words[test]  # type: ignore[index]
    out.words[test] = softmax(words @ fitted.words[0] + fitted.words[1])
    out.traits[test] = softmax(both.traits[test] @ fitted.traits[0] + fitted.traits[1])
    out.asks[test] = (words @ fitted.asks[0] + fitted.asks[1]).argmax(1)
    out.questions[test] = 1 / (1 + np.exp(-(both.traits[test] @ fitted.questions[0] + fitted.questions[1])))


WORDS_SHARE = 0.6
"""How much of the blend is the words view: more fits these files better, less travels better."""


def blend(words: Floats, traits_: Floats, sharpness: float, bias: Floats) -> Floats:
    """Both views in one: a product of probabilities, sharpened and shifted."""
    mixed = WORDS_SHARE * np.log(words + 1e-4) + (1 - WORDS_SHARE) * np.log(traits_ + 1e-4)
    return softmax(sharpness * mixed + bias)


def calibrate(predicted: Predicted, verdicts: NDArray[np.int_]) -> tuple[float, Floats]:
    """The sharpness under which held-out probabilities are honest, and a shift of nothing.

    A shift by verdict was tried: it learns the rates of the files, and costs on the next one.
    """
    level = np.zeros(3)

    def loss(sharpness: float) -> float:
        found = blend(predicted.words, predicted.traits, sharpness, level)
        return float(-np.log(found[np.arange(len(verdicts)), verdicts] + 1e-9).mean())

    best = minimize_scalar(loss, bounds=(0.3, 5.0), method="bounded")
    return round(float(best.x), 3), level


def sure_from(probabilities: Floats, verdicts: NDArray[np.int_], right: float) -> float:
    """The lowest confidence above which held-out verdicts are right this often."""
    confidence = probabilities.max(1)
    is_right = probabilities.argmax(1) == verdicts
    order = np.argsort(-confidence)
    running = np.cumsum(is_right[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(running >= right)
    return round(float(confidence[order][good[-1]]), 4) if len(good) else 0.9999
