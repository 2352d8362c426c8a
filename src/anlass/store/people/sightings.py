"""What the book knows of persons beside their addresses, as matching compares them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from anlass.people import Address, AddressKind, Person
from anlass.people.matching import Sighting
from anlass.store.ground.mapping import member, moment
from anlass.store.ground.sql import Row, Tables

_PEOPLE = """
SELECT a.person, a.id, a.kind, a.value, COALESCE(q.name, '') FROM store_personaddress a
LEFT JOIN store_person q ON q.owner_id = a.owner_id AND q.id = a.id
WHERE a.owner_id = %(owner)s
AND NOT EXISTS (SELECT 1 FROM store_owneraddress o WHERE o.owner_id = a.owner_id AND o.value = a.value)
AND NOT EXISTS (SELECT 1 FROM store_listaddress l WHERE l.owner_id = a.owner_id AND l.value = a.value)
ORDER BY a.person, COALESCE(q.named, 0) DESC, a.id
"""
_THREADS = """
SELECT DISTINCT e.thread, e.address FROM store_encounter e WHERE e.owner_id = %(owner)s
AND e.kind IN ('mail_in', 'mail_out') AND e.thread IN (
    SELECT t.thread FROM store_encounter t WHERE t.owner_id = %(owner)s AND t.thread <> 0
    AND t.kind IN ('mail_in', 'mail_out')
    GROUP BY t.thread HAVING COUNT(DISTINCT t.address) BETWEEN 2 AND 8)
"""
_DATES = """
SELECT a.person, MIN(e.happened), MAX(e.happened) FROM store_encounter e
JOIN store_personaddress a ON a.owner_id = e.owner_id AND a.id = e.address
WHERE e.owner_id = %(owner)s AND e.kind = 'mail_in' AND e.happened > 0 GROUP BY a.person
"""
_CLAIMS = """
SELECT c.file, c.record, c.address, c.name, c.about, c.kind FROM store_claim c
WHERE c.owner_id = %(owner)s AND c.joins ORDER BY c.file, c.record, c.address
"""
_FOLLOWING = frozenset({AddressKind.PHONE, AddressKind.WEB})


class _Beside:
    """What is told beside addresses, by person."""

    def __init__(self, person_of: dict[str, str]) -> None:
        self.person_of = person_of
        self.names: dict[str, dict[str, None]] = defaultdict(dict)
        self.shared: dict[str, set[str]] = defaultdict(set)
        self.work: dict[str, set[str]] = defaultdict(set)
        self.threads: dict[str, set[int]] = defaultdict(set)

    def hear(self, record: list[Row]) -> None:
        """Take in one record: whom it names, what they do, which addresses of others it names with theirs."""
        # A telephone or page that two records share is with the first; the other record is not theirs.
        sure = [row for row in record if row[5] not in _FOLLOWING] or record
        for person in {self.person_of[row[2]] for row in sure if row[2] in self.person_of}:
            self.names[person].update(dict.fromkeys(row[3] for row in record if row[3]))
            self.work[person].update(row[4] for row in record if row[4])
            self.shared[person].update(row[2] for row in record if self.person_of.get(row[2]) != person)


def sightings(tables: Tables) -> Iterator[Sighting]:
    """Yield what is known of every person; the owner and mailing lists are none."""
    people = [
        (str(id_), list(rows)) for id_, rows in groupby(tables.stream(_PEOPLE), key=lambda row: str(row[0]))
    ]
    addresses = {row[1]: Address(member(AddressKind, row[2]), row[3]) for _, rows in people for row in rows}
    beside = _Beside({row[1]: id_ for id_, rows in people for row in rows})
    for _, record in groupby(tables.stream(_CLAIMS), key=lambda row: row[:2]):
        beside.hear(list(record))
    for thread, address in tables.stream(_THREADS):
        if address in beside.person_of:
            beside.threads[beside.person_of[address]].add(thread)
    dates = {str(id_): (moment(first), moment(last)) for id_, first, last in tables.stream(_DATES)}
    for id_, rows in people:
        own = tuple(addresses[row[1]] for row in rows)
        names = tuple(dict.fromkeys((*(row[4] for row in rows if row[4]), *beside.names[id_])))
        first, last = dates.get(id_, (None, None))
        yield Sighting(
            Person(id_, (names or (own[0].value,))[0], own),
            names,
            threads=frozenset(beside.threads[id_]),
            shared=frozenset(addresses[one] for one in beside.shared[id_] if one in addresses),
            work=frozenset(beside.work[id_]),
            first=first,
            last=last,
        )
