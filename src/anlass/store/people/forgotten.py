"""Whom the house was told to forget: keyed digests of their addresses, and nothing that names anybody.

By them what is old stays forgotten when an archive or an address book is read again, and a block goes on. The
key lies with the other keys of the house; without it a digest cannot be compared with anything.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from anlass.people import Address, AddressKind, person_id
from anlass.store.ground.mapping import seconds
from anlass.store.ground.sql import Tables, insert

if TYPE_CHECKING:
    from anlass.ledger.letter import Letter

_KEY = insert("secret", "name value", key="name")
_NAME, _LIST = "forgotten", "forgotten"
_SETTINGS = "SELECT settings FROM store_owner WHERE id = %(owner)s"
_ADDRESSES = "SELECT id, kind, value, person FROM store_personaddress WHERE owner_id = %(owner)s"
_KNOWN = "SELECT 1 FROM store_personaddress WHERE owner_id = %(owner)s AND id = %(id)s"


class ForgottenTables:
    """Whom one owner's house forgot."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, addresses: Iterable[Address], *, blocked: bool, now: datetime) -> None:
        """Remember that these addresses are forgotten as of now, and whether a block on them goes on."""
        key = self._key(make=True)
        listed = {
            _digest(key, one.kind, one.value): {"since": seconds(now), "blocked": blocked}
            for one in addresses
        }
        row = self._tables.row(_SETTINGS)
        settings = json.loads(str(row[0])) if row else {}
        settings[_LIST] = {**self._list(), **listed}
        self._tables.write(
            "UPDATE store_owner SET settings = %(text)s WHERE id = %(owner)s",
            text=json.dumps(settings, sort_keys=True),
        )

    def are_blocked(self, addresses: Iterable[Address]) -> bool:
        """Tell whether somebody with one of these addresses was blocked before being forgotten."""
        listed = self._list()
        if not any(one["blocked"] for one in listed.values()):
            return False
        key = self._key()
        return any(listed.get(_digest(key, one.kind, one.value), {}).get("blocked") for one in addresses)

    def blocked_ids(self) -> frozenset[str]:
        """Return the ids of addresses that are known again and still blocked, and of the persons."""
        listed = self._list()
        if not any(one["blocked"] for one in listed.values()):
            return frozenset()
        key, found = self._key(), set[str]()
        for id_, kind, value, person in self._tables.rows(_ADDRESSES):
            told = listed.get(_digest(key, str(kind), str(value)), {})
            found |= {str(id_), str(person)} if told.get("blocked") else set()
        return frozenset(found)

    def without(self, letters: Sequence[Letter]) -> Sequence[Letter]:
        """Return the letters but those exchanged with somebody before they were forgotten."""
        listed = self._list()
        if not listed:
            return letters
        key = self._key()

        def is_gone(address: str, letter: Letter) -> bool:
            told = listed.get(_digest(key, AddressKind.MAIL, address))
            return told is not None and (letter.sent_at is None or seconds(letter.sent_at) <= told["since"])

        left: list[Letter] = []
        for letter in letters:
            if letter.writer is not None and is_gone(letter.writer.address, letter):
                continue
            readers = tuple(one for one in letter.readers if not is_gone(one.address, letter))
            if readers or not letter.readers:
                left.append(letter if readers == letter.readers else replace(letter, readers=readers))
        return left

    def unknown(self, addresses: Sequence[Address]) -> tuple[Address, ...]:
        """Return these addresses but those that are forgotten and not known anew."""
        listed = self._list()
        if not listed:
            return tuple(addresses)
        key = self._key()
        return tuple(
            one
            for one in addresses
            if _digest(key, one.kind, one.value) not in listed
            or self._tables.row(_KNOWN, id=person_id(one)) is not None
        )

    def _list(self) -> Mapping[str, Mapping[str, int]]:
        row = self._tables.row(_SETTINGS)
        listed = json.loads(str(row[0])).get(_LIST) if row else None
        return listed if isinstance(listed, dict) else {}

    def _key(self, *, make: bool = False) -> bytes:
        sql = "SELECT value FROM store_secret WHERE owner_id = %(owner)s AND name = 'forgotten'"
        if make:
            self._tables.write_all(_KEY, [(_NAME, secrets.token_hex(32))])
        row = self._tables.row(sql)
        return bytes.fromhex(str(row[0])) if row else b""


def _digest(key: bytes, kind: str, value: str) -> str:
    return hmac.new(key, f"{kind}:{value}".encode("utf-8", "surrogatepass"), sha256).hexdigest()
