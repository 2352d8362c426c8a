"""Adding up weights: exact, and the same as the trainer's arithmetic."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest

from anlass.intake import Channel, ContactRequest
from anlass.litmus.page import Page
from anlass.litmus.shipped import load_panel
from anlass.litmus.spelling import edges, stands
from anlass.litmus.table import Table
from anlass.litmus.tally import RARE, WEIGHTS, Tally
from anlass.litmus.weights import MOVES, Weights, columns, in_order, sigmoid, softmax
from anlass.litmus.words import Names

LETTER = (
    "Guten Tag Frau Amsel, wann passt es Ihnen? Die Heizung, die Heizung! Peter Kaya sagt: 3 Stunden reichen."
)


def a_page() -> Page:
    """A letter with a name, a figure, a question and a word that comes twice."""
    return load_panel().page(ContactRequest("x", Channel.MAIL, LETTER, subject="Preis 12 %"))


def observed(page: Page) -> list[Counter[str]]:
    """What the trainer observes on the subject and on every sentence."""
    spelling = load_panel().tally.spelling_of("de")
    rows, asks = [line.words for line in page.lines], ["?" in line.text for line in page.lines]
    placed = stands(rows, asks, page.sums[1:, RARE].sum(1).tolist())
    told = [spelling.words_of(row) for row in (page.subject_words, *rows)]
    for counts, stand, row in zip(told[1:], placed, rows, strict=True):
        counts.update([*stand.names(), *edges(row)])
    return told


def test_the_program_adds_up_as_the_trainer_does() -> None:
    """What is remembered word by word comes to the same as the trainer's rows, sentence by sentence."""
    page, weights = a_page(), load_panel().tally.weights
    for sums, counts in zip(page.sums[:, WEIGHTS], observed(page), strict=True):
        known = [weights.names[name] for name in counts.elements() if name in weights.names]
        assert sums.tolist() == weights.matrix[known].sum(0, dtype=np.int32).tolist()


def test_moves_of_a_sentence_alone_are_sums_over_the_root_of_what_is_known() -> None:
    """The probability of a move can be worked out by hand from the rows of the sentence."""
    page, weights = a_page(), load_panel().tally.weights
    hollow = columns("move hollow", "move hollow").start
    counts = observed(page)[1]
    rows = [weights.names[name] for name in counts.elements() if name in weights.names]
    known = sum(int(weights.matrix[row, columns("move seen", "move seen")][0]) for row in rows)
    score = float(weights.matrix[rows, hollow].sum()) * weights.scale[hollow] / math.sqrt(known * 0.01)
    expected = 1 / (1 + math.exp(-score - weights.bias[hollow]))
    assert page.alone[0, MOVES.index("hollow")] == pytest.approx(expected)


def test_a_forgetful_tally_adds_up_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that were forgotten and met again weigh what they weighed."""
    panel, page = load_panel(), a_page()
    monkeypatch.setattr("anlass.litmus.tally._MOST_KEPT", 3)
    tally = Tally(panel.tally.weights, panel.tally.spelling_of)
    rows, asks = (
        [page.subject_words, *(line.words for line in page.lines)],
        ["?" in line.text for line in page.lines],
    )
    assert all(tally.letter(rows, asks, "de").tolist() == page.sums.tolist() for _ in range(3))


def test_sure_words_are_cut_as_if_one_by_one() -> None:
    """A sentence that may hold a name is cut word by word, others at once: in the same words and places."""
    cutter = load_panel().cutter
    plain = cutter.words(
        "am 12.5. um 14 Uhr für 30 € an a@b.example, B2B: https://x.example/y", "de", Names()
    )
    careful = cutter.words(
        "am 12.5. um 14 Uhr für 30 € an a@b.example, B2B: https://x.example/y Kaya",
        "de",
        Names(you=frozenset(["kaya"])),
    )
    assert plain.forms == careful.forms[:-1]
    assert tuple(plain.spans) == tuple(careful.spans)[:-1]


def test_rows_stand_in_order() -> None:
    """Words first, then pairs of known words by key, then the rest; a pair of unknown words is left out."""
    names, pairs, first = in_order(["z:5", "b:tag gut", "b:gut tag", "w:tag", "b:x y", "w:gut"])
    assert names == ["w:gut", "w:tag", "b:gut tag", "b:tag gut", "z:5"]
    rows = {name: row for row, name in enumerate(names)}
    nothing = np.zeros((6, 1), np.int16)
    weights = Weights(rows, nothing, np.ones(1), np.ones(1), pairs, first)
    assert weights.pairs_in(np.array([-1, 0, 1, 0, 0, -1])).tolist() == [5, 5, 2, 3, 5, 5]


def test_a_small_table_adds_what_it_knows() -> None:
    """Unknown observations neither count nor make the known ones weigh less."""
    table = Table(0.5, {"x": 1.0, "y": -3.0})
    assert table.score(["x", "y", "unknown"]) == pytest.approx(0.5 - 2 / math.sqrt(2))
    assert table.score([]) == 0.5


def test_extremes_do_not_overflow() -> None:
    """Probabilities stay probabilities, however sure the scores are."""
    assert sigmoid(np.array([1e9, -1e9, 0.0])).tolist() == pytest.approx([1.0, 0.0, 0.5])
    assert math.fsum(softmax((1e9, -1e9, 0.0))) == 1
