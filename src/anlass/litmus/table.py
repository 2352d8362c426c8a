"""Weights by name: adds up what many small observations say.

A row is a list of whole numbers (hundredths) for one named observation. All columns of
a row are packed into one big integer, one lane each, so that adding rows is one
addition; the sums are exact.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

SCALE = 100
_LANE = 64
_HALF = 1 << (_LANE - 1)

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

    def packed(self, names: Iterable[str]) -> int:
        """The rows of all names in one number; such numbers may be added to each other."""
        return sum(map(self._packed.__getitem__, names))

    def sums(self, packed: int) -> tuple[int, list[float]]:
        """How many names of a packed sum are known, and the sum of their rows."""
        *sums, known = unpack(packed, len(self.columns) + 1)
        return known, [total / SCALE for total in sums]

    def add(self, names: Iterable[str]) -> tuple[int, list[float]]:
        """How many of the names are known, and the sum of their rows."""
        return self.sums(self.packed(names))


def pack(text: str) -> int:
    """One integer for a row; lane by lane, the first column lowest."""
    packed = 0
    for number in reversed(text.split()):
        packed = (packed << _LANE) + int(number)
    return packed


def unpack(packed: int, columns: int) -> list[int]:
    """The columns of a packed sum, as whole numbers."""
    lifted = packed + _lift(columns)
    lanes = struct.unpack(f"<{columns}Q", lifted.to_bytes(columns * _LANE // 8, "little"))
    return [lane - _HALF for lane in lanes]


def _lift(columns: int) -> int:
    """A half in every lane, which makes all lanes positive."""
    known = _LIFTS.get(columns)
    if known is None:
        known = _LIFTS[columns] = sum(_HALF << (_LANE * column) for column in range(columns))
    return known


_LIFTS: dict[int, int] = {}


def sigmoid(value: float) -> float:
    """The logistic function, without overflow."""
    return 1 / (1 + math.exp(-value)) if -700 < value < 700 else float(value > 0)


def softmax(values: Iterable[float]) -> tuple[float, ...]:
    """Turn scores into probabilities that sum to one."""
    scores = tuple(values)
    top = max(scores)
    grown = [math.exp(score - top) for score in scores]
    total = math.fsum(grown)
    return tuple(part / total for part in grown)
