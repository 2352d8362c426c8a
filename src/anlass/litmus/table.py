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


_MOST_UNKNOWN = 200_000
"""Names without a row that are remembered; a stranger may not fill the memory with new ones."""


class _Packed(dict[str, int]):
    """Rows packed when first needed, each with a one above its columns, to count the known ones."""

    def __init__(self, rows: Mapping[str, str], columns: int) -> None:
        super().__init__()
        self.rows = rows
        self.one = 1 << (_LANE * columns)

    def __missing__(self, name: str) -> int:
        text = self.rows.get(name)
        row = 0 if text is None else pack(text) + self.one
        if text is not None or len(self) < _MOST_UNKNOWN:
            self[name] = row
        return row


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of weights under their names, kept as they stand in the file: numbers with a space between."""

    columns: tuple[str, ...]
    bias: tuple[float, ...]
    rows: Mapping[str, str]
    _packed: _Packed = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Prepare the packing; a letter uses few of the rows, so none is packed yet."""
        object.__setattr__(self, "_packed", _Packed(self.rows, len(self.columns)))

    def add(self, names: Iterable[str]) -> tuple[int, tuple[float, ...]]:
        """How many of the names are known, and the sum of their rows."""
        *sums, known = unpack(sum(map(self._packed.__getitem__, names)), len(self.columns) + 1)
        return round(known * SCALE), tuple(sums)


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
