"""Fits the views: from named observations to tables of weights.

Everything that depends on letters (which columns, how rare, how wide) is taken from the
letters named as known, never from those under test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, issparse
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

Floats = NDArray[np.float64]
Rows = Sequence[int] | NDArray[np.int_]
Truth = NDArray[np.bool_]

RARITY = 1.5
"""The power of idf: how much more a rare observation weighs than a common one."""

_SPARSE = {"solver": "liblinear", "dual": True, "tol": 0.1, "max_iter": 60}
"""The dual comes to the same, three times as fast where rows are sparse."""

_DENSE = {"solver": "lbfgs", "tol": 1e-3, "max_iter": 60}

LETTERS_SHARE = 0.7
"""What letters of a word weigh beside the word itself: they are many, and they overlap."""


@dataclass(frozen=True)
class Counts:
    """How often every observation is made in every row."""

    matrix: csr_matrix
    names: NDArray[np.str_]


@dataclass(frozen=True)
class Seen:
    """Observations ready to fit: rows of comparable size, with the name and factor of every column."""

    matrix: csr_matrix
    names: Sequence[str]
    factor: Floats


def gathered(rows: Sequence[Mapping[str, int]]) -> Counts:
    """Rows of named counts as a matrix."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows).tocsr()
    matrix.sort_indices()  # sums of floats depend on their order, and sets have none
    return Counts(matrix, vectorizer.get_feature_names_out())


def weighed(counts: Counts, known: Truth, at_least: int) -> Seen:
    """Counts times rarity, divided by the root of the sum of squares."""
    seen = _seen(counts, known)
    keep = np.flatnonzero(seen >= at_least)
    matrix, names = counts.matrix[:, keep], counts.names[keep]
    factor = (np.log(known.sum() / seen[keep]) + 1) ** RARITY
    factor *= np.where([name.startswith("c:") for name in names], LETTERS_SHARE, 1.0)
    factor = np.round(factor, 2)
    size = np.sqrt(np.asarray(matrix @ factor**2).ravel())
    size[size == 0] = 1
    return Seen((diags(1 / size) @ matrix @ diags(factor)).tocsr(), list(names), factor)


def plain(counts: Counts, known: Truth, at_least: int) -> Seen:
    """Counts as they are, divided by the root of their sum."""
    keep = np.flatnonzero(_seen(counts, known) >= at_least)
    matrix, names = counts.matrix[:, keep], counts.names[keep]
    size = np.sqrt(np.asarray(matrix.sum(1)).ravel())
    size[size == 0] = 1
    return Seen((diags(1 / size) @ matrix).tocsr(), list(names), np.ones(len(keep)))


def _seen(counts: Counts, known: Truth) -> NDArray[np.int_]:
    return np.asarray((counts.matrix[known] > 0).sum(0)).ravel()


def yes_or_no(
    matrix: csr_matrix | Floats, labels: Truth, strength: float, *, balanced: bool = False
) -> tuple[Floats, Floats]:
    """One logistic regression a column of labels: weights (rows x columns) and biases."""
    weights = np.zeros((matrix.shape[1], labels.shape[1]))
    bias = np.full(labels.shape[1], -8.0)
    for column in range(labels.shape[1]):
        if labels[:, column].sum() < 3:
            continue
        fitted = LogisticRegression(
            C=strength,
            class_weight="balanced" if balanced else None,
            random_state=0,
            **(_SPARSE if issparse(matrix) else _DENSE),
        )
        fitted.fit(matrix, labels[:, column])
        weights[:, column], bias[column] = fitted.coef_[0], fitted.intercept_[0]
    return weights, bias


def each_or_not(
    matrix: csr_matrix, labels: Rows, classes: int, strength: float, *, balanced: bool = False
) -> tuple[Floats, Floats]:
    """One logistic regression a class against the others: on sparse rows as good as one for all."""
    truth = np.asarray(labels)[:, None] == np.arange(classes)
    return yes_or_no(matrix, truth, strength, balanced=balanced)


def one_of(matrix: Floats, labels: Rows, classes: int, strength: float) -> tuple[Floats, Floats]:
    """Multinomial logistic regression: weights (rows x classes) and biases."""
    weights = np.zeros((matrix.shape[1], classes))
    bias = np.full(classes, -8.0)
    fitted = LogisticRegression(C=strength, max_iter=300, tol=1e-5)
    fitted.fit(matrix, labels)
    for row, label in enumerate(fitted.classes_):
        weights[:, label], bias[label] = fitted.coef_[row], fitted.intercept_[row]
    return weights, bias


def softmax(scores: Floats) -> Floats:
    """Row by row, scores to probabilities."""
    grown = np.exp(scores - scores.max(1, keepdims=True))
    result: Floats = grown / grown.sum(1, keepdims=True)
    return result


def sigmoid(scores: Floats) -> Floats:
    """Scores to probabilities, each for itself."""
    result: Floats = 1 / (1 + np.exp(-scores))
    return result
