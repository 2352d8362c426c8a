"""From what a letter says to a verdict, with honest probabilities.

Two views judge: the words view (stems, pairs and letters of the whole letter) and the moves
view (the traits). Both are sums of named weights, so that every verdict can be traced to what
was read. Their blend is calibrated on files that neither had seen.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import mul

from anlass.litmus.moves import Spelling, Weighed, pair
from anlass.litmus.page import Page
from anlass.litmus.reading import Asks, Question, Verdict
from anlass.litmus.table import sigmoid, softmax
from anlass.litmus.words import Words

VERDICTS = (Verdict.REASON, Verdict.ASK, Verdict.HOLLOW)


def mentions(rows: Sequence[Words], spelling: Spelling) -> Counter[str]:
    """How often each observation is made by different words and pairs of a letter: what the trainer sees."""
    counts: Counter[str] = Counter()
    for form, lower in _different_words(rows):
        counts.update(spelling.of(form, lower))
    counts.update(pair(*both) for both in _different_pairs(rows))
    return counts


def _different_words(rows: Sequence[Words]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for row in rows:
        found.update(zip(row.forms, row.lower, strict=True))
    return found


def _different_pairs(rows: Sequence[Words]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for row in rows:
        found.update(pairwise(row.forms))
    return found


@dataclass(frozen=True, slots=True)
class WordsView:
    """The whole letter as a bag of observations; the first column is the square of the length."""

    weighed: Weighed

    def scores(self, rows: Sequence[Words]) -> tuple[float, ...]:
        """The score of every column but the first."""
        table = self.weighed.table
        packed = self.weighed.words(_different_words(rows)) + self.weighed.pairs(_different_pairs(rows))
        square, *sums = table.sums(packed)[1]
        size = math.sqrt(square) or 1.0
        return tuple(b + s / size for b, s in zip(table.bias[1:], sums, strict=True))


_WISH = 0.4


def wishes(page: Page) -> list[Words]:
    """The sentences that ask for something: all that likely do, at least the likeliest."""
    if not page.lines:
        return []
    best = max(page.lines, key=lambda line: line.does("ask"))
    return [line.words for line in page.lines if line is best or line.does("ask") >= _WISH]


@dataclass(frozen=True, slots=True)
class TraitsView:
    """Weights on traits: a trait's mean and spread, then a weight for every column.

    For reading, the rows are turned once: mean and spread go into weights and biases.
    """

    columns: tuple[str, ...]
    bias: tuple[float, ...]
    rows: Mapping[str, tuple[float, ...]]
    _weights: tuple[tuple[float, ...], ...] = field(init=False, compare=False, repr=False)
    _bias: tuple[float, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Turn rows into columns of ready weights."""
        rows = self.rows.values()
        places = range(2, len(self.columns) + 2)
        ready = tuple(tuple(row[place] / row[1] for row in rows) for place in places)
        level = tuple(
            bias - math.fsum(weight * row[0] for weight, row in zip(weights, rows, strict=True))
            for bias, weights in zip(self.bias, ready, strict=True)
        )
        object.__setattr__(self, "_weights", ready)
        object.__setattr__(self, "_bias", level)

    def scores(self, traits: Mapping[str, float]) -> tuple[float, ...]:
        """The score of every column."""
        values = [traits.get(name, 0.0) for name in self.rows]
        return tuple(
            bias + sum(map(mul, weights, values))
            for bias, weights in zip(self._bias, self._weights, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the trained part says about a letter."""

    probabilities: tuple[float, float, float]
    answers: Mapping[Question, float]
    asks: Asks


@dataclass(frozen=True, slots=True)
class Judge:
    """The views and their blend: weight of the words, weight of the traits.

    `wishes` looks at the sentences that ask for something, and at nothing but what is asked.
    """

    words: WordsView
    traits: TraitsView
    wishes: WordsView
    blend: tuple[float, float]

    def judge(self, page: Page, traits: Mapping[str, float]) -> Judgement:
        """Weigh a letter."""
        by_words = self.words.scores([page.subject_words, *(line.words for line in page.lines)])
        by_traits = self.traits.scores(traits)
        answers = {question: sigmoid(score) for question, score in zip(Question, by_traits[3:], strict=True)}
        return Judgement(
            self._blended(by_words[:3], by_traits[:3]),
            answers,
            self._asked(by_words[3:], self.wishes.scores(wishes(page))),
        )

    def _blended(self, by_words: Sequence[float], by_traits: Sequence[float]) -> tuple[float, float, float]:
        of_words, of_traits = self.blend
        one, two = softmax(by_words), softmax(by_traits)
        reason, ask, hollow = softmax(
            of_words * math.log(a + 1e-4) + of_traits * math.log(b + 1e-4)
            for a, b in zip(one, two, strict=True)
        )
        return reason, ask, hollow

    def _asked(self, *views: Sequence[float]) -> Asks:
        scores = dict(zip(Asks, map(sum, zip(*views, strict=True)), strict=True))
        return max(scores, key=lambda asks: scores[asks])
