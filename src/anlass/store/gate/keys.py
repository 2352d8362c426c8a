"""Who may enter which house: the one part of the memory that is not asked for one owner.

Before somebody has logged in nobody knows whose rows may be looked at, so these tables are found by an
address or by the digest of a secret. Nothing of a case, a person or a letter lies here.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from anlass.store.ground.mapping import moment, seconds
from anlass.store.ground.sql import Row, Tables, insert


class Role(StrEnum):
    """As what somebody enters: an assistant never sees what is private, a host sees no case of anybody."""

    OWNER = "owner"
    ASSISTANT = "assistant"
    HOST = "host"


@dataclass(frozen=True, slots=True)
class Keyholder:
    """Somebody who may enter, by their address; `keys` says as what they enter the houses of which owners."""

    id: str
    address: str
    is_host: bool = False
    keys: Mapping[str, Role] | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One log-in of a browser. `id` is a digest, `how` is `code`, `passkey`, `oidc` or `invitation`."""

    id: str
    keyholder: str
    owner: str
    how: str
    device: str
    made_at: datetime
    seen_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody was asked by mail to come in; `id` is a digest."""

    id: str
    owner: str
    address: str
    role: Role
    made_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Passkey:
    """The public half of a passkey; credential and key are base64url."""

    id: str
    keyholder: str
    credential: str
    public_key: str
    counter: int
    name: str
    made_at: datetime
    used_at: datetime | None = None


_KEYHOLDER = "INSERT INTO store_keyholder (id, address, is_host, made_at) VALUES (%(id)s, %(address)s,"
_VISIT = "id, keyholder, owner, how, device, made_at, seen_at, ends_at"
_PASSKEY = "id, keyholder, credential, public_key, counter, name, made_at, used_at"
_INVITATION = "id, owner_id, address, role, made_at, ends_at"
_KEY = insert("housekey", "keyholder role since", key="keyholder", update="role since")
_INVITE = insert("invitation", "id address role made_at ends_at", key="id")
_EVERY = "owner_id IN (SELECT id FROM store_owner)"
"""Every owner, so that an index that begins with the owner can be used."""


class GateTables:
    """The gate before all houses of one database."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def owners(self) -> tuple[str, ...]:
        """Return the ids of all owners, in order."""
        return tuple(str(id_) for (id_,) in self._tables.rows("SELECT id FROM store_owner ORDER BY id"))

    def together(self) -> AbstractContextManager[None]:
        """Keep all or nothing of what is written within."""
        return self._tables.together()

    def by_turns(self, owner: str) -> AbstractContextManager[None]:
        """Do the same with nobody else within who changes keys to this house."""
        return Tables(owner, self._tables.using).by_turns()

    # --- who ---

    def keyholder_at(self, address: str) -> Keyholder | None:
        """Return who is known by an address, in normal form."""
        return self._keyholder("address = %(value)s", address)

    def id_at(self, address: str) -> tuple[str, str]:
        """Return who is known by an address, by id and address, empty where nobody is; one question only."""
        sql = "SELECT id, address FROM store_keyholder WHERE address = %(value)s"
        row = self._tables.row(sql, value=address)
        return (row[0], row[1]) if row else ("", "")

    def keyholder(self, id_: str) -> Keyholder | None:
        """Return a keyholder with all keys."""
        return self._keyholder("id = %(value)s", id_)

    def keyholders(self) -> tuple[Keyholder, ...]:
        """Return everybody who may enter anything, by address."""
        rows = self._tables.rows("SELECT id, address, is_host FROM store_keyholder ORDER BY address")
        return tuple(self._with_keys(row) for row in rows)

    def add_keyholder(self, id_: str, address: str, *, now: datetime) -> None:
        """Know somebody by this address from now on; nothing changes where it is known."""
        values = {"id": id_, "address": address, "false": False, "now": seconds(now)}
        self._tables.write(f"{_KEYHOLDER} %(false)s, %(now)s) ON CONFLICT (address) DO NOTHING", **values)

    def make_host(self, id_: str, *, is_host: bool) -> None:
        """Let somebody run the server, or no more."""
        sql = "UPDATE store_keyholder SET is_host = %(is_host)s WHERE id = %(id)s"
        self._tables.write(sql, id=id_, is_host=is_host)

    def give_key(self, owner: str, keyholder: str, role: Role, *, now: datetime) -> None:
        """Let somebody enter an owner's house as this."""
        Tables(owner, self._tables.using).write_all(_KEY, [(keyholder, role.value, seconds(now))])

    def take_key(self, owner: str, keyholder: str) -> bool:
        """Let somebody enter an owner's house no more."""
        sql = "DELETE FROM store_housekey WHERE owner_id = %(house)s AND keyholder = %(id)s"
        return bool(self._tables.write(sql, house=owner, id=keyholder))

    def role_of(self, owner: str, keyholder: str) -> Role | None:
        """Return as what somebody may enter this house now; `None`: not at all."""
        sql = "SELECT role FROM store_housekey WHERE owner_id = %(house)s AND keyholder = %(id)s"
        row = self._tables.row(sql, house=owner, id=keyholder)
        return Role(row[0]) if row else None

    def _keyholder(self, where: str, value: str) -> Keyholder | None:
        row = self._tables.row(f"SELECT id, address, is_host FROM store_keyholder WHERE {where}", value=value)
        return self._with_keys(row) if row else None

    def _with_keys(self, row: Row) -> Keyholder:
        sql = f"SELECT owner_id, role FROM store_housekey WHERE {_EVERY} AND keyholder = %(id)s ORDER BY 1"
        keys = {str(owner): Role(role) for owner, role in self._tables.rows(sql, id=row[0])}
        return Keyholder(row[0], row[1], bool(row[2]), keys)

    # --- one-time codes ---

    def keep_code(self, id_: str, keyholder: str, digest: str, *, ends: datetime, now: datetime) -> None:
        """Keep a code that was asked for, and forget all that are over."""
        self._tables.write("DELETE FROM store_entrycode WHERE ends_at < %(now)s", now=seconds(now))
        self._tables.write(
            "INSERT INTO store_entrycode (id, keyholder, digest, ends_at, tries)"
            " VALUES (%(id)s, %(keyholder)s, %(digest)s, %(ends)s, 0)",
            id=id_,
            keyholder=keyholder,
            digest=digest,
            ends=seconds(ends),
        )

    def try_code(self, id_: str, *, tries: int, now: datetime) -> tuple[str, str] | None:
        """Count one more try; return keyholder and digest where there are tries left."""
        values = {"id": id_, "tries": tries, "now": seconds(now)}
        counted = self._tables.write(
            "UPDATE store_entrycode SET tries = tries + 1"
            " WHERE id = %(id)s AND tries < %(tries)s AND ends_at > %(now)s",
            **values,
        )
        sql = "SELECT keyholder, digest FROM store_entrycode WHERE id = %(id)s"
        row = self._tables.row(sql, id=id_)
        return (row[0], row[1]) if row and counted else None

    def spend_code(self, id_: str) -> bool:
        """Forget a code that was used; return whether it was still there: two at once are one too many."""
        return bool(self._tables.write("DELETE FROM store_entrycode WHERE id = %(id)s", id=id_))

    # --- visits ---

    def begin(self, visit: Visit) -> None:
        """Keep a visit, and forget all that are over."""
        values = {
            "id": visit.id, "keyholder": visit.keyholder, "house": visit.owner, "how": visit.how,
            "device": visit.device[:80], "made": seconds(visit.made_at), "seen": seconds(visit.seen_at),
            "ends": seconds(visit.ends_at),
        }  # fmt: skip
        self._tables.write("DELETE FROM store_visit WHERE ends_at < %(now)s", now=seconds(visit.made_at))
        self._tables.write(
            f"INSERT INTO store_visit ({_VISIT}) VALUES (%(id)s, %(keyholder)s, %(house)s, %(how)s,"
            " %(device)s, %(made)s, %(seen)s, %(ends)s)",
            **values,
        )

    def visit(self, id_: str) -> Visit | None:
        """Return a visit by the digest of its secret."""
        row = self._tables.row(f"SELECT {_VISIT} FROM store_visit WHERE id = %(id)s", id=id_)
        return _visit(row) if row else None

    def visits(self, keyholder: str = "") -> tuple[Visit, ...]:
        """Return the visits of somebody, or all, the newest first."""
        where = " WHERE keyholder = %(keyholder)s" if keyholder else ""
        sql = f"SELECT {_VISIT} FROM store_visit{where} ORDER BY seen_at DESC, id"
        return tuple(_visit(row) for row in self._tables.rows(sql, keyholder=keyholder))

    def saw(self, id_: str, *, now: datetime) -> None:
        """Write down that a visit goes on."""
        self._tables.write(
            "UPDATE store_visit SET seen_at = %(now)s WHERE id = %(id)s", id=id_, now=seconds(now)
        )

    def end(self, id_: str) -> bool:
        """End a visit; return whether there was one."""
        return bool(self._tables.write("DELETE FROM store_visit WHERE id = %(id)s", id=id_))

    def end_all(self, keyholder: str, *, but: str = "") -> int:
        """End the visits of somebody, except one; return how many there were."""
        sql = "DELETE FROM store_visit WHERE keyholder = %(keyholder)s AND id <> %(but)s"
        return self._tables.write(sql, keyholder=keyholder, but=but)

    # --- invitations ---

    def invite(self, invitation: Invitation) -> None:
        """Keep an invitation."""
        row = (
            invitation.id, invitation.address, invitation.role.value,
            seconds(invitation.made_at), seconds(invitation.ends_at),
        )  # fmt: skip
        Tables(invitation.owner, self._tables.using).write_all(_INVITE, [row])

    def invitation(self, id_: str) -> Invitation | None:
        """Return an invitation by the digest of its secret."""
        sql = f"SELECT {_INVITATION} FROM store_invitation WHERE {_EVERY} AND id = %(id)s"
        row = self._tables.row(sql, id=id_)
        return _invitation(row) if row else None

    def invitations(self, owner: str) -> tuple[Invitation, ...]:
        """Return the open invitations into an owner's house, the newest first."""
        sql = (
            f"SELECT {_INVITATION} FROM store_invitation WHERE owner_id = %(house)s ORDER BY made_at DESC, id"
        )
        return tuple(_invitation(row) for row in self._tables.rows(sql, house=owner))

    def take_back(self, owner: str, id_: str) -> bool:
        """Forget an invitation; return whether there was one."""
        sql = "DELETE FROM store_invitation WHERE owner_id = %(house)s AND id = %(id)s"
        return bool(self._tables.write(sql, house=owner, id=id_))

    def take_all_back(self, owner: str, address: str) -> int:
        """Forget every invitation into an owner's house that went to an address; return how many."""
        sql = "DELETE FROM store_invitation WHERE owner_id = %(house)s AND address = %(address)s"
        return self._tables.write(sql, house=owner, address=address)

    # --- passkeys ---

    def passkeys(self, keyholder: str) -> tuple[Passkey, ...]:
        """Return the passkeys of somebody, oldest first."""
        sql = f"SELECT {_PASSKEY} FROM store_passkey WHERE keyholder = %(keyholder)s ORDER BY made_at, id"
        return tuple(_passkey(row) for row in self._tables.rows(sql, keyholder=keyholder))

    def passkey(self, id_: str) -> Passkey | None:
        """Return a passkey by the digest of its credential's name."""
        row = self._tables.row(f"SELECT {_PASSKEY} FROM store_passkey WHERE id = %(id)s", id=id_)
        return _passkey(row) if row else None

    def add_passkey(self, key: Passkey) -> None:
        """Keep a passkey."""
        self._tables.write(
            f"INSERT INTO store_passkey ({_PASSKEY}) VALUES (%(id)s, %(keyholder)s, %(credential)s,"
            " %(public_key)s, %(counter)s, %(name)s, %(made)s, NULL)",
            id=key.id,
            keyholder=key.keyholder,
            credential=key.credential,
            public_key=key.public_key,
            counter=key.counter,
            name=key.name[:80],
            made=seconds(key.made_at),
        )

    def used_passkey(self, id_: str, counter: int, *, now: datetime) -> None:
        """Write down how often a passkey says it was used."""
        sql = "UPDATE store_passkey SET counter = %(counter)s, used_at = %(now)s WHERE id = %(id)s"
        self._tables.write(sql, id=id_, counter=counter, now=seconds(now))

    def forget_passkey(self, keyholder: str, id_: str) -> bool:
        """Forget a passkey of somebody; return whether there was one."""
        sql = "DELETE FROM store_passkey WHERE keyholder = %(keyholder)s AND id = %(id)s"
        return bool(self._tables.write(sql, keyholder=keyholder, id=id_))


def _visit(row: Row) -> Visit:
    id_, keyholder, owner, how, device, made, seen, ends = row
    return Visit(
        id_, keyholder, owner, how, device, made_at=moment(made), seen_at=moment(seen), ends_at=moment(ends)
    )


def _invitation(row: Row) -> Invitation:
    id_, owner, address, role, made, ends = row
    return Invitation(id_, owner, address, Role(role), moment(made), moment(ends))


def _passkey(row: Row) -> Passkey:
    id_, keyholder, credential, public_key, counter, name, made, used = row
    at = None if used is None else moment(used)
    return Passkey(id_, keyholder, credential, public_key, counter, name, moment(made), at)
