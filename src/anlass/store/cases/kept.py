"""Cases as they are kept: once each, with the evidence they were decided on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from anlass.errors import NotFound
from anlass.ledger import Encounter
from anlass.people import person_id
from anlass.store.cases.answered import STILL_ANSWERED, AnswerTables
from anlass.store.cases.search import as_column, case_words, number_of
from anlass.store.ground.mapping import digest64, moment, read, seconds, storable, written
from anlass.store.ground.sql import Row, Tables, insert

if TYPE_CHECKING:
    from anlass.case import Case
    from anlass.policy import Action

_SURVEYED = "case sketch sketchband person personaddress seen".split()
_SURVEYED_AT = frozenset(50 * 4**times for times in range(10))


class CaseState(StrEnum):
    """What a case needs from the owner."""

    WAITING = "waiting"
    """The owner's word."""
    ASKED = "asked"
    """Nothing for now: asked back, no answer yet."""
    WATCHED = "watched"
    """Nothing: the person is on the watch list."""
    DONE = "done"
    """Nothing more."""
    BLOCKED = "blocked"
    """Nothing, ever: the owner blocked the person. Such cases lie in a list of their own."""


SHOWN: tuple[CaseState, ...] = tuple(state for state in CaseState if state is not CaseState.BLOCKED)
"""The groups of the inbox."""


@dataclass(frozen=True, slots=True)
class KeptCase:
    """A case in the book.

    `answered_at` is when the owner wrote to this person in that thread after the request
    arrived, as the archive shows; `encounters` are those it was decided on.
    """

    id: str
    case: Case
    kept_at: datetime
    answered_at: datetime | None
    encounters: tuple[Encounter, ...]
    state: CaseState


@dataclass(frozen=True, slots=True)
class CasePage:
    """A part of a list of cases, newest first; `counts` is how many there are in each state."""

    cases: tuple[KeptCase, ...]
    counts: Mapping[CaseState, int]
    total: int


_SILENT = {"watch": CaseState.WATCHED, "lapse": CaseState.DONE}
"""What becomes of a case by the action that nobody has to release."""


def first_state(action: Action) -> CaseState:
    """Return what a case needs from the owner once the house rules have spoken."""
    return _SILENT.get(action, CaseState.WAITING)


_INSERT = insert(
    "case",
    "id person message channel arrived kept_at replied_at state verdict action minutes level"
    " content evidence number called lang words before_block",
    key="id",
)
CASE_COLUMNS = "id, content, kept_at, answered_at, evidence, state"
"""What `kept_case` makes a case of."""
_MOVED = (
    "before_block = CASE WHEN state = 'blocked' THEN %(state)s END,"
    " state = CASE WHEN state = 'blocked' THEN state ELSE %(state)s END"
)
"""A case of somebody blocked stays where it is; where it would stand is kept for the day the block ends."""
OF_PERSON = (
    "person IN (SELECT a.id FROM store_personaddress a WHERE a.owner_id = %(owner)s"
    " AND a.person = %(person)s UNION SELECT %(person)s)"
)
"""A case bears the person of the address it came from, be they joined with others since or not."""
_ASKED = f"""
SELECT {CASE_COLUMNS} FROM store_case c WHERE c.owner_id = %(owner)s AND c.state = 'asked'
AND (c.answered_at IS NOT NULL OR EXISTS (SELECT 1 FROM store_outgoing o
    WHERE o.owner_id = c.owner_id AND o.request = c.id AND o.state = 'sent'))
ORDER BY c.arrived, c.id
"""
_KNOWN = f"""
SELECT COUNT(CASE WHEN arrived < %(before)s AND (state = 'asked' OR replied_at IS NOT NULL) THEN 1 END),
    COUNT(CASE WHEN state = 'watched' THEN 1 END), COUNT(CASE WHEN arrived < %(before)s THEN 1 END)
FROM store_case WHERE owner_id = %(owner)s AND {OF_PERSON} AND id <> %(id)s
"""


