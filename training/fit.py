"""Fits the views: from named observations to tables of weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

Floats = NDArray[np.float64]
Rows = Sequence[int] | NDArray[np.int_]
SCALE = 1000


@dataclass(frozen=True)
class Observed:
    """Observations as a matrix, with the name and the weight (idf) of every column."""

    matrix: csr_matrix
    names: Sequence[str]
    idf: Floats


def counted(rows: Sequence[Mapping[str, float]], known: Rows, at_least: int) -> Observed:
    """Counts as logs, weighted by rarity, every letter of length one; columns are chosen on `known` rows."""
    vectorizer = DictVectorizer()
    found = vectorizer.fit_transform(rows)
    seen = np.asarray((found[known] > 0).sum(0)).ravel()
    keep = np.flatnonzero(seen >= at_least)
    found, seen = found[:, keep], seen[keep]
    found.sort_indices()  # sums of floats depend on their order, and sets have none
    found.data = 1 + np.log(found.data)
    idf = np.round((np.log(len(known) / seen) + 1) * SCALE) / SCALE
    found = (found @ diags(idf)).tocsr()
    size = np.sqrt(np.asarray(found.multiply(found).sum(1)).ravel())
    size[size == 0] = 1
    names = vectorizer.get_feature_names_out()[keep]
    return Observed((diags(1 / size) @ found).tocsr(), list(names), idf)


def present(rows: Sequence[Iterable[str]], known: Rows, at_least: int) -> Observed:
    """Presence alone, divided by the root of how many are known."""
    vectorizer = DictVectorizer()
    found = vectorizer.fit_transform([dict.fromkeys(row, 1.0) for row in rows])
    seen = np.asarray(found[known].sum(0)).ravel()
    keep = np.flatnonzero(seen >= at_least)
    found = found[:, keep]
    found.sort_indices()  # sums of floats depend on their order, and sets have none
    size = np.sqrt(np.asarray(found.sum(1)).ravel())
    size[size == 0] = 1
    names = vectorizer.get_feature_names_out()[keep]
    return Observed((diags(1 / size) @ found).tocsr(), list(names), np.ones(len(keep)))


def yes_or_no(matrix: csr_matrix, labels: NDArray[np.bool_], strength: float) -> tuple[Floats, Floats]:
    """One logistic regression a column of labels: weights (rows x columns) and biases."""
    weights = np.zeros((matrix.shape[1], labels.shape[1]))
    bias = np.full(labels.shape[1], -8.0)
    for column in range(labels.shape[1]):
        if labels[:, column].sum() < 3:
            continue
        fitted = LogisticRegression(C=strength, solver="liblinear", random_state=0)
        fitted.fit(matrix, labels[:, column])
        weights[:, column], bias[column] = fitted.coef_[0], fitted.intercept_[0]
    return weights, bias


def one_of(
    matrix: csr_matrix | Floats,
    labels: Rows,
    classes: int,
    strength: float,
    *,
    balanced: bool = False,
) -> tuple[Floats, Floats]:
    """Multinomial logistic regression: weights (rows x classes) and biases."""
    weights = np.zeros((matrix.shape[1], classes))
    bias = np.full(classes, -8.0)
    fitted = LogisticRegression(C=strength, max_iter=500, class_weight="balanced" if balanced else None)
    fitted.fit(matrix, labels)
    for row, label in enumerate(fitted.classes_):
        weights[:, label], bias[label] = fitted.coef_[row], fitted.intercept_[row]
    return weights, bias


def table(
    columns: Sequence[str], names: Sequence[str], weights: Floats, bias: Floats, first: Floats | None = None
) -> dict[str, object]:
    """A table as it is written: whole thousandths; rows without any weight are left out.

    `first` is put before the other columns as it is (the square of the idf).
    """
    whole = np.round(weights * SCALE).astype(int)
    rows = {}
    for index, name in enumerate(names):
        row = whole[index].tolist()
        if first is not None:
            row = [round(float(first[index]) * SCALE), *row]
        if any(row):
            rows[str(name)] = " ".join(map(str, row))
    return {
        "columns": list(columns),
        "bias": [round(float(b), 4) for b in bias],
        "rows": dict(sorted(rows.items())),
    }


def softmax(scores: Floats) -> Floats:
    """Row by row, scores to probabilities."""
    grown = np.exp(scores - scores.max(1, keepdims=True))
    result: Floats = grown / grown.sum(1, keepdims=True)
    return result
