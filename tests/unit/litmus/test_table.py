"""Adding up weights: exact, and the same as the trainer's arithmetic."""

from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from anlass.litmus.moves import MoveModel
from anlass.litmus.table import Table, pack, sigmoid, softmax, unpack
from training.fit import present, table, yes_or_no


def test_packing_keeps_every_number() -> None:
    """Big, small, negative and zero: what is packed is unpacked."""
    row = [0, -1, 1, 123_456, -987_654, 0, -1]
    assert unpack(pack(" ".join(map(str, row))), len(row)) == tuple(number / 1000 for number in row)


def test_a_sum_of_rows_is_the_row_of_sums() -> None:
    """Neighbouring columns never disturb each other."""
    adding = Table(("a", "b"), (0.0, 0.0), {"x": "5 -7", "y": "-9 3"})
    assert adding.add(["x", "y", "unknown"]) == (2, (-0.004, -0.004))


def test_the_shipped_scorer_equals_the_trainers() -> None:
    """With the same rounded weights, the program and scikit-learn give the same probabilities."""
    rows = [{"good", "one"}, {"bad", "two"}, {"good", "two"}, {"bad", "one"}, {"one", "two"}] * 4
    labels = np.array([["good" in row] for row in rows])
    seen = present(rows, range(len(rows)), 1)
    weights, bias = yes_or_no(seen.matrix, labels, 5.0)
    written = table(["move"], seen.names, weights, bias)
    columns, biases, lines = written["columns"], written["bias"], written["rows"]
    assert isinstance(columns, list)
    assert isinstance(biases, list)
    assert isinstance(lines, dict)
    model = MoveModel(Table(tuple(columns), tuple(biases), lines))
    theirs = LogisticRegression(solver="liblinear").fit(seen.matrix, labels[:, 0])
    theirs.coef_ = np.round(weights.T, 3)
    theirs.intercept_ = np.round(bias, 4)
    expected = theirs.predict_proba(seen.matrix)[:, 1]
    ours = [model.moves(row)["move"] for row in rows]
    assert ours == pytest.approx(expected.tolist(), abs=1e-9)


def test_extremes_do_not_overflow() -> None:
    """Probabilities stay probabilities, however sure the scores are."""
    assert sigmoid(1e9) == 1
    assert sigmoid(-1e9) == pytest.approx(0, abs=1e-300)
    assert math.fsum(softmax((1e9, -1e9, 0.0))) == 1
