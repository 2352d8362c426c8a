"""One picture of honesty: said and was, and how right the surest are."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from training.held_out import Judged
from training.views import Letters

_BINS = np.linspace(0.35, 1.0, 14)


def draw(letters: Letters, judged: Judged, target: Path) -> None:
    """Draw calibration (left) and risk by coverage (right) of letters that were held out."""
    confidence = judged.read.verdicts.max(1)
    right = judged.read.verdicts.argmax(1) == letters.verdicts
    figure = Figure(figsize=(10, 4.2), layout="constrained")
    left, other = figure.subplots(1, 2)
    said, was = [], []
    for low, high in pairwise(_BINS):
        inside = (confidence > low) & (confidence <= high)
        if inside.sum() >= 20:
            said.append(confidence[inside].mean())
            was.append(right[inside].mean())
    left.plot([0.35, 1], [0.35, 1], color="0.7", linewidth=1)
    left.plot(said, was, "o-", color="#1f4e5f")
    left.set(xlabel="said", ylabel="was right", title="Calibration, every file held out")
    order = np.argsort(-confidence, kind="stable")
    shares = np.arange(1, len(order) + 1) / len(order)
    other.plot(shares, 1 - np.cumsum(right[order]) / np.arange(1, len(order) + 1), color="#1f4e5f")
    other.axhline(0.05, color="0.7", linewidth=1)
    other.set(xlabel="share of letters, the surest first", ylabel="wrong", title="Risk by coverage")
    target.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(target, dpi=110, metadata={"Software": None})
