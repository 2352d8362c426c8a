"""How close everybody is, a row for each person, worked out anew of those with whom something changed.

What changed is written down by the database itself (`stirring.py`). Whoever looks takes the rows that are
true and works out the rest, so a look is right at every moment; `settle` makes rows of what was worked out,
in small steps, each by itself: cut off anywhere, the rest is still written down as changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from anlass.errors import StoreError
from anlass.ledger import Encounter, Tie, TieLevel, tie_of
from anlass.ledger.closeness import Closeness, closeness_of
from anlass.ledger.lasting import Lasting, lasting_of, tie_at
from anlass.store.ground.mapping import moment, read, seconds, written
from anlass.store.ground.sql import Row, Tables, in_parts, insert
from anlass.store.people.persons import ENCOUNTERS_BY_PERSON, IS_SOMEBODY, SOMEBODY, encounters_in
from anlass.store.people.stirring import LOCK

_LEVELS = tuple(TieLevel)
_ROWS = "SELECT person, level, strength, turns, last FROM store_closeness WHERE owner_id = %(owner)s"
_TRUE = f"{_ROWS} AND last <= %(at)s"
_SHOWN = f"""
SELECT c.person, c.level, c.strength, c.turns, c.last FROM store_closeness c
WHERE c.owner_id = %(owner)s AND c.last + 0 <= %(at)s
AND EXISTS (SELECT 1 FROM store_personaddress a {IS_SOMEBODY} AND a.person = c.person)
"""
"""Whom a list shows. What is added to `last` is a hint: most rows are true, so no index finds them."""
_BY_TIE = f"{_SHOWN} ORDER BY c.level DESC, c.strength DESC, c.last DESC LIMIT %(many)s"
_BY_LAST = f"{_SHOWN} ORDER BY c.last DESC LIMIT %(many)s"
_LIKE_TIE = f"{_SHOWN} AND c.level = %(level)s AND c.strength = %(strength)s AND c.last = %(last)s"
_LIKE_LAST = f"{_SHOWN} AND c.last = %(last)s"
_AHEAD = "SELECT person FROM store_closeness WHERE owner_id = %(owner)s AND last > %(at)s"
_STIRRED = """
SELECT s.address, a.person FROM store_stirred s
LEFT JOIN store_personaddress a ON a.owner_id = s.owner_id AND a.id = s.address
WHERE s.owner_id = %(owner)s
"""
_VEILED = """
SELECT a.person FROM store_personaddress a WHERE a.owner_id = %(owner)s AND NOT EXISTS (
    SELECT 1 FROM store_closeness c WHERE c.owner_id = a.owner_id AND c.person = a.person)
