"""Persons and encounters as they are kept, and the owner's own addresses."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from anlass.intake import ContactRequest
from anlass.ledger import Encounter, EncounterKind, Tie, tie_of
from anlass.people import Address, AddressKind, Person, person_at, person_id
from anlass.store.ground.mapping import digest64, member, moment, seconds, storable
from anlass.store.ground.sql import Row, Tables, insert
from anlass.store.history.awaited import await_introductions
from anlass.store.history.letters import address_id

_ENCOUNTER = "e.id, e.kind, e.happened, e.thread, e.others, e.is_turn, e.is_proven, e.source, e.place"
NAMED_BY_ADDRESS = "COALESCE(NULLIF(q.name, ''), p.name)"
"""Every address has a name of its own; of a person's several the best one stands first."""
NO_ENCOUNTER = "('to_list', 'called_off')"
"""Kinds of rows that are kept and are no encounters."""
_NAMED = """store_personaddress a
JOIN store_person p ON p.owner_id = a.owner_id AND p.id = a.person
LEFT JOIN store_person q ON q.owner_id = a.owner_id AND q.id = a.id"""
IS_SOMEBODY = """WHERE a.owner_id = %(owner)s
AND NOT EXISTS (SELECT 1 FROM store_owneraddress o WHERE o.owner_id = a.owner_id AND o.value = a.value)
AND (NOT EXISTS (SELECT 1 FROM store_listaddress l WHERE l.owner_id = a.owner_id AND l.value = a.value)
    OR EXISTS (SELECT 1 FROM store_encounter i
        WHERE i.owner_id = a.owner_id AND i.address = a.id AND i.kind = 'mail_in'))"""
