"""Trains the litmus test: `python -m training.train` writes the shipped weights."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from anlass.litmus.minutes import durations, surroundings
from anlass.litmus.reading import Question
from anlass.litmus.shipped import SCHEMA
from anlass.litmus.traits import MOVES
from training.corpus import Item, digest, load
from training.fit import Floats, present, table, yes_or_no
from training.views import (
    ASKS,
    MOVES_STRENGTH,
    QUESTIONS,
    SELDOM,
    VERDICTS,
    WORDS_SHARE,
    Letters,
    Matrices,
    Predicted,
    all_sentences,
    blend,
    calibrate,
    cut,
    fit_views,
    held_out,
    held_out_moves,
    matrices,
    sure_from,
)

TARGET = Path(__file__).parents[1] / "src" / "anlass" / "litmus" / "weights.json"
RIGHT = 0.95
"""How often a verdict that is called sure is right on files that were held out."""

MINUTES_STRENGTH = 10.0


def main() -> None:
    """Train on the whole corpus and write the weights."""
    weights = train(load())
    TARGET.write_text(weights, encoding="utf-8")
    print(f"{TARGET.name}: {len(weights) / 1e6:.1f} MB")


def train(items: list[Item]) -> str:
    """The weights, as they are written."""
    letters = cut(items)
    sentences = all_sentences(letters)
    moves = held_out_moves(letters, sentences)
    both = matrices(letters, sentences, moves)
    predicted = held_out(letters, both)
    seen = present(sentences.observed, np.flatnonzero(sentences.is_marked), SELDOM)
    marked = sentences.is_marked
    of_moves, bias = yes_or_no(seen.matrix[marked], sentences.labels[marked], MOVES_STRENGTH)
    return write(letters, both, predicted, table(MOVES, seen.names, of_moves, bias))


def write(letters: Letters, both: Matrices, predicted: Predicted, moves: dict[str, object]) -> str:
    """Fit the views on everything and put all weights into one readable text."""
    fitted = fit_views(letters, both, np.ones(len(letters.items), bool))
    sharpness, shift = calibrate(predicted, letters.verdicts)
    honest = blend(predicted.words, predicted.traits, sharpness, shift)
    words = np.hstack([fitted.words[0], fitted.asks[0]]) * both.idf[:, None]
    written = {
        "schema": SCHEMA,
        "trained_on": digest(),
        "sure": sure_from(honest, letters.verdicts, RIGHT),
        "answered": {q.value: threshold for q, threshold in thresholds(letters, predicted).items()},
        "blend": {
            "words": round(sharpness * WORDS_SHARE, 4),
            "traits": round(sharpness * (1 - WORDS_SHARE), 4),
            "bias": [float(b) for b in shift],
        },
        "minutes": minutes_table(letters.items),
        "traits": traits_table(both, fitted.traits, fitted.questions),
        "moves": moves,
        "words": table(
            ["square", *VERDICTS, *(f"asks {name}" for name in ASKS)],
            both.names,
            words,
            np.concatenate([[0.0], fitted.words[1], fitted.asks[1]]),
            first=both.idf**2,
        ),
    }
    return json.dumps(written, ensure_ascii=False, indent=0) + "\n"


def traits_table(
    both: Matrices, verdicts: tuple[Floats, Floats], questions: tuple[Floats, Floats]
) -> dict[str, object]:
    """A row a trait: its mean, its spread, then its weights."""
    weights = np.round(np.hstack([verdicts[0], questions[0]]), 4)
    bias = np.round(np.concatenate([verdicts[1], questions[1]]), 4)
    rows = {
        name: [float(both.mean[i]), float(both.spread[i]), *map(float, weights[i])]
        for i, name in enumerate(both.trait_names)
    }
    return {
        "columns": [*VERDICTS, *(f"answers {q.value}" for q in QUESTIONS)],
        "bias": [float(b) for b in bias],
        "rows": rows,
    }


def thresholds(letters: Letters, predicted: Predicted) -> dict[Question, float]:
    """For every question the threshold under which held-out answers have the best F1."""
    marked = np.array([item.answers is not None for item in letters.items])
    found = {}
    for column, question in enumerate(QUESTIONS):
        truth = np.array([question in (item.answers or ()) for item in letters.items])[marked]
        likely = predicted.questions[marked, column]
        grid = [round(0.2 + 0.02 * step, 2) for step in range(26)]
        found[question] = max(grid, key=lambda at: f1(truth, likely >= at))
    return found


def f1(truth: np.ndarray, said: np.ndarray) -> float:
    """The harmonic mean of precision and recall."""
    both = 2 * (truth & said).sum()
    return float(both / max(1, truth.sum() + said.sum()))


def minutes_table(items: list[Item]) -> dict[str, object]:
    """Weights on what stands around a duration."""
    rows, labels = [], []
    for item in items:
        if item.answers is None:
            continue
        for found in durations(item.request.text):
            rows.append(surroundings(item.request.text, found))
            labels.append([found.minutes == item.minutes])
    seen = present(rows, range(len(rows)), 1)
    weights, bias = yes_or_no(seen.matrix, np.array(labels), MINUTES_STRENGTH)
    return table(["asked"], seen.names, weights, bias)


if __name__ == "__main__":
    main()
