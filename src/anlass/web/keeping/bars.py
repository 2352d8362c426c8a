"""Draw the time ledger: minutes asked and given, and requests, as bars side by side, a place for each month.

Asked is an empty bar, given a full one that stands in it: the two are told apart without colour. The
table below the pictures says the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anlass.desk.time.voice import month_says
from anlass.desk.voice.common import Lang
from anlass.ledger.time import MonthOfYear, Number, Times

WIDTH, HEIGHT, TOP = 640, 110, 4
"""The picture's width, where its line lies, and the space above the longest bar."""
MOST = 24
"""Months in one picture; the last ones are drawn."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: which number it shows, its corner, its width and height."""

    number: Number
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Bars:
    """One picture: its bars, the highest value and what the first and last month are called."""

    bars: tuple[Bar, ...]
    most: int
    begins: str
    ends: str


def bars(months: Sequence[tuple[MonthOfYear, Times]], numbers: Sequence[Number], lang: Lang) -> Bars:
    """Place a bar for each number of each of the last months, later ones in front of earlier ones."""
    shown = months[-MOST:]
    most = max((times.of(number) for _, times in shown for number in numbers), default=0)
    pace = WIDTH / max(len(shown), 12)
    width = min(pace * 0.62, 30.0)
    drawn = [
        _bar(number, place * pace + (pace - width) / 2, width, (HEIGHT - TOP) * amount / most)
        for place, (_, times) in enumerate(shown)
        for number in numbers
        if (amount := times.of(number))
    ]
    return Bars(tuple(drawn), most, month_says(shown[0][0], lang), month_says(shown[-1][0], lang))


def _bar(number: Number, x: float, width: float, height: float) -> Bar:
    return Bar(number, f"{x:.1f}", f"{HEIGHT - height:.1f}", f"{width:.1f}", f"{height:.1f}")
