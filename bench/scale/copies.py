"""Copies of the patterns under other ids, other persons and other days, as rows for staging tables.

Ids and digests are those that the program would make of the changed words: a case leads to its person, a
letter to its thread, a Message-ID to its letter. Only the owner is missing, and whatever is made of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import psycopg

from anlass.people import Address, AddressKind, person_id
from anlass.people.ids import digest_id
from anlass.store.cases.search import _mark as mark_of
from anlass.store.ground.mapping import digest64

ROOM = 120
"""Circles of persons: copies beyond it are further letters of the same people, as in life.

A multiple of the number of patterns, so that a circle belongs to one of them."""
Row = tuple[Any, ...]
Change = Callable[["Copy", Any], Any]
_STATES, _SHARES = ("waiting", "asked", "watched", "done"), (2, 6, 12, 80)
_ACTS = ("release", "lapsed", "teach", "kept_as_draft", "give_time", "note")


@dataclass(slots=True)
class Pattern:
    """The rows of one pattern by table, its persons' addresses and the digests of its Message-IDs."""

    owner: str
    rows: dict[str, tuple[list[str], list[Row]]] = field(default_factory=dict)
    addresses: dict[str, tuple[str, str]] = field(default_factory=dict)
    messages: dict[int, str] = field(default_factory=dict)

    @property
    def encounters(self) -> int:
        """How many encounters one copy adds."""
        return len(self.rows["encounter"][1])

    @property
    def cases(self) -> int:
        """How many cases one copy adds."""
        return len(self.rows["case"][1])


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a pattern: its number, the circle its persons belong to, and by how much it is older."""

    pattern: Pattern
    number: int

    @property
    def circle(self) -> int:
        """Which of the circles of persons it tells of."""
        return self.number % ROOM

    @property
    def older(self) -> int:
        """Seconds by which everything in it happened earlier than in its pattern."""
        return self.number * 7_919 % 20_000_000

    # --- what becomes of a value ---

    def same(self, value: Any) -> Any:
        """Return a value as it is."""
        return value

    def digest(self, value: Any) -> Any:
        """Return another id of content."""
        return None if value is None else digest_id(str(value), str(self.number))

    def number64(self, value: Any) -> Any:
        """Return the digest of the changed Message-ID behind a digest, or another number."""
        if value is None or value == 0:
            return value
        known = self.pattern.messages.get(value)
        return digest64(self.message(known) if known else f"{value}:{self.number}")

    def message(self, value: Any) -> Any:
        """Return another Message-ID."""
        return None if value is None else f"{self.number:x}.{value}"

    def address(self, value: Any) -> Any:
        """Return the id of the changed address behind an id."""
        if value not in self.pattern.addresses:
            return value and digest_id(str(value), str(self.circle))
        kind, text = self.pattern.addresses[value]
        return person_id(Address(AddressKind(kind), self.written(text)))

    def written(self, value: Any) -> Any:
        """Return an address as this copy's circle writes it."""
        return f"k{self.circle:x}.{value}"

    def name(self, value: Any) -> Any:
        """Return a name of this circle: who bears the same name is proposed to be the same person."""
        return f"{value} {_syllables(self.circle)}" if value else value

    def moment(self, value: Any) -> Any:
        """Return an earlier moment, in seconds."""
        return None if value is None else value - self.older


def _syllables(number: int) -> str:
    first, second = divmod(number, 14)
    parts = "ba de fi go hu ka le mi no pu ra se ti wo".split()
    return (parts[first % 14] + parts[second]).capitalize() + "mann"


CHANGES: Mapping[str, Mapping[str, Change]] = {
    "letter": {
        "id": Copy.digest, "message_id": Copy.message, "message": Copy.number64, "parent": Copy.number64,
        "root": Copy.number64, "thread": Copy.number64, "sender": Copy.address, "sent_at": Copy.moment,
        "body": Copy.number64,
    },
    "addressee": {"letter": Copy.digest, "address": Copy.address, "value": Copy.written, "name": Copy.name},
    "oddletter": {"letter": Copy.digest},
    "seen": {"letter": Copy.digest, "request": Copy.digest},
    "folder": {"id": Copy.number64, "path": Copy.message, "listing": Copy.number64},
    "place": {"folder": Copy.number64, "letter": Copy.digest, "stamp": Copy.number64},
    "encounter": {
        "id": Copy.digest, "address": Copy.address, "thread": Copy.number64, "happened": Copy.moment
    },
    "sketch": {"id": Copy.digest, "letter": Copy.digest, "sender": Copy.address, "happened": Copy.moment},
    "sketchband": {"band": Copy.number64, "id": Copy.digest},
    "case": {},
}  # fmt: skip
"""What differs from copy to copy, column by column; cases are changed as a whole."""
CIRCLES: Mapping[str, Mapping[str, Change]] = {
    "person": {"id": Copy.address, "name": Copy.name},
    "personaddress": {"id": Copy.address, "value": Copy.written, "person": Copy.address},
}
"""What differs from circle to circle."""
ONCE = ("owneraddress", "listaddress")
"""What every owner has once."""


