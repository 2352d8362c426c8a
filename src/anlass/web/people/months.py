"""Draw the months of a tie: where each bar and each mark stands, in units of the picture.

Letters and messages to the owner rise above the line, those from the owner hang below it. Mail is a full
bar, messages lie beyond it as an empty one; meetings are circles, cards boxes, introductions rings, each
in a row of its own, with their number where there are several. The table below the picture says the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from anlass.desk.people.months import Months, Period
from anlass.desk.people.voice_of_ledger import months_say, period_says
from anlass.desk.voice.common import Lang
from anlass.ledger import EncounterKind

WIDTH, AXIS, REACH, ROW = 640, 64, 56, 20
"""The picture's width, where its line lies, how far the longest bar reaches, the height of a row of marks."""
_WAYS = (
    (-1, EncounterKind.MAIL_IN, EncounterKind.MESSAGE_IN),
    (1, EncounterKind.MAIL_OUT, EncounterKind.MESSAGE_OUT),
)
_MARKED = (EncounterKind.MEETING, EncounterKind.CARD, EncounterKind.INTRODUCTION)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its corner, its width and height, and the kind it counts."""

    kind: EncounterKind
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Sign:
    """One mark for what happened in a period, with its number where it is more than one."""

    kind: EncounterKind
    x: str
    y: int
    number: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture: its height, the bars and marks, the kinds among them, its two ends, and its table."""

    height: int
    bars: tuple[Bar, ...]
    signs: tuple[Sign, ...]
    kinds: tuple[EncounterKind, ...]
    begins: str
    ends: str
    table: tuple[tuple[str, str], ...]


def drawing(months: Months, lang: Lang) -> Drawing:
    """Place everything that happened, from the first period on the left to the last on the right."""
    pace = WIDTH / len(months.periods)
    rows = [kind for kind in _MARKED if months.has(kind)]
    bars: list[Bar] = []
    signs: list[Sign] = []
    for place, period in enumerate(months.periods):
        bars += _bars(period, place * pace, pace, months.most())
        for row, kind in enumerate(rows):
            if count := period.count(kind):
                number = str(count) if count > 1 else ""
                y = AXIS + REACH + ROW * (row + 1)
                signs.append(Sign(kind, f"{(place + 0.5) * pace:.1f}", y, number))
    return Drawing(
        height=AXIS + REACH + ROW * (len(rows) + 1),
        bars=tuple(bars),
        signs=tuple(signs),
        kinds=tuple(kind for kind in EncounterKind if months.has(kind)),
        begins=period_says(months.periods[0], months.step, lang),
        ends=period_says(months.periods[-1], months.step, lang),
        table=months_say(months, lang),
    )


def _bars(period: Period, left: float, pace: float, most: int) -> Iterator[Bar]:
    """Yield the bars of one period: mail next to the line, messages beyond it."""
    width = min(pace * 0.7, 24.0)
    x = left + (pace - width) / 2
    for way, mail, message in _WAYS:
        reached = 0.0
        for kind in (mail, message):
            height = REACH * period.count(kind) / most
            if height:
                y = AXIS + reached if way > 0 else AXIS - reached - height
                yield Bar(kind, f"{x:.1f}", f"{y:.1f}", f"{width:.1f}", f"{height:.1f}")
                reached += height
