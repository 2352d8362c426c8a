"""What sources beside mail told: who is named by which addresses, and what happened.

A file is told as a whole, in one transaction: what it told before and tells no more is taken back,
unless another file tells it too. So a file that changed, an entry that was deleted on a server and a
run that was cut off all end in the same state. Who is one person is worked out anew from all that is
told, and from the owner's word (`settle`); an address that nobody joins any more is its own person again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from anlass.ledger import Encounter
from anlass.ledger.trace import Trace
from anlass.people import Address, AddressKind, person_id
from anlass.people.joining import OFTEN_SHARED, Named, joined
from anlass.people.word import standing
from anlass.store.ground.mapping import digest64, member, seconds, storable, text_path
from anlass.store.ground.sql import Tables, in_parts, insert
from anlass.store.people.forgotten import ForgottenTables
from anlass.store.people.words import WordTables

_CLAIM = insert(
    "claim",
    "file record address kind name about place since joins",
    key="file record address",
    update="name about place since joins",
)
_WITNESS = insert("witness", "id address file is_old", key="id address file", update="is_old")
_MET = insert(
    "encounter",
    "id address kind happened thread others is_turn is_proven source place",
    key="id address",
    update="kind happened thread others is_turn is_proven source place",
    where="""excluded."source" <= "store_encounter"."source" AND "store_encounter"."kind" <> 'called_off'""",
)
CALLED_OFF = "called_off"
"""The kind of encounter of a meeting that was called off: it is kept, but no encounter at all."""
_OFF = insert(
    "encounter",
    "id address kind happened thread others is_turn is_proven source place",
    key="id address",
    update="kind happened thread others is_turn is_proven source place",
)
_PERSON = insert(
    "person",
    "id name named",
    key="id",
    update="name named",
    where='excluded."named" > "store_person"."named" '
    'OR (excluded."named" = "store_person"."named" AND excluded."name" > "store_person"."name")',
)
_SYNCED = insert("synced", "id url token", key="id", update="token")
_ADDRESS = insert("personaddress", "id kind value person")
_BY_THE_OWNER = 1 << 41
"""How good a name is that the owner or a network wrote down: better than any from a letter."""
_BESIDE_OWN = _BY_THE_OWNER - 1
"""How good the name beside a telephone or a page is, which an office may share: one's own comes first."""
_BATCH = 1_000
_TOLD = ""
"""In place of a server's address: whether something was told since persons were worked out."""

_OLD = "UPDATE store_witness SET is_old = (1 = 1) WHERE owner_id = %(owner)s AND file = %(file)s"
_OF_OLD = (
    "SELECT DISTINCT address FROM store_witness WHERE owner_id = %(owner)s AND file = %(file)s AND is_old"
)
_OF_CLAIMS = "SELECT DISTINCT address FROM store_claim WHERE owner_id = %(owner)s AND file = %(file)s"
_NO_CLAIMS = "DELETE FROM store_claim WHERE owner_id = %(owner)s AND file = %(file)s"
_TOLD_BY_NOBODY = """
DELETE FROM store_encounter WHERE owner_id = %(owner)s AND kind <> 'called_off' AND id IN (
    SELECT w.id FROM store_witness w WHERE w.owner_id = %(owner)s AND w.file = %(file)s AND w.is_old)
AND EXISTS (SELECT 1 FROM store_witness w WHERE w.owner_id = store_encounter.owner_id
    AND w.id = store_encounter.id AND w.address = store_encounter.address AND w.file = %(file)s AND w.is_old)
AND NOT EXISTS (SELECT 1 FROM store_witness w WHERE w.owner_id = store_encounter.owner_id
    AND w.id = store_encounter.id AND w.address = store_encounter.address
    AND (w.file <> %(file)s OR NOT w.is_old))
"""
_NO_OLD = "DELETE FROM store_witness WHERE owner_id = %(owner)s AND file = %(file)s AND is_old"
_NOBODY = """
SELECT a.id FROM store_personaddress a WHERE a.owner_id = %(owner)s AND a.id IN (...)
AND NOT EXISTS (SELECT 1 FROM store_claim c WHERE c.owner_id = a.owner_id AND c.address = a.id)
AND NOT EXISTS (SELECT 1 FROM store_encounter e WHERE e.owner_id = a.owner_id AND e.address = a.id)
""" + "".join(
    f"AND NOT EXISTS (SELECT 1 FROM store_{table} k WHERE k.owner_id = a.owner_id AND k.person = a.id)\n"
    for table in ("case", "grant", "standingword", "watch", "consentword", "vouchergiven", "voucherkey")
)
_WRITERS = "SELECT DISTINCT sender FROM store_letter WHERE owner_id = %(owner)s AND sender IN (...)"
_JOINING = "SELECT file, record, name, address, kind FROM store_claim WHERE owner_id = %(owner)s AND joins"
_PERSONS = "SELECT id, person FROM store_personaddress WHERE owner_id = %(owner)s AND person <> id"
_IS = "UPDATE store_personaddress SET person = %(person)s WHERE owner_id = %(owner)s AND id = %(id)s"


