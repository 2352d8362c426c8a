"""Weights by name: adds up what many small observations say.

A row is a list of whole numbers (thousandths) for one named observation. All columns of
a row are packed into one big integer, one lane each, so that adding rows is one
addition; the sums are exact.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

SCALE = 1000
_LANE = 48
_HALF = 1 << (_LANE - 1)
_MASK = (1 << _LANE) - 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of weights under their names.

    `rows` are kept as they stand in the file, numbers with a space between, and are
    packed when first needed: a letter uses few of them.
    """

    columns: tuple[str, ...]
    bias: tuple[float, ...]
    rows: Mapping[str, str]
    _packed: dict[str, int] = field(default_factory=dict, compare=False, repr=False)

    def add(self, names: Iterable[str]) -> tuple[int, tuple[float, ...]]:
        """How many of the names are known, and the sum of their rows."""
        packed, rows = self._packed, self.rows
        total = known = 0
        for name in names:
            row = packed.get(name)
            if row is None:
                text = rows.get(name)
                if text is None:
                    continue
                row = packed[name] = pack(text)
            total += row
            known += 1
        return known, unpack(total, len(self.columns))


def pack(text: str) -> int:
    """One integer for a row; lane by lane, the first column lowest."""
    packed = 0
    for number in reversed(text.split()):
        packed = (packed << _LANE) + int(number)
    return packed


def unpack(packed: int, columns: int) -> tuple[float, ...]:
    """The columns of a packed sum, as numbers."""
    values = []
    for _ in range(columns):
        lane = packed & _MASK
        if lane >= _HALF:
            lane -= _MASK + 1
        values.append(lane / SCALE)
        packed = (packed - lane) >> _LANE
    return tuple(values)


def sigmoid(value: float) -> float:
    """The logistic function, without overflow."""
    if value >= 0:
        return 1 / (1 + math.exp(-min(value, 700.0)))
    grown = math.exp(max(value, -700.0))
    return grown / (1 + grown)


def softmax(values: Iterable[float]) -> tuple[float, ...]:
    """Turn scores into probabilities that sum to one."""
    scores = tuple(values)
    top = max(scores)
    grown = [math.exp(score - top) for score in scores]
    total = math.fsum(grown)
    return tuple(part / total for part in grown)
