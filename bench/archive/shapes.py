"""Shapes of real archives: percentiles to draw from, and what is mixed how often."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

MARKS = (0.0, 0.05, 0.25, 0.50, 0.75, 0.95, 1.0)
TAIL = 6  # how steeply the last twentieth rises: few reach the maximum


@dataclass(frozen=True, slots=True)
class Shape:
    """A distribution given by its 0th, 5th, 25th, 50th, 75th, 95th percentile and maximum."""

    values: tuple[int, ...]

    def draw(self, rng: Random) -> int:
        """Return one value; between two percentiles it grows evenly in logarithms."""
        at = rng.random()
        upper = next(index for index, mark in enumerate(MARKS) if at < mark)
        part = (at - MARKS[upper - 1]) / (MARKS[upper] - MARKS[upper - 1])
        if upper == len(MARKS) - 1:
            part **= TAIL
        low, high = (math.log1p(self.values[index]) for index in (upper - 1, upper))
        return round(math.expm1(low + part * (high - low)))


@dataclass(frozen=True, slots=True)
class ListShape:
    """How the mails of one kind of mailing list look; sizes in bytes, whole mails."""

    size: Shape
    fields: Shape
    references: Shape
    recipients: Shape
    multipart: float
    rewritten: float
    """Share of mails whose From names the list in place of the writer."""


PLAIN_LIST = ListShape(
    size=Shape((1900, 3032, 4618, 6220, 8738, 16_966, 2_900_000)),
    fields=Shape((18, 23, 26, 30, 36, 58, 75)),
    references=Shape((0, 0, 1, 1, 3, 9, 26)),
    recipients=Shape((1, 1, 3, 7, 12, 33, 198)),
    multipart=0.02,
    rewritten=0.0,
)
MODERN_LIST = ListShape(
    size=Shape((3600, 5043, 7706, 11_833, 21_246, 196_928, 2_100_000)),
    fields=Shape((27, 31, 38, 41, 45, 70, 94)),
    references=Shape((0, 0, 0, 1, 3, 9, 29)),
    recipients=Shape((1, 1, 1, 2, 3, 4, 8)),
    multipart=0.83,
    rewritten=0.46,
)

LETTER_SIZE = Shape((300, 500, 900, 1700, 3200, 8000, 60_000))
BULK_SIZE = Shape((4000, 6000, 12_000, 22_000, 38_000, 70_000, 160_000))

CHARSETS = {"utf-8": 60, "us-ascii": 25, "iso-8859-1": 8, "windows-1252": 5, "gbk": 2}


def charset(rng: Random) -> str:
    """Return one of the charsets met in archives, about as often as they are met."""
    return rng.choices(tuple(CHARSETS), tuple(CHARSETS.values()))[0]
