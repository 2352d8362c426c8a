"""A small table of weights by name, for what is looked at only now and then."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """One weight for every named observation, and a bias."""

    bias: float
    rows: Mapping[str, float]

    def score(self, names: Iterable[str]) -> float:
        """The sum of the known weights over the root of their number, and the bias."""
        found = [self.rows[name] for name in names if name in self.rows]
        return self.bias + math.fsum(found) / (math.sqrt(len(found)) or 1.0)
