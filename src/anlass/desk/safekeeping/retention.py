"""How long cases stay: what was done and untouched for as long as the owner chose is deleted, provably.

A case that waits, is asked, watched or blocked stays, and so does one with a letter on its way or an ask
still open on a network. The ledger stays too: who wrote to whom is no case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from anlass.desk.house.preferences import preferences
from anlass.store.book import Book

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class LetGo:
    """What was deleted: so many cases untouched since `before`; `left` rows still name one, which is none."""

    cases: int
    before: datetime
    left: int = 0


def due(book: Book, years: int, *, now: datetime) -> int:
    """Return how many cases would be deleted today were they kept for so many years; 0 years is for ever."""
    return book.forgetting.count(_limit(years, now)) if years else 0


def let_go(book: Book, *, now: datetime) -> LetGo | None:
    """Delete the cases that stayed as long as the owner chose, and write it down; `None`: there were none.

    What is deleted and the line in the journal are one, so that a program that dies leaves both or neither.
    """
    years = preferences(book).keep_years
    if not years:
        return None
    before, cases, left = _limit(years, now), 0, 0
    while some := book.forgetting.over(before, limit=_AT_ONCE):
        with book.together():
            now_left = book.forgetting.forget(some)
            told = {"cases": len(some), "before": before.date().isoformat(), "left": now_left}
            book.note("let_go", content=told, now=now)
        cases, left = cases + len(some), left + now_left
    if not cases:
        return None
    book.forgetting.settle()
    return LetGo(cases, before, left)


def _limit(years: int, now: datetime) -> datetime:
    """Return the same day so many years ago; the 29th of February is the 28th there."""
    day = 28 if (now.month, now.day) == (2, 29) else now.day
    return now.replace(year=now.year - years, day=day)
