"""The inbox, part by part: who waits for what, what was said to whom, and what is looked for among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from anlass.desk.cases.inbox import Book, Line, line_of
from anlass.desk.cases.version import marks_of
from anlass.desk.cases.voice import SPEAKS, draft_says, letter_says, said_word
from anlass.desk.decisions.deciding import Choice, holding, stood_on_all
from anlass.desk.voice.common import Lang, today
from anlass.intake import Channel
from anlass.store.book import Book as Memory
from anlass.store.cases.inbox import Found, Glanced, Place, Wanted
from anlass.store.cases.kept import CaseState, KeptCase

PAGE = 25
"""Cases on one page of the inbox."""
ALL = Wanted()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands: `mark` to be compared later, what the owner said to it, where its letter is."""

    mark: str = ""
    said: str = ""
    letter: str = ""
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class Inbox:
    """One part of the inbox, in groups; `newer` and `older` are where the parts beside it begin."""

    today: str
    groups: tuple[tuple[CaseState, tuple[tuple[Line, Standing], ...]], ...]
    newer: str = ""
    older: str = ""


def inbox(
    book: Book,
    *,
    now: datetime,
    lang: Lang,
    wanted: Wanted = ALL,
    after: Place | None = None,
    before: Place | None = None,
    memory: Memory | None = None,
) -> Inbox:
    """Return the part of the inbox behind a place or before it, as it looks at `now`.

    With a `memory` it tells what the owner said to each case. Where nothing lies behind a place, the
    beginning is shown.
    """
    found = book.inbox.part(wanted, limit=PAGE, after=after, before=before)
    if not found.cases and (after or before):
        found = book.inbox.part(wanted, limit=PAGE)
    return inbox_found(found, wanted, now=now, lang=lang, memory=memory)


def inbox_found(
    found: Found, wanted: Wanted, *, now: datetime, lang: Lang, memory: Memory | None = None
) -> Inbox:
    """Return what was found as the inbox shows it."""
    stand = standings(memory, found, now=now, lang=lang) if memory else {}
    lines = ((line_of(kept, now, lang), stand.get(kept.id, Standing())) for _, kept in found.cases)
    groups = [(state, tuple(some)) for state, some in groupby(lines, key=lambda one: one[0].state)]
    if wanted.is_narrow:
        groups = [(CaseState.WAITING, tuple(one for _, some in groups for one in some))] if groups else []
    places = [str(place) for place, _ in found.cases]
    return Inbox(
        today(now, lang),
        tuple(groups),
        places[0] if places and found.has_newer else "",
        places[-1] if places and found.has_older else "",
    )


def standings(memory: Memory, found: Found, *, now: datetime, lang: Lang) -> Mapping[str, Standing]:
    """Return how these cases stand."""
    cases = [kept for _, kept in found.cases]
    return dict(_standings(memory, cases, now, lang))


def standing_of(memory: Memory, kept: KeptCase, *, now: datetime, lang: Lang) -> Standing:
    """Return how one case stands."""
    return next(one for _, one in _standings(memory, [kept], now, lang))


def _standings(
    memory: Memory, cases: Sequence[KeptCase | Glanced], now: datetime, lang: Lang
) -> Iterator[tuple[str, Standing]]:
    marks = marks_of(memory, cases)
    ids = [kept.id for kept in cases]
    words, letters = stood_on_all(memory, ids), memory.inbox.letters(ids)
    for kept in cases:
        said, letter = holding(kept, words.get(kept.id)), letters.get(kept.id)
        tells = ""
        if letter is not None and not letter.is_gone:
            tells = letter_says(letter.when, now, lang)
        elif said in SPEAKS and letter is None and kept.answered_at is None and _is_by_letter(kept):
            tells = draft_says(lang)
        yield kept.id, Standing(marks[kept.id], said_word(said, lang) if said else "", tells, said)


def _is_by_letter(kept: KeptCase | Glanced) -> bool:
    return kept.case.request.channel in {Channel.MAIL, Channel.FORM}
