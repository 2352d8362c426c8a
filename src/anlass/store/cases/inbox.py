"""The inbox in the book: which cases, in which order, from which place on.

A page begins behind a place and not at a number, so the thousandth costs what the first does, and a case
that comes or goes meanwhile moves no other. Nothing is counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from anlass.intake import Channel, ContactRequest
from anlass.litmus import FindingKind, Reading, Verdict
from anlass.litmus.reply import SecondRound
from anlass.people import Person
from anlass.policy import Action
from anlass.store.cases.kept import CASE_COLUMNS, OF_PERSON, SHOWN, CaseState, KeptCase, kept_case
from anlass.store.cases.search import as_column, case_words, condition
from anlass.store.ground.mapping import digest64, made, moment, seconds, storable
from anlass.store.ground.sql import Tables
from anlass.store.ground.terms import Terms, terms_in
from anlass.store.history.marks import Spot
from anlass.store.people.persons import NAMED_BY_ADDRESS

if TYPE_CHECKING:
    from anlass.case import Case


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases are looked for: all of this holds of them; without anything, all cases.

    `words` is what the owner typed, `person` the id of somebody, `until` is left out.
    """

    words: str = ""
    state: CaseState | None = None
    action: Action | None = None
    channel: Channel | None = None
    verdict: Verdict | None = None
    lang: str = ""
    person: str = ""
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether more is asked for than a group."""
        return any(getattr(self, one.name) for one in fields(self) if one.name != "state")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list: right at a case. `arrived` is in seconds since 1970."""

    state: CaseState
    arrived: int
    id: str

    def __str__(self) -> str:
        return f"{self.state.value}.{self.arrived}.{self.id}"


@dataclass(frozen=True, slots=True)
class Glance:
    """What a list shows of a case; most of a case is why it was decided so, and what else was found."""

    request: ContactRequest
    person: Person
    reading: Reading
    second: SecondRound | None = None


@dataclass(frozen=True, slots=True)
class Glanced:
    """A case in the book as a list shows it."""

    id: str
    case: Glance
    answered_at: datetime | None
    state: CaseState


@dataclass(frozen=True, slots=True)
class Found:
    """A part of the list, in its order; whether more lie before it and behind it."""

    cases: tuple[tuple[Place, Glanced], ...]
    has_newer: bool
    has_older: bool


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """A letter to a case: whether it has left, and when it does or did."""

    is_gone: bool
    when: datetime


def place_at(text: str) -> Place | None:
    """Return the place that a text names; `None` where it names none."""
    state, _, rest = text.partition(".")
    arrived, _, id_ = rest.partition(".")
    is_number = arrived.removeprefix("-").isdecimal() and arrived.isascii() and len(arrived) < 15
    if state not in set(SHOWN) or not is_number or not id_ or len(text) > 120:
        return None
    return Place(CaseState(state), int(arrived), storable(id_))


_GONE = ("sent", "doubtful", "sending")
_LETTERS = """
SELECT request, state, COALESCE(sent_at, wait_from) FROM store_outgoing
WHERE owner_id = %(owner)s AND state IN ('waiting', 'sending', 'sent', 'doubtful') AND request IN (...)
ORDER BY made_at, id
"""


