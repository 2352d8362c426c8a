"""What came of cases, on the desk: the owner says it on a page or by command; the digest asks once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anlass.desk.cases.inbox import Line, line_of
from anlass.desk.voice.common import Lang
from anlass.ledger.outcome import AT_ONCE, FADED, RIPE, CameOf, Outcomes, outcomes
from anlass.store.book import Book

SHOWN = 200
"""Cases that a page lists; the newest are shown."""


@dataclass(frozen=True, slots=True)
class Came:
    """One case with what came of it, `None` where nothing is said; `before` is what was said before."""

    line: Line
    came: CameOf | None
    before: CameOf | None = None


@dataclass(frozen=True, slots=True)
class OutcomeSheet:
    """How many requests became what, and the cases behind it; `older` are not listed."""

    sums: Outcomes
    cases: tuple[Came, ...]
    older: int


def say_outcome(book: Book, case_id: str, came: CameOf | None, *, now: datetime, lang: Lang) -> Came:
    """Hear what came of a case; `None` takes the word back. Raises `NotFound`."""
    kept = book.case(case_id)
    before = book.outcomes.of(kept.id)
    if came is not before:
        with book.together():
            book.outcomes.say(kept.id, came, now=now)
            told = {"came": came.value if came else None, "before": before.value if before else None}
            book.note("outcome", about=kept.id, content=told, now=now)
    return Came(line_of(kept, now, lang), came, before)


def outcome_sheet(book: Book, only: CameOf | None = None, *, now: datetime, lang: Lang) -> OutcomeSheet:
    """Return what came of all answered cases, and the cases of one outcome or all, newest first."""
    told = book.outcomes.all()
    found = [(id_, came) for id_, came in told if only is None or came is only]
    shown = tuple(Came(line_of(book.case(id_), now, lang), came) for id_, came in found[:SHOWN])
    return OutcomeSheet(outcomes(came for _, came in told), shown, max(0, len(found) - SHOWN))


def ripe(book: Book, *, now: datetime) -> tuple[str, ...]:
    """Return the cases to ask about now: answered, months old, never asked about before."""
    return book.outcomes.ripe(since=now - FADED, until=now - RIPE, limit=AT_ONCE)