class CaseTables:
    """The cases of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._answers = AnswerTables(tables)

    def keep(self, case: Case, encounters: Sequence[Encounter], *, now: datetime) -> bool:
        """Keep a case; return whether it is new. One that is kept already stays as it is."""
        before = self._tables.row(_COUNT_ID, id=case.request.id)
        if before:
            return False
        self._tables.write_all(_INSERT, [self._row(case, encounters, now)])
        self._answers.mark([case.request.id])
        return True

    def rewrite(self, case: Case, encounters: Sequence[Encounter], *, state: CaseState) -> None:
        """Replace a kept case by what it became: read again, decided again."""
        self._tables.write(
            "UPDATE store_case SET person = %(person)s, verdict = %(verdict)s, action = %(action)s,"
            " minutes = %(minutes)s, level = %(level)s, content = %(content)s, evidence = %(evidence)s,"
            f" {_MOVED}, lang = %(lang)s, words = %(words)s, called = 0,"
            " answered_at = CASE WHEN %(replied)s = COALESCE(replied_at, 0) THEN answered_at END,"
            " replied_at = NULLIF(%(replied)s, 0) WHERE owner_id = %(owner)s AND id = %(id)s",
            id=case.request.id,
            person=_person(case),
            verdict=case.reading.verdict.value,
            action=case.decision.action.value,
            minutes=case.reading.asks_minutes,
            level=case.tie.level.value,
            content=written(case),
            evidence=written(tuple(encounters)),
            state=state.value,
            replied=_replied(case) or 0,
            **self._looked_up_by(case),
        )
        self._answers.mark([case.request.id])

    def known_of(self, person: str, *, without: str, before: datetime) -> tuple[int, bool, int]:
        """Return what a person's other cases tell: times asked back before, any watched, requests before."""
        row = self._tables.row(_KNOWN, person=person, id=without, before=seconds(before))
        return (int(row[0]), bool(row[1]), int(row[2])) if row else (0, False, 0)

    def asked(self) -> Iterator[KeptCase]:
        """Yield the cases in which the owner asked back, the question has left, and nothing has come yet."""
        rows = self._tables.rows(_ASKED)
        yield from map(kept_case, rows)

    def asked_through(
        self, channel: str, person: str, name: str, *, since: int, until: int
    ) -> Iterator[KeptCase]:
        """Yield the requests of a person, or of one of this name, through a network, newest first.

        `since` and `until` are seconds since 1970, both included.
        """
        rows = self._tables.rows(
            _THROUGH, channel=channel, person=person, name=storable(name)[:200], since=since, until=until
        )
        yield from map(kept_case, rows)

    def set_state(self, id_: str, state: CaseState) -> None:
        """Write down what a case needs from now on."""
        self._tables.write(
            f"UPDATE store_case SET {_MOVED} WHERE owner_id = %(owner)s AND id = %(id)s",
            id=id_,
            state=state.value,
        )

    def find(self, id_or_prefix: str) -> KeptCase:
        """Return the case of this id, or whose id alone begins so; else `NotFound`."""
        start = storable(id_or_prefix).strip().lower()
        rows = self._tables.rows(
            f"SELECT {CASE_COLUMNS} FROM store_case WHERE owner_id = %(owner)s"
            " AND id >= %(start)s AND id < %(end)s ORDER BY id LIMIT 4",
            start=start,
            end=start + "\U0010ffff",
        )
        rows = [row for row in rows if row[0].startswith(start)] if start else []
        exactly = [row for row in rows if row[0] == start]
        if len(rows) == 1 or exactly:
            return kept_case((exactly or rows)[0])
        if rows:
            raise NotFound(
                f"Several cases begin with {start!r}: {', '.join(row[0] for row in rows[:3])} ...",
                hint="Write more of the case's id.",
            )
        raise NotFound(
            f"There is no case {id_or_prefix!r}.", hint="`anlass screen` lists cases with their ids."
        )

    def page(self, state: CaseState | None, person: str | None, *, offset: int, limit: int) -> CasePage:
        """Return a part of the list, newest first, of one state or person or of all."""
        condition = "owner_id = %(owner)s"
        condition += " AND state = %(state)s" if state else "" if person else " AND state <> 'blocked'"
        condition += f" AND {OF_PERSON}" if person else ""
        values = {"state": state.value if state else None, "person": person}
        values = {name: value for name, value in values.items() if value}
        newest = "+arrived" if person else "arrived"  # with the sign the few of somebody are sorted, not all
        rows = self._tables.rows(
            f"SELECT {CASE_COLUMNS} FROM store_case WHERE {condition}"
            f" ORDER BY {newest} DESC, id DESC LIMIT %(limit)s OFFSET %(offset)s",
            limit=limit,
            offset=offset,
            **values,
        )
        counts = self.counts()
        total = counts.get(state, 0) if state else sum(counts[one] for one in SHOWN)
        if person:
            row = self._tables.row(f"SELECT COUNT(*) FROM store_case WHERE {condition}", **values)
            total = int(row[0]) if row else 0
        return CasePage(tuple(map(kept_case, rows)), counts, total)

    def counts(self) -> Mapping[CaseState, int]:
        """Return how many cases there are in each state."""
        rows = self._tables.rows(
            "SELECT state, COUNT(*) FROM store_case WHERE owner_id = %(owner)s GROUP BY state"
        )
        found = {CaseState(state): int(count) for state, count in rows}
        return {state: found.get(state, 0) for state in CaseState}

    def unmark_answered(self) -> None:
        """Take back answers that went to an address which is another person's by now."""
        for id_, before, when in self._tables.rows(STILL_ANSWERED):
            if when == before:
                continue
            state = "" if when is not None else first_state(self.find(id_).case.decision.action).value
            self._tables.write(
                "UPDATE store_case SET answered_at = NULLIF(%(when)s, -1), before_block ="
                " CASE WHEN state = 'blocked' THEN COALESCE(NULLIF(%(state)s, ''), before_block) END,"
                " state = CASE WHEN state = 'blocked' THEN state"
                " ELSE COALESCE(NULLIF(%(state)s, ''), state) END"
                " WHERE owner_id = %(owner)s AND id = %(id)s",
                when=-1 if when is None else when,
                state=state,
                id=id_,
            )

    def _row(self, case: Case, encounters: Sequence[Encounter], now: datetime) -> tuple[object, ...]:
        request, is_blocked = case.request, case.known.is_blocked
        return (
            request.id,
            _person(case),
            digest64(request.message_id) if request.message_id else None,
            request.channel.value,
            seconds(request.arrived or now),
            seconds(now),
            _replied(case),
            (CaseState.BLOCKED if is_blocked else first_state(case.decision.action)).value,
            case.reading.verdict.value,
            case.decision.action.value,
            case.reading.asks_minutes,
            case.tie.level.value,
            written(case),
            written(tuple(encounters)),
            number_of(self._tables.owner, request.id),
            0,
            *self._looked_up_by(case).values(),
            CaseState.WAITING.value if is_blocked else None,
        )

    def _looked_up_by(self, case: Case) -> dict[str, str]:
        """Return the columns by which lists find a case."""
        words = as_column(self._tables.owner, case_words(case), self._tables.vendor)
        return {"lang": case.reading.lang[:16], "words": words}