class InboxTables:
    """The inbox of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def part(
        self, wanted: Wanted, *, limit: int, after: Place | None = None, before: Place | None = None
    ) -> Found:
        """Return the part of the list behind a place, or the one right before it, else its beginning.

        Groups come one after the other, each newest first; where more is asked for than a group all come in
        one row, newest first.
        """
        terms = terms_in(wanted.words)
        if wanted.words and not terms:
            return Found((), has_newer=False, has_older=False)
        place, is_back = (before, True) if before else (after, False)
        rows = list(self._rows(wanted, terms, place, limit + 1, is_back=is_back))
        has_more, rows = len(rows) > limit, rows[:limit]
        if is_back:
            rows.reverse()
        return Found(tuple(rows), has_more if is_back else after is not None, is_back or has_more)

    def row(
        self, wanted: Wanted, *, limit: int, after: Spot | None = None
    ) -> tuple[tuple[KeptCase, ...], Spot | None]:
        """Return cases behind a spot in one row, newest first, and where they end; `None` behind the last.

        A list shows neither the rules that were tried nor what was shared: both are left out.
        """
        terms = terms_in(wanted.words)
        if wanted.words and not terms:
            return (), None
        place = Place(CaseState.WAITING, *after) if after else None
        ids = self._ids(wanted, terms, place, limit + 1, is_back=False)
        kept = self._listed([id_ for _, id_ in ids[:limit]])
        return tuple(kept), ids[limit - 1] if len(ids) > limit else None

    def glances(self, ids: Iterable[str]) -> Mapping[str, Glance]:
        """Return what a list shows of these cases, by their ids; who is not there is left out."""
        return {kept.id: kept.case for _, kept in self._cases(tuple(dict.fromkeys(ids)))}

    def _listed(self, ids: Sequence[str]) -> Iterator[KeptCase]:
        rows = self._tables.rows_in(
            "SELECT id, content, kept_at, answered_at, state FROM store_case"
            " WHERE owner_id = %(owner)s AND id IN (...)",
            ids,
        )
        found = {row[0]: row for row in rows}
        for id_, content, kept_at, answered, state in (found[id_] for id_ in ids if id_ in found):
            when = None if answered is None else moment(answered)
            yield KeptCase(id_, _untried(content), moment(kept_at), when, (), CaseState(state))

    def beside(self, kept: KeptCase) -> tuple[str, str]:
        """Return the cases of its group right before and right behind this one; empty where there is none."""
        row = self._tables.row(
            "SELECT arrived FROM store_case WHERE owner_id = %(owner)s AND id = %(id)s", id=kept.id
        )
        if row is None:
            return "", ""
        place = Place(kept.state, row[0], kept.id)
        found = [self._ids(Wanted(state=kept.state), Terms(), place, 1, is_back=way) for way in (True, False)]
        newer, older = (next((id_ for _, id_ in one), "") for one in found)
        return newer, older

    def letters(self, cases: Iterable[str]) -> Mapping[str, OnItsWay]:
        """Return the last letters to these cases that are to leave, or left."""
        rows = self._tables.rows_in(_LETTERS, cases)
        return {request: OnItsWay(state in _GONE, moment(when)) for request, state, when in rows}

    def called_otherwise(self) -> int:
        """Let cases be found by all names their person has now; return how many are found otherwise."""
        changed = 0
        rows = self._tables.rows(_CALLED)
        for (id_, before), told in groupby(rows, key=lambda row: row[:2]):
            names = sorted({text for row in told for text in row[2:] if text})
            called = digest64("\0".join(names)) if len(names) > _ONE_ADDRESS else 0
            if called != before:
                self._call(id_, names, called)
                changed += 1
        return changed

    def _call(self, id_: str, names: Sequence[str], called: int) -> None:
        row = self._tables.row(f"SELECT {CASE_COLUMNS} FROM store_case {_OF_ROW}", id=id_)
        if row:
            words = case_words(kept_case(row).case, names if called else ())
            self._tables.write(
                f"UPDATE store_case SET words = %(words)s, called = %(called)s {_OF_ROW}",
                id=id_,
                words=as_column(self._tables.owner, words, self._tables.vendor),
                called=called,
            )

    def _rows(
        self, wanted: Wanted, terms: Terms, place: Place | None, limit: int, *, is_back: bool
    ) -> Iterator[tuple[Place, Glanced]]:
        states = list(SHOWN)
        if wanted.is_narrow or wanted.state:
            parts = [wanted]
        else:
            first = states.index(place.state) if place else 0
            left = reversed(states[: first + 1]) if is_back and place else states[first:]
            parts = [replace(wanted, state=state) for state in left]
        for number, part in enumerate(parts):
            ids = self._ids(part, terms, None if number else place, limit, is_back=is_back)
            yield from self._cases([id_ for _, id_ in ids])
            limit -= len(ids)
            if limit <= 0:
                return

    def _ids(
        self, wanted: Wanted, terms: Terms, place: Place | None, limit: int, *, is_back: bool
    ) -> list[Spot]:
        """Return the spots of one part of the list; every condition is answered by an index alone."""
        holds, values = self._conditions(wanted, terms)
        if place is not None:
            holds += f" AND (arrived, id) {'>' if is_back else '<'} (%(arrived)s, %(place)s)"
            values |= {"arrived": place.arrived, "place": place.id}
        way = "" if is_back else " DESC"
        rows = self._tables.rows(
            f"SELECT arrived, id FROM store_case WHERE owner_id = %(owner)s{holds}"
            f" ORDER BY arrived{way}, id{way} LIMIT %(limit)s",
            limit=limit,
            **values,
        )
        return [(int(arrived), str(id_)) for arrived, id_ in rows]

    def _conditions(self, wanted: Wanted, terms: Terms) -> tuple[str, dict[str, object]]:
        holds, values = condition(self._tables.owner, terms, self._tables.vendor)
        for name in ("state", "action", "channel", "verdict", "lang"):
            if value := getattr(wanted, name):
                holds += f" AND {name} = %({name})s"
                values[name] = storable(str(value))
        if not wanted.state:
            holds += " AND state <> 'blocked'"
        if wanted.person:
            holds += f" AND {OF_PERSON}"
            values["person"] = storable(wanted.person)
        for name, sign in (("since", ">="), ("until", "<")):
            if when := getattr(wanted, name):
                holds += f" AND arrived {sign} %({name})s"
                values[name] = seconds(when)
        return holds, values

    def _cases(self, ids: Sequence[str]) -> Iterator[tuple[Place, Glanced]]:
        """Yield these cases in this order."""
        rows = self._tables.rows_in(
            "SELECT id, content, answered_at, state, arrived FROM store_case"
            " WHERE owner_id = %(owner)s AND id IN (...)",
            ids,
        )
        found = {row[0]: row for row in rows}
        for id_, content, answered, state, arrived in (found[id_] for id_ in ids if id_ in found):
            when = None if answered is None else moment(answered)
            kept = Glanced(id_, _glance(content), when, CaseState(state))
            yield Place(kept.state, arrived, id_), kept


@lru_cache(maxsize=256)
def _untried(content: str) -> Case:
    """Read a case without the rules that were tried: they are most of it."""
    from anlass.case import Case  # noqa: PLC0415 - collecting needs none of what judges

    plain = json.loads(content)
    plain["decision"].pop("trace", None)
    return made(Case, plain)


@lru_cache(maxsize=1_024)
def _glance(content: str) -> Glance:
    """Read what a list shows; the same cases are shown again and again.

    Of what was found in a letter a list tells the occasion, and of all else only which kinds there were.
    """
    plain = json.loads(content)
    found = plain["reading"]["findings"]
    each = {one["kind"]: one for one in reversed(found) if one["kind"] != FindingKind.OCCASION}
    occasions = (one for one in found if one["kind"] == FindingKind.OCCASION)
    plain["reading"]["findings"] = [*occasions, *each.values()]
    return made(Glance, plain)


_ONE_ADDRESS = 2
"""Somebody with one address is called by two things at most: by it and by a name."""
_OF_ROW = "WHERE owner_id = %(owner)s AND id = %(id)s"
_CALLED = f"""
SELECT c.id, c.called, {NAMED_BY_ADDRESS}, a.value FROM store_case c
JOIN store_personaddress o ON o.owner_id = c.owner_id AND o.id = c.person
JOIN store_personaddress a ON a.owner_id = o.owner_id AND a.person = o.person
JOIN store_person p ON p.owner_id = a.owner_id AND p.id = a.person
LEFT JOIN store_person q ON q.owner_id = a.owner_id AND q.id = a.id
WHERE c.owner_id = %(owner)s AND (c.called <> 0 OR EXISTS (
    SELECT 1 FROM store_personaddress b
    WHERE b.owner_id = a.owner_id AND b.person = o.person AND b.id <> o.id))
ORDER BY c.id, a.id
"""
"""The names and addresses of everybody who has several, or had, for each of their cases."""
