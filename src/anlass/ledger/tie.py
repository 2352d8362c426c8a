"""What follows from the encounters: countable facts first, a number second.

The number is tie v1. With the age `a` of an encounter in days, `n` humans on the
other side and a half-life `h` of 180 days (for `lifetime`: none):

    out   = sum over what the owner wrote of  1/n * 2^(-a/h)      in: the same for theirs
    S     = min(out, in) + 3 * sum over meetings of 2^(-a/h) + sum over cards of 2^(-a/h)
    score = 100 * (1 - 2^(-S/3))

The lesser of both directions counts, so nobody can write himself into a tie.

Messages on networks come in crumbs: "Hi", "got a minute?", "about Friday". What one side
says in one conversation on one day weighs as one letter, and is one turn at most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from math import exp2, fsum
from statistics import median

from anlass.ledger.encounter import UNDATED, Encounter, EncounterKind

HALF_LIFE = 180.0
"""Days after which an encounter weighs half."""

MEETING, CARD = 3.0, 1.0
"""How many letters each way a meeting weighs, and a swap of cards."""
TURNS, THREADS = 3, 2
"""How many turns in how many threads make two people be in touch."""
_EXCHANGES, _GAPS = 5, 8
_IN = (EncounterKind.MAIL_IN, EncounterKind.MESSAGE_IN)
_OUT = (EncounterKind.MAIL_OUT, EncounterKind.MESSAGE_OUT)
_MAILS = (EncounterKind.MAIL_IN, EncounterKind.MAIL_OUT)
_MESSAGES = (EncounterKind.MESSAGE_IN, EncounterKind.MESSAGE_OUT)
_WRITTEN = _MAILS + _MESSAGES

_Unit = int | tuple[EncounterKind, str, date]
"""What is counted once: one letter, or what one side says in one thread on one day."""


class TieLevel(StrEnum):
    """How much is shared, by countable facts."""

    STRANGER = "stranger"
    """Nothing is proven, or only letters that the owner never answered."""
    ACQUAINTED = "acquainted"
    """A card, a meeting, an introduction or a word of the owner's, but less than being in touch."""
    IN_TOUCH = "in touch"
    """At least three turns in two threads, or one meeting and one turn."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What the owner and one person share.

    `mails_in` and `mails_out` are plain counts of direct human mail, `messages_in` and
    `messages_out` of messages on networks; `first`, `last`, `last_in` and `last_out` are
    the plain dates of all that the two did; `proven` says how many of the mails rest on authentication
    or on the owner's own acts. All else counts only what is proven: `turns` are letters
    and messages that answer the other side, `threads` the threads with one, `places` where
    the two met, oldest first. `score` runs from 0 to 100 (half-life 180 days), `lifetime`
    is the same without decay. `is_dormant`: at least five exchanges, and silent for more
    than eight times the usual gap.
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
    messages_in: int = 0
    messages_out: int = 0


@dataclass(frozen=True, slots=True)
class Silence:
    """How many days two people who wrote or met regularly have been silent, and the usual gap in days."""

    days: float
    usual: float

    @property
    def is_dormant(self) -> bool:
        """Tell whether it has lasted for more than eight times the usual gap."""
        return self.days > _GAPS * self.usual


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The usual gap, in days, between the days on which two people wrote or met, and when they did last."""

    usual: float
    latest: datetime

    def silence(self, at: datetime) -> Silence:
        """Return how long they have been silent by a moment."""
        return Silence(_days(self.latest, at), self.usual)


@dataclass(frozen=True, slots=True)
class Strength:
    """What the number is made of: the weights of all that counts, each kind by itself.

    `came` and `went` are letters and messages of either side, `meetings` and `cards` one each, before
    meetings count three times.
    """

    came: float = 0.0
    went: float = 0.0
    meetings: float = 0.0
    cards: float = 0.0

    @property
    def letters(self) -> float:
        """The lesser of both directions."""
        return min(self.came, self.went)

    @property
    def total(self) -> float:
        """S, from which the number follows."""
        return self.letters + MEETING * self.meetings + CARD * self.cards

    @property
    def score(self) -> float:
        """The number, from 0 to 100."""
        return score_of(self.total)


def score_of(total: float) -> float:
    """Return the number from 0 to 100 that follows from S."""
    return 100.0 * (1.0 - exp2(-total / 3.0))


def tie_of(encounters: Iterable[Encounter], *, at: datetime) -> Tie:
    """Return the tie that follows from `encounters` as it stands at the moment `at`.

    Their order does not matter. What is dated after `at` (clocks go wrong) counts as of `at`; only
    a meeting that is still to come is none.
    """
    told = tuple(e for e in encounters if e.kind is not EncounterKind.MEETING or e.when <= at)
    proven = tuple(encounter for encounter in told if encounter.is_proven)
    turns = turns_of(proven)
    silence = silence_of(proven, at=at)
    meetings = _count(proven, EncounterKind.MEETING)
    return Tie(
        level=level_by(proven, turns, meetings=meetings),
        mails_in=_count(told, EncounterKind.MAIL_IN),
        mails_out=_count(told, EncounterKind.MAIL_OUT),
        turns=len(turns),
        threads=len({e.thread for e in proven if e.kind in _WRITTEN}),
        meetings=meetings,
        cards=_count(proven, EncounterKind.CARD),
        introductions=_count(proven, EncounterKind.INTRODUCTION),
        proven=sum(e.kind in _MAILS for e in proven),
        score=weighed(proven, _faded(at)).score,
        lifetime=weighed(proven, _unfaded).score,
        is_dormant=silence is not None and silence.is_dormant,
        first=min(_dates(told), default=None),
        last=max(_dates(told), default=None),
        last_in=max(_dates(told, *_IN), default=None),
        last_out=max(_dates(told, *_OUT), default=None),
        places=_places(proven),
        messages_in=_count(told, EncounterKind.MESSAGE_IN),
        messages_out=_count(told, EncounterKind.MESSAGE_OUT),
    )