_THROUGH = f"""
SELECT {CASE_COLUMNS} FROM store_case c WHERE owner_id = %(owner)s AND channel = %(channel)s
AND arrived BETWEEN %(since)s AND %(until)s AND (person = %(person)s OR EXISTS (
    SELECT 1 FROM store_person p WHERE p.owner_id = c.owner_id AND p.id = c.person AND p.name = %(name)s))
ORDER BY arrived DESC, id DESC LIMIT 20
"""
_COUNT_ID = "SELECT 1 FROM store_case WHERE owner_id = %(owner)s AND id = %(id)s"


def _replied(case: Case) -> int | None:
    """Return when the answer to the counter-question came; the question's own time where it has no date."""
    if case.second is None:
        return None
    return seconds(case.second.reply.request.arrived or case.second.reply.asked_at)


def _person(case: Case) -> str:
    """Return the id of the address a case came from: it stays, whoever that address is joined with."""
    address = case.request.requester.address
    return person_id(address) if address else case.person.id


def kept_case(row: Row) -> KeptCase:
    """Return the case of a row of `CASE_COLUMNS`."""
    from anlass.case import Case  # noqa: PLC0415 - collecting needs none of what judges

    id_, content, kept_at, answered_at, evidence, state = row
    return KeptCase(
        id_,
        read(Case, content),
        moment(kept_at),
        None if answered_at is None else moment(answered_at),
        read(tuple[Encounter, ...], evidence),
        CaseState(state),
    )


def survey_kept(tables: Tables, count: int) -> None:
    """Let PostgreSQL look at the tables of cases where the last of so many kept at once makes it worth it.

    It plans for an owner whom its statistics do not know as if nobody lived there (`survey_what_came`): each
    text is then held against every other. Whoever keeps four times as many is looked at once more. A case is
    kept together with what follows from it, and none of that waits for somebody else's look.
    """
    if count in _SURVEYED_AT:
        for table in _SURVEYED:
            tables.survey(table, waits=False)
