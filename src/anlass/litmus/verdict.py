"""From what a letter says to a verdict, with honest probabilities.

Two views judge: the words view (stems, pairs, letters and groups of meaning of the
whole letter) and the moves view (the traits). Both are sums of named weights, so
that every verdict can be traced to what was read. Their blend is calibrated on files
that neither had seen.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from operator import mul

from anlass.litmus.moves import Spelling
from anlass.litmus.page import Page
from anlass.litmus.reading import Asks, Question, Verdict
from anlass.litmus.table import Table, sigmoid, softmax
from anlass.litmus.words import Words

VERDICTS = (Verdict.REASON, Verdict.ASK, Verdict.HOLLOW)


def mentions(rows: Iterable[Words], spelling: Spelling) -> Counter[str]:
    """How often each observation is made by different words of a letter."""
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    pairs: set[str] = set()
    for row in rows:
        forms = row.forms
        for form, lower in zip(forms, row.lower, strict=True):
            if lower not in seen:
                seen.add(lower)
                counts.update(spelling.of(form, lower))
        pairs.update(f"b:{one} {two}" for one, two in pairwise(forms))
    counts.update(pairs)
    return counts


@dataclass(frozen=True, slots=True)
class WordsView:
    """The whole letter as a bag of observations; the first column is the square of the length."""

    table: Table

    def scores(self, counts: Mapping[str, int]) -> tuple[float, ...]:
        """The score of every column but the first."""
        by_count: dict[int, list[str]] = {}
        for name, count in counts.items():
            by_count.setdefault(count, []).append(name)
        sums = [0.0] * len(self.table.columns)
        for count in sorted(by_count):
            factor = 1 + math.log(count)
            _, part = self.table.add(by_count[count])
            sums[0] += part[0] * factor * factor
            for column in range(1, len(sums)):
                sums[column] += part[column] * factor
        size = math.sqrt(sums[0]) or 1.0
        return tuple(b + s / size for b, s in zip(self.table.bias[1:], sums[1:], strict=True))


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
    """Both views and their blend: weight of the words, weight of the traits, one bias a verdict."""

    words: WordsView
    traits: TraitsView
    blend: tuple[float, float, tuple[float, float, float]]

    def judge(self, page: Page, traits: Mapping[str, float], spelling: Spelling) -> Judgement:
        """Weigh a letter."""
        rows = [page.subject_words, *(line.words for line in page.lines)]
        by_words = self.words.scores(mentions(rows, spelling))
        by_traits = self.traits.scores(traits)
        return self.weigh(by_words, by_traits)

    def weigh(self, by_words: tuple[float, ...], by_traits: tuple[float, ...]) -> Judgement:
        """Blend the scores of both views."""
        of_words, of_traits, biases = self.blend
        one, two = softmax(by_words[:3]), softmax(by_traits[:3])
        reason, ask, hollow = softmax(
            of_words * math.log(a + 1e-4) + of_traits * math.log(b + 1e-4) + bias
            for a, b, bias in zip(one, two, biases, strict=True)
        )
        wanted = dict(zip(self.words.table.columns[4:], by_words[3:], strict=True))
        answers = {question: sigmoid(score) for question, score in zip(Question, by_traits[3:], strict=True)}
        wish = max(wanted, key=lambda name: wanted[name]).removeprefix("asks ")
        return Judgement((reason, ask, hollow), answers, Asks(wish))