"""Leaves out of addresses `a` lists and the owner's own."""
SOMEBODY = f"SELECT DISTINCT a.person FROM store_personaddress a {IS_SOMEBODY}"
"""Everybody's id; lists and the owner are none."""
ADDRESSES_BY_PERSON = f"""
SELECT a.person, {NAMED_BY_ADDRESS}, a.value FROM {_NAMED} {IS_SOMEBODY} {{only}}
ORDER BY a.person, COALESCE(q.named, p.named) DESC, a.id
"""
"""Every person's addresses with their names, the best name first; lists and the owner are none."""
_OF_PERSON = f"""
SELECT {_ENCOUNTER} FROM store_encounter e WHERE e.owner_id = %(owner)s AND e.kind NOT IN {NO_ENCOUNTER}
AND e.address IN (SELECT a.id FROM store_personaddress a
    WHERE a.owner_id = %(owner)s AND a.person = %(person)s)
ORDER BY e.happened, e.id
"""
"""A list and no join: of a join SQLite would begin with all encounters of the owner, a million of them."""
ENCOUNTERS_BY_PERSON = f"""
SELECT a.person, {_ENCOUNTER} FROM store_personaddress a
LEFT JOIN store_encounter e ON e.owner_id = a.owner_id AND e.address = a.id AND e.kind NOT IN {NO_ENCOUNTER}
WHERE a.owner_id = %(owner)s AND a.person IN (...)
"""
"""What happened with some persons, as `encounters_in` reads it behind the person.

An outer join, and nothing said of its other side: so SQLite begins with the persons here too. An address with
which nothing happened comes without an encounter.
"""
_EVERYBODY = f"""
SELECT a.person, {NAMED_BY_ADDRESS}, a.kind, a.value, {_ENCOUNTER} FROM {_NAMED}
LEFT JOIN store_encounter e ON e.owner_id = a.owner_id AND e.address = a.id AND e.kind NOT IN {NO_ENCOUNTER}
{IS_SOMEBODY}
ORDER BY a.person, COALESCE(q.named, p.named) DESC, a.id
"""
_PEOPLE = f"""
SELECT a.person, {NAMED_BY_ADDRESS}, a.kind, a.value FROM {_NAMED} {IS_SOMEBODY} AND a.person IN (...)
ORDER BY a.person, COALESCE(q.named, p.named) DESC, a.id
"""
_MAILS = f"""
SELECT a.value FROM {_NAMED} {IS_SOMEBODY} AND a.kind = 'mail' AND a.person IN (...)
"""
_ADDRESSES = f"""
SELECT a.person, {NAMED_BY_ADDRESS}, a.kind, a.value FROM {_NAMED}
WHERE a.owner_id = %(owner)s AND {{condition}} ORDER BY a.person, COALESCE(q.named, p.named) DESC, a.id
"""
_MET = insert(
    "encounter",
    "id address kind happened thread others is_turn is_proven source place",
    key="id address",
    update="kind happened thread others is_turn is_proven source place",
)
_OWNER = (
    'INSERT INTO store_owner ("id", "name", "about", "settings", "trusted") VALUES (%s, %s, %s, %s, %s)'
    " ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One person of the ledger, and what is shared."""

    person: Person
    tie: Tie


class PeopleTables:
    """The persons of one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def person_of(self, address: Address, name: str = "") -> Person:
        """Return whom the address belongs to; somebody new, of that name, where nobody is known by it."""
        found = self._people(
            "a.person IN (SELECT person FROM store_personaddress WHERE owner_id = %(owner)s AND id = %(id)s)",
            id=person_id(address),
        )
        return found[0] if found else person_at(address, name)

    def person(self, id_: str) -> Person | None:
        """Return the person of this id, or the one it was joined with, or `None`."""
        found = self._people(
            "a.person IN (SELECT person FROM store_personaddress WHERE owner_id = %(owner)s"
            " AND id = %(id)s UNION SELECT %(id)s)",
            id=id_,
        )
        return next((one for one in found if one.id == id_), found[0] if found else None)

    def named(self, text: str) -> tuple[Person, ...]:
        """Return the persons with this address, or with this text in name or address."""
        text = storable(text)
        exactly = self._people(
            "a.person IN (SELECT person FROM store_personaddress"
            " WHERE owner_id = %(owner)s AND value = %(text)s)",
            text=text.casefold(),
        )
        return exactly or self._people(
            "a.person IN (SELECT b.person FROM store_personaddress b JOIN store_person q"
            " ON q.owner_id = b.owner_id AND q.id = b.person WHERE b.owner_id = %(owner)s"
            " AND (LOWER(q.name) LIKE %(like)s ESCAPE '!' OR b.value LIKE %(like)s ESCAPE '!'))",
            like=f"%{_escaped(text.lower())}%",
        )

    def meet(self, person: Person) -> None:
        """Write down a person and the addresses; one that belongs to somebody already stays there."""
        with self._tables.together():
            self._tables.write_all(
                insert("person", "id name named"), [(person.id, storable(person.name)[:200], 0)]
            )
            self._tables.write_all(
                insert("personaddress", "id kind value person"),
                [(person_id(a), a.kind.value, storable(a.value), person.id) for a in person.addresses],
            )

    def encounter(self, address: Address, encounter: Encounter) -> None:
        """Write down that something happened with the person of this address; again changes nothing."""
        self._tables.write_all(
            _MET,
            [
                (
                    encounter.id,
                    person_id(address),
                    encounter.kind.value,
                    seconds(encounter.when),
                    digest64(encounter.thread) if encounter.thread else 0,
                    encounter.others,
                    encounter.is_turn,
                    encounter.is_proven,
                    encounter.source,
                    encounter.where,
                )
            ],
        )

    def encounters_with(
        self, person: Person, without: ContactRequest | None, at: datetime | None
    ) -> tuple[Encounter, ...]:
        """Return all encounters with a person, oldest first, the letter of a request left out."""
        skipped = self._letters_of(without) if without else frozenset()
        rows = self._tables.rows(_OF_PERSON, person=person.id)
        told = encounters_in(row for row in rows if row[0] not in skipped)
        to_come = EncounterKind.MEETING
        return tuple(one for one in told if at is None or one.kind is not to_come or one.when <= at)

    def lines(self, at: datetime) -> Iterator[LedgerLine]:
        """Yield every person with the tie as it stands at `at`; lists and the owner are none."""
        rows = self._tables.stream(_EVERYBODY)
        for id_, told in groupby(rows, key=lambda row: str(row[0])):
            yield _line(id_, list(told), at)

    def people(self, ids: Iterable[str]) -> Iterator[Person]:
        """Yield these persons, in no order; lists and the owner are none."""
        rows = self._tables.rows_in(_PEOPLE, ids)
        return (_person(id_, list(told)) for id_, told in groupby(rows, key=lambda row: str(row[0])))

    def mails_of(self, ids: Iterable[str]) -> frozenset[str]:
        """Return the mail addresses of these persons; lists and the owner have none."""
        return frozenset(str(value) for (value,) in self._tables.rows_in(_MAILS, ids))

    def sent_ids(self, ids: Iterable[str]) -> frozenset[str]:
        """Return those Message-IDs that stand on letters that are surely the owner's."""
        asked = {digest64(one): one for one in ids}
        rows = self._tables.rows_in(
            "SELECT DISTINCT message FROM store_letter WHERE owner_id = %(owner)s AND way = 'out'"
            " AND rule = '' AND message IN (...)",
            asked,
        )
        return frozenset(asked[row[0]] for row in rows)

    def _letters_of(self, request: ContactRequest) -> frozenset[str]:
        """Return the letters that are this request: by Message-ID, else by sender and moment."""
        if request.message_id:
            rows = self._tables.rows(
                "SELECT id FROM store_letter WHERE owner_id = %(owner)s AND message = %(message)s",
                message=digest64(request.message_id),
            )
        elif request.requester.address and request.arrived:
            rows = self._tables.rows(
                "SELECT id FROM store_encounter WHERE owner_id = %(owner)s AND address = %(sender)s"
                " AND kind = 'mail_in' AND happened = %(when)s",
                sender=address_id(request.requester.address.value),
                when=seconds(request.arrived),
            )
        else:
            rows = []
        return frozenset(row[0] for row in rows)

    def _people(self, condition: str, **values: object) -> tuple[Person, ...]:
        rows = self._tables.rows(_ADDRESSES.format(condition=condition), **values)
        return tuple(_person(id_, list(told)) for id_, told in groupby(rows, key=lambda row: str(row[0])))


class OwnerTables:
    """The owner: own addresses, what others may know, the provider that is believed."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        tables.write_all(_OWNER, [("", "", "{}", "[]")])

    def addresses(self) -> frozenset[str]:
        """Return the owner's own addresses, in normal form."""
        return frozenset(
            row[0]
            for row in self._tables.rows("SELECT value FROM store_owneraddress WHERE owner_id = %(owner)s")
        )

    def add_addresses(self, addresses: Iterable[str], *, is_given: bool) -> None:
        """Write down own addresses: named by the owner, or found in sent mail."""
        told = [(one, is_given) for one in addresses]
        self._tables.write_all(insert("owneraddress", "value is_given"), told)
        if told:
            await_introductions(self._tables)

    def trusted(self) -> frozenset[str]:
        """Return the authserv-ids of the owner's own provider."""
        return frozenset(json.loads(str(self.get("trusted"))))

    def get(self, column: str) -> object:
        """Return one thing known of the owner: `name`, `about`, `settings`, `trusted`."""
        row = self._tables.row(f"SELECT {column} FROM store_owner WHERE id = %(owner)s")
        return row[0] if row else ""

    def put(self, column: str, text: str) -> None:
        """Write down one thing about the owner."""
        self._tables.write(f"UPDATE store_owner SET {column} = %(text)s WHERE id = %(owner)s", text=text)


def _line(id_: str, rows: list[Row], at: datetime) -> LedgerLine:
    return LedgerLine(
        _person(id_, rows), tie_of(encounters_in(row[4:] for row in rows if row[4] is not None), at=at)
    )


def encounters_in(rows: Iterable[Row]) -> Iterator[Encounter]:
    """Yield the encounters of one person in rows, each once."""
    return map(_encounter, _each_once(rows))


def _person(id_: str, rows: Iterable[Row]) -> Person:
    told = [(name, Address(member(AddressKind, kind), value)) for _, name, kind, value, *_ in rows]
    addresses = tuple(dict.fromkeys(address for _, address in told))
    return Person(id_, told[0][0] or addresses[0].value, addresses)


def _each_once(rows: Iterable[Row]) -> Iterable[Row]:
    """Keep each encounter once, by its best standing: a letter to two addresses of one person is one.

    Where two are as good as each other their content decides, and never the order they come in.
    """
    found: dict[str, Row] = {}
    for row in rows:
        known = found.get(row[0])
        if known is None or (row[6], row[5], *row) > (known[6], known[5], *known):
            found[row[0]] = row
    return found.values()


def _encounter(row: Row) -> Encounter:
    id_, kind, happened, thread, others, is_turn, is_proven, source, place = row
    return Encounter(
        EncounterKind(kind),
        moment(happened),
        thread=f"{thread & 0xFFFFFFFFFFFFFFFF:016x}" if thread else "",
        others=others,
        is_turn=bool(is_turn),
        is_proven=bool(is_proven),
        source=source or f"letter:{id_}",
        id=id_,
        where=place,
    )


def _escaped(text: str) -> str:
    """Make a text harmless within LIKE."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
