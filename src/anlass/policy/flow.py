"""The way of many requests as one flow: what was asked, how it read, what the rules did, what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from anlass.litmus import Asks
from anlass.policy.decision import Words
from anlass.policy.labels import ACTIONS, ASKS, VERDICTS
from anlass.policy.replay import Replayed


class End(StrEnum):
    """What came of a request in the end."""

    IN_LETTERS = "in_letters"
    ANSWERED = "answered"
    NOTHING = "nothing"


ENDS = {
    End.IN_LETTERS: Words("ihr schreibt euch", "in correspondence"),
    End.ANSWERED: Words("du hast geantwortet", "you answered"),
    End.NOTHING: Words("keine Antwort", "no answer"),
}
HEADS = (
    Words("Gewünscht", "Asked for"),
    Words("Liest sich", "Reads"),
    Words("Hausordnung", "House rules"),
    Words("Was daraus wurde", "What came of it"),
)
_TOGETHER = {
    Asks.MEETING: Asks.CALL,
    Asks.LINK: Asks.SALE,
    Asks.COLLABORATION: Asks.JOB,
    Asks.INTRO: Asks.OTHER,
    Asks.EVENT: Asks.OTHER,
}
_ASKED = {
    Asks.CALL: Words("Gespräch", "call or meeting"),
    Asks.SALE: Words("Kauf oder Link", "sale or link"),
    Asks.JOB: Words("Arbeit", "work"),
}


@dataclass(frozen=True, slots=True)
class Stream:
    """So many requests that took the same way; `stops` has a name for each column."""

    stops: tuple[str, str, str, str]
    end: End
    count: int


def streams(cases: Iterable[Replayed], lang: str) -> tuple[Stream, ...]:
    """Return the ways of these requests, each once, in the order in which they are drawn."""
    found = Counter((_asked(one), one.verdict, one.first.action, _end(one)) for one in cases)
    order = {kind: n for n, kind in enumerate((*Asks, *VERDICTS, *ACTIONS, *End))}
    ways = sorted(found, key=lambda way: tuple(order[stop] for stop in way))
    return tuple(
        Stream(
            (
                (_ASKED.get(asks) or ASKS[asks]).in_(lang),
                VERDICTS[verdict].in_(lang),
                ACTIONS[action].in_(lang),
                ENDS[end].in_(lang),
            ),
            end,
            found[asks, verdict, action, end],
        )
        for asks, verdict, action, end in ways
    )


def orders(lang: str) -> tuple[tuple[str, ...], ...]:
    """Return for each column every name it can have, in the order in which they stand."""
    asked = (_ASKED.get(asks) or words for asks, words in ASKS.items() if asks not in _TOGETHER)
    columns = (asked, VERDICTS.values(), ACTIONS.values(), ENDS.values())
    return tuple(tuple(words.in_(lang) for words in column) for column in columns)


def _asked(one: Replayed) -> Asks:
    return _TOGETHER.get(one.asks, one.asks)


def _end(one: Replayed) -> End:
    if one.became.in_letters:
        return End.IN_LETTERS
    return End.ANSWERED if one.became.answered else End.NOTHING
