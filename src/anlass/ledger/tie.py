"""What follows from the encounters: countable facts first, a number second.

The number is tie v1. With the age `a` of an encounter in days, `n` humans on the
other side and a half-life `h` of 180 days (for `lifetime`: none):

    out   = sum over letters of the owner of  1/n * 2^(-a/h)      in: the same for theirs
    S     = min(out, in) + 3 * sum over meetings of 2^(-a/h) + sum over cards of 2^(-a/h)
    score = 100 * (1 - 2^(-S/3))

The lesser of both directions counts, so nobody can write himself into a tie.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from math import exp2, fsum
from statistics import median

from anlass.ledger.encounter import UNDATED, Encounter, EncounterKind

HALF_LIFE = 180.0
"""Days after which an encounter weighs half."""

_MEETING, _CARD = 3.0, 1.0
_TURNS, _THREADS = 3, 2
_EXCHANGES, _GAPS = 5, 8
_LETTERS = (EncounterKind.MAIL_IN, EncounterKind.MAIL_OUT)


class TieLevel(StrEnum):
    """How much is shared, by countable facts."""

    STRANGER = "stranger"
    """Nothing is proven, or only letters that the owner never answered."""
    ACQUAINTED = "acquainted"
    """A card, a meeting, an introduction or a letter of the owner, but less than being in touch."""
    IN_TOUCH = "in touch"
    """At least three turns in two threads, or one meeting and one turn."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What the owner and one person share.

    `mails_in` and `mails_out` are plain counts of direct human mail, `first`, `last`,
    `last_in` and `last_out` their plain dates; `proven` says how many of these letters
    rest on authentication or on the owner's own acts. All else counts only what is
    proven: `turns` are letters that answer one of the other side, `threads` the threads
    with a letter, `places` where the two met, oldest first. `score` runs from 0 to 100
    (half-life 180 days), `lifetime` is the same without decay. `is_dormant`: at least
    five exchanges, and silent for more than eight times the usual gap.
    """

    level: TieLevel
    mails_in: int = 0
    mails_out: int = 0
    turns: int = 0
    threads: int = 0
    meetings: int = 0
    cards: int = 0
    introductions: int = 0
    proven: int = 0
    score: float = 0.0
    lifetime: float = 0.0
    is_dormant: bool = False
    first: datetime | None = None
    last: datetime | None = None
    last_in: datetime | None = None
    last_out: datetime | None = None
    places: tuple[str, ...] = ()


def tie_of(encounters: Iterable[Encounter], *, at: datetime) -> Tie:
    """Return the tie that follows from `encounters` as it stands at the moment `at`.

    Their order does not matter. What is dated after `at` (clocks go wrong) counts as of `at`.
    """
    told = tuple(encounters)
    proven = tuple(encounter for encounter in told if encounter.is_proven)
    turns = tuple(e for e in proven if e.is_turn and e.kind in _LETTERS)
    meetings = _count(proven, EncounterKind.MEETING)
    strength = _strength(proven, at=at, half_life=HALF_LIFE)
    return Tie(
        level=_level(proven, turns, meetings=meetings),
        mails_in=_count(told, EncounterKind.MAIL_IN),
        mails_out=_count(told, EncounterKind.MAIL_OUT),
        turns=len(turns),
        threads=len({e.thread for e in proven if e.kind in _LETTERS}),
        meetings=meetings,
        cards=_count(proven, EncounterKind.CARD),
        introductions=_count(proven, EncounterKind.INTRODUCTION),
        proven=sum(e.kind in _LETTERS for e in proven),
        score=_score(strength),
        lifetime=_score(_strength(proven, at=at, half_life=None)),
        is_dormant=_is_dormant(proven, at=at),
        first=min(_dates(told), default=None),
        last=max(_dates(told), default=None),
        last_in=max(_dates(told, EncounterKind.MAIL_IN), default=None),
        last_out=max(_dates(told, EncounterKind.MAIL_OUT), default=None),
        places=_places(proven),
    )


def _level(proven: Sequence[Encounter], turns: Sequence[Encounter], *, meetings: int) -> TieLevel:
    """Name the level; each condition can only become true by adding, never false.

    The turns must lie in two threads: a further letter that nobody answered makes no second one.
    """
    threads = len({e.thread for e in turns})
    if (len(turns) >= _TURNS and threads >= _THREADS) or (meetings and turns):
        return TieLevel.IN_TOUCH
    if turns or any(e.kind is not EncounterKind.MAIL_IN for e in proven):
        return TieLevel.ACQUAINTED
    return TieLevel.STRANGER


def _strength(proven: Sequence[Encounter], *, at: datetime, half_life: float | None) -> float:
    """Return S; `fsum` is exact, so that the order of the encounters cannot show."""

    def total(kind: EncounterKind) -> float:
        return fsum(
            _share(e) * (1.0 if half_life is None else exp2(-_age(e, at) / half_life))
            for e in proven
            if e.kind is kind
        )

    letters = min(total(EncounterKind.MAIL_IN), total(EncounterKind.MAIL_OUT))
    return letters + _MEETING * total(EncounterKind.MEETING) + _CARD * total(EncounterKind.CARD)


def _share(encounter: Encounter) -> float:
    """Return a letter's weight for one of its readers; a meeting is one for everybody there."""
    return 1.0 / max(1, encounter.others) if encounter.kind in _LETTERS else 1.0


def _score(strength: float) -> float:
    return 100.0 * (1.0 - exp2(-strength / 3.0))


def _age(encounter: Encounter, at: datetime) -> float:
    """Return the age in days, never negative."""
    return max(0.0, (at - encounter.when).total_seconds() / 86_400)


def _is_dormant(proven: Sequence[Encounter], *, at: datetime) -> bool:
    """Tell whether a rhythm of letters and meetings has stopped.

    A gap lies between two days with contact: five letters within one afternoon are a
    lively day and no rhythm of minutes. Where there was only one day, the gap is that day.
    """
    told = [e for e in proven if e.kind in (*_LETTERS, EncounterKind.MEETING) and e.when != UNDATED]
    if len(told) < _EXCHANGES:
        return False
    days = sorted({min(e.when, at).date() for e in told})
    usual = median((later - earlier).days for earlier, later in pairwise(days)) if len(days) > 1 else 1
    return min(_age(e, at) for e in told) > _GAPS * usual


def _count(encounters: Iterable[Encounter], kind: EncounterKind) -> int:
    return sum(e.kind is kind for e in encounters)


def _dates(encounters: Iterable[Encounter], *kinds: EncounterKind) -> Iterable[datetime]:
    return (e.when for e in encounters if e.when != UNDATED and (not kinds or e.kind in kinds))


def _places(proven: Sequence[Encounter]) -> tuple[str, ...]:
    """Return where the two met, in order of the first time there, each place once."""
    met = sorted((e.when, e.where) for e in proven if e.where and e.kind is EncounterKind.MEETING)
    return tuple(dict.fromkeys(where for _, where in met))