@dataclass(frozen=True, slots=True)
class Told:
    """What a file brought: encounters, and traces of people whom no address names."""

    encounters: int = 0
    nameless: int = 0


class TraceTables:
    """What files and servers told to one owner."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._words = WordTables(tables)
        self._forgotten = ForgottenTables(tables)

    def tell(self, file: str, traces: Iterable[Trace], *, joins: bool = False) -> Told:
        """Write down all that a file, or an entry on a server, tells, in place of what it told before.

        Where it `joins`, `settle` makes the addresses of each of its records one person's.
        """
        with self._tables.together():
            number, before = self._begin(file)
            encounters = nameless = 0
            for part in in_parts(traces, _BATCH):
                encounters += self._write(number, part, joins=joins)
                nameless += sum(not one.addresses and not one.encounters for one in part)
            self._end(number, before)
        return Told(encounters, nameless)

    def call_off(self, meetings: Iterable[tuple[str, Address]]) -> None:
        """Write down that meetings with people at these addresses were called off, whoever tells them."""
        rows = [(id_, person_id(one), CALLED_OFF, 0, 0, 1, False, False, "", "") for id_, one in meetings]
        self._tables.write_all(_OFF, rows)

    def is_settled(self) -> bool:
        """Tell whether nothing was told since who is one person was worked out."""
        return not self.token(_TOLD)

    def settle(self) -> int:
        """Work out anew who is one person, where something was told since the last time.

        Returns for how many addresses that has changed.
        """
        if self.is_settled():
            return 0
        claims = (
            Named((file, record), name, address, member(AddressKind, kind))
            for file, record, name, address, kind in self._tables.stream(_JOINING)
        )
        words = self._words.all()
        wanted = joined(claims, standing(words), self._words.kinds() if words else {})
        now = {str(id_): str(person) for id_, person in self._tables.rows(_PERSONS)}
        changed = {
            id_: wanted.get(id_, id_)
            for id_ in wanted.keys() | now.keys()
            if wanted.get(id_, id_) != now.get(id_, id_)
        }
        with self._tables.together():
            for id_, person in sorted(changed.items()):
                self._tables.write(_IS, person=person, id=id_)
            self.set_token(_TOLD, "")
        return len(changed)

    def unsettle(self) -> None:
        """Have `settle` work out anew who is one person."""
        self.set_token(_TOLD, "yes")

    def forget_nobodies(self, addresses: Iterable[str]) -> None:
        """Forget those of these addresses of which nothing is told any more, nor said by the owner."""
        nobody = {row[0] for row in self._tables.rows_in(_NOBODY, sorted(addresses))}
        nobody -= {row[0] for row in self._tables.rows_in(_WRITERS, sorted(nobody))}
        nobody -= self._words.addresses() if nobody else set()
        for table in ("personaddress", "person"):
            self._tables.write_all(
                f"DELETE FROM store_{table} WHERE owner_id = %s AND id = %s",
                ((one,) for one in sorted(nobody)),
            )

    def names_in(self, directory: str) -> Mapping[str, int | None]:
        """Return the names of all files in a directory that were read, with their stamps."""
        rows = self._tables.rows(
            "SELECT name, stamp FROM store_place WHERE owner_id = %(owner)s AND folder = %(folder)s"
            ' AND "offset" = -1',
            folder=digest64(directory),
        )
        return {text_path(str(name)): stamp for name, stamp in rows}

    def token(self, url: str) -> str:
        """Return the token to ask a collection on a server with, empty where there is none."""
        row = self._tables.row(
            "SELECT token FROM store_synced WHERE owner_id = %(owner)s AND id = %(id)s", id=digest64(url)
        )
        return str(row[0]) if row else ""

    def set_token(self, url: str, token: str) -> None:
        """Remember how far a collection on a server was followed."""
        self._tables.write_all(_SYNCED, [(digest64(url), url, token)])

    def _begin(self, file: str) -> tuple[int, frozenset[str]]:
        """Mark what a file told before as old; return its number and whom it named."""
        number = digest64(file)
        self.unsettle()
        self._tables.write(_OLD, file=number)
        named = {row[0] for sql in (_OF_OLD, _OF_CLAIMS) for row in self._tables.rows(sql, file=number)}
        self._tables.write(_NO_CLAIMS, file=number)
        return number, frozenset(named)

    def _write(self, file: int, traces: Sequence[Trace], *, joins: bool) -> int:
        """Write some traces; return how many encounters they tell."""
        claims: list[tuple[object, ...]] = []
        met: list[tuple[object, ...]] = []
        people: dict[str, tuple[object, ...]] = {}
        addresses: dict[str, tuple[object, ...]] = {}
        for trace in traces:
            own = self._forgotten.unknown(_addresses(trace))
            ids = [person_id(one) for one in own]
            name = storable(trace.name)[:200]
            for id_, address in zip(ids, own, strict=True):
                addresses[id_] = (id_, address.kind.value, storable(address.value), id_)
                named = (id_, name, _how_good(address.kind, joins=joins) if name else 0)
                people[id_] = max(named, people.get(id_, named), key=lambda one: (one[2], one[1]))
                claims.append((file, *_claim(trace, id_, address, name), joins))
            met += [_row(one, ids[0]) for one in trace.encounters if ids]
        self._tables.write_all(_PERSON, people.values())
        self._tables.write_all(_ADDRESS, addresses.values())
        self._tables.write_all(_CLAIM, claims)
        self._tables.write_all(_MET, met)
        self._tables.write_all(_WITNESS, ((row[0], row[1], file, False) for row in met))
        return len(met)

    def _end(self, file: int, before: frozenset[str]) -> None:
        """Take back what the file tells no more, and the people who were known by that alone."""
        self._tables.write(_TOLD_BY_NOBODY, file=file)
        self._tables.write(_NO_OLD, file=file)
        self.forget_nobodies(before)


def _addresses(trace: Trace) -> tuple[Address, ...]:
    """Return the addresses of a trace, mail first; who has none is known by what happened, and by no name."""
    if trace.addresses or not trace.encounters:
        return tuple(sorted(trace.addresses, key=lambda one: one.kind is not AddressKind.MAIL))
    first = trace.encounters[0]
    return (Address(AddressKind.OTHER, f"{first.source.partition(':')[0]}:{first.thread or first.id}"),)


def _how_good(kind: AddressKind, *, joins: bool) -> int:
    """Return how good a name is that a record gives to an address of this kind."""
    return (_BESIDE_OWN if kind in OFTEN_SHARED else _BY_THE_OWNER) if joins else 1


def _claim(trace: Trace, id_: str, address: Address, name: str) -> Iterator[object]:
    # One record may name several people: what joins addresses is the trace. A thousand messages that name
    # somebody by one address and one name say that once.
    place = trace.place if len(trace.addresses) > 1 else f"\0{name}"
    yield digest64("\0".join((place, *sorted(map(str, trace.addresses)))))
    yield id_
    yield address.kind.value
    yield name
    yield storable(trace.about)
    yield storable(trace.place)
    yield seconds(trace.since) if trace.since else None


def _row(met: Encounter, address: str) -> tuple[object, ...]:
    """Return an encounter as a row."""
    return (
        met.id,
        address,
        met.kind.value,
        seconds(met.when),
        digest64(met.thread) if met.thread else 0,
        met.others,
        met.is_turn,
        met.is_proven,
        storable(met.source),
        storable(met.where),
    )