def read_pattern(link: psycopg.Connection[Row], owner: str) -> Pattern:
    """Read the rows of one pattern."""
    found = Pattern(owner)
    for table in (*CHANGES, *CIRCLES, *ONCE):
        asked = link.execute(f'SELECT * FROM "store_{table}" WHERE owner_id = %s', [owner])
        columns = [one.name for one in asked.description or ()]
        found.rows[table] = columns, asked.fetchall()
    for row in _named(found, "personaddress"):
        found.addresses[row["id"]] = row["kind"], row["value"]
    found.messages = {row["message"]: row["message_id"] for row in _named(found, "letter") if row["message"]}
    return found


def _named(pattern: Pattern, table: str) -> Iterator[dict[str, Any]]:
    columns, rows = pattern.rows[table]
    return (dict(zip(columns, row, strict=True)) for row in rows)


def columns_of(pattern: Pattern, table: str) -> list[str]:
    """Return the columns of a table without the owner."""
    return [one for one in pattern.rows[table][0] if one != "owner_id"]


def changed(copy: Copy, table: str) -> Iterator[Row]:
    """Yield the rows of a table as this copy has them, without their owner."""
    if table == "case":
        yield from (tuple(_case(copy, row).values()) for row in _named(copy.pattern, "case"))
        return
    told = CHANGES.get(table) or CIRCLES.get(table) or {}
    columns, rows = copy.pattern.rows[table]
    changes = [(place, told.get(name, Copy.same)) for place, name in enumerate(columns) if name != "owner_id"]
    for row in rows:
        yield tuple(change(copy, row[place]) for place, change in changes)


def _case(copy: Copy, row: dict[str, Any]) -> dict[str, Any]:
    """Return a case of somebody else on another day; its state is drawn as in a house of ten years."""
    was, becomes = row["id"], copy.digest(row["id"])
    pairs = [(was, becomes)]
    told = json.loads(row["content"])
    plain = told["request"]
    pairs.append((told["person"]["id"], copy.address(told["person"]["id"])))
    _, value = copy.pattern.addresses.get(row["person"], ("", ""))
    if value:
        pairs.append((value, copy.written(value)))
    if plain["message_id"]:
        pairs.append((plain["message_id"], copy.message(plain["message_id"])))
    if plain["arrived"]:
        then = datetime.fromisoformat(plain["arrived"]) - timedelta(seconds=copy.older)
        pairs.append((plain["arrived"], then.isoformat()))
    content, evidence = row["content"], row["evidence"]
    for before, after in pairs:
        content, evidence = (text.replace(json.dumps(before)[1:-1], json.dumps(after)[1:-1])
                             for text in (content, evidence))  # fmt: skip
    dice = Random(f"{copy.number}:{was}")
    row |= {"id": becomes, "person": copy.address(row["person"]), "message": copy.number64(row["message"])}
    row |= {name: copy.moment(row[name]) for name in ("arrived", "kept_at", "answered_at", "replied_at")}
    row |= {"state": dice.choices(_STATES, _SHARES)[0], "content": content, "evidence": evidence}
    row["number"] = digest64(becomes)
    words = row["words"].replace(f"'{mark_of(copy.pattern.owner)}", f"'{MARK}")
    row["words"] = f"{words} '{MARK}k{copy.circle:x}':9000"
    del row["owner_id"]
    return row


MARK = "!!!!"
"""Stands for the mark of an owner, which every word of a case begins with."""


def journal(copy: Copy, cases: Sequence[Row]) -> Iterator[Row]:
    """Yield two lines of the journal for every case of a copy: id, moment, act, about, content."""
    columns = columns_of(copy.pattern, "case")
    id_, arrived = columns.index("id"), columns.index("arrived")
    for case in cases:
        dice = Random(f"journal:{case[id_]}")
        for number in range(2):
            when = case[arrived] + dice.randrange(1, 30 * 86_400)
            yield f"00000{digest_id(case[id_], str(number))}", when, dice.choice(_ACTS), case[id_], "{}"
