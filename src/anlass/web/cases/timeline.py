"""Draw what two people share as one thin line of time: where each mark stands, in percent.

The picture says nothing that the sentence beside it and the table behind it do not say.
Letters from the other side rise above the line, the owner's letters hang below it,
meetings and introductions sit on it, cards stand above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from anlass.desk.cases.inbox import Shared
from anlass.desk.voice.common import Lang, day_and_month
from anlass.ledger import EncounterKind

_LEFT, _RIGHT = 1.0, 99.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: what it is, and where it stands, from 0 to 100 percent of the width."""

    kind: EncounterKind
    x: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The marks in order of time, the kinds among them, and the two dates at the ends of the line."""

    marks: tuple[Mark, ...]
    kinds: tuple[EncounterKind, ...]
    begins: str
    ends: str


def timeline(shared: Sequence[Shared], *, now: datetime, lang: Lang) -> Timeline | None:
    """Place the encounters between the first of them and `now`; `None` where fewer than two can be placed.

    Marks of one kind that would cover each other are drawn once, so that a thousand
    letters cost no more than the line has room for.
    """
    past = [(one.kind, one.when) for one in shared if one.when and one.when <= now]
    if len(past) < 2:
        return None
    first = min(when for _, when in past)
    span = max((now - first).total_seconds(), 1.0)
    places = {(kind, _place((when - first).total_seconds() / span)): None for kind, when in past}
    marks = tuple(Mark(kind, f"{x:.1f}%") for kind, x in places)
    kinds = tuple(kind for kind in EncounterKind if any(mark.kind is kind for mark in marks))
    begins, ends = day_and_month(first, now, lang), day_and_month(now, now, lang)
    return Timeline(marks, kinds, begins, ends)


def _place(share: float) -> float:
    return round((_LEFT + share * (_RIGHT - _LEFT)) * 2) / 2
