"""Who brought whom: a person in touch writes one letter to the owner and to somebody new.

Such a letter says more than its words: who writes it puts two people who do not know each other into one
letter, and answers for both. What it takes is looked up by date, never by the order of reading:

- The writer was in touch with the owner before the letter, or the owner calls them close.
- The owner stands in To or Cc, with at most three others. A circular introduces nobody.
- The other was a stranger until then: nothing that was proven had come of either.
- The other did not stand in this thread before: who answers to all brings nobody.

Each introducer brings somebody once; of several letters the first counts, a proven one before all others. An
introduction is proven where its letter is, or where the owner wrote to the newcomer in the same thread.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from anlass.ledger.encounter import UNDATED, Encounter, EncounterKind
from anlass.ledger.tie import THREADS, TURNS, turns_of

FEW = 3
"""Others whom a letter may address beside the owner: more are a crowd, and nobody was brought."""


@dataclass(frozen=True, slots=True)
class JointLetter:
    """A letter of `writer` that addresses the owner and `others`; all are ids of persons.

    `thread` tells threads apart. `is_proven` says that it surely is the writer's.
    """

    id: str
    thread: int
    when: datetime
    writer: str
    others: tuple[str, ...]
    is_proven: bool


@dataclass(frozen=True, slots=True)
class Introduction:
    """The letter in which `by` brought `newcomer`; both are ids of persons."""

    letter: JointLetter
    by: str
    newcomer: str
    is_proven: bool


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """What was the case, and since when, as introductions need it; persons are ids.

    `known`: since when somebody is in touch with the owner. `met`: since when somebody is more than a
    stranger. `there`: since when somebody stands in a thread. `answered`: to whom the owner wrote in one.
    """

    known: Mapping[str, datetime]
    met: Mapping[str, datetime]
    there: Mapping[tuple[int, str], datetime]
    answered: Collection[tuple[int, str]] = ()


def introductions(letters: Iterable[JointLetter], before: Acquaintance) -> tuple[Introduction, ...]:
    """Return who brought whom, oldest first; the order of the letters is nothing."""
    found: dict[tuple[str, str], Introduction] = {}
    for one in sorted((each for letter in letters for each in _brought(letter, before)), key=_worth):
        found.setdefault((one.by, one.newcomer), one)
    return tuple(sorted(found.values(), key=lambda one: (one.letter.when, one.letter.id, one.newcomer)))


def in_touch_since(encounters: Iterable[Encounter]) -> datetime | None:
    """Return the moment at which two people came to be in touch, by what has a date; `None`: they are not."""
    dated = sorted((one for one in encounters if one.when != UNDATED), key=_when, reverse=True)
    # Of the messages of one day the last one handed in counts: so it is the first of the day.
    turns = sorted(turns_of(dated), key=_when)
    threads: set[str] = set()
    moments = []
    for number, turn in enumerate(turns, start=1):
        threads.add(turn.thread)
        if number >= TURNS and len(threads) >= THREADS:
            moments.append(turn.when)
            break
    meetings = [one.when for one in dated if one.kind is EncounterKind.MEETING and one.is_proven]
    if turns and meetings:
        moments.append(max(turns[0].when, min(meetings)))
    return min(moments, default=None)


def _brought(letter: JointLetter, before: Acquaintance) -> Iterator[Introduction]:
    """Yield whom one letter brings."""
    others = dict.fromkeys(one for one in letter.others if one != letter.writer)
    since = before.known.get(letter.writer)
    if since is None or since >= letter.when or len(others) > FEW:
        return
    for one in others:
        is_new = before.met.get(one, letter.when) >= letter.when
        if is_new and before.there.get((letter.thread, one), letter.when) >= letter.when:
            is_proven = letter.is_proven or (letter.thread, one) in before.answered
            yield Introduction(letter, letter.writer, one, is_proven)


def _worth(one: Introduction) -> tuple[bool, datetime, str]:
    return not one.is_proven, one.letter.when, one.letter.id


def _when(one: Encounter) -> datetime:
    return one.when