"""
"""Whose row tells more than an assistant may see: what is left of it is worked out."""
_ANY = "SELECT 1 FROM store_stirred WHERE owner_id = %(owner)s LIMIT 1"
_TIES = (
    "SELECT person, level, strength, turns, last, tie FROM store_closeness"
    " WHERE owner_id = %(owner)s AND last <= %(at)s AND tie <> '' AND person IN (...)"
)
_NEXT = "SELECT DISTINCT address FROM store_stirred WHERE owner_id = %(owner)s LIMIT %(many)s"
_PERSONS = "SELECT person FROM store_personaddress WHERE owner_id = %(owner)s AND id IN (...)"
_KEEP = insert(
    "closeness", "person level strength turns last tie", key="person", update="level strength turns last tie"
)
_THOUGHT = "SELECT person, thought FROM store_closeness WHERE owner_id = %(owner)s AND thought <> ''"
_THINK = "UPDATE store_closeness SET thought = %(under)s WHERE owner_id = %(owner)s AND person = %(person)s"
_FORGET = "DELETE FROM store_closeness WHERE owner_id = %s AND person = %s"
_CALMED = "DELETE FROM store_stirred WHERE owner_id = %s AND address = %s"
_AT_ONCE = 300
"""Persons whose closeness becomes rows in one step."""
_MUCH = 30
"""Encounters with somebody from which on it takes less to keep what lasts of the tie than to read them."""
_MANY = 300
"""Changed persons from which on whoever looks makes rows of them first."""


class ClosenessTables:
    """How close everybody of one owner is."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def settle(self) -> None:
        """Make rows of whatever changed; where others write just now, the rest is left for another time.

        Within somebody else's transaction nothing is done: what is not yet there for others is no row of
        theirs. Nor is it for an assistant, who does not see all that happened.
        """
        if self._tables.for_assistant or self._tables.is_within:
            return
        while self._tables.row(_ANY):
            with self._tables.together():
                if not self._tables.alone(LOCK):
                    return
                self._settle([str(one) for (one,) in self._tables.rows(_NEXT, many=_AT_ONCE)])

    def all(self, at: datetime, condition: str = "", **values: object) -> Mapping[str, Closeness]:
        """Return how close each person with any encounter is, as `closeness_of` says as of `at`.

        `condition` may leave out rows that the caller has no use for, and no others.
        """
        stirred = self._few_stirred()
        rows = self._tables.rows(_TRUE + condition, at=seconds(at), **values)
        return {**_of_rows(rows, stirred), **self._rowless(stirred, at)}

    def first(self, at: datetime, many: int, *, by_tie: bool) -> Mapping[str, Closeness]:
        """Return how close those are who stand on the first places of a list, `many` at least.

        The closest stand first, else whom the owner met last. Whoever equals the last of them is among them;
        lists and the owner are not, nor who has no closeness.
        """
        stirred = self._few_stirred()
        enough, now = many + len(stirred), seconds(at)
        rows = self._tables.rows(_BY_TIE if by_tie else _BY_LAST, at=now, many=enough)
        if rows and len(rows) == enough:
            _, level, strength, _, last = rows[-1]
            like = {"level": level, "strength": strength, "last": last}
            rows += self._tables.rows(_LIKE_TIE if by_tie else _LIKE_LAST, at=now, **like)
        others = self._rowless(stirred, at)
        shown = self._tables.rows_in(f"{SOMEBODY} AND a.person IN (...)", others)
        return {**_of_rows(rows, stirred), **{str(id_): others[str(id_)] for (id_,) in shown}}

    def ties(self, ids: Iterable[str], at: datetime) -> Mapping[str, Tie]:
        """Return by person what the owner and these share as of `at`."""
        asked, stirred = tuple(ids), self._few_stirred()
        rows = self._tables.rows_in(_TIES, asked, at=seconds(at))
        found = {
            str(row[0]): tie_at(read(Lasting, str(row[5])), _closeness(row[:5]), at)
            for row in rows
            if row[0] not in stirred
        }
        rest = dict.fromkeys((id_ for id_ in asked if id_ not in found), tie_of((), at=at))
        return {**found, **rest, **{id_: tie_of(told, at=at) for id_, told in self._told_of(rest)}}

    def in_touch(self, at: datetime) -> Mapping[str, Closeness]:
        """Return how close those are who are in touch with the owner."""
        level = _LEVELS.index(TieLevel.IN_TOUCH)
        found = self.all(at, " AND level = %(level)s", level=level)
        return {id_: one for id_, one in found.items() if one.level is TieLevel.IN_TOUCH}

    def thought(self) -> Mapping[str, str]:
        """Return under what each person was last thought of; see `keep_thought`."""
        return {str(person): str(told) for person, told in self._tables.rows(_THOUGHT)}

    def keep_thought(self, told: Mapping[str, str]) -> None:
        """Keep by person a digest of what they were thought of under; who has no row is thought of again."""
        if told:
            with self._tables.together():
                for person, under in sorted(told.items()):
                    self._tables.write(_THINK, person=person, under=under)

    def _stirred(self) -> frozenset[str]:
        """Return the persons with whom something changed; some of these ids may be nobody's by now."""
        return frozenset(str(one) for row in self._tables.rows(_STIRRED) for one in row if one is not None)

    def _few_stirred(self) -> frozenset[str]:
        """Return the same, once rows were made where they are many."""
        stirred = self._stirred()
        if len(stirred) <= _MANY:
            return stirred
        try:
            self.settle()
        except StoreError as error:
            if not error.temporary:
                raise
        return self._stirred()

    def _rowless(self, stirred: frozenset[str], at: datetime) -> Mapping[str, Closeness]:
        """Return how close those are whose row is not true at a moment, or not to be seen."""
        others = {str(one) for (one,) in self._tables.rows(_AHEAD, at=seconds(at))} | stirred
        if self._tables.for_assistant:
            others.update(str(one) for (one,) in self._tables.rows(_VEILED))
        return dict(self._worked_out(others, at))

    def _settle(self, addresses: list[str]) -> None:
        persons = {*addresses, *(str(one) for (one,) in self._tables.rows_in(_PERSONS, addresses))}
        rows = {id_: _row(id_, told) for id_, told in self._told_of(persons)}
        self._tables.write_all(_KEEP, (row for _, row in sorted(rows.items())))
        self._tables.write_all(_FORGET, ((one,) for one in sorted(persons - rows.keys())))
        self._tables.write_all(_CALMED, ((one,) for one in addresses))

    def _worked_out(self, ids: Iterable[str], at: datetime) -> Iterator[tuple[str, Closeness]]:
        """Yield how close some persons are, from all that happened."""
        return ((id_, closeness_of(told, at=at)) for id_, told in self._told_of(ids))

    def _told_of(self, ids: Iterable[str]) -> Iterator[tuple[str, tuple[Encounter, ...]]]:
        """Yield what happened with each of some persons with whom anything did."""
        for part in in_parts(sorted(ids), _AT_ONCE):
            told_of = (row for row in self._tables.rows_in(ENCOUNTERS_BY_PERSON, part) if row[1] is not None)
            rows = sorted(told_of, key=lambda row: str(row[0]))
            for id_, told in groupby(rows, key=lambda row: str(row[0])):
                yield id_, tuple(encounters_in(row[1:] for row in told))


def _row(id_: str, told: Sequence[Encounter]) -> tuple[object, ...]:
    """Return the row of a person, from all that happened."""
    close = closeness_of(told)
    lasts = written(lasting_of(told)) if len(told) >= _MUCH else ""
    return id_, _LEVELS.index(close.level), close.strength, close.turns, seconds(close.last), lasts


def _of_rows(rows: Iterable[Row], stirred: frozenset[str]) -> dict[str, Closeness]:
    return {str(row[0]): _closeness(row) for row in rows if row[0] not in stirred}


def _closeness(row: Row) -> Closeness:
    _, level, strength, turns, last = row
    return Closeness(_LEVELS[level], strength, turns, moment(last))
