"""Adding up weights: exact, and the same as the trainer's arithmetic."""

from __future__ import annotations

import math

import numpy as np
import pytest

from anlass.intake import Channel, ContactRequest
from anlass.litmus.moves import observe
from anlass.litmus.shipped import load_panel
from anlass.litmus.table import Table, pack, sigmoid, softmax, unpack
from anlass.litmus.verdict import mentions
from training.fit import table

LETTER = (
    "Guten Tag Frau Amsel, wann passt es Ihnen? Die Heizung, die Heizung! Peter Kaya sagt: 3 Stunden reichen."
)


def test_packing_keeps_every_number() -> None:
    """Big, small, negative and zero: what is packed is unpacked."""
    row = [0, -1, 1, 123_456, -987_654, 0, -1]
    assert unpack(pack(" ".join(map(str, row))), len(row)) == row


def test_a_sum_of_rows_is_the_row_of_sums() -> None:
    """Neighbouring columns never disturb each other."""
    adding = Table(("a", "b"), (0.0, 0.0), {"x": "5 -7", "y": "-9 3"})
    assert adding.add(["x", "y", "unknown"]) == (2, [-0.04, -0.04])


def test_the_program_adds_up_as_the_trainer_does() -> None:
    """What is remembered word by word comes to the same as the trainer's rows, for moves and for letters."""
    panel = load_panel()
    page = panel.page(ContactRequest("x", Channel.MAIL, LETTER, subject="Preis 12 %"))
    rows, texts = [line.words for line in page.lines], [line.text for line in page.lines]
    table = panel.moves.weighed.table
    for line, counts in zip(page.lines, observe(rows, texts, panel.spelling), strict=True):
        known, sums = table.add(counts.elements())
        scores = [bias + total / math.sqrt(known) for bias, total in zip(table.bias, sums, strict=True)]
        assert list(line.moves.values()) == pytest.approx([sigmoid(score) for score in scores])
    words = panel.judge.words
    whole = [page.subject_words, *rows]
    _, (square, *sums) = words.weighed.table.add(mentions(whole, panel.spelling).elements())
    expected = [b + s / math.sqrt(square) for b, s in zip(words.weighed.table.bias[1:], sums, strict=True)]
    assert words.scores(whole) == pytest.approx(expected)


def test_written_weights_are_the_trainers_in_hundredths() -> None:
    """A table holds the weights that were fitted, rounded; a row of nothing is left out."""
    written = table(["one", "two"], ["x", "y"], np.array([[0.126, -1.0], [0.004, 0.0]]), np.array([0.5, 0.0]))
    assert written == {"columns": ["one", "two"], "bias": [0.5, 0.0], "rows": {"x": "13 -100"}}


def test_extremes_do_not_overflow() -> None:
    """Probabilities stay probabilities, however sure the scores are."""
    assert sigmoid(1e9) == 1
    assert sigmoid(-1e9) == pytest.approx(0, abs=1e-300)
    assert math.fsum(softmax((1e9, -1e9, 0.0))) == 1
