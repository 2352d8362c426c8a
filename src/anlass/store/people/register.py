"""The register of persons: everybody's names at once, and in which order a list shows them.

A list of ten thousand shows fifty. Which fifty is told by the rows of closeness (`closeness.py`);
what a line says of somebody is the tie's to say, of these fifty only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from anlass.ledger import Tie
from anlass.ledger.closeness import Closeness, place
from anlass.store.ground.sql import Tables
from anlass.store.people.closeness import ClosenessTables
from anlass.store.people.persons import ADDRESSES_BY_PERSON, SOMEBODY

_COUNTED = f"SELECT COUNT(*) FROM ({SOMEBODY}) somebody"
_WATCHED = """
SELECT DISTINCT COALESCE(a.person, c.person) FROM store_case c
LEFT JOIN store_personaddress a ON a.owner_id = c.owner_id AND a.id = c.person
WHERE c.owner_id = %(owner)s AND c.state = 'watched'
"""


@dataclass(frozen=True, slots=True)
class Registered:
    """One person as the register names them: the best name, all names, all addresses."""

    id: str
    name: str
    names: tuple[str, ...]
    addresses: tuple[str, ...]


class RegisterTables:
    """The register of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._closeness = ClosenessTables(tables)

    def settle(self) -> None:
        """Make rows of how close those are with whom something changed."""
        self._closeness.settle()

    def count(self) -> int:
        """Return how many there are; lists and the owner are none."""
        return int(str(self._tables.rows(_COUNTED)[0][0]))

    def ids(self) -> tuple[str, ...]:
        """Return everybody's id; lists and the owner are none."""
        return tuple(str(id_) for (id_,) in self._tables.rows(SOMEBODY))

    def entries(self, ids: Iterable[str] | None = None) -> tuple[Registered, ...]:
        """Return these persons, or everybody, by name; lists and the owner are none."""
        if ids is None:
            rows = self._tables.rows(ADDRESSES_BY_PERSON.format(only=""))
        else:
            rows = [*self._tables.rows_in(ADDRESSES_BY_PERSON.format(only="AND a.person IN (...)"), ids)]
        return tuple(
            _entry(str(id_), [(str(name), str(value)) for _, name, value in told])
            for id_, told in groupby(rows, key=lambda row: row[0])
        )

    def closeness(self, at: datetime) -> Mapping[str, Closeness]:
        """Return how close each person with any encounter is as of `at`."""
        return self._closeness.all(at)

    def first(self, at: datetime, many: int, *, by_tie: bool) -> Mapping[str, Closeness]:
        """Return how close those are who may stand on the first `many` places of a list as of `at`.

        The closest stand first, else whom the owner met last. Nobody else stands there, and whoever equals
        the last of them is among them. Where the list comes to people without closeness, it is everybody.
        """
        found, nobody = self._closeness.first(at, many, by_tie=by_tie), Closeness()
        end = place(nobody, by_tie=by_tie)
        ahead = sum(place(one, by_tie=by_tie) < end for one in found.values())
        if ahead >= many:
            return found
        everybody = self._closeness.all(at)
        return {id_: everybody.get(id_, nobody) for id_ in self.ids()}

    def ties(self, ids: Iterable[str], at: datetime) -> Mapping[str, Tie]:
        """Return by person what the owner and these share as of `at`."""
        return self._closeness.ties(ids, at)

    def in_touch(self, at: datetime) -> Mapping[str, Closeness]:
        """Return how close those are who are in touch with the owner as of `at`."""
        return self._closeness.in_touch(at)

    def thought(self) -> Mapping[str, str]:
        """Return by person under what promoting last thought of them."""
        return self._closeness.thought()

    def keep_thought(self, told: Mapping[str, str]) -> None:
        """Keep by person under what promoting thought of them and left things as they are."""
        self._closeness.keep_thought(told)

    def watched(self) -> frozenset[str]:
        """Return the persons with a case on the watch list."""
        return frozenset(str(row[0]) for row in self._tables.rows(_WATCHED))


def _entry(id_: str, told: list[tuple[str, str]]) -> Registered:
    names = tuple(dict.fromkeys(name for name, _ in told if name))
    addresses = tuple(dict.fromkeys(value for _, value in told))
    return Registered(id_, told[0][0] or addresses[0], names, addresses)
