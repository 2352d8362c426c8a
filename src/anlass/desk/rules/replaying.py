"""Trying house rules on the owner's own past: fetch it, let the rules think, count.

The past is every case, and the first letter of everybody the owner is in touch with today. Those
letters are no cases, for nobody screens people who are known; but they are the very letters that
house rules must not have turned away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from anlass.bootstrap import Home, make_doorman
from anlass.desk.learning.teaching import as_taught
from anlass.intake import (
    ContactRequest,
    Recipient,
    SetAside,
    Surroundings,
    normalise,
    parse,
)
from anlass.ledger import UNDATED, Encounter, EncounterKind, Tie, TieLevel
from anlass.litmus.panel import Panel
from anlass.people import Person
from anlass.policy import Action, Policy
from anlass.policy.past import Became, Past, Told
from anlass.policy.replay import Replayed, replay
from anlass.sources import reread
from anlass.store.book import Book

_IN = (EncounterKind.MAIL_IN, EncounterKind.MESSAGE_IN)
_OUT = (EncounterKind.MAIL_OUT, EncounterKind.MESSAGE_OUT)
_MOST_FIRST_LETTERS = 2_000
_NO_TIE = Tie(TieLevel.STRANGER)


@dataclass(frozen=True, slots=True)
class Tried:
    """The past under one or more policies: for each policy every case, in the same order, newest first."""

    cases: tuple[tuple[Replayed, ...], ...]
    first_letters: int


def try_on_past(
    home: Home, policies: Sequence[Policy], *, now: datetime, since: datetime | None = None
) -> Tried:
    """Return what these policies would have done to the requests since then."""
    rows = list(replay(policies, home.book.past.cases(since=since)))
    first = list(replay(policies, _first_letters(home, now=now, since=since)))
    rows = sorted((*rows, *first), key=lambda row: (row[0].came, row[0].id), reverse=True)
    return Tried(tuple(zip(*rows, strict=True)) if rows else tuple(() for _ in policies), len(first))


def try_on_newest(home: Home, policies: Sequence[Policy], *, limit: int) -> Tried:
    """Return the same for the newest cases alone: quick enough to be looked at while writing."""
    rows = list(replay(policies, home.book.past.cases(limit=limit)))
    return Tried(tuple(zip(*rows, strict=True)) if rows else tuple(() for _ in policies), 0)


def _first_letters(home: Home, *, now: datetime, since: datetime | None) -> Iterator[Past]:
    """Yield the first letters of those in touch today, read as the letters of strangers they were."""
    book = home.book
    close = (line.person for line in book.people(at=now) if line.tie.level is TieLevel.IN_TOUCH)
    people = list(islice(close, _MOST_FIRST_LETTERS))
    if not people:
        return
    shipped, _ = make_doorman(home.settings, home.lang, book)
    panel = as_taught(shipped, book).panel
    recipient = Recipient(home.settings.owner.name, home.settings.owner.about)
    around = Surroundings(book.owner_addresses(), recipient, book.trusted())
    for person in people:
        past = _first_letter(book, panel, person, around)
        if past is not None and (since is None or past.came >= since):
            yield past


def _first_letter(book: Book, panel: Panel, person: Person, around: Surroundings) -> Past | None:
    """Return what one person first wrote out of the blue; `None` where the owner wrote first."""
    written = [e for e in book.encounters_with(person) if e.kind in (*_IN, *_OUT) and e.when != UNDATED]
    first = written[0] if written else None
    if first is None or first.kind is not EncounterKind.MAIL_IN:
        return None
    if book.cases(person=person.id, limit=0).total:
        return None
    request = _reread(book, first, around)
    if request is None:
        return None
    told = Told(request, person, panel.read(request), _NO_TIE)
    later = [one for one in written if one.when > first.when]
    answered = any(one.kind in _OUT for one in later)
    became = Became(answered, answered and any(one.kind in _IN and one.is_turn for one in later))
    return Past(request.id, first.when, told, (), Action.HOLD, became)


def _reread(book: Book, encounter: Encounter, around: Surroundings) -> ContactRequest | None:
    """Read a letter again from where it lies; `None` where it is gone, or was no request."""
    _, _, letter = encounter.source.partition("letter:")
    for place in book.origins(letter or encounter.id):
        raw = reread(place)
        message = parse(raw, place) if raw is not None else None
        if message is not None and not isinstance(message, SetAside):
            met = normalise(message, around)
            return met if isinstance(met, ContactRequest) else None
    return None