def strength_of(encounters: Iterable[Encounter], *, at: datetime, decays: bool = True) -> Strength:
    """Return what the number of a tie is made of as of `at`; without decay, that of all time."""
    proven = tuple(
        one
        for one in encounters
        if one.is_proven and (one.kind is not EncounterKind.MEETING or one.when <= at)
    )
    return weighed(proven, _faded(at) if decays else _unfaded)


def level_of(*, turns: int, threads: int, meetings: int, is_acquainted: bool) -> TieLevel:
    """Name the level of so many turns in so many threads, and so many meetings.

    `is_acquainted`: anything is proven beside the other side's letters. Each condition can only become
    true by adding, never false. The turns must lie in two threads: a further letter that nobody answered
    makes no second one.
    """
    if (turns >= TURNS and threads >= THREADS) or (meetings and turns):
        return TieLevel.IN_TOUCH
    return TieLevel.ACQUAINTED if turns or is_acquainted else TieLevel.STRANGER


def level_by(proven: Sequence[Encounter], turns: Sequence[Encounter], *, meetings: int) -> TieLevel:
    """Name the level of what is proven, of which these are the turns."""
    return level_of(
        turns=len(turns),
        threads=len({e.thread for e in turns}),
        meetings=meetings,
        is_acquainted=any(e.kind not in _IN for e in proven),
    )


def weighed(proven: Iterable[Encounter], fading: Callable[[Encounter], float]) -> Strength:
    """Return the weights of what is proven, given what time leaves of each.

    `fsum` is exact, so that the order of the encounters cannot show.
    """
    heaviest: dict[EncounterKind, dict[_Unit, float]] = {}
    for unit, one in _units(proven):
        found = heaviest.setdefault(one.kind, {})
        found[unit] = max(found.get(unit, 0.0), _share(one) * fading(one))

    def total(*kinds: EncounterKind) -> float:
        return fsum(weight for kind in kinds for weight in heaviest.get(kind, {}).values())

    return Strength(total(*_IN), total(*_OUT), total(EncounterKind.MEETING), total(EncounterKind.CARD))


def _faded(at: datetime) -> Callable[[Encounter], float]:
    return lambda one: exp2(-_age(one, at) / HALF_LIFE)


def _unfaded(_one: Encounter) -> float:
    return 1.0


def _units(encounters: Iterable[Encounter]) -> Iterator[tuple[_Unit, Encounter]]:
    """Yield each encounter with what it is counted as: messages of one side, thread and day are one."""
    for number, one in enumerate(encounters):
        yield (one.kind, one.thread, one.when.date()) if one.kind in _MESSAGES else number, one


def _by_the_day(encounters: Iterable[Encounter]) -> tuple[Encounter, ...]:
    """Return mails as they are, and of the messages of one side, thread and day only one."""
    return tuple(dict(_units(encounters)).values())


def _share(encounter: Encounter) -> float:
    """Return the weight of what was written for one of its readers; a meeting is one for everybody there."""
    return 1.0 / max(1, encounter.others) if encounter.kind in _WRITTEN else 1.0


def _age(encounter: Encounter, at: datetime) -> float:
    """Return the age in days, never negative."""
    return _days(encounter.when, at)


def _days(since: datetime, at: datetime) -> float:
    return max(0.0, (at - since).total_seconds() / 86_400)


def silence_of(encounters: Iterable[Encounter], *, at: datetime) -> Silence | None:
    """Return how long a rhythm of letters and meetings is silent by `at`; `None` where there was none."""
    rhythm = rhythm_of(encounters, at=at)
    return None if rhythm is None else rhythm.silence(at)


def rhythm_of(encounters: Iterable[Encounter], *, at: datetime) -> Rhythm | None:
    """Return the rhythm of what happened by `at`; `None` where there was none.

    A gap lies between two days with contact: five letters within one afternoon are a
    lively day and no rhythm of minutes. Where there was only one day, the gap is that day.
    """
    kinds = (*_WRITTEN, EncounterKind.MEETING)
    told = [e for e in encounters if e.is_proven and e.kind in kinds and e.when != UNDATED]
    told = [e for e in told if e.kind is not EncounterKind.MEETING or e.when <= at]
    if len(_by_the_day(told)) < _EXCHANGES:
        return None
    days = sorted({min(e.when, at).date() for e in told})
    usual = median((later - earlier).days for earlier, later in pairwise(days)) if len(days) > 1 else 1
    return Rhythm(float(usual), max(e.when for e in told))


def turns_of(encounters: Iterable[Encounter]) -> tuple[Encounter, ...]:
    """Return the turns among the encounters that count, those of messages once a day."""
    return _by_the_day(e for e in encounters if e.is_proven and e.is_turn and e.kind in _WRITTEN)


def _count(encounters: Iterable[Encounter], kind: EncounterKind) -> int:
    return sum(e.kind is kind for e in encounters)


def _dates(encounters: Iterable[Encounter], *kinds: EncounterKind) -> Iterable[datetime]:
    """Return the dates of these kinds, or of all that the two did; an introduction somebody else did."""
    wanted = kinds or tuple(kind for kind in EncounterKind if kind is not EncounterKind.INTRODUCTION)
    return (e.when for e in encounters if e.when != UNDATED and e.kind in wanted)


def _places(proven: Sequence[Encounter]) -> tuple[str, ...]:
    """Return where the two met, in order of the first time there, each place once."""
    met = sorted((e.when, e.where) for e in proven if e.where and e.kind is EncounterKind.MEETING)
    return tuple(dict.fromkeys(where for _, where in met))
