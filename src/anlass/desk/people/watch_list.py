"""The watch list: people kept in mind without being accepted; each entry has a clock, and wakes by itself.

Whoever a house rule put there is on it without a word of the owner's, for half a year from their letter on.
What wakes an entry gives its request back to the owner; time alone gives nothing back, it is only said here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from anlass.desk.people.blocked import refuse_blocked
from anlass.desk.people.persons import person_called
from anlass.errors import NotFound, Refused
from anlass.ledger import Tie, tie_of
from anlass.ledger.watch import LONG, Wake, WakeKind, Watch, wake_of
from anlass.people import Person, word_id, word_ids
from anlass.store.book import Book, CaseState, KeptCase

_MOST = 1_000
"""Cases of the watch list that are looked at."""


@dataclass(frozen=True, slots=True)
class Watched:
    """One person on the watch list: the entry, what is shared, what woke it, and the request it began with.

    `by_rule` is there where a house rule put them on it and the owner said nothing.
    """

    person: Person
    entry: Watch
    tie: Tie
    wake: Wake | None
    case: KeptCase | None
    by_rule: bool = False


def watch_list(book: Book, *, at: datetime) -> tuple[Watched, ...]:
    """Return everybody on the watch list, those first whose entry woke, then by the end of their time.

    Whoever is blocked is on it again when the block ends; until then nothing wakes their entry.
    """
    return _listed(book, (*_entries(book, book.standings.watched(), at), *_by_rule(book, at)), at)


def watched(book: Book, person: Person, *, at: datetime) -> Watched | None:
    """Return how one person stands on the watch list; `None` where they do not.

    Nobody else's entry is looked at: a page of one person costs the same, however long the list is.
    """
    if not book.blocks.addresses().isdisjoint(word_ids(person)):
        return None
    entries = book.standings.watched(person.id)
    if entries:
        found = (_watched(book, person, entry, at) for entry in entries)
        return min(found, key=lambda one: (one.wake is None, one.entry.until or _never(at), one.entry.id))
    kept = next(iter(book.cases(CaseState.WATCHED, person=person.id, limit=1).cases), None)
    return None if kept is None else _put_by_rule(book, person, kept, at)


def put_on(book: Book, who: str, *, why: str = "", until: datetime | None = None, now: datetime) -> Watched:
    """Put somebody on the list, for half a year where no day is named; again renews why and until when.

    Raises `NotFound` for nobody, and `Refused` for a day that is past, or whoever is blocked.
    """
    person = person_called(book, who)
    refuse_blocked(book, person)
    if until is not None and until <= now:
        raise Refused("That day is past.")
    case = next(iter(book.cases(CaseState.WATCHED, person=person.id, limit=1).cases), None)
    entry = Watch(word_id(person), now, until or now + LONG, why, case.id if case else "")
    with book.together():
        for old in book.standings.watched(person.id):
            book.standings.watch(replace(old, ended_at=now))
            entry = replace(entry, why=why or old.why, case=entry.case or old.case)
        book.standings.watch(entry)
        told = {"why": entry.why, "until": entry.until.isoformat() if entry.until else None}
        book.note("watch", about=person.id, content=told, now=now)
    return _watched(book, person, entry, now)


def take_off(book: Book, who: str, *, now: datetime) -> Person:
    """Take somebody off the list, and end what waits only for that; raises `NotFound`."""
    person = person_called(book, who)
    entries = book.standings.watched(person.id)
    cases = book.cases(CaseState.WATCHED, person=person.id, limit=_MOST).cases
    if not entries and not cases:
        raise NotFound(f"{person.name} is not on the watch list.", hint="`anlass watch` shows who is.")
    with book.together():
        for entry in entries:
            book.standings.watch(replace(entry, ended_at=now))
        for kept in cases:
            book.set_state(kept.id, CaseState.DONE)
        book.note("unwatch", about=person.id, content={"cases": [kept.id for kept in cases]}, now=now)
    return person


def sleep_again(book: Book, kept: KeptCase, *, now: datetime) -> None:
    """Let what woke sleep again, from now on for this request: the owner keeps it in mind once more."""
    for entry in _of_case(book, kept):
        if not entry.is_asleep:
            until = entry.until if entry.until is None or entry.until > now else now + LONG
            book.standings.watch(replace(entry, again=now, until=until, case=kept.id))


def wake_again(book: Book, kept: KeptCase) -> None:
    """Take that back: what slept again for this request is awake, as it was."""
    for entry in _of_case(book, kept):
        if entry.again is not None and entry.case == kept.id:
            book.standings.watch(replace(entry, again=None))


def wake(book: Book, *, at: datetime) -> tuple[Watched, ...]:
    """Let the entries wake that something wakes; their requests wait for the owner again.

    Only entries of people of whom something came since are looked at, however long the list is; each wakes
    once, and lies awake until the owner ends it or keeps a request of theirs in mind again.
    """
    woken = []
    asleep = (one for one in book.standings.may_wake() if one.is_asleep)
    entries = _entries(book, asleep, at)
    for one in _listed(book, (*entries, *_by_rule(book, at, may_wake=True)), at):
        if one.wake is None or one.wake.kind is WakeKind.TIME:
            continue
        with book.together():
            book.standings.watch(replace(one.entry, woken=one.wake, again=None))
            if one.case is not None and one.case.state is CaseState.WATCHED:
                book.set_state(one.case.id, CaseState.WAITING)
            told = {"by": one.wake.kind.value, "when": one.wake.when.isoformat()}
            book.note("wake", about=one.person.id, content=told, now=at)
        woken.append(one)
    return tuple(woken)


def _listed(book: Book, found: Iterable[Watched], at: datetime) -> tuple[Watched, ...]:
    """Return these without whoever is blocked: who woke first, then by the end of their time."""
    blocked = book.blocks.addresses()
    return tuple(
        sorted(
            (one for one in found if blocked.isdisjoint(word_ids(one.person))),
            key=lambda one: (one.wake is None, one.entry.until or _never(at), one.entry.id),
        )
    )


def _entries(book: Book, entries: Iterable[Watch], at: datetime) -> Iterator[Watched]:
    for entry in entries:
        person = book.person(entry.person)
        if person is not None:
            yield _watched(book, person, entry, at)


def _of_case(book: Book, kept: KeptCase) -> tuple[Watch, ...]:
    person = book.person(kept.case.person.id) or kept.case.person
    return book.standings.watched(person.id)


def _by_rule(book: Book, at: datetime, *, may_wake: bool = False) -> Iterator[Watched]:
    """Yield whom a house rule put on the list: once each, by the newest request."""
    seen = set(book.standings.watched_persons())
    for case, whose, came in book.standings.watched_cases(limit=_MOST):
        if whose in seen:
            continue
        seen.add(whose)
        if came or not may_wake:
            kept = book.case(case)
            yield _put_by_rule(book, book.person(whose) or kept.case.person, kept, at)


def _put_by_rule(book: Book, person: Person, kept: KeptCase, at: datetime) -> Watched:
    """Return somebody whom a house rule put on the list for a request."""
    since = kept.case.request.arrived or kept.kept_at
    entry = Watch(word_id(person), since, since + LONG, case=kept.id)
    return replace(_watched(book, person, entry, at, began_with=kept), by_rule=True)


def _watched(
    book: Book, person: Person, entry: Watch, at: datetime, *, began_with: KeptCase | None = None
) -> Watched:
    encounters = book.encounters_with(person, at=at)
    later = (book.case(id_) for id_ in book.standings.reasons(person.id, since=entry.asleep_since))
    reasons = [
        when
        for kept in later
        if (when := kept.case.request.arrived) is not None
        and kept.id != entry.case
        and not kept.case.reading.unsure
    ]
    found = wake_of(entry, encounters, reasons, at=at) if entry.is_asleep else entry.woken
    return Watched(person, entry, tie_of(encounters, at=at), found, began_with or _case(book, entry))


def _case(book: Book, entry: Watch) -> KeptCase | None:
    try:
        return book.case(entry.case) if entry.case else None
    except NotFound:
        return None


def _never(at: datetime) -> datetime:
    return datetime.max.replace(tzinfo=at.tzinfo)
