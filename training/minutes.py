"""Which durations are asked of the receiver: weights on what stands around them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from anlass.litmus.minutes import durations, surroundings
from training.corpus import Item
from training.fit import Seen, Truth, gathered, plain, yes_or_no

MINUTES_STRENGTH = 1.0
LEANING = 0.3
"""A written duration is taken for asked rather than passed over: the owner sees it and can tell."""


def observed(items: Sequence[Item]) -> tuple[list[tuple[int, int]], list[dict[str, int]], Truth]:
    """Every duration of the marked items: whose and how long, what stands around it, whether it is asked."""
    owners, rows, labels = [], [], []
    for index, item in enumerate(items):
        for found in durations(item.request.text, item.lang) if item.answers is not None else ():
            owners.append((index, found.minutes))
            rows.append(dict.fromkeys(surroundings(item.request.text, found, item.lang), 1))
            labels.append([found.minutes == item.minutes])
    return owners, rows, np.array(labels)


def said_minutes(items: Sequence[Item]) -> dict[int, int]:
    """The minutes of every item by its place, each file judged by the others."""
    owners, rows, truth = observed(items)
    files = np.array([items[index].fold for index, _ in owners])
    counts = gathered(rows)
    best: dict[int, tuple[float, int]] = {}
    for file in sorted(set(files)):
        known = files != file
        seen: Seen = plain(counts, known, 1)
        weights, bias = yes_or_no(seen.matrix[known], truth[known], MINUTES_STRENGTH)
        for row in np.flatnonzero(~known):
            wish = float((seen.matrix[[row]] @ weights + bias)[0, 0])
            index, size = owners[row]
            if wish + LEANING > 0 and wish > best.get(index, (0.0, 0))[0]:
                best[index] = (wish, size)
    return {index: size for index, (_, size) in best.items()}
